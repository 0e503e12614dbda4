//! The report for a browser: one HTML file that needs nothing else, neither a script nor the net.
//!
//! A briefing is a `section`: its headline, the words as `blockquote` with what differs as `del` and `ins`, charts as
//! tables whose marks are named, the numbered sources as `ol`. Serif is what an article says, sans what the program
//! says. It is always light and has a form for paper. `O(n)`.

mod body;
mod marks;
mod tags;

use super::words;
use crate::export::facts::PROGRAM;
use crate::report::briefing::model::{Body, Briefing, KeyEntry, Likeness, Mark, Role};
use tags::{element, escaped};

const STYLE: &str = include_str!("style.css");

/// The bytes of the page. Several briefings get a list of contents.
pub fn html(briefings: &[Briefing]) -> Vec<u8> {
    let language = briefings.first().map_or("en", |briefing| briefing.language.as_str());
    let title = match briefings {
        [briefing] => briefing.headline.clone(),
        _ => words::count(briefings.len()),
    };
    let sections: String = briefings.iter().enumerate().map(|(idx, briefing)| section(idx + 1, briefing)).collect();
    let page = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\">\n<meta name=\"generator\" \
         content=\"{}\">\n<title>{}</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n{}{sections}</main>\n</body>\n</html>\n",
        escaped(language),
        escaped(PROGRAM),
        escaped(&title),
        header(briefings),
    );
    page.into_bytes()
}

/// How many, when made, and what they are.
fn header(briefings: &[Briefing]) -> String {
    let count = element("h1", "", &escaped(&words::count(briefings.len())));
    let made = words::made(briefings);
    let made = if made.is_empty() { made } else { format!("{}\n", element("p", " class=\"made\"", &escaped(&made))) };
    let contents = if briefings.len() < 2 { String::new() } else { contents(briefings) };
    format!("<header>\n{count}\n{made}{contents}</header>\n")
}

fn contents(briefings: &[Briefing]) -> String {
    let line = |(idx, briefing): (usize, &Briefing)| {
        format!(
            "<li><a href=\"#b{}\">{}</a> <span>{}</span></li>\n",
            idx + 1,
            escaped(&briefing.headline),
            escaped(briefing.kind.words())
        )
    };
    let lines: String = briefings.iter().enumerate().map(line).collect();
    format!("<nav aria-label=\"Contents\">\n<ol>\n{lines}</ol>\n</nav>\n")
}

fn section(number: usize, briefing: &Briefing) -> String {
    let id = format!("b{number}");
    let subtitle = paragraph("subtitle", &briefing.subtitle);
    let description = match briefing.description.as_str() {
        "" => String::new(),
        words => format!("<details>\n<summary>In words</summary>\n<p>{}</p>\n</details>\n", escaped(words)),
    };
    format!(
        "<section id=\"{id}\" lang=\"{}\" aria-labelledby=\"{id}-h\">\n\
         <h2 id=\"{id}-h\">{}</h2>\n{subtitle}{}{}{}{description}</section>\n",
        escaped(&briefing.language),
        escaped(&briefing.headline),
        body::body(&id, briefing),
        key(&briefing.key),
        end(&id, briefing),
    )
}

/// Nothing for no words.
fn paragraph(class: &str, words: &str) -> String {
    if words.is_empty() { String::new() } else { format!("<p class=\"{class}\">{}</p>\n", escaped(words)) }
}

/// Sources at the left, how it was made at the right.
fn end(section: &str, briefing: &Briefing) -> String {
    let is_table_of_sources = matches!(briefing.body, Body::Sources { .. });
    let lines: String = briefing
        .sources
        .iter()
        .filter(|_| !is_table_of_sources)
        .map(|source| {
            format!(
                "<li id=\"{section}-s{0}\" value=\"{0}\">{1}</li>\n",
                source.number,
                escaped(&words::source(source))
            )
        })
        .collect();
    let sources = if lines.is_empty() { lines } else { format!("<h3>Sources</h3>\n<ol>\n{lines}</ol>\n") };
    let entered =
        if words::has_entered_outlet(briefing) { paragraph("entered", words::ENTERED) } else { String::new() };
    let method = match briefing.method.as_str() {
        "" => String::new(),
        words => format!("<div>\n<h3>Method</h3>\n<p>{}</p>\n</div>\n", escaped(words)),
    };
    if sources.is_empty() && entered.is_empty() && method.is_empty() {
        return String::new();
    }
    format!("<div class=\"end\">\n<div>\n{sources}{entered}</div>\n{method}</div>\n")
}

