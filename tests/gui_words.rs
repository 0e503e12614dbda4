//! Words can be selected in Read by pointer and keys, to the byte, and what can be done with them is one click away.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails by panicking")]
#![cfg(feature = "gui")]

#[path = "support/window.rs"]
mod support;

use std::sync::Arc;

use egui::{Event, Key, Modifiers, OutputCommand, PointerButton, Pos2, pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jiff::civil::date;
use support::{click, press, wait, window};
use throughline::codebook::Codebook;
use throughline::document::{BlockKind, Document, DocumentId, Passage};
use throughline::gui::action::{Action, Entry};
use throughline::gui::desk::Desk;
use throughline::gui::frame::view_ui;
use throughline::gui::state::{Sheet, ViewKind};
use throughline::gui::theme::Theme;
use throughline::gui::window::Window;
use throughline::text::ByteRange;

const PIER: &str =
    "Harbor “council” widens pier\nThe pier — says Zoë — is old. It rots.\nNobody fishes there today.\nShare\n";

/// Read alone, on one article, with what it asked for.
struct Shown {
    desk: Desk,
    actions: Vec<Action>,
}

fn shown(text: &str) -> Harness<'static, Shown> {
    let mut document = Document::of_lines(DocumentId(1), text);
    document.blocks[0].kind = BlockKind::Title;
    document.blocks.last_mut().unwrap().kind = BlockKind::Boilerplate;
    let desk = Desk::settled(vec![document], Arc::new(Codebook::built_in()), date(2026, 1, 1));
    let show = |ui: &mut egui::Ui, shown: &mut Shown| {
        let theme = Theme::current(ui.ctx());
        view_ui(ui, &theme, &mut shown.desk, &mut shown.actions);
    };
    let mut harness = Harness::builder()
        .with_size([900.0, 600.0])
        .with_context_setup(|ctx: &egui::Context| Theme::install(ctx))
        .build_ui_state(show, Shown { desk, actions: Vec::new() });
    harness.run_steps(4);
    harness
}

/// Where the paragraph that begins with `start` stands, if it is in sight.
fn paragraph<State>(harness: &Harness<'static, State>, start: &str) -> Option<egui::Rect> {
    let paragraphs = harness.query_all_by_label_contains(start);
    paragraphs
        .filter(|node| matches!(node.accesskit_node().role(), egui::Role::Label | egui::Role::Heading))
        .find(|node| {
            let node = node.accesskit_node();
            node.value().or(node.label()).is_some_and(|words| words.starts_with(start))
        })
        .map(|node| node.rect())
}

/// A place in its first line.
fn at<State>(harness: &Harness<'static, State>, start: &str, x: f32) -> Pos2 {
    let rect = paragraph(harness, start).unwrap();
    pos2(rect.left() + x, rect.top() + 11.0)
}

fn button(pos: Pos2, pressed: bool, modifiers: Modifiers) -> Event {
    Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers }
}

/// What happens in one frame.
fn frame<State>(harness: &mut Harness<'static, State>, events: Vec<Event>) {
    harness.input_mut().events.extend(events);
    harness.step();
}

fn drag<State>(harness: &mut Harness<'static, State>, from: Pos2, to: Pos2) {
    frame(harness, vec![Event::PointerMoved(from)]);
    frame(harness, vec![button(from, true, Modifiers::NONE)]);
    frame(harness, vec![Event::PointerMoved(to)]);
    frame(harness, vec![button(to, false, Modifiers::NONE)]);
    harness.run_steps(3);
}

fn clicks<State>(harness: &mut Harness<'static, State>, pos: Pos2, n_clicks: usize, modifiers: Modifiers) {
    harness.run_steps(4);
    frame(harness, vec![Event::PointerMoved(pos)]);
    frame(harness, vec![Event::ModifiersChanged(modifiers)]);
    for _ in 0..n_clicks {
        frame(harness, vec![button(pos, true, modifiers), button(pos, false, modifiers)]);
    }
    frame(harness, vec![Event::ModifiersChanged(Modifiers::NONE)]);
    harness.run_steps(3);
}

fn words(desk: &Desk) -> Option<&str> {
    desk.state.reading.selected.map(|passage| desk.corpus().words(passage))
}

