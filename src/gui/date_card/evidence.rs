//! The evidence for a date: a numbered list in the card, and the same numbers beside the lit words in the text.

use std::sync::Arc;

use egui::{Galley, Id, Pos2, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use crate::codebook::Fact;
use crate::document::{Document, Evidence, Passage};
use crate::gui::action::Action;
use crate::gui::theme::{self, shape, size};
use crate::gui::{Scene, article, facts, widgets};
use crate::project::Command;
use crate::text::ByteRange;

/// Where the words of a piece begin, after its number.
const INDENT: f32 = 26.0;

/// A quotation is cut after so many rows.
const MAX_QUOTE_ROWS: usize = 2;

/// Shows the pieces of evidence that are inside `viewport`; the others only take their room. Returns the place of the
/// one under the pointer.
pub(super) fn evidence_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    document: &Document,
    viewport: Rect,
    actions: &mut Vec<Action>,
) -> Option<usize> {
    let evidence = &document.published.evidence;
    if evidence.is_empty() {
        return None;
    }
    let origin = ui.min_rect().top();
    ui.add_space(2.0);
    widgets::label_ui(ui, "What it rests on", theme::sans_bold(size::UI), scene.theme.ink);
    ui.spacing_mut().item_spacing.y = 9.0;
    let has_facts = evidence.iter().any(|piece| piece.fact.is_some());
    let known = if has_facts { scene.codebook.chronology.facts() } else { Vec::new() };
    let mut hovered = None;
    for (idx, piece) in evidence.iter().enumerate() {
        let layout = Piece::new(ui, scene, document, piece, &known);
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), layout.height()), Sense::hover());
        let is_in_view = rect.bottom() - origin >= viewport.top() && rect.top() - origin <= viewport.bottom();
        if is_in_view && piece_ui(ui, scene, document, (idx, piece), &layout, rect, actions) {
            hovered = Some(idx);
        }
    }
    hovered
}

/// The facts that date nothing any more, with the way back. They may have dated this article or another.
pub(super) fn unused_ui(ui: &mut Ui, scene: &Scene<'_>, actions: &mut Vec<Action>) {
    for fact in &scene.project.decisions().facts_off {
        ui.horizontal_wrapped(|ui| {
            let words = format!("Not used: {}", facts::name(scene.codebook, fact));
            widgets::label_ui(ui, &words, theme::sans(size::UI), scene.theme.ink2);
            if widgets::link_ui(ui, scene.theme, "Use it again").clicked() {
                actions.push(Action::Change(Command::SwitchFact { fact: fact.clone(), is_on: true }));
            }
        });
    }
}

/// The laid-out words of one piece.
struct Piece {
    rule: Arc<Galley>,
    quote: Option<Arc<Galley>>,
    says: Arc<Galley>,
    /// The fact and its source, where the sentence does not name it.
    source: Option<Arc<Galley>>,
    /// Does it rest on a fact that can be left out?
    has_fact: bool,
}

impl Piece {
    fn new(ui: &Ui, scene: &Scene<'_>, document: &Document, piece: &Evidence, known: &[Fact]) -> Self {
        let theme = scene.theme;
        let width = ui.available_width() - INDENT;
        let galley = |words: String, font, line, color| {
            let mut job = egui::text::LayoutJob::single_section(words, theme::format(font, line, color));
            job.wrap.max_width = width;
            job.wrap.max_rows = if line > 17.0 { MAX_QUOTE_ROWS } else { usize::MAX };
            ui.fonts_mut(|fonts| fonts.layout_job(job))
        };
        let words = |range: ByteRange| range.of(&document.text).split_whitespace().collect::<Vec<_>>().join(" ");
        let quote = piece.range.map(words).filter(|words| !words.is_empty());
        let fact = piece.fact.as_ref().and_then(|fact| facts::find(known, fact));
        Self {
            rule: galley(facts::rule(&piece.rule), theme::sans_medium(size::UI), 16.0, theme.ink),
            quote: quote.map(|words| galley(format!("“{words}”"), theme::serif(14.25), 19.0, theme.accent)),
            says: galley(piece.says.clone(), theme::sans(size::UI), 16.0, theme.ink2),
            source: fact.filter(|fact| !piece.says.contains(&fact.source)).map(|fact| {
                let words = format!("{}. Source: {}", fact.label, fact.source);
                galley(words, theme::sans(size::SMALL), 15.0, theme.ink2)
            }),
            has_fact: fact.is_some(),
        }
    }

    fn parts(&self) -> impl Iterator<Item = &Arc<Galley>> {
        [Some(&self.rule), self.quote.as_ref(), Some(&self.says), self.source.as_ref()].into_iter().flatten()
    }

