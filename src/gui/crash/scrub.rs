//! What may stand in a report: nothing of an article, no path and no name of the reader.
//!
//! A message that was put together while the program ran may quote anything: slicing a text quotes the text, an error
//! names its file. So the rule is not what to take out but what to leave in: of such a message the numbers stay and the
//! words that programs fail in; all else becomes its length, `‹12›`. A message that stands in the sources as it is can
//! hold nothing of a reader's and stays whole. Places in sources lose the folders in front of the crate.

use super::job::Job;

/// Longest message that is looked at, in characters.
const MAX_MESSAGE: usize = 4000;

/// Before the words of an error in a message of the standard library.
const UNWRAPPED: &str = "called `Result::unwrap()` on an `Err` value: ";

/// The words that programs fail in, in small letters: what the standard library says, and the drawing crates.
const WORDS: &str = " a access add addition aligned allocate allocation already an and api argument arithmetic array \
    as assertion at attempt attempted available bad be because been before begin block borrow borrowed boundaries boundary bounds buffer \
    but by byte bytes call called can cannot capacity channel char character closed code config connect connection \
    context copy core count create creating creation cursor data deadlock destination device did disconnected display \
    divide division divisor does done down driver dropped during egl empty end ended enough entered entry eof err error \
    errorkind event exceeded exceeds exhausted exist exists expected explicit fail failed failing failure fatal field \
    file first font format found frame from full get gl glow glutin glx gpu greater handle has have height idx if image \
    implemented in index inner input inside instance internal interrupted into invalid invaliddata invalidinput io is it \
    item iterator join key kind last layer layout left len length less lifetime limit line load lock locked loop lost \
    main max maximum memory message mid min minimum mismatch missing mode more multiply must mutably mutex negate \
    negative new no none nonempty not notfound null number of offset ok on once only open operation option or order os \
    other out outofmemory output over overflow overflowed owner panic panicked parent parse parsed partial \
    permissiondenied pipe pixel pixels point pointer poisoned poison position present previous process queue range read \
    reason receive received receiver refcell reference remainder render renderer request required resource result \
    resumed return right running same scope scoped send sender sent set shader shift should shorter size slice socket \
    some source spawn split stack start state step stopped storagefull stream subtract success support supported \
    surface swap system target task than that the then there this thread time timedout timeout to tokio too truncated \
    try type unable undefined unexpected unexpectedeof unexpectedly uninitialized unknown unreachable unsupported until \
    unwind unwrap usage use used utf utf8error valid valid_up_to error_len value vec vertex vulkan wait was wayland wgpu \
    when where while width window winit with within without worker would wouldblock write writer written wrong x11 zero ";

/// A stretch of a message.
#[derive(Clone, Debug, PartialEq)]
enum Piece<'a> {
    /// May stay.
    Kept(&'a str),
    /// A number, which stays where no words beside it are cut.
    Number(&'a str),
    /// So many characters that may not.
    Cut(usize),
    /// Spaces and signs between words.
    Between(&'a str),
}

/// The message of a panic as it may be shared. `is_literal` where it stands like that in the sources.
pub fn message(message: &str, is_literal: bool) -> String {
    let end = message.char_indices().nth(MAX_MESSAGE).map_or(message.len(), |(at, _)| at);
    let message = &message[..end];
    if is_literal {
        return message.to_owned();
    }
    let (before, rest) = match message.strip_prefix(UNWRAPPED) {
        Some(rest) => (UNWRAPPED, rest),
        None => ("", message),
    };
    let mut pieces = Vec::new();
    quotes_cut(rest, &mut pieces);
    format!("{before}{}", said(&numbers_cut(&pieces)))
}

/// Cuts what is quoted: from the first sign of a kind to the last one of it, since what is quoted may hold that sign too.
fn quotes_cut<'a>(text: &'a str, pieces: &mut Vec<Piece<'a>>) {
    let closing = |sign| match sign {
        '`' | '"' | '\'' => Some(sign),
        '“' => Some('”'),
        '‘' => Some('’'),
        '«' => Some('»'),
        '„' => Some('“'),
        _ => None,
    };
    let Some((at, sign, close)) = text.char_indices().find_map(|(at, sign)| Some((at, sign, closing(sign)?))) else {
        return words_cut(text, pieces);
    };
    words_cut(&text[..at], pieces);
    let quoted = &text[at + sign.len_utf8()..];
    // One that never ends is cut to the end of the message.
    let (quoted, rest) = quoted.rfind(close).map_or((quoted, ""), |end| (&quoted[..end], &quoted[end..]));
    pieces.push(Piece::Cut(quoted.chars().count()));
    quotes_cut(rest.strip_prefix(close).unwrap_or_default(), pieces);
}

/// Cuts the words that are none of a program's.
fn words_cut<'a>(text: &'a str, pieces: &mut Vec<Piece<'a>>) {
    let is_word = |character: char| character.is_alphanumeric() || character == '_';
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|character| is_word(character) != is_word(first)).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        rest = after;
        pieces.push(if !is_word(first) {
            if run.is_ascii() { Piece::Between(run) } else { Piece::Cut(run.chars().count()) }
        } else if run.bytes().all(|byte| byte.is_ascii_digit()) {
            Piece::Number(run)
        } else if run.is_ascii() && WORDS.contains(&format!(" {} ", run.to_ascii_lowercase())) {
            Piece::Kept(run)
        } else {
            Piece::Cut(run.chars().count())
        });
    }
}

