//! Words the reader selects in Read, and what can be done with them: a statement, a search in all articles, a quotation
//! with its source, an entry of the codebook.
//!
//! A selection is a [`Passage`](crate::document::Passage) of the state, exact to the byte, so that other views, keys and
//! the clipboard can ask for it, and it stays when an end scrolls out of sight. [`mod@pointer`] finds its places in a
//! column, [`gesture`] makes it from pointer and keys, [`steps`] knows words and sentences, [`paint`] draws its ground,
//! [`bar`] shows what to do with it, [`found`] is the sheet of places.

pub mod bar;
pub mod found;
pub mod gesture;
pub mod paint;
pub mod pointer;
pub mod steps;

/// Words on one line, single spaces between them.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first words on one line, as many as fit into `max_chars` characters, at least one. Looks at no more of the text.
pub fn shortened(text: &str, max_chars: usize) -> String {
    let mut line = String::new();
    let mut n_chars = 0;
    for word in text.split_whitespace() {
        n_chars += 1 + word.chars().count();
        if !line.is_empty() && n_chars > max_chars + 1 {
            line.push_str(" …");
            break;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_are_cut_between_words() {
        assert_eq!(shortened("the  new\npier", 20), "the new pier");
        assert_eq!(shortened("the new pier opens", 10), "the new …");
        assert_eq!(shortened("the new pier opens", 12), "the new pier …");
        assert_eq!(shortened("Donaudampfschiff fährt", 5), "Donaudampfschiff …");
    }
}
