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

/// Quoted-printable by RFC 2045, with a soft line end in every line.
fn quoted(words: &str) -> String {
    let escape = |byte: u8| {
        if (33..=126).contains(&byte) && byte != b'=' || byte == b' ' {
            char::from(byte).to_string()
        } else {
            format!("={byte:02X}")
        }
    };
    let units: Vec<String> = words.bytes().map(escape).collect();
    units.chunks(60).map(<[String]>::concat).collect::<Vec<_>>().join("=\r\n")
}

fn eml() -> Vec<u8> {
    let body = [FIRST, HEADING, SECOND, LAST].map(quoted).join("\r\n\r\n");
    format!(
        "From: Jane Roe <jane@paper.example>\r\nTo: John Doe <john@paper.example>\r\nSubject: =?UTF-8?Q?{}?=\r\n\
        Date: Fri, 3 May 2019 23:45:00 -0700\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\
        Content-Transfer-Encoding: quoted-printable\r\n\r\n{body}\r\n",
        TITLE.replace(' ', "_")
    )
    .into_bytes()
}

fn mhtml() -> Vec<u8> {
    format!(
        "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://paper.example/harbor\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/related; type=\"text/html\"; boundary=\"xyz\"\r\n\r\n--xyz\r\nContent-Type: text/html\r\n\
        Content-Transfer-Encoding: quoted-printable\r\nContent-Location: https://paper.example/harbor\r\n\r\n{}\r\n--xyz--\r\n",
        quoted(&html())
    )
    .into_bytes()
}

/// Words on a page of a PDF: size of the font, place from the left and from below in points.
type Words<'a> = (f32, f32, f32, &'a str);

