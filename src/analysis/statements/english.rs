//! Closed classes of English words that the clause reader leans on: determiners, auxiliaries, prepositions and the like.
//!
//! Closed classes are grammar, not subject matter, so they stand here and not in the codebook. All in comparison form.

/// Is `word` one of the sorted `list`?
fn is_in(list: &[&str], word: &str) -> bool {
    list.binary_search(&word).is_ok()
}

const DETERMINERS: &[&str] = &[
    "a", "all", "an", "another", "any", "each", "every", "her", "his", "its", "many", "most", "my", "no", "our",
    "several", "some", "such", "the", "their", "these", "this", "those", "your",
];

const AUXILIARIES: &[&str] = &[
    "are",
    "aren't",
    "be",
    "been",
    "being",
    "can",
    "can't",
    "cannot",
    "could",
    "couldn't",
    "did",
    "didn't",
    "do",
    "does",
    "doesn't",
    "don't",
    "had",
    "hadn't",
    "has",
    "hasn't",
    "have",
    "haven't",
    "is",
    "isn't",
    "may",
    "might",
    "must",
    "shall",
    "should",
    "shouldn't",
    "was",
    "wasn't",
    "were",
    "weren't",
    "will",
    "won't",
    "would",
    "wouldn't",
];

const BE: &[&str] = &["are", "be", "been", "being", "is", "was", "were"];

const MODALS: &[&str] = &["can", "cannot", "could", "may", "might", "must", "shall", "should", "would"];

/// Words that stand for a noun phrase of their own.
const PRONOUNS: &[&str] = &[
    "anybody",
    "anyone",
    "anything",
    "everybody",
    "everyone",
    "everything",
    "he",
    "him",
    "i",
    "it",
    "me",
    "nobody",
    "nothing",
    "others",
    "she",
    "somebody",
    "someone",
    "something",
    "them",
    "they",
    "us",
    "we",
    "what",
    "who",
    "whoever",
    "whom",
    "you",
];

/// Pronouns that can only be a subject, and those that mostly are.
const SUBJECTS: &[&str] = &[
    "everybody",
    "everyone",
    "he",
    "i",
    "it",
    "nobody",
    "others",
    "she",
    "somebody",
    "someone",
    "they",
    "we",
    "who",
    "you",
];

/// Words between a subject and its verb.
const MID_ADVERBS: &[&str] = &[
    "again",
    "already",
    "also",
    "always",
    "both",
    "even",
    "ever",
    "first",
    "further",
    "had",
    "has",
    "have",
    "however",
    "instead",
    "just",
    "later",
    "long",
    "meanwhile",
    "nevertheless",
    "now",
    "often",
    "once",
    "only",
    "outright",
    "previously",
    "simply",
    "since",
    "soon",
    "still",
    "then",
    "therefore",
    "though",
    "too",
    "will",
];

const PREPOSITIONS: &[&str] = &[
    "about",
    "across",
    "after",
    "against",
    "ahead",
    "along",
    "amid",
    "among",
    "around",
    "as",
    "at",
    "because",
    "before",
    "behind",
    "below",
    "beside",
    "between",
    "beyond",
    "by",
    "despite",
    "during",
    "following",
    "for",
    "from",
    "in",
    "inside",
    "into",
    "near",
    "of",
    "off",
    "on",
    "onto",
    "out",
    "over",
    "per",
    "regarding",
    "since",
    "through",
    "throughout",
    "to",
    "toward",
    "towards",
    "under",
    "until",
    "upon",
    "via",
    "with",
    "within",
    "without",
];

/// Words that no noun phrase reaches over.
const PHRASE_BREAKS: &[&str] = &[
    "although", "and", "as", "because", "but", "even", "how", "if", "nor", "or", "since", "so", "than", "that",
    "though", "unless", "until", "what", "when", "where", "whereas", "whether", "which", "while", "who", "whom",
    "whose", "why", "yet",
];

