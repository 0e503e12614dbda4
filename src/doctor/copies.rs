//! Other copies of the program: which one starts when its name is typed?

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::{Found, Machine};

const NAME: &str = if cfg!(windows) { "throughline.exe" } else { "throughline" };

pub fn look(machine: &Machine) -> Found {
    let folders = machine.var("PATH").map(std::env::split_paths);
    let found = copies(folders.into_iter().flatten());
    let own = machine.program.as_deref().map(|own| fs::canonicalize(own).unwrap_or_else(|_| own.to_owned()));
    judge(machine, &found, own.as_deref())
}

/// The copies in these folders, in their order; one that several names lead to counts once. Each as it is found, with the
/// file behind it.
fn copies(folders: impl Iterator<Item = PathBuf>) -> Vec<(PathBuf, PathBuf)> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for path in folders.filter(|folder| folder.is_absolute()).map(|folder| folder.join(NAME)) {
        if fs::metadata(&path).is_ok_and(|it| it.is_file()) {
            let real = fs::canonicalize(&path).unwrap_or_else(|_| path.clone());
            if seen.insert(real.clone()) {
                found.push((path, real));
            }
        }
    }
    found
}

fn judge(machine: &Machine, found: &[(PathBuf, PathBuf)], own: Option<&Path>) -> Found {
    let listed = || found.iter().map(|(path, _)| machine.shown(path)).collect::<Vec<_>>().join(", then ");
    match found {
        [] => Found::fine("this copy was started by its full name; none is on the path"),
        [(path, real)] if own.is_none_or(|own| own == real) => {
            Found::fine(format!("this one: {}", machine.shown(path)))
        }
        [(path, _)] => Found::limited(
            format!("another copy than this one: {}", machine.shown(path)),
            "Typing the name starts that one; remove the one you do not use.",
        ),
        _ => Found::limited(
            format!("{} copies: {}", found.len(), listed()),
            "Typing the name starts the first one; remove those you do not use.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::Status;

    #[test]
    fn several_copies_are_told_in_the_order_of_the_path() {
        let folder = tempfile::tempdir().unwrap();
        let root = fs::canonicalize(folder.path()).unwrap();
        let [first, second, none] = ["first", "second", "none"].map(|name| root.join(name));
        for folder in [&first, &second, &none] {
            fs::create_dir(folder).unwrap();
        }
        for folder in [&first, &second] {
            fs::write(folder.join(NAME), "program").unwrap();
        }
        let machine = Machine::default();
        let judged = |folders: &[&PathBuf], own: Option<&Path>| {
            judge(&machine, &copies(folders.iter().map(|it| (*it).clone())), own)
        };
        assert_eq!(judged(&[&none], None).status, Status::Fine);
        assert_eq!(judged(&[&first, &none, &first], Some(&first.join(NAME))).status, Status::Fine);
        assert_eq!(judged(&[&first], Some(&second.join(NAME))).status, Status::Limited);
        let both = judged(&[&second, &first], None);
        assert_eq!(both.status, Status::Limited);
        let at = |folder: &Path| both.says.find(&folder.join(NAME).display().to_string()).unwrap();
        assert!(at(&second) < at(&first), "{}", both.says);
        // A relative folder on the path means another place every time.
        assert!(copies(std::iter::once(PathBuf::from("."))).is_empty());
    }
}
