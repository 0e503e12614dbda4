//! What stands between headline and sources, for each kind of page.

use super::tags::{badges, day, element, escaped, month, quote, references};
use super::{likeness_class, marks};
use crate::export::pages::words;
use crate::report::briefing::model::{Body, Briefing, Change, Line, MatrixColumn, MatrixRow, Moment, Said, SourceRow};

/// `section` is the id of the section, before those of its sources.
pub(super) fn body(section: &str, briefing: &Briefing) -> String {
    match &briefing.body {
        Body::Shift { before, change, after } => {
            let before = before.as_ref().map_or_else(|| none("No earlier statement."), |it| said(section, it));
            let after = after.as_ref().map_or_else(|| none("No later statement."), |it| said(section, it));
            format!("{before}{}{after}", label(change))
        }
        Body::Timeline { rows } => {
            let rows: String = rows.iter().map(|row| moment(section, row)).collect();
            format!("<ol class=\"timeline\">\n{rows}</ol>\n")
        }
        Body::Phrase { rows } => phrase(section, rows),
        Body::SideBySide { columns } => {
            let columns: String = columns.iter().map(|it| said(section, it)).collect();
            format!("<div class=\"side-by-side\">\n{columns}</div>\n")
        }
        Body::Matrix { columns, rows } => matrix(section, columns, rows),
        Body::Sources { rows } => articles(section, rows),
    }
}

fn none(words: &str) -> String {
    format!("<p class=\"none\">{words}</p>\n")
}

/// Who and when, then the words.
fn said(section: &str, said: &Said) -> String {
    let lines: String = said.lines.iter().map(|line| format!("<p>{}</p>\n", escaped(line))).collect();
    let badges = match badges(&said.badges) {
        badges if badges.is_empty() => badges,
        badges => format!("<p>{}</p>\n", badges.trim_start()),
    };
    format!(
        "<figure class=\"said\">\n<figcaption>\n<p>{}</p>\n{lines}{badges}</figcaption>\n\
         <blockquote><p>{}{}</p></blockquote>\n</figure>\n",
        day(&said.when),
        quote(&said.quote),
        references(section, &[said.source]),
    )
}

fn label(change: &Change) -> String {
    let reason = if change.reason.is_empty() { String::new() } else { format!(" {}", escaped(&change.reason)) };
    let name = element("strong", "", &escaped(&words::label(change)));
    format!("<p class=\"change\">{name}{reason}{}</p>\n", badges(&change.badges))
}

fn moment(section: &str, moment: &Moment) -> String {
    match moment {
        Moment::Said(it) => format!("<li>\n<div>{}</div>\n{}</li>\n", marks::mark(it.mark), said(section, it)),
        Moment::NotObserved { when, source } => format!(
            "<li>\n<div>{}</div>\n<div class=\"said\">\n<p class=\"when\">{}</p>\n\
             <p class=\"none\">{}{}</p>\n</div>\n</li>\n",
            marks::not_observed(),
            day(when),
            words::NOT_OBSERVED,
            references(section, &[*source]),
        ),
        Moment::Gap { label } => format!("<li>\n<div></div>\n<div class=\"gap\">{}</div>\n</li>\n", escaped(label)),
    }
}

/// Lines of one article share the head of a group.
fn phrase(section: &str, rows: &[Line]) -> String {
    let mut groups: Vec<Vec<&Line>> = Vec::new();
    for row in rows {
        match groups.last_mut() {
            Some(group) if row.when.is_none() => group.push(row),
            _ => groups.push(vec![row]),
        }
    }
    let groups: String = groups.iter().map(|group| phrase_group(section, group)).collect();
    let head = ["Date", "Before", "Phrase and after"]
        .map(|name| format!("<th scope=\"col\"><span class=\"unseen\">{name}</span></th>"))
        .concat();
    format!("<div class=\"wide\">\n<table class=\"lines\">\n<thead><tr>{head}</tr></thead>\n{groups}</table>\n</div>\n")
}

fn phrase_group(section: &str, lines: &[&Line]) -> String {
    let mut rows = String::new();
    for (idx, line) in lines.iter().enumerate() {
        let head = match &line.when {
            _ if idx > 0 => String::new(),
            when => {
                let when = when.as_ref().map(day).unwrap_or_default();
                let reference = references(section, &[line.source]);
                format!("<th scope=\"rowgroup\" rowspan=\"{}\">{when}{reference}</th>", lines.len())
            }
        };
        rows.push_str(&format!(
            "<tr>{head}<td class=\"before\">{}</td><td class=\"place{}\">{}<i>{}</i></td></tr>\n",
            escaped(&words::context_before(line)),
            likeness_class(line.likeness),
            quote(&line.phrase),
            escaped(&words::context_after(line)),
        ));
    }
    format!("<tbody>\n{rows}</tbody>\n")
}

fn matrix(section: &str, columns: &[MatrixColumn], rows: &[MatrixRow]) -> String {
    let heads: String = columns
        .iter()
        .map(|column| {
            let references = references(section, &column.sources);
            format!("<th scope=\"col\">{}{references}</th>", month(&column.when))
        })
        .collect();
    let line = |row: &MatrixRow| {
        let cells: String = row
            .cells
            .iter()
            .map(|cell| element("td", "", &cell.map_or_else(marks::not_observed, marks::mark)))
            .collect();
        format!("<tr><th scope=\"row\">{}</th>{cells}</tr>\n", escaped(&row.label))
    };
    let lines: String = rows.iter().map(line).collect();
    format!(
        "<div class=\"wide\">\n<table class=\"matrix\">\n<thead><tr><th scope=\"col\">Theme</th>{heads}</tr></thead>\n\
         <tbody>\n{lines}</tbody>\n</table>\n</div>\n"
    )
}

fn articles(section: &str, rows: &[SourceRow]) -> String {
    let line = |row: &SourceRow| {
        let cells = [
            day(&row.when),
            escaped(&row.basis),
            escaped(&words::outlet(&row.outlet, row.is_outlet_entered)),
            escaped(&row.notes.join(", ")),
        ];
        let cells: String = cells.iter().map(|cell| element("td", "", cell)).collect();
        format!(
            "<tr id=\"{section}-s{0}\"><th scope=\"row\">{0}</th>{cells}\
             <td class=\"words\">{1}</td><td class=\"number\">{2}</td></tr>\n",
            row.number,
            escaped(&row.headline),
            words::n_words(row),
        )
    };
    let names = ["Number", "Date", "How the day is known", "Outlet", "Notes", "Headline", "Length"];
    let head: String = names.iter().map(|name| format!("<th scope=\"col\">{name}</th>")).collect();
    let lines: String = rows.iter().map(line).collect();
    format!(
        "<div class=\"wide\">\n<table class=\"articles\">\n<thead><tr>{head}</tr></thead>\n\
         <tbody>\n{lines}</tbody>\n</table>\n</div>\n"
    )
}
