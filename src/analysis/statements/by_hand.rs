//! What the rules make of words that a reader chose: a statement to start from, and the codes of other words.
//!
//! The reader says which words; cue and speaker are those that the widest rules find there, else those of the statement
//! before, and the codes are those of the words. Nothing of it is decided: the reader sees and changes it.
//! `O(n)` in the words of the article.

use super::lexicon::Lexicon;
use super::words::Words;
use super::{Attribution, Quotation, Statement, codes, quotes, read_document, statement_id};
use crate::analysis::StatementId;
use crate::codebook::{Codebook, CueTier};
use crate::document::Document;
use crate::text::ByteRange;

/// Share of the shorter of two contents that must be common for one statement to be about the words of another.
const SAME_WORDS: f32 = 0.5;

/// A statement with `content` as its words, those cut at an end taken whole; `None` where no word is in it.
pub fn propose(document: &Document, content: ByteRange, codebook: &Codebook) -> Option<Statement> {
    let content = whole_words(&document.text, content.trimmed(&document.text));
    if !content.of(&document.text).contains(char::is_alphanumeric) {
        return None;
    }
    let found = read_document(document, &Lexicon::new(codebook, CueTier::Wide));
    let same = (found.iter())
        .map(|statement| (shared(&statement.content, &[content]), statement))
        .filter(|(share, _)| *share >= SAME_WORDS)
        .max_by(|left, right| left.0.total_cmp(&right.0))
        .map(|(_, statement)| statement);
    let block = document.block_at(content.start);
    let is_near = |statement: &&Statement| {
        block.is_some_and(|block| block.range.contains(statement.extent())) && statement.extent().end <= content.start
    };
    let source = same.or_else(|| found.iter().rev().find(is_near));
    let published = &document.published;
    let mut statement = Statement {
        id: statement_id(document, &[content]),
        document: document.id,
        quotation: Quotation::Indirect,
        content: vec![content],
        cue: source.filter(|_| same.is_some()).map(|source| source.cue.clone()).unwrap_or_default(),
        speaker: source.map(|source| source.speaker.clone()).unwrap_or_default(),
        actor: source.and_then(|source| source.actor.clone()),
        person: source.and_then(|source| source.person.clone()),
        is_official: source.is_some_and(|source| source.is_official),
        attribution: Attribution {
            rule: "reader".to_owned(),
            confidence: 1.0,
            chain: source.map(|source| source.attribution.chain.clone()).unwrap_or_default(),
        },
        said: source.map_or_else(|| published.day(), |source| source.said),
        said_is_estimate: source.is_none_or(|source| source.said_is_estimate),
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
    recode(document, codebook, &mut statement);
    Some(statement)
}

/// The range with the letters that belong to the words at its ends.
fn whole_words(text: &str, range: ByteRange) -> ByteRange {
    let outside = |n: usize, is_cut: bool| if is_cut { n } else { 0 };
    let is_letter = |letter: char| letter.is_alphanumeric();
    let before: usize = (text.get(..range.start).unwrap_or_default().chars().rev())
        .take_while(|&letter| is_letter(letter))
        .map(char::len_utf8)
        .sum();
    let after: usize = (text.get(range.end..).unwrap_or_default().chars())
        .take_while(|&letter| is_letter(letter))
        .map(char::len_utf8)
        .sum();
    let words = range.of(text);
    ByteRange::new(
        range.start - outside(before, words.starts_with(is_letter)),
        range.end + outside(after, words.ends_with(is_letter)),
    )
}

/// The id of a statement with these words.
pub fn id(document: &Document, content: &[ByteRange]) -> StatementId {
    statement_id(document, content)
}

/// Gives a statement the codes of its words, as they stand now: quotation kind, themes, act, force, direction, flags.
pub fn recode(document: &Document, codebook: &Codebook, statement: &mut Statement) {
    let lexicon = Lexicon::new(codebook, CueTier::Wide);
    let words = Words::new(document);
    let found = codes::code(&words, &lexicon, &statement.content);
    statement.quotation = quotation(document, &statement.content);
    statement.themes =
        found.themes.iter().filter_map(|&idx| codebook.themes.get(idx)).map(|theme| theme.id.clone()).collect();
    let cue_idx = statement.cue.first().and_then(|cue| lexicon.cue_at(&words, *cue));
    let coded = (!statement.themes.is_empty()).then(|| codes::act(&lexicon, &found, cue_idx));
    (statement.act, statement.force) = coded.map_or((None, None), |(act, force)| (Some(act), Some(force)));
    let direction = |idx: usize| codes::direction(&words, &lexicon, idx, &statement.content);
    let directions: Vec<_> = found.themes.iter().map(|&idx| direction(idx)).collect();
    statement.direction = directions.first().copied().flatten();
    statement.further_directions = directions.into_iter().skip(1).collect();
    (statement.hedges, statement.conditions) = (found.hedges, found.conditions);
}

/// The direction on a theme that the words of a statement show.
pub fn direction_on(
    document: &Document,
    codebook: &Codebook,
    statement: &Statement,
    theme: &str,
) -> Option<crate::codebook::Direction> {
    let theme_idx = codebook.themes.iter().position(|known| known.id == theme)?;
    let lexicon = Lexicon::new(codebook, CueTier::Wide);
    codes::direction(&Words::new(document), &lexicon, theme_idx, &statement.content)
}

/// Share of the shorter of two contents that is common to both, 0.0..=1.0.
pub fn shared(left: &[ByteRange], right: &[ByteRange]) -> f32 {
    let len = |ranges: &[ByteRange]| ranges.iter().map(|range| range.len()).sum::<usize>();
    let common: usize = (left.iter())
        .flat_map(|left| right.iter().filter_map(|right| left.intersection(*right)))
        .map(ByteRange::len)
        .sum();
    let shorter = len(left).min(len(right));
    if shorter == 0 { 0.0 } else { common as f32 / shorter as f32 }
}

/// Direct where all words stand in quotation marks, partial where some do.
fn quotation(document: &Document, content: &[ByteRange]) -> Quotation {
    let blocks: Vec<ByteRange> = document.readable_blocks().map(|block| block.range).collect();
    let quoted: Vec<ByteRange> =
        quotes::find_quotes(&document.text, &blocks).into_iter().flatten().map(|quote| quote.outer).collect();
    if content.iter().all(|range| quoted.iter().any(|quote| quote.contains(*range))) {
        Quotation::Direct
    } else if content.iter().any(|range| quoted.iter().any(|quote| quote.overlaps(*range))) {
        Quotation::Partial
    } else {
        Quotation::Indirect
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::DocumentId;

    const TEXT: &str = "“We must keep up the pressure on North Korea,” Jens Stoltenberg said. The pier was wet.";

    fn range_of(words: &str) -> ByteRange {
        let start = TEXT.find(words).unwrap();
        ByteRange::new(start, start + words.len())
    }

    #[test]
    fn chosen_words_take_speaker_and_codes_from_where_they_stand() {
        let document = Document::of_lines(DocumentId(1), TEXT);
        let codebook = Codebook::built_in();
        let quoted = propose(&document, range_of("must keep up the pressure on North Korea"), &codebook).unwrap();
        assert_eq!(quoted.quotation, Quotation::Direct);
        assert_eq!(quoted.person.as_deref(), Some("Jens Stoltenberg"));
        assert_eq!((quoted.force, quoted.themes.first().map(String::as_str)), (Some(4), Some("sanctions_pressure")));
        let after = propose(&document, range_of("The pier was wet."), &codebook).unwrap();
        assert_eq!((after.quotation, after.cue.len(), after.themes.len()), (Quotation::Indirect, 0, 0));
        assert!(propose(&document, range_of(". "), &codebook).is_none());
        let cut = propose(&document, range_of("ier was w"), &codebook).unwrap();
        assert_eq!(cut.content[0].of(TEXT), "pier was wet");
    }

    #[test]
    fn overlap_is_counted_by_the_shorter() {
        let range = ByteRange::new;
        assert_eq!(shared(&[range(0, 10), range(20, 30)], &[range(5, 25)]), 0.5);
        assert_eq!(shared(&[range(0, 10)], &[range(0, 40)]), 1.0);
        assert_eq!(shared(&[], &[range(0, 40)]), 0.0);
    }
}
