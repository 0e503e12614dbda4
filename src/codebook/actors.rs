//! Actors, the people who speak for them, and the names they go by.

use jiff::civil::Date;
use serde::Deserialize;

/// An institution, state or group that makes statements.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Actor {
    /// Printed in results, such as `NATO`.
    pub id: String,
    /// Shown where a full name is wanted, such as "North Atlantic Council"; the id where absent.
    #[serde(default)]
    pub label: Option<String>,
    /// Names under which it speaks: "NATO", "the Alliance", "29 ambassadors". Matched on whole words, case
    /// counts where the name has a capital.
    pub names: Vec<String>,
    /// Words that make an office or a ministry its own: "Russian" in "Russian foreign minister".
    #[serde(default)]
    pub adjectives: Vec<String>,
    /// Names that speak for it without office: "NATO diplomat", "diplomats". Statements are then not official.
    #[serde(default)]
    pub unofficial: Vec<String>,
    /// People who speak for it, each with the dates of office.
    #[serde(default)]
    pub officers: Vec<Officer>,
}

/// Somebody who speaks for an actor while in office.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Officer {
    /// Full name, such as "Jens Stoltenberg".
    pub person: String,
    /// Surname or other short forms that stand for the person.
    #[serde(default)]
    pub short: Vec<String>,
    /// Titles that stand for whoever holds the office: "NATO chief", "Secretary General".
    #[serde(default)]
    pub titles: Vec<String>,
    /// First day in office, `None` where it does not matter.
    #[serde(default)]
    pub from: Option<Date>,
    /// Last day in office, `None` while it goes on.
    #[serde(default)]
    pub to: Option<Date>,
    /// Where the dates come from.
    #[serde(default)]
    pub source: Option<String>,
}

/// Nouns of offices. Together with an actor's name or adjective they name a speaker of that actor.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Offices {
    /// Those who speak with authority: "minister", "spokeswoman".
    #[serde(default)]
    pub official: Vec<String>,
    /// Those who do not give their name: "diplomat", "source".
    #[serde(default)]
    pub unofficial: Vec<String>,
}

/// Names that count as equal when words are compared.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AliasGroup {
    /// The name all others stand for, shown in explanations.
    pub name: String,
    /// Other names: "DPRK", "Pyongyang". Matched on whole words, longest first.
    pub also: Vec<String>,
    /// True for a proper name: a phrase that holds nothing but names is no finding.
    #[serde(default)]
    pub is_name: bool,
}

/// Words that hold an actor's name and are not that actor.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LookAlike {
    /// "UN Secretary-General", "National Security Council".
    pub phrase: String,
    /// Id of the actor it really is, `None` where the codebook has none.
    #[serde(default)]
    pub actor: Option<String>,
}
