//! A page flattened: its visible words as one text, and for each element the stretch of it that it holds.
//!
//! Everything that looks for dates works on this one text, so a page costs one walk and one search however deep its
//! elements nest. Blocks and line breaks end a line; inline elements only part words. `O(n)`.

use trafilatura::dom::{Document as Page, NodeId};

use crate::text::ByteRange;

/// Elements whose words are not shown, or belong to a control.
const HIDDEN: &[&str] =
    &["head", "script", "style", "template", "noscript", "svg", "select", "textarea", "iframe", "title"];

/// Elements that stand within a line.
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "em", "font", "i", "img", "ins", "kbd",
    "label", "mark", "nobr", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var",
    "wbr",
];

/// Parts of class names and ids of what stands beside the article.
const ASIDE: &[&str] = &[
    "related",
    "sidebar",
    "footer",
    "recommend",
    "widget",
    "teaser",
    "more-",
    "popular",
    "latest",
    "trending",
    "recent",
    "archive",
    "calendar",
    "breaking",
    "ticker",
    "nav",
    "promo",
    "newsletter",
    "similar",
    "next-",
    "prev-",
];

/// What is shorter may be the name of the site or a heading of a part.
const MIN_HEADLINE_BYTES: usize = 12;

/// So many elements from the headline on stand right under it.
const UNDER: usize = 20;

/// No more of a line is looked at on either side of a place: a page may be one endless line.
const MAX_LINE_BYTES: usize = 500;

/// No headline has more bytes.
const MAX_HEADLINE_BYTES: usize = 300;

/// An element of a page.
#[derive(Debug)]
pub(super) struct Element<'a> {
    pub(super) id: NodeId,
    pub(super) tag: &'a str,
    /// Class and id in lower case.
    pub(super) class: String,
    pub(super) parent: Option<usize>,
    /// What it holds of [`Outline::words`].
    pub(super) range: ByteRange,
    /// It stands beside the article: in a list of links, a sidebar, a footer.
    pub(super) is_aside: bool,
    /// It is told by a reader.
    pub(super) is_comment: bool,
    pub(super) is_in_article: bool,
}

/// A page as one text.
#[derive(Debug, Default)]
pub(super) struct Outline<'a> {
    /// The visible words, white space collapsed, a line for each block.
    pub(super) words: String,
    /// In the page's own order, the hidden ones too.
    pub(super) elements: Vec<Element<'a>>,
    /// Where each text starts, and the element right around it.
    texts: Vec<(usize, usize)>,
    /// The headline among the elements.
    pub(super) heading: Option<usize>,
}

impl<'a> Outline<'a> {
    pub(super) fn new(page: &'a Page) -> Self {
        let mut outline = Self::default();
        outline.node(page, page.root(), None, false);
        outline.heading = outline.find_heading(page);
        outline.mark_places();
        outline
    }

    /// The headline: the first heading whose words the page's own title holds, else any element that does, else the
    /// first `h1`, else the first `h2`.
    fn find_heading(&self, page: &Page) -> Option<usize> {
        let title = self.elements.iter().find(|element| element.tag == "title");
        let title = folded(&title.map_or_else(String::new, |title| page.text_content(title.id)));
        let elements = || self.elements.iter().enumerate().filter(|(_, element)| !element.range.is_empty());
        let headings = || elements().filter(|(_, element)| matches!(element.tag, "h1" | "h2" | "h3"));
        let is_told = |element: &Element| {
            if title.len() < MIN_HEADLINE_BYTES {
                return false;
            }
            let words = folded(element.range.of(&self.words));
            // The site's own name is part of the title too, and shorter than a headline.
            words.len() >= MIN_HEADLINE_BYTES && words.len() * 3 >= title.len() && title.contains(&words)
        };
        let told = headings().find(|(_, element)| is_told(element));
        let any = || elements().find(|(_, element)| element.range.len() <= MAX_HEADLINE_BYTES && is_told(element));
        let first = |tag: &str| headings().find(|(_, element)| element.tag == tag);
        told.or_else(any).or_else(|| first("h1")).or_else(|| first("h2")).map(|(idx, _)| idx)
    }

    /// Tells what stands beside the article and what a reader wrote. Nothing that holds the headline does, however
    /// its class is called: whole pages are styled by what they have ("has-sidebar", "comments-open").
    fn mark_places(&mut self) {
        let heading = self.heading;
        let headline = heading.and_then(|heading| self.elements.get(heading)).map(|heading| heading.range);
        for idx in 0..self.elements.len() {
            let Some(element) = self.elements.get(idx) else { break };
            let outer = element.parent.and_then(|parent| self.elements.get(parent));
            let holds_headline = headline.is_some_and(|headline| element.range.contains(headline));
            let is_in_article =
                matches!(element.tag, "article" | "main") || outer.is_some_and(|outer| outer.is_in_article);
            let is_comment = outer.is_some_and(|outer| outer.is_comment)
                || element.class.contains("comment") && !element.class.contains("count");
            let is_aside = match element.tag {
                "article" | "main" => false,
                "nav" => true,
                // Right under the headline it holds what belongs to the article: its author, its day.
                "aside" => !(is_in_article && heading.is_some_and(|heading| (heading..heading + UNDER).contains(&idx))),
                "footer" if !is_in_article => true,
                _ => outer.is_some_and(|outer| outer.is_aside) || ASIDE.iter().any(|part| element.class.contains(part)),
            };
            if let Some(element) = self.elements.get_mut(idx) {
                element.is_in_article = is_in_article;
                element.is_comment = is_comment && !holds_headline;
                element.is_aside = is_aside && !holds_headline;
            }
        }
    }

