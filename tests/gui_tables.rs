//! The table of places in Phrases: heads sort, filters hide and say so, copies carry their sources, keys walk the rows,
//! and what is chosen there is chosen in the other views.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails by panicking")]
#![cfg(feature = "gui")]

#[path = "support/window.rs"]
mod support;

use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use support::{click, press, window};
use throughline::gui::action::Action;
use throughline::gui::phrases::PlaceOrder;
use throughline::gui::state::{Sheet, ViewKind};
use throughline::gui::window::Window;

/// Three articles on a harbor: name, outlet's line, day and text.
const ARTICLES: [(&str, &str); 3] = [
    (
        "pilot.txt",
        "The old channel is to be dredged\n\nThe Pilot\n\n4 March 2019\n\n\"We are of course concerned about the \
         dredging of the old channel,\" NATO said. The town pays for the widening of the southern pier.\n",
    ),
    (
        "tide.txt",
        "Fishermen against the harbor works\n\nMorning Tide\n\n7 May 2020\n\nThe fishermen are of course concerned \
         about the dredging of the old channel. \"We shall not pay for the widening of the southern pier,\" Russia said.\n",
    ),
    (
        "gazette.txt",
        "Council votes again\n\nHarbor Gazette\n\n9 June 2021\n\nNobody spoke for the widening of the southern pier. \
         \"The dredging of the old channel goes on,\" NATO said.\n",
    ),
];

/// The table on these articles.
fn table() -> (tempfile::TempDir, Harness<'static, Window>) {
    let folder = tempfile::tempdir().unwrap();
    let paths = ARTICLES.map(|(name, text)| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    });
    let mut harness = window(paths.to_vec());
    press(&mut harness, Modifiers::COMMAND, Key::Num2);
    click(&mut harness, "Table");
    (folder, harness)
}

/// The names of all rows, in order.
fn rows(harness: &Harness<'static, Window>) -> Vec<String> {
    let mut rows: Vec<(f32, String)> = harness
        .query_all_by_role(egui::Role::Row)
        .map(|node| (node.rect().top(), node.accesskit_node().label().unwrap()))
        .collect();
    rows.sort_by(|left, right| left.0.total_cmp(&right.0));
    rows.into_iter().map(|(_, name)| name).collect()
}

/// What the action puts on the clipboard.
fn copied(harness: &Harness<'static, Window>, action: Action) -> Vec<String> {
    let mut desk = harness.state().desk().clone();
    let Some(Action::CopyText(text)) = desk.perform(action) else { panic!("nothing is copied") };
    text.lines().map(str::to_owned).collect()
}

fn days(rows: &[String]) -> Vec<&str> {
    let days = ["4 Mar 2019", "7 May 2020", "9 Jun 2021"];
    rows.iter().map(|row| *days.iter().find(|day| row.contains(**day)).unwrap()).collect()
}

#[test]
fn a_row_says_phrase_day_outlet_speaker_words_and_how_it_relates() {
    let (_folder, harness) = table();
    let rows = rows(&harness);
    assert!(rows.len() >= 6, "{rows:#?}");
    let row = rows.iter().find(|row| row.contains("4 Mar 2019") && row.contains("NATO, quoted")).unwrap();
    for part in [
        "letter ",
        "dredging of the old channel",
        "We are of course concerned about the dredging of the old channel,",
        "word for word",
    ] {
        assert!(row.contains(part), "{part}: {row}");
    }
    for head in ["Sort by phrase, now A to Z", "Sort by date", "Sort by outlet", "Sort by words in context"] {
        harness.get_by_label(head);
    }
    for head in ["Sort by relation", "Sort by speaker", "Sort by how"] {
        harness.get_by_label(head);
    }
}

