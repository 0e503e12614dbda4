//! Letters without their marks: "Łódź" is found by "lodz", "Zürich" by "zurich".
//!
//! Combining marks of Latin, Greek and Cyrillic go; letters that Unicode composes of a base and a mark (NFD of Unicode
//! 16, canonical decompositions) become the base; a few that it does not decompose, but that are typed without their
//! stroke where a keyboard lacks them, become what is typed. Other scripts stay: there a mark is a sound of its own.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// A base with the small letters that become it.
const MARKED: &[(&str, &str)] = &[
    ("a", "àáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ"),
    ("b", "ḃḅḇ"),
    ("c", "çćĉċčḉ"),
    ("d", "ďḋḍḏḑḓđ"),
    ("e", "èéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ"),
    ("f", "ḟ"),
    ("g", "ĝğġģǧǵḡ"),
    ("h", "ĥȟḣḥḧḩḫẖħ"),
    ("i", "ìíîïĩīĭįǐȉȋḭḯỉịı"),
    ("j", "ĵǰ"),
    ("k", "ķǩḱḳḵ"),
    ("l", "ĺļľḷḹḻḽł"),
    ("m", "ḿṁṃ"),
    ("n", "ñńņňǹṅṇṉṋ"),
    ("o", "òóôõöōŏőơǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợøǿ"),
    ("p", "ṕṗ"),
    ("r", "ŕŗřȑȓṙṛṝṟ"),
    ("s", "śŝşšșṡṣṥṧṩ"),
    ("t", "ţťțṫṭṯṱẗ"),
    ("u", "ùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự"),
    ("v", "ṽṿ"),
    ("w", "ŵẁẃẅẇẉẘ"),
    ("x", "ẋẍ"),
    ("y", "ýÿŷȳẏẙỳỵỷỹ"),
    ("z", "źżžẑẓẕ"),
    ("ae", "æǣǽ"),
    ("oe", "œ"),
    ("ss", "ßẞ"),
    ("th", "þ"),
    ("α", "άἀἁἂἃἄἅἆἇὰάᾀᾁᾂᾃᾄᾅᾆᾇᾰᾱᾲᾳᾴᾶᾷ"),
    ("ε", "έἐἑἒἓἔἕὲέ"),
    ("η", "ήἠἡἢἣἤἥἦἧὴήᾐᾑᾒᾓᾔᾕᾖᾗῂῃῄῆῇ"),
    ("ι", "ΐίϊἰἱἲἳἴἵἶἷὶίιῐῑῒΐῖῗ"),
    ("ο", "όὀὁὂὃὄὅὸό"),
    ("ρ", "ῤῥ"),
    ("υ", "ΰϋύὐὑὒὓὔὕὖὗὺύῠῡῢΰῦῧ"),
    ("ω", "ώὠὡὢὣὤὥὦὧὼώᾠᾡᾢᾣᾤᾥᾦᾧῲῳῴῶῷ"),
    ("σ", "ς"),
    ("а", "ӑӓ"),
    ("г", "ѓ"),
    ("е", "ѐёӗ"),
    ("ж", "ӂӝ"),
    ("з", "ӟ"),
    ("и", "йѝӣӥ"),
    ("к", "ќ"),
    ("о", "ӧ"),
    ("у", "ўӯӱӳ"),
    ("ч", "ӵ"),
    ("ы", "ӹ"),
    ("э", "ӭ"),
    ("і", "ї"),
];

/// The word, given in small letters, without marks.
pub(super) fn without_marks(word: &str) -> String {
    static BASES: LazyLock<FxHashMap<char, &'static str>> = LazyLock::new(|| {
        MARKED.iter().flat_map(|(base, letters)| letters.chars().map(move |letter| (letter, *base))).collect()
    });
    let mut plain = String::with_capacity(word.len());
    for character in word.chars() {
        match character {
            _ if character.is_ascii() => plain.push(character),
            '\u{300}'..='\u{36f}' => {}
            _ => match BASES.get(&character) {
                Some(base) => plain.push_str(base),
                None => plain.push(character),
            },
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_go_and_scripts_stay() {
        for (marked, plain) in [
            ("łódź", "lodz"),
            ("zürich", "zurich"),
            ("cafe\u{301}", "cafe"),
            ("straße", "strasse"),
            ("ærø", "aero"),
            ("παραλία", "παραλια"),
            ("ёлка", "елка"),
            ("日本", "日本"),
            ("हिन्दी", "हिन्दी"),
        ] {
            assert_eq!(without_marks(marked), plain);
        }
    }
}
