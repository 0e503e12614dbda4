//! What is known of the reading, fact by fact, and the choice of another encoding.

use egui::{RichText, ScrollArea, Ui};

use crate::document::{BlockKind, Document, Format, OutletBasis};
use crate::gui::action::Action;
use crate::gui::desk::Desk;
use crate::gui::raw_file::{self, RawFile};
use crate::gui::state::{Inspect, Raw};
use crate::gui::theme::{self, Theme, size};
use crate::gui::widgets;
use crate::ingest::ENCODINGS;
use crate::report::dates;

/// Width of the names of the facts.
const NAMES_WIDTH: f32 = 92.0;

/// Digits of the hash that are shown; all of them are in the hover text.
const HASH_DIGITS: usize = 16;

pub(super) fn facts_ui(
    ui: &mut Ui,
    theme: &Theme,
    desk: &Desk,
    document: &Document,
    inspect: &Inspect,
    actions: &mut Vec<Action>,
) {
    let raw = match &inspect.raw {
        Raw::Here(raw) => Some(raw.as_ref()),
        Raw::Wanted | Raw::Reading(_) | Raw::Gone(_) => None,
    };
    ScrollArea::vertical().id_salt("facts").auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 5.0;
        warnings_ui(ui, theme, desk, document, raw);
        let dated = dates::label(&document.published);
        let estimate = if dated.is_estimate { "est. " } else { "" };
        for (name, value) in [
            ("Title", document.title.clone().unwrap_or_else(|| "none found".to_owned())),
            ("Outlet", outlet(document)),
            ("Author", document.author.clone().unwrap_or_else(|| "none found".to_owned())),
            ("Published", format!("{estimate}{}", dated.day)),
            ("Language", document.language.as_deref().map_or("too short to tell".to_owned(), language)),
            ("Blocks", blocks(document)),
        ] {
            fact_ui(ui, theme, name, &value);
        }
        ui.add_space(6.0);
        fact_ui(ui, theme, "File", &document.source.short_label()).on_hover_text(document.source.label());
        fact_ui(ui, theme, "Format", format_name(document.format));
        fact_ui(ui, theme, "Text by", &document.extractor);
        encoding_ui(ui, theme, desk, document, raw, actions);
        if let Some(raw) = raw {
            fact_ui(ui, theme, "Size", &bytes(raw.n_bytes));
        }
        let digits = document.sha256.get(..HASH_DIGITS).unwrap_or(&document.sha256);
        fact_ui(ui, theme, "SHA-256", &format!("{digits}…")).on_hover_text(&document.sha256);
        ui.add_space(12.0);
    });
}

/// A name and what is known under it.
fn fact_ui(ui: &mut Ui, theme: &Theme, name: &str, value: &str) -> egui::Response {
    row_ui(ui, theme, name, |ui| {
        let label = egui::Label::new(RichText::new(value).font(theme::sans(size::UI)).color(theme.ink));
        ui.add(label.wrap().selectable(true))
    })
}

fn row_ui<R>(ui: &mut Ui, theme: &Theme, name: &str, add_value: impl FnOnce(&mut Ui) -> R) -> R {
    ui.horizontal_top(|ui| {
        let (rect, _) = ui.allocate_exact_size(egui::vec2(NAMES_WIDTH, 16.0), egui::Sense::hover());
        let painter = ui.painter();
        widgets::text_at(painter, rect.left_top(), egui::Align2::LEFT_TOP, name, theme::sans(size::UI), theme.dim);
        ui.vertical(add_value).inner
    })
    .inner
}

/// What the reader should know first.
fn warnings_ui(ui: &mut Ui, theme: &Theme, desk: &Desk, document: &Document, raw: Option<&RawFile>) {
    let mut says: Vec<String> = document.warnings.iter().map(|warning| warning.message.clone()).collect();
    if raw.is_some_and(|raw| raw.has_changed) {
        says.push("The file has changed since it was read; open it again to read it as it is now".to_owned());
    }
    if let Some(other) = desk.same_text_as(document.id).and_then(|id| desk.open_document(id)) {
        says.push(format!("Same text as {}", other.source.short_label()));
    }
    for says in &says {
        egui::Frame::NONE.fill(theme.sel).inner_margin(egui::Margin::symmetric(8, 5)).corner_radius(3.0).show(
            ui,
            |ui| {
                ui.set_width(ui.available_width());
                let words = RichText::new(says).font(theme::sans(size::UI)).color(theme.ink);
                ui.add(egui::Label::new(words).wrap());
            },
        );
    }
    if !says.is_empty() {
        ui.add_space(4.0);
    }
}

