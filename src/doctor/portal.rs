//! Who shows the dialogs for files: the desktop portal, or zenity in its place.
//!
//! The dialogs of the window talk to `org.freedesktop.portal.Desktop` on the session bus through libdbus, and start zenity
//! where that gives an error. Both look like Cancel from outside where they fail, and a portal that hangs blocks for as
//! long as it likes; so the window asks here first, and shows a field for the path where no dialog can come up.

use std::path::PathBuf;
use std::time::Duration;

use super::patience;
use super::{Found, Machine};

/// What was seen of it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Facts {
    portal: Portal,
    /// Is the library there through which the dialogs talk to it?
    has_libdbus: bool,
    has_zenity: bool,
    has_display: bool,
}

/// What became of asking the portal for its file dialog.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    not(all(feature = "gui", unix, not(target_os = "macos"))),
    allow(dead_code, reason = "without a window nobody asks it")
)]
enum Portal {
    /// It has one, of this version.
    Answers(u32),
    NoBus(String),
    /// Nothing on the bus has its name, and nothing would be started for it.
    Missing,
    /// It is there and has no file dialog; in its words.
    NoChooser(String),
    /// It did not answer in time.
    Silent,
}

/// How long the portal may take: where it is not running yet it is started by the question.
const LIMIT: Duration = Duration::from_millis(2500);

/// The check of the list.
pub fn look(machine: &Machine) -> Found {
    if !cfg!(feature = "gui") {
        return Found::not_tried("not in this build");
    }
    if cfg!(not(all(unix, not(target_os = "macos")))) {
        return Found::fine("the system's own");
    }
    judge(&facts(machine))
}

/// Can a dialog come up? Takes up to some seconds, so it belongs on a thread.
///
/// # Errors
/// Why none can, in words for the reader, with what helps.
pub fn can_ask(machine: &Machine) -> Result<(), String> {
    if cfg!(not(all(unix, not(target_os = "macos")))) {
        return Ok(());
    }
    refuse(&facts(machine))
}

fn refuse(facts: &Facts) -> Result<(), String> {
    if has_portal(facts) || facts.has_zenity && facts.has_display {
        return Ok(());
    }
    Err(match &facts.portal {
        Portal::Silent => "The desktop's file dialog does not answer.".to_owned(),
        _ => "This desktop has no file dialog; xdg-desktop-portal-gtk or zenity would bring one.".to_owned(),
    })
}

fn has_portal(facts: &Facts) -> bool {
    facts.has_libdbus && matches!(facts.portal, Portal::Answers(_))
}

fn judge(facts: &Facts) -> Found {
    const INSTALL: &str = "Install xdg-desktop-portal and xdg-desktop-portal-gtk, or zenity; until then the window shows a \
        field for the path.";
    let why = match &facts.portal {
        Portal::Answers(version) if facts.has_libdbus => {
            return Found::fine(format!("the desktop portal, file dialog of version {version}"));
        }
        Portal::Answers(_) => "the desktop portal is there, and libdbus-1.so.3 is not".to_owned(),
        Portal::NoBus(why) => format!("no session bus ({why})"),
        Portal::Missing => "no desktop portal on the session bus".to_owned(),
        Portal::NoChooser(why) => format!("the desktop portal has no file dialog ({why})"),
        Portal::Silent => format!("the desktop portal did not answer within {:.0} seconds", LIMIT.as_secs_f32()),
    };
    match (facts.has_zenity, facts.has_display, &facts.portal) {
        (true, true, _) => Found::fine(format!("zenity; {why}")),
        (_, false, Portal::NoBus(_) | Portal::Missing) => Found::not_tried(format!("{why}, and no display")),
        (_, _, Portal::Answers(_)) => {
            Found::limited(why, "Install libdbus-1-3; until then the window shows a field for the path.")
        }
        (_, _, Portal::Silent) => Found::limited(
            why,
            "Log out and in again, or install zenity; until then the window shows a field for the path.",
        ),
        _ => Found::limited(why, INSTALL),
    }
}

fn facts(machine: &Machine) -> Facts {
    Facts {
        portal: portal(machine),
        has_libdbus: has_libdbus(machine),
        has_zenity: on_path(machine, "zenity"),
        has_display: machine.var("DISPLAY").is_some() || machine.var("WAYLAND_DISPLAY").is_some(),
    }
}

fn on_path(machine: &Machine, name: &str) -> bool {
    let folders = machine.var("PATH").map(std::env::split_paths);
    folders.into_iter().flatten().any(|folder| std::fs::metadata(folder.join(name)).is_ok_and(|it| it.is_file()))
}

/// Looks for the library where the loader would: its cache names all it knows.
fn has_libdbus(machine: &Machine) -> bool {
    const NAME: &[u8] = b"libdbus-1.so";
    let cache = std::fs::read("/etc/ld.so.cache").unwrap_or_default();
    if cache.windows(NAME.len()).any(|it| it == NAME) {
        return true;
    }
    let given = machine.var("LD_LIBRARY_PATH").map(std::env::split_paths).into_iter().flatten();
    let usual = ["/lib", "/usr/lib", "/lib64", "/usr/lib64", "/usr/local/lib"].map(PathBuf::from);
    given.chain(usual).any(|folder| ["libdbus-1.so.3", "libdbus-1.so"].iter().any(|name| folder.join(name).exists()))
}

