//! What a check is given: the program, the environment, the folders. Tests give their own.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::project::{home::Home, templates};

/// What is looked at of the environment.
const VARIABLES: [&str; 15] = [
    "DBUS_SESSION_BUS_ADDRESS",
    "DISPLAY",
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "LD_LIBRARY_PATH",
    "PATH",
    "TERM",
    "WAYLAND_DISPLAY",
    "XAUTHORITY",
    "XDG_CURRENT_DESKTOP",
    "XDG_DATA_HOME",
    "XDG_RUNTIME_DIR",
    "XDG_SESSION_TYPE",
    "WAYLAND_SOCKET",
];

/// The computer as the checks see it.
#[derive(Clone, Debug, Default)]
pub struct Machine {
    /// This very program.
    pub program: Option<PathBuf>,
    pub variables: BTreeMap<String, String>,
    /// The home of the user, which is shown as `~`.
    pub home: Option<PathBuf>,
    /// Where work without a name and the settings live.
    pub data: Option<PathBuf>,
    pub templates: Option<PathBuf>,
    pub temp: PathBuf,
}

impl Machine {
    /// The one this program runs on.
    pub fn here() -> Self {
        let read = |name: &&str| {
            let value = std::env::var_os(name)?.to_string_lossy().into_owned();
            Some(((*name).to_owned(), value))
        };
        Self {
            program: std::env::current_exe().ok(),
            variables: VARIABLES.iter().filter_map(read).collect(),
            home: std::env::home_dir().filter(|home| !home.as_os_str().is_empty()),
            data: Home::of_user().map(|home| home.folder().to_owned()),
            templates: templates::folder(),
            temp: std::env::temp_dir(),
        }
    }

    /// The same with another program to start as reader and renderer.
    #[must_use]
    pub fn with_program(self, program: Option<PathBuf>) -> Self {
        Self { program: program.or(self.program), ..self }
    }

    /// A variable that is set and not empty.
    pub fn var(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// A path for the reader: home as `~`, and nobody else's name.
    pub fn shown(&self, path: &Path) -> String {
        shown(path, self.home.as_deref())
    }
}

/// A path with the user's home as `~`. A path below the home of somebody else is not told.
pub fn shown(path: &Path, home: Option<&Path>) -> String {
    if let Some(rest) = home.filter(|home| home.parent().is_some()).and_then(|home| path.strip_prefix(home).ok()) {
        return if rest.as_os_str().is_empty() { "~".to_owned() } else { format!("~/{}", rest.display()) };
    }
    let is_of_somebody = ["/home", "/Users", "/root"].iter().any(|homes| path.starts_with(homes));
    if is_of_somebody { "a folder of another user".to_owned() } else { path.display().to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn home_is_short_and_other_people_are_not_named() {
        let home = Some(Path::new("/home/ana"));
        let table = [
            ("/home/ana", home, "~"),
            ("/home/ana/.local/share", home, "~/.local/share"),
            ("/home/anabel/x", home, "a folder of another user"),
            ("/root/x", home, "a folder of another user"),
            ("/home/ana/x", None, "a folder of another user"),
            ("/tmp/x", home, "/tmp/x"),
            // An account without a home has the root as one.
            ("/tmp/x", Some(Path::new("/")), "/tmp/x"),
        ];
        for (path, home, expected) in table {
            assert_eq!(shown(Path::new(path), home), expected);
        }
    }

    #[test]
    fn an_empty_variable_is_none() {
        let variables = [("DISPLAY", ""), ("LANG", "C")].map(|(name, value)| (name.to_owned(), value.to_owned()));
        let machine = Machine { variables: variables.into(), ..Machine::default() };
        assert_eq!((machine.var("DISPLAY"), machine.var("LANG"), machine.var("TERM")), (None, Some("C"), None));
    }
}
