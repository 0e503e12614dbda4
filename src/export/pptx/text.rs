//! Paragraphs of runs, as text boxes and cells hold them.

use super::look::{self, Area, Color, Face, LINE, emu};
use crate::export::pages::words;
use crate::export::qdpx::xml::Element;
use crate::report::briefing::model::{Likeness, Quote, Role};

/// Words that are set in one way.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Run {
    pub text: String,
    pub face: Face,
    pub size: f32,
    pub is_bold: bool,
    pub color: Color,
    /// Its name in the format, and its color.
    pub underline: Option<(&'static str, Color)>,
    pub is_raised: bool,
}

impl Run {
    pub fn sans(text: impl Into<String>, size: f32) -> Self {
        let (face, color) = (Face::Sans, Color::Ink2);
        Self { text: text.into(), face, size, is_bold: false, color, underline: None, is_raised: false }
    }

    pub fn serif(text: impl Into<String>, size: f32) -> Self {
        Self { face: Face::Serif, color: Color::Ink, ..Self::sans(text, size) }
    }

    pub fn bold(self) -> Self {
        Self { is_bold: true, color: Color::Ink, ..self }
    }

    pub fn colored(self, color: Color) -> Self {
        Self { color, ..self }
    }

    pub fn raised(self) -> Self {
        Self { is_raised: true, ..self }
    }

    /// The look of a role: kept is underlined, only before gray with dashes, only after in the accent with two lines;
    /// so none is told from another by color alone.
    pub fn marked(self, role: Role) -> Self {
        match role {
            Role::Plain => self,
            Role::Kept => Self { underline: Some(("sng", Color::Ink)), ..self },
            Role::OnlyBefore => Self { underline: Some(("dash", Color::Dim)), color: Color::Dim, ..self },
            Role::OnlyAfter => Self { underline: Some(("dbl", Color::Accent)), color: Color::Accent, ..self },
            Role::Strong => self.bold(),
            Role::Shared => self.bold().colored(Color::Phrase),
            Role::Redacted => Self { face: Face::Sans, color: Color::Dim, ..self },
        }
    }

    pub fn liked(self, likeness: Likeness) -> Self {
        let name = match likeness {
            Likeness::Verbatim => "sng",
            Likeness::Near => "dash",
            Likeness::Alias => "dotted",
        };
        Self { underline: Some((name, Color::Phrase)), ..self }
    }

    fn width(&self) -> f32 {
        look::text_width(&self.text, self.face, self.size, self.is_bold)
    }

