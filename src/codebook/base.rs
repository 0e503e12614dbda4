//! What a codebook adds to: the entries that any codebook in its language needs.
//!
//! An entry of the codebook stands before one of the base that says something else of the same thing: an act replaces
//! the act of its id, a cue the same form in the same frame. `O(n × m)` in the cues of both.

use super::{Codebook, Cue};
use crate::text::{ByteRange, tokens};

/// Bases by their names.
const BASES: [(&str, &str); 1] = [("english", include_str!("../../assets/codebooks/english.toml"))];

/// Stands in the terms of an act for the one-word names of the actor that a codebook is about.
const SUBJECT: &str = "<subject>";

/// Puts the entries of its base behind those of `codebook`; returns the base as written, empty where it has none.
///
/// # Errors
/// What is wrong, where no base has the name.
pub(super) fn lay_under(codebook: &mut Codebook) -> Result<&'static str, String> {
    let Some(name) = codebook.base.clone() else {
        name_subject(codebook);
        return Ok("");
    };
    let Some((_, written)) = BASES.into_iter().find(|(known, _)| *known == name) else {
        let known: Vec<&str> = BASES.into_iter().map(|(known, _)| known).collect();
        return Err(format!("no base \"{name}\"; there is {}", known.join(", ")));
    };
    // A test parses every base, so an error never shows here.
    let base: Codebook = toml::from_str(written).unwrap_or_default();
    let cues: Vec<Cue> = base.cues.into_iter().map(|cue| without(cue, &codebook.cues)).collect();
    codebook.cues.extend(cues.into_iter().filter(|cue| !cue.forms.is_empty()));
    let acts: Vec<_> = base.acts.into_iter().filter(|act| codebook.acts.iter().all(|own| own.id != act.id)).collect();
    codebook.acts.extend(acts);
    codebook.offices.official.extend(base.offices.official);
    codebook.offices.unofficial.extend(base.offices.unofficial);
    codebook.hedges.hedges.extend(base.hedges.hedges);
    codebook.hedges.conditions.extend(base.hedges.conditions);
    name_subject(codebook);
    Ok(written)
}

/// A cue of the base without the forms that a codebook has in the same frame.
fn without(mut cue: Cue, own: &[Cue]) -> Cue {
    let is_own = |form: &String| own.iter().any(|own| own.frame == cue.frame && own.forms.contains(form));
    cue.forms.retain(|form| !is_own(form));
    cue
}

/// Writes the names of the subject where terms of acts ask for them.
fn name_subject(codebook: &mut Codebook) {
    let subject = codebook.subject.as_ref().and_then(|id| codebook.actor(id));
    // The word alone: a name may hold marks that mean something in a term.
    let names: Vec<String> = (subject.into_iter().flat_map(|actor| &actor.names))
        .filter(|name| !name.contains(char::is_whitespace))
        .filter_map(|name| Some(tokens(name, ByteRange::new(0, name.len())).next()?.range.of(name).to_lowercase()))
        .collect();
    let names = names.join("|");
    for term in codebook.acts.iter_mut().flat_map(|act| &mut act.terms) {
        if term.contains(SUBJECT) {
            *term = with_subject(term, &names);
        }
    }
}

/// `i|we|<subject> condemn` → `i|we|nato|alliance condemn`; without a name `i|we condemn`.
fn with_subject(term: &str, names: &str) -> String {
    if names.is_empty() {
        return term.replace(&format!("|{SUBJECT}"), "").replace(SUBJECT, "");
    }
    term.replace(SUBJECT, names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_base_parses_and_brings_no_actor() {
        for (name, written) in BASES {
            let base = Codebook::parse(written).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert!(!base.cues.is_empty() && !base.acts.is_empty() && base.actors.is_empty(), "{name}");
        }
    }

    #[test]
    fn what_a_codebook_says_stands_before_its_base() {
        let own = "name = \"x\"\nlanguage = \"en\"\nbase = \"english\"\nsubject = \"Harbor\"\n\
                   [[actors]]\nid = \"Harbor\"\nnames = [\"Harbor Board\", \"Board\"]\n\
                   [[acts]]\nid = \"condemn\"\nlabel = \"slams\"\nforce = 4\nterms = [\"we|<subject> slam\"]\n\
                   [[cues]]\nforms = [\"said\"]\nframe = \"say\"\ntier = \"wide\"\n";
        let codebook = Codebook::parse(own).unwrap();
        let condemn: Vec<_> = codebook.acts.iter().filter(|act| act.id == "condemn").collect();
        assert_eq!(
            condemn.iter().map(|act| (act.force, act.terms.join(" "))).collect::<Vec<_>>(),
            [(4, "we|board slam".to_owned())]
        );
        let said = |frame| {
            codebook.cues.iter().filter(|cue| cue.frame == frame && cue.forms.iter().any(|form| form == "said")).count()
        };
        assert_eq!(said(crate::codebook::CueFrame::Say), 1);
        assert!(codebook.acts.iter().any(|act| act.id == "welcome"));
    }

    #[test]
    fn an_unknown_base_is_an_error_with_its_line() {
        let error = Codebook::parse("name = \"x\"\nlanguage = \"en\"\nbase = \"klingon\"\n").unwrap_err();
        assert_eq!(error.to_string(), "line 3: no base \"klingon\"; there is english");
        let error = Codebook::parse("name = \"x\"\nlanguage = \"en\"\nsubject = \"Harbor\"\n").unwrap_err();
        assert_eq!(error.to_string(), "line 3: it is about \"Harbor\", and no actor has this id");
    }
}
