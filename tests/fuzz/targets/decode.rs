//! Decoding: the first byte chooses an encoding, or none.

#![no_main]

const LABELS: [&str; 15] = [
    "utf-8", "utf-16le", "utf-16be", "windows-1251", "windows-1252", "koi8-r", "shift_jis", "euc-jp", "iso-2022-jp",
    "euc-kr", "gb18030", "big5", "iso-8859-2", "x-user-defined", "no such label",
];

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Some((first, text)) = data.split_first() else { return };
    if throughline_fuzz::is_plain(text) {
        throughline_fuzz::read_as(text, "a.txt", LABELS.get(usize::from(*first)).copied());
    }
});
