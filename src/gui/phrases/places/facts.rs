//! What is known of every place of every family: article, outlet, whose words. Gathered once for a state of the findings,
//! a few milliseconds a frame.
//!
//! A fact is a handful of numbers, so that half a million of them fit in some ten megabytes; names are told once. `O(p)`
//! in the places, times the statements of an article.

use std::sync::Arc;
use std::time::Instant;

use rustc_hash::FxHashMap;

use crate::analysis::Analysis;
use crate::analysis::reuse::{Occurrence, OccurrenceKind, Phrase};
use crate::document::{Corpus, Document, DocumentId};
use crate::gui::{Scene, chip};
use crate::report::life::{Setting, Voices, setting, speaker};
use crate::text::compare::fold;

/// Stands for a place that is nobody's words.
pub const NOBODY: u32 = u32::MAX;
/// Families between two looks at the clock.
const STEP: usize = 64;

/// One place of a family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Place in [`Analysis::phrases`], and in the occurrences of that family.
    pub phrase: u32,
    pub occurrence: u32,
    /// In the order of date.
    pub article: u32,
    /// Byte at which it begins in its article.
    pub start: u32,
    /// In [`Names::names`].
    pub outlet: u32,
    /// The same, or [`NOBODY`].
    pub voice: u32,
    pub setting: Setting,
    pub kind: OccurrenceKind,
}

impl Fact {
    pub fn phrase<'a>(&self, analysis: &'a Analysis) -> Option<&'a Arc<Phrase>> {
        analysis.phrases.get(self.phrase as usize)
    }

    pub fn occurrence<'a>(&self, analysis: &'a Analysis) -> Option<&'a Occurrence> {
        self.phrase(analysis)?.occurrences.get(self.occurrence as usize)
    }
}

/// Names by number, with how often each is met.
#[derive(Clone, Debug, Default)]
pub struct Names {
    pub names: Vec<String>,
    pub counts: Vec<usize>,
    /// The place of each in the alphabet.
    pub ranks: Vec<u32>,
    by_name: FxHashMap<String, u32>,
}

impl Names {
    fn number_of(&mut self, name: &str) -> u32 {
        if let Some(&number) = self.by_name.get(name) {
            return number;
        }
        let number = u32::try_from(self.names.len()).unwrap_or(NOBODY);
        self.names.push(name.to_owned());
        self.counts.push(0);
        self.by_name.insert(name.to_owned(), number);
        number
    }

    fn count(&mut self, number: u32) {
        if let Some(count) = self.counts.get_mut(number as usize) {
            *count += 1;
        }
    }

    pub fn known(&self, name: &str) -> Option<u32> {
        self.by_name.get(name).copied()
    }

    /// What stands last in the alphabet is what has no name.
    pub fn rank(&self, number: u32) -> u32 {
        self.ranks.get(number as usize).copied().unwrap_or(NOBODY)
    }

    fn put_in_order(&mut self) {
        let mut order: Vec<(String, u32)> = self.names.iter().map(|name| fold(name)).zip(0..).collect();
        order.sort();
        self.ranks = vec![0; order.len()];
        for ((_, number), rank) in order.into_iter().zip(0..) {
            if let Some(place) = self.ranks.get_mut(number as usize) {
                *place = rank;
            }
        }
    }

    /// Names with their counts, most often met first.
    pub fn by_count(&self) -> Vec<(&str, usize)> {
        let mut all: Vec<(&str, usize)> =
            self.names.iter().map(String::as_str).zip(self.counts.iter().copied()).collect();
        all.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), *name));
        all
    }
}

/// All facts, family by family, each in order of date.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    key: Option<(u64, u64)>,
    /// The next family.
    at: usize,
    is_done: bool,
    pub facts: Vec<Fact>,
    /// Where the facts of each family begin.
    starts: Vec<u32>,
    pub outlets: Names,
    pub voices: Names,
    /// By article: its outlet, and its year.
    outlet_of: FxHashMap<DocumentId, u32>,
}

impl Facts {
    /// Goes on until `due`. Is all told?
    pub fn advance(&mut self, scene: &Scene<'_>, voices: &Voices, due: Instant) -> bool {
        let key = (scene.revision, scene.generation);
        if self.key != Some(key) {
            *self = Self { key: Some(key), ..Self::default() };
        }
        let phrases = &scene.analysis.phrases;
        while self.at < phrases.len() {
            let end = (self.at + STEP).min(phrases.len());
            for idx in self.at..end {
                if let Some(phrase) = phrases.get(idx) {
                    self.tell(scene, voices, idx, phrase);
                }
            }
            self.at = end;
            if Instant::now() >= due {
                break;
            }
        }
        if self.at >= phrases.len() && !self.is_done {
            self.outlets.put_in_order();
            self.voices.put_in_order();
            self.is_done = true;
        }
        self.is_done
    }

    fn tell(&mut self, scene: &Scene<'_>, voices: &Voices, phrase_idx: usize, phrase: &Phrase) {
        let start = self.facts.len();
        self.starts.push(short(start));
        for (occurrence_idx, occurrence) in phrase.occurrences.iter().enumerate() {
            let passage = occurrence.passage;
            let article = scene.corpus.idx_of(passage.document);
            let Some((article, document)) = article.zip(scene.corpus.get(passage.document)) else { continue };
            let statement = voices.statement_at(&scene.analysis.statements, passage);
            let setting = setting(document, passage.range, statement);
            let is_said = matches!(setting, Setting::Quoted | Setting::Partly | Setting::Reported);
            let voice = statement.filter(|_| is_said).and_then(speaker);
            let voice = voice.map_or(NOBODY, |name| self.voices.number_of(name));
            let outlet = self.outlet_of(document);
            self.voices.count(voice);
            self.outlets.count(outlet);
            self.facts.push(Fact {
                phrase: short(phrase_idx),
                occurrence: short(occurrence_idx),
                article: short(article),
                start: short(passage.range.start),
                outlet,
                voice,
                setting,
                kind: occurrence.kind,
            });
        }
        if let Some(told) = self.facts.get_mut(start..) {
            told.sort_by_key(|fact| (fact.article, fact.start));
        }
    }

    fn outlet_of(&mut self, document: &Document) -> u32 {
        if let Some(&outlet) = self.outlet_of.get(&document.id) {
            return outlet;
        }
        let outlet = self.outlets.number_of(&chip::outlet_or_file(document));
        self.outlet_of.insert(document.id, outlet);
        outlet
    }

    /// The places of the facts of a family.
    pub fn of_phrase(&self, phrase_idx: usize) -> std::ops::Range<usize> {
        let start = |idx: usize| self.starts.get(idx).map_or(self.facts.len(), |start| *start as usize);
        start(phrase_idx)..start(phrase_idx + 1)
    }

    /// The state of the findings they are of.
    pub fn key(&self) -> Option<(u64, u64)> {
        self.key
    }
}

/// The years of the articles, earliest first.
pub fn years(corpus: &Corpus) -> Vec<i16> {
    let mut years: Vec<i16> = corpus
        .documents()
        .iter()
        .filter_map(|document| document.published.day())
        .map(jiff::civil::Date::year)
        .collect();
    years.sort_unstable();
    years.dedup();
    years
}

fn short(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
