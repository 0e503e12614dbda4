//! What stands between subtitle and sources as text that can be edited: boxes for statements, tables for the rest.
//!
//! What does not fit on one slide goes on the next; nothing shrinks below its size.

use super::look::{Area, Color, DAYS, LABEL, QUOTE};
use super::text::{Align, Paragraph, Run, height, quote_runs};
use crate::export::pages::words;
use crate::report::briefing::model::{
    Body, Briefing, Change, KeyEntry, Line, MatrixColumn, MatrixRow, Moment, Said, SourceRow, When,
};

/// A part of a slide.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Part {
    Text { name: String, area: Area, paragraphs: Vec<Paragraph> },
    Table { area: Area, widths: Vec<f32>, has_head: bool, rows: Vec<Vec<Paragraph>> },
}

/// Room between rows.
const GAP: f32 = 12.0;

/// Room above and below the words of a cell, together.
pub(super) const CELL_GAP: f32 = 8.0;

/// Room at the right of the words of a cell.
pub(super) const CELL_RIGHT: f32 = 8.0;

/// The parts of each slide; one slide at least.
pub(super) fn pages(briefing: &Briefing, area: Area) -> Vec<Vec<Part>> {
    let key = key(briefing);
    let key_height = if key.runs.is_empty() { 0.0 } else { height(std::slice::from_ref(&key), area.width) + GAP };
    let room = Area { height: (area.height - key_height).max(0.0), ..area };
    let mut pages = match &briefing.body {
        Body::Shift { before, change, after } => in_rows(shift(before.as_ref(), change, after.as_ref()), room),
        Body::Timeline { rows } => in_rows(rows.iter().map(moment).collect(), room),
        Body::SideBySide { columns } => side_by_side(columns, room),
        Body::Phrase { rows } => in_tables(phrase(rows), &[0.2, 0.3, 0.5], false, room),
        Body::Matrix { columns, rows } => {
            let share = 0.7 / columns.len().max(1) as f32;
            let widths: Vec<f32> = [0.3].into_iter().chain(columns.iter().map(|_| share)).collect();
            in_tables(matrix(columns, rows), &widths, true, room)
        }
        Body::Sources { rows } => in_tables(articles(rows), &[0.05, 0.2, 0.25, 0.4, 0.1], true, room),
    };
    if pages.is_empty() {
        pages.push(Vec::new());
    }
    if !key.runs.is_empty() {
        let area = Area { y: area.bottom() - key_height + GAP, height: key_height - GAP, ..area };
        for page in &mut pages {
            page.push(Part::Text { name: "Key".to_owned(), area, paragraphs: vec![key.clone()] });
        }
    }
    pages
}

/// A day or a label at the left, words at the right.
type Pair = (Vec<Paragraph>, Vec<Paragraph>);

fn shift(before: Option<&Said>, change: &Change, after: Option<&Said>) -> Vec<Pair> {
    let none = |words: &str| (Vec::new(), vec![Paragraph::new([Run::sans(words, LABEL).colored(Color::Dim)])]);
    let mut label = vec![Run::serif(words::label(change), QUOTE).bold()];
    if !change.reason.is_empty() {
        label.push(Run::sans(format!("  {}", change.reason), LABEL));
    }
    if !change.badges.is_empty() {
        label.push(Run::sans(format!("  {}", words::badges(&change.badges)), LABEL));
    }
    vec![
        before.map_or_else(|| none("No earlier statement."), statement),
        (Vec::new(), vec![Paragraph::new(label)]),
        after.map_or_else(|| none("No later statement."), statement),
    ]
}

fn statement(said: &Said) -> Pair {
    (head(said), vec![quotation(said)])
}

/// Day, lines and badges, a paragraph each.
fn head(said: &Said) -> Vec<Paragraph> {
    let lines = said.lines.iter().cloned().chain([words::badges(&said.badges)]).filter(|line| !line.is_empty());
    [day(&said.when, &said.when.day, LABEL)]
        .into_iter()
        .chain(lines.map(|line| Paragraph::new([Run::sans(line, LABEL)])))
        .collect()
}

fn quotation(said: &Said) -> Paragraph {
    let number = Run::sans(format!(" {}", said.source), QUOTE).raised();
    Paragraph::new(quote_runs(&said.quote, QUOTE).into_iter().chain([number]))
}

