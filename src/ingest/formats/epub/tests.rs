//! One rule a test, on books as small as the rule.

use super::super::package::tests::packed;
use super::*;

const CONTAINER: &str = "<container><rootfiles><rootfile full-path='b.opf'/></rootfiles></container>";

fn book(metadata: &str, chapters: &[&str], more: &[(&str, &str)]) -> Result<Vec<Parsed>, IngestError> {
    let items: String = (0..chapters.len())
        .map(|number| format!("<item id='i{number}' href='{number}.xhtml' media-type='application/xhtml+xml'/>"))
        .collect();
    let spine: String = (0..chapters.len()).map(|number| format!("<itemref idref='i{number}'/>")).collect();
    let nav = "<item id='n' href='n.xhtml' media-type='application/xhtml+xml' properties='nav'/>";
    let listing = format!(
        "<package><metadata>{metadata}</metadata><manifest>{nav}{items}</manifest><spine><itemref idref='n'/>{spine}</spine></package>"
    );
    let names: Vec<String> = (0..chapters.len()).map(|number| format!("{number}.xhtml")).collect();
    let mut parts = vec![("META-INF/container.xml", CONTAINER), ("b.opf", &listing), ("n.xhtml", "<p>Contents</p>")];
    parts.extend(names.iter().map(String::as_str).zip(chapters.iter().copied()));
    parts.extend(more);
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, words)| (*name, words.as_bytes())).collect();
    articles(&packed(&parts))
}

fn paragraphs(chapter: &str) -> Vec<String> {
    let text = book("", &[chapter], &[]).unwrap().remove(0).text;
    text.split("\n\n").map(str::to_owned).collect()
}

#[test]
fn chapters_become_paragraphs() {
    let cases: [(&str, &[&str]); 8] = [
        ("<html><head><title/></head><body><p>one <b>two</b>\n three</p><p/></body></html>", &["one two three"]),
        ("<div>loose<p>one</p>end</div>", &["loose", "one", "end"]),
        ("<p>a<br/>b</p><ul><li>one</li><li>two</li></ul>", &["a\nb", "one", "two"]),
        ("<p>caf&eacute;&nbsp;x &mdash; y</p>", &["café\u{a0}x — y"]),
        ("<table><tr><td>Oslo</td><td>3</td></tr></table>", &["Oslo\t3"]),
        ("<p>a<svg xmlns='http://www.w3.org/2000/svg'><text>no</text></svg><script>x</script>b</p>", &["ab"]),
        ("<pre>a\n  b</pre>", &["a\n  b"]),
        ("<p>one<p>two</div> three<p>a < b", &["one", "two three", "a < b"]),
    ];
    for (chapter, shown) in cases {
        assert_eq!(paragraphs(chapter), shown, "{chapter}");
    }
}

#[test]
fn the_book_is_called_what_its_cover_says() {
    let metadata = "<dc:title>The Harbor</dc:title><dc:creator>Jane Roe</dc:creator><dc:date>2019-05-03</dc:date>";
    let chapters = ["<h1>Chapter 1</h1><p>It was cold at the harbor.</p>", "<h1>Chapter 2</h1><p>It was warm.</p>"];
    let parsed = book(metadata, &chapters, &[]).unwrap().remove(0);
    assert_eq!((parsed.title.as_deref(), parsed.author.as_deref()), (Some("The Harbor"), Some("Jane Roe")));
    assert_eq!((parsed.title_range, parsed.meta_dates.len()), (None, 1));
    assert!(parsed.blocks.iter().all(|block| block.kind != BlockKind::Title));
    assert!(!parsed.text.contains("Contents"));
    let cover = ["<p>The harbor</p>", chapters[0]];
    let parsed = book(metadata, &cover, &[]).unwrap().remove(0);
    assert_eq!((parsed.title.as_deref(), parsed.blocks[0].kind), (Some("The harbor"), BlockKind::Title));
}

#[test]
fn locked_missing_and_deep_chapters_are_named() {
    let locked = "<encryption><CipherReference URI='0.xhtml'/></encryption>";
    assert_eq!(book("", &["x"], &[("META-INF/encryption.xml", locked)]), Err(IngestError::Protected));
    let font = "<encryption><CipherReference URI='font.otf'/></encryption>";
    assert!(book("", &["<p>x</p>"], &[("META-INF/encryption.xml", font)]).is_ok());
    assert_eq!(book("", &[], &[]), Err(IngestError::Damaged { kind: KIND.to_owned() }));
    assert_eq!(book("", &["<p> </p>"], &[]), Err(IngestError::Empty));
    assert!(matches!(book("", &[&"<div>".repeat(400)], &[]), Err(IngestError::TooDeep { .. })));
}