fn key(entries: &[KeyEntry]) -> String {
    if entries.is_empty() {
        return String::new();
    }
    let lines: String = entries.iter().map(|entry| format!("<li>{}</li>\n", key_entry(entry))).collect();
    format!("<ul class=\"key\" aria-label=\"Key\">\n{lines}</ul>\n")
}

fn key_entry(entry: &KeyEntry) -> String {
    let label = escaped(entry.label());
    let plain = Mark { force: 2, direction: None, is_quoted: true, is_official: true };
    let beside = |mark: Mark| format!("{} {label}", marks::sample(mark));
    match entry {
        KeyEntry::Words { role, .. } => match role {
            Role::Plain => label,
            Role::Kept => element("mark", " class=\"kept\"", &label),
            Role::OnlyBefore => element("del", "", &label),
            Role::OnlyAfter => element("ins", "", &label),
            Role::Strong => element("strong", "", &label),
            Role::Shared => element("mark", " class=\"shared\"", &label),
            Role::Redacted => format!("{} {label}", element("span", " class=\"redacted\"", words::REDACTED)),
        },
        KeyEntry::Line { likeness, .. } => {
            element("span", &format!(" class=\"line{}\"", likeness_class(*likeness)), &label)
        }
        KeyEntry::Sign { direction, .. } => beside(Mark { direction: Some(*direction), ..plain }),
        KeyEntry::Force { from, to, .. } => {
            let disc = |force| marks::sample(Mark { force, ..plain });
            format!("{} {} {label}", disc(*from), disc(*to))
        }
        KeyEntry::Reported { .. } => beside(Mark { is_quoted: false, ..plain }),
        KeyEntry::NotOfficial { .. } => beside(Mark { is_official: false, ..plain }),
        KeyEntry::NotObserved { .. } => format!("{} {label}", marks::not_observed_sample()),
        KeyEntry::Badge { .. } => element("span", " class=\"badge\"", &label),
    }
}

/// With a space before it.
fn likeness_class(likeness: Likeness) -> &'static str {
    match likeness {
        Likeness::Verbatim => " verbatim",
        Likeness::Near => " near",
        Likeness::Alias => " alias",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::briefing::Kind;

    fn briefing(headline: &str) -> Briefing {
        Briefing {
            kind: Kind::Matrix,
            headline: headline.to_owned(),
            subtitle: "a < b".to_owned(),
            body: Body::Matrix { columns: Vec::new(), rows: Vec::new() },
            key: vec![KeyEntry::Words { role: Role::OnlyAfter, label: "only <after>".to_owned() }],
            sources: Vec::new(),
            method: "Absent means absent & no more.".to_owned(),
            description: "In \"words\".".to_owned(),
            language: "en".to_owned(),
            made: jiff::civil::date(2026, 11, 21),
        }
    }

    #[test]
    fn contents_are_listed_where_there_are_several() {
        let one = String::from_utf8(html(&[briefing("<script>x</script>")])).unwrap();
        assert!(one.contains("<title>&lt;script&gt;x&lt;/script&gt;</title>") && !one.contains("<script"), "{one}");
        assert!(one.contains("<h1>Briefing</h1>\n<p class=\"made\">Made 21 Nov 2026</p>") && !one.contains("<nav"));
        assert!(one.contains("<ins>only &lt;after&gt;</ins>") && one.contains("absent &amp; no more"));
        let two = String::from_utf8(html(&[briefing("One"), briefing("Two")])).unwrap();
        assert!(
            two.contains("<h1>2 briefings</h1>") && two.contains("<li><a href=\"#b2\">Two</a> <span>Matrix</span>")
        );
        assert!(two.contains("<section id=\"b2\" lang=\"en\" aria-labelledby=\"b2-h\">\n<h2 id=\"b2-h\">Two</h2>"));
        assert!(String::from_utf8(html(&[])).unwrap().contains("<h1>0 briefings</h1>"));
    }

    #[test]
    fn the_page_needs_nothing_from_elsewhere() {
        let page = String::from_utf8(html(&[briefing("One")])).unwrap();
        for outside in ["http:", "https:", "url(", "@import", "<script", "<link", "src="] {
            assert!(!page.contains(outside), "{outside}");
        }
    }
}
