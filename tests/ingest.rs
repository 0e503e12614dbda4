//! Whatever comes in: bytes become a document with true ranges, or one clear reason why not.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails by panicking")]

use std::time::Duration;

use jiff::civil::{Date, date};
use proptest::prelude::*;
use throughline::codebook::Codebook;
use throughline::document::{BlockKind, DateBasis, Document, Format, Source};
use throughline::ingest::{Hint, IngestError, Parsed, Reader, parse, sha256, understand, worker::Pool};

const TODAY: Date = date(2026, 1, 31);

fn hint(file_name: &str) -> Hint {
    Hint { file_name: file_name.to_owned(), encoding: None }
}

/// The one article of a file.
fn parse_one(bytes: &[u8], file_name: &str) -> Parsed {
    parse(bytes, &hint(file_name)).unwrap().remove(0)
}

fn source() -> Source {
    Source::File { path: "a.txt".to_owned(), part: None }
}

fn read(text: &str) -> Document {
    let codebook = Codebook::built_in();
    Reader::new(None).read(text.as_bytes(), &hint("a.txt"), &source(), &codebook, TODAY).unwrap().remove(0)
}

/// A text whose body is long enough for every rule.
fn article(head: &str, body: &str) -> String {
    format!(
        "{head}\n\n{body}\n\nThe mayor of the town and the ministers of the two states spoke about it at some length.\n"
    )
}

#[test]
fn text_is_the_decoded_file_to_the_character() {
    let cases: [(&[u8], &str); 4] = [
        (b"  Title\r\n\r\nA line of text.\r\n ", "  Title\r\n\r\nA line of text.\r\n "),
        (b"\xef\xbb\xbfTitle\n\nA line.", "Title\n\nA line."),
        ("Title\n\u{a0}\nA line\u{a0}of text.\n".as_bytes(), "Title\n\u{a0}\nA line\u{a0}of text.\n"),
        (b"caf\xe9 \x96 na\xefve owner\x92s \x93view\x94", "café – naïve owner’s “view”"),
    ];
    for (bytes, text) in cases {
        assert_eq!(parse_one(bytes, "a.txt").text, text);
    }
}

#[test]
fn utf_16_is_read_with_and_without_its_mark() {
    let words = "Ministers meet\r\n\r\nThey met in Oslo on the coast.";
    let little: Vec<u8> = words.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = words.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let marked = [b"\xff\xfe".as_slice(), &little].concat();
    for (bytes, name, is_guess) in [(marked, "utf-16le", false), (little, "utf-16le", true), (big, "utf-16be", true)] {
        let parsed = parse_one(&bytes, "a.txt");
        assert_eq!(parsed.text, words);
        assert_eq!((parsed.encoding.name.as_str(), parsed.encoding.is_guess), (name, is_guess));
        assert_eq!(parsed.warnings.iter().any(|warning| warning.code == "encoding-guessed"), is_guess);
    }
}

#[test]
fn what_is_no_text_is_refused_with_its_kind() {
    let cases: [(&[u8], &str); 6] = [
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        (b"%PDF-1.7 \xe2\xe3", "damaged"),
        (b"PK\x03\x04\x14\0\0\0word/document.xml", "archive"),
        (b"\x89PNG\r\n\x1a\n\0\0", "unsupported"),
        (b"ab\0c\x01\x02\0\0\xff\x03", "not-text"),
    ];
    for (bytes, code) in cases {
        assert_eq!(parse(bytes, &hint("a.txt")).unwrap_err().code(), code, "{bytes:?}");
    }
    let large = vec![b'a'; throughline::ingest::MAX_FILE_BYTES + 1];
    assert_eq!(parse(&large, &hint("a.txt")).unwrap_err(), IngestError::TooLarge);
}

