//! What the Briefing view remembers: the kind of page, the finding, what is printed, and the reader's own words on each
//! finding, which are kept with the project.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::finding::Listed;
use super::maker::{Asked, Inputs, Made};
use crate::gui::state::ImageSize;
use crate::report::briefing::{Choices, FAIR_WORDS, Kind, Subject, Topic};

/// The reader's own words are kept of so many findings, those used last; a project of one person has a few dozen.
pub const MAX_OWN: usize = 200;

/// The reader's own words on a page, `None` for the proposed ones.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OwnWords {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub headline: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subtitle: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// The reader's own words on all findings, the one used last at the end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Own(Vec<(Subject, OwnWords)>);

impl Own {
    /// What the reader wrote for this finding.
    pub fn of(&self, subject: &Subject) -> OwnWords {
        self.0.iter().find(|(known, _)| known == subject).map(|(_, words)| words.clone()).unwrap_or_default()
    }

    /// Changes what the reader wrote for this finding; what is oldest gives way.
    pub fn edit(&mut self, subject: &Subject, edit: impl FnOnce(&mut OwnWords)) {
        let mut words = self.of(subject);
        edit(&mut words);
        self.0.retain(|(known, _)| known != subject);
        if words != OwnWords::default() {
            self.0.push((subject.clone(), words));
        }
        self.bound();
    }

    fn bound(&mut self) {
        let n_over = self.0.len().saturating_sub(MAX_OWN);
        self.0.drain(..n_over);
    }
}

/// What is printed on every page, and what is not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Prints {
    pub has_key: bool,
    pub has_method: bool,
    pub has_bylines: bool,
    pub has_emails: bool,
    /// Is all metadata left out of files?
    pub is_stripped: bool,
    /// Words of one source that a page quotes at most.
    pub max_words: usize,
    /// Names and words to take out, as typed: separated by semicolons.
    pub redact: String,
}

impl Default for Prints {
    fn default() -> Self {
        Self {
            has_key: true,
            has_method: true,
            has_bylines: false,
            has_emails: false,
            is_stripped: false,
            max_words: FAIR_WORDS,
            redact: String::new(),
        }
    }
}

impl Prints {
    /// What is wanted of a page on which the reader wrote `own`.
    pub fn choices(&self, own: OwnWords, made: Date) -> Choices {
        Choices {
            headline: own.headline,
            subtitle: own.subtitle,
            description: own.description,
            has_key: self.has_key,
            has_method: self.has_method,
            has_bylines: self.has_bylines,
            // Addresses stand beside by-lines alone.
            has_emails: self.has_emails && self.has_bylines,
            max_words: self.max_words,
            redact: self.redacted(),
            ..Choices::new(made)
        }
    }

    fn redacted(&self) -> Vec<String> {
        let words = self.redact.split(';').map(str::trim).filter(|words| !words.is_empty());
        let words: BTreeSet<&str> = words.collect();
        words.into_iter().map(str::to_owned).collect()
    }
}

/// What the view remembers, and the page that was made last.
#[derive(Clone, Debug)]
pub struct BriefingState {
    pub kind: Kind,
    /// What was chosen of each kind.
    pub subjects: BTreeMap<Kind, Subject>,
    /// The reader's own templates in use.
    pub templates: BTreeMap<Kind, String>,
    pub prints: Prints,
    /// Where the reader's own templates lie.
    pub folder: Option<PathBuf>,
    /// Of pictures that are saved.
    pub size: ImageSize,
    pub own: Arc<Own>,
    /// The page in front, from 0.
    pub page_idx: usize,
    /// Are the choices shown in place of the page, where there is no room for both?
    pub is_pane_in_front: bool,
    /// What is looked for in the list of findings, and what was found.
    pub listed: Listed,
    /// Width of the page on the screen in pixels; none before it was drawn.
    pub width: Option<u32>,
    /// Counts how often the reader asked for the same page again.
    pub n_tries: u32,
    /// The day of making that is printed, `None` for today.
    pub made_on: Option<Date>,
    /// What was asked for last.
    pub asked: Option<Arc<Asked>>,
    pub made: Option<Arc<Made>>,
    /// What pages are made of, by the state of the desk it is of.
    pub(super) inputs: Option<(u64, Arc<Inputs>)>,
    /// Counts what was asked for.
    pub generation: u64,
    /// The last of them that was about another project.
    pub(super) before: u64,
}

impl Default for BriefingState {
    fn default() -> Self {
        Self {
            kind: Kind::Shift,
            subjects: BTreeMap::new(),
            templates: BTreeMap::new(),
            prints: Prints::default(),
            folder: None,
            size: ImageSize::default(),
            own: Arc::default(),
            page_idx: 0,
            is_pane_in_front: false,
            listed: Listed::default(),
            width: None,
            n_tries: 0,
            made_on: None,
            asked: None,
            made: None,
            inputs: None,
            generation: 0,
            before: 0,
        }
    }
}

impl BriefingState {
    /// Goes on counting where another project's view stopped, so that answers to it are known as such.
    pub fn count_on(&mut self, other: &Self) {
        (self.generation, self.before) = (other.generation, other.generation);
        self.folder.clone_from(&other.folder);
    }

