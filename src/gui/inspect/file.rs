//! The file as it is, in rows; only those in view are laid out.

use egui::{Align2, Label, RichText, ScrollArea, Ui, pos2, vec2};

use crate::gui::raw_file::{self, ROW_BYTES, RawFile};
use crate::gui::state::{Inspect, Raw};
use crate::gui::theme::{self, Theme, size};
use crate::gui::widgets;

const FONT_SIZE: f32 = 11.5;
const ROW_HEIGHT: f32 = 16.0;

pub(super) fn file_ui(ui: &mut Ui, theme: &Theme, inspect: &mut Inspect) {
    let raw = match &inspect.raw {
        Raw::Wanted | Raw::Reading(_) => return says_ui(ui, theme, "Reading the file…"),
        Raw::Gone(says) => return says_ui(ui, theme, says),
        Raw::Here(raw) => std::sync::Arc::clone(raw),
    };
    let is_in_bytes = inspect.is_in_bytes || raw.text.is_none();
    ui.horizontal(|ui| {
        widgets::label_ui(ui, "The file as it is", theme::sans_bold(size::UI), theme.ink);
        widgets::label_ui(ui, &extent(&raw, is_in_bytes), theme::sans(size::SMALL), theme.ink2);
        if raw.text.is_some() {
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let says = if is_in_bytes { "As text" } else { "As bytes" };
                if widgets::link_ui(ui, theme, says).clicked() {
                    inspect.is_in_bytes = !is_in_bytes;
                }
            });
        }
    });
    ui.add_space(2.0);
    ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
    ui.spacing_mut().interact_size.y = ROW_HEIGHT;
    let n_rows = match &raw.text {
        Some(text) if !is_in_bytes => text.n_rows(),
        _ => raw.bytes.len().div_ceil(ROW_BYTES),
    };
    // Text and bytes have a place of their own each, so that one does not scroll the other.
    let area = ScrollArea::both().id_salt(("raw", inspect.document, is_in_bytes)).auto_shrink(false);
    area.show_rows(ui, ROW_HEIGHT, n_rows, |ui, rows| {
        for row_idx in rows {
            row_ui(ui, theme, &raw, is_in_bytes, row_idx);
        }
    });
}

fn row_ui(ui: &mut Ui, theme: &Theme, raw: &RawFile, is_in_bytes: bool, row_idx: usize) {
    let font = theme::mono(FONT_SIZE);
    let (words, number, gutter) = match &raw.text {
        Some(text) if !is_in_bytes => {
            let (words, line) = text.row(row_idx);
            let n_digits = text.n_lines().to_string().len();
            (words, line, 7.0 * n_digits as f32 + 14.0)
        }
        _ => (raw_file::hex_row(&raw.bytes, row_idx), None, 0.0),
    };
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(gutter, ROW_HEIGHT), egui::Sense::hover());
        if let Some(number) = number {
            let at = pos2(rect.right() - 12.0, rect.center().y);
            widgets::text_at(ui.painter(), at, Align2::RIGHT_CENTER, &number.to_string(), font.clone(), theme.dim);
        }
        let words = RichText::new(words).font(font).color(theme.ink).line_height(Some(ROW_HEIGHT));
        ui.add(Label::new(words).extend().selectable(true));
    });
}

/// How much there is, and how much of it is shown.
fn extent(raw: &RawFile, is_in_bytes: bool) -> String {
    match &raw.text {
        Some(text) if !is_in_bytes => {
            let cut = if text.is_cut { ", the first 4 MB" } else { "" };
            let n_lines = text.n_lines();
            format!("{n_lines} line{}{cut}", if n_lines == 1 { "" } else { "s" })
        }
        _ if raw.bytes.len() < raw.n_bytes => "in hexadecimal, the first 64 kB".to_owned(),
        _ => "in hexadecimal".to_owned(),
    }
}

fn says_ui(ui: &mut Ui, theme: &Theme, says: &str) {
    let words = RichText::new(says).font(theme::sans(size::UI)).color(theme.ink2);
    ui.add(Label::new(words).wrap());
}
