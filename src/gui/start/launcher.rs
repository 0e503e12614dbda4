//! Tells the launcher that what it started is there, so that the pointer is busy no longer.
//!
//! Whoever starts a program from a desktop file of X11 gives it a name for this start, and waits for a window that has it, or
//! for a message that says the start is over. A start that hands its files to another window shows none, and the pointer
//! would go on turning for the quarter of a minute after which launchers give up. By the freedesktop startup notification
//! protocol. On Wayland a start needs no end.

/// Says once that this start is over; nothing where no launcher of X11 waits.
///
/// Whether it is heard makes no difference to anything here, so no error is told.
pub fn tell_started() {
    #[cfg(all(unix, not(target_os = "macos")))]
    if let Ok(id) = std::env::var("DESKTOP_STARTUP_ID")
        && !id.is_empty()
        && super::display::Display::asked_for() == super::display::Display::X11
    {
        let _ = x11::broadcast(&removal(&id));
    }
}

/// The message that ends the start of that name.
#[cfg(any(test, all(unix, not(target_os = "macos"))))]
fn removal(id: &str) -> Vec<u8> {
    let mut message = b"remove: ID=\"".to_vec();
    for byte in id.bytes() {
        if matches!(byte, b'"' | b'\\') {
            message.push(b'\\');
        }
        message.push(byte);
    }
    // The zero is what ends it: a message is as long as it takes.
    message.extend(b"\"\0");
    message
}

#[cfg(all(unix, not(target_os = "macos")))]
mod x11 {
    use x11rb::connection::Connection as _;
    use x11rb::protocol::xproto::{ClientMessageEvent, ConnectionExt as _, CreateWindowAux, EventMask, WindowClass};
    use x11rb::wrapper::ConnectionExt as _;
    use x11rb::{COPY_DEPTH_FROM_PARENT, COPY_FROM_PARENT};

    /// What one event carries, in bytes.
    const PIECE: usize = 20;

    /// Sends a message to whoever listens at the root of the screen, in pieces that a window of their own holds together.
    pub fn broadcast(message: &[u8]) -> Result<(), Box<dyn std::error::Error>> {
        let (display, screen) = x11rb::connect(None)?;
        let root = display.setup().roots.get(screen).ok_or("no such screen")?.root;
        let first = display.intern_atom(false, b"_NET_STARTUP_INFO_BEGIN")?;
        let rest = display.intern_atom(false, b"_NET_STARTUP_INFO")?;
        let (first, rest) = (first.reply()?.atom, rest.reply()?.atom);
        let sender = display.generate_id()?;
        display.create_window(
            COPY_DEPTH_FROM_PARENT,
            sender,
            root,
            -1,
            -1,
            1,
            1,
            0,
            WindowClass::INPUT_ONLY,
            COPY_FROM_PARENT,
            &CreateWindowAux::new().override_redirect(1),
        )?;
        for (idx, piece) in message.chunks(PIECE).enumerate() {
            let mut data = [0; PIECE];
            data[..piece.len()].copy_from_slice(piece);
            let kind = if idx == 0 { first } else { rest };
            let event = ClientMessageEvent::new(8, sender, kind, data);
            display.send_event(false, root, EventMask::PROPERTY_CHANGE, event)?;
        }
        display.destroy_window(sender)?;
        // All of it has arrived before the connection goes.
        display.sync()?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn message_quotes_the_name_and_ends_with_a_zero() {
        assert_eq!(removal("caja/throughline/7-0-host_TIME42"), b"remove: ID=\"caja/throughline/7-0-host_TIME42\"\0");
        assert_eq!(removal("a \"b\\c"), b"remove: ID=\"a \\\"b\\\\c\"\0");
    }
}
