//! As much of XML Schema 1.0 as `Project.xsd` uses: sequences and choices of elements with their numbers, attributes that
//! are asked for, and the simple types of these.

use std::collections::BTreeMap;

use quick_xml::events::Event;
use quick_xml::reader::Reader;
use regex::Regex;

/// An element with its attributes, children and text.
#[derive(Clone, Debug, Default)]
pub struct Node {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Node>,
    pub text: String,
}

impl Node {
    /// Reads a document, which must be well-formed.
    pub fn parse(xml: &str) -> Self {
        let mut reader = Reader::from_str(xml);
        reader.config_mut().check_end_names = true;
        let mut open = vec![Self::default()];
        loop {
            match reader.read_event().unwrap() {
                Event::Eof => break,
                Event::Start(tag) => open.push(Self::of(&tag)),
                Event::Empty(tag) => open.last_mut().unwrap().children.push(Self::of(&tag)),
                Event::End(_) => {
                    let done = open.pop().unwrap();
                    open.last_mut().unwrap().children.push(done);
                }
                Event::Text(text) => open.last_mut().unwrap().text.push_str(&text.xml10_content()),
                Event::GeneralRef(entity) => {
                    let escaped = format!("&{};", &*entity);
                    open.last_mut().unwrap().text.push_str(&quick_xml::escape::unescape(&escaped).unwrap());
                }
                _ => {}
            }
        }
        assert_eq!(open.len(), 1, "an element is not closed");
        assert!(xml.chars().all(|it| matches!(it, '\t' | '\n' | ' '..='\u{fffd}' | '\u{10000}'..)), "no XML character");
        open.remove(0).children.remove(0)
    }

    fn of(tag: &quick_xml::events::BytesStart<'_>) -> Self {
        let attributes = tag.attributes().map(|attribute| {
            let attribute = attribute.unwrap();
            let value = quick_xml::escape::unescape(&attribute.value).unwrap().into_owned();
            (name_of(attribute.key.as_ref()), value)
        });
        Self { name: name_of(tag.name().as_ref()), attributes: attributes.collect(), ..Self::default() }
    }

    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Every element of this name below.
    pub fn all(&self, name: &str) -> Vec<&Node> {
        let mut found = Vec::new();
        for child in &self.children {
            if child.name == name {
                found.push(child);
            }
            found.extend(child.all(name));
        }
        found
    }

    /// Does something with this element and all below.
    pub fn each(&self, act: &mut impl FnMut(&Node)) {
        act(self);
        self.children.iter().for_each(|child| child.each(act));
    }
}

fn name_of(name: impl AsRef<[u8]>) -> String {
    let name = std::str::from_utf8(name.as_ref()).unwrap();
    name.strip_prefix("xsd:").unwrap_or(name).to_owned()
}

/// An element a type may hold: name, type, least and most.
struct Slot {
    name: String,
    kind: String,
    least: usize,
    most: usize,
}

#[derive(Default)]
struct Type {
    slots: Vec<Slot>,
    /// May the elements come in any order?
    is_choice: bool,
    /// Name, type, must it be there.
    attributes: Vec<(String, String, bool)>,
}

/// The types of a schema by name.
pub struct Schema {
    types: BTreeMap<String, Type>,
    /// Patterns and lists of values.
    simple: BTreeMap<String, Vec<Regex>>,
}

impl Schema {
    pub fn parse(xsd: &str) -> Self {
        let (mut types, mut simple) = (BTreeMap::new(), BTreeMap::new());
        for node in Node::parse(xsd).children {
            let name = node.attribute("name").unwrap().to_owned();
            match node.name.as_str() {
                "complexType" => {
                    types.insert(name, complex(&node));
                }
                "simpleType" => {
                    let values = node.children[0].children.iter().map(|facet| facet.attribute("value").unwrap());
                    simple.insert(name, values.map(|value| Regex::new(&format!("^(?:{value})$")).unwrap()).collect());
                }
                _ => assert_eq!((node.name.as_str(), name.as_str()), ("element", "Project")),
            }
        }
        Self { types, simple }
    }

