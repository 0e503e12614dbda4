//! How an actor's position on a theme moved: same actor, same theme, next date → aligned pair → word diff → label.
//!
//! Each pair of successive dates gives one shift: the best-aligned pair stands for it (`align`), the label comes from
//! a decision table over all official statements of the two dates (`label`). The cost is linear in the statements, and
//! quadratic only in those of two neighboring dates on one theme, of which the fullest are looked at.
//!
//! Silence is never a change of mind: a theme an article does not touch is *not observed*.

mod align;
mod label;

use jiff::civil::Date;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::diff::{DiffOp, WordDiff};
use super::statements::{Quotation, Statement};
use super::{Cancelled, Progress, ShiftId, StatementId};
use crate::codebook::{Actor, Codebook, Theme};
use crate::document::{Corpus, DocumentId};
use crate::text::{ByteRange, tokens};
use align::{Aligner, Likeness, Prepared};
use label::Position;

/// The change between two statements of one actor on one theme, on successive dates on which it was observed.
#[derive(Clone, Debug, PartialEq)]
pub struct Shift {
    pub id: ShiftId,
    pub actor: String,
    pub theme: String,
    /// `None` for [`ShiftLabel::New`].
    pub old: Option<StatementId>,
    /// `None` for [`ShiftLabel::Dropped`] where there is no later statement.
    pub new: Option<StatementId>,
    /// Other aligned pairs of the same two dates, best first.
    pub also: Vec<(StatementId, StatementId)>,
    pub label: ShiftLabel,
    /// Id of the row of the decision table.
    pub rule: String,
    /// Why, as a short clause for the reader: "same formula, other object".
    pub reason: String,
    /// 0.0..=1.0, the product of its grounds.
    pub confidence: f32,
    pub grounds: Grounds,
    /// Does the newer statement set a condition the older one did not?
    pub is_conditional: bool,
    /// Word diff of the two contents; empty where the pair is too unlike to be compared word by word.
    pub diff: Vec<DiffOp>,
    /// Did the reader put these two statements beside each other?
    pub is_aligned_by_hand: bool,
}

/// What a confidence is made of, each 0.0..=1.0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grounds {
    /// How much the row of the decision table says.
    pub rule: f32,
    /// How surely the words are the actor's, in the less sure of the two statements.
    pub attribution: f32,
    /// Were the words quoted, or reported in those of the article?
    pub source: f32,
    /// How alike the two statements are; 1.0 where they open alike, or the reader put them side by side.
    pub alignment: f32,
}

impl Grounds {
    fn product(self) -> f32 {
        self.rule * self.attribution * self.source * self.alignment
    }

    /// "rule 0.75 × attribution 0.95 × source 0.95 × alignment 0.90".
    pub fn words(self) -> String {
        let Self { rule, attribution, source, alignment } = self;
        format!("rule {rule:.2} × attribution {attribution:.2} × source {source:.2} × alignment {alignment:.2}")
    }
}

/// What kind of change it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShiftLabel {
    /// First observed in this corpus.
    New,
    Held,
    /// More pressure or opposition.
    Hardened,
    Softened,
    /// More support.
    Strengthened,
    Weakened,
    /// Same formula with another object, or same object under another theme.
    Reframed,
    /// Explicitly taken back.
    Dropped,
    NotObserved,
}

impl ShiftLabel {
    /// As shown to the reader: "not observed".
    pub fn words(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Held => "held",
            Self::Hardened => "hardened",
            Self::Softened => "softened",
            Self::Strengthened => "strengthened",
            Self::Weakened => "weakened",
            Self::Reframed => "reframed",
            Self::Dropped => "dropped",
            Self::NotObserved => "not observed",
        }
    }
}

/// Where an actor touched a theme and where not. Every document stands in exactly one of the two lists.
#[derive(Clone, Debug, PartialEq)]
pub struct ThemeRecord {
    pub actor: String,
    pub theme: String,
    /// In order of date.
    pub observed: Vec<Observation>,
    pub not_observed: Vec<(DocumentId, Option<Date>)>,
}