/// A PDF of these pages in Helvetica, with this description.
fn pdf(pages: &[Vec<Words<'_>>], info: &str) -> Vec<u8> {
    let escaped = |words: &str| -> Vec<u8> {
        let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(words);
        bytes.iter().flat_map(|&byte| if b"()\\".contains(&byte) { vec![b'\\', byte] } else { vec![byte] }).collect()
    };
    let mut objects: Vec<Vec<u8>> = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        Vec::new(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_vec(),
        format!("<< {info} >>").into_bytes(),
    ];
    let mut kids = String::new();
    for words in pages {
        let mut content = Vec::new();
        for (size, left, bottom, words) in words {
            content.extend(format!("BT /F1 {size} Tf {left} {bottom} Td (").into_bytes());
            content.extend(escaped(words));
            content.extend(b") Tj ET\n");
        }
        let number = objects.len() + 1;
        kids.push_str(&format!("{number} 0 R "));
        objects.push(
            format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R /Resources << /Font << /F1 3 0 R >> >> >>",
                number + 1
            )
            .into_bytes(),
        );
        let mut stream = format!("<< /Length {} >>\nstream\n", content.len()).into_bytes();
        stream.extend(content);
        stream.extend(b"\nendstream");
        objects.push(stream);
    }
    objects[1] = format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", pages.len()).into_bytes();
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (idx, object) in objects.iter().enumerate() {
        table.push_str(&format!("{:010} 00000 n \n", file.len()));
        file.extend(format!("{} 0 obj\n", idx + 1).into_bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let start = file.len();
    file.extend(table.into_bytes());
    let size = objects.len() + 1;
    file.extend(
        format!("trailer\n<< /Size {size} /Root 1 0 R /Info 4 0 R >>\nstartxref\n{start}\n%%EOF\n").into_bytes(),
    );
    file
}

/// The lines of a paragraph, broken as a typesetter would.
fn wrapped(words: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in words.split(' ') {
        let last = lines.last_mut().unwrap();
        if !last.is_empty() && last.chars().count() + 1 + word.chars().count() > width {
            lines.push(word.to_owned());
        } else {
            last.push_str(if last.is_empty() { "" } else { " " });
            last.push_str(word);
        }
    }
    lines
}

fn article_pdf() -> Vec<u8> {
    let paragraphs = [(20.0, TITLE), (10.0, FIRST), (13.0, HEADING), (10.0, SECOND), (10.0, LAST)];
    let mut lines = Vec::new();
    let mut bottom = 780.0;
    for (size, words) in paragraphs {
        for line in wrapped(words, 90) {
            lines.push((size, bottom, line));
            bottom -= 1.2 * size;
        }
        bottom -= 12.0;
    }
    pdf(&[lines.iter().map(|(size, bottom, line)| (*size, 60.0, *bottom, line.as_str())).collect()], "")
}

#[test]
fn every_format_gives_the_same_article() {
    let text = [TITLE, FIRST, HEADING, SECOND, LAST].join("\n\n");
    let markdown = format!("# {TITLE}\n\n{FIRST}\n\n## {HEADING}\n\n{SECOND}\n\n{LAST}\n");
    let files: [(&str, Vec<u8>, Format); 10] = [
        ("a.txt", text.into_bytes(), Format::Txt),
        ("a.md", markdown.into_bytes(), Format::Markdown),
        ("a.html", html().into_bytes(), Format::Html),
        ("a.docx", docx("<a/>"), Format::Docx),
        ("a.odt", odt(), Format::Odt),
        ("a.rtf", rtf(), Format::Rtf),
        ("a.epub", epub(), Format::Epub),
        ("a.eml", eml(), Format::Eml),
        ("a.mht", mhtml(), Format::Mhtml),
        ("a.pdf", article_pdf(), Format::Pdf),
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

/// Word and RTF files in which each line is a paragraph, as databases write them.
fn saved_lines(text: &str) -> [(&'static str, Vec<u8>); 2] {
    let word = |line: &str| format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>");
    let body: String = text.lines().map(word).collect();
    let document = format!("<w:document><w:body>{body}</w:body></w:document>");
    let rtf: String = text.lines().map(|line| format!("{line}\\par\n")).collect();
    [
        ("a.docx", container(&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", &document)])),
        ("a.rtf", format!("{{\\rtf1\\ansi {rtf}}}").into_bytes()),
    ]
}

#[test]
fn the_export_of_a_database_is_split_whatever_its_format() {
    let lexis = |title: &str, day: &str| {
        format!(
            "{title}\n\nThe Gazette\n\n{day}\n\nCopyright 2010 The Gazette All Rights Reserved\n\nSection: NEWS; Pg. 3\n\n\
            Length: 355 words\n\nByline: Jane Roe\n\nBody\n\n{SECOND}\n\nLoad-Date: January 15, 2010\n\nEnd of Document\n\n"
        )
    };
    let factiva = |title: &str, day: &str, number: u8| {
        format!(
            "News\n{title}\nBy Jane Roe\n512 words\n{day}\n09:12\nThe Gazette\nGAZ\nEnglish\n(c) 2017 The Gazette.\n\n{SECOND}\n\
            Document GAZ0000020171106edb6000b{number}\n\n"
        )
    };
    let row = |code: &str, value: &str| format!("\\trowd\\cellx1\\cellx2\\intbl {code}\\cell {value}\\cell\\row\n");
    let coded = |title: &str, day: &str, number: u8| {
        let document = format!("Document GAZ0000020171106edb6000b{number}");
        let fields = [
            ("HD", title),
            ("BY", "By Jane Roe"),
            ("WC", "512 words"),
            ("PD", day),
            ("SN", "The Gazette"),
            ("LA", "English"),
        ];
        let body = FIRST.replace(['–', '“', '”'], "");
        let last = [("LP", body.as_str()), ("TD", LAST), ("AN", document.as_str())];
        fields.iter().chain(&last).map(|(code, value)| row(code, value)).collect::<String>() + "\\pard\\par\n"
    };
    let lexis =
        [lexis("Harbor opens", "January 11, 2010 Monday"), lexis("Ships arrive", "13 January 2010 Wednesday")].concat();
    let factiva =
        [factiva("Harbor opens", "6 November 2017", 1), factiva("Ships arrive", "7 November 2017", 2)].concat();
    let coded = [coded("Harbor opens", "6 November 2017", 1), coded("Ships arrive", "7 November 2017", 2)].concat();
    let (monday, tuesday) = (date(2017, 11, 6), date(2017, 11, 7));
    let mut files = vec![("coded.rtf", format!("{{\\rtf1\\ansi {coded}}}").into_bytes(), [monday, tuesday])];
    for (text, days) in [(lexis, [date(2010, 1, 11), date(2010, 1, 13)]), (factiva, [monday, tuesday])] {
        files.extend(saved_lines(&text).map(|(name, bytes)| (name, bytes, days)));
        files.push(("a.txt", text.into_bytes(), days));
    }
    for (name, bytes, days) in files {
        let articles = parse(&bytes, &Hint::default()).unwrap();
        let found: Vec<_> = (articles.iter())
            .map(|article| {
                let outlet = article.outlet.as_ref().map(|outlet| outlet.name.as_str());
                (
                    article.title.as_deref(),
                    outlet,
                    article.author.as_deref(),
                    article.meta_dates.first().map(|found| found.date),
                )
            })
            .collect();
        let expected = |title, day| (Some(title), Some("The Gazette"), Some("Jane Roe"), Some(day));
        assert_eq!(found, [expected("Harbor opens", days[0]), expected("Ships arrive", days[1])], "{name}");
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

#[test]
fn a_pdf_is_read_column_by_column_and_page_by_page() {
    let long = [FIRST, SECOND, LAST].join(" ");
    let lines = wrapped(&long, 42);
    let (head, foot) = ("The Gazette of the Harbor", ["Page 1 of 2", "Page 2 of 2"]);
    let mut pages = Vec::new();
    // Two columns of six lines a page.
    for (page, rows) in lines.chunks(12).take(2).enumerate() {
        let mut words = vec![(8.0, 60.0, 810.0, head)];
        for (row, line) in rows.iter().enumerate() {
            let (left, row) = if row < 6 { (60.0, row) } else { (320.0, row - 6) };
            words.push((10.0, left, 760.0 - 12.0 * row as f32, line.as_str()));
        }
        words.push((8.0, 280.0, 30.0, foot[page]));
        pages.push(words);
    }
    let parsed = article(&pdf(&pages, ""), "a.pdf");
    let rules: Vec<Option<&str>> = parsed.blocks.iter().map(|block| block.rule.as_deref()).collect();
    for rule in ["page-header", "page-number"] {
        assert!(rules.contains(&Some(rule)), "{rules:?}\n{}", parsed.text);
    }
    let body: Vec<&str> = (parsed.blocks.iter())
        .filter(|block| block.kind == BlockKind::Body)
        .map(|block| block.range.of(&parsed.text))
        .collect();
    assert_eq!(body.join(" "), lines[..lines.len().min(24)].join(" "), "{}", parsed.text);
}

#[test]
fn a_pdf_without_words_says_what_to_do() {
    let code = |bytes: &[u8]| parse(bytes, &Hint::default()).unwrap_err().code();
    assert_eq!(code(&pdf(&[Vec::new()], "")), "no-text-layer");
    assert_eq!(code(b"%PDF-1.4\nnothing of it is right"), "damaged");
    let info = "/Title (Harbor of the town opens again) /Author (Jane Roe) /CreationDate (D:20190503234500-07'00')";
    let parsed = article(&pdf(&[vec![(10.0, 60.0, 700.0, FIRST)]], info), "a.pdf");
    assert_eq!(parsed.title.as_deref(), Some("Harbor of the town opens again"));
    assert_eq!(parsed.author.as_deref(), Some("Jane Roe"));
    let day = &parsed.meta_dates[0];
    assert_eq!((day.date, day.evidence.rule.as_str()), (date(2019, 5, 3), "document-metadata"));
    assert!(day.score <= 0.3);
}

#[test]
fn a_mail_keeps_the_day_of_its_sender_and_sets_the_rest_apart() {
    let parsed = article(&eml(), "a.eml");
    assert_eq!((parsed.author.as_deref(), parsed.meta_dates[0].date), (Some("Jane Roe"), date(2019, 5, 3)));
    let head = "Subject: Fwd: Harbor\nFrom: John Doe <john@paper.example>\nDate: Mon, 6 May 2019 10:12:00 +0200\nMIME-Version: 1.0\n";
    let mixed = format!(
        "{head}Content-Type: multipart/mixed; boundary=xyz\n\n--xyz\nContent-Type: text/plain\n\nFor you.\n\n\
        ---------- Forwarded message ---------\nFrom: Jane Roe <jane@paper.example>\nDate: Fri, 3 May 2019 at 23:45\n\
        Subject: {TITLE}\nTo: John Doe\n\nThe harbor was opened again on Friday by its mayor, who had planned it.\n\
        --xyz\nContent-Type: application/pdf; name=plan.pdf\nContent-Disposition: attachment; filename=plan.pdf\n\nx\n--xyz--\n"
    );
    let parsed = article(mixed.as_bytes(), "a.eml");
    assert_eq!((parsed.title.as_deref(), parsed.author.as_deref()), (Some(TITLE), Some("Jane Roe")));
    assert_eq!(parsed.meta_dates[0].date, date(2019, 5, 3));
    let range = parsed.meta_dates[0].evidence.range.unwrap();
    assert_eq!(range.of(&parsed.text), "Fri, 3 May 2019 at 23:45");
    assert_eq!(parsed.warnings[0].message, "1 attachment was not opened: plan.pdf");
    let body: Vec<&str> = parsed
        .blocks
        .iter()
        .filter(|block| block.kind == BlockKind::Body)
        .map(|block| block.range.of(&parsed.text))
        .collect();
    assert_eq!(body, ["The harbor was opened again on Friday by its mayor, who had planned it."]);
    let mailbox = format!(
        "From john@paper.example Mon May  6 10:12:00 2019\n{head}\nOne.\n>From here on.\n\nFrom john@paper.example Tue May  7 10:12:00 2019\n{head}\nTwo.\n"
    );
    let texts: Vec<String> =
        parse(mailbox.as_bytes(), &Hint::default()).unwrap().into_iter().map(|parsed| parsed.text).collect();
    assert_eq!(texts, ["Harbor\n\nOne.\nFrom here on.", "Harbor\n\nTwo."]);
}

/// Each file loses its end, and has bytes changed, in many places: an answer comes back, whatever it says.
#[test]
fn damaged_files_are_answered() {
    for bytes in [article_pdf(), eml(), mhtml()] {
        for step in 1..60 {
            let place = bytes.len() * step / 60;
            let _ = parse(&bytes[..place], &Hint::default());
            let mut changed = bytes.clone();
            changed[place] ^= 1 << (step % 8);
            let _ = parse(&changed, &Hint::default());
        }
    }
}
