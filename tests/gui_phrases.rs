//! Phrases shows the families and the life of each, takes the reader's decisions, walks with the keys of the other
//! views, and stays quick where there are very many.

#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a helper of a test fails by panicking")]
#![cfg(feature = "gui")]

#[path = "support/harbor.rs"]
mod harbor;
#[path = "support/mod.rs"]
mod pictures;
#[path = "support/window.rs"]
mod support;

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use egui_kittest::{Harness, SnapshotResults};
use harbor::Harbor;
use jiff::civil::date;
use pictures::assert_picture;
use support::{click, press, window};
use throughline::analysis::reuse::{Occurrence, OccurrenceKind, Phrase};
use throughline::analysis::{Analysis, PhraseId};
use throughline::codebook::Codebook;
use throughline::document::{Corpus, Document, DocumentId, Passage, Published};
use throughline::gui::Scene;
use throughline::gui::action::Action;
use throughline::gui::changes::ChangeList;
use throughline::gui::marks::Marks;
use throughline::gui::phrases::{PlaceOrder, phrases_status, phrases_ui};
use throughline::gui::snapshot::picture;
use throughline::gui::state::{PhraseOrder, PhrasesState, Selection, ViewKind};
use throughline::gui::theme::Theme;
use throughline::gui::window::Window;
use throughline::project::reviews::Reviewed;
use throughline::project::{Command, Project};
use throughline::text::ByteRange;

/// The window on the built-in articles, in Phrases.
fn phrases_window() -> Harness<'static, Window> {
    let mut harness = window(Vec::new());
    press(&mut harness, Modifiers::COMMAND, Key::Num2);
    assert_eq!(harness.state().desk().state.view, ViewKind::Phrases);
    harness
}

/// The accessible name of the row of a family.
fn row(harness: &Harness<'static, Window>, label: &str) -> Option<String> {
    let rows = harness.query_all_by_role(egui::Role::Row);
    rows.filter_map(|node| node.accesskit_node().label()).find(|name| name.starts_with(label))
}

fn select(harness: &mut Harness<'static, Window>, label: &str) {
    let name = row(harness, label).unwrap();
    click(harness, &name);
}

#[test]
fn families_are_a_table_with_named_rows_columns_and_cells() {
    let harness = phrases_window();
    for head in ["Family", "First", "Last", "Articles", "Occurrences"] {
        harness.get_by_label(head);
    }
    let heads = harness.query_all_by_role(egui::Role::ColumnHeader).count();
    assert_eq!(heads, 10, "five of the table and one for each article");
    let name = row(&harness, "pressure on North Korea").unwrap();
    assert!(name.ends_with("6 in 3 of 5 articles, est. Sep 2017 to est. Apr 2018"), "{name}");
    assert!(harness.query_all_by_label("Apr 2018: 3").count() >= 1);
    assert!(harness.query_all_by_label("Jun 2024: none").count() >= 1);
    // Whose words, and in which setting.
    harness.get_by_label_contains("est. 7 Nov 2017, 5hotnews, Jens Stoltenberg, quoted: ");
    harness.get_by_label_contains("since est. 6 Sep 2017:  before “its nuclear”: to abandon → continues to develop");
}

#[test]
fn keys_walk_families_and_places_without_leaving_and_enter_reads() {
    let mut harness = phrases_window();
    press(&mut harness, Modifiers::NONE, Key::J);
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    let selection = harness.state().desk().state.selection.clone();
    let third = harness.state().desk().analysis().phrases[2].id;
    assert_eq!((selection.phrase, selection.occurrence), (Some(third), None));
    press(&mut harness, Modifiers::NONE, Key::N);
    press(&mut harness, Modifiers::NONE, Key::N);
    let desk = harness.state().desk();
    let place = desk.state.selection.occurrence.unwrap();
    assert_eq!(desk.state.view, ViewKind::Phrases);
    assert_eq!(place, desk.analysis().phrases[2].occurrences[1].passage);
    press(&mut harness, Modifiers::NONE, Key::CloseBracket);
    let next = harness.state().desk().state.selection.occurrence.unwrap();
    assert_ne!(next.document, place.document);
    press(&mut harness, Modifiers::NONE, Key::End);
    let last = harness.state().desk().analysis().phrases.last().unwrap().id;
    assert_eq!(harness.state().desk().state.selection.phrase, Some(last));
    press(&mut harness, Modifiers::NONE, Key::Home);
    press(&mut harness, Modifiers::NONE, Key::Enter);
    let desk = harness.state().desk();
    let first = desk.analysis().phrases[0].occurrences[0].passage;
    assert_eq!((desk.state.view, desk.state.selection.document), (ViewKind::Read, Some(first.document)));
}

