//! A few words with an X server: does it let this program in, and is there a clipboard?
//!
//! Four requests of the core protocol (X11R7, "X Window System Protocol", chapters 8 and 9) over the socket of a display on this
//! computer: connect with the key of `~/.Xauthority`, ask for the atom CLIPBOARD, ask who owns it. Nothing is read from
//! the clipboard and nothing put there. Displays of other computers are not tried: that would be a network connection.

use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::time::Duration;

use super::Machine;

/// How long the server may take for an answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// The longest answer that is taken; a server with many screens sends some 10 kB.
const MAX_ANSWER: usize = 1 << 20;

/// What the name of a display means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Display {
    /// One of this computer, by its number.
    Here(u32),
    /// One of another computer, or one that a secure shell brings here.
    Elsewhere,
    /// No name of a display.
    Wrong,
}

/// What a server said of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Answered {
    pub vendor: String,
    /// Does some program offer what was copied there?
    pub is_clipboard_owned: bool,
}

/// Reads the name of a display: `:1`, `:0.0`, `unix:2`, `host:10.0`.
pub(super) fn parse(name: &str) -> Display {
    let Some((host, rest)) = name.rsplit_once(':') else { return Display::Wrong };
    let number = rest.split('.').next().and_then(|number| number.parse().ok());
    match (host, number) {
        (_, None) => Display::Wrong,
        ("" | "unix", Some(number)) => Display::Here(number),
        _ => Display::Elsewhere,
    }
}

/// Talks to the display of this number.
///
/// # Errors
/// In words: it is not there, or lets nobody in.
pub(super) fn ask(machine: &Machine, number: u32) -> Result<Answered, String> {
    let mut stream = connect(number).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused => "no X server runs there".to_owned(),
        _ => format!("its socket cannot be opened ({error})"),
    })?;
    let limited = stream.set_read_timeout(Some(PATIENCE)).and_then(|()| stream.set_write_timeout(Some(PATIENCE)));
    limited.map_err(|error| error.to_string())?;
    let key = authority(machine).and_then(|bytes| key_of(&bytes, number));
    talk(&mut stream, key.as_deref())
}

fn connect(number: u32) -> io::Result<UnixStream> {
    let path = format!("/tmp/.X11-unix/X{number}");
    #[cfg(target_os = "linux")]
    {
        use std::os::linux::net::SocketAddrExt as _;
        use std::os::unix::net::SocketAddr;
        if let Ok(stream) = SocketAddr::from_abstract_name(&path).and_then(|at| UnixStream::connect_addr(&at)) {
            return Ok(stream);
        }
    }
    UnixStream::connect(path)
}

/// The file with the keys of displays.
fn authority(machine: &Machine) -> Option<Vec<u8>> {
    let own = machine.var("XAUTHORITY").map(PathBuf::from);
    let path = own.or_else(|| Some(machine.home.as_ref()?.join(".Xauthority")))?;
    std::fs::read(path).ok()
}

/// The name of the only kind of key that servers of today give.
const KEY_KIND: &[u8] = b"MIT-MAGIC-COOKIE-1";

/// The key of a display: entries of a family, an address, a number, the kind of key and the key, each with its length in
/// big-endian. The first one of this number, or of none, is taken; the address is a name this computer may not have now.
fn key_of(bytes: &[u8], number: u32) -> Option<Vec<u8>> {
    let mut rest = bytes;
    let field = |rest: &mut &[u8]| -> Option<Vec<u8>> {
        let (length, after) = rest.split_first_chunk::<2>()?;
        let length = usize::from(u16::from_be_bytes(*length));
        let field = after.get(..length)?.to_vec();
        *rest = after.get(length..)?;
        Some(field)
    };
    loop {
        rest = rest.get(2..)?;
        let _address = field(&mut rest)?;
        let [display, kind, key] = [field(&mut rest)?, field(&mut rest)?, field(&mut rest)?];
        let fits = display.is_empty() || display == number.to_string().into_bytes();
        if fits && kind == KEY_KIND {
            return Some(key);
        }
    }
}

/// The conversation. All numbers are little-endian, as announced in its first byte.
fn talk(stream: &mut (impl Read + Write), key: Option<&[u8]>) -> Result<Answered, String> {
    let (vendor, fault) = set_up(stream, key).map_err(|error| silent(&error))?;
    if let Some(fault) = fault {
        return Err(format!("it lets this user not in ({fault})"));
    }
    let is_clipboard_owned = clipboard_owner(stream).map_err(|error| silent(&error))? != 0;
    Ok(Answered { vendor, is_clipboard_owned })
}

fn silent(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => "it does not answer".to_owned(),
        _ => format!("it broke off ({error})"),
    }
}

/// Connects. Gives the vendor's words, or the server's reason against it.
fn set_up(stream: &mut (impl Read + Write), key: Option<&[u8]>) -> io::Result<(String, Option<String>)> {
    let (kind, key) = key.map_or((&b""[..], &b""[..]), |key| (KEY_KIND, key));
    let mut request = vec![b'l', 0, 11, 0, 0, 0];
    for part in [kind, key] {
        request.extend(u16::try_from(part.len()).unwrap_or_default().to_le_bytes());
    }
    request.extend([0, 0]);
    for part in [kind, key] {
        request.extend(part);
        request.resize(request.len().next_multiple_of(4), 0);
    }
    stream.write_all(&request)?;
    let head: [u8; 8] = read(stream)?;
    let body = read_more(stream, usize::from(u16::from_le_bytes([head[6], head[7]])) * 4)?;
    if head[0] != 1 {
        let reason = body.get(..usize::from(head[1])).unwrap_or(&body);
        return Ok((String::new(), Some(String::from_utf8_lossy(reason).trim().to_owned())));
    }
    // The length of the vendor's name stands at 16 of the body, the name at 32.
    let length = body.get(16..18).map_or(0, |bytes| usize::from(u16::from_le_bytes([bytes[0], bytes[1]])));
    let vendor = body.get(32..).and_then(|rest| rest.get(..length)).unwrap_or_default();
    Ok((String::from_utf8_lossy(vendor).into_owned(), None))
}

