//! Promise: a report of briefings says the same in every form, with its sources and how sure each day is; nothing of an
//! article becomes part of the form, what was taken out stays out, and the same briefings give the same bytes.
//!
//! The deck is made up: a harbor council over three articles, one page of each kind, with words that HTML, Markdown,
//! spreadsheets, TeX and XML would each take for their own.

#![expect(clippy::unwrap_used, reason = "a helper of a test that fails is a test that fails")]

use std::io::{Cursor, Read as _};

use jiff::civil::{Date, date};
use serde_json::Value;
use throughline::codebook::Direction;
use throughline::export::citations::{self, Form, Quotation};
use throughline::export::{pages, pptx};
use throughline::report::briefing::model::{
    Body, Briefing, Change, KeyEntry, Kind, Likeness, Line, Mark, MatrixColumn, MatrixRow, Moment, Quote, Role, Said,
    Segment, Source, SourceRow, When,
};

/// What a reader had taken out; it is in the segments, as if whoever made them had forgotten it.
const SECRET: &str = "Mr Hollow";

/// A headline that is something in every format.
const HOSTILE: &str = "<b>=Pier & \"quay\"</b> | *50 %* of {both} [now](http://pier.test) \\_^~ $1 #2";

fn when(day: &str, iso: Option<Date>, is_estimate: bool) -> When {
    let month = day.rsplitn(3, ' ').take(2).collect::<Vec<_>>();
    let month = month.iter().rev().copied().collect::<Vec<_>>().join(" ");
    When { day: day.to_owned(), month, iso, is_estimate }
}

fn january() -> When {
    when("29 Jan 2023", Some(date(2023, 1, 29)), true)
}

fn june() -> When {
    when("19 Jun 2024", Some(date(2024, 6, 19)), false)
}

fn september() -> When {
    when("3 to 11 Sep 2017", None, true)
}

fn source(number: usize, outlet: &str, headline: &str, when: When) -> Source {
    Source {
        number,
        outlet: outlet.to_owned(),
        is_outlet_entered: outlet == "Quay Post",
        headline: headline.to_owned(),
        author: (outlet == "The Pilot").then(|| "Bo Ek & sons".to_owned()),
        when,
        notes: if outlet == "Quay Post" { vec!["translation".to_owned()] } else { Vec::new() },
        n_quoted_words: 12,
    }
}

fn sources() -> Vec<Source> {
    vec![
        source(1, "Quay Post", "Storm takes the mole", september()),
        source(2, "The Pilot", "Harbor council widens the pier", january()),
        source(3, "Tide & Wind", HOSTILE, june()),
    ]
}

fn quote(segments: &[(&str, Role)]) -> Quote {
    let segment = |(text, role): &(&str, Role)| Segment { text: (*text).to_owned(), role: *role };
    Quote {
        is_quoted: true,
        is_cut_before: false,
        is_cut_after: true,
        segments: segments.iter().map(segment).collect(),
    }
}

fn said(when: When, source: usize, quote: Quote) -> Said {
    let is_quoted = quote.is_quoted;
    Said {
        when,
        lines: vec!["Ana Lund".to_owned(), "said in the <old> hall".to_owned()],
        source,
        quote,
        badges: if is_quoted { Vec::new() } else { vec!["reported".to_owned()] },
        mark: Mark { force: 4, direction: Some(Direction::Oppose), is_quoted, is_official: true },
    }
}

fn before() -> Said {
    said(
        january(),
        2,
        quote(&[
            ("We are of course concerned about the ", Role::Kept),
            ("reckless widening of ", Role::OnlyBefore),
            ("the pier", Role::Kept),
            (" by ", Role::Plain),
            (SECRET, Role::Redacted),
        ]),
    )
}

fn after() -> Said {
    said(
        june(),
        3,
        quote(&[
            ("We are of course ", Role::Kept),
            ("also ", Role::OnlyAfter),
            ("concerned about the ", Role::Kept),
            ("<script>&copy;</script> *loans* that [Sund](x) gives ", Role::OnlyAfter),
            ("the pier", Role::Kept),
        ]),
    )
}

