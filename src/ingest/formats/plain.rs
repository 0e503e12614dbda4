//! Plain text and Markdown to a [`Parsed`]: the text is the decoded file to the character.

use std::collections::BTreeMap;

use super::flow::Raw;
use crate::document::{Block, BlockKind, Format};
use crate::ingest::blocks::Mark;
use crate::ingest::decode::Decoded;
use crate::ingest::{IngestError, Parsed};
use crate::text::{ByteRange, lines};

/// The articles of a decoded text.
pub(super) fn articles(decoded: Decoded, format: Format) -> Result<Vec<Parsed>, IngestError> {
    let Decoded { text, encoding, warnings } = decoded;
    let known = if format == Format::Markdown { markdown_marks(&text) } else { BTreeMap::new() };
    let extractor = if format == Format::Markdown { "as it is, headings by their marks" } else { "as it is" };
    let raw = Raw {
        format,
        encoding,
        extractor: extractor.to_owned(),
        text,
        known,
        title: None,
        title_range: None,
        author: None,
        outlet: None,
        meta_dates: Vec::new(),
        warnings,
    };
    raw.articles()
}

/// The headline without the marks of Markdown around it.
pub(super) fn title_words(text: &str, range: ByteRange) -> ByteRange {
    let words = range.of(text);
    let start = range.start + (words.len() - words.trim_start_matches(['#', ' ', '\t']).len());
    let has_marks = start > range.start;
    let end = if has_marks { range.start + words.trim_end_matches(['#', ' ', '\t']).len() } else { range.end };
    ByteRange::new(start, end)
}

/// Headings and front matter of Markdown, by the start of their line.
fn markdown_marks(text: &str) -> BTreeMap<usize, Mark> {
    let mut marks = BTreeMap::new();
    let mut has_title = false;
    let mut is_front = false;
    for (idx, line) in lines(text).enumerate() {
        let words = line.of(text);
        let trimmed = line.trimmed(text);
        let is_rule = words.trim_end() == "---";
        if is_front || (idx == 0 && is_rule) {
            marks.insert(trimmed.start, Mark::new(BlockKind::Boilerplate, "front-matter"));
            is_front = !(is_rule && idx > 0);
            continue;
        }
        let level = words.chars().take_while(|&c| c == '#').count();
        if !(1..=6).contains(&level) || !words[level..].starts_with([' ', '\t']) {
            continue;
        }
        let kind = if level == 1 && !has_title { BlockKind::Title } else { BlockKind::Heading };
        has_title |= kind == BlockKind::Title;
        marks.insert(trimmed.start, Mark::new(kind, "markdown"));
    }
    marks
}

/// The first name of a by-line: "By Jane Roe" gives "Jane Roe".
pub(super) fn author(text: &str, blocks: &[Block]) -> Option<String> {
    let byline = blocks.iter().find(|block| block.kind == BlockKind::Byline)?;
    let words = byline.range.of(text).trim_start_matches(['(', '[', ' ']);
    const STARTS: [&str; 4] = ["By ", "BY ", "Reporting by ", "Written by "];
    let rest = STARTS.iter().find_map(|start| words.strip_prefix(start))?;
    let end = rest.find([',', ';', '|', '[', '(', '<', ')', '\n']).unwrap_or(rest.len());
    let name = rest[..end].trim();
    let n_words = name.split_whitespace().count();
    (1..=6).contains(&n_words).then(|| name.to_owned())
}

/// ISO 639-1 code of the body's language, where it is long enough to tell.
pub(super) fn language(text: &str, blocks: &[Block]) -> Option<String> {
    let mut sample = String::new();
    for block in blocks.iter().filter(|block| block.kind == BlockKind::Body) {
        sample.push_str(block.range.of(text));
        sample.push('\n');
        if sample.len() > 2000 {
            break;
        }
    }
    if is_plainly_english(&sample) {
        return Some("en".to_owned());
    }
    let info = whatlang::detect(&sample).filter(|info| info.is_reliable() && sample.len() >= 100)?;
    two_letters(info.lang().code()).map(str::to_owned)
}

