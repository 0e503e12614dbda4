//! Paragraphs as a document gives them, nested as they are: text boxes and notes inside paragraphs, cells in rows.
//!
//! A reader opens and closes frames; words go to the paragraph on top. What stood in a text box comes after the
//! paragraph it is tied to, notes come last in the order of their marks (as pandoc prints them), a row of short cells
//! becomes one line with tabs and a row of longer ones a paragraph each, so that layout tables read as prose.

use super::flow::Paragraph;
use crate::document::BlockKind;

/// A cell with more words than this holds prose. Feels right: figures and labels stay below it.
const MAX_CELL_WORDS: usize = 25;

/// A headline has only such lines above it.
const MAX_WORDS_ABOVE_TITLE: usize = 12;

/// What a paragraph is in the document's own terms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Role {
    #[default]
    Body,
    Title,
    /// 1 is the highest.
    Heading(u8),
    Caption,
    /// A line of a table of contents or an index, which repeats the text.
    Contents,
}

impl Role {
    /// By the built-in name of a paragraph's style, as word processors keep it in every language; `None` where the name
    /// says nothing.
    pub(super) fn of_style(name: &str) -> Option<Self> {
        let name = name.trim().to_lowercase();
        if let Some(level) = name.strip_prefix("heading") {
            return level.trim().parse().ok().filter(|level| (1..=9).contains(level)).map(Self::Heading);
        }
        if let Some(rest) = name.strip_prefix("toc ").or_else(|| name.strip_prefix("contents ")) {
            let is_level = rest == "heading" || rest.bytes().all(|byte| byte.is_ascii_digit());
            return is_level.then_some(Self::Contents);
        }
        match name.as_str() {
            "title" => Some(Self::Title),
            "subtitle" => Some(Self::Heading(2)),
            "caption" => Some(Self::Caption),
            "normal" | "body text" | "text body" => Some(Self::Body),
            _ => None,
        }
    }

    /// By a level of the outline: 0 is the highest, 9 is body.
    pub(super) fn of_level(level: u8) -> Self {
        if level < 9 { Self::Heading(level + 1) } else { Self::Body }
    }
}

/// What a frame is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Paragraph,
    Row,
    Cell,
    Note,
}

#[derive(Clone, Debug)]
struct Line {
    role: Role,
    is_row: bool,
    words: String,
}

#[derive(Debug)]
struct Frame {
    kind: Kind,
    role: Role,
    words: String,
    /// What was closed inside it.
    lines: Vec<Line>,
    cells: Vec<Vec<Line>>,
}

/// Collects the paragraphs of a document.
#[derive(Debug, Default)]
pub(super) struct Builder {
    frames: Vec<Frame>,
    lines: Vec<Line>,
    notes: Vec<Line>,
}

impl Builder {
    pub(super) fn open(&mut self, kind: Kind) {
        self.frames.push(Frame { kind, role: Role::Body, words: String::new(), lines: Vec::new(), cells: Vec::new() });
    }

    /// Closes the innermost frame of this kind with all that is open in it; does nothing where there is none.
    pub(super) fn close(&mut self, kind: Kind) {
        let Some(place) = self.frames.iter().rposition(|frame| frame.kind == kind) else { return };
        while self.frames.len() > place {
            self.close_top();
        }
    }

    /// Adds words to the open paragraph; words outside of any are lost.
    pub(super) fn push(&mut self, words: &str) {
        if let Some(frame) = self.frames.last_mut().filter(|frame| frame.kind == Kind::Paragraph) {
            frame.words.extend(words.chars().filter(|&c| !c.is_control() || matches!(c, '\n' | '\t')));
        }
    }

