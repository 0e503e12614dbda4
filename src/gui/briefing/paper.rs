//! The page: the pixels that will be saved, as large as fits, with what can be done with them, and the page in words for
//! those who do not see it.

use std::sync::Arc;

use egui::{
    Align, Button, ColorImage, Id, Layout, Margin, Rect, Response, RichText, Role, ScrollArea, Sense, Stroke,
    StrokeKind, TextEdit, TextureHandle, TextureOptions, Ui, UiBuilder, Vec2, WidgetInfo, pos2, vec2,
};

use super::choices::BriefingState;
use super::maker::{Briefed, Page};
use super::pane::proposed_ui;
use super::place;
use super::saving::PageFormat;
use super::setting::Trouble;
use crate::gui::Scene;
use crate::gui::action::Action;
use crate::gui::state::ImageSize;
use crate::gui::theme::{self, Theme, shape, size};
use crate::gui::widgets::{focus_ring, label_ui, link_ui, primary_button_ui};
use crate::report::briefing::{BriefError, Kind};

/// Fills `ui` with the page and what belongs to it; it scrolls where the window is low.
pub fn paper_ui(ui: &mut Ui, scene: &Scene<'_>, state: &mut BriefingState, actions: &mut Vec<Action>) {
    let area = ui.max_rect();
    let at = place::page(area, ui.pixels_per_point());
    note_width(ui, state, at);
    ScrollArea::vertical().id_salt("briefing page").auto_shrink(false).show(ui, |ui| {
        let made = state.made.clone();
        let top = ui.max_rect().top();
        let at = at.translate(vec2(0.0, top - area.top()));
        ui.allocate_rect(at, Sense::hover());
        match made.as_deref().map(|made| &made.briefed) {
            None => blank_ui(ui, scene.theme, at),
            Some(Err(error)) => nothing_ui(ui, scene.theme, state.kind, error, at),
            Some(Ok(briefed)) => {
                match &briefed.page {
                    Ok(page) => page_ui(ui, scene.theme, briefed, page, at),
                    Err(trouble) => trouble_ui(ui, scene.theme, state, trouble, at),
                }
                let below = Rect::from_x_y_ranges(at.x_range(), at.bottom() + 15.0..=f32::INFINITY);
                ui.scope_builder(UiBuilder::new().max_rect(below), |ui| {
                    if let Ok(page) = &briefed.page {
                        row_ui(ui, scene.theme, state, page, actions);
                        ui.add_space(18.0);
                    }
                    description_ui(ui, scene.theme, state, briefed);
                    ui.add_space(24.0);
                });
            }
        }
    });
}

/// Notes how wide the page is drawn, so that it is made with as many pixels.
pub fn note_width(ui: &Ui, state: &mut BriefingState, at: Rect) {
    let max_side = ui.input(|input| input.max_texture_side);
    let width = Some(place::pixels(at, ui.pixels_per_point(), max_side));
    if state.width != width {
        state.width = width;
        ui.ctx().request_repaint();
    }
}

/// Before the first page is made.
fn blank_ui(ui: &Ui, theme: &Theme, at: Rect) {
    paper(ui, theme, at);
    let response = ui.interact(at, ui.scope_id().with("page"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, "The page is being made"));
}

/// A page is white in the dark as well.
fn paper(ui: &Ui, theme: &Theme, at: Rect) {
    let edge = Stroke::new(shape::HAIRLINE, theme.rule2);
    ui.painter().rect(at, 0.0, theme::PAGE, edge, StrokeKind::Outside);
}

fn page_ui(ui: &Ui, theme: &Theme, briefed: &Briefed, page: &Page, at: Rect) {
    paper(ui, theme, at);
    let texture = texture(ui, &page.image);
    let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
    ui.painter().image(texture.id(), at, whole, theme::PAGE);
    let response = ui.interact(at, ui.scope_id().with("page"), Sense::hover());
    let name = format!("{}. {}", briefed.briefing.headline, briefed.briefing.description);
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &name));
}

