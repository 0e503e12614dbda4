//! Positions and Compare show what the analysis found, ask for what the reader clicks, and never hide without saying.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails by panicking")]
#![cfg(feature = "gui")]

#[path = "support/harbor.rs"]
mod harbor;

use std::collections::BTreeMap;

use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use harbor::Harbor;
use jiff::civil::date;
use throughline::analysis::shifts::ShiftLabel;
use throughline::analysis::{ShiftId, StatementId};
use throughline::document::DocumentId;
use throughline::gui::Scene;
use throughline::gui::action::Action;
use throughline::gui::changes::ChangeList;
use throughline::gui::compare::state::CompareState;
use throughline::gui::compare::{compare_status, compare_step, compare_ui};
use throughline::gui::marks::Marks;
use throughline::gui::positions::{chosen_statements, positions_status, positions_step, positions_ui};
use throughline::gui::snapshot;
use throughline::gui::state::{PositionsState, Selection, ViewKind};
use throughline::gui::theme::Theme;
use throughline::project::reviews::Reviewed;
use throughline::project::{Command, Review, Verdict};

/// No article repeats another one.
static NO_SAME_TEXT: BTreeMap<DocumentId, DocumentId> = BTreeMap::new();

/// A view with its state, and what it asked for.
struct Desk {
    harbor: Harbor,
    marks: Marks,
    reviewed: Reviewed,
    changes: ChangeList,
    view: ViewKind,
    positions: PositionsState,
    compare: CompareState,
    selection: Selection,
    actions: Vec<Action>,
}

impl Desk {
    fn new(view: ViewKind, harbor: Harbor) -> Self {
        let marks = Marks::new(&harbor.analysis, &[]);
        let (positions, compare) = (PositionsState::default(), CompareState::default());
        let selection = Selection { shift: Some(ShiftId(1)), ..Selection::default() };
        let reviewed = Reviewed::default();
        let changes = ChangeList::new(&harbor.analysis, harbor.project.decisions(), &reviewed);
        Self { harbor, marks, reviewed, changes, view, positions, compare, selection, actions: Vec::new() }
    }

    fn ui(&mut self, ui: &mut egui::Ui) {
        let theme = Theme::current(ui.ctx());
        let scene = scene(&self.harbor, &self.marks, (&self.reviewed, &self.changes), &theme);
        let Self { view, positions, compare, selection, actions, .. } = self;
        match view {
            ViewKind::Compare => compare_ui(ui, &scene, compare, selection, actions),
            _ => positions_ui(ui, &scene, positions, selection, actions),
        }
    }

    /// Does what a view asks for that only needs the selection or the project, as the window would.
    fn perform(&mut self) {
        for action in std::mem::take(&mut self.actions) {
            match action {
                Action::SelectShift(shift) => self.selection.shift = Some(shift),
                Action::Change(command) => self.harbor.project.apply(command),
                _ => {}
            }
        }
        let (analysis, decisions) = (&self.harbor.analysis, self.harbor.project.decisions());
        self.reviewed = Reviewed::new(decisions, analysis);
        self.changes = ChangeList::new(analysis, decisions, &self.reviewed);
    }

    /// The review that a click on a card of change `shift` records.
    fn review(&self, shift: u64, verdict: Option<Verdict>, label: Option<ShiftLabel>) -> Action {
        let shift = self.harbor.analysis.shift(ShiftId(shift)).unwrap();
        let review = Review::of(shift, &self.harbor.analysis.statements);
        let review = Review { verdict, label: label.unwrap_or(shift.label), ..review };
        Action::Change(Command::SetReview { shift: shift.id, review: Some(review) })
    }
}

fn scene<'a>(
    harbor: &'a Harbor,
    marks: &'a Marks,
    (reviewed, changes): (&'a Reviewed, &'a ChangeList),
    theme: &'a Theme,
) -> Scene<'a> {
    Scene {
        project: &harbor.project,
        corpus: &harbor.corpus,
        analysis: &harbor.analysis,
        reviewed,
        changes,
        marks,
        codebook: &harbor.codebook,
        theme,
        same_text: &NO_SAME_TEXT,
        generation: 1,
        revision: 1,
        today: date(2024, 7, 1),
        reading: Default::default(),
        is_page: false,
    }
}

