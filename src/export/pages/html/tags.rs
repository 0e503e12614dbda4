//! Words as HTML: escaping, the marks of words, days, badges and references to sources.
//!
//! HTML cannot hold controls other than white space, nor U+FFFE and U+FFFF; each becomes U+FFFD. Runs of white space
//! become one space where it means nothing. `O(n)`.

use crate::export::pages::words;
use crate::report::briefing::model::{Quote, Role, Segment, When};

/// Text that is safe in content and between double quotes.
pub(super) fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + text.len() / 16);
    for character in text.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            '\r' => html.push('\n'),
            '\t' | '\n' | '\u{c}' => html.push(character),
            _ if character.is_control() || (u32::from(character) & 0xfffe) == 0xfffe => html.push('\u{fffd}'),
            '\u{fdd0}'..='\u{fdef}' => html.push('\u{fffd}'),
            _ => html.push(character),
        }
    }
    html
}

/// An element around content that is HTML already; `attributes` begins with a space or is empty.
pub(super) fn element(name: &str, attributes: &str, content: &str) -> String {
    format!("<{name}{attributes}>{content}</{name}>")
}

/// Words with their marks, in quotation marks where quoted.
pub(super) fn quote(quote: &Quote) -> String {
    words::quoted(quote, quote.segments.iter().map(segment).collect())
}

fn segment(segment: &Segment) -> String {
    let text = words::segment(segment);
    let (before, core, after) = words::trimmed(&text);
    if core.is_empty() {
        return escaped(&text);
    }
    let (name, attributes) = match segment.role {
        Role::Plain => return escaped(&text),
        Role::Kept => ("mark", " class=\"kept\""),
        Role::OnlyBefore => ("del", ""),
        Role::OnlyAfter => ("ins", ""),
        Role::Strong => ("strong", ""),
        Role::Shared => ("mark", " class=\"shared\""),
        Role::Redacted => ("span", " class=\"redacted\""),
    };
    format!("{}{}{}", escaped(before), element(name, attributes, &escaped(core)), escaped(after))
}

/// `<span class="est">est.</span> <time datetime="2023-01-29">29 Jan 2023</time>`
pub(super) fn day(when: &When) -> String {
    dated(when, &when.day)
}

/// The same with the month alone.
pub(super) fn month(when: &When) -> String {
    dated(when, &when.month)
}

fn dated(when: &When, words: &str) -> String {
    let est = if when.is_estimate { "<span class=\"est\">est.</span> " } else { "" };
    match when.iso {
        Some(day) => format!("{est}<time datetime=\"{day}\">{}</time>", escaped(words)),
        None => format!("{est}<span class=\"day\">{}</span>", escaped(words)),
    }
}

/// Badges in a line, with a space before each.
pub(super) fn badges(badges: &[String]) -> String {
    badges.iter().map(|badge| format!(" {}", element("span", " class=\"badge\"", &escaped(badge)))).collect()
}

/// References to sources of the section.
pub(super) fn references(section: &str, sources: &[usize]) -> String {
    if sources.is_empty() {
        return String::new();
    }
    let links: Vec<String> = sources
        .iter()
        .map(|number| format!("<a href=\"#{section}-s{number}\" aria-label=\"source {number}\">{number}</a>"))
        .collect();
    element("sup", "", &links.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_text_becomes_a_tag() {
        assert_eq!(escaped("a<b> & \"c\" 'd'"), "a&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;");
        assert_eq!(escaped("\0\u{1b}\u{ffff}\u{1fffe}\u{fdd0}é\r"), "\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}é\n");
    }

    #[test]
    fn a_mark_covers_words_and_not_the_spaces_beside_them() {
        let segment = |text: &str, role| Segment { text: text.to_owned(), role };
        let given = Quote {
            is_quoted: true,
            is_cut_before: true,
            is_cut_after: true,
            segments: vec![
                segment("We ", Role::Kept),
                segment("fear <the> ", Role::OnlyBefore),
                segment(" ", Role::OnlyAfter),
                segment("pier", Role::Shared),
                segment(" of Mr Secret", Role::Redacted),
            ],
        };
        assert_eq!(
            quote(&given),
            "“… <mark class=\"kept\">We</mark> <del>fear &lt;the&gt;</del>  <mark class=\"shared\">pier</mark> <span \
             class=\"redacted\">[redacted]</span> …”"
        );
    }
}
