//! Every format gives the same article: the same words, the same title, the same blocks.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails by panicking")]

use std::io::{Cursor, Write as _};

use jiff::civil::{Date, date};
use throughline::codebook::Codebook;
use throughline::document::{BlockKind, DateBasis, Format, Source};
use throughline::ingest::{Hint, IngestError, Parsed, Reader, parse};

const TODAY: Date = date(2026, 1, 31);

const TITLE: &str = "Harbor of the town opens again after long repair";
const FIRST: &str = "The harbor of the town was opened again on Friday by its mayor, who had planned the repair for many \
    years and had asked the ministers of two states – “friends of the sea” – to pay for half of it.";
const HEADING: &str = "What comes next";
const SECOND: &str = "Ships from all over the world are expected to arrive in the coming weeks, the mayor told reporters at \
    the quay, and the café at the end of the pier will stay open through the night for their crews.";
const LAST: &str = "The repair took nine years and cost the town more than it had ever spent on anything else, which is why \
    the council wants to hear from its engineers before the next pier is built.";

/// The one article of a file.
fn article(bytes: &[u8], file_name: &str) -> Parsed {
    let hint = Hint { file_name: file_name.to_owned(), encoding: None };
    let mut articles = parse(bytes, &hint).unwrap();
    assert_eq!(articles.len(), 1, "{file_name}");
    articles.remove(0)
}