#[test]
fn a_search_hides_and_says_so_and_finds_other_wordings() {
    let mut harness = phrases_window();
    harness.get_by_label("Find in phrases").focus();
    harness.step();
    harness.get_by_label("Find in phrases").type_text("pyongyang");
    harness.run_steps(3);
    assert!(row(&harness, "pressure on North Korea").is_some(), "found by the words of a place");
    assert!(row(&harness, "war in Ukraine").is_none());
    harness.get_by_label_contains("hidden");
    click(&mut harness, "reset");
    assert!(row(&harness, "war in Ukraine").is_some());
    harness.get_by_label("Find in phrases").focus();
    harness.step();
    harness.get_by_label("Find in phrases").type_text("zeppelin");
    harness.run_steps(3);
    harness.get_by_label("No phrase with “zeppelin” in 2 or more articles");
    click(&mut harness, "Show all phrases");
    assert!(row(&harness, "war in Ukraine").is_some());
}

#[test]
fn a_name_shows_at_once_without_a_new_analysis_and_can_be_taken_back() {
    let mut harness = phrases_window();
    click(&mut harness, "Rename");
    harness.get_by_label("Name of the phrase").type_text("!");
    harness.step();
    press(&mut harness, Modifiers::NONE, Key::Enter);
    let desk = harness.state().desk();
    let name = desk.analysis().phrases[0].label.clone();
    assert!(name.contains('!') && desk.is_current(), "{name}");
    assert!(row(&harness, &name).is_some());
    click(&mut harness, "What you decided: 1 decision");
    click(&mut harness, &format!("Take the name back: “missile and nuclear programmes” is called “{name}”"));
    assert!(row(&harness, "missile and nuclear programmes").is_some());
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert!(row(&harness, &name).is_some());
}

#[test]
fn escape_leaves_the_old_name() {
    let mut harness = phrases_window();
    press(&mut harness, Modifiers::NONE, Key::J);
    let chosen = harness.state().desk().state.selection.phrase;
    click(&mut harness, "Rename");
    harness.get_by_label("Name of the phrase").type_text("!");
    harness.step();
    press(&mut harness, Modifiers::NONE, Key::Escape);
    let desk = harness.state().desk();
    assert!(desk.project.decisions().names.is_empty() && desk.state.selection.phrase == chosen);
    assert!(harness.query_by_label("Name of the phrase").is_none());
}

#[test]
fn a_family_merges_into_another_and_comes_apart_again() {
    let mut harness = phrases_window();
    let phrases = &harness.state().desk().analysis().phrases;
    let (from, into) = (phrases[3].label.clone(), phrases[4].label.clone());
    let (n_from, n_into) = (phrases[3].occurrences.len(), phrases[4].occurrences.len());
    select(&mut harness, &from);
    click(&mut harness, "Merge into…");
    harness.get_by_label("Find a family to merge into").type_text(&into);
    harness.run_steps(3);
    click(&mut harness, &format!("Merge into {into}"));
    assert!(row(&harness, &from).is_none());
    harness.get_by_label(&format!("“{from}” is part of “{into}” now"));
    let desk = harness.state().desk();
    let merged = desk.analysis().phrases.iter().find(|phrase| phrase.label == into).unwrap();
    assert_eq!(desk.state.selection.phrase, Some(merged.id));
    assert!(merged.occurrences.len() > n_into && merged.occurrences.len() <= n_into + n_from);
    assert!(merged.occurrences.iter().any(|place| place.why.contains(&format!("you merged it from “{from}”"))));
    click(&mut harness, "What you decided: 1 decision");
    click(&mut harness, &format!("Take apart: “{from}” is part of “{into}”"));
    let phrases = &harness.state().desk().analysis().phrases;
    assert!(phrases.iter().any(|phrase| phrase.label == from && phrase.occurrences.len() == n_from));
}

