//! What a codebook says that will not do what its writer may think: words that never match, entries that stand in each
//! other's way, facts without a source.
//!
//! A warning stops nothing. Entries of the base are not looked at, since the writer cannot mend them. `O(n²)` in the
//! entries of a kind, a few hundred at most.

mod names;
mod terms;

use std::fmt;

use jiff::civil::Date;

use super::Codebook;
use super::written::{Step, Written, place};
use crate::text::{ByteRange, tokens};

/// Something that may not be meant as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodebookWarning {
    /// From 1.
    pub line: usize,
    pub message: String,
}

impl fmt::Display for CodebookWarning {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "line {}: {}", self.line, self.message)
    }
}

/// All warnings on a codebook, in order of line.
pub(super) fn lint(codebook: &Codebook, written: &Written<'_>) -> Vec<CodebookWarning> {
    let mut linter = Linter { codebook, written, warnings: Vec::new() };
    linter.lint_aliases();
    linter.lint_actors();
    linter.lint_look_alikes();
    linter.lint_themes();
    linter.lint_cues();
    linter.lint_acts();
    linter.lint_hedges();
    linter.lint_chronology();
    linter.warnings.sort_by_key(|warning| warning.line);
    linter.warnings
}

struct Linter<'c, 't> {
    codebook: &'c Codebook,
    written: &'c Written<'t>,
    warnings: Vec<CodebookWarning>,
}

impl Linter<'_, '_> {
    fn warn(&mut self, place: &[Step<'_>], message: String) {
        self.warnings.push(CodebookWarning { line: self.written.line(place), message });
    }

    fn lint_chronology(&mut self) {
        let chronology = &self.codebook.chronology;
        let facts = (chronology.offices.iter().enumerate())
            .map(|(idx, office)| ("offices", idx, &office.person, &office.source))
            .chain(
                (chronology.memberships.iter().enumerate())
                    .map(|(idx, fact)| ("memberships", idx, &fact.institution, &fact.source)),
            )
            .chain(chronology.events.iter().enumerate().map(|(idx, fact)| ("events", idx, &fact.label, &fact.source)))
            .chain(chronology.series.iter().enumerate().map(|(idx, fact)| ("series", idx, &fact.label, &fact.source)));
        for (kind, idx, name, source) in facts {
            if source.trim().is_empty() {
                self.warn(place!["chronology", kind, idx, "source"], format!("\"{name}\" names no source"));
            }
        }
        for (idx, office) in chronology.offices.iter().enumerate() {
            for other in chronology.offices.iter().take(idx) {
                let shared = office.names.iter().find(|name| other.names.contains(name));
                if let Some(name) = shared.filter(|_| do_overlap((office.from, office.to), (other.from, other.to))) {
                    let message =
                        format!("\"{name}\" is given to {} and to {} for the same days", other.person, office.person);
                    self.warn(place!["chronology", "offices", idx, "from"], message);
                }
            }
        }
    }
}

/// Do two intervals share more than the day on which one hands over to the other?
fn do_overlap(old: (Date, Option<Date>), new: (Date, Option<Date>)) -> bool {
    let goes_beyond = |to: Option<Date>, from: Date| to.is_none_or(|to| from < to);
    goes_beyond(old.1, new.0) && goes_beyond(new.1, old.0)
}

/// The words of a phrase as they are compared.
fn words(phrase: &str) -> Vec<&str> {
    tokens(phrase, ByteRange::new(0, phrase.len())).map(|token| token.range.of(phrase)).collect()
}

/// Why a name or a cue never matches; `None` where it may.
pub(super) fn why_never(phrase: &str) -> Option<String> {
    let ranges: Vec<ByteRange> = tokens(phrase, ByteRange::new(0, phrase.len())).map(|token| token.range).collect();
    if ranges.is_empty() {
        return Some(format!("\"{phrase}\" can never match: it holds no word"));
    }
    let is_cut = ranges.windows(2).any(|pair| {
        let [before, after] = pair else { return false };
        ByteRange::new(before.end, after.start).of(phrase).contains(BREAKS)
    });
    is_cut.then(|| format!("\"{phrase}\" can never match: words on either side of a mark are never one name"))
}

/// Marks that part what stands before them from what stands behind. A full stop may be an abbreviation's.
pub(super) const BREAKS: &[char] =
    &[',', ';', ':', '!', '?', '"', '“', '”', '„', '«', '»', '(', ')', '[', ']', '–', '—', '…'];

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn warnings(rest: &str) -> Vec<String> {
        let checked = Codebook::check(&format!("name = \"x\"\nlanguage = \"en\"\n{rest}"));
        checked.warnings.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn one_wording_for_two_holders_is_told_unless_one_hands_over_to_the_other() {
        let office = |person: &str, from: &str, to: &str| {
            format!(
                "[[chronology.offices]]\nperson = \"{person}\"\nnames = [\"Mayor Ness\"]\nfrom = \"{from}\"\n{to}source = \"list\"\n"
            )
        };
        let first = office("Åse Ness", "2019-01-01", "to = \"2021-06-01\"\n");
        let handed_over = office("Liv Ness", "2021-06-01", "");
        assert_eq!(warnings(&format!("{first}{handed_over}")), [""; 0]);
        let too_early = office("Liv Ness", "2021-05-31", "");
        assert_eq!(
            warnings(&format!("{first}{too_early}")),
            ["line 12: \"Mayor Ness\" is given to Åse Ness and to Liv Ness for the same days"]
        );
    }

    #[test]
    fn a_fact_without_a_source_is_told() {
        let event = "[[chronology.events]]\nlabel = \"Regatta\"\nfrom = \"2019-05-03\"\nsource = \" \"\n";
        assert_eq!(warnings(event), ["line 6: \"Regatta\" names no source"]);
    }

    #[test]
    fn entries_of_the_base_are_not_told() {
        assert_eq!(warnings("base = \"english\"\n"), [""; 0]);
    }
}