/// The statements of one document on one theme.
#[derive(Clone, Debug, PartialEq)]
pub struct Observation {
    pub document: DocumentId,
    pub date: Option<Date>,
    pub statements: Vec<StatementId>,
}

/// Most statements of one date on one theme that are compared with those of the next; the fullest of them. Feels right:
/// more than anybody would read, and a day of ten thousand articles stays quick.
const MAX_COMPARED: usize = 160;

/// Aligns the statements of each actor and theme over time and labels what changed.
///
/// Only official statements count, and a statement told twice counts once. `aligned` are pairs that answer each other by
/// the reader's word, older one first: such a pair stands for its two dates, and is a shift of its own where these do not
/// follow one another. Returns the shifts, most confident first, and a record for every actor with a statement and every
/// theme.
///
/// # Errors
/// [`Cancelled`] when `progress` was cancelled.
pub fn find_shifts(
    corpus: &Corpus,
    codebook: &Codebook,
    statements: &[Statement],
    aligned: &[(StatementId, StatementId)],
    progress: &Progress,
) -> Result<(Vec<Shift>, Vec<ThemeRecord>), Cancelled> {
    progress.at(0.9)?;
    let document_of: FxHashMap<StatementId, DocumentId> =
        statements.iter().map(|statement| (statement.id, statement.document)).collect();
    let official: Vec<&Statement> = statements.iter().filter(|statement| is_counted(statement, &document_of)).collect();
    let (aligner, prepared) = Aligner::new(corpus, WordDiff::new(codebook), &official);
    let mut by_theme: FxHashMap<(&str, &str), Vec<usize>> = FxHashMap::default();
    for (idx, statement) in official.iter().enumerate() {
        for theme in &statement.themes {
            let actor = statement.actor.as_deref().unwrap_or_default();
            by_theme.entry((actor, theme.as_str())).or_default().push(idx);
        }
    }
    let finder = Finder { corpus, codebook, aligner, official: &official, prepared, by_theme, aligned };
    let is_heard = |actor: &&Actor| official.iter().any(|statement| statement.actor.as_ref() == Some(&actor.id));
    let lines: Vec<(&Actor, &Theme)> = (codebook.actors.iter().filter(is_heard))
        .flat_map(|actor| codebook.themes.iter().map(move |theme| (actor, theme)))
        .collect();
    let found: Vec<(Vec<Shift>, ThemeRecord)> = (lines.par_iter())
        .map(|(actor, theme)| {
            if progress.is_cancelled() {
                return Err(Cancelled);
            }
            let record = finder.record(&actor.id, theme);
            Ok((finder.shifts_of(&record, theme), record))
        })
        .collect::<Result<_, _>>()?;
    let (shifts, records): (Vec<_>, Vec<_>) = found.into_iter().unzip();
    let mut shifts: Vec<Shift> = shifts.into_iter().flatten().collect();
    shifts.sort_by(|left, right| {
        let order = right.confidence.total_cmp(&left.confidence);
        order.then_with(|| (&left.actor, &left.theme, left.id).cmp(&(&right.actor, &right.theme, right.id)))
    });
    Ok((shifts, records))
}

/// Official, of a known actor, on a theme, and not told before in the same article.
fn is_counted(statement: &Statement, document_of: &FxHashMap<StatementId, DocumentId>) -> bool {
    let is_repeat = statement.same_as.is_some_and(|id| document_of.get(&id) == Some(&statement.document));
    statement.actor.is_some() && statement.is_official && !statement.themes.is_empty() && !is_repeat
}

struct Finder<'a> {
    corpus: &'a Corpus,
    codebook: &'a Codebook,
    aligner: Aligner,
    official: &'a [&'a Statement],
    prepared: Vec<Prepared>,
    /// The official statements of an actor on a theme, in order.
    by_theme: FxHashMap<(&'a str, &'a str), Vec<usize>>,
    aligned: &'a [(StatementId, StatementId)],
}

/// The statements of one actor on one theme on one date, as indices into the official ones.
struct Moment {
    date: Date,
    statements: Vec<usize>,
}

