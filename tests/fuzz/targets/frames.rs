//! What the worker hears: frames of any length with anything in them. It answers or ends; it never breaks.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let mut answers = Vec::new();
    let _ = throughline::ingest::worker::serve(data, &mut answers);
    // Some requests in proper frames, so that the fuzzer does not have to find lengths first.
    let mut input = Vec::new();
    for part in data.split(|&byte| byte == 0).take(6) {
        input.extend_from_slice(&(part.len() as u64).to_le_bytes());
        input.extend_from_slice(part);
    }
    let _ = throughline::ingest::worker::serve(input.as_slice(), &mut answers);
});
