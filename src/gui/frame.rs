//! The whole frame: bars, list, view, sheets, and what shows while files hang over the window.

use egui::{
    Align, Align2, CentralPanel, Frame, Id, Layout, Panel, Rect, RichText, Role, Sense, Stroke, StrokeKind, Ui,
    WidgetInfo, pos2, vec2,
};

use super::action::{Action, KINDS};
use super::desk::Desk;
use super::settings::card;
use super::state::{Sheet, State, ViewKind};
use super::theme::{Theme, space};
use super::{
    briefing, compare, focus, library, menu, notice, palette, phrases, positions, reading, search, sheet, sidebar,
    theme, toast,
};
use crate::project::N_PINS;
use crate::text::numbers::number;

/// Widths that the tabs and the buttons at the right of the bar take.
const TABS: f32 = 392.0;
const RIGHT_BUTTONS: f32 = 158.0;
/// Width that Open and Paste take at its left.
const LEFT_BUTTONS: f32 = 140.0;
/// The narrowest field one can type in; where there is less room, it takes that of the tabs when it is used.
const LEAST_FIELD: f32 = 120.0;

/// In a window with less height, in points, a part of it may have next to none.
const LOW: f32 = 320.0;

/// Draws everything; asks through `actions`.
pub fn frame_ui(ui: &mut Ui, desk: &mut Desk, actions: &mut Vec<Action>) {
    let theme = Theme::current(ui.ctx());
    // A scroll bar that is shorter than the least length of its handle makes egui 0.37 panic where it is clicked on.
    if ui.max_rect().height() < LOW {
        ui.spacing_mut().scroll.handle_min_length = 1.0;
    }
    let bare = Frame::NONE.fill(theme.chrome);
    Panel::top("bar").exact_size(space::TOP_BAR).frame(bare).show_separator_line(false).show(ui, |ui| {
        top_bar_ui(ui, &theme, desk, actions);
    });
    Panel::bottom("status").exact_size(space::STATUS).frame(bare).show_separator_line(false).show(ui, |ui| {
        status_ui(ui, &theme, desk, actions);
    });
    let over = ui.available_rect_before_wrap();
    view_ui(ui, &theme, desk, actions);
    // The list stays in sight, so that one can go on choosing there; only the help needs its room in a narrow window.
    let is_help = matches!(desk.state.sheet, Some(Sheet::Help(_))) && over.width() < space::SIDE_LIST * 4.0;
    let list_width = if has_list(desk) && !is_help { space::SIDE_LIST } else { 0.0 };
    let over = over.with_min_x(over.left() + list_width);
    sheet::sheet_ui(ui, &theme, desk, over, actions);
    let free = sheet::free_area(desk, over);
    toast::toast_ui(ui, &theme, desk, free, actions);
    card::card_ui(ui, &theme, &mut desk.settings, &mut desk.state.is_settings_open);
    palette::palette_ui(ui, &theme, desk, actions);
    drop_ui(ui, &theme, desk);
    let State { sheet, library, is_settings_open, palette, .. } = &desk.state;
    let is_over = sheet.is_some()
        || library.is_open
        || *is_settings_open
        || palette.is_open()
        || egui::Popup::is_any_open(ui.ctx());
    focus::follow(ui.ctx(), is_over);
}

/// Does the list of articles and phrases stand at the left?
fn has_list(desk: &Desk) -> bool {
    let is_read = desk.state.view == ViewKind::Read && !desk.state.search.covers_view();
    is_read && desk.state.is_list_open && !desk.corpus().is_empty()
}

