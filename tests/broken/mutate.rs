//! How files break: cut, bits flipped, bytes put in or out, stretches swapped, doubled or zeroed, one file in another,
//! a wrong name. Seeded, so that a failure can be made again.

use super::good::Good;

/// A small generator of random numbers (xorshift64*, Vigna 2016), the same on every machine.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// A number below `end`; 0 where `end` is 0.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() >> 16).unwrap_or(0) % end.max(1)
    }
}

/// Names that a file may wrongly have.
const NAMES: [&str; 12] = ["txt", "html", "pdf", "docx", "odt", "rtf", "eml", "mhtml", "epub", "md", "png", ""];

/// Bytes that mean something to a parser.
const TOKENS: [&[u8]; 26] = [
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xff\xff\xff\xff",
    b"\r\n\r\n",
    b"<",
    b"<![CDATA[",
    b"<!--",
    b"<script>",
    b"</",
    b"&#x10ffff;",
    b"&a;",
    b"{\\rtf1",
    b"{\\*\\",
    b"\\bin99999999 ",
    b"\\u-1?",
    b"}",
    b"%PDF-",
    b"endobj",
    b"stream\r\n",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"Content-Type: multipart/mixed; boundary=a\r\n",
    b"--a\r\n",
    b"\xe2\x80",
    b"31 February 9999",
];

/// One of `files`, broken in one to four ways; the name says where it comes from.
pub fn broken(random: &mut Random, files: &[Good], number: usize) -> (String, Vec<u8>) {
    let from = &files[random.below(files.len())];
    let mut bytes = from.bytes.clone();
    for _ in 0..=random.below(4) {
        break_once(random, &mut bytes, files);
    }
    let (stem, ending) = from.name.rsplit_once('.').unwrap_or((&from.name, ""));
    let ending = if random.below(8) == 0 { NAMES[random.below(NAMES.len())] } else { ending };
    (format!("{number:05}-{stem}.{ending}"), bytes)
}

fn break_once(random: &mut Random, bytes: &mut Vec<u8>, files: &[Good]) {
    let length = bytes.len();
    let at = random.below(length + 1);
    let most = 1 << random.below(12);
    let run = random.below(most);
    let end = (at + run).min(length);
    match random.below(12) {
        0 => bytes.truncate(at),
        1 => drop(bytes.drain(..at)),
        2 => drop(bytes.drain(at..end)),
        3..=5 => {
            let most = 1 << random.below(8);
            for _ in 0..=random.below(most) {
                let place = random.below(length);
                let bit = random.below(8);
                if let Some(byte) = bytes.get_mut(place) {
                    *byte ^= 1 << bit;
                }
            }
        }
        6 => {
            let token = TOKENS[random.below(TOKENS.len())];
            let token = token.repeat(1 + random.below(3));
            bytes.splice(at..at, token);
        }
        7 => {
            let token = TOKENS[random.below(TOKENS.len())];
            bytes.splice(at..end.min(at + token.len()), token.iter().copied());
        }
        8 => {
            // A stretch stands somewhere else.
            let moved: Vec<u8> = bytes.drain(at..end).collect();
            let to = random.below(bytes.len() + 1);
            bytes.splice(to..to, moved);
        }
        9 => {
            // Said again and again.
            let part = bytes[at..end].to_vec();
            bytes.splice(at..at, part.repeat(1 + random.below(60)));
        }
        10 => bytes[at..end].fill(if random.below(2) == 0 { 0 } else { 0xff }),
        _ => {
            // One file inside another.
            let other = &files[random.below(files.len())].bytes;
            bytes.splice(at..at, other.iter().copied());
        }
    }
}
