//! What a line of the concordance says of a place.

use super::matrix::{Day, short_day};
use crate::analysis::reuse::{Occurrence, OccurrenceKind};
use crate::analysis::statements::Statement;
use crate::document::Document;
use crate::gui::{Scene, chip};
use crate::report::life::{Setting, Voices, setting, speaker, surroundings};

/// What is shown of a place.
pub struct Place<'a> {
    pub occurrence: &'a Occurrence,
    pub document: &'a Document,
    pub statement: Option<&'a Statement>,
    pub setting: Setting,
    /// Are date and outlet told?
    pub is_first: bool,
    /// Is there a line above?
    pub has_line: bool,
    pub before: String,
    pub words: String,
    pub after: String,
    /// Is the phrase parted from what stands before and after by a space?
    pub is_apart: [bool; 2],
}

impl<'a> Place<'a> {
    /// `None` where the article is not in the corpus.
    pub fn new(
        scene: &Scene<'a>,
        voices: &Voices,
        occurrence: &'a Occurrence,
        is_first: bool,
        has_line: bool,
    ) -> Option<Self> {
        let passage = occurrence.passage;
        let document = scene.corpus.get(passage.document)?;
        let statement = voices.statement_at(&scene.analysis.statements, passage);
        let text = &document.text;
        let (before, after) = surroundings(document, passage.range);
        let is_space = |at: usize| text.get(at..).is_some_and(|rest| rest.starts_with(char::is_whitespace));
        Some(Self {
            occurrence,
            document,
            statement,
            setting: setting(document, passage.range, statement),
            is_first,
            has_line,
            before: one_line(before.of(text)),
            words: one_line(passage.range.of(text)),
            after: one_line(after.of(text)),
            is_apart: [before.end < passage.range.start, is_space(passage.range.end)],
        })
    }

    /// Who speaks, and how: "Jens Stoltenberg", "quoted".
    pub fn voice(&self) -> (Option<&str>, &'static str) {
        let is_said = matches!(self.setting, Setting::Quoted | Setting::Partly | Setting::Reported);
        (self.statement.filter(|_| is_said).and_then(speaker), self.setting.words())
    }

    /// The whole line, for a screen reader.
    pub fn name(&self) -> String {
        let (who, how) = self.voice();
        let who = who.map_or(String::new(), |who| format!("{who}, "));
        let day = short_day(self.document, Day::Full);
        let outlet = chip::outlet_or_file(self.document);
        format!("{day}, {outlet}, {who}{how}: {}", self.sentence())
    }

    /// The words with all that stands around them.
    pub fn sentence(&self) -> String {
        let [before, after] = self.is_apart.map(|is_apart| if is_apart { " " } else { "" });
        format!("{}{before}{}{after}{}", self.before, self.words, self.after).trim().to_owned()
    }

    /// How it relates to its family, and why it counts.
    pub fn why(&self) -> String {
        let occurrence = self.occurrence;
        let kind = match occurrence.kind {
            OccurrenceKind::Verbatim => "word for word",
            OccurrenceKind::Near => "near",
            OccurrenceKind::Alias => "alias",
        };
        if occurrence.why.is_empty() { kind.to_owned() } else { format!("{kind}: {}", occurrence.why) }
    }
}

/// White space as single spaces.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