#[test]
fn furniture_is_marked_and_nothing_is_cut() {
    let filler =
        |of: &str| format!("The council of {of} said that the harbor would be opened again in the spring. ").repeat(8);
    let (first, second, third) = (filler("the town"), filler("the port"), filler("the coast"));
    let text = format!(
        "Subscribe\nHarbor to open again after long repair\nHome > World > Europe\nBy Jane Roe\n3 May 2019, 10:15\n\
        Harbor to open again after long repair\nShips at the quay. Photo: Jane Roe/Agency\n\
        {first}\nAdvertisement\n{second}\nWhat the town wants\n{third}\n(Reporting by Jane Roe; Editing by John Doe)\n\
        More from Europe\nNine ways to cook fish\nBridge of 1999 to be sold in 2031\n"
    );
    let document = read(&text);
    assert_eq!(document.title.as_deref(), Some("Harbor to open again after long repair"));
    assert_eq!(document.author.as_deref(), Some("Jane Roe"));
    let kinds: Vec<BlockKind> = document.blocks.iter().map(|block| block.kind).collect();
    use BlockKind::{Body, Boilerplate, Byline, Caption, Dateline, Heading, Title};
    assert_eq!(
        kinds,
        [
            Boilerplate,
            Title,
            Boilerplate,
            Byline,
            Dateline,
            Boilerplate,
            Caption,
            Body,
            Boilerplate,
            Body,
            Heading,
            Body,
            Byline,
            Boilerplate,
            Boilerplate,
            Boilerplate,
        ]
    );
    assert_eq!(document.published.best, Some(date(2019, 5, 3)));
    assert_eq!(document.published.basis, DateBasis::Stated);
    assert_eq!(document.published.time, jiff::civil::Time::new(10, 15, 0, 0).ok());
}

#[test]
fn a_link_between_two_paragraphs_sets_only_itself_aside() {
    let before = "The council of the town said that the harbor would be opened again in the spring. ".repeat(10);
    let after =
        "Divers had looked at every stone of the old quay, which took them the whole summer and most of autumn.";
    let kinds = |link: &str| -> Vec<BlockKind> {
        let text = format!("Harbor to open again\n\n{before}\n\n{link}\n\n{after}\n\n{after} Nobody was hurt.");
        read(&text).blocks.iter().map(|block| block.kind).collect()
    };
    use BlockKind::{Body, Boilerplate, Title};
    assert_eq!(kinds("Related: Nine ways to cook fish"), [Title, Body, Boilerplate, Body, Body]);
    // A bare label opens a list of other articles.
    assert_eq!(kinds("Related"), [Title, Body, Boilerplate, Boilerplate, Boilerplate]);
}

#[test]
fn captions_and_footers_date_nothing() {
    let text = article(
        "Town marks its jubilee\n\nThe old quay. Photo: J. Roe, July 5, 2017",
        "The town marked its jubilee on Monday, as President Moon Jae-in had written to the mayor before.",
    ) + "\nRelated articles\nFair of 2031 to open on 4 May 2025\nCopyright 2024";
    let published = read(&text).published;
    let floor = date(2017, 7, 5);
    assert_ne!(published.best, Some(floor));
    assert!(published.earliest.unwrap() >= floor && published.latest.unwrap() <= date(2022, 5, 31), "{published:?}");
    for evidence in &published.evidence {
        assert!(!evidence.says.contains("2025") && !evidence.says.contains("2024"), "{evidence:?}");
    }
}

#[test]
fn tense_tells_the_side_of_a_day_without_a_year() {
    let text = article(
        "Minister warns of delay",
        "Foreign Minister Park Jin warned on 3 March 2023 and again on 9 May that the talks planned for 10 May may fail.",
    );
    let published = read(&text).published;
    assert_eq!(published.best.map(|day| day.to_string()).as_deref(), Some("2023-05-09"));
    assert_eq!(published.basis, DateBasis::Inferred);
    assert!(published.evidence.iter().any(|evidence| evidence.rule == "day-without-year"));
}

#[test]
fn a_weekday_narrows_a_day_to_come() {
    // In 2022 the 14th of June is a Tuesday; the Friday before it is the 10th.
    let text = article(
        "Port to be opened",
        "Foreign Minister Park Jin told the 30 NATO envoys on Friday that the upcoming June 14 opening matters.",
    );
    let published = read(&text).published;
    assert_eq!(published.best, Some(date(2022, 6, 10)), "{published:?}");
}

#[test]
fn a_stated_day_is_checked_against_its_weekday() {
    let right =
        read(&article("Port opens\n\nFriday, 3 May 2019", "The port of the town was opened by its mayor.")).published;
    assert_eq!((right.best, right.basis), (Some(date(2019, 5, 3)), DateBasis::Stated));
    let wrong =
        read(&article("Port opens\n\nMonday, 3 May 2019", "The port of the town was opened by its mayor.")).published;
    assert!(wrong.basis != DateBasis::Stated && wrong.confidence < right.confidence);
}

#[test]
fn nothing_known_is_unknown_and_never_after_today() {
    let none = read(&article("Port opens", "The port of the town was opened by its mayor."));
    assert_eq!((none.published.best, none.published.basis), (None, DateBasis::Unknown));
    let future = read(&article("Port opens\n\n3 May 2031", "The port of the town was opened by its mayor.")).published;
    assert!(future.best.is_none_or(|day| day <= TODAY));
}