/// The list and the view without the bars: what a picture shows.
pub fn view_ui(ui: &mut Ui, theme: &Theme, desk: &mut Desk, actions: &mut Vec<Action>) {
    let has_list = has_list(desk);
    desk.state.library.is_analyzed = desk.is_current();
    // The state is lent to the views, which read the rest of the desk meanwhile.
    let mut state = std::mem::take(&mut desk.state);
    let scene = desk.scene(theme);
    // A place to be shown in Read brings its article into the columns.
    let wanted = state.reading.reveal.filter(|_| state.view == ViewKind::Read).map(|passage| passage.document);
    state.reading.follow(scene.corpus, scene.generation, wanted);
    state.positions.walk.is_low_half_hidden = matches!(state.sheet, Some(Sheet::Statement(_)));
    if has_list {
        let frame = Frame::NONE.fill(theme.chrome);
        let panel =
            Panel::left("list").exact_size(space::SIDE_LIST).resizable(false).frame(frame).show_separator_line(false);
        panel.show(ui, |ui| {
            sidebar::sidebar_ui(ui, &scene, &state.reading, &state.selection, actions);
            let right = ui.max_rect().right();
            ui.painter().vline(right - 0.5, ui.max_rect().y_range(), theme.hairline());
        });
    }
    if !scene.is_page {
        notice::notices_ui(ui, theme, &state.notices, actions);
    }
    CentralPanel::default().frame(Frame::NONE.fill(theme.paper)).show(ui, |ui| {
        if matches!(state.sheet, Some(Sheet::Help(_))) {
            // Nothing under it shows cards over it, or takes the keyboard.
            ui.disable();
        }
        let State { view, selection, reading, phrases, positions, compare, briefing, library, search, .. } = &mut state;
        if library.is_open {
            library::library_ui(ui, &scene, library, &mut reading.shown, actions);
            return;
        }
        match view {
            _ if search.covers_view() => search::search_ui(ui, &scene, search, actions),
            ViewKind::Read => reading::reading_ui(ui, &scene, reading, selection, actions),
            ViewKind::Phrases => phrases::phrases_ui(ui, &scene, phrases, selection, actions),
            ViewKind::Positions => positions::positions_ui(ui, &scene, positions, selection, actions),
            ViewKind::Compare => compare::compare_ui(ui, &scene, compare, selection, actions),
            ViewKind::Briefing => briefing::briefing_ui(ui, &scene, briefing, actions),
        }
    });
    desk.state = state;
}

const SAVE_IMAGE: &str = "Save image";

/// Below this width the tabs move closer together.
const TIGHT: f32 = 620.0;

/// How the bar is divided.
struct Bar {
    /// Where the tabs begin, `None` where the field takes their place.
    tabs_left: Option<f32>,
    /// Width of the field, `None` for a button that leads to it.
    field: Option<f32>,
    has_image_button: bool,
    /// Left and right of the words of a tab.
    tab_padding: f32,
}

impl Bar {
    fn of(area: Rect, is_searching: bool) -> Self {
        let gap = 12.0;
        let tab_padding = if area.width() < TIGHT { 4.0 } else { 9.0 };
        let room = area.width() - LEFT_BUTTONS - TABS - RIGHT_BUTTONS - gap;
        if room < LEAST_FIELD {
            let field = (area.width() - LEFT_BUTTONS - 76.0).min(search::FIELD.x * 1.5);
            return match is_searching {
                true => Self { tabs_left: None, field: Some(field), has_image_button: false, tab_padding },
                false => {
                    let has_image_button = room > 40.0;
                    Self { tabs_left: Some(area.left() + LEFT_BUTTONS), field: None, has_image_button, tab_padding }
                }
            };
        }
        let field = room.min(search::FIELD.x);
        // Over the first column; where the window is too narrow for that, as far left as it takes.
        let last = area.right() - TABS - RIGHT_BUTTONS - field - gap;
        let tabs_left = (area.left() + space::SIDE_LIST + 34.0).min(last);
        Self { tabs_left: Some(tabs_left), field: Some(field), has_image_button: true, tab_padding }
    }
}

fn top_bar_ui(ui: &mut Ui, theme: &Theme, desk: &mut Desk, actions: &mut Vec<Action>) {
    let area = ui.max_rect();
    ui.painter().hline(area.x_range(), area.bottom() - 0.5, theme.hairline());
    let bar = Bar::of(area, desk.state.search.is_used());
    ui.scope_builder(egui::UiBuilder::new().max_rect(area.shrink2(vec2(12.0, 0.0))), |ui| {
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            for action in [Action::Open, Action::Paste] {
                let name = if action == Action::Open { "Open" } else { "Paste" };
                let keys = if action == Action::Open { action.keys() } else { "Ctrl V".to_owned() };
                if ui.button(name).on_hover_text(format!("{} ({keys})", action.label())).clicked() {
                    actions.push(action);
                }
            }
            if let Some(tabs_left) = bar.tabs_left {
                ui.add_space((tabs_left - ui.cursor().left()).max(6.0));
                for view in ViewKind::ALL {
                    tab_ui(ui, theme, desk.state.view, view, (area, bar.tab_padding), actions);
                }
            }
            right_buttons_ui(ui, theme, desk, &bar, actions);
        });
    });
}

