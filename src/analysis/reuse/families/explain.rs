//! Words for the reader: how a family is named, and why a place belongs to it.

use std::borrow::Cow;

use super::pattern::Found;
use crate::analysis::reuse::OccurrenceKind;
use crate::analysis::reuse::streams::Streams;
use crate::analysis::reuse::streams::lexicon::Class;
use crate::analysis::reuse::streams::words::Word;
use crate::text::ByteRange;
use crate::text::compare::{fold, fold_word};

/// A family's representative: a place and its words.
pub(super) struct Representative<'a> {
    pub found: &'a Found,
    /// May the words stand in another order?
    pub is_coordination: bool,
}

fn words_of<'a>(streams: &'a Streams, found: &Found) -> &'a [Word] {
    streams.words(found.slot()).get(found.first()..=found.last()).unwrap_or_default()
}

/// The bytes of a place: from its first word, without an article that only its alias brings, to its last.
pub(super) fn range_of(streams: &Streams, found: &Found) -> ByteRange {
    let words = words_of(streams, found);
    match (words.first(), words.last()) {
        (Some(first), Some(last)) => ByteRange::new(first.core().start, last.core().end),
        _ => ByteRange::default(),
    }
}

/// How a place is written, folded: what two places must share to be the same words.
pub(super) fn surface(streams: &Streams, found: &Found) -> String {
    let text = streams.text(found.slot());
    let mut surface = String::new();
    for (idx, word) in words_of(streams, found).iter().enumerate() {
        if idx > 0 {
            surface.push(' ');
        }
        let range = if idx == 0 { word.core() } else { word.range() };
        surface.push_str(&fold_word(range.of(text)));
    }
    surface
}

/// Are two places the same words, folded? The same as equal [`surface`]s, and most often told by the bytes alone.
fn is_written_alike(streams: &Streams, left: &Found, right: &Found) -> bool {
    let (left_text, right_text) = (streams.text(left.slot()), streams.text(right.slot()));
    if range_of(streams, left).of(left_text) == range_of(streams, right).of(right_text) {
        return true;
    }
    let (left_words, right_words) = (words_of(streams, left), words_of(streams, right));
    let is_same = |(idx, (left, right)): (usize, (&Word, &Word))| {
        let range = |word: &Word| if idx == 0 { word.core() } else { word.range() };
        let (left, right) = (range(left).of(left_text), range(right).of(right_text));
        left == right || fold_word(left) == fold_word(right)
    };
    left_words.len() == right_words.len() && left_words.iter().zip(right_words).enumerate().all(is_same)
}

/// How many names of the place are written as their group calls them.
pub(super) fn n_main_names(streams: &Streams, found: &Found) -> usize {
    let text = streams.text(found.slot());
    words_of(streams, found)
        .iter()
        .filter(|word| {
            let group = word.group().and_then(|group| streams.aliases.group(group));
            group.is_some_and(|group| fold_word(word.core().of(text)) == fold(&group.name))
        })
        .count()
}

/// The most words of a label; a longer formula shows so many and `…`.
const MAX_LABEL_WORDS: usize = 16;

/// The words of the representative as a reader would list them: small letters but for names, `…` for a gap.
pub(super) fn label(streams: &Streams, found: &Found) -> String {
    let text = streams.text(found.slot());
    let words = streams.words(found.slot());
    let mut label = String::new();
    let mut last_idx = None;
    for (n_before, idx) in found.words().enumerate() {
        let Some(word) = words.get(idx) else { continue };
        if n_before == MAX_LABEL_WORDS {
            label.push_str(" …");
            break;
        }
        if let Some(last_idx) = last_idx {
            let gap = words.get(last_idx + 1..idx).unwrap_or_default();
            if gap.iter().all(Word::is_determiner) {
                label.push(' ');
                for word in gap {
                    label.push_str(&word.range().of(text).to_lowercase());
                    label.push(' ');
                }
            } else {
                label.push_str(" … ");
            }
            if idx == last_idx + 1 && word.is_joined() {
                label.pop();
                label.push('-');
            }
        }
        let range = if last_idx.is_none() { word.core() } else { word.range() };
        let written = range.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
        let written = if idx == found.last() { without_possessive(&written) } else { &written };
        let keeps_case = !word.owes_capital()
            || word.class == Class::Name
            || word.group().is_some()
            || is_acronym(written)
            || written == "I"
            || written.starts_with("I'")
            || written.starts_with("I’");
        if keeps_case {
            label.push_str(written);
        } else {
            label.push_str(&written.to_lowercase());
        }
        last_idx = Some(idx);
    }
    label
}

fn without_possessive(word: &str) -> &str {
    word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word)
}

fn is_acronym(word: &str) -> bool {
    word.chars().count() > 1 && !word.chars().any(char::is_lowercase) && word.chars().any(char::is_alphabetic)
}

const SAME_WORDS: &str = "same words in order";