/// One word in eight is a function word that hardly any other language has: in English news one in five is. The
/// detector, which compares with seventy languages, would cost a quarter of all reading.
fn is_plainly_english(sample: &str) -> bool {
    let is_english = |word: &str| {
        matches!(
            word,
            "the"
                | "of"
                | "to"
                | "and"
                | "that"
                | "it"
                | "with"
                | "from"
                | "this"
                | "have"
                | "which"
                | "their"
                | "they"
                | "would"
                | "said"
                | "been"
                | "about"
                | "his"
                | "not"
                | "are"
                | "were"
        )
    };
    let (mut n_words, mut n_english) = (0usize, 0usize);
    for word in sample.split_ascii_whitespace() {
        n_words += 1;
        n_english += usize::from(word.len() <= 5 && is_english(word));
    }
    sample.len() >= 100 && n_english >= 12 && n_english * 8 >= n_words
}

/// ISO 639-3 to ISO 639-1, for the languages the detector knows and that have such a code.
fn two_letters(code: &str) -> Option<&'static str> {
    const CODES: &[(&str, &str)] = &[
        ("afr", "af"),
        ("aka", "ak"),
        ("amh", "am"),
        ("ara", "ar"),
        ("aze", "az"),
        ("bel", "be"),
        ("ben", "bn"),
        ("bul", "bg"),
        ("cat", "ca"),
        ("ces", "cs"),
        ("cmn", "zh"),
        ("cym", "cy"),
        ("dan", "da"),
        ("deu", "de"),
        ("ell", "el"),
        ("eng", "en"),
        ("epo", "eo"),
        ("est", "et"),
        ("fin", "fi"),
        ("fra", "fr"),
        ("guj", "gu"),
        ("heb", "he"),
        ("hin", "hi"),
        ("hrv", "hr"),
        ("hun", "hu"),
        ("hye", "hy"),
        ("ind", "id"),
        ("ita", "it"),
        ("jav", "jv"),
        ("jpn", "ja"),
        ("kan", "kn"),
        ("kat", "ka"),
        ("khm", "km"),
        ("kor", "ko"),
        ("lat", "la"),
        ("lav", "lv"),
        ("lit", "lt"),
        ("mal", "ml"),
        ("mar", "mr"),
        ("mkd", "mk"),
        ("mya", "my"),
        ("nep", "ne"),
        ("nld", "nl"),
        ("nob", "nb"),
        ("ori", "or"),
        ("pan", "pa"),
        ("pes", "fa"),
        ("pol", "pl"),
        ("por", "pt"),
        ("ron", "ro"),
        ("rus", "ru"),
        ("sin", "si"),
        ("slk", "sk"),
        ("slv", "sl"),
        ("sna", "sn"),
        ("spa", "es"),
        ("srp", "sr"),
        ("swe", "sv"),
        ("tam", "ta"),
        ("tel", "te"),
        ("tgl", "tl"),
        ("tha", "th"),
        ("tuk", "tk"),
        ("tur", "tr"),
        ("ukr", "uk"),
        ("urd", "ur"),
        ("uzb", "uz"),
        ("vie", "vi"),
        ("yid", "yi"),
        ("zul", "zu"),
    ];
    CODES.iter().find(|(long, _)| *long == code).map(|(_, short)| *short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_english_needs_no_detector_and_nothing_else_passes_for_it() {
        let english = "The mayor of the town said that the harbor would be opened to all of the ships that had been \
            told to wait, and that it was not the fault of the men who were at work on it.";
        assert!(is_plainly_english(english));
        let others = [
            "De burgemeester van de stad zei dat de haven zou worden geopend voor alle schepen of boten, en dat het niet de \
            schuld was van de mannen die er aan het werk waren, en we had het over die ene of de ander in de stad.",
            "Borgmesteren sagde at havnen ville blive for dyr for de to byer, og at han havde set til at det var for lidt \
            til at bygge den om for de to broer som var der i forvejen og som man skal have for at komme til byen.",
            "the the the of of",
        ];
        for other in others {
            assert!(!is_plainly_english(other), "{other}");
        }
    }
}