#[test]
fn a_wording_splits_off_and_never_match_takes_a_family_away() {
    let mut harness = phrases_window();
    select(&mut harness, "pressure on North Korea");
    let place = "est. 26 Apr 2018, Shephard Media, Jens Stoltenberg, reported: ";
    let name = harness.get_by_label_contains(place).accesskit_node().label().unwrap();
    click(&mut harness, &name);
    click(&mut harness, "More on the family");
    click(&mut harness, "Split off the chosen wording");
    let desk = harness.state().desk();
    let split = desk.analysis().phrases.iter().find(|phrase| phrase.label == "pressure on Pyongyang").unwrap();
    assert_eq!((split.occurrences.len(), desk.state.selection.phrase), (1, Some(split.id)));
    // It stands in one article, and is not hidden by the widest filter.
    assert!(row(&harness, "pressure on Pyongyang").is_some());
    click(&mut harness, "Never match this");
    assert!(row(&harness, "pressure on Pyongyang").is_none());
    assert_eq!(harness.state().desk().project.decisions().dismissed.len(), 1);
    click(&mut harness, "Undo");
    let phrases = &harness.state().desk().analysis().phrases;
    assert!(phrases.iter().any(|phrase| phrase.label == "pressure on Pyongyang"));
}

#[test]
fn places_are_copied_with_their_sources() {
    let mut harness = phrases_window();
    select(&mut harness, "we are of course concerned about");
    press(&mut harness, Modifiers::COMMAND, Key::C);
    assert_eq!(harness.state().desk().state.message, "2 places copied with their sources");
    let mut desk = harness.state().desk().clone();
    let Some(Action::CopyText(text)) = desk.perform(Action::CopyQuotes) else { panic!("nothing is copied") };
    let phrase = desk.state.selection.phrase.unwrap();
    assert_eq!(desk.perform(Action::CopyPhrase(phrase)), Some(Action::CopyText(text.clone())));
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 2, "{text}");
    assert!(lines[0].starts_with("“We are of course concerned about the reckless missile tests"), "{text}");
    assert!(lines[0].ends_with("Korea JoongAng Daily, est. 29 Jan 2023."), "{text}");
    assert!(lines[0].contains("Jens Stoltenberg, quoted in “"), "{text}");
}

#[test]
fn the_card_on_a_copied_passage_stays_narrow() {
    let passage = "Brackwater Fisheries had kept two sets of books since the spring of last year and paid the \
        difference to a firm registered in the name of a retired gardener.";
    let folder = tempfile::tempdir().unwrap();
    let paths =
        [("north.txt", "The audit found that"), ("south.txt", "According to the court,")].map(|(name, lead)| {
            let path = folder.path().join(name);
            std::fs::write(&path, format!("Books under review\n\n4 April 2019\n\n{lead} {passage}\n")).unwrap();
            path
        });
    let mut harness = window(paths.to_vec());
    let label = harness.state().desk().analysis().phrases[0].label.clone();
    assert!(label.ends_with(" …") && label.split_whitespace().count() > 12, "{label}");
    harness.get_by_label(&format!("{label}, 1 of 2")).hover();
    harness.run_steps(60);
    let card = harness.get_by_label(&label).rect();
    assert!(card.width() <= 300.0 && card.height() > 30.0, "{card:?}");
}

/// The view by itself.
struct Desk {
    project: Project,
    corpus: Corpus,
    analysis: Analysis,
    marks: Marks,
    changes: ChangeList,
    codebook: Codebook,
    state: PhrasesState,
    selection: Selection,
    actions: Vec<Action>,
}

/// No article repeats another one.
static NO_SAME_TEXT: BTreeMap<DocumentId, DocumentId> = BTreeMap::new();
static NOT_REVIEWED: std::sync::LazyLock<Reviewed> = std::sync::LazyLock::new(Reviewed::default);

