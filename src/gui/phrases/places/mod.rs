//! All places of the listed families, filtered and in order: what the table shows.
//!
//! [`facts`] are gathered once for a state of the findings; from them a list is made for each setting, in slices: a pass
//! over the places, then their order (see [`Sorting`]). What was listed before stays in sight meanwhile. Turning an order
//! round costs nothing, since the rows are then read from their end.

pub mod facts;
pub mod settings;

use std::sync::Arc;
use std::time::Instant;

use crate::analysis::PhraseId;
use crate::document::Passage;
use crate::gui::Scene;
use crate::gui::table::SLICE;
use crate::gui::table::sorting::{RUN, Sorting};
use crate::report::life::Voices;
use crate::text::ByteRange;
use crate::text::compare::fold;
use facts::{Fact, Facts, NOBODY};
use settings::{PlaceOrder, PlaceSettings, PlaceVoices};

use super::listing::Listing;

/// Characters by which words in context are compared.
const MAX_CHARS: usize = 48;
/// Stands in [`Places::row_at`] for a place that is not listed.
const NOWHERE: u32 = u32::MAX;

/// A state of the findings, and of the articles.
type Findings = (u64, u64);

/// A family, and one of its places.
type Chosen = (PhraseId, Option<Passage>);

/// The places as they are listed.
#[derive(Clone, Debug, Default)]
pub struct Places {
    pub facts: Facts,
    /// The place of each family in the alphabet, by its place in the analysis, and of what state of the findings.
    ranks: Option<(Findings, Arc<Vec<u32>>)>,
    making: Option<Making>,
    made: Option<Settings>,
    /// Places in [`Facts::facts`], in order.
    rows: Arc<Vec<u32>>,
    /// The row of each fact.
    row_at: Arc<Vec<u32>>,
    /// The other end of what is chosen, a place in the facts.
    anchor: Option<u32>,
    cursor: Option<(Chosen, u64, Option<usize>)>,
    /// Counts the lists that were finished.
    version: u64,
}

/// What a list is of.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Settings {
    findings: Option<Findings>,
    families: u64,
    order: PlaceOrder,
    voices: PlaceVoices,
    outlet: Option<String>,
    year: Option<i16>,
}

/// What places are compared by: a number, then words.
type Key = (u64, Box<str>);

/// A list on its way.
#[derive(Clone, Debug)]
struct Making {
    settings: Settings,
    is_listed: Vec<bool>,
    /// The next fact, or the next family where these are put in order first.
    at: usize,
    sorting: Sorting<Key>,
    is_of_families: bool,
}

impl Places {
    /// Goes on with the list of these settings. Is there more to do?
    pub fn advance(&mut self, scene: &Scene<'_>, voices: &Voices, listing: &Listing, settings: &PlaceSettings) -> bool {
        let due = Instant::now() + SLICE;
        if self.facts.key() != Some((scene.revision, scene.generation)) {
            (self.rows, self.row_at) = Default::default();
            (self.anchor, self.made, self.making) = (None, None, None);
            self.version += 1;
        }
        if !self.facts.advance(scene, voices, due) || !listing.is_done() {
            return true;
        }
        let settings = Settings {
            findings: self.facts.key(),
            families: listing.version,
            order: settings.order,
            voices: settings.voices.clone(),
            outlet: settings.outlet.clone(),
            year: settings.year,
        };
        if self.made.as_ref() == Some(&settings) {
            return false;
        }
        let making = self.making.take().filter(|making| making.settings == settings);
        let mut making = making.unwrap_or_else(|| self.begin(scene, listing, settings));
        let is_done = if making.is_of_families {
            self.rank_families(scene, &mut making, due) && self.list(scene, &mut making, due)
        } else {
            self.list(scene, &mut making, due)
        };
        if is_done {
            self.finish(making);
        } else {
            self.making = Some(making);
        }
        !is_done
    }

    fn begin(&self, scene: &Scene<'_>, listing: &Listing, settings: Settings) -> Making {
        let mut is_listed = vec![false; scene.analysis.phrases.len()];
        for &idx in &listing.rows {
            if let Some(is_listed) = is_listed.get_mut(idx as usize) {
                *is_listed = true;
            }
        }
        let has_ranks = self.ranks.as_ref().is_some_and(|(of, _)| Some(*of) == settings.findings);
        let is_of_families = settings.order == PlaceOrder::Phrase && !has_ranks;
        Making { settings, is_listed, at: 0, sorting: Sorting::default(), is_of_families }
    }

