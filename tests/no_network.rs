//! No network: whatever the program is asked for, the system sees it open no socket but the desktop's local ones.
//!
//! The real program runs under `strace`, with every process it starts. What is counted as a fault is any address family
//! but `AF_UNIX` in any network call, and any ring for calls the trace could not see (`io_uring`). The articles it reads ask for
//! pictures, styles and entities from elsewhere. `tests/desktop/traced_session.sh` is the same for the window.
//!
//! Where `strace` is not installed, or the system forbids it, the tests say so and prove nothing.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a helper of a test that fails is a test that fails")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const CALLS: &str = "trace=network,execve,io_uring_setup";

/// What a trace tells.
#[derive(Debug, Default, PartialEq)]
struct Seen {
    /// Programs that were started, the traced one first.
    n_programs: usize,
    n_calls: usize,
    /// Lines with an address family that is not local, or with a call that could hide one.
    faults: Vec<String>,
}

/// Reads what `strace` wrote.
fn seen(trace: &str) -> Seen {
    let mut seen = Seen::default();
    for line in trace.lines() {
        // A call that another thread breaks into two lines has its arguments in the first.
        let call = line.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
        if call.starts_with("execve(") && !line.contains("ENOENT") {
            seen.n_programs += 1;
        } else if call.contains('(') {
            seen.n_calls += 1;
        }
        let families = call.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(|word| {
            (word.starts_with("AF_") || word.starts_with("PF_")) && !matches!(*word, "AF_UNIX" | "AF_LOCAL" | "PF_UNIX")
        });
        // An argument of execve may be any word at all.
        let is_network = !call.starts_with("execve(") && families.count() > 0;
        if is_network || call.starts_with("io_uring_setup(") {
            seen.faults.push(line.to_owned());
        }
    }
    seen
}

/// Where no trace can be made, the reason is printed.
fn can_trace() -> bool {
    let tried = Command::new("strace").args(["-f", "-e", CALLS, "-o", "/dev/null", "true"]).output();
    let why = match tried {
        Ok(output) if output.status.success() => return true,
        Ok(output) => String::from_utf8_lossy(&output.stderr).into_owned(),
        Err(error) => error.to_string(),
    };
    println!("note: nothing was traced, so nothing is proved here: strace: {}", why.trim());
    false
}

/// Runs a program under the trace; `Seen`, and its exit status.
fn traced(folder: &Path, program: &str, arguments: &[&str]) -> (Seen, Option<i32>) {
    let trace = folder.join("trace");
    let mut command = Command::new("strace");
    command.args(["-f", "-qq", "--seccomp-bpf", "-e", CALLS, "-o"]).arg(&trace).arg("--").arg(program).args(arguments);
    command.current_dir(folder).stdin(Stdio::null()).stdout(Stdio::null());
    let status = command.env("HOME", folder).env("XDG_DATA_HOME", folder.join("data")).status().unwrap();
    (seen(&fs::read_to_string(trace).unwrap()), status.code())
}

/// Articles that would fetch something if anything did.
fn write_articles(folder: &Path) {
    let seeds = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("seeds");
    for entry in fs::read_dir(seeds).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "txt") {
            fs::copy(&path, folder.join(path.file_name().unwrap())).unwrap();
        }
    }
    let page = "<!DOCTYPE html><html><head><title>Harbor</title><base href='http://127.0.0.1:9/'>\
        <link rel=stylesheet href='style.css'><script src='//127.0.0.1:9/a.js'></script></head><body><h1>Harbor</h1>\
        <img src='http://127.0.0.1:9/pier.png'><iframe src='http://127.0.0.1:9/'></iframe>\
        <p>The council said on Monday 4 March 2019 that it will widen the pier.</p></body></html>";
    fs::write(folder.join("page.html"), page).unwrap();
    let xhtml = "<?xml version='1.0'?><!DOCTYPE html [<!ENTITY far SYSTEM 'http://127.0.0.1:9/far.txt'>]>\
        <html xmlns='http://www.w3.org/1999/xhtml'><body><h1>Harbor</h1><p>The council said on 4 March 2019: &far;</p></body></html>";
    fs::write(folder.join("entity.xhtml"), xhtml).unwrap();
    let mail = "From: a@example.org\r\nSubject: Harbor\r\nDate: Mon, 4 Mar 2019 10:00:00 +0000\r\n\
        Content-Type: text/html\r\n\r\n<p>The council said that it will widen the pier.</p>\
        <img src='http://127.0.0.1:9/seen.gif'>\r\n";
    fs::write(folder.join("mail.eml"), mail).unwrap();
}

