//! The list in words for a terminal or a letter, and as JSON Lines for a program.

use serde::Serialize;

use super::{Check, Examined, Group, Status};
use crate::text::numbers::in_words;

/// Lines are broken before this column.
const WIDTH: usize = 100;

/// Where names begin, and what was found.
const NAMES: usize = 13;
const FINDINGS: usize = 37;

impl Examined {
    /// The list in groups, with a line at the end that sums it up.
    pub fn words(&self) -> String {
        let mut out = String::new();
        for group in Group::ALL {
            let checks: Vec<&Check> = self.checks.iter().filter(|check| check.group == group).collect();
            if !checks.is_empty() {
                out += &format!("{}\n", group.name());
                checks.iter().for_each(|check| out += &line(check));
                out.push('\n');
            }
        }
        out + &self.sum() + "\n"
    }

    /// "Everything needed is here; two things are limited."
    pub fn sum(&self) -> String {
        let told = |status, what: &str| match self.n(status) {
            0 => None,
            1 => Some(format!("one thing {}", what.replace("are", "is").replace("were", "was"))),
            n => Some(format!("{} things {what}", in_words(n))),
        };
        let lesser = [told(Status::Limited, "are limited"), told(Status::NotTried, "were not tried")];
        let first = told(Status::Broken, "are broken").unwrap_or_else(|| "everything needed is here".to_owned());
        let parts: Vec<String> = std::iter::once(first).chain(lesser.into_iter().flatten()).collect();
        let sentence = parts.join("; ");
        let mut letters = sentence.chars();
        letters.next().map_or_else(String::new, |letter| format!("{}{}.", letter.to_uppercase(), letters.as_str()))
    }

    /// One object a check, and one with the sum.
    pub fn json_lines(&self) -> String {
        let checks = self.checks.iter().map(|check| Line::Check {
            group: check.group.code(),
            id: check.id,
            name: check.name,
            status: check.found.status.code(),
            found: &check.found.says,
            remedy: check.found.remedy.as_deref(),
        });
        let sum = self.sum();
        let sum = Line::Sum {
            fine: self.n(Status::Fine),
            limited: self.n(Status::Limited),
            broken: self.n(Status::Broken),
            not_tried: self.n(Status::NotTried),
            says: &sum,
        };
        // Texts and numbers alone: there is nothing in them that could not be written.
        checks
            .chain(std::iter::once(sum))
            .filter_map(|line| serde_json::to_string(&line).ok())
            .fold(String::new(), |out, line| out + &line + "\n")
    }
}

/// A line of the JSON output.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Line<'a> {
    Check { group: &'a str, id: &'a str, name: &'a str, status: &'a str, found: &'a str, remedy: Option<&'a str> },
    Sum { fine: usize, limited: usize, broken: usize, not_tried: usize, says: &'a str },
}

/// Status, name, what was found, and the remedy under it.
fn line(check: &Check) -> String {
    let names = NAMES - 4;
    let mut out = format!("  {:names$}  {:width$}", check.found.status.word(), check.name, width = FINDINGS - NAMES);
    out += &wrapped(&check.found.says);
    if let Some(remedy) = &check.found.remedy {
        out += &format!("\n{:FINDINGS$}", "");
        out += &wrapped(&format!("→ {remedy}"));
    }
    out + "\n"
}

/// Words in lines of the third column.
fn wrapped(text: &str) -> String {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let width = lines.last().map_or(0, |line| line.chars().count());
        if width > 0 && FINDINGS + width + 1 + word.chars().count() > WIDTH {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines.join(&format!("\n{:FINDINGS$}", ""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::Found;

    fn examined(statuses: &[Status]) -> Examined {
        let check = |status: &Status| {
            let remedy = (*status >= Status::Limited)
                .then(|| "Do this, and after it do that, and then one more thing.".to_owned());
            let says = "something that takes more than a line to say, since it goes on and on and on".to_owned();
            let found = Found { status: *status, says, remedy };
            Check { group: Group::Window, id: "thing", name: "A thing", found }
        };
        Examined { checks: statuses.iter().map(check).collect() }
    }

    #[test]
    fn the_sum_tells_the_worst_first() {
        use Status::{Broken, Fine, Limited, NotTried};
        let table: [(&[Status], &str); 5] = [
            (&[Fine, Fine], "Everything needed is here."),
            (&[Fine, Limited], "Everything needed is here; one thing is limited."),
            (
                &[Limited, Limited, NotTried],
                "Everything needed is here; two things are limited; one thing was not tried.",
            ),
            (&[Broken, Limited], "One thing is broken; one thing is limited."),
            (&[Broken, Broken], "Two things are broken."),
        ];
        for (statuses, sum) in table {
            assert_eq!(examined(statuses).sum(), sum);
        }
    }

    #[test]
    fn lines_are_aligned_and_none_is_too_long() {
        let words = examined(&[Status::Fine, Status::Limited, Status::NotTried]).words();
        let lines: Vec<&str> = words.lines().collect();
        assert_eq!(lines[0], "The window");
        assert!(lines[1].starts_with("  fine       A thing                 something that"), "{}", lines[1]);
        assert!(lines.iter().all(|line| line.chars().count() <= WIDTH && !line.ends_with(' ')), "{words}");
        let remedy = lines.iter().find(|line| line.contains("Do this")).unwrap();
        assert_eq!(remedy.find("→ Do this"), Some(FINDINGS));
        assert_eq!(lines[1].find("something"), Some(FINDINGS));
    }

    #[test]
    fn a_program_gets_one_object_a_line() {
        let json = examined(&[Status::Limited, Status::NotTried]).json_lines();
        let lines: Vec<serde_json::Value> = json.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines.len(), 3);
        assert_eq!((&lines[0]["status"], &lines[1]["status"]), (&"limited".into(), &"not-tried".into()));
        assert!(lines[0]["remedy"].is_string() && lines[1]["remedy"].is_null());
        assert_eq!((&lines[2]["type"], &lines[2]["limited"]), (&"sum".into(), &1.into()));
    }
}