/// How the bytes were decoded; a click offers the other ways, each with the first words it would change.
fn encoding_ui(
    ui: &mut Ui,
    theme: &Theme,
    desk: &Desk,
    document: &Document,
    raw: Option<&RawFile>,
    actions: &mut Vec<Action>,
) {
    let encoding = &document.encoding;
    if !raw_file::is_text(document.format) {
        return;
    }
    if !raw_file::has_encoding(document.format) {
        fact_ui(ui, theme, "Encoding", &encoding.name);
        return;
    }
    let is_chosen = desk.project.decisions().encodings.contains_key(&document.id);
    row_ui(ui, theme, "Encoding", |ui| {
        // The words of the button stand on the line of the name.
        ui.add_space(-4.0);
        ui.horizontal(|ui| {
            widgets::dropdown_ui(ui, theme, "Encoding", &encoding.name, |ui| {
                encodings_ui(ui, theme, document, is_chosen, raw, actions);
            });
            if encoding.is_guess {
                widgets::badge_ui(ui, theme, "guessed");
            } else if is_chosen {
                widgets::badge_ui(ui, theme, "chosen by you");
            }
        });
    });
}

fn encodings_ui(
    ui: &mut Ui,
    theme: &Theme,
    document: &Document,
    is_chosen: bool,
    raw: Option<&RawFile>,
    actions: &mut Vec<Action>,
) {
    ui.set_width(400.0_f32.min(ui.ctx().content_rect().width() - 48.0));
    if raw.is_some_and(|raw| raw.previews.is_empty()) {
        let says = "All letters are plain ASCII, which most encodings read alike.";
        widgets::label_ui(ui, says, theme::sans(size::SMALL), theme.ink2);
    }
    if is_chosen && ui.button("Let the bytes decide again").clicked() {
        actions.push(Action::ReadAs(document.id, None));
        ui.close();
    }
    let max_height = (ui.ctx().content_rect().height() * 0.5).min(380.0);
    ScrollArea::vertical().max_height(max_height).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (idx, (label, scripts)) in ENCODINGS.iter().enumerate() {
            let preview = raw.and_then(|raw| raw.previews.get(idx)).map_or("", String::as_str);
            let is_current = document.encoding.name == *label;
            if encoding_row_ui(ui, theme, label, scripts, preview, is_current).clicked() {
                if !is_current {
                    actions.push(Action::ReadAs(document.id, Some(label)));
                }
                ui.close();
            }
        }
    });
}

/// An encoding, what it is for, and the first odd words in it.
fn encoding_row_ui(
    ui: &mut Ui,
    theme: &Theme,
    label: &str,
    scripts: &str,
    preview: &str,
    is_current: bool,
) -> egui::Response {
    let height = if preview.is_empty() { 24.0 } else { 40.0 };
    let (rect, response) = ui.allocate_exact_size(egui::vec2(ui.available_width(), height), egui::Sense::click());
    response.widget_info(|| {
        egui::WidgetInfo::selected(egui::Role::MenuItem, true, is_current, format!("{label}, {scripts}: {preview}"))
    });
    if is_current || response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, theme::shape::BADGE_RADIUS, if is_current { theme.sel } else { theme.chrome });
    }
    widgets::focus_ring(ui.painter(), theme, &response);
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    let first = egui::pos2(rect.left() + 8.0, rect.top() + 12.0);
    let (left, right) = (egui::Align2::LEFT_CENTER, egui::Align2::RIGHT_CENTER);
    widgets::text_at(&painter, first, left, label, theme::sans_medium(size::UI), theme.ink);
    let end = egui::pos2(rect.right() - 8.0, first.y);
    widgets::text_at(&painter, end, right, scripts, theme::sans(size::SMALL), theme.ink2);
    if !preview.is_empty() {
        let second = egui::pos2(first.x, rect.top() + 29.0);
        widgets::text_at(&painter, second, left, preview, theme::serif(13.5), theme.ink);
    }
    response
}

