//! Good files of every format, built by code: what is broken in these tests is made from them, and they stand among the
//! broken ones as those that must be read right.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A file that must be read.
#[derive(Clone, Debug)]
pub struct Good {
    pub name: String,
    pub bytes: Vec<u8>,
    /// Words that its text must hold.
    pub holds: &'static str,
}

const TITLE: &str = "Harbor opens again after long repair";

const HOLDS: &str = "the mayor, who had planned it for many years";

/// Prose with marks of all kinds: quotes, dashes, dates, names, letters beyond ASCII.
const PARAGRAPHS: [&str; 5] = [
    "OSLO, May 3 (Kyodo) -- The harbor of the town was opened on Friday by the mayor, who had planned it for many years.",
    "“We are of course concerned about the cost,” said Secretary General Jens Stoltenberg on 9 May 2019, “but the pier – all of it – is open.”",
    "Ships from Łódź, Gdańsk and Århus are expected to arrive in the coming weeks, he told reporters there, and the 29 allies will send theirs in June.",
    "The ministers of the two states had warned last December that the repair might take until 2021; it took less, and cost 3.5 million crowns.",
    "A spokesman for the town said that nobody was hurt when a crane fell over on 26 April, and that the inquiry goes on.",
];

/// One file of each format, and several of plain text.
pub fn good_files() -> Vec<Good> {
    let file = |name: &str, bytes: Vec<u8>| Good { name: name.to_owned(), bytes, holds: HOLDS };
    vec![
        file("plain.txt", plain("\n\n")),
        file("lines.txt", plain("\r\n")),
        file("utf16.txt", plain("\n\n").utf_16()),
        file("export.txt", export()),
        file("marks.md", markdown()),
        file("page.html", html().into_bytes()),
        file("saved.mhtml", mhtml()),
        file("letter.eml", eml()),
        file("text.rtf", rtf()),
        file("text.docx", docx()),
        file("text.odt", odt()),
        file("book.epub", epub()),
        file("print.pdf", pdf()),
    ]
}

trait Utf16 {
    fn utf_16(&self) -> Vec<u8>;
}

impl Utf16 for Vec<u8> {
    fn utf_16(&self) -> Vec<u8> {
        let text = String::from_utf8_lossy(self);
        [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
    }
}

fn plain(gap: &str) -> Vec<u8> {
    let head = ["Home > World > Europe", TITLE, "By Jane Roe", "Friday, 3 May 2019, 10:15"];
    let tail = ["Related Stories", "Nine ways to cook fish", "Follow us on Harbor Net"];
    let lines: Vec<&str> = head.into_iter().chain(PARAGRAPHS).chain(tail).collect();
    (lines.join(gap) + "\n").into_bytes()
}

/// Two articles as a database of news hands them out in one file.
fn export() -> Vec<u8> {
    let article = |number: usize| {
        format!(
            "{number} of 2 DOCUMENTS\n\nThe Gazette\n\nMay {number}, 2019 Monday\n\n{TITLE}\n\nBYLINE: Jane Roe\n\nLENGTH: 155 words\n\n\
            {}\n\nLOAD-DATE: May {number}, 2019\n\nLANGUAGE: ENGLISH\n\nCopyright 2019 The Gazette\n\n",
            PARAGRAPHS.join("\n\n")
        )
    };
    format!("{}{}", article(1), article(2)).into_bytes()
}

fn markdown() -> Vec<u8> {
    format!(
        "---\ntitle: x\n---\n# {TITLE}\n\n{}\n\n## What comes next\n\n{}\n",
        PARAGRAPHS[0],
        PARAGRAPHS[1..].join("\n\n")
    )
    .into_bytes()
}

pub fn html() -> String {
    let words: String = PARAGRAPHS.iter().map(|words| format!("<p class=\"text\">{words}</p>\n")).collect();
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{TITLE} - The Gazette</title>\
        <meta property=\"og:site_name\" content=\"The Gazette\">\
        <meta property=\"article:published_time\" content=\"2019-05-03T10:15:00+02:00\">\
        <script type=\"application/ld+json\">{{\"@type\":\"NewsArticle\",\"datePublished\":\"2019-05-03\"}}</script></head>\
        <body><nav><ul><li><a href=\"/\">Home</a></li></ul></nav><article><h1>{TITLE}</h1>\
        <time datetime=\"2019-05-03\">3 May 2019</time>{words}</article>\
        <footer>Copyright 2025 The Gazette</footer></body></html>"
    )
}

