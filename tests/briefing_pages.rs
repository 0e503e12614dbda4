//! Every kind of page holds what it must hold: any number of rows, long words, three scripts, pages of any shape. Nothing
//! shrinks below its floor, nothing reaches over an edge, and every file that is made of a page is sound.

#![expect(clippy::unwrap_used, reason = "a helper of a test that fails is a test that fails")]

#[path = "support/briefings/mod.rs"]
mod briefings;

use std::sync::LazyLock;

use briefings::{MADE, WORDS, Words, briefing};
use quick_xml::Reader;
use quick_xml::events::Event;
use throughline::export::typeset::{Fonts, Marking, PageSize, Templates, Typeset, TypesetError, typeset};
use throughline::report::briefing::model::{Body, Briefing, Kind, Moment};

/// The smallest a text may be, in points: headline, quotations, labels, sources.
const FLOORS: [f32; 4] = [32.0, 18.0, 16.0, 12.0];

/// WCAG 2.2, AA for small text.
const LEAST_CONTRAST: f32 = 4.5;

static FONTS: LazyLock<Fonts> = LazyLock::new(Fonts::with_system);

fn sizes() -> [PageSize; 3] {
    [PageSize::FULL_HD, PageSize::new(1280, 800).unwrap(), PageSize::new(1080, 1920).unwrap()]
}

fn set(briefing: &Briefing, size: PageSize) -> Typeset {
    typeset(std::slice::from_ref(briefing), None, &Templates::built_in(), size, &FONTS).unwrap()
}

fn marking(briefing: &Briefing) -> Marking {
    Marking {
        title: briefing.headline.clone(),
        description: briefing.description.clone(),
        source: "Harbor Post, est. 6 Sep 2017".to_owned(),
        software: "Throughline 0.1.0".to_owned(),
        is_stripped: false,
        made: MADE,
    }
}

fn page_texts(page: &Typeset, marking: &Marking) -> Vec<String> {
    (0..page.n_pages()).map(|page_idx| text_of(&page.svg(page_idx, marking).unwrap())).collect()
}

/// What the text layer of an SVG says; fails where it is not well-formed.
fn text_of(svg: &str) -> String {
    let mut reader = Reader::from_str(svg);
    let mut text = String::new();
    let mut depth = 0;
    let mut is_text = false;
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) => {
                depth += 1;
                is_text = tag.name().as_ref() == "text";
            }
            Event::End(_) => {
                depth -= 1;
                is_text = false;
            }
            Event::Text(part) if is_text => text.push_str(&part),
            Event::GeneralRef(part) if is_text => text.push_str(&format!("&{};", &*part)),
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0, "an element is left open");
    text
}

