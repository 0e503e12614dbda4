//! Promise: what is handed to another program says what the window says, with its sources, to the character, and nothing
//! of the machine; a file is written whole or not at all.
//!
//! A project for qualitative data analysis is checked against the standard's own schema, `tests/exports/Project.xsd`, which
//! is read here as far as it goes: order and number of elements, attributes, patterns of ids. What a schema cannot say
//! (every reference is answered, a position holds its words) is checked beside it.

#![expect(clippy::unwrap_used, reason = "a helper of a test that fails is a test that fails")]

#[path = "exports/schema.rs"]
mod schema;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Cursor, Read as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

use jiff::civil::{Date, date};
use schema::{Node, Schema};
use serde_json::Value;
use throughline::analysis::{Analysis, Options, Progress, analyze};
use throughline::codebook::Codebook;
use throughline::document::{Corpus, Document, DocumentId, Outlet, OutletBasis, Published, Source};
use throughline::export::{What, json, qdpx, table};
use throughline::project::reviews::StatementNote;
use throughline::project::{Command as Decision, Project, Review, Verdict, statements};
use throughline::report::Report;

const MADE: Date = Date::constant(2026, 1, 2);

/// Articles with characters of two, three and four bytes, both kinds of line ends, a statement in two pieces, one that is
/// told twice, words that would be a formula, and two files of one name.
const ARTICLES: [(i16, &str, &str); 3] = [
    (
        2019,
        "/home/ana/press/talks.txt",
        "평양 \u{1F680} news — التحالف\r\n\r\n“We are deeply concerned about the missile tests of North Korea,” NATO \
         Secretary General Jens Stoltenberg said.\r\n\r\n“We must keep the pressure on North Korea,” Stoltenberg said, \
         “until the sanctions work.”\r\n",
    ),
    (
        2021,
        r"C:\Users\ana\talks.txt",
        "\u{1F64F} “We are deeply concerned about the new missile launches of the DPRK,” Stoltenberg said.\n\n\
         Stoltenberg said that “=SUM(sanctions) may be needed”.\rHe urged North Korea to return to dialogue.\n",
    ),
    (
        2023,
        "in/mails.mbox",
        "The Alliance said it condemns the nuclear tests of North Korea.\u{c}\n“Fish & <chips>.”\n",
    ),
];

fn project() -> Project {
    Project::new(ARTICLES.iter().zip(1..).map(|((year, path, text), id)| {
        let part = path.ends_with("mbox").then_some(2);
        Arc::new(Document {
            source: Source::File { path: (*path).to_owned(), part },
            title: Some(format!("-Title & “{id}”")),
            outlet: (id == 1).then(|| Outlet {
                name: "The Pilot; Oslo".to_owned(),
                basis: OutletBasis::Entered,
                range: None,
            }),
            published: if id == 3 { Published::unknown() } else { Published::entered(date(*year, 3, 1), Vec::new()) },
            ..Document::of_lines(DocumentId(id), text)
        })
    }))
}

/// The analysis as the decisions leave it.
fn analysis(project: &Project, codebook: &Codebook) -> Analysis {
    analyze(&project.corpus(), codebook, &project.options(), &Progress::default()).unwrap()
}

/// Decisions of every kind an export tells of: notes beside a statement and a shift, a statement accepted, two joined, a
/// dismissed shift and one with another label.
fn decided(codebook: &Codebook) -> Project {
    let mut project = project();
    let found = analysis(&project, codebook);
    assert!(found.statements.len() >= 4 && found.shifts.len() >= 2, "{found:?}");
    let note = "Ask the desk: \u{0}really?\r\n=1+1 <b>&amp;";
    let noted = &found.statements[0];
    let note = StatementNote { note: note.to_owned(), of: noted.into() };
    project.apply(Decision::NoteStatement { statement: noted.id, note: Some(note) });
    project.apply(statements::accept(project.decisions(), noted));
    let of_first: Vec<_> = found.statements.iter().filter(|it| it.document == DocumentId(1)).collect();
    let [.., left, right] = of_first.as_slice() else { panic!("{of_first:?}") };
    let document = project.corpus().get(DocumentId(1)).unwrap().clone();
    project.apply(statements::join(project.decisions(), [left, right], &document, codebook).unwrap());
    for (shift, verdict) in found.shifts.iter().zip([Verdict::Edited, Verdict::Dismissed]) {
        let label = throughline::analysis::shifts::ShiftLabel::Held;
        let review =
            Review { verdict: Some(verdict), label, note: "@me".to_owned(), ..Review::of(shift, &found.statements) };
        project.apply(Decision::SetReview { shift: shift.id, review: Some(review) });
    }
    project
}

