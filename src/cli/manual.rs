//! The manual as pages for `man`, and the completions of a shell, both made of the arguments themselves.
//!
//! What the arguments know (names, options, values) is never written a second time, so it can't grow old. Only what no
//! argument says is written here: files, environment, exit status. A page a command, as is usual:
//! `throughline-analyze.1` beside `throughline.1`. The day in the head of a page is that of `--today`, so that a
//! package made twice holds the same bytes.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::Context as _;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};
use jiff::civil::Date;

use super::{Outcome, args};

const PROGRAM: &str = "throughline";

/// Places, and what lies there.
const FILES: [(&str, &str); 4] = [
    ("NAME.throughline", "A project: articles, the bytes they were read from, decisions, history, codebook. One file."),
    (
        "~/.local/share/throughline/untitled/",
        "Work without a name, which comes back at the next start; what the window is set to; projects open lately; \
         reports on faults. XDG_DATA_HOME moves it.",
    ),
    ("~/.config/throughline/templates/", "Templates of your own for briefings. XDG_CONFIG_HOME moves it."),
    ("/usr/share/doc/throughline/", "Licences of the program and of all it is made of, and a bill of its materials."),
];

/// Variables that are looked at, and what for.
const ENVIRONMENT: [(&str, &str); 5] = [
    ("SOURCE_DATE_EPOCH", "Seconds since 1970: their day, in UTC, counts as today unless --today names one."),
    ("DISPLAY, WAYLAND_DISPLAY", "Where the window is shown. With neither, findings are printed in words instead."),
    ("XDG_DATA_HOME", "The folder in which work without a name lies [default: ~/.local/share]."),
    ("XDG_RUNTIME_DIR", "Where the window listens for a second start [default: beside work without a name]."),
    ("XDG_CONFIG_HOME", "The folder in which templates lie [default: ~/.config]."),
];

/// What the exit status says.
const STATUS: [(&str, &str); 3] = [
    ("0", "Done."),
    ("1", "Everything was read, and nothing was found."),
    ("2", "Something failed. It is told, and the rest was printed all the same."),
];

/// Prints a page, the whole program's where none is named; with `folder`, writes all pages as files there.
///
/// # Errors
/// Where no command has this name, or a page can't be written.
pub(super) fn print(out: &mut dyn Write, page: &[String], folder: Option<&Path>, day: Date) -> anyhow::Result<Outcome> {
    let program = built();
    if let Some(folder) = folder {
        fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
        write_all(&program, folder, day)?;
        return Ok(Outcome::Done);
    }
    let mut command = &program;
    for name in page {
        command = command
            .find_subcommand(name)
            .with_context(|| format!("no command is named {name:?}; `{PROGRAM} --help` names them all"))?;
    }
    render(out, command, day)?;
    Ok(Outcome::Done)
}

/// Prints what a shell needs to complete commands, options and values.
pub(super) fn complete(out: &mut dyn Write, shell: clap_complete::Shell) -> Outcome {
    let all = args::command();
    // The generators offer what is hidden too, so they get a program without it.
    let mut offered = clap::Command::new(PROGRAM)
        .version(env!("CARGO_PKG_VERSION"))
        .args(all.get_arguments().cloned())
        .subcommands(shown(&all).cloned());
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut offered, PROGRAM, &mut script);
    // A reader that stops reading is told by the flush that follows.
    let _ = out.write_all(&script);
    Outcome::Done
}

/// The arguments, with the names that commands get from those they stand under.
fn built() -> clap::Command {
    // The usage of the program itself has two forms, which the arguments alone do not say.
    let usage = format!("{PROGRAM} [OPTIONS] [PATH]...\n{PROGRAM} COMMAND [ARGUMENTS]");
    let mut command = args::command().disable_help_subcommand(true).override_usage(usage);
    command.build();
    command
}

fn write_all(command: &clap::Command, folder: &Path, day: Date) -> anyhow::Result<()> {
    let path = folder.join(format!("{}.1", name_of(command)));
    let mut page = Vec::new();
    render(&mut page, command, day)?;
    fs::write(&path, page).with_context(|| format!("cannot write {}", path.display()))?;
    shown(command).try_for_each(|sub| write_all(sub, folder, day))
}

/// What stands under a command, without what people never call.
fn shown(command: &clap::Command) -> impl Iterator<Item = &clap::Command> {
    command.get_subcommands().filter(|sub| !sub.is_hide_set())
}

/// `throughline`, `throughline-codebook-check`: the name of the page.
fn name_of(command: &clap::Command) -> &str {
    command.get_display_name().unwrap_or_else(|| command.get_name())
}

