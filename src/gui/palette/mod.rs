//! The palette: a field over the view that finds every command, article, phrase, change and theme by its words.
//!
//! The list of what can be found is made when it opens, and again where the findings change meanwhile; results are worked
//! out once for what is typed. The keyboard stays in the field: arrows move the chosen line, Enter does it, Escape closes.

mod index;
mod rows;

use std::sync::Arc;

use egui::{
    Align2, Color32, Frame, Id, Key, Margin, Modal, Modifiers, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2,
};

use self::index::Index;
use super::action::Action;
use super::commands;
use super::desk::Desk;
use super::search::glass;
use super::theme::{self, Theme, shape, size, space};
use super::widgets::{self, label_ui};

/// What was used last is remembered so far back.
const N_USED: usize = 8;
/// Height of the field and of the line under the list.
const FIELD: f32 = 46.0;
const FOOT: f32 = 30.0;
const WIDTH: f32 = 640.0;
/// At most so many lines are in sight at a time.
const N_ROWS: usize = 12;

const NAME: &str = "Find a command, article, phrase, change or theme";

/// What the palette remembers.
#[derive(Clone, Debug, Default)]
pub struct Palette {
    /// What is typed while it is open.
    open: Option<Open>,
    /// What was asked for, the last first.
    used: Vec<Action>,
}

#[derive(Clone, Debug)]
struct Open {
    typed: String,
    /// The line that Enter does, by its place in the results.
    chosen: usize,
    index: Arc<Index>,
    /// The state of the findings the list was made of.
    made_of: (u64, u64),
    /// The query and findings that the results are of, and the results.
    results: Option<(String, (u64, u64))>,
    found: Vec<usize>,
    /// Is the chosen line to be brought into sight?
    is_moved: bool,
    /// Is it the first frame?
    is_new: bool,
}

impl Palette {
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Closes it. Was it open?
    pub fn close(&mut self) -> bool {
        self.open.take().is_some()
    }

    /// Remembers that this was asked for.
    fn note(&mut self, action: &Action) {
        self.used.retain(|known| known != action);
        self.used.insert(0, action.clone());
        self.used.truncate(N_USED);
    }
}

/// Opens the palette, or closes it.
pub fn toggle(desk: &mut Desk) {
    if desk.state.palette.close() {
        return;
    }
    desk.state.palette.open = Some(Open {
        typed: String::new(),
        chosen: 0,
        index: Arc::new(Index::new(desk)),
        made_of: state_of(desk),
        results: None,
        found: Vec::new(),
        is_moved: false,
        is_new: true,
    });
}

/// Counts the states of what can be found.
fn state_of(desk: &Desk) -> (u64, u64) {
    let scene = desk.scene(&Theme::LIGHT);
    (scene.generation, scene.revision)
}

impl Open {
    /// Brings the results up to date.
    fn follow(&mut self, desk: &Desk, used: &[Action]) {
        let made_of = state_of(desk);
        if self.made_of != made_of {
            self.index = Arc::new(Index::new(desk));
            self.made_of = made_of;
        }
        let wanted = (self.typed.clone(), made_of);
        if self.results.as_ref() != Some(&wanted) {
            self.found = self.index.find(&self.typed, used, |action| commands::resting(desk, action).is_some());
            if self.results.as_ref().is_some_and(|(typed, _)| *typed != self.typed) {
                self.chosen = 0;
                self.is_moved = true;
            }
            self.chosen = self.chosen.min(self.found.len().saturating_sub(1));
            self.results = Some(wanted);
        }
    }

    /// Moves the chosen line after the keys of this frame. Is it to be done?
    fn keys(&mut self, ui: &Ui) -> bool {
        let n_found = self.found.len();
        let step = |key| ui.input_mut(|input| input.count_and_consume_key(Modifiers::NONE, key));
        let page = N_ROWS - 1;
        let (up, down) =
            (step(Key::ArrowUp) + page * step(Key::PageUp), step(Key::ArrowDown) + page * step(Key::PageDown));
        if n_found > 0 && (up > 0 || down > 0) {
            let is_far = up.max(down) > 1;
            let last = n_found - 1;
            // One step past an end goes round, so that the last line is one key away.
            self.chosen = match (self.chosen + down).checked_sub(up) {
                None if is_far => 0,
                None => last,
                Some(next) if next > last => {
                    if is_far {
                        last
                    } else {
                        0
                    }
                }
                Some(next) => next,
            };
            self.is_moved = true;
        }
        step(Key::Enter) > 0
    }
}