fn briefing(kind: Kind, headline: &str, body: Body, key: Vec<KeyEntry>) -> Briefing {
    Briefing {
        kind,
        headline: headline.to_owned(),
        subtitle: "Harbor council, January 2023 and June 2024 · 2 of 3 articles".to_owned(),
        body,
        key,
        sources: sources(),
        method:
            "3 articles compared. Absent means absent from these articles. Throughline 1.0, codebook 7c1e94, made 21 \
                 Nov 2026."
                .to_owned(),
        description: format!("In words: {HOSTILE}"),
        language: "en".to_owned(),
        made: date(2026, 11, 21),
    }
}

fn shift() -> Briefing {
    let change = Change {
        label: "Reframed".to_owned(),
        reason: "same formula, other object".to_owned(),
        badges: vec!["automatic".to_owned()],
        is_conditional: true,
    };
    let words = |role, label: &str| KeyEntry::Words { role, label: label.to_owned() };
    briefing(
        Kind::Shift,
        "Same formula, new object: by 2024 the council’s concern extends to the loans of Sund",
        Body::Shift { before: Some(before()), change, after: Some(after()) },
        vec![
            words(Role::Kept, "kept"),
            words(Role::OnlyBefore, "only before"),
            words(Role::OnlyAfter, "only after"),
            KeyEntry::Badge { label: "automatic".to_owned() },
        ],
    )
}

fn timeline() -> Briefing {
    let mut reported = said(
        january(),
        2,
        quote(&[("that the town ", Role::Plain), ("must ", Role::Strong), ("keep the pier open", Role::Plain)]),
    );
    reported.quote.is_quoted = false;
    reported.mark.is_quoted = false;
    reported.mark.is_official = false;
    reported.badges.push("not official".to_owned());
    let rows = vec![
        Moment::NotObserved { when: september(), source: 1 },
        Moment::Gap { label: "5 years 4 months".to_owned() },
        Moment::Said(reported),
        Moment::Said(said(june(), 3, quote(&[("1. Until the loans end we ", Role::Plain), ("must", Role::Strong)]))),
    ];
    let label = |label: &str| label.to_owned();
    briefing(
        Kind::Timeline,
        "The pier: not observed in 2017, urged since",
        Body::Timeline { rows },
        vec![
            KeyEntry::Sign { direction: Direction::Oppose, label: label("oppose") },
            KeyEntry::Reported { label: label("reported only") },
            KeyEntry::NotOfficial { label: label("not official") },
            KeyEntry::NotObserved { label: label("not observed") },
        ],
    )
}

fn phrase() -> Briefing {
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let line = |when, source, before: &str, place: &str, after: &str, likeness| Line {
        when,
        source,
        before: words(before),
        phrase: Quote { is_quoted: false, is_cut_after: false, ..quote(&[(place, Role::Shared)]) },
        after: words(after),
        is_after_joined: after.starts_with('.'),
        is_before_joined: false,
        is_before_whole: true,
        is_after_whole: true,
        likeness,
    };
    let rows = vec![
        line(Some(january()), 2, "+ of the", "pier and the mole", ". Then it rained", Likeness::Verbatim),
        line(
            None,
            2,
            "one two three four five six seven eight nine of the",
            "mole and pier",
            "of Sund",
            Likeness::Near,
        ),
        line(Some(june()), 3, "and of", "our wall", "<hr> at sea", Likeness::Alias),
    ];
    briefing(
        Kind::Phrase,
        "“Pier and mole” comes back in two of three articles",
        Body::Phrase { rows },
        vec![
            KeyEntry::Line { likeness: Likeness::Verbatim, label: "word for word".to_owned() },
            KeyEntry::Line { likeness: Likeness::Near, label: "near".to_owned() },
        ],
    )
}

fn matrix() -> Briefing {
    let mark =
        |force, is_quoted| Some(Mark { force, direction: Some(Direction::Support), is_quoted, is_official: true });
    let column = |when, source| MatrixColumn { when, sources: vec![source] };
    let row = |label: &str, cells: [Option<Mark>; 3]| MatrixRow { label: label.to_owned(), cells: cells.to_vec() };
    briefing(
        Kind::Matrix,
        "The pier runs through; the mole comes after",
        Body::Matrix {
            columns: vec![column(september(), 1), column(january(), 2), column(june(), 3)],
            rows: vec![
                row("Pier & quay", [None, mark(3, true), mark(5, false)]),
                row("@mole", [mark(0, true), None, None]),
            ],
        },
        vec![KeyEntry::Force { from: 1, to: 4, label: "force 1 to 4".to_owned() }],
    )
}

