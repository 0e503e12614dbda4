//! The data behind the pages: a row for each statement, line, cell, article and source, for spreadsheets.
//!
//! Every row says which briefing it belongs to. Where a row refers to an article, outlet and headline stand beside it.
//! `marked` is the text with its marks: `[-only before-] {+only after+} <kept> *force or condition* =phrase=`; words
//! without a mark stand as they are. Where a cell holds several values they are parted by `; `. `O(n)`.

use std::io;

use super::words;
use crate::codebook::Direction;
use crate::export::facts::PROGRAM;
use crate::export::table::csv::{self as table, Cell, Column};
use crate::report::briefing::model::{
    Body, Briefing, Line, Mark, MatrixColumn, MatrixRow, Moment, Quote, Role, Said, Source, SourceRow, When,
};

/// What parts several values of a cell.
const PARTING: &str = "; ";

/// A row; what it does not have is empty.
#[derive(Default)]
struct Row<'a> {
    /// Number of the briefing in the file, from 1.
    number: usize,
    briefing: Option<&'a Briefing>,
    kind: &'static str,
    /// Number of the row in its briefing, from 1.
    row: usize,
    when: Option<&'a When>,
    lines: &'a [String],
    theme: &'a str,
    text: String,
    marked: String,
    mark: Option<Mark>,
    badges: &'a [String],
    sources: Vec<usize>,
    article: Option<&'a SourceRow>,
}

impl<'a> Row<'a> {
    fn of_quote(kind: &'static str, quote: &Quote) -> Self {
        Self { kind, text: words::cited(quote), marked: marked(quote), ..Self::default() }
    }

    fn of_said(kind: &'static str, said: &'a Said) -> Self {
        Self {
            when: Some(&said.when),
            lines: &said.lines,
            mark: Some(said.mark),
            badges: &said.badges,
            sources: vec![said.source],
            ..Self::of_quote(kind, &said.quote)
        }
    }

    /// The source it refers to, where it is one.
    fn source(&self) -> Option<&'a Source> {
        let [number] = self.sources.as_slice() else { return None };
        self.briefing?.sources.iter().find(|source| source.number == *number)
    }
}

fn columns<'a>() -> [Column<Row<'a>>; 26] {
    [
        ("briefing", |row| Cell::plain(row.number)),
        ("page", |row| Cell::some_plain(row.briefing.map(|it| it.kind.name()))),
        ("finding", |row| Cell::some(row.briefing.map(|it| it.headline.as_str()))),
        ("kind", |row| Cell::plain(row.kind)),
        ("row", |row| Cell::plain(row.row)),
        ("date", |row| Cell::some_plain(row.when.and_then(|when| when.iso))),
        ("date_printed", |row| Cell::some(row.when.map(words::day))),
        ("is_estimate", |row| Cell::some_plain(row.when.map(|when| when.is_estimate))),
        ("speaker", |row| Cell::text(row.lines.join(PARTING))),
        ("theme", |row| Cell::text(row.theme)),
        ("text", |row| Cell::text(row.text.as_str())),
        ("marked", |row| Cell::text(row.marked.as_str())),
        ("force", |row| Cell::some_plain(row.mark.map(|mark| mark.force))),
        ("direction", |row| Cell::some_plain(row.mark.and_then(|mark| mark.direction).map(Direction::words))),
        ("quoted", |row| Cell::some_plain(row.mark.map(|mark| mark.is_quoted))),
        ("official", |row| Cell::some_plain(row.mark.map(|mark| mark.is_official))),
        ("badges", |row| Cell::text(row.badges.join(PARTING))),
        ("source", |row| Cell::plain(row.sources.iter().map(usize::to_string).collect::<Vec<_>>().join(PARTING))),
        ("outlet", |row| {
            Cell::some(row.article.map(|it| it.outlet.as_str()).or(row.source().map(|it| it.outlet.as_str())))
        }),
        ("outlet_entered", |row| {
            Cell::some_plain(row.article.map(|it| it.is_outlet_entered).or(row.source().map(|it| it.is_outlet_entered)))
        }),
        ("headline", |row| {
            Cell::some(row.article.map(|it| it.headline.as_str()).or(row.source().map(|it| it.headline.as_str())))
        }),
        ("author", |row| Cell::some(row.source().and_then(|it| it.author.as_deref()))),
        ("date_basis", |row| Cell::some(row.article.map(|it| it.basis.as_str()))),
        ("n_words", |row| Cell::some_plain(row.article.map(|it| it.n_words))),
        ("made", |row| Cell::some_plain(row.briefing.map(|it| it.made))),
        ("program", |_| Cell::plain(PROGRAM)),
    ]
}

