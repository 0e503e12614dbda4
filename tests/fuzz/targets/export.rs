//! Exports of several articles in one text, as databases of news hand them out.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Ok(words) = std::str::from_utf8(data) else { return };
    // Each line of the input may stand for a line that such an export has before or after an article.
    let text: String = (words.split('\u{1}'))
        .flat_map(|part| ["1 of 2 DOCUMENTS\n\n", part, "\n\nLOAD-DATE: May 3, 2019\n\nEnd of Document\n\nDocument AFPR000020190503ef53000a1\n\n"])
        .collect();
    for file in [words, &text] {
        if throughline_fuzz::is_plain(file.as_bytes()) {
            throughline_fuzz::read(file.as_bytes(), "a.txt");
        }
    }
});