/// The window that owns the clipboard, 0 where none does.
fn clipboard_owner(stream: &mut (impl Read + Write)) -> io::Result<u32> {
    let name = b"CLIPBOARD";
    let mut intern = vec![16, 0, 5, 0, 9, 0, 0, 0];
    intern.extend(name);
    intern.resize(20, 0);
    stream.write_all(&intern)?;
    let atom = reply(stream)?;
    let mut owner = vec![23, 0, 2, 0];
    owner.extend(atom.to_le_bytes());
    stream.write_all(&owner)?;
    reply(stream)
}

/// The first number of the next answer; events that come before it are passed over.
fn reply(stream: &mut impl Read) -> io::Result<u32> {
    loop {
        let answer: [u8; 32] = read(stream)?;
        let number = |at: usize| u32::from_le_bytes([answer[at], answer[at + 1], answer[at + 2], answer[at + 3]]);
        match answer[0] {
            0 => return Err(io::Error::other("the server refused a request")),
            1 => {
                read_more(stream, usize::try_from(number(4)).unwrap_or(usize::MAX).saturating_mul(4))?;
                return Ok(number(8));
            }
            _ => {}
        }
    }
}

fn read<const N: usize>(stream: &mut impl Read) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    stream.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn read_more(stream: &mut impl Read, n_bytes: usize) -> io::Result<Vec<u8>> {
    if n_bytes > MAX_ANSWER {
        return Err(io::Error::other("an answer longer than any server gives"));
    }
    let mut bytes = vec![0; n_bytes];
    stream.read_exact(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A server that says these bytes, whatever it is asked.
    struct Server {
        says: io::Cursor<Vec<u8>>,
        heard: Vec<u8>,
    }

    impl Read for Server {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.says.read(buffer)
        }
    }

    impl Write for Server {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.heard.extend(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn server(says: Vec<u8>) -> Server {
        Server { says: io::Cursor::new(says), heard: Vec::new() }
    }

    fn answer(first: u8, number: u32) -> Vec<u8> {
        let mut answer = vec![first, 0, 0, 0, 0, 0, 0, 0];
        answer.extend(number.to_le_bytes());
        answer.resize(32, 0);
        answer
    }

    fn welcome(vendor: &str) -> Vec<u8> {
        let mut body = vec![0; 32];
        body[16] = vendor.len() as u8;
        body.extend(vendor.bytes());
        body.resize(body.len().next_multiple_of(4), 0);
        let mut says = vec![1, 0, 11, 0, 0, 0, (body.len() / 4) as u8, 0];
        says.extend(body);
        says
    }

    #[test]
    fn names_of_displays_are_read() {
        let table = [
            (":0", Display::Here(0)),
            (":12.0", Display::Here(12)),
            ("unix:3", Display::Here(3)),
            ("localhost:10.0", Display::Elsewhere),
            ("nowhere", Display::Wrong),
            (":x", Display::Wrong),
        ];
        for (name, expected) in table {
            assert_eq!(parse(name), expected, "{name}");
        }
    }

    #[test]
    fn a_server_tells_its_vendor_and_who_owns_the_clipboard() {
        for (owner, is_owned) in [(0, false), (7, true)] {
            // An event between two answers.
            let says = [welcome("Vendor"), answer(1, 99), answer(28, 5), answer(1, owner)].concat();
            let mut server = server(says);
            let answered = talk(&mut server, Some(&[7; 16])).unwrap();
            assert_eq!(answered, Answered { vendor: "Vendor".to_owned(), is_clipboard_owned: is_owned });
            let asks: Vec<u8> = [&[23, 0, 2, 0][..], &99_u32.to_le_bytes()].concat();
            assert!(server.heard.ends_with(&asks));
            assert!(server.heard.windows(16).any(|it| it == [7; 16]), "the key is shown");
        }
    }

    #[test]
    fn a_server_that_lets_nobody_in_says_why() {
        let mut says = vec![0, 6, 11, 0, 0, 0, 2, 0];
        says.extend(b"No key\0\0");
        assert_eq!(talk(&mut server(says), None).unwrap_err(), "it lets this user not in (No key)");
        assert!(talk(&mut server(vec![1, 0]), None).unwrap_err().starts_with("it broke off"));
        let huge = [welcome("V"), {
            let mut it = answer(1, 9);
            it[4..8].copy_from_slice(&[255; 4]);
            it
        }]
        .concat();
        assert!(talk(&mut server(huge), None).unwrap_err().contains("longer than any"));
    }

    #[test]
    fn the_key_of_a_display_is_found_by_its_number() {
        let entry = |number: &str, kind: &[u8], key: &[u8]| {
            let mut bytes = vec![1, 0];
            for field in [b"host", number.as_bytes(), kind, key] {
                bytes.extend((field.len() as u16).to_be_bytes());
                bytes.extend(field);
            }
            bytes
        };
        let file = [entry("1", b"OTHER", b"x"), entry("1", KEY_KIND, b"one"), entry("", KEY_KIND, b"any")].concat();
        assert_eq!(key_of(&file, 1).unwrap(), b"one");
        assert_eq!(key_of(&file, 2).unwrap(), b"any");
        assert_eq!(key_of(&file[..file.len() - 1], 2), None);
        assert_eq!(key_of(b"", 1), None);
    }
}
