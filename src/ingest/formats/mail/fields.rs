//! What the headers of a mail say: subject, author and date. The same for the few lines of headers that a mail
//! program writes above a message it forwards.

use jiff::civil::{Date, Time};
use mail_parser::{Address, Message};

use crate::document::{Evidence, MetaDate};
use crate::ingest::formats::first_day;
use crate::text::ByteRange;

/// A header's date is when the words went out.
pub(super) const STRONG: f32 = 0.95;

/// The date of a mail that only passes on another one.
pub(super) const WEAK: f32 = 0.3;

/// What programs put before the subject of an answer or of a mail that is passed on, in several languages.
const PREFIXES: &[&str] =
    &["re", "fw", "fwd", "aw", "wg", "sv", "vs", "vb", "tr", "rv", "res", "enc", "antw", "odp", "pd", "r", "i"];

/// Those among them that tell a message passed on.
const FORWARD_PREFIXES: &[&str] = &["fw", "fwd", "wg", "tr", "rv", "enc", "vb", "pd", "i"];

/// White space of a header means nothing but a gap between words.
pub(super) fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The headers of a mail.
#[derive(Debug, Default)]
pub(super) struct Fields {
    pub(super) title: Option<String>,
    pub(super) author: Option<String>,
    subject: String,
    sent: Option<(Date, Option<Time>)>,
}

impl Fields {
    pub(super) fn of(message: &Message<'_>) -> Self {
        let subject = message.subject().map(one_line).unwrap_or_default();
        let from = message.from().or_else(|| message.sender());
        let author = from.and_then(Address::first).and_then(|address| address.name.as_deref()).map(one_line);
        Self { title: title(&subject), author: author.and_then(|name| person(&name)), subject, sent: sent(message) }
    }

    /// Does the subject say that the mail passes on another one?
    pub(super) fn is_forward(&self) -> bool {
        prefix(&self.subject).is_some_and(|(prefix, _)| FORWARD_PREFIXES.contains(&prefix.as_str()))
    }

    pub(super) fn meta_date(&self, score: f32) -> Option<MetaDate> {
        let (date, time) = self.sent?;
        let says = format!("the header of the mail says {date}");
        let evidence = Evidence { rule: "mail-date".to_owned(), range: None, says, fact: None };
        Some(MetaDate { date, time, score, evidence })
    }
}

/// The day and time as the sender's clock showed them.
fn sent(message: &Message<'_>) -> Option<(Date, Option<Time>)> {
    let read = message.date().and_then(|sent| {
        let date = Date::new(i16::try_from(sent.year).ok()?, i8_of(sent.month)?, i8_of(sent.day)?).ok()?;
        let time = Time::new(i8_of(sent.hour)?, i8_of(sent.minute)?, 0, 0).ok();
        Some((date, time))
    });
    read.filter(|(date, _)| date.year() >= 1970).or_else(|| first_day(message.header_raw("Date")?, true))
}

fn i8_of(number: u8) -> Option<i8> {
    i8::try_from(number).ok()
}

/// A subject without "Re:" and "Fwd:"; `None` where nothing is left.
pub(super) fn title(subject: &str) -> Option<String> {
    let mut rest = subject.trim();
    while let Some((_, after)) = prefix(rest) {
        rest = after;
    }
    (!rest.is_empty()).then(|| rest.to_owned())
}

/// "Re: x", "RE[2]: x", "Fwd: x" as the prefix in lower case and what follows it.
fn prefix(subject: &str) -> Option<(String, &str)> {
    let (before, after) = subject.split_once([':', '：'])?;
    let bare = before.trim().trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '[' | ']' | '(' | ')' | '^'));
    let bare = bare.to_ascii_lowercase();
    PREFIXES.contains(&bare.as_str()).then(|| (bare, after.trim_start()))
}

/// A name of a person or an office; an address is none.
fn person(name: &str) -> Option<String> {
    let name = name.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>'));
    (!name.is_empty() && !name.contains('@')).then(|| name.to_owned())
}

/// The lines of headers above a forwarded message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ForwardedHeader {
    pub(super) title: Option<String>,
    pub(super) author: Option<String>,
    /// The value of its date line, as it stands in the text.
    pub(super) date_words: String,
}