/// What stands at the right end of the bar. The keyboard goes through it from left to right, so places come first.
fn right_buttons_ui(ui: &mut Ui, theme: &Theme, desk: &mut Desk, bar: &Bar, actions: &mut Vec<Action>) {
    let gap = ui.spacing().item_spacing.x;
    let mut room = ui.available_rect_before_wrap();
    let mut cut = |width: f32| {
        let (left, place) = room.split_left_right_at_x(room.right() - width);
        room = left.with_max_x(left.right() - gap);
        Rect::from_center_size(place.center(), vec2(width, 26.0))
    };
    let more = cut(28.0);
    let image = bar.has_image_button.then(|| {
        let font = egui::TextStyle::Button.resolve(ui.style());
        cut(super::widgets::text_width(ui.painter(), SAVE_IMAGE, font) + 2.0 * ui.spacing().button_padding.x)
    });
    let from_right = egui::UiBuilder::new().max_rect(room).layout(Layout::right_to_left(Align::Center));
    ui.scope_builder(from_right, |ui| find_ui(ui, theme, desk, bar, actions));
    if let Some(place) = image {
        let tip = format!("A picture for a briefing ({})", Action::SaveImage.keys());
        if ui.put(place, egui::Button::new(SAVE_IMAGE)).on_hover_text(tip).clicked() {
            actions.push(Action::SaveImage);
        }
    }
    ui.scope_builder(egui::UiBuilder::new().max_rect(more), |ui| {
        menu::more_ui(ui, theme, desk, bar.has_image_button, actions);
    });
}

/// The field that finds words in all articles, or the button that leads to it.
fn find_ui(ui: &mut Ui, theme: &Theme, desk: &mut Desk, bar: &Bar, actions: &mut Vec<Action>) {
    if let Some(width) = bar.field {
        let (rect, _) = ui.allocate_exact_size(vec2(width, search::FIELD.y), Sense::hover());
        let generation = desk.scene(theme).generation;
        search::field_ui(ui, theme, &mut desk.state.search, rect, generation, actions);
        return;
    }
    let (rect, _) = ui.allocate_exact_size(vec2(28.0, 26.0), Sense::hover());
    let response = ui.interact(rect, Id::unique("find"), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, Action::Find.label()));
    if response.hovered() || response.has_focus() {
        let stroke =
            if response.has_focus() { Stroke::new(theme.ring, theme.accent) } else { Stroke::new(1.0, theme.rule2) };
        ui.painter().rect(rect, 5.0, theme.raise, stroke, StrokeKind::Inside);
    }
    search::glass(ui.painter(), theme, rect.center());
    if response.on_hover_text(format!("{} ({})", Action::Find.label(), Action::Find.keys())).clicked() {
        actions.push(Action::Find);
    }
}

fn tab_ui(
    ui: &mut Ui,
    theme: &Theme,
    current: ViewKind,
    view: ViewKind,
    (bar, padding): (Rect, f32),
    actions: &mut Vec<Action>,
) {
    let is_current = current == view;
    let font = if is_current { theme::sans_bold(13.0) } else { theme::sans_medium(13.0) };
    let color = if is_current { theme.ink } else { theme.ink2 };
    let galley = ui.painter().layout_no_wrap(view.name().to_owned(), font, color);
    let (rect, _) = ui.allocate_exact_size(vec2(galley.size().x + 2.0 * padding, bar.height()), Sense::hover());
    let response = ui.interact(rect, Id::unique(("tab", view.name())), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, is_current, view.name()));
    let words = Rect::from_center_size(rect.center(), galley.size());
    if is_current {
        let line = Rect::from_min_max(pos2(words.left(), bar.bottom() - 2.0), pos2(words.right(), bar.bottom()));
        ui.painter().rect_filled(line, 0.0, theme.accent);
    } else if response.hovered() {
        let line = Rect::from_min_max(pos2(words.left(), bar.bottom() - 2.0), pos2(words.right(), bar.bottom()));
        ui.painter().rect_filled(line, 0.0, theme.rule2);
    }
    if response.has_focus() {
        let stroke = Stroke::new(theme.ring, theme.accent);
        ui.painter().rect_stroke(words.expand2(vec2(6.0, 5.0)), 5.0, stroke, StrokeKind::Inside);
    }
    ui.painter().galley(words.min, galley, color);
    if response.on_hover_text(Action::Show(view).keys()).clicked() {
        actions.push(Action::Show(view));
    }
}

