//! The parts of the file around the slides: lists of contents, relations, properties, notes.

use jiff::civil::Date;

use super::look::{SLIDE, emu};
use super::shapes::group_properties;
use crate::export::facts::PROGRAM;
use crate::export::qdpx::xml::Element;

const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const MAIN: &str = "application/vnd.openxmlformats-officedocument.presentationml";

/// Every part but slides, notes, pictures and properties: name, type of contents.
const FIXED: [(&str, &str); 6] = [
    ("/ppt/presentation.xml", "presentation.main"),
    ("/ppt/slideMasters/slideMaster1.xml", "slideMaster"),
    ("/ppt/slideLayouts/slideLayout1.xml", "slideLayout"),
    ("/ppt/notesMasters/notesMaster1.xml", "notesMaster"),
    ("/ppt/theme/theme1.xml", "theme"),
    ("/ppt/theme/theme2.xml", "theme"),
];

/// What a deck says of itself, in the same form.
const PROPERTIES: [(&str, &str); 2] = [("/docProps/core.xml", "core"), ("/docProps/app.xml", "app")];

fn content_type(kind: &str) -> String {
    match kind {
        "theme" => "application/vnd.openxmlformats-officedocument.theme+xml".to_owned(),
        "core" => "application/vnd.openxmlformats-package.core-properties+xml".to_owned(),
        "app" => "application/vnd.openxmlformats-officedocument.extended-properties+xml".to_owned(),
        _ => format!("{MAIN}.{kind}+xml"),
    }
}

/// `[Content_Types].xml` of a deck of `n_slides`, each with its notes.
pub(super) fn content_types(n_slides: usize, has_properties: bool) -> Element {
    let default =
        |extension: &str, kind: &str| Element::new("Default").with("Extension", extension).with("ContentType", kind);
    let part = |name: &str, kind: &str| {
        Element::new("Override").with("PartName", name).with("ContentType", &content_type(kind))
    };
    let slides = (1..=n_slides).flat_map(|number| {
        [
            part(&format!("/ppt/slides/slide{number}.xml"), "slide"),
            part(&format!("/ppt/notesSlides/notesSlide{number}.xml"), "notesSlide"),
        ]
    });
    Element::new("Types")
        .with("xmlns", &format!("{PACKAGE}/content-types"))
        .child(default("rels", "application/vnd.openxmlformats-package.relationships+xml"))
        .child(default("xml", "application/xml"))
        .child(default("png", "image/png"))
        .children(FIXED.iter().chain(PROPERTIES.iter().filter(|_| has_properties)).map(|(name, kind)| part(name, kind)))
        .children(slides)
}

/// Relations of a part, numbered from `rId1` in their order: kind and target.
pub(super) fn relations(relations: &[(&str, String)]) -> Element {
    let relation = |(idx, (kind, target)): (usize, &(&str, String))| {
        let kind = match *kind {
            "core-properties" => format!("{PACKAGE}/relationships/metadata/core-properties"),
            kind => format!("{RELATIONSHIPS}/{kind}"),
        };
        Element::new("Relationship").with("Id", &format!("rId{}", idx + 1)).with("Type", &kind).with("Target", target)
    };
    Element::new("Relationships")
        .with("xmlns", &format!("{PACKAGE}/relationships"))
        .children(relations.iter().enumerate().map(relation))
}

/// An element with the names of the format.
pub(super) fn root(name: &'static str) -> Element {
    Element::new(name)
        .with("xmlns:a", "http://schemas.openxmlformats.org/drawingml/2006/main")
        .with("xmlns:r", RELATIONSHIPS)
        .with("xmlns:p", "http://schemas.openxmlformats.org/presentationml/2006/main")
}

/// `ppt/presentation.xml`, whose relations are the master, that of the notes, the theme, then the slides.
pub(super) fn presentation(n_slides: usize) -> Element {
    let id = |name, id: usize, relation: usize| {
        Element::new(name).with("id", &id.to_string()).with("r:id", &format!("rId{relation}"))
    };
    // Ids of masters begin at 2^31, those of slides at 256.
    let masters = Element::new("p:sldMasterIdLst").child(id("p:sldMasterId", 1 << 31, 1));
    let notes = Element::new("p:notesMasterId").with("r:id", "rId2");
    let slides = (0..n_slides).map(|idx| id("p:sldId", 256 + idx, 4 + idx));
    let size = Element::new("p:sldSz").with("cx", &emu(SLIDE.0)).with("cy", &emu(SLIDE.1));
    root("p:presentation")
        .child(masters)
        .child(Element::new("p:notesMasterIdLst").child(notes))
        .children(Element::new("p:sldIdLst").children(slides).if_any())
        .child(size)
        .child(Element::new("p:notesSz").with("cx", &emu(540.0)).with("cy", &emu(720.0)))
}

/// `ppt/slides/slide1.xml`.
pub(super) fn slide(tree: Element) -> Element {
    root("p:sld").child(Element::new("p:cSld").child(tree)).child(master_colors())
}

fn master_colors() -> Element {
    Element::new("p:clrMapOvr").child(Element::new("a:masterClrMapping"))
}

/// `ppt/notesSlides/notesSlide1.xml`, a paragraph for each note.
pub(super) fn notes(notes: &[String], language: &str) -> Element {
    let paragraph = |note: &String| {
        let run = Element::new("a:r").child(Element::new("a:rPr").with("lang", language));
        let text = Element::new("a:t").text(&note.replace(char::is_control, " "));
        Element::new("a:p").child(run.child(text))
    };
    let holder = |name: &str, id: &str, place: Element| {
        let locks = Element::new("a:spLocks").with("noGrp", "1");
        Element::new("p:nvSpPr")
            .child(Element::new("p:cNvPr").with("id", id).with("name", name))
            .child(Element::new("p:cNvSpPr").child(locks))
            .child(Element::new("p:nvPr").child(place))
    };
    let image = Element::new("p:sp")
        .child(holder("Slide", "2", Element::new("p:ph").with("type", "sldImg")))
        .child(Element::new("p:spPr"));
    let text = Element::new("p:txBody")
        .child(Element::new("a:bodyPr"))
        .child(Element::new("a:lstStyle"))
        .children(notes.iter().map(paragraph));
    let words = Element::new("p:sp")
        .child(holder("Notes", "3", Element::new("p:ph").with("type", "body").with("idx", "1")))
        .child(Element::new("p:spPr"))
        .child(text);
    let tree = Element::new("p:spTree").children(group_properties()).child(image).child(words);
    root("p:notes").child(Element::new("p:cSld").child(tree)).child(master_colors())
}

/// `docProps/core.xml`: a title and a day, nothing of anybody.
pub(super) fn core(title: &str, made: Option<Date>) -> Element {
    let created = made.map(|made| {
        let day = format!("{made}T00:00:00Z");
        Element::new("dcterms:created").with("xsi:type", "dcterms:W3CDTF").text(&day)
    });
    Element::new("cp:coreProperties")
        .with("xmlns:cp", &format!("{PACKAGE}/metadata/core-properties"))
        .with("xmlns:dc", "http://purl.org/dc/elements/1.1/")
        .with("xmlns:dcterms", "http://purl.org/dc/terms/")
        .with("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
        .child(Element::new("dc:title").text(title))
        .children(created)
}

/// `docProps/app.xml`: the program.
pub(super) fn app() -> Element {
    Element::new("Properties")
        .with("xmlns", "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties")
        .child(Element::new("Application").text(PROGRAM))
}
