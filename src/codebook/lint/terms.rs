//! Terms of themes, rules, acts and hedges, and forms of cues: those that never match or never count.

use std::collections::BTreeSet;

use super::{Linter, why_never, words};
use crate::codebook::Theme;
use crate::codebook::written::{Step, place};

/// Weight from which a statement has a theme.
const ENOUGH: f32 = 1.0;

impl Linter<'_, '_> {
    pub(super) fn lint_themes(&mut self) {
        for (idx, theme) in self.codebook.themes.iter().enumerate() {
            self.lint_weights(idx, theme);
            let mut seen = BTreeSet::new();
            for (term_idx, term) in theme.terms.iter().enumerate() {
                let place = place!["themes", idx, "terms", term_idx];
                self.lint_term(place, &term.term);
                if !seen.insert(&term.term) {
                    let message = format!("\"{}\" stands twice in theme \"{}\" and counts twice", term.term, theme.id);
                    self.warn(place, message);
                }
            }
            self.lint_rules(idx, theme);
        }
    }

    fn lint_weights(&mut self, idx: usize, theme: &Theme) {
        let id = &theme.id;
        if theme.terms.is_empty() {
            self.warn(place!["themes", idx], format!("theme \"{id}\" has no terms, so no statement ever has it"));
            return;
        }
        let total: f32 = theme.terms.iter().map(|term| term.weight.max(0.0)).sum();
        if total < ENOUGH - 1e-3 {
            let message =
                format!("theme \"{id}\": its terms reach {total:.1} together, and a statement has it from 1.0");
            self.warn(place!["themes", idx, "terms"], message);
        }
        for (term_idx, term) in theme.terms.iter().enumerate() {
            if !(-1.0..=1.0).contains(&term.weight) || term.weight == 0.0 {
                let place = place!["themes", idx, "terms", term_idx, "weight"];
                let message = format!("\"{}\": a weight lies between -1.0 and 1.0 and is not 0", term.term);
                self.warn(place, message);
            }
        }
    }

    /// Rules are tried in their order, so a term of an earlier one leaves nothing to a later one.
    fn lint_rules(&mut self, idx: usize, theme: &Theme) {
        let mut seen = BTreeSet::new();
        for (rule_idx, rule) in theme.direction_rules.iter().enumerate() {
            if rule.terms.is_empty() {
                let place = place!["themes", idx, "direction_rules", rule_idx];
                self.warn(place, format!("theme \"{}\": a rule has no terms", theme.id));
            }
            for (term_idx, term) in rule.terms.iter().enumerate() {
                let place = place!["themes", idx, "direction_rules", rule_idx, "terms", term_idx];
                self.lint_term(place, term);
                if !seen.insert(term) {
                    self.warn(
                        place,
                        format!("\"{term}\" stands in an earlier place of these rules, which comes first"),
                    );
                }
            }
        }
    }

    pub(super) fn lint_cues(&mut self) {
        let mut seen = BTreeSet::new();
        for (idx, cue) in self.codebook.cues.iter().take(self.written.n_own("cues")).enumerate() {
            if cue.forms.is_empty() {
                self.warn(place!["cues", idx], "a cue has no forms".to_owned());
            }
            for (form_idx, form) in cue.forms.iter().enumerate() {
                let place = place!["cues", idx, "forms", form_idx];
                if let Some(why) = why_never(form) {
                    self.warn(place, why);
                }
                if !seen.insert((cue.frame, form)) {
                    self.warn(place, format!("cue \"{form}\" stands twice in this frame; the first counts"));
                }
            }
        }
    }

