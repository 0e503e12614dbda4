//! Words as one looks for them: case, typographic marks and diacritics aside.

use crate::text::compare::fold;

/// Letters with marks, after the letter without.
const MARKED: &[(&str, &str)] = &[
    ("a", "àáâãäåāăąǎạảấầẩẫậắằẳẵặ"),
    ("ae", "æ"),
    ("c", "çćĉċč"),
    ("d", "ďđð"),
    ("e", "èéêëēĕėęěẹẻẽếềểễệ"),
    ("g", "ĝğġģ"),
    ("h", "ĥħ"),
    ("i", "ìíîïĩīĭįıǐỉị"),
    ("j", "ĵ"),
    ("k", "ķ"),
    ("l", "ĺļľŀł"),
    ("n", "ñńņňŋ"),
    ("o", "òóôõöøōŏőơǒọỏốồổỗộớờởỡợ"),
    ("oe", "œ"),
    ("r", "ŕŗř"),
    ("s", "śŝşšș"),
    ("ss", "ß"),
    ("t", "ţťŧț"),
    ("th", "þ"),
    ("u", "ùúûüũūŭůűųưǔụủứừửữự"),
    ("w", "ŵ"),
    ("y", "ýÿŷỳỵỷỹ"),
    ("z", "źżž"),
    ("α", "ά"),
    ("ε", "έ"),
    ("η", "ή"),
    ("ι", "ίϊΐ"),
    ("ο", "ό"),
    ("υ", "ύϋΰ"),
    ("ω", "ώ"),
    ("е", "ё"),
];

/// The words without case and marks: "Élan à Łódź" is "elan a lodz".
pub fn plain(text: &str) -> String {
    let folded = fold(text);
    if folded.is_ascii() {
        return folded;
    }
    let mut plain = String::with_capacity(folded.len());
    for character in folded.chars().filter(|character| !matches!(character, '\u{300}'..='\u{36f}')) {
        match MARKED.iter().find(|(_, marked)| may_be_marked(character) && marked.contains(character)) {
            Some((letter, _)) => plain.push_str(letter),
            None => plain.push(character),
        }
    }
    plain
}

/// Other scripts are not looked up letter by letter.
fn may_be_marked(character: char) -> bool {
    !character.is_ascii() && character <= '\u{1eff}'
}

/// The words of what was typed, as they are looked for.
pub fn words_of(query: &str) -> Vec<String> {
    plain(query).split_whitespace().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_case_make_no_other_word() {
        assert_eq!(plain("Élan à ŁÓDŹ, Straße, Θεσσαλονίκη, Зелёный"), "elan a lodz, strasse, θεσσαλονικη, зеленый");
        assert_eq!(plain("e\u{301}lan"), "elan");
        assert_eq!(words_of("  Le  MONDÉ "), ["le", "monde"]);
    }
}
