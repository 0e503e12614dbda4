//! Sources and quotations of briefings as citations: plain words, Markdown, BibTeX and CSL-JSON.
//!
//! The sources of several briefings are one list, each once, in order of date and numbered anew. An inferred day stays
//! one in every form: *est.* in words, `circa` in CSL-JSON, `~` after the date (EDTF, ISO 8601-2:2019) and a note in
//! BibTeX. The voice is that of [`citation`](crate::report::citation). `O(n log n)` in the sources.

mod bibtex;
mod csl;
mod keys;
mod words;

use crate::report::briefing::model::{Briefing, Quote, Source};
use keys::Entry;

/// How citations are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As words, to be pasted anywhere.
    Plain,
    Markdown,
    /// For LaTeX, with BibTeX or biblatex.
    Bibtex,
    /// For Zotero, Pandoc and others.
    CslJson,
}

impl Form {
    pub const ALL: [Self; 4] = [Self::Plain, Self::Markdown, Self::Bibtex, Self::CslJson];

    /// As on the command line: "csl-json".
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Markdown => "markdown",
            Self::Bibtex => "bibtex",
            Self::CslJson => "csl-json",
        }
    }

    /// As shown: "CSL-JSON".
    pub fn words(self) -> &'static str {
        match self {
            Self::Plain => "Plain text",
            Self::Markdown => "Markdown",
            Self::Bibtex => "BibTeX",
            Self::CslJson => "CSL-JSON",
        }
    }

    /// How the name of a file ends, without the point.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Plain => "txt",
            Self::Markdown => "md",
            Self::Bibtex => "bib",
            Self::CslJson => "json",
        }
    }
}

/// Words of an article with who says them and where they stand.
#[derive(Clone, Copy, Debug)]
pub struct Quotation<'a> {
    pub quote: &'a Quote,
    /// `None` where nobody says them, or nobody is named.
    pub speaker: Option<&'a str>,
    pub source: &'a Source,
}

/// The sources of all briefings, as one file.
pub fn sources(briefings: &[Briefing], form: Form) -> Vec<u8> {
    let entries = keys::entries(briefings.iter().flat_map(|briefing| &briefing.sources));
    written(&entries, None, form)
}

/// One quotation with its source. In BibTeX and CSL-JSON the words are an annotation of the source.
pub fn quotation(quotation: Quotation<'_>, form: Form) -> Vec<u8> {
    written(&keys::entries([quotation.source]), Some(quotation), form)
}

fn written(entries: &[Entry<'_>], quotation: Option<Quotation<'_>>, form: Form) -> Vec<u8> {
    let annotation = quotation.map(words::annotation);
    let text = match (form, quotation) {
        (Form::Plain, None) => words::plain_list(entries),
        (Form::Plain, Some(quotation)) => words::plain_quotation(quotation),
        (Form::Markdown, None) => words::markdown_list(entries),
        (Form::Markdown, Some(quotation)) => words::markdown_quotation(quotation),
        (Form::Bibtex, _) => bibtex::bibtex(entries, annotation.as_deref()),
        (Form::CslJson, _) => csl::csl(entries, annotation.as_deref()),
    };
    text.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::briefing::model::{Role, Segment, When};

    fn source() -> Source {
        Source {
            number: 4,
            outlet: "The Pilot".to_owned(),
            is_outlet_entered: false,
            headline: "Harbor council widens the pier".to_owned(),
            author: None,
            when: When {
                day: "29 Jan 2023".to_owned(),
                month: "Jan 2023".to_owned(),
                iso: Some(jiff::civil::date(2023, 1, 29)),
                is_estimate: true,
            },
            notes: Vec::new(),
            n_quoted_words: 6,
        }
    }

    #[test]
    fn a_quotation_says_who_and_where_in_every_form() {
        let segments = vec![Segment { text: "We fear for the pier.".to_owned(), role: Role::Kept }];
        let mut quote = Quote { is_quoted: true, is_cut_before: false, is_cut_after: false, segments };
        let source = source();
        let cite = |quote: &Quote, speaker, form| {
            String::from_utf8(quotation(Quotation { quote, speaker, source: &source }, form)).unwrap()
        };
        assert_eq!(
            cite(&quote, Some("Ana Lund"), Form::Plain),
            "“We fear for the pier.” Ana Lund, quoted in “Harbor council widens the pier”, The Pilot, est. 29 Jan 2023.\n"
        );
        assert_eq!(
            cite(&quote, Some("Ana Lund"), Form::Markdown),
            "> “We fear for the pier.”\n>\n> Ana Lund, quoted in “Harbor council widens the pier”, *The Pilot*, est. 29 Jan \
             2023.\n"
        );
        let bibtex = cite(&quote, Some("Ana Lund"), Form::Bibtex);
        assert!(bibtex.contains("annote = {“We fear for the pier.” Ana Lund, quoted}"), "{bibtex}");
        let csl = cite(&quote, Some("Ana Lund"), Form::CslJson);
        assert!(csl.contains("\"annote\": \"“We fear for the pier.” Ana Lund, quoted\""), "{csl}");
        assert!(cite(&quote, None, Form::Plain).starts_with("“We fear for the pier.” “Harbor council"));
        quote.is_quoted = false;
        assert!(
            cite(&quote, Some("Ana Lund"), Form::Plain).starts_with("We fear for the pier. Ana Lund, reported in “")
        );
    }
}
