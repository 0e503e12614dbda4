//! The command `codebook`: what is wrong with one, one to start from, those that are built in; and how every other
//! command comes by the codebook it was asked to read with.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::Outcome;
use crate::codebook::{self, BUILT_INS, Codebook, CodebookError, TEMPLATE};
use crate::project::files;

/// The codebook of this name: a file where there is one, else a built-in one; without a name the first built-in one.
///
/// # Errors
/// Where there is neither, or the file is no codebook: the message names its first wrong line.
pub fn load(name: Option<&str>) -> anyhow::Result<Codebook> {
    let Some(name) = name else { return Ok(Codebook::built_in()) };
    if !Path::new(name).exists()
        && let Some(codebook) = codebook::built_in_named(name)
    {
        return Ok(codebook);
    }
    let checked = Codebook::check(&read(name)?);
    match (checked.codebook, checked.errors.as_slice()) {
        (Some(codebook), _) => Ok(codebook),
        (None, errors) => anyhow::bail!("{}", refusal(name, errors)),
    }
}

/// A codebook with its text and where it came from.
#[derive(Clone, Debug)]
pub struct Written {
    pub codebook: Codebook,
    pub toml: String,
    /// The name of its file, or of a built-in one.
    pub origin: String,
    /// `None` for a built-in one.
    pub file: Option<PathBuf>,
}

/// The same as [`load`], with its text.
///
/// # Errors
/// Those of [`load`].
pub fn load_written(name: Option<&str>) -> anyhow::Result<Written> {
    let codebook = load(name)?;
    let name = name.unwrap_or(BUILT_INS[0].name);
    let toml = read(name)?;
    let file = Some(PathBuf::from(name)).filter(|path| path.exists());
    let origin = file.as_ref().and_then(|path| path.file_name()).map(|name| name.to_string_lossy().into_owned());
    Ok(Written { codebook, toml, origin: origin.unwrap_or_else(|| name.to_owned()), file })
}

/// The first error with its place, and how to see the others.
fn refusal(name: &str, errors: &[CodebookError]) -> String {
    let first = errors.first().map_or_else(String::new, |error| format!(":{}: {}", error.line(), error.message()));
    match errors.len().saturating_sub(1) {
        0 => format!("{name}{first}"),
        n_more => format!("{name}{first} (and {n_more} more; `throughline codebook check {name}` shows them)"),
    }
}

/// The text of a codebook: a file's, else that of the built-in one of this name.
fn read(name: &str) -> anyhow::Result<String> {
    let built_in = BUILT_INS.iter().find(|built_in| built_in.name == name);
    if let Some(built_in) = built_in.filter(|_| !Path::new(name).exists()) {
        return Ok(built_in.toml.to_owned());
    }
    fs::read_to_string(name).with_context(|| {
        let known: Vec<&str> = BUILT_INS.iter().map(|built_in| built_in.name).collect();
        format!("{name}: no codebook can be read here, and none is built in under this name ({})", known.join(", "))
    })
}

/// The command `codebook check`: every error and warning at its line, and what the codebook holds.
pub(super) fn check(out: &mut impl io::Write, name: &str) -> anyhow::Result<Outcome> {
    let checked = Codebook::check(&read(name)?);
    let errors = checked.errors.iter().map(|error| (error.line(), error.message().to_owned()));
    let warnings = checked.warnings.iter().map(|warning| (warning.line, format!("warning: {}", warning.message)));
    let mut problems: Vec<(usize, String)> = errors.chain(warnings).collect();
    problems.sort_by_key(|(line, _)| *line);
    for (line, message) in &problems {
        writeln!(out, "{name}:{line}: {message}")?;
    }
    let n_warnings = counted(checked.warnings.len(), "warning");
    let Some(codebook) = checked.codebook else {
        writeln!(out, "{name}: {}, {n_warnings}", counted(checked.errors.len(), "error"))?;
        return Ok(Outcome::Failed);
    };
    let told = if checked.warnings.is_empty() { String::new() } else { format!(", {n_warnings}") };
    writeln!(out, "{name}: {}, hash {}{told}", summary(&codebook), codebook.hash)?;
    Ok(Outcome::Done)
}

/// "8 themes, 14 actors, …", the base counted in.
fn summary(codebook: &Codebook) -> String {
    let forms = codebook.cues.iter().map(|cue| cue.forms.len()).sum();
    [
        (codebook.themes.len(), "theme"),
        (codebook.actors.len(), "actor"),
        (codebook.actors.iter().map(|actor| actor.officers.len()).sum(), "officer"),
        (codebook.aliases.len(), "group of aliases"),
        (codebook.look_alikes.len(), "look-alike"),
        (forms, "cue"),
        (codebook.acts.len(), "act"),
        (codebook.chronology.facts().len(), "dated fact"),
    ]
    .map(|(n, name)| counted(n, name))
    .join(", ")
}

fn counted(n: usize, name: &str) -> String {
    match (n, name.split_once(' ')) {
        (1, _) => format!("1 {name}"),
        (_, Some(("group", rest))) => format!("{n} groups {rest}"),
        _ => format!("{n} {name}s"),
    }
}

/// The command `codebook new`. A file that is there already stays.
pub(super) fn write_new(out: &mut impl io::Write, file: Option<&Path>) -> anyhow::Result<Outcome> {
    let Some(file) = file.filter(|file| *file != Path::new("-")) else {
        out.write_all(TEMPLATE.as_bytes())?;
        return Ok(Outcome::Done);
    };
    if file.exists() {
        anyhow::bail!("{} exists and was left as it is; name another file", file.display());
    }
    files::write_whole(file, |out| out.write_all(TEMPLATE.as_bytes()))
        .with_context(|| format!("cannot write {}", file.display()))?;
    Ok(Outcome::Done)
}

/// The command `codebook list`.
pub(super) fn list(out: &mut impl io::Write) -> anyhow::Result<Outcome> {
    let width = BUILT_INS.iter().map(|built_in| built_in.name.len()).max().unwrap_or(0);
    for built_in in BUILT_INS {
        writeln!(out, "{:width$}  {}", built_in.name, built_in.title)?;
    }
    Ok(Outcome::Done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_agree_with_their_nouns() {
        let table = [
            (0, "theme", "0 themes"),
            (1, "group of aliases", "1 group of aliases"),
            (2, "look-alike", "2 look-alikes"),
            (3, "group of aliases", "3 groups of aliases"),
        ];
        for (n, name, expected) in table {
            assert_eq!(counted(n, name), expected);
        }
    }

    #[test]
    fn a_refusal_names_its_line() {
        let errors = Codebook::check("name = \"x\"\nlanguage = 3\n").errors;
        assert!(refusal("my.toml", &errors).starts_with("my.toml:2: invalid type"), "{}", refusal("my.toml", &errors));
        let errors = Codebook::check("").errors;
        assert!(refusal("my.toml", &errors).ends_with("(and 1 more; `throughline codebook check my.toml` shows them)"));
    }
}
