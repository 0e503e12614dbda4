//! All pages as one PDF: tagged in order of reading, by PDF/UA-1 (ISO 14289-1:2014), the same bytes each time.

use typst::diag::SourceDiagnostic;
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use super::Marking;

/// Why a PDF could not be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("cannot make an accessible PDF: {message}{}", super::hinted(hints))]
pub struct PdfError {
    pub message: String,
    pub hints: Vec<String>,
}

impl PdfError {
    fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), hints: Vec::new() }
    }

    fn of(error: &SourceDiagnostic) -> Self {
        Self { message: error.message.to_string(), hints: error.hints.iter().map(|hint| hint.v.to_string()).collect() }
    }
}

/// A title is part of the standard, and so is a glyph for every character; a file without is tagged all the same, but
/// does not claim to keep it.
pub(super) fn pdf(document: &PagedDocument, lacks_glyphs: bool, marking: &Marking) -> Result<Vec<u8>, PdfError> {
    let mut document = document.clone();
    let info = document.info_mut();
    info.author = Vec::new();
    info.keywords = Vec::new();
    info.title = None;
    info.description = None;
    info.date = Smart::Auto;
    for (key, text) in marking.texts() {
        match key {
            "Title" => info.title = Some(text.into()),
            "Description" => info.description = Some(text.into()),
            _ => {}
        }
    }
    let is_standard = info.title.is_some() && !lacks_glyphs;
    let standards: &[PdfStandard] = if is_standard { &[PdfStandard::Ua_1] } else { &[] };
    let standards = PdfStandards::new(standards).map_err(|err| PdfError::new(err.message().to_string()))?;
    let options = PdfOptions {
        // Named by what it holds: nothing else is the same each time.
        ident: if marking.is_stripped { Smart::Auto } else { Smart::Custom(marking.title.clone()) },
        creator: Smart::Custom((!marking.is_stripped).then(|| marking.software.clone())),
        timestamp: if marking.is_stripped { None } else { timestamp(marking) },
        page_ranges: None,
        standards,
        tagged: true,
        pretty: false,
    };
    typst_pdf::pdf(&document, &options)
        .map_err(|errors| errors.first().map_or_else(|| PdfError::new("no reason given"), PdfError::of))
}

/// The day of making at midnight.
fn timestamp(marking: &Marking) -> Option<Timestamp> {
    let part = |number: i8| u8::try_from(number).ok();
    let made = marking.made;
    let day = Datetime::from_ymd_hms(i32::from(made.year()), part(made.month())?, part(made.day())?, 0, 0, 0)?;
    Some(Timestamp::new_utc(day))
}
