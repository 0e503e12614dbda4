//! Words before a date that say what it is the date of, in the languages that pages are written in.
//!
//! The last such word before the date counts: "Published 3 May, updated 5 May".

/// What a date is said to be the date of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    Published,
    Modified,
    /// Something else: when a reader joined, when an event takes place.
    Other,
}

/// Starts of words, in lower case.
const PUBLISHED: &[&str] = &[
    "publish",
    "posted",
    "post date",
    "release",
    "issued",
    "created",
    "written",
    "submitted",
    "added",
    "date",
    "datum",
    "stand",
    "erschien",
    "veröffentlich",
    "erstellt",
    "eingestellt",
    "geschrieben",
    "publi",
    "paru",
    "posté",
    "mis en ligne",
    "créé",
    "fecha",
    "creado",
    "subido",
    "pubblicat",
    "data",
    "postado",
    "gepubliceerd",
    "geplaatst",
    "geschreven",
    "publicer",
    "publiser",
    "udgivet",
    "julkaistu",
    "opublikowan",
    "dodan",
    "utworzon",
    "publikov",
    "vydáno",
    "vloženo",
    "megjelen",
    "közzétéve",
    "publicat",
    "δημοσι",
    "ημερομηνία",
    "yayın",
    "tarih",
    "eklenme",
    "опубликован",
    "дата",
    "размещен",
    "добавлен",
    "опубліковано",
    "публикуван",
    "diterbitkan",
    "تاريخ",
    "نشر",
    "發佈",
    "发布",
    "发表",
    "投稿",
    "公開",
    "掲載",
    "등록",
    "입력",
    "作成",
];

const MODIFIED: &[&str] = &[
    "updat",
    "modifi",
    "last edit",
    "edited",
    "revis",
    "review",
    "last change",
    "aktualisier",
    "geändert",
    "änderung",
    "bearbeitet",
    "überarbeitet",
    "mis à jour",
    "mise à jour",
    "actualizado",
    "actualización",
    "actualisé",
    "aggiornat",
    "atualizad",
    "bijgewerkt",
    "gewijzigd",
    "uppdatera",
    "oppdater",
    "opdater",
    "päivitetty",
    "aktualizac",
    "zaktualizow",
    "modyfik",
    "frissít",
    "actualizat",
    "ενημ",
    "güncelle",
    "обновлен",
    "изменен",
    "оновлен",
    "diperbarui",
    "تحديث",
    "更新",
    "수정",
    "accessed",
    "retrieved",
    "abgerufen",
    "consulté",
    "zuletzt",
    "letzte",
    "expires",
    "gültig bis",
];

const OTHER: &[&str] = &[
    "joined",
    "registered",
    "member since",
    "since",
    "valid",
    "until",
    "deadline",
    "born",
    "event",
    "registriert",
    "mitglied seit",
    "dabei seit",
    "anmelde",
    "beigetreten",
    "geboren",
    "bis zum",
    "gültig",
    "termin",
    "inscrit",
    "membre",
    "registrado",
    "desde",
    "iscritto",
    "lid sinds",
    "geregistreerd",
    "регистрация",
    "зарегистрирован",
    "dołączył",
];

/// The label that the words before a date end with.
pub(super) fn label(words: &str) -> Option<Label> {
    let lower = words.to_lowercase();
    let last = |starts: &[&str]| {
        (starts.iter())
            .flat_map(|start| lower.rmatch_indices(start).map(|(at, _)| at).find(|&at| is_start(&lower, at)))
            .max()
    };
    let labels = [(last(PUBLISHED), Label::Published), (last(OTHER), Label::Other), (last(MODIFIED), Label::Modified)];
    // A word of change outweighs others before it: "last updated date".
    let (_, label) = labels.into_iter().filter_map(|(at, label)| Some((at?, label))).max_by_key(|&(at, _)| at)?;
    match (label, labels[2].0, labels[0].0) {
        (Label::Published, Some(modified), Some(published)) if is_one_phrase(&lower, modified, published) => {
            Some(Label::Modified)
        }
        _ => Some(label),
    }
}

/// Do both words belong to one phrase: "last updated date", "letzte Änderung: Datum"?
fn is_one_phrase(words: &str, first: usize, second: usize) -> bool {
    let between = words.get(first..second).unwrap_or("0");
    !between.contains(|c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | '|' | ';' | '('))
}

/// Does a word start here? Scripts without blanks start one anywhere.
fn is_start(words: &str, at: usize) -> bool {
    let before = words.get(..at).and_then(|before| before.chars().next_back());
    before.is_none_or(|before| !before.is_alphabetic() || u32::from(before) >= 0x3000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_word_before_the_date_tells() {
        let cases = [
            ("Published on", Some(Label::Published)),
            ("Datum:", Some(Label::Published)),
            ("Erschienen am:", Some(Label::Published)),
            ("公開日", Some(Label::Published)),
            ("Last updated", Some(Label::Modified)),
            ("Published 3 May 2019, updated", Some(Label::Modified)),
            ("Updated 5 May 2019. Posted on", Some(Label::Published)),
            ("Zuletzt geändert am", Some(Label::Modified)),
            ("Letzte Änderung, Datum", Some(Label::Published)),
            ("last update date:", Some(Label::Modified)),
            ("Joined:", Some(Label::Other)),
            ("in the town of", None),
            ("the candidate of", None),
            ("", None),
        ];
        for (words, expected) in cases {
            assert_eq!(label(words), expected, "{words}");
        }
    }
}
