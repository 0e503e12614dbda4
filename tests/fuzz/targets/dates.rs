//! Printed dates: the same words as a date line, in prose, in the metadata and in the marks of a page.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Ok(words) = std::str::from_utf8(data) else { return };
    if words.len() > 400 {
        return;
    }
    let prose = "The mayor of the town said that the harbor would be opened again by the ministers of the two states";
    let text = format!("Harbor opens again\n\n{words}\n\n{prose} {words}, and that he had planned it {words}.\n\n{words} {prose}.\n");
    throughline_fuzz::read(text.as_bytes(), "a.txt");
    let value = words.replace(['"', '<', '>'], " ");
    let page = format!(
        "<!doctype html><html><head><meta property=\"article:published_time\" content=\"{value}\">\
        <script type=\"application/ld+json\">{{\"@type\":\"NewsArticle\",\"datePublished\":\"{value}\"}}</script></head>\
        <body><article><h1>Harbor opens again</h1><time datetime=\"{value}\">{value}</time>\
        <p class=\"byline\">{value}</p><p>{prose}.</p><p>{prose}.</p></article></body></html>"
    );
    throughline_fuzz::read(page.as_bytes(), "a.html");
});
