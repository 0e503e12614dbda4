//! A page as a file: which forms there are, what it is called, and the sheet that asks where to.

use std::io;
use std::path::Path;
use std::sync::Arc;

use egui::{ColorImage, RichText, Ui};

use super::choices::BriefingState;
use super::maker::{Asked, briefing_of, pages_of};
use super::setting;
use crate::export::briefs::BriefFormat;
use crate::export::citations::Form;
use crate::gui::action::Action;
use crate::gui::path_field::{self, PathField};
use crate::gui::state::ImageSize;
use crate::gui::theme::Theme;
use crate::project::files;
use crate::report::briefing::{self, Briefing};

/// Most letters of a proposed file name.
const MAX_NAME: usize = 60;

/// What is saved, and as what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageFormat {
    /// The finding in front; as a picture or drawing, its page in front.
    Page(BriefFormat),
    /// Everything that was found.
    All(BriefFormat),
}

impl PageFormat {
    pub const PNG: Self = Self::Page(BriefFormat::Png);
    pub const SVG: Self = Self::Page(BriefFormat::Svg);
    pub const PDF: Self = Self::Page(BriefFormat::Pdf);

    /// What is offered of the finding in front, apart from what has a button.
    pub const OF_PAGE: [Self; 5] = [
        Self::Page(BriefFormat::Pptx),
        Self::Page(BriefFormat::Csv),
        Self::Page(BriefFormat::Json),
        Self::Page(BriefFormat::Citations(Form::Bibtex)),
        Self::Page(BriefFormat::Citations(Form::CslJson)),
    ];
    /// What is offered of everything.
    pub const OF_ALL: [Self; 6] = [
        Self::All(BriefFormat::Pdf),
        Self::All(BriefFormat::Pptx),
        Self::All(BriefFormat::Html),
        Self::All(BriefFormat::Markdown),
        Self::All(BriefFormat::Csv),
        Self::All(BriefFormat::Json),
    ];

    fn format(self) -> BriefFormat {
        match self {
            Self::Page(format) | Self::All(format) => format,
        }
    }

    /// As in a menu.
    pub fn words(self) -> String {
        let format = match self.format() {
            BriefFormat::Png => "PNG",
            BriefFormat::Svg => "SVG",
            BriefFormat::Pdf => "PDF",
            BriefFormat::Pptx => "PowerPoint",
            BriefFormat::Html => "HTML",
            BriefFormat::Markdown => "Markdown",
            BriefFormat::Csv => "CSV",
            BriefFormat::Json => "JSON",
            BriefFormat::Citations(form) => form.words(),
        };
        let what = match (self, self.format()) {
            (_, BriefFormat::Csv | BriefFormat::Json) => "Data",
            (_, BriefFormat::Citations(_)) => "Sources",
            (Self::Page(_), _) => "Slide",
            (Self::All(_), BriefFormat::Html | BriefFormat::Markdown) => "Report",
            (Self::All(_), _) => "Deck",
        };
        format!("{what} ({format})")
    }

    /// What the button does, in full.
    pub fn says(self) -> String {
        match self {
            Self::Page(BriefFormat::Png) => "Save this page as a picture (PNG)".to_owned(),
            Self::Page(BriefFormat::Svg) => "Save this page as a drawing (SVG), whose text can be searched".to_owned(),
            Self::Page(BriefFormat::Pdf) => "Save this finding as a PDF that can be read aloud".to_owned(),
            Self::Page(_) => format!("Save of this finding: {}", self.words()),
            Self::All(_) => format!("Save of all findings: {}", self.words()),
        }
    }
}

/// What the sheet remembers.
#[derive(Clone, Debug, PartialEq)]
pub struct PageSheet {
    pub path: PathField,
    pub format: PageFormat,
}

/// The name proposed for a file of the page in front.
pub fn file_name(state: &BriefingState, format: PageFormat) -> String {
    let briefed = state.made.as_ref().and_then(|made| made.briefed.as_ref().ok());
    let headline = briefed.map(|briefed| slug(&briefed.briefing.headline)).filter(|name| !name.is_empty());
    let name = match headline {
        _ if matches!(format, PageFormat::All(_)) => "briefings".to_owned(),
        Some(name) => name,
        None => format!("briefing-{}", state.kind.name()),
    };
    let page = briefed.and_then(|briefed| briefed.page.as_ref().ok()).filter(|page| page.n_pages > 1);
    let number = page.filter(|_| matches!(format, PageFormat::PNG | PageFormat::SVG));
    let number = number.map_or_else(String::new, |page| format!("-{}", page.idx + 1));
    format!("{name}{number}.{}", format.format().ending())
}

