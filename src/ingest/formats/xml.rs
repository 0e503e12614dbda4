//! Walks over XML as a stream of elements and words, tolerant of what is not well formed, with a cap on depth.
//!
//! Nothing outside the text is ever fetched, and no entity that a document declares is expanded: five names are known
//! to XML and those of HTML to XHTML, all others are left out. So there is no way to blow a text up from inside.
//! An end tag closes whatever was left open in it; one that closes nothing is passed over. `O(n)` in the bytes.

use std::borrow::Cow;

use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::entities;
use super::html::MAX_DEPTH;
use crate::ingest::{IngestError, decode};

/// Declared prefixes in scope; real documents declare up to some 60.
const MAX_PREFIXES: usize = 256;

/// Namespaces by the prefix that stands for them here, whatever prefix a file uses.
const NAMESPACES: &[(&str, &str)] = &[
    ("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "w"),
    ("http://purl.oclc.org/ooxml/wordprocessingml/main", "w"),
    ("http://schemas.microsoft.com/office/word/2003/wordml", "w"),
    ("http://schemas.openxmlformats.org/markup-compatibility/2006", "mc"),
    ("http://schemas.openxmlformats.org/officeDocument/2006/math", "m"),
    ("http://purl.oclc.org/ooxml/officeDocument/math", "m"),
    ("http://schemas.microsoft.com/office/2006/xmlPackage", "pkg"),
    ("http://schemas.openxmlformats.org/package/2006/metadata/core-properties", "cp"),
    ("http://purl.org/dc/elements/1.1/", "dc"),
    ("http://purl.org/dc/terms/", "dcterms"),
    ("urn:oasis:names:tc:opendocument:xmlns:office:1.0", "office"),
    ("urn:oasis:names:tc:opendocument:xmlns:text:1.0", "text"),
    ("urn:oasis:names:tc:opendocument:xmlns:table:1.0", "table"),
    ("urn:oasis:names:tc:opendocument:xmlns:drawing:1.0", "draw"),
    ("urn:oasis:names:tc:opendocument:xmlns:style:1.0", "style"),
    ("urn:oasis:names:tc:opendocument:xmlns:meta:1.0", "meta"),
    ("urn:oasis:names:tc:opendocument:xmlns:manifest:1.0", "manifest"),
    ("http://www.w3.org/1999/xhtml", "html"),
    ("http://www.idpf.org/2007/opf", "opf"),
    ("urn:oasis:names:tc:opendocument:xmlns:container", "ocf"),
];

/// The name of an element: the prefix of its namespace (empty where there is none, `?` for one that is not known here)
/// and its local name.
pub(super) type Name<'a> = (&'a str, &'a str);

/// An element that opens.
#[derive(Debug)]
pub(super) struct Element<'a> {
    pub(super) name: Name<'a>,
    tag: &'a BytesStart<'a>,
}

impl Element<'_> {
    /// The value of an attribute by its local name.
    pub(super) fn attribute(&self, local_name: &str) -> Option<String> {
        let mut attributes = self.tag.html_attributes();
        let found = attributes
            .with_checks(false)
            .flatten()
            .find(|attribute| attribute.key.local_name().as_ref() == local_name)?;
        // A value with an entity nobody knows is taken as it stands.
        let value = unescape(&found.value).map_or_else(|_| found.value.to_string(), Cow::into_owned);
        Some(value)
    }
}

/// What a walk tells as it goes.
pub(super) trait Visitor {
    fn start(&mut self, element: &Element<'_>);
    fn end(&mut self, name: Name<'_>);
    fn text(&mut self, words: &str);
}

/// How a walk ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    Whole,
    /// The rest is no XML or is missing.
    Broken,
}

/// Shows every element and all words of a text to `visitor`.
///
/// # Errors
/// [`IngestError::TooDeep`] where elements nest deeper than [`MAX_DEPTH`].
pub(super) fn walk(text: &str, visitor: &mut impl Visitor) -> Result<Ending, IngestError> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    // Both are done here, since an error would end the reading.
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut open: Vec<Open> = Vec::new();
    let mut prefixes = Prefixes::default();
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                if open.len() >= MAX_DEPTH {
                    return Err(IngestError::TooDeep { depth: open.len() + 1 });
                }
                let opened = prefixes.open(&tag, open.len());
                visitor.start(&Element { name: (opened.space, &opened.local), tag: &tag });
                open.push(opened);
            }
            Ok(Event::Empty(tag)) => {
                let opened = prefixes.open(&tag, open.len());
                visitor.start(&Element { name: (opened.space, &opened.local), tag: &tag });
                visitor.end((opened.space, &opened.local));
                prefixes.close(open.len());
            }
            Ok(Event::End(tag)) => {
                let name = tag.name().into_inner().to_owned();
                let Some(place) = open.iter().rposition(|opened| opened.name == name) else { continue };
                while open.len() > place {
                    let Some(closed) = open.pop() else { break };
                    visitor.end((closed.space, &closed.local));
                    prefixes.close(open.len());
                }
            }
            Ok(Event::Text(words)) => visitor.text(&words),
            Ok(Event::CData(words)) => visitor.text(&words.into_inner()),
            Ok(Event::GeneralRef(reference)) => match reference.resolve_char_ref() {
                Ok(Some(character)) => visitor.text(character.encode_utf8(&mut [0; 4])),
                Ok(None) => {
                    if let Some(character) = entities::character(&reference) {
                        visitor.text(character.encode_utf8(&mut [0; 4]));
                    }
                }
                Err(_) => {}
            },
            Ok(Event::Eof) => {
                let ending = if open.is_empty() { Ending::Whole } else { Ending::Broken };
                while let Some(closed) = open.pop() {
                    visitor.end((closed.space, &closed.local));
                }
                return Ok(ending);
            }
            Ok(_) => {}
            Err(_) => {
                while let Some(closed) = open.pop() {
                    visitor.end((closed.space, &closed.local));
                }
                return Ok(Ending::Broken);
            }
        }
    }
}

