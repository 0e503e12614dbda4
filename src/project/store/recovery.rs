//! What can be had of a damaged file, as a new one beside it. The damaged one is read and never written.
//!
//! Every row that is whole and says what its sum says is taken, wherever it stands; what is lost is listed by name. Steps
//! can be undone only one after the other, so those before a lost one go with it. An article whose row is lost may be
//! read again from the bytes that the file keeps of it; then it has the id it had, and what was decided about it holds.
//! `O(n)` in the bytes of the file.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use super::articles::ArticleRow;
use super::salvage::{self, Row, Value};
use super::steps::StepRow;
use super::tally::{self, Part, Tally};
use super::{Access, Original, Snapshot, Store, StoreError, decisions, schema};
use crate::document::{Document, DocumentId};
use crate::project::{Decisions, History, Project};

/// A file that was put together again.
#[derive(Debug)]
pub struct Recovered {
    pub store: Store,
    pub snapshot: Snapshot,
    pub found: Found,
}

/// What came of the rows of a damaged file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Articles whose text is lost, by name.
    pub lost_articles: Vec<String>,
    /// Files whose articles are all lost, to be read again.
    pub unread: Vec<Arc<Original>>,
    pub n_decisions_lost: usize,
    /// Steps that can't be taken back any more.
    pub n_steps_lost: usize,
    /// Pages of the file that can't be read.
    pub n_lost_pages: usize,
    /// What the rows do not add up to; `None` where it is not known what they should. Says nothing of the bytes of files.
    pub faults: Option<Vec<Part>>,
}

impl Found {
    /// What is lost, in sentences, where articles of these names were read again; empty where all is there.
    pub fn says(&self, read_again: &[String]) -> Vec<String> {
        let has = |fault| self.faults.as_ref().is_some_and(|faults| faults.contains(&fault));
        let articles = self.lost_articles.iter().filter(|name| !read_again.contains(name));
        let mut lost: Vec<String> = articles.map(|name| format!("The article “{name}”")).collect();
        let mut say = |words: &str| lost.push(words.to_owned());
        if has(Part::Articles) && self.lost_articles.is_empty() && read_again.is_empty() {
            say("Articles that can't be named, or their last state");
        } else if has(Part::Order) && !has(Part::Articles) && read_again.is_empty() {
            say("The order in which articles were opened");
        }
        match self.n_decisions_lost {
            0 if has(Part::Decisions) => say("Some of the decisions, or their last state"),
            0 => {}
            n => say(&format!("{n} of the decisions")),
        }
        match self.n_steps_lost {
            0 if has(Part::Steps) => say("Some of the history; what its steps did is there"),
            0 => {}
            n => say(&format!("The way back behind {n} earlier steps; what they did is there")),
        }
        if has(Part::Others) {
            say("What was remembered of the codebook, the dates or a running import");
        }
        if lost.is_empty() {
            lost.extend(match (&self.faults, self.n_lost_pages) {
                (None, 0) => Some("Something that can't be named, or its last state".to_owned()),
                (None, n) => Some(format!(
                    "{n} of the file's pages can't be read; articles that stood on them alone are not known by name"
                )),
                (Some(_), n) if n > 0 && read_again.is_empty() => Some(format!(
                    "{n} of the file's pages can't be read; the bytes of original files may have stood on them"
                )),
                (Some(_), _) => None,
            });
        }
        lost
    }
}

impl Recovered {
    /// Of all articles that were recovered, as [`super::Loaded`] has them.
    pub fn words_keys(&self) -> rustc_hash::FxHashMap<DocumentId, u64> {
        let documents = self.snapshot.project.documents().iter();
        documents.map(|document| (document.id, super::words_key(&document.text))).collect()
    }
}

/// Puts what can be had of the file at `path` into a new file at `to`.
///
/// # Errors
/// [`StoreError::Damaged`] where nothing is left of it, and the errors of the disk.
pub fn recover(path: &Path, to: &Path, access: Access) -> Result<Recovered, StoreError> {
    let bytes = std::fs::read(path).map_err(|source| match source.kind() {
        std::io::ErrorKind::NotFound => StoreError::NotFound { path: path.to_owned() },
        _ => StoreError::System { path: path.to_owned(), source },
    })?;
    let (snapshot, found) = gathered(&bytes);
    drop(bytes);
    if snapshot.project.documents().is_empty() && snapshot.originals.is_empty() {
        return Err(StoreError::damaged(path, "nothing of it could be recovered"));
    }
    let store = Store::create(to, access, &snapshot)?;
    Ok(Recovered { store, snapshot: Snapshot { originals: Vec::new(), ..snapshot }, found })
}

