//! Codebooks: any text is a codebook or errors that name lines of it, and adding to one gives one.

#![no_main]

use throughline::codebook::edit::{add_alias, add_look_alike, add_term};
use throughline::codebook::{Codebook, CodebookError};
use throughline::document::Source;
use throughline::ingest::{Hint, parse, understand};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Ok(toml) = std::str::from_utf8(data) else { return };
    let checked = Codebook::check(toml);
    let lines = checked.errors.iter().map(CodebookError::line).chain(checked.warnings.iter().map(|told| told.line));
    for line in lines {
        assert!((1..=toml.lines().count() + 1).contains(&line), "line {line}");
    }
    let Some(codebook) = checked.codebook else { return };
    let text = b"Harbor opens\n\nPresident Moon and the 29 allies said on 3 May that the sixth nuclear test was far away.";
    for parsed in parse(text, &Hint::default()).unwrap_or_default() {
        let source = Source::Pasted { number: 1, part: None };
        understand(parsed, "00", source, &codebook, jiff::civil::date(2026, 1, 31));
    }
    // The end of the text stands for words that a reader selects.
    let tail = toml.char_indices().rev().nth(16).map_or(toml, |(at, _)| &toml[at..]);
    let theme = codebook.themes.first().map_or("", |theme| theme.id.as_str());
    for changed in [add_alias(toml, "Harbor", tail), add_look_alike(toml, tail, None), add_term(toml, theme, tail, 0.5)] {
        assert!(changed.is_err() || changed.is_ok_and(|changed| Codebook::parse(&changed).is_ok()));
    }
});
