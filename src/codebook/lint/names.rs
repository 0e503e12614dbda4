//! Names of actors, aliases and look-alikes: those that never match, and those that stand for two things.

use jiff::civil::Date;

use super::{Linter, do_overlap, why_never};
use crate::codebook::written::place;
use crate::codebook::{Actor, LookAlike, Officer};
use crate::text::compare::fold;

impl Linter<'_, '_> {
    pub(super) fn lint_aliases(&mut self) {
        for (idx, group) in self.codebook.aliases.iter().enumerate() {
            let names = || std::iter::once(&group.name).chain(&group.also);
            for (name_idx, name) in names().enumerate() {
                let place: &[_] = match name_idx.checked_sub(1) {
                    None => place!["aliases", idx, "name"],
                    Some(also_idx) => place!["aliases", idx, "also", also_idx],
                };
                if let Some(why) = why_never(name) {
                    self.warn(place, why);
                }
                if names().take(name_idx).any(|other| other == name) {
                    self.warn(place, format!("\"{name}\" stands twice among the names of \"{}\"", group.name));
                }
                let earlier = self.codebook.aliases.iter().take(idx);
                let other = earlier.clone().find(|other| &other.name == name || other.also.contains(name));
                if let Some(other) = other {
                    let message = format!(
                        "\"{name}\" stands for \"{}\" already and cannot stand for \"{}\" too",
                        other.name, group.name
                    );
                    self.warn(place, message);
                }
            }
        }
    }

    pub(super) fn lint_look_alikes(&mut self) {
        for (idx, look_alike) in self.codebook.look_alikes.iter().enumerate() {
            let place = place!["look_alikes", idx, "phrase"];
            let phrase = &look_alike.phrase;
            if let Some(why) = why_never(phrase) {
                self.warn(place, why);
            }
            if self.codebook.look_alikes.iter().take(idx).any(|other| &other.phrase == phrase) {
                self.warn(place, format!("look-alike \"{phrase}\" stands twice"));
            }
        }
    }

    pub(super) fn lint_actors(&mut self) {
        for (idx, actor) in self.codebook.actors.iter().enumerate() {
            if actor.names.is_empty() && actor.unofficial.is_empty() && actor.officers.is_empty() {
                let message =
                    format!("actor \"{}\" has no name and no officer, so nothing is ever said by it", actor.id);
                self.warn(place!["actors", idx], message);
            }
            for (key, names) in
                [("names", &actor.names), ("adjectives", &actor.adjectives), ("unofficial", &actor.unofficial)]
            {
                for (name_idx, name) in names.iter().enumerate() {
                    self.lint_name(idx, actor, key, name_idx, name);
                    if names.iter().take(name_idx).any(|other| other == name) {
                        let place = place!["actors", idx, key, name_idx];
                        self.warn(place, format!("\"{name}\" stands twice in the {key} of \"{}\"", actor.id));
                    }
                }
            }
            for (officer_idx, officer) in actor.officers.iter().enumerate() {
                self.lint_officer(idx, actor, officer_idx, officer);
            }
        }
    }

    fn lint_name(&mut self, idx: usize, actor: &Actor, key: &str, name_idx: usize, name: &String) {
        let place = place!["actors", idx, key, name_idx];
        if let Some(why) = why_never(name) {
            self.warn(place, why);
        }
        let is_other = |look_alike: &LookAlike| look_alike.actor.as_ref() != Some(&actor.id);
        let mut look_alikes = self.codebook.look_alikes.iter().filter(|look_alike| is_other(look_alike));
        if look_alikes.any(|look_alike| fold(&look_alike.phrase) == fold(name)) {
            let message = format!("\"{name}\" is a look-alike too, which comes first: it never means \"{}\"", actor.id);
            self.warn(place, message);
        }
        if key != "names" {
            return;
        }
        let other = self.codebook.actors.iter().take(idx).find(|other| other.names.contains(name));
        if let Some(other) = other {
            self.warn(place, format!("\"{name}\" is a name of \"{}\" already, which comes first", other.id));
        }
    }