/// How a place relates to the representative, and why it counts.
pub(super) fn explain(
    streams: &Streams,
    representative: &Representative<'_>,
    found: &Found,
) -> (OccurrenceKind, Cow<'static, str>) {
    if is_written_alike(streams, representative.found, found) {
        return (OccurrenceKind::Verbatim, Cow::Borrowed(SAME_WORDS));
    }
    let mut reasons = Reasons::default();
    compare_words(streams, representative, found, &mut reasons);
    if representative.is_coordination && keys_of(streams, representative.found) != keys_of(streams, found) {
        reasons.others.push("other order".to_owned());
    }
    between(streams, representative.found, found, &mut reasons);
    let kind = if reasons.others.is_empty() { OccurrenceKind::Alias } else { OccurrenceKind::Near };
    let mut parts = reasons.aliases;
    parts.append(&mut reasons.others);
    if parts.is_empty() {
        // Only the spelling of a name or a mark between words differs.
        return (OccurrenceKind::Verbatim, Cow::Borrowed(SAME_WORDS));
    }
    parts.dedup();
    if parts.len() > MAX_REASONS {
        let n_more = parts.len() - MAX_REASONS;
        parts.truncate(MAX_REASONS);
        parts.push(format!("and {n_more} more"));
    }
    (kind, Cow::Owned(parts.join(", ")))
}

/// The most reasons that are told, and the most words in one of them; a long passage has many.
const MAX_REASONS: usize = 4;
const MAX_NAMED: usize = 4;

/// The first words of a list, and how many more.
fn few(words: &[String]) -> String {
    let named = words.get(..MAX_NAMED).unwrap_or(words).join(" ");
    if words.len() > MAX_NAMED { format!("{named} and {} more", words.len() - MAX_NAMED) } else { named }
}

#[derive(Default)]
struct Reasons {
    aliases: Vec<String>,
    others: Vec<String>,
}

fn keys_of(streams: &Streams, found: &Found) -> Vec<crate::analysis::reuse::streams::keys::Key> {
    matched(streams, found).map(|word| word.key).collect()
}

fn matched<'a>(streams: &'a Streams, found: &'a Found) -> impl Iterator<Item = &'a Word> {
    let words = streams.words(found.slot());
    found.words().filter_map(move |idx| words.get(idx))
}

/// Names what differs between words of one key: another name, another form.
fn compare_words(streams: &Streams, representative: &Representative<'_>, found: &Found, reasons: &mut Reasons) {
    let (old_text, new_text) = (streams.text(representative.found.slot()), streams.text(found.slot()));
    let mut missing = Vec::new();
    for old in matched(streams, representative.found) {
        let Some(new) = matched(streams, found).find(|new| new.key == old.key) else {
            if old.class != Class::Function {
                missing.push(format!("“{}”", old.core().of(old_text)));
            }
            continue;
        };
        let (old_word, new_word) = (old.core().of(old_text), new.core().of(new_text));
        if fold_word(old_word) == fold_word(new_word) {
            continue;
        }
        if old.group().is_some() {
            reasons.aliases.push(format!("{} for {}", without_possessive(new_word), without_possessive(old_word)));
        } else {
            reasons.others.push(format!("“{new_word}” for “{old_word}”"));
        }
    }
    if !missing.is_empty() {
        reasons.others.push(format!("without {}", few(&missing)));
    }
}

/// Names the words that stand between those of the formula, or beside them in a coordination.
fn between(streams: &Streams, representative: &Found, found: &Found, reasons: &mut Reasons) {
    let text = streams.text(found.slot());
    let keys = keys_of(streams, representative);
    let extra: Vec<String> = words_of(streams, found)
        .iter()
        .filter(|word| !keys.contains(&word.key))
        .map(|word| format!("“{}”", word.core().of(text)))
        .collect();
    if !extra.is_empty() {
        reasons.others.push(format!("{} between", few(&extra)));
    } else if reasons.others.is_empty() && reasons.aliases.is_empty() && found.n_spanned() != representative.n_spanned()
    {
        reasons.others.push("gap".to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::reuse::families::fixture::{codebook, corpus};

    #[test]
    fn every_place_says_why_it_counts() {
        let (verbatim, near, alias) = (OccurrenceKind::Verbatim, OccurrenceKind::Near, OccurrenceKind::Alias);
        for (text, words, kind, why) in [
            ("Pressure on Freedonia’s", &[0, 1, 2][..], verbatim, "same words in order"),
            ("pressure on the FRD", &[0, 1, 2], alias, "FRD for Freedonia"),
            ("pressures on Freedonia", &[0, 1, 2], near, "“pressures” for “pressure”"),
            ("pressure now on Freedonia", &[0, 2, 3], near, "“now” between"),
            ("pressure on", &[0, 1], near, "without “Freedonia”"),
        ] {
            let corpus = corpus(&["pressure on Freedonia", text]);
            let streams = Streams::of(&corpus, &codebook());
            let first = Found::new(0, &[0, 1, 2]);
            let representative = Representative { found: &first, is_coordination: false };
            let found = Found::new(1, words);
            assert_eq!(explain(&streams, &representative, &found), (kind, why.into()), "{text}");
        }
    }

    #[test]
    fn labels_read_like_an_entry() {
        for (text, words, wanted) in [
            ("Pressure on Freedonia’s", &[0, 1, 2][..], "pressure on Freedonia"),
            ("Tighten the embargo", &[0, 2], "tighten the embargo"),
            ("Eels swim and sing", &[0, 1, 3], "eels swim … sing"),
            ("The NASA probe", &[1, 2], "NASA probe"),
            ("a front-runner", &[1, 2], "front-runner"),
        ] {
            let corpus = corpus(&[text]);
            let streams = Streams::of(&corpus, &codebook());
            assert_eq!(label(&streams, &Found::new(0, words)), wanted);
        }
    }
}
