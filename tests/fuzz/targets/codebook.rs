//! Codebooks: any text is a codebook or an error that names a line of it.

#![no_main]

use throughline::codebook::{Codebook, CodebookError};
use throughline::document::Source;
use throughline::ingest::{Hint, parse, understand};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Ok(toml) = std::str::from_utf8(data) else { return };
    match Codebook::parse(toml) {
        Ok(codebook) => {
            let text = b"Harbor opens\n\nPresident Moon and the 29 allies said on 3 May that the sixth nuclear test was far away.";
            for parsed in parse(text, &Hint::default()).unwrap_or_default() {
                let source = Source::Pasted { number: 1, part: None };
                understand(parsed, "00", source, &codebook, jiff::civil::date(2026, 1, 31));
            }
        }
        Err(CodebookError::Syntax { line, .. } | CodebookError::Meaning { line, .. }) => {
            assert!((1..=toml.lines().count() + 1).contains(&line), "line {line}");
        }
    }
});
