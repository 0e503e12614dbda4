//! Briefings of every kind with invented words, as short and as long as they come.

#![allow(dead_code, reason = "each test and bench that includes it uses a part")]

use jiff::civil::{Date, date};
use throughline::codebook::Direction;
use throughline::report::briefing::model::*;

/// The kinds of text that pages must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Words {
    Usual,
    /// Headlines of 15 long words, quotations of 60.
    Long,
    /// Names and headlines in Hangul, Cyrillic and Arabic.
    Scripts,
}

pub const WORDS: [Words; 3] = [Words::Usual, Words::Long, Words::Scripts];

pub const MADE: Date = date(2026, 11, 21);

/// A briefing of a kind with so many rows, as far as the kind has rows.
pub fn briefing(kind: Kind, n_rows: usize, words: Words) -> Briefing {
    let body = match kind {
        Kind::Shift => shift(n_rows, words),
        Kind::Timeline => timeline(n_rows, words),
        Kind::Phrase => Body::Phrase { rows: (0..n_rows).map(|idx| line(idx, words)).collect() },
        Kind::SideBySide => {
            Body::SideBySide { columns: (0..n_rows.clamp(1, 3)).map(|idx| column(idx, words)).collect() }
        }
        Kind::Matrix => matrix(n_rows, words),
        Kind::Sources => Body::Sources { rows: (0..n_rows).map(|idx| source_row(idx, words)).collect() },
    };
    let n_sources = match kind {
        Kind::Shift => 2,
        Kind::SideBySide => n_rows.clamp(1, 3),
        _ => n_rows,
    };
    Briefing {
        kind,
        headline: headline(kind, words),
        subtitle: subtitle(words),
        body,
        key: key(kind),
        sources: (0..n_sources).map(|idx| source(idx, words)).collect(),
        method:
            "5 articles compared. Rule R7: shared formula, gap of 1, objects differ. Absent means absent from these \
                 articles. Throughline 1.0, codebook 7c1e94, made 21 Nov 2026."
                .to_owned(),
        description: "Statements of the harbor council, one over the other.".to_owned(),
        language: "en".to_owned(),
        made: MADE,
    }
}

fn headline(kind: Kind, words: Words) -> String {
    match (words, kind) {
        (Words::Long, _) => {
            "Redevelopment commissioners characterize extraordinary dredging expenditures as disproportionate, \
             notwithstanding earlier reservations of the northern harbor"
        }
        (Words::Scripts, _) => "Хабаровск and 부산 agree on ميناء الصيد while the council waits",
        (_, Kind::Sources) => "Five articles, one of them with a stated date",
        (_, Kind::Phrase) => "“Quays and ferry landings” comes back in four of five articles",
        (_, Kind::Matrix) => "Dredging runs through 2017 and 2018; ferries and the lighthouse come after",
        (_, Kind::Timeline) => "Dredging the harbor: urged in 2017, conditional in 2018, not observed since",
        (_, Kind::SideBySide) => "From September 2017 to April 2018 the council kept asking for dredging",
        (_, Kind::Shift) => "Same formula, new object: by 2024 the council’s concern extends to ferry landings",
    }
    .to_owned()
}

fn subtitle(words: Words) -> String {
    match words {
        Words::Scripts => "Council president 김민준, January 2023 and June 2024 · 2 of 5 articles",
        Words::Long => {
            "Interterritorial harbor infrastructure redevelopment commission, September 2017 to December 2024 · 12 of 17 \
             articles"
        }
        Words::Usual => "Council president Ana Lund, January 2023 and June 2024 · 2 of 5 articles",
    }
    .to_owned()
}

fn key(kind: Kind) -> Vec<KeyEntry> {
    let label = str::to_owned;
    let sign = |direction: Direction| KeyEntry::Sign { direction, label: direction.words().to_owned() };
    match kind {
        Kind::Shift => vec![
            KeyEntry::Words { role: Role::Kept, label: label("kept") },
            KeyEntry::Words { role: Role::OnlyBefore, label: label("only before") },
            KeyEntry::Words { role: Role::OnlyAfter, label: label("only after") },
        ],
        Kind::Timeline => vec![
            sign(Direction::Increase),
            sign(Direction::Maintain),
            KeyEntry::NotOfficial { label: label("not official") },
            KeyEntry::Badge { label: label("automatic") },
        ],
        Kind::Phrase => vec![
            KeyEntry::Line { likeness: Likeness::Verbatim, label: label("word for word") },
            KeyEntry::Line { likeness: Likeness::Near, label: label("near") },
            KeyEntry::Line { likeness: Likeness::Alias, label: label("other name") },
        ],
        Kind::SideBySide => vec![KeyEntry::Words { role: Role::Shared, label: label("shared phrase") }],
        Kind::Matrix => vec![
            KeyEntry::Force { from: 1, to: 4, label: label("force 1 to 4") },
            sign(Direction::Increase),
            sign(Direction::Maintain),
            sign(Direction::Support),
            sign(Direction::Oppose),
            KeyEntry::Reported { label: label("reported only") },
        ],
        Kind::Sources => Vec::new(),
    }
}

