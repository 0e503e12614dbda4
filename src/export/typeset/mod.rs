//! Briefings as pages: set by Typst from a template, drawn as pixels, outlines or a document with tags.
//!
//! [`typeset`] hands the briefings to templates as a JSON file and lays the pages out once; [`Typeset`] then gives each
//! of them as a picture of any width, PNG, SVG or all of them as PDF/UA-1, and says what can be measured on them
//! ([`Typeset::facts`]). Templates see nothing of the machine: no file, no package, no clock. The same briefings give the
//! same bytes. Cost: a page is laid out in a few milliseconds once fonts are known; drawing it at 1920 × 1080 takes
//! about as long.

mod facts;
mod fonts;
mod marking;
mod pdf;
mod picture;
mod runs;
mod svg;
mod system;
mod templates;
mod world;

use typst_layout::PagedDocument;

pub use fonts::Fonts;
pub use marking::Marking;
pub use pdf::PdfError;
pub use picture::{Picture, PictureError};
pub use system::{drawn_by_system, draws};
pub use templates::Templates;

use crate::report::briefing::Briefing;
use crate::report::briefing::checks::PageFacts;
use world::{Bench, Task};

/// The size of a page in pixels.
///
/// A page is as large in points as makes the type fill it alike at any number of pixels: 960 × 540 points where it is
/// 16:9, wider or higher where it is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PageSize {
    width: u32,
    height: u32,
}

impl PageSize {
    pub const FULL_HD: Self = Self { width: 1920, height: 1080 };
    pub const ULTRA_HD: Self = Self { width: 3840, height: 2160 };

    /// Pixels a side may have.
    pub const SIDE: std::ops::RangeInclusive<u32> = 320..=8192;

    /// `None` where a side is out of [`SIDE`](Self::SIDE).
    pub fn new(width: u32, height: u32) -> Option<Self> {
        (Self::SIDE.contains(&width) && Self::SIDE.contains(&height)).then_some(Self { width, height })
    }

    pub fn width(self) -> u32 {
        self.width
    }

    pub fn height(self) -> u32 {
        self.height
    }

    /// Pixels in a point: 2 at 1920 × 1080.
    pub fn pixels_per_point(self) -> f64 {
        2.0 * (f64::from(self.width) / 1920.0).min(f64::from(self.height) / 1080.0)
    }

    /// Width and height in points.
    pub fn points(self) -> (f64, f64) {
        let scale = self.pixels_per_point();
        (f64::from(self.width) / scale, f64::from(self.height) / scale)
    }
}

/// Why pages could not be set.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TypesetError {
    #[error("nothing to set: no briefing was given")]
    Empty,
    #[error("no template `{name}` for these briefings; there is {}", known.join(", "))]
    UnknownTemplate { name: String, known: Vec<String> },
    #[error("{file}: a template has at most {} kB", templates::MOST_BYTES / 1000)]
    TemplateTooLong { file: String },
    /// What the template's language says, at its place.
    #[error("{file}{}: {message}{}", place(*line, *column), hinted(hints))]
    Template {
        /// Name of the file alone.
        file: String,
        /// From 1; `None` where the fault has no single place.
        line: Option<usize>,
        /// In characters, from 1.
        column: Option<usize>,
        message: String,
        hints: Vec<String>,
    },
    #[error("the template made {n_pages} pages; at most {most} are drawn")]
    TooManyPages { n_pages: usize, most: usize },
    #[error("the template made no page")]
    NoPage,
    #[error("the briefing cannot be handed to a template: {0}")]
    Data(String),
}

fn place(line: Option<usize>, column: Option<usize>) -> String {
    match (line, column) {
        (Some(line), Some(column)) => format!(", line {line}, column {column}"),
        (Some(line), None) => format!(", line {line}"),
        _ => String::new(),
    }
}

fn hinted(hints: &[String]) -> String {
    hints.iter().map(|hint| format!(". Hint: {hint}")).collect()
}

/// Pages that one run may make: more is a template that went astray.
///
/// Two thousand articles in a table take about 350.
const MOST_PAGES: usize = 500;

/// Compilations a result of the typesetter outlives unused before it is forgotten: enough for a choice that is taken back.
const CACHE_AGE: usize = 2;

/// Of more pages than these nothing is remembered: over a project of a thousand articles the last ten compilations were seen to
/// hold 10 to 100 MB, until others came.
const MOST_PAGES_REMEMBERED: usize = 12;

/// Before briefings of more bytes than these, as JSON, all that is remembered is let go of: the typesetter's tables never give
/// back the room of what was the most at any time.
const LONG_BYTES: usize = 64 << 10;

/// Pages as they were laid out, ready to be drawn.
#[derive(Clone)]
pub struct Typeset {
    document: PagedDocument,
    facts: PageFacts,
    size: PageSize,
    language: String,
}

