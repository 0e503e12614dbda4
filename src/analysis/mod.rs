//! What a set of articles has in common and how positions in it moved.
//!
//! [`analyze`] is the only entry ([`analyze_again`] the same with a memory): it finds furniture that only other articles give away ([`furniture`]), the phrases that come back ([`reuse`]), the statements and their speakers
//! ([`statements`]), and the shifts from one date to the next ([`shifts`]). The result is ranges and ids, never copied
//! words; whoever shows it slices the text.
//!
//! It never reads a file, a clock or an environment variable. The result depends on the documents alone, not on their
//! order or the number of threads.

pub mod chain;
pub mod diff;
pub mod furniture;
pub mod reuse;
pub mod revisions;
pub mod shifts;
pub mod statements;
pub mod timeline;
pub mod twins;
pub mod versions;

mod memory;
mod progress;
mod retold;

pub use memory::Memory;
pub use progress::{Cancelled, Progress};

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::codebook::{Codebook, CueTier};
use crate::document::{Corpus, DocumentId};
use furniture::FurnitureMark;
use reuse::Phrase;
use reuse::clusters::{Clusters, Imported};
use reuse::edits::{Edit, EditedPhrases, PhraseEdits, edited};
use revisions::Revisions;
use shifts::{Shift, ThemeRecord};
use statements::Statement;
use twins::ProposedDate;

/// Identity of a finding, hashed from its content so that it outlives every re-run.
macro_rules! finding_id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(pub u64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($prefix, "{:016x}"), self.0)
            }
        }

        impl $name {
            /// The id for the content that `parts` spell out.
            pub fn of(parts: &[&str]) -> Self {
                Self(hash_parts(parts))
            }
        }
    };
}

finding_id!(
    /// A phrase family; a hash of its representative's key words.
    PhraseId, "p"
);
finding_id!(
    /// A statement; a hash of its document, place and words.
    StatementId, "s"
);
finding_id!(
    /// A shift; a hash of its actor, theme and the two statements.
    ShiftId, "h"
);

/// FNV-1a with a separator between parts: stable over versions of the compiler and the program.
fn hash_parts(parts: &[&str]) -> u64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for part in parts {
        for byte in part.bytes().chain([0x1f]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    hash
}

/// Everything found in a corpus.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Analysis {
    /// Heaviest first.
    pub phrases: Vec<Arc<Phrase>>,
    /// What the reader's decisions made of those phrases that are not as they were found.
    pub phrase_edits: BTreeMap<PhraseId, Edit>,
    /// Articles that tell the same story nearly word for word, in order of date: what they share is no reuse.
    pub same_stories: Vec<Vec<DocumentId>>,
    /// In order of date, then of place in the text.
    pub statements: Vec<Statement>,
    /// Most confident first.
    pub shifts: Vec<Shift>,
    /// One for each actor with statements and each theme of the codebook.
    pub themes: Vec<ThemeRecord>,
    /// Blocks that only the other articles of an outlet show to be furniture; the findings above leave them out.
    pub furniture: Vec<FurnitureMark>,
    /// Days that articles with a sure date propose for others that tell the same.
    pub proposed_dates: Vec<ProposedDate>,
    /// What came of the clusters of [`Options::clusters`].
    pub imported: Imported,
}

impl Analysis {
    pub fn phrase(&self, id: PhraseId) -> Option<&Arc<Phrase>> {
        self.phrases.iter().find(|phrase| phrase.id == id)
    }

    pub fn statement(&self, id: StatementId) -> Option<&Statement> {
        self.statements.iter().find(|statement| statement.id == id)
    }

    pub fn shift(&self, id: ShiftId) -> Option<&Shift> {
        self.shifts.iter().find(|shift| shift.id == id)
    }
}

/// What is looked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    #[default]
    All,
    /// Phrases, and neither statements nor shifts.
    Phrases,
}

/// What the reader can choose about an analysis.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// Which cues count as speech.
    pub tier: CueTier,
    pub scope: Scope,
    /// What the reader decided about phrases.
    pub edits: PhraseEdits,
    /// What the reader decided about statements.
    pub revisions: Revisions,
    /// Clusters from elsewhere, which become families beside the program's own.
    pub clusters: Arc<Clusters>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            tier: CueTier::Normal,
            scope: Scope::All,
            edits: PhraseEdits::default(),
            revisions: Revisions::default(),
            clusters: Arc::default(),
        }
    }
}

/// Finds phrases, statements and shifts in `corpus`.
///
/// # Errors
/// [`Cancelled`] when `progress` was cancelled from another thread.
pub fn analyze(
    corpus: &Corpus,
    codebook: &Codebook,
    options: &Options,
    progress: &Progress,
) -> Result<Analysis, Cancelled> {
    analyze_again(&mut Memory::default(), corpus, codebook, options, progress)
}

/// The same as [`analyze`], quicker where `memory` was left by the analysis of nearly the same articles.
///
/// # Errors
/// [`Cancelled`] when `progress` was cancelled from another thread; the memory is of use all the same.
pub fn analyze_again(
    memory: &mut Memory,
    corpus: &Corpus,
    codebook: &Codebook,
    options: &Options,
    progress: &Progress,
) -> Result<Analysis, Cancelled> {
    progress.stage("Comparing articles", 0.0)?;
    let furniture = furniture::find_recurring(corpus);
    progress.at(0.02)?;
    let proposed_dates = twins::find_proposed_dates(corpus);
    let corpus = &furniture::laid_over(corpus, &furniture);
    progress.stage("Comparing wording", 0.05)?;
    let (mut found, same_stories) = memory.phrases(corpus, codebook, progress)?;
    let (from_clusters, imported) = options.clusters.families(corpus);
    if !from_clusters.is_empty() {
        found.extend(from_clusters);
        found.sort_by(|left, right| right.weight.total_cmp(&left.weight).then(left.id.cmp(&right.id)));
    }
    let EditedPhrases { phrases, edits: phrase_edits } = edited(&found, corpus, &options.edits);
    let (statements, shifts, themes) = match options.scope {
        Scope::Phrases => Default::default(),
        Scope::All => {
            progress.stage("Reading statements", 0.6)?;
            let found = memory.statements.find_statements(corpus, codebook, options.tier, progress)?;
            progress.stage("Aligning positions", 0.9)?;
            let mut statements = options.revisions.laid_over(found, corpus);
            retold::join_retold(corpus, &mut statements);
            let aligned = options.revisions.aligned(&statements);
            let (shifts, themes) = shifts::find_shifts(corpus, codebook, &statements, &aligned, progress)?;
            (statements, shifts, themes)
        }
    };
    progress.stage("Done", 1.0)?;
    Ok(Analysis {
        phrases,
        phrase_edits,
        same_stories,
        statements,
        shifts,
        themes,
        furniture,
        proposed_dates,
        imported,
    })
}