/// The passage of `words` where they first stand.
fn passage(text: &str, words: &str) -> Passage {
    let start = text.find(words).unwrap();
    Passage { document: DocumentId(1), range: ByteRange::new(start, start + words.len()) }
}

#[test]
fn a_drag_selects_over_paragraphs_to_the_byte() {
    let mut harness = shown(PIER);
    let (from, to) = (at(&harness, "The pier", -4.0), at(&harness, "Nobody", 900.0));
    drag(&mut harness, from, to);
    let all = "The pier — says Zoë — is old. It rots.\nNobody fishes there today.";
    assert_eq!(harness.state().desk.state.reading.selected, Some(passage(PIER, all)));
    // Backwards the same, and from the headline on.
    drag(&mut harness, to, from);
    assert_eq!(words(&harness.state().desk), Some(all));
    let headline = at(&harness, "Harbor", -4.0);
    drag(&mut harness, headline, from);
    assert_eq!(words(&harness.state().desk), Some("Harbor “council” widens pier\n"));
    harness.state_mut().desk.perform(Action::Clear);
    harness.run_steps(2);
    // What begins in a paragraph ends at whatever letter the pointer is over.
    let inner = from + vec2(60.0, 0.0);
    drag(&mut harness, from, inner);
    let some = words(&harness.state().desk).unwrap();
    assert!(some.starts_with("The pi") && some.len() < 14, "{some}");
    harness.get_by_label_contains("Selected, ");
}

#[test]
fn clicks_select_words_and_sentences_and_let_go_of_them() {
    let mut harness = shown(PIER);
    let pier = at(&harness, "The pier", 36.0);
    clicks(&mut harness, pier, 2, Modifiers::NONE);
    assert_eq!(words(&harness.state().desk), Some("pier"));
    harness.get_by_label("Selected, 1 word: pier");
    let end = at(&harness, "Nobody", 500.0);
    clicks(&mut harness, end, 1, Modifiers::SHIFT);
    let more = "pier — says Zoë — is old. It rots.\nNobody fishes there today.";
    assert_eq!(words(&harness.state().desk), Some(more));
    clicks(&mut harness, pier, 3, Modifiers::NONE);
    assert_eq!(words(&harness.state().desk), Some("The pier — says Zoë — is old."));
    clicks(&mut harness, end, 1, Modifiers::NONE);
    assert_eq!(words(&harness.state().desk), None);
    assert!(harness.query_by_label("Add statement").is_none());
    clicks(&mut harness, pier, 2, Modifiers::NONE);
    harness.state_mut().desk.perform(Action::Clear);
    assert_eq!(words(&harness.state().desk), None);
}

#[test]
fn the_bar_says_by_name_what_can_be_done_with_the_words() {
    let mut harness = shown(PIER);
    let zoe = at(&harness, "The pier", 36.0);
    clicks(&mut harness, zoe, 2, Modifiers::NONE);
    let pier = passage(PIER, "pier\nThe pier");
    let pier = Passage { range: ByteRange::new(pier.range.end - 4, pier.range.end), ..pier };
    for (name, action) in [
        ("Add statement", Action::AddStatement(pier)),
        ("Find in all", Action::FindPhrase(pier)),
        ("Copy", Action::CopyQuotes),
    ] {
        harness.get_by_label(name).click();
        harness.run_steps(2);
        assert_eq!(harness.state_mut().actions.pop(), Some(action));
        assert_eq!(harness.state().desk.state.reading.selected, Some(pier), "{name} keeps the words");
    }
}