    /// Everything in which a project is not what the schema asks for.
    pub fn faults(&self, root: &Node) -> Vec<String> {
        let mut faults = Vec::new();
        if root.attribute("xmlns") != Some("urn:QDA-XML:project:1.0") || root.name != "Project" {
            faults.push(format!("{} is no project", root.name));
        }
        self.check(root, "ProjectType", &mut faults);
        faults
    }

    fn check(&self, node: &Node, kind: &str, faults: &mut Vec<String>) {
        let Some(expected) = self.types.get(kind) else {
            if !node.children.is_empty() || !self.is_simple(&node.text, kind) {
                faults.push(format!("{}: {:?} is no {kind}", node.name, node.text));
            }
            return;
        };
        for (name, kind, is_required) in &expected.attributes {
            match node.attribute(name) {
                None if *is_required => faults.push(format!("{} without {name}", node.name)),
                Some(value) if !self.is_simple(value, kind) => faults.push(format!("{name}={value:?} is no {kind}")),
                _ => {}
            }
        }
        for (name, _) in node.attributes.iter().filter(|(name, _)| name != "xmlns") {
            if !expected.attributes.iter().any(|(known, ..)| known == name) {
                faults.push(format!("{} with {name}", node.name));
            }
        }
        if !node.text.trim().is_empty() {
            faults.push(format!("{} with text", node.name));
        }
        let mut rest = node.children.iter().peekable();
        if expected.is_choice {
            for child in rest.by_ref() {
                match expected.slots.iter().find(|slot| slot.name == child.name) {
                    Some(slot) => self.check(child, &slot.kind, faults),
                    None => faults.push(format!("{} in {}", child.name, node.name)),
                }
            }
        }
        for slot in expected.slots.iter().filter(|_| !expected.is_choice) {
            let mut n = 0;
            while let Some(child) = rest.next_if(|child| child.name == slot.name) {
                self.check(child, &slot.kind, faults);
                n += 1;
            }
            if n < slot.least || n > slot.most {
                faults.push(format!("{n} {} in {}", slot.name, node.name));
            }
        }
        if let Some(child) = rest.next() {
            faults.push(format!("{} in {} where it has no place", child.name, node.name));
        }
    }

    fn is_simple(&self, value: &str, kind: &str) -> bool {
        match kind {
            "xsd:string" => true,
            "xsd:boolean" => matches!(value, "true" | "false"),
            "xsd:integer" => value.parse::<i64>().is_ok(),
            "xsd:decimal" => value.parse::<f64>().is_ok(),
            "xsd:date" => value.parse::<jiff::civil::Date>().is_ok(),
            "xsd:dateTime" => value.parse::<jiff::Timestamp>().is_ok(),
            _ => self.simple.get(kind).is_some_and(|values| values.iter().any(|it| it.is_match(value))),
        }
    }
}

fn complex(node: &Node) -> Type {
    let mut kind = Type::default();
    for child in &node.children {
        match child.name.as_str() {
            "attribute" => {
                let of = |name| child.attribute(name).unwrap_or_default().to_owned();
                kind.attributes.push((of("name"), of("type"), child.attribute("use") == Some("required")));
            }
            "sequence" => kind.slots = child.children.iter().flat_map(slots).collect(),
            "choice" => {
                kind.is_choice = true;
                kind.slots = child.children.iter().flat_map(slots).collect();
            }
            other => panic!("{other} is not read"),
        }
    }
    kind
}

/// The slots of an element; a choice inside a sequence (`VariableValue`) holds elements that may all be left out.
fn slots(node: &Node) -> Vec<Slot> {
    if node.name == "choice" {
        return node.children.iter().flat_map(slots).collect();
    }
    let number = |name: &str| match node.attribute(name) {
        Some("unbounded") => usize::MAX,
        number => number.map_or(1, |number| number.parse().unwrap()),
    };
    let of = |name| node.attribute(name).unwrap().to_owned();
    vec![Slot { name: of("name"), kind: of("type"), least: number("minOccurs"), most: number("maxOccurs") }]
}
