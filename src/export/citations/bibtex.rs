//! Citations in BibTeX (Patashnik, 1988), with a `date` for biblatex 3, in UTF-8.
//!
//! Everything TeX would take for its own is written as a command; braces too, since BibTeX counts them even behind a
//! backslash. Titles stand in double braces, so that no style changes their capitals.

use super::keys::{Entry, year};
use crate::export::facts::one_line;
use crate::report::briefing::model::Source;

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// An `@article` for each source, parted by empty lines.
pub(super) fn bibtex(entries: &[Entry<'_>], annotation: Option<&str>) -> String {
    let entries: Vec<String> = entries.iter().map(|it| entry(it, annotation)).collect();
    entries.join("\n")
}

fn entry(entry: &Entry<'_>, annotation: Option<&str>) -> String {
    let source = entry.source;
    let braced = |name: &str, words: &str| format!("  {name} = {{{}}}", escaped(words));
    let mut fields: Vec<String> = Vec::new();
    // Braces keep "and" and commas of a by-line from being read as several names.
    fields.extend(source.author.as_deref().map(|author| format!("  author = {{{{{}}}}}", escaped(author))));
    if !source.headline.is_empty() {
        fields.push(format!("  title = {{{{{}}}}}", escaped(&source.headline)));
    }
    fields.push(format!("  journal = {{{{{}}}}}", escaped(&source.outlet)));
    fields.extend(year(&source.when).map(|year| braced("year", &year)));
    if let Some(day) = source.when.iso {
        let month = MONTHS.get(usize::from(day.month().unsigned_abs()).saturating_sub(1)).copied();
        fields.extend(month.map(|month| format!("  month = {month}")));
        let circa = if source.when.is_estimate { "~" } else { "" };
        fields.push(format!("  date = {{{day}{circa}}}"));
    }
    let note = note(source);
    if !note.is_empty() {
        fields.push(braced("note", &note));
    }
    fields.extend(annotation.map(|words| braced("annote", words)));
    format!("@article{{{},\n{}\n}}\n", entry.key, fields.join(",\n"))
}

/// How the day is known, what kind of text it is, who named the outlet.
fn note(source: &Source) -> String {
    let day = match (source.when.iso, source.when.is_estimate) {
        (Some(_), false) => None,
        (Some(_), true) => Some("date estimated".to_owned()),
        (None, false) => Some(source.when.day.clone()),
        (None, true) => Some(format!("{}, date estimated", source.when.day)),
    };
    let entered = source.is_outlet_entered.then(|| "outlet entered by the reader".to_owned());
    day.into_iter().chain(source.notes.iter().cloned()).chain(entered).collect::<Vec<_>>().join("; ")
}

fn escaped(text: &str) -> String {
    let mut tex = String::with_capacity(text.len());
    for character in one_line(text).chars() {
        match character {
            '\\' => tex.push_str("\\textbackslash{}"),
            '{' => tex.push_str("\\textbraceleft{}"),
            '}' => tex.push_str("\\textbraceright{}"),
            '~' => tex.push_str("\\textasciitilde{}"),
            '^' => tex.push_str("\\textasciicircum{}"),
            '$' | '&' | '#' | '_' | '%' => tex.extend(['\\', character]),
            _ if character.is_control() => tex.push('\u{fffd}'),
            _ => tex.push(character),
        }
    }
    tex
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::citations::keys;
    use crate::report::briefing::model::When;

    #[test]
    fn what_tex_takes_for_its_own_is_written_as_a_command() {
        assert_eq!(
            escaped("50 % of $5 & #1_a {b} \\c ~^ “é”"),
            "50 \\% of \\$5 \\& \\#1\\_a \\textbraceleft{}b\\textbraceright{} \\textbackslash{}c \
             \\textasciitilde{}\\textasciicircum{} “é”"
        );
    }

    #[test]
    fn an_entry_says_how_its_day_is_known() {
        let when = |iso, day: &str, is_estimate| When { day: day.to_owned(), month: String::new(), iso, is_estimate };
        let mut source = Source {
            number: 1,
            outlet: "The Pilot".to_owned(),
            is_outlet_entered: true,
            headline: "Rock & pier".to_owned(),
            author: Some("Ana Lund and Bo Ek".to_owned()),
            when: when(Some(jiff::civil::date(2023, 1, 29)), "29 Jan 2023", true),
            notes: vec!["translation".to_owned()],
            n_quoted_words: 0,
        };
        assert_eq!(
            bibtex(&keys::entries([&source]), None),
            "@article{thepilot2023a,\n  author = {{Ana Lund and Bo Ek}},\n  title = {{Rock \\& pier}},\n  journal = \
             {{The Pilot}},\n  year = {2023},\n  month = jan,\n  date = {2023-01-29~},\n  note = {date estimated; \
             translation; outlet entered by the reader}\n}\n"
        );
        source.notes.clear();
        source.is_outlet_entered = false;
        source.when = when(None, "undated", false);
        let text = bibtex(&keys::entries([&source]), None);
        assert!(text.contains("note = {undated}") && !text.contains("year") && !text.contains("date ="), "{text}");
    }
}