impl Desk {
    fn of(harbor: Harbor) -> Self {
        let Harbor { project, corpus, analysis, codebook } = harbor;
        let (state, selection) = (PhrasesState::default(), Selection::default());
        let marks = Marks::new(&analysis, &[]);
        let changes = ChangeList::new(&analysis, project.decisions(), &NOT_REVIEWED);
        Self { project, corpus, analysis, marks, changes, codebook, state, selection, actions: Vec::new() }
    }

    /// 100,000 families of three places each in 10,000 articles of thirty years.
    fn large() -> Self {
        let text = "The old pier of the harbor stays as it is, say the dockers of the town.";
        let documents = (0..10_000_u64).map(|id| {
            let day = date(1990 + i16::try_from(id / 334).unwrap(), 1 + i8::try_from(id % 12).unwrap(), 3);
            let published = Published { best: Some(day), ..Published::unknown() };
            Arc::new(Document { published, ..Document::of_lines(DocumentId(id), text) })
        });
        let corpus = Corpus::new(documents);
        let place = |document: u64| Occurrence {
            passage: Passage { document: DocumentId(document % 10_000), range: ByteRange::new(4, 12) },
            kind: OccurrenceKind::Verbatim,
            why: "same words in order".into(),
        };
        let phrases = (0..100_000_u64).map(|id| Phrase {
            id: PhraseId(id),
            label: format!("old pier {}", (id * 7919) % 100_003),
            n_words: 2,
            weight: 1.0,
            occurrences: [id, id + 17, id + 4001].map(place).to_vec(),
            n_documents: 3,
            first: Some(date(1990, 1, 1)),
            last: Some(date(2019, 1, 1)),
        });
        let analysis = Analysis { phrases: phrases.map(Into::into).collect(), ..Analysis::default() };
        Self { corpus, analysis, ..Self::of(Harbor::silent()) }
    }

    fn scene<'a>(&'a self, theme: &'a Theme) -> Scene<'a> {
        Scene {
            project: &self.project,
            corpus: &self.corpus,
            analysis: &self.analysis,
            reviewed: &NOT_REVIEWED,
            changes: &self.changes,
            marks: &self.marks,
            codebook: &self.codebook,
            theme,
            same_text: &NO_SAME_TEXT,
            generation: 1,
            revision: 1,
            today: date(2024, 7, 1),
            reading: Default::default(),
            is_page: false,
        }
    }

    fn ui(&mut self, ui: &mut egui::Ui) {
        let theme = Theme::current(ui.ctx());
        let mut state = std::mem::take(&mut self.state);
        let mut actions = std::mem::take(&mut self.actions);
        phrases_ui(ui, &self.scene(&theme), &mut state, &self.selection, &mut actions);
        (self.state, self.actions) = (state, actions);
    }
}

fn view(desk: Desk) -> Harness<'static, Desk> {
    Harness::builder()
        .with_size([1280.0, 732.0])
        .with_max_steps(400)
        .with_context_setup(Theme::install)
        .build_ui_state(|ui, desk: &mut Desk| desk.ui(ui), desk)
}

#[test]
fn without_phrases_it_says_what_would_help() {
    let mut harness = view(Desk::of(Harbor::silent()));
    harness.run();
    harness.get_by_label("No wording comes back in 5 articles");
    let theme = Theme::LIGHT;
    let desk = harness.state();
    assert_eq!(phrases_status(&desk.scene(&theme), &desk.state), "no wording comes back");
}

#[test]
fn where_all_articles_tell_one_story_it_says_so_and_what_compares_them() {
    for (harbor, has_pairs) in [(Harbor::new(), true), (Harbor::silent(), false)] {
        let same_stories = vec![harbor.corpus.documents().iter().map(|document| document.id).collect()];
        let analysis = Analysis { phrases: Vec::new(), same_stories, ..harbor.analysis.clone() };
        let mut harness = view(Desk::of(Harbor { analysis, ..harbor }));
        harness.run();
        harness.get_by_label("All articles tell the same story nearly word for word");
        let n_offers = harness.query_all_by_label_contains("Compare sets their statements side by side").count();
        assert_eq!(n_offers, usize::from(has_pairs));
        let theme = Theme::LIGHT;
        let desk = harness.state();
        assert_eq!(phrases_status(&desk.scene(&theme), &desk.state), "copies of one story");
    }
}

