//! Html pages: the count of the depth, the article, title, dates.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let page = [b"<!doctype html><html>".as_slice(), data].concat();
    throughline_fuzz::read(&page, "a.html");
});
