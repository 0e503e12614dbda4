//! What lies over the lower part of the window until it is closed: files that could not be opened, the help, where to
//! save a picture, where selected words stand.

use egui::{Frame, Id, Margin, Rect, RichText, ScrollArea, Ui, UiBuilder, pos2, vec2};

use super::action::Action;
use super::briefing::saving::PageSheet;
use super::desk::Desk;
use super::dialogs::Question;
use super::path_field::{self, PathField, PathSheet};
use super::state::{BadFile, ImageSize, Sheet};
use super::theme::{self, Theme};
use super::{briefing, computer, crash, exporting, focus, help, inspect, project_sheets, statement, widgets, words};

/// Height of a line in the list of files.
const BAD_FILE_HEIGHT: f32 = 35.0;

/// The part of `area` that the open sheet leaves free.
pub fn free_area(desk: &Desk, area: Rect) -> Rect {
    // The help covers all of it; what is told meanwhile lies on the help.
    let sheet = desk.state.sheet.as_ref().filter(|sheet| !matches!(sheet, Sheet::Help(_)));
    let height = sheet.map_or(0.0, |sheet| height_of(sheet, area));
    area.with_max_y(area.bottom() - height)
}

/// Shows the open sheet over `area`, which the bars leave free.
pub fn sheet_ui(ui: &mut Ui, theme: &Theme, desk: &mut Desk, area: Rect, actions: &mut Vec<Action>) {
    let Some(mut sheet) = desk.state.sheet.take() else { return };
    let height = height_of(&sheet, area);
    let rect = Rect::from_min_max(pos2(area.left(), area.bottom() - height), area.max);
    let layer = egui::LayerId::new(egui::Order::Middle, Id::unique("sheet"));
    egui::Area::new(layer.id).order(layer.order).fixed_pos(rect.min).constrain(false).show(ui.ctx(), |ui| {
        let frame = Frame::NONE.fill(theme.raise).shadow(theme.card_shadow()).inner_margin(Margin::symmetric(24, 12));
        let mut child = ui.new_child(UiBuilder::new().max_rect(rect));
        child.set_clip_rect(rect.expand2(vec2(0.0, 12.0)).intersect(area));
        frame.show(&mut child, |ui| {
            ui.set_min_size(rect.size() - vec2(48.0, 24.0));
            match &mut sheet {
                Sheet::Files { n_opened, n_asked, bad } => files_ui(ui, theme, [*n_opened, *n_asked], bad, actions),
                Sheet::Help(sheet) => help::help_ui(ui, theme, sheet, actions),
                Sheet::Image { path, size } => image_ui(ui, theme, path, size, actions),
                Sheet::Page(page) => {
                    heading_ui(ui, &page.format.says(), actions, |_, _| {});
                    briefing::saving::save_ui(ui, theme, page, &mut desk.state.briefing, actions);
                }
                Sheet::Export { path, kind } => {
                    heading_ui(ui, "Export the findings, with what you decided", actions, |_, _| {});
                    exporting::export_ui(ui, theme, path, kind, actions);
                }
                Sheet::Path(sheet) | Sheet::SaveAs(sheet) => path_ui(ui, theme, sheet, actions),
                Sheet::Computer(examined) => computer::computer_ui(ui, theme, examined.as_deref(), actions),
                Sheet::History => project_sheets::history_ui(ui, theme, desk, actions),
                Sheet::Damaged(damage) => project_sheets::damaged_ui(ui, theme, damage, actions),
                Sheet::Unsaved => project_sheets::unsaved_ui(ui, theme, desk, actions),
                Sheet::Inspect(inspect) => inspect::inspect_ui(ui, theme, desk, inspect, actions),
                Sheet::Statement(card) => statement::statement_ui(ui, theme, desk, card, actions),
                Sheet::Found(found) => words::found::found_ui(ui, &desk.scene(theme), found, actions),
                Sheet::Fault(fault) => crash::sheet::fault_ui(ui, theme, fault, actions),
            }
        });
        ui.painter().hline(rect.x_range(), rect.top(), theme.hairline());
        ui.advance_cursor_after_rect(rect);
    });
    let is_done = matches!(&sheet, Sheet::Statement(card) if card.is_done);
    desk.state.sheet = Some(sheet).filter(|_| !is_done);
}