/// What `write` makes of the decided project.
fn exported(write: impl Fn(&Report<'_>) -> Vec<u8>) -> Vec<u8> {
    let codebook = Codebook::built_in();
    let project = decided(&codebook);
    let (corpus, analysis) = (project.corpus(), analysis(&project, &codebook));
    write(&Report::new(&corpus, &analysis, &codebook, project.decisions()))
}

/// Rows of a table by the names of their columns.
fn rows(csv: &[u8]) -> Vec<BTreeMap<String, String>> {
    let text = std::str::from_utf8(csv).unwrap().strip_prefix('\u{feff}').unwrap();
    let (mut lines, mut line, mut cell, mut is_quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut chars = text.chars().peekable();
    while let Some(character) = chars.next() {
        match character {
            '"' if is_quoted && chars.peek() == Some(&'"') => cell.extend(chars.next()),
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => line.push(std::mem::take(&mut cell)),
            '\r' if !is_quoted => {
                assert_eq!(chars.next(), Some('\n'));
                line.push(std::mem::take(&mut cell));
                lines.push(std::mem::take(&mut line));
            }
            _ => cell.push(character),
        }
    }
    let header = lines.remove(0);
    lines
        .into_iter()
        .map(|line| {
            assert_eq!(line.len(), header.len(), "{line:?}");
            header.iter().cloned().zip(line).collect()
        })
        .collect()
}

fn says_nothing_of_the_machine(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for secret in ["/home", "ana/", "Users\\", "ana\\", "in/mails"] {
        assert!(!text.contains(secret), "{secret}");
    }
}

#[test]
fn the_table_of_statements_has_their_words_and_places() {
    let bytes = exported(|report| {
        let mut out = Vec::new();
        table::write_statements(&mut out, report).unwrap();
        out
    });
    says_nothing_of_the_machine(&bytes);
    let rows = rows(&bytes);
    let by_name = BTreeMap::from([("talks.txt", 0), ("talks.txt (2)", 1), ("mails.mbox#2", 2)]);
    let mut seen = BTreeSet::new();
    for row in &rows {
        let text = ARTICLES[by_name[row["document"].as_str()]].2;
        seen.insert(row["document"].clone());
        let pieces: Vec<String> = (row["spans"].split(' '))
            .map(|span| {
                let (start, end) = span.split_once(':').unwrap();
                let (start, end): (usize, usize) = (start.parse().unwrap(), end.parse().unwrap());
                text.chars().skip(start).take(end - start).collect()
            })
            .collect();
        let words = row["words"].as_str();
        let is_guarded = row["guarded"].split(' ').any(|name| name == "words");
        let words = if is_guarded { words.strip_prefix('\'').unwrap() } else { words };
        assert_eq!(words, pieces.join(" … "));
        assert!(row["guarded"].contains("title") && row["title"].starts_with("'-Title"), "{row:?}");
        assert!(row["program"].starts_with("Throughline ") && row["codebook_hash"].len() == 12);
        // A number may be negative; nothing that stands in an article begins a formula.
        let is_safe = |(name, cell): (&String, &String)| name == "goldstein" || !cell.starts_with(['=', '+', '-', '@']);
        assert!(row.iter().all(is_safe), "{row:?}");
        let basis = if row["document"] == "mails.mbox#2" { "unknown" } else { "entered" };
        assert_eq!(row["published_basis"], basis);
    }
    assert_eq!(seen.len(), 3, "{seen:?}");
    assert!(rows.iter().any(|row| row["spans"].contains(' ')), "one statement is in two pieces");
    let accepted: Vec<_> = rows.iter().filter(|row| row["review"] == "accepted").collect();
    assert_eq!(accepted.len(), 1);
    assert_eq!(
        (accepted[0]["origin"].as_str(), accepted[0]["note"].as_str()),
        ("reader", "Ask the desk: \u{0}really?\r\n=1+1 <b>&amp;")
    );
    assert!(rows.iter().any(|row| row["review"] == "automatic" && row["origin"] == "automatic"));
    let id = |row: &BTreeMap<String, String>| row["id"].clone();
    assert!(
        rows.iter().filter(|row| !row["same_as"].is_empty()).all(|row| rows.iter().any(|it| id(it) == row["same_as"]))
    );
}

#[test]
fn the_table_of_shifts_has_both_sides_and_what_changed() {
    let bytes = exported(|report| {
        let mut out = Vec::new();
        table::write_shifts(&mut out, report).unwrap();
        out
    });
    says_nothing_of_the_machine(&bytes);
    let rows = rows(&bytes);
    let reviews: BTreeSet<&str> = rows.iter().map(|row| row["review"].as_str()).collect();
    assert!(reviews.is_superset(&["edited", "dismissed"].into()), "{reviews:?}");
    assert!(
        rows.iter().filter(|row| row["review"] == "edited").all(|row| row["label"] == "held" && row["note"] == "'@me")
    );
    let pairs: Vec<_> = rows.iter().filter(|row| !row["old_id"].is_empty() && !row["diff"].is_empty()).collect();
    assert!(!pairs.is_empty(), "{rows:?}");
    for row in pairs {
        // What the diff keeps and takes away is the older wording, in its order.
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let newer = row["diff"].replace("[-", "\u{1}").replace("-]", "\u{2}").replace("{+", "").replace("+}", "");
        let newer: String = newer.split('\u{1}').map(|part| part.rsplit('\u{2}').next().unwrap()).collect();
        let kept = words(&newer);
        let new_words = words(row["new_words"].trim_matches(['“', '”', '.', ',']));
        assert!(
            kept.iter().all(|word| new_words.iter().any(|it| it.contains(word.as_str()) || word.contains(it.as_str()))),
            "{row:?}"
        );
        assert!(!row["old_words"].is_empty() && !row["new_words"].is_empty());
    }
}

#[test]
fn the_codebook_as_a_table_counts_what_was_coded() {
    let write = |report: &Report<'_>| {
        let mut out = Vec::new();
        table::write_codebook(&mut out, report).unwrap();
        out
    };
    let rows = rows(&exported(write));
    let codebook = Codebook::built_in();
    let of = |kind: &str| rows.iter().filter(|row| row["kind"] == kind).count();
    assert_eq!(
        (of("actor"), of("theme"), of("act")),
        (codebook.actors.len(), codebook.themes.len(), codebook.acts.len())
    );
    let nato = rows.iter().find(|row| row["kind"] == "actor" && row["id"] == "NATO").unwrap();
    assert!(nato["statements"].parse::<usize>().unwrap() >= 4, "{nato:?}");
    let welcome = codebook.acts.iter().find(|act| act.cameo.is_some()).unwrap();
    assert!(
        rows.iter().any(|row| row["kind"] == "act"
            && row["id"] == welcome.id
            && Some(&row["cameo"]) == welcome.cameo.as_ref())
    );
    assert!(rows.iter().all(|row| row["kind"] != "direction" || !row["parent"].is_empty()));
}

#[test]
fn the_json_has_the_values_of_analyze_in_lists() {
    let write = |what| {
        move |report: &Report<'_>| {
            let mut out = Vec::new();
            json::write_file(&mut out, report, what, MADE).unwrap();
            out
        }
    };
    let bytes = exported(write(What::All));
    says_nothing_of_the_machine(&bytes);
    let value: Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!((&value["schema"], &value["made"]), (&"throughline/1".into(), &"2026-01-02".into()));
    for list in ["documents", "statements", "shifts", "themes"] {
        assert!(!value[list].as_array().unwrap().is_empty(), "{list}");
    }
    assert!(value["codebook"]["themes"].is_array() && value["codebook"]["hash"].is_string());
    // A statement is the line that `analyze --json` prints, with more beside it.
    let lines = exported(|report| {
        let mut out = Vec::new();
        json::write_findings(&mut out, report).unwrap();
        out
    });
    let lines: Vec<Value> =
        String::from_utf8(lines).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for (record, list) in [("statement", "statements"), ("shift", "shifts"), ("theme", "themes")] {
        let lines: Vec<&Value> = lines.iter().filter(|line| line["record"] == record).collect();
        let values = value[list].as_array().unwrap();
        assert_eq!(lines.len(), values.len());
        for (line, value) in lines.iter().zip(values) {
            let names_article = ["document", "observed", "not_observed"];
            for (key, expected) in line.as_object().unwrap() {
                assert!(names_article.contains(&key.as_str()) || &value[key] == expected, "{list}: {key}");
            }
        }
    }
    let shifts: Value = serde_json::from_slice(&exported(write(What::Shifts))).unwrap();
    assert!(shifts["statements"].is_null() && shifts["codebook"]["themes"].is_null() && shifts["shifts"].is_array());
}