    /// Puts the families in order of their names. Is that done?
    fn rank_families(&mut self, scene: &Scene<'_>, making: &mut Making, due: Instant) -> bool {
        let phrases = &scene.analysis.phrases;
        while making.at < phrases.len() {
            let end = (making.at + RUN).min(phrases.len());
            let labels = phrases.get(making.at..end).unwrap_or_default().iter().zip(short(making.at)..);
            making.sorting.push(labels.map(|(phrase, idx)| ((0, fold(&phrase.label).into()), idx)).collect());
            making.at = end;
            if Instant::now() >= due {
                return false;
            }
        }
        if !making.sorting.join(due) {
            return false;
        }
        let order = std::mem::take(&mut making.sorting).into_order();
        self.ranks = making.settings.findings.map(|of| (of, Arc::new(inverse(&order, phrases.len()))));
        (making.is_of_families, making.at) = (false, 0);
        true
    }

    /// Filters and sorts. Is that done?
    fn list(&self, scene: &Scene<'_>, making: &mut Making, due: Instant) -> bool {
        let facts = &self.facts.facts;
        let passes = self.passes(scene, &making.settings);
        while making.at < facts.len() {
            let end = (making.at + RUN).min(facts.len());
            let mut run = Vec::new();
            for (fact, idx) in facts.get(making.at..end).unwrap_or_default().iter().zip(short(making.at)..) {
                let is_listed = making.is_listed.get(fact.phrase as usize) == Some(&true);
                if is_listed && passes(fact) {
                    run.push((self.key(scene, fact, making.settings.order), idx));
                }
            }
            making.sorting.push(run);
            making.at = end;
            if Instant::now() >= due {
                return false;
            }
        }
        making.sorting.join(due)
    }

