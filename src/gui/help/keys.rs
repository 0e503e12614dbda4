//! All keys, in groups, with a field that finds one by what it does or what is printed on it.

use egui::{Align2, Id, Role, ScrollArea, Sense, TextEdit, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use crate::gui::action::{self, Action};
use crate::gui::commands::{self, Group};
use crate::gui::theme::{self, Theme, size};
use crate::gui::widgets::{label_ui, text_at};
use crate::text::compare::fold;

const ROW: f32 = 24.0;
/// Height of the name of a group, with the air over it.
const HEAD: f32 = 38.0;
/// Where what a key does begins.
const KEYS: f32 = 104.0;
/// Columns are at least so wide.
const COLUMN: f32 = 330.0;

const NAME: &str = "Find a key";

/// Keys that no command has: they move within what has the keyboard, and are listed with the group they serve.
const OTHERS: [(Group, &str, &str); 8] = [
    (Group::Go, "Tab", "Next control; with Shift the one before"),
    (Group::Go, "Enter", "Do what has the keyboard, or read the chosen place"),
    (Group::Read, "Shift ← →", "Select words, or more of them"),
    (Group::Files, "Space", "In the library: put an article in columns, or out"),
    (Group::Files, "Delete", "In the library: remove the chosen articles"),
    (Group::Files, "↑ ↓ Tab", "In a field for a path: choose a name, complete it"),
    (Group::View, "Page Up, Page Down", "Scroll by a page"),
    (Group::Help, "↑ ↓", "In lists: the line above or below"),
];

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Line {
    group: Group,
    keys: String,
    says: String,
}

/// All lines, by group.
fn lines() -> Vec<Line> {
    let line = |group, keys: &str, says: &str| Line { group, keys: keys.to_owned(), says: says.to_owned() };
    let mut lines: Vec<Line> = Vec::new();
    for offered in commands::all() {
        let label = offered.action.label();
        // The second key of an action stands beside the first.
        let all = action::bindings().iter().filter(|binding| binding.action == offered.action);
        let mut keys: Vec<String> = all.map(action::Binding::words).collect();
        if keys.is_empty() {
            keys.extend(Some(offered.action.keys()).filter(|keys| !keys.is_empty()));
        }
        let keys = keys.join(", ");
        let is_range = matches!(offered.action, Action::SelectColumn(_) | Action::PinFocus(_));
        match lines.iter_mut().find(|line| is_range && line.says == label) {
            // Nine columns and four letters are one line each.
            Some(line) => {
                let first = line.keys.split(" to ").next().unwrap_or_default().to_owned();
                line.keys = format!("{first} to {keys}");
            }
            None if keys.is_empty() => {}
            None => lines.push(line(offered.group, &keys, label)),
        }
    }
    lines.extend(OTHERS.iter().map(|(group, keys, says)| line(*group, keys, says)));
    lines.sort_by_key(|line| line.group);
    lines
}

/// The lines that hold all words of the filter.
fn filtered(filter: &str) -> Vec<Line> {
    let filter = fold(filter.trim());
    let mut lines = lines();
    lines.retain(|line| {
        let text = fold(&format!("{} {} {}", line.keys, line.says, line.group.name()));
        filter.split_whitespace().all(|word| text.contains(word))
    });
    lines
}

/// Shows the field and the list.
pub(super) fn keys_ui(ui: &mut Ui, theme: &Theme, filter: &mut String) {
    let width = ui.available_width().min(300.0);
    let field = TextEdit::singleline(filter).id(Id::unique("find a key")).hint_text(NAME).desired_width(width);
    ui.add(field).accessible_name(NAME);
    let lines = filtered(filter);
    if lines.is_empty() {
        ui.add_space(16.0);
        label_ui(ui, &format!("No key does “{}”", filter.trim()), theme::sans(size::UI), theme.ink2);
        return;
    }
    ui.add_space(2.0);
    ScrollArea::vertical().id_salt("help keys").auto_shrink(false).show(ui, |ui| {
        let n_columns = ((ui.available_width() / COLUMN).floor() as usize).clamp(1, 3);
        let columns = in_columns(&lines, n_columns);
        let height = columns.iter().map(|column| height_of(column)).fold(0.0, f32::max);
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height + 16.0), Sense::hover());
        let width = rect.width() / n_columns as f32;
        for (idx, column) in columns.iter().enumerate() {
            let min = pos2(rect.left() + width * idx as f32, rect.top());
            let place = egui::Rect::from_min_size(min, vec2(width - 16.0, rect.height()));
            column_ui(&mut ui.new_child(UiBuilder::new().max_rect(place).id_salt(idx)), theme, column);
        }
    });
}

