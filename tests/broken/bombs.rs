//! Files made to harm: bombs, loops, depths, endless lines, and files that are not what their name says.

use super::good::{docx_document, docx_of, epub_of, html, odt_content, odt_of, pdf_objects, pdf_of, zipped};

/// The bombs, each with its name. Together some 60 MB, none above 10.
pub fn bombs() -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut add = |name: &str, bytes: Vec<u8>| found.push((format!("bomb-{name}"), bytes));
    for (name, bytes) in texts() {
        add(name, bytes);
    }
    for (name, bytes) in pages() {
        add(name, bytes);
    }
    for (name, bytes) in packages() {
        add(name, bytes);
    }
    for (name, bytes) in others() {
        add(name, bytes);
    }
    found
}

fn texts() -> Vec<(&'static str, Vec<u8>)> {
    let dates = "On Monday, 3 May 2019, and on 4 June, he said that in 2020 President Moon Jae-in would come. ";
    let surrogates: Vec<u8> = [0xff, 0xfe].into_iter().chain([0x00, 0xd8, b'a', 0].repeat(5000)).collect();
    vec![
        ("line-5mb.txt", b"word ".repeat(1_000_000)),
        ("line-no-space.txt", vec![b'a'; 5_000_000]),
        ("line-of-dates.txt", dates.repeat(20_000).into_bytes()),
        ("lines-of-dates.txt", (dates.to_owned() + "\n").repeat(20_000).into_bytes()),
        ("empty-lines.txt", ("Title\n".to_owned() + &"\n".repeat(1_000_000) + "The end of it.\n").into_bytes()),
        ("short-lines.txt", ("The mayor said that the port is open.\n".to_owned() + &"a b\n".repeat(1_000_000)).into_bytes()),
        ("related.txt", format!("{}Related Stories\n", "The mayor of Oslo and the minister said in Bergen that the port of Tromsø would be open again in the spring of the year to come.\n".repeat(8)).repeat(3000).into_bytes()),
        ("brackets.txt", ("(".repeat(1_000_000) + "\n" + &"[".repeat(100_000)).into_bytes()),
        ("quotes.txt", "“‘\"' ".repeat(300_000).into_bytes()),
        ("carriage.txt", b"a b c d e f\r".repeat(300_000)),
        ("marks.txt", "\u{200b}\u{ad}\u{feff}\u{2028}\u{c}".repeat(200_000).into_bytes()),
        ("combining.txt", ("e".to_owned() + &"\u{301}".repeat(1_000_000)).into_bytes()),
        ("stars.md", "# * _ ` ".repeat(200_000).into_bytes()),
        ("headings.md", "# a\n".repeat(500_000).into_bytes()),
        ("front.md", ("---\n".to_owned() + &"a: b\n".repeat(500_000)).into_bytes()),
        ("surrogates.txt", surrogates),
        ("odd-utf16.txt", b"\xff\xfea\0b\0c".to_vec()),
        ("cut-utf8.txt", "Größe und Maß, für alle: ä".as_bytes()[..27].to_vec()),
        ("nuls.txt", vec![0; 100_000]),
        ("high.txt", vec![0xfe; 1_000_000]),
        ("empty.txt", Vec::new()),
        ("white.txt", vec![b' '; 1_000_000]),
    ]
}

