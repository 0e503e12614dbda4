//! The templates: built in, and those of a reader's folder, which the caller reads.
//!
//! A file is named after the kind of page it sets: `shift.typ` takes the place of the built-in one, `shift-wide.typ` is
//! one more template, `lib.typ` takes the place of what all built-in ones share. Each defines `slide(briefing, page)`.

use std::collections::BTreeMap;

use crate::report::briefing::Kind;

/// Bytes a template may have; the built-in ones have 20 kB together.
pub(super) const MOST_BYTES: usize = 256_000;

/// What all templates share.
pub(super) const LIBRARY: &str = "lib.typ";

const BUILT_IN: [(&str, &str); 7] = [
    (LIBRARY, include_str!("../../../assets/templates/lib.typ")),
    ("shift.typ", include_str!("../../../assets/templates/shift.typ")),
    ("timeline.typ", include_str!("../../../assets/templates/timeline.typ")),
    ("phrase.typ", include_str!("../../../assets/templates/phrase.typ")),
    ("side-by-side.typ", include_str!("../../../assets/templates/side-by-side.typ")),
    ("matrix.typ", include_str!("../../../assets/templates/matrix.typ")),
    ("sources.typ", include_str!("../../../assets/templates/sources.typ")),
];

/// What those who write templates read.
pub const README: &str = include_str!("../../../assets/templates/README.md");

/// Files by name.
#[derive(Clone, Debug)]
pub struct Templates {
    files: BTreeMap<String, File>,
}

/// A template's text as it came.
#[derive(Clone, Debug)]
pub(super) struct File {
    pub text: Vec<u8>,
    /// Did a reader write it?
    pub is_own: bool,
}

impl Templates {
    pub fn built_in() -> Self {
        let file = |text: &str| File { text: text.as_bytes().to_vec(), is_own: false };
        Self { files: BUILT_IN.into_iter().map(|(name, text)| (name.to_owned(), file(text))).collect() }
    }

    /// The built-in ones and these: names of files with their bytes, in any order. What does not end in `.typ`, or
    /// has a name with a folder in it, is no template and is passed over.
    pub fn with_folder(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        let mut templates = Self::built_in();
        for (name, text) in files {
            if is_file_name(&name) {
                templates.files.insert(name, File { text, is_own: true });
            }
        }
        templates
    }

    /// Built-in files with their text, to start one's own from, and the README.
    pub fn originals() -> impl Iterator<Item = (&'static str, &'static str)> {
        BUILT_IN.into_iter().chain([("README.md", README)])
    }

    /// Names of the templates for a kind, the plain one first: "shift", "shift-wide".
    pub fn names(&self, kind: Kind) -> Vec<&str> {
        let mut names: Vec<&str> = self.stems().filter(|stem| kind_of(stem) == Some(kind)).collect();
        names.sort_by_key(|name| (*name != kind.name(), *name));
        names
    }

    /// What is wrong with the file itself, whatever stands in it.
    pub(super) fn files(&self) -> impl Iterator<Item = (&str, &File)> {
        self.files.iter().map(|(name, file)| (name.as_str(), file))
    }

    fn stems(&self) -> impl Iterator<Item = &str> {
        self.files.keys().filter_map(|name| name.strip_suffix(".typ"))
    }
}

/// The kind that a template of this name sets.
pub(super) fn kind_of(stem: &str) -> Option<Kind> {
    Kind::ALL
        .into_iter()
        .find(|kind| stem.strip_prefix(kind.name()).is_some_and(|rest| rest.is_empty() || rest.starts_with('-')))
}

fn is_file_name(name: &str) -> bool {
    name.ends_with(".typ")
        && !name.starts_with('.')
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_templates_stand_beside_the_built_in_ones_or_in_their_place() {
        let own = |names: &[&str]| Templates::with_folder(names.iter().map(|name| ((*name).to_owned(), vec![b'x'])));
        let templates =
            own(&["shift-wide.typ", "shift.typ", "shift-a.typ", "notes.txt", "../shift-up.typ", "shifty.typ"]);
        assert_eq!(templates.names(Kind::Shift), ["shift", "shift-a", "shift-wide"]);
        assert_eq!(templates.names(Kind::SideBySide), ["side-by-side"]);
        let is_own =
            |name: &str| templates.files().find(|(other, _)| *other == name).is_some_and(|(_, file)| file.is_own);
        assert!(is_own("shift.typ"));
        assert!(!is_own("lib.typ"));
    }

    #[test]
    fn every_kind_has_a_built_in_template() {
        for kind in Kind::ALL {
            assert_eq!(Templates::built_in().names(kind), [kind.name()]);
        }
    }
}