/// The image on the graphics card; it goes there when it is another one than before.
fn texture(ui: &Ui, image: &Arc<ColorImage>) -> TextureHandle {
    type Held = (Arc<ColorImage>, TextureHandle);
    let id = Id::unique("briefing page");
    if let Some((known, texture)) = ui.data(|data| data.get_temp::<Held>(id))
        && Arc::ptr_eq(&known, image)
    {
        return texture;
    }
    let texture = ui.ctx().load_texture("briefing page", Arc::clone(image), TextureOptions::LINEAR);
    ui.data_mut(|data| data.insert_temp::<Held>(id, (Arc::clone(image), texture.clone())));
    texture
}

/// In the place of the page, where there is nothing to put on it.
fn nothing_ui(ui: &mut Ui, theme: &Theme, kind: Kind, error: &BriefError, at: Rect) {
    ui.painter().rect_stroke(at, 0.0, Stroke::new(shape::HAIRLINE, theme.rule2), StrokeKind::Outside);
    let (says, helps) = match error {
        BriefError::NoArticles => ("No article to brief on", "Drop articles anywhere on the window, or open some."),
        BriefError::Gone | BriefError::NoSuch { .. } => ("This finding is no longer there", "Choose another one."),
        BriefError::Failed => ("This page could not be made", "Choose another template, or another finding."),
        BriefError::NothingToBrief(_) => (missing(kind), "Drop more articles, or choose another template."),
    };
    ui.scope_builder(UiBuilder::new().max_rect(at.shrink(16.0)), |ui| {
        crate::gui::widgets::empty_ui(ui, theme, says, helps);
    });
}

fn missing(kind: Kind) -> &'static str {
    match kind {
        Kind::Shift => "These articles show no change",
        Kind::Timeline => "These articles show no theme over time",
        Kind::Phrase => "No phrase comes back in these articles",
        Kind::SideBySide => "These articles show no two statements to put side by side",
        Kind::Matrix => "These articles show no themes of an actor",
        Kind::Sources => "There is no article to list",
    }
}

/// In the place of the page, where its template does not make one.
fn trouble_ui(ui: &mut Ui, theme: &Theme, state: &mut BriefingState, trouble: &Trouble, at: Rect) {
    ui.painter().rect(at, 0.0, theme.raise, Stroke::new(shape::HAIRLINE, theme.rule2), StrokeKind::Outside);
    let inner = at.shrink2(vec2((at.width() * 0.08).min(64.0), (at.height() * 0.12).min(56.0)));
    ui.scope_builder(UiBuilder::new().max_rect(inner), |ui| {
        ui.spacing_mut().item_spacing = vec2(12.0, 8.0);
        label_ui(ui, "This page can’t be made", theme::sans_bold(size::LABEL), theme.ink);
        if let Some(place) = &trouble.place {
            label_ui(ui, place, theme::mono(size::DATE), theme.ink2);
        }
        ui.add(egui::Label::new(RichText::new(&trouble.what).font(theme::sans(size::UI))).wrap());
        let next = RichText::new(&trouble.next_step).font(theme::sans(size::UI)).color(theme.ink2);
        ui.add(egui::Label::new(next).wrap());
        ui.horizontal(|ui| {
            let again = ui.button("Try again").on_hover_text("Reads the template anew");
            focus_ring(ui.painter(), theme, &again);
            if again.clicked() {
                state.n_tries += 1;
            }
            if state.templates.contains_key(&state.kind) {
                let other = link_ui(ui, theme, "Use the template that comes with the program");
                focus_ring(ui.painter(), theme, &other);
                if other.clicked() {
                    state.templates.remove(&state.kind);
                }
            }
        });
    });
}

