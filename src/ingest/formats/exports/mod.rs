//! Exports of news databases: one file that holds many articles, each with its fields around it.
//!
//! [`lexis`] knows the layouts of LexisNexis and Nexis Uni, [`factiva`] those of Factiva, with field codes and without.
//! Both look at the canonical text, whatever format it came in, and cut it where the database's own marks stand. Each
//! article needs several marks of its own, so that no ordinary text is ever cut. A cover page, a list of contents and
//! a summary of the search belong to no article. `O(n)` in the bytes.

mod factiva;
mod lexis;

use std::collections::BTreeMap;

use crate::document::{BlockKind, Evidence, MetaDate, Outlet, OutletBasis};
use crate::ingest::blocks::Mark;
use crate::ingest::formats::first_day;
use crate::text::{ByteRange, lines};

/// A field of a database states the date of publication.
const FIELD_SCORE: f32 = 0.97;

/// An article of an export.
#[derive(Debug)]
pub(super) struct Part {
    /// Its place in the text of the file.
    pub(super) range: ByteRange,
    /// What its lines are, by their places in the text of the article.
    pub(super) known: BTreeMap<usize, Mark>,
    /// The words of its headline.
    pub(super) title: Option<ByteRange>,
    pub(super) author: Option<String>,
    pub(super) outlet: Option<Outlet>,
    pub(super) meta_dates: Vec<MetaDate>,
}

/// The articles of an export; empty where the text is none.
pub(super) fn split(text: &str) -> Vec<Part> {
    if !lexis::may_be(text) && !factiva::may_be(text) {
        return Vec::new();
    }
    let all: Vec<Line<'_>> = Line::all(text);
    let found = lexis::parts(text, &all);
    if found.is_empty() { factiva::parts(text, &all) } else { found }
}

/// Is the text the export of a database?
pub(super) fn is_export(text: &str) -> bool {
    !split(text).is_empty()
}

/// A line that is not blank.
#[derive(Clone, Copy, Debug)]
struct Line<'a> {
    range: ByteRange,
    words: &'a str,
    /// Stands under a blank line, or first.
    is_after_blank: bool,
}

impl<'a> Line<'a> {
    fn all(text: &'a str) -> Vec<Self> {
        let mut is_after_blank = true;
        let mut found = Vec::new();
        for line in lines(text) {
            let range = line.trimmed(text);
            if !range.is_empty() {
                found.push(Self { range, words: range.of(text), is_after_blank });
            }
            is_after_blank = range.is_empty();
        }
        found
    }

    fn n_words(&self) -> usize {
        self.words.split_whitespace().count()
    }

    /// "Section: NEWS; Pg. 3" as label in lower case and value.
    fn field(&self) -> Option<(String, ByteRange)> {
        let (label, value) = self.words.split_once(':')?;
        let is_label = (2..=20).contains(&label.chars().count())
            && label.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | ' '));
        let start = self.range.end - value.trim_start().len();
        is_label.then(|| (label.to_lowercase(), ByteRange::new(start, self.range.end)))
    }
}

/// Collects what is known of an article while its lines are walked through.
struct Builder<'a> {
    text: &'a str,
    part: Part,
}

impl<'a> Builder<'a> {
    fn new(text: &'a str, range: ByteRange) -> Self {
        let part =
            Part { range, known: BTreeMap::new(), title: None, author: None, outlet: None, meta_dates: Vec::new() };
        Self { text, part }
    }

    fn place(&self, range: ByteRange) -> ByteRange {
        let start = self.part.range.start;
        ByteRange::new(range.start.saturating_sub(start), range.end.saturating_sub(start))
    }

    fn mark(&mut self, line: &Line<'_>, kind: BlockKind) {
        let place = self.place(line.range);
        self.part.known.insert(place.start, Mark::new(kind, "export-field"));
    }