/// The parts of a project file.
fn unpacked(bytes: &[u8]) -> (String, BTreeMap<String, String>) {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut files = BTreeMap::new();
    for idx in 0..zip.len() {
        let mut file = zip.by_index(idx).unwrap();
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        files.insert(file.name().unwrap().into_owned(), text);
    }
    (files.remove("project.qde").unwrap(), files)
}

/// Everything a project promises, whatever is in it. Returns its root and its files.
fn checked(bytes: &[u8]) -> (Node, BTreeMap<String, String>) {
    let (xml, files) = unpacked(bytes);
    let root = Node::parse(&xml);
    let schema = Schema::parse(
        &fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/exports/Project.xsd")).unwrap(),
    );
    let faults = schema.faults(&root);
    assert!(faults.is_empty(), "{faults:#?}");
    let mut ids = BTreeSet::new();
    root.each(&mut |node| {
        if let Some(id) = node.attribute("guid") {
            assert!(ids.insert(id.to_owned()), "{id} twice");
        }
    });
    root.each(&mut |node| {
        for name in ["targetGUID", "originGUID", "creatingUser", "creatingUserGUID"] {
            assert!(node.attribute(name).is_none_or(|id| ids.contains(id)), "{} to nothing", node.name);
        }
    });
    let mut names = BTreeSet::new();
    root.all("Code").iter().for_each(|code| {
        assert!(names.insert(code.attribute("name").unwrap().to_lowercase()), "{code:?}");
    });
    for source in root.all("TextSource") {
        let path = source.attribute("plainTextPath").unwrap().strip_prefix("internal://").unwrap();
        let text = &files[&format!("Sources/{path}")];
        assert!(!text.contains('\r'));
        for selection in source.all("PlainTextSelection") {
            let at = |name| selection.attribute(name).unwrap().parse::<usize>().unwrap();
            let words: String =
                text.chars().skip(at("startPosition")).take(at("endPosition") - at("startPosition")).collect();
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
            let name = selection.attribute("name").unwrap();
            assert!(words.starts_with(name.trim_end_matches('…')) && !name.is_empty(), "{name} is not {words}");
            assert!(!selection.all("Coding").is_empty());
        }
    }
    (root, files)
}

