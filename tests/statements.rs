//! Promise: what somebody is reported to have said is found with its speaker, and nobody's words are given to another.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::sync::Arc;

use jiff::civil::Date;
use proptest::prelude::*;
use throughline::analysis::statements::{Quotation, Statement, find_statements};
use throughline::analysis::{Options, Progress};
use throughline::codebook::{Codebook, CueTier};
use throughline::document::{BlockKind, Corpus, Document, DocumentId, Published};
use throughline::text::ByteRange;

/// Parsed once for the many cases of the property test.
static CODEBOOK: std::sync::OnceLock<Codebook> = std::sync::OnceLock::new();

/// An article of body paragraphs, one a line.
fn article(text: &str, published: Option<Date>) -> Document {
    let published = published.map_or_else(Published::unknown, |date| Published::entered(date, Vec::new()));
    Document { published, ..Document::of_lines(DocumentId(1), text) }
}

fn read(document: &Document, codebook: &Codebook) -> Vec<Statement> {
    let corpus = Corpus::new([Arc::new(document.clone())]);
    find_statements(&corpus, codebook, CueTier::Normal, &Progress::default()).unwrap()
}

/// What was said, by whom: `actor: words`.
fn told(text: &str) -> Vec<String> {
    told_on(text, Date::constant(2020, 5, 14))
}

fn told_on(text: &str, published: Date) -> Vec<String> {
    let document = article(text, Some(published));
    read(&document, &Codebook::built_in())
        .iter()
        .map(|statement| {
            let words: Vec<&str> = statement.content.iter().map(|range| range.of(text)).collect();
            let actor = statement.actor.as_deref().unwrap_or("?");
            let mark = if statement.is_official || statement.actor.is_none() { "" } else { " (unofficial)" };
            format!("{actor}{mark}: {}", words.join(" … "))
        })
        .collect()
}

