//! Rich text.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let file = [b"{\\rtf1".as_slice(), data].concat();
    throughline_fuzz::read(&file, "a.rtf");
});