/// What a header line of a forwarded message is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HeaderLine {
    From,
    Date,
    Subject,
    Other,
}

/// Labels of such lines in English, German, French, Spanish, Italian, Portuguese and Dutch.
const LABELS: &[(&str, HeaderLine)] = &[
    ("from", HeaderLine::From),
    ("von", HeaderLine::From),
    ("de", HeaderLine::From),
    ("da", HeaderLine::From),
    ("van", HeaderLine::From),
    ("date", HeaderLine::Date),
    ("sent", HeaderLine::Date),
    ("datum", HeaderLine::Date),
    ("gesendet", HeaderLine::Date),
    ("envoyé", HeaderLine::Date),
    ("fecha", HeaderLine::Date),
    ("enviado", HeaderLine::Date),
    ("data", HeaderLine::Date),
    ("inviato", HeaderLine::Date),
    ("verzonden", HeaderLine::Date),
    ("subject", HeaderLine::Subject),
    ("betreff", HeaderLine::Subject),
    ("objet", HeaderLine::Subject),
    ("asunto", HeaderLine::Subject),
    ("oggetto", HeaderLine::Subject),
    ("assunto", HeaderLine::Subject),
    ("onderwerp", HeaderLine::Subject),
    ("to", HeaderLine::Other),
    ("an", HeaderLine::Other),
    ("à", HeaderLine::Other),
    ("para", HeaderLine::Other),
    ("aan", HeaderLine::Other),
    ("a", HeaderLine::Other),
    ("cc", HeaderLine::Other),
    ("bcc", HeaderLine::Other),
    ("reply-to", HeaderLine::Other),
    ("importance", HeaderLine::Other),
    ("attachments", HeaderLine::Other),
];

/// "Subject: Harbor opens" as what it is about and its value. Stars of a bold label do not count.
pub(super) fn header_line(line: &str) -> Option<(HeaderLine, &str)> {
    let line = line.trim().trim_start_matches('*');
    let (label, value) = line.split_once(':')?;
    let label = label.trim_end_matches('*').trim().to_lowercase();
    let (_, kind) = LABELS.iter().find(|(known, _)| *known == label)?;
    Some((*kind, value.trim_start_matches('*').trim()))
}

impl ForwardedHeader {
    pub(super) fn add(&mut self, kind: HeaderLine, value: &str) {
        match kind {
            HeaderLine::From => {
                let name = value.split(['<', '[', '(']).next().unwrap_or_default();
                self.author = self.author.take().or_else(|| person(name.trim()));
            }
            HeaderLine::Date if self.date_words.is_empty() => value.clone_into(&mut self.date_words),
            HeaderLine::Subject => self.title = self.title.take().or_else(|| title(value)),
            HeaderLine::Date | HeaderLine::Other => {}
        }
    }

    /// The date of its date line, whose value stands at `place`.
    pub(super) fn meta_date(&self, place: usize) -> Option<MetaDate> {
        let (date, time) = first_day(&self.date_words, false)?;
        let says = format!("the forwarded message is of {date}");
        let range = Some(ByteRange::new(place, place + self.date_words.len()));
        let evidence = Evidence { rule: "forwarded-date".to_owned(), range, says, fact: None };
        Some(MetaDate { date, time, score: STRONG, evidence })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subjects_lose_what_programs_put_before_them() {
        let cases = [
            ("Harbor opens", Some("Harbor opens")),
            ("Re: Fwd: Harbor opens", Some("Harbor opens")),
            ("AW[2]: Hafen", Some("Hafen")),
            ("Oslo: harbor opens", Some("Oslo: harbor opens")),
            ("Re:", None),
        ];
        for (subject, expected) in cases {
            assert_eq!(title(subject).as_deref(), expected, "{subject}");
        }
    }

    #[test]
    fn header_lines_of_forwarded_mail_are_told() {
        assert_eq!(header_line("*From:* Jane Roe <jane@paper.example>").map(|found| found.0), Some(HeaderLine::From));
        assert_eq!(
            header_line("Gesendet: Montag, 6. November 2017"),
            Some((HeaderLine::Date, "Montag, 6. November 2017"))
        );
        assert_eq!(header_line("He said: no"), None);
    }
}
