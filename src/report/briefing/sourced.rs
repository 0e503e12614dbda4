//! The articles a page refers to, numbered in order of date, and days in words that claim no more than is known.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::model::{Body, Moment, Quote, Source, When};
use crate::document::Published;
use crate::report::{Article, Report, dates};
use crate::text::{ByteRange, tokens};

/// Articles that a page names one by one; of more it says how many there are.
pub(super) const MAX_LISTED: usize = 24;

/// Articles by their place in the report; a source's number is its place here, from 1.
pub(super) struct Sources<'r, 'a> {
    report: &'r Report<'a>,
    article_idxs: Vec<usize>,
}

impl<'r, 'a> Sources<'r, 'a> {
    pub fn new(report: &'r Report<'a>, article_idxs: impl IntoIterator<Item = usize>) -> Self {
        let mut article_idxs: Vec<usize> = article_idxs.into_iter().collect();
        article_idxs.sort_unstable();
        article_idxs.dedup();
        Self { report, article_idxs }
    }

    /// The number of an article; 0, which no source has, for one that is not among them.
    pub fn number(&self, article_idx: usize) -> usize {
        self.article_idxs.binary_search(&article_idx).map_or(0, |idx| idx + 1)
    }

    pub fn len(&self) -> usize {
        self.article_idxs.len()
    }

    pub fn articles(&self) -> impl Iterator<Item = &'r Article<'a>> {
        self.article_idxs.iter().filter_map(|&idx| self.report.articles.get(idx))
    }

    /// The list as it is printed, with the words that `body` quotes of each.
    pub fn list(&self, body: &Body, has_bylines: bool) -> Vec<Source> {
        let n_quoted = quoted_words(body);
        let source = |(idx, article): (usize, &Article<'_>)| Source {
            number: idx + 1,
            outlet: outlet(article).to_owned(),
            is_outlet_entered: article.is_outlet_entered,
            headline: headline(article),
            author: article.document.author.as_deref().filter(|_| has_bylines).map(one_line),
            when: when(&article.document.published),
            notes: Vec::new(),
            n_quoted_words: n_quoted.get(&(idx + 1)).copied().unwrap_or(0),
        };
        self.articles().enumerate().map(source).collect()
    }
}

/// Outlet, else file name.
pub(super) fn outlet<'r>(article: &'r Article<'_>) -> &'r str {
    article.outlet.unwrap_or_else(|| article.document.name())
}

/// The headline on one line. A quotation mark at its edge that has no partner was left behind by whoever made the file.
pub(super) fn headline(article: &Article<'_>) -> String {
    paired(&one_line(article.headline)).to_owned()
}

fn paired(headline: &str) -> &str {
    const PAIRS: [(char, char); 3] = [('“', '”'), ('‘', '’'), ('"', '"')];
    for (open, close) in PAIRS {
        let rest = headline.strip_prefix(open).filter(|rest| !rest.contains(close));
        let start = headline.strip_suffix(close).filter(|start| !start.contains(open));
        if let Some(kept) = rest.or(start) {
            return kept.trim();
        }
    }
    headline
}

/// When something was published.
pub(super) fn when(published: &Published) -> When {
    let label = dates::label(published);
    let month = published.best.map_or_else(|| label.day.clone(), dates::month_and_year);
    When { day: label.day, month, iso: published.best, is_estimate: label.is_estimate }
}

/// Words quoted of each source.
pub(super) fn quoted_words(body: &Body) -> BTreeMap<usize, usize> {
    let mut n_words: BTreeMap<usize, usize> = BTreeMap::new();
    let mut count = |source: usize, n: usize| *n_words.entry(source).or_default() += n;
    match body {
        Body::Shift { before, after, .. } => {
            before.iter().chain(after).for_each(|said| count(said.source, n_words_of(&said.quote)));
        }
        Body::Timeline { rows } => {
            for row in rows {
                if let Moment::Said(said) = row {
                    count(said.source, n_words_of(&said.quote));
                }
            }
        }
        Body::Phrase { rows } => {
            for row in rows {
                count(row.source, row.before.len() + n_words_of(&row.phrase) + row.after.len());
            }
        }
        Body::SideBySide { columns } => columns.iter().for_each(|said| count(said.source, n_words_of(&said.quote))),
        Body::Matrix { .. } | Body::Sources { .. } => {}
    }
    n_words
}