fn harness(view: ViewKind, harbor: Harbor) -> Harness<'static, Desk> {
    let mut harness = Harness::builder()
        .with_size([1280.0, 732.0])
        .with_context_setup(Theme::install)
        .build_ui_state(|ui, desk: &mut Desk| desk.ui(ui), Desk::new(view, harbor));
    harness.run();
    harness
}

#[test]
fn accept_and_dismiss_send_the_review_of_their_card() {
    let mut harness = harness(ViewKind::Positions, Harbor::new());
    harness.get_all_by_label("Accept").next().unwrap().click();
    harness.run();
    let desk = harness.state();
    assert_eq!(desk.actions, [desk.review(1, Some(Verdict::Accepted), None)]);
    harness.state_mut().actions.clear();
    harness.get_all_by_label("Dismiss").next().unwrap().click();
    harness.run();
    let desk = harness.state();
    assert_eq!(desk.actions, [desk.review(1, Some(Verdict::Dismissed), None)]);
    harness.state_mut().perform();
    harness.run();
    // A dismissed change goes to the end and stays to be restored.
    assert!(harness.query_by_label_contains("card 1: reframed").is_none_or(|card| card.rect().left() > 1280.0));
    let theme = Theme::LIGHT;
    let desk = harness.state();
    let status =
        positions_status(&scene(&desk.harbor, &desk.marks, (&desk.reviewed, &desk.changes), &theme), &desk.positions);
    assert_eq!(status, "3 changes, 1 held, 7 not observed, 1 dismissed  ·  1 of 6 reviewed");
}

#[test]
fn edit_offers_the_labels_of_the_theme_and_sends_the_chosen_one() {
    let mut harness = harness(ViewKind::Compare, Harbor::new());
    harness.get_by_label("Edit").click();
    harness.run();
    assert!(harness.query_by_label("strengthened").is_some());
    harness.get_by_label("softened").click();
    harness.run();
    let desk = harness.state();
    assert_eq!(desk.actions, [desk.review(1, Some(Verdict::Edited), Some(ShiftLabel::Softened))]);
    harness.state_mut().perform();
    harness.run();
    harness.get_by_label("edited");
    harness.get_by_label("Take back").click();
    harness.run();
    let desk = harness.state();
    assert_eq!(desk.actions, [desk.review(1, None, None)]);
}

#[test]
fn key_e_opens_the_labels_of_the_change_in_front() {
    let mut harness = harness(ViewKind::Compare, Harbor::new());
    assert!(harness.query_by_label("weakened").is_none());
    harness.key_press(egui::Key::E);
    harness.run();
    assert!(harness.query_by_label("weakened").is_some());
}

#[test]
fn next_and_previous_go_round_all_changes_of_compare() {
    let mut harness = harness(ViewKind::Compare, Harbor::new());
    harness.get_by_label("change 1 of 5");
    let mut seen = vec![ShiftId(1)];
    for _ in 0..5 {
        harness.get_by_label("Next").click();
        harness.run();
        harness.state_mut().perform();
        harness.run();
        seen.extend(harness.state().selection.shift);
    }
    assert_eq!(seen, [1, 2, 3, 5, 4, 1].map(ShiftId));
    harness.get_by_label("Previous").click();
    harness.run();
    harness.state_mut().perform();
    assert_eq!(harness.state().selection.shift, Some(ShiftId(4)));
}

#[test]
fn a_filter_says_what_it_does_and_can_be_reset() {
    let mut harness = harness(ViewKind::Positions, Harbor::new());
    assert!(harness.query_by_label_contains("filters:").is_none());
    // Four statements of the harbor are reported in the council's own words alone.
    assert!(harness.query_all_by_label_contains("reported").count() > 0);
    harness.get_by_label("Quotes only").click();
    harness.run();
    harness.get_by_label("filters: 1");
    assert_eq!(harness.query_all_by_label_contains(", reported").count(), 0);
    harness.get_by_label("reset").click();
    harness.run();
    assert!(!harness.state().positions.is_quotes_only);
    assert!(harness.query_by_label_contains("filters:").is_none());
}

