//! The change cards: label, two dated quotations with their word diff, the reason, and what the reader can say to it.

use egui::{Rect, ScrollArea, Sense, Stroke, Ui, UiBuilder, Vec2};

use super::spoken;
use crate::analysis::statements::{Quotation, Statement};
use crate::gui::Scene;
use crate::gui::action::Action;
use crate::gui::changes::{self, Change, StatementIndex};
use crate::gui::diff_text::paint::{Style, Words, layout};
use crate::gui::diff_text::{Run, Side, clip, quoted, runs, side_marks};
use crate::gui::review::{Place, review_ui};
use crate::gui::said::{Dated, statement_day};
use crate::gui::state::PositionsState;
use crate::gui::theme::{self, shape, size};
use crate::gui::widgets::{badge_ui, focus_ring, label_ui, link_ui, number_tag_ui};
use crate::report::briefing::Subject;
use crate::report::confidence_words;

/// Cards are at least this wide; a window shows as many as fit.
const MIN_WIDTH: f32 = 440.0;
/// A line longer than this is hard to read; a lone card leaves the rest empty.
const MAX_WIDTH: f32 = 660.0;
/// Height of the line of buttons with its margins.
const FOOT: f32 = 48.0;
/// Room that the last of the buttons needs.
const COPY_ROOM: f32 = 48.0;
/// From here on quotations are set larger.
const WIDE_WINDOW: f32 = 1600.0;

/// Draws the cards into `rect`, side by side; the row scrolls where there are more than fit.
pub fn cards_ui(
    ui: &mut Ui,
    scene: &Scene,
    changes: &[Change],
    state: &mut PositionsState,
    current: Option<Change>,
    rect: Rect,
    actions: &mut Vec<Action>,
) {
    let statements = StatementIndex::new(scene);
    ui.painter().rect_filled(rect, 0.0, scene.theme.chrome);
    ui.painter().hline(rect.x_range(), ui.painter().round_to_pixel_center(rect.top()), scene.theme.hairline());
    let n_fit = (rect.width() / MIN_WIDTH).floor().max(1.0);
    let width = (rect.width() / n_fit).min(MAX_WIDTH.max(rect.width() / n_fit.max(2.0)));
    let is_wide = rect.width() >= WIDE_WINDOW;
    let current_id = current.map(|change| change.shift.id);
    let must_reveal = current_id.is_some() && state.revealed != current_id;
    state.revealed = current_id;
    ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
        ui.spacing_mut().item_spacing = Vec2::ZERO;
        ScrollArea::horizontal().id_salt("cards").auto_shrink(false).show_viewport(ui, |ui, viewport| {
            let total = Vec2::new(width * changes.len() as f32, rect.height());
            let (strip, _) = ui.allocate_exact_size(total, Sense::hover());
            for (idx, change) in changes.iter().enumerate() {
                let left = idx as f32 * width;
                let place = Rect::from_min_size(strip.min + Vec2::new(left, 0.0), Vec2::new(width, rect.height()));
                let is_current = current_id == Some(change.shift.id);
                if is_current && must_reveal {
                    ui.scroll_to_rect(place, None);
                }
                if left + width < viewport.left() || left > viewport.right() {
                    continue;
                }
                card_ui(ui, scene, &statements, change, CardLook { place, is_current, is_wide }, actions);
            }
        });
    });
}

#[derive(Clone, Copy)]
struct CardLook {
    place: Rect,
    is_current: bool,
    is_wide: bool,
}

