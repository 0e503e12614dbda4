//! One rule a test, on documents as small as the rule.

use super::super::package::tests::packed;
use super::*;
use crate::document::BlockKind;

fn parsed(parts: &[(&str, &str)]) -> Parsed {
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    articles(&packed(&parts)).unwrap().remove(0)
}

fn document(body: &str) -> String {
    format!("<w:document><w:body>{body}</w:body></w:document>")
}

fn paragraphs(body: &str) -> Vec<String> {
    let parsed = parsed(&[("word/document.xml", &document(body))]);
    parsed.text.split("\n\n").map(str::to_owned).collect()
}

/// A run of words.
fn run(words: &str) -> String {
    format!("<w:r><w:t xml:space='preserve'>{words}</w:t></w:r>")
}

fn paragraph(words: &str) -> String {
    format!("<w:p>{}</w:p>", run(words))
}

#[test]
fn words_are_what_the_page_shows() {
    let field = |kind: &str| format!("<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>");
    let code = "<w:r><w:instrText> HYPERLINK x </w:instrText></w:r>";
    let link = [field("begin"), code.to_owned(), field("separate"), run("link"), field("end")].concat();
    let nested = [field("begin"), run("IF "), link.clone(), field("separate"), run("yes"), field("end")].concat();
    let cases = [
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>".to_owned(), "a\tb\nc"),
        ("<w:r><w:t>co</w:t><w:noBreakHyphen/><w:t>op</w:t><w:softHyphen/><w:t>s</w:t></w:r>".to_owned(), "co-ops"),
        ("<w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr>".to_owned() + &run("a"), "a"),
        (run("a") + "<w:del><w:r><w:delText>b</w:delText></w:r></w:del><w:ins><w:r><w:t>c</w:t></w:r></w:ins>", "ac"),
        (format!("<w:moveFrom>{}</w:moveFrom><w:moveTo>{}</w:moveTo>", run("a"), run("b")), "b"),
        (run("a") + "<w:r><w:rPr><w:vanish/></w:rPr><w:t>b</w:t></w:r>" + &run("c"), "ac"),
        ("<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>b</w:t></w:r>".to_owned(), "b"),
        ("<w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>".to_owned() + &run("a"), "a"),
        (link, "link"),
        (nested, "yes"),
        ("<w:fldSimple w:instr='DATE'>".to_owned() + &run("3 May") + "</w:fldSimple>", "3 May"),
        ("<w:r><w:t>5 </w:t><w:sym w:font='Symbol' w:char='F06D'/><w:t>m</w:t></w:r>".to_owned(), "5 μm"),
        (run("a") + "<w:commentReference w:id='1'/><w:r><w:annotationRef/></w:r>", "a"),
        (
            "<w:sdt><w:sdtPr><w:tag w:val='x'/></w:sdtPr><w:sdtContent>".to_owned()
                + &run("a")
                + "</w:sdtContent></w:sdt>",
            "a",
        ),
    ];
    for (body, shown) in cases {
        assert_eq!(paragraphs(&format!("<w:p>{body}</w:p>")), [shown], "{body}");
    }
}

#[test]
fn a_text_box_stands_once() {
    let text_box = format!("<w:txbxContent>{}</w:txbxContent>", paragraph("box"));
    let body = format!(
        "<w:p>{}<w:r><mc:AlternateContent><mc:Choice><x:wsp>{text_box}</x:wsp></mc:Choice>\
        <mc:Fallback><w:pict>{text_box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>{}</w:p>{}",
        run("one "),
        run("goes on"),
        paragraph("two")
    );
    assert_eq!(paragraphs(&body), ["one goes on", "box", "two"]);
}

#[test]
fn a_deleted_paragraph_mark_joins_two_paragraphs() {
    let mark = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>";
    let joined = format!("<w:p>{mark}{}</w:p>{}{}", run("one "), paragraph("two"), paragraph("three"));
    assert_eq!(paragraphs(&joined), ["one two", "three"]);
    let last = format!("<w:tbl><w:tr><w:tc><w:p>{mark}{}</w:p></w:tc></w:tr></w:tbl>{}", run("one"), paragraph("two"));
    assert_eq!(paragraphs(&last), ["one", "two"]);
}

#[test]
fn rows_are_lines() {
    let cell = |words: &str| format!("<w:tc><w:tcPr/>{}</w:tc>", paragraph(words));
    let row = format!("<w:tr>{}{}</w:tr>", cell("Oslo"), cell("3"));
    assert_eq!(paragraphs(&format!("<w:tbl>{row}{row}</w:tbl>")), ["Oslo\t3", "Oslo\t3"]);
}

