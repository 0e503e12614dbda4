//! From what a reader types to a query. Nothing fails: a sign that cannot mean what it should is a word like others.
//!
//! The forms are those of newspaper databases: quotation marks for words side by side, `NEAR/5` for words close together,
//! `*` after a beginning, `OR`, `NOT` or `-`. Operators are in capitals, so that "near" and "or" can be looked for.

use super::query::{Clause, Group, Phrase, Query, Term};
use crate::text::{ByteRange, tokens};

/// The distance of `NEAR` without a number, as in most databases.
const DISTANCE: usize = 10;

/// The widest distance; a wider one is the whole of many an article.
const MAX_DISTANCE: usize = 1000;

/// Clauses read; what follows is left aside. A pasted page is no query.
const MAX_CLAUSES: usize = 64;

/// What stands in a query, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece<'a> {
    /// A word or several joined by signs, as "twenty-nine".
    Word(&'a str),
    /// What stands between quotation marks.
    Quoted(&'a str),
    Or,
    And,
    Not,
    Near(usize),
}

impl Query {
    /// Reads what was typed.
    pub fn parse(typed: &str) -> Self {
        let pieces = pieces(typed);
        let mut clauses: Vec<Clause> = Vec::new();
        let mut at = 0;
        while at < pieces.len() && clauses.len() < MAX_CLAUSES {
            let (is_left_out, n_signs) = left_out(&pieces[at..]);
            at += n_signs;
            let joins_last = pieces.get(at) == Some(&Piece::Or)
                && clauses.last().is_some_and(|last| !last.is_left_out)
                && group(&pieces[at + 1..]).is_some();
            if joins_last {
                at += 1;
            }
            let (group, n_pieces) = group(&pieces[at..]).unwrap_or_else(|| literal(&pieces[at..]));
            at += n_pieces.max(1);
            let Some(group) = group else { continue };
            match clauses.last_mut().filter(|_| joins_last) {
                Some(last) => last.any.push(group),
                None => clauses.push(Clause { is_left_out, any: vec![group] }),
            }
        }
        Self { clauses }
    }
}

/// Is what follows to be left out? With the number of signs that say so.
fn left_out(pieces: &[Piece<'_>]) -> (bool, usize) {
    match pieces {
        [Piece::Not, next @ ..] if group(next).is_some() => (true, 1),
        [Piece::And, Piece::Not, next @ ..] if group(next).is_some() => (true, 2),
        [Piece::And, next @ ..] if group(next).is_some() => (false, 1),
        _ => (false, 0),
    }
}

/// The words at the start of `pieces`, with those close to them; `None` where a sign stands there. The inner `None` is
/// a piece without a letter or a digit.
fn group(pieces: &[Piece<'_>]) -> Option<(Option<Group>, usize)> {
    let first = phrase(pieces.first()?)?;
    let (mut phrases, mut distance, mut at) = (Vec::from_iter(first), 0, 1);
    while let [Piece::Near(near), next, ..] = &pieces[at..] {
        let Some(next) = phrase(next) else { break };
        distance = distance.max(*near);
        phrases.extend(next);
        at += 2;
    }
    Some(((!phrases.is_empty()).then(|| Group { phrases, distance }.tidied()), at))
}

/// A sign where it means nothing, as the word it spells.
fn literal(pieces: &[Piece<'_>]) -> (Option<Group>, usize) {
    let word = match pieces.first() {
        Some(Piece::Or) => "or",
        Some(Piece::And) => "and",
        Some(Piece::Not) => "not",
        Some(Piece::Near(_)) => "near",
        Some(Piece::Word(_) | Piece::Quoted(_)) | None => return (None, 1),
    };
    (Some(Group { phrases: vec![Phrase { terms: vec![Term::whole(word)] }], distance: 0 }), 1)
}

/// The words of a piece; the outer `None` is a sign, the inner one a piece without a word.
fn phrase(piece: &Piece<'_>) -> Option<Option<Phrase>> {
    let (Piece::Word(text) | Piece::Quoted(text)) = *piece else { return None };
    let words: Vec<ByteRange> = tokens(text, ByteRange::new(0, text.len())).map(|token| token.range).collect();
    let Some((last, others)) = words.split_last() else { return Some(None) };
    let mut terms: Vec<Term> = others.iter().map(|word| Term::whole(word.of(text))).collect();
    let has_star = text.get(last.end..).is_some_and(|rest| rest.starts_with('*'));
    terms.push(if has_star { Term::beginning(last.of(text)) } else { Term::whole(last.of(text)) });
    Some(Some(Phrase { terms }))
}

fn pieces(typed: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = typed.trim_start();
    while let Some(first) = rest.chars().next() {
        let inner = &rest[first.len_utf8()..];
        if is_quote(first) {
            // One that is not closed yet is being typed.
            let end = inner.find(is_quote).unwrap_or(inner.len());
            pieces.push(Piece::Quoted(&inner[..end]));
            rest = inner[end..].trim_start_matches(is_quote).trim_start();
        } else if first == '-' && inner.starts_with(|next: char| next.is_alphanumeric() || is_quote(next)) {
            pieces.push(Piece::Not);
            rest = inner;
        } else {
            let end = rest.find(|character: char| character.is_whitespace() || is_quote(character));
            let (word, others) = rest.split_at(end.unwrap_or(rest.len()));
            pieces.push(sign(word).unwrap_or(Piece::Word(word)));
            rest = others.trim_start();
        }
    }
    pieces
}

fn sign(word: &str) -> Option<Piece<'_>> {
    match word {
        "OR" => Some(Piece::Or),
        "AND" => Some(Piece::And),
        "NOT" => Some(Piece::Not),
        "NEAR" => Some(Piece::Near(DISTANCE)),
        _ => {
            let number = word.strip_prefix("NEAR/")?.parse::<usize>().ok()?;
            Some(Piece::Near(number.min(MAX_DISTANCE)))
        }
    }
}

fn is_quote(character: char) -> bool {
    matches!(character, '"' | '“' | '”' | '„' | '‟' | '«' | '»')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The query with its keys, a clause a word: `a|b` either, `a~5~b` near, `a+b` side by side, `!a` left out.
    fn read(typed: &str) -> String {
        let term = |term: &Term| match &term.beginning {
            Some(beginning) => format!("{beginning}*"),
            None => term.keys.join("/"),
        };
        let phrase = |phrase: &Phrase| phrase.terms.iter().map(term).collect::<Vec<_>>().join("+");
        let group = |group: &Group| {
            let phrases: Vec<String> = group.phrases.iter().map(phrase).collect();
            phrases.join(&format!("~{}~", group.distance))
        };
        let clause = |clause: &Clause| {
            let any: Vec<String> = clause.any.iter().map(group).collect();
            format!("{}{}", if clause.is_left_out { "!" } else { "" }, any.join("|"))
        };
        Query::parse(typed).clauses.iter().map(clause).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn every_form_is_read() {
        for (typed, expected) in [
            ("cyber attack", "cyber attack"),
            ("“Missile tests”", "missil+test"),
            ("\"missile tests", "missil+test"),
            ("twenty-nine", "twenti+nine"),
            ("a NEAR/5 \"b c\" NEAR d", "a~10~b+c~10~d"),
            ("missile NEAR/3 test", "missil~3~test"),
            ("missil* \"nuclear prog*\"", "missil* nuclear+prog*"),
            ("a OR b c", "a|b c"),
            ("a -b NOT \"c d\" AND e AND NOT f", "a !b !c+d e !f"),
            ("-b", "!b"),
            ("日本", "日+本"),
        ] {
            assert_eq!(read(typed), expected, "{typed}");
        }
    }

    #[test]
    fn what_is_odd_is_taken_literally() {
        for (typed, expected) in [
            ("", ""),
            (" - — \" \" * ", ""),
            ("OR", "or"),
            ("a OR", "a or"),
            ("NEAR/5 a", "near a"),
            ("a NEAR/", "a near"),
            ("a NEAR/x b", "a near+x b"),
            ("NOT", "not"),
            ("-a OR b", "!a or b"),
            ("near or not", "near or not"),
            ("co-op - b", "co+op b"),
            ("a NEAR/99999999999999999999999 b", "a near+99999999999999999999999 b"),
            ("(a OR b)", "a|b"),
        ] {
            assert_eq!(read(typed), expected, "{typed}");
        }
    }
}