#[test]
fn words_become_entries_of_the_codebook_by_a_menu() {
    let mut harness = shown(PIER);
    let pier = at(&harness, "The pier", 36.0);
    clicks(&mut harness, pier, 2, Modifiers::NONE);
    let name = || "pier".to_owned();
    for (item, entry) in [
        ("New speaker “pier”", Entry::Actor { name: name() }),
        ("Looks like an actor and is none", Entry::LookAlike { phrase: name() }),
        ("New theme from these words", Entry::Theme { label: "Pier".to_owned(), words: vec![name()] }),
    ] {
        harness.get_by_label("Codebook menu").click();
        harness.run_steps(3);
        harness.get_by_label(item).click();
        harness.run_steps(3);
        assert_eq!(harness.state_mut().actions.pop(), Some(Action::EnterInCodebook(entry)));
    }
    let theme = Codebook::built_in().themes[0].clone();
    harness.get_by_label("Codebook menu").click();
    harness.run_steps(3);
    harness.get_by_label_contains("Says the theme").click();
    harness.run_steps(3);
    harness.get_by_label(&theme.label).click();
    harness.run_steps(3);
    let entry = Entry::Term { theme: theme.id, words: name() };
    assert_eq!(harness.state_mut().actions.pop(), Some(Action::EnterInCodebook(entry)));
}

#[test]
fn shift_and_arrows_take_more_words() {
    let mut harness = shown(PIER);
    let pier = at(&harness, "The pier", 36.0);
    clicks(&mut harness, pier, 2, Modifiers::NONE);
    let mut press = |key| {
        harness.key_press_modifiers(Modifiers::SHIFT, key);
        harness.run_steps(3);
        words(&harness.state().desk).unwrap().to_owned()
    };
    assert_eq!(press(Key::ArrowRight), "pier — says");
    assert_eq!(press(Key::ArrowRight), "pier — says Zoë");
    assert_eq!(press(Key::ArrowLeft), "pier — says");
    assert_eq!(press(Key::ArrowLeft), "pier");
    assert_eq!(press(Key::ArrowLeft), "The pier");
    assert_eq!(press(Key::ArrowLeft), "pier\nThe pier");
}

#[test]
fn past_the_edge_the_text_scrolls_and_the_far_end_stays() {
    let lines: Vec<String> = (0..80).map(|idx| format!("Line {idx} of a long account of the pier.")).collect();
    let mut harness = shown(&lines.join("\n"));
    let from = at(&harness, "Line 1 of", -4.0);
    frame(&mut harness, vec![Event::PointerMoved(from)]);
    frame(&mut harness, vec![button(from, true, Modifiers::NONE)]);
    frame(&mut harness, vec![Event::PointerMoved(pos2(from.x + 40.0, 590.0))]);
    harness.run_steps(30);
    let scrolled = harness.state().desk.state.reading.scroll[&DocumentId(1)];
    assert!(scrolled > 200.0, "{scrolled}");
    frame(&mut harness, vec![button(pos2(from.x + 40.0, 590.0), false, Modifiers::NONE)]);
    harness.run_steps(3);
    let selected = words(&harness.state().desk).unwrap().to_owned();
    assert!(selected.starts_with("Line 1 of") && selected.contains("Line 20 of"), "{selected}");
    assert!(paragraph(&harness, "Line 1 of").is_none(), "the beginning is out of sight");
    // Wherever one scrolls, the words stay selected.
    harness.state_mut().desk.state.reading.scroll_to.insert(DocumentId(1), 2000.0);
    harness.run_steps(4);
    assert_eq!(words(&harness.state().desk), Some(selected.as_str()));
}

/// The window on the built-in articles, the first paragraph of `start` double clicked at its beginning.
fn window_with_words(start: &str) -> Harness<'static, Window> {
    let mut harness = window(Vec::new());
    let first = at(&harness, start, 4.0);
    clicks(&mut harness, first, 2, Modifiers::NONE);
    assert!(words(harness.state().desk()).is_some());
    harness
}

/// The beginning of a paragraph of the article in front.
fn first_body(harness: &Harness<'static, Window>) -> String {
    let desk = harness.state().desk();
    let document = &desk.corpus().documents()[desk.state.reading.first_column];
    let body = document.blocks.iter().find(|block| block.kind == BlockKind::Body).unwrap();
    body.range.trimmed(&document.text).of(&document.text).chars().take(24).collect()
}

