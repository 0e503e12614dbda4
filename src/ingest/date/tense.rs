//! On which side of the day of publication a told day lies: "warned on 26 April" before it, "planned for 27 April"
//! after it.
//!
//! The nearest word before the expression that shows a tense decides, else the nearest one after it in its sentence.
//! `O(words of the sentence)`.

use crate::text::compare::fold_word;
use crate::text::{ByteRange, Token, tokens};

/// The side of a told day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// Past, and the day on which somebody said what is reported.
    Reported,
    Past,
    Future,
    Unknown,
}

const FUTURE: &[&str] = &[
    "ahead",
    "awaited",
    "coming",
    "due",
    "expected",
    "expects",
    "forthcoming",
    "intends",
    "looming",
    "plan",
    "planned",
    "planning",
    "plans",
    "poised",
    "scheduled",
    "shall",
    "slated",
    "tomorrow",
    "upcoming",
    "will",
    "would",
];

const SPEECH: &[&str] = &[
    "added",
    "announced",
    "commented",
    "confirmed",
    "declared",
    "explained",
    "noted",
    "reported",
    "said",
    "say",
    "says",
    "spoke",
    "stated",
    "stressed",
    "told",
    "urged",
    "warned",
    "wrote",
    "briefed",
    "called",
    "condemned",
    "welcomed",
];

/// Past forms that do not end in "ed"; "is" and "are" show nothing, a present may be told of any day.
const PAST: &[&str] = &[
    "after",
    "became",
    "began",
    "broke",
    "brought",
    "came",
    "did",
    "drew",
    "fell",
    "flew",
    "following",
    "found",
    "gave",
    "got",
    "grew",
    "had",
    "has",
    "held",
    "hit",
    "kept",
    "knew",
    "led",
    "left",
    "lost",
    "made",
    "met",
    "paid",
    "put",
    "ran",
    "saw",
    "sent",
    "set",
    "shook",
    "shot",
    "since",
    "sought",
    "spent",
    "stood",
    "struck",
    "took",
    "was",
    "went",
    "were",
    "won",
];

/// Adjectives and other words in -ed that show no tense.
const NOT_PAST: &[&str] =
    &["united", "red", "need", "indeed", "speed", "feed", "seed", "hundred", "allied", "so-called", "armed", "bed"];

/// How many words before an expression a verb of speech may stand to be told of it.
const SPEECH_REACH: usize = 9;

/// How many words before an expression an infinitive may stand that it belongs to: "to attend the summit in July".
const INFINITIVE_REACH: usize = 10;

/// The side of the expression `range` inside its `sentence`.
pub(super) fn side(text: &str, sentence: ByteRange, range: ByteRange) -> Side {
    let words: Vec<Token> = tokens(text, sentence).collect();
    let words = Words { folded: words.iter().map(|word| fold_word(word.range.of(text))).collect(), text, words };
    let place = words.words.partition_point(|word| word.range.start < range.start);
    let before = (0..place).rev().find_map(|idx| words.cue(idx, place - idx));
    before
        .or_else(|| {
            let after = words.words.partition_point(|word| word.range.start < range.end);
            // "The visit comes ahead of talks" says nothing of the visit.
            (after..words.words.len())
                .filter(|&idx| !BEFORE_ITS_NOUN.contains(&words.folded[idx].as_str()))
                .find_map(|idx| words.cue(idx, idx - place))
        })
        .unwrap_or(Side::Unknown)
}

/// Words that tell of what follows them only.
const BEFORE_ITS_NOUN: &[&str] =
    &["after", "ahead", "coming", "following", "forthcoming", "looming", "since", "upcoming"];

/// The words of a sentence.
struct Words<'a> {
    text: &'a str,
    words: Vec<Token>,
    folded: Vec<String>,
}

impl Words<'_> {
    fn folded(&self, idx: Option<usize>) -> &str {
        idx.and_then(|idx| self.folded.get(idx)).map_or("", String::as_str)
    }

    /// What a single word shows, `distance` words from the expression.
    fn cue(&self, idx: usize, distance: usize) -> Option<Side> {
        let word = self.folded(Some(idx));
        let before = |n: usize| self.folded(idx.checked_sub(n));
        // "to be held", "will be opened": the participle is future with its auxiliary.
        let is_to_come = before(1) == "be" && matches!(before(2), "to" | "will" | "shall" | "would");
        if is_to_come || FUTURE.contains(&word) {
            return Some(Side::Future);
        }
        if before(1) == "to" && distance <= INFINITIVE_REACH && self.is_verb_like(idx) {
            // A purpose is as often kept as not, unless it hangs on a plan: "planned to travel".
            let is_plan = (2..=4).any(|n| FUTURE.contains(&before(n)));
            return Some(if is_plan { Side::Future } else { Side::Unknown });
        }
        if SPEECH.contains(&word) {
            return Some(if distance <= SPEECH_REACH { Side::Reported } else { Side::Past });
        }
        let is_past = PAST.contains(&word) || (word.len() > 4 && word.ends_with("ed") && !NOT_PAST.contains(&word));
        is_past.then_some(Side::Past)
    }

    /// What follows "to" and is no article, place or name.
    fn is_verb_like(&self, idx: usize) -> bool {
        const NO_VERBS: [&str; 16] = [
            "the", "a", "an", "its", "his", "her", "their", "our", "this", "that", "these", "those", "be", "it",
            "them", "all",
        ];
        let is_lower = self.words.get(idx).is_some_and(|word| word.range.of(self.text).starts_with(char::is_lowercase));
        is_lower && !NO_VERBS.contains(&self.folded(Some(idx)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_verb_tells_the_side() {
        let cases = [
            ("He warned on 26 April that talks may fail.", "26 April", Side::Reported),
            ("They welcomed the meeting planned for 27 April.", "27 April", Side::Future),
            ("The talks to be conducted on 3 May matter.", "3 May", Side::Future),
            ("Ministers will meet on 3 May in Oslo.", "3 May", Side::Future),
            ("The port opened in September.", "September", Side::Past),
            ("She planned to travel to Oslo in October.", "October", Side::Future),
            ("In October they will decide.", "October", Side::Future),
            ("The upcoming May 8 vote", "May 8", Side::Future),
            ("Invited to attend the Oslo summit", "Oslo summit", Side::Unknown),
            ("They got letters to attend the first and only meeting in July.", "July", Side::Unknown),
            ("They sought a response to North Korea's sixth test", "sixth test", Side::Past),
            ("The visit comes ahead of talks that had begun", "visit", Side::Past),
        ];
        for (sentence, words, expected) in cases {
            let start = sentence.find(words).unwrap();
            let range = ByteRange::new(start, start + words.len());
            assert_eq!(side(sentence, ByteRange::new(0, sentence.len()), range), expected, "{sentence}");
        }
    }
}
