//! What may happen to the window, drawn by a seeded generator: keys, words, the pointer, files, sizes.

use std::path::PathBuf;
use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, MouseWheelUnit, PointerButton, Pos2, TouchPhase, Vec2, pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::NodeT as _;
use throughline::gui::window::Window;

use crate::mutate::Random;
use crate::window::Dropped;

/// Keys beside the letters and digits that mean something to a window.
const KEYS: [Key; 23] = [
    Key::Enter,
    Key::Escape,
    Key::Tab,
    Key::Tab,
    Key::Space,
    Key::ArrowUp,
    Key::ArrowDown,
    Key::ArrowLeft,
    Key::ArrowRight,
    Key::PageUp,
    Key::PageDown,
    Key::Home,
    Key::End,
    Key::Backspace,
    Key::Delete,
    Key::OpenBracket,
    Key::CloseBracket,
    Key::Questionmark,
    Key::Plus,
    Key::Minus,
    Key::Num0,
    Key::F10,
    Key::Comma,
];

const WORDS: [&str; 8] = ["north", "the", "2019", "“", "a NEAR/3 b", "-x", "é漢🙂", "Ana Lund"];

const TEXTS: [&str; 4] = [
    "The pier is open again\n\n“We welcome the pier,” mayor Ana Lund said on 4 March 2019.\n",
    "NATO condemned the missile test\n\nNATO Secretary General Jens Stoltenberg said on 5 March 2019: “I condemn the \
     missile test of North Korea.”\n",
    " \n",
    "short",
];

/// The window under test.
pub type Room = Harness<'static, Window>;

