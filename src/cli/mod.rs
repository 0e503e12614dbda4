//! The command line: arguments to plain values, then the calls the window makes too.
//!
//! Data goes to stdout, messages to stderr. One bad file never hides the others: it is told, the rest is printed, and
//! the exit status says that something failed. A reader that stops reading (`| head`) ends the program quietly.

mod align;
mod analyze;
mod args;
mod brief;
pub mod codebook;
mod doctor;
mod export;
mod manual;
pub mod projects;
mod reading;

pub use args::{Refusal, arguments_of, parse};
pub use brief::{Ask, Brief};
pub use export::Export;

use std::io::{self, Write as _};
use std::path::PathBuf;

use jiff::civil::Date;

use crate::analysis::{Options, Scope};
use crate::codebook::CueTier;
use crate::report::briefing::Kind;

/// What the arguments ask for.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// The window; without a display, and not forced, the same findings in words.
    Window(Opening),
    /// Whether one way of drawing works, with a window that nobody sees.
    Probe(Renderer),
    /// A picture of a view.
    Screenshot(Shot),
    /// Text on stdout.
    Print(Job),
    /// The process around the parsers, fed by another one of this program.
    Worker,
}

/// What the window opens, and how.
#[derive(Clone, Debug, PartialEq)]
pub struct Opening {
    pub paths: Vec<PathBuf>,
    /// What passim wrote of these articles.
    pub passim: Vec<PathBuf>,
    /// A file, or the name of a built-in codebook.
    pub codebook: Option<String>,
    /// Fail where there is no display.
    pub is_forced: bool,
    /// Leave a window that is there alone.
    pub is_new: bool,
    /// The only way of drawing that is tried.
    pub renderer: Option<Renderer>,
    /// Why faster ways of drawing failed, where an earlier process of the program tried them.
    pub because: Option<String>,
    /// The report of a window that stopped, whose place this one takes.
    pub after_crash: Option<PathBuf>,
    pub today: Date,
}

/// The ways to draw the window. It has names of its own for them; only `main` knows both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Renderer {
    #[value(name = "opengl")]
    OpenGl,
    /// Vulkan, Metal or Direct3D
    Wgpu,
    /// The processor alone
    Software,
}

/// A view to be drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Shot {
    pub paths: Vec<PathBuf>,
    /// A file, or the name of a built-in codebook.
    pub codebook: Option<String>,
    pub view: View,
    /// Width and height in pixels.
    pub size: (u32, u32),
    pub is_dark: bool,
    /// Pixels a point.
    pub scale: f32,
    /// The day of making that is printed.
    pub made: Date,
    pub today: Date,
    pub out: PathBuf,
}

/// The views that can be drawn. The window has names of its own for them; only `main` knows both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum View {
    Read,
    Phrases,
    Positions,
    Compare,
    Briefing,
}

/// Something to be printed. `codebook` is a file, or the name of a built-in one.
#[derive(Clone, Debug, PartialEq)]
pub enum Job {
    Read {
        paths: Vec<PathBuf>,
        codebook: Option<String>,
        format: Format,
        today: Date,
    },
    Align {
        pair: [PathBuf; 2],
        format: Format,
    },
    /// `list` is a file of pairs.
    AlignPairs {
        list: PathBuf,
        format: Format,
    },
    /// Writes the articles for passim to `out`, `-` for stdout.
    ExportToPassim {
        paths: Vec<PathBuf>,
        codebook: Option<String>,
        out: PathBuf,
        today: Date,
    },
    /// Writes what was found for other programs to `out`, `-` for stdout.
    Export {
        paths: Vec<PathBuf>,
        codebook: Option<String>,
        out: PathBuf,
        export: Export,
        today: Date,
    },
    /// Writes a whole project as a folder of texts and JSON.
    ExportFolder {
        paths: Vec<PathBuf>,
        codebook: Option<String>,
        out: PathBuf,
        today: Date,
    },
    /// Makes a project of articles, in a new file.
    Save {
        paths: Vec<PathBuf>,
        codebook: Option<String>,
        out: PathBuf,
        today: Date,
    },
    /// Makes a project of such a folder, in a new file.
    Import {
        folder: PathBuf,
        out: PathBuf,
    },
    /// Writes a finding as a page, or everything found.
    Brief(Box<Brief>),
    /// Names what can be briefed.
    ListBriefings {
        paths: Vec<PathBuf>,
        codebook: Option<String>,
        /// `None` for all kinds.
        kind: Option<Kind>,
        today: Date,
    },
    Analyze {
        paths: Vec<PathBuf>,
        /// What passim wrote of these articles.
        passim: Vec<PathBuf>,
        codebook: Option<String>,
        format: Format,
        tier: CueTier,
        scope: Scope,
        today: Date,
    },
    /// Tells what is wrong with a codebook.
    CheckCodebook {
        codebook: String,
    },
    /// Writes a codebook to start from to `out`, to stdout without one.
    NewCodebook {
        out: Option<PathBuf>,
    },
    /// Names the built-in codebooks.
    ListCodebooks,
    /// Tells what this computer offers.
    Doctor {
        format: Format,
    },
    /// Prints a page of the manual, or writes all pages to the folder `out`.
    Manual {
        /// The command it is of; empty for the whole program.
        page: Vec<String>,
        out: Option<PathBuf>,
        /// The day in the head of a page.
        day: Date,
    },
    /// Prints what a shell needs to complete what is typed.
    Completions {
        shell: clap_complete::Shell,
    },
}