/// The lines in columns of about the same height; a group stays together.
fn in_columns(lines: &[Line], n_columns: usize) -> Vec<Vec<&Line>> {
    let groups: Vec<Vec<&Line>> =
        lines.chunk_by(|left, right| left.group == right.group).map(|it| it.iter().collect()).collect();
    let whole: f32 = groups.iter().map(|group| height_of(group)).sum();
    let wanted = whole / n_columns.max(1) as f32;
    let mut columns: Vec<Vec<&Line>> = vec![Vec::new()];
    let mut done = 0.0;
    for group in groups {
        let height = height_of(&group);
        let is_full = done + height / 2.0 > wanted * columns.len() as f32;
        if is_full && columns.len() < n_columns && columns.last().is_some_and(|column| !column.is_empty()) {
            columns.push(Vec::new());
        }
        if let Some(column) = columns.last_mut() {
            column.extend(group);
        }
        done += height;
    }
    columns
}

fn height_of(lines: &[&Line]) -> f32 {
    let n_groups = lines.chunk_by(|left, right| left.group == right.group).count();
    HEAD * n_groups as f32 + ROW * lines.len() as f32
}

fn column_ui(ui: &mut Ui, theme: &Theme, lines: &[&Line]) {
    ui.spacing_mut().item_spacing.y = 0.0;
    for group in lines.chunk_by(|left, right| left.group == right.group) {
        let Some(first) = group.first() else { continue };
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), HEAD), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, first.group.name()));
        let at = rect.left_bottom() - vec2(0.0, 6.0);
        text_at(ui.painter(), at, Align2::LEFT_BOTTOM, first.group.name(), theme::sans_bold(size::UI), theme.ink2);
        for line in group {
            let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{}: {}", line.keys, line.says)));
            let y = rect.center().y;
            let keys = pos2(rect.left(), y);
            let keys =
                text_at(ui.painter(), keys, Align2::LEFT_CENTER, &line.keys, theme::sans_bold(size::UI), theme.ink);
            let says = pos2((rect.left() + KEYS).max(keys.right() + 10.0), y);
            let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
            text_at(&painter, says, Align2::LEFT_CENTER, &line.says, theme::sans(size::UI), theme.ink);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_stands_in_the_list_once() {
        let lines = lines();
        for binding in action::bindings() {
            let label = binding.action.label();
            assert_eq!(lines.iter().filter(|line| line.says == label).count(), 1, "{label}");
        }
        let of = |says: &str| lines.iter().find(|line| line.says == says).map(|line| line.keys.as_str());
        assert_eq!(of("Go to article 1 to 9"), Some("1 to 9"));
        assert_eq!(of("Give the phrase letter A to D"), Some("Shift 1 to Shift 4"));
        assert_eq!(of("Help"), Some("?, F1"));
        assert_eq!(of("Paste an article"), Some("Ctrl V"));
    }

    #[test]
    fn a_key_is_found_by_what_it_does_and_by_its_name() {
        let says = |filter: &str| filtered(filter).into_iter().map(|line| line.says).collect::<Vec<_>>();
        assert!(says("ctrl z").contains(&"Undo".to_owned()));
        assert_eq!(says("light DARK"), ["Light or dark"]);
        assert!(says("umbrella").is_empty());
    }

    #[test]
    fn groups_stay_together_in_columns() {
        let lines = lines();
        for n_columns in 1..=3 {
            let columns = in_columns(&lines, n_columns);
            assert_eq!(columns.len(), n_columns);
            assert_eq!(columns.iter().map(Vec::len).sum::<usize>(), lines.len());
            for pair in columns.windows(2) {
                assert_ne!(pair[0].last().unwrap().group, pair[1][0].group);
            }
        }
    }
}
