//! `throughline doctor`: it says what is there and what helps, whatever is missing; it comes to an end where something
//! hangs; it leaves nothing behind and names nobody.

#![expect(clippy::unwrap_used, reason = "a helper of a test that fails is a test that fails")]

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

/// What one run told.
struct Ran {
    status: Option<i32>,
    words: String,
    took: Duration,
}

/// The program with these variables and no others.
fn doctor(arguments: &[&str], variables: &[(&str, &str)]) -> Ran {
    let start = Instant::now();
    let output = Command::new(env!("CARGO_BIN_EXE_throughline"))
        .arg("doctor")
        .args(arguments)
        .env_clear()
        .envs(variables.iter().copied())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    Ran { status: output.status.code(), words: String::from_utf8(output.stdout).unwrap(), took: start.elapsed() }
}

fn lines(ran: &Ran) -> Vec<Value> {
    ran.words.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn check<'a>(lines: &'a [Value], id: &str) -> &'a Value {
    lines.iter().find(|line| line["id"] == id).unwrap_or_else(|| panic!("no check {id}"))
}

#[test]
fn without_display_home_bus_and_language_it_says_what_is_limited() {
    let ran = doctor(&[], &[]);
    assert_eq!(ran.status, Some(0), "{}", ran.words);
    for part in ["The program\n", "The window\n", "The desktop\n", "Folders and files\n", "limited", "→ "] {
        assert!(ran.words.contains(part), "{part:?} in\n{}", ran.words);
    }
    let last = ran.words.lines().last().unwrap();
    assert!(last.starts_with("Everything needed is here; "), "{last}");
    assert!(ran.words.lines().all(|line| line.chars().count() <= 100));
}

#[test]
fn each_check_is_one_object_with_what_helps() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().to_str().unwrap();
    let ran = doctor(&["--json"], &[("HOME", home), ("PATH", "/usr/bin:/bin")]);
    let lines = lines(&ran);
    let (sum, checks) = lines.split_last().unwrap();
    let ids: BTreeSet<&str> = checks.iter().map(|check| check["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), checks.len());
    for check in checks {
        let status = check["status"].as_str().unwrap();
        let is_bad = matches!(status, "limited" | "broken");
        assert!(is_bad || matches!(status, "fine" | "not-tried"), "{check}");
        assert_eq!(check["remedy"].is_string(), is_bad, "{check}");
        assert!(!check["found"].as_str().unwrap().ends_with('.'), "{check}");
    }
    for id in ["version", "reader", "fonts", "temp", "project", "data"] {
        assert_eq!(check(checks, id)["status"], "fine", "{}", ran.words);
    }
    let n_of = |status: &str| checks.iter().filter(|check| check["status"] == status).count();
    assert_eq!((sum["type"].as_str(), sum["limited"].as_u64()), (Some("sum"), Some(n_of("limited") as u64)));
    // It tried a project and each folder there, and nothing is left of it; nobody is named.
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    assert!(!ran.words.contains(home) && ran.words.contains("~/.local/share/throughline"), "{}", ran.words);
}

#[test]
fn a_home_that_cannot_be_written_limits_and_breaks_nothing() {
    let folder = tempfile::tempdir().unwrap();
    // Below a file nothing can be made, by no user.
    let home = folder.path().join("file");
    std::fs::write(&home, "x").unwrap();
    let ran = doctor(&["--json"], &[("HOME", home.join("home").to_str().unwrap())]);
    let lines = lines(&ran);
    // The nearest folder above it is the one that holds the file.
    assert!(matches!(check(&lines, "project")["status"].as_str(), Some("fine" | "limited")), "{}", ran.words);
    assert_eq!(ran.status, Some(0), "{}", ran.words);
    #[cfg(target_os = "linux")]
    {
        let ran = doctor(&["--json"], &[("HOME", "/proc/no-home")]);
        let lines = self::lines(&ran);
        assert_eq!(check(&lines, "data")["status"], "limited", "{}", ran.words);
        assert_eq!(check(&lines, "project")["status"], "limited", "{}", ran.words);
        assert_eq!(ran.status, Some(0));
    }
}

#[cfg(all(feature = "gui", target_os = "linux"))]
#[test]
fn a_display_that_does_not_answer_is_broken_and_told_apart() {
    let ran = doctor(&["--json"], &[("DISPLAY", ":4093")]);
    assert_eq!(ran.status, Some(2), "{}", ran.words);
    let lines = lines(&ran);
    let display = check(&lines, "display");
    assert_eq!(display["status"], "broken");
    assert!(display["found"].as_str().unwrap().contains("no X server runs there"), "{display}");
    assert_eq!(check(&lines, "clipboard")["status"], "limited");
    assert!(lines.last().unwrap()["says"].as_str().unwrap().contains("broken"));
}

/// A socket that takes every connection and says nothing.
#[cfg(unix)]
fn silent(path: &Path) -> std::os::unix::net::UnixListener {
    std::os::unix::net::UnixListener::bind(path).unwrap()
}

#[cfg(all(feature = "gui", target_os = "linux"))]
#[test]
fn what_hangs_is_waited_for_no_longer_than_said() {
    let folder = tempfile::tempdir().unwrap();
    let [bus, wayland] = ["bus", "wayland-7"].map(|name| folder.path().join(name));
    let _held = [silent(&bus), silent(&wayland)];
    let address = format!("unix:path={}", bus.display());
    let run = folder.path().to_str().unwrap();
    let ran = doctor(
        &["--json"],
        &[("DBUS_SESSION_BUS_ADDRESS", &address), ("XDG_RUNTIME_DIR", run), ("WAYLAND_DISPLAY", "wayland-7")],
    );
    let lines = lines(&ran);
    let found = |id| check(&lines, id)["found"].as_str().unwrap().to_owned();
    assert!(found("dialogs").contains("did not answer within"), "{}", ran.words);
    assert!(found("display").contains("it does not answer"), "{}", ran.words);
    assert!(ran.took < Duration::from_secs(20), "{:?}", ran.took);
}

#[cfg(all(feature = "gui", target_os = "linux"))]
#[test]
fn two_copies_on_the_path_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let own = Path::new(env!("CARGO_BIN_EXE_throughline")).parent().unwrap().to_str().unwrap();
    std::fs::write(folder.path().join("throughline"), "another").unwrap();
    let path = format!("{}:{own}", folder.path().display());
    let ran = doctor(&["--json"], &[("PATH", &path)]);
    let lines = lines(&ran);
    let copies = check(&lines, "copies");
    assert_eq!(copies["status"], "limited");
    assert!(copies["found"].as_str().unwrap().starts_with("2 copies: "), "{copies}");
}