#[test]
fn a_program_that_opens_a_socket_is_seen() {
    if !can_trace() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    // Nobody listens there; the attempt alone is seen. The child of a child is followed too.
    let (seen, _) = traced(folder.path(), "bash", &["-c", "bash -c 'exec 3<>/dev/tcp/127.0.0.1/9'; true"]);
    assert_eq!(seen.n_programs, 2, "{seen:?}");
    assert!(seen.faults.iter().any(|line| line.contains("socket(AF_INET,")), "{seen:?}");
    assert!(seen.faults.iter().any(|line| line.contains("connect(") && line.contains("127.0.0.1")), "{seen:?}");
}

#[test]
fn local_sockets_are_none_and_hidden_ones_are() {
    let trace = "10 execve(\"/bin/AF_INET\", [\"AF_INET6\"], 0x7ff /* 3 vars */) = 0\n\
        10 socket(AF_UNIX, SOCK_STREAM|SOCK_CLOEXEC, 0) = 3\n\
        11 connect(3, {sa_family=AF_UNIX, sun_path=\"/tmp/.X11-unix/X0\"}, 110 <unfinished ...>\n\
        11 <... connect resumed>) = 0\n\
        12 socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE) = 4\n\
        12 sendto(5, \"a\", 1, 0, {sa_family=AF_INET6, sin6_port=htons(53)}, 28) = 1\n\
        13 io_uring_setup(8, {flags=0}) = 6\n";
    let seen = seen(trace);
    assert_eq!((seen.n_programs, seen.n_calls, seen.faults.len()), (1, 5, 3), "{seen:?}");
}

#[test]
fn no_command_opens_a_socket_to_the_network() {
    if !can_trace() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let articles = folder.path().join("in");
    fs::create_dir(&articles).unwrap();
    write_articles(&articles);
    let mut commands: Vec<&str> = vec![
        "read in",
        "read in --json",
        "analyze in",
        "analyze in --json",
        "align in/page.html in/entity.xhtml --json",
        "save in --out p.throughline",
        "analyze p.throughline",
        "export p.throughline --out p --format folder",
        "import p --out again.throughline",
        "export in --out statements.csv",
        "export in --what shifts --out shifts.json",
        "export in --out coded.qdpx",
        "export in --passim --out articles.jsonl",
        "brief --list in",
        "screenshot --view read --out read.png",
        "screenshot --view briefing --out briefing.png in",
        "codebook list",
        "codebook new --out mine.toml",
        "codebook check mine.toml",
        "read nowhere.txt",
    ];
    let endings = ["png", "svg", "pdf", "pptx", "html", "md", "csv", "json", "txt", "bib"];
    let pages: Vec<String> =
        endings.iter().map(|ending| format!("brief --template shift --out page.{ending}")).collect();
    commands.extend(pages.iter().map(String::as_str));
    commands.extend(["brief in --out report.html", "brief in --out deck.pptx", "brief in --out report.pdf"]);
    let (mut n_programs, mut n_calls) = (0, 0);
    for command in &commands {
        let arguments: Vec<&str> = command.split(' ').collect();
        let (seen, status) = traced(folder.path(), env!("CARGO_BIN_EXE_throughline"), &arguments);
        assert!(seen.faults.is_empty(), "throughline {command}: {:#?}", seen.faults);
        assert!(seen.n_programs > 0, "throughline {command} was not traced");
        let expected = if command.contains("nowhere") { 2 } else { 0 };
        let may_find_nothing = command.starts_with("align") || command.contains("check");
        assert!(
            status == Some(expected) || (may_find_nothing && status == Some(1)),
            "throughline {command}: {status:?}"
        );
        n_programs += seen.n_programs;
        n_calls += seen.n_calls;
    }
    // Each format but plain text is read by a process of its own, and these were followed.
    assert!(n_programs > commands.len(), "{n_programs} programs for {} commands", commands.len());
    println!("{} commands, {n_programs} processes, {n_calls} network calls, none of them to a network", commands.len());
}