/// Shows the palette where it is open.
pub fn palette_ui(ui: &Ui, theme: &Theme, desk: &mut Desk, actions: &mut Vec<Action>) {
    let Some(mut open) = desk.state.palette.open.take() else { return };
    open.follow(desk, &desk.state.palette.used);
    let is_entered = open.keys(ui);
    let area = ui.ctx().content_rect();
    let width = WIDTH.min(area.width() - 32.0);
    let id = Id::unique("palette");
    let place = Modal::default_area(id).anchor(Align2::CENTER_TOP, vec2(0.0, space::TOP_BAR + 8.0));
    let frame = Frame::NONE
        .fill(theme.raise)
        .stroke(Stroke::new(shape::HAIRLINE, theme.rule2))
        .corner_radius(shape::CARD_RADIUS)
        .shadow(theme.card_shadow());
    let modal = Modal::new(id).area(place).backdrop_color(Color32::TRANSPARENT).frame(frame);
    let height = (area.height() - space::TOP_BAR - 32.0 - FIELD - FOOT).max(rows::HEIGHT);
    let mut done = None;
    let shown = modal.show(ui.ctx(), |ui| {
        ui.set_width(width);
        ui.spacing_mut().item_spacing.y = 0.0;
        field_ui(ui, theme, &mut open);
        let clicked = rows::rows_ui(ui, theme, desk, &mut open, height.min(rows::HEIGHT * N_ROWS as f32 + 12.0));
        foot_ui(ui, theme, desk, &open);
        done = clicked.or(is_entered.then_some(open.chosen));
    });
    let is_left = shown.backdrop_response.clicked();
    let entry = done.and_then(|row| open.found.get(row)).and_then(|idx| open.index.entries.get(*idx));
    let asked = entry.filter(|entry| commands::resting(desk, &entry.action).is_none());
    if let Some(action) = asked.and_then(|entry| commands::asked(desk, &entry.action)) {
        if let Some(entry) = asked {
            desk.state.palette.note(&entry.action);
        }
        // The palette is closed by then, so asking for it again would open it.
        actions.extend((action != Action::Palette).then_some(action));
    } else if !is_left {
        desk.state.palette.open = Some(open);
    }
}

fn field_ui(ui: &mut Ui, theme: &Theme, open: &mut Open) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), FIELD), Sense::hover());
    let id = Id::unique("palette field");
    if std::mem::take(&mut open.is_new) || !ui.memory(|memory| memory.has_focus(id)) {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    glass(ui.painter(), theme, pos2(rect.left() + 22.0, rect.center().y));
    let inner = Rect::from_min_max(pos2(rect.left() + 40.0, rect.top()), pos2(rect.right() - 16.0, rect.bottom()));
    let field = egui::TextEdit::singleline(&mut open.typed)
        .id(id)
        .frame(Frame::NONE)
        .margin(Margin::ZERO)
        .font(theme::sans(size::PALETTE))
        .desired_width(inner.width())
        .min_size(vec2(0.0, inner.height()))
        .align(Align2::LEFT_CENTER)
        .hint_text(egui::RichText::new(NAME).font(theme::sans(size::PALETTE)).color(theme.dim));
    ui.put(inner, field).accessible_name(NAME);
    let y = ui.painter().round_to_pixel_center(rect.bottom());
    ui.painter().hline(rect.x_range(), y, theme.hairline());
}

/// How many were found, and the keys. A screen reader is told the chosen line too, since the keyboard stays in the field.
fn foot_ui(ui: &mut Ui, theme: &Theme, desk: &Desk, open: &Open) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), FOOT), Sense::hover());
    let n_found = crate::text::numbers::counted(open.found.len(), "result", "results");
    let chosen = open.found.get(open.chosen).and_then(|idx| open.index.entries.get(*idx));
    let spoken =
        chosen.map_or_else(|| n_found.clone(), |entry| format!("{n_found}, chosen: {}", rows::spoken(desk, entry)));
    response.widget_info(|| WidgetInfo::labeled(Role::Status, true, &spoken));
    let y = ui.painter().round_to_pixel_center(rect.top());
    ui.painter().hline(rect.x_range(), y, theme.hairline());
    let (left, right) = (rect.left_center() + vec2(16.0, 0.0), rect.right_center() - vec2(16.0, 0.0));
    let font = || theme::sans(size::SMALL);
    widgets::text_at(ui.painter(), left, Align2::LEFT_CENTER, &n_found, font(), theme.ink2);
    let keys = "↑ ↓ choose  ·  Enter do it  ·  Esc close";
    widgets::text_at(ui.painter(), right, Align2::RIGHT_CENTER, keys, font(), theme.dim);
}

/// What stands in the list where nothing was found.
fn nothing_ui(ui: &mut Ui, theme: &Theme, typed: &str) {
    ui.vertical_centered(|ui| {
        ui.add_space(28.0);
        label_ui(ui, &format!("Nothing is called “{}”", typed.trim()), theme::sans_bold(size::LABEL), theme.ink);
        ui.add_space(4.0);
        let helps = format!("Words inside articles are found with {}", Action::Find.keys());
        label_ui(ui, &helps, theme::sans(size::UI), theme.ink2);
        ui.add_space(28.0);
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codebook::Codebook;
    use crate::gui::menu;

    #[test]
    fn every_command_and_every_entry_of_the_menu_is_in_the_palette() {
        let mut desk = Desk::new(Arc::new(Codebook::built_in()), jiff::civil::date(2031, 1, 1));
        desk.keeping.recent = vec!["/tmp/harbor.throughline".into()];
        let index = Index::new(&desk);
        let holds = |action: &Action| index.entries.iter().any(|entry| entry.action == *action);
        for offered in commands::all() {
            let is_column = matches!(offered.action, Action::SelectColumn(_));
            assert!(is_column || holds(&offered.action), "{}", offered.name);
        }
        for has_image_button in [false, true] {
            for entry in menu::groups(&desk, &Theme::LIGHT, has_image_button).iter().flatten() {
                assert!(holds(&entry.action), "{}", entry.name);
            }
        }
        assert!(commands::again(&desk).iter().all(|offered| holds(&offered.action)));
    }
}