const DAYS: [(&str, &str, Option<Date>, bool); 6] = [
    ("6 Sep 2017", "Sep 2017", Some(date(2017, 9, 6)), true),
    ("7 Nov 2017", "Nov 2017", Some(date(2017, 11, 7)), true),
    ("26 Apr 2018", "Apr 2018", Some(date(2018, 4, 26)), true),
    ("29 Jan 2023", "Jan 2023", Some(date(2023, 1, 29)), true),
    ("19 Jun 2024", "Jun 2024", Some(date(2024, 6, 19)), false),
    ("3 to 11 Sep 2024", "Sep 2024", None, true),
];

pub fn when(idx: usize) -> When {
    let (day, month, iso, is_estimate) = DAYS[idx % DAYS.len()];
    // A year more for each round, so that no month comes twice.
    let month = if idx < DAYS.len() { month.to_owned() } else { format!("Feb {}", 2030 + idx) };
    When { day: day.to_owned(), month, iso, is_estimate }
}

pub fn segments(parts: &[(&str, Role)]) -> Vec<Segment> {
    parts.iter().map(|(text, role)| Segment { text: (*text).to_owned(), role: *role }).collect()
}

fn quote(parts: &[(&str, Role)]) -> Quote {
    Quote { is_quoted: true, is_cut_before: false, is_cut_after: true, segments: segments(parts) }
}

fn mark(idx: usize) -> Mark {
    let directions = [
        Some(Direction::Increase),
        Some(Direction::Oppose),
        Some(Direction::Maintain),
        Some(Direction::Support),
        None,
        Some(Direction::Ease),
    ];
    Mark {
        force: [4, 3, 2, 1, 5, 0][idx % 6],
        direction: directions[idx % 6],
        is_quoted: idx % 4 != 3,
        is_official: idx % 5 != 4,
    }
}

const LONG: &str = "The commission responsible for redevelopment regards extraordinary dredging expenditures as \
                    disproportionate, and unless the contractors demonstrate measurable improvements along the northern \
                    breakwater before the autumn storms, we shall recommend that every further appropriation be \
                    withheld, that the outstanding invoices be examined independently, and that residents receive \
                    compensation for the closure of both landings during summer";

fn said(idx: usize, words: Words, parts: &[(&str, Role)], lines: &[&str]) -> Said {
    let quote = match words {
        Words::Long => quote(&[
            ("The ", Role::Plain),
            ("commission responsible for redevelopment", Role::Kept),
            (" ", Role::Plain),
            ("regards extraordinary dredging expenditures as", Role::OnlyBefore),
            (" disproportionate", Role::Strong),
            (LONG.split_once("disproportionate").map_or("", |(_, rest)| rest), Role::Plain),
        ]),
        Words::Usual | Words::Scripts => quote(parts),
    };
    let lines = match words {
        Words::Scripts => vec![["김민준", "Оксана Ткаченко", "ليلى حداد"][idx % 3].to_owned()],
        _ => lines.iter().map(|line| (*line).to_owned()).collect(),
    };
    let badges = if idx % 3 == 1 { vec!["translation".to_owned()] } else { Vec::new() };
    Said { when: when(idx), lines, source: idx + 1, quote, badges, mark: mark(idx) }
}

fn shift(n_rows: usize, words: Words) -> Body {
    let before = said(
        0,
        words,
        &[
            ("We are of course concerned about the ", Role::Kept),
            ("reckless dredging and quay building", Role::OnlyBefore),
            (" ", Role::Plain),
            ("programs of", Role::OnlyBefore),
            (" ", Role::Plain),
            ("North Harbor", Role::Kept),
        ],
        &["said in Port Alder"],
    );
    let after = said(
        1,
        words,
        &[
            ("We are of course ", Role::Kept),
            ("also", Role::OnlyAfter),
            (" concerned about the ", Role::Kept),
            ("potential support that the ferry company provides to", Role::OnlyAfter),
            (" ", Role::Plain),
            ("North Harbor", Role::Kept),
        ],
        &["date published,", "said in Mill Bay"],
    );
    let change = Change {
        label: "Reframed".to_owned(),
        reason: "same formula, other object".to_owned(),
        badges: vec!["automatic".to_owned()],
        is_conditional: n_rows > 4,
    };
    Body::Shift { before: (n_rows != 1).then_some(before), change, after: Some(after) }
}

