//! Imports point one way, the engine touches nothing outside itself, and no file outgrows a reader.
//!
//! Reads the sources as text: `crate::…` paths, `use crate::{…}` groups and `super::…` chains that leave a module.

#![expect(clippy::unwrap_used, reason = "a helper of a test that fails is a test that fails")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The modules of the crate with their layer. A module may use those of lower layers, and itself; two modules of one
/// layer do not know each other.
const LAYERS: &[(&str, u8)] = &[
    ("text", 0),
    ("document", 1),
    ("codebook", 1),
    ("ingest", 2),
    ("analysis", 2),
    ("project", 3),
    ("report", 4),
    ("export", 5),
    ("doctor", 6),
    ("cli", 7),
    ("gui", 7),
];

/// The views of the window; none knows another.
const VIEWS: &[&str] = &["reading", "phrases", "positions", "compare", "briefing", "library"];

/// Crates that draw: behind the feature `gui`, and under `src/gui/` alone.
const DRAWING_CRATES: &[&str] = &["egui", "eframe", "rfd", "winit", "png"];

/// Crates that draw and are needed without a screen too, with the folder they appear in.
const DRAWN_WITHOUT_SCREEN: &[(&str, &str)] = &[("png", "export/pictures.rs")];

/// What pure modules do not touch: files, environment, processes, clocks, the terminal.
const OUTSIDE: &[&str] = &[
    "std::fs",
    "std::env",
    "std::process",
    "std::net",
    "std::thread",
    "SystemTime",
    "Zoned::now",
    "Timestamp::now",
    "println!",
    "eprintln!",
    "print!(",
    "eprint!(",
];

/// Lines of a source file, tests included.
const MAX_LINES: usize = 600;

/// One file of the sources.
struct SourceFile {
    /// Path below `src/`, with `/`.
    name: String,
    n_lines: usize,
    /// Without comments.
    code: String,
}

impl SourceFile {
    /// Module path: `cli/args.rs` is `["cli", "args"]`, `cli/mod.rs` is `["cli"]`.
    fn module(&self) -> Vec<&str> {
        let stem = self.name.trim_end_matches(".rs");
        stem.trim_end_matches("/mod").split('/').collect()
    }

    /// Top-level modules of the crate this file names.
    fn imports(&self) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for (start, matched) in self.code.match_indices("crate::") {
            if !ends_in_word(&self.code[..start]) {
                found.extend(first_segments(&self.code[start + matched.len()..]));
            }
        }
        let depth = self.module().len();
        let root = "super::".repeat(depth);
        for (start, matched) in self.code.match_indices(&root) {
            found.extend(first_segments(&self.code[start + matched.len()..]));
        }
        found.retain(|name| layer(name).is_some());
        found
    }
}

fn ends_in_word(text: &str) -> bool {
    text.ends_with(|c: char| c.is_alphanumeric() || c == '_')
}

/// `text::{a, b}` is `text`; `{text::x, report::{y, z}}` is `text` and `report`.
fn first_segments(path: &str) -> Vec<String> {
    let identifier = |path: &str| path.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let Some(group) = path.strip_prefix('{') else { return vec![identifier(path)] };
    let (mut depth, mut segments, mut piece) = (0, Vec::new(), String::new());
    for character in group.chars() {
        match character {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => segments.push(std::mem::take(&mut piece)),
            _ if depth == 0 => piece.push(character),
            _ => {}
        }
    }
    segments.push(piece);
    segments.iter().map(|piece| identifier(piece.trim())).collect()
}

fn layer(module: &str) -> Option<u8> {
    LAYERS.iter().find(|(name, _)| *name == module).map(|&(_, layer)| layer)
}

fn sources() -> Vec<SourceFile> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    collect(&root, &mut paths);
    paths.sort();
    assert!(paths.len() > 20, "no sources under {}", root.display());
    paths
        .iter()
        .map(|path| {
            let text = fs::read_to_string(path).unwrap();
            let name = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
            SourceFile { name, n_lines: text.lines().count(), code: without_comments(&text) }
        })
        .collect()
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, paths);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            paths.push(path);
        }
    }
}

