//! The same statement told by several articles: one press conference in three outlets, once more two days later.
//!
//! Such statements are one before anything is compared over time. Two statements of one actor are the same where they
//! share a theme, were made at most two days apart, and most key words (stems without function words) of the shorter one
//! stand in the longer. The earliest telling stands, the fullest of one day; the others point to it by
//! [`Statement::same_as`] and still count as an observation of their article. What the reader decided about is left as it
//! is. `O(n × m)` in the statements of an actor and those of its two days before, each pair linear in its key words.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rayon::prelude::*;
use rust_stemmers::{Algorithm, Stemmer};

use super::statements::english::is_function_word;
use super::statements::{Quotation, Statement};
use crate::document::Corpus;
use crate::text::compare::fold;
use crate::text::{ByteRange, tokens};

/// Days between a statement and the article that tells it again; the day of publication counts where no other is known.
const MAX_DAYS: i32 = 2;

/// Share of the shorter one's key words. Quotations that two outlets bring share nearly all; two points of one speech
/// less than half.
const ENOUGH: f32 = 0.75;

/// Fewer key words prove nothing.
const MIN_KEYS: usize = 5;

/// Statements before a statement that are looked at; a day with more is told by thousands of articles.
const MAX_BEFORE: usize = 600;

/// Points the statements that tell another article's again to that one.
pub(super) fn join_retold(corpus: &Corpus, statements: &mut [Statement]) {
    let mut by_actor: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (idx, statement) in statements.iter().enumerate() {
        let is_first = statement.same_as.is_none() && statement.revision.is_none() && !statement.themes.is_empty();
        if let Some(actor) = statement.actor.as_deref().filter(|_| is_first && statement.said.is_some()) {
            by_actor.entry(actor).or_default().push(idx);
        }
    }
    let groups: Vec<Vec<usize>> = by_actor.into_values().collect();
    let found: Vec<(usize, usize)> =
        groups.par_iter().flat_map_iter(|group| retold(corpus, statements, group)).collect();
    for (idx, original) in found {
        statements[idx].same_as = Some(statements[original].id);
    }
}

/// Statements that tell another one again, each with that one.
fn retold(corpus: &Corpus, statements: &[Statement], group: &[usize]) -> Vec<(usize, usize)> {
    let stemmer = Stemmer::create(Algorithm::English);
    let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
    let mut told: Vec<Told> = Vec::with_capacity(group.len());
    for &idx in group {
        let statement = &statements[idx];
        let (Some(said), Some(document)) = (statement.said, corpus.get(statement.document)) else { continue };
        let keys: BTreeSet<u32> = key_words(&stemmer, &document.text, &statement.content)
            .map(|key| {
                let next = numbers.len() as u32;
                *numbers.entry(key).or_insert(next)
            })
            .collect();
        told.push(Told { idx, said, keys: keys.into_iter().collect() });
    }
    // Earliest first; of one day direct speech first, then the fullest.
    told.sort_by_key(|told| {
        let kind = match statements[told.idx].quotation {
            Quotation::Direct => 0_u8,
            Quotation::Partial => 1,
            Quotation::Indirect => 2,
        };
        (told.said, kind, std::cmp::Reverse(told.keys.len()), told.idx)
    });
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut is_retold = vec![false; told.len()];
    for place in 0..told.len() {
        let one = &told[place];
        let before = (place.saturating_sub(MAX_BEFORE)..place).rev().take_while(|&other| is_near(&told[other], one));
        let original =
            before.filter(|&other| !is_retold[other]).filter(|&other| is_same(statements, &told[other], one)).min();
        if let Some(original) = original {
            is_retold[place] = true;
            found.push((one.idx, told[original].idx));
        }
    }
    found
}

/// A statement ready to be compared.
struct Told {
    idx: usize,
    said: Date,
    /// Numbers of its key words, in order.
    keys: Vec<u32>,
}

fn is_near(earlier: &Told, later: &Told) -> bool {
    earlier.said.until(later.said).is_ok_and(|span| span.get_days() <= MAX_DAYS)
}

fn is_same(statements: &[Statement], left: &Told, right: &Told) -> bool {
    let (one, other) = (&statements[left.idx], &statements[right.idx]);
    let n_least = left.keys.len().min(right.keys.len());
    if one.document == other.document || n_least < MIN_KEYS || one.is_official != other.is_official {
        return false;
    }
    let n_shared = left.keys.iter().filter(|key| right.keys.binary_search(key).is_ok()).count();
    n_shared as f32 >= ENOUGH * n_least as f32 && one.themes.iter().any(|theme| other.themes.contains(theme))
}

fn key_words<'t>(stemmer: &'t Stemmer, text: &'t str, content: &'t [ByteRange]) -> impl Iterator<Item = String> + 't {
    (content.iter())
        .flat_map(move |range| tokens(text, *range))
        .map(move |token| fold(token.range.of(text)))
        .filter(|word| !is_function_word(word))
        .map(move |word| stemmer.stem(&word).into_owned())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use jiff::civil::date;

    use super::*;
    use crate::analysis::shifts::ShiftLabel;
    use crate::analysis::{Analysis, Options, Progress, analyze};
    use crate::codebook::Codebook;
    use crate::document::{Document, DocumentId, Published};

    fn analysis(articles: &[(Date, &str)]) -> Analysis {
        let document = |(number, (day, text)): (u64, &(Date, &str))| {
            let mut document = Document::of_lines(DocumentId(number), text);
            document.published = Published::entered(*day, Vec::new());
            Arc::new(document)
        };
        let corpus = Corpus::new((1..).zip(articles).map(document));
        analyze(&corpus, &Codebook::built_in(), &Options::default(), &Progress::default()).unwrap()
    }

    const FIRST: &str =
        "“We must keep up the pressure on North Korea until it gives up its missiles,” Jens Stoltenberg said.";
    const AGAIN: &str = "NATO chief Jens Stoltenberg said that the allies must keep up pressure on North Korea until it gave up its missiles.";
    const OTHER: &str =
        "“New sanctions on North Korea are needed after the launch of the long-range rocket,” Jens Stoltenberg said.";

    #[test]
    fn what_another_article_tells_again_within_two_days_is_one_statement() {
        for (second, days_later, is_same) in
            [(AGAIN, 1, true), (AGAIN, 0, true), (FIRST, 2, true), (AGAIN, 9, false), (OTHER, 1, false)]
        {
            let day = date(2019, 3, 4);
            let later = day.checked_add(jiff::Span::new().days(days_later)).unwrap();
            let found = analysis(&[(day, FIRST), (later, second)]);
            let [one, other] = found.statements.as_slice() else { panic!("{:?}", found.statements) };
            assert_eq!(other.same_as == Some(one.id), is_same, "{second} {days_later} days later");
            // It is no change of position, and no silence either.
            let moved = found.shifts.iter().filter(|shift| shift.label != ShiftLabel::New).count();
            let pressure = found.themes.iter().find(|it| it.theme == "sanctions_pressure").unwrap();
            assert_eq!((moved > 0, pressure.observed.len()), (!is_same && days_later > 0, 2), "{second}");
        }
    }
}
