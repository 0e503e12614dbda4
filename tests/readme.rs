//! What the pages for people say is so: every command line is one the program takes, every link leads somewhere, every
//! file and picture is there, every key does what its line says.
//!
//! Read are the pages beside the README and those under `assets` and `tests`.

#![expect(clippy::unwrap_used, reason = "a helper of a test that fails is a test that fails")]

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use throughline::cli;

/// The largest picture, in bytes: a page with ten of them still opens at once.
const MAX_PICTURE: u64 = 250_000;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A page with its place, relative to the repository.
struct Page {
    place: PathBuf,
    text: String,
}

impl Page {
    fn read(place: impl Into<PathBuf>) -> Self {
        let place = place.into();
        let text = fs::read_to_string(root().join(&place)).unwrap();
        Self { place, text }
    }

    fn folder(&self) -> &Path {
        self.place.parent().unwrap()
    }

    /// The lines of its blocks of shell commands.
    fn shell(&self) -> impl Iterator<Item = &str> {
        let mut is_shell = false;
        self.text.lines().filter(move |line| {
            let fence = line.trim_start().strip_prefix("```");
            is_shell = fence.map_or(is_shell, |language| language == "sh");
            is_shell && fence.is_none()
        })
    }

    /// Its words without blocks of code.
    fn prose(&self) -> String {
        let parts = self.text.split("```").step_by(2);
        parts.collect()
    }

    /// Where its links and pictures lead.
    fn links(&self) -> Vec<String> {
        let prose = self.prose();
        // A link within a code span is none.
        let words: String = prose.split('`').step_by(2).collect();
        let after = words.split("](").skip(1).filter_map(|rest| rest.split_once(')'));
        after.map(|(target, _)| target.to_owned()).collect()
    }

    /// Its headings as a browser addresses them: small letters, hyphens, no punctuation.
    fn anchors(&self) -> Vec<String> {
        let prose = self.prose();
        let headings =
            prose.lines().filter(|line| line.starts_with('#')).map(|line| line.trim_start_matches('#').trim());
        let address = |heading: &str| {
            let kept = heading.chars().filter(|chr| chr.is_alphanumeric() || matches!(chr, ' ' | '-' | '_'));
            kept.flat_map(char::to_lowercase).collect::<String>().replace(' ', "-")
        };
        headings.map(address).collect()
    }
}

/// Every page, in order of place.
fn pages() -> Vec<Page> {
    fn walk(folder: &Path, is_deep: bool, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(root().join(folder)).unwrap() {
            let name = entry.unwrap().file_name();
            let place = folder.join(name);
            let is_folder = root().join(&place).is_dir();
            if is_folder && is_deep && place.file_name().is_some_and(|name| name != "target") {
                walk(&place, is_deep, found);
            } else if place.extension().is_some_and(|ending| ending == "md") {
                found.push(place);
            }
        }
    }
    let mut found = Vec::new();
    walk(Path::new(""), false, &mut found);
    walk(Path::new("assets"), true, &mut found);
    walk(Path::new("tests"), true, &mut found);
    found.sort();
    found.into_iter().map(Page::read).collect()
}

/// A command line as words, the way a shell takes them, up to a comment or what it prints into.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for chr in line.chars() {
        match (quote, chr) {
            (Some(mark), _) if chr == mark => quote = None,
            (None, '"' | '\'') => {
                quote = Some(chr);
                word.get_or_insert_default();
            }
            (None, ' ') => words.extend(word.take()),
            (None, '#' | '>' | '|') if word.is_none() => break,
            _ => word.get_or_insert_default().push(chr),
        }
    }
    words.extend(word);
    words
}

/// Is this written as a path or a glob, and no word that a command could be called by?
fn is_path(word: &str) -> bool {
    word.contains(['/', '.', '*'])
}

#[test]
fn every_command_line_is_one_the_program_takes() {
    let mut n_lines = 0;
    for page in pages() {
        for line in page.shell().filter(|line| line.starts_with("throughline ")) {
            let words = words(line);
            let parsed = cli::parse(words.iter().map(OsString::from));
            assert!(parsed.is_ok(), "{}: {line}: {parsed:?}", page.place.display());
            // Where the program knows no such command, it would open a file of that name.
            let is_opened = matches!(parsed, Ok(cli::Request::Window { .. })) && words[1] != "open";
            let is_known = !is_opened || words[1].starts_with('-') || is_path(&words[1]);
            assert!(is_known, "{}: {line}: {:?} is no command", page.place.display(), words[1]);
            n_lines += 1;
        }
    }
    assert!(n_lines > 25, "only {n_lines} command lines were found");
}

#[test]
fn every_link_leads_somewhere() {
    let mut n_links = 0;
    for page in pages() {
        for link in page.links().into_iter().filter(|link| !link.contains("://")) {
            let (file, anchor) = link.split_once('#').unwrap_or((&link, ""));
            let place = if file.is_empty() { page.place.clone() } else { page.folder().join(file) };
            assert!(root().join(&place).exists(), "{}: no {link}", page.place.display());
            if !anchor.is_empty() {
                let anchors = Page::read(place).anchors();
                assert!(anchors.iter().any(|known| known == anchor), "{}: {link}: {anchors:?}", page.place.display());
            }
            n_links += 1;
        }
    }
    assert!(n_links > 40, "only {n_links} links were found");
}