    /// As [`push`](Self::push), where white space means nothing but a gap between words.
    pub(super) fn push_folded(&mut self, words: &str) {
        let Some(frame) = self.frames.last_mut().filter(|frame| frame.kind == Kind::Paragraph) else { return };
        for character in words.chars() {
            if matches!(character, ' ' | '\t' | '\n' | '\r') {
                if !frame.words.ends_with([' ', '\t', '\n']) {
                    frame.words.push(' ');
                }
            } else if !character.is_control() {
                frame.words.push(character);
            }
        }
    }

    /// Says what the open paragraph is.
    pub(super) fn set_role(&mut self, role: Role) {
        if let Some(frame) = self.frames.last_mut().filter(|frame| frame.kind == Kind::Paragraph) {
            frame.role = role;
        }
    }

    /// Is a paragraph open, with nothing open inside it?
    pub(super) fn is_in_paragraph(&self) -> bool {
        self.frames.last().is_some_and(|frame| frame.kind == Kind::Paragraph)
    }

    /// Goes on with what another builder collected.
    pub(super) fn append(&mut self, mut other: Self) {
        while !other.frames.is_empty() {
            other.close_top();
        }
        self.lines.extend(other.lines);
        self.notes.extend(other.notes);
    }

    fn close_top(&mut self) {
        let Some(frame) = self.frames.pop() else { return };
        let lines = match frame.kind {
            Kind::Paragraph => {
                let own = Line { role: frame.role, is_row: false, words: frame.words.trim().to_owned() };
                let own = Some(own).filter(|line| !line.words.is_empty());
                own.into_iter().chain(frame.lines).collect()
            }
            Kind::Cell => {
                if let Some(row) = self.frames.last_mut().filter(|row| row.kind == Kind::Row) {
                    row.cells.push(frame.lines);
                    return;
                }
                frame.lines
            }
            Kind::Row => row_lines(frame.cells, frame.lines),
            Kind::Note => {
                self.notes.extend(frame.lines);
                return;
            }
        };
        self.frames.last_mut().map_or(&mut self.lines, |frame| &mut frame.lines).extend(lines);
    }

    /// All paragraphs, notes last. The first line styled as a title is the title; without one, it is the first heading
    /// of the highest level, where nothing but short lines stands above it.
    pub(super) fn finish(mut self) -> Vec<Paragraph> {
        while !self.frames.is_empty() {
            self.close_top();
        }
        let styled = self.lines.iter().position(|line| line.role == Role::Title);
        let is_long = |line: &Line| line.words.split_whitespace().nth(MAX_WORDS_ABOVE_TITLE).is_some();
        let heading = || {
            let place = self.lines.iter().position(|line| line.role == Role::Heading(1))?;
            let above = &self.lines[..place];
            above.iter().all(|line| line.role == Role::Body && !is_long(line)).then_some(place)
        };
        let title = styled.or_else(heading);
        let kind = move |idx: usize, line: &Line| match line.role {
            _ if Some(idx) == title => Some(BlockKind::Title),
            Role::Title | Role::Heading(_) => Some(BlockKind::Heading),
            Role::Caption => Some(BlockKind::Caption),
            Role::Contents => Some(BlockKind::Boilerplate),
            Role::Body => line.is_row.then_some(BlockKind::Body),
        };
        let body = self.lines.into_iter().enumerate().map(|(idx, line)| (kind(idx, &line), line.words));
        let notes = self.notes.into_iter().map(|line| (None, line.words));
        body.chain(notes).map(|(kind, words)| Paragraph { kind, words }).collect()
    }
}

