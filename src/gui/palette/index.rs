//! What the palette can find, and how it is put in order.
//!
//! Every typed word has to begin a word of an entry, in any order; what only has them inside its words comes last. An entry
//! whose name begins with all that was typed comes first, then one that has the words in its name, then one that has them in
//! its detail. Among equals, what was used last, then commands before what there is to go to. `O(n)` in the letters of the
//! entries for a query, worked out once: ten thousand articles take about two milliseconds.

use std::collections::BTreeSet;

use crate::gui::action::Action;
use crate::gui::changes::{actor_label, all_changes, theme_label};
use crate::gui::chip::outlet_or_file;
use crate::gui::commands::{self, Group, Offered};
use crate::gui::desk::Desk;
use crate::gui::marks;
use crate::gui::theme::Theme;
use crate::report::dates;
use crate::text::compare::fold;

/// What an entry is, in the order in which equals are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Command(Group),
    Article,
    Phrase,
    Change,
    Theme,
}

impl Kind {
    /// As shown beside the name.
    pub fn words(self) -> &'static str {
        match self {
            Self::Command(group) => group.name(),
            Self::Article => "Article",
            Self::Phrase => "Phrase",
            Self::Change => "Change",
            Self::Theme => "Theme",
        }
    }

    /// Are the words somebody else's?
    pub fn is_quoted(self) -> bool {
        matches!(self, Self::Article | Self::Phrase)
    }
}

/// Something that can be found.
#[derive(Clone, Debug)]
pub struct Entry {
    pub kind: Kind,
    pub name: String,
    /// What tells it from others of the same name.
    pub detail: String,
    pub keys: String,
    pub action: Action,
    folded_name: String,
    /// Detail, kind and other words.
    folded_rest: String,
}

impl Entry {
    fn new(kind: Kind, name: String, detail: String, action: Action) -> Self {
        let folded_rest = fold(&format!("{detail} {}", kind.words()));
        let folded_name = fold(&name);
        Self { kind, name, detail, keys: String::new(), action, folded_name, folded_rest }
    }

    fn command(offered: &Offered) -> Self {
        let kind = Kind::Command(offered.group);
        let entry = Self::new(kind, offered.name.clone().into_owned(), String::new(), offered.action.clone());
        let folded_rest = format!("{} {}", fold(offered.group.name()), offered.also);
        Self { keys: offered.action.keys(), folded_rest, ..entry }
    }

    /// How well it answers a folded query, smaller is better; `None` where it does not.
    fn rank(&self, query: &str, words: &[&str]) -> Option<u8> {
        if self.folded_name.starts_with(query) {
            return Some(0);
        }
        let all = |fits: &dyn Fn(&str) -> bool| words.iter().all(|word| fits(word));
        if all(&|word| begins_a_word(&self.folded_name, word)) {
            return Some(1);
        }
        if all(&|word| begins_a_word(&self.folded_name, word) || begins_a_word(&self.folded_rest, word)) {
            return Some(2);
        }
        all(&|word| self.folded_name.contains(word)).then_some(3)
    }
}

/// Does a word of `text` begin like this?
fn begins_a_word(text: &str, start: &str) -> bool {
    text.match_indices(start).any(|(at, _)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        before.is_none_or(|before| !before.is_alphanumeric())
    })
}

/// All that can be found on a desk.
#[derive(Clone, Debug, Default)]
pub struct Index {
    pub entries: Vec<Entry>,
}

impl Index {
    pub fn new(desk: &Desk) -> Self {
        // Columns are found as their articles.
        let is_column = |offered: &&Offered| matches!(offered.action, Action::SelectColumn(_));
        let fixed = commands::all().iter().filter(|offered| !is_column(offered));
        let mut entries: Vec<Entry> = fixed.map(Entry::command).collect();
        entries.extend(commands::again(desk).iter().map(|offered| {
            let entry = Entry::command(offered);
            Entry { detail: "open again".to_owned(), ..entry }
        }));
        entries.extend(commands::facts_off(desk).iter().map(Entry::command));
        entries.extend(articles(desk));
        entries.extend(phrases(desk));
        entries.extend(changes(desk));
        Self { entries }
    }

    /// The places of the entries that answer `query`, best first. Without one: what was used last, then the commands.
    /// What `rests` comes after the rest of its rank.
    pub fn find(&self, query: &str, used: &[Action], rests: impl Fn(&Action) -> bool) -> Vec<usize> {
        let query = fold(query.trim());
        let words: Vec<&str> = query.split_whitespace().collect();
        let used_at = |action: &Action| used.iter().position(|known| known == action).unwrap_or(usize::MAX);
        let mut found: Vec<_> = (self.entries.iter().enumerate())
            .filter_map(|(idx, entry)| {
                let used_at = used_at(&entry.action);
                let is_listed = !words.is_empty() || matches!(entry.kind, Kind::Command(_)) || used_at != usize::MAX;
                let rank = if words.is_empty() { 0 } else { entry.rank(&query, &words)? };
                is_listed.then(|| ((rank, rests(&entry.action), used_at, entry.kind), idx))
            })
            .collect();
        found.sort_by_key(|(key, _)| *key);
        found.into_iter().map(|(_, idx)| idx).collect()
    }
}

