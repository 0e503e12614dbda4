//! Walks by keyboard alone: around each scene with Tab, and through what a reader does.

use std::collections::BTreeSet;

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, Rect, Shape};
use jiff::civil::date;
use throughline::gui::action::Action;
use throughline::gui::state::{Sheet, ViewKind};
use throughline::project::Verdict;
use throughline::report::briefing::Kind;

use crate::scenes::{Room, Scene, Told, ask, bring, nodes, open};
use crate::window::{press, settle, wait, window};

fn focused(room: &Room) -> Option<Told> {
    nodes(room).into_iter().find(|told| told.has_focus && told.role != Role::Window)
}

fn tab(room: &mut Room, held: Modifiers) -> Option<Told> {
    room.key_press_modifiers(held, Key::Tab);
    room.run_steps(3);
    focused(room)
}

/// Goes on with Tab until something whose name holds `words` has the keyboard.
#[track_caller]
fn tab_to(room: &mut Room, words: &str) -> Told {
    for _ in 0..400 {
        if let Some(told) = tab(room, Modifiers::NONE).filter(|told| told.name.contains(words)) {
            return told;
        }
    }
    panic!("Tab does not get to {words}");
}

fn enter(room: &mut Room) {
    press(room, Modifiers::NONE, Key::Enter);
    room.run_steps(3);
}

fn type_words(room: &mut Room, words: &str) {
    room.event(Event::Text(words.to_owned()));
    room.run_steps(4);
}

fn place(told: &Told) -> (String, String, Option<[i32; 2]>) {
    let at = told.rect.map(|rect| [rect.center().x as i32, rect.center().y as i32]);
    (format!("{:?}", told.role), told.name.clone(), at)
}

/// The lines and grounds painted at a place, without its words.
fn painted(room: &Room, rect: Rect) -> Vec<String> {
    fn plain<'a>(shape: &'a Shape, out: &mut Vec<&'a Shape>) {
        match shape {
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| plain(shape, out)),
            Shape::Rect(_) | Shape::Path(_) | Shape::LineSegment { .. } | Shape::Circle(_) => out.push(shape),
            _ => {}
        }
    }
    let mut shapes = Vec::new();
    for clipped in &room.output().shapes {
        plain(&clipped.shape, &mut shapes);
    }
    let near = rect.expand(6.0);
    let is_near = |shape: &&&Shape| shape.visual_bounding_rect().intersects(near);
    shapes.iter().filter(is_near).map(|shape| format!("{shape:?}")).collect()
}

/// Tab once around: every stop in its order.
fn around(room: &mut Room) -> Vec<Told> {
    let mut stops: Vec<Told> = Vec::new();
    for _ in 0..400 {
        let Some(told) = tab(room, Modifiers::NONE) else { continue };
        if stops.len() > 2 && place(&told) == place(&stops[0]) {
            return stops;
        }
        stops.push(told);
    }
    let last: Vec<_> = stops.iter().rev().take(12).map(place).collect();
    panic!("Tab never comes around: {last:#?}");
}

#[test]
fn tab_gets_to_every_control_of_each_scene_and_around() {
    let mut missed = Vec::new();
    // The palette has the keyboard to itself.
    for scene in Scene::all().into_iter().filter(|scene| *scene != Scene::Palette) {
        let mut room = open(scene);
        let stops = around(&mut room);
        let seen: BTreeSet<(String, String)> =
            stops.iter().map(|it| (format!("{:?}", it.role), it.name.clone())).collect();
        for told in nodes(&room).iter().filter(|told| told.can_focus && !told.is_disabled) {
            let key = (format!("{:?}", told.role), told.name.clone());
            // Rows of a long table come into being as it scrolls.
            let is_row = scene == Scene::Table && told.rect.is_some_and(|it| it.width() > 800.0);
            if !seen.contains(&key) && !is_row {
                missed.push(format!("{scene:?}: {told:?}"));
            }
        }
        // The bar goes from left to right.
        let bar: Vec<f32> = stops
            .iter()
            .filter(|it| it.name != "Clear the search")
            .filter_map(|it| it.rect)
            .filter(|it| it.bottom() < 54.0)
            .map(|it| it.left())
            .collect();
        let n_back = bar.windows(2).filter(|pair| pair[1] < pair[0]).count();
        assert!(n_back <= 1, "{scene:?}: {bar:?}");
    }
    assert!(missed.is_empty(), "Tab does not get to these: {missed:#?}");
}