fn articles() -> Briefing {
    let row = |source: Source, n_words| SourceRow {
        number: source.number,
        when: source.when,
        basis: "from events named".to_owned(),
        outlet: source.outlet,
        is_outlet_entered: source.is_outlet_entered,
        notes: source.notes,
        headline: source.headline,
        n_words,
    };
    let rows = sources().into_iter().zip([812, 1_204, 1]).map(|(source, n_words)| row(source, n_words)).collect();
    briefing(Kind::Sources, "Three articles, 2017 to 2024", Body::Sources { rows }, Vec::new())
}

/// A page of each kind.
fn deck() -> Vec<Briefing> {
    let side_by_side = Body::SideBySide { columns: vec![before(), after()] };
    let mut lone = shift();
    lone.headline = HOSTILE.to_owned();
    if let Body::Shift { before, .. } = &mut lone.body {
        *before = None;
    }
    vec![
        shift(),
        timeline(),
        phrase(),
        briefing(Kind::SideBySide, "Two statements on the pier", side_by_side, Vec::new()),
        matrix(),
        articles(),
        lone,
    ]
}

fn slides(deck: &[Briefing]) -> Vec<pptx::Slide<'_>> {
    deck.iter().map(|briefing| pptx::Slide { briefing, picture: None }).collect()
}

/// Every file that is made of a deck, with its name.
fn files(deck: &[Briefing]) -> Vec<(String, Vec<u8>)> {
    let mut files = vec![
        ("report.html".to_owned(), pages::html(deck)),
        ("report.md".to_owned(), pages::markdown(deck)),
        ("report.csv".to_owned(), pages::csv(deck).unwrap()),
        ("report.json".to_owned(), pages::json(deck).unwrap()),
        ("deck.pptx".to_owned(), pptx::deck(&slides(deck), false).unwrap()),
    ];
    for form in Form::ALL {
        files.push((format!("sources.{}", form.extension()), citations::sources(deck, form)));
    }
    files
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

/// The parts of a zip that are text, by name.
fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = Vec::new();
    for idx in 0..zip.len() {
        let mut file = zip.by_index(idx).unwrap();
        let (name, mut bytes) = (file.name().unwrap().into_owned(), Vec::new());
        file.read_to_end(&mut bytes).unwrap();
        if let Ok(text) = String::from_utf8(bytes) {
            parts.push((name, text));
        }
    }
    parts
}

