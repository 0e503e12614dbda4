//! What can be done with selected words: a quiet bar above them, or under them, inside their column.
//!
//! It is painted in the column itself, over the text, so that what lies over the column lies over the bar too.

use egui::{Button, Id, Popup, Rect, RichText, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo};
use egui::{pos2, vec2};

use super::{one_line, shortened};
use crate::document::{Document, Passage};
use crate::gui::Scene;
use crate::gui::action::{Action, Entry};
use crate::gui::theme::{self, Theme, shape, size};
use crate::gui::widgets::{focus_ring, text_width};
use crate::text::{ByteRange, tokens};

const HEIGHT: f32 = 30.0;
/// Between the bar and the words, and between the bar and the edges of the column.
const GAP: f32 = 6.0;
const PADDING: f32 = 7.0;
/// Room for the arrow after "Codebook".
const ARROW: f32 = 13.0;
/// More words are no name and no term.
const MAX_ENTRY_WORDS: usize = 12;
/// From so many bytes on, words are not counted.
const LONG: usize = 20_000;
/// Characters of the words that a menu shows.
const SHOWN_CHARS: usize = 28;

const NAMES: [&str; 4] = ["Add statement", "Find in all", "Copy", "Codebook"];

/// Shows the bar for the words of `passage`, whose first and last row in sight are `rows`; returns where it stands.
pub fn bar_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    document: &Document,
    passage: Passage,
    rows: [Rect; 2],
    body: Rect,
    actions: &mut Vec<Action>,
) -> Rect {
    let theme = scene.theme;
    let font = || theme::sans_medium(size::DATE);
    let width: f32 = NAMES.iter().map(|name| text_width(ui.painter(), name, font()) + 2.0 * PADDING).sum();
    let rect = place(rows, body, width + ARROW + 4.0);
    let words = passage.range.of(&document.text);
    // Takes what is pressed between the buttons, so that no new selection begins there.
    let ground = ui.interact(rect, Id::unique(("words bar", passage.document)), Sense::CLICK | Sense::DRAG);
    tell(ui, &ground, words);
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect.shrink2(vec2(2.0, 2.0))).id_salt("words bar"));
    child.set_clip_rect(body.intersect(ui.clip_rect()));
    let painter = child.painter();
    painter.add(theme.card_shadow().as_shape(rect, shape::CONTROL_RADIUS));
    let stroke = Stroke::new(shape::HAIRLINE, theme.rule2);
    painter.rect(rect, shape::CONTROL_RADIUS, theme.raise, stroke, StrokeKind::Inside);
    child.spacing_mut().item_spacing.x = 0.0;
    child.spacing_mut().button_padding = vec2(PADDING, 3.0);
    child.horizontal_centered(|ui| {
        let text = |name: &str| RichText::new(name).font(font()).color(theme.ink);
        let mut button = |ui: &mut Ui, name: &str, action: Action, hint: String| {
            let response = ui.add(Button::new(text(name)).frame_when_inactive(false)).on_hover_text(hint);
            focus_ring(ui.painter(), theme, &response);
            if response.clicked() {
                actions.push(action);
            }
        };
        let [add, find, copy, codebook] = NAMES;
        let keys = |action: &Action| action.keys();
        let action = Action::AddStatement(passage);
        let hint = format!("Whose words these are, and what they say ({})", keys(&action));
        button(ui, add, action, hint);
        let action = Action::FindPhrase(passage);
        let hint = format!("Where these words stand in all articles ({})", keys(&action));
        button(ui, find, action, hint);
        button(ui, copy, Action::CopyQuotes, format!("With their source ({})", Action::CopyQuotes.keys()));
        let response = codebook_button_ui(ui, theme, codebook);
        Popup::menu(&response).gap(4.0).show(|ui| codebook_ui(ui, scene, words, actions));
    });
    rect
}

/// Above the words where there is room, else under them, else at the top of what is in sight.
fn place([first, last]: [Rect; 2], body: Rect, width: f32) -> Rect {
    let above = first.top() - GAP - HEIGHT;
    let under = (last.bottom() + GAP).max(body.top() + 2.0);
    let top = if above >= body.top() + 2.0 {
        above
    } else if under + HEIGHT + 2.0 <= body.bottom() {
        under
    } else {
        body.top() + GAP
    };
    let left = (first.left() - PADDING).clamp(body.left() + GAP, (body.right() - GAP - width).max(body.left() + GAP));
    Rect::from_min_size(pos2(left.round(), top.round()), vec2(width.min(body.width() - 2.0 * GAP), HEIGHT))
}

/// Tells a screen reader what is selected, as it changes.
fn tell(ui: &Ui, ground: &egui::Response, words: &str) {
    let name = || {
        let count = match words.len() {
            // Nobody wants the exact number, and it would be counted in every frame.
            LONG.. => "a long passage".to_owned(),
            _ => match n_words(words) {
                1 => "1 word".to_owned(),
                n_words => format!("{n_words} words"),
            },
        };
        format!("Selected, {count}: {}", shortened(words, 200))
    };
    ground.widget_info(|| WidgetInfo::labeled(Role::Status, true, name()));
    ui.ctx().accesskit_node_builder(ground.id, |node| node.set_live(egui::accesskit::Live::Polite));
}

