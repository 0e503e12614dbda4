//! Lines over the view that tell how this start is, each until it is closed: what the built-in articles are, and what the
//! program can do less of on this desktop.

use egui::{Align2, Frame, Id, Panel, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::action::Action;
use super::theme::{self, Theme};
use super::widgets;

/// Height of a line.
const HEIGHT: f32 = 34.0;

/// So many lines are shown at once; the others follow as these are closed.
const MAX_LINES: usize = 2;

/// Something to be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The built-in articles are open.
    Sample,
    /// Files cannot be dropped: the window is one of Wayland's own.
    NoDropping,
    /// The window is drawn by the processor, since nothing faster works.
    DrawnByProcessor,
}

impl Notice {
    /// What it says, in as many words as there is room for, the longest first.
    fn words(self, can_drop: bool) -> &'static [&'static str] {
        match (self, can_drop) {
            (Self::Sample, true) => &[
                "Five articles on NATO and North Korea, 2017 to 2024, to try things on. Drop your own anywhere.",
                "Five articles to try things on. Drop your own anywhere.",
                "Five articles to try things on.",
            ],
            (Self::Sample, false) => &[
                "Five articles on NATO and North Korea, 2017 to 2024, to try things on. Open your own with Ctrl O.",
                "Five articles to try things on. Open your own with Ctrl O.",
                "Five articles to try things on.",
            ],
            (Self::NoDropping, _) => &[
                "Under Wayland, files can't be dropped on this window. Open (Ctrl O) and Paste (Ctrl V) do the same.",
                "No dropping of files under Wayland: use Open (Ctrl O) or Paste (Ctrl V).",
                "No dropping here: Ctrl O, Ctrl V.",
            ],
            (Self::DrawnByProcessor, _) => &[
                "Drawn without graphics hardware, since OpenGL does not work here. Everything is there; scrolling may be slower.",
                "Drawn without graphics hardware; scrolling may be slower.",
                "Drawn without graphics hardware.",
            ],
        }
    }
}

/// The lines at the top of what is left of `ui`.
pub fn notices_ui(ui: &mut Ui, theme: &Theme, notices: &[Notice], actions: &mut Vec<Action>) {
    let can_drop = !notices.contains(&Notice::NoDropping);
    for notice in notices.iter().take(MAX_LINES) {
        let frame = Frame::NONE.fill(theme.sel);
        let panel = Panel::top(Id::unique(("notice", *notice as u8))).exact_size(HEIGHT).frame(frame);
        panel.show_separator_line(false).show(ui, |ui| notice_ui(ui, theme, *notice, can_drop, actions));
    }
}

fn notice_ui(ui: &mut Ui, theme: &Theme, notice: Notice, can_drop: bool, actions: &mut Vec<Action>) {
    let area = ui.max_rect();
    ui.painter().hline(area.x_range(), area.bottom() - 0.5, theme.hairline());
    let left = pos2(area.left() + 24.0, area.center().y);
    let room = area.width() - 24.0 - 56.0;
    let all = notice.words(can_drop);
    // In a narrow window the shorter words, cut where even they do not fit.
    let fits = |words: &&str| widgets::text_width(ui.painter(), words, theme::sans(12.5)) <= room;
    let words = all.iter().copied().find(fits).or(all.last().copied()).unwrap_or_default();
    let mut job = egui::text::LayoutJob::simple_singleline(words.to_owned(), theme::sans(12.5), theme.ink);
    job.wrap = egui::text::TextWrapping::truncate_at_width(room.max(0.0));
    let galley = ui.painter().layout_job(job);
    let said = Align2::LEFT_CENTER.anchor_size(left, galley.size());
    ui.painter().galley(said.min, galley, theme.ink);
    let line = ui.interact(said, Id::unique(("notice words", notice as u8)), Sense::hover());
    line.widget_info(|| WidgetInfo::labeled(Role::Label, true, all.first().copied().unwrap_or_default()));
    let rect = Rect::from_center_size(pos2(area.right() - 24.0, area.center().y), vec2(24.0, 24.0));
    let place = egui::UiBuilder::new().max_rect(rect).id_salt(("close notice", notice as u8));
    let close = ui.scope_builder(place, |ui| widgets::close_button_ui(ui, theme, "Close the notice"));
    if close.inner.on_hover_text("Close the notice").clicked() {
        actions.push(Action::CloseNotice(notice));
    }
}
