//! What a reader gets on paper, free of any screen type: the one result between the engine and every output.
//!
//! A [`Report`] joins a corpus, its analysis, the codebook's labels and the reader's decisions. It copies no text:
//! words are slices of the documents, findings are borrowed. Indices point into the report's own lists, so an exporter
//! looks nothing up and decides nothing. `O(n log n)` in the number of findings.

pub mod briefing;
pub mod citation;
pub mod dates;
pub mod life;
pub mod turns;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::analysis::diff::WordDiff;
use crate::analysis::furniture::FurnitureMark;
use crate::analysis::reuse::{Occurrence, Phrase};
use crate::analysis::revisions::RevisionKind;
use crate::analysis::shifts::{Shift, ShiftLabel, ThemeRecord};
use crate::analysis::statements::Statement;
use crate::analysis::twins::ProposedDate;
use crate::analysis::{Analysis, StatementId};
use crate::codebook::Codebook;
use crate::document::{Corpus, Document, DocumentId, OutletBasis};
use crate::project::reviews::{Reviewed, standing};
use crate::project::{Decisions, Review, Verdict};
use life::{Setting, Voices};

/// Everything found in a corpus, ready to be set.
#[derive(Clone, Debug)]
pub struct Report<'a> {
    pub codebook: &'a Codebook,
    pub corpus: &'a Corpus,
    /// In order of date.
    pub articles: Vec<Article<'a>>,
    /// Heaviest first.
    pub phrases: Vec<PhraseEntry<'a>>,
    /// Articles that tell the same story nearly word for word, as places in [`Report::articles`]: in order of date, two
    /// and more each. What only they share is no phrase.
    pub stories: Vec<Vec<usize>>,
    /// In order of date, then of place in the text.
    pub statements: Vec<StatementEntry<'a>>,
    /// Most confident first.
    pub shifts: Vec<ShiftEntry<'a>>,
    /// One for each actor with statements and each theme.
    pub themes: Vec<&'a ThemeRecord>,
    /// Blocks that only the other articles of an outlet show to be furniture.
    pub furniture: &'a [FurnitureMark],
    /// Days that a twin proposes for articles without a sure one.
    pub proposed_dates: &'a [ProposedDate],
    /// Places in [`Report::statements`].
    statement_idx: BTreeMap<StatementId, usize>,
}

/// One article of a report.
#[derive(Clone, Debug)]
pub struct Article<'a> {
    pub document: &'a Document,
    /// The place in the order of date, from 1: how findings refer to it.
    pub number: usize,
    /// The day it was published, `None` where no day is better than the others that fit.
    pub day: Option<Date>,
    /// Must *est.* stand beside the day?
    pub is_estimate: bool,
    /// The headline, else the file name.
    pub headline: &'a str,
    pub outlet: Option<&'a str>,
    /// Was the outlet entered by hand, with no word of the text that says so?
    pub is_outlet_entered: bool,
    /// Place in [`Report::stories`], `None` where no other article tells its story.
    pub story_idx: Option<usize>,
}

/// A phrase family with its places.
#[derive(Clone, Debug)]
pub struct PhraseEntry<'a> {
    pub phrase: &'a Phrase,
    /// Where it comes from where another program found it: "cluster 12 of passim".
    pub origin: Option<&'a str>,
    /// The words of its representative, whatever the reader called it.
    pub label: &'a str,
    /// The name the reader gave it.
    pub name: Option<&'a str>,
    /// In order of date, then of place.
    pub places: Vec<PhrasePlace<'a>>,
}

/// One occurrence of a phrase.
#[derive(Clone, Debug)]
pub struct PhrasePlace<'a> {
    pub occurrence: &'a Occurrence,
    pub article_idx: usize,
    pub words: &'a str,
    pub setting: Setting,
    /// Whose words they are, `None` for the article's own and where the codebook does not know the speaker.
    pub speaker: Option<&'a str>,
}

/// A statement with its words and the codebook's names for what it is.
#[derive(Clone, Debug)]
pub struct StatementEntry<'a> {
    pub statement: &'a Statement,
    pub article_idx: usize,
    /// The words said, one slice for each range of the content.
    pub words: Vec<&'a str>,
    /// Who said it, as a reader would name it: person and actor, else the words of the text.
    pub speaker: String,
    /// Labels of its themes.
    pub themes: Vec<&'a str>,
    /// Label of its act.
    pub act: Option<&'a str>,
    /// What the reader did about it, `None` where it stands as a rule found it.
    pub standing: Option<RevisionKind>,
    /// What the reader noted beside it; empty where nothing was.
    pub note: &'a str,
}

/// A shift with the reader's verdict on it.
#[derive(Clone, Debug)]
pub struct ShiftEntry<'a> {
    pub shift: &'a Shift,
    /// The label that counts: the reader's, else the program's.
    pub label: ShiftLabel,
    pub review: ReviewState,
    /// What the reader noted beside it; empty where nothing was.
    pub note: &'a str,
    pub theme: &'a str,
    /// Place of the older statement in [`Report::statements`].
    pub old_idx: Option<usize>,
    /// Place of the newer statement.
    pub new_idx: Option<usize>,
}