pub(super) fn n_words_of(quote: &Quote) -> usize {
    let words: String = quote.segments.iter().map(|segment| segment.text.as_str()).collect();
    tokens(&words, ByteRange::new(0, words.len())).count()
}

/// White space and line ends as one space each.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// "January 2023", "January 2023 and June 2024", "September to November 2017": when the pieces of a page are of.
pub(super) fn span<'p>(published: impl Iterator<Item = &'p Published>) -> Option<String> {
    let mut days: Vec<Date> = published.filter_map(Published::day).collect();
    days.sort_unstable();
    days.dedup_by_key(|day| (day.year(), day.month()));
    let (first, last) = (*days.first()?, *days.last()?);
    let in_full = |day: Date| format!("{} {}", dates::month_in_full(day), day.year());
    let between = if days.len() == 2 { "and" } else { "to" };
    Some(match (days.len(), first.year() == last.year()) {
        (1, _) => in_full(first),
        (_, true) => format!("{} {between} {}", dates::month_in_full(first), in_full(last)),
        (_, false) => format!("{} {between} {}", in_full(first), in_full(last)),
    })
}

/// "2017", "2023 and 2024", "2017 to 2024". For headlines.
pub(super) fn years<'p>(published: impl Iterator<Item = &'p Published>) -> Option<String> {
    let mut years: Vec<i16> = published.filter_map(|published| Some(published.day()?.year())).collect();
    years.sort_unstable();
    years.dedup();
    match years[..] {
        [] => None,
        [year] => Some(year.to_string()),
        [first, last] => Some(format!("{first} and {last}")),
        [first, .., last] => Some(format!("{first} to {last}")),
    }
}

/// As [`years`], in months where all is of one year.
pub(super) fn years_or_months<'p>(published: impl Iterator<Item = &'p Published> + Clone) -> Option<String> {
    let first = published.clone().filter_map(|published| Some(published.day()?.year())).min();
    let last = published.clone().filter_map(|published| Some(published.day()?.year())).max();
    if first == last { span(published) } else { years(published) }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn of(days: &[jiff::civil::Date]) -> Vec<Published> {
        days.iter().map(|&day| Published::entered(day, Vec::new())).collect()
    }

    #[test]
    fn a_span_names_months_and_a_headline_years() {
        let cases = [
            (vec![], None, None),
            (vec![date(2023, 1, 29), date(2023, 1, 2)], Some("January 2023"), Some("January 2023")),
            (vec![date(2023, 1, 29), date(2023, 5, 2)], Some("January and May 2023"), Some("January and May 2023")),
            (vec![date(2024, 6, 1), date(2023, 1, 2)], Some("January 2023 and June 2024"), Some("2023 and 2024")),
            (
                vec![date(2017, 9, 1), date(2024, 6, 1), date(2018, 1, 2)],
                Some("September 2017 to June 2024"),
                Some("2017 to 2024"),
            ),
            (vec![date(2017, 9, 1), date(2024, 6, 1)], Some("September 2017 and June 2024"), Some("2017 and 2024")),
        ];
        for (days, months, by_year) in cases {
            let published = of(&days);
            assert_eq!(span(published.iter()).as_deref(), months);
            assert_eq!(years_or_months(published.iter()).as_deref(), by_year);
        }
    }

    #[test]
    fn a_quotation_mark_without_a_partner_is_not_the_headlines() {
        for (headline, wanted) in [
            ("“Pier stays", "Pier stays"),
            ("Pier stays”", "Pier stays"),
            ("“Pier” stays", "“Pier” stays"),
            ("The pier’s stay", "The pier’s stay"),
            ("\"Pier stays", "Pier stays"),
            ("\"Pier\" stays", "\"Pier\" stays"),
        ] {
            assert_eq!(paired(headline), wanted);
        }
    }
}