fn pages() -> Vec<(&'static str, Vec<u8>)> {
    let page = |body: &str| format!("<!doctype html><html><body>{body}").into_bytes();
    let nested = |tag: &str, depth: usize| format!("<{tag}>").repeat(depth);
    let json = format!("<script type=\"application/ld+json\">{}</script>{}", "[{\"a\":".repeat(50_000), html());
    vec![
        ("div.html", page(&nested("div", 200_000))),
        ("div-299.html", page(&(nested("div", 290) + &html()))),
        ("p.html", page(&nested("p", 200_000))),
        ("b-p.html", page(&nested("b><p", 3000))),
        ("a-div.html", page(&nested("a><div", 140))),
        ("table.html", page(&nested("table", 20_000))),
        ("table-b.html", page(&nested("table><b", 140))),
        ("formatting.html", page(&(nested("b><i><u", 90) + &"</b></i></u><p>".repeat(20_000)))),
        ("font.html", page(&(nested("font color=1", 280) + &"</font><div>x</div>".repeat(5000)))),
        ("attributes.html", page(&format!("<p {}>x", "a=b ".repeat(300_000)))),
        ("attribute.html", page(&format!("<p title=\"{}\">x", "a".repeat(3_000_000)))),
        ("quote.html", page(&"<a href=\"".repeat(300_000))),
        ("comment.html", page(&"<!--".repeat(300_000))),
        ("cdata.html", page(&"<![CDATA[".repeat(200_000))),
        ("script.html", page(&"<script>".repeat(200_000))),
        ("select.html", page(&"<select><option>".repeat(50_000))),
        ("template.html", page(&nested("template", 20_000))),
        ("svg.html", page(&nested("svg><math><mi", 100))),
        ("entities.html", page(&"&lt;&#1234567;&amp".repeat(200_000))),
        ("links.html", page(&"<a href='/2019/05/03/x'>a</a> ".repeat(100_000))),
        ("times.html", page(&"<time datetime='2019-05-03'>3 May 2019</time><p>".repeat(50_000))),
        ("metas.html", page(&"<meta property='article:published_time' content='2019-05-03'>".repeat(50_000))),
        ("paragraphs.html", page(&"<p>The mayor said that the port is open again.".repeat(40_000))),
        ("br.html", page(&"word<br>".repeat(200_000))),
        ("ld-json.html", json.into_bytes()),
        ("lt.html", page(&"<".repeat(2_000_000))),
        ("nothing.html", page("")),
    ]
}

fn packages() -> Vec<(&'static str, Vec<u8>)> {
    let zeros = vec![b' '; 100 * 1024 * 1024];
    let mut laughs = "<?xml version=\"1.0\"?><!DOCTYPE l [<!ENTITY l0 \"ha\">".to_owned();
    for level in 1..12 {
        let inner = format!("&l{};", level - 1).repeat(10);
        laughs.push_str(&format!("<!ENTITY l{level} \"{inner}\">"));
    }
    let xml_bomb = |document: &str, root: &str| {
        let body = document.split_once("?>").map_or(document, |(_, body)| body);
        format!("{laughs}]>{}", body.replacen(root, &format!("{root}&l11;"), 1)).into_bytes()
    };
    let deep = |tag: &str| {
        format!("<?xml version=\"1.0\"?>{}", format!("<{tag} xmlns:w=\"a\" xmlns:text=\"b\">").repeat(50_000))
            .into_bytes()
    };
    let inner = zipped(&[("a.txt", b"words")]);
    let nested = (0..8).fold(inner, |inner, _| zipped(&[("inner.docx", &inner)]));
    let many: Vec<(String, Vec<u8>)> = (0..5000).map(|idx| (format!("word/{idx}.xml"), b"<a/>".to_vec())).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let external = docx_document().replacen(
        "<w:document",
        "<!DOCTYPE d [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><w:document",
        1,
    );
    vec![
        ("zeros.docx", docx_of(&zeros)),
        ("zeros.odt", odt_of(&zeros)),
        ("zeros.epub", epub_of(&zeros)),
        ("laughs.docx", docx_of(&xml_bomb(&docx_document(), "<w:body>"))),
        ("laughs.odt", odt_of(&xml_bomb(&odt_content(), "<office:text>"))),
        ("external.docx", docx_of(external.replacen("<w:t>", "<w:t>&x;", 1).as_bytes())),
        ("deep.docx", docx_of(&deep("w:p"))),
        ("deep.odt", odt_of(&deep("text:p"))),
        ("deep.epub", epub_of(&deep("div"))),
        ("empty.docx", docx_of(b"")),
        ("empty.odt", odt_of(b"")),
        ("empty.epub", epub_of(b"")),
        ("nested.docx", nested),
        ("many.docx", zipped(&many)),
        ("up.docx", zipped(&[("../../../tmp/x", b"x"), ("word/document.xml", b"<a/>")])),
        ("program.docx", zipped(&[("setup.exe", b"MZ")])),
        ("quote-bomb.docx", quoting_zip()),
    ]
}

/// Many entries of a directory that name the same bytes (Fifield 2019), here as often as a real archive never does.
fn quoting_zip() -> Vec<u8> {
    let document = vec![b'a'; 2 * 1024 * 1024];
    let single = zipped(&[("word/document.xml", &document)]);
    // The directory starts at its signature; its one entry is written again and again.
    let Some(start) = single.windows(4).rposition(|window| window == b"PK\x01\x02") else { return single };
    let Some(end) = single.windows(4).rposition(|window| window == b"PK\x05\x06") else { return single };
    let entry = single[start..end].to_vec();
    let n_entries: u16 = 5000;
    let mut bomb = single[..start].to_vec();
    bomb.extend(entry.repeat(usize::from(n_entries)));
    let mut tail = single[end..].to_vec();
    tail[8..10].copy_from_slice(&n_entries.to_le_bytes());
    tail[10..12].copy_from_slice(&n_entries.to_le_bytes());
    let size = u32::try_from(entry.len() * usize::from(n_entries)).unwrap_or(u32::MAX);
    tail[12..16].copy_from_slice(&size.to_le_bytes());
    bomb.extend(tail);
    bomb
}