#[test]
fn every_head_orders_the_rows_and_the_same_again_turns_them() {
    let (_folder, mut harness) = table();
    click(&mut harness, "Sort by date");
    let earliest = rows(&harness);
    let days_of = days(&earliest);
    assert_eq!((days_of[0], *days_of.last().unwrap()), ("4 Mar 2019", "9 Jun 2021"), "{earliest:#?}");
    assert!(days_of.is_sorted(), "{earliest:#?}");
    click(&mut harness, "Sort by date, now earliest first");
    let mut latest = rows(&harness);
    latest.reverse();
    assert_eq!(latest, earliest);
    click(&mut harness, "Sort by how");
    let all = rows(&harness);
    let is_quoted: Vec<bool> = all.iter().map(|row| !row.contains("quoted:")).collect();
    assert!(is_quoted.is_sorted() && is_quoted.contains(&true) && is_quoted.contains(&false), "{all:#?}");
    click(&mut harness, "Sort by speaker");
    let all = rows(&harness);
    let has = |name: &str| all.iter().rposition(|row| row.contains(name)).unwrap();
    let first = |name: &str| all.iter().position(|row| row.contains(name)).unwrap();
    assert!(has("NATO, quoted") < first("Russia, quoted"), "{all:#?}");
    assert!(has("Russia, quoted") < first(", text: "), "nobody stands last: {all:#?}");
    click(&mut harness, "Sort by words in context");
    assert_eq!(harness.state().desk().state.phrases.table.order, PlaceOrder::Words);
    let all = rows(&harness);
    let is_pier: Vec<bool> = all.iter().map(|row| row.contains("widening of the southern pier")).collect();
    assert!(is_pier.is_sorted() && is_pier.contains(&true), "{all:#?}");
}

#[test]
fn filters_hide_and_say_so_and_lead_back() {
    let (_folder, mut harness) = table();
    let n_rows = rows(&harness).len();
    click(&mut harness, "Speakers: All speakers");
    let name = harness.get_by_label_contains("NATO  (").accesskit_node().label().unwrap();
    click(&mut harness, &name);
    let of_her = rows(&harness);
    assert!(!of_her.is_empty() && of_her.len() < n_rows, "{of_her:#?}");
    assert!(of_her.iter().all(|row| row.contains("NATO, quoted")), "{of_her:#?}");
    harness.get_by_label(&format!("filters: 1, {} hidden", n_rows - of_her.len()));
    click(&mut harness, "Years: All years");
    click(&mut harness, "2020");
    harness.get_by_label("No place of a phrase passes the filters");
    click(&mut harness, "Show all phrases");
    assert_eq!(rows(&harness).len(), n_rows);
    assert!(harness.query_by_label_contains("filters:").is_none());
}

#[test]
fn a_query_without_a_place_says_where_it_looked() {
    let (_folder, mut harness) = table();
    harness.get_by_label("Find in phrases").focus();
    harness.step();
    harness.get_by_label("Find in phrases").type_text("zeppelin");
    harness.run_steps(3);
    harness.get_by_label("No phrase with “zeppelin” in 2 or more articles");
    harness.get_by_label_contains("in the names of ");
}

#[test]
fn arrows_walk_the_rows_and_enter_reads() {
    let (_folder, mut harness) = table();
    let names = rows(&harness);
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    assert!(harness.get_by_label(&names[0]).is_focused());
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    assert!(harness.get_by_label(&names[1]).is_focused(), "a screen reader speaks the row");
    press(&mut harness, Modifiers::NONE, Key::End);
    assert!(harness.get_by_label(names.last().unwrap()).is_focused());
    press(&mut harness, Modifiers::NONE, Key::Home);
    let chosen = harness.state().desk().state.selection.clone();
    press(&mut harness, Modifiers::NONE, Key::Enter);
    let state = &harness.state().desk().state;
    assert_eq!(state.view, ViewKind::Read);
    assert_eq!((state.selection.phrase, state.selection.occurrence), (chosen.phrase, chosen.occurrence));
    // One comes back to the same row.
    press(&mut harness, Modifiers::COMMAND, Key::Num2);
    assert_eq!(harness.state().desk().state.selection.occurrence, chosen.occurrence);
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    assert!(harness.get_by_label(&names[1]).is_focused());
}

#[test]
fn a_click_chooses_a_place_for_all_views() {
    let (_folder, mut harness) = table();
    let name = rows(&harness).into_iter().find(|row| row.contains("7 May 2020")).unwrap();
    click(&mut harness, &name);
    let desk = harness.state().desk();
    let (phrase, place) = (desk.state.selection.phrase.unwrap(), desk.state.selection.occurrence.unwrap());
    assert_eq!(desk.state.view, ViewKind::Phrases);
    assert!(name.starts_with(&desk.analysis().phrase(phrase).unwrap().label), "{name}");
    assert_eq!(desk.state.selection.document, Some(place.document));
}