fn status_ui(ui: &mut Ui, theme: &Theme, desk: &Desk, actions: &mut Vec<Action>) {
    let area = ui.max_rect();
    ui.painter().hline(area.x_range(), area.top() + 0.5, theme.hairline());
    let scene = desk.scene(theme);
    let search = &desk.state.search;
    let words = match desk.state.view {
        _ if desk.state.library.is_open => library::library_status(&scene, &desk.state.library),
        _ if search.covers_view() => search::search_status(&scene, search),
        ViewKind::Read => reading_status(desk, theme),
        ViewKind::Phrases => phrases::phrases_status(&scene, &desk.state.phrases),
        ViewKind::Positions => positions::positions_status(&scene, &desk.state.positions),
        ViewKind::Compare => compare::compare_status(&scene, &desk.state.compare, &desk.state.selection),
        ViewKind::Briefing => briefing::briefing_status(&desk.state.briefing),
    };
    let mut kept = desk.keeping.says();
    if desk.state.view == ViewKind::Briefing && kept == "saved" {
        kept.push_str(" with the project");
    }
    let parts = [words.as_str(), &kept, &desk.state.message];
    let words = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("  ·  ");
    let keys = match desk.state.view {
        _ if desk.state.library.is_open => "Space in columns  ·  Delete removes  ·  Enter reads  ·  Esc closes",
        _ if search.covers_view() && search.has_results() => "Enter first place  ·  Esc clear",
        _ if search.covers_view() => "Esc clear",
        ViewKind::Read if search.chosen.is_some() => "N P next, previous place  ·  Ctrl F all results  ·  Esc clear",
        ViewKind::Read => "N P next, previous  ·  J K phrase  ·  ? help",
        ViewKind::Phrases => "N P next, previous  ·  J K phrase  ·  Enter read  ·  ? help",
        ViewKind::Briefing => "Ctrl E save image  ·  Ctrl Shift C copy image  ·  [ ] finding  ·  ? help",
        ViewKind::Compare => compare::compare_keys(&desk.state.compare),
        ViewKind::Positions => "[ ] change  ·  Enter accept  ·  X dismiss  ·  ? help",
    };
    // What is being worked on needs the room.
    let keys = if busy_with(desk).is_some() { "" } else { keys };
    let mut keys = ui.painter().layout_no_wrap(keys.to_owned(), theme::sans(11.5), theme.dim);
    let words_width = super::widgets::text_width(ui.painter(), &words, theme::sans(11.5));
    if words_width + keys.size().x + 40.0 > area.width() {
        keys = ui.painter().layout_no_wrap(String::new(), theme::sans(11.5), theme.dim);
    }
    let keys_left = area.right() - 14.0 - keys.size().x;
    ui.painter().galley(pos2(keys_left, area.center().y - keys.size().y / 2.0), keys, theme.dim);
    let room = Rect::from_min_max(pos2(area.left() + 14.0, area.top()), pos2(keys_left - 12.0, area.bottom()));
    let painter = ui.painter().with_clip_rect(room);
    let rect = painter.text(room.left_center(), Align2::LEFT_CENTER, &words, theme::sans(11.5), theme.ink2);
    let response = ui.interact(rect, Id::unique("status words"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Status, true, &words));
    progress_ui(ui, theme, desk, pos2(rect.right() + 16.0, area.center().y), actions);
}

/// What is being worked on, and the share of it that is done.
fn busy_with(desk: &Desk) -> Option<(String, f32)> {
    let analysis = desk.progress.as_ref().filter(|_| !desk.is_current());
    match desk.incoming.says() {
        Some(says) => Some((says, desk.incoming.fraction())),
        None => analysis.map(|progress| (progress.stage_name().to_owned(), progress.fraction())),
    }
}

