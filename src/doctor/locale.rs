//! Language and character set of the session. Nothing of the program depends on them; names of files in what it starts
//! and input methods do.

use super::{Found, Machine};

pub fn look(machine: &Machine) -> Found {
    // The first that is set decides, as everywhere.
    judge(["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(|name| machine.var(name)))
}

fn judge(locale: Option<&str>) -> Found {
    let Some(locale) = locale else {
        return Found::fine("not set; texts are read the same whatever it is");
    };
    let is_plain = matches!(locale, "C" | "POSIX");
    let charset = locale.split('.').nth(1).map(|rest| rest.split('@').next().unwrap_or_default());
    let is_utf8 = charset.is_some_and(|it| it.eq_ignore_ascii_case("utf-8") || it.eq_ignore_ascii_case("utf8"));
    match (is_plain, is_utf8) {
        (true, _) | (_, true) => Found::fine(format!("{locale}; texts are read the same whatever it is")),
        (false, false) => Found::limited(
            format!("{locale}, which is no UTF-8"),
            "Texts are read the same; for names of files with accents choose a UTF-8 language, such as C.UTF-8.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::Status;

    #[test]
    fn only_another_character_set_limits() {
        let table = [
            (None, Status::Fine),
            (Some("C"), Status::Fine),
            (Some("C.UTF-8"), Status::Fine),
            (Some("de_DE.utf8"), Status::Fine),
            (Some("sr_RS.UTF-8@latin"), Status::Fine),
            (Some("de_DE.ISO-8859-1"), Status::Limited),
            (Some("de_DE"), Status::Limited),
        ];
        for (locale, status) in table {
            assert_eq!(judge(locale).status, status, "{locale:?}");
        }
    }
}