/// Which page it is, the way to the others, and what it can become.
fn row_ui(ui: &mut Ui, theme: &Theme, state: &mut BriefingState, page: &Page, actions: &mut Vec<Action>) {
    let width = ui.available_width();
    let line = vec2(width, 26.0);
    let pages = |ui: &mut Ui, state: &mut BriefingState| {
        ui.spacing_mut().item_spacing.x = 6.0;
        pages_ui(ui, theme, state, page);
    };
    let buttons = |ui: &mut Ui, state: &mut BriefingState, actions: &mut Vec<Action>| {
        ui.spacing_mut().item_spacing.x = 6.0;
        buttons_ui(ui, theme, state, actions);
    };
    if width >= place::ONE_ROW_FROM {
        ui.allocate_ui_with_layout(line, Layout::left_to_right(Align::Center), |ui| {
            pages(ui, state);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| buttons(ui, state, actions));
        });
        return;
    }
    ui.allocate_ui_with_layout(line, Layout::left_to_right(Align::Center), |ui| pages(ui, state));
    ui.add_space(8.0);
    ui.allocate_ui_with_layout(line, Layout::right_to_left(Align::Center), |ui| buttons(ui, state, actions));
}

fn pages_ui(ui: &mut Ui, theme: &Theme, state: &mut BriefingState, page: &Page) {
    let words = format!("Page {} of {}, {}", page.idx + 1, page.n_pages, state.size.words());
    label_ui(ui, &words, theme::sans(size::DATE), theme.ink2);
    if page.n_pages < 2 {
        return;
    }
    ui.add_space(6.0);
    let previous = arrow_ui(ui, theme, "Previous page", false, page.idx > 0);
    let next = arrow_ui(ui, theme, "Next page", true, page.idx + 1 < page.n_pages);
    if previous.clicked() {
        state.page_idx = page.idx.saturating_sub(1);
    }
    if next.clicked() {
        state.page_idx = page.idx + 1;
    }
}

/// A small button with an arrowhead.
fn arrow_ui(ui: &mut Ui, theme: &Theme, name: &str, is_next: bool, is_enabled: bool) -> Response {
    ui.add_enabled_ui(is_enabled, |ui| {
        let (rect, response) = ui.allocate_exact_size(Vec2::splat(26.0), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, is_enabled, name));
        let stroke = ui.style().interact(&response).bg_stroke;
        ui.painter().rect(rect, shape::CONTROL_RADIUS, theme.raise, stroke, StrokeKind::Inside);
        let dx = if is_next { 2.0 } else { -2.0 };
        let head = [vec2(-dx, -4.0), vec2(dx, 0.0), vec2(-dx, 4.0)].map(|at| rect.center() + at);
        let color = if is_enabled { theme.ink } else { theme.rule2 };
        ui.painter().line(head.to_vec(), Stroke::new(shape::MARK_STROKE, color));
        focus_ring(ui.painter(), theme, &response);
        response.on_hover_text(name)
    })
    .inner
}

/// From right to left: the first choice, the others, and all that is asked for less often.
fn buttons_ui(ui: &mut Ui, theme: &Theme, state: &mut BriefingState, actions: &mut Vec<Action>) {
    let tip = format!("{} ({})", PageFormat::PNG.says(), Action::SaveImage.keys());
    let png = primary_button_ui(ui, theme, "Save PNG").on_hover_text(tip);
    if png.clicked() {
        actions.push(Action::SavePage(PageFormat::PNG));
    }
    for (name, format) in [("PDF", PageFormat::PDF), ("SVG", PageFormat::SVG)] {
        let response = ui.button(name).on_hover_text(format.says());
        focus_ring(ui.painter(), theme, &response);
        if response.clicked() {
            actions.push(Action::SavePage(format));
        }
    }
    let copy = ui.button("Copy image").on_hover_text(Action::CopyImage.keys());
    focus_ring(ui.painter(), theme, &copy);
    if copy.clicked() {
        actions.push(Action::CopyImage);
    }
    more_ui(ui, theme, state, actions);
}