    pub(super) fn lint_acts(&mut self) {
        for (idx, act) in self.codebook.acts.iter().take(self.written.n_own("acts")).enumerate() {
            for (term_idx, term) in act.terms.iter().enumerate() {
                self.lint_term(place!["acts", idx, "terms", term_idx], term);
            }
            let is_code =
                |code: &String| (2..=4).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_digit());
            if let Some(code) = act.cameo.as_ref().filter(|code| !is_code(code)) {
                self.warn(place!["acts", idx, "cameo"], format!("\"{code}\" is no CAMEO code: two to four digits"));
            }
        }
    }

    pub(super) fn lint_hedges(&mut self) {
        let hedges = &self.codebook.hedges;
        for (key, terms) in [("hedges", &hedges.hedges), ("conditions", &hedges.conditions)] {
            // Those of the base stand behind the codebook's own and are fine.
            for (idx, term) in terms.iter().enumerate() {
                self.lint_term(place!["hedges", key, idx], term);
            }
        }
    }

    fn lint_term(&mut self, place: &[Step<'_>], term: &str) {
        let pieces: Vec<&str> = term.split_whitespace().collect();
        let n_words = |alternative: &str| words(alternative).len();
        if pieces.iter().all(|piece| n_words(piece) == 0) {
            self.warn(place, format!("\"{term}\" can never match: it holds no word"));
            return;
        }
        if pieces.first() == Some(&"...") || pieces.last() == Some(&"...") {
            self.warn(place, format!("\"{term}\": a gap at the start or the end does nothing"));
        }
        for piece in pieces.iter().filter(|piece| piece.contains('|')) {
            let counts: BTreeSet<usize> = piece.split('|').map(n_words).collect();
            if counts.contains(&0) {
                self.warn(place, format!("\"{piece}\": an alternative holds no word and never matches"));
            } else if counts.len() > 1 {
                let message = format!("\"{piece}\": alternatives of several words are compared word by word");
                self.warn(place, message);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::warnings;

    fn theme(terms: &str, rules: &str) -> String {
        format!(
            "[[themes]]\nid = \"t\"\nlabel = \"T\"\ndirections = [\"oppose\", \"support\"]\n\
             default_direction = \"support\"\nterms = [\n{terms}]\n{rules}"
        )
    }

    #[test]
    fn terms_that_never_match_or_never_count_are_told() {
        let terms = "  { term = \"... | ...\" },\n  { term = \"... quay\" },\n  { term = \"crane|\" },\n  \
                     { term = \"counter-offer|bid\" },\n  { term = \"quay\", weight = 0 },\n  { term = \"quay\" },\n";
        assert_eq!(
            warnings(&theme(terms, "")),
            [
                "line 9: \"... | ...\" can never match: it holds no word",
                "line 10: \"... quay\": a gap at the start or the end does nothing",
                "line 11: \"crane|\": an alternative holds no word and never matches",
                "line 12: \"counter-offer|bid\": alternatives of several words are compared word by word",
                "line 13: \"quay\": a weight lies between -1.0 and 1.0 and is not 0",
                "line 14: \"quay\" stands twice in theme \"t\" and counts twice",
            ]
        );
    }

    #[test]
    fn a_theme_that_no_statement_can_have_is_told() {
        let expected = ["line 8: theme \"t\": its terms reach 0.6 together, and a statement has it from 1.0"];
        assert_eq!(warnings(&theme("  { term = \"quay\", weight = 0.6 },\n", "")), expected);
        assert_eq!(warnings(&theme("", "")), ["line 3: theme \"t\" has no terms, so no statement ever has it"]);
    }

    #[test]
    fn a_term_of_an_earlier_rule_leaves_nothing_to_a_later_one() {
        let rule = |direction: &str| {
            format!("[[themes.direction_rules]]\ndirection = \"{direction}\"\nterms = [\"close the quay\"]\n")
        };
        let rules = format!("{}{}", rule("oppose"), rule("support"));
        let expected = ["line 16: \"close the quay\" stands in an earlier place of these rules, which comes first"];
        assert_eq!(warnings(&theme("  { term = \"quay\" },\n", &rules)), expected);
    }

    #[test]
    fn a_form_that_stands_twice_in_its_frame_is_told() {
        let cue = |frame: &str| format!("[[cues]]\nforms = [\"cried\"]\nframe = \"{frame}\"\ntier = \"wide\"\n");
        assert_eq!(
            warnings(&format!("{}{}{}", cue("say"), cue("tell"), cue("say"))),
            ["line 12: cue \"cried\" stands twice in this frame; the first counts"]
        );
        let act = "[[acts]]\nid = \"a\"\nlabel = \"A\"\nforce = 1\ncameo = \"1x\"\n";
        assert_eq!(warnings(act), ["line 7: \"1x\" is no CAMEO code: two to four digits"]);
    }
}