fn timeline(n_rows: usize, words: Words) -> Body {
    let texts: [&[(&str, Role)]; 3] = [
        &[
            ("It is now ", Role::Plain),
            ("imperative", Role::Strong),
            (" that all harbors implement more thoroughly and transparently existing dredging rules", Role::Plain),
        ],
        &[
            ("we agreed that it is ", Role::Plain),
            ("necessary to maximize", Role::Strong),
            (" the pressure on North Harbor", Role::Plain),
        ],
        &[
            ("Until", Role::Strong),
            (" we see a concrete change in North Harbor's quays we ", Role::Plain),
            ("must continue", Role::Strong),
            (" to put pressure on ", Role::Plain),
            ("redacted", Role::Redacted),
        ],
    ];
    let rows = (0..n_rows).flat_map(|idx| {
        let gap = (idx == 3).then(|| Moment::Gap { label: "4 years 9 months".to_owned() });
        let moment = if idx % 5 >= 3 {
            Moment::NotObserved { when: when(idx), source: idx + 1 }
        } else {
            let lines: &[&str] = if words == Words::Usual { &[] } else { &["Ana Lund"] };
            Moment::Said(said(idx, words, texts[idx % 3], lines))
        };
        gap.into_iter().chain([moment])
    });
    Body::Timeline { rows: rows.collect() }
}

fn line(idx: usize, words: Words) -> Line {
    let split = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let phrases =
        ["quays and ferry landings", "ferry landings and quays", "quays and new ferry landings", "the landings"];
    let phrase = match words {
        Words::Long => {
            "quays, breakwaters and ferry landings along the whole of the northern shore beyond the old lighthouse"
        }
        Words::Scripts => ["причалы и пристани", "부두와 선착장", "الأرصفة والمراسي"][idx % 3],
        Words::Usual => phrases[idx % 4],
    };
    let likeness = [Likeness::Near, Likeness::Verbatim, Likeness::Near, Likeness::Alias][idx % 4];
    Line {
        when: (idx % 3 != 2).then(|| when(idx)),
        source: idx + 1,
        before: split(
            ["The council asked North Harbor to abandon its", "to develop the", "Delegates of the harbor’s"][idx % 3],
        ),
        phrase: Quote {
            is_quoted: false,
            is_cut_before: false,
            is_cut_after: false,
            segments: segments(&[(phrase, Role::Shared)]),
        },
        after: split(
            [
                ".",
                "for decades, said Lund, while the owners of all boats in the bay were left to wait",
                ", the head of the port added.",
                "following inquiries of the",
            ][idx % 4],
        ),
        is_after_joined: idx.is_multiple_of(2),
        is_before_joined: false,
        is_before_whole: idx.is_multiple_of(3),
        is_after_whole: idx % 4 != 1,
        likeness,
    }
}

fn column(idx: usize, words: Words) -> Said {
    let texts: [&[(&str, Role)]; 3] = [
        &[
            ("make further efforts to apply decisive ", Role::Plain),
            ("pressure", Role::Shared),
            (" to convince the harbor masters to abandon their current threatening path", Role::Plain),
        ],
        &[
            ("we agreed that it is necessary to maximize the ", Role::Plain),
            ("pressure on North Harbor", Role::Shared),
            (" so that we could peacefully resolve the crisis", Role::Plain),
        ],
        &[
            ("Until we see a concrete change in North Harbor's quays we must continue to put ", Role::Plain),
            ("pressure on North Harbor", Role::Shared),
            (" and continue with the closures.", Role::Plain),
        ],
    ];
    let mut said = said(idx, words, texts[idx % 3], &["Ana Lund"]);
    said.quote.is_cut_before = idx < 2;
    said
}