    fn mark_all(&mut self, lines: &[Line<'_>], kind: BlockKind) {
        for line in lines {
            self.mark(line, kind);
        }
    }

    /// Words of the headline; several calls widen it.
    fn title(&mut self, range: ByteRange) {
        let place = self.place(range);
        self.part.title = Some(self.part.title.map_or(place, |title| title.cover(place)));
    }

    fn outlet(&mut self, range: ByteRange) {
        let name = range.of(self.text).split_whitespace().collect::<Vec<_>>().join(" ");
        self.part.outlet = Some(Outlet { name, basis: OutletBasis::Stated, range: Some(self.place(range)) });
    }

    fn date(&mut self, range: ByteRange) {
        let Some((date, time)) = first_day(range.of(self.text), true) else { return };
        let says = format!("the database says that it was published on {date}");
        let evidence = Evidence { rule: "export-field".to_owned(), range: Some(self.place(range)), says, fact: None };
        self.part.meta_dates.push(MetaDate { date, time, score: FIELD_SCORE, evidence });
    }

    /// The first name of "By Jane Roe and John Doe, Oslo".
    fn author(&mut self, words: &str) {
        let words = ["By ", "BY ", "by ", "Von ", "Par ", "Por "]
            .iter()
            .find_map(|start| words.strip_prefix(start))
            .unwrap_or(words);
        let name = words.split([',', ';', '|', '(', '<']).next().unwrap_or_default();
        let name = name.split(" and ").next().unwrap_or_default().trim();
        if (1..=6).contains(&name.split_whitespace().count()) && name.chars().any(char::is_alphabetic) {
            self.part.author.get_or_insert_with(|| name.to_owned());
        }
    }
}

/// Does a line hold a date and little else: "January 11, 2010 Monday", "6 November 2017"?
fn is_date_line(line: &Line<'_>) -> bool {
    let starts = line.words.starts_with(|c: char| c.is_alphanumeric());
    starts && line.n_words() <= 12 && line.words.chars().count() <= 90 && first_day(line.words, true).is_some()
}

/// "512 words" in several languages; does the line hold nothing else?
fn is_length(words: &str) -> bool {
    const WORDS: &[&str] = &["words", "word", "wörter", "mots", "palabras", "parole", "palavras", "woorden", "слов"];
    let Some((number, unit)) = words.trim().rsplit_once(' ') else { return false };
    let is_number = number.chars().any(|c| c.is_ascii_digit())
        && number.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | ' ' | '\u{a0}' | '\''));
    is_number && WORDS.contains(&unit.to_lowercase().as_str())
}

fn is_copyright(words: &str) -> bool {
    let lower = words.to_lowercase();
    ["copyright", "(c) ", "© ", "©"].iter().any(|start| lower.starts_with(start))
        || lower == "all rights reserved"
        || lower == "all rights reserved."
}

#[cfg(test)]
mod tests {
    use jiff::civil::Date;

    use super::*;

    const BODY: &str = "The harbor of the town was opened on Monday by its mayor, who had planned it for years.\n\nIN OSLO, ships arrived: they came from all over the world.\n";

