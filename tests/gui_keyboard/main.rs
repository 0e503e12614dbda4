//! Everything can be done without a pointer: each key does in each view what the list of keys says, Tab gets to every
//! control and away from it again, and what comes up gives the keyboard back.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails by panicking")]
#![cfg(feature = "gui")]

#[path = "../support/scenes.rs"]
mod scenes;
mod table;
mod walks;
#[path = "../support/window.rs"]
mod window;

use egui::{Event, Modifiers};
use scenes::{Room, Scene, ask, bring};
use table::Seen;
use throughline::gui::action::{Action, Binding, bindings};
use throughline::gui::state::ViewKind;

/// The window as each key finds it: a family with a place and a change chosen, a step done and one taken back.
fn set_out(room: &mut Room, view: ViewKind) {
    ask(room, Action::CloseToast);
    ask(room, Action::CloseSheet);
    if room.state().desk().state.library.is_open {
        ask(room, Action::ToggleLibrary);
    }
    if room.state().desk().state.palette.is_open() {
        ask(room, Action::Palette);
    }
    if room.state().desk().state.is_settings_open {
        ask(room, Action::ReadingSettings);
    }
    room.ctx.memory_mut(egui::Memory::stop_text_input);
    ask(room, Action::ResetColumns);
    ask(room, Action::ShowAll);
    ask(room, Action::GoToStep(0));
    ask(room, Action::ZoomReset);
    let desk = room.state().desk();
    let (phrase, shift) = (desk.analysis().phrases[1].clone(), desk.analysis().shifts[1].id);
    let toggles = [
        (!desk.state.is_list_open, Action::ToggleList),
        (!desk.state.reading.has_marks, Action::ToggleMarks),
        (!desk.state.reading.has_furniture, Action::ToggleFurniture),
    ];
    for (_, action) in toggles.into_iter().filter(|(is_due, _)| *is_due) {
        ask(room, action);
    }
    ask(room, Action::Show(ViewKind::Read));
    ask(room, Action::SelectOccurrence(phrase.id, phrase.occurrences[0].passage));
    ask(room, Action::SelectShift(shift));
    ask(room, Action::PinFocus(3));
    ask(room, Action::PinFocus(2));
    ask(room, Action::Undo);
    bring(room, Scene::View(view));
    room.run_steps(6);
}

/// Presses the key of a binding, as its name in the list says.
fn press_binding(room: &mut Room, binding: &Binding) {
    let words = binding.words();
    let (held, name) = match words.rsplit_once(' ') {
        Some((held, name)) => (held, name),
        None => ("", words.as_str()),
    };
    let mut modifiers = Modifiers::NONE;
    if held.contains("Ctrl") {
        modifiers |= Modifiers::COMMAND;
    }
    if held.contains("Shift") {
        modifiers |= Modifiers::SHIFT;
    }
    if words == "Ctrl C" {
        // The system sends its own event for it.
        room.event(Event::Copy);
    } else {
        let key = egui::Key::from_name(name).unwrap_or_else(|| panic!("no key is called {name}"));
        room.key_press_modifiers(modifiers, key);
    }
    room.run_steps(4);
}

/// Dialogs, pictures and pages take a moment.
fn comes(room: &mut Room, before: &Seen, does: impl Fn(&Seen, &Seen) -> bool) -> bool {
    let start = std::time::Instant::now();
    while !does(before, &Seen::of(room)) {
        if start.elapsed() > std::time::Duration::from_secs(10) {
            return false;
        }
        room.run_steps(2);
        std::thread::sleep(std::time::Duration::from_millis(4));
    }
    true
}

#[test]
fn each_key_does_what_it_says_in_each_view() {
    let mut room = window::window(Vec::new());
    let mut wrong = Vec::new();
    for view in ViewKind::ALL {
        for binding in bindings() {
            let words = binding.words();
            let does = table::does(&words).unwrap_or_else(|| panic!("{words} has no line in the table"));
            set_out(&mut room, view);
            let before = Seen::of(&room);
            assert_eq!(before.view, view);
            press_binding(&mut room, binding);
            if !comes(&mut room, &before, does) {
                let after = Seen::of(&room);
                wrong.push(format!("{words} ({}) in {view:?}:\n{before:?}\n{after:?}", binding.action.label()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