#[test]
fn shift_tab_goes_the_way_back() {
    for view in ViewKind::ALL {
        let mut room = open(Scene::View(view));
        let there: Vec<Told> = (0..12).filter_map(|_| tab(&mut room, Modifiers::NONE)).collect();
        let back: Vec<Told> = (0..11).filter_map(|_| tab(&mut room, Modifiers::SHIFT)).collect();
        let there: Vec<String> = there.iter().rev().skip(1).map(|told| told.name.clone()).collect();
        let back: Vec<String> = back.iter().map(|told| told.name.clone()).collect();
        assert_eq!(there, back, "{view:?}");
    }
}

#[test]
fn what_has_the_keyboard_shows_it() {
    let mut hidden = Vec::new();
    // What stands in several scenes is looked at once.
    let mut known = BTreeSet::new();
    for scene in Scene::all().into_iter().filter(|scene| *scene != Scene::Palette) {
        let mut room = open(scene);
        let stops = around(&mut room);
        for _ in 0..stops.len() {
            let Some(told) = tab(&mut room, Modifiers::NONE) else { continue };
            let Some(rect) = told.rect.filter(|_| known.insert(told.name.clone())) else { continue };
            let with = painted(&room, rect);
            let id = room.ctx.memory(egui::Memory::focused);
            room.ctx.memory_mut(egui::Memory::stop_text_input);
            room.run_steps(2);
            let without = painted(&room, rect);
            if let Some(id) = id {
                room.ctx.memory_mut(|memory| memory.request_focus(id));
            }
            room.run_steps(2);
            if with == without {
                hidden.push(format!("{scene:?}: {:?} {}", told.role, told.name));
            }
        }
    }
    assert!(hidden.is_empty(), "nothing shows that these have the keyboard: {hidden:#?}");
}

#[test]
fn a_sheet_takes_the_keyboard_and_gives_it_back() {
    let mut room = open(Scene::View(ViewKind::Positions));
    for (stop, held, key) in [
        ("Quotes only", Modifiers::NONE, Key::Questionmark),
        ("Quotes only", Modifiers::COMMAND, Key::H),
        ("Briefing", Modifiers::NONE, Key::I),
    ] {
        let before = tab_to(&mut room, stop);
        press(&mut room, held, key);
        room.run_steps(4);
        assert!(focused(&room).unwrap().name.starts_with("Close"));
        press(&mut room, Modifiers::NONE, Key::Escape);
        room.run_steps(6);
        assert_eq!(room.state().desk().state.sheet, None);
        assert_eq!(focused(&room).unwrap().name, before.name);
    }
}

#[test]
fn a_menu_gives_the_keyboard_back_and_has_the_letters_to_itself() {
    let mut room = open(Scene::View(ViewKind::Read));
    tab_to(&mut room, "More on NATO urges");
    enter(&mut room);
    assert!(egui::Popup::is_any_open(&room.ctx));
    let phrase = room.state().desk().state.selection.phrase;
    press(&mut room, Modifiers::NONE, Key::N);
    assert_eq!(room.state().desk().state.selection.phrase, phrase);
    press(&mut room, Modifiers::NONE, Key::Escape);
    room.run_steps(6);
    assert!(!egui::Popup::is_any_open(&room.ctx));
    assert!(focused(&room).unwrap().name.starts_with("More on NATO urges"));
    enter(&mut room);
    press(&mut room, Modifiers::COMMAND, Key::Num2);
    room.run_steps(3);
    assert!(!egui::Popup::is_any_open(&room.ctx));
    assert_eq!(room.state().desk().state.view, ViewKind::Phrases);
}

#[test]
fn the_menu_of_an_article_opens_its_reading() {
    let mut room = open(Scene::View(ViewKind::Read));
    tab_to(&mut room, "More on NATO urges");
    enter(&mut room);
    tab_to(&mut room, "How this article was read");
    enter(&mut room);
    assert!(matches!(room.state().desk().state.sheet, Some(Sheet::Inspect(_))));
}

#[test]
fn a_template_a_filter_and_an_order_are_chosen() {
    let mut room = open(Scene::View(ViewKind::Briefing));
    tab_to(&mut room, "Timeline");
    press(&mut room, Modifiers::NONE, Key::Space);
    assert_eq!(room.state().desk().state.briefing.kind, Kind::Timeline);
    bring(&mut room, Scene::View(ViewKind::Positions));
    tab_to(&mut room, "Quotes only");
    press(&mut room, Modifiers::NONE, Key::Space);
    assert!(room.state().desk().state.positions.is_quotes_only);
    bring(&mut room, Scene::View(ViewKind::Phrases));
    tab_to(&mut room, "Order: ");
    enter(&mut room);
    tab_to(&mut room, "first use");
    enter(&mut room);
    assert!(focused(&room).is_some_and(|told| told.name.contains("first use")), "{:?}", focused(&room));
}

