//! The arguments of `brief`.

use std::path::PathBuf;

use clap::Args;
use jiff::civil::Date;

use super::{Clock, Named, Refusal, parse_size, refuse};
use crate::cli::{Ask, Brief, Job};
use crate::export::briefs::BriefFormat;
use crate::export::typeset::PageSize;
use crate::report::briefing::{Choices, FAIR_WORDS, Kind};

#[derive(Debug, Args)]
pub(super) struct BriefArguments {
    /// Articles or a project; without any, the five built-in articles
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// shift, timeline, phrase, side-by-side, matrix, sources, or a template of yours; without it, everything found
    #[arg(long, value_name = "T")]
    template: Option<String>,
    /// What the page is about, by its id (see --list)
    #[arg(long, value_name = "ID", group = "about")]
    finding: Option<String>,
    /// A theme of the codebook, by id or label
    #[arg(long, value_name = "T", group = "about")]
    theme: Option<String>,
    /// A phrase that comes back, by its words or id
    #[arg(long, value_name = "P", group = "about")]
    phrase: Option<String>,
    /// Whose statements, where several actors speak on a theme
    #[arg(long, value_name = "A")]
    actor: Option<String>,
    /// Names what can be briefed, and writes nothing
    #[arg(long, conflicts_with = "out")]
    list: bool,
    /// Width and height of the page in pixels
    #[arg(long, value_name = "WxH", default_value = "1920x1080", value_parser = parse_page)]
    size: PageSize,
    /// Where to write it, - for stdout; the ending says how
    #[arg(long, value_name = "FILE", required_unless_present = "list")]
    out: Option<PathBuf>,
    /// The kind of file [default: by the ending of its name]
    #[arg(long, value_parser = parse_format)]
    format: Option<BriefFormat>,
    /// A folder of templates of your own [default: templates in the program's folder of settings]
    #[arg(long, value_name = "FOLDER")]
    templates: Option<PathBuf>,
    #[command(flatten)]
    words: Words,
    #[command(flatten)]
    codebook: Named,
    #[command(flatten)]
    clock: Clock,
}

/// What stands on the page, and what must not.
#[derive(Debug, Args)]
struct Words {
    /// Your own headline instead of the proposed one
    #[arg(long, value_name = "WORDS")]
    headline: Option<String>,
    /// Your own line under it
    #[arg(long, value_name = "WORDS")]
    subtitle: Option<String>,
    /// Your own description for those who do not see the page
    #[arg(long, value_name = "WORDS")]
    description: Option<String>,
    /// Leaves the key to the marks out
    #[arg(long)]
    no_key: bool,
    /// Leaves rule, version and codebook out
    #[arg(long)]
    no_method: bool,
    /// Names the writers of the articles
    #[arg(long)]
    bylines: bool,
    /// Leaves e-mail addresses in
    #[arg(long)]
    emails: bool,
    /// Words quoted of one source at most
    #[arg(long, value_name = "N", default_value_t = FAIR_WORDS, value_parser = parse_words)]
    max_words: usize,
    /// A name or words to take out wherever they stand; may be given several times
    #[arg(long, value_name = "WORDS")]
    redact: Vec<String>,
    /// Writes no title, description or date into the file's own data
    #[arg(long)]
    strip: bool,
    /// The day printed as the day of making [default: today]
    #[arg(long, value_name = "DAY")]
    made: Option<Date>,
}

fn parse_format(name: &str) -> Result<BriefFormat, String> {
    let known = || BriefFormat::ALL.map(BriefFormat::name).join(", ");
    BriefFormat::ALL.into_iter().find(|format| format.name() == name).ok_or_else(|| format!("one of {}", known()))
}

fn parse_page(text: &str) -> Result<PageSize, String> {
    let (width, height) = parse_size(text)?;
    let side = PageSize::SIDE;
    PageSize::new(width, height).ok_or_else(|| format!("sides from {} to {} pixels", side.start(), side.end()))
}

fn parse_words(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(n_words) if (5..=1000).contains(&n_words) => Ok(n_words),
        _ => Err("a number from 5 to 1000".to_owned()),
    }
}

impl BriefArguments {
    pub fn job(self) -> Result<Job, Refusal> {
        let today = self.clock.today()?;
        let ask = self.ask()?;
        if self.list {
            let kind = ask.map(|ask| ask.kind);
            return Ok(Job::ListBriefings { paths: self.paths, codebook: self.codebook.codebook, kind, today });
        }
        let out = self.out.unwrap_or_default();
        let ending = out.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        let Some(format) = self.format.or_else(|| BriefFormat::of_ending(ending)) else {
            return refuse("name a file that ends in .png, .svg, .pdf, .pptx, .html, .md, .csv, .json, .txt or .bib");
        };
        let words = self.words;
        let choices = Choices {
            headline: words.headline,
            subtitle: words.subtitle,
            description: words.description,
            has_key: !words.no_key,
            has_method: !words.no_method,
            has_bylines: words.bylines,
            has_emails: words.emails,
            max_words: words.max_words,
            redact: words.redact,
            made: words.made.unwrap_or(today),
        };
        if ask.is_none() && (choices.headline.is_some() || choices.subtitle.is_some() || choices.description.is_some())
        {
            return refuse("a headline, subtitle or description is of one page: name a --template");
        }
        Ok(Job::Brief(Box::new(Brief {
            paths: self.paths,
            codebook: self.codebook.codebook,
            ask,
            choices,
            size: self.size,
            templates: self.templates,
            format,
            is_stripped: words.strip,
            out,
            today,
        })))
    }

    /// What the page is about; `None` for everything.
    fn ask(&self) -> Result<Option<Ask>, Refusal> {
        let (name, implied) = match (&self.finding, &self.theme, &self.phrase) {
            (Some(id), ..) => (Some(id.clone()), kind_of_id(id)),
            (_, Some(theme), _) => (Some(theme.clone()), Some(Kind::Timeline)),
            (.., Some(phrase)) => (Some(phrase.clone()), Some(Kind::Phrase)),
            (None, None, None) => (None, None),
        };
        let kind = match &self.template {
            None => implied,
            Some(template) => match kind_of_template(template) {
                Some(kind) => Some(kind),
                None => {
                    return refuse(
                        "a template is called shift, timeline, phrase, side-by-side, matrix or sources, or begins so: shift-wide",
                    );
                }
            },
        };
        match (kind, name) {
            (Some(kind), name) => {
                Ok(Some(Ask { kind, template: self.template.clone(), name, actor: self.actor.clone() }))
            }
            (None, Some(_)) => refuse("say with --template what kind of page this is for"),
            (None, None) => Ok(None),
        }
    }
}

/// The kind that a template is for: the one its name begins with.
fn kind_of_template(name: &str) -> Option<Kind> {
    let is_for =
        |kind: &Kind| name.strip_prefix(kind.name()).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
    Kind::ALL.into_iter().find(is_for)
}

/// "h" and sixteen digits is a change, "p" a phrase.
fn kind_of_id(id: &str) -> Option<Kind> {
    let is_hash = |rest: &str| !rest.is_empty() && rest.chars().all(|chr| chr.is_ascii_hexdigit());
    match (id.get(..1)?, id.get(1..).is_some_and(is_hash)) {
        ("h", true) => Some(Kind::Shift),
        ("p", true) => Some(Kind::Phrase),
        _ => None,
    }
}