/// Words that open a phrase of circumstance before the main clause.
const OPENERS: &[&str] = &[
    "after",
    "ahead",
    "although",
    "amid",
    "as",
    "asked",
    "at",
    "because",
    "before",
    "besides",
    "but",
    "by",
    "despite",
    "during",
    "earlier",
    "following",
    "for",
    "from",
    "given",
    "if",
    "in",
    "last",
    "later",
    "meanwhile",
    "on",
    "recently",
    "since",
    "speaking",
    "though",
    "to",
    "under",
    "until",
    "upon",
    "when",
    "while",
    "with",
    "without",
];

const TIMES: &[&str] = &[
    "afternoon",
    "april",
    "august",
    "day",
    "december",
    "earlier",
    "evening",
    "february",
    "friday",
    "january",
    "july",
    "june",
    "last",
    "late",
    "later",
    "march",
    "may",
    "monday",
    "month",
    "morning",
    "next",
    "night",
    "november",
    "october",
    "recently",
    "saturday",
    "september",
    "sunday",
    "this",
    "thursday",
    "today",
    "tomorrow",
    "tuesday",
    "wednesday",
    "week",
    "weekend",
    "year",
    "yesterday",
];

/// Documents that can be the subject of a verb of saying.
const DOCUMENTS: &[&str] = &[
    "communique",
    "communiqué",
    "conclusions",
    "declaration",
    "letter",
    "memo",
    "message",
    "release",
    "report",
    "resolution",
    "statement",
    "text",
];

const ISSUES: &[&str] = &[
    "adopted",
    "agreed",
    "approved",
    "issue",
    "issued",
    "issues",
    "published",
    "release",
    "released",
    "releases",
    "signed",
];

/// Past forms that do not end in -ed.
const STRONG_PASTS: &[&str] = &[
    "began",
    "brought",
    "came",
    "drew",
    "felt",
    "found",
    "gave",
    "got",
    "heard",
    "held",
    "kept",
    "knew",
    "led",
    "left",
    "lost",
    "made",
    "meant",
    "met",
    "paid",
    "put",
    "read",
    "said",
    "saw",
    "sent",
    "set",
    "spoke",
    "stood",
    "swore",
    "thought",
    "told",
    "took",
    "underwent",
    "went",
    "won",
    "wrote",
];

/// Words without a subject matter of their own, for comparing what two contents are about.
const FUNCTION_WORDS: &[&str] = &[
    "a", "about", "after", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be", "because", "been",
    "before", "being", "both", "but", "by", "can", "cannot", "could", "course", "did", "do", "does", "during", "each",
    "for", "from", "had", "has", "have", "having", "he", "her", "here", "him", "his", "how", "however", "i", "if",
    "in", "into", "is", "it", "its", "just", "may", "me", "might", "more", "most", "must", "my", "no", "not", "now",
    "of", "on", "one", "only", "or", "other", "our", "out", "over", "own", "shall", "she", "should", "so", "some",
    "such", "than", "that", "the", "their", "them", "then", "there", "these", "they", "this", "those", "through", "to",
    "too", "up", "upon", "us", "very", "was", "we", "well", "were", "what", "when", "where", "which", "while", "who",
    "whom", "why", "will", "with", "would", "yet", "you", "your",
];

/// Does the word only hold a sentence together?
pub(in crate::analysis) fn is_function_word(word: &str) -> bool {
    is_in(FUNCTION_WORDS, word)
}

pub(super) fn is_determiner(word: &str) -> bool {
    is_in(DETERMINERS, word)
}

/// A word that makes a clause finite: an auxiliary or a modal.
pub(super) fn is_auxiliary(word: &str) -> bool {
    is_in(AUXILIARIES, word)
}

pub(super) fn is_be(word: &str) -> bool {
    is_in(BE, word)
}

pub(super) fn is_modal(word: &str) -> bool {
    is_in(MODALS, word)
}

pub(super) fn is_negation(word: &str) -> bool {
    matches!(word, "not" | "never" | "neither" | "nor") || word.ends_with("n't")
}

