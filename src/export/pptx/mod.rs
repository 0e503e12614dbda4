//! Briefings as slides that can be edited: PresentationML of ECMA-376 (5th edition, 2016), as PowerPoint, Keynote and
//! LibreOffice open it.
//!
//! A zip of XML parts: one master with one layout, a slide for each briefing or for each of its pages, and notes with
//! the description. Headline, subtitle, sources and method are text; the finding is a picture with its description where
//! the caller has one, else text boxes and tables. No part names an author, a machine or a time of day, and the same
//! briefings give the same bytes. `O(n)` in words and pictures.

mod body;
mod look;
mod package;
mod shapes;
mod slide;
mod text;

use std::io::{self, Write as _};

use zip::write::SimpleFileOptions;

use super::pages::words;
use super::qdpx::xml::Element;
use crate::report::briefing::model::Briefing;

/// A slide to be made.
#[derive(Clone, Copy, Debug)]
pub struct Slide<'a> {
    pub briefing: &'a Briefing,
    /// The finding as drawn, without headline, subtitle and sources. `None`: as text.
    pub picture: Option<Picture<'a>>,
}

/// A picture in the format PNG.
#[derive(Clone, Copy, Debug)]
pub struct Picture<'a> {
    pub png: &'a [u8],
    /// Pixels; they say which form the picture has, not how large it is shown.
    pub width: u32,
    pub height: u32,
}

