//! What a template can see: the briefings as `/data.json`, `lib.typ`, the templates beside it, the fonts, the day of
//! making. Every other file, every package and the clock are refused.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fmt::Write as _;
use std::sync::{Arc, LazyLock};

use jiff::civil::Date;
use typst::diag::{FileError, FileResult, SourceDiagnostic, Tracepoint};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{DiagSpan, FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt as _, World, WorldExt as _};
use typst_layout::PagedDocument;

use super::fonts::FontSet;
use super::templates::{MOST_BYTES, Templates, kind_of};
use super::{PageSize, TypesetError};
use crate::report::briefing::Briefing;

/// Typst's standard library; a constant, though it has to be built.
static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| {
    LazyHash::new(Library::builder().with_features([Feature::A11yExtras].into_iter().collect()).build())
});

const MAIN: &str = "main";
const DATA: &str = "data.json";

/// What is to be set.
pub(super) struct Task<'a> {
    pub briefings: &'a [Briefing],
    pub template: Option<&'a str>,
    pub templates: &'a Templates,
    pub size: PageSize,
    /// The briefings as JSON.
    pub data: &'a str,
}

/// All that one compilation needs.
pub(super) struct Bench {
    main: FileId,
    sources: HashMap<FileId, FileResult<Source>>,
    /// Files that a reader wrote.
    own: HashSet<FileId>,
    /// The template of each briefing, for faults without a place.
    used: Vec<String>,
    data: (FileId, Bytes),
    fonts: Arc<FontSet>,
    today: Date,
}

impl Bench {
    pub fn new(task: &Task, fonts: Arc<FontSet>) -> Result<Self, TypesetError> {
        let today = task.briefings.first().map_or(Date::ZERO, |briefing| briefing.made);
        let used = templates_of(task)?;
        let mut sources = HashMap::new();
        let mut own = HashSet::new();
        for (name, file) in task.templates.files() {
            if file.text.len() > MOST_BYTES {
                return Err(TypesetError::TemplateTooLong { file: name.to_owned() });
            }
            let Some(id) = file_id(name) else { continue };
            let source = std::str::from_utf8(&file.text)
                .map(|text| Source::new(id, text.trim_start_matches('\u{feff}').to_owned()))
                .map_err(|_| FileError::InvalidUtf8);
            sources.insert(id, source);
            if file.is_own {
                own.insert(id);
            }
        }
        let refused = || TypesetError::Data("no name for its file".to_owned());
        let main = file_id(MAIN).ok_or_else(refused)?;
        let data = (file_id(DATA).ok_or_else(refused)?, Bytes::from_string(task.data.to_owned()));
        sources.insert(main, Ok(Source::new(main, main_text(task, &used))));
        Ok(Self { main, sources, own, used, data, fonts, today })
    }

    pub fn compile(&self) -> Result<PagedDocument, TypesetError> {
        typst::compile::<PagedDocument>(self)
            .output
            .map_err(|errors| errors.first().map_or(TypesetError::NoPage, |error| self.told(error)))
    }

    /// The fault at its place in a file of the reader's, else where it showed.
    fn told(&self, error: &SourceDiagnostic) -> TypesetError {
        let mut places = vec![error.span];
        for point in &error.trace {
            if matches!(point.v, Tracepoint::Call(_) | Tracepoint::Import(_) | Tracepoint::Show(_)) {
                places.push(point.span.into());
            }
        }
        let is_own = |place: &&DiagSpan| place.id().is_some_and(|id| self.own.contains(&id));
        let is_template = |place: &&DiagSpan| place.id().is_some_and(|id| id != self.main);
        let place = places.iter().find(is_own).or_else(|| places.iter().find(is_template));
        let (file, position) = match place {
            Some(place) => (place.id().map(name_of), self.position(*place)),
            None => (None, None),
        };
        let file = file.or_else(|| self.used.first().map(|name| format!("{name}.typ")));
        TypesetError::Template {
            file: file.unwrap_or_else(|| MAIN.to_owned()),
            line: position.map(|(line, _)| line),
            column: position.map(|(_, column)| column),
            message: error.message.to_string(),
            hints: error.hints.iter().map(|hint| hint.v.to_string()).collect(),
        }
    }

    /// Line and column from 1.
    fn position(&self, place: DiagSpan) -> Option<(usize, usize)> {
        let source = self.source(place.id()?).ok()?;
        let range = self.range(place)?;
        let (line, column) = source.lines().byte_to_line_column(range.start)?;
        Some((line + 1, column + 1))
    }
}

impl World for Bench {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.fonts.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.sources.get(&id).cloned().unwrap_or_else(|| Err(refusal(id)))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data.0 { Ok(self.data.1.clone()) } else { Err(refusal(id)) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        let part = |number: i8| u8::try_from(number).ok();
        Datetime::from_ymd(i32::from(self.today.year()), part(self.today.month())?, part(self.today.day())?)
    }
}

/// The template of each briefing.
fn templates_of(task: &Task) -> Result<Vec<String>, TypesetError> {
    let asked = task.template.map(|name| (name, kind_of(name)));
    let mut is_used = false;
    let mut used = Vec::with_capacity(task.briefings.len());
    for briefing in task.briefings {
        let names = task.templates.names(briefing.kind);
        match asked {
            Some((name, Some(kind))) if kind == briefing.kind && names.contains(&name) => {
                is_used = true;
                used.push(name.to_owned());
            }
            _ => used.push(briefing.kind.name().to_owned()),
        }
    }
    match asked {
        Some((name, _)) if !is_used => {
            let kinds: BTreeSet<_> = task.briefings.iter().map(|briefing| briefing.kind).collect();
            let known = kinds.into_iter().flat_map(|kind| task.templates.names(kind)).map(str::to_owned).collect();
            Err(TypesetError::UnknownTemplate { name: name.to_owned(), known })
        }
        _ => Ok(used),
    }
}

/// The file that calls the templates.
fn main_text(task: &Task, used: &[String]) -> String {
    let (width, height) = task.size.points();
    let mut text = format!("#let page = (width: {width}pt, height: {height}pt)\n#let data = json(\"/{DATA}\")\n");
    if let Some(first) = task.briefings.first() {
        let language: String = first.language.chars().filter(char::is_ascii_alphabetic).collect();
        if matches!(language.len(), 2 | 3) {
            let _ = writeln!(text, "#set text(lang: \"{}\")", language.to_ascii_lowercase());
        }
    }
    let _ = writeln!(text, "#set std.page(width: page.width, height: page.height)");
    for (idx, name) in used.iter().enumerate() {
        let _ = writeln!(text, "#import \"/{name}.typ\" as template\n#template.slide(data.at({idx}), page)");
    }
    text
}

fn file_id(name: &str) -> Option<FileId> {
    let path = VirtualPath::new(format!("/{name}")).ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}

fn name_of(id: FileId) -> String {
    id.get().vpath().get_without_slash().to_owned()
}

fn refusal(id: FileId) -> FileError {
    let why = match id.get().root() {
        VirtualRoot::Package(_) => "a template cannot load packages",
        VirtualRoot::Project => {
            "a template can import lib.typ and the templates beside it, and read data.json, nothing else"
        }
    };
    FileError::Other(Some(why.into()))
}
