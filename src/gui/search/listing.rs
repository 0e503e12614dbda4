//! Which of the articles found are shown, and how many places they have.
//!
//! Filters on day and outlet ask the article alone; that on the speaker asks where each place stands. Places are counted
//! some bytes of text a frame, so that ten thousand articles never cost one; rows in sight have theirs at once.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Answer;
use crate::analysis::statements::Statement;
use crate::document::{Document, DocumentId, Passage};
use crate::gui::Scene;
use crate::gui::positions::speaker_name;
use crate::report::life::Voices;
use crate::text::ByteRange;

/// Bytes of text looked through a frame for the totals: some 2 ms.
const BUDGET: usize = 128 * 1024;

/// Places of so many articles are kept.
const MAX_KEPT: usize = 400;

/// What of the articles found is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filters {
    /// First and last year of publication, both included; an undated article lies in none.
    pub from: Option<i16>,
    pub to: Option<i16>,
    /// By name; the empty one for articles whose outlet nobody knows.
    pub outlet: Option<String>,
    /// Whose words a place has to lie in.
    pub voice: Option<Voice>,
}

/// Somebody who speaks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Voice {
    /// An actor of the codebook, by id, and all persons who speak for it.
    Actor(String),
    /// A person, or anybody else the codebook does not know, by name.
    Person(String),
}

impl Filters {
    /// Number of filters that are set.
    pub fn n_set(&self) -> usize {
        let Self { from, to, outlet, voice } = self;
        [from.is_some(), to.is_some(), outlet.is_some(), voice.is_some()].into_iter().filter(|is_set| *is_set).count()
    }

    /// Does the article pass, whatever its places are?
    fn pass(&self, document: &Document) -> bool {
        let year = document.published.day().map(jiff::civil::Date::year);
        let is_in_time = self.from.is_none_or(|from| year.is_some_and(|year| from <= year))
            && self.to.is_none_or(|to| year.is_some_and(|year| year <= to));
        is_in_time && self.outlet.as_ref().is_none_or(|outlet| outlet == outlet_of(document))
    }
}

impl Voice {
    /// Is the statement in this voice?
    fn says(&self, scene: &Scene<'_>, statement: &Statement) -> bool {
        match self {
            Self::Actor(id) => statement.actor.as_ref() == Some(id),
            Self::Person(name) => person(scene, statement).is_some_and(|person| person == *name),
        }
    }
}

/// The person who speaks; for a speaker the codebook does not know, whatever the text calls it.
fn person<'a>(scene: &Scene<'_>, statement: &'a Statement) -> Option<Cow<'a, str>> {
    let unknown = || statement.actor.is_none().then(|| speaker_name(scene, statement).map(Cow::Owned)).flatten();
    statement.person.as_deref().map(Cow::Borrowed).or_else(unknown)
}

/// The outlet's name, empty where nobody knows it.
fn outlet_of(document: &Document) -> &str {
    document.outlet.as_ref().map_or("", |outlet| &outlet.name)
}

/// What can be chosen in the filters, each with the number of articles or statements.
#[derive(Clone, Debug, Default)]
pub struct Offers {
    pub years: Vec<i16>,
    /// In the order of the alphabet.
    pub outlets: Vec<(String, usize)>,
    /// Those with most statements first.
    pub actors: Vec<(String, usize)>,
    pub persons: Vec<(String, usize)>,
}

/// The rows and the count.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    /// The answer, the filters, the state of the articles and that of the findings it is of.
    key: Option<(u64, Filters, u64, u64)>,
    /// Articles that may be shown, in order of date.
    candidates: Vec<DocumentId>,
    /// Those of the first `n_counted` that have a place.
    counted: Vec<DocumentId>,
    n_counted: usize,
    pub n_places: usize,
    /// Is a row shown only once its places are known?
    is_by_place: bool,
    places: FxHashMap<DocumentId, Arc<[ByteRange]>>,
    voices: Option<(u64, Arc<Voices>)>,
    offers: Option<Arc<Offers>>,
}

impl Listing {
    /// Follows answer and filters, and counts some more places. Returns whether there is more to count.
    pub(super) fn follow(&mut self, scene: &Scene<'_>, answer: &Answer, filters: &Filters) -> bool {
        let key = (answer.number, filters.clone(), scene.generation, scene.revision);
        if self.key.as_ref() != Some(&key) {
            let is_other_answer = self.key.as_ref().is_none_or(|old| (old.0, old.2, old.3) != (key.0, key.2, key.3));
            *self = Self {
                key: Some(key),
                candidates: candidates(scene, answer, filters),
                is_by_place: filters.voice.is_some(),
                voices: self.voices.take(),
                offers: self.offers.take().filter(|_| !is_other_answer),
                ..Self::default()
            };
        }
        let mut n_bytes = 0;
        while n_bytes < BUDGET {
            let Some(&id) = self.candidates.get(self.n_counted) else { break };
            n_bytes += scene.corpus.get(id).map_or(0, |document| document.text.len());
            let n_places = self.look(scene, answer, filters, id).map_or(0, |places| places.len());
            self.n_places += n_places;
            self.n_counted += 1;
            if n_places > 0 {
                self.counted.push(id);
            }
        }
        !self.is_done()
    }

    /// The articles shown, in order of date.
    pub fn rows(&self) -> &[DocumentId] {
        if self.is_by_place { &self.counted } else { &self.candidates }
    }

    /// Are all places counted?
    pub fn is_done(&self) -> bool {
        self.n_counted == self.candidates.len()
    }

