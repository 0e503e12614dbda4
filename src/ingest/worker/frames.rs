//! What goes over the pipes: frames, each its length as eight little-endian bytes and then that many bytes.

use std::io::{self, Read, Write};

use super::MAX_FILE_BYTES;

/// A frame longer than this is none of ours. Four times the largest file holds any text that a file may give.
pub(super) const MAX_FRAME_BYTES: usize = 4 * MAX_FILE_BYTES;

/// The next frame; `None` where the pipe was closed between two.
///
/// # Errors
/// Those of the pipe, `InvalidData` for a length that no frame of ours has, `UnexpectedEof` for a cut frame.
pub(super) fn read_frame(input: &mut impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0; 8];
    match read_up_to(input, &mut length)? {
        0 => return Ok(None),
        8 => {}
        _ => return Err(io::ErrorKind::UnexpectedEof.into()),
    }
    let length = u64::from_le_bytes(length);
    if length > MAX_FRAME_BYTES as u64 {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "frame too long"));
    }
    // The length is only a claim: room is made as bytes come.
    let mut frame = Vec::new();
    input.take(length).read_to_end(&mut frame)?;
    if frame.len() as u64 == length { Ok(Some(frame)) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

/// Fills `buffer` as far as the input goes, and says how far that is.
fn read_up_to(input: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut n_read = 0;
    while n_read < buffer.len() {
        match input.read(&mut buffer[n_read..]) {
            Ok(0) => break,
            Ok(n) => n_read += n,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(n_read)
}

/// Writes one frame.
///
/// # Errors
/// Those of the pipe.
pub(super) fn write_frame(output: &mut impl Write, frame: &[u8]) -> io::Result<()> {
    output.write_all(&(frame.len() as u64).to_le_bytes())?;
    output.write_all(frame)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_come_back_as_they_were() {
        let mut pipe = Vec::new();
        for frame in [b"".as_slice(), b"one", &[7; 100_000]] {
            write_frame(&mut pipe, frame).unwrap();
        }
        let mut input = pipe.as_slice();
        let mut lengths = Vec::new();
        while let Some(frame) = read_frame(&mut input).unwrap() {
            lengths.push(frame.len());
        }
        assert_eq!(lengths, [0, 3, 100_000]);
    }

    #[test]
    fn garbage_is_told_from_a_closed_pipe() {
        let kind = |bytes: &[u8]| read_frame(&mut &*bytes).map_err(|error| error.kind());
        assert_eq!(kind(b""), Ok(None));
        assert_eq!(kind(b"abc"), Err(io::ErrorKind::UnexpectedEof));
        assert_eq!(kind(&[3, 0, 0, 0, 0, 0, 0, 0, b'a']), Err(io::ErrorKind::UnexpectedEof));
        assert_eq!(kind(b"{\"error\": \"no frame\"}"), Err(io::ErrorKind::InvalidData));
    }
}
