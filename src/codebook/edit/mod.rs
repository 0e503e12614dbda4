//! Adds to the text of a codebook what a reader points at: an actor, a name, an alias, a look-alike, a term, a theme.
//!
//! The text is changed where the new entry stands and nowhere else (crate `toml_edit`), so that comments, order and
//! layout stay as their writer left them. What comes out was read again before it is returned. Words that a reader
//! selected are taken as they are: in a term, marks with a meaning there (`|`, `...`, `<`) are left out, since
//! [`literal`] keeps words alone and only words are compared. `O(n)` in the file.

mod arrays;

use toml_edit::{DocumentMut, Item, Table, Value};

use super::{Codebook, CodebookError, Direction};
use crate::text::{ByteRange, tokens};

/// An actor to be added; officers with their dates are written by hand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewActor {
    /// Printed in results.
    pub id: String,
    /// The name in full, `None` where the id is it.
    pub label: Option<String>,
    /// Names under which it speaks.
    pub names: Vec<String>,
    /// Words that make an office its own: "Russian".
    pub adjectives: Vec<String>,
    /// Names that speak for it without office: "harbor officials".
    pub unofficial: Vec<String>,
}

/// Adds an actor behind the others.
///
/// # Errors
/// Those of reading `toml`; [`CodebookError::Edit`] where the id is empty or taken, or a name holds no word.
pub fn add_actor(toml: &str, actor: &NewActor) -> Result<String, CodebookError> {
    let id = plain(&actor.id)?;
    change(toml, |document, codebook| {
        if codebook.actor(&id).is_some() {
            return Err(refused(format!("there is an actor \"{id}\" already")));
        }
        let mut table = entry();
        table.insert("id", string(&id));
        if let Some(label) = &actor.label {
            table.insert("label", string(&plain(label)?));
        }
        table.insert("names", list(&actor.names)?);
        for (key, names) in [("adjectives", &actor.adjectives), ("unofficial", &actor.unofficial)] {
            if !names.is_empty() {
                table.insert(key, list(names)?);
            }
        }
        arrays::push_table(document, "actors", table)
    })
}

/// Adds a name under which an actor speaks; one it has already changes nothing.
///
/// # Errors
/// Those of reading `toml`; [`CodebookError::Edit`] where there is no such actor or the name can never match.
pub fn add_name(toml: &str, actor_id: &str, name: &str) -> Result<String, CodebookError> {
    let name = named(name)?;
    change(toml, |document, codebook| {
        let idx = position(&codebook.actors, |actor| actor.id == actor_id, || format!("no actor \"{actor_id}\""))?;
        if codebook.actors.get(idx).is_some_and(|actor| actor.names.contains(&name)) {
            return Ok(());
        }
        arrays::push_string(document, "actors", idx, "names", &name)
    })
}

/// Adds another name of one thing to the group that `group_name` is in, or to a new one of this name. A group whose
/// names begin with a capital is one of proper names.
///
/// # Errors
/// Those of reading `toml`; [`CodebookError::Edit`] where the alias stands for something else already.
pub fn add_alias(toml: &str, group_name: &str, alias: &str) -> Result<String, CodebookError> {
    let (group_name, alias) = (named(group_name)?, named(alias)?);
    change(toml, |document, codebook| {
        let group_of =
            |name: &String| codebook.aliases.iter().position(|group| &group.name == name || group.also.contains(name));
        match (group_of(&group_name), group_of(&alias)) {
            (Some(group), Some(known)) if group == known => Ok(()),
            (_, Some(known)) => {
                let known = codebook.aliases.get(known).map_or("", |group| group.name.as_str());
                Err(refused(format!("\"{alias}\" stands for \"{known}\" already")))
            }
            (Some(group), None) => arrays::push_string(document, "aliases", group, "also", &alias),
            (None, None) => {
                let mut table = entry();
                table.insert("name", string(&group_name));
                let also: &[String] = if alias == group_name { &[] } else { std::slice::from_ref(&alias) };
                table.insert("also", list(also)?);
                if group_name.starts_with(char::is_uppercase) {
                    table.insert("is_name", Item::Value(true.into()));
                }
                arrays::push_table(document, "aliases", table)
            }
        }
    })
}

/// Adds words that look like an actor and are `actor`, or none the codebook has.
///
/// # Errors
/// Those of reading `toml`; [`CodebookError::Edit`] where the words can never match; [`CodebookError::Meaning`] where
/// there is no such actor.
pub fn add_look_alike(toml: &str, phrase: &str, actor: Option<&str>) -> Result<String, CodebookError> {
    let phrase = named(phrase)?;
    change(toml, |document, codebook| {
        if codebook.look_alikes.iter().any(|known| known.phrase == phrase && known.actor.as_deref() == actor) {
            return Ok(());
        }
        if codebook.look_alikes.iter().any(|known| known.phrase == phrase) {
            return Err(refused(format!("\"{phrase}\" is a look-alike already")));
        }
        let mut table = entry();
        table.insert("phrase", string(&phrase));
        if let Some(actor) = actor {
            table.insert("actor", string(actor));
        }
        arrays::push_table(document, "look_alikes", table)
    })
}