    /// Titles, outlets, authors and days of the articles.
    fn read(text: &str) -> Vec<(String, String, String, Date)> {
        let words = |part: &Part, range: ByteRange| {
            let text = part.range.of(text);
            range.of(text).split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let fields = |part: &Part| {
            let outlet = part.outlet.clone().unwrap();
            assert_eq!(words(part, outlet.range.unwrap()), outlet.name);
            let dated = &part.meta_dates[0];
            let (date, _) = first_day(&words(part, dated.evidence.range.unwrap()), true).unwrap();
            assert_eq!(date, dated.date);
            (words(part, part.title.unwrap()), outlet.name, part.author.clone().unwrap_or_default(), dated.date)
        };
        split(text).iter().map(fields).collect()
    }

    fn expected(rows: &[(&str, &str, &str, Date)]) -> Vec<(String, String, String, Date)> {
        rows.iter()
            .map(|(title, outlet, author, date)| {
                ((*title).to_owned(), (*outlet).to_owned(), (*author).to_owned(), *date)
            })
            .collect()
    }

    #[test]
    fn the_older_layout_of_lexis_is_split() {
        let text = format!(
            "Download Request: Selected Items: 1-2\n\n\n      1 of 2 DOCUMENTS\n\n\n      The Gazette\n\n      January 11, 2010 Monday\n        Edition 1;\n\n\
            Harbor opens after a delay that was longer\nthan anyone had thought\n\nBYLINE: Jane Roe\n\nLENGTH: 355 words\n\n{BODY}\n\
            LOAD-DATE: January 11, 2010\n\nLANGUAGE: ENGLISH\n\n      Copyright 2010 The Gazette\n\n\
            2 of 2 DOCUMENTS\n\nHarbor News\n\n13 January 2010\n\nShips arrive\n\nLENGTH: 20 words\n\n{BODY}\nLOAD-DATE: January 14, 2010\n"
        );
        let rows = [
            (
                "Harbor opens after a delay that was longer than anyone had thought",
                "The Gazette",
                "Jane Roe",
                jiff::civil::date(2010, 1, 11),
            ),
            ("Ships arrive", "Harbor News", "", jiff::civil::date(2010, 1, 13)),
        ];
        assert_eq!(read(&text), expected(&rows));
    }

    #[test]
    fn the_newer_layout_of_lexis_is_split_and_its_cover_left_out() {
        let article = |title: &str, outlet: &str, day: &str| {
            format!(
                "{title}\n\n{outlet}\n\n{day}\n\nCopyright 2010 {outlet} All Rights Reserved\n\nSection: NEWS; Pg. 3\n\nLength: 355 words\n\n\
                Byline: Jane Roe and John Doe\n\nBody\n\n{BODY}\nLoad-Date: January 15, 2010\n\nEnd of Document\n\n"
            )
        };
        let text = format!(
            "User Name: Jane Roe\nDate and Time: Friday, March 6, 2020 10:12:00 AM\n\nDocuments (2)\n\n1. Harbor opens\n\n{}{}",
            article("Harbor opens", "The Gazette (London)", "January 11, 2010 Monday 10:15 AM GMT"),
            article("Ships arrive", "Harbor News", "13 January 2010 Wednesday"),
        );
        let rows = [
            ("Harbor opens", "The Gazette (London)", "Jane Roe", jiff::civil::date(2010, 1, 11)),
            ("Ships arrive", "Harbor News", "Jane Roe", jiff::civil::date(2010, 1, 13)),
        ];
        assert_eq!(read(&text), expected(&rows));
        assert!(split(&text)[0].range.of(&text).starts_with("Harbor opens\n\nThe Gazette"));
    }

    #[test]
    fn factiva_is_split_with_codes_and_without() {
        let coded = |gap: &str| {
            let article = |title: &str, day: &str, number: u8| {
                format!(
                    "\nSE{gap}News\nHD{gap}{title}\nBY{gap}By Jane Roe\nWC{gap}512 words\nPD{gap}{day}\nET{gap}09:12\nSN{gap}The Gazette\nSC{gap}GAZ\n\
                    LA{gap}English\nLP{gap}\n{BODY}\nTD{gap}\n{BODY}\nIN{gap}i74 : Sea Transport\nAN{gap}Document GAZ0000020171106edb6000b{number}\n"
                )
            };
            format!(
                "Factiva\n{}{}",
                article("Harbor opens", "6 November 2017", 1),
                article("Ships arrive", "7 November 2017", 2)
            )
        };
        let bare = |title: &str, day: &str, number: u8| {
            format!(
                "News\n{title}\nBy Jane Roe\n512 words\n{day}\n09:12\nThe Gazette\nGAZ\nEnglish\n(c) 2017 The Gazette.\n\n{BODY}\nDocument GAZ0000020171106edb6000b{number}\n\n"
            )
        };
        let bare = format!(
            "{}{}Search Summary\n",
            bare("Harbor opens", "6 November 2017", 1),
            bare("Ships arrive", "7 November 2017", 2)
        );
        let rows = [
            ("Harbor opens", "The Gazette", "Jane Roe", jiff::civil::date(2017, 11, 6)),
            ("Ships arrive", "The Gazette", "Jane Roe", jiff::civil::date(2017, 11, 7)),
        ];
        for text in [coded("  "), coded("\t"), coded("\n"), bare] {
            assert_eq!(read(&text), expected(&rows), "{text}");
        }
    }

    #[test]
    fn ordinary_texts_stay_whole() {
        let cases = [
            "Harbor opens\n\nBody of water\n\nLength: 300 words\n\nEnd of the story.",
            "The bridge\n\nLength: 300 m\n\nEnd of Document",
            "Document 1 of 2\n\nThe papers say nothing of its length.\n\nDocument 2 of 2\n\nNor do these.",
            "A list\n\nHD video\n\nPD officers\n\nDocument GAZ0000020171106edb6000b1",
        ];
        for text in cases {
            assert!(split(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn cut_exports_do_not_panic() {
        let text = format!(
            "1 of 2 DOCUMENTS\n\nThe Gazette\n\nJanuary 11, 2010 Monday\n\nHarbor\n\nLENGTH: 5 words\n\n{BODY}\nDocument GAZ0000020171106edb6000b1\nEnd of Document\n"
        );
        for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
            split(&text[..end]);
            split(&text[end..]);
        }
    }
}
