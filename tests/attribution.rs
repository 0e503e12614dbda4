//! Promise: the grammar around a cue decides what it reports: who speaks, what is said, and when nobody said anything.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::sync::Arc;

use throughline::analysis::Progress;
use throughline::analysis::statements::{Statement, find_statements};
use throughline::codebook::{Codebook, CueTier};
use throughline::document::{Corpus, Document, DocumentId};
use throughline::text::ByteRange;

fn read(text: &str, tier: CueTier) -> Vec<Statement> {
    let corpus = Corpus::new([Arc::new(Document::of_lines(DocumentId(1), text))]);
    find_statements(&corpus, &Codebook::built_in(), tier, &Progress::default()).unwrap()
}

/// `speaker > content`, pieces joined by " … ", for every statement.
fn told(text: &str) -> Vec<String> {
    told_by(text, CueTier::Normal)
}

fn told_by(text: &str, tier: CueTier) -> Vec<String> {
    let spell = |ranges: &[ByteRange]| ranges.iter().map(|range| range.of(text)).collect::<Vec<_>>().join(" … ");
    let statements = read(text, tier);
    statements
        .iter()
        .map(|statement| format!("{} > {}", spell(&statement.speaker), spell(&statement.content)))
        .collect()
}

fn check(cases: &[(&str, &[&str])]) {
    for (text, expected) in cases {
        assert_eq!(told(text), *expected, "{text}");
    }
}

#[test]
fn a_subject_is_found_through_what_stands_between() {
    check(&[
        ("The mayor has long said the pier is safe.", &["The mayor > the pier is safe"]),
        ("The mayor on Tuesday said the pier is safe.", &["The mayor > the pier is safe"]),
        ("Sen. Ada Voss (R-Ohio) said the pier is safe.", &["Sen. Ada Voss (R-Ohio > the pier is safe"]),
        ("Voss, who runs the harbor, said the pier is safe.", &["Voss, who runs the harbor > the pier is safe"]),
        (
            "Fishermen working to save their boats there say the pier is safe.",
            &["Fishermen working to save their boats > the pier is safe"],
        ),
        ("It was the mayor who said that the pier is safe.", &["the mayor … who > the pier is safe"]),
        ("Voss criticized the plan and said the pier is safe.", &["Voss > the plan", "Voss > the pier is safe"]),
        ("Voss was blunt, saying the pier is safe.", &["Voss > the pier is safe"]),
    ]);
}

#[test]
fn insertions_and_openings_are_stepped_over() {
    check(&[
        (
            "Ada Voss, the mayor and, like Mr Hill, a sailor, said the pier is safe.",
            &["Ada Voss, the mayor and, like Mr Hill, a sailor > the pier is safe"],
        ),
        ("In a written statement the mayors said the pier is safe.", &["the mayors > the pier is safe"]),
        ("He said by telephone that the pier is safe.", &["He > the pier is safe"]),
        ("Voss came down to announce that the pier is safe.", &["Voss > the pier is safe"]),
        ("The pier is safe, Voss said, but the bridge is not.", &["Voss > The pier is safe … but the bridge is not"]),
        ("“What hurts,” said Voss, who lives there, “is the noise.”", &["Voss > What hurts … is the noise."]),
        (
            "The pier is safe, Voss said, adding that the bridge is not.",
            &["Voss > The pier is safe", "Voss > the bridge is not"],
        ),
        (
            "Voss conceded that the pier was old: “It creaks at night.”",
            &["Voss > the pier was old", "Voss > It creaks at night."],
        ),
    ]);
}

#[test]
fn contents_go_as_far_as_their_clause() {
    check(&[
        ("Voss told reporters in Oslo that the pier is safe.", &["Voss > the pier is safe"]),
        ("Voss asked whether the pier was safe.", &["Voss > whether the pier was safe"]),
        ("Now, Voss says, the pier is safe.", &["Voss > Now … the pier is safe"]),
        ("As Voss put it, the pier is safe.", &[]),
        ("As Voss noted, the pier is safe.", &["Voss > the pier is safe"]),
        ("Over time, according to Voss, the pier will sink.", &["Voss > Over time … the pier will sink"]),
        ("Voss refused to close the pier.", &["Voss > to close the pier"]),
        ("Voss called the pier a disgrace, and left.", &["Voss > the pier a disgrace"]),
        ("A survey showed the pier sinking.", &["A survey > the pier sinking"]),
        ("Voss rejected claims that the pier is safe.", &["Voss > claims that the pier is safe"]),
        ("Asked about the pier, Voss left.", &[" > about the pier"]),
    ]);
}

#[test]
fn quotations_without_a_cue_go_to_who_stands_beside_them() {
    check(&[
        (
            "Harbor master Ada Voss: “The pier is safe for everybody.”",
            &["Harbor master Ada Voss > The pier is safe for everybody."],
        ),
        ("“The pier is safe for everybody.” – Ada Voss, Oslo", &["Ada Voss > The pier is safe for everybody."]),
        ("Voss looked up. “The pier is safe for everybody.”", &["Voss > The pier is safe for everybody."]),
        ("Voss sailed the “Northern Star” to Oslo.", &[]),
    ]);
}

#[test]
fn what_is_not_said_is_not_reported() {
    check(&[
        ("Voss did not say that the pier is safe.", &[]),
        ("If Voss says that the pier is safe, it is.", &[]),
        ("Nobody knows what Voss said about the pier.", &[]),
        ("The states of the north hold an outright majority of pledged delegates.", &[]),
        ("Harbors like Oslo and Bergen need a safe pier.", &[]),
        ("The supports of the pier are made of steel.", &[]),
    ]);
}

#[test]
fn wider_tiers_report_more_and_narrower_ones_less() {
    let text = "Voss said the pier is safe. Voss hopes the pier is safe. His decision to close the pier stands. Voss sees the pier as safe.";
    let n_told = [CueTier::Strict, CueTier::Normal, CueTier::Wide].map(|tier| told_by(text, tier).len());
    assert_eq!(n_told[0], 1, "{:?}", told_by(text, CueTier::Strict));
    assert!(n_told[0] < n_told[1] && n_told[1] < n_told[2], "{n_told:?}");
}

#[test]
fn surer_rules_have_more_confidence() {
    let of = |text: &str| {
        let statements = read(text, CueTier::Normal);
        let [statement] = statements.as_slice() else { panic!("{text}: {statements:?}") };
        statement.attribution.confidence
    };
    let direct = of("“The pier is safe,” Ada Voss said.");
    let reported = of("Ada Voss said the pier is safe.");
    let thought = of("Ada Voss hopes the pier is safe.");
    let beside = of("Ada Voss looked up. “The pier is safe for everybody.”");
    assert!(direct > reported && reported > thought && thought > beside, "{direct} {reported} {thought} {beside}");
}

#[test]
fn clauses_end_where_another_voice_takes_them_up() {
    check(&[
        (
            "The bank kept its rate and said it saw no need for a cut, its governor, Kari Dahl, told a news conference.",
            &[
                "its governor, Kari Dahl > The bank kept its rate and said it saw no need for a cut",
                "The bank > it saw no need for a cut",
            ],
        ),
        (
            "The union on Thursday called for a truce and urged both sides to return to talks.",
            &["The union > a truce", "The union > both sides to return to talks"],
        ),
        ("Asked whether she would go, Holt said no.", &[" > whether she would go", "Holt > no"]),
    ]);
}
