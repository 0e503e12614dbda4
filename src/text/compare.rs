//! The comparison form of a word: what counts as the same word whatever its case, quote marks or dashes.
//!
//! Only copies are folded; ranges always point into the text as it was read.

/// Lower case, with typographic apostrophes, quotes and dashes made plain, and without soft hyphens.
///
/// ```
/// use throughline::text::compare::fold;
/// assert_eq!(fold("Korea’s"), "korea's");
/// ```
pub fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(word.len());
    for character in word.chars() {
        match character {
            _ if character.is_ascii() => folded.push(character.to_ascii_lowercase()),
            '’' | '‘' | '‛' | 'ʼ' | '＇' => folded.push('\''),
            '“' | '”' | '„' | '«' | '»' => folded.push('"'),
            '‐' | '‑' | '–' | '—' | '−' => folded.push('-'),
            '\u{ad}' | '\u{200b}' | '\u{feff}' => {}
            '\u{a0}' | '\u{202f}' => folded.push(' '),
            _ => folded.extend(character.to_lowercase()),
        }
    }
    folded
}

/// The folded word without a possessive ending: "korea's" and "nations'" become "korea" and "nations".
///
/// ```
/// use throughline::text::compare::fold_word;
/// assert_eq!(fold_word("Korea’s"), "korea");
/// assert_eq!(fold_word("nations’"), "nations");
/// ```
pub fn fold_word(word: &str) -> String {
    let mut folded = fold(word);
    if folded.ends_with("'s") {
        folded.truncate(folded.len() - 2);
    } else if folded.ends_with('\'') {
        folded.truncate(folded.len() - 1);
    }
    folded
}