    /// Recursion is no deeper than the page, which was checked.
    fn node(&mut self, page: &'a Page, id: NodeId, parent: Option<usize>, is_hidden: bool) {
        if page.is_text(id) {
            if let Some(parent) = parent.filter(|_| !is_hidden) {
                self.text(&page.text_content(id), parent);
            }
            return;
        }
        if !page.is_element(id) {
            page.child_nodes(id).into_iter().for_each(|child| self.node(page, child, parent, is_hidden));
            return;
        }
        let tag = page.tag_name(id);
        let is_block = !INLINE.contains(&tag);
        if is_block {
            self.end_line();
        }
        let mut class = format!("{} {}", page.class_name(id), page.id_attr(id)).to_ascii_lowercase();
        if let Some(item) =
            page.get_attribute(id, "itemprop").filter(|item| matches!(item.as_str(), "comment" | "review"))
        {
            // Microdata name a reader's words outright.
            class.push_str(if item == "review" { " comment" } else { &item });
        }
        let idx = self.elements.len();
        let range = ByteRange::new(self.words.len(), self.words.len());
        self.elements.push(Element {
            id,
            tag,
            class,
            parent,
            range,
            is_aside: false,
            is_comment: false,
            is_in_article: false,
        });
        let is_hidden = is_hidden || HIDDEN.contains(&tag);
        page.child_nodes(id).into_iter().for_each(|child| self.node(page, child, Some(idx), is_hidden));
        if let Some(element) = self.elements.get_mut(idx) {
            element.range.end = self.words.len().max(element.range.start);
        }
        if is_block {
            self.end_line();
        }
    }

    fn text(&mut self, text: &str, parent: usize) {
        let mut is_first = true;
        for word in text.split_whitespace() {
            if !self.words.is_empty() && !self.words.ends_with('\n') {
                self.words.push(' ');
            }
            if std::mem::take(&mut is_first) {
                self.texts.push((self.words.len(), parent));
            }
            self.words.extend(word.chars().map(western));
        }
    }

    fn end_line(&mut self) {
        if !self.words.is_empty() && !self.words.ends_with('\n') {
            self.words.push('\n');
        }
    }

    /// The element right around the words at `offset`.
    pub(super) fn element_at(&self, offset: usize) -> Option<usize> {
        let place = self.texts.partition_point(|&(start, _)| start <= offset);
        Some(self.texts.get(place.checked_sub(1)?)?.1)
    }

    /// An element and those around it, inmost first.
    pub(super) fn around(&self, idx: usize) -> impl Iterator<Item = &Element<'a>> {
        let mut next = self.elements.get(idx);
        std::iter::from_fn(move || {
            let element = next?;
            next = element.parent.and_then(|parent| self.elements.get(parent));
            Some(element)
        })
    }

    /// The line around a range, or what of an endless one is near to it.
    pub(super) fn line(&self, range: ByteRange) -> ByteRange {
        let window = self.near(range);
        let before = ByteRange::new(window.start, range.start).of(&self.words);
        let after = ByteRange::new(range.end, window.end).of(&self.words);
        let start = before.rfind('\n').map_or(window.start, |at| window.start + at + 1);
        ByteRange::new(start, after.find('\n').map_or(window.end, |at| range.end + at))
    }

    fn near(&self, range: ByteRange) -> ByteRange {
        let words = &self.words;
        let mut start = range.start.saturating_sub(MAX_LINE_BYTES);
        let mut end = range.end.saturating_add(MAX_LINE_BYTES).min(words.len());
        while !words.is_char_boundary(start) {
            start += 1;
        }
        while !words.is_char_boundary(end) {
            end -= 1;
        }
        ByteRange::new(start, end)
    }

    /// The line before a line.
    pub(super) fn line_before(&self, line: ByteRange) -> Option<ByteRange> {
        let end = line.start.checked_sub(1)?;
        Some(self.line(ByteRange::new(end, end)))
    }
}

/// Letters and digits alone, in lower case.
fn folded(words: &str) -> String {
    words.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Digits of other scripts as western ones, so that dates in them are read; blanks that part nothing as blanks.
fn western(c: char) -> char {
    let digit = match c {
        '\u{0660}'..='\u{0669}' => u32::from(c) - 0x0660,
        '\u{06f0}'..='\u{06f9}' => u32::from(c) - 0x06f0,
        '\u{0966}'..='\u{096f}' => u32::from(c) - 0x0966,
        '\u{ff10}'..='\u{ff19}' => u32::from(c) - 0xff10,
        _ => return c,
    };
    char::from_digit(digit, 10).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_page_in_lines() {
        let html = "<body class='has-sidebar'><h1>Harbor  <i>opens</i></h1><div id=comments><p>3 May</p></div>\
            <script>var a</script><p>Posted<br>by <b>A</b></p><aside><p>More</p></aside></body>";
        let page = Page::parse(html);
        let outline = Outline::new(&page);
        assert_eq!(outline.words.trim_end(), "Harbor opens\n3 May\nPosted\nby A\nMore");
        let at = |words: &str| {
            let start = outline.words.find(words).unwrap();
            let idx = outline.element_at(start).unwrap();
            let element = &outline.elements[idx];
            (element.tag, element.range.of(&outline.words), element.is_aside, element.is_comment)
        };
        assert_eq!(at("opens"), ("i", " opens", false, false));
        assert_eq!(at("3 May"), ("p", "3 May", false, true));
        assert_eq!(at("More"), ("p", "More", true, false));
        let line = outline.line(ByteRange::new(outline.words.find("by").unwrap(), outline.words.find(" A").unwrap()));
        assert_eq!(line.of(&outline.words), "by A");
        assert_eq!(outline.line_before(line).unwrap().of(&outline.words), "Posted");
    }
}