/// What can happen, each as it is told in the trail of a failure.
#[derive(Clone, Debug)]
pub enum Act {
    Key(Modifiers, Key),
    Type(String),
    Move(Pos2),
    Click(Pos2, PointerButton, usize),
    /// A click on a control, by its place among all there are.
    Control(usize),
    Drag(Pos2, Pos2),
    Wheel(Vec2, Modifiers),
    Drop(Vec<PathBuf>),
    HoverFiles(usize),
    Paste(&'static str),
    Copy,
    Cut,
    Resize(Vec2),
    Zoom(f32),
    Theme(bool),
    Focus(bool),
    Leave,
    Wait,
}

/// Draws the next event.
pub fn any(random: &mut Random, room: &Room, files: &[PathBuf]) -> Act {
    let at = |random: &mut Random| {
        let size = room.ctx.content_rect().size();
        // A few points beyond the edges too.
        pos2(random.below(size.x as usize + 20) as f32 - 10.0, random.below(size.y as usize + 20) as f32 - 10.0)
    };
    match random.below(100) {
        0..=29 => any_key(random),
        30..=33 => Act::Type(WORDS[random.below(WORDS.len())].to_owned()),
        34..=39 => Act::Move(at(random)),
        40..=47 => {
            let button =
                [PointerButton::Primary, PointerButton::Primary, PointerButton::Secondary, PointerButton::Middle];
            Act::Click(at(random), button[random.below(4)], 1 + random.below(3))
        }
        48..=71 => Act::Control(random.below(10_000)),
        72..=77 => Act::Drag(at(random), at(random)),
        78..=82 => {
            let amount = || [-3000.0, -120.0, -10.0, 10.0, 120.0, 3000.0];
            let held = [Modifiers::NONE, Modifiers::NONE, Modifiers::SHIFT, Modifiers::COMMAND][random.below(4)];
            Act::Wheel(vec2(amount()[random.below(6)] * 0.2, amount()[random.below(6)]), held)
        }
        83 => {
            let n_files = 1 + random.below(2);
            Act::Drop((0..n_files).map(|_| files[random.below(files.len())].clone()).collect())
        }
        84 => Act::HoverFiles(1 + random.below(3)),
        85 => Act::Paste(TEXTS[random.below(TEXTS.len())]),
        86 => Act::Copy,
        87 => Act::Cut,
        88..=90 => any_size(random),
        91..=92 => Act::Zoom(0.5 + random.below(26) as f32 / 10.0),
        93 => Act::Theme(random.below(2) == 0),
        94 => Act::Focus(random.below(2) == 0),
        95 => Act::Leave,
        _ => Act::Wait,
    }
}

fn any_key(random: &mut Random) -> Act {
    let held = match random.below(12) {
        0..=6 => Modifiers::NONE,
        7..=8 => Modifiers::SHIFT,
        9 => Modifiers::COMMAND,
        10 => Modifiers::COMMAND | Modifiers::SHIFT,
        _ => Modifiers::ALT,
    };
    let key = match random.below(3) {
        0 => KEYS[random.below(KEYS.len())],
        _ => {
            let name = char::from(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ123456789"[random.below(35)]).to_string();
            Key::from_name(&name).expect("letters and digits are keys")
        }
    };
    Act::Key(held, key)
}

fn any_size(random: &mut Random) -> Act {
    let sizes = [[200, 150], [560, 400], [1280, 800], [1920, 1080], [3840, 2160], [200, 2160], [3840, 150]];
    let [width, height] = match random.below(10) {
        0..=6 => sizes[random.below(7)],
        _ => [200 + random.below(3640), 150 + random.below(2010)],
    };
    Act::Resize(vec2(width as f32, height as f32))
}

/// Lets it happen, a frame for each part of it.
pub fn happen(room: &mut Room, act: &Act) {
    let events = match act {
        Act::Key(held, key) => key_events(*held, *key),
        Act::Type(words) => vec![Event::Text(words.clone())],
        Act::Move(at) => vec![Event::PointerMoved(*at)],
        Act::Click(at, button, n_clicks) => clicks(*at, *button, *n_clicks),
        Act::Control(idx) => control_at(room, *idx).map_or_else(Vec::new, |at| clicks(at, PointerButton::Primary, 1)),
        Act::Drag(from, to) => drag(*from, *to),
        Act::Wheel(delta, held) => vec![Event::MouseWheel {
            unit: MouseWheelUnit::Point,
            delta: *delta,
            phase: TouchPhase::Move,
            source: egui::MouseWheelSource::Wheel,
            modifiers: *held,
        }],
        Act::Paste(text) => vec![Event::Paste((*text).to_owned())],
        Act::Copy => vec![Event::Copy],
        Act::Cut => vec![Event::Cut],
        Act::Focus(has_focus) => vec![Event::WindowFocused(*has_focus)],
        Act::Leave => vec![Event::PointerGone],
        Act::Wait => Vec::new(),
        other => {
            befall(room, other);
            Vec::new()
        }
    };
    for event in events {
        room.event(event);
    }
    room.step();
    room.input_mut().hovered_files.clear();
}

/// What is no event of its own but part of the input.
fn befall(room: &mut Room, act: &Act) {
    match act {
        Act::Drop(paths) => {
            for path in paths {
                room.input_mut().dropped_files.push(Arc::new(Dropped::new(path.clone())));
            }
        }
        Act::HoverFiles(n_files) => {
            room.input_mut().hovered_files = vec![egui::HoveredFile::default(); *n_files];
        }
        Act::Resize(size) => {
            let size = *size / room.ctx.zoom_factor();
            room.set_size(size);
        }
        Act::Zoom(factor) => room.ctx.set_zoom_factor(*factor),
        Act::Theme(is_dark) => room.ctx.set_theme(if *is_dark { egui::Theme::Dark } else { egui::Theme::Light }),
        _ => {}
    }
}

fn key_events(held: Modifiers, key: Key) -> Vec<Event> {
    let event = |pressed| Event::Key { key, pressed, modifiers: held, repeat: false, physical_key: None };
    let mut events = vec![Event::ModifiersChanged(held), event(true)];
    // As a keyboard does: a letter is a key and a text.
    let name = key.name();
    if !held.command && !held.alt && name.len() == 1 {
        events.push(Event::Text(if held.shift { name.to_owned() } else { name.to_lowercase() }));
    }
    events.extend([event(false), Event::ModifiersChanged(Modifiers::NONE)]);
    events
}

fn button_event(pos: Pos2, button: PointerButton, pressed: bool) -> Event {
    Event::PointerButton { pos, button, pressed, modifiers: Modifiers::NONE }
}

fn clicks(at: Pos2, button: PointerButton, n_clicks: usize) -> Vec<Event> {
    let mut events = vec![Event::PointerMoved(at)];
    for _ in 0..n_clicks {
        events.extend([true, false].map(|pressed| button_event(at, button, pressed)));
    }
    events
}

fn drag(from: Pos2, to: Pos2) -> Vec<Event> {
    let half = from + (to - from) / 2.0;
    let primary = PointerButton::Primary;
    vec![
        Event::PointerMoved(from),
        button_event(from, primary, true),
        Event::PointerMoved(half),
        Event::PointerMoved(to),
        button_event(to, primary, false),
    ]
}

/// The middle of a control in sight.
fn control_at(room: &Room, idx: usize) -> Option<Pos2> {
    let window = room.ctx.content_rect();
    let is_control =
        |role| !matches!(role, Role::Label | Role::GenericContainer | Role::Window | Role::Pane | Role::Status);
    let places: Vec<Pos2> = room
        .root()
        .children_recursive()
        .filter(|node| is_control(node.accesskit_node().role()) && node.accesskit_node().raw_bounds().is_some())
        .map(|node| node.rect().center())
        .filter(|at| window.contains(*at))
        .collect();
    (!places.is_empty()).then(|| places[idx % places.len()])
}
