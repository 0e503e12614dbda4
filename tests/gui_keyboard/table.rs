//! What each key does in each view: one line a key. A key without a line fails.

use egui_kittest::kittest::NodeT as _;
use throughline::gui::state::{Sheet, State, ViewKind};
use throughline::gui::theme::{Mode, Theme};
use throughline::project::Verdict;

use crate::scenes::Room;

/// What a key may change.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    pub view: ViewKind,
    pub sheet: Option<&'static str>,
    pub is_library: bool,
    pub is_list: bool,
    pub has_marks: bool,
    pub has_furniture: bool,
    pub is_dark: bool,
    pub zoom: f32,
    pub n_done: usize,
    pub phrase: Option<u64>,
    pub place: Option<String>,
    /// The place of the chosen article in the order of date.
    pub column: Option<usize>,
    pub shift: Option<String>,
    pub verdict: Option<Verdict>,
    pub subject: String,
    pub pins: Vec<Option<u64>>,
    pub is_typing: bool,
    pub message: String,
    pub n_documents: usize,
    /// The columns of Read, each as wide as it was asked to be.
    pub columns: String,
    pub is_linked: [bool; 2],
    pub is_settings: bool,
    pub is_palette: bool,
}

impl Seen {
    pub fn of(room: &Room) -> Self {
        let desk = room.state().desk();
        let State { view, sheet, selection, reading, message, .. } = &desk.state;
        let decisions = desk.project.decisions();
        Self {
            view: *view,
            sheet: sheet.as_ref().map(sheet_name),
            is_library: desk.state.library.is_open,
            is_list: desk.state.is_list_open,
            has_marks: reading.has_marks,
            has_furniture: reading.has_furniture,
            is_dark: Theme::current(&room.ctx).mode == Mode::Dark,
            zoom: room.ctx.zoom_factor(),
            n_done: desk.project.history().n_done(),
            phrase: selection.phrase.map(|id| id.0),
            place: selection.occurrence.map(|place| format!("{place:?}")),
            column: selection.document.and_then(|id| desk.corpus().idx_of(id)),
            shift: selection.shift.map(|id| format!("{id:?}")),
            verdict: selection.shift.and_then(|id| decisions.reviews.get(&id)).and_then(|review| review.verdict),
            subject: format!("{:?}", desk.state.briefing.subjects),
            pins: decisions.pins.iter().map(|pin| pin.map(|id| id.0)).collect(),
            is_typing: room.root().children_recursive().any(|node| {
                let node = node.accesskit_node();
                node.is_focused() && node.role() == egui::accesskit::Role::TextInput
            }),
            message: message.clone(),
            n_documents: desk.corpus().len(),
            columns: {
                let columns = reading.shown.documents(desk.corpus());
                let asks = columns.iter().map(|document| (document.id, reading.shown.ask(document.id)));
                format!("{:?}", asks.collect::<Vec<_>>())
            },
            is_linked: [reading.is_linked, desk.state.compare.is_linked],
            is_settings: desk.state.is_settings_open,
            is_palette: desk.state.palette.is_open(),
        }
    }
}

fn sheet_name(sheet: &Sheet) -> &'static str {
    match sheet {
        Sheet::Path(_) => "path",
        Sheet::SaveAs(_) => "save as",
        Sheet::Image { .. } => "image",
        Sheet::Page(_) => "page",
        Sheet::Help(_) => "help",
        Sheet::History => "history",
        Sheet::Inspect(_) => "inspect",
        Sheet::Statement(_) => "statement",
        Sheet::Found(_) => "found",
        _ => "other",
    }
}

type Does = fn(&Seen, &Seen) -> bool;

fn is_on_changes(seen: &Seen) -> bool {
    matches!(seen.view, ViewKind::Positions | ViewKind::Compare)
}

fn rests(before: &Seen, after: &Seen) -> bool {
    before == after
}

/// Does what N, P, J and K do: another place, of this family or of another one.
fn walks(before: &Seen, after: &Seen) -> bool {
    let stays = if before.view == ViewKind::Phrases { ViewKind::Phrases } else { ViewKind::Read };
    after.place.is_some() && after.place != before.place && after.view == stays
}

fn walks_families(before: &Seen, after: &Seen) -> bool {
    after.phrase.is_some() && after.phrase != before.phrase
}

/// Goes on to the next finding of the view.
fn goes_on(before: &Seen, after: &Seen) -> bool {
    before.view == after.view
        && match before.view {
            ViewKind::Read | ViewKind::Phrases => before.place != after.place,
            ViewKind::Positions | ViewKind::Compare => before.shift != after.shift,
            ViewKind::Briefing => before.subject != after.subject,
        }
}

fn copies(before: &Seen, after: &Seen) -> bool {
    match before.view {
        ViewKind::Compare => rests(before, after),
        _ => after.message.contains("opied"),
    }
}

