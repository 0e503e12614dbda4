//! Where a book says what it holds: the container names the package file, that one the chapters in their order.

use std::collections::{BTreeMap, BTreeSet};

use super::super::package::Package;
use super::super::properties::{Properties, day, is_somebody};
use super::super::xml::{Element, Name, Visitor, walk};
use super::KIND;
use crate::ingest::IngestError;

/// What a book says of itself.
#[derive(Debug)]
pub(super) struct Contents {
    /// Names of parts, in reading order.
    pub(super) chapters: Vec<String>,
    pub(super) properties: Properties,
}

/// Reads what a book holds.
///
/// # Errors
/// [`IngestError::Damaged`] where it does not say, [`IngestError::Protected`] where its chapters are encrypted.
pub(super) fn contents(package: &mut Package<'_>) -> Result<Contents, IngestError> {
    let damaged = || IngestError::Damaged { kind: KIND.to_owned() };
    let mut container = Attributes::of("rootfile", "full-path");
    walk(&package.text_or_nothing("META-INF/container.xml"), &mut container)?;
    let name = container.values.into_iter().find(|name| package.holds(name)).ok_or_else(damaged)?;
    let mut listing = Listing::default();
    walk(&package.text(&name)?.ok_or_else(damaged)?, &mut listing)?;
    let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
    let chapters = listing.chapters(folder);
    if chapters.is_empty() {
        return Err(damaged());
    }
    let mut locked = Attributes::of("CipherReference", "URI");
    walk(&package.text_or_nothing("META-INF/encryption.xml"), &mut locked)?;
    let locked: BTreeSet<String> = locked.values.iter().map(|name| resolved("", name)).collect();
    if chapters.iter().any(|name| locked.contains(name)) {
        return Err(IngestError::Protected);
    }
    Ok(Contents { chapters, properties: listing.properties })
}

/// The values of one attribute of one element.
struct Attributes {
    element: &'static str,
    attribute: &'static str,
    values: Vec<String>,
}

impl Attributes {
    fn of(element: &'static str, attribute: &'static str) -> Self {
        Self { element, attribute, values: Vec::new() }
    }
}

impl Visitor for Attributes {
    fn start(&mut self, element: &Element<'_>) {
        if element.name.1 == self.element {
            self.values.extend(element.attribute(self.attribute));
        }
    }
    fn end(&mut self, _: Name<'_>) {}
    fn text(&mut self, _: &str) {}
}

/// The package file.
#[derive(Default)]
struct Listing {
    properties: Properties,
    /// Address and kind of a part, by id.
    items: BTreeMap<String, Item>,
    spine: Vec<String>,
    words: String,
}

struct Item {
    address: String,
    is_chapter: bool,
}

impl Listing {
    /// The chapters in reading order, each once.
    fn chapters(&self, folder: &str) -> Vec<String> {
        let mut seen = BTreeSet::new();
        (self.spine.iter().filter_map(|id| self.items.get(id)))
            .filter(|item| item.is_chapter)
            .map(|item| resolved(folder, &item.address))
            .filter(|name| seen.insert(name.clone()))
            .collect()
    }
}

impl Visitor for Listing {
    fn start(&mut self, element: &Element<'_>) {
        self.words.clear();
        match element.name.1 {
            "item" => {
                let (Some(id), Some(address)) = (element.attribute("id"), element.attribute("href")) else { return };
                let kind = element.attribute("media-type").unwrap_or_default();
                let properties = element.attribute("properties").unwrap_or_default();
                // The table of contents repeats the headings.
                let is_contents = properties.split_whitespace().any(|property| property == "nav");
                let is_text = kind.contains("html") || kind.contains("dtbook") || kind.is_empty();
                self.items.insert(id, Item { address, is_chapter: is_text && !is_contents });
            }
            "itemref" => self.spine.extend(element.attribute("idref")),
            _ => {}
        }
    }

    fn end(&mut self, name: Name<'_>) {
        let words = self.words.split_whitespace().collect::<Vec<_>>().join(" ");
        self.words.clear();
        if words.is_empty() {
            return;
        }
        let properties = &mut self.properties;
        match name {
            ("dc", "title") => {
                properties.title.get_or_insert(words);
            }
            ("dc", "creator") if is_somebody(&words) => {
                properties.author.get_or_insert(words);
            }
            ("dc", "date") => properties.created = properties.created.or_else(|| day(&words)),
            _ => {}
        }
    }

    fn text(&mut self, words: &str) {
        self.words.push_str(words);
    }
}

/// The name of the part that an address means, seen from `folder`.
fn resolved(folder: &str, address: &str) -> String {
    let address = address.split('#').next().unwrap_or_default();
    let mut parts: Vec<String> = if address.starts_with('/') { Vec::new() } else { segments(folder) };
    for segment in segments(&unescaped(address)) {
        match segment.as_str() {
            "." => {}
            ".." => {
                parts.pop();
            }
            _ => parts.push(segment),
        }
    }
    parts.join("/")
}

fn segments(path: &str) -> Vec<String> {
    path.split('/').filter(|segment| !segment.is_empty()).map(str::to_owned).collect()
}

/// `a%20b` is `a b`.
fn unescaped(address: &str) -> String {
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let code = after.get(..2).and_then(|two| u8::from_str_radix(std::str::from_utf8(two).ok()?, 16).ok());
        if first == b'%'
            && let Some(code) = code
        {
            bytes.push(code);
            rest = &after[2..];
        } else {
            bytes.push(first);
            rest = after;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_become_names_of_parts() {
        let cases = [
            ("OEBPS", "text/a%20b.xhtml#top", "OEBPS/text/a b.xhtml"),
            ("OEBPS/x", "../a.xhtml", "OEBPS/a.xhtml"),
            ("", "./a.xhtml", "a.xhtml"),
            ("OEBPS", "/a.xhtml", "a.xhtml"),
            ("OEBPS", "../../../a%zz.xhtml", "a%zz.xhtml"),
        ];
        for (folder, address, name) in cases {
            assert_eq!(resolved(folder, address), name);
        }
    }
}
