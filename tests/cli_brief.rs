//! The command `brief`: every kind of file, the same bytes each time, whole or not at all, and with nothing in it that tells
//! of the machine, of its user, or of what the reader took out.

#![expect(clippy::unwrap_used, reason = "a helper of a test that fails is a test that fails")]

use std::fs;
use std::io::Read as _;
use std::path::PathBuf;
use std::process::Command;

/// Every ending, and what else says how it is written.
const FORMATS: [(&str, &[&str]); 11] = [
    ("png", &[]),
    ("svg", &[]),
    ("pdf", &[]),
    ("pptx", &[]),
    ("html", &[]),
    ("md", &[]),
    ("csv", &[]),
    ("json", &[]),
    ("txt", &[]),
    ("bib", &[]),
    ("csl", &["--format", "csl-json"]),
];
/// Stand for the names of a user, a machine and their folders.
const USER: &str = "quuxuser";
const HOST: &str = "quuxhost";

/// A folder of a user's with the five articles in it.
struct Bench {
    folder: tempfile::TempDir,
}

struct Ran {
    status: Option<i32>,
    stdout: String,
    stderr: String,
}

impl Bench {
    fn new() -> Self {
        let folder = tempfile::Builder::new().prefix(USER).tempdir().unwrap();
        let articles = folder.path().join("articles");
        fs::create_dir(&articles).unwrap();
        for entry in fs::read_dir(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("seeds")).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "txt") {
                fs::copy(&path, articles.join(path.file_name().unwrap())).unwrap();
            }
        }
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        let mut command = Command::new(env!("CARGO_BIN_EXE_throughline"));
        command.current_dir(self.folder.path()).args(arguments).args(["--today", "2026-01-01"]);
        for (name, value) in [("HOME", self.folder.path().to_str().unwrap()), ("USER", USER), ("LOGNAME", USER)] {
            command.env(name, value);
        }
        command.env("HOSTNAME", HOST).env_remove("XDG_CONFIG_HOME").env_remove("DISPLAY");
        let output = command.output().unwrap();
        Ran {
            status: output.status.code(),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// The words of a file as the program reads them.
    fn read(&self, name: &str, bytes: &[u8]) -> Vec<u8> {
        fs::write(self.path(name), bytes).unwrap();
        let ran = self.run(&["read", "--json", name]);
        assert_eq!(ran.status, Some(0), "{name}: {}", ran.stderr);
        ran.stdout.into_bytes()
    }

    /// Runs and gives the bytes of the files it wrote, several pages one after the other.
    fn written(&self, name: &str, arguments: &[&str]) -> Vec<u8> {
        let ran = self.run(&[&["brief"], arguments, &["--out", name]].concat());
        assert_eq!(ran.status, Some(0), "{name}: {}", ran.stderr);
        let (stem, ending) = name.rsplit_once('.').unwrap();
        let pages = (1..).map(|page| self.path(&format!("{stem}-{page}.{ending}"))).take_while(|path| path.exists());
        let mut files: Vec<PathBuf> = pages.collect();
        if files.is_empty() {
            files.push(self.path(name));
        }
        let bytes = files.iter().flat_map(|path| fs::read(path).unwrap()).collect();
        files.iter().for_each(|path| fs::remove_file(path).unwrap());
        bytes
    }
}

/// The bytes as anybody could read them: what is packed inside is unpacked.
fn readable(ending: &str, bytes: &[u8]) -> Vec<u8> {
    let mut all = bytes.to_vec();
    if ending == "pptx" {
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        for idx in 0..zip.len() {
            let mut file = zip.by_index(idx).unwrap();
            all.extend(file.name().unwrap().as_bytes());
            file.read_to_end(&mut all).unwrap();
        }
    }
    if ending == "pdf" {
        // Every stream that is packed, wherever it begins.
        let starts = bytes.windows(7).enumerate().filter(|(_, window)| window == b"stream\n").map(|(at, _)| at + 7);
        for start in starts.collect::<Vec<_>>() {
            let mut unpacked = Vec::new();
            let _ = flate2::read::ZlibDecoder::new(&bytes[start..]).read_to_end(&mut unpacked);
            all.extend(unpacked);
        }
    }
    all
}

fn holds(haystack: &[u8], needle: &str) -> bool {
    let lower: Vec<u8> = haystack.to_ascii_lowercase();
    let needle = needle.to_ascii_lowercase();
    lower.windows(needle.len()).any(|window| window == needle.as_bytes())
}

