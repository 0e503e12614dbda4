//! The clipboard: can something be copied and pasted? What lies there is neither read nor replaced.
//!
//! The window copies through X11 where it runs there, else through the compositor's own clipboard.

use super::{Found, Machine};

/// What was seen of the clipboard.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(not(unix), allow(dead_code, reason = "only Unix desktops are asked"))]
enum Facts {
    /// By X11: does a program offer something?
    X11(Result<bool, String>),
    /// By Wayland: does the compositor have one?
    Wayland(Result<bool, String>),
    /// There is no display that could be asked.
    None,
}

pub fn look(machine: &Machine) -> Found {
    if cfg!(not(all(unix, not(target_os = "macos")))) {
        return Found::fine("the system's own");
    }
    judge(facts(machine))
}

#[cfg(unix)]
fn facts(machine: &Machine) -> Facts {
    use super::{wayland, x11};
    match machine.var("DISPLAY").map(x11::parse) {
        Some(x11::Display::Here(number)) => Facts::X11(x11::ask(machine, number).map(|it| it.is_clipboard_owned)),
        Some(_) => Facts::None,
        None => wayland::socket(machine).map_or(Facts::None, |socket| {
            Facts::Wayland(wayland::interfaces(&socket).map(|all| all.contains("wl_data_device_manager")))
        }),
    }
}

#[cfg(not(unix))]
fn facts(_: &Machine) -> Facts {
    Facts::None
}

fn judge(facts: Facts) -> Found {
    const FILES: &str = "Use Open and Save image instead of Paste and Copy.";
    match facts {
        Facts::X11(Ok(true)) => Found::fine("X11; some program offers what was copied there"),
        Facts::X11(Ok(false)) => Found::fine("X11; nothing is copied at the moment"),
        Facts::Wayland(Ok(true)) => Found::fine("Wayland, by the compositor"),
        Facts::Wayland(Ok(false)) => Found::limited("this Wayland compositor has no clipboard", FILES),
        Facts::X11(Err(why)) | Facts::Wayland(Err(why)) => {
            Found::limited(format!("not reached: {why}"), "See Display; without it nothing can be copied or pasted.")
        }
        Facts::None => Found::not_tried("there is no display to ask for it"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::Status;

    #[test]
    fn a_clipboard_is_fine_empty_or_not() {
        let table = [
            (Facts::X11(Ok(true)), Status::Fine),
            (Facts::X11(Ok(false)), Status::Fine),
            (Facts::Wayland(Ok(true)), Status::Fine),
            (Facts::Wayland(Ok(false)), Status::Limited),
            (Facts::X11(Err("no X server runs there".to_owned())), Status::Limited),
            (Facts::None, Status::NotTried),
        ];
        for (facts, status) in table {
            assert_eq!(judge(facts.clone()).status, status, "{facts:?}");
        }
    }
}