/// What is being worked on, how far it is, and the way to stop it.
fn progress_ui(ui: &mut Ui, theme: &Theme, desk: &Desk, left: egui::Pos2, actions: &mut Vec<Action>) {
    let Some((says, fraction)) = busy_with(desk) else { return };
    let bar = Rect::from_min_size(left - vec2(0.0, 2.0), vec2(80.0, 4.0));
    ui.painter().rect_filled(bar, 2.0, theme.rule);
    let done = Rect::from_min_size(bar.min, vec2(bar.width() * fraction, bar.height()));
    ui.painter().rect_filled(done, 2.0, theme.accent);
    let words = pos2(bar.right() + 8.0, left.y);
    let stage = ui.painter().text(words, Align2::LEFT_CENTER, &says, theme::sans(11.5), theme.ink2);
    let response = ui.interact(bar.union(stage), Id::unique("progress"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::ProgressIndicator, true, &says));
    let link = Rect::from_min_size(pos2(stage.right() + 10.0, left.y - 9.0), vec2(44.0, 18.0));
    let text = RichText::new("Cancel").font(theme::sans(11.5));
    if ui.put(link, egui::Link::new(text)).clicked() {
        actions.push(Action::Cancel);
    }
}

fn reading_status(desk: &Desk, theme: &Theme) -> String {
    let corpus = desk.corpus();
    let n_articles = corpus.len();
    let mut parts = vec![format!("{n_articles} article{}", if n_articles == 1 { "" } else { "s" })];
    parts.extend(desk.state.reading.shown.n_chosen().map(|n_chosen| format!("{n_chosen} in columns")));
    if let Some(n_words) = desk.n_words() {
        parts.push(format!("{} words", number(n_words)));
    }
    parts.extend(reading::linking::link_status(&desk.scene(theme), &desk.state.reading));
    if desk.is_current() {
        let n_phrases = desk.analysis().phrases.len();
        parts.push(format!(
            "{n_phrases} phrase{} come{} back",
            if n_phrases == 1 { "" } else { "s" },
            if n_phrases == 1 { "s" } else { "" }
        ));
        let n_pins = desk.project.decisions().pins.iter().flatten().count();
        parts.push(format!("{n_pins} of {N_PINS} letters"));
    }
    parts.join("  ·  ")
}

/// While files hang over the window, it says what a drop will do.
fn drop_ui(ui: &Ui, theme: &Theme, desk: &Desk) {
    let n_files = ui.input(|input| input.raw.hovered_files.len());
    if n_files == 0 {
        return;
    }
    let area = ui.ctx().content_rect();
    let layer = egui::LayerId::new(egui::Order::Foreground, Id::unique("drop"));
    let painter = ui.ctx().layer_painter(layer);
    painter.rect_filled(area, 0.0, theme.paper.gamma_multiply(0.92));
    let band = Rect::from_center_size(area.center() + vec2(0.0, 8.0), vec2(area.width() - 64.0, 130.0));
    painter.rect_filled(band, 7.0, theme.paper);
    painter.rect_stroke(area.shrink(16.0), 7.0, Stroke::new(2.0, theme.accent), StrokeKind::Inside);
    let what = if n_files == 1 { "Drop to add it".to_owned() } else { format!("Drop to add {n_files} files") };
    let center = area.center();
    painter.text(center - vec2(0.0, 22.0), Align2::CENTER_CENTER, what, theme::serif_display(26.0), theme.ink);
    let lines = match desk.corpus().len() {
        0 => ["They are put side by side in order of date.".to_owned(), String::new()],
        1 => ["It joins the one that is open, in order of date.".to_owned(), String::new()],
        n_open => [
            format!("They join the {n_open} that are open, in order of date."),
            "Your letters and places stay as they are.".to_owned(),
        ],
    };
    let kinds = pos2(center.x, area.bottom() - 40.0);
    painter.text(kinds, Align2::CENTER_CENTER, KINDS, theme::sans(12.5), theme.ink2);
    for (line_idx, line) in lines.iter().enumerate() {
        let at = center + vec2(0.0, 14.0 + 22.0 * line_idx as f32);
        painter.text(at, Align2::CENTER_CENTER, line, theme::sans(14.0), theme.ink2);
    }
}
