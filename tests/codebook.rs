//! Promise: a codebook is a file that its writer can trust: every fault is told at its line, what is added is there and
//! nothing else changes, and no text makes the program stumble.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::fs;
use std::process::{Command, Output};

use proptest::prelude::*;
use throughline::codebook::edit::{
    NewActor, add_actor, add_alias, add_look_alike, add_name, add_term, add_theme, literal,
};
use throughline::codebook::{BUILT_INS, Codebook, CodebookError, Direction, TEMPLATE};
use throughline::text::{ByteRange, tokens};

/// The program, in a folder of its own.
fn run(folder: &tempfile::TempDir, arguments: &[&str]) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } = Command::new(env!("CARGO_BIN_EXE_throughline"))
        .args(arguments)
        .current_dir(folder.path())
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env("SOURCE_DATE_EPOCH", "1767225600")
        .output()
        .unwrap();
    (status.code(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

const BROKEN: &str = "\
name = \"Harbor\"
language = \"en\"
# subject = \"Board\"
subject = \"Board\"

[[actors]]
id = \"Harbor\"
names = [\"Harbor\", \"Harbor, Board\"]

[[actors.officers]]
person = \"Åse Ness\"
from = \"2020-31-01\"

[[acts]]
id = \"shout\"
label = \"shouts\"
force = 9
";

#[test]
fn check_tells_every_problem_at_its_line() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("mine.toml"), BROKEN.replace("2020-31-01", "2020-01-31")).unwrap();
    let expected = "\
mine.toml:4: it is about \"Board\", and no actor has this id
mine.toml:8: warning: \"Harbor, Board\" can never match: words on either side of a mark are never one name
mine.toml:10: warning: the days in office of \"Åse Ness\" name no source
mine.toml:17: act \"shout\": force 9 is above 5
mine.toml: 2 errors, 2 warnings
";
    let (status, stdout, stderr) = run(&folder, &["codebook", "check", "mine.toml"]);
    assert_eq!((status, stdout.as_str(), stderr.as_str()), (Some(2), expected, ""));

    // A wrong day does not hide the wrong force, and what it may have been left out for is not told.
    fs::write(folder.path().join("mine.toml"), BROKEN).unwrap();
    let (status, stdout, _) = run(&folder, &["codebook", "check", "mine.toml"]);
    let lines: Vec<&str> = stdout.lines().map(|line| line.split(": ").next().unwrap()).collect();
    assert_eq!(status, Some(2));
    assert_eq!(lines, ["mine.toml:8", "mine.toml:12", "mine.toml:17", "mine.toml"], "{stdout}");
}

#[test]
fn warnings_alone_are_no_failure() {
    let folder = tempfile::tempdir().unwrap();
    let toml = "name = \"x\"\nlanguage = \"en\"\nbase = \"english\"\n[[actors]]\nid = \"A\"\nnames = []\n";
    fs::write(folder.path().join("mine.toml"), toml).unwrap();
    let (status, stdout, _) = run(&folder, &["codebook", "check", "mine.toml"]);
    assert_eq!(status, Some(0));
    assert!(stdout.starts_with("mine.toml:4: warning: actor \"A\" has no name"), "{stdout}");
    let hash = Codebook::parse(toml).unwrap().hash;
    assert!(stdout.contains("mine.toml: 0 themes, 1 actor, 0 officers,"), "{stdout}");
    assert!(stdout.ends_with(&format!("hash {hash}, 1 warning\n")), "{stdout}");
}

#[test]
fn a_new_codebook_is_clean_and_never_overwrites() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(run(&folder, &["codebook", "new", "--out", "mine.toml"]).0, Some(0));
    assert_eq!(fs::read_to_string(folder.path().join("mine.toml")).unwrap(), TEMPLATE);
    let (status, stdout, _) = run(&folder, &["codebook", "check", "mine.toml"]);
    assert_eq!((status, stdout.lines().count()), (Some(0), 1), "{stdout}");
    fs::write(folder.path().join("mine.toml"), "kept").unwrap();
    let (status, _, stderr) = run(&folder, &["codebook", "new", "--out", "mine.toml"]);
    assert_eq!(status, Some(2));
    assert!(stderr.contains("mine.toml exists and was left as it is"), "{stderr}");
    assert_eq!(fs::read_to_string(folder.path().join("mine.toml")).unwrap(), "kept");
    assert_eq!(run(&folder, &["codebook", "new"]).1, TEMPLATE);
}