/// "est." is light, the day is bold.
fn day(when: &When, words: &str, size: f32) -> Paragraph {
    let est = when.is_estimate.then(|| Run::sans("est. ", size));
    Paragraph::new(est.into_iter().chain([Run::sans(words, size).bold()]))
}

fn moment(moment: &Moment) -> Pair {
    match moment {
        Moment::Said(said) => {
            let mut head = head(said);
            head.push(Paragraph::new([
                Run::sans(words::mark_beside(said.mark, &said.badges), LABEL).colored(Color::Accent)
            ]));
            (head, vec![quotation(said)])
        }
        Moment::NotObserved { when, source } => {
            let words = Run::sans(words::NOT_OBSERVED, LABEL).colored(Color::Dim);
            let number = Run::sans(format!(" {source}"), LABEL).raised();
            (vec![day(when, &when.day, LABEL)], vec![Paragraph::new([words, number])])
        }
        Moment::Gap { label } => {
            (vec![Paragraph::new([Run::sans(label.as_str(), LABEL).colored(Color::Dim)])], Vec::new())
        }
    }
}

/// Two boxes for each pair, below each other.
fn in_rows(pairs: Vec<Pair>, area: Area) -> Vec<Vec<Part>> {
    let right = Area { x: area.x + DAYS.0 + DAYS.1, width: area.width - DAYS.0 - DAYS.1, ..area };
    let mut pages: Vec<Vec<Part>> = Vec::new();
    let mut y = f32::INFINITY;
    let mut nth = 0;
    for (head, words) in pairs {
        let height = height(&head, DAYS.0).max(height(&words, right.width));
        if y + height > area.bottom() {
            pages.push(Vec::new());
            y = area.y;
            nth = 0;
        }
        let Some(page) = pages.last_mut() else { continue };
        nth += 1;
        let boxes =
            [("Day", Area { y, height, width: DAYS.0, ..area }, head), ("Words", Area { y, height, ..right }, words)];
        let boxes = boxes.into_iter().filter(|(_, _, paragraphs)| !paragraphs.is_empty());
        page.extend(boxes.map(|(name, area, paragraphs)| Part::Text {
            name: format!("{name} {nth}"),
            area,
            paragraphs,
        }));
        y += height + GAP;
    }
    pages
}

/// One column each; below a slide's height each gets a slide of its own.
fn side_by_side(columns: &[Said], area: Area) -> Vec<Vec<Part>> {
    const BETWEEN: f32 = 24.0;
    let n = columns.len().max(1) as f32;
    let width = (area.width - BETWEEN * (n - 1.0)) / n;
    let paragraphs = |said: &Said| [head(said), vec![quotation(said).spaced(6.0)]].concat();
    let fits = columns.iter().all(|said| height(&paragraphs(said), width) <= area.height);
    let part = |(idx, said): (usize, &Said)| {
        let area = if fits { Area { x: area.x + idx as f32 * (width + BETWEEN), width, ..area } } else { area };
        Part::Text { name: format!("Statement {}", idx + 1), area, paragraphs: paragraphs(said) }
    };
    let parts = columns.iter().enumerate().map(part);
    if fits { vec![parts.collect()] } else { parts.map(|part| vec![part]).collect() }
}

type Cells = Vec<Paragraph>;

fn phrase(lines: &[Line]) -> Vec<Cells> {
    let line = |line: &Line| {
        let context = |words: String| Run::serif(words, LABEL).colored(Color::Ink2);
        let phrase = quote_runs(&line.phrase, LABEL).into_iter().map(|run| run.liked(line.likeness));
        let words = phrase.chain([context(words::context_after(line))]);
        let number = Run::sans(format!(" {}", line.source), LABEL).raised();
        let day = line.when.as_ref().map_or_else(|| Paragraph::new([]), |when| day(when, &when.day, LABEL));
        vec![
            day,
            Paragraph::new([context(words::context_before(line))]).aligned(Align::Right),
            Paragraph::new(words.chain([number])),
        ]
    };
    lines.iter().map(line).collect()
}

