//! What can be charted where the codebook does not fit: the speakers that were found, and themes proposed from the
//! phrases that come back in what they say.
//!
//! Each choice writes an entry of the codebook, which is undoable. Worked out once for a state of the findings.
//! `O(s + p)` in statements and places of phrases.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use egui::{Rect, ScrollArea, Ui, UiBuilder, Vec2, vec2};

use crate::analysis::statements::Statement;
use crate::gui::Scene;
use crate::gui::action::{Action, Entry};
use crate::gui::state::PositionsState;
use crate::gui::theme::{self, size};
use crate::gui::widgets::{empty_ui, focus_ring, label_ui, link_ui};
use crate::report::life::Voices;

/// Rows of a list that are shown; nobody reads on.
pub const MAX_LISTED: usize = 60;

/// Themes that are proposed.
const MAX_THEMES: usize = 24;

/// A phrase proposes a theme from so many statements on.
const MIN_STATEMENTS: usize = 2;

/// Width of a list.
const LIST_WIDTH: f32 = 420.0;

/// Somebody who speaks and whom the codebook does not know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpeakerOffer {
    pub name: String,
    pub n_statements: usize,
    pub n_articles: usize,
}

/// A phrase that could be a theme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThemeOffer {
    pub label: String,
    pub n_statements: usize,
}

/// What is offered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offers {
    /// Most statements first.
    pub speakers: Vec<SpeakerOffer>,
    pub themes: Vec<ThemeOffer>,
}

/// The offers of a state of the findings.
#[derive(Clone, Debug, Default)]
pub struct OffersCache(Option<(u64, Arc<Offers>)>);

impl OffersCache {
    pub fn offers(&mut self, scene: &Scene) -> Arc<Offers> {
        self.0.take_if(|(revision, _)| *revision != scene.revision);
        let (_, offers) = self.0.get_or_insert_with(|| (scene.revision, Arc::new(Offers::new(scene))));
        Arc::clone(offers)
    }
}

impl Offers {
    fn new(scene: &Scene) -> Self {
        let mut counts: BTreeMap<String, (usize, BTreeSet<crate::document::DocumentId>)> = BTreeMap::new();
        for statement in &scene.analysis.statements {
            if let Some(name) = name_of(scene, statement) {
                let count = counts.entry(name).or_default();
                count.0 += 1;
                count.1.insert(statement.document);
            }
        }
        let mut speakers: Vec<SpeakerOffer> = counts
            .into_iter()
            .map(|(name, (n_statements, articles))| SpeakerOffer { name, n_statements, n_articles: articles.len() })
            .collect();
        speakers.sort_by_key(|speaker| (std::cmp::Reverse(speaker.n_statements), speaker.name.clone()));
        Self { speakers, themes: themes(scene) }
    }
}

/// The name under which a speaker the codebook does not know can be entered.
fn name_of(scene: &Scene, statement: &Statement) -> Option<String> {
    if statement.actor.is_some() || statement.same_as.is_some() {
        return None;
    }
    speaker_name(scene, statement)
}

/// The name of whoever speaks, as far as the text tells.
pub fn speaker_name(scene: &Scene, statement: &Statement) -> Option<String> {
    let text = scene.corpus.get(statement.document).map(|document| document.text.as_str())?;
    let words = statement.speaker.first().map(|range| range.of(text).trim());
    let name = (statement.person.as_deref()).or(statement.attribution.chain.last().map(String::as_str)).or(words)?;
    plain_name(name)
}

/// A name without the title before it, or the words that stand for one: "mayor Ana Lund" → "Ana Lund", "The council" →
/// "the council". `None` for pronouns and for what is longer than a name.
fn plain_name(words: &str) -> Option<String> {
    let words: Vec<&str> = words.split_whitespace().collect();
    let is_name = |word: &&str| word.starts_with(char::is_uppercase);
    let is_article = |word: &str| matches!(word.to_lowercase().as_str(), "the" | "a" | "an");
    let is_pronoun = matches!(
        words.as_slice(),
        [word] if matches!(word.to_lowercase().as_str(), "he" | "she" | "it" | "they" | "we" | "i" | "you" | "who" | "one")
    );
    if words.is_empty() || is_pronoun || words.len() > 7 {
        return None;
    }
    let from = words.iter().position(|word| is_name(word) && !is_article(word));
    Some(match from {
        Some(from) if words.iter().take(from).all(|word| is_article(word) || !is_name(word)) => {
            words.get(from..).unwrap_or_default().join(" ")
        }
        Some(_) => words.join(" "),
        None => words.join(" ").to_lowercase(),
    })
}