fn card_ui(
    ui: &mut Ui,
    scene: &Scene,
    statements: &StatementIndex,
    change: &Change,
    look: CardLook,
    actions: &mut Vec<Action>,
) {
    let theme = scene.theme;
    let CardLook { place, is_current, is_wide } = look;
    let response = ui.interact(place, ui.scope_id().with(("card", change.shift.id)), Sense::click());
    let subject = changes::theme_label(scene, &change.shift.theme);
    let name = format!("card {}: {}, {subject}, {}", change.number, change.label().words(), change.status());
    let whole = || format!("{name}; {}; {}", spoken::sides(scene, change), reason(scene, change));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Button, true, whole()));
    super::super::widgets::scroll_to_focus(&response);
    if response.clicked() {
        actions.push(Action::SelectShift(change.shift.id));
    }
    let ground = if is_current { theme.paper } else { theme.chrome };
    let painter = ui.painter();
    painter.rect_filled(place, 0.0, ground);
    painter.vline(painter.round_to_pixel_center(place.right() - 1.0), place.y_range(), theme.hairline());
    if is_current || response.has_focus() {
        let stroke = Stroke::new(shape::STRONG_STROKE, theme.accent);
        painter.hline(place.x_range(), place.top() + 1.0, stroke);
    }
    if response.has_focus() {
        let stroke = Stroke::new(shape::STRONG_STROKE, theme.accent);
        painter.rect_stroke(place.shrink(2.0), shape::MARK_RADIUS, stroke, egui::StrokeKind::Inside);
    }
    let inner = place.shrink2(Vec2::new(24.0, 0.0));
    let body = Rect::from_min_max(inner.min + Vec2::new(0.0, 12.0), inner.max - Vec2::new(0.0, FOOT));
    let foot = Rect::from_min_max(egui::pos2(inner.left(), inner.bottom() - FOOT + 8.0), inner.max);
    ui.push_id(change.shift.id, |ui| {
        ui.scope_builder(UiBuilder::new().max_rect(body).accessibility_label(name.clone()), |ui| {
            if change.is_dismissed() {
                ui.multiply_opacity(0.65);
            }
            ui.spacing_mut().item_spacing = Vec2::new(8.0, 5.0);
            ui.spacing_mut().interact_size.y = size::SMALL_LINE;
            let scrolled = ScrollArea::vertical().id_salt("body").auto_shrink(false).show(ui, |ui| {
                heading_ui(ui, scene, change, subject, is_wide);
                let style = Style {
                    size: if is_wide { size::CARD_QUOTE_WIDE } else { size::CARD_QUOTE },
                    ground,
                    is_reported: false,
                };
                let n_lines = ((body.height() - 96.0) / (2.0 * style.size.1)).floor().clamp(2.0, 4.0);
                quotations_ui(ui, scene, statements, change, (style, n_lines), actions);
                label_wrapped_ui(ui, scene, &reason(scene, change)).on_hover_text(change.shift.grounds.words());
                if !change.note().is_empty() {
                    label_wrapped_ui(ui, scene, &format!("Note: {}", change.note()));
                }
            });
            if scrolled.content_size.y - scrolled.state.clamped_offset().y > body.height() + 1.0 {
                // More stands below than the card is tall.
                let y = ui.painter().round_to_pixel_center(body.bottom());
                ui.painter().hline(body.x_range(), y, theme.hairline());
            }
        });
        if scene.is_page {
            return;
        }
        ui.scope_builder(UiBuilder::new().max_rect(foot), |ui| {
            let place = if is_current { Place::CurrentCard } else { Place::OtherCard };
            foot_ui(ui, scene, change, place, actions);
        });
    });
}

fn heading_ui(ui: &mut Ui, scene: &Scene, change: &Change, subject: &str, is_wide: bool) {
    let theme = scene.theme;
    ui.horizontal(|ui| {
        number_tag_ui(ui, theme, change.number);
        let label_size = if is_wide { size::LABEL_WIDE } else { size::LABEL };
        label_ui(ui, change.label().words(), theme::sans_bold(label_size), theme.ink);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            badge_ui(ui, theme, change.status());
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                let text = egui::RichText::new(subject).font(theme::sans(size::UI)).color(theme.ink2);
                ui.add(egui::Label::new(text).truncate());
            });
        });
    });
}

fn quotations_ui(
    ui: &mut Ui,
    scene: &Scene,
    statements: &StatementIndex,
    change: &Change,
    (style, n_lines): (Style, f32),
    actions: &mut Vec<Action>,
) {
    let sides = [(change.shift.old, Side::Old), (change.shift.new, Side::New)];
    for (id, side) in sides {
        let Some(statement) = id.and_then(|id| statements.get(id)) else { continue };
        let Some(document) = scene.corpus.get(statement.document) else { continue };
        let outlet = document.outlet.as_ref().map_or(document.name(), |outlet| outlet.name.as_str());
        dated_ui(ui, scene, &statement_day(document, statement), outlet);
        let width = ui.available_width();
        let marks = side_marks(&change.shift.diff, side);
        let whole = runs(&document.text, &statement.content, &marks);
        let style = Style { is_reported: is_reported(statement), ..style };
        let paragraph = fit(ui, scene, &whole, statement, style, (width - 4.0, n_lines));
        let (rect, response) = ui.allocate_exact_size(Vec2::new(width, paragraph.size().y), Sense::click());
        response
            .widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Button, true, paragraph.galley.text()));
        paragraph.paint(ui.painter(), scene.theme, rect.min, &[]);
        focus_ring(ui.painter(), scene.theme, &response);
        let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
        if response.on_hover_text("The statement: why it stands so, and how to change it").clicked() {
            actions.push(Action::ShowStatement(statement.id));
        }
    }
}