#[test]
fn every_kind_of_file_is_the_same_each_time_and_tells_nothing_of_who_made_it() {
    let bench = Bench::new();
    let real_home = std::env::var("HOME").unwrap_or_default();
    let folder = bench.folder.path().to_str().unwrap().to_owned();
    let mut private = vec![folder, "/tmp/".to_owned(), "/home/".to_owned()];
    private.extend((real_home.len() > 4).then_some(real_home));
    for (ending, more) in FORMATS {
        for what in [&["articles", "--template", "shift"][..], &["articles"]] {
            // A deck as pictures is many of them, and says nothing that a page does not.
            if what.len() == 1 && matches!(ending, "png" | "svg") {
                continue;
            }
            let name = format!("out.{ending}");
            let arguments = [what, more].concat();
            let first = bench.written(&name, &arguments);
            assert_eq!(bench.written(&name, &arguments), first, "{ending}");
            let readable = readable(ending, &first);
            for words in [USER, HOST] {
                assert!(!holds(&readable, words), "{words} is in the {ending} of {what:?}");
            }
            // As they are written: "/Root" is a word of every PDF.
            for path in &private {
                let is_there = readable.windows(path.len()).any(|window| window == path.as_bytes());
                assert!(!is_there, "{path} is in the {ending} of {what:?}");
            }
        }
    }
    let left: Vec<_> = fs::read_dir(bench.folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["articles"], "nothing is left behind");
}

#[test]
fn what_was_taken_out_is_in_no_layer_of_any_file() {
    let bench = Bench::new();
    for (ending, more) in FORMATS {
        let name = format!("out.{ending}");
        let side = ["--template", "side-by-side", "--finding", "pressure on north korea"];
        let plain = bench.written(&name, &[&side, more].concat());
        let out = ["--redact", "Stoltenberg", "--redact", "pressure", "--redact", "Reuters"];
        let redacted = bench.written(&name, &[&side[..], &out, more].concat());
        let (with, without) = (readable(ending, &plain), readable(ending, &redacted));
        for words in ["Stoltenberg", "pressure", "Reuters"] {
            assert!(!holds(&without, words), "{words} is in the {ending}");
        }
        // The drawing of letters in a PDF names no letters, so its words are read as a reader of it does.
        let (with, without) = match ending {
            "pdf" => (bench.read("with.pdf", &plain), bench.read("without.pdf", &redacted)),
            _ => (with, without),
        };
        for words in ["Stoltenberg", "pressure", "Reuters"] {
            assert!(holds(&with, words) && !holds(&without, words), "{words} in the {ending}");
        }
    }
}

#[test]
fn a_stripped_file_says_nothing_of_itself() {
    let bench = Bench::new();
    for ending in ["png", "svg", "pdf", "pptx"] {
        let name = format!("out.{ending}");
        let arguments = ["--template", "sources", "--description", "Quuxwords", "--headline", "Pier"];
        let said = readable(ending, &bench.written(&name, &arguments));
        let stripped = readable(ending, &bench.written(&name, &[&arguments[..], &["--strip"]].concat()));
        let is_told = |bytes: &[u8]| match ending {
            // The description is what is read out with the slide; the rest is in parts of their own.
            "pptx" => holds(bytes, "docProps"),
            "pdf" => holds(bytes, "/Creator") || holds(bytes, "CreatorTool"),
            _ => holds(bytes, "Quuxwords"),
        };
        assert!(is_told(&said) && !is_told(&stripped), "{ending}");
    }
}

#[test]
fn a_file_is_whole_or_as_it_was() {
    let bench = Bench::new();
    fs::write(bench.path("slide.png"), "mine").unwrap();
    let ran = bench.run(&["brief", "--template", "shift", "--finding", "h0000000000000000", "--out", "slide.png"]);
    assert_eq!(ran.status, Some(1));
    assert!(ran.stderr.contains("no change is called “h0000000000000000”"), "{}", ran.stderr);
    fs::create_dir(bench.path("mine")).unwrap();
    fs::write(bench.path("mine/shift.typ"), "#let slide(briefing, page) = {\n  text(hedline)\n}\n").unwrap();
    let ran = bench.run(&["brief", "--template", "shift", "--templates", "mine", "--out", "slide.png"]);
    assert_eq!(ran.status, Some(2));
    assert!(ran.stderr.contains("shift.typ, line 2, column 8: unknown variable: hedline"), "{}", ran.stderr);
    assert_eq!(fs::read(bench.path("slide.png")).unwrap(), b"mine");
    let ran = bench.run(&["brief", "--template", "shift", "--out", "none/slide.png"]);
    assert_eq!(ran.status, Some(2));
    assert!(ran.stderr.contains("cannot write none/slide.png"), "{}", ran.stderr);
    let ran = bench.run(&["brief", "--template", "shift", "--out", "slide.png"]);
    assert_eq!(ran.status, Some(0), "{}", ran.stderr);
    assert!(fs::read(bench.path("slide.png")).unwrap().starts_with(b"\x89PNG"));
}

