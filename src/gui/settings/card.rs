//! The card on how articles are set and how the window looks, under the menu at the upper right.
//!
//! Every control works at once on what is behind the card. It stays open while one reads on; Escape or its key closes it.

use egui::{
    Align2, Event, FontId, Frame, Id, Margin, Order, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2,
};

use super::{Appearance, Face, LineHeight, Measure, Reading, Settings};
use crate::gui::action::Action;
use crate::gui::theme::{self, Theme, shape, size, space};
use crate::gui::widgets::{self, checkbox_ui, focus_ring, text_at};

const WIDTH: f32 = 316.0;
/// Where the controls begin, at the right of their names.
const NAMES: f32 = 84.0;
const CONTROL: f32 = 28.0;

/// Shows the card where it is open; changes the settings in place.
pub fn card_ui(ui: &Ui, theme: &Theme, settings: &mut Settings, is_open: &mut bool) {
    if !*is_open {
        return;
    }
    let area = ui.ctx().content_rect();
    let id = Id::unique("reading settings");
    let place = egui::Area::new(id).order(Order::Foreground).constrain_to(area);
    let frame = Frame::NONE
        .fill(theme.raise)
        .stroke(Stroke::new(shape::HAIRLINE, theme.rule2))
        .corner_radius(shape::CARD_RADIUS)
        .shadow(theme.card_shadow())
        .inner_margin(Margin::symmetric(18, 14));
    place.anchor(Align2::RIGHT_TOP, vec2(-12.0, space::TOP_BAR + 4.0)).show(ui.ctx(), |ui| {
        frame.show(ui, |ui| {
            let width = (WIDTH - 36.0).min(area.width() - 60.0);
            ui.set_width(width);
            let room = area.height() - space::TOP_BAR - 60.0;
            egui::ScrollArea::vertical().max_height(room).min_scrolled_height(room).show(ui, |ui| {
                ui.spacing_mut().item_spacing = vec2(8.0, 7.0);
                head_ui(ui, theme, settings, is_open);
                articles_ui(ui, theme, &mut settings.reading, widgets::is_new(ui, id));
                rule_ui(ui, theme);
                window_ui(ui, theme, settings);
            });
        });
    });
}

fn head_ui(ui: &mut Ui, theme: &Theme, settings: &mut Settings, is_open: &mut bool) {
    ui.horizontal(|ui| {
        let heading = egui::RichText::new(Action::ReadingSettings.label()).font(theme::serif_bold(16.5));
        ui.label(heading).widget_info(|| WidgetInfo::labeled(Role::Heading, true, Action::ReadingSettings.label()));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let close = widgets::close_button_ui(ui, theme, "Close the reading settings");
            if close.on_hover_text("Close (Esc)").clicked() {
                *is_open = false;
            }
            // There is nothing to reset where nothing was changed.
            if *settings != Settings::default() {
                let reset = widgets::link_ui(ui, theme, "Reset");
                if reset.on_hover_text("All as at the first start; these settings hold in every project").clicked() {
                    *settings = Settings::default();
                }
            }
        });
    });
}

fn articles_ui(ui: &mut Ui, theme: &Theme, reading: &mut Reading, is_new: bool) {
    row_ui(ui, theme, "Size", |ui| {
        let says = percent(reading.text_size);
        let steps = stepper_ui(ui, theme, ["Smaller words", "Larger words"], &says, is_new);
        reading.resize(steps);
    });
    row_ui(ui, theme, "Letters", |ui| {
        let options =
            [("Serif", Face::Serif, theme::serif(size::LABEL)), ("Sans", Face::Sans, theme::sans_medium(size::UI))];
        segments_ui(ui, theme, "Letters", &options, &mut reading.face);
    });
    row_ui(ui, theme, "Columns", |ui| {
        let options = [("Narrow", Measure::Narrow), ("Normal", Measure::Normal), ("Wide", Measure::Wide)];
        segments_ui(ui, theme, "Columns", &in_sans(options), &mut reading.measure);
    });
    row_ui(ui, theme, "Lines", |ui| {
        let options = [("Tight", LineHeight::Tight), ("Normal", LineHeight::Normal), ("Loose", LineHeight::Loose)];
        segments_ui(ui, theme, "Lines", &in_sans(options), &mut reading.line_height);
    });
}

fn window_ui(ui: &mut Ui, theme: &Theme, settings: &mut Settings) {
    row_ui(ui, theme, "Colors", |ui| {
        let options = [("System", Appearance::System), ("Light", Appearance::Light), ("Dark", Appearance::Dark)];
        segments_ui(ui, theme, "Colors", &in_sans(options), &mut settings.appearance);
    });
    row_ui(ui, theme, "Window", |ui| {
        let says = percent(settings.zoom);
        let steps = stepper_ui(ui, theme, ["Smaller window", "Larger window"], &says, false);
        settings.zoom_by(steps);
    });
    ui.horizontal(|ui| {
        checkbox_ui(ui, theme, &mut settings.is_high_contrast, "High contrast")
            .on_hover_text("Stronger ink, rules and borders, and a wider ring around what has the keyboard");
        ui.add_space(16.0);
        checkbox_ui(ui, theme, &mut settings.is_still, "No motion")
            .on_hover_text("Lists jump to where they go, and the caret does not blink; nothing else moves anyhow");
    });
}