fn height_of(sheet: &Sheet, area: Rect) -> f32 {
    let height = match sheet {
        Sheet::Help(_) => return area.height(),
        Sheet::Files { bad, .. } => (80.0 + BAD_FILE_HEIGHT * bad.len() as f32).clamp(150.0, 320.0),
        Sheet::Image { path, .. } | Sheet::Export { path, .. } | Sheet::Page(PageSheet { path, .. }) => {
            124.0 + path.height()
        }
        Sheet::Path(sheet) | Sheet::SaveAs(sheet) => 120.0 + sheet.path.height(),
        Sheet::Computer(_) => (area.height() * 0.72).max(320.0),
        Sheet::History => (area.height() * 0.55).max(240.0),
        Sheet::Damaged(damage) => (150.0 + 20.0 * (damage.lost.len() + damage.read_again.len()) as f32).min(360.0),
        Sheet::Unsaved => 104.0,
        Sheet::Inspect(_) => inspect::height(area.height()),
        Sheet::Statement(_) => statement::HEIGHT.min(area.height() * 0.62),
        Sheet::Found(found) => words::found::height(found, area.height()),
        Sheet::Fault(fault) => fault.height(area.height()),
    };
    // Something of what it is about stays in sight.
    height.min(area.height() - 40.0)
}

/// The heading of a sheet with its buttons at the right; a click on Close asks for it.
pub fn heading_ui(
    ui: &mut Ui,
    heading: &str,
    actions: &mut Vec<Action>,
    buttons: impl FnOnce(&mut Ui, &mut Vec<Action>),
) {
    ui.horizontal(|ui| {
        ui.label(RichText::new(heading).font(theme::serif_bold(16.5)));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            close_ui(ui, "Esc", actions);
            buttons(ui, actions);
        });
    });
    ui.add_space(4.0);
}

/// The button that closes a sheet. One that a key opened has the keyboard there, so that the next Tab is in it.
pub fn close_ui(ui: &mut Ui, keys: &str, actions: &mut Vec<Action>) {
    let close = quiet_close_ui(ui, keys, actions);
    if widgets::is_new(ui, Id::unique("close sheet")) && focus::is_by_keyboard(ui.ctx()) {
        close.request_focus();
    }
}

/// The same for a sheet beside which one goes on walking the rows it was opened from.
pub fn quiet_close_ui(ui: &mut Ui, keys: &str, actions: &mut Vec<Action>) -> egui::Response {
    let close = ui.button("Close");
    if close.clone().on_hover_text(keys).clicked() {
        actions.push(Action::CloseSheet);
    }
    close
}

/// The files that are not open: name, reason, what to do.
fn files_ui(ui: &mut Ui, theme: &Theme, n_files: [usize; 2], bad: &[BadFile], actions: &mut Vec<Action>) {
    let [n_opened, n_asked] = n_files;
    let files = if n_asked == 1 { "file" } else { "files" };
    let are = if bad.len() == 1 { "is" } else { "are" };
    let heading = format!("{n_opened} of {n_asked} {files} opened; {} {are} listed here", bad.len());
    heading_ui(ui, &heading, actions, |ui, actions| {
        if ui.button("Copy list").clicked() {
            let line = |file: &BadFile| format!("{}\t{}\t{}", file.name, file.reason, file.next_step);
            actions.push(Action::CopyText(bad.iter().map(line).collect::<Vec<_>>().join("\n")));
        }
    });
    ui.add_space(4.0);
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical().auto_shrink(false).show_rows(ui, BAD_FILE_HEIGHT, bad.len(), |ui, rows| {
        for file in bad.get(rows).unwrap_or_default() {
            bad_file_ui(ui, theme, file, actions);
        }
    });
}