#[test]
fn a_filter_never_leaves_the_keys_on_a_hidden_change() {
    let mut harness = harness(ViewKind::Positions, Harbor::new());
    harness.state_mut().positions.theme = Some("fees".to_owned());
    harness.run();
    assert!(harness.state().actions.contains(&Action::SelectShift(ShiftId(2))));
    let desk = harness.state();
    let theme = Theme::LIGHT;
    let scene = scene(&desk.harbor, &desk.marks, (&desk.reviewed, &desk.changes), &theme);
    let next =
        positions_step(&scene, &desk.positions, &Selection { shift: Some(ShiftId(2)), ..desk.selection.clone() }, 1);
    assert_eq!(next, Some(ShiftId(6)));
    let compare = CompareState { theme: Some("fees".to_owned()), ..CompareState::default() };
    assert_eq!(compare_step(&scene, &compare, &desk.selection, 1), Some(ShiftId(2)));
}

#[test]
fn marks_and_connectors_select_their_change() {
    let mut harness = harness(ViewKind::Positions, Harbor::new());
    harness
        .get_by_label_contains("connector of change 2: softened, Harbor fees, increase becomes continue; before, ")
        .click();
    harness.run();
    assert_eq!(harness.state().actions, [Action::SelectShift(ShiftId(2))]);
    harness.state_mut().actions.clear();
    // A mark shows its statement.
    harness.get_by_label_contains("statement of est. 6 Sep 2017, Council, reported, not official, on ").click();
    harness.run();
    assert_eq!(harness.state().actions, [Action::ShowStatement(StatementId(4))]);
}

#[test]
fn nothing_is_tied_across_a_fold_and_what_is_not_touched_is_not_a_change() {
    let harness = harness(ViewKind::Positions, Harbor::new());
    // Fees were last observed before the fold; the shift that says so has no connector.
    assert!(harness.query_by_label_contains("connector of change 6").is_none());
    assert_eq!(harness.query_all_by_label_contains("connector of").count(), 5);
    harness.get_by_label("Harbor fees: observed on 3 of 5 dates");
}

#[test]
fn empty_states_say_what_was_found_and_what_helps() {
    let positions = harness(ViewKind::Positions, Harbor::silent());
    positions.get_by_label("No speaker found in 5 articles");
    let compare = harness(ViewKind::Compare, Harbor::silent());
    compare.get_by_label("Nothing to compare yet");
    let desk = compare.state();
    let theme = Theme::LIGHT;
    let scene = scene(&desk.harbor, &desk.marks, (&desk.reviewed, &desk.changes), &theme);
    assert_eq!(positions_status(&scene, &desk.positions), "no position charted");
    assert_eq!(compare_status(&scene, &desk.compare, &desk.selection), "nothing to compare");
}

#[test]
fn compare_counts_kept_words_and_says_where_both_are_shown_whole() {
    let mut harness = harness(ViewKind::Compare, Harbor::new());
    harness.get_by_label("Kept: 14 of 27 words in 2023, 14 of 29 in 2024");
    harness.get_by_label("Hedge: “possible” only in 2024");
    let desk = harness.state();
    let theme = Theme::LIGHT;
    let status = compare_status(
        &scene(&desk.harbor, &desk.marks, (&desk.reviewed, &desk.changes), &theme),
        &desk.compare,
        &desk.selection,
    );
    assert_eq!(status, "2 statements by 1 speaker, est. 507 days apart");
    harness.state_mut().selection.shift = Some(ShiftId(4));
    harness.run();
    harness.get_by_label("too unlike to compare word by word: both are shown whole");
    assert!(harness.query_by_label_contains("Kept:").is_none());
}

