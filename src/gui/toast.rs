//! A line over the lower edge that tells what happened, with one thing to do about it, and goes away by itself.

use egui::{Align2, Frame, Id, Margin, Rect, RichText, Role, Stroke, Ui, WidgetInfo, vec2};

use super::action::Action;
use super::desk::Desk;
use super::theme::{self, Theme, shape, size};
use super::widgets;

/// How long it stays, in seconds: time to read it twice and to reach its link.
const STAYS_SECS: f64 = 9.0;

/// Widest line in points.
const WIDEST: f32 = 620.0;

/// Shows the line over the lower edge of `area`.
pub fn toast_ui(ui: &Ui, theme: &Theme, desk: &mut Desk, area: Rect, actions: &mut Vec<Action>) {
    let Some(toast) = &mut desk.state.toast else { return };
    let now = ui.input(|input| input.time);
    let since = *toast.since.get_or_insert(now);
    let place = egui::Area::new(Id::unique("toast")).order(egui::Order::Foreground).constrain_to(area);
    let shown = place.anchor(Align2::CENTER_BOTTOM, vec2(0.0, area.bottom() - ui.ctx().content_rect().bottom() - 12.0));
    let frame = Frame::NONE
        .fill(theme.raise)
        .stroke(Stroke::new(shape::HAIRLINE, theme.rule2))
        .corner_radius(7.0)
        .shadow(theme.card_shadow())
        .inner_margin(Margin::symmetric(14, 8));
    let response = shown.show(ui.ctx(), |ui| {
        frame
            .show(ui, |ui| {
                ui.set_max_width((area.width() - 64.0).min(WIDEST));
                ui.horizontal(|ui| {
                    let room = ui.available_width() - 150.0;
                    ui.scope(|ui| {
                        ui.set_max_width(room.max(120.0));
                        let words = RichText::new(&toast.words).font(theme::sans(size::UI)).color(theme.ink);
                        let label = ui.add(egui::Label::new(words).wrap());
                        label.widget_info(|| WidgetInfo::labeled(Role::Status, true, &toast.words));
                    });
                    let link = toast.link.as_ref().map(|(label, action)| (widgets::link_ui(ui, theme, label), action));
                    let close = close_ui(ui, theme, actions);
                    if let Some((_, action)) = link.as_ref().filter(|(link, _)| link.clicked()) {
                        actions.push((*action).clone());
                        actions.push(Action::CloseToast);
                    }
                    close.has_focus() || link.is_some_and(|(link, _)| link.has_focus())
                })
                .inner
            })
            .inner
    });
    let left = STAYS_SECS - (now - since);
    // It waits for the pointer on it, and for the keyboard in it.
    if response.response.contains_pointer() || response.inner {
        toast.since = Some(now);
    } else if left <= 0.0 {
        desk.state.toast = None;
    }
    ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(left.max(0.1)));
}

fn close_ui(ui: &mut Ui, theme: &Theme, actions: &mut Vec<Action>) -> egui::Response {
    let response = widgets::close_button_ui(ui, theme, "Close the message");
    let response = response.on_hover_text("Close the message (Esc)");
    if response.clicked() {
        actions.push(Action::CloseToast);
    }
    response
}
