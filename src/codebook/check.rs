//! Checks what TOML alone cannot: references between entries, ranges of numbers, order of dates.
//!
//! Every contradiction is told, each at the line of the value that is wrong. `O(n²)` in the entries of a kind, a few
//! hundred at most.

use jiff::civil::Date;

use super::written::{Step, Written, place};
use super::{Actor, Codebook, Theme};

/// Why a codebook cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodebookError {
    /// Not TOML, or not of the shape of a codebook.
    #[error("line {line}: {message}")]
    Syntax { line: usize, message: String },
    /// Well formed, but an entry contradicts another.
    #[error("line {line}: {message}")]
    Meaning { line: usize, message: String },
    /// An entry that cannot be written: no such theme to add to, nothing in the words.
    #[error("{message}")]
    Edit { message: String },
}

impl CodebookError {
    pub(super) fn syntax(line: usize, message: &str) -> Self {
        Self::Syntax { line, message: message.to_owned() }
    }

    /// The line it is on, from 1; 1 for an edit, which stands on none yet.
    pub fn line(&self) -> usize {
        match self {
            Self::Syntax { line, .. } | Self::Meaning { line, .. } => *line,
            Self::Edit { .. } => 1,
        }
    }

    /// What is wrong, without the line.
    pub fn message(&self) -> &str {
        match self {
            Self::Syntax { message, .. } | Self::Meaning { message, .. } | Self::Edit { message } => message,
        }
    }
}

/// What is wrong with the entries of a codebook, with the lines they are written on.
pub(super) struct Checker<'c, 't> {
    codebook: &'c Codebook,
    written: &'c Written<'t>,
    errors: Vec<CodebookError>,
}

/// All contradictions of a codebook. `written` is its text; entries of the base stand behind those and are sound.
pub(super) fn check(codebook: &Codebook, written: &Written<'_>) -> Vec<CodebookError> {
    let mut checker = Checker { codebook, written, errors: Vec::new() };
    checker.check_subject();
    checker.check_acts();
    for (idx, theme) in codebook.themes.iter().enumerate() {
        checker.check_theme(idx, theme);
    }
    checker.check_look_alikes();
    for (idx, actor) in codebook.actors.iter().enumerate() {
        checker.check_actor(idx, actor);
    }
    checker.check_dates();
    checker.errors
}