#[test]
fn a_template_of_ones_own_sets_its_kind_of_page() {
    let bench = Bench::new();
    fs::create_dir(bench.path("mine")).unwrap();
    let template = "#let slide(briefing, page) = std.page(width: page.width, height: page.height, briefing.headline)\n";
    fs::write(bench.path("mine/sources-bare.typ"), template).unwrap();
    let own = ["--template", "sources-bare", "--templates", "mine"];
    let bare = bench.written("out.svg", &own);
    // What is not drawn is in the description all the same.
    let built_in = bench.written("out.svg", &own[..1].iter().chain(&["sources"]).copied().collect::<Vec<_>>());
    assert!(holds(&built_in, ">Outlet<") && !holds(&bare, ">Outlet<") && holds(&bare, "Reuters"));
    // The one in the folder of settings is found without being named.
    fs::create_dir_all(bench.path(".config/throughline/templates")).unwrap();
    fs::rename(bench.path("mine/sources-bare.typ"), bench.path(".config/throughline/templates/sources-bare.typ"))
        .unwrap();
    assert_eq!(bench.written("out.svg", &own[..2]), bare);
}

#[test]
fn what_can_be_briefed_is_listed_and_found_by_each_of_its_names() {
    let bench = Bench::new();
    let ran = bench.run(&["brief", "--list"]);
    assert_eq!(ran.status, Some(0), "{}", ran.stderr);
    for words in ["Shift  (--template shift)", "nato/sanctions_pressure", "pressure on North Korea", "all articles"] {
        assert!(ran.stdout.contains(words), "{words}: {}", ran.stdout);
    }
    let id =
        ran.stdout.lines().find_map(|line| line.split_whitespace().next().filter(|id| id.starts_with('h'))).unwrap();
    let headline = |arguments: &[&str]| {
        let json = bench.written("out.json", arguments);
        let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
        json["briefings"][0]["headline"].as_str().unwrap().to_owned()
    };
    assert_eq!(headline(&["--finding", id]), headline(&["--template", "shift"]));
    let by_theme = headline(&["--theme", "sanctions_pressure"]);
    assert_eq!(headline(&["--theme", "Sanctions and pressure", "--actor", "nato"]), by_theme);
    assert_ne!(headline(&["--theme", "sanctions_pressure", "--actor", "Russia"]), by_theme);
    assert!(headline(&["--phrase", "ballistic missiles"]).starts_with("“Ballistic missiles” comes back"));
    assert_eq!(headline(&["--template", "sources", "--headline", "My own words"]), "My own words");
    // Nothing found is no failure, and says so.
    fs::write(bench.path("note.txt"), "Pier\n\nThe pier is open.\n").unwrap();
    let ran = bench.run(&["brief", "note.txt", "--template", "shift", "--out", "out.png"]);
    assert_eq!((ran.status, ran.stderr.contains("show no change to brief")), (Some(1), true), "{}", ran.stderr);
}

#[test]
fn questions_that_make_no_sense_are_refused_with_what_would() {
    let bench = Bench::new();
    for (arguments, says) in [
        (&["brief"][..], "--out"),
        (&["brief", "--template", "shift", "--out", "a.doc"], "name a file that ends in .png"),
        (&["brief", "--template", "pie", "--out", "a.png"], "a template is called shift"),
        (&["brief", "--template", "shift", "--out", "a.png", "--size", "90x90"], "sides from 320 to 8192"),
        (&["brief", "--finding", "x", "--out", "a.png"], "say with --template"),
        (&["brief", "--headline", "Mine", "--out", "a.html"], "is of one page"),
        (&["brief", "--template", "shift", "--max-words", "2", "--out", "a.png"], "a number from 5 to 1000"),
        (&["brief", "--list", "--out", "a.png"], "cannot be used with"),
    ] {
        let ran = bench.run(arguments);
        assert_eq!(ran.status, Some(2), "{arguments:?}");
        assert!(ran.stderr.contains(says), "{arguments:?}: {}", ran.stderr);
    }
}