/// The article of this place in the order of date is in front; where there are fewer, nothing changes.
fn column(before: &Seen, after: &Seen, idx: usize) -> bool {
    match idx < before.n_documents {
        true => after.view == ViewKind::Read && after.column == Some(idx),
        false => rests(before, after),
    }
}

fn pins(before: &Seen, after: &Seen, slot: usize) -> bool {
    before.phrase.is_some() && after.pins[slot] == before.phrase
}

/// What a key has to do, by its name in the list of keys.
pub fn does(keys: &str) -> Option<Does> {
    let does: Does = match keys {
        "Ctrl O" => |_, after| after.sheet == Some("path"),
        "Ctrl S" | "Ctrl Shift S" => |_, after| after.sheet == Some("save as"),
        "Ctrl F" => |_, after| after.is_typing,
        "Ctrl E" => {
            |before, after| after.sheet == Some(if before.view == ViewKind::Briefing { "page" } else { "image" })
        }
        "Ctrl C" => copies,
        "Ctrl Shift C" => |_, after| after.message == "The picture is on the clipboard",
        "Ctrl Z" => |before, after| after.n_done + 1 == before.n_done,
        "Ctrl Shift Z" => |before, after| after.n_done == before.n_done + 1,
        "Ctrl H" => |_, after| after.sheet == Some("history"),
        "Ctrl 1" => |_, after| after.view == ViewKind::Read,
        "Ctrl 2" => |_, after| after.view == ViewKind::Phrases,
        "Ctrl 3" => |_, after| after.view == ViewKind::Positions,
        "Ctrl 4" => |_, after| after.view == ViewKind::Compare,
        "Ctrl 5" => |_, after| after.view == ViewKind::Briefing,
        "Ctrl +" | "Ctrl =" => |before, after| after.zoom > before.zoom,
        "Ctrl -" | "Ctrl −" => |before, after| after.zoom < before.zoom,
        "Ctrl 0" => |_, after| (after.zoom - 1.0).abs() < 1e-4,
        "N" | "P" => walks,
        "J" | "K" => walks_families,
        "]" | "[" => goes_on,
        "Enter" => |before, after| match before.view {
            ViewKind::Positions | ViewKind::Compare => after.verdict == Some(Verdict::Accepted),
            // Opens the article of the place.
            ViewKind::Phrases => after.view == ViewKind::Read,
            ViewKind::Read | ViewKind::Briefing => rests(before, after),
        },
        "X" => |before, after| match is_on_changes(before) {
            true => after.verdict == Some(Verdict::Dismissed),
            false => rests(before, after),
        },
        "R" => |before, after| is_on_changes(after) && (!is_on_changes(before) || after.shift != before.shift),
        "T" => |_, after| after.view == ViewKind::Briefing,
        "1" => |before, after| column(before, after, 0),
        "2" => |before, after| column(before, after, 1),
        "3" => |before, after| column(before, after, 2),
        "4" => |before, after| column(before, after, 3),
        "5" => |before, after| column(before, after, 4),
        "6" => |before, after| column(before, after, 5),
        "7" => |before, after| column(before, after, 6),
        "8" => |before, after| column(before, after, 7),
        "9" => |before, after| column(before, after, 8),
        "Shift 1" => |before, after| pins(before, after, 0),
        "Shift 2" => |before, after| pins(before, after, 1),
        "Shift 3" => |before, after| pins(before, after, 2),
        "Shift 4" => |before, after| pins(before, after, 3),
        // Both need selected words.
        "S" | "F" => rests,
        "H" => |before, after| after.has_marks != before.has_marks,
        "U" => |before, after| after.has_furniture != before.has_furniture,
        "B" => |before, after| after.is_list != before.is_list,
        "Ctrl L" => |before, after| after.is_library != before.is_library,
        "I" => |_, after| after.sheet == Some("inspect"),
        "D" => |before, after| after.is_dark != before.is_dark,
        "?" | "F1" => |_, after| after.sheet == Some("help"),
        "L" => |before, after| match before.view {
            ViewKind::Read => after.is_linked != before.is_linked,
            // Between two statements there is nothing to scroll.
            _ => rests(before, after),
        },
        "W" | "Shift W" => |before, after| match before.view {
            ViewKind::Read => after.columns != before.columns,
            _ => rests(before, after),
        },
        // They stand as they do at the start.
        "O" => |before, after| after.columns == before.columns && after.view == before.view,
        "A" => |before, after| after.is_settings != before.is_settings,
        "Ctrl P" => |_, after| after.is_palette,
        "Esc" | "Escape" => |before, after| match before.view {
            // There it would put another finding on the page.
            ViewKind::Briefing => after.phrase == before.phrase,
            _ => after.phrase.is_none() && after.place.is_none(),
        },
        _ => return None,
    };
    Some(does)
}
