//! Decisions as rows: kind, key and value, the last two as JSON. A change of a project writes the rows that changed.
//!
//! Kinds are names in files on readers' disks: none is ever renamed, and one that is unknown (a newer program wrote it)
//! is passed over and counted. `O(n)` in the decisions, without a look at the JSON of those that are the same.

use std::collections::BTreeMap;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::super::{Decisions, N_PINS};
use crate::analysis::PhraseId;

/// A row that is to be: `None` takes it out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecisionRow {
    pub kind: &'static str,
    pub key: String,
    pub value: Option<String>,
}

/// What has to be written so that `old` becomes `new`.
pub fn changes(old: &Decisions, new: &Decisions) -> Result<Vec<DecisionRow>, serde_json::Error> {
    let mut rows = Vec::new();
    let mut out = |kind, key, value| rows.push(DecisionRow { kind, key, value });
    maps("date", &old.dates, &new.dates, &mut out)?;
    maps("block", &old.blocks, &new.blocks, &mut out)?;
    maps("encoding", &old.encodings, &new.encodings, &mut out)?;
    let facts = |decisions: &Decisions| decisions.facts_off.iter().map(|fact| (fact.clone(), ())).collect();
    maps("fact-off", &facts(old), &facts(new), &mut out)?;
    maps("pin", &pins(old), &pins(new), &mut out)?;
    maps("dismissed-phrase", &old.dismissed, &new.dismissed, &mut out)?;
    maps("phrase-name", &old.names, &new.names, &mut out)?;
    maps("phrase-merge", &old.merged, &new.merged, &mut out)?;
    maps("phrase-split", &old.split, &new.split, &mut out)?;
    maps("statement", &old.revisions.statements, &new.revisions.statements, &mut out)?;
    maps("statement-pair", &old.revisions.pairs, &new.revisions.pairs, &mut out)?;
    maps("statement-note", &old.notes, &new.notes, &mut out)?;
    maps("review", &old.reviews, &new.reviews, &mut out)?;
    let codebook = |decisions: &Decisions| decisions.codebook.iter().map(|text| ((), text.clone())).collect();
    maps("codebook", &codebook(old), &codebook(new), &mut out)?;
    Ok(rows)
}

fn pins(decisions: &Decisions) -> BTreeMap<usize, PhraseId> {
    decisions.pins.iter().enumerate().filter_map(|(slot, pin)| Some((slot, (*pin)?))).collect()
}

/// The rows in which two maps differ.
fn maps<K: Ord + Serialize, V: PartialEq + Serialize>(
    kind: &'static str,
    old: &BTreeMap<K, V>,
    new: &BTreeMap<K, V>,
    out: &mut impl FnMut(&'static str, String, Option<String>),
) -> Result<(), serde_json::Error> {
    if old == new {
        return Ok(());
    }
    for key in old.keys().filter(|key| !new.contains_key(key)) {
        out(kind, serde_json::to_string(key)?, None);
    }
    for (key, value) in new.iter().filter(|(key, value)| old.get(key) != Some(value)) {
        out(kind, serde_json::to_string(key)?, Some(serde_json::to_string(value)?));
    }
    Ok(())
}

/// Puts a row back where it belongs; false where the kind is none of ours.
///
/// # Errors
/// Where key or value are not what the kind says.
pub fn take(decisions: &mut Decisions, kind: &str, key: &str, value: &str) -> Result<bool, serde_json::Error> {
    match kind {
        "date" => insert(&mut decisions.dates, key, value),
        "block" => insert(&mut decisions.blocks, key, value),
        "encoding" => insert(&mut decisions.encodings, key, value),
        "fact-off" => {
            decisions.facts_off.insert(serde_json::from_str(key)?);
            Ok(true)
        }
        "pin" => {
            let (slot, phrase): (usize, PhraseId) = (serde_json::from_str(key)?, serde_json::from_str(value)?);
            if let Some(pin) = decisions.pins.get_mut(slot).filter(|_| slot < N_PINS) {
                *pin = Some(phrase);
            }
            Ok(true)
        }
        "dismissed-phrase" => insert(&mut decisions.dismissed, key, value),
        "phrase-name" => insert(&mut decisions.names, key, value),
        "phrase-merge" => insert(&mut decisions.merged, key, value),
        "phrase-split" => insert(&mut decisions.split, key, value),
        "statement" => insert(&mut decisions.revisions.statements, key, value),
        "statement-pair" => insert(&mut decisions.revisions.pairs, key, value),
        "statement-note" => insert(&mut decisions.notes, key, value),
        "review" => insert(&mut decisions.reviews, key, value),
        "codebook" => {
            decisions.codebook = Some(serde_json::from_str(value)?);
            Ok(true)
        }
        _ => Ok(false),
    }
}

fn insert<K: Ord + DeserializeOwned, V: DeserializeOwned>(
    map: &mut BTreeMap<K, V>,
    key: &str,
    value: &str,
) -> Result<bool, serde_json::Error> {
    map.insert(serde_json::from_str(key)?, serde_json::from_str(value)?);
    Ok(true)
}

/// Decisions as a list of rows, for a command that holds all of them ([`super::super::Command::Restore`]).
pub mod as_rows {
    use serde::{Deserialize as _, Deserializer, Serializer, de, ser};

    use super::Decisions;

    pub fn serialize<S: Serializer>(decisions: &Decisions, serializer: S) -> Result<S::Ok, S::Error> {
        let rows = super::changes(&Decisions::default(), decisions).map_err(ser::Error::custom)?;
        serializer.collect_seq(rows.iter().filter_map(|row| Some((row.kind, &row.key, row.value.as_ref()?))))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Box<Decisions>, D::Error> {
        let mut decisions = Box::<Decisions>::default();
        for (kind, key, value) in Vec::<(String, String, String)>::deserialize(deserializer)? {
            super::take(&mut decisions, &kind, &key, &value).map_err(de::Error::custom)?;
        }
        Ok(decisions)
    }
}