#[test]
fn years_that_fit_equally_are_left_to_the_reader() {
    let text = article("Port opens", "President Donald Trump said on 9 May that the port of the town was his idea.");
    let published = read(&text).published;
    assert_eq!(published.best, None, "{published:?}");
    assert!(published.earliest.unwrap().year() == 2017 && published.latest.unwrap().year() == 2025);
}

const PAGE: &str = "<!DOCTYPE html><html lang='en'><head><title>Harbor opens again - The Gazette</title>\
    <meta property='og:site_name' content='The Gazette'>\
    <meta property='article:published_time' content='2019-05-03T09:00:00+02:00'></head>\
    <body><nav><a href='/'>Home</a></nav><article><h1>Harbor opens again</h1>\
    <p>The harbor of the town was opened on Friday by its mayor, who had planned it for many years.</p>\
    <p>Ships from all over the world are expected to arrive in the coming weeks, he told reporters there.</p></article>\
    <footer>Copyright 2025 The Gazette</footer></body></html>";

#[test]
fn a_page_gives_its_article_and_its_day() {
    let codebook = Codebook::built_in();
    let read = Reader::new(None).read(PAGE.as_bytes(), &hint("a.html"), &source(), &codebook, TODAY).unwrap();
    let [document] = read.as_slice() else { panic!("one page is one article") };
    assert_eq!(document.format, Format::Html);
    assert_eq!(document.title.as_deref(), Some("Harbor opens again"));
    assert_eq!(document.outlet.as_ref().unwrap().name, "The Gazette");
    assert_eq!((document.published.best, document.published.basis), (Some(date(2019, 5, 3)), DateBasis::Metadata));
    assert!(document.text.contains("planned it for many years.\n\nShips") && !document.text.contains("Copyright"));
}

#[test]
fn a_bomb_of_nested_tags_is_refused_before_any_tree_is_built() {
    for tag in ["div", "b", "a", "span", "table"] {
        let page = format!("<!doctype html><html><body>{}", format!("<{tag}>").repeat(200_000));
        assert!(matches!(parse(page.as_bytes(), &hint("a.html")), Err(IngestError::TooDeep { .. })), "{tag}");
    }
}

/// The program's own worker answers as the parser in process does, and outlives bad pages.
#[test]
fn the_worker_process_gives_the_same_answer() {
    let program = std::path::PathBuf::from(env!("CARGO_BIN_EXE_throughline"));
    let pool = Pool::new(program, vec!["worker".to_owned()]);
    let bomb = format!("<html><body>{}", "<div>".repeat(100_000));
    for _ in 0..2 {
        assert_eq!(pool.parse(PAGE.as_bytes(), &hint("a.html")), parse(PAGE.as_bytes(), &hint("a.html")));
        assert!(matches!(pool.parse(bomb.as_bytes(), &hint("b.html")), Err(IngestError::TooDeep { .. })));
    }
}

/// A reader over workers that run `script` in a shell, as workers that went wrong.
#[cfg(unix)]
fn reader_over(script: &str) -> Reader {
    let args = vec!["-c".to_owned(), script.to_owned()];
    Reader::with_pool(Pool::new("sh".into(), args).with_limit(Duration::from_millis(300)))
}

#[cfg(unix)]
#[test]
fn a_worker_that_fails_loses_its_file_only_and_a_page_keeps_its_words() {
    let codebook = Codebook::built_in();
    let garbage = r"printf '\005\000\000\000\000\000\000\000words'; sleep 5";
    let talkative = "yes 'a line of messages' 1>&2";
    let scripts =
        ["sleep 60", "exit 3", "echo no frame at all", garbage, talkative, "kill -9 $$", "exec 1>&-; sleep 60"];
    for script in scripts {
        let reader = reader_over(script);
        let start = std::time::Instant::now();
        let page = reader.read(PAGE.as_bytes(), &hint("a.html"), &source(), &codebook, TODAY).unwrap().remove(0);
        assert!(start.elapsed() < Duration::from_secs(3), "{script}");
        assert!(page.text.contains("planned it for many years.") && !page.text.contains('<'), "{script}");
        assert_eq!((page.extractor.as_str(), page.format), ("raw text, without its tags", Format::Html));
        assert!(page.warnings.iter().any(|warning| warning.code == "opened-as-raw"), "{script}");
        let text = article("Port opens", "The port of the town was opened by its mayor.");
        assert!(reader.read(text.as_bytes(), &hint("a.txt"), &source(), &codebook, TODAY).is_ok());
    }
}