/// The quotation in at most `n_lines` lines: what does not fit is left out and said to be.
fn fit(
    ui: &Ui,
    scene: &Scene,
    whole: &[Run],
    statement: &Statement,
    style: Style,
    (width, n_lines): (f32, f32),
) -> Words {
    // Source Serif sets about 2.2 characters in the width of its type size; a narrow line takes fewer.
    let mut n_chars = n_lines * width / style.size.0 * 2.2;
    loop {
        let words = quoted(clip(whole.to_vec(), n_chars as usize), statement.quotation);
        let paragraph = layout(ui.painter(), scene.theme, &words, style, width);
        if paragraph.galley.rows.len() as f32 <= n_lines || n_chars < 40.0 {
            return paragraph;
        }
        n_chars *= 0.92;
    }
}

/// Do the words stand without quotation marks?
pub fn is_reported(statement: &Statement) -> bool {
    statement.quotation != Quotation::Direct
}

/// The line over a quotation: when and where.
fn dated_ui(ui: &mut Ui, scene: &Scene, dated: &Dated, outlet: &str) {
    let theme = scene.theme;
    ui.add_space(2.0);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = Vec2::new(6.0, 1.0);
        if dated.is_estimate {
            let response = label_ui(ui, "est.", theme::sans(size::DATE), theme.ink2);
            let y = ui.painter().round_to_pixel_center(response.rect.center().y + 0.6 * size::DATE);
            let line = [egui::pos2(response.rect.left(), y), egui::pos2(response.rect.right(), y)];
            ui.painter().extend(egui::Shape::dotted_line(&line, theme.ink2, 3.0, 0.6));
            if let Some(interval) = &dated.interval {
                response.on_hover_text(interval);
            }
        }
        label_ui(ui, &dated.day, theme::sans_bold(size::DATE), theme.ink);
        label_ui(ui, outlet, theme::sans(size::DATE), theme.dim);
        if !dated.note.is_empty() {
            label_ui(ui, dated.note, theme::sans(size::DATE), theme.dim);
        }
    });
}

fn label_wrapped_ui(ui: &mut Ui, scene: &Scene, text: &str) -> egui::Response {
    ui.add_space(3.0);
    let text = egui::RichText::new(text).font(theme::sans(size::SMALL)).color(scene.theme.ink2);
    ui.add(egui::Label::new(text).wrap())
}

/// "same formula, other object · rule R7 · confidence high".
fn reason(scene: &Scene, change: &Change) -> String {
    let shift = change.shift;
    let mut parts = Vec::new();
    if !shift.reason.is_empty() {
        parts.push(shift.reason.clone());
    }
    if let Some(number) = changes::same_pair(scene, change) {
        parts.push(format!("the two statements of change {number}, for this theme"));
    }
    if shift.is_aligned_by_hand {
        parts.push("put side by side by hand".to_owned());
    }
    if change.label() != shift.label {
        parts.push(format!("rules said {}", shift.label.words()));
    }
    if shift.is_conditional {
        parts.push("a condition appears".to_owned());
    }
    if shift.old.is_some() && shift.new.is_some() && shift.diff.is_empty() {
        parts.push("too unlike to compare word by word".to_owned());
    }
    parts.push(format!("rule {}", shift.rule));
    parts.push(format!("confidence {}", confidence_words(shift.confidence)));
    parts.join("  ·  ")
}

fn foot_ui(ui: &mut Ui, scene: &Scene, change: &Change, place: Place, actions: &mut Vec<Action>) {
    ui.spacing_mut().item_spacing.x = 8.0;
    ui.horizontal(|ui| {
        review_ui(ui, scene, change, place, actions);
        if let (Some(old), Some(new)) = (change.shift.old, change.shift.new)
            && link_ui(ui, scene.theme, "Compare").clicked()
        {
            actions.push(Action::SelectShift(change.shift.id));
            actions.push(Action::ComparePair(old, new));
        }
        let brief = link_ui(ui, scene.theme, Action::ToBriefing.label()).on_hover_text(Action::ToBriefing.keys());
        if brief.clicked() {
            actions.push(Action::Brief(Subject::Shift(change.shift.id)));
        }
        if ui.available_width() >= COPY_ROOM {
            let copy = link_ui(ui, scene.theme, "Copy").on_hover_text("Both statements with their sources; Ctrl C");
            if copy.clicked() {
                let statements: Vec<_> = [change.shift.old, change.shift.new].into_iter().flatten().collect();
                actions.push(Action::CopyStatements { n_shown: statements.len(), statements });
            }
        }
    });
}

/// Height the cards want in a window of `width` points.
pub fn wanted_height(width: f32) -> f32 {
    let (n_lines, line) = if width >= WIDE_WINDOW { (7.0, size::CARD_QUOTE_WIDE.1) } else { (5.0, size::CARD_QUOTE.1) };
    n_lines * line + 96.0 + FOOT
}