/// The bytes of a `.pptx` file. Neighbors of one briefing are its pages and say so: "1 of 2". A stripped one says nothing
/// of itself beside its slides and their notes.
///
/// # Errors
/// [`io::ErrorKind::InvalidInput`] for a picture that is no PNG. Writing into memory is said to fail where a file would
/// be larger than a zip can hold.
pub fn deck(slides: &[Slide<'_>], is_stripped: bool) -> io::Result<Vec<u8>> {
    let mut zip = Zip::new();
    let mut pages = Vec::new();
    for (idx, slide) in slides.iter().enumerate() {
        let made = slide::slides(slide.briefing, slide.picture, part(slides, idx));
        pages.extend(made.into_iter().map(|page| (page, slide)));
    }
    let title = match slides {
        [slide] => slide.briefing.headline.clone(),
        _ => words::count((0..slides.len()).filter(|idx| part(slides, *idx).0 == 1).count()),
    };
    let made = slides.iter().map(|slide| slide.briefing.made).max();
    zip.element("[Content_Types].xml", &package::content_types(pages.len(), !is_stripped))?;
    let mut parts = vec![("officeDocument", "ppt/presentation.xml".to_owned())];
    if !is_stripped {
        parts.push(("core-properties", "docProps/core.xml".to_owned()));
        parts.push(("extended-properties", "docProps/app.xml".to_owned()));
        zip.element("docProps/core.xml", &package::core(&title, made))?;
        zip.element("docProps/app.xml", &package::app())?;
    }
    zip.element("_rels/.rels", &package::relations(&parts))?;
    zip.presentation(pages.len())?;
    zip.masters()?;
    for (idx, (page, slide)) in pages.into_iter().enumerate() {
        zip.slide(idx + 1, page, slide)?;
    }
    Ok(zip.writer.finish()?.into_inner())
}

/// Which of how many neighbors of the same briefing a slide is.
fn part(slides: &[Slide<'_>], idx: usize) -> (usize, usize) {
    let Some(slide) = slides.get(idx) else { return (1, 1) };
    let is_same = |other: &&Slide<'_>| std::ptr::eq(other.briefing, slide.briefing);
    let (before, after) = slides.split_at(idx);
    let n_before = before.iter().rev().take_while(is_same).count();
    (n_before + 1, n_before + after.iter().take_while(is_same).count())
}

struct Zip {
    writer: zip::ZipWriter<io::Cursor<Vec<u8>>>,
}

impl Zip {
    fn new() -> Self {
        Self { writer: zip::ZipWriter::new(io::Cursor::new(Vec::new())) }
    }

    fn bytes(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        // A day of its own would say when the machine's clock thinks it is.
        let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default()).unix_permissions(0o644);
        self.writer.start_file(name, options)?;
        self.writer.write_all(bytes)
    }

    fn element(&mut self, name: &str, element: &Element) -> io::Result<()> {
        self.bytes(name, &element.document()?)
    }

    fn presentation(&mut self, n_slides: usize) -> io::Result<()> {
        self.element("ppt/presentation.xml", &package::presentation(n_slides))?;
        let fixed = [
            ("slideMaster", "slideMasters/slideMaster1.xml".to_owned()),
            ("notesMaster", "notesMasters/notesMaster1.xml".to_owned()),
            ("theme", "theme/theme1.xml".to_owned()),
        ];
        let slides = (1..=n_slides).map(|number| ("slide", format!("slides/slide{number}.xml")));
        let relations: Vec<(&str, String)> = fixed.into_iter().chain(slides).collect();
        self.element("ppt/_rels/presentation.xml.rels", &package::relations(&relations))
    }

    /// Master, layout, master of the notes, and a theme for each of the two masters.
    fn masters(&mut self) -> io::Result<()> {
        let theme = include_bytes!("parts/theme.xml");
        self.bytes("ppt/theme/theme1.xml", theme)?;
        self.bytes("ppt/theme/theme2.xml", theme)?;
        self.bytes("ppt/slideMasters/slideMaster1.xml", include_bytes!("parts/master.xml"))?;
        let relations = [
            ("slideLayout", "../slideLayouts/slideLayout1.xml".to_owned()),
            ("theme", "../theme/theme1.xml".to_owned()),
        ];
        self.element("ppt/slideMasters/_rels/slideMaster1.xml.rels", &package::relations(&relations))?;
        self.bytes("ppt/slideLayouts/slideLayout1.xml", include_bytes!("parts/layout.xml"))?;
        let relations = [("slideMaster", "../slideMasters/slideMaster1.xml".to_owned())];
        self.element("ppt/slideLayouts/_rels/slideLayout1.xml.rels", &package::relations(&relations))?;
        self.bytes("ppt/notesMasters/notesMaster1.xml", include_bytes!("parts/notes_master.xml"))?;
        let relations = [("theme", "../theme/theme2.xml".to_owned())];
        self.element("ppt/notesMasters/_rels/notesMaster1.xml.rels", &package::relations(&relations))
    }

    /// A slide with its notes and its picture, under its number.
    fn slide(&mut self, number: usize, page: slide::Page, slide: &Slide<'_>) -> io::Result<()> {
        let mut relations = vec![
            ("slideLayout", "../slideLayouts/slideLayout1.xml".to_owned()),
            ("notesSlide", format!("../notesSlides/notesSlide{number}.xml")),
        ];
        if let Some(picture) = slide.picture {
            if !picture.png.starts_with(b"\x89PNG\r\n\x1a\n") {
                return Err(io::Error::new(io::ErrorKind::InvalidInput, "the picture of a slide is no PNG"));
            }
            relations.push(("image", format!("../media/image{number}.png")));
            self.bytes(&format!("ppt/media/image{number}.png"), picture.png)?;
        }
        self.element(&format!("ppt/slides/slide{number}.xml"), &package::slide(page.tree))?;
        self.element(&format!("ppt/slides/_rels/slide{number}.xml.rels"), &package::relations(&relations))?;
        let notes = package::notes(&page.notes, &slide.briefing.language);
        self.element(&format!("ppt/notesSlides/notesSlide{number}.xml"), &notes)?;
        let relations = [
            ("notesMaster", "../notesMasters/notesMaster1.xml".to_owned()),
            ("slide", format!("../slides/slide{number}.xml")),
        ];
        self.element(&format!("ppt/notesSlides/_rels/notesSlide{number}.xml.rels"), &package::relations(&relations))
    }
}