#[test]
fn very_many_families_and_articles_lay_out_what_is_in_sight() {
    let mut harness = view(Desk::large());
    harness.run();
    let theme = Theme::LIGHT;
    let desk = harness.state();
    let status = phrases_status(&desk.scene(&theme), &desk.state);
    assert_eq!(status, "100000 families in 2 or more of 10000 articles  ·  300000 occurrences");
    let n_rows = harness.query_all_by_role(egui::Role::Row).count();
    assert!((8..60).contains(&n_rows), "{n_rows}");
    // Thirty years do not fit one by one, and the heads say how many articles they hold.
    let heads: Vec<String> =
        harness.query_all_by_role(egui::Role::ColumnHeader).filter_map(|node| node.accesskit_node().label()).collect();
    assert!(heads.iter().any(|head| head.contains("1990–94: 1670 articles")), "{heads:?}");
    harness.state_mut().state.order = PhraseOrder::Alphabet;
    harness.state_mut().state.query = "pier 77".to_owned();
    harness.run();
    let rows: Vec<String> =
        harness.query_all_by_role(egui::Role::Row).filter_map(|node| node.accesskit_node().label()).collect();
    let families: Vec<&str> =
        rows.iter().filter(|row| row.starts_with("old pier")).filter_map(|row| row.split(':').next()).collect();
    assert!(families.len() > 5 && families.is_sorted() && families.iter().all(|row| row.contains("77")), "{rows:?}");
    assert!(harness.state().actions.is_empty());
}

#[test]
fn very_many_places_are_listed_filtered_and_sorted_within_the_time_of_frames() {
    let mut desk = Desk::large();
    desk.state.is_table = true;
    let mut harness = view(desk);
    harness.run();
    let theme = Theme::LIGHT;
    let status = |desk: &Desk| phrases_status(&desk.scene(&theme), &desk.state);
    assert_eq!(status(harness.state()), "300000 occurrences of 100000 families in 2 or more of 10000 articles");
    let n_rows = harness.query_all_by_role(egui::Role::Row).count();
    assert!((8..60).contains(&n_rows), "{n_rows}");
    for order in [PlaceOrder::Date, PlaceOrder::Words, PlaceOrder::Relation, PlaceOrder::Phrase] {
        harness.state_mut().state.table.sort(order);
        harness.run();
    }
    let rows = harness.query_all_by_role(egui::Role::Row).filter_map(|node| node.accesskit_node().label());
    let families: Vec<String> = rows.filter_map(|row| row.split(':').next().map(str::to_owned)).collect();
    assert!(families.is_sorted() && families[0] == "old pier 0", "{families:?}");
    harness.state_mut().state.table.year = Some(1991);
    harness.run();
    assert!(status(harness.state()).starts_with("10020 occurrences"), "{}", status(harness.state()));
    harness.key_press(Key::End);
    harness.run();
    let last = harness.state().actions.iter().find(|action| matches!(action, Action::SelectOccurrence(..)));
    assert!(last.is_some() && harness.query_all_by_role(egui::Role::Row).count() < 60);
}

#[test]
fn a_click_on_a_place_chooses_it() {
    let mut harness = view(Desk::of(Harbor::new()));
    harness.run();
    harness.get_by_label_contains("19 Jun 2024, Estuary Post, Council, quoted: “We are of course also").click();
    harness.run();
    let phrase = &harness.state().analysis.phrases[0];
    let passage = phrase.occurrences[1].passage;
    assert_eq!(harness.state().actions, [Action::SelectOccurrence(phrase.id, passage)]);
}

#[test]
fn pictures_of_the_view() {
    let mut results = SnapshotResults::new();
    for (name, theme) in [("light", &Theme::LIGHT), ("dark", &Theme::DARK)] {
        let mut desk = Desk::of(Harbor::new());
        desk.project.apply(Command::Pin { slot: 1, phrase: Some(PhraseId(1)) });
        desk.selection.occurrence = Some(desk.analysis.phrases[0].occurrences[1].passage);
        let picture = picture([880, 300], 1.0, theme, |ui| desk.ui(ui));
        assert_eq!(picture.note(), None);
        assert_picture(&mut results, &format!("phrases-{name}"), picture.image);
    }
}