#[test]
fn a_project_keeps_to_its_schema_and_its_positions_hold_their_words() {
    let bytes = exported(|report| qdpx::project(report, MADE).unwrap());
    says_nothing_of_the_machine(&bytes);
    let (root, files) = checked(&bytes);
    says_nothing_of_the_machine(unpacked(&bytes).0.as_bytes());
    assert_eq!(files.len(), 3);
    let codes = root.all("Code");
    let code = |name: &str| codes.iter().find(|code| code.attribute("name") == Some(name)).unwrap().attribute("guid");
    let coded = |name: &str| root.all("CodeRef").iter().filter(|it| it.attribute("targetGUID") == code(name)).count();
    for name in ["NATO", "direct", "automatic", "accepted", "hedged", "conditional", "held"] {
        assert!(coded(name) > 0, "{name}");
    }
    let texts: Vec<String> = root.all("PlainTextContent").iter().map(|node| node.text.clone()).collect();
    assert!(texts.contains(&"Ask the desk: \u{fffd}really?\n=1+1 <b>&amp;".to_owned()), "{texts:?}");
    assert!(texts.iter().any(|text| text.starts_with("held (found as ") && text.contains("Review: edited")));
    let links: Vec<&str> = root.all("Link").iter().map(|link| link.attribute("name").unwrap()).collect();
    assert!(links.contains(&"continued in") && links.iter().any(|name| name.starts_with("held: NATO, ")), "{links:?}");
    let descriptions: Vec<String> = root.all("Description").iter().map(|node| node.text.clone()).collect();
    assert!(descriptions.iter().any(|text| text.contains("The Pilot; Oslo (entered). Published 2019-03-01 (entered)")));
}