/// A row as one line where its cells are short, else as its paragraphs.
fn row_lines(cells: Vec<Vec<Line>>, outside: Vec<Line>) -> Vec<Line> {
    let is_short = |cell: &Vec<Line>| match cell.as_slice() {
        [] => true,
        [line] => !line.words.contains('\n') && line.words.split_whitespace().nth(MAX_CELL_WORDS).is_none(),
        _ => false,
    };
    let n_filled = cells.iter().filter(|cell| !cell.is_empty()).count();
    let mut lines = if n_filled >= 2 && cells.iter().all(is_short) {
        let words: Vec<String> = cells.into_iter().flatten().map(|line| line.words).collect();
        vec![Line { role: Role::Body, is_row: true, words: words.join("\t") }]
    } else {
        cells.into_iter().flatten().collect()
    };
    lines.extend(outside);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraph(builder: &mut Builder, role: Role, words: &str) {
        builder.open(Kind::Paragraph);
        builder.set_role(role);
        builder.push(words);
        builder.close(Kind::Paragraph);
    }

    fn shown(builder: Builder) -> Vec<(Option<BlockKind>, String)> {
        builder.finish().into_iter().map(|paragraph| (paragraph.kind, paragraph.words)).collect()
    }

    #[test]
    fn boxes_follow_their_paragraph_and_notes_come_last() {
        let mut builder = Builder::default();
        builder.open(Kind::Paragraph);
        builder.push("one ");
        paragraph(&mut builder, Role::Body, "in a box");
        builder.open(Kind::Note);
        paragraph(&mut builder, Role::Body, "a note");
        builder.close(Kind::Note);
        builder.push("goes on");
        builder.close(Kind::Paragraph);
        paragraph(&mut builder, Role::Body, "two");
        let words: Vec<String> = builder.finish().into_iter().map(|paragraph| paragraph.words).collect();
        assert_eq!(words, ["one goes on", "in a box", "two", "a note"]);
    }

    #[test]
    fn rows_of_short_cells_are_lines_and_others_paragraphs() {
        let mut builder = Builder::default();
        for cells in [["Oslo", "Rome"], ["Lima", "and so on ".repeat(10).as_str()]] {
            builder.open(Kind::Row);
            for words in cells {
                builder.open(Kind::Cell);
                paragraph(&mut builder, Role::Body, words);
                builder.close(Kind::Cell);
            }
            builder.close(Kind::Row);
        }
        let shown = shown(builder);
        assert_eq!(shown[0], (Some(BlockKind::Body), "Oslo\tRome".to_owned()));
        assert_eq!((shown.len(), shown[1].1.as_str()), (3, "Lima"));
    }

    #[test]
    fn the_title_is_the_styled_one_or_the_first_heading_on_top() {
        let cases = [
            (vec![(Role::Heading(1), "a"), (Role::Title, "b")], Some(1)),
            (vec![(Role::Body, "News"), (Role::Heading(1), "a"), (Role::Heading(1), "b")], Some(1)),
            (vec![(Role::Heading(2), "a"), (Role::Heading(1), "b")], None),
            (vec![(Role::Body, "a b c d e f g h i j k l m n"), (Role::Heading(1), "b")], None),
        ];
        for (lines, title) in cases {
            let mut builder = Builder::default();
            for &(role, words) in &lines {
                paragraph(&mut builder, role, words);
            }
            let found = shown(builder).iter().position(|(kind, _)| *kind == Some(BlockKind::Title));
            assert_eq!(found, title, "{lines:?}");
        }
    }

    #[test]
    fn names_of_styles_tell_what_a_paragraph_is() {
        let cases = [
            ("heading 2", Some(Role::Heading(2))),
            ("Heading 12", None),
            ("TOC Heading", Some(Role::Contents)),
            ("toc 3", Some(Role::Contents)),
            ("Contents 1", Some(Role::Contents)),
            ("contents page", None),
            ("Body Text", Some(Role::Body)),
            ("Own style", None),
        ];
        for (name, role) in cases {
            assert_eq!(Role::of_style(name), role, "{name}");
        }
    }

    #[test]
    fn closing_what_is_not_open_does_nothing() {
        let mut builder = Builder::default();
        builder.close(Kind::Cell);
        builder.push("lost");
        builder.open(Kind::Row);
        builder.open(Kind::Cell);
        paragraph(&mut builder, Role::Body, "kept");
        assert_eq!(builder.finish().len(), 1);
    }
}
