//! Mail and web archives: the first byte chooses which.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Some((first, rest)) = data.split_first() else { return };
    let head: &[u8] = b"Received: x\r\nFrom: a@b.example\r\nMessage-ID: <1@b.example>\r\nSubject: x\r\nMIME-Version: 1.0\r\n";
    let kind: &[u8] = if first % 2 == 0 { b"" } else { b"Content-Type: multipart/related; boundary=\"a\"\r\n" };
    let file = [head, kind, rest].concat();
    throughline_fuzz::read(&file, if first % 2 == 0 { "a.eml" } else { "a.mhtml" });
});