impl Checker<'_, '_> {
    fn wrong(&mut self, place: &[Step<'_>], message: String) {
        self.errors.push(CodebookError::Meaning { line: self.written.line(place), message });
    }

    fn check_subject(&mut self) {
        let Some(subject) = &self.codebook.subject else { return };
        if self.is_unknown_actor(subject) {
            self.wrong(place!["subject"], format!("it is about \"{subject}\", and no actor has this id"));
        }
    }

    /// An id that may belong to an entry which was left out is not told: that entry was.
    fn is_unknown_actor(&self, id: &str) -> bool {
        self.written.is_whole && self.codebook.actor(id).is_none()
    }

    fn check_acts(&mut self) {
        for (idx, act) in self.codebook.acts.iter().enumerate() {
            if act.force > 5 {
                self.wrong(place!["acts", idx, "force"], format!("act \"{}\": force {} is above 5", act.id, act.force));
            }
            if act.goldstein.is_some_and(|value| !(-10.0..=10.0).contains(&value)) {
                let message = format!("act \"{}\": the Goldstein scale runs from -10 to 10", act.id);
                self.wrong(place!["acts", idx, "goldstein"], message);
            }
            if self.codebook.acts.iter().take(idx).any(|other| other.id == act.id) {
                self.wrong(place!["acts", idx, "id"], format!("act \"{}\" stands twice", act.id));
            }
        }
        for (idx, cue) in self.codebook.cues.iter().enumerate() {
            let known = |id: &String| self.codebook.acts.iter().any(|act| &act.id == id);
            if let Some(act) = cue.act.as_ref().filter(|&act| self.written.is_whole && !known(act)) {
                self.wrong(place!["cues", idx, "act"], format!("cue \"{}\": no act \"{act}\"", cue.forms.join(", ")));
            }
        }
    }

    fn check_theme(&mut self, idx: usize, theme: &Theme) {
        let id = &theme.id;
        if self.codebook.themes.iter().take(idx).any(|other| &other.id == id) {
            self.wrong(place!["themes", idx, "id"], format!("theme \"{id}\" stands twice"));
        }
        if !theme.directions.contains(&theme.default_direction) {
            self.wrong(
                place!["themes", idx, "default_direction"],
                format!("theme \"{id}\": its default direction is not among its directions"),
            );
        }
        for (rule_idx, rule) in theme.direction_rules.iter().enumerate() {
            if !theme.directions.contains(&rule.direction) {
                self.wrong(
                    place!["themes", idx, "direction_rules", rule_idx, "direction"],
                    format!("theme \"{id}\": a rule names a direction it does not have"),
                );
            }
        }
        for (term_idx, term) in theme.terms.iter().enumerate() {
            if !term.weight.is_finite() {
                let place = place!["themes", idx, "terms", term_idx, "weight"];
                self.wrong(place, format!("term \"{}\": its weight is no number", term.term));
            }
        }
    }

    fn check_look_alikes(&mut self) {
        for (idx, look_alike) in self.codebook.look_alikes.iter().enumerate() {
            if let Some(actor) = look_alike.actor.as_ref().filter(|actor| self.is_unknown_actor(actor)) {
                let message = format!("look-alike \"{}\": no actor \"{actor}\"", look_alike.phrase);
                self.wrong(place!["look_alikes", idx, "actor"], message);
            }
        }
    }

    fn check_actor(&mut self, idx: usize, actor: &Actor) {
        if self.codebook.actors.iter().take(idx).any(|other| other.id == actor.id) {
            self.wrong(place!["actors", idx, "id"], format!("actor \"{}\" stands twice", actor.id));
        }
        for (officer_idx, officer) in actor.officers.iter().enumerate() {
            if officer.from.zip(officer.to).is_some_and(|(from, to)| to < from) {
                self.wrong(
                    place!["actors", idx, "officers", officer_idx, "to"],
                    format!("\"{}\" leaves office before taking it", officer.person),
                );
            }
        }
    }

    fn check_dates(&mut self) {
        let chronology = &self.codebook.chronology;
        for (idx, office) in chronology.offices.iter().enumerate() {
            self.check_interval(place!["chronology", "offices", idx, "to"], &office.person, office.from, office.to);
        }
        for (idx, membership) in chronology.memberships.iter().enumerate() {
            let place = place!["chronology", "memberships", idx, "to"];
            self.check_interval(place, &membership.institution, membership.from, membership.to);
        }
        for (idx, event) in chronology.events.iter().enumerate() {
            self.check_interval(place!["chronology", "events", idx, "to"], &event.label, event.from, event.to);
        }
        for (idx, series) in chronology.series.iter().enumerate() {
            for (occasion_idx, occasion) in series.occasions.iter().enumerate() {
                let place = place!["chronology", "series", idx, "occasions", occasion_idx, "to"];
                self.check_interval(place, &series.label, occasion.from, occasion.to);
            }
        }
        for (kind, idx, id, name) in chronology.shared_ids() {
            let message = format!("\"{name}\": another dated fact has the id {id} too");
            self.wrong(place!["chronology", kind, idx], message);
        }
    }

    fn check_interval(&mut self, place: &[Step<'_>], name: &str, from: Date, to: Option<Date>) {
        if to.is_some_and(|to| to < from) {
            self.wrong(place, format!("\"{name}\" ends before it starts"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "name = \"x\"\nlanguage = \"en\"\n";

    fn errors(rest: &str) -> Vec<String> {
        Codebook::check(&format!("{HEAD}{rest}")).errors.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn errors_name_their_line() {
        let error = Codebook::parse("name = \"x\"\nlanguage = 3\n").unwrap_err();
        assert!(matches!(error, CodebookError::Syntax { line: 2, .. }), "{error}");
        let table: [(&str, &str); 6] = [
            ("[[acts]]\nid = \"shout\"\nlabel = \"Shouts\"\nforce = 9\n", "line 6: act \"shout\": force 9 is above 5"),
            (
                "[[cues]]\n# a comment with \"shout\"\nforms = [\"cried\"]\nframe = \"say\"\ntier = \"wide\"\nact = \"shout\"\n",
                "line 8: cue \"cried\": no act \"shout\"",
            ),
            (
                "[[actors]]\nid = \"A\"\nnames = [\"A\"]\n[[actors]]\nid = \"A\"\nnames = [\"A\"]\n",
                "line 7: actor \"A\" stands twice",
            ),
            (
                "[[look_alikes]]\nphrase = \"Harbor\"\nactor = \"Harbor\"\n",
                "line 5: look-alike \"Harbor\": no actor \"Harbor\"",
            ),
            (
                "[[chronology.events]]\nlabel = \"Regatta\"\nfrom = \"2019-05-03\"\nsource = \"list\"\n\
                 [[chronology.events]]\nlabel = \"Regatta\"\nfrom = \"2019-05-03\"\nsource = \"list\"\n",
                "line 7: \"Regatta\": another dated fact has the id event:regatta:2019-05-03 too",
            ),
            (
                "[[chronology.series]]\nlabel = \"Fair\"\nnames = []\nsource = \"list\"\noccasions = [\n  \
                 { from = \"2019-05-03\" },\n  { from = \"2020-05-03\", to = \"2020-05-01\" },\n]\n",
                "line 9: \"Fair\" ends before it starts",
            ),
        ];
        for (rest, expected) in table {
            assert_eq!(errors(rest), [expected]);
        }
    }

    #[test]
    fn all_that_is_wrong_is_told_in_the_order_of_its_lines() {
        let rest = "subject = \"Harbor\"\n\
                    [[themes]]\nid = \"t\"\nlabel = \"T\"\nterms = []\ndirections = [\"oppose\"]\n\
                    default_direction = \"support\"\n\
                    [[themes.direction_rules]]\ndirection = \"ease\"\nterms = [\"ease\"]\n\
                    [[actors]]\nid = \"A\"\nnames = [\"A\"]\n\
                    [[actors.officers]]\nperson = \"P\"\nfrom = \"2020-02-01\"\nto = \"2020-01-01\"\n";
        let lines: Vec<usize> =
            Codebook::check(&format!("{HEAD}{rest}")).errors.iter().map(CodebookError::line).collect();
        assert_eq!(lines, [3, 9, 11, 19]);
    }

    #[test]
    fn an_entry_left_out_makes_no_second_error() {
        let rest = "subject = \"A\"\n[[actors]]\nid = \"A\"\nnames = 3\n";
        assert_eq!(Codebook::check(&format!("{HEAD}{rest}")).errors.len(), 1);
    }
}
