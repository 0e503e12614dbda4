//! A small tree of elements and its XML 1.0.
//!
//! XML cannot hold some characters at all: controls other than tab and line ends, U+FFFE and U+FFFF. Each becomes one
//! U+FFFD, so that counts of characters stay what they are. A carriage return would be read as a line feed, so it is
//! written as one; in attributes, where readers turn any white space into a space, a space is written. `O(n)`.

use std::io;

use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use quick_xml::writer::Writer;

/// An element with attributes in their order; text or children, not both.
pub(in crate::export) struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    text: Option<String>,
    children: Vec<Element>,
}

impl Element {
    pub fn new(name: &'static str) -> Self {
        Self { name, attributes: Vec::new(), text: None, children: Vec::new() }
    }

    pub fn with(mut self, attribute: &'static str, value: &str) -> Self {
        let value = value
            .chars()
            .map(|character| if character.is_control() && character.is_whitespace() { ' ' } else { legal(character) });
        self.attributes.push((attribute, value.collect()));
        self
    }

    pub fn text(mut self, text: &str) -> Self {
        self.text = Some(text.replace("\r\n", "\n").replace('\r', "\n").chars().map(legal).collect());
        self
    }

    pub fn child(mut self, child: Self) -> Self {
        self.children.push(child);
        self
    }

    pub fn children(mut self, children: impl IntoIterator<Item = Self>) -> Self {
        self.children.extend(children);
        self
    }

    /// `None` where there is no child: lists of the format hold one at least.
    pub fn if_any(self) -> Option<Self> {
        (!self.children.is_empty()).then_some(self)
    }

    /// The whole document, with its declaration.
    pub fn document(&self) -> io::Result<Vec<u8>> {
        let mut writer = Writer::new_with_indent(Vec::new(), b' ', 1);
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
        self.write(&mut writer)?;
        let mut bytes = writer.into_inner();
        bytes.push(b'\n');
        Ok(bytes)
    }

    fn write(&self, writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
        let mut start = BytesStart::new(self.name);
        for (name, value) in &self.attributes {
            start.push_attribute((*name, value.as_str()));
        }
        if self.text.is_none() && self.children.is_empty() {
            return writer.write_event(Event::Empty(start));
        }
        writer.write_event(Event::Start(start))?;
        if let Some(text) = &self.text {
            writer.write_event(Event::Text(BytesText::new(text)))?;
        }
        for child in &self.children {
            child.write(writer)?;
        }
        writer.write_event(Event::End(BytesEnd::new(self.name)))
    }
}

/// The character, or U+FFFD where XML 1.0 cannot hold it.
fn legal(character: char) -> char {
    match character {
        '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'.. => character,
        _ => '\u{fffd}',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_is_replaced_one_for_one() {
        let element = Element::new("a")
            .with("b", "<\"é\"\n\t&\u{0}>")
            .child(Element::new("c").text("1 < 2\r\nfrom\u{c}feed \u{ffff}\u{1F600}"))
            .child(Element::new("d"));
        assert_eq!(
            String::from_utf8(element.document().unwrap()).unwrap(),
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<a b=\"&lt;&quot;é&quot;  &amp;\u{fffd}&gt;\">\n \
             <c>1 &lt; 2\nfrom\u{fffd}feed \u{fffd}\u{1F600}</c>\n <d/>\n</a>\n"
        );
    }
}
