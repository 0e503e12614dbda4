//! Quotations: which marks open and close what, inside one paragraph.
//!
//! A state machine over `" “ ” ‘ ’ ' « » „` with a stack for nested marks; two single marks side by side are a double
//! one, as wire services type it. An apostrophe, between two letters or after a plural's s, is a letter. Marks never pair across paragraphs; a paragraph whose last quotation stays open continues
//! in the next one if that opens with a mark of the same kind, which is the convention of long quotations in print.
//! An opening mark without its close that is not continued is a stray one and quotes nothing. `O(n)` in the bytes.

use crate::text::ByteRange;

/// A stretch between quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Quote {
    /// With its marks.
    pub outer: ByteRange,
    /// Between its marks.
    pub inner: ByteRange,
    /// Its closing mark is missing: it ends with its paragraph and goes on in the next.
    pub is_continued: bool,
}

/// What a mark at some place can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Open(char),
    Close(char),
    /// A plain mark that does either.
    Either(char),
}

#[derive(Clone, Copy, Debug)]
struct OpenMark {
    kind: char,
    start: usize,
    after: usize,
}

/// The quotations of every block, outermost ones only, in order of place.
pub(super) fn find_quotes(text: &str, blocks: &[ByteRange]) -> Vec<Vec<Quote>> {
    let mut found = Vec::with_capacity(blocks.len());
    for (idx, &block) in blocks.iter().enumerate() {
        let (mut quotes, left_open) = pair_marks(text, block);
        let next = blocks.get(idx + 1).map_or("", |next| next.of(text).trim_start());
        if let Some(mark) = left_open
            && opens_with(next, mark.kind)
        {
            let inner = ByteRange::new(mark.after, block.end).trimmed(text);
            quotes.retain(|quote| quote.outer.end <= mark.start);
            quotes.push(Quote { outer: ByteRange::new(mark.start, block.end), inner, is_continued: true });
        }
        found.push(quotes);
    }
    found
}

/// Pairs the marks of one block. Returns the outermost pairs and the first mark that was left open after the last one.
fn pair_marks(text: &str, block: ByteRange) -> (Vec<Quote>, Option<OpenMark>) {
    let slice = block.of(text);
    let mut stack: Vec<OpenMark> = Vec::new();
    let mut pairs: Vec<Quote> = Vec::new();
    let mut before = None;
    let mut characters = slice.char_indices().peekable();
    while let Some((offset, character)) = characters.next() {
        let start = block.start + offset;
        let mut after = start + character.len_utf8();
        let mut character = character;
        if is_doubled(character, characters.peek().map(|&(_, next)| next), before) {
            after += character.len_utf8();
            character = '"';
            characters.next();
        }
        let next = characters.peek().map(|&(_, next)| next);
        let open_kinds = |kind: char| stack.iter().any(|mark| mark.kind == kind);
        match mark_at(character, before, next, slice.get(offset..).unwrap_or_default(), &open_kinds) {
            Some(Mark::Open(kind)) => stack.push(OpenMark { kind, start, after }),
            Some(Mark::Close(kind)) => close(text, &mut stack, &mut pairs, kind, start, after),
            Some(Mark::Either(kind)) if open_kinds(kind) => close(text, &mut stack, &mut pairs, kind, start, after),
            Some(Mark::Either(kind)) => stack.push(OpenMark { kind, start, after }),
            None => {}
        }
        before = Some(character);
    }
    pairs.sort_by_key(|quote| (quote.outer.start, std::cmp::Reverse(quote.outer.end)));
    let mut outermost: Vec<Quote> = Vec::new();
    for quote in pairs {
        if outermost.last().is_none_or(|last| last.outer.end <= quote.outer.start) {
            outermost.push(quote);
        }
    }
    let last_end = outermost.last().map_or(block.start, |quote| quote.outer.end);
    let left_open = stack.into_iter().find(|mark| mark.start >= last_end);
    (outermost, left_open)
}

/// Two single marks that stand for a double one: `''Yes,'' she said`. Three in a row close a single and a double one.
fn is_doubled(character: char, next: Option<char>, before: Option<char>) -> bool {
    matches!(character, '\'' | '’' | '`' | '‘') && next == Some(character) && before != Some(character)
}

/// Closes the latest open mark of this kind; marks opened after it were stray.
fn close(text: &str, stack: &mut Vec<OpenMark>, pairs: &mut Vec<Quote>, kind: char, start: usize, after: usize) {
    let Some(idx) = stack.iter().rposition(|mark| mark.kind == kind) else { return };
    let mark = stack[idx];
    stack.truncate(idx);
    let inner = ByteRange::new(mark.after, start).trimmed(text);
    // A lone letter between marks is an elision: rock 'n' roll.
    if inner.of(text).chars().filter(|c| c.is_alphanumeric()).count() > 1 {
        pairs.push(Quote { outer: ByteRange::new(mark.start, after), inner, is_continued: false });
    }
}