fn outlet(document: &Document) -> String {
    let Some(outlet) = &document.outlet else { return "none found".to_owned() };
    let basis = match outlet.basis {
        OutletBasis::Stated => "named in the text",
        OutletBasis::Metadata => "from metadata",
        OutletBasis::Entered => "entered by hand",
    };
    format!("{} ({basis})", outlet.name)
}

/// The English name of a language the detector knows well, else its code.
fn language(code: &str) -> String {
    const NAMES: [(&str, &str); 26] = [
        ("ar", "Arabic"),
        ("bg", "Bulgarian"),
        ("cs", "Czech"),
        ("da", "Danish"),
        ("de", "German"),
        ("el", "Greek"),
        ("en", "English"),
        ("es", "Spanish"),
        ("et", "Estonian"),
        ("fi", "Finnish"),
        ("fr", "French"),
        ("he", "Hebrew"),
        ("hu", "Hungarian"),
        ("it", "Italian"),
        ("ja", "Japanese"),
        ("ko", "Korean"),
        ("nl", "Dutch"),
        ("no", "Norwegian"),
        ("pl", "Polish"),
        ("pt", "Portuguese"),
        ("ro", "Romanian"),
        ("ru", "Russian"),
        ("sv", "Swedish"),
        ("tr", "Turkish"),
        ("uk", "Ukrainian"),
        ("zh", "Chinese"),
    ];
    let name = NAMES.iter().find(|(known, _)| *known == code).map(|(_, name)| *name);
    name.map_or_else(|| code.to_owned(), |name| format!("{name} ({code})"))
}

/// "1 title, 2 bylines, 12 paragraphs, 5 boilerplate".
fn blocks(document: &Document) -> String {
    let kinds = [
        (BlockKind::Title, "title", "titles"),
        (BlockKind::Byline, "byline", "bylines"),
        (BlockKind::Dateline, "dateline", "datelines"),
        (BlockKind::Heading, "heading", "headings"),
        (BlockKind::Body, "body", "body"),
        (BlockKind::Caption, "caption", "captions"),
        (BlockKind::Boilerplate, "boilerplate", "boilerplate"),
    ];
    let count = |kind: BlockKind| document.blocks.iter().filter(|block| block.kind == kind).count();
    let told = kinds.iter().filter_map(|&(kind, one, many)| match count(kind) {
        0 => None,
        1 => Some(format!("1 {one}")),
        n_blocks => Some(format!("{n_blocks} {many}")),
    });
    told.collect::<Vec<_>>().join(", ")
}

fn format_name(format: Format) -> &'static str {
    match format {
        Format::Txt => "Plain text",
        Format::Markdown => "Markdown",
        Format::Html => "Web page (html)",
        Format::Mhtml => "Saved web page (mhtml)",
        Format::Pdf => "PDF",
        Format::Docx => "Word (docx)",
        Format::Odt => "OpenDocument text (odt)",
        Format::Rtf => "Rich text (rtf)",
        Format::Eml => "Mail (eml)",
        Format::Epub => "E-book (epub)",
    }
}

/// "812 bytes", "12.4 kB", "3.1 MB".
fn bytes(n_bytes: usize) -> String {
    match n_bytes {
        0..1000 => format!("{n_bytes} bytes"),
        1000..1_000_000 => format!("{:.1} kB", n_bytes as f32 / 1e3),
        _ => format!("{:.1} MB", n_bytes as f32 / 1e6),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::DocumentId;

    #[test]
    fn facts_are_told_in_words() {
        let mut document = Document::of_lines(DocumentId(1), "Pier\nOpen\nAd");
        document.blocks[0].kind = BlockKind::Title;
        document.blocks[2].kind = BlockKind::Boilerplate;
        assert_eq!(blocks(&document), "1 title, 1 body, 1 boilerplate");
        assert_eq!(
            (bytes(812), bytes(12_400), bytes(3_100_000)),
            ("812 bytes".to_owned(), "12.4 kB".to_owned(), "3.1 MB".to_owned())
        );
        assert_eq!((language("de"), language("xx")), ("German (de)".to_owned(), "xx".to_owned()));
        assert_eq!(outlet(&document), "none found");
    }
}
