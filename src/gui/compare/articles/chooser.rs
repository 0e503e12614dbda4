//! The drop-down that chooses an article: by date, searchable where there are many, virtual.

use egui::text::{LayoutJob, TextWrapping};
use egui::{Align2, Id, Key, Margin, Role, ScrollArea, Sense, TextEdit, Ui, WidgetInfo, pos2, vec2};

use crate::document::{Document, DocumentId};
use crate::gui::theme::{self, size};
use crate::gui::widgets::{dropdown_ui, focus_ring, label_ui};
use crate::gui::{Scene, chip};
use crate::report::dates;

/// With more articles the list can be searched.
const MANY: usize = 8;
const ROW: f32 = 40.0;
const WIDTH: f32 = 380.0;
const MAX_HEIGHT: f32 = 400.0;

/// What one drop-down remembers.
#[derive(Clone, Debug, Default)]
pub struct Chooser {
    query: String,
    /// What was typed and in which state of the articles it was looked for, and the places that fit.
    found: Option<((String, u64), Vec<usize>)>,
}

/// Draws the drop-down of a side. Returns the article that was chosen.
pub fn chooser_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    chooser: &mut Chooser,
    side: usize,
    current: Option<&Document>,
    other: Option<DocumentId>,
) -> Option<DocumentId> {
    let name = if side == 0 { "Left article" } else { "Right article" };
    let shown = current.map_or_else(|| "Choose an article".to_owned(), |document| short(scene, document, other));
    let mut chosen = None;
    dropdown_ui(ui, scene.theme, name, &shown, |ui| {
        ui.set_width(WIDTH.min(ui.ctx().content_rect().width() - 48.0));
        chosen = list_ui(ui, scene, chooser, side, current.map(|document| document.id));
        if chosen.is_some() {
            ui.close();
        }
    });
    chosen
}

/// "est. 7 Nov 2017"; with the outlet where the other article has the same date.
pub fn short(scene: &Scene<'_>, document: &Document, other: Option<DocumentId>) -> String {
    let date = date_of(document);
    let same = other.and_then(|id| scene.corpus.get(id)).is_some_and(|other| date_of(other) == date);
    if same || document.published.best.is_none() {
        return format!("{date} · {}", cut(&chip::outlet_or_file(document), 28));
    }
    date
}

/// "est. 7 Nov 2017".
pub fn date_of(document: &Document) -> String {
    let label = dates::label(&document.published);
    format!("{}{}", if label.is_estimate { "est. " } else { "" }, label.day)
}

fn cut(words: &str, n_chars: usize) -> String {
    match words.char_indices().nth(n_chars) {
        Some((end, _)) => format!("{}…", words.get(..end).unwrap_or_default().trim_end()),
        None => words.to_owned(),
    }
}

fn headline(document: &Document) -> &str {
    document.title.as_deref().unwrap_or(document.name())
}

fn list_ui(
    ui: &mut Ui,
    scene: &Scene<'_>,
    chooser: &mut Chooser,
    side: usize,
    current: Option<DocumentId>,
) -> Option<DocumentId> {
    let documents = scene.corpus.documents();
    let mut is_entered = false;
    if documents.len() > MANY {
        let id = Id::unique(("choose article", side));
        let field = TextEdit::singleline(&mut chooser.query)
            .id(id)
            .desired_width(f32::INFINITY)
            .margin(Margin::symmetric(8, 4))
            .align(Align2::LEFT_CENTER)
            .hint_text(format!("Search {} articles", documents.len()));
        let response = ui.add(field).accessible_name("Search the articles");
        is_entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        if !response.has_focus() && !is_entered && ui.memory(|memory| memory.focused().is_none()) {
            response.request_focus();
        }
        ui.add_space(4.0);
    } else {
        chooser.query.clear();
    }
    let found = chooser.found(scene);
    if found.is_empty() {
        label_ui(ui, "No article has these words", theme::sans(size::UI), scene.theme.ink2);
        return None;
    }
    let mut chosen = found.first().filter(|_| is_entered).and_then(|&idx| documents.get(idx)).map(|first| first.id);
    ui.spacing_mut().item_spacing.y = 0.0;
    let room = MAX_HEIGHT.min(ui.ctx().content_rect().height() - 160.0).max(ROW);
    ScrollArea::vertical().max_height(room).show_rows(ui, ROW, found.len(), |ui, rows| {
        for document in rows.filter_map(|row| documents.get(*found.get(row)?)) {
            if row_ui(ui, scene, document, side, current == Some(document.id)) {
                chosen = Some(document.id);
            }
        }
    });
    chosen
}

/// One article: date, outlet, headline. Was it clicked?
fn row_ui(ui: &mut Ui, scene: &Scene<'_>, document: &Document, side: usize, is_current: bool) -> bool {
    let theme = scene.theme;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let response = ui.interact(rect, Id::unique(("article to compare", side, document.id)), Sense::click());
    let (date, outlet) = (date_of(document), chip::outlet_or_file(document));
    response.widget_info(|| {
        WidgetInfo::selected(Role::Button, true, is_current, format!("{date}, {outlet}, {}", headline(document)))
    });
    if is_current || response.hovered() {
        ui.painter().rect_filled(rect, 4.0, if is_current { theme.sel } else { theme.chrome });
    }
    let painter = ui.painter().with_clip_rect(rect.shrink2(vec2(8.0, 0.0)).intersect(ui.clip_rect()));
    let left = rect.left() + 8.0;
    let top = rect.top() + 12.0;
    let day = painter.text(pos2(left, top), Align2::LEFT_CENTER, &date, theme::sans_bold(size::DATE), theme.ink);
    let outlet_at = pos2(day.right() + 8.0, top);
    painter.text(outlet_at, Align2::LEFT_CENTER, outlet, theme::sans(size::SMALL), theme.ink2);
    let mut job = LayoutJob::simple_singleline(headline(document).to_owned(), theme::serif(size::HOVER.0), theme.ink);
    job.wrap = TextWrapping::truncate_at_width(rect.width() - 16.0);
    let title = painter.layout_job(job);
    painter.galley(pos2(left, rect.top() + 28.0 - title.size().y / 2.0), title, theme.ink);
    focus_ring(ui.painter(), theme, &response);
    response.clicked()
}

impl Chooser {
    /// Places in the order of date of the articles that have all words typed.
    fn found(&mut self, scene: &Scene<'_>) -> &[usize] {
        let of = (self.query.trim().to_lowercase(), scene.generation);
        self.found = self.found.take().filter(|(known, _)| *known == of);
        let look = || {
            let words: Vec<&str> = of.0.split_whitespace().collect();
            let fits = |document: &Document| {
                let text = format!("{} {} {}", date_of(document), chip::outlet_or_file(document), headline(document));
                let text = text.to_lowercase();
                words.iter().all(|word| text.contains(word))
            };
            let all = scene.corpus.documents().iter().enumerate();
            let found = all.filter(|(_, document)| words.is_empty() || fits(document)).map(|(idx, _)| idx).collect();
            (of.clone(), found)
        };
        &self.found.get_or_insert_with(look).1
    }
}