/// What can be had of a file's bytes, and what is lost.
pub fn gathered(bytes: &[u8]) -> (Snapshot, Found) {
    let salvage = salvage::rows(bytes);
    let mut gathering = Gathering::default();
    for row in salvage.rows {
        gathering.take(row);
    }
    // The number of missing pages is the word of a header that may be damaged itself.
    let n_missing = salvage.n_missing_pages.min(salvage.n_pages);
    let faults = gathering.faults();
    let mut found = Found { n_lost_pages: salvage.n_lost_pages + n_missing, faults, ..Found::default() };
    let snapshot = gathering.into_snapshot(&mut found);
    (snapshot, found)
}

/// Rows by what they are.
#[derive(Default)]
struct Gathering {
    articles: BTreeMap<i64, (Option<i64>, Arc<Document>)>,
    /// Names of articles whose row is not whole, by row.
    broken: BTreeMap<i64, String>,
    decisions: Decisions,
    n_decisions_lost: usize,
    steps: BTreeMap<i64, StepRow>,
    originals: BTreeMap<String, Original>,
    facts: BTreeMap<String, String>,
    waiting: BTreeSet<String>,
    /// Of the rows that are whole.
    tally: Tally,
}

impl Gathering {
    fn take(&mut self, row: Row) {
        let mut values = row.values.into_iter();
        let Some(Value::Text(tag)) = values.next() else { return };
        let values: Vec<Value> = values.collect();
        match tag.as_str() {
            "document" => self.take_article(row.rowid, &values),
            "decision" => self.take_decision(&values),
            "step" => {
                if let Some(step) = step(row.rowid, &values) {
                    self.tally.swap(Part::Steps, None, Some(step.sum));
                    self.steps.insert(step.number, step);
                }
            }
            "file" => {
                if let Some(original) = original(&values) {
                    self.originals.insert(original.sha256.clone(), original);
                }
            }
            "fact" => self.take_fact(&values),
            "import" => {
                if let [Value::Text(path), Value::Integer(sum)] = values.as_slice()
                    && *sum == schema::sum(&[b"import", path.as_bytes()])
                {
                    self.tally.swap(Part::Others, None, Some(*sum));
                    self.waiting.insert(path.clone());
                }
            }
            _ => {}
        }
    }

    fn take_article(&mut self, row: i64, values: &[Value]) {
        let [_, id, place, name, _, words_key, facts, text, sum] = values else { return };
        let place = if let Value::Integer(place) = place { Some(*place) } else { None };
        let document = match (id, words_key, facts, text, sum) {
            (Value::Integer(id), Value::Integer(_), Value::Text(facts), Value::Text(text), Value::Integer(sum)) => {
                let id = DocumentId(id.cast_unsigned());
                let (facts, text) = (facts.clone(), text.clone());
                ArticleRow { row, id, place, name: String::new(), words_key: 0, facts, text, sum: *sum }.document()
            }
            _ => None,
        };
        match document {
            Some(document) => {
                self.tally.swap(Part::Articles, None, if let Value::Integer(sum) = sum { Some(*sum) } else { None });
                self.articles.insert(row, (place, Arc::new(document)));
            }
            // One that was set aside is missed by nobody but the steps.
            None if place.is_some() => {
                let name = if let Value::Text(name) = name { name.clone() } else { "without a name".to_owned() };
                self.broken.insert(row, name);
            }
            None => {}
        }
    }

    fn take_decision(&mut self, values: &[Value]) {
        let is_taken = match values {
            [Value::Text(kind), Value::Text(key), Value::Text(value), Value::Integer(sum)] => {
                self.tally.swap(Part::Decisions, None, Some(*sum));
                *sum == schema::sum(&[b"decision", kind.as_bytes(), key.as_bytes(), value.as_bytes()])
                    && decisions::take(&mut self.decisions, kind, key, value).is_ok()
            }
            _ => false,
        };
        self.n_decisions_lost += usize::from(!is_taken);
    }