/// Asks the portal which version its file dialog has. zbus waits for a bus that says nothing as long as that lasts, so
/// all of it has one limit.
fn portal(machine: &Machine) -> Portal {
    let address = machine.var("DBUS_SESSION_BUS_ADDRESS").unwrap_or_default();
    if !address.is_empty() && !address.starts_with("unix:") {
        // Nothing of the program opens a network connection.
        return Portal::NoBus("its address is no local socket".to_owned());
    }
    let socket = machine.var("XDG_RUNTIME_DIR").map(|folder| PathBuf::from(folder).join("bus"));
    if address.is_empty() && !socket.is_some_and(|socket| socket.exists()) {
        return Portal::NoBus("DBUS_SESSION_BUS_ADDRESS is not set".to_owned());
    }
    patience::start(LIMIT, ask).wait().unwrap_or(Portal::Silent)
}

#[cfg(all(feature = "gui", unix, not(target_os = "macos")))]
fn ask() -> Portal {
    use zbus::names::BusName;
    use zbus::zvariant::OwnedValue;

    const NAME: &str = "org.freedesktop.portal.Desktop";
    let builder = zbus::blocking::connection::Builder::session().map(|it| it.method_timeout(LIMIT));
    let connection = match builder.and_then(zbus::blocking::connection::Builder::build) {
        Ok(connection) => connection,
        Err(error) => return Portal::NoBus(plain(&error)),
    };
    let known = || -> zbus::Result<bool> {
        let bus = zbus::blocking::fdo::DBusProxy::new(&connection)?;
        let is_owned = bus.name_has_owner(BusName::try_from(NAME)?)?;
        Ok(is_owned || bus.list_activatable_names()?.iter().any(|name| name.as_str() == NAME))
    };
    match known() {
        Ok(true) => {}
        Ok(false) => return Portal::Missing,
        Err(error) => return Portal::NoBus(plain(&error)),
    }
    let version = || -> zbus::Result<u32> {
        let properties = Some("org.freedesktop.DBus.Properties");
        let of = &("org.freedesktop.portal.FileChooser", "version");
        let reply = connection.call_method(Some(NAME), "/org/freedesktop/portal/desktop", properties, "Get", of)?;
        Ok(u32::try_from(reply.body().deserialize::<OwnedValue>()?)?)
    };
    match version() {
        Ok(version) => Portal::Answers(version),
        Err(zbus::Error::InputOutput(error)) if error.kind() == std::io::ErrorKind::TimedOut => Portal::Silent,
        Err(error) => Portal::NoChooser(plain(&error)),
    }
}

#[cfg(not(all(feature = "gui", unix, not(target_os = "macos"))))]
fn ask() -> Portal {
    Portal::Missing
}

/// The first line of an error, without the names that libraries put before it.
#[cfg(all(feature = "gui", unix, not(target_os = "macos")))]
fn plain(error: &zbus::Error) -> String {
    let words = error.to_string();
    let line = words.lines().next().unwrap_or_default();
    let line = line.split_once(": ").filter(|(head, _)| head.contains("org.freedesktop")).map_or(line, |it| it.1);
    line.trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::Status;

    const NOTHING: Facts = Facts { portal: Portal::Missing, has_libdbus: true, has_zenity: false, has_display: true };

    #[test]
    fn a_dialog_comes_up_by_the_portal_or_by_zenity() {
        let with = |portal: Portal| Facts { portal, ..NOTHING };
        let table = [
            (NOTHING, Status::Limited, false),
            (with(Portal::Answers(4)), Status::Fine, true),
            (Facts { has_libdbus: false, ..with(Portal::Answers(4)) }, Status::Limited, false),
            (with(Portal::NoBus("gone".to_owned())), Status::Limited, false),
            (with(Portal::NoChooser("no interface".to_owned())), Status::Limited, false),
            (with(Portal::Silent), Status::Limited, false),
            (Facts { has_zenity: true, ..with(Portal::Silent) }, Status::Fine, true),
            (Facts { has_zenity: true, has_display: false, ..NOTHING }, Status::NotTried, false),
        ];
        for (facts, status, can_ask) in table {
            let found = judge(&facts);
            assert_eq!(found.status, status, "{facts:?}");
            assert_eq!(found.remedy.is_some(), status == Status::Limited, "{facts:?}");
            assert_eq!(refuse(&facts).is_ok(), can_ask, "{facts:?}");
        }
    }

    #[test]
    fn a_bus_behind_a_network_is_not_asked() {
        let machine = |address: &str| {
            let variables = [("DBUS_SESSION_BUS_ADDRESS".to_owned(), address.to_owned())].into();
            Machine { variables, ..Machine::default() }
        };
        assert!(matches!(portal(&machine("tcp:host=localhost,port=1")), Portal::NoBus(_)));
        assert_eq!(portal(&Machine::default()), Portal::NoBus("DBUS_SESSION_BUS_ADDRESS is not set".to_owned()));
    }
}