#[test]
fn the_same_findings_and_day_give_the_same_bytes() {
    let project = |made| exported(move |report| qdpx::project(report, made).unwrap());
    assert_eq!(project(MADE), project(MADE));
    assert_ne!(project(MADE), project(date(2026, 1, 3)));
    // A later export has the ids of the earlier one.
    let ids = |bytes: &[u8]| {
        unpacked(bytes)
            .0
            .lines()
            .filter_map(|line| line.split("guid=\"").nth(1)?.get(..36).map(str::to_owned))
            .collect::<Vec<_>>()
    };
    assert_eq!(ids(&project(MADE)), ids(&project(date(2026, 1, 3))));
}

#[test]
fn a_project_without_findings_is_one_all_the_same() {
    let codebook = Codebook::default();
    for documents in [vec![], vec![Arc::new(Document::of_lines(DocumentId(1), "Nobody speaks."))]] {
        let corpus = Corpus::new(documents);
        let analysis = analyze(&corpus, &codebook, &Options::default(), &Progress::default()).unwrap();
        let project = Project::default();
        checked(&qdpx::project(&Report::new(&corpus, &analysis, &codebook, project.decisions()), MADE).unwrap());
    }
}

fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, Vec<u8>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_throughline"));
    command.args(arguments).current_dir(folder).env("SOURCE_DATE_EPOCH", "1767225600").stdin(Stdio::null());
    let output = command.output().unwrap();
    (output.status.code(), output.stdout, String::from_utf8(output.stderr).unwrap())
}

#[test]
fn the_built_in_articles_are_exported_in_every_form() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| fs::read(folder.path().join(name)).unwrap();
    for arguments in [
        &["export", "--out", "statements.csv"][..],
        &["export", "--what", "shifts", "--out", "shifts.csv"],
        &["export", "--what", "codebook", "--out", "codebook.csv"],
        &["export", "--out", "all.json"],
        &["export", "--out", "all.qdpx"],
    ] {
        assert_eq!(run(folder.path(), arguments), (Some(0), Vec::new(), String::new()), "{arguments:?}");
    }
    let n_statements = rows(&file("statements.csv")).len();
    let json: Value = serde_json::from_slice(&file("all.json")).unwrap();
    assert_eq!(json["statements"].as_array().unwrap().len(), n_statements);
    assert_eq!(json["shifts"].as_array().unwrap().len(), rows(&file("shifts.csv")).len());
    let (root, files) = checked(&file("all.qdpx"));
    assert_eq!(files.len(), 5);
    let n_pieces: usize = rows(&file("statements.csv")).iter().map(|row| row["spans"].split(' ').count()).sum();
    assert_eq!(root.all("PlainTextSelection").len(), n_pieces);
    assert!(rows(&file("statements.csv")).iter().any(|row| row["published_basis"] == "inferred"));
    // What goes to stdout is what goes to a file.
    let (status, stdout, _) = run(folder.path(), &["export", "--format", "csv", "--out", "-"]);
    assert_eq!((status, stdout), (Some(0), file("statements.csv")));
}

#[test]
fn a_file_is_written_whole_or_stays_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let old = folder.path().join("old.csv");
    fs::write(&old, "precious").unwrap();
    let (status, _, stderr) = run(folder.path(), &["export", "missing.txt", "--out", "old.csv"]);
    assert_eq!((status, fs::read_to_string(&old).unwrap().as_str()), (Some(2), "precious"), "{stderr}");
    // A folder stands where the file is to go.
    fs::create_dir(folder.path().join("folder.csv")).unwrap();
    let (status, _, stderr) = run(folder.path(), &["export", "--out", "folder.csv"]);
    assert_eq!(status, Some(2), "{stderr}");
    fs::write(folder.path().join("quiet.txt"), "Nobody speaks here.\n").unwrap();
    let (status, ..) = run(folder.path(), &["export", "quiet.txt", "--out", "quiet.csv"]);
    assert_eq!(status, Some(1), "nothing was found");
    assert_eq!(rows(&fs::read(folder.path().join("quiet.csv")).unwrap()).len(), 0);
    let names: BTreeSet<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(
        names,
        ["folder.csv", "old.csv", "quiet.csv", "quiet.txt"].map(Into::into).into(),
        "nothing else is left"
    );
}