fn matrix(columns: &[MatrixColumn], rows: &[MatrixRow]) -> Vec<Cells> {
    let head = columns.iter().map(|column| {
        let mut month = day(&column.when, &column.when.month, LABEL);
        month.runs.push(Run::sans(format!(" {}", words::numbers(&column.sources)), LABEL).raised());
        month.aligned(Align::Center)
    });
    let head: Cells = [Paragraph::new([Run::sans("Theme", LABEL)])].into_iter().chain(head).collect();
    let line = |row: &MatrixRow| {
        let cells = row.cells.iter().map(|cell| {
            let run = match cell {
                Some(mark) => Run::sans(words::mark(*mark), LABEL).colored(Color::Accent),
                None => Run::sans("not observed", LABEL).colored(Color::Dim),
            };
            Paragraph::new([run]).aligned(Align::Center)
        });
        [Paragraph::new([Run::sans(row.label.as_str(), LABEL).colored(Color::Ink)])].into_iter().chain(cells).collect()
    };
    [head].into_iter().chain(rows.iter().map(line)).collect()
}

fn articles(rows: &[SourceRow]) -> Vec<Cells> {
    let sans = |words: &str| Paragraph::new([Run::sans(words, LABEL)]);
    let head = ["", "Date", "Outlet", "Headline", "Words"].map(sans).to_vec();
    let line = |row: &SourceRow| {
        let mut date = day(&row.when, &row.when.day, LABEL);
        let basis = if row.basis.is_empty() { String::new() } else { format!(" {}", row.basis) };
        date.runs.push(Run::sans(basis, LABEL));
        date.runs.retain(|run| !run.text.is_empty());
        let outlet = words::outlet(&row.outlet, row.is_outlet_entered);
        let notes = if row.notes.is_empty() { outlet } else { format!("{outlet} {}", words::badges(&row.notes)) };
        vec![
            sans(&row.number.to_string()),
            date,
            sans(&notes),
            Paragraph::new([Run::serif(row.headline.as_str(), LABEL)]),
            sans(&row.n_words.to_string()).aligned(Align::Right),
        ]
    };
    [head].into_iter().chain(rows.iter().map(line)).collect()
}

/// `shares` are parts of the whole width. The head comes again on every slide.
fn in_tables(rows: Vec<Cells>, shares: &[f32], has_head: bool, area: Area) -> Vec<Vec<Part>> {
    let widths: Vec<f32> = shares.iter().map(|share| share * area.width).collect();
    let height_of = |row: &Cells| row_height(row, &widths);
    let mut rows = rows.into_iter();
    let head: Vec<Cells> = if has_head { rows.next().into_iter().collect() } else { Vec::new() };
    let head_height: f32 = head.iter().map(height_of).sum();
    let mut tables: Vec<(f32, Vec<Cells>)> = Vec::new();
    for row in rows {
        let row_height = height_of(&row);
        match tables.last_mut() {
            Some((height, rows)) if *height + row_height <= area.height => {
                *height += row_height;
                rows.push(row);
            }
            _ => tables.push((head_height + row_height, head.iter().cloned().chain([row]).collect())),
        }
    }
    let part = |(height, rows)| Part::Table { area: Area { height, ..area }, widths: widths.clone(), has_head, rows };
    tables.into_iter().map(|table| vec![part(table)]).collect()
}

/// The tallest cell decides.
pub(super) fn row_height(row: &[Paragraph], widths: &[f32]) -> f32 {
    let cells = row.iter().zip(widths).map(|(cell, width)| height(std::slice::from_ref(cell), width - CELL_RIGHT));
    cells.fold(LABEL, f32::max) + CELL_GAP
}

/// What the marks mean that are drawn here; marks of statements stand in words, so they need none.
fn key(briefing: &Briefing) -> Paragraph {
    let run = |entry: &KeyEntry| match entry {
        KeyEntry::Words { role, label } => Some(Run::sans(label.as_str(), LABEL).marked(*role)),
        KeyEntry::Line { likeness, label } => Some(Run::sans(label.as_str(), LABEL).liked(*likeness)),
        KeyEntry::Badge { label } => Some(Run::sans(format!("({label})"), LABEL)),
        KeyEntry::Sign { .. }
        | KeyEntry::Force { .. }
        | KeyEntry::Reported { .. }
        | KeyEntry::NotOfficial { .. }
        | KeyEntry::NotObserved { .. } => None,
    };
    let runs = briefing.key.iter().filter_map(run).flat_map(|run| [run, Run::sans("     ", LABEL)]);
    let mut paragraph = Paragraph::new(runs);
    paragraph.runs.pop();
    paragraph
}