fn articles(desk: &Desk) -> Vec<Entry> {
    let columns = desk.state.reading.shown.documents(desk.corpus());
    let in_columns: Vec<_> = columns.iter().take(9).map(|document| document.id).collect();
    let entry = |document: &std::sync::Arc<crate::document::Document>| {
        let outlet = outlet_or_file(document);
        let label = dates::label(&document.published);
        let estimate = if label.is_estimate { "est. " } else { "" };
        let detail = format!("{estimate}{}, {outlet}", label.day);
        let name = document.title.clone().unwrap_or_else(|| document.source.short_label());
        let entry = Entry::new(Kind::Article, name, detail, Action::SelectDocument(document.id));
        let column = in_columns.iter().position(|id| *id == document.id);
        Entry { keys: column.map_or_else(String::new, |idx| Action::SelectColumn(idx).keys()), ..entry }
    };
    desk.corpus().documents().iter().map(entry).collect()
}

fn phrases(desk: &Desk) -> Vec<Entry> {
    let entry = |phrase: &std::sync::Arc<crate::analysis::reuse::Phrase>| {
        let (n_places, n_articles) = (phrase.occurrences.len(), phrase.n_documents);
        let pin = marks::pin_of(&desk.project, phrase.id).map(marks::letter);
        let letter = pin.map_or_else(String::new, |letter| format!("letter {letter}, "));
        let detail = format!("{letter}{n_places} places in {n_articles} articles");
        Entry::new(Kind::Phrase, phrase.label.clone(), detail, Action::SelectPhrase(Some(phrase.id)))
    };
    marks::shown(desk.analysis()).iter().map(entry).collect()
}

fn changes(desk: &Desk) -> Vec<Entry> {
    let scene = desk.scene(&Theme::LIGHT);
    let mut entries: Vec<Entry> = Vec::new();
    let mut themes = BTreeSet::new();
    for change in all_changes(&scene) {
        let theme = theme_label(&scene, &change.shift.theme);
        let name = format!("{}: {theme}", change.label().words());
        let detail = format!("change {}, {}", change.number, actor_label(&scene, &change.shift.actor));
        entries.push(Entry::new(Kind::Change, name, detail, Action::GoToShift(change.shift.id)));
    }
    for record in desk.analysis().themes.iter().filter(|record| !record.observed.is_empty()) {
        if themes.insert(record.theme.clone()) {
            let name = theme_label(&scene, &record.theme).to_owned();
            let action = Action::GoToTheme(record.theme.clone());
            entries.push(Entry::new(Kind::Theme, name, "positions on it".to_owned(), action));
        }
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index(names: &[(&str, &str)]) -> Index {
        let entry = |(name, detail): &(&str, &str)| {
            let action = Action::CopyText((*name).to_owned());
            Entry::new(Kind::Article, (*name).to_owned(), (*detail).to_owned(), action)
        };
        Index { entries: names.iter().map(entry).collect() }
    }

    fn found<'a>(index: &'a Index, query: &str, used: &[Action]) -> Vec<&'a str> {
        let found = index.find(query, used, |_| false);
        found.into_iter().map(|idx| index.entries[idx].name.as_str()).collect()
    }

    #[test]
    fn the_best_name_comes_first() {
        let index = index(&[
            ("Spiers", ""),
            ("Old harbor", "the pier"),
            ("The pier widens", ""),
            ("Pier widens", ""),
            ("Council", ""),
        ]);
        assert_eq!(found(&index, "Pier", &[]), ["Pier widens", "The pier widens", "Old harbor", "Spiers"]);
    }

    #[test]
    fn words_may_come_in_any_order_and_all_must_be_there() {
        let index = index(&[("Harbor council widens the pier", "Gazette, 2019"), ("Harbor fees", "")]);
        for query in ["pie har", "har  wid", "2019 coun"] {
            assert_eq!(found(&index, query, &[]), ["Harbor council widens the pier"], "{query}");
        }
        assert!(found(&index, "harbor tram", &[]).is_empty());
        assert!(found(&index, "zz", &[]).is_empty());
    }

    #[test]
    fn among_equals_what_was_used_last_comes_first() {
        let index = index(&[("Pier one", ""), ("Pier two", ""), ("Pier three", "")]);
        let used = ["Pier three", "Pier two"].map(|name| Action::CopyText(name.to_owned()));
        assert_eq!(found(&index, "pier", &used), ["Pier three", "Pier two", "Pier one"]);
        // Without a query: what was used, and commands, of which there are none here.
        assert_eq!(found(&index, " ", &used), ["Pier three", "Pier two"]);
    }

    #[test]
    fn what_rests_comes_after_its_equals() {
        let index = index(&[("Pier one", ""), ("Pier two", "")]);
        let rests = |action: &Action| *action == Action::CopyText("Pier one".to_owned());
        assert_eq!(index.find("pier", &[], rests), [1, 0]);
    }

    #[test]
    fn ten_thousand_entries_are_gone_through_at_once() {
        let names: Vec<String> = (0..10_000).map(|n| format!("Harbor council widens pier number {n}")).collect();
        let pairs: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "est. 4 Mar 2019, Gazette")).collect();
        let index = index(&pairs);
        let n_wanted = names.iter().filter(|name| name.contains("77")).count();
        assert_eq!(found(&index, "widens 77", &[]).len(), n_wanted);
    }
}