fn others() -> Vec<(&'static str, Vec<u8>)> {
    let object = |idx: usize, words: &str| {
        let mut objects = pdf_objects("BT /F1 11 Tf 72 700 Td (Words) Tj ET");
        objects[idx] = words.to_owned();
        pdf_of(&objects)
    };
    let mail = |head: &str, body: &str| {
        format!("From: a@b.example\r\nTo: c@d.example\r\nSubject: x\r\nMIME-Version: 1.0\r\nMessage-ID: <1@b.example>\r\nReceived: x\r\n{head}\r\n\r\n{body}")
            .into_bytes()
    };
    let multipart: String = (0..3000)
        .map(|level| format!("Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n"))
        .collect();
    let messages = "Content-Type: message/rfc822\r\n\r\nFrom: a@b.example\r\nMIME-Version: 1.0\r\n".repeat(3000);
    vec![
        ("loop-pages.pdf", object(1, "<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 >>")),
        ("loop-parent.pdf", object(2, "<< /Type /Page /Parent 3 0 R /Contents [4 0 R 3 0 R] /Resources 3 0 R >>")),
        ("loop-stream.pdf", object(3, "<< /Length 4 0 R >>\nstream\nBT (x) Tj ET\nendstream")),
        (
            "loop-font.pdf",
            object(4, "<< /Type /Font /Subtype /Type0 /BaseFont 5 0 R /DescendantFonts [5 0 R] /ToUnicode 5 0 R >>"),
        ),
        ("count.pdf", object(1, "<< /Type /Pages /Kids [3 0 R] /Count 2147483647 >>")),
        ("dictionary.pdf", object(0, &"<< /A ".repeat(100_000))),
        ("array.pdf", object(0, &"[".repeat(200_000))),
        ("operators.pdf", pdf_of(&pdf_objects(&"q ".repeat(400_000)))),
        ("shown.pdf", pdf_of(&pdf_objects(&format!("BT /F1 11 Tf {} ET", "1 0 0 1 9 9 Tm (a) Tj ".repeat(50_000))))),
        ("no-text.pdf", pdf_of(&pdf_objects("0 0 100 100 re f"))),
        ("head.pdf", b"%PDF-1.7\n".to_vec()),
        ("braces.rtf", format!("{{\\rtf1 {}", "{".repeat(1_000_000)).into_bytes()),
        ("unicode.rtf", format!("{{\\rtf1\\uc9999 {}}}", "\\u-1?".repeat(200_000)).into_bytes()),
        ("bin.rtf", b"{\\rtf1 \\bin2147483647 x}".to_vec()),
        ("numbers.rtf", format!("{{\\rtf1 \\fs{} words}}", "9".repeat(100_000)).into_bytes()),
        ("words.rtf", format!("{{\\rtf1 {}}}", "\\a".repeat(500_000)).into_bytes()),
        ("hex.rtf", format!("{{\\rtf1 {}}}", "\\'zz\\'".repeat(200_000)).into_bytes()),
        ("multipart.eml", mail(multipart.trim_end(), "words")),
        ("messages.eml", mail(messages.trim_end(), "words")),
        ("boundary.eml", mail("Content-Type: multipart/mixed; boundary=a", &"--a\r\n".repeat(300_000))),
        ("headers.eml", mail(&"X: y\r\n".repeat(300_000), "words")),
        ("header.eml", mail(&format!("X: {}", "=?utf-8?q?=41?= ".repeat(100_000)), "words")),
        (
            "base64.eml",
            mail("Content-Type: text/html\r\nContent-Transfer-Encoding: base64", &"PGRpdj4".repeat(300_000)),
        ),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0".to_vec()),
        ("program.html", [b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0".as_slice(), &[7; 2000]].concat()),
        ("text.pdf", b"The port is open again, the mayor said to all who had come to the quay on Monday.".to_vec()),
        ("page.docx", html().into_bytes()),
        ("rtf.html", b"{\\rtf1 The port is open.}".to_vec()),
    ]
}