/// "Same formula, new object: by 2024" is "same-formula-new-object-by-2024"; cut between words.
fn slug(words: &str) -> String {
    let lower = words.to_lowercase().replace(['\'', '’'], "");
    let mut name = String::new();
    for word in lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let length = name.chars().count() + word.chars().count() + 1;
        if length > MAX_NAME && !name.is_empty() {
            break;
        }
        if !name.is_empty() {
            name.push('-');
        }
        name.extend(word.chars().take(MAX_NAME));
    }
    name
}

/// Shows the fields of the sheet: how large, and where to.
pub fn save_ui(
    ui: &mut Ui,
    theme: &Theme,
    sheet: &mut PageSheet,
    state: &mut BriefingState,
    actions: &mut Vec<Action>,
) {
    ui.horizontal(|ui| {
        if sheet.format == PageFormat::PNG {
            ui.label(RichText::new("Size").color(theme.ink2));
            for size in [ImageSize::FullHd, ImageSize::UltraHd] {
                ui.radio_value(&mut state.size, size, size.words());
            }
        }
        let has_metadata = matches!(sheet.format.format(), BriefFormat::Png | BriefFormat::Svg | BriefFormat::Pdf);
        let says = match state.prints.is_stripped {
            _ if !has_metadata => "No path and no name of a user or machine is written.",
            true => "Without metadata.",
            false => "With title, description and sources inside; no path and no name of a user or machine.",
        };
        ui.label(RichText::new(says).color(theme.ink2));
    });
    path_field::bar_ui(ui, theme, &mut sheet.path, ["File", "Save"], Some(Action::ChoosePagePath), actions);
    path_field::names_ui(ui, theme, &mut sheet.path);
}

/// Makes the page that was asked for and writes it to a file, whole or not at all.
///
/// # Errors
/// In words, with the path last: what failed, of the page or of the disk.
pub fn write(asked: &Asked, format: PageFormat, path: &Path) -> Result<(), String> {
    let bytes = bytes(asked, format)?;
    let written = files::write_whole(path, |out| io::Write::write_all(out, &bytes));
    written.map_err(|error| format!("{error}: {}", path.display()))
}

fn bytes(asked: &Asked, format: PageFormat) -> Result<Vec<u8>, String> {
    let spec = &asked.spec;
    let is_stripped = spec.prints.is_stripped;
    match format {
        PageFormat::Page(format @ (BriefFormat::Png | BriefFormat::Svg)) => {
            let pages = pages_of(asked)?;
            let page_idx = spec.page_idx.min(pages.n_pages().saturating_sub(1));
            if format == BriefFormat::Png { pages.png(page_idx, is_stripped) } else { pages.svg(page_idx, is_stripped) }
        }
        PageFormat::Page(format) => {
            let briefing = briefing_of(asked)?;
            setting::file(&[briefing], format, spec)
        }
        PageFormat::All(format) => setting::file(&deck(asked), format, spec),
    }
}

/// Everything that was found, with the reader's own words on each finding.
fn deck(asked: &Asked) -> Vec<Briefing> {
    let spec = &asked.spec;
    let report = asked.inputs.report();
    briefing::deck(&report, &|subject| spec.prints.choices(asked.own.of(subject), spec.made_on))
}

/// The page that was asked for as pixels of the size for files.
///
/// # Errors
/// In words: what failed.
pub fn picture(asked: &Asked) -> Result<Arc<ColorImage>, String> {
    let pages = pages_of(asked)?;
    let page_idx = asked.spec.page_idx.min(pages.n_pages().saturating_sub(1));
    let [width, _] = asked.spec.size.pixels();
    Ok(Arc::new(pages.image(page_idx, width)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::briefing::Kind;

    #[test]
    fn a_file_is_called_after_the_headline() {
        let table = [
            ("Same formula, new object: by 2024 NATO’s", "same-formula-new-object-by-2024-natos"),
            ("  … ", ""),
            ("../Pier & harbor\\x", "pier-harbor-x"),
            ("Гавань растёт", "гавань-растёт"),
        ];
        for (headline, name) in table {
            assert_eq!(slug(headline), name);
        }
        let long = slug(&"the harbor council widens the pier ".repeat(5));
        assert_eq!(long, "the-harbor-council-widens-the-pier-the-harbor-council-widens");
        assert_eq!(slug(&"x".repeat(200)).len(), MAX_NAME);
        let state = BriefingState { kind: Kind::SideBySide, ..BriefingState::default() };
        assert_eq!(file_name(&state, PageFormat::SVG), "briefing-side-by-side.svg");
        assert_eq!(file_name(&state, PageFormat::All(BriefFormat::Pdf)), "briefings.pdf");
    }
}