    fn lint_officer(&mut self, idx: usize, actor: &Actor, officer_idx: usize, officer: &Officer) {
        let place = place!["actors", idx, "officers", officer_idx];
        let person = &officer.person;
        for name in std::iter::once(person).chain(&officer.short).chain(&officer.titles) {
            if let Some(why) = why_never(name) {
                self.warn(place, why);
            }
        }
        let is_dated = officer.from.is_some() || officer.to.is_some();
        if is_dated && officer.source.as_ref().is_none_or(|source| source.trim().is_empty()) {
            self.warn(place, format!("the days in office of \"{person}\" name no source"));
        }
        let before = actor.officers.iter().take(officer_idx).filter(|other| are_together(other, officer));
        for other in before {
            if let Some(title) = officer.titles.iter().find(|title| other.titles.contains(title)) {
                let message = format!("\"{title}\" is the title of {} and of {person} for the same days", other.person);
                self.warn(place!["actors", idx, "officers", officer_idx, "titles"], message);
            }
        }
        let elsewhere = self.codebook.actors.iter().take(idx).flat_map(|other| {
            other.officers.iter().map(move |officer| (other, officer)).filter(|(_, other)| are_together(other, officer))
        });
        let shared = elsewhere.filter_map(|(other, known)| {
            let mut names = std::iter::once(person).chain(&officer.short);
            let name = names.find(|&name| &known.person == name || known.short.contains(name))?;
            Some(format!("\"{name}\" speaks for \"{}\" already on the same days, which comes first", other.id))
        });
        let shared: Vec<String> = shared.collect();
        for message in shared {
            self.warn(place!["actors", idx, "officers", officer_idx, "person"], message);
        }
    }
}

/// Are two officers in office on the same days?
fn are_together(old: &Officer, new: &Officer) -> bool {
    let days = |officer: &Officer| (officer.from.unwrap_or(Date::MIN), officer.to);
    do_overlap(days(old), days(new))
}

#[cfg(test)]
mod tests {
    use super::super::tests::warnings;

    #[test]
    fn a_name_for_two_things_is_told() {
        let rest = "[[aliases]]\nname = \"Øst\"\nalso = [\"East\", \"O\", \"East\"]\n\
                    [[aliases]]\nname = \"Vest\"\nalso = [\n  \"West\",\n  \"O\",\n]\n\
                    [[look_alikes]]\nphrase = \"Harbor Choir\"\n\
                    [[actors]]\nid = \"Harbor\"\nnames = [\"Harbor\", \"Harbor Choir\"]\n\
                    [[actors]]\nid = \"Ferry\"\nnames = [\"Ferry\", \"Harbor\"]\n";
        assert_eq!(
            warnings(rest),
            [
                "line 5: \"East\" stands twice among the names of \"Øst\"",
                "line 10: \"O\" stands for \"Øst\" already and cannot stand for \"Vest\" too",
                "line 16: \"Harbor Choir\" is a look-alike too, which comes first: it never means \"Harbor\"",
                "line 19: \"Harbor\" is a name of \"Harbor\" already, which comes first",
            ]
        );
    }

    #[test]
    fn a_name_that_can_never_match_is_told() {
        let rest = "[[actors]]\nid = \"Harbor\"\nnames = [\"—\", \"Harbor, Board\", \"U.S. Harbor\", \"Harbor-Board\"]\n\
                    [[actors]]\nid = \"Nobody\"\nnames = []\n";
        assert_eq!(
            warnings(rest),
            [
                "line 5: \"—\" can never match: it holds no word",
                "line 5: \"Harbor, Board\" can never match: words on either side of a mark are never one name",
                "line 6: actor \"Nobody\" has no name and no officer, so nothing is ever said by it",
            ]
        );
    }

    #[test]
    fn two_holders_of_one_title_on_the_same_days_are_told() {
        let officer = |person: &str, from: &str| {
            format!(
                "[[actors.officers]]\nperson = \"{person}\"\ntitles = [\"harbor master\"]\nfrom = \"{from}\"\nsource = \"list\"\n"
            )
        };
        let head = "[[actors]]\nid = \"Harbor\"\nnames = [\"Harbor\"]\n";
        let ends = "to = \"2020-01-01\"\n";
        let (first, second) = (officer("Åse Ness", "2019-01-01"), officer("Liv Vik", "2020-01-01"));
        assert_eq!(warnings(&format!("{head}{first}{ends}{second}")), [""; 0]);
        assert_eq!(
            warnings(&format!("{head}{first}{second}")),
            ["line 13: \"harbor master\" is the title of Åse Ness and of Liv Vik for the same days"]
        );
    }

    #[test]
    fn one_surname_in_two_houses_on_the_same_days_is_told() {
        let actor = |id: &str, person: &str| {
            format!(
                "[[actors]]\nid = \"{id}\"\nnames = [\"{id}\"]\n[[actors.officers]]\nperson = \"{person}\"\nshort = [\"Ness\"]\n"
            )
        };
        assert_eq!(
            warnings(&format!("{}{}", actor("Harbor", "Åse Ness"), actor("Ferry", "Ola Ness"))),
            ["line 13: \"Ness\" speaks for \"Harbor\" already on the same days, which comes first"]
        );
    }
}
