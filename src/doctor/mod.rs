//! What this computer offers the program, and what helps where something is missing: `throughline doctor`, and the sheet
//! “This computer” of the window.
//!
//! Each check is a small function over a [`Machine`]: it looks, and a pure part judges what was seen, so that the judging
//! is tested with facts that are given. All run at once on threads of their own, each with a limit; one that does not come
//! back in time is told as such and waited for no longer. Nothing that belongs to the reader is changed: what is written
//! to try a folder out is removed again, and the clipboard is never touched.

mod clipboard;
mod copies;
mod display;
mod folders;
mod fonts;
mod locale;
mod machine;
pub mod patience;
pub mod portal;
mod program;
mod project;
mod reader;
mod renderers;
#[cfg(unix)]
mod wayland;
mod words;
#[cfg(unix)]
mod x11;

pub use machine::Machine;

use std::sync::Arc;
use std::time::Duration;

/// How something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    Fine,
    /// Nothing could be said of it here, since what it needs is not there; told elsewhere in the list.
    NotTried,
    /// Something is missing, and the program does without.
    Limited,
    /// Something does not work.
    Broken,
}

impl Status {
    /// One word for the reader.
    pub fn word(self) -> &'static str {
        match self {
            Self::Fine => "fine",
            Self::NotTried => "not tried",
            Self::Limited => "limited",
            Self::Broken => "broken",
        }
    }

    /// Stable id for the JSON output.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotTried => "not-tried",
            other => other.word(),
        }
    }
}

/// What belongs together, in the order in which it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    Program,
    Window,
    Desktop,
    Folders,
}

impl Group {
    pub const ALL: [Self; 4] = [Self::Program, Self::Window, Self::Desktop, Self::Folders];

    /// As shown to the reader.
    pub fn name(self) -> &'static str {
        match self {
            Self::Program => "The program",
            Self::Window => "The window",
            Self::Desktop => "The desktop",
            Self::Folders => "Folders and files",
        }
    }

    /// Stable id for the JSON output.
    pub fn code(self) -> &'static str {
        match self {
            Self::Program => "program",
            Self::Window => "window",
            Self::Desktop => "desktop",
            Self::Folders => "folders",
        }
    }
}

/// What a look at one thing gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub status: Status,
    /// What is there, in words without a full stop.
    pub says: String,
    /// What helps, as a sentence; there wherever something is limited or broken.
    pub remedy: Option<String>,
}

impl Found {
    fn fine(says: impl Into<String>) -> Self {
        Self { status: Status::Fine, says: says.into(), remedy: None }
    }

    fn not_tried(says: impl Into<String>) -> Self {
        Self { status: Status::NotTried, says: says.into(), remedy: None }
    }

    fn limited(says: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { status: Status::Limited, says: says.into(), remedy: Some(remedy.into()) }
    }

    fn broken(says: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { status: Status::Broken, says: says.into(), remedy: Some(remedy.into()) }
    }
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    pub group: Group,
    /// Stable id for the JSON output.
    pub id: &'static str,
    pub name: &'static str,
    pub found: Found,
}

/// All that was looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Examined {
    pub checks: Vec<Check>,
}

impl Examined {
    /// Is something broken?
    pub fn is_broken(&self) -> bool {
        self.n(Status::Broken) > 0
    }

    fn n(&self, status: Status) -> usize {
        self.checks.iter().filter(|check| check.found.status == status).count()
    }
}

/// Something to look at.
struct Look {
    group: Group,
    id: &'static str,
    name: &'static str,
    limit: Duration,
    look: fn(&Machine) -> Found,
}

/// How long one look may take.
const LIMIT: Duration = Duration::from_secs(3);

/// Starting this program, and a window drawn by the processor alone, take longer on a busy machine.
const SLOW_LIMIT: Duration = Duration::from_secs(6);

/// All looks, in the order in which they are told.
fn looks() -> Vec<Look> {
    let look = |group, id, name, look| Look { group, id, name, limit: LIMIT, look };
    let renderer = |id, name, look| Look { group: Group::Window, id, name, limit: SLOW_LIMIT, look };
    let reader = Look { limit: SLOW_LIMIT, ..look(Group::Program, "reader", "Reader process", reader::look) };
    vec![
        look(Group::Program, "version", "Version", program::look),
        look(Group::Program, "copies", "On the path", copies::look),
        reader,
        look(Group::Program, "locale", "Language", locale::look),
        look(Group::Window, "display", "Display", display::look),
        renderer("opengl", "OpenGL", |machine| renderers::look(machine, "opengl")),
        renderer("wgpu", "Second renderer", |machine| renderers::look(machine, "wgpu")),
        renderer("software", "Drawn by the processor", |machine| renderers::look(machine, "software")),
        look(Group::Window, "fonts", "Fonts of the program", |_| fonts::shipped()),
        look(Group::Window, "system-fonts", "Fonts of the system", |_| fonts::of_system()),
        look(Group::Desktop, "dialogs", "File dialogs", portal::look),
        look(Group::Desktop, "clipboard", "Clipboard", clipboard::look),
        look(Group::Folders, "data", "Work without a name", folders::data),
        look(Group::Folders, "settings", "Settings", folders::settings),
        look(Group::Folders, "templates", "Templates", folders::templates),
        look(Group::Folders, "runtime", "Runtime folder", folders::runtime),
        look(Group::Folders, "temp", "Temporary files", folders::temp),
        look(Group::Folders, "project", "Project file", project::look),
    ]
}

/// Looks at everything, all at once. Takes as long as the slowest look, at most as long as its limit.
pub fn examine(machine: &Machine) -> Examined {
    let machine = Arc::new(machine.clone());
    let started: Vec<(Look, patience::Answer<Found>)> = looks()
        .into_iter()
        .map(|look| {
            let (machine, run) = (Arc::clone(&machine), look.look);
            let answer = patience::start(look.limit, move || run(&machine));
            (look, answer)
        })
        .collect();
    let mut checks: Vec<Check> = started
        .into_iter()
        .map(|(Look { group, id, name, limit, .. }, answer)| {
            let found = answer.wait().unwrap_or_else(|silence| silent(silence, limit));
            Check { group, id, name, found }
        })
        .collect();
    renderers::settle(&mut checks);
    Examined { checks }
}

/// A look that did not come back.
fn silent(silence: patience::Silence, limit: Duration) -> Found {
    match silence {
        patience::Silence::TimedOut => Found::limited(
            format!("no answer within {} seconds", limit.as_secs()),
            "Try again when the computer is less busy; if it stays silent, restart the session.",
        ),
        patience::Silence::Ended => {
            Found::broken("the check itself failed", "Tell the makers, with the lines of this list.")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_look_has_an_id_of_its_own_and_stands_with_its_group() {
        let looks = looks();
        let ids: std::collections::BTreeSet<&str> = looks.iter().map(|look| look.id).collect();
        assert_eq!(ids.len(), looks.len());
        assert!(looks.is_sorted_by_key(|look| look.group));
        assert!(Group::ALL.iter().all(|group| looks.iter().any(|look| look.group == *group)));
    }

    #[test]
    fn a_look_that_stays_silent_is_told_and_helps() {
        let late = silent(patience::Silence::TimedOut, LIMIT);
        assert_eq!((late.status, late.says.as_str()), (Status::Limited, "no answer within 3 seconds"));
        assert_eq!(silent(patience::Silence::Ended, LIMIT).status, Status::Broken);
    }
}