/// Lays out all pages of the briefings, in their order.
///
/// `template` names one of [`Templates::names`]; it is used for the briefings of its kind, and the others keep theirs.
///
/// A template is a program. It can reach nothing outside, its length and the number of its pages are limited, loops
/// without end and calls without end are stopped by Typst; but one that counts to a billion takes its time, and one that
/// builds a huge value takes its memory. Templates come from the reader's own folder, so that is not guarded further.
///
/// # Errors
/// [`TypesetError`]: no briefing, no such template, or a template that is wrong, with its place.
pub fn typeset(
    briefings: &[Briefing],
    template: Option<&str>,
    templates: &Templates,
    size: PageSize,
    fonts: &Fonts,
) -> Result<Typeset, TypesetError> {
    let Some(first) = briefings.first() else { return Err(TypesetError::Empty) };
    let data = data_of(briefings)?;
    let task = Task { briefings, template, templates, size, data: &data };
    let bench = Bench::new(&task, fonts.for_text(&data))?;
    if data.len() > LONG_BYTES {
        forget();
    }
    let compiled = bench.compile();
    let is_short = compiled.as_ref().is_ok_and(|document| document.pages().len() <= MOST_PAGES_REMEMBERED);
    typst::comemo::evict(if is_short { CACHE_AGE } else { 0 });
    let document = compiled?;
    match document.pages().len() {
        0 => return Err(TypesetError::NoPage),
        n_pages if n_pages > MOST_PAGES => return Err(TypesetError::TooManyPages { n_pages, most: MOST_PAGES }),
        _ => {}
    }
    let facts = facts::measure(&document);
    Ok(Typeset { document, facts, size, language: first.language.clone() })
}

/// Lets go of all that was remembered of earlier pages, which may be 40 MB. The next page takes as long as the first one of
/// its kind.
pub fn forget() {
    typst::comemo::evict(0);
}

/// The briefings as JSON, without control characters, which no page can show.
fn data_of(briefings: &[Briefing]) -> Result<String, TypesetError> {
    let mut value = serde_json::to_value(briefings).map_err(|err| TypesetError::Data(err.to_string()))?;
    clean(&mut value);
    Ok(value.to_string())
}

fn clean(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::String(text) if text.chars().any(|c| c.is_control() || c == '\u{ffff}') => {
            *text = marking::without_controls(text);
        }
        serde_json::Value::Array(values) => values.iter_mut().for_each(clean),
        serde_json::Value::Object(fields) => fields.values_mut().for_each(clean),
        _ => {}
    }
}

impl Typeset {
    pub fn n_pages(&self) -> usize {
        self.document.pages().len()
    }

    /// What was measured on the pages.
    pub fn facts(&self) -> &PageFacts {
        &self.facts
    }

    pub fn size(&self) -> PageSize {
        self.size
    }

    /// A page as pixels; `width` is that of the picture, `None` for the size the pages were set for.
    ///
    /// `None` where there is no such page, or the width is 0 or beyond [`PageSize::SIDE`].
    pub fn image(&self, page_idx: usize, width: Option<u32>) -> Option<Picture> {
        let page = self.document.pages().get(page_idx)?;
        picture::draw(page, width.unwrap_or(self.size.width))
    }

    /// A page as a PNG file.
    ///
    /// # Errors
    /// [`PictureError`] where there is no such page, or it cannot be written.
    pub fn png(&self, page_idx: usize, marking: &Marking) -> Result<Vec<u8>, PictureError> {
        let page = self.page(page_idx)?;
        let picture = picture::draw(page, self.size.width).ok_or(PictureError::Size)?;
        picture.png(self.size.pixels_per_point(), marking)
    }

    /// A page as an SVG file: outlines, and over them its text, which is not seen but can be selected and found.
    ///
    /// # Errors
    /// [`PictureError::NoSuchPage`].
    pub fn svg(&self, page_idx: usize, marking: &Marking) -> Result<String, PictureError> {
        Ok(svg::svg(self.page(page_idx)?, &self.language, marking))
    }

    /// All pages as one PDF, tagged, and by PDF/UA-1 unless its title is stripped with the rest or a character has no
    /// glyph.
    ///
    /// # Errors
    /// [`PdfError`] where the pages break the standard, as a template of one's own may.
    pub fn pdf(&self, marking: &Marking) -> Result<Vec<u8>, PdfError> {
        pdf::pdf(&self.document, !self.facts.missing.is_empty(), marking)
    }

    fn page(&self, page_idx: usize) -> Result<&typst_layout::Page, PictureError> {
        let n_pages = self.n_pages();
        self.document.pages().get(page_idx).ok_or(PictureError::NoSuchPage { page_idx, n_pages })
    }
}

#[cfg(test)]
mod tests;
