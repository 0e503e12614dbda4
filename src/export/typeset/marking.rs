//! What a file says of itself, apart from its pages.

use jiff::civil::Date;

/// Title, description and origin that are written into a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marking {
    pub title: String,
    /// The page in words, for those who do not see it.
    pub description: String,
    /// "Harbor Post, 3 Mar 2024; Daily Signal, est. 9 Mar 2024".
    pub source: String,
    /// "Throughline 0.1.0".
    pub software: String,
    /// Leaves all of it out.
    pub is_stripped: bool,
    /// The day of making; files hold this day and no time.
    pub made: Date,
}

impl Marking {
    /// Nothing but the day, which is not written either.
    pub fn stripped(made: Date) -> Self {
        Self {
            title: String::new(),
            description: String::new(),
            source: String::new(),
            software: String::new(),
            is_stripped: true,
            made,
        }
    }

    /// What is said, by its key in a PNG.
    pub(super) fn texts(&self) -> Vec<(&'static str, String)> {
        if self.is_stripped {
            return Vec::new();
        }
        [
            ("Title", &self.title),
            ("Description", &self.description),
            ("Source", &self.source),
            ("Software", &self.software),
        ]
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(key, text)| (key, without_controls(text)))
        .collect()
    }
}

/// The text without characters that XML cannot hold; line ends become spaces.
pub(super) fn without_controls(text: &str) -> String {
    text.chars()
        .filter_map(|c| match c {
            '\n' | '\r' | '\t' => Some(' '),
            '\u{fffe}' | '\u{ffff}' => None,
            c if c.is_control() => None,
            c => Some(c),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_is_left_out() {
        assert_eq!(without_controls("a\u{0}b\nc\u{1b}\u{85}\u{ffff}ü"), "ab cü");
    }

    #[test]
    fn stripped_marking_says_nothing() {
        let made = jiff::civil::date(2026, 11, 21);
        let mut marking = Marking { title: "Harbor".to_owned(), is_stripped: false, ..Marking::stripped(made) };
        assert_eq!(marking.texts(), [("Title", "Harbor".to_owned())]);
        marking.is_stripped = true;
        assert!(marking.texts().is_empty());
    }
}
