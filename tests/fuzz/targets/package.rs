//! Docx, odt and epub: the first byte chooses the kind, the rest is the xml inside a whole package, or the package.

#![no_main]

use throughline_fuzz::good::{docx_of, epub_of, odt_of};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Some((first, xml)) = data.split_first() else { return };
    let (file, name) = match first % 6 {
        0 => (docx_of(xml), "a.docx"),
        1 => (odt_of(xml), "a.odt"),
        2 => (epub_of(xml), "a.epub"),
        3 => ([b"PK\x03\x04".as_slice(), xml].concat(), "a.docx"),
        4 => ([b"PK\x03\x04".as_slice(), xml].concat(), "a.odt"),
        _ => ([b"PK\x03\x04".as_slice(), xml].concat(), "a.epub"),
    };
    throughline_fuzz::read(&file, name);
});