/// What a deck says on its slides and in its notes.
fn words_of_slides(bytes: &[u8]) -> String {
    let slides = parts(bytes).into_iter().filter(|(name, _)| name.contains("lides/"));
    let texts = slides.flat_map(|(_, xml)| {
        xml.split("<a:t>").skip(1).map(|run| run.split("</a:t>").next().unwrap().to_owned()).collect::<Vec<_>>()
    });
    texts.collect::<String>().replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

#[test]
fn the_same_briefings_give_the_same_bytes() {
    assert_eq!(files(&deck()), files(&deck()));
}

#[test]
fn what_was_taken_out_is_in_no_file() {
    for (name, bytes) in files(&deck()) {
        let text = match name.as_str() {
            "deck.pptx" => parts(&bytes).into_iter().map(|(_, text)| text).collect(),
            // The form for programs is the value itself, from which whoever makes it has taken the words out.
            "report.json" => continue,
            _ => text(bytes),
        };
        assert!(!text.contains(SECRET), "{name}");
        let has_quotations = name.starts_with("report") || name.starts_with("deck");
        assert_eq!(text.replace('\\', "").contains("[redacted]"), has_quotations, "{name}");
    }
}

#[test]
fn estimates_and_badges_are_said_in_every_form() {
    let deck = deck();
    let markdown = text(pages::markdown(&deck));
    assert!(markdown.contains("est. **29 Jan 2023**, Ana Lund, said in the \\<old\\> hall \\[2\\]\n"), "{markdown}");
    assert!(markdown.contains("**Reframed, conditional**: same formula, other object (automatic)\n"), "{markdown}");
    let html = text(pages::html(&deck));
    assert!(html.contains("<span class=\"est\">est.</span> <time datetime=\"2023-01-29\">29 Jan 2023</time>"));
    assert!(html.contains("<span class=\"est\">est.</span> <span class=\"day\">3 to 11 Sep 2017</span>"));
    assert!(html.contains(
        "<strong>Reframed, conditional</strong> same formula, other object <span class=\"badge\">automatic</span></p>"
    ));
    let csv = text(pages::csv(&deck).unwrap());
    assert!(csv.contains(",2023-01-29,est. 29 Jan 2023,true,"), "{csv}");
    let slides = words_of_slides(&pptx::deck(&slides(&deck), false).unwrap());
    assert!(slides.contains("est. 29 Jan 2023Ana Lundsaid in the <old> hall“We are of course concerned"), "{slides}");
    assert!(slides.contains("Reframed, conditional  same formula, other object  (automatic)"), "{slides}");
    for form in ["est. 29 Jan 2023", "19 Jun 2024"] {
        assert!(text(citations::sources(&deck, Form::Plain)).contains(form));
    }
}

#[test]
fn markup_tells_what_was_kept_and_what_was_not() {
    let html = text(pages::html(&[shift()]));
    for words in [
        "“<mark class=\"kept\">We are of course concerned about the</mark> <del>reckless widening of</del> <mark",
        "<ins>&lt;script&gt;&amp;copy;&lt;/script&gt; *loans* that [Sund](x) gives</ins>",
        " by <span class=\"redacted\">[redacted]</span> …”<sup><a href=\"#b1-s2\"",
        "<li id=\"b1-s2\" value=\"2\">The Pilot, “Harbor council widens the pier”, Bo Ek &amp; sons, est. 29 Jan 2023</li>",
    ] {
        assert!(html.contains(words), "{words}\n{html}");
    }
    let markdown = text(pages::markdown(&[shift()]));
    assert!(markdown.contains(
        "> “We are of course **also** concerned about the \\<**script\\>\\&copy;\\</script\\> \\*loans\\* that \
         \\[Sund\\](x) gives** the pier …”\n"
    ));
    assert!(markdown.contains("\n**Bold**: words that only this statement has, of the two.\n"), "{markdown}");
}

#[test]
fn a_table_names_its_rows_and_columns() {
    let html = text(pages::html(&[matrix(), phrase()]));
    for words in [
        "<th scope=\"row\">Pier &amp; quay</th><td><svg",
        "aria-label=\"support, force 5, reported\"",
        "<td class=\"before\">… four five six seven eight nine of the </td><td class=\"place near\">",
        "<th scope=\"rowgroup\" rowspan=\"2\"><span class=\"est\">est.</span> <time",
        "<i>. Then it rained</i>",
    ] {
        assert!(html.contains(words), "{words}\n{html}");
    }
    let markdown = text(pages::markdown(&[matrix(), phrase()]));
    for words in [
        "- **@mole**\n  - est. **Sep 2017**: support, force 0, quoted \\[1\\]\n  - est. **Jan 2023**: not observed \\[2\\]",
        "- est. **29 Jan 2023**: + of the **pier and the mole**. Then it rained (word for word) \\[2\\]\n",
        "- **19 Jun 2024**: and of **our wall** \\<hr\\> at sea (other name) \\[3\\]",
    ] {
        assert!(markdown.contains(words), "{words}\n{markdown}");
    }
}

#[test]
fn a_row_of_the_data_stands_alone() {
    let csv = text(pages::csv(&deck()).unwrap());
    let lines: Vec<&str> = csv.split("\r\n").collect();
    let start = lines.iter().find(|line| line.contains(",shift,") && line.contains(",before,")).unwrap();
    assert!(start.starts_with("1,shift,"), "{start}");
    assert!(
        start.contains("“<We are of course concerned about the> [-reckless widening of-] <the pier> by [redacted] …”")
    );
    assert!(start.contains(",The Pilot,false,Harbor council widens the pier,Bo Ek & sons,"), "{start}");
    assert!(lines.iter().any(|line| line.contains(",'@mole,") && line.ends_with(",theme")), "{csv}");
    let kinds = ["before", "change", "after", "statement", "gap", "not observed", "near", "cell", "article", "source"];
    for kind in kinds {
        assert!(lines.iter().any(|line| line.contains(&format!(",{kind},"))), "{kind}");
    }
}

#[test]
fn the_form_for_programs_has_every_field() {
    let file: Value = serde_json::from_slice(&pages::json(&deck()).unwrap()).unwrap();
    assert_eq!(file["schema"], "throughline-briefing/1");
    assert_eq!(file["briefings"].as_array().unwrap().len(), 7);
    assert_eq!(file["briefings"][0]["body"]["before"]["when"]["is_estimate"], true);
    assert_eq!(file["briefings"][6]["headline"], HOSTILE);
    assert_eq!(file["briefings"][6]["body"]["before"], Value::Null);
}

#[test]
fn sources_are_cited_once_in_order_of_date() {
    let deck = deck();
    assert_eq!(
        text(citations::sources(&deck, Form::Plain)),
        format!(
            "1. Bo Ek & sons, “Harbor council widens the pier”, The Pilot, est. 29 Jan 2023.\n2. “{HOSTILE}”, Tide & Wind, \
             19 Jun 2024.\n3. “Storm takes the mole”, Quay Post*, est. 3 to 11 Sep 2017, translation.\n* outlet entered \
             by the reader, not in the text\n"
        )
    );
    let items: Value = serde_json::from_slice(&citations::sources(&deck, Form::CslJson)).unwrap();
    let ids: Vec<&str> = items.as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["thepilot2023a", "tidewind2024a", "quaypost2017a"]);
    let (said, sources) = (before(), sources());
    let quotation = Quotation { quote: &said.quote, speaker: Some("Ana Lund"), source: &sources[1] };
    assert_eq!(
        text(citations::quotation(quotation, Form::Plain)),
        "“We are of course concerned about the reckless widening of the pier by [redacted] …” Ana Lund, quoted in Bo Ek & \
         sons, “Harbor council widens the pier”, The Pilot, est. 29 Jan 2023.\n"
    );
}