/// Cuts numbers that belong to what is cut, and those that count nothing in a program: beside words that are cut, in a
/// row, with a zero in front.
fn numbers_cut<'a>(pieces: &[Piece<'a>]) -> Vec<Piece<'a>> {
    let is_space = |piece: &Piece<'_>| matches!(piece, Piece::Between(signs) if signs.trim().is_empty());
    let is_between = |piece: &Piece<'_>| matches!(piece, Piece::Between(_));
    let clings = |beside: &mut dyn Iterator<Item = &Piece<'a>>| {
        let first = beside.next();
        let is_apart = first.is_some_and(|piece| is_between(piece) && !is_space(piece));
        let solid = if first.is_some_and(is_between) { beside.next() } else { first };
        match solid {
            Some(Piece::Cut(_)) => true,
            Some(Piece::Number(_)) => !is_apart,
            _ => false,
        }
    };
    let cut = |(idx, piece): (usize, &Piece<'a>)| match piece {
        Piece::Number(digits)
            if (digits.len() > 1 && digits.starts_with('0'))
                || clings(&mut pieces[..idx].iter().rev())
                || clings(&mut pieces[idx + 1..].iter()) =>
        {
            Piece::Cut(digits.len())
        }
        piece => piece.clone(),
    };
    pieces.iter().enumerate().map(cut).collect()
}