    /// Takes a page that was made, unless it came too late.
    pub fn take(&mut self, made: Made) {
        let shown = self.made.as_ref().map_or(self.before, |made| made.generation);
        if made.generation > shown {
            self.made = Some(Arc::new(made));
        }
    }

    /// Is a page on its way?
    pub fn is_waiting(&self) -> bool {
        self.asked.as_ref().is_some_and(|asked| {
            let made = self.made.as_ref().map_or(self.before, |made| made.generation);
            asked.generation > made
        })
    }

    /// What can be chosen of the kind in front; empty while that is not known yet.
    pub fn topics(&self) -> &[Topic] {
        self.made.as_ref().filter(|made| made.kind == self.kind).map_or(&[], |made| &made.topics)
    }

    /// Chooses a kind of page.
    pub fn choose_kind(&mut self, kind: Kind) {
        if self.kind != kind {
            self.kind = kind;
            self.page_idx = 0;
            self.listed.query.clear();
        }
    }

    /// Changes the reader's own words on a finding.
    pub fn edit_own(&mut self, subject: &Subject, edit: impl FnOnce(&mut OwnWords)) {
        Arc::make_mut(&mut self.own).edit(subject, edit);
    }
}

/// What is kept with the project.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Kept {
    kind: Option<Kind>,
    subjects: Vec<Subject>,
    templates: BTreeMap<Kind, String>,
    prints: Prints,
    size: ImageSize,
    own: Own,
}

/// What is to be kept of the view.
pub fn remember(state: &BriefingState) -> serde_json::Value {
    let kept = Kept {
        kind: Some(state.kind),
        subjects: state.subjects.values().cloned().collect(),
        templates: state.templates.clone(),
        prints: state.prints.clone(),
        size: state.size,
        own: Own::clone(&state.own),
    };
    serde_json::to_value(kept).unwrap_or_default()
}

/// Puts the view back as it was kept; what can't be read leaves it as it is.
pub fn recall(kept: serde_json::Value, state: &mut BriefingState) {
    let Ok(mut kept) = serde_json::from_value::<Kept>(kept) else { return };
    kept.own.bound();
    state.kind = kept.kind.unwrap_or(state.kind);
    state.subjects = kept.subjects.into_iter().map(|subject| (subject.kind(), subject)).collect();
    state.templates = kept.templates;
    state.prints = kept.prints;
    state.size = kept.size;
    state.own = Arc::new(kept.own);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{PhraseId, ShiftId};

    fn headline(words: &str) -> OwnWords {
        OwnWords { headline: Some(words.to_owned()), ..OwnWords::default() }
    }

    #[test]
    fn own_words_are_kept_of_the_findings_used_last() {
        let mut own = Own::default();
        for id in 0..MAX_OWN as u64 + 5 {
            own.edit(&Subject::Shift(ShiftId(id)), |words| *words = headline("The pier grows"));
            own.edit(&Subject::Shift(ShiftId(0)), |words| words.subtitle = Some(id.to_string()));
        }
        assert_eq!(own.0.len(), MAX_OWN);
        assert_eq!(own.of(&Subject::Shift(ShiftId(3))), OwnWords::default());
        assert_eq!(own.of(&Subject::Shift(ShiftId(0))).headline.as_deref(), Some("The pier grows"));
        assert_eq!(own.of(&Subject::Shift(ShiftId(9))), headline("The pier grows"));
        own.edit(&Subject::Shift(ShiftId(9)), |words| words.headline = None);
        assert_eq!(own.0.len(), MAX_OWN - 1, "nothing of one's own is nothing to keep");
    }

    #[test]
    fn the_view_comes_back_as_it_was_kept() {
        let mut state = BriefingState { kind: Kind::Matrix, size: ImageSize::UltraHd, ..BriefingState::default() };
        state.prints.redact = "Ana Lund; ; pier;Ana Lund".to_owned();
        let matrix = Subject::Matrix { actor: "council".to_owned() };
        state.subjects.insert(Kind::Matrix, matrix.clone());
        state.subjects.insert(Kind::Phrase, Subject::Phrase(PhraseId(7)));
        state.templates.insert(Kind::Matrix, "harbor.typ".to_owned());
        state.edit_own(&matrix, |words| *words = headline("The council turns"));
        let mut back = BriefingState::default();
        recall(remember(&state), &mut back);
        assert_eq!(remember(&back), remember(&state));
        assert_eq!((back.kind, back.own.of(&matrix)), (Kind::Matrix, headline("The council turns")));
        let choices = back.prints.choices(back.own.of(&matrix), jiff::civil::date(2031, 1, 1));
        assert_eq!(choices.redact, ["Ana Lund", "pier"]);
        assert_eq!(choices.headline.as_deref(), Some("The council turns"));
    }

    #[test]
    fn what_can_not_be_read_does_no_harm() {
        let mut state = BriefingState { kind: Kind::Phrase, ..BriefingState::default() };
        for kept in ["null", "[1]", "{\"kind\":\"opera\"}", "{}", "{\"prints\":{\"max_words\":25}}"] {
            recall(serde_json::from_str(kept).unwrap(), &mut state);
        }
        assert_eq!((state.kind, state.prints.max_words, state.prints.has_key), (Kind::Phrase, 25, true));
    }
}
