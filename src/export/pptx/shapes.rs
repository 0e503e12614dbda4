//! The shapes of a slide as elements: text boxes, tables, pictures, lines.

use super::body::{CELL_GAP, CELL_RIGHT, row_height};
use super::look::{Area, Color, emu};
use super::text::{Paragraph, body, fill, place};
use crate::export::qdpx::xml::Element;

/// What a text box is to the program that opens the slide.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum TextKind {
    Title,
    Box,
}

/// Makes shapes with ids of their own and collects them in reading order.
pub(super) struct Shapes<'a> {
    language: &'a str,
    shapes: Vec<Element>,
}

impl<'a> Shapes<'a> {
    pub fn new(language: &'a str) -> Self {
        Self { language, shapes: Vec::new() }
    }

    /// The whole tree: what holds the shapes, then these.
    pub fn tree(self) -> Element {
        Element::new("p:spTree").children(group_properties()).children(self.shapes)
    }

    /// Number 1 is the tree itself.
    fn named(&self, name: &str) -> Element {
        Element::new("p:cNvPr").with("id", &(self.shapes.len() + 2).to_string()).with("name", name)
    }

    pub fn text(&mut self, name: &str, kind: TextKind, area: Area, paragraphs: &[Paragraph]) {
        let (own, placeholder) = match kind {
            TextKind::Title => (
                Element::new("p:cNvSpPr").child(Element::new("a:spLocks").with("noGrp", "1")),
                Element::new("p:nvPr").child(Element::new("p:ph").with("type", "title")),
            ),
            TextKind::Box => (Element::new("p:cNvSpPr").with("txBox", "1"), Element::new("p:nvPr")),
        };
        let names = Element::new("p:nvSpPr").children([self.named(name), own, placeholder]);
        let shape = Element::new("p:spPr").children([place("a:xfrm", area), rectangle(), Element::new("a:noFill")]);
        let text = body("p:txBody", paragraphs, self.language);
        self.shapes.push(Element::new("p:sp").children([names, shape, text]));
    }

    /// A line that says nothing to those who do not see it.
    pub fn rule(&mut self, area: Area) {
        let decorative = Element::new("adec:decorative")
            .with("xmlns:adec", "http://schemas.microsoft.com/office/drawing/2017/decorative")
            .with("val", "1");
        let extension = Element::new("a:ext").with("uri", "{C183D7F6-B498-43B3-948B-1728B52AA6E4}").child(decorative);
        let name = self.named("Rule").child(Element::new("a:extLst").child(extension));
        let names = Element::new("p:nvCxnSpPr").children([name, Element::new("p:cNvCxnSpPr"), Element::new("p:nvPr")]);
        let line = Element::new("a:prstGeom").with("prst", "line").child(Element::new("a:avLst"));
        let shape = Element::new("p:spPr").children([place("a:xfrm", area), line, stroke("a:ln", 1.0, Color::Ink)]);
        self.shapes.push(Element::new("p:cxnSp").children([names, shape]));
    }

    /// `relation` is the id under which the slide refers to the picture.
    pub fn picture(&mut self, area: Area, relation: &str, description: &str) {
        let own = Element::new("p:cNvPicPr").child(Element::new("a:picLocks").with("noChangeAspect", "1"));
        let name = self.named("Finding").with("descr", description);
        let names = Element::new("p:nvPicPr").children([name, own, Element::new("p:nvPr")]);
        let whole = Element::new("a:stretch").child(Element::new("a:fillRect"));
        let content = Element::new("p:blipFill").children([Element::new("a:blip").with("r:embed", relation), whole]);
        let shape = Element::new("p:spPr").children([place("a:xfrm", area), rectangle()]);
        self.shapes.push(Element::new("p:pic").children([names, content, shape]));
    }

    pub fn table(&mut self, area: Area, widths: &[f32], has_head: bool, rows: &[Vec<Paragraph>], description: &str) {
        let locks = Element::new("a:graphicFrameLocks").with("noGrp", "1");
        let own = Element::new("p:cNvGraphicFramePr").child(locks);
        let name = self.named("Finding").with("descr", description);
        let names = Element::new("p:nvGraphicFramePr").children([name, own, Element::new("p:nvPr")]);
        let columns = widths.iter().map(|width| Element::new("a:gridCol").with("w", &emu(*width)));
        let rows = rows.iter().map(|row| {
            let cells = row.iter().map(|cell| self.cell(cell));
            Element::new("a:tr").with("h", &emu(row_height(row, widths))).children(cells)
        });
        let table = Element::new("a:tbl")
            .child(Element::new("a:tblPr").with("firstRow", if has_head { "1" } else { "0" }))
            .child(Element::new("a:tblGrid").children(columns))
            .children(rows);
        let data = Element::new("a:graphicData")
            .with("uri", "http://schemas.openxmlformats.org/drawingml/2006/table")
            .child(table);
        let frame = [names, place("p:xfrm", area), Element::new("a:graphic").child(data)];
        self.shapes.push(Element::new("p:graphicFrame").children(frame));
    }

    /// A cell between two hairlines.
    fn cell(&self, words: &Paragraph) -> Element {
        let half = emu(CELL_GAP / 2.0);
        let properties = Element::new("a:tcPr")
            .with("marL", "0")
            .with("marR", &emu(CELL_RIGHT))
            .with("marT", &half)
            .with("marB", &half)
            .child(Element::new("a:lnL").with("w", "0").child(Element::new("a:noFill")))
            .child(Element::new("a:lnR").with("w", "0").child(Element::new("a:noFill")))
            .child(stroke("a:lnT", 0.5, Color::Rule))
            .child(stroke("a:lnB", 0.5, Color::Rule))
            .child(Element::new("a:noFill"));
        Element::new("a:tc").child(body("a:txBody", std::slice::from_ref(words), self.language)).child(properties)
    }
}

/// What every tree begins with: its own name, and a place of no size.
pub(super) fn group_properties() -> [Element; 2] {
    let name = Element::new("p:cNvPr").with("id", "1").with("name", "");
    let names = Element::new("p:nvGrpSpPr").children([name, Element::new("p:cNvGrpSpPr"), Element::new("p:nvPr")]);
    [names, Element::new("p:grpSpPr")]
}

fn rectangle() -> Element {
    Element::new("a:prstGeom").with("prst", "rect").child(Element::new("a:avLst"))
}

fn stroke(name: &'static str, width: f32, color: Color) -> Element {
    Element::new(name).with("w", &emu(width)).child(fill(color))
}