fn matrix(n_rows: usize, words: Words) -> Body {
    let n_columns = if n_rows > 8 { n_rows } else { n_rows.max(2) };
    let labels: [&str; 8] = match words {
        Words::Long => [
            "Extraordinary dredging expenditures and their independent examination",
            "Redevelopment of breakwaters",
            "Interterritorial agreements on fisheries",
            "Compensation",
            "Notwithstanding reservations",
            "Ferry landings and quays",
            "Lighthouse",
            "Partners",
        ],
        Words::Scripts => {
            ["Углубление дна", "부두", "المرسى", "Ferry landings", "Маяк", "어업", "التعويض", "Partners in the region"]
        }
        Words::Usual => [
            "Dredging and pressure",
            "Quays and landings",
            "Demand to abandon building",
            "Talks and diplomacy",
            "Breakwater and defense",
            "North Harbor–Mill Bay ferries",
            "The lighthouse’s role",
            "Partners in the region",
        ],
    };
    let columns = (0..n_columns).map(|idx| MatrixColumn { when: when(idx), sources: vec![idx + 1] }).collect();
    let rows = (0..n_rows.max(1)).map(|row| MatrixRow {
        label: labels[row % labels.len()].to_owned(),
        cells: (0..n_columns).map(|column| ((row + column) % 3 == 0).then(|| mark(row * 2 + column))).collect(),
    });
    Body::Matrix { columns, rows: rows.collect() }
}

fn names(idx: usize, words: Words) -> (&'static str, &'static str) {
    match words {
        Words::Scripts => [
            ("부산일보", "항만 위원회, 준설 중단을 요구"),
            ("Гавань", "Совет гавани требует остановить работы"),
            ("صحيفة الميناء", "مجلس الميناء يطالب بوقف الأعمال"),
        ][idx % 3],
        Words::Long => (
            "The Interterritorial Harbor and Fisheries Intelligencer",
            "Commissioners characterize extraordinary dredging expenditures as “unquestionably disproportionate” \
             notwithstanding reservations",
        ),
        Words::Usual => [
            ("Harbor Post", "Council urges owners to step up work on North Harbor"),
            ("5bays", "Lund called for \"increased\" pressure by all means"),
            ("Mill Bay Weekly", "Council says closures must stay"),
            ("Alder Daily", "Council to address ferries between North Harbor and Mill Bay"),
            ("Daily Signal", "Council concerned about possible support for quays and ferry landings"),
        ][idx % 5],
    }
}

fn source(idx: usize, words: Words) -> Source {
    let (outlet, headline) = names(idx, words);
    Source {
        number: idx + 1,
        outlet: outlet.to_owned(),
        is_outlet_entered: idx % 3 == 1,
        headline: headline.to_owned(),
        author: (words == Words::Long).then(|| "Bartholomew Featherstonehaugh".to_owned()),
        when: when(idx),
        notes: if idx % 3 == 1 { vec!["translation".to_owned()] } else { Vec::new() },
        n_quoted_words: 16,
    }
}

fn source_row(idx: usize, words: Words) -> SourceRow {
    let (outlet, headline) = names(idx, words);
    SourceRow {
        number: idx + 1,
        when: when(idx),
        basis: ["3 to 11 Sep, from events named", "from the weekday and events", "stated, 09:12"][idx % 3].to_owned(),
        outlet: outlet.to_owned(),
        is_outlet_entered: idx % 3 == 1,
        notes: if idx % 3 == 1 { vec!["machine translation".to_owned()] } else { Vec::new() },
        headline: headline.to_owned(),
        n_words: [397, 360, 1475, 589, 80][idx % 5],
    }
}

/// Every text that is quoted or shown as a row of the body.
pub fn each_text(body: &mut Body, change: &mut dyn FnMut(&mut String)) {
    fn quote(quote: &mut Quote, change: &mut dyn FnMut(&mut String)) {
        quote.segments.iter_mut().for_each(|segment| change(&mut segment.text));
    }
    match body {
        Body::Shift { before, after, .. } => {
            before.iter_mut().chain(after).for_each(|said| quote(&mut said.quote, change));
        }
        Body::Timeline { rows } => {
            for row in rows {
                if let Moment::Said(said) = row {
                    quote(&mut said.quote, change);
                }
            }
        }
        Body::Phrase { rows } => {
            for row in rows {
                quote(&mut row.phrase, change);
                row.before.iter_mut().chain(&mut row.after).for_each(&mut *change);
            }
        }
        Body::SideBySide { columns } => columns.iter_mut().for_each(|said| quote(&mut said.quote, change)),
        Body::Matrix { rows, .. } => rows.iter_mut().for_each(|row| change(&mut row.label)),
        Body::Sources { rows } => {
            for row in rows {
                change(&mut row.headline);
                change(&mut row.outlet);
            }
        }
    }
}