fn render(out: &mut dyn Write, command: &clap::Command, day: Date) -> anyhow::Result<()> {
    let is_program = command.get_name() == PROGRAM;
    let source = format!("{PROGRAM} {}", env!("CARGO_PKG_VERSION"));
    let man = Man::new(command.clone()).date(day.to_string()).source(source).manual("Throughline");
    man.render_title(out)?;
    man.render_name_section(out)?;
    man.render_synopsis_section(out)?;
    man.render_description_section(out)?;
    let mut options = Vec::new();
    man.render_options_section(&mut options)?;
    out.write_all(without_idle_breaks(&String::from_utf8_lossy(&options)).as_bytes())?;
    if shown(command).next().is_some() {
        man.render_subcommands_section(out)?;
    }
    let mut rest = Roff::new();
    let help = args::command().get_after_help().map(ToString::to_string).unwrap_or_default();
    let called = name_of(command).replace('-', " ");
    let examples: Vec<_> = examples(&help).into_iter().filter(|(line, _)| is_program || calls(line, &called)).collect();
    list(&mut rest, "EXAMPLES", examples.iter().map(|(line, says)| (line.as_str(), says.as_str())));
    if is_program {
        list(&mut rest, "FILES", FILES);
        list(&mut rest, "ENVIRONMENT", ENVIRONMENT);
    }
    list(&mut rest, "EXIT STATUS", STATUS);
    if !is_program {
        rest.control("SH", ["SEE ALSO"]).control("BR", [PROGRAM, "(1)"]);
    }
    rest.to_writer(out)?;
    Ok(())
}

/// Without breaks beside an empty line, which breaks too: `mandoc` warns of them.
fn without_idle_breaks(page: &str) -> String {
    let lines: Vec<&str> = page.lines().collect();
    let is_empty = |at: Option<usize>| at.and_then(|at| lines.get(at)).is_some_and(|line| line.is_empty());
    let is_idle = |at: usize| lines[at] == ".br" && (is_empty(at.checked_sub(1)) || is_empty(Some(at + 1)));
    (0..lines.len()).filter(|&at| !is_idle(at)).map(|at| format!("{}\n", lines[at])).collect()
}

/// A section of terms with what they mean; none without terms.
fn list<'a>(page: &mut Roff, heading: &str, entries: impl IntoIterator<Item = (&'a str, &'a str)>) {
    let mut entries = entries.into_iter().peekable();
    if entries.peek().is_some() {
        page.control("SH", [heading]);
    }
    for (term, says) in entries {
        page.control("TP", []).text([bold(term)]).text([roman(says)]);
    }
}

/// Is a line of the examples a call of this command?
fn calls(line: &str, command: &str) -> bool {
    line.strip_prefix(command).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

/// The examples under the help, each with what it does.
///
/// `  throughline a      opens a` is one; a line that begins far to the right says more of the one before it.
fn examples(help: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for line in help.lines().filter(|line| line.starts_with("  ")) {
        let line = line.trim();
        if line.starts_with(PROGRAM) {
            let (call, says) = line.split_once("   ").unwrap_or((line, ""));
            found.push((call.to_owned(), says.trim().to_owned()));
        } else if let Some((_, says)) = found.last_mut() {
            if !says.is_empty() {
                says.push(' ');
            }
            says.push_str(line);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(names: &[&str]) -> String {
        let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
        let mut out = Vec::new();
        print(&mut out, &names, None, jiff::civil::date(2024, 7, 1)).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn examples_are_told_from_what_they_do() {
        let help =
            "Examples:\n  throughline   opens\n  throughline align a b\n        passages\n        of two\n\nThe end";
        let told = [("throughline", "opens"), ("throughline align a b", "passages of two")];
        assert_eq!(examples(help), told.map(|(call, says)| (call.to_owned(), says.to_owned())));
    }

    #[test]
    fn every_command_has_a_page_that_the_first_page_names() {
        let folder = tempfile::tempdir().unwrap();
        print(&mut Vec::new(), &[], Some(folder.path()), jiff::civil::date(2024, 7, 1)).unwrap();
        let first = page(&[]);
        let program = built();
        assert!(shown(&program).count() > 8);
        for command in shown(&program) {
            let name = command.get_name();
            assert!(first.contains(&format!("throughline\\-{name}(1)")), "{name}");
            let written = fs::read_to_string(folder.path().join(format!("throughline-{name}.1"))).unwrap();
            assert_eq!(written, page(&[name]));
        }
        assert!(!first.contains("worker"));
        assert!(folder.path().join("throughline-codebook-check.1").exists());
        assert!(!folder.path().join("throughline-worker.1").exists());
    }

    #[test]
    fn a_page_says_what_pages_say() {
        let first = page(&[]);
        for heading in [
            "NAME",
            "SYNOPSIS",
            "DESCRIPTION",
            "OPTIONS",
            "SUBCOMMANDS",
            "EXAMPLES",
            "FILES",
            "ENVIRONMENT",
            "EXIT STATUS",
        ] {
            assert!(first.lines().any(|line| line.starts_with(".SH ") && line.contains(heading)), "{heading}");
        }
        let align = page(&["align"]);
        assert!(align.contains("throughline align old.txt new.txt"));
        assert!(!align.contains("press\\-releases"));
        assert!(align.contains("2024\\-07\\-01") || align.contains("2024-07-01"));
        let error = print(&mut Vec::new(), &["aline".to_owned()], None, jiff::civil::date(2024, 7, 1)).unwrap_err();
        assert!(error.to_string().contains("aline"));
    }

    #[test]
    fn each_shell_is_told_of_each_command() {
        use clap::ValueEnum as _;
        for shell in clap_complete::Shell::value_variants() {
            let mut script = Vec::new();
            complete(&mut script, *shell);
            let script = String::from_utf8(script).unwrap();
            for name in ["analyze", "codebook", "screenshot", "completions"] {
                assert!(script.contains(name), "{shell}: {name}");
            }
            assert!(!script.contains("worker"), "{shell}");
        }
    }
}
