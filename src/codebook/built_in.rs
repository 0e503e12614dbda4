//! The codebooks that come with the program, and the one to start a new one from.

use super::Codebook;

/// A codebook that comes with the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BuiltIn {
    /// What it is asked for by, such as `nato-dprk`.
    pub name: &'static str,
    /// The `name` in its file, such as "NATO and North Korea".
    pub title: &'static str,
    /// The file.
    pub toml: &'static str,
}

/// All of them; the first is used where none is asked for.
pub const BUILT_INS: [BuiltIn; 2] = [
    BuiltIn {
        name: "nato-dprk",
        title: "NATO and North Korea",
        toml: include_str!("../../assets/codebooks/nato-dprk.toml"),
    },
    BuiltIn {
        name: "eu-ukraine",
        title: "The European Union and Ukraine",
        toml: include_str!("../../assets/codebooks/eu-ukraine.toml"),
    },
];

/// A codebook to start from: every kind of entry, explained, on an institution that does not exist.
pub const TEMPLATE: &str = include_str!("../../assets/codebooks/template.toml");

/// The built-in codebook of this name.
///
/// ```
/// use throughline::codebook::{Codebook, built_in_named};
/// assert_eq!(built_in_named("nato-dprk"), Some(Codebook::built_in()));
/// assert_eq!(built_in_named("atlantis"), None);
/// ```
pub fn built_in_named(name: &str) -> Option<Codebook> {
    let found = BUILT_INS.iter().find(|built_in| built_in.name == name)?;
    Codebook::parse(found.toml).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_built_in_has_neither_errors_nor_warnings() {
        let files = BUILT_INS.iter().map(|built_in| (built_in.name, built_in.toml)).chain([("template", TEMPLATE)]);
        for (name, toml) in files {
            let checked = Codebook::check(toml);
            let errors: Vec<String> = checked.errors.iter().map(ToString::to_string).collect();
            let warnings: Vec<String> = checked.warnings.iter().map(ToString::to_string).collect();
            assert_eq!((errors, warnings), (Vec::new(), Vec::new()), "{name}");
            assert_eq!(checked.codebook.map(|codebook| codebook.hash.len()), Some(12));
        }
    }

    #[test]
    fn a_built_in_codebook_is_listed_under_its_own_title() {
        for built_in in BUILT_INS {
            assert_eq!(built_in_named(built_in.name).map(|codebook| codebook.name), Some(built_in.title.to_owned()));
        }
    }
}
