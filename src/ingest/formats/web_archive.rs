//! Web archives (mht, mhtml): a page saved with its parts as one multipart message (RFC 2557).
//!
//! The page is the part that the archive's own location names, else the largest html part; its transfer encoding is
//! undone, its charset is the one of the part's header, else what the page declares. From there the reader of pages
//! has it. Where the page does not name its own address, the part's location is put into it as its canonical link, so
//! that a date in the address counts as it does for a page that names it. `O(n)` in the bytes.

use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders as _, PartType};

use super::{html, mail};
use crate::document::Format;
use crate::ingest::decode::decode;
use crate::ingest::{IngestError, Parsed};

/// The article of the page in an archive.
pub(super) fn articles(bytes: &[u8]) -> Result<Vec<Parsed>, IngestError> {
    let message = MessageParser::default().parse(bytes).ok_or(IngestError::NoArticle)?;
    let part = page_part(&message).ok_or(IngestError::NoArticle)?;
    let page = mail::part_bytes(&message, part).ok_or(IngestError::NoArticle)?;
    let mut decoded = decode(&page, mail::charset(part))?;
    let address = part.content_location().or_else(|| snapshot_location(&message));
    if let Some(address) = address.filter(|address| address.starts_with("http"))
        && !names_itself(&decoded.text)
    {
        decoded.text = with_canonical(&decoded.text, address);
    }
    let parsed = html::parse(decoded)?;
    Ok(vec![Parsed { format: Format::Mhtml, extractor: format!("web archive, {}", parsed.extractor), ..parsed }])
}

fn page_part<'a>(message: &'a Message<'a>) -> Option<&'a MessagePart<'a>> {
    let parts = || message.parts.iter().filter(|part| matches!(part.body, PartType::Html(_)));
    let location = snapshot_location(message);
    let is_named = |part: &&MessagePart<'_>| location.is_some() && part.content_location() == location;
    // Ties go to the first.
    parts().find(is_named).or_else(|| parts().rev().max_by_key(|part| part.len()))
}

fn snapshot_location<'a>(message: &'a Message<'_>) -> Option<&'a str> {
    message.header("Snapshot-Content-Location")?.as_text()
}

/// Does the page give its own address?
fn names_itself(html: &str) -> bool {
    let lower = html.to_ascii_lowercase();
    lower.contains("rel=\"canonical\"") || lower.contains("property=\"og:url\"")
}

fn with_canonical(html: &str, address: &str) -> String {
    let lower = html.to_ascii_lowercase();
    let place = lower.find("<head").and_then(|head| Some(head + html.get(head..)?.find('>')? + 1)).unwrap_or_default();
    let address = address.replace('"', "%22").replace('<', "%3C").replace('>', "%3E");
    let (before, after) = html.split_at(place);
    format!("{before}<link rel=\"canonical\" href=\"{address}\">{after}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARCHIVE: &str = "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://paper.example/2019/05/03/harbor\r\n\
        Subject: Harbor\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"xyz\"\r\n\r\n\
        --xyz\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\
        Content-Location: https://paper.example/2019/05/03/harbor\r\n\r\n\
        <html><head><meta charset=3D\"windows-1252\"><title>Harbor opens in May</title></head><body><article><h1>Harbor opens in May</h1>\
        <p>The caf=E9 of the harbor was opened on Monday by the mayor of the town, who had planned it for=\r\n years.</p>\
        <p>Ships from all over the world are expected in the coming weeks, he said to the reporters at the quay.</p>\
        </article></body></html>\r\n--xyz\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw==\r\n--xyz--\r\n";

    #[test]
    fn the_page_is_decoded_and_read() {
        let parsed = articles(ARCHIVE.as_bytes()).unwrap().remove(0);
        assert_eq!((parsed.format, parsed.encoding.name.as_str()), (Format::Mhtml, "windows-1252"));
        assert!(parsed.text.contains("The café of the harbor") && parsed.text.contains("for years."));
        let dates: Vec<_> = parsed.meta_dates.iter().map(|found| found.date).collect();
        assert!(dates.contains(&jiff::civil::date(2019, 5, 3)), "{dates:?}");
    }

    #[test]
    fn cut_archives_do_not_panic() {
        for end in (0..ARCHIVE.len()).step_by(7) {
            let _ = articles(ARCHIVE.as_bytes().get(..end).unwrap());
        }
    }
}
