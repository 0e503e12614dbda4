//! Reports: written of every fault, on whatever thread, and empty of what is the reader's.

use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use throughline::gui::action::Action;
use throughline::gui::crash::again::Again;
use throughline::gui::crash::job::Job;
use throughline::gui::crash::report::N_KEPT;
use throughline::gui::crash::{Watch, guarded};
use throughline::project::home::Home;

use super::{child, command};

/// Words of the reader's that must be in no report; the user, the machine's folders, what an article says.
const SECRETS: [&str; 12] = [
    "analund", "Varga", "dredging", "Kolibri", "quayside", "kelp", "0171", "2345678", "pelican", "schooner",
    "ferryman", "gangway",
];

/// What the child fails with.
fn faults(watch: &Arc<Watch>) {
    watch.note(&Action::PasteText("Varga on the dredging".to_owned()));
    watch.note(&Action::OpenPaths(vec![PathBuf::from("/home/analund/Kolibri.txt")]));
    watch.note(&Action::Undo);
    watch.begins(Job::Analysis);
    watch.tries("glow");
    let fails =
        |name: &str, fault: fn()| drop(thread::Builder::new().name(name.to_owned()).spawn(fault).unwrap().join());
    // A text that is cut within a letter, and beyond its end.
    fails("reading", || drop(text_of()[13..].to_owned()));
    fails("reading", || drop(text_of()[999..].to_owned()));
    fails("analysis of Varga", || panic!("no article {} in {:?}", text_of(), std::hint::black_box("kelp")));
    fails("analysis", || {
        let missing = std::fs::read("/home/analund/Kolibri.txt").map_err(|error| format!("{error}: /srv/pelican"));
        drop(missing.unwrap());
    });
    fails("analysis", || {
        assert_eq!(text_of(), "schooner 0171", "quayside {}", "ferryman");
    });
    fails("search", || {
        // In another thread, whose fault comes back to the one that asked.
        in_a_scope();
    });
    fails("page", || std::panic::panic_any(("gangway", 2_345_678)));
    fails("page", || panic!("call 0171 2345678 at {}", std::hint::black_box("analund@quayside.example")));
    fails("page", || assert!(std::hint::black_box(vec![1, 2]).get(7).copied().unwrap() > 0));
}

fn text_of() -> String {
    std::hint::black_box("Varga said: “the dredging” cóst `Kolibri` 'quayside'".to_owned())
}

fn in_a_scope() {
    let texts: Vec<String> = vec![text_of(); 4];
    thread::scope(|scope| {
        scope.spawn(|| drop(texts[std::hint::black_box(9)].clone()));
    });
}

#[test]
fn child_with_secrets() {
    let Some(folder) = child("child_with_secrets") else { return };
    let home = Home::at(folder.join("untitled"));
    guarded(Some(&home), None, &Again::default(), |watch| {
        faults(watch);
        // Told to the window once, the first one first.
        let report = watch.take_report().unwrap();
        assert!(report.path.exists() && watch.take_report().is_none());
        assert!(!watch.has_stopped());
        Ok(())
    })
    .unwrap();
}

#[test]
fn reports_hold_nothing_of_the_readers_and_what_failed() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("analund");
    let output = command("reports", "child_with_secrets", &home)
        .env("HOME", &home)
        .env("USER", "analund")
        .env("XDG_CURRENT_DESKTOP", "Kolibri of analund")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}");
    let mut reports: Vec<PathBuf> =
        std::fs::read_dir(home.join("untitled/reports")).unwrap().map(|entry| entry.unwrap().path()).collect();
    reports.sort();
    assert_eq!(reports.len(), N_KEPT, "nine faults and the scope's own");
    let texts: Vec<String> = reports.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect();
    for text in &texts {
        for secret in SECRETS {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
        assert!(!text.contains(&*home.to_string_lossy()) && !text.contains("/home/"), "{text}");
        assert!(text.contains("Renderer  glow\n") && text.contains("  PasteText\n  OpenPaths\n  Undo\n"), "{text}");
        assert!(text.contains("tests/crash/reports.rs:") || text.contains("library/"), "{text}");
        #[cfg(target_os = "linux")]
        assert!(text.contains("The way there\n"), "{text}");
    }
    // What is said on the terminal names the report, and nothing that was quoted.
    for secret in SECRETS.iter().filter(|secret| **secret != "analund") {
        assert!(!said.contains(secret), "{secret}: {said}");
    }
    for words in ["byte index", "called `Result::unwrap()` on an `Err` value: ", "index out of bounds: the len is 4"] {
        assert!(texts.iter().any(|text| text.contains(words)), "{words}");
    }
    println!("{}", texts[0]);
}
