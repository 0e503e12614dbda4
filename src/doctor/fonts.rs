//! Fonts: those that the program brings, and what those of the system add for other scripts.

use super::Found;
use crate::export::faces;
use crate::export::typeset;

/// Scripts that the shipped fonts do not draw, each with a letter of it and the Debian package that brings it.
const SCRIPTS: [(&str, char, &str); 7] = [
    ("Han", '中', "fonts-noto-cjk"),
    ("Kana", 'か', "fonts-noto-cjk"),
    ("Hangul", '한', "fonts-noto-cjk"),
    ("Arabic", 'ع', "fonts-noto-core"),
    ("Hebrew", 'ש', "fonts-noto-core"),
    ("Devanagari", 'क', "fonts-noto-core"),
    ("Thai", 'ก', "fonts-noto-core"),
];

/// The shipped faces: each is parsed, and draws a letter.
pub fn shipped() -> Found {
    judge_shipped(faces::ALL.len(), faces::ALL.iter().filter(|face| typeset::draws(face, 'ß')).count())
}

fn judge_shipped(n_faces: usize, n_sound: usize) -> Found {
    match n_sound == n_faces {
        true => Found::fine(format!("{n_faces} faces for Latin, Greek and Cyrillic")),
        false => Found::broken(
            format!("{} of {n_faces} faces are damaged", n_faces - n_sound),
            "Install the program again; its file is damaged.",
        ),
    }
}

/// The fonts of the system, by the scripts they draw.
pub fn of_system() -> Found {
    let (n_faces, drawn) = typeset::drawn_by_system(&SCRIPTS.map(|(_, letter, _)| letter));
    judge_system(n_faces, &drawn)
}

fn judge_system(n_faces: usize, drawn: &[bool]) -> Found {
    let scripts = || SCRIPTS.iter().zip(drawn);
    let names = |is_drawn: bool| {
        let names: Vec<&str> =
            scripts().filter(|(_, drawn)| **drawn == is_drawn).map(|((name, ..), _)| *name).collect();
        names.join(", ")
    };
    let mut packages: Vec<&str> = scripts().filter(|(_, drawn)| !**drawn).map(|((.., package), _)| *package).collect();
    packages.dedup();
    let faces = crate::text::numbers::counted(n_faces, "face", "faces");
    match (packages.is_empty(), drawn.iter().any(|drawn| *drawn)) {
        (true, _) => Found::fine(format!("{faces}; they draw {}", names(true))),
        (false, has_some) => {
            let these =
                if has_some { format!("they draw {}, and not ", names(true)) } else { "none draws ".to_owned() };
            Found::limited(
                format!("{faces}; {these}{}", names(false)),
                format!("For articles in these scripts install {}.", packages.join(" and ")),
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::Status;

    #[test]
    fn the_shipped_faces_are_sound() {
        assert_eq!(shipped().status, Status::Fine);
        assert_eq!(judge_shipped(7, 6).says, "1 of 7 faces are damaged");
    }

    #[test]
    fn scripts_without_a_font_name_their_package_once() {
        let all = judge_system(90, &[true; 7]);
        assert_eq!((all.status, all.remedy), (Status::Fine, None));
        let some = judge_system(12, &[false, false, false, true, true, true, false]);
        assert_eq!(some.says, "12 faces; they draw Arabic, Hebrew, Devanagari, and not Han, Kana, Hangul, Thai");
        assert_eq!(some.remedy.unwrap(), "For articles in these scripts install fonts-noto-cjk and fonts-noto-core.");
        assert!(judge_system(0, &[false; 7]).says.starts_with("0 faces; none draws Han"));
    }
}
