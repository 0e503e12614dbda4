//! A page as the run of its pieces: every paragraph, heading, item and caption in order, with what the page's markup
//! says of each.
//!
//! A piece is what lies between two block elements (or line breaks). The markup tells its role, the part of the page
//! it stands in ([`Zone`], by the names that pages give to their parts), how much of it is links, and how much bold.
//! One walk over the tree, `O(n)`.

use trafilatura::dom::{Document as Page, NodeId};

use super::zone::{Zone, zone};

/// What a piece is by its element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A heading and its level.
    Heading(u8),
    Paragraph,
    /// An item of a list.
    Item,
    Quote,
    /// A cell of a table.
    Cell,
    Caption,
    /// Words directly in a `div` or the like.
    Other,
}

/// A stretch of words that stands for itself.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// White space of a page means nothing but a gap between words.
    pub(super) words: String,
    /// Letters and digits alone, lower case: what is left when two readers of a page disagree on gaps and marks.
    pub(super) letters: String,
    pub(super) role: Role,
    /// The innermost block element around it, an index into [`Flow::elements`].
    pub(super) element: usize,
    /// Share of its letters in links, 0.0..=1.0.
    pub(super) link_share: f32,
    /// All its letters are bold.
    pub(super) is_bold: bool,
}

/// An element that parts pieces.
#[derive(Clone, Copy, Debug)]
pub(super) struct Element {
    /// The block element around it; its own index at the root.
    pub(super) parent: usize,
    /// What part of the page it opens.
    pub(super) zone: Option<Zone>,
    /// One after its last descendant in [`Flow::elements`].
    pub(super) end: usize,
}

/// The pieces of a page, in order.
#[derive(Debug, Default)]
pub(super) struct Flow {
    pub(super) pieces: Vec<Piece>,
    /// In order of their start; the first is the root.
    pub(super) elements: Vec<Element>,
}

