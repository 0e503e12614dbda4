//! The whole way of two articles: bytes, text, dates, phrases, statements, shifts.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    if data.len() > 20_000 {
        return;
    }
    let mut documents = Vec::new();
    for (idx, part) in data.split(|&byte| byte == 1).take(3).enumerate() {
        if throughline_fuzz::is_plain(part) {
            documents.extend(throughline_fuzz::read(part, if idx == 2 { "a.html" } else { "a.txt" }));
        }
    }
    throughline_fuzz::compare(documents);
});