#[test]
fn list_names_what_is_built_in() {
    let folder = tempfile::tempdir().unwrap();
    let (status, stdout, _) = run(&folder, &["codebook", "list"]);
    let expected = "nato-dprk   NATO and North Korea\neu-ukraine  The European Union and Ukraine\n";
    assert_eq!((status, stdout.as_str()), (Some(0), expected));
}

const ARTICLE: &str = "Board keeps the cranes\n\nØSTHAVN, 4 May 2023 – “We will keep the old cranes,” Harbor Board chair \
    Liv Vik said on Thursday.\n\nThe cranes are ninety years old and nobody has climbed them since the war was over.\n";

#[test]
fn every_command_reads_with_the_codebook_it_is_given() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), ARTICLE).unwrap();
    fs::write(folder.path().join("mine.toml"), TEMPLATE).unwrap();
    let statement = |arguments: &[&str]| -> serde_json::Value {
        let (_, stdout, stderr) = run(&folder, arguments);
        let found = stdout.lines().find(|line| line.contains("\"record\":\"statement\""));
        serde_json::from_str(found.unwrap_or_else(|| panic!("{stdout}{stderr}"))).unwrap()
    };
    let own = statement(&["analyze", "a.txt", "--json", "--codebook", "mine.toml"]);
    assert_eq!((&own["actor"], &own["person"]), (&"Harbor Board".into(), &"Liv Vik".into()));
    assert_eq!(own["themes"], serde_json::json!(["old_cranes"]));
    assert_eq!((&own["act"], &own["cameo"], own["goldstein"].as_f64()), (&"commit".into(), &"030".into(), Some(4.0)));
    let other = statement(&["analyze", "a.txt", "--json", "--codebook", "eu-ukraine"]);
    assert_eq!(other["actor"], serde_json::Value::Null);
    assert_eq!(run(&folder, &["read", "a.txt", "--codebook", "mine.toml"]).0, Some(0));

    // A file wins over the built-in codebook of its name, and a wrong one is told with its line.
    fs::write(folder.path().join("eu-ukraine"), TEMPLATE).unwrap();
    assert_eq!(statement(&["analyze", "a.txt", "--json", "--codebook", "eu-ukraine"])["actor"], own["actor"]);
    fs::write(folder.path().join("mine.toml"), BROKEN).unwrap();
    for arguments in [
        &["analyze", "a.txt"][..],
        &["read", "a.txt"],
        &["open", "a.txt"],
        &["export", "--passim", "a.txt", "--out", "-"],
        &["screenshot", "a.txt", "--out", "a.png"],
    ] {
        let (status, stdout, stderr) = run(&folder, &[arguments, &["--codebook", "mine.toml"]].concat());
        assert_eq!((status, stdout.as_str()), (Some(2), ""), "{arguments:?}");
        // A program without a window says so first.
        assert!(stderr.contains("mine.toml:12: ") || cfg!(not(feature = "gui")), "{arguments:?}: {stderr}");
    }
    let (status, _, stderr) = run(&folder, &["analyze", "a.txt", "--codebook", "atlantis"]);
    assert_eq!(status, Some(2));
    assert!(stderr.contains("(nato-dprk, eu-ukraine)"), "{stderr}");
}

/// Everything but what an addition may change.
fn without_hash(toml: &str) -> Codebook {
    Codebook { hash: String::new(), ..Codebook::parse(toml).unwrap() }
}

/// Lines of comment, in order.
fn comments(toml: &str) -> Vec<&str> {
    toml.lines().filter(|line| line.trim_start().starts_with('#')).collect()
}