#[test]
fn notes_come_last_and_separators_not_at_all() {
    let note = |part: &str, id: u32, words: &str| format!("<w:{part} w:id='{id}'>{}</w:{part}>", paragraph(words));
    let body = format!(
        "<w:p>{}<w:r><w:endnoteReference w:id='1'/></w:r><w:r><w:footnoteReference w:id='2'/></w:r></w:p>{}",
        run("one"),
        paragraph("two")
    );
    let footnotes = [note("footnote", 0, "line"), note("footnote", 2, "foot"), note("footnote", 3, "lost")].concat();
    let parsed = parsed(&[
        ("word/document.xml", &document(&body)),
        ("word/footnotes.xml", &format!("<w:footnotes>{footnotes}</w:footnotes>")),
        ("word/endnotes.xml", &format!("<w:endnotes>{}</w:endnotes>", note("endnote", 1, "end"))),
        ("word/header1.xml", &document(&paragraph("header"))),
    ]);
    assert_eq!(parsed.text, "one\n\ntwo\n\nfoot\n\nend");
}

#[test]
fn styles_and_properties_tell_title_headings_and_author() {
    let styled =
        |style: &str, words: &str| format!("<w:p><w:pPr><w:pStyle w:val='{style}'/></w:pPr>{}</w:p>", run(words));
    let body = [
        styled("berschrift1", "Harbor opens"),
        paragraph("The harbor was opened on Monday by its mayor, who had planned it for years."),
        styled("berschrift2", "What is next"),
        "<w:p><w:pPr><w:outlineLvl w:val='2'/></w:pPr><w:r><w:t>Ships</w:t></w:r></w:p>".to_owned(),
        paragraph("Ships are expected to come in the spring, he said to reporters there."),
    ];
    let style = |id: &str, name: &str| format!("<w:style w:styleId='{id}'><w:name w:val='{name}'/></w:style>");
    let styles = [style("berschrift1", "heading 1"), style("berschrift2", "heading 2")].concat();
    let parsed = parsed(&[
        (
            "_rels/.rels",
            "<Relationships><Relationship Type='http://x/officeDocument' Target='/word/document2.xml'/></Relationships>",
        ),
        ("word/document2.xml", &document(&body.concat())),
        ("word/styles.xml", &format!("<w:styles>{styles}</w:styles>")),
        ("docProps/core.xml", "<cp:coreProperties><dc:creator>Jane Roe</dc:creator></cp:coreProperties>"),
    ]);
    use BlockKind::{Body, Heading, Title};
    let kinds: Vec<BlockKind> = parsed.blocks.iter().map(|block| block.kind).collect();
    assert_eq!(kinds, [Title, Body, Heading, Heading, Body]);
    assert_eq!((parsed.title.as_deref(), parsed.author.as_deref()), (Some("Harbor opens"), Some("Jane Roe")));
}

#[test]
fn what_a_style_hides_is_not_read() {
    let body = [
        "<w:p><w:pPr><w:pStyle w:val='Top'/></w:pPr><w:r><w:t>Top of Form</w:t></w:r></w:p>".to_owned(),
        "<w:p><w:r><w:rPr><w:rStyle w:val='Top'/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:t>shown</w:t></w:r></w:p>"
            .to_owned(),
    ];
    let styles = "<w:styles><w:style w:styleId='Top'><w:rPr><w:vanish/></w:rPr></w:style></w:styles>";
    let parsed = parsed(&[("word/document.xml", &document(&body.concat())), ("word/styles.xml", styles)]);
    assert_eq!(parsed.text, "shown");
}

#[test]
fn the_flat_and_the_strict_form_are_read() {
    let flat = format!(
        "<pkg:package><pkg:part><pkg:xmlData><w:hdr>{}</w:hdr></pkg:xmlData></pkg:part><pkg:part><pkg:xmlData>{}\
        </pkg:xmlData></pkg:part></pkg:package>",
        paragraph("header"),
        document(&paragraph("words"))
    );
    assert_eq!(articles(flat.as_bytes()).unwrap()[0].text, "words");
    let strict = "<x:document xmlns:x='http://purl.oclc.org/ooxml/wordprocessingml/main'><x:body><x:p><x:r><x:t>words\
        </x:t></x:r></x:p></x:body></x:document>";
    assert_eq!(parsed(&[("word/document.xml", strict)]).text, "words");
}

#[test]
fn faults_are_named_and_what_is_whole_is_kept() {
    let damaged = IngestError::Damaged { kind: KIND.to_owned() };
    assert_eq!(articles(&packed(&[("word/styles.xml", b"")])), Err(damaged));
    let empty = document("<w:p/>");
    assert_eq!(articles(&packed(&[("word/document.xml", empty.as_bytes())])), Err(IngestError::Empty));
    let cut = format!("<w:document><w:body>{}<w:p><w:r><w:t>and th", paragraph("Words stay"));
    let parsed = parsed(&[("word/document.xml", &cut)]);
    assert_eq!((parsed.text.as_str(), parsed.warnings[0].code.as_str()), ("Words stay\n\nand th", "damaged"));
    let deep = document(&"<w:sdt>".repeat(400));
    let bytes = packed(&[("word/document.xml", deep.as_bytes())]);
    assert!(matches!(articles(&bytes), Err(IngestError::TooDeep { .. })));
}