#[test]
fn chosen_rows_and_all_rows_are_copied_with_their_sources() {
    let (_folder, mut harness) = table();
    click(&mut harness, "Sort by date");
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    assert_eq!(copied(&harness, Action::CopyQuotes).len(), 1);
    press(&mut harness, Modifiers::SHIFT, Key::ArrowDown);
    press(&mut harness, Modifiers::SHIFT, Key::ArrowDown);
    let lines = copied(&harness, Action::CopyQuotes);
    assert_eq!(lines.len(), 3, "{lines:#?}");
    assert!(lines[0].starts_with('“') && lines[0].contains("4 Mar 2019."), "{lines:#?}");
    let n_rows = rows(&harness).len();
    click(&mut harness, "Copy all shown");
    assert_eq!(harness.state().desk().state.message, format!("{n_rows} places copied with their sources"));
    // A list that is cut says how much of it was copied.
    let passage = harness.state().desk().state.selection.occurrence.unwrap();
    let mut desk = harness.state().desk().clone();
    desk.perform(Action::CopyPlaces { passages: vec![passage; 2], n_shown: 12_345 });
    assert_eq!(desk.state.message, "The first 2 of 12,345 places copied with their sources");
}

#[test]
fn what_is_chosen_stays_chosen_on_the_way_through_the_views() {
    let mut harness = window(Vec::new());
    press(&mut harness, Modifiers::COMMAND, Key::Num2);
    click(&mut harness, "Table");
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    let place = harness.state().desk().state.selection.clone();
    press(&mut harness, Modifiers::COMMAND, Key::Num4);
    press(&mut harness, Modifiers::NONE, Key::CloseBracket);
    let shift = harness.state().desk().state.selection.shift;
    assert_ne!(shift, place.shift);
    // What is compared is in front in Positions.
    press(&mut harness, Modifiers::COMMAND, Key::Num3);
    assert_eq!(harness.state().desk().state.selection.shift, shift);
    press(&mut harness, Modifiers::NONE, Key::CloseBracket);
    let next = harness.state().desk().state.selection.shift;
    assert_ne!(next, shift);
    // And what is chosen there is compared, while the phrase stays in focus.
    press(&mut harness, Modifiers::COMMAND, Key::Num4);
    let selection = harness.state().desk().state.selection.clone();
    assert_eq!((selection.shift, selection.pair), (next, None));
    press(&mut harness, Modifiers::COMMAND, Key::Num2);
    let selection = &harness.state().desk().state.selection;
    assert_eq!((selection.phrase, selection.occurrence), (place.phrase, place.occurrence));
}

#[test]
fn an_open_card_goes_along_with_the_rows_of_the_table() {
    let mut harness = window(Vec::new());
    press(&mut harness, Modifiers::COMMAND, Key::Num3);
    click(&mut harness, "Table");
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    assert!(harness.state().desk().state.sheet.is_none());
    press(&mut harness, Modifiers::NONE, Key::Enter);
    let shown = |harness: &Harness<'static, Window>| match &harness.state().desk().state.sheet {
        Some(Sheet::Statement(card)) => card.statement,
        _ => panic!("no card is shown"),
    };
    let first = shown(&harness);
    press(&mut harness, Modifiers::NONE, Key::End);
    assert_ne!(shown(&harness), first);
    let cited = copied(&harness, Action::CopyQuotes);
    assert!(cited.len() == 1 && cited[0].starts_with('“') && cited[0].ends_with("2024."), "{cited:?}");
    // Closed, the row is copied; on the chart, the two statements of the change in front.
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert_eq!(copied(&harness, Action::CopyQuotes), cited);
    click(&mut harness, "Chart");
    assert_eq!(copied(&harness, Action::CopyQuotes).len(), 2);
}

#[test]
fn positions_comes_up_with_the_actor_of_the_change_that_was_compared() {
    let mut harness = window(Vec::new());
    let desk = harness.state().desk();
    let is_other = |shift: &&throughline::analysis::shifts::Shift| {
        shift.actor != "NATO" && shift.old.is_some() && shift.new.is_some()
    };
    let other = desk.analysis().shifts.iter().find(is_other).map(|shift| (shift.id, shift.actor.clone()));
    let (shift, actor) = other.unwrap();
    harness.state_mut().ask(Action::Show(ViewKind::Compare));
    harness.state_mut().ask(Action::SelectShift(shift));
    harness.run_steps(3);
    press(&mut harness, Modifiers::COMMAND, Key::Num3);
    let state = &harness.state().desk().state;
    assert_eq!((state.selection.shift, state.positions.actor.as_ref()), (Some(shift), Some(&actor)));
}