/// May `word` stand between a subject and its verb?
pub(super) fn is_mid_adverb(word: &str) -> bool {
    is_in(MID_ADVERBS, word) || is_ly(word)
}

pub(super) fn is_pronoun(word: &str) -> bool {
    is_in(PRONOUNS, word)
}

/// A pronoun that is the subject of the verb after it.
pub(super) fn is_subject(word: &str) -> bool {
    is_in(SUBJECTS, word)
}

/// A pronoun without the auxiliary that is written on to it: "he'll" → "he".
pub(super) fn bare(word: &str) -> &str {
    word.split_once('\'').map_or(word, |(bare, _)| bare)
}

/// An adverb by its ending.
pub(super) fn is_ly(word: &str) -> bool {
    word.len() > 4 && word.ends_with("ly") && !matches!(word, "july" | "italy" | "family" | "ally" | "assembly")
}

pub(super) fn is_preposition(word: &str) -> bool {
    is_in(PREPOSITIONS, word)
}

pub(super) fn is_phrase_break(word: &str) -> bool {
    is_in(PHRASE_BREAKS, word)
}

pub(super) fn is_opener(word: &str) -> bool {
    is_in(OPENERS, word)
}

pub(super) fn is_time(word: &str) -> bool {
    is_in(TIMES, word) || word.chars().all(|c| c.is_ascii_digit())
}

pub(super) fn is_document(word: &str) -> bool {
    is_in(DOCUMENTS, word)
}

/// A verb that brings a document into the world.
pub(super) fn is_issuing(word: &str) -> bool {
    is_in(ISSUES, word)
}

/// A pronoun that a phrase can hang on: "those surveyed".
pub(super) fn is_stand_in(word: &str) -> bool {
    matches!(word, "those" | "many" | "some" | "most" | "others" | "several" | "few" | "all" | "everyone" | "anyone")
}

/// Joins a subject to an adjective as "be" does.
pub(super) fn is_copula(word: &str) -> bool {
    matches!(
        word,
        "feel"
            | "feels"
            | "felt"
            | "remain"
            | "remains"
            | "remained"
            | "seem"
            | "seems"
            | "seemed"
            | "appears"
            | "appeared"
            | "become"
            | "becomes"
            | "became"
            | "sound"
            | "sounds"
            | "sounded"
            | "stays"
            | "stayed"
    )
}

/// Verbs that begin turns of attitude: "expressed concern about".
pub(super) fn is_expressing(word: &str) -> bool {
    word.starts_with("express") || word.starts_with("voic")
}

/// A past form that is no participle, so that it is finite wherever it stands, or is used as one alone.
pub(super) fn is_plain_past(word: &str) -> bool {
    matches!(word, "said" | "wrote" | "knew" | "saw" | "spoke" | "began" | "gave" | "took" | "went" | "drew" | "told")
}

pub(super) fn is_strong_past(word: &str) -> bool {
    is_in(STRONG_PASTS, word)
}

/// The verb form of a cue's first word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum VerbForm {
    Past,
    /// -ing
    Participle,
    /// -s
    Third,
    Base,
}

pub(super) fn verb_form(word: &str) -> VerbForm {
    if word.ends_with("ing") {
        VerbForm::Participle
    } else if word.ends_with("ed") || is_strong_past(word) {
        VerbForm::Past
    } else if word.ends_with('s') {
        VerbForm::Third
    } else {
        VerbForm::Base
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_for_binary_search() {
        for list in [
            DETERMINERS,
            AUXILIARIES,
            BE,
            PRONOUNS,
            SUBJECTS,
            MODALS,
            MID_ADVERBS,
            PREPOSITIONS,
            PHRASE_BREAKS,
            OPENERS,
            TIMES,
            DOCUMENTS,
            ISSUES,
            STRONG_PASTS,
            FUNCTION_WORDS,
        ] {
            assert!(list.is_sorted(), "{list:?}");
        }
    }
}
