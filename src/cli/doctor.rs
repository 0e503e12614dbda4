//! The command `doctor`: what this computer offers, and what helps where something is missing.

use std::io::Write;

use super::{Format, Outcome};
use crate::doctor::{Machine, examine};

/// Prints the list. Something that is broken is a failure; something limited is not.
pub(super) fn print(out: &mut impl Write, format: Format) -> anyhow::Result<Outcome> {
    let examined = examine(&Machine::here());
    let words = match format {
        Format::Words => examined.words(),
        Format::Json => examined.json_lines(),
    };
    out.write_all(words.as_bytes())?;
    Ok(if examined.is_broken() { Outcome::Failed } else { Outcome::Done })
}