/// An element that is open.
struct Open {
    /// As it is written.
    name: String,
    space: &'static str,
    local: String,
}

/// The prefixes in scope.
#[derive(Default)]
struct Prefixes {
    /// Depth of the element that declares it, the prefix as written, and the one that stands for it here.
    declared: Vec<(usize, String, &'static str)>,
}

impl Prefixes {
    fn open(&mut self, tag: &BytesStart<'_>, depth: usize) -> Open {
        if tag.attributes_raw().contains("xmlns") {
            for attribute in tag.html_attributes().with_checks(false).flatten() {
                let key = attribute.key.into_inner();
                let Some(rest) = key.strip_prefix("xmlns") else { continue };
                let prefix = rest.strip_prefix(':').unwrap_or(rest);
                if self.declared.len() < MAX_PREFIXES {
                    self.declared.push((depth, prefix.to_owned(), space_of(&attribute.value)));
                }
            }
        }
        let name = tag.name().into_inner();
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        let declared = self.declared.iter().rev().find(|(_, declared, _)| declared == prefix);
        // A prefix without its declaration is taken by its usual meaning: cut or pasted parts still read.
        let usual = || NAMESPACES.iter().find(|(_, known)| *known == prefix).map_or("", |(_, known)| *known);
        let space = declared.map_or_else(usual, |(_, _, space)| space);
        Open { name: name.to_owned(), space, local: local.to_owned() }
    }

    /// Forgets what elements at this depth and below declared.
    fn close(&mut self, depth: usize) {
        while self.declared.last().is_some_and(|(declared, _, _)| *declared >= depth) {
            self.declared.pop();
        }
    }
}

fn space_of(uri: &str) -> &'static str {
    NAMESPACES.iter().find(|(known, _)| *known == uri).map_or("?", |(_, prefix)| *prefix)
}

/// Decodes a part: by its mark or declaration, else as UTF-8 with faults replaced.
pub(super) fn decoded(bytes: &[u8]) -> String {
    match decode::decode(bytes, None) {
        Ok(decoded) => decoded.text,
        Err(_) => String::from_utf8_lossy(bytes).into_owned(),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Writes down what it is shown.
    #[derive(Default)]
    struct Log(String);

    impl Visitor for Log {
        fn start(&mut self, element: &Element<'_>) {
            self.0 +=
                &format!("<{}:{}{}>", element.name.0, element.name.1, element.attribute("val").unwrap_or_default());
        }
        fn end(&mut self, name: Name<'_>) {
            self.0 += &format!("</{}>", name.1);
        }
        fn text(&mut self, words: &str) {
            self.0 += words;
        }
    }

    fn log(text: &str) -> (String, Ending) {
        let mut log = Log::default();
        let ending = walk(text, &mut log).unwrap();
        (log.0, ending)
    }

    #[test]
    fn namespaces_count_and_not_prefixes() {
        let word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
        let (shown, _) =
            log(&format!("<x:p xmlns:x='{word}'><x:t x:val='a&amp;b'/><y:t xmlns:y='urn:y'/></x:p><x:t/>"));
        assert_eq!(shown, "<w:p><w:ta&b></t><?:t></t></p><:t></t>");
        assert_eq!(log("<w:p/>").0, "<w:p></p>");
    }

    #[test]
    fn what_is_not_well_formed_is_read_as_far_as_it_goes() {
        let cases = [
            ("<a><b>one</a>two</b>", "<:a><:b>one</b></a>two", Ending::Whole),
            ("<a>one<b>two", "<:a>one<:b>two</b></a>", Ending::Broken),
            ("<a>one</a><b", "<:a>one</a>", Ending::Broken),
            ("<a>&lt;&#x41;&#66;&eacute;&nbsp;&own; A & B</a>", "<:a><ABé\u{a0} A & B</a>", Ending::Whole),
            ("<a><![CDATA[x<y]]><!-- no --></a>", "<:a>x<y</a>", Ending::Whole),
        ];
        for (text, shown, ending) in cases {
            assert_eq!(log(text), (shown.to_owned(), ending), "{text}");
        }
    }

    #[test]
    fn declared_entities_are_not_expanded() {
        let bomb = "<!DOCTYPE a [<!ENTITY x 'ha'><!ENTITY y '&x;&x;&x;'><!ENTITY z SYSTEM 'file:///etc/passwd'>]>\
            <a>&y;&z;end</a>";
        assert_eq!(log(bomb).0, "<:a>end</a>");
    }

    #[test]
    fn depth_has_a_cap() {
        let nested = |depth: usize| walk(&"<a>".repeat(depth), &mut Log::default());
        assert_eq!(nested(MAX_DEPTH), Ok(Ending::Broken));
        assert_eq!(nested(MAX_DEPTH + 1), Err(IngestError::TooDeep { depth: MAX_DEPTH + 1 }));
        assert_eq!(walk(&"<a></a>".repeat(9000), &mut Log::default()), Ok(Ending::Whole));
    }
}