#[test]
fn every_file_that_is_named_is_there() {
    const TOPS: [&str; 4] = ["src/", "tests/", "assets/", ".ci/"];
    let mut n_files = 0;
    for page in pages().into_iter().filter(|page| page.folder() == Path::new("")) {
        // A log tells of files as they were.
        if page.place == Path::new("CHANGELOG.md") {
            continue;
        }
        for code in page.prose().split('`').skip(1).step_by(2) {
            let is_file = TOPS.iter().any(|top| code.starts_with(top)) && !code.contains([' ', '…', '*']);
            if is_file {
                assert!(root().join(code).exists(), "{}: no {code}", page.place.display());
                n_files += 1;
            }
        }
    }
    assert!(n_files > 80, "only {n_files} files were found");
}

#[test]
fn every_picture_is_shown_and_small() {
    let shown: Vec<PathBuf> =
        pages().iter().flat_map(|page| page.links().into_iter().map(|link| page.folder().join(link))).collect();
    let mut n_pictures = 0;
    for entry in fs::read_dir(root().join("assets/pictures")).unwrap() {
        let entry = entry.unwrap();
        let place = Path::new("assets/pictures").join(entry.file_name());
        assert!(shown.contains(&place), "no page shows {}", place.display());
        let n_bytes = entry.metadata().unwrap().len();
        assert!(n_bytes <= MAX_PICTURE, "{} has {n_bytes} bytes", place.display());
        n_pictures += 1;
    }
    assert!(n_pictures > 5, "only {n_pictures} pictures were found");
}

#[cfg(feature = "gui")]
mod keys {
    use throughline::gui::action::{self, Action};

    use super::Page;

    /// What a key does, by its name; more than one where it stands for several.
    fn labels(key: &str) -> Vec<&'static str> {
        let bound = action::bindings().iter().filter(|binding| binding.words() == key);
        let pasted = (key == Action::Paste.keys()).then(|| Action::Paste.label());
        bound.map(|binding| binding.action.label()).chain(pasted).collect()
    }

    /// "Ctrl 1 to Ctrl 3" as its keys.
    fn spelled_out(keys: &str) -> Vec<String> {
        let Some((first, last)) = keys.split_once(" to ") else { return vec![keys.to_owned()] };
        let (stem, from) = first.split_at(first.len() - 1);
        let to = last.strip_prefix(stem).unwrap();
        let digit = |word: &str| word.parse::<u32>().unwrap();
        (digit(from)..=digit(to)).map(|number| format!("{stem}{number}")).collect()
    }

    #[test]
    fn every_key_of_the_table_does_what_its_line_says() {
        let readme = Page::read("README.md");
        let section = readme.text.split("\n## Keys\n").nth(1).unwrap().split("\n## ").next().unwrap();
        let rows: Vec<(&str, &str)> = (section.lines().skip_while(|line| !line.starts_with("|---")).skip(1))
            .map_while(|line| line.strip_prefix("| ")?.strip_suffix(" |")?.split_once(" | "))
            .collect();
        assert!(rows.len() >= 12, "{rows:?}");
        for (keys, says) in rows {
            let says = says.to_lowercase();
            for key in keys.split(", ").flat_map(spelled_out) {
                let labels = labels(&key);
                let is_told = labels.iter().any(|label| {
                    let label = label.to_lowercase();
                    label.split([' ', ',']).any(|word| word.len() > 3 && says.contains(word))
                });
                assert!(is_told, "{key}: {says:?} tells nothing of {labels:?}");
            }
        }
    }

    #[test]
    fn every_key_the_guide_speaks_of_is_a_key() {
        // These are read where they count, not from the table of keys.
        const ELSEWHERE: [&str; 3] = ["E", "Shift →", "Shift ←"];
        let guide = Page::read("GUIDE.md").prose();
        let mut n_keys = 0;
        for code in guide.split('`').skip(1).step_by(2) {
            let is_letter = code.chars().count() == 1 && code.chars().all(char::is_uppercase);
            if is_letter || code.starts_with("Ctrl ") || code.starts_with("Shift ") {
                assert!(ELSEWHERE.contains(&code) || !labels(code).is_empty(), "{code} is no key");
                n_keys += 1;
            }
        }
        assert!(n_keys > 30, "only {n_keys} keys were found");
    }
}

#[test]
fn shell_words_are_told_apart() {
    let line = "throughline brief a/ --headline \"One, two\" --out 'b c'.png   # a slide";
    assert_eq!(words(line), ["throughline", "brief", "a/", "--headline", "One, two", "--out", "b c.png"]);
    assert_eq!(words("throughline analyze *.txt --json > found"), ["throughline", "analyze", "*.txt", "--json"]);
}