#[cfg(unix)]
#[test]
fn the_limit_that_was_hit_is_named() {
    let lost = |script: &str| {
        let args = vec!["-c".to_owned(), script.to_owned()];
        let pool = Pool::new("sh".into(), args).with_limit(Duration::from_millis(300));
        pool.parse(PAGE.as_bytes(), &hint("a.html")).unwrap_err().code()
    };
    assert_eq!(lost("sleep 60"), "timed-out");
    assert_eq!(lost("echo 'memory allocation of 9 bytes failed' 1>&2; kill -6 $$"), "out-of-memory");
    assert_eq!(lost("exit 3"), "worker-lost");
    let pool = Pool::new("/no/such/program".into(), Vec::new());
    assert_eq!(pool.parse(PAGE.as_bytes(), &hint("a.html")).unwrap_err().code(), "no-worker");
}

#[test]
fn many_files_share_few_workers() {
    let program = std::path::PathBuf::from(env!("CARGO_BIN_EXE_throughline"));
    let pool = Pool::new(program, vec!["worker".to_owned()]);
    let whole = parse(PAGE.as_bytes(), &hint("a.html"));
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..6 {
                    assert_eq!(pool.parse(PAGE.as_bytes(), &hint("a.html")), whole);
                }
            });
        }
    });
}

#[test]
fn odd_line_ends_and_invisible_marks_leave_ranges_right() {
    let body = "The mayor of the town said that the harbor would be open again in the spring of the coming year";
    let first = format!("{body}\u{a0}\u{2028}and that\u{ad} it\u{200b} is so.");
    for gap in ["\n", "\n\n", "\r\n", "\r", "\n\u{feff}\n", "\u{c}\n", "\n\u{a0}\n"] {
        let text = format!("\u{feff}Harbor opens again{gap}3 May 2019{gap}{first}{gap}{body}, he said again.{gap}");
        let document = read(&text);
        assert_eq!(document.text, text.trim_start_matches('\u{feff}'), "{gap:?}");
        assert_eq!(document.title.as_deref(), Some("Harbor opens again"), "{gap:?}");
        let bodies: Vec<&str> = (document.blocks.iter())
            .filter(|block| block.kind == BlockKind::Body)
            .map(|block| block.range.of(&document.text))
            .collect();
        assert_eq!(bodies, [first.as_str(), &format!("{body}, he said again.")], "{gap:?}");
        let evidence = &document.published.evidence[0];
        assert_eq!(evidence.range.map(|range| range.of(&document.text)), Some("3 May 2019"), "{gap:?}");
    }
}

#[test]
fn legacy_encodings_are_guessed_on_a_paragraph() {
    let cases = [
        (
            "windows-1251",
            "Мэр города сообщил в понедельник, что гавань будет снова открыта весной, после долгого ремонта.",
        ),
        ("koi8-r", "Мэр города сообщил в понедельник, что гавань будет снова открыта весной, после долгого ремонта."),
        ("shift_jis", "市長は月曜日、長い修理の後、港は春に再び開かれると記者団に語った。船は世界中から来る予定だ。"),
        ("euc-kr", "시장은 월요일 긴 수리 끝에 항구가 봄에 다시 열릴 것이라고 기자들에게 말했다. 배들이 올 예정이다."),
        ("gb18030", "市长星期一对记者说，经过长时间的维修，港口将在春天重新开放。来自世界各地的船只将会到来。"),
        (
            "iso-8859-2",
            "Starosta řekl v pondělí, že přístav bude na jaře opět otevřen, po dlouhé opravě. Žádné lodě nepřišly.",
        ),
    ];
    for (label, words) in cases {
        let charset = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap();
        let (bytes, _, is_lossy) = charset.encode(words);
        assert!(!is_lossy, "{label}");
        let parsed = parse_one(&bytes, "a.txt");
        assert!(parsed.encoding.is_guess, "{label}");
        assert_eq!(parsed.text, words, "{label} was taken for {}", parsed.encoding.name);
        // What the reader chooses beats the guess.
        let chosen = Hint { file_name: "a.txt".to_owned(), encoding: Some(label.to_owned()) };
        assert!(!parse(&bytes, &chosen).unwrap()[0].encoding.is_guess);
    }
}

