//! One rule a test, on files as small as the rule.

use super::*;
use crate::document::BlockKind;

fn parsed(words: &str) -> Parsed {
    articles(format!("{{\\rtf1\\ansi\\ansicpg1252\\deff0{words}}}").as_bytes()).unwrap().remove(0)
}

fn paragraphs(words: &str) -> Vec<String> {
    parsed(words).text.split("\n\n").map(str::to_owned).collect()
}

#[test]
fn words_are_what_the_page_shows() {
    let cases = [
        ("a\r\nb\\par", "ab"),
        ("a\\line b\\tab c", "a\nb\tc"),
        ("non\\_stop co\\-operation 10\\~km", "non-stop cooperation 10\u{a0}km"),
        ("\\ldblquote Yes\\rdblquote\\emdash he said", "“Yes”—he said"),
        ("a \\{b\\} \\\\c", "a {b} \\c"),
        ("a{\\v hidden}b\\v gone\\v0 c", "abc"),
        ("a{\\deleted gone}b\\plain c", "abc"),
        ("{\\header top\\par}{\\*\\unknown x}{\\pict 00ff}{\\info{\\doccomm y}}a{\\footer end}", "a"),
        ("{\\field{\\*\\fldinst HYPERLINK \"x\"}{\\fldrslt {\\ul link}}} text", "link text"),
        ("{\\pntext\\f1\\'B7\\tab}item", "item"),
        ("a{\\*\\bkmkstart x}{\\*\\bkmkend x}b", "ab"),
        ("a\\bin4 {}}}b", "ab"),
        ("{\\object{\\*\\objdata 00}{\\result shown}}", "shown"),
    ];
    for (words, shown) in cases {
        assert_eq!(paragraphs(words), [shown], "{words}");
    }
}

#[test]
fn unicode_replaces_its_fallback() {
    let cases = [
        ("Gr\\u246\\'f6\\u223?e", "Größe"),
        ("{\\uc2\\u8364\\'80\\'80}a", "€a"),
        ("\\uc0\\u8217 s", "’s"),
        ("\\u-10179?\\u-8704?", "😀"),
        ("\\u55357?x\\u56832?", "x"),
        ("\\u128512?", "😀"),
        ("\\u8212\\endash x", "—x"),
        ("\\u8212{}?x", "—?x"),
    ];
    for (words, shown) in cases {
        assert_eq!(paragraphs(words), [shown], "{words}");
    }
}

#[test]
fn letters_follow_the_code_page_of_their_font() {
    let fonts = "{\\fonttbl{\\f0\\fcharset0 Arial;}{\\f1\\fcharset204 Arial Cyr;}{\\f2\\fcharset128 Mincho;}\
        {\\f3\\fcharset2 Symbol;}{\\f4\\fcharset238 Arial CE;}}";
    let cases = [
        ("\\f0 caf\\'e9 \\'93x\\'94", "café “x”"),
        ("\\f1\\'cf\\'f0\\'e8", "При"),
        ("\\f2\\'93\\'fa\\'96\\'7b", "日本"),
        ("\\f3\\'61\\f0 a", "αa"),
        ("{\\f4\\'b9}\\'b9", "ą¹"),
    ];
    for (words, shown) in cases {
        assert_eq!(paragraphs(&format!("{fonts}{words}")), [shown], "{words}");
    }
    let careless = b"{\\rtf1\\ansi\\ansicpg1251{\\fonttbl{\\f0\\fcharset0 Arial;}}\\f0\\'cf\\'f0\\'e8 \xcf\xf0\xe8}";
    assert_eq!(articles(careless).unwrap()[0].text, "При При");
    assert_eq!(articles("{\\rtf1 Größe \\'df}".as_bytes()).unwrap()[0].text, "Größe ß");
}

#[test]
fn cells_notes_and_boxes_find_their_place() {
    let row = "\\trowd\\cellx1\\pard\\intbl Oslo\\cell 3\\cell\\row";
    assert_eq!(paragraphs(&format!("before\\par{row}{row}\\pard after")), ["before", "Oslo\t3", "Oslo\t3", "after"]);
    assert_eq!(
        paragraphs("one{\\footnote\\pard\\plain {\\super\\chftn} foot\\par} more\\par two"),
        ["one more", "two", "foot"]
    );
    let shape = "{\\shp{\\*\\shpinst{\\sp{\\sn x}{\\sv 1}}{\\shptxt \\pard box\\par}}{\\shprslt again}}";
    assert_eq!(paragraphs(&format!("one {shape}more\\par two")), ["one more", "box", "two"]);
    assert_eq!(paragraphs("\\intbl a\\cell{\\footnote\\pard note\\par}b\\cell\\row\\pard c"), ["a\tb", "c", "note"]);
}

#[test]
fn styles_and_description_tell_title_headings_and_author() {
    let parsed = parsed(
        "{\\stylesheet{\\s0 Normal;}{\\s1\\outlinelevel0 heading 1;}{\\s7\\sbasedon0 \\'dcberschrift;}{\\*\\cs9 heading 2;}}\
        {\\info{\\title Another}{\\author Jane Roe}{\\creatim\\yr2019\\mo5\\dy3\\hr1}}\
        \\pard\\s1 Harbor opens\\par\\pard The harbor was opened on Monday by its mayor, who had planned it.\\par\
        \\pard\\outlinelevel1 What is next\\par\\pard\\s9 Ships are expected to come in the spring, he said.\\par",
    );
    use BlockKind::{Body, Heading, Title};
    let kinds: Vec<BlockKind> = parsed.blocks.iter().map(|block| block.kind).collect();
    assert_eq!(kinds, [Title, Body, Heading, Body]);
    assert_eq!((parsed.title.as_deref(), parsed.author.as_deref()), (Some("Harbor opens"), Some("Jane Roe")));
    assert_eq!(parsed.meta_dates[0].date, jiff::civil::date(2019, 5, 3));
}

#[test]
fn faults_are_named_and_what_is_whole_is_kept() {
    assert_eq!(articles(b"{\\rtf1 }"), Err(IngestError::Empty));
    assert_eq!(articles(b"{\\rtf1{\\pict 00}}"), Err(IngestError::Empty));
    let cut = articles(b"{\\rtf1 Words stay\\par and th").unwrap().remove(0);
    assert_eq!((cut.text.as_str(), cut.warnings[0].code.as_str()), ("Words stay\n\nand th", "damaged"));
    assert_eq!(articles(b"{\\rtf1 a}}} b").unwrap()[0].text, "a b");
    let deep = [b"{\\rtf1 ".as_slice(), &b"{".repeat(9000)].concat();
    assert!(matches!(articles(&deep), Err(IngestError::TooDeep { .. })));
}
