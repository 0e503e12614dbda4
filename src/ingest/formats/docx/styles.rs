//! What the styles of a Word document make of a paragraph: title, heading of a level, caption, or nothing to be seen.

use std::collections::BTreeMap;

use super::super::builder::Role;
use super::super::xml::{Element, Name, Visitor, walk};
use crate::ingest::IngestError;

/// Styles build on each other; a longer chain is a loop.
const MAX_CHAIN: usize = 16;

/// The styles of a document, by id.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: BTreeMap<String, Style>,
}

#[derive(Debug, Default)]
struct Style {
    /// `heading 1` in every language edition.
    name: String,
    based_on: Option<String>,
    /// 0 is the highest level, 9 is body.
    outline_level: Option<u8>,
    /// `None` leaves it to the style below.
    is_hidden: Option<bool>,
}

impl Styles {
    /// What a paragraph of this style is.
    pub(super) fn role(&self, id: &str) -> Role {
        // A style that is declared nowhere is told by its id.
        let mut name = id;
        let mut next = self.styles.get(id);
        for _ in 0..MAX_CHAIN {
            if let Some(style) = next {
                name = &style.name;
            }
            if let Some(role) = Role::of_style(name) {
                return role;
            }
            let Some(style) = next else { break };
            if let Some(role) = style.outline_level.map(Role::of_level) {
                return role;
            }
            next = style.based_on.as_ref().and_then(|id| self.styles.get(id));
            if next.is_none() {
                break;
            }
        }
        Role::Body
    }

    /// Does this style hide its words? Pages pasted from the web bring such ones ("Top of Form").
    pub(super) fn hides(&self, id: &str) -> bool {
        let mut next = self.styles.get(id);
        for _ in 0..MAX_CHAIN {
            let Some(style) = next else { break };
            if let Some(is_hidden) = style.is_hidden {
                return is_hidden;
            }
            next = style.based_on.as_ref().and_then(|id| self.styles.get(id));
        }
        false
    }
}

/// Is a property switched on by this value?
pub(super) fn is_on(value: &str) -> bool {
    !matches!(value, "0" | "false" | "off")
}

/// Reads the part `styles.xml`.
///
/// # Errors
/// As [`walk`].
pub(super) fn styles(text: &str) -> Result<Styles, IngestError> {
    let mut reading = Reading::default();
    walk(text, &mut reading)?;
    Ok(reading.found)
}

#[derive(Default)]
struct Reading {
    found: Styles,
    open: Option<(String, Style)>,
}

impl Visitor for Reading {
    fn start(&mut self, element: &Element<'_>) {
        let ("w", name) = element.name else { return };
        if name == "style" {
            self.open = element.attribute("styleId").map(|id| (id, Style::default()));
            return;
        }
        let Some((_, style)) = &mut self.open else { return };
        match name {
            "name" => style.name = element.attribute("val").unwrap_or_default(),
            "basedOn" => style.based_on = element.attribute("val"),
            "vanish" => style.is_hidden = Some(is_on(&element.attribute("val").unwrap_or_default())),
            "outlineLvl" => style.outline_level = element.attribute("val").and_then(|level| level.parse().ok()),
            _ => {}
        }
    }

    fn end(&mut self, name: Name<'_>) {
        if name == ("w", "style")
            && let Some((id, style)) = self.open.take()
        {
            self.found.styles.insert(id, style);
        }
    }

    fn text(&mut self, _: &str) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_names_count_in_every_language() {
        let declared = styles(
            "<w:styles><w:style w:styleId='berschrift1'><w:name w:val='heading 1'/></w:style>\
            <w:style w:styleId='Kopf'><w:name w:val='Kopf'/><w:basedOn w:val='berschrift1'/></w:style>\
            <w:style w:styleId='Titel'><w:name w:val='Title'/></w:style>\
            <w:style w:styleId='Level'><w:name w:val='x'/><w:pPr><w:outlineLvl w:val='1'/></w:pPr></w:style>\
            <w:style w:styleId='Top'><w:name w:val='z'/><w:basedOn w:val='Hid'/></w:style>\
            <w:style w:styleId='Hid'><w:name w:val='h'/><w:rPr><w:vanish/></w:rPr></w:style>\
            <w:style w:styleId='a'><w:name w:val='a'/><w:basedOn w:val='b'/></w:style>\
            <w:style w:styleId='b'><w:name w:val='b'/><w:basedOn w:val='a'/></w:style></w:styles>",
        )
        .unwrap();
        let cases = [
            ("berschrift1", Role::Heading(1)),
            ("Kopf", Role::Heading(1)),
            ("Titel", Role::Title),
            ("Level", Role::Heading(2)),
            ("a", Role::Body),
            ("Heading2", Role::Heading(2)),
            ("Unknown", Role::Body),
        ];
        for (id, role) in cases {
            assert_eq!(declared.role(id), role, "{id}");
        }
        assert_eq!(["Top", "Hid", "a", "Kopf"].map(|id| declared.hides(id)), [true, true, false, false]);
    }
}
