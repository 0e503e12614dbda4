//! The screen that the window asks for.

use winit::event_loop::EventLoopBuilder;

/// Who shows windows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Display {
    X11,
    /// Wayland without X11 between: files cannot be dropped on such a window.
    Wayland,
    /// Systems with one kind of windows.
    Native,
}

impl Display {
    /// The one that is asked for here. X11 comes first where a display of it is set, since files cannot be dropped on
    /// windows of native Wayland.
    pub fn asked_for() -> Self {
        if cfg!(not(all(unix, not(target_os = "macos")))) {
            return Self::Native;
        }
        if is_set("DISPLAY") || !Self::has_wayland() { Self::X11 } else { Self::Wayland }
    }

    /// Is there a Wayland to ask, whatever else?
    pub fn has_wayland() -> bool {
        is_set("WAYLAND_DISPLAY") || is_set("WAYLAND_SOCKET")
    }
}

fn is_set(name: &str) -> bool {
    std::env::var_os(name).is_some_and(|value| !value.is_empty())
}

/// Makes the loop ask for that one.
#[cfg(all(unix, not(target_os = "macos")))]
pub fn ask_for<T>(builder: &mut EventLoopBuilder<T>) {
    match Display::asked_for() {
        Display::X11 => {
            winit::platform::x11::EventLoopBuilderExtX11::with_x11(builder);
        }
        Display::Wayland => {
            winit::platform::wayland::EventLoopBuilderExtWayland::with_wayland(builder);
        }
        Display::Native => {}
    }
}

#[cfg(not(all(unix, not(target_os = "macos"))))]
pub fn ask_for<T>(_builder: &mut EventLoopBuilder<T>) {}