    /// The places of an article.
    pub(super) fn places(
        &mut self,
        scene: &Scene<'_>,
        answer: &Answer,
        filters: &Filters,
        id: DocumentId,
    ) -> Arc<[ByteRange]> {
        if let Some(places) = self.places.get(&id) {
            return Arc::clone(places);
        }
        if self.places.len() >= MAX_KEPT {
            self.places.clear();
        }
        let places: Arc<[ByteRange]> = self.look(scene, answer, filters, id).unwrap_or_default().into();
        self.places.insert(id, Arc::clone(&places));
        places
    }

    fn look(
        &mut self,
        scene: &Scene<'_>,
        answer: &Answer,
        filters: &Filters,
        id: DocumentId,
    ) -> Option<Vec<ByteRange>> {
        let document = scene.corpus.get(id)?;
        let places = answer.query.places(document);
        let Some(voice) = &filters.voice else { return Some(places) };
        let voices = match &self.voices {
            Some((revision, voices)) if *revision == scene.revision => voices,
            _ => &self.voices.insert((scene.revision, Arc::new(Voices::new(&scene.analysis.statements)))).1,
        };
        Some(spoken(scene, voices, voice, id, places))
    }

    /// What the filters offer.
    pub(super) fn offers(&mut self, scene: &Scene<'_>, answer: &Answer) -> Arc<Offers> {
        Arc::clone(self.offers.get_or_insert_with(|| Arc::new(offers(scene, &answer.rows))))
    }
}

/// The places of an article that pass the filters, worked out anew.
pub(super) fn places(scene: &Scene<'_>, answer: &Answer, filters: &Filters, id: DocumentId) -> Option<Vec<ByteRange>> {
    let places = answer.query.places(scene.corpus.get(id)?);
    Some(match &filters.voice {
        Some(voice) => spoken(scene, &Voices::new(&scene.analysis.statements), voice, id, places),
        None => places,
    })
}

/// The places in somebody's words.
fn spoken(
    scene: &Scene<'_>,
    voices: &Voices,
    voice: &Voice,
    document: DocumentId,
    mut places: Vec<ByteRange>,
) -> Vec<ByteRange> {
    places.retain(|range| {
        let statement = voices.statement_at(&scene.analysis.statements, Passage { document, range: *range });
        statement.is_some_and(|statement| voice.says(scene, statement))
    });
    places
}

/// The articles found that pass the filters as far as can be told without their places.
fn candidates(scene: &Scene<'_>, answer: &Answer, filters: &Filters) -> Vec<DocumentId> {
    let speaking: Option<FxHashSet<DocumentId>> = filters.voice.as_ref().map(|voice| {
        let said = scene.analysis.statements.iter().filter(|statement| voice.says(scene, statement));
        said.map(|statement| statement.document).collect()
    });
    let passes = |id: &DocumentId| {
        speaking.as_ref().is_none_or(|speaking| speaking.contains(id))
            && scene.corpus.get(*id).is_some_and(|document| filters.pass(document))
    };
    answer.rows.iter().copied().filter(passes).collect()
}

fn offers(scene: &Scene<'_>, rows: &[DocumentId]) -> Offers {
    let found: FxHashSet<DocumentId> = rows.iter().copied().collect();
    let documents = || rows.iter().filter_map(|id| scene.corpus.get(*id));
    let mut years: Vec<i16> = documents().filter_map(|document| Some(document.published.day()?.year())).collect();
    years.sort_unstable();
    years.dedup();
    let mut outlets: BTreeMap<&str, usize> = BTreeMap::new();
    for document in documents() {
        *outlets.entry(outlet_of(document)).or_default() += 1;
    }
    let (mut actors, mut persons): (BTreeMap<&str, usize>, BTreeMap<Cow<'_, str>, usize>) = Default::default();
    for statement in scene.analysis.statements.iter().filter(|statement| found.contains(&statement.document)) {
        if let Some(actor) = &statement.actor {
            *actors.entry(actor).or_default() += 1;
        }
        if let Some(person) = person(scene, statement) {
            *persons.entry(person).or_default() += 1;
        }
    }
    Offers {
        years,
        outlets: outlets.into_iter().map(|(name, n)| (name.to_owned(), n)).collect(),
        actors: by_number(actors),
        persons: by_number(persons),
    }
}

/// The most frequent first; those that are as frequent in the order of the alphabet.
fn by_number<N: Into<String>>(counts: BTreeMap<N, usize>) -> Vec<(String, usize)> {
    let mut sorted: Vec<(String, usize)> = counts.into_iter().map(|(name, n)| (name.into(), n)).collect();
    sorted.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    sorted
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::document::{Outlet, OutletBasis, Published};

    #[test]
    fn filters_ask_for_year_and_outlet() {
        let mut document = Document::of_lines(DocumentId(1), "eels");
        let passes = |document: &Document, from, to, outlet: Option<&str>| {
            Filters { from, to, outlet: outlet.map(str::to_owned), voice: None }.pass(document)
        };
        assert!(passes(&document, None, None, Some("")) && !passes(&document, Some(2017), None, None));
        document.published = Published::entered(date(2018, 5, 1), Vec::new());
        let outlet = Outlet { name: "Eel Post".to_owned(), basis: OutletBasis::Entered, range: None };
        document.outlet = Some(outlet);
        assert!(passes(&document, Some(2018), Some(2018), Some("Eel Post")));
        assert!(!passes(&document, Some(2019), None, None) && !passes(&document, None, Some(2017), None));
        assert!(!passes(&document, None, None, Some("")));
    }
}