fn mhtml() -> Vec<u8> {
    let page = quoted_printable(&html());
    format!(
        "From: <Saved by Browser>\r\nSnapshot-Content-Location: https://gazette.example/harbor\r\nSubject: {TITLE}\r\n\
        Date: Sat, 4 May 2019 08:00:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\
        \ttype=\"text/html\";\r\n\tboundary=\"----part\"\r\n\r\n------part\r\nContent-Type: text/html\r\n\
        Content-Transfer-Encoding: quoted-printable\r\nContent-Location: https://gazette.example/harbor\r\n\r\n{page}\r\n\
        ------part\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n------part--\r\n"
    )
    .into_bytes()
}

fn eml() -> Vec<u8> {
    let words = quoted_printable(&PARAGRAPHS.join("\r\n\r\n"));
    format!(
        "Received: from mail.example by host.example; Fri, 3 May 2019 10:15:00 +0200\r\nFrom: Jane Roe <roe@gazette.example>\r\n\
        To: desk@harbor.example\r\nSubject: {TITLE}\r\nDate: Fri, 3 May 2019 10:15:00 +0200\r\nMessage-ID: <1@gazette.example>\r\n\
        MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{words}\r\n"
    )
    .into_bytes()
}

fn quoted_printable(text: &str) -> String {
    let mut out = String::new();
    let mut width = 0;
    for byte in text.bytes() {
        let plain = matches!(byte, b' '..=b'<' | b'>'..=b'~');
        if byte == b'\n' || byte == b'\r' {
            out.push(byte as char);
            width = 0;
            continue;
        }
        if width > 68 {
            out.push_str("=\r\n");
            width = 0;
        }
        if plain {
            out.push(byte as char);
            width += 1;
        } else {
            out.push_str(&format!("={byte:02X}"));
            width += 3;
        }
    }
    out
}

fn rtf() -> Vec<u8> {
    let escaped = |words: &str| -> String {
        words
            .chars()
            .map(|character| match character {
                '\\' | '{' | '}' => format!("\\{character}"),
                ' '..='~' => character.to_string(),
                _ => format!("\\u{}?", character as u32 as i32),
            })
            .collect()
    };
    let words: String = PARAGRAPHS.iter().map(|words| format!("\\pard {}\\par\n", escaped(words))).collect();
    format!(
        "{{\\rtf1\\ansi\\ansicpg1252\\deff0{{\\fonttbl{{\\f0 Times New Roman;}}}}{{\\colortbl;\\red0\\green0\\blue0;}}\n\
        {{\\info{{\\title {TITLE}}}{{\\author Jane Roe}}{{\\creatim\\yr2019\\mo5\\dy3\\hr10\\min15}}}}\n\
        {{\\b\\fs32 {TITLE}\\par}}\n{words}}}"
    )
    .into_bytes()
}

/// A zip archive of these parts, in their order; the first is stored as it is where its name is `mimetype`.
pub fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        let method = if *name == "mimetype" { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        let options = SimpleFileOptions::default().compression_method(method);
        let written = archive.start_file(*name, options).map_err(std::io::Error::other);
        written.and_then(|()| archive.write_all(bytes)).expect("an archive in memory takes every part");
    }
    archive.finish().expect("an archive in memory can be finished").into_inner()
}

fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

pub fn docx_document() -> String {
    let paragraph = |style: &str, words: &str| {
        format!(
            "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>",
            escaped(words)
        )
    };
    let words: String = PARAGRAPHS.iter().map(|words| paragraph("Normal", words)).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
        <w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{}{words}\
        <w:tbl><w:tr><w:tc><w:p><w:r><w:t>Cell</w:t></w:r></w:p></w:tc></w:tr></w:tbl>\
        <w:sectPr/></w:body></w:document>",
        paragraph("Title", TITLE)
    )
}

const DOCX_TYPES: &str = "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
    <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
    <Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" \
    ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";

const DOCX_RELS: &str = "<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
    <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" \
    Target=\"word/document.xml\"/><Relationship Id=\"rId2\" \
    Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/></Relationships>";

const DOCX_CORE: &str = "<?xml version=\"1.0\"?><cp:coreProperties \
    xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
    xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\"><dc:title>Harbor</dc:title>\
    <dc:creator>Jane Roe</dc:creator><dcterms:created>2019-05-03T10:15:00Z</dcterms:created></cp:coreProperties>";

/// A docx file around this main part.
pub fn docx_of(document: &[u8]) -> Vec<u8> {
    zipped(&[
        ("[Content_Types].xml", DOCX_TYPES.as_bytes()),
        ("_rels/.rels", DOCX_RELS.as_bytes()),
        ("word/document.xml", document),
        ("docProps/core.xml", DOCX_CORE.as_bytes()),
    ])
}

