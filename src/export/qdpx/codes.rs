//! The code tree: actors, themes with their directions, acts, kinds of quotation, qualifiers, labels of shifts, reviews.
//!
//! Names are unique in the whole tree, since some programs know codes by their names alone. A code that statements carry
//! and the codebook no longer has (a decision made with an older codebook) stands at the end of its group by its id.

use std::collections::BTreeSet;

use super::guid::guid;
use super::xml::Element;
use crate::analysis::shifts::ShiftLabel;
use crate::analysis::statements::{Quotation, Statement};
use crate::codebook::{Codebook, Direction};
use crate::export::facts;
use crate::report::{Report, StatementEntry};

/// What is coded; with an id, the identity of a code.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    Actor,
    Theme,
    Direction,
    Act,
    Quotation,
    Qualifier,
    Shift,
    Review,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Actor => "actor",
            Self::Theme => "theme",
            Self::Direction => "direction",
            Self::Act => "act",
            Self::Quotation => "quotation",
            Self::Qualifier => "qualifier",
            Self::Shift => "shift",
            Self::Review => "review",
        }
    }
}

pub(super) fn code_guid(kind: Kind, id: &str) -> String {
    guid("code", &[kind.name(), id])
}

/// A direction is one of its theme.
fn direction_id(theme: &str, direction: Direction) -> String {
    format!("{theme}/{}", direction.words())
}

const HEDGED: &str = "hedged";
const CONDITIONAL: &str = "conditional";
const UNNAMED: &str = "unnamed voice";
const REVIEWS: [&str; 6] = ["automatic", "accepted", "edited", "added", "split", "joined"];
const LABELS: [ShiftLabel; 9] = [
    ShiftLabel::New,
    ShiftLabel::Held,
    ShiftLabel::Hardened,
    ShiftLabel::Softened,
    ShiftLabel::Strengthened,
    ShiftLabel::Weakened,
    ShiftLabel::Reframed,
    ShiftLabel::Dropped,
    ShiftLabel::NotObserved,
];

/// The codes of a statement, in the order of the tree. `labels` are those of the shifts that end in it.
pub(super) fn codes_of(entry: &StatementEntry<'_>, labels: &BTreeSet<ShiftLabel>) -> Vec<String> {
    let statement = entry.statement;
    let mut codes = Vec::new();
    codes.extend(statement.actor.iter().map(|id| code_guid(Kind::Actor, id)));
    codes.extend(statement.themes.iter().map(|id| code_guid(Kind::Theme, id)));
    if let (Some(theme), Some(direction)) = (statement.themes.first(), statement.direction) {
        codes.push(code_guid(Kind::Direction, &direction_id(theme, direction)));
    }
    codes.extend(statement.act.iter().map(|id| code_guid(Kind::Act, id)));
    codes.push(code_guid(Kind::Quotation, facts::quotation(statement.quotation)));
    let qualifiers = [
        (HEDGED, !statement.hedges.is_empty()),
        (CONDITIONAL, !statement.conditions.is_empty()),
        (UNNAMED, !statement.is_official),
    ];
    codes.extend(qualifiers.into_iter().filter(|(_, holds)| *holds).map(|(id, _)| code_guid(Kind::Qualifier, id)));
    codes.extend(labels.iter().map(|label| code_guid(Kind::Shift, label.words())));
    codes.push(code_guid(Kind::Review, facts::review(entry)));
    codes
}

/// The whole tree.
pub(super) fn code_book(report: &Report<'_>) -> Element {
    let mut tree = Tree { names: BTreeSet::new() };
    let reviews = REVIEWS.map(|id| tree.code(Kind::Review, id, id, ""));
    let groups = [
        tree.actors(report),
        tree.themes(report),
        tree.acts(report),
        tree.fixed(
            "Quotation",
            Kind::Quotation,
            &[Quotation::Direct, Quotation::Partial, Quotation::Indirect].map(facts::quotation),
        ),
        tree.fixed("Qualifiers", Kind::Qualifier, &[HEDGED, CONDITIONAL, UNNAMED]),
        tree.fixed("Shifts", Kind::Shift, &LABELS.map(ShiftLabel::words)),
        tree.group("Review", reviews.into()),
    ];
    let groups = groups.into_iter().flatten();
    Element::new("CodeBook").child(Element::new("Codes").children(groups))
}

struct Tree {
    names: BTreeSet<String>,
}

