//! One entry for the shells: bytes in, [`Document`] out, whatever process does the work.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use jiff::civil::Date;
use serde::Deserialize;
use sha2::Digest as _;

use super::worker::Pool;
use super::{Hint, IngestError, Parsed, decode, format, formats, is_harmless, parse, understand};
use crate::codebook::Codebook;
use crate::document::{Document, Format, Outlet, OutletBasis, Source};

/// The subcommand that serves as a worker.
pub const WORKER_ARGS: [&str; 1] = ["worker"];

/// Reads files; shared by as many threads as wanted.
#[derive(Debug, Default)]
pub struct Reader {
    pool: Option<Pool>,
}

impl Reader {
    /// A reader that parses all but plain text by `program worker` in a process of its own.
    ///
    /// Without a program everything is parsed in process: then a hostile file can hang the caller, which tests of our
    /// own files may accept and the window may not.
    pub fn new(worker_program: Option<PathBuf>) -> Self {
        let args = WORKER_ARGS.map(str::to_owned).to_vec();
        Self { pool: worker_program.map(|program| Pool::new(program, args)) }
    }

    /// A reader over a pool of the caller's making, with its own limit and arguments.
    pub fn with_pool(pool: Pool) -> Self {
        Self { pool: Some(pool) }
    }

    /// Reads the bytes of one file: its articles in their order, at least one. Where there are several, each gets a
    /// part number in its source. `today` bounds the publication date from above.
    ///
    /// # Errors
    /// [`IngestError`] says why nothing could be read.
    pub fn read(
        &self,
        bytes: &[u8],
        hint: &Hint,
        source: &Source,
        codebook: &Codebook,
        today: Date,
    ) -> Result<Vec<Document>, IngestError> {
        let parsed = self.parse(bytes, hint)?;
        let (hash, n_parts) = (sha256(bytes), parsed.len());
        let documents = parsed.into_iter().enumerate().map(|(idx, parsed)| {
            let source = if n_parts > 1 { source.part(idx) } else { source.clone() };
            understand(parsed, &hash, source, codebook, today)
        });
        // As for parsing: a fault of ours loses one file and not the window.
        catch_unwind(AssertUnwindSafe(|| documents.collect())).map_err(|_| IngestError::WorkerLost)
    }

    /// The first half of [`read`](Self::read), kept apart so that a new codebook dates again without parsing again.
    ///
    /// # Errors
    /// As [`parse`], and those of [`Pool::parse`] for what a worker parses. A page that only its parser failed on is
    /// opened as its bare words instead, with the warning `opened-as-raw`.
    pub fn parse(&self, bytes: &[u8], hint: &Hint) -> Result<Vec<Parsed>, IngestError> {
        let format = format(bytes, hint)?;
        let parsed = match &self.pool {
            Some(pool) if !is_harmless(format) => pool.parse(bytes, hint),
            // A panic in a parser would be a fault of ours; it still loses one file and not the window.
            _ => catch_unwind(AssertUnwindSafe(|| parse(bytes, hint))).unwrap_or(Err(IngestError::WorkerLost)),
        };
        match parsed {
            // The words of a page can be shown even where its markup is beyond all parsers.
            Err(error) if format == Format::Html && error.is_of_parser() => {
                formats::raw_articles(bytes, hint, format, &error).map_err(|_| error)
            }
            parsed => parsed,
        }
    }

    /// The canonical text of one file and nothing else of it, for comparing whole texts: the same text that
    /// [`parse`](Self::parse) gives, several articles after one another, but plain text is only decoded, with no look
    /// at blocks and language.
    ///
    /// # Errors
    /// As [`parse`](Self::parse).
    pub fn text(&self, bytes: &[u8], hint: &Hint) -> Result<String, IngestError> {
        if !is_harmless(format(bytes, hint)?) {
            let articles = self.parse(bytes, hint)?;
            return Ok(articles.into_iter().map(|parsed| parsed.text).collect::<Vec<_>>().join("\n\n"));
        }
        let decoded = decode::decode(bytes, hint.encoding.as_deref())?;
        if decoded.text.chars().any(char::is_alphanumeric) { Ok(decoded.text) } else { Err(IngestError::Empty) }
    }
}

/// SHA-256 of a file's bytes, lower-case hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    sha2::Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The built-in articles, by file name.
const SAMPLE: [(&str, &[u8]); 5] = [
    ("000_a454fe8a7f08d7e3.txt", include_bytes!("../../seeds/000_a454fe8a7f08d7e3.txt")),
    ("001_c55e87a090aca251.txt", include_bytes!("../../seeds/001_c55e87a090aca251.txt")),
    ("002_444800f51eb81dcd.txt", include_bytes!("../../seeds/002_444800f51eb81dcd.txt")),
    ("003_b6f2202c098a664e.txt", include_bytes!("../../seeds/003_b6f2202c098a664e.txt")),
    ("004_79fc82bee750cef7.txt", include_bytes!("../../seeds/004_79fc82bee750cef7.txt")),
];

/// Outlets that the built-in articles do not name.
const SAMPLE_OUTLETS: &str = include_str!("../../seeds/outlets.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SampleOutlets {
    outlets: Vec<SampleOutlet>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SampleOutlet {
    file: String,
    name: String,
}

/// The bytes of a built-in article, by its file name.
pub fn sample_bytes(name: &str) -> Option<&'static [u8]> {
    SAMPLE.iter().find(|(known, _)| *known == name).map(|(_, bytes)| *bytes)
}

/// The five built-in articles, in order of file name.
pub fn sample(codebook: &Codebook, today: Date) -> Vec<Document> {
    let entered = toml::from_str(SAMPLE_OUTLETS).map_or_else(|_| Vec::new(), |list: SampleOutlets| list.outlets);
    let reader = Reader::new(None);
    let read = |&(name, bytes): &(&str, &[u8])| {
        let hint = Hint { file_name: name.to_owned(), encoding: None };
        let source = Source::Sample(name.to_owned());
        let mut document = reader.read(bytes, &hint, &source, codebook, today).ok()?.into_iter().next()?;
        if let Some(outlet) = entered.iter().find(|outlet| outlet.file == name) {
            let given = Outlet { name: outlet.name.clone(), basis: OutletBasis::Entered, range: None };
            document.outlet.get_or_insert(given);
        }
        Some(document)
    };
    SAMPLE.iter().filter_map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_alone_is_the_text_of_the_whole_reading() {
        let reader = Reader::new(None);
        for bytes in
            ["\u{feff}Title\r\n\r\nBy\u{a0} Jane Roe\r\n\r\nWords that end here. \n".as_bytes(), b"caf\xe9 again"]
        {
            let text = reader.text(bytes, &Hint::default()).unwrap();
            assert_eq!(text, reader.parse(bytes, &Hint::default()).unwrap()[0].text);
        }
        assert_eq!(reader.text(b" \n", &Hint::default()), Err(IngestError::Empty));
        assert_eq!(reader.text(b"", &Hint::default()), Err(IngestError::Empty));
    }

    #[test]
    fn all_built_in_articles_have_title_outlet_and_day() {
        let documents = sample(&Codebook::built_in(), jiff::civil::date(2026, 1, 31));
        assert_eq!(documents.len(), SAMPLE.len());
        for document in &documents {
            assert!(document.title.is_some() && document.outlet.is_some(), "{}", document.name());
        }
        let list: SampleOutlets = toml::from_str(SAMPLE_OUTLETS).unwrap();
        for outlet in list.outlets {
            assert!(documents.iter().any(|document| document.name() == outlet.file), "{}", outlet.file);
        }
    }
}
