//! Briefings as one JSON object, schema `throughline-briefing/1`, for scripts and other programs.
//!
//! The fields are those of [`Briefing`], in their order, and the same bytes come of the same briefings. A field may be
//! added in version 1, never renamed or removed. `O(n)`.

use std::io;

use serde::Serialize;

use crate::export::facts::PROGRAM;
use crate::report::briefing::model::Briefing;

/// The name and version of the form.
const SCHEMA: &str = "throughline-briefing/1";

#[derive(Serialize)]
struct File<'a> {
    schema: &'static str,
    program: &'static str,
    briefings: &'a [Briefing],
}

/// The bytes of the file, indented, with a line end after the last line.
///
/// # Errors
/// None of its own; every briefing has a form in JSON.
pub fn json(briefings: &[Briefing]) -> io::Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec_pretty(&File { schema: SCHEMA, program: PROGRAM, briefings })?;
    bytes.push(b'\n');
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_is_named_before_everything_else() {
        let text = String::from_utf8(json(&[]).unwrap()).unwrap();
        assert!(
            text.starts_with("{\n  \"schema\": \"throughline-briefing/1\",\n  \"program\": \"Throughline "),
            "{text}"
        );
        assert!(text.ends_with("\n  \"briefings\": []\n}\n"), "{text}");
    }
}
