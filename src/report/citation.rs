//! A place of a phrase as a quotation with its source, ready to be pasted into a text.
//!
//! The whole sentence is quoted as it stands, white space aside, then who says it and where it was printed. An inferred
//! day carries its *est.*, and nothing names a path.

use super::life::{Setting, setting, speaker, surroundings};
use crate::analysis::statements::{Quotation, Statement};
use crate::document::{Document, Published};
use crate::text::ByteRange;

/// `“We fear for the pier of the town.” Ana Lund, quoted in “Harbor council widens the pier”, The Pilot, 29 Jan 2023.`
///
/// `statement` is the one that holds the place.
pub fn citation(document: &Document, place: ByteRange, statement: Option<&Statement>) -> String {
    let (before, after) = surroundings(document, place);
    cited(document, before.cover(place).cover(after), place, statement)
}

/// The same for the words of `place` alone, as somebody selected them.
pub fn citation_of_words(document: &Document, place: ByteRange, statement: Option<&Statement>) -> String {
    cited(document, place, place, statement)
}

/// The same for a statement: what is quoted stands alone, what is reported in its sentence.
pub fn citation_of_statement(document: &Document, statement: &Statement) -> String {
    let Some(&first) = statement.content.first() else { return String::new() };
    if statement.quotation != Quotation::Direct {
        return citation(
            document,
            statement.content.iter().fold(first, |all, range| all.cover(*range)),
            Some(statement),
        );
    }
    let words: Vec<&str> = statement.content.iter().map(|range| range.of(&document.text).trim()).collect();
    with_source(document, &words.join(" … "), first, Some(statement))
}

/// The words of `quoted` with the source of `place`.
fn cited(document: &Document, quoted: ByteRange, place: ByteRange, statement: Option<&Statement>) -> String {
    with_source(document, quoted.of(&document.text), place, statement)
}

/// `words` with the source of `place`.
fn with_source(document: &Document, words: &str, place: ByteRange, statement: Option<&Statement>) -> String {
    let words: Vec<&str> = words.split_whitespace().collect();
    let words = words.join(" ");
    let words = words.trim_matches(['"', '“', '”', '„', '«', '»']);
    let kind = setting(document, place, statement);
    let voice = match (kind, statement.and_then(speaker)) {
        (Setting::Headline, _) => "Headline of ".to_owned(),
        (Setting::Quoted | Setting::Partly | Setting::Reported, Some(speaker)) => {
            format!("{speaker}, {} in ", kind.words())
        }
        (Setting::Quoted | Setting::Partly | Setting::Reported, None) => {
            format!("Speaker unnamed, {} in ", kind.words())
        }
        (Setting::Heading | Setting::Text, _) => String::new(),
    };
    let title = match &document.title {
        Some(title) if kind != Setting::Headline => Some(format!("“{title}”")),
        _ => None,
    };
    let outlet = document.outlet.as_ref().map(|outlet| outlet.name.clone());
    let name = title.is_none().then(|| outlet.is_none().then(|| document.name().to_owned())).flatten();
    let source: Vec<String> = title.into_iter().chain(outlet).chain(name).chain([day(&document.published)]).collect();
    format!("“{words}” {voice}{}.", source.join(", "))
}

/// "29 Jan 2023", "est. 29 Jan 2023", "undated".
fn day(published: &Published) -> String {
    let estimate = if published.is_estimate() { "est. " } else { "" };
    match published.best {
        Some(day) => format!("{estimate}{}", day.strftime("%-d %b %Y")),
        None => match (published.earliest, published.latest) {
            (Some(first), Some(last)) => {
                format!("{estimate}{} to {}", first.strftime("%-d %b %Y"), last.strftime("%-d %b %Y"))
            }
            _ => "undated".to_owned(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::StatementId;
    use crate::analysis::statements::Attribution;
    use crate::document::{BlockKind, DateBasis, DocumentId, Outlet, OutletBasis};

    #[test]
    fn a_quoted_statement_stands_alone_and_a_reported_one_in_its_sentence() {
        let text = "“We keep the pier,” Ana Lund said, “and the ferry.” She added that the old pier would be painted.";
        let document = Document::of_lines(DocumentId(1), text);
        let range = |words: &str| {
            let start = text.find(words).unwrap();
            ByteRange::new(start, start + words.len())
        };
        let statement = |quotation, content| Statement {
            id: StatementId(1),
            document: DocumentId(1),
            quotation,
            content,
            cue: Vec::new(),
            speaker: Vec::new(),
            actor: None,
            person: Some("Ana Lund".to_owned()),
            is_official: true,
            attribution: Attribution { rule: String::new(), confidence: 1.0, chain: Vec::new() },
            said: None,
            said_is_estimate: false,
            themes: Vec::new(),
            act: None,
            force: None,
            direction: None,
            further_directions: Vec::new(),
            hedges: Vec::new(),
            conditions: Vec::new(),
            same_as: None,
            revision: None,
        };
        let quoted = statement(Quotation::Direct, vec![range("We keep the pier,"), range("and the ferry.")]);
        assert_eq!(
            citation_of_statement(&document, &quoted),
            "“We keep the pier, … and the ferry.” Ana Lund, quoted in pasted text, undated."
        );
        let reported = statement(Quotation::Indirect, vec![range("the old pier would be painted")]);
        assert_eq!(
            citation_of_statement(&document, &reported),
            "“She added that the old pier would be painted.” Ana Lund, reported in pasted text, undated."
        );
    }

    #[test]
    fn a_quotation_says_where_it_is_from_and_how_sure_its_day_is() {
        let text = "The pier stays\n“We keep the\n pier.” It rains.";
        let mut document = Document::of_lines(DocumentId(1), text);
        document.blocks[0].kind = BlockKind::Title;
        let place = |nth: usize| {
            let start = text.match_indices("pier").nth(nth).unwrap().0;
            ByteRange::new(start, start + 4)
        };
        assert_eq!(citation(&document, place(0), None), "“The pier stays” Headline of pasted text, undated.");
        document.title = Some("The pier stays".to_owned());
        document.outlet = Some(Outlet { name: "The Pilot".to_owned(), basis: OutletBasis::Stated, range: None });
        document.published.best = Some(jiff::civil::date(2023, 1, 29));
        document.published.basis = DateBasis::Inferred;
        assert_eq!(citation(&document, place(0), None), "“The pier stays” Headline of The Pilot, est. 29 Jan 2023.");
        assert_eq!(citation(&document, place(1), None), "“pier.” “The pier stays”, The Pilot, est. 29 Jan 2023.");
        let start = text.find("We keep").unwrap();
        let words = citation_of_words(&document, ByteRange::new(start + 3, start + 18), None);
        assert_eq!(words, "“keep the pier.” “The pier stays”, The Pilot, est. 29 Jan 2023.");
    }
}