/// Letters and digits of `words`, in lower case.
pub(super) fn letters(words: &str) -> String {
    words.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// White space of a page means nothing but a gap between words.
pub(super) fn one_line(words: &str) -> String {
    let mut line = String::with_capacity(words.len());
    for word in words.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// The pieces of a page.
pub(super) fn flow(page: &Page) -> Flow {
    let root = Element { parent: 0, zone: None, end: 0 };
    let mut walk = Walk {
        page,
        flow: Flow { pieces: Vec::new(), elements: vec![root] },
        open: Open::default(),
        role: Role::Other,
        element: 0,
        n_links: 0,
        n_bold: 0,
        is_in_hover: false,
    };
    walk.children(page.root());
    walk.close();
    let n_elements = walk.flow.elements.len();
    walk.flow.elements[0].end = n_elements;
    walk.flow
}

/// The words since the last border.
#[derive(Default)]
struct Open {
    words: String,
    /// Letters, those in links and those in bold.
    n_letters: usize,
    n_link_letters: usize,
    n_bold_letters: usize,
}

struct Walk<'a> {
    page: &'a Page,
    flow: Flow,
    open: Open,
    role: Role,
    element: usize,
    /// Links, and bold elements, that are open.
    n_links: usize,
    n_bold: usize,
    /// Inside the box of words that open more on demand.
    is_in_hover: bool,
}

/// How an element stands among the words around it.
enum Kind {
    /// Not seen by who reads the page.
    Unseen,
    /// Words of the line.
    Inline,
    /// A border alone.
    Break,
    /// A box with borders before and after.
    Block,
}

fn kind(tag: &str) -> Kind {
    match tag {
        "script" | "style" | "head" | "noscript" | "template" | "svg" | "math" | "iframe" | "object" | "audio"
        | "video" | "canvas" | "button" | "select" | "textarea" | "input" | "map" | "title" | "dialog" => Kind::Unseen,
        "br" | "hr" => Kind::Break,
        _ if is_block(tag) => Kind::Block,
        _ => Kind::Inline,
    }
}

/// Is the element a box, whose words stand apart from those before and after it? By the default style sheet of the
/// HTML standard.
pub(in crate::ingest::formats) fn is_block(tag: &str) -> bool {
    matches!(
        tag,
        "html"
            | "body"
            | "p"
            | "div"
            | "li"
            | "ul"
            | "ol"
            | "dl"
            | "dd"
            | "dt"
            | "blockquote"
            | "pre"
            | "table"
            | "thead"
            | "tbody"
            | "tfoot"
            | "tr"
            | "td"
            | "th"
            | "section"
            | "article"
            | "main"
            | "figure"
            | "figcaption"
            | "caption"
            | "header"
            | "footer"
            | "nav"
            | "aside"
            | "form"
            | "fieldset"
            | "address"
            | "details"
            | "summary"
            | "center"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "hgroup"
            | "menu"
    )
}

fn role(tag: &str, outer: Role) -> Role {
    match (tag, outer) {
        (_, Role::Caption) | ("figcaption" | "caption", _) => Role::Caption,
        ("h1", _) => Role::Heading(1),
        ("h2", _) => Role::Heading(2),
        ("h3", _) => Role::Heading(3),
        ("h4", _) => Role::Heading(4),
        ("h5", _) => Role::Heading(5),
        ("h6", _) => Role::Heading(6),
        (_, Role::Heading(level)) => Role::Heading(level),
        ("td" | "th", _) => Role::Cell,
        ("li" | "dd" | "dt", _) => Role::Item,
        ("blockquote", _) => Role::Quote,
        (_, Role::Item | Role::Quote | Role::Cell) => outer,
        ("p" | "pre", _) => Role::Paragraph,
        _ => Role::Other,
    }
}

impl Walk<'_> {
    /// Recursion is no deeper than the page, which was checked.
    fn node(&mut self, id: NodeId) {
        if self.page.is_text(id) {
            let words = self.page.text_content(id);
            self.text(&words);
            return;
        }
        let page = self.page;
        let tag = page.tag_name(id);
        match kind(tag) {
            Kind::Unseen => {}
            Kind::Break => self.close(),
            Kind::Inline => self.inline(id, tag),
            Kind::Block => self.block(id, tag),
        }
    }

    fn children(&mut self, id: NodeId) {
        for child in self.page.child_nodes(id) {
            self.node(child);
        }
    }

    fn text(&mut self, words: &str) {
        let n_letters = words.chars().filter(|c| c.is_alphanumeric()).count();
        self.open.n_letters += n_letters;
        self.open.n_link_letters += if self.n_links > 0 { n_letters } else { 0 };
        self.open.n_bold_letters += if self.n_bold > 0 { n_letters } else { 0 };
        self.open.words.push_str(words);
    }

    fn inline(&mut self, id: NodeId, tag: &str) {
        // What opens on demand is no part of the line; the box around both the line's own words and it has its name.
        let is_hover = self.is_hover(id, tag);
        if is_hover
            && (self.is_in_hover
                || !self.page.children(id).iter().any(|&child| self.is_hover(child, self.page.tag_name(child))))
        {
            return;
        }
        let was_in_hover = self.is_in_hover;
        self.is_in_hover |= is_hover;
        let (is_link, is_bold) = (tag == "a", matches!(tag, "b" | "strong"));
        self.n_links += usize::from(is_link);
        self.n_bold += usize::from(is_bold);
        self.children(id);
        self.n_links -= usize::from(is_link);
        self.n_bold -= usize::from(is_bold);
        self.is_in_hover = was_in_hover;
    }

    fn is_hover(&self, id: NodeId, tag: &str) -> bool {
        tag != "a" && zone(self.page, id, tag) == Some(Zone::Hidden)
    }

    fn block(&mut self, id: NodeId, tag: &str) {
        self.close();
        let own_zone = zone(self.page, id, tag);
        let outer = (self.element, self.role);
        self.role = if own_zone == Some(Zone::Caption) { Role::Caption } else { role(tag, self.role) };
        let element = self.flow.elements.len();
        self.flow.elements.push(Element { parent: self.element, zone: own_zone, end: element + 1 });
        self.element = element;
        self.children(id);
        self.close();
        self.flow.elements[element].end = self.flow.elements.len();
        (self.element, self.role) = outer;
    }

    fn close(&mut self) {
        let open = std::mem::take(&mut self.open);
        let words = one_line(&open.words);
        if words.is_empty() {
            return;
        }
        #[expect(clippy::cast_precision_loss, reason = "a share need not be exact")]
        let link_share = if open.n_letters == 0 { 0.0 } else { open.n_link_letters as f32 / open.n_letters as f32 };
        self.flow.pieces.push(Piece {
            letters: letters(&words),
            words,
            role: self.role,
            element: self.element,
            link_share,
            is_bold: open.n_letters > 0 && open.n_bold_letters == open.n_letters,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(html: &str) -> Vec<(String, Role)> {
        flow(&Page::parse(html)).pieces.into_iter().map(|piece| (piece.words, piece.role)).collect()
    }

    #[test]
    fn borders_part_pieces_and_inline_elements_do_not() {
        let found = pieces(
            "<h2>The  port</h2><p>It <b>opened</b> on <a href=x>Mon</a>day.<br>Then it rained.</p>\
             <ul><li>one<li><p>two</ul>loose <i>words</i><div>more</div>",
        );
        let expected = [
            ("The port", Role::Heading(2)),
            ("It opened on Monday.", Role::Paragraph),
            ("Then it rained.", Role::Paragraph),
            ("one", Role::Item),
            ("two", Role::Item),
            ("loose words", Role::Other),
            ("more", Role::Other),
        ];
        assert_eq!(found, expected.map(|(words, role)| (words.to_owned(), role)));
    }

    #[test]
    fn shares_and_elements_are_told() {
        let flow = flow(&Page::parse("<div><p><a href=x>four</a> five</p></div><p><b>bold</b></p>"));
        assert!((flow.pieces[0].link_share - 0.5).abs() < 1e-6);
        assert!(flow.pieces[1].is_bold && !flow.pieces[0].is_bold);
        let [first, last] = [flow.pieces[0].element, flow.pieces[1].element];
        assert!(flow.elements[first].parent != flow.elements[last].parent);
        assert!(flow.elements.iter().enumerate().all(|(idx, element)| element.parent <= idx && element.end > idx));
    }

    #[test]
    fn what_nobody_sees_is_no_piece() {
        assert_eq!(pieces("<p>one<script>x</script></p><button>buy</button>"), [("one".to_owned(), Role::Paragraph)]);
        assert_eq!(pieces("<p>Roe<span class='hover-card'>her work</span> spoke</p>").len(), 1);
    }
}
