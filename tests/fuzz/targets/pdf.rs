//! PDF: our part of it. A panic inside `pdf_oxide` is contained by the worker process and is no finding here; one in
//! our own code is.

#![no_main]

use std::panic;

fn tolerate_the_library() {
    let stop = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        let is_ours = info.location().is_none_or(|location| !location.file().contains("registry"));
        if is_ours {
            stop(info);
        }
    }));
}

libfuzzer_sys::fuzz_target!(init: tolerate_the_library(), |data: &[u8]| {
    let file = [b"%PDF-1.4\n".as_slice(), data].concat();
    let _ = panic::catch_unwind(|| throughline_fuzz::read(&file, "a.pdf"));
});
