//! The table of statements.

use std::io;

use super::csv::{self, Cell, Column};
use super::{PARTING, joined, outlet, rounded};
use crate::analysis::statements::Statement;
use crate::codebook::Direction;
use crate::export::articles::Articles;
use crate::export::facts::{self, PROGRAM, Side};
use crate::report::Report;
use crate::text::ByteRange;

/// A statement with its article, and what else its cells need.
struct Row<'a> {
    side: Side<'a>,
    report: &'a Report<'a>,
    articles: &'a Articles,
}

impl Row<'_> {
    fn statement(&self) -> &Statement {
        self.side.statement.statement
    }

    /// The words of ranges of the article.
    fn words(&self, ranges: &[ByteRange], parting: &str) -> Cell {
        let text = &self.side.article.document.text;
        Cell::text(ranges.iter().map(|range| range.of(text)).collect::<Vec<_>>().join(parting))
    }

    fn spans(&self) -> Vec<[usize; 2]> {
        self.articles.spans(self.side.statement.article_idx, &self.statement().content)
    }
}

fn columns<'a>() -> [Column<Row<'a>>; 41] {
    [
        ("id", |row| Cell::plain(row.statement().id)),
        ("document", |row| Cell::text(row.side.file)),
        ("document_id", |row| Cell::plain(row.side.article.document.id)),
        ("title", |row| Cell::some(row.side.article.document.title.as_deref())),
        ("outlet", |row| outlet(row.side.article)),
        ("published", |row| Cell::some_plain(row.side.article.day)),
        ("published_basis", |row| Cell::plain(facts::basis(&row.side.article.document.published))),
        ("published_earliest", |row| Cell::some_plain(row.side.article.document.published.earliest)),
        ("published_latest", |row| Cell::some_plain(row.side.article.document.published.latest)),
        ("said", |row| Cell::some_plain(row.statement().said)),
        ("said_is_estimate", |row| Cell::plain(row.statement().said_is_estimate)),
        ("quotation", |row| Cell::plain(facts::quotation(row.statement().quotation))),
        ("words", |row| Cell::text(facts::words(row.side.statement))),
        ("speaker_words", |row| row.words(&row.statement().speaker, " … ")),
        ("person", |row| Cell::some(row.statement().person.as_deref())),
        ("actor", |row| Cell::some(row.statement().actor.as_deref())),
        ("official", |row| Cell::plain(row.statement().is_official)),
        ("rule", |row| Cell::text(row.statement().attribution.rule.as_str())),
        ("confidence", |row| rounded(row.statement().attribution.confidence)),
        ("chain", |row| Cell::text(row.statement().attribution.chain.join(" → "))),
        ("cue", |row| row.words(&row.statement().cue, " … ")),
        ("themes", |row| joined(row.statement().themes.iter().map(String::as_str))),
        ("theme_labels", |row| joined(row.side.statement.themes.iter().copied())),
        ("act", |row| Cell::some(row.statement().act.as_deref())),
        ("act_label", |row| Cell::some(row.side.statement.act)),
        ("force", |row| Cell::some_plain(row.statement().force)),
        ("direction", |row| Cell::some_plain(row.statement().direction.map(Direction::words))),
        ("cameo", |row| Cell::some(facts::cameo(row.side.statement, row.report.codebook))),
        ("goldstein", |row| Cell::some_plain(facts::goldstein(row.side.statement, row.report.codebook))),
        ("hedges", |row| row.words(&row.statement().hedges, PARTING)),
        ("conditions", |row| row.words(&row.statement().conditions, PARTING)),
        ("same_as", |row| Cell::some_plain(row.statement().same_as)),
        ("origin", |row| Cell::plain(facts::origin(row.statement()))),
        ("review", |row| Cell::plain(facts::review(row.side.statement))),
        ("note", |row| Cell::text(row.side.statement.note)),
        ("start", |row| Cell::some_plain(row.spans().first().map(|span| span[0]))),
        ("end", |row| Cell::some_plain(row.spans().last().map(|span| span[1]))),
        ("spans", |row| {
            Cell::plain(row.spans().iter().map(|[start, end]| format!("{start}:{end}")).collect::<Vec<_>>().join(" "))
        }),
        ("program", |_| Cell::plain(PROGRAM)),
        ("codebook", |row| Cell::text(row.report.codebook.name.as_str())),
        ("codebook_hash", |row| Cell::text(row.report.codebook.hash.as_str())),
    ]
}

/// Writes every statement, whoever speaks, in order of date and place.
///
/// # Errors
/// Those of `out`.
pub fn write_statements(out: &mut impl io::Write, report: &Report<'_>) -> io::Result<()> {
    let articles = Articles::by_file_name(report);
    let rows = (0..report.statements.len()).filter_map(|idx| {
        let side = facts::side(report, &articles, Some(idx))?;
        Some(Row { side, report, articles: &articles })
    });
    csv::write(out, &columns(), rows)
}