/// Endless lines, endless white space, and numbers of things that no article has: read in the time of their bytes.
#[test]
fn endless_texts_are_read_at_once() {
    let dates = "On Monday, 3 May 2019, and on 4 June, he said that in 2020 President Moon Jae-in would come. ";
    let prose = "The mayor of Oslo and the minister said in Bergen that the port of Narvik would be open in the spring of the year to come.\n";
    let texts = [
        "word ".repeat(1_000_000),
        "a".repeat(5_000_000),
        dates.repeat(10_000),
        format!("{dates}\n").repeat(10_000),
        format!("Title\n{}The end of it.\n", "\n".repeat(1_000_000)),
        format!("The mayor said that the port is open.\n{}", "a b\n".repeat(100_000)),
        format!("{}Related Stories\n", prose.repeat(8)).repeat(1000),
        "(".repeat(1_000_000),
        "“‘\"' ".repeat(200_000),
        format!("e{}", "\u{301}".repeat(1_000_000)),
        "# a\n".repeat(300_000),
    ];
    for text in texts {
        let start = std::time::Instant::now();
        let document = read(&text);
        let head: String = text.chars().take(40).collect();
        assert!(start.elapsed() < Duration::from_secs(8), "{head}: {:?}", start.elapsed());
        assert_eq!(document.text.len(), text.len());
    }
}

#[test]
fn parts_of_one_file_have_ids_of_their_own() {
    let parsed = parse_one(b"Title\n\nWords of it.", "a.txt");
    let id = |part| {
        let source = Source::File { path: "a.txt".to_owned(), part };
        understand(parsed.clone(), &sha256(b"x"), source, &Codebook::built_in(), TODAY).id
    };
    assert!(id(None) != id(Some(1)) && id(Some(1)) != id(Some(2)));
    assert_eq!(sha256(b"x").len(), 64);
}

/// Every range is on character boundaries and inside its text; blocks are in order and share no byte.
fn check_ranges(parsed: &Parsed) -> Result<(), TestCaseError> {
    let text = &parsed.text;
    let is_inside = |range: throughline::text::ByteRange| text.get(range.start..range.end).is_some();
    let mut end = 0;
    for block in &parsed.blocks {
        prop_assert!(is_inside(block.range) && !block.range.is_empty() && block.range.start >= end);
        end = block.range.end;
    }
    if let Some(range) = parsed.title_range {
        prop_assert!(is_inside(range));
        prop_assert_eq!(Some(range.of(text)), parsed.title.as_deref());
    }
    let document = understand(parsed.clone(), "00", source(), &Codebook::built_in(), TODAY);
    let published = &document.published;
    for evidence in &published.evidence {
        prop_assert!(evidence.range.is_none_or(is_inside));
    }
    if let Some(best) = published.best {
        prop_assert!(
            published.earliest.is_none_or(|day| day <= best) && published.latest.is_some_and(|day| best <= day)
        );
        prop_assert!(best <= TODAY);
    }
    prop_assert!(document.outlet.and_then(|outlet| outlet.range).is_none_or(is_inside));
    Ok(())
}

/// Words that make the rules work: dates, names, furniture, odd characters.
fn soup() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "Monday",
        "3",
        "May",
        "2019",
        "April 26",
        "8-9 November",
        "last",
        "year",
        "said",
        "planned",
        "for",
        "on",
        "in",
        "the",
        "By Jane Roe",
        "More from",
        "Advertisement",
        "Photo:",
        "[YONHAP]",
        "President Moon",
        "29 allies",
        "sixth nuclear test",
        "Winter Olympics",
        "“",
        "”",
        "’s",
        "ß",
        "İ",
        "ſ",
        "漢字",
        "\u{a0}",
        "\u{200b}",
        "\u{1F600}",
        "\n",
        "\r\n",
        "\r",
        "\n\n",
        ".",
        ":",
        "-",
        "–",
        "(",
        ")",
        "@",
        "a@b.example",
        "©",
        "with the ",
        "Daily Gazette",
        "12/05/2019",
        "2019-05-03T10:00",
        "Home > A > B",
        "# ",
        "---",
        "10:15",
        "OSLO, May 3 (Reuters) --",
        "<p>",
        "</div>",
    ]);
    prop::collection::vec(words, 0..120).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn ranges_hold_for_any_text(text in soup(), ending in prop::sample::select(vec!["a.txt", "a.md"])) {
        for parsed in parse(text.as_bytes(), &hint(ending)).unwrap_or_default() {
            prop_assert!(parsed.format == Format::Html || parsed.text == text);
            check_ranges(&parsed)?;
        }
    }

    #[test]
    fn ranges_hold_for_any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        for parsed in parse(&bytes, &hint("a.txt")).unwrap_or_default() {
            check_ranges(&parsed)?;
        }
    }

    #[test]
    fn ranges_hold_for_any_page(text in soup()) {
        let page = format!("<!doctype html><html><body><h1>Title</h1><p>{text}</p><div>{text}</body>");
        for parsed in parse(page.as_bytes(), &hint("a.html")).unwrap_or_default() {
            check_ranges(&parsed)?;
        }
    }
}