/// Words as a reader may select them: with marks that mean something in a term or in TOML, and without any sense.
fn selected() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-ZØé’'\"|.<>#\\[\\]{}=,\n\t\\\\ -]{0,24}",
        "\\PC{0,12}",
        Just("a | b ... <subject> \"c\"".to_owned()),
        Just("'''\"\"\"".to_owned()),
        Just("the U.S.\r\nofficial".to_owned()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_added_is_there_and_nothing_else_changes(words in selected(), weight in -1.0_f32..=1.0) {
        let toml = TEMPLATE;
        let before = without_hash(toml);
        let ids: Vec<String> = before.actors.iter().map(|actor| actor.id.clone()).collect();
        let check = |new: Result<String, CodebookError>, undo: &dyn Fn(&mut Codebook) -> bool| {
            // What holds no word, or can never match, is refused.
            let Ok(new) = new else { return Ok(()) };
            let mut after = without_hash(&new);
            prop_assert!(undo(&mut after), "not there: {words:?}\n{new}");
            prop_assert!(after == before, "something else changed: {words:?}\n{new}");
            prop_assert_eq!(comments(toml), comments(&new));
            Ok(())
        };
        // A name of the subject is one more word in the terms of acts.
        check(add_name(toml, &ids[1], &words), &|after| {
            let names = &mut after.actors[1].names;
            let is_there = names.len() == before.actors[1].names.len() + 1 || names.contains(&words);
            names.truncate(before.actors[1].names.len());
            is_there
        })?;
        check(add_alias(toml, "East Harbor", &words), &|after| {
            let also = &mut after.aliases[0].also;
            let is_there = also.len() == before.aliases[0].also.len() + 1 || also.contains(&words);
            also.truncate(before.aliases[0].also.len());
            is_there
        })?;
        check(add_look_alike(toml, &words, Some(&ids[1])), &|after| {
            let is_there = after.look_alikes.len() == before.look_alikes.len() + 1;
            after.look_alikes.truncate(before.look_alikes.len());
            is_there
        })?;
        check(add_term(toml, "dues", &words, weight), &|after| {
            let terms = &mut after.themes[1].terms;
            let expected = literal(&words).unwrap();
            let is_there = terms.iter().any(|term| term.term == expected && (term.weight - weight).abs() < 1e-6);
            *terms = before.themes[1].terms.clone();
            is_there
        })?;
        let actor = NewActor { id: words.clone(), names: vec![words.clone()], ..NewActor::default() };
        check(add_actor(toml, &actor), &|after| {
            let id = words.split_whitespace().collect::<Vec<_>>().join(" ");
            after.actors.pop().is_some_and(|actor| actor.id == id && actor.names.len() == 1)
        })?;
        let theme = add_theme(toml, "new", &words, std::slice::from_ref(&words), &[Direction::Oppose]);
        check(theme, &|after| after.themes.pop().is_some_and(|theme| theme.id == "new" && theme.terms.len() == 1))?;
    }

    #[test]
    fn selected_words_are_literal_in_a_term(words in selected()) {
        let of = |text: &str| -> Vec<String> {
            tokens(text, ByteRange::new(0, text.len())).map(|token| token.range.of(text).trim().to_owned()).collect()
        };
        let plain = words.replace(['|', '<', '>'], " ");
        match literal(&words) {
            Ok(term) => {
                prop_assert!(!term.contains(['|', '<', '>']), "{term:?}");
                prop_assert!(term.split(' ').all(|piece| !piece.starts_with("...")), "{term:?}");
                prop_assert_eq!(of(&term), of(&plain));
            }
            Err(_) => prop_assert!(of(&plain).is_empty()),
        }
    }

    #[test]
    fn any_text_is_a_codebook_or_an_error_on_one_of_its_lines(
        cut in 0_usize..6000,
        len in 0_usize..40,
        put in "[\\[\\]{}\"'=#,\\n a-z0-9.-]{0,12}",
    ) {
        let at = |offset: usize| (0..=offset.min(TEMPLATE.len())).rev().find(|&at| TEMPLATE.is_char_boundary(at)).unwrap();
        let toml = format!("{}{put}{}", &TEMPLATE[..at(cut)], &TEMPLATE[at(cut + len)..]);
        let checked = Codebook::check(&toml);
        let n_lines = toml.lines().count() + 1;
        let lines = checked.errors.iter().map(CodebookError::line);
        let lines: Vec<usize> = lines.chain(checked.warnings.iter().map(|warning| warning.line)).collect();
        prop_assert!(lines.iter().all(|line| (1..=n_lines).contains(line)), "{lines:?}");
        prop_assert_eq!(checked.codebook.is_some(), checked.errors.is_empty());
        prop_assert!(checked.errors.is_sorted_by_key(CodebookError::line));
    }
}

#[test]
fn a_long_codebook_changes_in_one_place() {
    for built_in in BUILT_INS {
        let codebook = Codebook::parse(built_in.toml).unwrap();
        let (theme, actor) = (&codebook.themes[0].id, &codebook.actors[0].id);
        let new = add_term(built_in.toml, theme, "marmalade", 0.5).unwrap();
        let new = add_name(&new, actor, "Marmalade Board").unwrap();
        let new = add_actor(&new, &NewActor { id: "M".to_owned(), names: vec!["M".to_owned()], ..NewActor::default() });
        let new = new.unwrap();
        let n_lines = |toml: &str| toml.lines().count();
        assert!(n_lines(&new) <= n_lines(built_in.toml) + 6, "{}", built_in.name);
        let old: std::collections::BTreeSet<&str> = built_in.toml.lines().collect();
        let changed: Vec<&str> = new.lines().filter(|line| !old.contains(line)).collect();
        assert!(changed.len() <= 6, "{changed:?}");
    }
}