/// The bytes of the file.
///
/// # Errors
/// None of its own.
pub fn csv(briefings: &[Briefing]) -> io::Result<Vec<u8>> {
    let rows = briefings.iter().enumerate().flat_map(|(idx, briefing)| {
        let sources = briefing.sources.iter().map(of_source);
        rows(briefing).into_iter().chain(sources).enumerate().map(move |(row_idx, row)| Row {
            number: idx + 1,
            briefing: Some(briefing),
            row: row_idx + 1,
            ..row
        })
    });
    let mut bytes = Vec::new();
    table::write(&mut bytes, &columns(), rows)?;
    Ok(bytes)
}

fn rows(briefing: &Briefing) -> Vec<Row<'_>> {
    match &briefing.body {
        Body::Shift { before, change, after } => {
            let reason = [words::label(change), change.reason.clone()];
            let text = reason.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(": ");
            let label = Row { kind: "change", text, badges: &change.badges, ..Row::default() };
            let before = before.iter().map(|said| Row::of_said("before", said));
            before.chain([label]).chain(after.iter().map(|said| Row::of_said("after", said))).collect()
        }
        Body::Timeline { rows } => rows.iter().map(of_moment).collect(),
        Body::Phrase { rows } => of_lines(rows),
        Body::SideBySide { columns } => columns.iter().map(|said| Row::of_said("statement", said)).collect(),
        Body::Matrix { columns, rows } => rows.iter().flat_map(|row| of_theme(columns, row)).collect(),
        Body::Sources { rows } => rows.iter().map(of_article).collect(),
    }
}

fn of_moment(moment: &Moment) -> Row<'_> {
    match moment {
        Moment::Said(said) => Row::of_said("statement", said),
        Moment::NotObserved { when, source } => {
            Row { kind: "not observed", when: Some(when), sources: vec![*source], ..Row::default() }
        }
        Moment::Gap { label } => Row { kind: "gap", text: label.clone(), ..Row::default() },
    }
}

/// A line without a day is of the article above it.
fn of_lines(lines: &[Line]) -> Vec<Row<'_>> {
    let mut last: Option<&When> = None;
    let mut rows = Vec::with_capacity(lines.len());
    for line in lines {
        last = line.when.as_ref().or(last);
        let around = |words: String| {
            format!("{}{words}{}", words::context_before(line), words::context_after(line)).trim().to_owned()
        };
        rows.push(Row {
            kind: words::likeness(line.likeness),
            when: last,
            text: around(words::cited(&line.phrase)),
            marked: around(marked(&line.phrase)),
            sources: vec![line.source],
            ..Row::default()
        });
    }
    rows
}

fn of_theme<'a>(columns: &'a [MatrixColumn], row: &'a MatrixRow) -> impl Iterator<Item = Row<'a>> {
    columns.iter().zip(&row.cells).map(|(column, cell)| Row {
        kind: if cell.is_some() { "cell" } else { "not observed" },
        when: Some(&column.when),
        theme: &row.label,
        mark: *cell,
        sources: column.sources.clone(),
        ..Row::default()
    })
}

fn of_article(article: &SourceRow) -> Row<'_> {
    Row {
        kind: "article",
        when: Some(&article.when),
        badges: &article.notes,
        sources: vec![article.number],
        article: Some(article),
        ..Row::default()
    }
}

fn of_source(source: &Source) -> Row<'_> {
    Row {
        kind: "source",
        when: Some(&source.when),
        badges: &source.notes,
        sources: vec![source.number],
        ..Row::default()
    }
}

fn marked(quote: &Quote) -> String {
    let words = quote.segments.iter().map(|segment| {
        let text = words::segment(segment);
        let (before, core, after) = words::trimmed(&text);
        let (open, close) = match segment.role {
            _ if core.is_empty() => ("", ""),
            Role::Plain | Role::Redacted => ("", ""),
            Role::Kept => ("<", ">"),
            Role::OnlyBefore => ("[-", "-]"),
            Role::OnlyAfter => ("{+", "+}"),
            Role::Strong => ("*", "*"),
            Role::Shared => ("=", "="),
        };
        format!("{before}{open}{core}{close}{after}")
    });
    words::quoted(quote, words.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::briefing::model::Segment;

    #[test]
    fn the_marks_of_words_show_as_signs() {
        let segment = |text: &str, role| Segment { text: text.to_owned(), role };
        let quote = Quote {
            is_quoted: true,
            is_cut_before: false,
            is_cut_after: true,
            segments: vec![
                segment("We ", Role::Kept),
                segment("fear ", Role::OnlyBefore),
                segment("must ", Role::Strong),
                segment("Ana ", Role::Redacted),
                segment(" ", Role::OnlyAfter),
                segment("pier", Role::Shared),
            ],
        };
        assert_eq!(marked(&quote), "“<We> [-fear-] *must* [redacted]  =pier= …”");
    }
}
