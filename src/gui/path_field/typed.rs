//! What is typed as a path, taken apart: several with `;` between, `~` for home, names relative to where one is. Pure.

use std::path::{Path, PathBuf};

/// Stands between two paths.
const BETWEEN: char = ';';

/// Where paths begin that do not say so themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    pub home: Option<PathBuf>,
    /// The folder for a name alone.
    pub start: PathBuf,
    /// Folders to go to with one click, the last used first.
    pub recent: Vec<PathBuf>,
}

impl Places {
    /// One piece as a path; a name alone lies in `folder`.
    fn expand(&self, piece: &str, folder: &Path) -> PathBuf {
        let home = self.home.as_deref();
        match (piece.strip_prefix('~'), home) {
            (Some(""), Some(home)) => home.to_owned(),
            (Some(rest), Some(home)) if rest.starts_with(std::path::is_separator) => {
                home.join(rest.trim_start_matches(std::path::is_separator))
            }
            _ => folder.join(piece),
        }
    }

    /// A path as it is shown and typed: home as `~`.
    pub fn shown(&self, path: &Path) -> String {
        let home = self.home.as_deref().filter(|home| home.parent().is_some());
        match home.and_then(|home| path.strip_prefix(home).ok()) {
            Some(rest) if rest.as_os_str().is_empty() => "~".to_owned(),
            Some(rest) => format!("~{}{}", std::path::MAIN_SEPARATOR, rest.display()),
            None => path.display().to_string(),
        }
    }

    /// The same for a folder, ready for a name after it.
    pub fn shown_folder(&self, folder: &Path) -> String {
        let shown = self.shown(folder);
        if shown.ends_with(std::path::is_separator) { shown } else { format!("{shown}{}", std::path::MAIN_SEPARATOR) }
    }

    /// All paths that are typed. A name after a path lies in the folder of that one.
    pub fn paths(&self, text: &str, is_several: bool) -> Vec<PathBuf> {
        let mut folder = self.start.clone();
        let mut paths = Vec::new();
        for piece in pieces(text, is_several).into_iter().map(str::trim).filter(|piece| !piece.is_empty()) {
            let path = self.expand(piece, &folder);
            if let Some(above) = path.parent().filter(|_| !piece.ends_with(std::path::is_separator)) {
                above.clone_into(&mut folder);
            } else {
                path.clone_into(&mut folder);
            }
            paths.push(path);
        }
        paths
    }

    /// What is being typed: the folder whose names come into question, and the beginning of the name.
    pub fn typing<'a>(&self, text: &'a str, is_several: bool) -> Typing<'a> {
        let pieces = pieces(text, is_several);
        let last = pieces.last().copied().unwrap_or_default();
        let own_start = text.len() - last.len();
        let piece = last.trim_start();
        let before = own_start + (last.len() - piece.len());
        // A name alone goes on in the folder of the path before it.
        let earlier = text.get(..own_start).unwrap_or_default();
        let folder = self.paths(earlier, is_several).pop().and_then(|path| path.parent().map(Path::to_owned));
        let folder = folder.unwrap_or_else(|| self.start.clone());
        let cut = piece.rfind(std::path::is_separator).map_or(0, |at| at + 1);
        // A tilde alone is home, not the beginning of a name.
        let is_home = piece == "~" && self.home.is_some();
        let (in_folder, prefix) = if is_home { (piece, "") } else { piece.split_at(cut) };
        let folder = if in_folder.is_empty() { folder } else { self.expand(in_folder, &folder) };
        Typing { folder, prefix, n_before: before + in_folder.len(), is_home }
    }
}

/// The last path, as far as it is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typing<'a> {
    pub folder: PathBuf,
    /// The beginning of a name in it.
    pub prefix: &'a str,
    /// Bytes of the text before that name.
    n_before: usize,
    is_home: bool,
}

impl Typing<'_> {
    /// The whole text with this name in the place of what was typed of it.
    pub fn with_name(&self, text: &str, name: &str) -> String {
        let between = if self.is_home { std::path::MAIN_SEPARATOR_STR } else { "" };
        format!("{}{between}{name}", text.get(..self.n_before).unwrap_or_default())
    }
}

/// The paths of a text. A name may hold the sign too: it stands between two only where a space or the beginning of a path
/// follows it.
fn pieces(text: &str, is_several: bool) -> Vec<&str> {
    if !is_several {
        return vec![text];
    }
    let mut pieces = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices(BETWEEN) {
        let rest = text.get(at + 1..).unwrap_or_default();
        if rest.is_empty() || rest.starts_with([' ', '~', '/']) {
            pieces.push(text.get(start..at).unwrap_or_default());
            start = at + 1;
        }
    }
    pieces.push(text.get(start..).unwrap_or_default());
    pieces
}

