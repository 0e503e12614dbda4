//! A few words with a Wayland compositor: which interfaces does it offer?
//!
//! Two requests of the core protocol (Wayland 1.x, chapter 4, "Wire format"): the registry, and a callback that comes
//! after all of it. Numbers are in the byte order of the computer; a message is an object, a length with an opcode, and
//! words of four bytes.

use std::collections::BTreeSet;
use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::Machine;

/// How long the compositor may take for an answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// No compositor has so many interfaces; more is no compositor.
const MAX_MESSAGES: usize = 4096;

const DISPLAY: u32 = 1;
const REGISTRY: u32 = 2;
const CALLBACK: u32 = 3;

/// The socket of the compositor; `None` where none is named.
pub(super) fn socket(machine: &Machine) -> Option<PathBuf> {
    let name = Path::new(machine.var("WAYLAND_DISPLAY")?);
    if name.is_absolute() {
        return Some(name.to_owned());
    }
    Some(Path::new(machine.var("XDG_RUNTIME_DIR").unwrap_or("/")).join(name))
}

/// The names of the interfaces that the compositor offers.
///
/// # Errors
/// In words: it is not there, or does not answer.
pub(super) fn interfaces(socket: &Path) -> Result<BTreeSet<String>, String> {
    let mut stream = UnixStream::connect(socket).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused => "no compositor runs there".to_owned(),
        _ => format!("its socket cannot be opened ({error})"),
    })?;
    let limited = stream.set_read_timeout(Some(PATIENCE)).and_then(|()| stream.set_write_timeout(Some(PATIENCE)));
    limited.and_then(|()| talk(&mut stream)).map_err(|error| match error.kind() {
        io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => "it does not answer".to_owned(),
        _ => format!("it broke off ({error})"),
    })
}

fn talk(stream: &mut (impl Read + Write)) -> io::Result<BTreeSet<String>> {
    let mut request = Vec::new();
    // wl_display.get_registry is request 1, wl_display.sync request 0; both are given the number of a new object.
    for (opcode, new) in [(1, REGISTRY), (0, CALLBACK)] {
        for word in [DISPLAY, (12 << 16) | opcode, new] {
            request.extend(word.to_ne_bytes());
        }
    }
    stream.write_all(&request)?;
    let mut found = BTreeSet::new();
    for _ in 0..MAX_MESSAGES {
        let (object, opcode, body) = message(stream)?;
        match (object, opcode) {
            (REGISTRY, 0) => found.extend(interface(&body)),
            (CALLBACK, _) => return Ok(found),
            (DISPLAY, 0) => return Err(io::Error::other("it reports an error")),
            _ => {}
        }
    }
    Err(io::Error::other("it never comes to an end"))
}

fn message(stream: &mut impl Read) -> io::Result<(u32, u32, Vec<u8>)> {
    let mut head = [0; 8];
    stream.read_exact(&mut head)?;
    let word = |at: usize| u32::from_ne_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
    let length = usize::try_from(word(4) >> 16).unwrap_or_default();
    let mut body = vec![0; length.saturating_sub(8)];
    stream.read_exact(&mut body)?;
    Ok((word(0), word(4) & 0xffff, body))
}

/// The name in `wl_registry.global`: a number, a text with its length and a zero at its end, a version.
fn interface(body: &[u8]) -> Option<String> {
    let length = u32::from_ne_bytes(body.get(4..8)?.try_into().ok()?);
    let name = body.get(8..)?.get(..usize::try_from(length).ok()?.checked_sub(1)?)?;
    Some(String::from_utf8_lossy(name).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Compositor(io::Cursor<Vec<u8>>);

    impl Read for Compositor {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.0.read(buffer)
        }
    }

    impl Write for Compositor {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn says(object: u32, opcode: u32, body: &[u8]) -> Vec<u8> {
        let length = u32::try_from(body.len() + 8).unwrap();
        [&object.to_ne_bytes(), &((length << 16) | opcode).to_ne_bytes()[..], body].concat()
    }

    fn global(name: &str) -> Vec<u8> {
        let mut body = 5_u32.to_ne_bytes().to_vec();
        body.extend((name.len() as u32 + 1).to_ne_bytes());
        body.extend(name.bytes());
        body.push(0);
        body.resize(body.len().next_multiple_of(4), 0);
        body.extend(3_u32.to_ne_bytes());
        says(REGISTRY, 0, &body)
    }

    #[test]
    fn the_interfaces_up_to_the_callback_are_listed() {
        let bytes = [global("wl_seat"), says(9, 9, &[]), global("wl_shm"), says(CALLBACK, 0, &[0; 4]), global("late")];
        let found = talk(&mut Compositor(io::Cursor::new(bytes.concat()))).unwrap();
        assert_eq!(found.into_iter().collect::<Vec<_>>(), ["wl_seat", "wl_shm"]);
        for bytes in [says(DISPLAY, 0, &[0; 12]), global("wl_seat"), says(REGISTRY, 0, &[0; 8]).repeat(MAX_MESSAGES)] {
            assert!(talk(&mut Compositor(io::Cursor::new(bytes))).is_err());
        }
    }

    #[test]
    fn a_name_of_a_socket_is_in_the_runtime_folder() {
        let machine = |name: &str| {
            let variables = [("WAYLAND_DISPLAY", name), ("XDG_RUNTIME_DIR", "/run/user/7")];
            let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
            Machine { variables, ..Machine::default() }
        };
        assert_eq!(socket(&machine("wayland-1")).unwrap(), Path::new("/run/user/7/wayland-1"));
        assert_eq!(socket(&machine("/else/where")).unwrap(), Path::new("/else/where"));
        assert_eq!(socket(&machine("")), None);
    }
}