#[test]
fn a_day_is_typed_into_the_card_of_a_date() {
    let mut room = open(Scene::View(ViewKind::Read));
    let chip = tab_to(&mut room, "Date: ");
    enter(&mut room);
    tab_to(&mut room, "Published on");
    type_words(&mut room, "5 Sep 2017");
    enter(&mut room);
    settle(&mut room);
    let published = &room.state().desk().corpus().documents()[0].published;
    assert_eq!((published.best, published.set_by_user), (Some(date(2017, 9, 5)), true));
    if egui::Popup::is_any_open(&room.ctx) {
        press(&mut room, Modifiers::NONE, Key::Escape);
        room.run_steps(6);
    }
    assert_eq!(focused(&room).unwrap().rect.unwrap().min, chip.rect.unwrap().min);
    press(&mut room, Modifiers::COMMAND, Key::Z);
    assert!(!room.state().desk().corpus().documents()[0].published.set_by_user);
    press(&mut room, Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert!(room.state().desk().corpus().documents()[0].published.set_by_user);
}

#[test]
fn changes_are_accepted_dismissed_and_edited() {
    let mut room = open(Scene::View(ViewKind::Positions));
    let verdict = |room: &Room| {
        let desk = room.state().desk();
        let shift = desk.state.selection.shift?;
        desk.project.decisions().reviews.get(&shift)?.verdict
    };
    press(&mut room, Modifiers::NONE, Key::CloseBracket);
    enter(&mut room);
    assert_eq!(verdict(&room), Some(Verdict::Accepted));
    press(&mut room, Modifiers::NONE, Key::CloseBracket);
    press(&mut room, Modifiers::NONE, Key::X);
    assert_eq!(verdict(&room), Some(Verdict::Dismissed));
    press(&mut room, Modifiers::NONE, Key::R);
    press(&mut room, Modifiers::NONE, Key::E);
    tab_to(&mut room, "softened");
    enter(&mut room);
    assert_eq!(verdict(&room), Some(Verdict::Edited));
}

#[test]
fn a_statement_is_split() {
    let mut room = open(Scene::Statement);
    let n_before = room.state().desk().analysis().statements.len();
    tab_to(&mut room, "Split");
    enter(&mut room);
    tab_to(&mut room, "Split before “pressure”");
    enter(&mut room);
    settle(&mut room);
    assert_eq!(room.state().desk().analysis().statements.len(), n_before + 1);
}

#[test]
fn words_are_found_and_become_a_statement() {
    let mut room = open(Scene::View(ViewKind::Read));
    bring(&mut room, Scene::Results);
    enter(&mut room);
    wait(&mut room, "the place", |room| room.state().desk().state.reading.selected.is_some());
    press(&mut room, Modifiers::NONE, Key::F);
    wait(&mut room, "all places", |room| matches!(room.state().desk().state.sheet, Some(Sheet::Found(_))));
    press(&mut room, Modifiers::NONE, Key::Escape);
    press(&mut room, Modifiers::NONE, Key::S);
    room.run_steps(3);
    assert!(matches!(room.state().desk().state.sheet, Some(Sheet::Statement(_))));
}

#[test]
fn the_library_is_walked() {
    let mut room = window(Vec::new());
    ask(&mut room, Action::Show(ViewKind::Read));
    press(&mut room, Modifiers::COMMAND, Key::L);
    tab_to(&mut room, "Articles by date");
    press(&mut room, Modifiers::NONE, Key::ArrowDown);
    press(&mut room, Modifiers::NONE, Key::Space);
    room.run_steps(3);
    assert_eq!(room.state().desk().state.reading.shown.n_chosen(), Some(4));
    press(&mut room, Modifiers::NONE, Key::Escape);
    room.run_steps(3);
    assert!(!room.state().desk().state.library.is_open);
}

#[test]
fn what_is_typed_has_an_undo_of_its_own() {
    let mut room = open(Scene::View(ViewKind::Read));
    press(&mut room, Modifiers::NONE, Key::N);
    press(&mut room, Modifiers::SHIFT, Key::Num4);
    let n_done = room.state().desk().project.history().n_done();
    assert_eq!(n_done, 1);
    press(&mut room, Modifiers::COMMAND, Key::F);
    type_words(&mut room, "pier");
    press(&mut room, Modifiers::COMMAND, Key::Z);
    assert_eq!(room.state().desk().project.history().n_done(), n_done);
}