/// How it is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For a reader.
    Words,
    /// JSON Lines.
    Json,
}

/// The kind of a file that is exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileFormat {
    /// Tables: RFC 4180.
    Csv,
    /// One JSON object.
    Json,
    /// A REFI-QDA project, for programs of qualitative analysis.
    Qdpx,
}

impl Format {
    fn of(json: bool) -> Self {
        if json { Self::Json } else { Self::Words }
    }
}

/// How it ended; the worst of several counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    Done,
    /// Everything was read and nothing was found.
    NothingFound,
    /// Something could not be read; the rest was printed.
    Failed,
}

impl Outcome {
    /// The exit status of the process.
    pub fn status(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::NothingFound => 1,
            Self::Failed => 2,
        }
    }
}

/// Carries out a job, printing to stdout.
///
/// # Errors
/// Where nothing could be printed at all: an unreadable list of pairs, a codebook that is none, a full disk behind
/// stdout.
pub fn print(job: &Job) -> anyhow::Result<Outcome> {
    let mut out = io::BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let outcome = match job {
        Job::Read { paths, codebook, format, today } => {
            reading::print(&mut out, paths, codebook.as_deref(), *format, *today)
        }
        Job::Align { pair, format } => align::print_pair(&mut out, pair, *format),
        Job::AlignPairs { list, format } => align::print_pairs(&mut out, list, *format),
        Job::ExportToPassim { paths, codebook, out: file, today } => {
            export::to_passim(&mut out, paths, codebook.as_deref(), file, *today)
        }
        Job::Export { paths, codebook, out: file, export, today } => {
            export::findings(&mut out, paths, codebook.as_deref(), file, *export, *today)
        }
        Job::ExportFolder { paths, codebook, out, today } => projects::export(paths, codebook.as_deref(), out, *today),
        Job::Save { paths, codebook, out, today } => projects::save(paths, codebook.as_deref(), out, *today),
        Job::Import { folder, out } => projects::import(folder, out),
        Job::Brief(brief) => brief::write(&mut out, brief),
        Job::ListBriefings { paths, codebook, kind, today } => {
            brief::list(&mut out, paths, codebook.as_deref(), *kind, *today)
        }
        Job::Analyze { paths, passim, codebook, format, tier, scope, today } => {
            let options = Options { tier: *tier, scope: *scope, ..Options::default() };
            analyze::print(&mut out, paths, passim, codebook.as_deref(), *format, &options, *today)
        }
        Job::CheckCodebook { codebook } => codebook::check(&mut out, codebook),
        Job::NewCodebook { out: file } => codebook::write_new(&mut out, file.as_deref()),
        Job::ListCodebooks => codebook::list(&mut out),
        Job::Doctor { format } => doctor::print(&mut out, *format),
        Job::Manual { page, out: folder, day } => manual::print(&mut out, page, folder.as_deref(), *day),
        Job::Completions { shell } => Ok(manual::complete(&mut out, *shell)),
    };
    let flushed = out.flush();
    match outcome.and_then(|outcome| Ok(flushed.map(|()| outcome)?)) {
        Err(error) if is_broken_pipe(&error) => Ok(Outcome::Done),
        outcome => outcome,
    }
}

/// Did whoever reads the output stop reading? That is their right and no failure.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let io = cause.downcast_ref::<io::Error>().map(io::Error::kind);
        let json = cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
        io.or(json) == Some(io::ErrorKind::BrokenPipe)
    })
}

/// Prints a message for the person at the terminal. Nothing can be done where even that fails.
pub fn tell(message: &str) {
    let _ = writeln!(io::stderr().lock(), "throughline: {message}");
}
