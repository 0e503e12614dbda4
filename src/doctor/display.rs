//! Where the window is shown: X11 or Wayland, and whether files can be dropped on it.
//!
//! The window asks for X11 wherever `DISPLAY` is set, Xwayland too, since files cannot be dropped on native Wayland windows
//! with the libraries of today.

use super::{Found, Machine};

/// What was seen of the displays.
#[derive(Clone, Debug, Default)]
pub(super) struct Facts {
    /// The display that is named, and what its server is called, or why it does not answer.
    pub x11: Option<(String, X11)>,
    /// The same for the compositor.
    pub wayland: Option<(String, Result<(), String>)>,
    /// As the session calls itself: `x11`, `wayland`, `tty`.
    pub session: Option<String>,
}

#[derive(Clone, Debug)]
#[cfg_attr(not(unix), allow(dead_code, reason = "only Unix desktops have it"))]
pub(super) enum X11 {
    /// The vendor's words.
    Answers(String),
    /// On another computer, which is not asked here.
    Elsewhere,
    Silent(String),
}

pub fn look(machine: &Machine) -> Found {
    if cfg!(not(all(unix, not(target_os = "macos")))) {
        return Found::fine("the system's own");
    }
    judge(&facts(machine))
}

#[cfg(unix)]
fn facts(machine: &Machine) -> Facts {
    use super::{wayland, x11};
    let of_x11 = |name: &str| match x11::parse(name) {
        x11::Display::Here(number) => {
            x11::ask(machine, number).map_or_else(X11::Silent, |answered| X11::Answers(answered.vendor))
        }
        x11::Display::Elsewhere => X11::Elsewhere,
        x11::Display::Wrong => X11::Silent("this is no name of a display".to_owned()),
    };
    Facts {
        x11: machine.var("DISPLAY").map(|name| (name.to_owned(), of_x11(name))),
        wayland: wayland::socket(machine).map(|socket| {
            let name = machine.var("WAYLAND_DISPLAY").unwrap_or_default().to_owned();
            (name, wayland::interfaces(&socket).map(|_| ()))
        }),
        session: machine.var("XDG_SESSION_TYPE").map(str::to_owned),
    }
}

#[cfg(not(unix))]
fn facts(_: &Machine) -> Facts {
    Facts::default()
}

fn judge(facts: &Facts) -> Found {
    let session = facts.session.as_ref().map(|it| format!("; session of type {it}")).unwrap_or_default();
    let is_wayland_there = matches!(facts.wayland, Some((_, Ok(()))));
    match (&facts.x11, &facts.wayland) {
        (None, None) => Found::limited(
            format!("neither X11 nor Wayland: DISPLAY and WAYLAND_DISPLAY are not set{session}"),
            "Start it in a desktop session. Without one it prints what it finds, and `screenshot` and `brief` draw pictures.",
        ),
        (Some((name, X11::Answers(vendor))), _) => {
            let vendor = if vendor.is_empty() { String::new() } else { format!(", {vendor}") };
            let through = if is_wayland_there { " (Xwayland), so files can be dropped on it" } else { "" };
            Found::fine(format!("X11 at {name}{vendor}{through}{session}"))
        }
        (Some((_, X11::Elsewhere)), _) => Found::limited(
            format!("X11 of another computer or through a secure shell, not tried here{session}"),
            "The renderers below tell whether it answers; pictures travel slowly that way.",
        ),
        (Some((name, X11::Silent(why))), _) if is_wayland_there => Found::limited(
            format!("DISPLAY names {name}, and {why}; Wayland answers{session}"),
            "Start it with DISPLAY unset, or install xwayland.",
        ),
        (Some((name, X11::Silent(why))), _) => Found::broken(
            format!("DISPLAY names {name}, and {why}{session}"),
            "Start the X server, or give DISPLAY and XAUTHORITY the values they have in a terminal of the session.",
        ),
        (None, Some((name, Ok(())))) => Found::limited(
            format!("Wayland at {name}; files cannot be dropped on the window there{session}"),
            "Use Open (Ctrl O) and Paste (Ctrl V); dropping works where xwayland is installed.",
        ),
        (None, Some((name, Err(why)))) => Found::broken(
            format!("WAYLAND_DISPLAY names {name}, and {why}{session}"),
            "Give WAYLAND_DISPLAY and XDG_RUNTIME_DIR the values they have in a terminal of the session.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::Status;

    #[test]
    fn what_the_displays_say_decides() {
        let x11 = |it: X11| Some((":7".to_owned(), it));
        let vendor = || x11(X11::Answers("Vendor".to_owned()));
        let silent = || x11(X11::Silent("no X server runs there".to_owned()));
        let there = || Some(("wayland-1".to_owned(), Ok(())));
        let gone = || Some(("wayland-1".to_owned(), Err("no compositor runs there".to_owned())));
        let table = [
            (None, None, Status::Limited, "neither X11 nor Wayland"),
            (vendor(), None, Status::Fine, "X11 at :7, Vendor"),
            (vendor(), there(), Status::Fine, "so files can be dropped"),
            (silent(), None, Status::Broken, "no X server runs there"),
            (silent(), there(), Status::Limited, "Wayland answers"),
            (x11(X11::Elsewhere), None, Status::Limited, "another computer"),
            (None, there(), Status::Limited, "cannot be dropped"),
            (None, gone(), Status::Broken, "no compositor runs there"),
        ];
        for (x11, wayland, status, words) in table {
            let found = judge(&Facts { x11, wayland, session: Some("tty".to_owned()) });
            assert_eq!(found.status, status, "{found:?}");
            assert!(found.says.contains(words) && found.says.ends_with("session of type tty"), "{found:?}");
            assert_eq!(found.remedy.is_none(), status == Status::Fine);
        }
    }
}
