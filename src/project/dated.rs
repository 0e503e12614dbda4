//! What the dates of a project's articles were worked out with, as its file keeps it beside them.
//!
//! Dates follow from texts, the codebook and the rules of the program; where one of these is another now, articles are to
//! be dated again.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// What articles were dated with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DatedBy {
    /// Of the codebook.
    pub hash: String,
    pub facts_off: BTreeSet<String>,
    /// The program whose rules dated them; those of another one are asked again.
    version: String,
}

impl DatedBy {
    /// By this program.
    pub fn new(hash: &str, facts_off: &BTreeSet<String>) -> Self {
        Self { hash: hash.to_owned(), facts_off: facts_off.clone(), version: env!("CARGO_PKG_VERSION").to_owned() }
    }

    /// As it is kept.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// `None` where the articles are to be dated again in any case.
    pub fn of_json(json: &str) -> Option<Self> {
        serde_json::from_str::<Self>(json).ok().filter(|known| known.version == env!("CARGO_PKG_VERSION"))
    }
}