/// Phrases that stand in several statements, most of them first.
fn themes(scene: &Scene) -> Vec<ThemeOffer> {
    let statements = &scene.analysis.statements;
    let voices = Voices::new(statements);
    let known: BTreeSet<String> = (scene.codebook.themes.iter())
        .flat_map(|theme| theme.terms.iter().map(|term| term.term.to_lowercase()))
        .collect();
    let mut offers: Vec<ThemeOffer> = Vec::new();
    for phrase in scene.analysis.phrases.iter().take(400) {
        let said = phrase.occurrences.iter().filter_map(|occurrence| {
            let statement = voices.statement_at(statements, occurrence.passage)?;
            statement.themes.is_empty().then_some(statement.id)
        });
        let n_statements = said.collect::<BTreeSet<_>>().len();
        if n_statements >= MIN_STATEMENTS && !known.contains(&phrase.label.to_lowercase()) {
            offers.push(ThemeOffer { label: phrase.label.clone(), n_statements });
        }
    }
    offers.sort_by_key(|offer| std::cmp::Reverse(offer.n_statements));
    offers.truncate(MAX_THEMES);
    offers
}

/// Takes the place of the chart where the codebook names nobody who speaks here.
pub fn offers_ui(ui: &mut Ui, scene: &Scene, state: &mut PositionsState, rect: Rect, actions: &mut Vec<Action>) {
    let offers = state.offers.offers(scene);
    let n_documents = scene.corpus.len();
    if offers.speakers.is_empty() {
        let (says, helps) = nothing(scene, n_documents);
        empty_ui(ui, scene.theme, &says, helps);
        return;
    }
    let inner = rect.shrink2(vec2((rect.width() * 0.06).max(24.0), 28.0));
    ui.scope_builder(UiBuilder::new().max_rect(inner), |ui| {
        let says = format!("Whose positions? {} speakers were found", offers.speakers.len());
        label_ui(ui, &says, theme::serif_bold(16.5), scene.theme.ink);
        let helps = format!(
            "The codebook “{}” names none of them on a theme of its own. Choose who is to be charted, and what they speak about; \
             each choice becomes an entry of the codebook and can be undone.",
            scene.codebook.name
        );
        ui.add(egui::Label::new(egui::RichText::new(helps).color(scene.theme.ink2)).wrap());
        ui.add_space(14.0);
        let is_wide = inner.width() >= 2.0 * LIST_WIDTH + 40.0;
        let height = ui.available_height();
        if is_wide {
            ui.horizontal_top(|ui| {
                list_ui(ui, height, |ui| speakers_ui(ui, scene, &offers, actions));
                ui.add_space(40.0);
                list_ui(ui, height, |ui| themes_ui(ui, scene, &offers, actions));
            });
        } else {
            ScrollArea::vertical().id_salt("offers").auto_shrink(false).show(ui, |ui| {
                speakers_ui(ui, scene, &offers, actions);
                ui.add_space(20.0);
                themes_ui(ui, scene, &offers, actions);
            });
        }
    });
}

fn list_ui(ui: &mut Ui, height: f32, add: impl FnOnce(&mut Ui)) {
    ui.allocate_ui(vec2(LIST_WIDTH, height), |ui| {
        ui.set_width(LIST_WIDTH);
        ScrollArea::vertical().auto_shrink(false).id_salt(ui.next_auto_id()).show(ui, |ui| ui.vertical(add));
    });
}