impl Tree {
    fn actors(&mut self, report: &Report<'_>) -> Option<Element> {
        let known = report.codebook.actors.iter().map(|actor| actor.id.as_str());
        let ids = in_order(known, report, |statement| statement.actor.iter().map(String::as_str).collect());
        let codes = ids.into_iter().map(|id| {
            // Its id is how results print it; its full name and other names explain it.
            let names = report.codebook.actor(id).map_or_else(String::new, |actor| {
                let all: Vec<&str> = actor.label.iter().chain(&actor.names).map(String::as_str).collect();
                all.join("; ")
            });
            self.code(Kind::Actor, id, id, &names)
        });
        let codes = codes.collect();
        self.group("Actors", codes)
    }

    fn themes(&mut self, report: &Report<'_>) -> Option<Element> {
        let known = report.codebook.themes.iter().map(|theme| theme.id.as_str());
        let ids = in_order(known, report, |statement| statement.themes.iter().map(String::as_str).collect());
        let mut codes = Vec::new();
        for id in ids {
            let theme = report.codebook.theme(id);
            let label = theme.map_or(id, |theme| theme.label.as_str());
            let mut directions = theme.map_or_else(Vec::new, |theme| theme.directions.clone());
            let is_first = |statement: &&Statement| statement.themes.first().is_some_and(|first| first == id);
            let statements = report.statements.iter().map(|entry| entry.statement);
            let used: BTreeSet<Direction> = statements.filter(is_first).filter_map(|it| it.direction).collect();
            directions.extend(used.into_iter().filter(|used| theme.is_none_or(|it| !it.directions.contains(used))));
            let terms = theme.map_or_else(String::new, |theme| {
                theme.terms.iter().map(|term| term.term.as_str()).collect::<Vec<_>>().join("; ")
            });
            let code = self.code(Kind::Theme, id, label, &terms);
            let directions: Vec<Element> = directions
                .into_iter()
                .map(|direction| {
                    let name = format!("{label}: {}", direction.words());
                    self.code(Kind::Direction, &direction_id(id, direction), &name, "")
                })
                .collect();
            codes.push(code.children(directions));
        }
        self.group("Themes", codes)
    }

    fn acts(&mut self, report: &Report<'_>) -> Option<Element> {
        let known = report.codebook.acts.iter().map(|act| act.id.as_str());
        let ids = in_order(known, report, |statement| statement.act.iter().map(String::as_str).collect());
        let codes = ids.into_iter().map(|id| {
            let act = act(report.codebook, id);
            let label = act.map_or(id, |act| act.label.as_str());
            let description = act.map_or_else(String::new, |act| {
                let cameo = act.cameo.as_ref().map_or_else(String::new, |code| format!("; CAMEO {code}"));
                format!("force {}{cameo}", act.force)
            });
            self.code(Kind::Act, id, label, &description)
        });
        let codes = codes.collect();
        self.group("Acts", codes)
    }

    fn fixed(&mut self, name: &str, kind: Kind, ids: &[&str]) -> Option<Element> {
        let codes = ids.iter().map(|id| self.code(kind, id, id, "")).collect();
        self.group(name, codes)
    }

    /// A folder of codes, not given to anything itself; `None` without one.
    fn group(&mut self, name: &str, codes: Vec<Element>) -> Option<Element> {
        let name = self.unique(name, "group");
        let group = Element::new("Code").with("guid", &guid("codes", &[&name])).with("name", &name);
        group.with("isCodable", "false").children(codes).if_any()
    }

    fn code(&mut self, kind: Kind, id: &str, label: &str, description: &str) -> Element {
        let name = self.unique(label, kind.name());
        let code =
            Element::new("Code").with("guid", &code_guid(kind, id)).with("name", &name).with("isCodable", "true");
        if description.is_empty() { code } else { code.child(Element::new("Description").text(description)) }
    }

    /// `label`, else `label (act)`, else `label (act 2)`: some programs look aside from case.
    fn unique(&mut self, label: &str, kind: &str) -> String {
        let label = facts::one_line(label);
        let others = (2..).map(|n| format!("{label} ({kind} {n})"));
        let names = [label.clone(), format!("{label} ({kind})")].into_iter().chain(others);
        let free = names.into_iter().find(|name| self.names.insert(name.to_lowercase()));
        free.unwrap_or(label)
    }
}

/// The codebook's ids in its order, then those that statements alone have, sorted.
fn in_order<'a>(
    known: impl Iterator<Item = &'a str>,
    report: &Report<'a>,
    of: impl Fn(&'a Statement) -> Vec<&'a str>,
) -> Vec<&'a str> {
    let mut ids: Vec<&str> = known.collect();
    let all: BTreeSet<&str> = ids.iter().copied().collect();
    let used: BTreeSet<&str> = report.statements.iter().flat_map(|entry| of(entry.statement)).collect();
    ids.extend(used.difference(&all));
    ids
}

fn act<'a>(codebook: &'a Codebook, id: &str) -> Option<&'a crate::codebook::Act> {
    codebook.acts.iter().find(|act| act.id == id)
}