#[test]
fn pictures_of_both_views_are_the_same_each_time() {
    let harbor = Harbor::new();
    let (marks, reviewed) = (Marks::new(&harbor.analysis, &[]), Reviewed::default());
    let changes = ChangeList::new(&harbor.analysis, harbor.project.decisions(), &reviewed);
    for theme in [Theme::LIGHT, Theme::DARK] {
        for view in [ViewKind::Positions, ViewKind::Compare] {
            let draw = || {
                let (mut positions, mut compare) = (PositionsState::default(), CompareState::default());
                let scene = scene(&harbor, &marks, (&reviewed, &changes), &theme);
                snapshot::picture([1000, 640], 1.0, &theme, |ui| match view {
                    ViewKind::Compare => compare_ui(ui, &scene, &mut compare, &Selection::default(), &mut Vec::new()),
                    _ => positions_ui(ui, &scene, &mut positions, &Selection::default(), &mut Vec::new()),
                })
            };
            let (first, second) = (draw(), draw());
            assert!(first.image == second.image);
            assert_eq!(first.note(), None);
        }
    }
}

/// The names of the rows of the table, in order.
fn rows(harness: &Harness<'static, Desk>) -> Vec<String> {
    let mut rows: Vec<(f32, String)> = harness
        .query_all_by_role(egui::Role::Row)
        .map(|node| (node.rect().top(), node.accesskit_node().label().unwrap()))
        .collect();
    rows.sort_by(|left, right| left.0.total_cmp(&right.0));
    rows.into_iter().map(|(_, name)| name).collect()
}

#[test]
fn every_head_of_the_table_orders_the_statements_and_the_same_again_turns_them() {
    let mut harness = harness(ViewKind::Positions, Harbor::new());
    harness.get_by_label("Table").click();
    harness.run();
    let by_date = rows(&harness);
    assert_eq!(by_date.len(), 16);
    assert!(by_date[0].starts_with("est. 6 Sep 2017, Council, direct quote, on Harbor fees, increase, force "));
    assert!(by_date[15].contains("19 Jun 2024"), "{by_date:#?}");
    harness.get_by_label("Sort by force").click();
    harness.run();
    let force = |row: &String| row.split(", force ").nth(1).unwrap().split(':').next().unwrap().parse::<u8>().unwrap();
    let strongest: Vec<u8> = rows(&harness).iter().map(force).collect();
    assert!(strongest.is_sorted_by(|left, right| left >= right) && strongest[0] > strongest[15], "{strongest:?}");
    let before = rows(&harness);
    harness.get_by_label("Sort by force, now strongest first").click();
    harness.run();
    assert!(rows(&harness).iter().eq(before.iter().rev()));
    harness.get_by_label("Sort by words").click();
    harness.run();
    let words = |row: &String| row.rsplit_once(": ").unwrap().1.to_lowercase();
    let sorted: Vec<String> = rows(&harness).iter().map(words).collect();
    assert!(sorted.is_sorted(), "{sorted:#?}");
    for head in ["Sort by theme", "Sort by speaker", "Sort by direction", "Sort by source"] {
        harness.get_by_label(head).click();
        harness.run();
        assert_eq!(rows(&harness).len(), 16, "{head}");
    }
}

#[test]
fn arrows_walk_the_rows_of_the_table_and_choose_their_change() {
    let mut harness = harness(ViewKind::Positions, Harbor::new());
    harness.state_mut().positions.is_table = true;
    harness.run();
    let names = rows(&harness);
    harness.key_press(egui::Key::ArrowDown);
    harness.run();
    harness.key_press(egui::Key::ArrowDown);
    harness.run();
    assert!(harness.get_by_label(&names[1]).is_focused());
    harness.key_press(egui::Key::End);
    harness.run();
    let of_change = names.iter().position(|name| name.contains("We need to increase fees on large ships")).unwrap();
    for _ in of_change..names.len() - 1 {
        harness.key_press(egui::Key::ArrowUp);
        harness.run();
    }
    assert!(harness.get_by_label(&names[of_change]).is_focused());
    let chosen = harness.state().actions.iter().rfind(|action| matches!(action, Action::SelectShift(_)));
    assert_eq!(chosen, Some(&Action::SelectShift(ShiftId(2))));
    // An open card goes along.
    assert_eq!(harness.state().actions.last(), Some(&Action::FollowStatement(StatementId(5))));
    // Enter shows the card of the statement.
    harness.key_press(egui::Key::Enter);
    harness.run();
    assert!(harness.state().actions.contains(&Action::ShowStatement(StatementId(5))));
}

