//! Which program this is: version, what it was built with, for which system.

use super::{Found, Machine};

/// What the build has.
#[derive(Clone, Copy, Debug)]
struct Built {
    has_window: bool,
    has_wgpu: bool,
    is_for_debugging: bool,
}

pub fn look(_: &Machine) -> Found {
    judge(Built {
        has_window: cfg!(feature = "gui"),
        has_wgpu: cfg!(feature = "wgpu"),
        is_for_debugging: cfg!(debug_assertions),
    })
}

fn judge(built: Built) -> Found {
    let window = match (built.has_window, built.has_wgpu) {
        (false, _) => "without a window",
        (true, false) => "with a window",
        (true, true) => "with a window and its second renderer",
    };
    let debugging = if built.is_for_debugging { ", built for debugging" } else { "" };
    let [version, arch, system] = [env!("CARGO_PKG_VERSION"), std::env::consts::ARCH, std::env::consts::OS];
    let says = format!("{version}, {window}, for {arch} {system}{debugging}");
    match (built.has_window, built.is_for_debugging) {
        (false, _) => Found::limited(says, "Install a build with the feature `gui`; all commands work without it."),
        (true, true) => Found::limited(says, "Everything works, slowly; build it with --release for reading."),
        (true, false) => Found::fine(says),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::Status;

    #[test]
    fn a_build_without_a_window_is_told() {
        let built = Built { has_window: true, has_wgpu: true, is_for_debugging: false };
        let found = judge(built);
        assert_eq!(found.status, Status::Fine);
        assert!(found.says.starts_with(concat!(env!("CARGO_PKG_VERSION"), ", with a window and its second")));
        let without = judge(Built { has_window: false, ..built });
        assert_eq!(without.status, Status::Limited);
        assert!(without.says.contains("without a window") && without.remedy.is_some());
        assert_eq!(judge(Built { is_for_debugging: true, ..built }).status, Status::Limited);
    }
}