/// Adds a term to a theme, its words taken as [`literal`] gives them; one it has already gets the new weight.
///
/// # Errors
/// Those of reading `toml`; [`CodebookError::Edit`] where there is no such theme, no word in the term, or the weight
/// is not between -1.0 and 1.0 or 0.
pub fn add_term(toml: &str, theme_id: &str, term: &str, weight: f32) -> Result<String, CodebookError> {
    let term = literal(term)?;
    if !(-1.0..=1.0).contains(&weight) || weight == 0.0 {
        return Err(refused(format!("a weight lies between -1.0 and 1.0 and is not 0: {weight}")));
    }
    change(toml, |document, codebook| {
        let idx = position(&codebook.themes, |theme| theme.id == theme_id, || format!("no theme \"{theme_id}\""))?;
        let known = codebook.themes.get(idx).and_then(|theme| theme.terms.iter().position(|known| known.term == term));
        match known {
            Some(term_idx) => arrays::set_weight(document, idx, term_idx, weight),
            None => arrays::push_term(document, idx, &term, weight),
        }
    })
}

/// Adds a theme behind the others, each term with the weight 1.0 and its words taken as [`literal`] gives them. Where
/// no rule tells the direction it is support or maintain, as far as the theme has it, else its last.
///
/// # Errors
/// Those of reading `toml`; [`CodebookError::Edit`] where the id is empty or taken, there is no direction, or a term
/// holds no word.
pub fn add_theme(
    toml: &str,
    id: &str,
    label: &str,
    terms: &[String],
    directions: &[Direction],
) -> Result<String, CodebookError> {
    let (id, label) = (plain(id)?, plain(label)?);
    let preferred =
        [Direction::Support, Direction::Maintain].into_iter().find(|preferred| directions.contains(preferred));
    let Some(default) = preferred.or(directions.last().copied()) else {
        return Err(refused("a theme has at least one direction".to_owned()));
    };
    let mut literals: Vec<String> = Vec::new();
    for term in terms {
        let term = literal(term)?;
        if !literals.contains(&term) {
            literals.push(term);
        }
    }
    change(toml, |document, codebook| {
        if codebook.theme(&id).is_some() {
            return Err(refused(format!("there is a theme \"{id}\" already")));
        }
        let mut table = entry();
        table.insert("id", string(&id));
        table.insert("label", string(&label));
        table.insert("directions", Item::Value(directions.iter().map(|direction| direction.words()).collect()));
        table.insert("default_direction", string(default.words()));
        table.insert("terms", Item::Value(Value::Array(arrays::terms(&literals))));
        arrays::push_table(document, "themes", table)
    })
}

/// Selected words as a term: the words alone, with one space between. `crane | quay ... <pier>` becomes "crane quay
/// pier", which those words match wherever they stand in a row.
///
/// # Errors
/// [`CodebookError::Edit`] where there is no word among them.
pub fn literal(selected: &str) -> Result<String, CodebookError> {
    // A vowel sign of an Indic script makes any mark or space before it part of its word.
    let plain = selected.replace(['|', '<', '>'], " ");
    let words: Vec<&str> =
        tokens(&plain, ByteRange::new(0, plain.len())).map(|token| token.range.of(&plain).trim()).collect();
    if words.is_empty() {
        return Err(refused(format!("there is no word in \"{}\"", selected.trim())));
    }
    Ok(words.join(" "))
}

/// An id or a label: on one line, and not empty.
fn plain(text: &str) -> Result<String, CodebookError> {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.is_empty() { Err(refused("an id or a label is empty".to_owned())) } else { Ok(words.join(" ")) }
}

/// Selected words as a name: without line breaks, and without the marks around it.
fn named(selected: &str) -> Result<String, CodebookError> {
    let words: Vec<&str> = selected.split_whitespace().collect();
    // A full stop may be an abbreviation's.
    let is_around = |mark: char| {
        super::lint::BREAKS.contains(&mark)
            || matches!(mark, '‘' | '’' | ' ')
            || mark.is_ascii_punctuation() && mark != '.'
    };
    let name = words.join(" ").trim_matches(is_around).to_owned();
    match super::lint::why_never(&name) {
        Some(why) => Err(refused(why)),
        None => Ok(name),
    }
}

fn refused(message: String) -> CodebookError {
    CodebookError::Edit { message }
}

fn position<T>(
    entries: &[T],
    is_it: impl Fn(&T) -> bool,
    message: impl Fn() -> String,
) -> Result<usize, CodebookError> {
    entries.iter().position(is_it).ok_or_else(|| refused(message()))
}

fn string(text: &str) -> Item {
    Item::Value(text.into())
}

fn list(names: &[String]) -> Result<Item, CodebookError> {
    let mut unique: Vec<String> = Vec::new();
    for name in names {
        let name = named(name)?;
        if !unique.contains(&name) {
            unique.push(name);
        }
    }
    Ok(Item::Value(unique.into_iter().collect()))
}

/// An entry with an empty line before it.
fn entry() -> Table {
    let mut table = Table::new();
    table.decor_mut().set_prefix("\n");
    table
}

/// Reads a codebook, changes its text, and reads what came out.
fn change(
    toml: &str,
    edit: impl FnOnce(&mut DocumentMut, &Codebook) -> Result<(), CodebookError>,
) -> Result<String, CodebookError> {
    let codebook = Codebook::parse(toml)?;
    let text = toml.strip_prefix('\u{feff}').unwrap_or(toml);
    let mark = toml.get(..toml.len() - text.len()).unwrap_or_default();
    let mut document: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| {
        let at = error.span().map_or(0, |span| span.start);
        CodebookError::syntax(super::written::line_of(text, at), error.message())
    })?;
    edit(&mut document, &codebook)?;
    let mut changed = document.to_string();
    // Line ends are written as \n; a text that has the other kind throughout keeps it.
    let n_lines = text.matches('\n').count();
    if n_lines > 0 && text.matches("\r\n").count() == n_lines {
        changed = changed.replace("\r\n", "\n").replace('\n', "\r\n");
    }
    changed.insert_str(0, mark);
    Codebook::parse(&changed)?;
    Ok(changed)
}

#[cfg(test)]
mod tests;