fn speakers_ui(ui: &mut Ui, scene: &Scene, offers: &Offers, actions: &mut Vec<Action>) {
    label_ui(ui, "Speakers", theme::sans_bold(size::LABEL), scene.theme.ink);
    ui.add_space(4.0);
    for offer in offers.speakers.iter().take(MAX_LISTED) {
        let articles = if offer.n_articles == 1 { "article" } else { "articles" };
        let detail = format!("{} in {} {articles}", n_statements(offer.n_statements), offer.n_articles);
        let entry = Entry::Actor { name: offer.name.clone() };
        offer_ui(ui, scene, (&offer.name, &detail), "Chart", entry, actions);
    }
}

fn themes_ui(ui: &mut Ui, scene: &Scene, offers: &Offers, actions: &mut Vec<Action>) {
    label_ui(ui, "Themes, after phrases that come back", theme::sans_bold(size::LABEL), scene.theme.ink);
    ui.add_space(4.0);
    if offers.themes.is_empty() {
        label_ui(
            ui,
            "No phrase comes back in what they say. Select words in Read to make a theme of them.",
            theme::sans(size::UI),
            scene.theme.ink2,
        );
    }
    for offer in &offers.themes {
        let entry = Entry::Theme { label: offer.label.clone(), words: vec![offer.label.clone()] };
        let detail = format!("in {}", n_statements(offer.n_statements));
        offer_ui(ui, scene, (&offer.label, &detail), "Add theme", entry, actions);
    }
}

fn n_statements(n_statements: usize) -> String {
    if n_statements == 1 { "1 statement".to_owned() } else { format!("{n_statements} statements") }
}

/// A name, what is known of it, and the way to take it.
fn offer_ui(
    ui: &mut Ui,
    scene: &Scene,
    (name, detail): (&str, &str),
    does: &str,
    entry: Entry,
    actions: &mut Vec<Action>,
) {
    ui.horizontal(|ui| {
        ui.set_min_height(28.0);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let response = link_ui(ui, scene.theme, does);
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, format!("{does}: {name}")));
            focus_ring(ui.painter(), scene.theme, &response);
            if response.clicked() {
                actions.push(Action::EnterInCodebook(entry));
            }
            label_ui(ui, detail, theme::sans(size::SMALL), scene.theme.dim);
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                let words = egui::RichText::new(name).font(theme::serif(15.5)).color(scene.theme.ink);
                ui.add(egui::Label::new(words).truncate());
            });
        });
    });
    let line = ui.min_rect().bottom();
    let x = egui::Rangef::new(ui.min_rect().left(), ui.min_rect().right());
    ui.painter().hline(x, ui.painter().round_to_pixel_center(line), scene.theme.hairline());
    ui.add_space(Vec2::splat(1.0).y);
}

/// Says what was looked for and what would help, where nobody speaks at all.
fn nothing(scene: &Scene, n_documents: usize) -> (String, &'static str) {
    if n_documents == 0 {
        return ("No article is open".to_owned(), "Open articles or drop them on the window; positions follow.");
    }
    let articles = if n_documents == 1 { "1 article".to_owned() } else { format!("{n_documents} articles") };
    let is_foreign = |document: &std::sync::Arc<crate::document::Document>| {
        document.language.as_deref().is_some_and(|language| language != scene.codebook.language)
    };
    if scene.corpus.documents().iter().all(is_foreign) {
        return (
            format!("{articles} in another language than the codebook"),
            "They can be read and aligned. Statements are found in the language of the codebook alone.",
        );
    }
    (
        format!("No speaker found in {articles}"),
        "Statements are words with a speaker, such as “…,” said the minister. Add articles that report them, or select words in Read.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stands_without_its_title_and_a_pronoun_is_none() {
        let table = [
            ("mayor Ana Lund", Some("Ana Lund")),
            ("The council", Some("the council")),
            ("the Harbor Board", Some("Harbor Board")),
            ("Harbor master Olof Berg", Some("Harbor master Olof Berg")),
            ("He", None),
            ("", None),
            ("one of the many people who had come to see the ships", None),
        ];
        for (words, expected) in table {
            assert_eq!(plain_name(words).as_deref(), expected, "{words}");
        }
    }
}