/// Which of these names come into question after `prefix`, the best first: those that begin so, then those that hold it.
/// Hidden ones only where a dot is typed.
pub fn fitting<'a>(names: impl Iterator<Item = &'a str>, prefix: &str) -> Vec<usize> {
    let prefix = prefix.to_lowercase();
    let is_hidden = |name: &str| name.starts_with('.') && !prefix.starts_with('.');
    let mut found: Vec<(bool, usize)> = names
        .enumerate()
        .filter(|(_, name)| !is_hidden(name))
        .filter_map(|(idx, name)| {
            let name = name.to_lowercase();
            name.contains(&prefix).then(|| (!name.starts_with(&prefix), idx))
        })
        .collect();
    found.sort_unstable();
    found.into_iter().map(|(_, idx)| idx).collect()
}

/// What Tab makes of the beginning of a name: as much as all names have in common that begin so; `None` where that is
/// nothing more.
pub fn completed<'a>(names: impl Iterator<Item = &'a str> + Clone, prefix: &str) -> Option<String> {
    let lower = prefix.to_lowercase();
    let mut fitting = names.filter(|name| !lower.is_empty() && name.to_lowercase().starts_with(&lower));
    let mut common = fitting.next()?.to_owned();
    for name in fitting {
        let n_same = common.chars().zip(name.chars()).take_while(|(one, other)| one == other).count();
        common = common.chars().take(n_same).collect();
    }
    (common.chars().count() > prefix.chars().count()
        || common != prefix && common.chars().count() == prefix.chars().count())
    .then_some(common)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn places() -> Places {
        Places { home: Some("/home/ana".into()), start: "/srv".into(), recent: Vec::new() }
    }

    #[test]
    fn paths_are_read_as_they_are_typed() {
        let table = [
            ("", vec![]),
            ("a.txt", vec!["/srv/a.txt"]),
            ("~", vec!["/home/ana"]),
            ("~/x y.txt", vec!["/home/ana/x y.txt"]),
            ("~ana/x", vec!["/srv/~ana/x"]),
            (" /tmp/a; b.txt ;~/c/d ; e", vec!["/tmp/a", "/tmp/b.txt", "/home/ana/c/d", "/home/ana/c/e"]),
            ("/tmp/in/; a", vec!["/tmp/in/", "/tmp/in/a"]),
            // No path begins after the sign, so it is part of a name.
            ("/tmp/a;b.txt", vec!["/tmp/a;b.txt"]),
        ];
        for (text, expected) in table {
            let expected: Vec<PathBuf> = expected.into_iter().map(PathBuf::from).collect();
            assert_eq!(places().paths(text, true), expected, "{text}");
        }
        assert_eq!(places().paths("/tmp/a; b", false), [PathBuf::from("/tmp/a; b")]);
        assert_eq!(places().shown(Path::new("/home/ana/x")), "~/x");
        assert_eq!(places().shown_folder(Path::new("/home/ana")), "~/");
        assert_eq!(places().shown_folder(Path::new("/")), "/");
    }

    #[test]
    fn the_last_path_is_the_one_that_is_typed() {
        let table = [
            ("", "/srv", "", "NAME"),
            ("ab", "/srv", "ab", "NAME"),
            ("/tmp/ab", "/tmp", "ab", "/tmp/NAME"),
            ("~", "/home/ana", "", "~/NAME"),
            ("~/x/", "/home/ana/x", "", "~/x/NAME"),
            ("/tmp/a.txt; b", "/tmp", "b", "/tmp/a.txt; NAME"),
            ("/tmp/a.txt; ~/b", "/home/ana", "b", "/tmp/a.txt; ~/NAME"),
            ("/tmp/a.txt;", "/tmp", "", "/tmp/a.txt;NAME"),
        ];
        for (text, folder, prefix, named) in table {
            let places = places();
            let typing = places.typing(text, true);
            assert_eq!((typing.folder.as_path(), typing.prefix), (Path::new(folder), prefix), "{text}");
            assert_eq!(typing.with_name(text, "NAME"), named);
        }
    }

    #[test]
    fn names_that_begin_so_come_first_and_hidden_ones_when_asked_for() {
        let names = ["a harbor", "Harbor.txt", ".harbor", "harvest", "pier"];
        let fits = |prefix| fitting(names.into_iter(), prefix).into_iter().map(|idx| names[idx]).collect::<Vec<_>>();
        assert_eq!(fits("har"), ["Harbor.txt", "harvest", "a harbor"]);
        assert_eq!(fits(".h"), [".harbor"]);
        assert_eq!(fits("").len(), 4);
    }

    #[test]
    fn tab_completes_as_far_as_names_agree() {
        let names = ["harbor-1.txt", "harbor-2.txt", "pier"];
        let table = [
            ("ha", Some("harbor-")),
            ("harbor-", None),
            ("harbor-2", Some("harbor-2.txt")),
            ("P", Some("pier")),
            ("x", None),
            ("", None),
        ];
        for (prefix, expected) in table {
            assert_eq!(completed(names.into_iter(), prefix).as_deref(), expected, "{prefix}");
        }
    }
}