fn docx() -> Vec<u8> {
    docx_of(docx_document().as_bytes())
}

pub fn odt_content() -> String {
    let words: String = PARAGRAPHS.iter().map(|words| format!("<text:p>{}</text:p>", escaped(words))).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content \
        xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
        xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" office:version=\"1.2\"><office:body><office:text>\
        <text:h text:outline-level=\"1\">{TITLE}</text:h>{words}</office:text></office:body></office:document-content>"
    )
}

/// An odt file around this content.
pub fn odt_of(content: &[u8]) -> Vec<u8> {
    let manifest = "<?xml version=\"1.0\"?><manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\">\
        <manifest:file-entry manifest:full-path=\"/\" manifest:media-type=\"application/vnd.oasis.opendocument.text\"/>\
        </manifest:manifest>";
    let meta = "<?xml version=\"1.0\"?><office:document-meta xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
        xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:meta=\"urn:oasis:names:tc:opendocument:xmlns:meta:1.0\"><office:meta>\
        <dc:title>Harbor</dc:title><meta:creation-date>2019-05-03T10:15:00</meta:creation-date></office:meta></office:document-meta>";
    zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("META-INF/manifest.xml", manifest.as_bytes()),
        ("content.xml", content),
        ("meta.xml", meta.as_bytes()),
    ])
}

fn odt() -> Vec<u8> {
    odt_of(odt_content().as_bytes())
}

pub fn epub_chapter() -> String {
    let words: String = PARAGRAPHS.iter().map(|words| format!("<p>{}</p>", escaped(words))).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>{TITLE}</title></head>\
        <body><h1>{TITLE}</h1>{words}</body></html>"
    )
}

/// An epub file around this one chapter.
pub fn epub_of(chapter: &[u8]) -> Vec<u8> {
    let container = "<?xml version=\"1.0\"?><container version=\"1.0\" xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\">\
        <rootfiles><rootfile full-path=\"OEBPS/content.opf\" media-type=\"application/oebps-package+xml\"/></rootfiles></container>";
    let package = format!(
        "<?xml version=\"1.0\"?><package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" unique-identifier=\"id\">\
        <metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{TITLE}</dc:title><dc:language>en</dc:language>\
        <dc:creator>Jane Roe</dc:creator><dc:date>2019-05-03</dc:date></metadata>\
        <manifest><item id=\"one\" href=\"one.xhtml\" media-type=\"application/xhtml+xml\"/></manifest>\
        <spine><itemref idref=\"one\"/></spine></package>"
    );
    zipped(&[
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", container.as_bytes()),
        ("OEBPS/content.opf", package.as_bytes()),
        ("OEBPS/one.xhtml", chapter),
    ])
}

fn epub() -> Vec<u8> {
    epub_of(epub_chapter().as_bytes())
}

/// A pdf file of these objects, numbered from 1; the first is its catalog.
pub fn pdf_of(objects: &[String]) -> Vec<u8> {
    let mut out = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n".to_vec();
    let mut places = Vec::new();
    for (idx, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend_from_slice(format!("{} 0 obj\n{object}\nendobj\n", idx + 1).as_bytes());
    }
    let start = out.len();
    out.extend_from_slice(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).as_bytes());
    for place in places {
        out.extend_from_slice(format!("{place:010} 00000 n \n").as_bytes());
    }
    let trailer = format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1);
    out.extend_from_slice(trailer.as_bytes());
    out
}

/// The page descriptions of a pdf file whose page shows these operators.
pub fn pdf_objects(operators: &str) -> Vec<String> {
    vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{operators}\nendstream", operators.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
    ]
}

fn pdf() -> Vec<u8> {
    let mut operators = format!("BT /F1 20 Tf 72 790 Td 24 TL ({TITLE}) Tj T* /F1 11 Tf 14 TL\n");
    for words in PARAGRAPHS {
        let plain: String = words.chars().filter(char::is_ascii).filter(|c| !"()\\".contains(*c)).collect();
        let mut line = String::new();
        for word in plain.split_whitespace() {
            if line.len() + word.len() > 80 {
                operators.push_str(&format!("({line}) Tj T*\n"));
                line.clear();
            }
            line.push_str(word);
            line.push(' ');
        }
        operators.push_str(&format!("({line}) Tj T* T*\n"));
    }
    operators.push_str("ET");
    pdf_of(&pdf_objects(&operators))
}