    fn take_fact(&mut self, values: &[Value]) {
        if let [Value::Text(key), Value::Text(value), Value::Integer(sum)] = values
            && *sum == schema::sum(&[b"fact", key.as_bytes(), value.as_bytes()])
        {
            self.facts.insert(key.clone(), value.clone());
        }
    }

    /// What is not there of all rows that were kept, each in its last state; `None` where that is not known any more.
    fn faults(&self) -> Option<Vec<Part>> {
        let mut tally = self.tally;
        for key in ["codebook", "dated-by"] {
            tally.swap(Part::Others, None, self.facts.get(key).and_then(|value| tally::of_fact(key, value)));
        }
        tally.set_places(self.articles.iter().filter_map(|(row, (place, _))| Some((*row, (*place)?))));
        let kept: Tally = self.facts.get(tally::KEY)?.parse().ok()?;
        Some(tally.faults(&kept))
    }

    /// The state that the rows make, and what is missing in it.
    fn into_snapshot(mut self, found: &mut Found) -> Snapshot {
        let broken = self.broken.iter().filter(|(row, _)| !self.articles.contains_key(row));
        found.lost_articles.extend(broken.map(|(_, name)| name.clone()));
        let read: BTreeSet<&str> = self.articles.values().map(|(_, document)| document.sha256.as_str()).collect();
        let mut open: Vec<(i64, Arc<Document>)> =
            self.articles.values().filter_map(|(place, document)| Some(((*place)?, Arc::clone(document)))).collect();
        open.sort_by_key(|(place, document)| (*place, document.id));
        let mut ids = BTreeSet::new();
        open.retain(|(_, document)| ids.insert(document.id));
        found.n_decisions_lost = self.n_decisions_lost;
        let history = self.history(found);
        let originals: Vec<Arc<Original>> = self.originals.into_values().map(Arc::new).collect();
        found.unread = originals.iter().filter(|original| !read.contains(original.sha256.as_str())).cloned().collect();
        Snapshot {
            project: Project::kept(open.into_iter().map(|(_, document)| document).collect(), self.decisions, history),
            view: self.facts.remove("view").unwrap_or_default(),
            codebook: self.facts.remove("codebook").unwrap_or_default(),
            dated_by: self.facts.remove("dated-by").unwrap_or_default(),
            waiting: Arc::new(self.waiting),
            originals,
        }
    }

    /// The steps behind the last one that is lost.
    fn history(&self, found: &mut Found) -> History {
        let n_steps = self.steps.keys().next_back().copied().unwrap_or(0);
        let article = |row: i64| self.articles.get(&row).map(|(_, document)| Arc::clone(document));
        let mut kept = Vec::new();
        let mut n_done = 0;
        for number in (1..=n_steps).rev() {
            let row = self.steps.get(&number);
            let Some((row, step)) = row.and_then(|row| Some((row, row.step(article)?))) else { break };
            n_done += usize::from(row.is_done);
            kept.push(Arc::new(step));
        }
        found.n_steps_lost = usize::try_from(n_steps).unwrap_or(0).saturating_sub(kept.len());
        kept.reverse();
        History::kept(kept, n_done)
    }
}

fn step(number: i64, values: &[Value]) -> Option<StepRow> {
    let [_, Value::Text(says), at, Value::Integer(is_done), Value::Text(command), Value::Integer(sum)] = values else {
        return None;
    };
    let at_secs = if let Value::Integer(at) = at { Some(*at) } else { None };
    Some(StepRow { number, says: says.clone(), at_secs, is_done: *is_done != 0, command: command.clone(), sum: *sum })
}

fn original(values: &[Value]) -> Option<Original> {
    let [Value::Text(sha256), Value::Text(name), Value::Integer(n_bytes), Value::Blob(packed)] = values else {
        return None;
    };
    let n_bytes = usize::try_from(*n_bytes).ok()?;
    let original = Original { sha256: sha256.clone(), name: name.clone(), n_bytes, packed: packed.clone() };
    original.unpack().is_some().then_some(original)
}