#[test]
fn a_search_in_statements_leaves_what_holds_the_words_on_chart_and_table_and_says_so() {
    let mut harness = harness(ViewKind::Positions, Harbor::new());
    harness.get_by_label("Find in statements").focus();
    harness.step();
    harness.get_by_label("Find in statements").type_text("FERRIES");
    harness.run();
    harness.get_by_label("filters: 1");
    let marks = harness.query_all_by_label_contains("statement of ").count();
    assert!((1..6).contains(&marks), "{marks}");
    // A change of which one side holds the word stays.
    assert!(harness.query_all_by_label_contains("card 4: strengthened").count() > 0);
    assert_eq!(harness.query_all_by_label_contains("card 1: reframed").count(), 0);
    harness.get_by_label("Table").click();
    harness.run();
    let rows = rows(&harness);
    assert!(rows.len() == marks && rows.iter().all(|row| row.contains("ferries")), "{rows:#?}");
    harness.get_by_label("reset").click();
    harness.run();
    assert!(harness.state().positions.query.is_empty());
}

#[test]
fn a_search_without_a_hit_says_where_it_looked_and_leads_back() {
    let mut harness = harness(ViewKind::Positions, Harbor::new());
    for is_table in [false, true] {
        harness.state_mut().positions.is_table = is_table;
        harness.state_mut().positions.query = "zeppelin".to_owned();
        harness.run();
        harness.get_by_label("No statement of Harbor Council with “zeppelin”");
        harness.get_by_label("Looked in the words and the speakers of 16 statements.");
        harness.get_by_label("Clear the search").click();
        harness.run();
        assert!(harness.query_by_label_contains("zeppelin").is_none());
    }
}

#[test]
fn what_is_copied_of_positions_is_the_change_in_front_or_the_row_or_all_that_is_shown() {
    let mut harness = harness(ViewKind::Positions, Harbor::new());
    let chosen = |desk: &Desk| {
        let theme = Theme::LIGHT;
        chosen_statements(
            &scene(&desk.harbor, &desk.marks, (&desk.reviewed, &desk.changes), &theme),
            &desk.positions,
            &desk.selection,
        )
    };
    assert_eq!(chosen(harness.state()), [13, 15].map(StatementId));
    harness.state_mut().positions.is_table = true;
    harness.run();
    harness.key_press(egui::Key::ArrowDown);
    harness.run();
    assert_eq!(chosen(harness.state()), [StatementId(1)]);
    harness.state_mut().actions.clear();
    harness.state_mut().positions.query = "ferries".to_owned();
    harness.run();
    harness.get_by_label("Copy all shown").click();
    harness.run();
    let copied = harness.state().actions.iter().find_map(|action| match action {
        Action::CopyStatements { statements, n_shown } => Some((statements.len(), *n_shown)),
        _ => None,
    });
    let n_rows = rows(&harness).len();
    assert_eq!(copied, Some((n_rows, n_rows)));
}

#[test]
fn marks_connectors_and_cards_are_spoken_in_full() {
    let harness = harness(ViewKind::Positions, Harbor::new());
    harness.get_by_label_contains(
        "statement of est. 7 Nov 2017, Council, direct quote, on Harbor fees, increase, force 4: We need to increase",
    );
    for name in ["connector of change 2: softened, Harbor fees", "card 2: softened, Harbor fees, automatic"] {
        let names = harness.query_all_by_label_contains(name).filter_map(|node| node.accesskit_node().label());
        let name = names.max_by_key(String::len).unwrap();
        for part in ["before, est. 7 Nov 2017", "after, ", "Until we see cleaner engines", "increase becomes continue"]
        {
            assert!(name.contains(part), "{part}: {name}");
        }
    }
}