    fn element(&self, language: &str) -> Element {
        let mut properties = Element::new("a:rPr")
            .with("lang", language)
            .with("sz", &format!("{}", (self.size * 100.0).round()))
            .with("b", if self.is_bold { "1" } else { "0" })
            .with("dirty", "0");
        if let Some((name, _)) = self.underline {
            properties = properties.with("u", name);
        }
        if self.is_raised {
            properties = properties.with("baseline", "30000");
        }
        properties = properties.child(fill(self.color));
        if let Some((_, color)) = self.underline {
            properties = properties.child(Element::new("a:uFill").child(fill(color)));
        }
        let face = ["a:latin", "a:cs"].map(|name| {
            let face = Element::new(name).with("typeface", self.face.name());
            face.with("pitchFamily", self.face.pitch_family()).with("charset", "0")
        });
        let text = self.text.replace(char::is_control, " ");
        Element::new("a:r").child(properties.children(face)).child(Element::new("a:t").text(&text))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Center,
    Right,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Paragraph {
    pub runs: Vec<Run>,
    pub align: Align,
    /// Room above it, in points.
    pub space_before: f32,
}

impl Paragraph {
    pub fn new(runs: impl IntoIterator<Item = Run>) -> Self {
        Self {
            runs: runs.into_iter().filter(|run| !run.text.is_empty()).collect(),
            align: Align::Left,
            space_before: 0.0,
        }
    }

    pub fn aligned(self, align: Align) -> Self {
        Self { align, ..self }
    }

    pub fn spaced(self, space_before: f32) -> Self {
        Self { space_before, ..self }
    }

    /// Room it takes in lines of `width`.
    fn height(&self, width: f32) -> f32 {
        let size = self.runs.iter().map(|run| run.size).fold(0.0, f32::max);
        self.space_before + look::n_lines(self.runs.iter().map(Run::width).sum(), width) * size * LINE
    }

    fn element(&self, language: &str) -> Element {
        let align = match self.align {
            Align::Left => "l",
            Align::Center => "ctr",
            Align::Right => "r",
        };
        let space = format!("{}", (self.space_before * 100.0).round());
        let space = Element::new("a:spcBef").child(Element::new("a:spcPts").with("val", &space));
        let properties = Element::new("a:pPr").with("marL", "0").with("indent", "0").with("algn", align);
        let runs = self.runs.iter().map(|run| run.element(language));
        Element::new("a:p").child(properties.child(space).child(Element::new("a:buNone"))).children(runs)
    }
}

/// Room that paragraphs take below each other.
pub(super) fn height(paragraphs: &[Paragraph], width: f32) -> f32 {
    paragraphs.iter().map(|paragraph| paragraph.height(width)).sum()
}

/// The runs of a quotation, with its quotation marks and ellipses.
pub(super) fn quote_runs(quote: &Quote, size: f32) -> Vec<Run> {
    let around = words::quoted(quote, "\0".to_owned());
    let (open, close) = around.split_once('\0').unwrap_or_default();
    let mut runs = vec![Run::serif(open, size)];
    for segment in &quote.segments {
        let text = words::segment(segment);
        let (before, core, after) = words::trimmed(&text);
        runs.push(Run::serif(before, size));
        runs.push(Run::serif(core, size).marked(segment.role));
        runs.push(Run::serif(after, size));
    }
    runs.push(Run::serif(close, size));
    runs.retain(|run| !run.text.is_empty());
    runs
}

pub(super) fn fill(color: Color) -> Element {
    Element::new("a:solidFill").child(Element::new("a:srgbClr").with("val", color.hex()))
}

/// `a:off` and `a:ext` of a shape.
pub(super) fn place(name: &'static str, area: Area) -> Element {
    Element::new(name)
        .child(Element::new("a:off").with("x", &emu(area.x)).with("y", &emu(area.y)))
        .child(Element::new("a:ext").with("cx", &emu(area.width)).with("cy", &emu(area.height)))
}

/// What a shape or a cell holds, under the name it has there. Text keeps its size whatever happens.
pub(super) fn body(name: &'static str, paragraphs: &[Paragraph], language: &str) -> Element {
    let mut properties = Element::new("a:bodyPr").with("wrap", "square");
    for inset in ["lIns", "tIns", "rIns", "bIns"] {
        properties = properties.with(inset, "0");
    }
    let properties = properties.with("anchor", "t").child(Element::new("a:noAutofit"));
    let empty = [Paragraph::new([])];
    let paragraphs = if paragraphs.is_empty() { empty.as_slice() } else { paragraphs };
    Element::new(name)
        .child(properties)
        .child(Element::new("a:lstStyle"))
        .children(paragraphs.iter().map(|paragraph| paragraph.element(language)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::briefing::model::Segment;

    #[test]
    fn what_was_kept_and_what_was_not_differ_in_more_than_color() {
        let underline = |role| Run::serif("x", 20.0).marked(role).underline.map(|(name, _)| name);
        assert_eq!(
            [Role::Plain, Role::Kept, Role::OnlyBefore, Role::OnlyAfter].map(underline),
            [None, Some("sng"), Some("dash"), Some("dbl")]
        );
    }

    #[test]
    fn a_quotation_keeps_its_words_and_hides_what_was_taken_out() {
        let segment = |text: &str, role| Segment { text: text.to_owned(), role };
        let segments = vec![segment("We ", Role::Kept), segment("Mr Secret", Role::Redacted)];
        let quote = Quote { is_quoted: true, is_cut_before: false, is_cut_after: true, segments };
        let texts: Vec<String> = quote_runs(&quote, 20.0).into_iter().map(|run| run.text).collect();
        assert_eq!(texts, ["“", "We", " ", "[redacted]", " …”"]);
    }
}
