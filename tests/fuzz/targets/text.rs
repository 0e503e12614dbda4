//! Plain text and Markdown, with blocks and dates: the first byte chooses which.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Some((first, text)) = data.split_first() else { return };
    if throughline_fuzz::is_plain(text) {
        throughline_fuzz::read(text, if first % 2 == 0 { "a.txt" } else { "a.md" });
    }
});