/// Cuts that stand together are told as one.
fn said(pieces: &[Piece<'_>]) -> String {
    let mut said = String::new();
    let mut n_cut = 0;
    let mut between = "";
    for piece in pieces {
        match piece {
            Piece::Cut(n_more) => {
                if n_cut == 0 {
                    said.push_str(between);
                } else {
                    n_cut += between.chars().count();
                }
                (n_cut, between) = (n_cut + n_more, "");
                continue;
            }
            Piece::Between(signs) => {
                between = signs;
                continue;
            }
            Piece::Kept(words) | Piece::Number(words) => {
                if n_cut > 0 {
                    said.push_str(&format!("‹{n_cut}›"));
                }
                said.push_str(between);
                said.push_str(words);
            }
        }
        (n_cut, between) = (0, "");
    }
    if n_cut > 0 {
        said.push_str(&format!("‹{n_cut}›"));
    }
    said.push_str(between);
    said
}

/// A place in sources without the folders of whoever built the program: `egui-0.37.0/src/ui.rs`, `src/gui/desk.rs`.
pub fn place(file: &str) -> String {
    let file = file.replace('\\', "/");
    let is_absolute = file.starts_with('/') || file.as_bytes().get(1) == Some(&b':');
    if !is_absolute {
        return file;
    }
    // Behind these stands one folder more that says where the crate or the compiler was fetched.
    for before in ["/registry/src/", "/git/checkouts/", "/rustc/"] {
        if let Some((_, rest)) = file.split_once(before) {
            return rest.split_once('/').map_or_else(String::new, |(_, place)| place.to_owned());
        }
    }
    // The crate, and the place in it.
    let Some(sources) = file.rfind("/src/") else { return file.rsplit('/').next().unwrap_or_default().to_owned() };
    let name = file[..sources].rfind('/').map_or(0, |slash| slash + 1);
    file[name..].to_owned()
}

/// The name of a thread: one that this program gives, else as little of it as of a message.
pub fn thread(name: Option<&str>) -> String {
    let is_own = |name: &&str| *name == "main" || Job::ALL.iter().any(|job| job.name() == *name);
    match name {
        Some(own) if is_own(&own) => own.to_owned(),
        Some(other) => message(other, false),
        None => "without a name".to_owned(),
    }
}

/// Puts stand-ins in the place of what names the reader or the machine, wherever it stands.
pub fn private(text: &str, private: &[(String, &'static str)]) -> String {
    let mut text = text.to_owned();
    for (words, stand_in) in private {
        // Shorter ones are parts of words.
        if words.chars().count() >= 3 {
            text = text.replace(words.as_str(), stand_in);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the standard library says of this fault.
    fn said_of(fault: impl FnOnce() + std::panic::UnwindSafe) -> String {
        let payload = std::panic::catch_unwind(fault).unwrap_err();
        payload.downcast_ref::<String>().unwrap().clone()
    }

    #[test]
    fn what_a_program_says_of_itself_stays() {
        let numbers = std::hint::black_box(vec![1, 2, 3]);
        let idx = std::hint::black_box(5);
        let table = [
            ("index out of bounds: the len is 3 but the index is 5", said_of(move || assert!(numbers[idx] > 0))),
            (
                "called `Result::unwrap()` on an `Err` value: Utf8Error { valid_up_to: 0, error_len: Some(1) }",
                said_of(|| assert!(!std::str::from_utf8(std::hint::black_box(&[0xff])).unwrap().is_empty())),
            ),
        ];
        for (expected, said) in table {
            assert_eq!(message(&said, false), expected);
        }
    }

    #[test]
    fn what_is_quoted_becomes_its_length() {
        let text = std::hint::black_box("Lund said: `we dön't` pay \"Varga\"".to_owned());
        let cut = said_of(move || drop(text[..17].to_owned()));
        assert!(cut.contains("Varga"), "{cut}");
        let cut = message(&cut, false);
        assert!(cut.contains("byte index 17"), "{cut}");
        for word in ["Lund", "said", "dön", "pay", "Varga", "'t"] {
            assert!(!cut.contains(word), "{word}: {cut}");
        }
        let table = [
            ("no file `/home/ana/pier.txt` here", "no file ‹23›"),
            ("cannot read /home/ana/Pier 7.txt: 2", "cannot read /‹22›"),
            ("left: \"quay\", right: \"it's \"a\" pier\"", "left: ‹28›"),
            ("left: “quay” right: 3", "left: ‹4› right: 3"),
            ("an “endless one", "an ‹11›"),
            ("Harbor council widens the pier on 4 March 2019", "‹21› the ‹4› on ‹12›"),
            ("the index is 5", "the index is 5"),
            ("call 0171 2345678 at 12", "call ‹12› at 12"),
            ("range 4..12, len 7: 3", "range 4..12, len 7: 3"),
            ("", ""),
        ];
        for (said, expected) in table {
            assert_eq!(message(said, false), expected);
        }
        assert_eq!(message("the harbor's pier", true), "the harbor's pier");
    }

    #[test]
    fn places_begin_at_the_crate() {
        let table = [
            ("src/gui/desk.rs", "src/gui/desk.rs"),
            ("/home/ana/.cargo/registry/src/somewhere.example-1949/egui-0.37.0/src/ui.rs", "egui-0.37.0/src/ui.rs"),
            ("C:\\Users\\ana\\.cargo\\registry\\src\\x-1\\egui-0.37.0\\src\\ui.rs", "egui-0.37.0/src/ui.rs"),
            ("/rustc/0123abc/library/core/src/str/mod.rs", "library/core/src/str/mod.rs"),
            ("/home/ana/vendor/winit/src/x11/mod.rs", "winit/src/x11/mod.rs"),
            ("/home/ana/secret.rs", "secret.rs"),
        ];
        for (file, expected) in table {
            assert_eq!(place(file), expected);
        }
        let threads = [Some("main"), Some("analysis"), Some("analysis of Lund"), None].map(thread);
        assert_eq!(threads, ["main", "analysis", "‹8› of ‹4›", "without a name"]);
        assert_eq!(private("x86_64 of ana-lund on quay", &[("ana-lund".into(), "‹user›")]), "x86_64 of ‹user› on quay");
    }
}