impl Finder<'_> {
    /// The official statements of an actor on a theme.
    fn of<'s>(&'s self, actor: &'s str, theme: &'s str) -> &'s [usize] {
        self.by_theme.get(&(actor, theme)).map_or(&[], Vec::as_slice)
    }

    /// Where the actor touched the theme. Every document stands in one list.
    fn record(&self, actor: &str, theme: &Theme) -> ThemeRecord {
        let mut mine: FxHashMap<DocumentId, Vec<&Statement>> = FxHashMap::default();
        for statement in self.of(actor, &theme.id).iter().filter_map(|&idx| self.official.get(idx)) {
            mine.entry(statement.document).or_default().push(statement);
        }
        let (mut observed, mut not_observed) = (Vec::new(), Vec::new());
        for document in self.corpus.documents() {
            match mine.get(&document.id) {
                None => not_observed.push((document.id, document.published.day())),
                Some(mine) => {
                    let said = mine.iter().filter_map(|statement| statement.said).min();
                    let statements = mine.iter().map(|statement| statement.id).collect();
                    let date = said.or_else(|| document.published.day());
                    observed.push(Observation { document: document.id, date, statements });
                }
            }
        }
        observed.sort_by_key(|observation| (observation.date.is_none(), observation.date));
        ThemeRecord { actor: actor.to_owned(), theme: theme.id.clone(), observed, not_observed }
    }

    fn shifts_of(&self, record: &ThemeRecord, theme: &Theme) -> Vec<Shift> {
        // What tells another article's statement again is an observation and no position of its own.
        let idx_of: FxHashMap<StatementId, usize> = (self.of(&record.actor, &record.theme).iter())
            .filter_map(|&idx| Some((self.official.get(idx).filter(|statement| statement.same_as.is_none())?.id, idx)))
            .collect();
        let mut moments: Vec<Moment> = Vec::new();
        for observation in &record.observed {
            let Some(date) = observation.date else { continue };
            let found: Vec<usize> = observation.statements.iter().filter_map(|id| idx_of.get(id).copied()).collect();
            if found.is_empty() {
                continue;
            }
            match moments.last_mut().filter(|last| last.date == date) {
                Some(last) => last.statements.extend(found),
                None => moments.push(Moment { date, statements: found }),
            }
        }
        let mut shifts: Vec<Shift> = Vec::new();
        shifts.extend(moments.first().and_then(|first| self.first_shift(record, theme, first)));
        shifts.extend(moments.windows(2).filter_map(|pair| self.shift(record, theme, &pair[0], &pair[1])));
        shifts.extend(self.apart(record, theme, &moments, &idx_of));
        shifts
    }

    /// Shifts between dates that do not follow one another, where the reader put two statements beside each other.
    fn apart(
        &self,
        record: &ThemeRecord,
        theme: &Theme,
        moments: &[Moment],
        idx_of: &FxHashMap<StatementId, usize>,
    ) -> Vec<Shift> {
        let place = |id: &StatementId| {
            let idx = idx_of.get(id)?;
            moments.iter().position(|moment| moment.statements.contains(idx))
        };
        let pairs = self.aligned.iter().filter_map(|(old, new)| {
            let (from, to) = (place(old)?, place(new)?);
            (to > from + 1).then(|| self.shift(record, theme, moments.get(from)?, moments.get(to)?))?
        });
        let mut shifts: Vec<Shift> = pairs.collect();
        shifts.dedup_by_key(|shift| shift.id);
        shifts
    }

    /// The theme was observed for the first time: its fullest statement stands for it.
    fn first_shift(&self, record: &ThemeRecord, theme: &Theme, moment: &Moment) -> Option<Shift> {
        let best = moment.statements.iter().copied().max_by_key(|&idx| {
            let fullness = self.official.get(idx).map(|statement| {
                let is_main = statement.themes.first() == Some(&theme.id);
                (is_main, statement.quotation == Quotation::Direct, statement.force)
            });
            (fullness, std::cmp::Reverse(idx))
        })?;
        let new = self.official.get(best)?;
        let grounds =
            Grounds { rule: 0.4, attribution: new.attribution.confidence, source: source(new), alignment: 1.0 };
        Some(Shift {
            id: shift_id(record, None, Some(new)),
            actor: record.actor.clone(),
            theme: record.theme.clone(),
            old: None,
            new: Some(new.id),
            also: Vec::new(),
            label: ShiftLabel::New,
            rule: "first".to_owned(),
            reason: "first observed in these articles".to_owned(),
            confidence: grounds.product(),
            grounds,
            is_conditional: !new.conditions.is_empty(),
            diff: Vec::new(),
            is_aligned_by_hand: false,
        })
    }

    fn shift(&self, record: &ThemeRecord, theme: &Theme, old: &Moment, new: &Moment) -> Option<Shift> {
        let pairs = self.pairs(old, new, theme);
        let is_by_hand = |(old, new, _): &&(usize, usize, Likeness)| self.is_aligned(*old, *new);
        let by_hand = pairs.iter().find(is_by_hand);
        let (best_old, best_new, likeness) = by_hand.or(pairs.first())?;
        let (from, to) = (self.official.get(*best_old)?, self.official.get(*best_new)?);
        let position = |moment: &Moment, shown| Position {
            statements: moment.statements.iter().filter_map(|&idx| self.official.get(idx).copied()).collect(),
            shown,
        };
        let (before, after) = (position(old, from), position(new, to));
        let formula = self.formula_words(*best_new, likeness);
        let verdict = label::label(self.codebook, theme, &before, &after, likeness, &formula);
        let grounds = Grounds {
            rule: verdict.confidence,
            attribution: from.attribution.confidence.min(to.attribution.confidence),
            source: source(from).min(source(to)),
            // Two statements that share nothing but a theme may still show where the actor stood on each day.
            alignment: match (&likeness.formula, by_hand) {
                (None, None) => 0.85 + 0.15 * (2.0 * likeness.overlap).min(1.0),
                _ => 1.0,
            },
        };
        Some(Shift {
            id: shift_id(record, Some(from), Some(to)),
            actor: record.actor.clone(),
            theme: record.theme.clone(),
            old: Some(from.id),
            new: Some(to.id),
            also: self.other_pairs(&pairs, (*best_old, *best_new)),
            label: verdict.label,
            rule: verdict.rule.to_owned(),
            confidence: grounds.product(),
            grounds,
            is_conditional: label::is_newly_conditional(&before, &after),
            diff: if likeness.overlap >= align::FLOOR { self.diff(from, to) } else { Vec::new() },
            reason: verdict.reason,
            is_aligned_by_hand: by_hand.is_some(),
        })
    }

    fn is_aligned(&self, old: usize, new: usize) -> bool {
        let id = |idx: usize| self.official.get(idx).map(|statement| statement.id);
        self.aligned.iter().any(|(from, to)| id(old) == Some(*from) && id(new) == Some(*to))
    }

    /// The fullest statements of a date, in order, with those that the reader put beside another.
    fn compared(&self, moment: &Moment, theme: &Theme) -> Vec<usize> {
        if moment.statements.len() <= MAX_COMPARED {
            return moment.statements.clone();
        }
        let mut ranked: Vec<usize> = moment.statements.clone();
        ranked.sort_by_cached_key(|&idx| {
            let fullness = self.official.get(idx).map(|statement| {
                let is_chosen = self.aligned.iter().any(|(old, new)| [*old, *new].contains(&statement.id));
                let is_main = statement.themes.first() == Some(&theme.id);
                let n_bytes: usize = statement.content.iter().map(|range| range.len()).sum();
                (is_chosen, is_main, statement.quotation == Quotation::Direct, statement.force, n_bytes)
            });
            (std::cmp::Reverse(fullness), idx)
        });
        ranked.truncate(MAX_COMPARED);
        ranked.sort_unstable();
        ranked
    }

    /// All pairs of two dates, best first.
    fn pairs(&self, old: &Moment, new: &Moment, theme: &Theme) -> Vec<(usize, usize, Likeness)> {
        let mut pairs = Vec::new();
        let direction = |moment: &Moment| {
            let statements: Vec<&Statement> =
                moment.statements.iter().filter_map(|&idx| self.official.get(idx).copied()).collect();
            label::direction_of(&statements, theme)
        };
        let directions = (direction(old), direction(new));
        let (from, to) = (self.compared(old, theme), self.compared(new, theme));
        for &before in &from {
            for &after in &to {
                let pair = |idx: usize| Some((*self.official.get(idx)?, self.prepared.get(idx)?));
                if let (Some(left), Some(right)) = (pair(before), pair(after)) {
                    let mut likeness = self.aligner.compare(left, right, &theme.id);
                    // The pair that is shown should show what the label says of the two dates.
                    let shows = (left.0.direction, right.0.direction) == directions && directions.0 != directions.1;
                    likeness.score += if shows { align::SHOWS_DIRECTION } else { 0.0 };
                    pairs.push((before, after, likeness));
                }
            }
        }
        pairs.sort_by(|left, right| {
            right.2.score.total_cmp(&left.2.score).then((left.0, left.1).cmp(&(right.0, right.1)))
        });
        pairs
    }

    /// Pairs beside the representative that are alike enough to be read side by side, each statement in one at most.
    fn other_pairs(
        &self,
        pairs: &[(usize, usize, Likeness)],
        shown: (usize, usize),
    ) -> Vec<(StatementId, StatementId)> {
        let mut used: Vec<usize> = vec![shown.0, shown.1];
        let mut also = Vec::new();
        for (old, new, likeness) in pairs {
            if likeness.overlap < align::FLOOR || used.contains(old) || used.contains(new) {
                continue;
            }
            used.extend([*old, *new]);
            if let (Some(from), Some(to)) = (self.official.get(*old), self.official.get(*new)) {
                also.push((from.id, to.id));
            }
        }
        also
    }

    /// The word diff of a pair; empty where so little is kept that both are better read whole.
    fn diff(&self, from: &Statement, to: &Statement) -> Vec<DiffOp> {
        let text = |statement: &Statement| self.corpus.get(statement.document).map_or("", |document| &document.text);
        let (old, new) = (text(from), text(to));
        let ops = self.aligner.diff().diff(old, &from.content, new, &to.content);
        let n_words = |text: &str, ranges: &[ByteRange]| -> usize {
            ranges.iter().map(|range| tokens(text, *range).count()).sum()
        };
        let n_kept: usize = ops
            .iter()
            .map(|op| if let DiffOp::Equal { old: kept, .. } = op { n_words(old, &[*kept]) } else { 0 })
            .sum();
        let n_shorter = n_words(old, &from.content).min(n_words(new, &to.content));
        if n_kept as f32 >= align::MIN_KEPT * n_shorter as f32 { ops } else { Vec::new() }
    }

    /// The shared opening in the words of the newer statement.
    fn formula_words(&self, idx: usize, likeness: &Likeness) -> String {
        let (Some(statement), Some(prepared), Some(formula)) =
            (self.official.get(idx), self.prepared.get(idx), likeness.formula.as_ref())
        else {
            return String::new();
        };
        let text = self.corpus.get(statement.document).map_or("", |document| &document.text);
        let units = prepared.units.get(formula.new.clone()).unwrap_or_default();
        match (units.first(), units.last()) {
            (Some(first), Some(last)) => first.range.cover(last.range).of(text).to_owned(),
            _ => String::new(),
        }
    }
}

/// Words between quotation marks are the actor's own; a report chooses its own.
fn source(statement: &Statement) -> f32 {
    match statement.quotation {
        Quotation::Direct => 1.0,
        Quotation::Partial => 0.97,
        Quotation::Indirect => 0.93,
    }
}

/// Actor, theme and the two statements.
fn shift_id(record: &ThemeRecord, old: Option<&Statement>, new: Option<&Statement>) -> ShiftId {
    let name = |statement: Option<&Statement>| statement.map_or(String::new(), |statement| statement.id.to_string());
    ShiftId::of(&[&record.actor, &record.theme, &name(old), &name(new)])
}