#[test]
fn a_copy_has_the_words_and_their_source() {
    let start = first_body(&window(Vec::new()));
    let mut harness = window_with_words(&start);
    let word = words(harness.state().desk()).unwrap().to_owned();
    // Within the frame that takes it.
    harness.input_mut().events.push(Event::Copy);
    harness.step();
    let copied = harness.output().platform_output.commands.iter().find_map(|command| match command {
        OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    let copied = copied.unwrap();
    assert!(copied.starts_with(&format!("“{word}” ")) && copied.ends_with("2017."), "{copied}");
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert_eq!(words(harness.state().desk()), None);
}

#[test]
fn words_are_found_in_all_articles_and_gone_to() {
    let mut harness = window(Vec::new());
    let desk = harness.state().desk();
    let document = desk.corpus().documents()[0].clone();
    let place = document
        .text
        .match_indices("North Korea")
        .map(|(start, words)| Passage { document: document.id, range: ByteRange::new(start, start + words.len()) });
    let body = |place: &Passage| document.block_at(place.range.start).is_some_and(|it| it.kind == BlockKind::Body);
    let place = place.into_iter().find(body).unwrap();
    harness.state_mut().ask(Action::FindPhrase(place));
    wait(
        &mut harness,
        "the places",
        |harness| matches!(&harness.state().desk().state.sheet, Some(Sheet::Found(found)) if found.places.is_some()),
    );
    let Some(Sheet::Found(found)) = &harness.state().desk().state.sheet else { panic!("no sheet") };
    let places = found.places.clone().unwrap();
    let corpus = harness.state().desk().corpus();
    assert!(places.contains(&place));
    assert!(places.iter().any(|place| corpus.words(*place) == "DPRK"), "by its other names too");
    assert!(places.is_sorted_by_key(|place| (corpus.idx_of(place.document), place.range)));
    assert_eq!(found.n_articles, 5);
    harness.get_by_label_contains("places in 5 of 5 articles");
    // A click shows the place above the sheet, selected.
    let rows = harness.query_all_by_role(egui::Role::Row);
    let is_place = |node: &egui_kittest::Node<'_>| node.accesskit_node().label().is_some_and(|it| it.contains("DPRK"));
    rows.into_iter().find(is_place).unwrap().click();
    harness.run_steps(6);
    let desk = harness.state().desk();
    let Some(Sheet::Found(found)) = &desk.state.sheet else { panic!("the sheet stays") };
    assert!(found.chosen.is_some() && desk.state.reading.selected == found.chosen);
    assert_eq!(desk.state.view, ViewKind::Read);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(harness.state().desk().state.sheet.is_none());
    assert!(words(harness.state().desk()).is_some(), "one Esc closes one thing");
}

#[test]
fn letters_ask_for_selected_words_alone() {
    let start = first_body(&window(Vec::new()));
    let mut harness = window(Vec::new());
    press(&mut harness, Modifiers::NONE, Key::F);
    assert!(harness.state().desk().state.sheet.is_none());
    let first = at(&harness, &start, 4.0);
    clicks(&mut harness, first, 2, Modifiers::NONE);
    press(&mut harness, Modifiers::NONE, Key::F);
    assert!(matches!(harness.state().desk().state.sheet, Some(Sheet::Found(_))));
    assert_eq!((Action::AddStatement(passage("a", "a")).keys(), "F".to_owned()), {
        ("S".to_owned(), Action::FindPhrase(passage("a", "a")).keys())
    });
}

#[test]
fn marks_can_be_clicked_and_a_drag_that_begins_on_one_selects() {
    let mut harness = window(Vec::new());
    let marks = harness.query_all_by_label_contains("1 of ");
    let mark = marks.filter(|node| node.accesskit_node().role() == egui::Role::Button).map(|node| node.rect());
    let mark = mark.into_iter().find(|rect| rect.top() > 260.0 && rect.bottom() < 500.0).unwrap();
    let center = mark.center();
    clicks(&mut harness, center, 1, Modifiers::NONE);
    assert!(harness.state().desk().state.selection.occurrence.is_some());
    assert_eq!(words(harness.state().desk()), None);
    press(&mut harness, Modifiers::NONE, Key::Escape);
    drag(&mut harness, center, center + vec2(0.0, 60.0));
    let desk = harness.state().desk();
    assert!(words(desk).is_some_and(|words| words.len() > 30));
    assert!(desk.state.selection.occurrence.is_none(), "a drag chooses no phrase");
    click(&mut harness, "Positions");
    click(&mut harness, "Read");
    assert!(words(harness.state().desk()).is_some(), "another view leaves the words as they are");
}