#[test]
fn nothing_shrinks_and_nothing_reaches_over() {
    let mut faults = Vec::new();
    for kind in Kind::ALL {
        for words in WORDS {
            for n_rows in 1..=12 {
                if kind == Kind::SideBySide && n_rows > 3 || kind == Kind::Shift && n_rows > 2 {
                    continue;
                }
                for size in sizes() {
                    let page = set(&briefing(kind, n_rows, words), size);
                    let facts = page.facts();
                    let name = format!("{} {words:?} {n_rows} {}", kind.name(), size.width());
                    let points = [facts.headline_points, facts.quote_points, facts.label_points, facts.source_points];
                    for (points, floor) in points.into_iter().zip(FLOORS) {
                        if points.is_some_and(|points| points < floor) {
                            faults.push(format!("{name}: {points:?} under {floor}"));
                        }
                    }
                    if facts.headline_points.is_none() || facts.source_points.is_none() {
                        faults.push(format!("{name}: headline or sources missing"));
                    }
                    if facts.n_overflowing > 0 {
                        faults.push(format!("{name}: {} texts overflow", facts.n_overflowing));
                    }
                    if facts.lowest_contrast.is_none_or(|contrast| contrast < LEAST_CONTRAST) {
                        faults.push(format!("{name}: contrast {:?}", facts.lowest_contrast));
                    }
                }
            }
        }
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn more_rows_take_more_pages_and_each_row_stands_on_one() {
    for kind in [Kind::Timeline, Kind::Phrase, Kind::Matrix, Kind::Sources] {
        let few = set(&briefing(kind, 3, Words::Usual), PageSize::FULL_HD);
        let many = set(&briefing(kind, 12, Words::Usual), PageSize::FULL_HD);
        assert_eq!(few.n_pages(), 1, "{}", kind.name());
        assert!(many.n_pages() > 1, "{}", kind.name());
    }
    let briefing = briefing(Kind::Timeline, 12, Words::Usual);
    let texts = page_texts(&set(&briefing, PageSize::FULL_HD), &marking(&briefing));
    for (page_idx, text) in texts.iter().enumerate() {
        assert!(text.contains("conditional in 2018"), "the headline stands on each page");
        assert!(text.contains(&format!("{}\u{a0}of\u{a0}{}", page_idx + 1, texts.len())));
    }
    let n_quotes = texts.iter().map(|text| text.matches('”').count()).sum::<usize>();
    let Body::Timeline { rows } = &briefing.body else { unreachable!() };
    let n_said = rows.iter().filter(|row| matches!(row, Moment::Said(_))).count();
    assert!(n_quotes >= n_said, "{n_quotes} of {n_said} quotations");
}

#[test]
fn a_page_names_the_sources_of_its_own_rows_alone() {
    let briefing = briefing(Kind::Timeline, 12, Words::Usual);
    let page = set(&briefing, PageSize::FULL_HD);
    let texts = page_texts(&page, &marking(&briefing));
    let has = |text: &String, number: usize| {
        text.contains(&format!("{number}\u{a0}")) || text.contains(&format!("{number} "))
    };
    assert!(has(&texts[0], 1) && !has(&texts[0], 12));
    assert!(has(texts.last().unwrap(), 12));
}

#[test]
fn files_of_every_kind_are_sound_and_the_same_each_time() {
    for kind in Kind::ALL {
        for words in WORDS {
            let briefing = briefing(kind, 5, words);
            let marking = marking(&briefing);
            let files = || {
                let page = set(&briefing, PageSize::FULL_HD);
                let svg = page.svg(0, &marking).unwrap();
                (page.png(0, &marking).unwrap(), svg, page.pdf(&marking).unwrap())
            };
            let (first, second) = (files(), files());
            assert!(first == second, "{} {words:?}", kind.name());
            assert!(!text_of(&first.1).is_empty());
            assert!(first.1.contains("role=\"img\"") && first.1.contains("<title") && first.1.contains("<desc"));
            assert!(first.2.starts_with(b"%PDF-1."));
        }
    }
}

#[test]
fn a_pdf_of_shipped_fonts_is_by_pdf_ua_and_says_so() {
    let briefing = briefing(Kind::Matrix, 5, Words::Usual);
    let page = set(&briefing, PageSize::FULL_HD);
    let pdf = page.pdf(&marking(&briefing)).unwrap();
    let says = |words: &str| pdf.windows(words.len()).any(|window| window == words.as_bytes());
    assert!(says("<pdfuaid:part>1</pdfuaid:part>"));
    assert!(says("/MarkInfo") && says("/StructTreeRoot") && says("/Lang"));
    let stripped = page.pdf(&Marking::stripped(MADE)).unwrap();
    let says = |words: &str| stripped.windows(words.len()).any(|window| window == words.as_bytes());
    assert!(says("/StructTreeRoot"));
    assert!(!says("Throughline") && !says("<dc:title>") && !says("pdfuaid") && !says("CreationDate"));
}

#[test]
fn png_says_what_it_shows_unless_stripped() {
    let briefing = briefing(Kind::Shift, 2, Words::Usual);
    let page = set(&briefing, PageSize::FULL_HD);
    let info = |marking: &Marking| {
        let bytes = page.png(0, marking).unwrap();
        let mut reader = png::Decoder::new(std::io::Cursor::new(&bytes)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut pixels).unwrap();
        let info = reader.info();
        let texts: Vec<_> =
            info.utf8_text.iter().map(|text| (text.keyword.clone(), text.get_text().unwrap())).collect();
        ((info.width, info.height), info.pixel_dims.unwrap().xppu, texts)
    };
    let (size, dots, texts) = info(&marking(&briefing));
    assert_eq!((size, dots), ((1920, 1080), 5669));
    let keys: Vec<_> = texts.iter().map(|(key, _)| key.as_str()).collect();
    assert_eq!(keys, ["Title", "Description", "Source", "Software"]);
    assert_eq!(texts[0].1, briefing.headline);
    assert!(info(&Marking::stripped(MADE)).2.is_empty());
}

#[test]
fn a_deck_is_one_document_in_the_order_given() {
    let deck: Vec<Briefing> = Kind::ALL.into_iter().map(|kind| briefing(kind, 3, Words::Usual)).collect();
    let page = typeset(&deck, None, &Templates::built_in(), PageSize::FULL_HD, &FONTS).unwrap();
    assert_eq!(page.n_pages(), Kind::ALL.len());
    let texts = page_texts(&page, &marking(&deck[0]));
    for (text, briefing) in texts.iter().zip(&deck) {
        let first = briefing.headline.split(' ').next().unwrap();
        assert!(text.starts_with(first), "{text}");
    }
}

#[test]
fn hostile_words_stay_words() {
    let mut briefing = briefing(Kind::Shift, 2, Words::Usual);
    briefing.headline = "#panic(\"no\") $x$ <svg> & ]]> \u{0}\u{1b}\u{ffff} *bold* @ref // none".to_owned();
    briefing.method = "</text><script>\u{8}".to_owned();
    let page = set(&briefing, PageSize::FULL_HD);
    let text = text_of(&page.svg(0, &marking(&briefing)).unwrap());
    assert!(text.contains("#panic("), "{text}");
    page.pdf(&marking(&briefing)).unwrap();
}

#[test]
fn a_template_of_ones_own_is_told_its_fault_with_its_place() {
    let briefing = briefing(Kind::Shift, 2, Words::Usual);
    let fault = |name: &str, text: &str| {
        let own = Templates::with_folder([(format!("{name}.typ"), text.as_bytes().to_vec())]);
        let set = typeset(std::slice::from_ref(&briefing), Some(name), &own, PageSize::FULL_HD, &FONTS);
        set.map(|set| set.n_pages()).map_err(|err| err.to_string())
    };
    let good = "#import \"/lib.typ\": *\n#let slide(briefing, page) = face(\"headline\", heading(briefing.headline))";
    assert_eq!(fault("shift-wide", good), Ok(1));
    let wrong = fault("shift-wide", "#let slide(briefing, page) = {\n  text(hedline)\n}").unwrap_err();
    assert!(wrong.starts_with("shift-wide.typ, line 2, column 8: unknown variable: hedline"), "{wrong}");
    for (text, says) in [
        ("#let other() = 1", "shift-wide.typ"),
        ("#let slide(briefing) = 1", "shift-wide.typ"),
        ("#import \"@preview/cetz:0.1.0\"\n#let slide(b, p) = 1", "packages"),
        ("#let slide(b, p) = read(\"/etc/passwd\")", "lib.typ"),
        ("#let slide(b, p) = image(\"../picture.png\")", "shift-wide.typ"),
        ("#let slide(b, p) = { let n = 1\nwhile n > 0 { n += 1 } }", "infinite"),
        ("#let f() = f()\n#let slide(b, p) = f()", "depth"),
        ("#let slide(b, p) = for i in range(600) { pagebreak(weak: false) }", "pages"),
    ] {
        let told = fault("shift-wide", text).unwrap_err();
        assert!(told.contains(says), "{text}: {told}");
        assert!(!told.contains("/home") && !told.contains("/Users"), "{told}");
    }
    let unknown =
        typeset(std::slice::from_ref(&briefing), Some("timeline"), &Templates::built_in(), PageSize::FULL_HD, &FONTS);
    assert!(matches!(unknown, Err(TypesetError::UnknownTemplate { .. })));
}