/// The menu of what has no button.
fn more_ui(ui: &mut Ui, theme: &Theme, state: &mut BriefingState, actions: &mut Vec<Action>) {
    let (rect, response) = ui.allocate_exact_size(vec2(30.0, 26.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "More for this page"));
    let stroke = ui.style().interact(&response).bg_stroke;
    ui.painter().rect(rect, shape::CONTROL_RADIUS, theme.raise, stroke, StrokeKind::Inside);
    for dx in [-6.0, 0.0, 6.0] {
        ui.painter().circle_filled(rect.center() + vec2(dx, 0.0), 1.6, theme.ink2);
    }
    focus_ring(ui.painter(), theme, &response);
    let response = response.on_hover_text("More for this page");
    egui::Popup::menu(&response).show(|ui| {
        ui.set_min_width(250.0);
        // As high as it is, or as the window lets it be.
        let room = ui.ctx().content_rect().height() - 80.0;
        ScrollArea::vertical()
            .max_height(room)
            .min_scrolled_height(room)
            .show(ui, |ui| menu_ui(ui, theme, state, actions));
    });
}

fn menu_ui(ui: &mut Ui, theme: &Theme, state: &mut BriefingState, actions: &mut Vec<Action>) {
    ui.spacing_mut().item_spacing.y = 2.0;
    let mut item = |ui: &mut Ui, name: &str, keys: String, action: Action| {
        let button = Button::new(name).shortcut_text(keys).frame(false);
        if ui.add_sized([ui.available_width(), 24.0], button).clicked() {
            actions.push(action);
            ui.close();
        }
    };
    item(ui, "Copy text with sources", Action::CopyQuotes.keys(), Action::CopyPageText);
    for (part, formats) in [("This finding", &PageFormat::OF_PAGE[..]), ("All findings", &PageFormat::OF_ALL)] {
        ui.separator();
        label_ui(ui, part, theme::sans(size::SMALL), theme.dim);
        for format in formats {
            item(ui, &format.words(), String::new(), Action::SavePage(*format));
        }
    }
    item(ui, "Statements and changes as tables…", String::new(), Action::Export);
    ui.separator();
    label_ui(ui, "Size of pictures", theme::sans(size::SMALL), theme.dim);
    for size in [ImageSize::FullHd, ImageSize::UltraHd] {
        ui.radio_value(&mut state.size, size, size.words());
    }
}

/// The page in words; the reader can write it anew.
fn description_ui(ui: &mut Ui, theme: &Theme, state: &mut BriefingState, briefed: &Briefed) {
    let own = state.own.of(&briefed.subject);
    let mut text = own.description.clone().unwrap_or_else(|| briefed.briefing.description.clone());
    let mut is_taken_back = false;
    ui.allocate_ui_with_layout(vec2(ui.available_width(), 18.0), Layout::left_to_right(Align::Center), |ui| {
        let name = "Description for those who do not see the picture";
        label_ui(ui, name, theme::sans_bold(size::DATE - 0.5), theme.ink2);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().button_padding = Vec2::ZERO;
            ui.spacing_mut().interact_size.y = 18.0;
            is_taken_back = own.description.is_some() && proposed_ui(ui, theme, "description");
        });
    });
    ui.add_space(6.0);
    let field = TextEdit::multiline(&mut text)
        .id(ui.scope_id().with(("description", format!("{:?}", briefed.subject))))
        .font(theme::sans(size::UI))
        .desired_rows(3)
        .desired_width(f32::INFINITY)
        .margin(Margin::symmetric(10, 6));
    let response = ui.add(field).accessible_name("Description");
    focus_ring(ui.painter(), theme, &response);
    if is_taken_back {
        state.edit_own(&briefed.subject, |own| own.description = None);
    } else if response.changed() {
        state.edit_own(&briefed.subject, |own| own.description = Some(text));
    }
}
