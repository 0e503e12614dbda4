//! Where the keyboard goes when something comes up over the view, and when it is closed again.
//!
//! A sheet that a key opened takes the keyboard, so that the next Tab is in it; a menu, card or sheet that is closed gives
//! it back to what had it before, so that nobody begins again at the top of the window. One look a frame.

use egui::{Context, Event, Id};

/// What lies over a view is gone for so many frames before it is known that nothing else took the keyboard.
const WAIT_FRAMES: u8 = 3;

#[derive(Clone, Copy, Debug, Default)]
struct Before {
    /// Did something lie over the view in the last frame?
    was_over: bool,
    /// Who had the keyboard before it came up.
    owner: Option<Id>,
    /// Who has it.
    last: Option<Id>,
    /// So many frames are left to give it back.
    n_frames: u8,
    /// Was a key pressed after the last press of the pointer?
    is_by_keyboard: bool,
}

fn key() -> Id {
    Id::unique("keyboard before")
}

/// Notes who has the keyboard, and gives it back where something `is_over` the view no longer. Called once a frame.
pub fn follow(ctx: &Context, is_over: bool) {
    let now = ctx.memory(egui::Memory::focused);
    let mut before: Before = ctx.data(|data| data.get_temp(key())).unwrap_or_default();
    ctx.input(|input| {
        for event in &input.events {
            match event {
                Event::Key { pressed: true, .. } => before.is_by_keyboard = true,
                Event::PointerButton { pressed: true, .. } => before.is_by_keyboard = false,
                _ => {}
            }
        }
    });
    match (before.was_over, is_over) {
        (false, true) => (before.owner, before.n_frames) = (before.last, 0),
        (true, false) => before.n_frames = WAIT_FRAMES,
        _ => {}
    }
    if before.n_frames > 0 && now.is_none() && before.is_by_keyboard {
        before.n_frames = 0;
        if let Some(owner) = before.owner.take() {
            ctx.memory_mut(|memory| memory.request_focus(owner));
        }
    } else if before.n_frames > 0 {
        before.n_frames -= 1;
        ctx.request_repaint();
    }
    (before.was_over, before.last) = (is_over, if is_over { before.last } else { now });
    ctx.data_mut(|data| data.insert_temp(key(), before));
}

/// Does the reader go by keyboard at the moment?
pub fn is_by_keyboard(ctx: &Context) -> bool {
    let has_key = ctx.input(|input| input.events.iter().any(|it| matches!(it, Event::Key { pressed: true, .. })));
    has_key || ctx.data(|data| data.get_temp::<Before>(key())).is_some_and(|before| before.is_by_keyboard)
}
