//! A place of a phrase as a quotation with its source, ready to be pasted into a text.
//!
//! The whole sentence is quoted as it stands, white space aside, then who says it and where it was printed. An inferred
//! day carries its *est.*, and nothing names a path.

use super::life::{Setting, setting, speaker, surroundings};
use crate::analysis::statements::Statement;
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

/// The words of `quoted` with the source of `place`.
fn cited(document: &Document, quoted: ByteRange, place: ByteRange, statement: Option<&Statement>) -> String {
    let words: Vec<&str> = quoted.of(&document.text).split_whitespace().collect();
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
    use crate::document::{BlockKind, DateBasis, DocumentId, Outlet, OutletBasis};

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