/// "110 %".
fn percent(share: f32) -> String {
    format!("{:.0} %", share * 100.0)
}

fn rule_ui(ui: &mut Ui, theme: &Theme) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 7.0), Sense::hover());
    let y = ui.painter().round_to_pixel_center(rect.center().y);
    ui.painter().hline(rect.x_range(), y, theme.hairline());
}

/// A name, and its controls in the column of controls.
fn row_ui(ui: &mut Ui, theme: &Theme, name: &str, add_controls: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(NAMES - 8.0, CONTROL), Sense::hover());
        text_at(ui.painter(), rect.left_center(), Align2::LEFT_CENTER, name, theme::sans(size::UI), theme.ink2);
        add_controls(ui);
    });
}

/// Less, how much it is, more. Returns the steps that were asked for.
fn stepper_ui(ui: &mut Ui, theme: &Theme, [less, more]: [&str; 2], says: &str, is_new: bool) -> f32 {
    let width = ui.available_width();
    let (rect, _) = ui.allocate_exact_size(vec2(width, CONTROL), Sense::hover());
    let border = Stroke::new(shape::HAIRLINE, theme.rule2);
    ui.painter().rect(rect, shape::CONTROL_RADIUS, theme.raise, border, StrokeKind::Inside);
    text_at(ui.painter(), rect.center(), Align2::CENTER_CENTER, says, theme::sans_bold(size::UI), theme.ink);
    let third = rect.width() / 3.0;
    let sides =
        [(less, rect.with_max_x(rect.left() + third), -1.0), (more, rect.with_min_x(rect.right() - third), 1.0)];
    let mut steps = 0.0;
    for (idx, (name, place, step)) in sides.into_iter().enumerate() {
        let response = ui.interact(place, ui.scope_id().with(name), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{name}, now {says}")));
        // Who opens the card by its key goes on with the keyboard.
        if is_new && idx == 0 && ui.input(|input| input.events.iter().any(|it| matches!(it, Event::Key { .. }))) {
            response.request_focus();
        }
        if response.hovered() {
            ui.painter().rect_filled(place.shrink(2.0), shape::BADGE_RADIUS, theme.chrome);
        }
        let center = place.center();
        let stroke = Stroke::new(shape::MARK_STROKE, theme.ink);
        ui.painter().hline(center.x - 4.5..=center.x + 4.5, center.y, stroke);
        if step > 0.0 {
            ui.painter().vline(center.x, center.y - 4.5..=center.y + 4.5, stroke);
        }
        focus_ring(ui.painter(), theme, &response);
        if response.clicked() {
            steps = step;
        }
    }
    steps
}

fn in_sans<T: Copy, const N: usize>(options: [(&'static str, T); N]) -> [(&'static str, T, FontId); N] {
    options.map(|(name, value)| (name, value, theme::sans_medium(size::UI)))
}

/// A row of choices, one of which holds.
fn segments_ui<T: Copy + PartialEq>(
    ui: &mut Ui,
    theme: &Theme,
    of: &str,
    options: &[(&'static str, T, FontId)],
    value: &mut T,
) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), CONTROL), Sense::hover());
    let border = Stroke::new(shape::HAIRLINE, theme.rule2);
    ui.painter().rect(rect, shape::CONTROL_RADIUS, theme.raise, border, StrokeKind::Inside);
    let width = rect.width() / options.len().max(1) as f32;
    for (idx, (name, option, font)) in options.iter().enumerate() {
        let left = rect.left() + width * idx as f32;
        let place = Rect::from_min_max(egui::pos2(left, rect.top()), egui::pos2(left + width, rect.bottom()));
        let is_chosen = *value == *option;
        let response = ui.interact(place, ui.scope_id().with((of, *name)), Sense::click());
        let spoken = format!("{of}: {}", name.to_lowercase());
        response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, is_chosen, &spoken));
        let ground = place.shrink(2.0);
        if is_chosen {
            let stroke = Stroke::new(shape::HAIRLINE, theme.accent);
            ui.painter().rect(ground, shape::BADGE_RADIUS, theme.sel, stroke, StrokeKind::Inside);
        } else if response.hovered() {
            ui.painter().rect_filled(ground, shape::BADGE_RADIUS, theme.chrome);
        }
        let color = if is_chosen { theme.ink } else { theme.ink2 };
        text_at(ui.painter(), place.center(), Align2::CENTER_CENTER, name, font.clone(), color);
        focus_ring(ui.painter(), theme, &response);
        if response.clicked() {
            *value = *option;
        }
    }
}