/// What the mark `character` does between `before` and `next`. Kinds: `"` straight double, `“` curly double (also
/// low), `'` straight single, `‘` curly single, `«` guillemets.
fn mark_at(
    character: char,
    before: Option<char>,
    next: Option<char>,
    rest: &str,
    is_open: &dyn Fn(char) -> bool,
) -> Option<Mark> {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let starts = !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | ',' | '!' | '?' | '…'));
    match character {
        // A plain mark before a word and after a space opens, even where another one was never closed.
        '"' if before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '['))
            && next.is_some_and(|c| !c.is_whitespace()) =>
        {
            Some(Mark::Open('"'))
        }
        '"' => Some(Mark::Either('"')),
        '„' => Some(Mark::Open('“')),
        // In German and Slavic print “ closes what „ opened.
        '“' if is_open('“') && !starts => Some(Mark::Close('“')),
        '“' => Some(Mark::Open('“')),
        '”' if is_open('“') => Some(Mark::Close('“')),
        '”' if is_open('"') => Some(Mark::Close('"')),
        '”' if starts && is_word(next) => Some(Mark::Open('“')),
        '«' => Some(Mark::Open('«')),
        '»' => Some(Mark::Close('«')),
        '‘' | '’' | '\'' => single_mark(character, before, next, rest, is_open),
        _ => None,
    }
}

/// Single marks double as apostrophes.
fn single_mark(
    character: char,
    before: Option<char>,
    next: Option<char>,
    rest: &str,
    is_open: &dyn Fn(char) -> bool,
) -> Option<Mark> {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    if is_word(before) && is_word(next) {
        return None;
    }
    let kind = if character == '\'' { '\'' } else { '‘' };
    let can_open = before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '"' | '“' | '–' | '—' | ':'));
    let is_year = rest.chars().skip(1).take(2).filter(char::is_ascii_digit).count() == 2;
    match character {
        '‘' if is_open('‘') && !can_open => Some(Mark::Close('‘')),
        '‘' => Some(Mark::Open('‘')),
        _ if can_open && is_word(next) && !is_year && character == '\'' => Some(Mark::Open('\'')),
        _ if !is_open(kind) => None,
        _ if is_plural_possessive(before, next, rest) => None,
        _ => Some(Mark::Close(kind)),
    }
}

/// `the allies' plans`: an s before, a word after, and another mark further on that can close.
fn is_plural_possessive(before: Option<char>, next: Option<char>, rest: &str) -> bool {
    let mut tail = rest.chars().skip(2);
    before == Some('s') && next == Some(' ') && tail.next().is_some_and(char::is_lowercase) && closes_later(rest)
}

fn closes_later(rest: &str) -> bool {
    let mut before = ' ';
    let mut characters = rest.chars().skip(1).peekable();
    while let Some(character) = characters.next() {
        let next_is_word = characters.peek().is_some_and(|c| c.is_alphanumeric());
        match character {
            '‘' => return false,
            '\'' if before.is_whitespace() && next_is_word => return false,
            '’' | '\'' if !next_is_word => return true,
            _ => {}
        }
        before = character;
    }
    false
}

fn opens_with(paragraph: &str, kind: char) -> bool {
    match kind {
        '“' => paragraph.starts_with(['“', '„']),
        '‘' => paragraph.starts_with('‘'),
        '"' => paragraph.starts_with('"') || paragraph.starts_with("''") || paragraph.starts_with("``"),
        other => paragraph.starts_with(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(paragraphs: &[&str]) -> Vec<String> {
        let text = paragraphs.join("\n");
        let mut start = 0;
        let blocks: Vec<ByteRange> = (paragraphs.iter())
            .map(|paragraph| {
                let range = ByteRange::new(start, start + paragraph.len());
                start = range.end + 1;
                range
            })
            .collect();
        find_quotes(&text, &blocks).into_iter().flatten().map(|quote| quote.inner.of(&text).to_owned()).collect()
    }

    #[test]
    fn marks_pair_inside_a_paragraph() {
        let cases: &[(&[&str], &[&str])] = &[
            (&["“We agree,” she said. “It works.”"], &["We agree,", "It works."]),
            (&["\"Yes,\" he said, \"no.\""], &["Yes,", "no."]),
            (&["He said: ‘The allies’ view is Norway’s view.’"], &["The allies’ view is Norway’s view."]),
            (&["He said: 'the river was ‘too deep to cross.’"], &["too deep to cross."]),
            (&["„Wir gehen“, sagte er."], &["Wir gehen"]),
            (&["«On y va», dit-il."], &["On y va"]),
            (&["the '90s and rock 'n' roll, it's"], &[]),
            (&["“A stray mark opens this", "Nothing closes it."], &[]),
            (&["“He called it “a gift” to us,” she said."], &["He called it “a gift” to us,"]),
            (&["\"Never closed, he said. \"Closed,\" she said."], &["Closed,"]),
        ];
        for (paragraphs, expected) in cases {
            assert_eq!(quoted(paragraphs), *expected, "{paragraphs:?}");
        }
    }

    #[test]
    fn an_open_quotation_goes_on_in_the_next_paragraph() {
        assert_eq!(quoted(&["“One.", "“Two,” she said."]), ["One.", "Two,"]);
    }
}
