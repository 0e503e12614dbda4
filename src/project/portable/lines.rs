//! Decisions and steps as lines of JSON, and back. Values are JSON of their own, not text in text.
//!
//! A command names its articles by their files, and holds everything else as the project's file does; so kinds, variants
//! and fields are names that never change. What is no such line is told apart from one, and never taken by halves.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::document::Document;
use crate::project::store::decisions;
use crate::project::{Command, Decisions, Step};

/// A decision as it stands in a line.
#[derive(Debug, Serialize, Deserialize)]
struct DecisionLine {
    kind: String,
    key: Value,
    value: Value,
}

/// A step as it stands in a line.
#[derive(Debug, Serialize, Deserialize)]
pub struct StepLine {
    /// Counted from 1.
    pub step: usize,
    pub says: String,
    /// RFC 3339, or seconds since 1970 where no calendar has them.
    at: Value,
    pub done: bool,
    command: Value,
}

/// All decisions, a line each.
///
/// # Errors
/// None that a decision of ours could bring up.
pub fn of_decisions(all: &Decisions) -> Result<Vec<String>, serde_json::Error> {
    let mut lines = Vec::new();
    for row in decisions::changes(&Decisions::default(), all)? {
        let Some(value) = row.value else { continue };
        let (key, value) = (serde_json::from_str(&row.key)?, serde_json::from_str(&value)?);
        lines.push(serde_json::to_string(&DecisionLine { kind: row.kind.to_owned(), key, value })?);
    }
    Ok(lines)
}

/// Takes the decision of a line; false where it holds none that is known here.
pub fn take_decision(all: &mut Decisions, line: &str) -> bool {
    let taken = serde_json::from_str::<DecisionLine>(line).and_then(|DecisionLine { kind, key, value }| {
        decisions::take(all, &kind, &key.to_string(), &value.to_string())
    });
    taken.unwrap_or(false)
}

/// A step as a line, `None` where an article of it has no name.
///
/// # Errors
/// None that a command of ours could bring up.
pub fn of_step(
    number: usize,
    step: &Step,
    is_done: bool,
    name: impl FnMut(&Arc<Document>) -> Option<String>,
) -> Result<Option<String>, serde_json::Error> {
    let Some(command) = step.command.try_map(name) else { return Ok(None) };
    let mut command = serde_json::to_value(&command)?;
    if let Some(rows) = rows_of(&mut command) {
        for row in rows {
            *row = plain(row)?;
        }
    }
    let at = step.at_secs.map_or(Value::Null, |secs| {
        jiff::Timestamp::from_second(secs).map_or_else(|_| secs.into(), |at| at.to_string().into())
    });
    let line = StepLine { step: number, says: step.says.clone(), at, done: is_done, command };
    serde_json::to_string(&line).map(Some)
}

impl StepLine {
    /// The step of a line, `None` where it is none.
    pub fn parse(line: &str) -> Option<Self> {
        serde_json::from_str(line).ok()
    }

    /// The names of its articles in the order of the command, `None` where the command is none.
    pub fn command(&self) -> Option<Command<String>> {
        let mut command = self.command.clone();
        if let Some(rows) = rows_of(&mut command) {
            for row in rows {
                *row = packed(row)?;
            }
        }
        serde_json::from_value(command).ok()
    }

    /// When it was done, in seconds since 1970.
    pub fn at_secs(&self) -> Option<i64> {
        let of_text = |text: &str| text.parse::<jiff::Timestamp>().ok().map(jiff::Timestamp::as_second);
        self.at.as_i64().or_else(|| of_text(self.at.as_str()?))
    }
}

/// The decisions that a command holds as rows: those of [`Command::Restore`].
fn rows_of(command: &mut Value) -> Option<&mut Vec<Value>> {
    command.get_mut("Restore")?.get_mut("decisions")?.as_array_mut()
}

/// `[kind, "key", "value"]` → `{kind, key, value}`
fn plain(row: &Value) -> Result<Value, serde_json::Error> {
    let text = |idx: usize| row.get(idx).and_then(Value::as_str).unwrap_or_default();
    let mut object = Map::new();
    object.insert("kind".to_owned(), text(0).into());
    object.insert("key".to_owned(), serde_json::from_str(text(1))?);
    object.insert("value".to_owned(), serde_json::from_str(text(2))?);
    Ok(Value::Object(object))
}

/// `{kind, key, value}` → `[kind, "key", "value"]`
fn packed(row: &Value) -> Option<Value> {
    let json = |key: &str| Some(Value::from(row.get(key)?.to_string()));
    Some(Value::Array(vec![row.get("kind")?.as_str()?.into(), json("key")?, json("value")?]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::PhraseId;
    use crate::document::{DateSpan, DocumentId};

    #[test]
    fn values_are_json_of_their_own() {
        let mut all = Decisions::default();
        all.dates.insert(DocumentId(u64::MAX), DateSpan::day(jiff::civil::date(2019, 3, 4)));
        all.dismissed.insert(PhraseId(1), "“of the pier”".to_owned());
        let lines = of_decisions(&all).unwrap();
        assert_eq!(
            lines,
            [
                "{\"kind\":\"date\",\"key\":18446744073709551615,\
                 \"value\":{\"first\":\"2019-03-04\",\"last\":\"2019-03-04\"}}",
                "{\"kind\":\"dismissed-phrase\",\"key\":1,\"value\":\"“of the pier”\"}",
            ]
        );
        let mut back = Decisions::default();
        assert!(lines.iter().all(|line| take_decision(&mut back, line)));
        assert_eq!(back, all);
        for broken in
            ["", "{}", "[]", "{\"kind\":\"date\",\"key\":1,\"value\":2}", "{\"kind\":\"x\",\"key\":1,\"value\":2}"]
        {
            assert!(!take_decision(&mut back, broken), "{broken}");
        }
        assert_eq!(back, all);
    }

    #[test]
    fn a_step_holds_the_decisions_it_puts_back_as_they_are() {
        let mut decisions = Box::<Decisions>::default();
        decisions.dismissed.insert(PhraseId(1), "of the pier".to_owned());
        let document = Arc::new(Document::of_lines(DocumentId(7), "Pier open"));
        let command = Command::Restore { documents: vec![Arc::clone(&document)], decisions };
        let step = Step { says: "Read it".to_owned(), at_secs: Some(0), command };
        let line = of_step(3, &step, true, |_| Some("articles/0001-a.txt".to_owned())).unwrap().unwrap();
        assert_eq!(
            line,
            "{\"step\":3,\"says\":\"Read it\",\"at\":\"1970-01-01T00:00:00Z\",\"done\":true,\"command\":{\"Restore\":\
             {\"decisions\":[{\"key\":1,\"kind\":\"dismissed-phrase\",\"value\":\"of the pier\"}],\
             \"documents\":[\"articles/0001-a.txt\"]}}}"
        );
        let read = StepLine::parse(&line).unwrap();
        assert_eq!((read.step, read.done, read.at_secs()), (3, true, Some(0)));
        let command = read.command().unwrap().try_map(|_| Some(Arc::clone(&document))).unwrap();
        assert_eq!(command, step.command);
    }

    #[test]
    fn a_time_beyond_the_calendar_is_a_number() {
        let step = Step { says: String::new(), at_secs: Some(i64::MAX), command: Command::SetCodebook(None) };
        let line = of_step(1, &step, false, |_| None).unwrap().unwrap();
        assert_eq!(StepLine::parse(&line).unwrap().at_secs(), Some(i64::MAX));
    }
}