/// Has a reader looked at a shift?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReviewState {
    Automatic,
    Accepted,
    Edited,
    Dismissed,
}

impl ReviewState {
    /// As printed: "automatic".
    pub fn words(self) -> &'static str {
        match self {
            Self::Automatic => "automatic",
            Self::Accepted => "accepted",
            Self::Edited => "edited",
            Self::Dismissed => "dismissed",
        }
    }
}

impl<'a> Report<'a> {
    /// Joins what was found with what was decided. A finding whose article is not in `corpus` (an analysis older than
    /// the corpus) is left out.
    pub fn new(corpus: &'a Corpus, analysis: &'a Analysis, codebook: &'a Codebook, decisions: &'a Decisions) -> Self {
        let mut articles: Vec<_> =
            corpus.documents().iter().enumerate().map(|(idx, document)| article(idx, document)).collect();
        let article_idx: BTreeMap<DocumentId, usize> =
            articles.iter().enumerate().map(|(idx, article)| (article.document.id, idx)).collect();
        let stories = stories(analysis, &article_idx);
        for (story_idx, story) in stories.iter().enumerate() {
            for &idx in story {
                if let Some(article) = articles.get_mut(idx) {
                    article.story_idx = Some(story_idx);
                }
            }
        }
        let reviewed = Reviewed::new(decisions, analysis);
        let statements: Vec<_> = analysis
            .statements
            .iter()
            .filter_map(|statement| {
                let article_idx = *article_idx.get(&statement.document)?;
                let text = &articles.get(article_idx)?.document.text;
                let entry = statement_entry(statement, article_idx, text, codebook);
                let note = reviewed.note(decisions, statement.id);
                Some(StatementEntry { standing: standing(decisions, statement), note, ..entry })
            })
            .collect();
        let statement_idx: BTreeMap<StatementId, usize> =
            statements.iter().enumerate().map(|(idx, entry)| (entry.statement.id, idx)).collect();
        let voices = Voices::new(&analysis.statements);
        let place = |occurrence| phrase_place(occurrence, corpus, &voices, analysis);
        let phrases = analysis
            .phrases
            .iter()
            .map(|phrase| {
                let found_label = analysis.phrase_edits.get(&phrase.id).and_then(|edit| edit.found_label.as_deref());
                PhraseEntry {
                    phrase,
                    origin: analysis.imported.origins.get(&phrase.id).map(String::as_str),
                    label: found_label.unwrap_or(&phrase.label),
                    name: found_label.map(|_| phrase.label.as_str()),
                    places: phrase.occurrences.iter().filter_map(place).collect(),
                }
            })
            .collect();
        let shifts = analysis
            .shifts
            .iter()
            .map(|shift| shift_entry(shift, &statement_idx, codebook, reviewed.review(decisions, shift.id)))
            .collect();
        Self {
            codebook,
            corpus,
            articles,
            phrases,
            stories,
            statements,
            shifts,
            themes: analysis.themes.iter().collect(),
            furniture: &analysis.furniture,
            proposed_dates: &analysis.proposed_dates,
            statement_idx,
        }
    }

    /// The place of a statement in [`Report::statements`].
    pub fn statement_idx(&self, id: StatementId) -> Option<usize> {
        self.statement_idx.get(&id).copied()
    }

    /// Is there anything to tell beyond the list of articles?
    pub fn has_findings(&self) -> bool {
        !(self.phrases.is_empty() && self.statements.is_empty() && self.shifts.is_empty())
    }

    /// What changed around a phrase from each use to the next, in words, by the first place of the newer use in
    /// [`PhraseEntry::places`]. One diff for each article that has it.
    pub fn turns(&self, entry: &PhraseEntry<'_>, diff: &WordDiff) -> BTreeMap<usize, String> {
        let life = life::life(entry.phrase, self.corpus);
        let passages = |of| life.places(entry.phrase, of).map(|occurrence| occurrence.passage);
        let turns = life.uses.iter().enumerate().filter_map(|(use_idx, newer)| {
            let older = life.uses.get(life.use_before(use_idx)?)?;
            let turn = turns::turn(diff, self.corpus, passages(older), passages(newer))?;
            Some((newer.places.start, turn.words(self.corpus)?))
        });
        turns.collect()
    }

    /// The other articles that tell the story of `article`, in order of date.
    pub fn same_story<'r>(&'r self, article: &Article<'_>) -> impl Iterator<Item = &'r Article<'a>> {
        let number = article.number;
        let story = article.story_idx.and_then(|idx| self.stories.get(idx)).into_iter().flatten();
        story.filter_map(|&idx| self.articles.get(idx)).filter(move |other| other.number != number)
    }

    /// The article with this id.
    pub fn article(&self, id: DocumentId) -> Option<&Article<'a>> {
        self.articles.iter().find(|article| article.document.id == id)
    }
}

