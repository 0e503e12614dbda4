//! Checks what TOML alone cannot: references between entries, ranges of numbers, order of dates.

use super::Codebook;

/// Why a codebook cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodebookError {
    /// Not TOML, or not of the shape of a codebook.
    #[error("line {line}: {message}")]
    Syntax { line: usize, message: String },
    /// Well formed, but an entry contradicts another.
    #[error("line {line}: {message}")]
    Meaning { line: usize, message: String },
}

impl CodebookError {
    pub(super) fn syntax(toml: &str, error: &toml::de::Error) -> Self {
        let line = error.span().map_or(1, |span| line_of(toml, span.start));
        Self::Syntax { line, message: error.message().to_owned() }
    }
}

/// The number of the line that holds the byte at `offset`, from 1.
fn line_of(toml: &str, offset: usize) -> usize {
    1 + toml.bytes().take(offset).filter(|&byte| byte == b'\n').count()
}

/// The first line on which `word` stands in quotes; 1 where it does not.
fn line_with(toml: &str, word: &str) -> usize {
    toml.find(&format!("\"{word}\"")).map_or(1, |offset| line_of(toml, offset))
}

/// An error about the entry that `word` stands in.
pub(super) fn meaning(toml: &str, word: &str, message: String) -> CodebookError {
    CodebookError::Meaning { line: line_with(toml, word), message }
}

pub(super) fn check(codebook: &Codebook, toml: &str) -> Result<(), CodebookError> {
    let wrong = |word: &str, message: String| Err(meaning(toml, word, message));
    if let Some(subject) = codebook.subject.as_ref().filter(|id| codebook.actor(id).is_none()) {
        return wrong(subject, format!("it is about \"{subject}\", and no actor has this id"));
    }
    for act in &codebook.acts {
        if act.force > 5 {
            return wrong(&act.id, format!("act \"{}\": force {} is above 5", act.id, act.force));
        }
    }
    for cue in &codebook.cues {
        if let Some(act) = &cue.act
            && !codebook.acts.iter().any(|known| &known.id == act)
        {
            return wrong(act, format!("cue \"{}\": no act \"{act}\"", cue.forms.join(", ")));
        }
    }
    for theme in &codebook.themes {
        if !theme.directions.contains(&theme.default_direction) {
            return wrong(
                &theme.id,
                format!("theme \"{}\": its default direction is not among its directions", theme.id),
            );
        }
        for rule in &theme.direction_rules {
            if !theme.directions.contains(&rule.direction) {
                return wrong(&theme.id, format!("theme \"{}\": a rule names a direction it does not have", theme.id));
            }
        }
    }
    for look_alike in &codebook.look_alikes {
        if let Some(actor) = &look_alike.actor
            && codebook.actor(actor).is_none()
        {
            return wrong(actor, format!("look-alike \"{}\": no actor \"{actor}\"", look_alike.phrase));
        }
    }
    for (idx, actor) in codebook.actors.iter().enumerate() {
        if codebook.actors.iter().take(idx).any(|other| other.id == actor.id) {
            return wrong(&actor.id, format!("actor \"{}\" stands twice", actor.id));
        }
        for officer in &actor.officers {
            if officer.from.zip(officer.to).is_some_and(|(from, to)| to < from) {
                return wrong(&officer.person, format!("\"{}\" leaves office before taking it", officer.person));
            }
        }
    }
    let chronology = &codebook.chronology;
    let intervals = (chronology.offices.iter().map(|office| (&office.person, office.from, office.to)))
        .chain(
            chronology.memberships.iter().map(|membership| (&membership.institution, membership.from, membership.to)),
        )
        .chain(chronology.events.iter().map(|event| (&event.label, event.from, event.to)))
        .chain(
            chronology
                .series
                .iter()
                .flat_map(|series| series.occasions.iter().map(|occasion| (&series.label, occasion.from, occasion.to))),
        );
    for (name, from, to) in intervals {
        if to.is_some_and(|to| to < from) {
            return wrong(name, format!("\"{name}\" ends before it starts"));
        }
    }
    if let Some((id, name)) = chronology.shared_id() {
        return wrong(name, format!("\"{name}\": another dated fact has the id {id} too"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_name_their_line() {
        let error = Codebook::parse("name = \"x\"\nlanguage = 3\n").unwrap_err();
        assert!(matches!(error, CodebookError::Syntax { line: 2, .. }), "{error}");
        let error = Codebook::parse(
            "name = \"x\"\nlanguage = \"en\"\n[[acts]]\nid = \"shout\"\nlabel = \"Shouts\"\nforce = 9\n",
        )
        .unwrap_err();
        assert_eq!(error.to_string(), "line 4: act \"shout\": force 9 is above 5");
        let actor = "[[actors]]\nid = \"A\"\nnames = []\n";
        let error = Codebook::parse(&format!("name = \"x\"\nlanguage = \"en\"\n{actor}{actor}")).unwrap_err();
        assert_eq!(error.to_string(), "line 4: actor \"A\" stands twice");
        let event = "[[chronology.events]]\nlabel = \"Regatta\"\nfrom = \"2019-05-03\"\nsource = \"list\"\n";
        let error = Codebook::parse(&format!("name = \"x\"\nlanguage = \"en\"\n{event}{event}")).unwrap_err();
        assert_eq!(
            error.to_string(),
            "line 4: \"Regatta\": another dated fact has the id event:regatta:2019-05-03 too"
        );
    }
}
