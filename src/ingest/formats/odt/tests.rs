//! One rule a test, on texts as small as the rule.

use super::super::package::tests::packed;
use super::*;
use crate::document::BlockKind;

/// The paragraphs of a flat text with this body.
fn paragraphs(body: &str) -> Vec<String> {
    let styles = "<style:style style:name='T1'><style:text-properties text:display='none'/></style:style>\
        <style:style style:name='P1' style:parent-style-name='Title'/>\
        <style:style style:name='P2' style:parent-style-name='Heading_20_2'/>";
    let text = format!(
        "<office:document>{styles}<office:body><office:text>{body}</office:text></office:body></office:document>"
    );
    let mut found = articles(text.as_bytes()).unwrap();
    found.remove(0).text.split("\n\n").map(str::to_owned).collect()
}

#[test]
fn words_are_what_the_page_shows() {
    let cases = [
        ("<text:p>one  two\n three</text:p>", "one two three"),
        ("<text:p>a<text:s text:c='3'/>b<text:tab/>c<text:line-break/>d</text:p>", "a   b\tc\nd"),
        ("<text:p>a<text:span text:style-name='T1'>hidden</text:span>b</text:p>", "ab"),
        ("<text:p>a<office:annotation><text:p>remark</text:p></office:annotation>b</text:p>", "ab"),
        ("<text:p>a<text:soft-page-break/>b<text:bookmark/>c</text:p>", "abc"),
        (
            "<text:p>a<text:ruby><text:ruby-base>b</text:ruby-base><text:ruby-text>c</text:ruby-text></text:ruby></text:p>",
            "ab",
        ),
        (
            "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion>\
            </text:changed-region></text:tracked-changes><text:p>kept<text:change/></text:p>",
            "kept",
        ),
        ("<text:p><draw:frame><svg:desc xmlns:svg='urn:x'>a cat</svg:desc></draw:frame>b</text:p>", "b"),
    ];
    for (body, shown) in cases {
        assert_eq!(paragraphs(body), [shown], "{body}");
    }
}

#[test]
fn boxes_and_notes_come_after_what_they_are_tied_to() {
    let body = "<text:p>one<draw:frame><draw:text-box><text:p>box</text:p></draw:text-box></draw:frame>\
        <text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>note</text:p></text:note-body>\
        </text:note> more</text:p><text:list><text:list-item><text:p>item</text:p></text:list-item></text:list>";
    assert_eq!(paragraphs(body), ["one more", "box", "item", "note"]);
}

#[test]
fn rows_are_lines() {
    let cell = |words: &str| format!("<table:table-cell><text:p>{words}</text:p></table:table-cell>");
    let row = format!("<table:table-row>{}{}</table:table-row>", cell("Oslo"), cell("3"));
    assert_eq!(paragraphs(&format!("<table:table>{row}{row}</table:table>")), ["Oslo\t3", "Oslo\t3"]);
}

#[test]
fn styles_tell_title_and_headings() {
    let content = "<office:document-content><office:body><office:text><text:p text:style-name='P1'>Harbor opens</text:p>\
        <text:table-of-content><text:p>What is new 1</text:p></text:table-of-content>\
        <text:h text:outline-level='1'>What is new</text:h><text:p>The harbor was opened on Monday by its mayor.</text:p>\
        <text:p text:style-name='P2'>What is next</text:p></office:text></office:body></office:document-content>";
    let styles = "<office:document-styles><style:style style:name='P1' style:parent-style-name='Title'/>\
        <style:style style:name='P2' style:parent-style-name='Heading_20_2'/></office:document-styles>";
    let meta = "<office:meta><meta:initial-creator>Jane Roe</meta:initial-creator></office:meta>";
    let bytes = packed(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", content.as_bytes()),
        ("styles.xml", styles.as_bytes()),
        ("meta.xml", meta.as_bytes()),
    ]);
    let parsed = articles(&bytes).unwrap().remove(0);
    assert_eq!((parsed.title.as_deref(), parsed.author.as_deref()), (Some("Harbor opens"), Some("Jane Roe")));
    let kinds: Vec<BlockKind> = parsed.blocks.iter().map(|block| block.kind).collect();
    use BlockKind::{Body, Boilerplate, Heading, Title};
    assert_eq!(kinds, [Title, Boilerplate, Heading, Body, Heading]);
}

#[test]
fn a_password_and_a_fault_are_named() {
    let locked = packed(&[("META-INF/manifest.xml", b"<manifest:encryption-data/>"), ("content.xml", b"\x01\x02")]);
    assert_eq!(articles(&locked), Err(IngestError::Protected));
    let empty = packed(&[("mimetype", b"")]);
    assert_eq!(articles(&empty), Err(IngestError::Damaged { kind: KIND.to_owned() }));
    let none = packed(&[("content.xml", b"<office:text><text:p> </text:p></office:text>")]);
    assert_eq!(articles(&none), Err(IngestError::Empty));
    let cut = packed(&[("content.xml", b"<office:text><text:p>Words stay</text:p><text:p>and th")]);
    let parsed = articles(&cut).unwrap().remove(0);
    assert_eq!((parsed.text.as_str(), parsed.warnings[0].code.as_str()), ("Words stay\n\nand th", "damaged"));
}