#[test]
fn a_deck_names_nobody_and_describes_its_pictures() {
    let deck = deck();
    let png = b"\x89PNG\r\n\x1a\n";
    let picture = pptx::Picture { png, width: 1600, height: 700 };
    let slides: Vec<pptx::Slide<'_>> =
        [0, 0, 4].iter().map(|idx| pptx::Slide { briefing: &deck[*idx], picture: Some(picture) }).collect();
    let bytes = pptx::deck(&slides, false).unwrap();
    let parts = parts(&bytes);
    let part = |name: &str| &parts.iter().find(|(part, _)| part == name).unwrap().1;
    assert!(part("ppt/slides/slide1.xml").contains("name=\"Finding\" descr=\"In words: &lt;b&gt;=Pier &amp; "));
    assert!(part("ppt/slides/slide1.xml").contains(" · 1 of 2</a:t>"));
    assert!(part("ppt/slides/slide2.xml").contains(" · 2 of 2</a:t>"));
    assert!(!part("ppt/slides/slide3.xml").contains(" of 1</a:t>"));
    assert!(part("ppt/slides/_rels/slide3.xml.rels").contains("Target=\"../media/image3.png\""));
    assert!(part("ppt/notesSlides/notesSlide3.xml").contains("<a:t>In words: &lt;b&gt;"));
    let core = part("docProps/core.xml");
    assert!(core.contains("<dc:title>2 briefings</dc:title>") && core.contains(">2026-11-21T00:00:00Z<"), "{core}");
    assert!(!core.contains("creator") && !core.contains("lastModifiedBy"), "{core}");
    let no_picture = pptx::Picture { png: b"GIF89a", ..picture };
    let slide = pptx::Slide { briefing: &deck[0], picture: Some(no_picture) };
    assert_eq!(pptx::deck(&[slide], false).unwrap_err().kind(), std::io::ErrorKind::InvalidInput);
}

#[test]
fn a_deck_says_all_its_words_and_nothing_leaves_the_slide() {
    let deck = deck();
    let bytes = pptx::deck(&slides(&deck), false).unwrap();
    let words = words_of_slides(&bytes);
    for briefing in &deck {
        for part in [&briefing.headline, &briefing.subtitle, &briefing.method, &briefing.description] {
            assert!(words.contains(part.as_str()), "{part}\n{words}");
        }
    }
    let number = |text: &str| text.split('"').next().unwrap().parse::<i64>().unwrap();
    for (name, xml) in parts(&bytes).iter().filter(|(name, _)| name.starts_with("ppt/slides/slide")) {
        for (off, ext) in xml.split("<a:off x=\"").skip(1).zip(xml.split("<a:ext cx=\"").skip(1)) {
            let (x, y) = (number(off), number(off.split("y=\"").nth(1).unwrap()));
            let (cx, cy) = (number(ext), number(ext.split("cy=\"").nth(1).unwrap()));
            assert!(x >= 0 && y >= 0 && x + cx <= 12_192_000 && y + cy <= 6_858_000, "{name}: {x} {y} {cx} {cy}");
        }
    }
}
