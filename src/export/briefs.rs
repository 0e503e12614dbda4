//! Briefings as files: which kinds there are, and the bytes of each. What both shells call.

use super::citations::{self, Form};
use super::facts::PROGRAM;
use super::typeset::{Fonts, Marking, PageSize, PdfError, PictureError, Templates, Typeset, TypesetError, typeset};
use super::{pages, pptx};
use crate::report::briefing::Briefing;
use crate::report::briefing::checks::PageFacts;

/// The kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BriefFormat {
    /// A picture; a file a page.
    Png,
    /// A drawing with a layer of text; a file a page.
    Svg,
    /// A tagged document.
    Pdf,
    /// Slides that can be edited.
    Pptx,
    Html,
    Markdown,
    /// The data behind it, as a table.
    Csv,
    /// The data behind it.
    Json,
    /// The sources.
    Citations(Form),
}

impl BriefFormat {
    pub const ALL: [Self; 11] = [
        Self::Png,
        Self::Svg,
        Self::Pdf,
        Self::Pptx,
        Self::Html,
        Self::Markdown,
        Self::Csv,
        Self::Json,
        Self::Citations(Form::Plain),
        Self::Citations(Form::Bibtex),
        Self::Citations(Form::CslJson),
    ];

    /// As on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Citations(form) => form.name(),
            Self::Markdown => "markdown",
            other => other.ending(),
        }
    }

    /// How the name of a file ends, without the point.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Svg => "svg",
            Self::Pdf => "pdf",
            Self::Pptx => "pptx",
            Self::Html => "html",
            Self::Markdown => "md",
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Citations(form) => form.extension(),
        }
    }

    /// The format of a file that ends so, whatever its case; `None` where none does.
    ///
    /// ```
    /// use throughline::export::briefs::BriefFormat;
    /// assert_eq!(BriefFormat::of_ending("PDF"), Some(BriefFormat::Pdf));
    /// assert_eq!(BriefFormat::of_ending("doc"), None);
    /// ```
    pub fn of_ending(ending: &str) -> Option<Self> {
        match ending.to_ascii_lowercase().as_str() {
            "htm" => Some(Self::Html),
            "markdown" => Some(Self::Markdown),
            // Of two formats with one ending (data and citations as JSON) the first is meant.
            ending => Self::ALL.into_iter().find(|format| format.ending() == ending),
        }
    }
}

/// How pages are set.
#[derive(Clone, Copy)]
pub struct Setting<'a> {
    /// One of the reader's own templates, for the briefings of its kind.
    pub template: Option<&'a str>,
    pub templates: &'a Templates,
    pub size: PageSize,
    pub fonts: &'a Fonts,
    /// Is nothing to be said in the file's own data?
    pub is_stripped: bool,
}

/// What was made.
#[derive(Clone, Debug)]
#[must_use]
pub struct Made {
    /// One, or one for each page.
    pub files: Vec<Vec<u8>>,
    /// What was measured on the pages, where pages were set.
    pub facts: Option<PageFacts>,
}

/// Why nothing was made.
#[derive(Debug, thiserror::Error)]
pub enum BriefFileError {
    #[error(transparent)]
    Typeset(#[from] TypesetError),
    #[error(transparent)]
    Picture(#[from] PictureError),
    #[error(transparent)]
    Pdf(#[from] PdfError),
    #[error("the file cannot be put together")]
    Io(#[from] std::io::Error),
}

/// The bytes of the file of one briefing or of several.
///
/// # Errors
/// [`BriefFileError`], where pages cannot be set or drawn.
pub fn files(briefings: &[Briefing], format: BriefFormat, setting: &Setting<'_>) -> Result<Made, BriefFileError> {
    let whole = |bytes: Vec<u8>| Made { files: vec![bytes], facts: None };
    Ok(match format {
        BriefFormat::Png | BriefFormat::Svg | BriefFormat::Pdf => {
            let typeset = typeset(briefings, setting.template, setting.templates, setting.size, setting.fonts)?;
            let marking = marking(briefings, setting.is_stripped);
            let files = page_files(&typeset, format, &marking)?;
            Made { files, facts: Some(typeset.facts().clone()) }
        }
        BriefFormat::Pptx => {
            let slides: Vec<_> = briefings.iter().map(|briefing| pptx::Slide { briefing, picture: None }).collect();
            whole(pptx::deck(&slides, setting.is_stripped)?)
        }
        BriefFormat::Html => whole(pages::html(briefings)),
        BriefFormat::Markdown => whole(pages::markdown(briefings)),
        BriefFormat::Csv => whole(pages::csv(briefings)?),
        BriefFormat::Json => whole(pages::json(briefings)?),
        BriefFormat::Citations(form) => whole(citations::sources(briefings, form)),
    })
}

fn page_files(typeset: &Typeset, format: BriefFormat, marking: &Marking) -> Result<Vec<Vec<u8>>, BriefFileError> {
    let pages = 0..typeset.n_pages();
    match format {
        BriefFormat::Pdf => Ok(vec![typeset.pdf(marking)?]),
        BriefFormat::Svg => pages.map(|idx| Ok(typeset.svg(idx, marking)?.into_bytes())).collect(),
        _ => pages.map(|idx| Ok(typeset.png(idx, marking)?)).collect(),
    }
}

/// What a file says of itself: of one briefing its own words, of several what they are.
pub fn marking(briefings: &[Briefing], is_stripped: bool) -> Marking {
    let Some(first) = briefings.first() else { return Marking::stripped(jiff::civil::Date::default()) };
    if is_stripped {
        return Marking::stripped(first.made);
    }
    let mut sources: Vec<String> = Vec::new();
    for source in briefings.iter().flat_map(|briefing| &briefing.sources) {
        let estimate = if source.when.is_estimate { "est. " } else { "" };
        let source = format!("{}, {estimate}{}", source.outlet, source.when.day);
        if !sources.contains(&source) {
            sources.push(source);
        }
    }
    let (title, description) = match briefings {
        [only] => (only.headline.clone(), only.description.clone()),
        several => (format!("{} briefings", several.len()), first.headline.clone()),
    };
    Marking {
        title,
        description,
        source: sources.join("; "),
        software: PROGRAM.to_owned(),
        is_stripped: false,
        made: first.made,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_has_a_name_of_its_own_and_is_found_by_its_ending() {
        let mut names = BriefFormat::ALL.map(BriefFormat::name);
        names.sort_unstable();
        assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "{names:?}");
        for format in BriefFormat::ALL {
            let found = BriefFormat::of_ending(format.ending()).unwrap();
            assert_eq!(found.ending(), format.ending());
        }
        assert_eq!(BriefFormat::of_ending("json"), Some(BriefFormat::Json));
    }
}