/// "high" from 0.75, "medium" from 0.5: the steps a confidence is told in.
pub fn confidence_words(confidence: f32) -> &'static str {
    match confidence {
        confidence if confidence >= 0.75 => "high",
        confidence if confidence >= 0.5 => "medium",
        _ => "low",
    }
}

fn article(idx: usize, document: &Document) -> Article<'_> {
    Article {
        document,
        number: idx + 1,
        day: document.published.best,
        is_estimate: document.published.is_estimate(),
        headline: document.title.as_deref().unwrap_or_else(|| document.name()),
        outlet: document.outlet.as_ref().map(|outlet| outlet.name.as_str()),
        is_outlet_entered: document.outlet.as_ref().is_some_and(|outlet| outlet.basis == OutletBasis::Entered),
        story_idx: None,
    }
}

/// The stories that two and more articles of the report tell.
fn stories(analysis: &Analysis, article_idx: &BTreeMap<DocumentId, usize>) -> Vec<Vec<usize>> {
    let places = analysis.same_stories.iter().map(|story| {
        let mut places: Vec<usize> = story.iter().filter_map(|id| article_idx.get(id).copied()).collect();
        places.sort_unstable();
        places
    });
    let mut stories: Vec<Vec<usize>> = places.filter(|places| places.len() > 1).collect();
    stories.sort_unstable();
    stories
}

fn phrase_place<'a>(
    occurrence: &'a Occurrence,
    corpus: &'a Corpus,
    voices: &Voices,
    analysis: &'a Analysis,
) -> Option<PhrasePlace<'a>> {
    let passage = occurrence.passage;
    let article_idx = corpus.idx_of(passage.document)?;
    let document = corpus.documents().get(article_idx)?;
    let statement = voices.statement_at(&analysis.statements, passage);
    let setting = life::setting(document, passage.range, statement);
    let is_said = matches!(setting, Setting::Quoted | Setting::Partly | Setting::Reported);
    let speaker = statement.filter(|_| is_said).and_then(life::speaker);
    Some(PhrasePlace { occurrence, article_idx, words: passage.range.of(&document.text), setting, speaker })
}

fn statement_entry<'a>(
    statement: &'a Statement,
    article_idx: usize,
    text: &'a str,
    codebook: &'a Codebook,
) -> StatementEntry<'a> {
    let theme_label = |id: &'a String| codebook.theme(id).map_or(id.as_str(), |theme| theme.label.as_str());
    let act_label =
        |id: &'a String| codebook.acts.iter().find(|act| &act.id == id).map_or(id.as_str(), |act| act.label.as_str());
    StatementEntry {
        statement,
        article_idx,
        words: statement.content.iter().map(|range| range.of(text)).collect(),
        speaker: speaker(statement, text),
        themes: statement.themes.iter().map(theme_label).collect(),
        act: statement.act.as_ref().map(act_label),
        standing: None,
        note: "",
    }
}

fn speaker(statement: &Statement, text: &str) -> String {
    let unnamed = if statement.is_official { "" } else { ", unnamed" };
    match (&statement.person, &statement.actor) {
        (Some(person), Some(actor)) => format!("{person} ({actor})"),
        (Some(person), None) => person.clone(),
        (None, Some(actor)) => format!("{actor}{unnamed}"),
        (None, None) => {
            let words: Vec<_> = statement.speaker.iter().map(|range| range.of(text)).collect();
            if words.is_empty() { "speaker unknown".to_owned() } else { words.join(" ") }
        }
    }
}

fn shift_entry<'a>(
    shift: &'a Shift,
    statement_idx: &BTreeMap<StatementId, usize>,
    codebook: &'a Codebook,
    review: Option<&'a Review>,
) -> ShiftEntry<'a> {
    let verdict = review.and_then(|review| Some((review.verdict?, review.label)));
    let (label, state) = match verdict {
        None => (shift.label, ReviewState::Automatic),
        Some((Verdict::Accepted, label)) => (label, ReviewState::Accepted),
        Some((Verdict::Edited, label)) => (label, ReviewState::Edited),
        Some((Verdict::Dismissed, _)) => (shift.label, ReviewState::Dismissed),
    };
    let idx_of = |id: Option<StatementId>| id.and_then(|id| statement_idx.get(&id).copied());
    ShiftEntry {
        shift,
        label,
        review: state,
        note: review.map_or("", |review| review.note.as_str()),
        theme: codebook.theme(&shift.theme).map_or(shift.theme.as_str(), |theme| theme.label.as_str()),
        old_idx: idx_of(shift.old),
        new_idx: idx_of(shift.new),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn confidence_has_three_steps() {
        assert_eq!([0.9, 0.75, 0.6, 0.5, 0.1].map(confidence_words), ["high", "high", "medium", "medium", "low"]);
    }
}