#[test]
fn direct_speech_is_found_in_every_order_of_speaker_cue_and_words() {
    let cases: &[(&str, &[&str])] = &[
        ("“The bridge is open,” Jens Stoltenberg said.", &["NATO: The bridge is open"]),
        ("“The bridge is open,” said Jens Stoltenberg on Monday.", &["NATO: The bridge is open"]),
        ("Jens Stoltenberg said: “The bridge is open.”", &["NATO: The bridge is open."]),
        ("\"The bridge is open,\" Lavrov told reporters in Vienna.", &["Russia: The bridge is open"]),
        ("“Is the bridge open?” Lavrov asked.", &["Russia: Is the bridge open?"]),
        ("– The bridge is open again, said NATO chief Jens Stoltenberg.", &["NATO: The bridge is open again"]),
        ("“The bridge is open,” he said.", &["?: The bridge is open"]),
        ("“The bridge,” Lavrov said, “is open.”", &["Russia: The bridge … is open."]),
        (
            "“The bridge is open,” said a NATO diplomat involved in talks about how to widen it.",
            &["NATO (unofficial): The bridge is open"],
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(told(text), *expected, "{text}");
    }
}

#[test]
fn indirect_speech_is_found_by_its_clause() {
    let cases: &[(&str, &[&str])] = &[
        ("Lavrov said on Tuesday that the bridge was open.", &["Russia: the bridge was open"]),
        ("The bridge will stay open, NATO said in a statement.", &["NATO: The bridge will stay open"]),
        ("According to the Kremlin, the bridge is open again.", &["Russia: the bridge is open again"]),
        ("NATO urged all members to open the bridge.", &["NATO: all members to open the bridge"]),
        ("NATO welcomed the new bridge but said it was narrow.", &["NATO: the new bridge", "NATO: it was narrow"]),
        ("“It is open,” Lavrov said, adding that it was narrow.", &["Russia: It is open", "Russia: it was narrow"]),
        ("Ann Berg, a painter from Oslo, said she holds the bridge dear.", &["?: she holds the bridge dear"]),
        ("The bridge was said to be open.", &[]),
        ("Lavrov did not say that the bridge was open.", &[]),
        ("Stronger claims about the bridge were made in the United States.", &[]),
    ];
    for (text, expected) in cases {
        assert_eq!(told(text), *expected, "{text}");
    }
}

#[test]
fn names_that_hold_an_actors_name_are_not_that_actor() {
    let cases: &[(&str, &[&str])] = &[
        ("“We are open,” a NATO diplomat said.", &["NATO (unofficial): We are open"]),
        ("“We are open,” UN Secretary-General Antonio Guterres said.", &["United Nations: We are open"]),
        ("“We are open,” said the Estonian ambassador to NATO.", &["?: We are open"]),
        ("“We are open,” NATO member Turkey said.", &["?: We are open"]),
        ("“We are open,” Camilla Stoltenberg said. NATO was silent.", &["?: We are open"]),
        ("“We are open,” former NATO commander Ann Smith said.", &["?: We are open"]),
        ("“We are open,” a spokesman for the Kremlin said.", &["Russia: We are open"]),
        ("“We are open,” Chinese Foreign Minister Wang Yi said.", &["China: We are open"]),
    ];
    for (text, expected) in cases {
        assert_eq!(told(text), *expected, "{text}");
    }
}

#[test]
fn an_office_belongs_to_its_holder_on_that_day() {
    let text = "“We are open,” Jens Stoltenberg said in Brussels.";
    assert_eq!(told_on(text, Date::constant(2024, 9, 2)), ["NATO: We are open"]);
    assert_eq!(told_on(text, Date::constant(2025, 9, 2)), ["?: We are open"]);
    let text = "“We are open,” the NATO chief said.";
    let statements = read(&article(text, Some(Date::constant(2025, 9, 2))), &Codebook::built_in());
    assert_eq!(statements[0].person.as_deref(), Some("Mark Rutte"));
}

#[test]
fn pronouns_follow_the_last_person_and_keep_their_chain() {
    let text = "Stoltenberg arrived in Oslo. “We are open,” he said.\nPutin stayed at home. “We are shut,” he said.";
    assert_eq!(told(text), ["NATO: We are open", "Russia: We are shut"]);
    let statements = read(&article(text, Some(Date::constant(2020, 5, 14))), &Codebook::built_in());
    assert_eq!(statements[0].attribution.chain, ["he", "Stoltenberg", "Jens Stoltenberg"]);
    let cancelled =
        "Stoltenberg arrived in Oslo. During his stay, Ann Berg promised to open the bridge. “It is open,” she said.";
    assert!(told(cancelled).iter().all(|told| !told.starts_with("NATO")), "{:?}", told(cancelled));
}

#[test]
fn a_document_speaks_for_whoever_issued_it() {
    let text = "NATO ambassadors issued a statement on Friday.\n“The bridge must stay open,” the statement read.";
    assert_eq!(told(text), ["NATO: The bridge must stay open"]);
    let orphan = "NATO met on Friday.\n“The bridge must stay open,” the statement read.";
    assert_eq!(told(orphan), ["?: The bridge must stay open"]);
}

#[test]
fn documents_and_it_stand_for_their_author() {
    let cases: &[(&str, &[&str])] = &[
        ("NATO's declaration was short. It said the bridge was open.", &["NATO: the bridge was open"]),
        (
            "The allies met in Oslo. A statement issued by NATO came late. It urges both sides to open the bridge.",
            &["NATO: both sides to open the bridge"],
        ),
        (
            "Stoltenberg issued a statement on Friday. The bridge, it said, was open. The statement urges both \
             sides to keep it so.",
            &["NATO: The bridge … was open", "NATO: both sides to keep it so"],
        ),
        // Somebody else's document takes the place of the one before.
        (
            "NATO issued a statement on Friday. Later the Harbor Guild issued a statement. The statement said the bridge \
             was shut.",
            &["?: the bridge was shut"],
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(told(text), *expected, "{text}");
    }
}

#[test]
fn unnamed_voices_are_taken_up_by_their_noun() {
    let cases: &[(&str, &[&str])] = &[
        (
            "A NATO diplomat was waiting outside. “The bridge is open,” the diplomat said.",
            &["NATO (unofficial): The bridge is open"],
        ),
        (
            "NATO diplomats were waiting outside. Several said the bridge was open; one said it was shut.",
            &["NATO (unofficial): the bridge was open", "NATO (unofficial): it was shut"],
        ),
        (
            "According to two NATO officials, the bridge is open. One of them said it was shut.",
            &["NATO (unofficial): the bridge is open", "NATO (unofficial): it was shut"],
        ),
        // The noun went to somebody else.
        (
            "A NATO diplomat was waiting. So was a diplomat from Oslo. “The bridge is open,” the diplomat said.",
            &["?: The bridge is open"],
        ),
        ("Several said the bridge was open. NATO was silent.", &["?: the bridge was open"]),
        ("“The bridge is open,” said Lena Marsh, a NATO spokesperson.", &["NATO: The bridge is open"]),
    ];
    for (text, expected) in cases {
        assert_eq!(told(text), *expected, "{text}");
    }
}

#[test]
fn bare_titles_and_epithets_mean_the_person_right_before() {
    let cases: &[(&str, &[&str])] = &[
        (
            "Jens Stoltenberg, the NATO chief, arrived in Oslo. “The bridge is open,” the Norwegian said.",
            &["NATO: The bridge is open"],
        ),
        ("The bridge was shut. “The bridge is open,” the Norwegian said. NATO was silent.", &["?: The bridge is open"]),
        (
            "Russian Foreign Minister Sergei Lavrov arrived. The minister said the bridge was open.",
            &["Russia: the bridge was open"],
        ),
        (
            "Foreign Minister Ada Voss arrived from Oslo. NATO was silent. The minister said the bridge was open.",
            &["?: the bridge was open"],
        ),
        (
            "Jens Stoltenberg had written to the capitals. His office said the bridge was open.",
            &["NATO: the bridge was open"],
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(told(text), *expected, "{text}");
    }
}

#[test]
fn she_is_nobody_who_was_he() {
    let text =
        "Ursula von der Leyen came first. Mr Stoltenberg was late. He said the bridge was open. She said it was shut.";
    assert!(!told(text).contains(&"NATO: it was shut".to_owned()), "{:?}", told(text));
    assert!(told(text).contains(&"NATO: the bridge was open".to_owned()), "{:?}", told(text));
}

#[test]
fn a_person_beside_another_subject_comes_after_those_who_were_subjects() {
    let text = "Stoltenberg arrived in Oslo. The letter to Putin was sent. He said the bridge was open.";
    assert_eq!(told(text), ["NATO: the bridge was open"]);
    let text = "Industry heard it from Stoltenberg. He said the bridge was open.";
    assert_eq!(told(text), ["NATO: the bridge was open"]);
}

#[test]
fn titles_report_by_a_colon() {
    let told = |text: &str| {
        let mut document = article(text, Some(Date::constant(2020, 5, 14)));
        document.blocks[0].kind = BlockKind::Title;
        let statements = read(&document, &Codebook::built_in());
        let spell = |statement: &Statement| {
            let words: Vec<&str> = statement.content.iter().map(|range| range.of(text)).collect();
            format!("{}: {}", statement.actor.as_deref().unwrap_or("?"), words.join(" … "))
        };
        statements.iter().map(spell).collect::<Vec<_>>()
    };
    let cases: &[(&str, &[&str])] = &[
        ("Stoltenberg: The bridge will stay open", &["NATO: The bridge will stay open"]),
        ("The bridge will stay open: Stoltenberg", &["NATO: The bridge will stay open"]),
        ("‘We are not afraid’: NATO opens the bridge", &["NATO: We are not afraid"]),
        ("The bridge will stay open, says Stoltenberg as he leaves", &["NATO: The bridge will stay open"]),
        // Before a colon stand topics too.
        ("Russia: The bridge will stay open", &[]),
    ];
    for (text, expected) in cases {
        assert_eq!(told(text), *expected, "{text}");
    }
}

#[test]
fn a_quotation_is_cut_where_its_sentences_differ_in_theme_or_act() {
    let text = "“We welcome the talks between the two Koreas. Sanctions on North Korea must remain in place. \
                They must be enforced,” Stoltenberg said.";
    assert_eq!(
        told(text),
        [
            "NATO: We welcome the talks between the two Koreas.",
            "NATO: Sanctions on North Korea must remain in place. They must be enforced",
        ]
    );
}

#[test]
fn content_alone_is_coded() {
    let text =
        "Speaking about sanctions on North Korea, Stoltenberg warned that China may not look away until it is over.";
    let document = article(text, Some(Date::constant(2020, 5, 14)));
    let statements = read(&document, &Codebook::built_in());
    let [statement] = statements.as_slice() else { panic!("{statements:?}") };
    assert_eq!(statement.themes, ["china_role"]);
    assert_eq!((statement.act.as_deref(), statement.force), (Some("warn"), Some(4)));
    let words = |ranges: &[ByteRange]| ranges.iter().map(|range| range.of(text).to_owned()).collect::<Vec<_>>();
    assert_eq!(
        (words(&statement.hedges), words(&statement.conditions)),
        (vec!["may".to_owned()], vec!["until".to_owned()])
    );
}

#[test]
fn a_day_beside_the_cue_dates_the_statement() {
    let text = "“The bridge is open,” Stoltenberg said on Monday.";
    let statements = read(&article(text, Some(Date::constant(2020, 5, 14))), &Codebook::built_in());
    assert_eq!((statements[0].said, statements[0].said_is_estimate), (Some(Date::constant(2020, 5, 11)), false));
}

#[test]
fn a_statement_told_twice_points_to_its_fullest_telling() {
    let text = "Stoltenberg said that the Alliance is deeply concerned about missile tests in the sea of Japan.\n\
                “The Alliance is deeply concerned about the missile tests in the sea of Japan this week,” Stoltenberg said.";
    let statements = read(&article(text, None), &Codebook::built_in());
    let direct = statements.iter().find(|statement| statement.quotation == Quotation::Direct).unwrap();
    let indirect = statements.iter().find(|statement| statement.quotation == Quotation::Indirect).unwrap();
    assert_eq!((indirect.same_as, direct.same_as), (Some(direct.id), None));
}

#[test]
fn nothing_is_told_from_captions_and_boilerplate() {
    let mut document = article("“It is open,” NATO said.\n“It is shut,” NATO said.\n“It is wide,” NATO said.", None);
    document.blocks[0].kind = BlockKind::Caption;
    document.blocks[2].kind = BlockKind::Boilerplate;
    let statements = read(&document, &Codebook::built_in());
    assert_eq!(statements.len(), 1);
    assert_eq!(statements[0].content[0].of(&document.text), "It is shut");
}

#[test]
fn no_speaker_is_an_actor_by_default() {
    let text = "NATO met in Brussels. NATO spoke of bridges.\n“The bridge is open,” it was said.\n“Indeed.”";
    assert!(told(text).iter().all(|told| !told.starts_with("NATO")), "{:?}", told(text));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    /// Words, marks and line breaks in any order: no panic, and every range inside a readable block of its text.
    #[test]
    fn ranges_hold_on_any_text(pieces in proptest::collection::vec(piece(), 0..60)) {
        let text = pieces.concat();
        let document = article(&text, Some(Date::constant(2020, 5, 14)));
        let codebook = CODEBOOK.get_or_init(Codebook::built_in);
        for statement in read(&document, codebook) {
            let ranges = statement.content.iter().chain(&statement.cue).chain(&statement.speaker)
                .chain(&statement.hedges).chain(&statement.conditions);
            for range in ranges {
                prop_assert!(text.get(range.start..range.end).is_some_and(|words| !words.is_empty()));
                prop_assert!(document.blocks.iter().any(|block| block.range.contains(*range)));
            }
            prop_assert!(statement.content.windows(2).all(|pair| pair[0].end <= pair[1].start));
        }
        let corpus = Corpus::new([Arc::new(document)]);
        prop_assert!(throughline::analysis::analyze(&corpus, codebook, &Options::default(), &Progress::default()).is_ok());
    }
}

/// A piece of news prose gone wrong.
fn piece() -> impl Strategy<Value = String> {
    let words = [
        "NATO",
        "said",
        " ",
        ", ",
        "“",
        "”",
        "\"",
        "'",
        "‘",
        "’",
        "«",
        "»",
        "„",
        "he",
        "that",
        "Stoltenberg",
        "\n",
        ". ",
        "? ",
        ": ",
        " – ",
        "sanctions",
        "must",
        "according to",
        "the statement",
        "read",
        "adding",
        "(",
        ")",
        "s’",
    ];
    prop_oneof![
        8 => proptest::sample::select(words.to_vec()).prop_map(|word| format!("{word} ")),
        4 => proptest::sample::select(words.to_vec()).prop_map(str::to_owned),
        1 => "\\PC{0,6}",
    ]
}