/// One file in three columns, cut where they are too long for one line; the whole is in the hover text.
fn bad_file_ui(ui: &mut Ui, theme: &Theme, file: &BadFile, actions: &mut Vec<Action>) {
    let (row, _) = ui.allocate_exact_size(vec2(ui.available_width(), BAD_FILE_HEIGHT), egui::Sense::hover());
    ui.painter().hline(row.x_range(), ui.painter().round_to_pixel_center(row.top()), theme.hairline());
    let cell = |from: f32, to: f32| {
        let x = |share: f32| row.left() + row.width() * share;
        Rect::from_min_max(pos2(x(from), row.top()), pos2(x(to) - 16.0, row.bottom()))
    };
    let text_ui = |ui: &mut Ui, rect: Rect, words: RichText, whole: &str| {
        let mut child =
            ui.new_child(UiBuilder::new().max_rect(rect).layout(egui::Layout::left_to_right(egui::Align::Center)));
        child.add(egui::Label::new(words).truncate()).on_hover_text(whole);
    };
    text_ui(ui, cell(0.0, 0.27), RichText::new(&file.name).font(theme::sans_medium(12.5)), &file.name);
    text_ui(ui, cell(0.27, 0.6), RichText::new(&file.reason).color(theme.ink2), &file.reason);
    let last = cell(0.6, 1.0);
    match file.open_as {
        Some(document) => {
            let layout = egui::Layout::left_to_right(egui::Align::Center);
            let mut child = ui.new_child(UiBuilder::new().max_rect(last).layout(layout));
            if child.link(&file.next_step).clicked() {
                actions.push(Action::SelectDocument(document));
            }
        }
        None => text_ui(ui, last, RichText::new(&file.next_step), &file.next_step),
    }
}

fn image_ui(ui: &mut Ui, theme: &Theme, path: &mut PathField, size: &mut ImageSize, actions: &mut Vec<Action>) {
    heading_ui(ui, "Save this view as a picture, with its sources under it", actions, |ui, actions| {
        if ui.button("Copy to the clipboard").on_hover_text(Action::CopyImage.keys()).clicked() {
            actions.push(Action::CopyImage);
            actions.push(Action::CloseSheet);
        }
    });
    ui.horizontal(|ui| {
        ui.label(RichText::new("Size").color(theme.ink2));
        ui.radio_value(size, ImageSize::FullHd, "1920 × 1080");
        ui.radio_value(size, ImageSize::UltraHd, "3840 × 2160");
    });
    path_field::bar_ui(ui, theme, path, ["File", "Save"], Some(Action::ChooseImagePath), actions);
    path_field::names_ui(ui, theme, path);
}

/// Asks for nothing but a path.
fn path_ui(ui: &mut Ui, theme: &Theme, sheet: &mut PathSheet, actions: &mut Vec<Action>) {
    let (heading, label, button) = match &sheet.question {
        Question::Files => ("Open articles and projects", "Files", "Open"),
        Question::Folders => ("Open all files of a folder", "Folders", "Open"),
        Question::Codebook => ("Open a codebook", "File", "Open"),
        Question::ProjectPlace(_) => ("Save the project as", "File", "Save"),
        Question::Place(_) => ("Save", "File", "Save"),
        Question::CodebookPlace => ("Save a copy of the codebook", "File", "Save"),
    };
    heading_ui(ui, heading, actions, |_, _| {});
    let drops = if sheet.question == Question::Files { " Files can be dropped on the window too." } else { "" };
    if !sheet.why.is_empty() {
        ui.label(RichText::new(format!("{} Type or choose a path.{drops}", sheet.why)).color(theme.ink2));
        ui.add_space(2.0);
    }
    path_field::bar_ui(ui, theme, &mut sheet.path, [label, button], None, actions);
    path_field::names_ui(ui, theme, &mut sheet.path);
}
