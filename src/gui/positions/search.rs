//! Which statements hold the words that are looked for: worked out a few milliseconds a frame.
//!
//! All words must be found, case and marks aside, in the words of a statement or the names of its speaker. `O(n)` in the
//! letters of all statements, done once for a query and a state of the findings.

use std::sync::Arc;
use std::time::Instant;

use aho_corasick::AhoCorasick;

use crate::analysis::statements::Statement;
use crate::gui::Scene;
use crate::gui::changes::actor_label;
use crate::gui::table::SLICE;
use crate::text::compare::fold;

/// Statements between two looks at the clock.
const STEP: usize = 256;

/// What a query found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    key: Key,
    /// By place in the analysis.
    hits: Vec<bool>,
}

impl Found {
    pub fn has(&self, statement_idx: usize) -> bool {
        self.hits.get(statement_idx) == Some(&true)
    }
}

/// States of the findings and of the articles, and the folded query.
type Key = (u64, u64, String);

/// A search on its way, and the last that was finished.
#[derive(Clone, Debug, Default)]
pub struct StatementSearch {
    making: Found,
    found: Option<Arc<Found>>,
}

impl StatementSearch {
    /// Goes on with the search. Is there more to do?
    pub fn advance(&mut self, scene: &Scene, query: &str) -> bool {
        let key = key(scene, query);
        if key.2.is_empty() {
            *self = Self::default();
            return false;
        }
        if self.found.as_ref().is_some_and(|found| found.key == key) {
            return false;
        }
        if self.making.key != key {
            self.making = Found { key, hits: Vec::new() };
        }
        let due = Instant::now() + SLICE;
        let words = self.making.key.2.split(' ');
        let finder = |word: &str| AhoCorasick::builder().ascii_case_insensitive(true).build([word]).ok();
        let finders: Vec<AhoCorasick> = words.filter_map(finder).collect();
        let statements = &scene.analysis.statements;
        while let Some(rest) = statements.get(self.making.hits.len()..).filter(|rest| !rest.is_empty()) {
            let hits = rest.iter().take(STEP).map(|statement| finders.iter().all(|it| holds(scene, statement, it)));
            let hits: Vec<bool> = hits.collect();
            self.making.hits.extend(hits);
            if Instant::now() >= due {
                break;
            }
        }
        // What took a whole slice is shown in the next frame, which has its own work then.
        let is_done = self.making.hits.len() >= statements.len() && Instant::now() < due;
        if is_done {
            self.found = Some(Arc::new(std::mem::take(&mut self.making)));
        }
        !is_done
    }

    /// What was found last, where something is looked for and the statements are still the same.
    pub fn found(&self, scene: &Scene, query: &str) -> Option<Arc<Found>> {
        let (revision, generation, query) = key(scene, query);
        let is_of_these = |found: &&Arc<Found>| (found.key.0, found.key.1) == (revision, generation);
        self.found.as_ref().filter(is_of_these).filter(|_| !query.is_empty()).cloned()
    }
}

fn key(scene: &Scene, query: &str) -> Key {
    let words: Vec<&str> = query.split_whitespace().collect();
    (scene.revision, scene.generation, fold(&words.join(" ")))
}

fn holds(scene: &Scene, statement: &Statement, word: &AhoCorasick) -> bool {
    let holds = |text: &str| if text.is_ascii() { word.is_match(text) } else { word.is_match(&fold(text)) };
    let actor = statement.actor.as_deref();
    let names = [statement.person.as_deref(), actor, actor.map(|id| actor_label(scene, id))];
    names.into_iter().flatten().any(holds)
        || scene
            .corpus
            .get(statement.document)
            .is_some_and(|document| statement.content.iter().any(|range| holds(range.of(&document.text))))
}