    fn passes<'a>(&'a self, scene: &'a Scene<'_>, settings: &Settings) -> impl Fn(&Fact) -> bool + 'a {
        // A name that is known no longer passes nothing.
        let wanted = |known: Option<u32>| known.unwrap_or(NOBODY - 1);
        let outlet = settings.outlet.as_ref().map(|name| wanted(self.facts.outlets.known(name)));
        let voice = match &settings.voices {
            PlaceVoices::All => None,
            PlaceVoices::Nobody => Some(NOBODY),
            PlaceVoices::Speaker(name) => Some(wanted(self.facts.voices.known(name))),
        };
        let year = settings.year;
        let documents = scene.corpus.documents();
        let year_of = |fact: &Fact| documents.get(fact.article as usize)?.published.day().map(jiff::civil::Date::year);
        move |fact: &Fact| {
            outlet.is_none_or(|outlet| fact.outlet == outlet)
                && voice.is_none_or(|voice| fact.voice == voice)
                && year.is_none_or(|year| year_of(fact) == Some(year))
        }
    }

    fn key(&self, scene: &Scene<'_>, fact: &Fact, order: PlaceOrder) -> Key {
        // Places that are alike stand in order of date.
        let dated = |first: u32| (u64::from(first) << 32) | u64::from(fact.article);
        let number = match order {
            PlaceOrder::Phrase => {
                let rank = self.ranks.as_ref().and_then(|(_, ranks)| ranks.get(fact.phrase as usize));
                dated(rank.copied().unwrap_or(NOWHERE))
            }
            PlaceOrder::Date => (u64::from(fact.article) << 32) | u64::from(fact.start),
            PlaceOrder::Outlet => dated(self.facts.outlets.rank(fact.outlet)),
            PlaceOrder::Speaker => dated(self.facts.voices.rank(fact.voice)),
            PlaceOrder::Relation => dated(fact.kind as u32),
            PlaceOrder::Setting => dated(fact.setting as u32),
            PlaceOrder::Words => return (0, words_key(scene, fact)),
        };
        (number, Box::default())
    }

    fn finish(&mut self, making: Making) {
        self.rows = Arc::new(making.sorting.into_order());
        self.row_at = Arc::new(inverse(&self.rows, self.facts.facts.len()));
        self.made = Some(making.settings);
        self.version += 1;
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Is what is listed of the settings asked for last?
    pub fn is_done(&self) -> bool {
        self.made.is_some() && self.making.is_none()
    }

    /// The fact of a row, in an order that may be turned round.
    pub fn fact(&self, row: usize, is_turned: bool) -> Option<&Fact> {
        self.facts.facts.get(*self.rows.get(self.turned(row, is_turned)?)? as usize)
    }

    fn turned(&self, row: usize, is_turned: bool) -> Option<usize> {
        if is_turned { self.rows.len().checked_sub(row + 1) } else { Some(row) }
    }

    /// The row of a fact.
    fn row_of(&self, fact_idx: usize, is_turned: bool) -> Option<usize> {
        let row = self.row_at.get(fact_idx).copied().filter(|row| *row != NOWHERE)?;
        self.turned(row as usize, is_turned)
    }

    /// The row of a place of a family; without a place, of its first one.
    pub fn cursor(
        &mut self,
        scene: &Scene<'_>,
        phrase: Option<PhraseId>,
        place: Option<Passage>,
        is_turned: bool,
    ) -> Option<usize> {
        let of = (phrase?, place);
        let known = self.cursor.filter(|(known, version, _)| *known == of && *version == self.version);
        let fact = match known {
            Some((.., fact)) => fact,
            None => {
                let fact = self.fact_of(scene, of);
                self.cursor = Some((of, self.version, fact));
                fact
            }
        };
        self.row_of(fact?, is_turned)
    }

    /// The same, found anew.
    pub fn row_of_place(&self, scene: &Scene<'_>, phrase: PhraseId, place: Passage, is_turned: bool) -> Option<usize> {
        self.row_of(self.fact_of(scene, (phrase, Some(place)))?, is_turned)
    }

    fn fact_of(&self, scene: &Scene<'_>, (phrase, place): Chosen) -> Option<usize> {
        let phrase_idx = scene.analysis.phrases.iter().position(|it| it.id == phrase)?;
        let mut of_phrase = self.facts.of_phrase(phrase_idx);
        let is_it = |idx: &usize| {
            let fact = self.facts.facts.get(*idx);
            let occurrence = fact.and_then(|fact| fact.occurrence(scene.analysis));
            place.is_none_or(|place| occurrence.is_some_and(|it| it.passage == place))
        };
        of_phrase.find(is_it)
    }

    /// What is chosen, from the anchor to the cursor.
    pub fn chosen(&self, cursor: Option<usize>, is_turned: bool) -> std::ops::Range<usize> {
        let Some(cursor) = cursor else { return 0..0 };
        let anchor = self.anchor.and_then(|fact| self.row_of(fact as usize, is_turned)).unwrap_or(cursor);
        anchor.min(cursor)..anchor.max(cursor) + 1
    }

    /// The choice begins at a row, or stretches from where it began.
    pub fn choose(&mut self, row: usize, from: Option<usize>, is_stretch: bool, is_turned: bool) {
        let fact = |row: usize| self.rows.get(self.turned(row, is_turned)?).copied();
        self.anchor = match (is_stretch, self.anchor) {
            (false, _) => fact(row),
            (true, Some(anchor)) => Some(anchor),
            (true, None) => fact(from.unwrap_or(row)),
        };
    }
}

/// The words of a place and what follows them, as they are compared.
fn words_key(scene: &Scene<'_>, fact: &Fact) -> Box<str> {
    let passage = fact.occurrence(scene.analysis).map(|occurrence| occurrence.passage);
    let Some((passage, document)) = passage.and_then(|it| Some((it, scene.corpus.get(it.document)?))) else {
        return Box::default();
    };
    let end = document.block_at(passage.range.start).map_or(passage.range.end, |block| block.range.end);
    let words = ByteRange::new(passage.range.start, end.max(passage.range.end)).of(&document.text);
    let words: String = words.chars().take(MAX_CHARS).collect();
    let words: Vec<&str> = words.split_whitespace().collect();
    fold(&words.join(" ")).into()
}

/// By element: its place in `order`.
fn inverse(order: &[u32], n_elements: usize) -> Vec<u32> {
    let mut places = vec![NOWHERE; n_elements];
    for (&element, place) in order.iter().zip(0..) {
        if let Some(at) = places.get_mut(element as usize) {
            *at = place;
        }
    }
    places
}

fn short(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