    fn height(&self) -> f32 {
        let link = if self.has_fact { LINK_HEIGHT } else { 0.0 };
        self.parts().map(|galley| galley.size().y).sum::<f32>() + link
    }
}

/// Height of the switch of a fact.
const LINK_HEIGHT: f32 = 20.0;

/// One piece; a click shows its words in the text. Is the pointer over it?
fn piece_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    document: &Document,
    (idx, piece): (usize, &Evidence),
    layout: &Piece,
    rect: Rect,
    actions: &mut Vec<Action>,
) -> bool {
    let theme = scene.theme;
    let sense = if piece.range.is_some() { Sense::click() } else { Sense::hover() };
    let response = ui.interact(rect.expand2(vec2(4.0, 3.0)), Id::unique(("evidence", document.id, idx)), sense);
    let quote = layout.quote.as_ref().map_or(String::new(), |quote| format!(" {}", quote.job.text));
    let source = layout.source.as_ref().map_or(String::new(), |source| format!(". {}", source.job.text));
    let name = format!("Evidence {}: {}{quote}. {}{source}", idx + 1, layout.rule.job.text, piece.says);
    let role = if piece.range.is_some() { Role::Button } else { Role::Label };
    response.widget_info(|| WidgetInfo::labeled(role, true, &name));
    if response.contains_pointer() && piece.range.is_some() {
        ui.painter().rect_filled(response.rect, shape::BADGE_RADIUS, theme.chrome);
    }
    widgets::focus_ring(ui.painter(), theme, &response);
    if piece.range.is_some() {
        let tag = widgets::number_tag_rect(ui.painter(), pos2(rect.left(), rect.top() + 8.0), idx + 1);
        widgets::paint_number_tag(ui.painter(), theme, tag, idx + 1);
    }
    let mut at = pos2(rect.left() + INDENT, rect.top());
    for galley in layout.parts() {
        ui.painter().galley(at, Arc::clone(galley), theme.ink);
        at.y += galley.size().y;
    }
    if let Some(fact) = piece.fact.as_ref().filter(|_| layout.has_fact) {
        let link = Rect::from_min_size(at, vec2(150.0, LINK_HEIGHT));
        let mut child = ui.new_child(egui::UiBuilder::new().max_rect(link).id_salt(("fact", idx)));
        child.spacing_mut().button_padding = egui::Vec2::ZERO;
        child.spacing_mut().interact_size.y = LINK_HEIGHT;
        if widgets::link_ui(&mut child, theme, "Do not use this fact").clicked() {
            actions.push(Action::Change(Command::SwitchFact { fact: fact.clone(), is_on: false }));
        }
    }
    if let Some(range) = piece.range.filter(|_| response.clicked()) {
        actions.push(Action::Reveal(Passage { document: document.id, range }));
    }
    response.contains_pointer()
}

/// Lights the words of the evidence inside one galley of the text, each with its number in the gutter. `hovered` is the
/// piece under the pointer in the card.
pub fn lit_ui(
    ui: &Ui,
    scene: &Scene<'_>,
    document: &Document,
    within: ByteRange,
    galley: &Galley,
    origin: Pos2,
    hovered: Option<usize>,
) {
    let theme = scene.theme;
    let text = within.of(&document.text);
    let mut taken: Vec<f32> = Vec::new();
    for (idx, piece) in document.published.evidence.iter().enumerate() {
        let Some(part) = piece.range.and_then(|range| range.intersection(within)) else { continue };
        let local = ByteRange::new(part.start - within.start, part.end - within.start);
        let rows = article::placed(article::row_rects(galley, text, local), origin);
        let stroke = if hovered == Some(idx) { shape::STRONG_STROKE } else { shape::HAIRLINE };
        for &row in &rows {
            let rect = article::mark_rect(row);
            if hovered == Some(idx) {
                ui.painter().rect_filled(rect, shape::MARK_RADIUS, theme.sel);
            }
            ui.painter().rect_stroke(rect, shape::MARK_RADIUS, Stroke::new(stroke, theme.accent), StrokeKind::Outside);
        }
        let Some(first) = rows.first().filter(|_| piece.range.is_some_and(|range| range.start == part.start)) else {
            continue;
        };
        let n_before = taken.iter().filter(|y| **y == first.center().y).count();
        taken.push(first.center().y);
        // Where two begin on a line, the second number stands over its own words.
        let left = match n_before {
            0 => pos2(origin.x - theme::space::GUTTER_LEFT + 3.0, first.center().y),
            _ => pos2(first.left() - 4.0, first.top() - 2.0),
        };
        let tag = widgets::number_tag_rect(ui.painter(), left, idx + 1);
        widgets::paint_number_tag(ui.painter(), theme, tag, idx + 1);
    }
}
