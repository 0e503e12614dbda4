//! The arguments as a person types them, and what they ask for as plain values.

mod brief;
mod export;
mod open;

pub use open::arguments_of;

use std::ffi::OsString;
use std::path::PathBuf;

use anyhow::Context as _;
use clap::error::ErrorKind;
use clap::{Args, CommandFactory as _, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

use crate::analysis::Scope;
use crate::cli::{Format, Job, Request, Shot, View};
use crate::codebook::CueTier;
use brief::BriefArguments;
use export::Target;
use open::Open;

const EXAMPLES: &str = "\
Examples:
  throughline                                   opens the five built-in articles
  throughline press-releases/                   opens every article of a folder
  throughline analyze *.txt                     prints what was found, in words
  throughline analyze *.txt --json              the same for a program, one JSON object a line
  throughline align old.txt new.txt --json      passages that two articles share
  throughline export *.txt --out coded.qdpx     a project for ATLAS.ti, MAXQDA, NVivo, QualCoder
  throughline export *.txt --what shifts --out shifts.csv
                                                a table for a spreadsheet; or statements, codebook
  throughline export --passim *.txt --out articles.jsonl
                                                articles for passim, which compares them on a cluster
  throughline open --passim output/ *.txt       opens them with what passim found
  throughline save *.txt --out P.throughline    a project of these articles, which the window opens
  throughline analyze P.throughline             the same for a project, with what its reader decided
  throughline export P.throughline --out P/ --format folder
                                                a project as texts and JSON, which `import` reads back
  throughline import P/ --out P.throughline
  throughline --codebook eu-ukraine *.txt       opens them with another built-in codebook, or a file of yours
  throughline codebook new --out mine.toml      writes a codebook to start from
  throughline brief --list                      names what can be put on a slide
  throughline brief *.txt --template shift --out slide.png
                                                a finding as a slide; .svg, .pdf, .pptx, .html and more
  throughline brief *.txt --out report.html     everything found, as a report; or a deck: .pdf, .pptx
  throughline screenshot --view positions --size 1920x1080 --out slide.png
  throughline doctor                            looks at what this computer offers, and says what helps

A project stands for its articles and stands alone. A path that is the name of a command is written ./read.
Exit status: 0 done, 1 nothing found, 2 something failed (the rest was printed all the same).";

/// Comparative reading: what comes back from one article to the next, who said it, and how it shifted.
#[derive(Debug, Parser)]
#[command(name = "throughline", version, after_help = EXAMPLES, args_conflicts_with_subcommands = true)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    open: Open,
}

#[derive(Debug, Args)]
struct Named {
    /// What is known of actors, themes and dates: a file, or a built-in codebook (see `codebook list`)
    #[arg(long, value_name = "NAME|FILE")]
    codebook: Option<String>,
}

#[derive(Debug, Args)]
struct Clusters {
    /// Output of passim over these articles: its folder, or a file of JSON Lines; may be given several times
    #[arg(long, value_name = "OUT")]
    passim: Vec<PathBuf>,
}