/// A zip container of these parts, the first one not packed.
fn container(parts: &[(&str, &str)]) -> Vec<u8> {
    use zip::CompressionMethod::{Deflated, Stored};
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (idx, (name, words)) in parts.iter().enumerate() {
        let method = if idx == 0 { Stored } else { Deflated };
        let options = zip::write::SimpleFileOptions::default().compression_method(method);
        writer.start_file(*name, options).unwrap();
        writer.write_all(words.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn html() -> String {
    format!(
        "<!DOCTYPE html><html><head><meta charset='utf-8'><title>{TITLE}</title></head><body><article><h1>{TITLE}</h1>\
        <p>{FIRST}</p><h2>{HEADING}</h2><p>{SECOND}</p><p>{LAST}</p></article></body></html>"
    )
}

fn docx(core: &str) -> Vec<u8> {
    let paragraph = |style: &str, words: &str| {
        format!("<w:p><w:pPr><w:pStyle w:val='{style}'/></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>")
    };
    let body = [("Title", TITLE), ("Normal", FIRST), ("Heading1", HEADING), ("Normal", SECOND), ("Normal", LAST)]
        .map(|(style, words)| paragraph(style, words))
        .concat();
    let word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let document = format!("<?xml version='1.0'?><w:document xmlns:w='{word}'><w:body>{body}</w:body></w:document>");
    container(&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", &document), ("docProps/core.xml", core)])
}

fn odt() -> Vec<u8> {
    let body = format!(
        "<text:h text:outline-level='1'>{TITLE}</text:h><text:p>{FIRST}</text:p><text:h text:outline-level='2'>{HEADING}\
        </text:h><text:p>{SECOND}</text:p><text:p>{LAST}</text:p>"
    );
    let content = format!(
        "<office:document-content xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' \
        xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0'><office:body><office:text>{body}</office:text>\
        </office:body></office:document-content>"
    );
    container(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", &content)])
}

fn rtf() -> Vec<u8> {
    let escaped = |words: &str| -> String {
        let mut units = [0; 2];
        (words.chars())
            .map(|c| match c {
                ' '..='~' => c.to_string(),
                _ => c.encode_utf16(&mut units).iter().map(|unit| format!("\\u{}?", *unit as i16)).collect(),
            })
            .collect()
    };
    let paragraphs =
        [("\\s1 ", TITLE), ("", FIRST), ("\\s2 ", HEADING), ("", SECOND), ("", LAST)].map(|(style, words)| {
            format!("\\pard{style}{}{}\\par\r\n", if style.is_empty() { " " } else { "" }, escaped(words))
        });
    let styles = "{\\stylesheet{\\s1 heading 1;}{\\s2 heading 2;}}";
    format!("{{\\rtf1\\ansi\\ansicpg1252{{\\fonttbl{{\\f0\\fcharset0 Arial;}}}}{styles}{}}}", paragraphs.concat())
        .into_bytes()
}

fn epub() -> Vec<u8> {
    let chapter = format!(
        "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><head><title>Front</title></head><body>\
        <h1>{TITLE}</h1><p>{FIRST}</p></body></html>"
    );
    let next = format!(
        "<html xmlns='http://www.w3.org/1999/xhtml'><body><h2>{HEADING}</h2><p>{SECOND}</p><p>{LAST}</p></body></html>"
    );
    let package = format!(
        "<package xmlns='http://www.idpf.org/2007/opf'><metadata xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title>{TITLE}\
        </dc:title></metadata><manifest><item id='b' href='text/two.xhtml' media-type='application/xhtml+xml'/>\
        <item id='a' href='text/one.xhtml' media-type='application/xhtml+xml'/></manifest>\
        <spine><itemref idref='a'/><itemref idref='b'/></spine></package>"
    );
    container(&[
        ("mimetype", "application/epub+zip"),
        (
            "META-INF/container.xml",
            "<container><rootfiles><rootfile full-path='OEBPS/book.opf'/></rootfiles></container>",
        ),
        ("OEBPS/book.opf", &package),
        ("OEBPS/text/one.xhtml", &chapter),
        ("OEBPS/text/two.xhtml", &next),
    ])
}

#[test]
fn every_format_gives_the_same_article() {
    let text = [TITLE, FIRST, HEADING, SECOND, LAST].join("\n\n");
    let markdown = format!("# {TITLE}\n\n{FIRST}\n\n## {HEADING}\n\n{SECOND}\n\n{LAST}\n");
    let files: [(&str, Vec<u8>, Format); 7] = [
        ("a.txt", text.into_bytes(), Format::Txt),
        ("a.md", markdown.into_bytes(), Format::Markdown),
        ("a.html", html().into_bytes(), Format::Html),
        ("a.docx", docx("<a/>"), Format::Docx),
        ("a.odt", odt(), Format::Odt),
        ("a.rtf", rtf(), Format::Rtf),
        ("a.epub", epub(), Format::Epub),
    ];
    use BlockKind::{Body, Heading, Title};
    let expected = [(Title, TITLE), (Body, FIRST), (Heading, HEADING), (Body, SECOND), (Body, LAST)];
    for (name, bytes, format) in files {
        // The content tells the kind, whatever the name says.
        for name in [name, "a.bin"] {
            if name == "a.bin" && format == Format::Markdown {
                continue;
            }
            let parsed = article(&bytes, name);
            assert_eq!((parsed.format, parsed.title.as_deref()), (format, Some(TITLE)), "{name}");
            let without_marks =
                |range: throughline::text::ByteRange| range.of(&parsed.text).trim_start_matches(['#', ' ']);
            // A page prints its title once more under the title of its head; the second one is marked as such.
            let blocks: Vec<(BlockKind, &str)> = (parsed.blocks.iter())
                .filter(|block| block.rule.as_deref() != Some("repeat:title"))
                .map(|block| (block.kind, without_marks(block.range)))
                .collect();
            assert_eq!(blocks, expected, "{name} as {format:?}");
            assert_eq!(parsed.warnings, [], "{name}");
        }
    }
}

/// What a file says of its own making is often the day of the copy.
#[test]
fn a_date_in_the_text_beats_the_one_of_the_file() {
    let read = |bytes: &[u8]| {
        let source = Source::File { path: "a.docx".to_owned(), part: None };
        let documents = Reader::new(None).read(bytes, &Hint::default(), &source, &Codebook::built_in(), TODAY).unwrap();
        documents[0].published.clone()
    };
    let core = "<cp:coreProperties><dcterms:created>2024-02-01T10:00:00Z</dcterms:created>\
        <dcterms:modified>2024-02-01T11:00:00Z</dcterms:modified></cp:coreProperties>";
    let words = "<w:document><w:body><w:p><w:r><w:t>The quay is made of stone and of wood.</w:t></w:r></w:p></w:body></w:document>";
    let alone = read(&container(&[("a", ""), ("word/document.xml", words), ("docProps/core.xml", core)]));
    assert_eq!((alone.best, alone.basis), (Some(date(2024, 2, 1)), DateBasis::Inferred));
    assert!(alone.confidence <= 0.2 && alone.earliest.is_none() && alone.is_estimate(), "{alone:?}");
    let dated = format!(
        "{{\\rtf1{{\\info{{\\creatim\\yr2024\\mo2\\dy1}}}}{TITLE}\\par 3 May 2019\\par The harbor was opened by its mayor on a \
        sunny morning, after many years of work.\\par}}"
    );
    let stated = read(dated.as_bytes());
    assert_eq!((stated.best, stated.basis), (Some(date(2019, 5, 3)), DateBasis::Stated));
    let inferred = dated
        .replace("3 May 2019\\par", "")
        .replace("The harbor", "President Moon Jae-in said on 9 May 2018 that the harbor");
    assert_ne!(read(inferred.as_bytes()).best, Some(date(2024, 2, 1)));
}

#[test]
fn what_holds_no_text_is_refused_with_what_to_do() {
    let refused = |bytes: &[u8]| {
        let error = parse(bytes, &Hint::default()).unwrap_err();
        assert!(!error.to_string().is_empty() && !error.next_step().is_empty());
        error.code()
    };
    let wide = |name: &str| name.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let old = |name: &str| [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(), &[0; 600], &wide(name), &[0; 60]].concat();
    assert_eq!(refused(&container(&[("notes/one.txt", "Words"), ("two.docx", "")])), "archive");
    assert_eq!(refused(&container(&[("[Content_Types].xml", ""), ("xl/workbook.xml", "")])), "unsupported");
    assert_eq!(refused(&container(&[("[Content_Types].xml", ""), ("ppt/presentation.xml", "")])), "unsupported");
    assert_eq!(refused(&container(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet")])), "unsupported");
    assert_eq!(refused(&container(&[("mimetype", "application/epub+zip"), ("a", "")])), "damaged");
    assert_eq!(refused(&container(&[("a", ""), ("word/document.xml", "<w:document><w:body/></w:document>")])), "empty");
    assert_eq!(refused(&old("WordDocument")), "outdated");
    assert_eq!(refused(&old("EncryptedPackage")), "protected");
}

#[test]
fn limits_hold_for_containers() {
    let document = |middle: &str| {
        let words = format!("<w:document><w:body><w:p><w:r><w:t>{middle}</w:t></w:r></w:p></w:body></w:document>");
        parse(&container(&[("[Content_Types].xml", ""), ("word/document.xml", &words)]), &Hint::default())
    };
    assert_eq!(document(&"a ".repeat(20_000_000)), Err(IngestError::PackedTooTightly));
    assert!(matches!(document(&"<w:sdt>".repeat(1000)), Err(IngestError::TooDeep { .. })));
    let bomb = "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'>]>\
        <w:document><w:body><w:p><w:r><w:t>Words &b;&b; stay</w:t></w:r></w:p></w:body></w:document>";
    let bytes = container(&[("[Content_Types].xml", ""), ("word/document.xml", bomb)]);
    assert_eq!(article(&bytes, "a.docx").text, "Words stay");
}