fn without_comments(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.map(|line| line.split(" // ").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// What stands before the tests at the end of a file.
fn without_tests(code: &str) -> &str {
    code.split("#[cfg(test)]").next().unwrap_or_default()
}

/// Does `word` stand in `code` as a path of its own (`egui::…`, `use egui;`), not inside another name?
fn names_crate(code: &str, word: &str) -> bool {
    code.match_indices(word).any(|(start, _)| {
        let before = &code[..start];
        let after = &code[start + word.len()..];
        let is_path = after.starts_with("::") || (before.ends_with("use ") && after.starts_with([';', ' ']));
        is_path && !ends_in_word(before) && !before.ends_with("::")
    })
}

fn complain(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}\nARCHITECTURE.md tells the directions.", faults.join("\n"));
}

#[test]
fn imports_point_one_way() {
    let mut faults = Vec::new();
    for file in sources().iter().filter(|file| !matches!(file.name.as_str(), "main.rs" | "lib.rs")) {
        let module = file.module()[0].to_owned();
        let Some(own) = layer(&module) else {
            faults.push(format!("src/{}: the module `{module}` has no place in the table of layers", file.name));
            continue;
        };
        for other in file.imports().into_iter().filter(|other| *other != module) {
            if layer(&other).is_some_and(|other| other >= own) {
                faults.push(format!("src/{}: `{module}` must not use `{other}`", file.name));
            }
        }
    }
    complain(&faults);
}

#[test]
fn every_top_level_module_has_its_layer() {
    let lib = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    let declared: BTreeSet<_> =
        lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    let known: BTreeSet<_> = LAYERS.iter().map(|&(name, _)| name).collect();
    assert_eq!(declared, known);
}

#[test]
fn drawing_crates_stay_in_the_window() {
    let mut faults = Vec::new();
    for file in sources().iter().filter(|file| !file.name.starts_with("gui/")) {
        let is_allowed = |name: &str| {
            DRAWN_WITHOUT_SCREEN.iter().any(|(other, folder)| *other == name && file.name.starts_with(folder))
        };
        for name in DRAWING_CRATES.iter().filter(|name| names_crate(&file.code, name) && !is_allowed(name)) {
            faults.push(format!("src/{}: `{name}` belongs under src/gui/", file.name));
        }
    }
    complain(&faults);
}

#[test]
fn views_do_not_know_each_other() {
    let mut faults = Vec::new();
    for file in sources().iter().filter(|file| file.name.starts_with("gui/")) {
        let module = file.module();
        let Some(view) = module.get(1).filter(|name| VIEWS.contains(name)) else { continue };
        let up = "super::".repeat(module.len() - 1);
        for other in VIEWS.iter().filter(|other| *other != view) {
            if [format!("gui::{other}::"), format!("{up}{other}::")].iter().any(|path| file.code.contains(path)) {
                faults.push(format!("src/{}: the view `{view}` must not use the view `{other}`", file.name));
            }
        }
    }
    complain(&faults);
}

#[test]
fn the_engine_touches_nothing_outside_itself() {
    let is_pure = |file: &&SourceFile| {
        let module = file.module();
        matches!(module[0], "text" | "document" | "codebook" | "analysis" | "report" | "export" | "ingest")
            // The process around the parsers is the one door of `ingest`.
            && module.get(..2) != Some(&["ingest", "worker"])
    };
    let mut faults = Vec::new();
    for file in sources().iter().filter(is_pure) {
        for name in OUTSIDE.iter().filter(|name| without_tests(&file.code).contains(*name)) {
            faults.push(format!("src/{}: `{name}` has no place in the engine", file.name));
        }
    }
    complain(&faults);
}

#[test]
fn no_file_outgrows_a_reader() {
    let faults: Vec<_> = sources()
        .iter()
        .filter(|file| file.n_lines > MAX_LINES)
        .map(|file| format!("src/{}: {} lines; split it by idea at {MAX_LINES}", file.name, file.n_lines))
        .collect();
    complain(&faults);
}

#[test]
fn the_reading_of_imports_finds_what_it_should() {
    let file = |name: &str, code: &str| SourceFile { name: name.to_owned(), n_lines: 1, code: without_comments(code) };
    let table = [
        ("cli/args.rs", "use crate::gui::Theme;", vec!["gui"]),
        ("cli/args.rs", "// use crate::gui::Theme;\nlet x = crate::report::new();", vec!["report"]),
        ("report.rs", "use crate::{text::{a, b}, export::json, gui};", vec!["export", "gui", "text"]),
        ("report.rs", "use super::export::text;", vec!["export"]),
        ("cli/args.rs", "use super::reading; use super::super::gui::x;", vec!["gui"]),
        ("cli/args.rs", "use my_crate::gui::x;", vec![]),
    ];
    for (name, code, expected) in table {
        assert_eq!(file(name, code).imports().into_iter().collect::<Vec<_>>(), expected, "{code}");
    }
    assert!(names_crate("fn draw(ui: &mut egui::Ui)", "egui"));
    assert!(names_crate("use rfd;", "rfd"));
    assert!(!names_crate("crate::export::png::write", "png"));
    assert!(!names_crate("my_egui::x", "egui"));
}
