//! The one place where the view meets whoever sets pages: templates, pages, and what they can be written as.

use std::path::Path;
use std::sync::LazyLock;

use egui::ColorImage;

use super::maker::Spec;
use crate::export::briefs::{self, BriefFileError, BriefFormat, Setting};
use crate::export::typeset::{self, Fonts, Marking, PageSize, Typeset, TypesetError};
use crate::gui::state::ImageSize;
use crate::gui::theme;
use crate::project::templates;
use crate::report::briefing::checks::PageFacts;
use crate::report::briefing::{Briefing, Kind};

/// Listing the system's fonts takes up to 300 ms, once, and only where a page needs one of them.
static FONTS: LazyLock<Fonts> = LazyLock::new(Fonts::with_system);

/// Why there is no page, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// What failed, in a sentence.
    pub what: String,
    /// "shift-wide.typ, line 12, column 3", `None` where no place is known.
    pub place: Option<String>,
    pub next_step: String,
}

impl Trouble {
    /// All of it in one line.
    pub fn line(&self) -> String {
        let place = self.place.as_ref().map_or_else(String::new, |place| format!("{place}: "));
        format!("{place}{}. {}", self.what.trim_end_matches('.'), self.next_step)
    }

    fn of(error: TypesetError) -> Self {
        const MEND: &str = "Mend the template and try again, or choose another one";
        match error {
            TypesetError::Template { file, line, column, message, hints } => {
                let place = match (line, column) {
                    (Some(line), Some(column)) => format!("{file}, line {line}, column {column}"),
                    (Some(line), None) => format!("{file}, line {line}"),
                    _ => file,
                };
                let hints: String = hints.iter().map(|hint| format!(". Hint: {hint}")).collect();
                Self { what: format!("{message}{hints}"), place: Some(place), next_step: MEND.to_owned() }
            }
            TypesetError::UnknownTemplate { name, .. } => Self {
                what: format!("The template “{name}” is not in your folder of templates"),
                place: None,
                next_step: "Put it back and try again, or choose another one".to_owned(),
            },
            other => Self { what: other.to_string(), place: None, next_step: MEND.to_owned() },
        }
    }
}

/// The templates that come with the program, and the reader's.
#[derive(Debug)]
pub struct Templates(typeset::Templates);

impl Templates {
    /// Reads the reader's templates from their folder; where that can't be read, there are none.
    pub fn read(folder: Option<&Path>) -> Self {
        let files = folder.and_then(|folder| templates::read(folder).ok()).unwrap_or_default();
        Self(typeset::Templates::with_folder(files))
    }

    /// The names of the reader's templates for a kind of page, apart from one that takes the place of the built-in one.
    pub fn names(&self, kind: Kind) -> Vec<String> {
        self.0.names(kind).into_iter().filter(|name| *name != kind.name()).map(str::to_owned).collect()
    }
}

/// Pages that were set.
pub struct Pages {
    typeset: Typeset,
    /// What a file says of itself.
    marking: Marking,
}

/// Sets one briefing, or several as one document.
///
/// # Errors
/// [`Trouble`] with a template.
pub fn set(
    briefings: &[Briefing],
    template: Option<&str>,
    templates: &Templates,
    size: ImageSize,
) -> Result<Pages, Trouble> {
    let typeset = typeset::typeset(briefings, template, &templates.0, pixels(size), &FONTS).map_err(Trouble::of)?;
    Ok(Pages { typeset, marking: briefs::marking(briefings, false) })
}

fn pixels(size: ImageSize) -> PageSize {
    match size {
        ImageSize::FullHd => PageSize::FULL_HD,
        ImageSize::UltraHd => PageSize::ULTRA_HD,
    }
}

/// Briefings as one file.
///
/// # Errors
/// In words.
pub fn file(briefings: &[Briefing], format: BriefFormat, spec: &Spec) -> Result<Vec<u8>, String> {
    let templates = Templates::read(spec.folder.as_deref());
    let setting = Setting {
        template: spec.template.as_deref(),
        templates: &templates.0,
        size: pixels(spec.size),
        fonts: &FONTS,
        is_stripped: spec.prints.is_stripped,
    };
    let made = briefs::files(briefings, format, &setting);
    // What the writing of a long table leaves behind is of no use for the pages that are shown.
    forget();
    let made = made.map_err(|error| match error {
        BriefFileError::Typeset(error) => Trouble::of(error).line(),
        other => other.to_string(),
    })?;
    made.files.into_iter().next().ok_or_else(|| "nothing was made".to_owned())
}

/// Lets go of what is remembered of earlier pages.
pub fn forget() {
    typeset::forget();
}

impl Pages {
    pub fn n_pages(&self) -> usize {
        self.typeset.n_pages()
    }

    pub fn facts(&self) -> PageFacts {
        self.typeset.facts().clone()
    }

    /// A page as pixels, so wide; a white one where that can't be.
    pub fn image(&self, page_idx: usize, width: u32) -> ColorImage {
        match self.typeset.image(page_idx, Some(width)) {
            Some(picture) => {
                ColorImage::from_rgba_premultiplied([picture.width as usize, picture.height as usize], &picture.rgba)
            }
            None => ColorImage::filled([width as usize, width as usize * 9 / 16], theme::PAGE),
        }
    }

    /// # Errors
    /// In words.
    pub fn png(&self, page_idx: usize, is_stripped: bool) -> Result<Vec<u8>, String> {
        self.typeset.png(page_idx, &self.marked(is_stripped)).map_err(|error| error.to_string())
    }

    /// # Errors
    /// In words.
    pub fn svg(&self, page_idx: usize, is_stripped: bool) -> Result<Vec<u8>, String> {
        let svg = self.typeset.svg(page_idx, &self.marked(is_stripped)).map_err(|error| error.to_string())?;
        Ok(svg.into_bytes())
    }

    fn marked(&self, is_stripped: bool) -> Marking {
        if is_stripped { Marking::stripped(self.marking.made) } else { self.marking.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trouble_with_a_template_names_file_and_line() {
        let error = TypesetError::Template {
            file: "shift-wide.typ".to_owned(),
            line: Some(12),
            column: Some(3),
            message: "unknown variable: pier".to_owned(),
            hints: Vec::new(),
        };
        let trouble = Trouble::of(error);
        assert_eq!(trouble.place.as_deref(), Some("shift-wide.typ, line 12, column 3"));
        assert!(trouble.line().starts_with("shift-wide.typ, line 12, column 3: unknown variable: pier. Mend"));
    }
}
