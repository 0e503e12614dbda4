//! Commands that come and go with what lies on the desk: projects to go back to, facts that were switched off.

use std::borrow::Cow;
use std::path::Path;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{Group, Offered};
use crate::gui::action::Action;
use crate::gui::desk::Desk;
use crate::gui::facts;
use crate::project::Command;
use crate::project::home::Left;

/// At most so many pieces of work without a name are listed.
const MAX_LEFT: usize = 8;

/// Projects that can be opened again, but for the one that is open.
pub fn again(desk: &Desk) -> Vec<Offered> {
    let open = desk.keeping.path.as_deref();
    let is_other = |path: &Path| Some(path) != open;
    let offered = |path: &Path, name: String| Offered {
        group: Group::Files,
        action: Action::OpenPaths(vec![path.to_owned()]),
        name: Cow::Owned(name),
        also: "open again recent project",
    };
    let recent = desk.keeping.recent.iter().filter(|path| is_other(path)).map(|path| {
        let name = path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy();
        offered(path, name.into_owned())
    });
    let left = desk.keeping.left.iter().filter(|left| is_other(&left.path)).take(MAX_LEFT);
    recent.chain(left.map(|left| offered(&left.path, left_name(left)))).collect()
}

/// Facts of the codebook that were switched off, each with the way back.
pub fn facts_off(desk: &Desk) -> Vec<Offered> {
    let offered = |fact: &String| Offered {
        group: Group::Codebook,
        action: Action::Change(Command::SwitchFact { fact: fact.clone(), is_on: true }),
        name: Cow::Owned(format!("Date by “{}” again", facts::name(desk.codebook(), fact))),
        also: "fact chronology",
    };
    desk.project.decisions().facts_off.iter().map(offered).collect()
}

/// "Without a name, 26 Nov 2026 07:15, 1.2 MB".
fn left_name(left: &Left) -> String {
    let day = Timestamp::try_from(left.used).map_or_else(
        |_| String::new(),
        |used| used.to_zoned(TimeZone::system()).datetime().strftime(", %-d %b %Y %H:%M").to_string(),
    );
    format!("Without a name{day}, {:.1} MB", left.n_bytes as f64 / 1e6)
}