fn n_words(words: &str) -> usize {
    tokens(words, ByteRange::new(0, words.len())).count()
}

/// The button that opens the menu, with an arrow.
fn codebook_button_ui(ui: &mut Ui, theme: &Theme, text: &str) -> egui::Response {
    let right = ui.spacing().button_padding.x + ARROW;
    let width = text_width(ui.painter(), text, theme::sans_medium(size::DATE)) + PADDING + right;
    let (rect, response) = ui.allocate_exact_size(vec2(width, ui.spacing().interact_size.y), Sense::click());
    let name = format!("{text} menu");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    if response.hovered() {
        let visuals = ui.style().interact(&response);
        ui.painter().rect(rect, shape::CONTROL_RADIUS, theme.raise, visuals.bg_stroke, StrokeKind::Inside);
    }
    let galley = ui.painter().layout_no_wrap(text.to_owned(), theme::sans_medium(size::DATE), theme.ink);
    let left = pos2(rect.left() + PADDING, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(left, galley, theme.ink);
    let tip = pos2(rect.right() - PADDING - 3.0, rect.center().y + 2.0);
    let arrow = vec![tip - vec2(3.5, 3.5), tip, tip + vec2(3.5, -3.5)];
    ui.painter().line(arrow, Stroke::new(shape::MARK_STROKE, theme.ink2));
    focus_ring(ui.painter(), theme, &response);
    response.on_hover_text("Make the words an entry of the codebook")
}

/// The entries that the words can become.
fn codebook_ui(ui: &mut Ui, scene: &Scene<'_>, words: &str, actions: &mut Vec<Action>) {
    // A name or a term holds no punctuation at its ends.
    let is_long = words.len() > LONG;
    let words = one_line(if is_long { "" } else { words });
    let words = words.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    ui.set_min_width(220.0);
    if words.is_empty() || n_words(&words) > MAX_ENTRY_WORDS {
        let says =
            if words.is_empty() && !is_long { "These are no words" } else { "Select fewer words: a name, or a term" };
        ui.label(RichText::new(says).color(scene.theme.ink2));
        return;
    }
    let shown = shortened(&words, SHOWN_CHARS);
    let codebook = scene.codebook;
    let name = || words.clone();
    let mut chosen = None;
    if ui.button(format!("New speaker “{shown}”")).clicked() {
        chosen = Some(Entry::Actor { name: name() });
    }
    let actors = codebook.actors.iter().map(|actor| (actor.label.as_ref().unwrap_or(&actor.id), &actor.id));
    let actor = choice_ui(ui, "Another name of", actors);
    chosen = chosen.or(actor.map(|actor| Entry::Name { actor, name: name() }));
    if ui.button("Looks like an actor and is none").clicked() {
        chosen = Some(Entry::LookAlike { phrase: name() });
    }
    ui.separator();
    let group = choice_ui(ui, "Another word for", codebook.aliases.iter().map(|group| (&group.name, &group.name)));
    chosen = chosen.or(group.map(|group| Entry::Alias { group, name: name() }));
    let theme = choice_ui(ui, "Says the theme", codebook.themes.iter().map(|theme| (&theme.label, &theme.id)));
    chosen = chosen.or(theme.map(|theme| Entry::Term { theme, words: name() }));
    if ui.button("New theme from these words").clicked() {
        chosen = Some(Entry::Theme { label: capitalized(&words), words: vec![name()] });
    }
    actions.extend(chosen.map(Action::EnterInCodebook));
}

/// A menu of choices, each a label and what it stands for; nothing where there are none.
fn choice_ui<'a>(ui: &mut Ui, name: &str, choices: impl Iterator<Item = (&'a String, &'a String)>) -> Option<String> {
    let mut choices = choices.peekable();
    choices.peek()?;
    let mut chosen = None;
    ui.menu_button(name, |ui| {
        ScrollArea::vertical().max_height(320.0).show(ui, |ui| {
            for (label, of) in choices {
                if ui.button(label).clicked() {
                    chosen = Some(of.clone());
                }
            }
        });
    });
    chosen
}

fn capitalized(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gui::theme::space;

    #[test]
    fn the_bar_stands_inside_its_column_and_off_the_words() {
        let body = Rect::from_min_size(pos2(200.0, 170.0), vec2(space::COLUMN, 400.0));
        let row = |x: f32, y: f32| Rect::from_min_size(pos2(x, y), vec2(60.0, 22.0));
        for (x, y) in [(225.0, 175.0), (400.0, 300.0), (460.0, 545.0), (225.0, 160.0)] {
            let bar = place([row(x, y), row(225.0, y)], body, 300.0);
            assert!(body.contains_rect(bar), "{bar:?}");
            assert!(!bar.intersects(row(x, y)), "{bar:?} covers the words at {x} {y}");
        }
        // Words that fill the column leave no other room.
        assert!(body.contains_rect(place([row(225.0, 160.0), row(225.0, 560.0)], body, 300.0)));
    }

    #[test]
    fn a_theme_begins_with_a_capital() {
        assert_eq!((capitalized("élan vital").as_str(), capitalized("").as_str()), ("Élan vital", ""));
    }
}