#[derive(Debug, Args)]
struct Clock {
    /// The day that counts as today: nothing is dated later [default: SOURCE_DATE_EPOCH, else the day of the clock]
    #[arg(long, value_name = "DAY")]
    today: Option<Date>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Opens the window; the same as no command
    Open(Open),
    /// Prints what was understood of each file: title, outlet, date with its evidence, blocks
    Read {
        #[arg(value_name = "PATH")]
        paths: Vec<PathBuf>,
        /// One JSON object a line
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        codebook: Named,
        #[command(flatten)]
        clock: Clock,
    },
    /// Prints the passages that two articles share
    Align {
        #[arg(value_name = "PATH", num_args = 2, required_unless_present = "pairs")]
        paths: Vec<PathBuf>,
        /// A list of pairs, two paths a line with a tab or a space between
        #[arg(long, value_name = "FILE", conflicts_with = "paths")]
        pairs: Option<PathBuf>,
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Prints phrases that come back, statements with their speakers, and shifts in position
    Analyze {
        #[arg(value_name = "PATH")]
        paths: Vec<PathBuf>,
        /// One JSON object a line
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        clusters: Clusters,
        /// Which verbs count as speech
        #[arg(long, value_enum, default_value_t = Tier::Normal)]
        tier: Tier,
        /// Looks for this alone, which takes less time
        #[arg(long, value_enum, value_name = "WHAT")]
        only: Option<Only>,
        #[command(flatten)]
        codebook: Named,
        #[command(flatten)]
        clock: Clock,
    },
    /// Makes a project of articles
    Save {
        #[arg(value_name = "PATH")]
        paths: Vec<PathBuf>,
        /// Where to write it, a file that does not exist yet
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        #[command(flatten)]
        codebook: Named,
        #[command(flatten)]
        clock: Clock,
    },
    /// Makes a project of a folder that `export --format folder` wrote
    Import {
        #[arg(value_name = "FOLDER")]
        folder: PathBuf,
        /// Where to write it, a file that does not exist yet
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Writes statements, shifts and codes, the articles, or a whole project, for another program
    Export {
        #[arg(value_name = "PATH")]
        paths: Vec<PathBuf>,
        #[command(flatten)]
        target: Target,
        /// Where to write them, - for stdout
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        #[command(flatten)]
        codebook: Named,
        #[command(flatten)]
        clock: Clock,
    },
    /// Writes a finding as a page for a briefing: slide, document, report, data
    Brief(Box<BriefArguments>),
    /// Draws a view as a picture, without a display
    Screenshot {
        #[arg(value_name = "PATH")]
        paths: Vec<PathBuf>,
        #[arg(long, value_enum, default_value_t = View::Read)]
        view: View,
        /// Width and height in pixels
        #[arg(long, value_name = "WxH", default_value = "1920x1080", value_parser = parse_size)]
        size: (u32, u32),
        /// The dark colors
        #[arg(long)]
        dark: bool,
        /// Pixels a point; larger numbers make larger type [default: 1 up to 1920x1080, 2 at 3840x2160]
        #[arg(long, value_name = "F", value_parser = parse_scale)]
        scale: Option<f32>,
        /// The day printed as the day of making [default: today]
        #[arg(long, value_name = "DAY")]
        made: Option<Date>,
        /// Where to write the PNG
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        #[command(flatten)]
        codebook: Named,
        #[command(flatten)]
        clock: Clock,
    },
    /// Checks codebooks, starts new ones, names the built-in ones
    #[command(subcommand)]
    Codebook(CodebookCommand),
    /// Tells what this computer offers the program, and what helps where something is missing
    Doctor {
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Prints the manual as a page for `man`
    Man {
        /// A command, for the page of its own
        #[arg(value_name = "COMMAND")]
        page: Vec<String>,
        /// Writes all pages as files into this folder
        #[arg(long, value_name = "FOLDER", conflicts_with = "page")]
        out: Option<PathBuf>,
        #[command(flatten)]
        clock: Clock,
    },
    /// Prints what a shell needs to complete commands and options
    Completions {
        #[arg(value_name = "SHELL")]
        shell: clap_complete::Shell,
    },
    /// Reads files for another process
    #[command(hide = true)]
    Worker,
}

#[derive(Debug, Subcommand)]
enum CodebookCommand {
    /// Tells everything that is wrong with a codebook, each with its line
    Check {
        /// A file, or the name of a built-in codebook
        #[arg(value_name = "FILE")]
        codebook: String,
    },
    /// Writes a codebook to start from, with every kind of entry explained
    New {
        /// Where to write it, a file that does not exist yet [default: stdout]
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Names the built-in codebooks
    List,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Tier {
    Strict,
    Normal,
    Wide,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Only {
    Phrases,
}

impl From<Tier> for CueTier {
    fn from(tier: Tier) -> Self {
        match tier {
            Tier::Strict => Self::Strict,
            Tier::Normal => Self::Normal,
            Tier::Wide => Self::Wide,
        }
    }
}

/// Arguments that ask for nothing the program does.
#[derive(Debug)]
pub enum Refusal {
    /// `--help` and `--version` come this way too.
    Arguments(clap::Error),
    /// `SOURCE_DATE_EPOCH` is no time.
    Clock(anyhow::Error),
}

/// Reads the arguments. The clock and the environment are looked at here and nowhere further in.
///
/// # Errors
/// [`Refusal`] where the arguments make no sense, or ask for help.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Request, Refusal> {
    let arguments = Arguments::try_parse_from(arguments).map_err(Refusal::Arguments)?;
    Ok(match arguments.command.unwrap_or(Command::Open(arguments.open)) {
        Command::Open(Open { renderer: Some(renderer), probe: true, .. }) => Request::Probe(renderer),
        Command::Open(open) => Request::Window(open.opening()?),
        Command::Read { paths, json, codebook: Named { codebook }, clock } => {
            Request::Print(Job::Read { paths, codebook, format: Format::of(json), today: clock.today()? })
        }
        Command::Align { paths, pairs, json } => Request::Print(match (pairs, <[PathBuf; 2]>::try_from(paths)) {
            (None, Ok(pair)) => Job::Align { pair, format: Format::of(json) },
            (pairs, _) => Job::AlignPairs { list: pairs.unwrap_or_default(), format: Format::of(json) },
        }),
        Command::Analyze { paths, json, clusters, tier, only, codebook, clock } => Request::Print(Job::Analyze {
            paths,
            passim: clusters.passim,
            codebook: codebook.codebook,
            format: Format::of(json),
            tier: tier.into(),
            scope: match only {
                None => Scope::All,
                Some(Only::Phrases) => Scope::Phrases,
            },
            today: clock.today()?,
        }),
        Command::Export { paths, target, out, codebook: Named { codebook }, clock } => {
            let today = clock.today()?;
            Request::Print(if target.passim {
                Job::ExportToPassim { paths, codebook, out, today }
            } else if target.is_folder(&out)? {
                Job::ExportFolder { paths, codebook, out, today }
            } else {
                Job::Export { paths, codebook, export: target.export(&out, today)?, out, today }
            })
        }
        Command::Save { paths, out, codebook: Named { codebook }, clock } => {
            Request::Print(Job::Save { paths, codebook, out, today: clock.today()? })
        }
        Command::Import { folder, out } => Request::Print(Job::Import { folder, out }),
        Command::Brief(arguments) => Request::Print(arguments.job()?),
        Command::Screenshot { paths, view, size, dark, scale, made, out, codebook, clock } => {
            let today = clock.today()?;
            let made = made.unwrap_or(today);
            let scale = scale.unwrap_or_else(|| scale_for(size));
            let codebook = codebook.codebook;
            Request::Screenshot(Shot { paths, codebook, view, size, is_dark: dark, scale, made, today, out })
        }
        Command::Codebook(command) => Request::Print(match command {
            CodebookCommand::Check { codebook } => Job::CheckCodebook { codebook },
            CodebookCommand::New { out } => Job::NewCodebook { out },
            CodebookCommand::List => Job::ListCodebooks,
        }),
        Command::Doctor { json } => Request::Print(Job::Doctor { format: Format::of(json) }),
        Command::Man { page, out, clock } => Request::Print(Job::Manual { page, out, day: clock.today()? }),
        Command::Completions { shell } => Request::Print(Job::Completions { shell }),
        Command::Worker => Request::Worker,
    })
}

/// All arguments, for whoever describes them: the manual, the completions of a shell.
pub(super) fn command() -> clap::Command {
    Arguments::command()
}

fn refuse<T>(message: &str) -> Result<T, Refusal> {
    Err(Refusal::Arguments(Arguments::command().error(ErrorKind::ArgumentConflict, message)))
}

impl Clock {
    fn today(&self) -> Result<Date, Refusal> {
        match (self.today, std::env::var("SOURCE_DATE_EPOCH")) {
            (Some(day), _) => Ok(day),
            (None, Ok(secs)) => day_of_epoch(&secs).map_err(Refusal::Clock),
            (None, Err(_)) => Ok(jiff::Zoned::now().date()),
        }
    }
}

fn day_of_epoch(secs: &str) -> anyhow::Result<Date> {
    let wrong = || format!("SOURCE_DATE_EPOCH is not a number of seconds: {secs:?}");
    let timestamp = jiff::Timestamp::from_second(secs.parse().with_context(wrong)?).with_context(wrong)?;
    Ok(timestamp.to_zoned(jiff::tz::TimeZone::UTC).date())
}

/// The largest picture, and the largest side of the glyphs' texture: beyond it a slide gains nothing and memory is lost.
const MAX_SIDE: u32 = 8192;

fn parse_size(text: &str) -> Result<(u32, u32), String> {
    let (width, height) = text.split_once(['x', 'X', '×']).ok_or("write it as 1920x1080")?;
    let side = |digits: &str| match digits.trim().parse() {
        Ok(side @ 16..=MAX_SIDE) => Ok(side),
        _ => Err(format!("each side is a number from 16 to {MAX_SIDE}")),
    };
    Ok((side(width)?, side(height)?))
}

/// A larger page than 1920 × 1080 shows the same more finely, not more of it in smaller type.
fn scale_for((width, height): (u32, u32)) -> f32 {
    (width as f32 / 1920.0).min(height as f32 / 1080.0).max(1.0)
}

fn parse_scale(text: &str) -> Result<f32, String> {
    match text.parse() {
        Ok(scale) if (0.25..=8.0).contains(&scale) => Ok(scale),
        _ => Err("a number from 0.25 to 8".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::{Export, FileFormat, Opening, Renderer};
    use crate::export::What;

    fn request(arguments: &[&str]) -> Result<Request, Refusal> {
        parse(std::iter::once("throughline").chain(arguments.iter().copied()).map(Into::into))
    }

    #[test]
    fn arguments_become_plain_values() {
        let today = jiff::civil::date(2024, 7, 1);
        let day = "--today=2024-07-01";
        let paths = |names: &[&str]| names.iter().map(PathBuf::from).collect::<Vec<_>>();
        let opening = |names: &[&str], passim: &[&str], is_forced| Opening {
            paths: paths(names),
            passim: paths(passim),
            codebook: None,
            is_forced,
            is_new: false,
            renderer: None,
            because: None,
            after_crash: None,
            today,
        };
        let window = |names: &[&str], passim: &[&str], is_forced| Request::Window(opening(names, passim, is_forced));
        let export = |out: &str, what, format, made| {
            let export = Export { what, format, made };
            Request::Print(Job::Export { paths: paths(&["a"]), codebook: None, out: out.into(), export, today })
        };
        let table = [
            (vec![day], window(&[], &[], false)),
            (vec!["--window", day, "a", "b"], window(&["a", "b"], &[], true)),
            (vec!["open", "--passim", "out", day, "a"], window(&["a"], &["out"], false)),
            (vec!["a", "--passim=x", "--passim=y", day], window(&["a"], &["x", "y"], false)),
            (vec!["--new-window", "--renderer", "software", day], {
                Request::Window(Opening {
                    is_new: true,
                    renderer: Some(Renderer::Software),
                    ..opening(&[], &[], false)
                })
            }),
            (vec!["--renderer=opengl", "--probe"], Request::Probe(Renderer::OpenGl)),
            (vec!["export", "--passim", "a", "--out", "-", day], {
                Request::Print(Job::ExportToPassim { paths: paths(&["a"]), codebook: None, out: "-".into(), today })
            }),
            (vec!["export", "a", "--out", "s.CSV", day], export("s.CSV", What::Statements, FileFormat::Csv, today)),
            (vec!["export", "a", "--what", "shifts", "--out", "s.json", "--made=2025-01-02", day], {
                export("s.json", What::Shifts, FileFormat::Json, jiff::civil::date(2025, 1, 2))
            }),
            (vec!["export", "a", "--format", "qdpx", "--out", "-", day], {
                export("-", What::All, FileFormat::Qdpx, today)
            }),
            (vec!["read", "a", "--json", day, "--codebook", "x"], {
                let codebook = Some("x".to_owned());
                Request::Print(Job::Read { paths: paths(&["a"]), codebook, format: Format::Json, today })
            }),
            (vec!["codebook", "check", "x"], Request::Print(Job::CheckCodebook { codebook: "x".to_owned() })),
            (vec!["codebook", "new", "--out", "x"], Request::Print(Job::NewCodebook { out: Some("x".into()) })),
            (vec!["codebook", "list"], Request::Print(Job::ListCodebooks)),
            (vec!["align", "a", "b"], {
                Request::Print(Job::Align { pair: ["a".into(), "b".into()], format: Format::Words })
            }),
            (vec!["align", "--pairs", "list", "--json"], {
                Request::Print(Job::AlignPairs { list: "list".into(), format: Format::Json })
            }),
            (vec!["export", "a", "--out", "b/", "--format", "folder", day], {
                Request::Print(Job::ExportFolder { paths: paths(&["a"]), codebook: None, out: "b/".into(), today })
            }),
            (vec!["save", "a", "--out", "b", day], {
                Request::Print(Job::Save { paths: paths(&["a"]), codebook: None, out: "b".into(), today })
            }),
            (vec!["import", "a", "--out", "b"], {
                Request::Print(Job::Import { folder: "a".into(), out: "b".into() })
            }),
            (vec!["doctor", "--json"], Request::Print(Job::Doctor { format: Format::Json })),
            (vec!["man", "align", day], {
                Request::Print(Job::Manual { page: vec!["align".to_owned()], out: None, day: today })
            }),
            (vec!["completions", "fish"], { Request::Print(Job::Completions { shell: clap_complete::Shell::Fish }) }),
            (vec!["worker"], Request::Worker),
        ];
        for (arguments, expected) in table {
            assert_eq!(request(&arguments).unwrap(), expected, "{arguments:?}");
        }
    }

    #[test]
    fn type_is_as_large_on_a_page_of_more_pixels() {
        let scale = |size: &str, more: &[&str]| {
            let arguments = [&["screenshot", "--out=f.png", "--size", size], more].concat();
            match request(&arguments) {
                Ok(Request::Screenshot(shot)) => shot.scale,
                other => panic!("{other:?}"),
            }
        };
        let table =
            [("1280x800", 1.0), ("1920x1080", 1.0), ("3840x2160", 2.0), ("3840x1080", 1.0), ("2400x1350", 1.25)];
        for (size, expected) in table {
            assert_eq!(scale(size, &[]), expected, "{size}");
        }
        assert_eq!(scale("3840x2160", &["--scale", "1.5"]), 1.5);
    }

    #[test]
    fn nonsense_is_refused() {
        for arguments in [
            &["align", "a"][..],
            &["align", "a", "b", "--pairs", "c"],
            &["screenshot", "--size", "wide", "--out", "f.png"],
            &["screenshot", "--size", "0x9", "--out", "f.png"],
            &["screenshot", "--size", "8193x1080", "--out", "f.png"],
            &["screenshot", "--scale", "0", "--out", "f.png"],
            &["screenshot"],
            &["export", "--out", "f"],
            &["export", "--passim"],
            &["codebook"],
            &["codebook", "check"],
            &["export", "--out", "-"],
            &["export", "--passim", "--what", "shifts", "--out", "f.csv"],
            &["export", "--what", "all", "--out", "f.csv"],
            &["export", "--what", "shifts", "--out", "f.qdpx"],
            &["export", "a", "--out", "-", "--format", "folder"],
            &["export", "a", "--out", "b", "--format", "folder", "--what", "shifts"],
            &["export", "a", "--out", "b.folder"],
            &["save", "a"],
            &["import", "--out", "b"],
            &["import", "a", "b", "--out", "c"],
            &["analyze", "--tier", "loud"],
            &["completions"],
            &["completions", "tcsh"],
            &["man", "align", "--out", "a"],
            &["--today", "yesterday"],
            &["--renderer", "crayon"],
            &["--probe"],
        ] {
            assert!(matches!(request(arguments), Err(Refusal::Arguments(_))), "{arguments:?}");
        }
    }

    #[test]
    fn the_epoch_of_a_build_names_a_day() {
        assert_eq!(day_of_epoch("1700000000").unwrap(), jiff::civil::date(2023, 11, 14));
        assert!(day_of_epoch("soon").is_err());
    }
}
