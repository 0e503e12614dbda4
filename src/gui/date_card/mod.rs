//! The card of a publication date: the days that fit, the evidence they rest on, and a field to enter another.
//!
//! While it is open its evidence is lit in the text under the same numbers ([`lit_ui`]). What is chosen or entered is a
//! decision of the reader: it beats the evidence, which stays to be read, and can be taken back.

mod days;
mod entry;
mod evidence;

pub use evidence::lit_ui;

use std::sync::Arc;

use egui::{Id, Popup, PopupAnchor, PopupCloseBehavior, Rect, RectAlign, Response, RichText, Ui};

use super::action::Action;
use super::theme::{self, size};
use super::{Scene, widgets};
use crate::document::{Document, DocumentId, Published};
use crate::project::Command;
use crate::report::dates;

/// Width of the card in points.
const WIDTH: f32 = 340.0;

/// With its margins.
const WHOLE_WIDTH: f32 = WIDTH + 28.0;

/// Is the card of this article open?
pub fn is_open(ctx: &egui::Context, document: DocumentId) -> bool {
    Popup::is_id_open(ctx, id_of(document))
}

fn id_of(document: DocumentId) -> Id {
    Id::unique(("date card", document))
}

/// Shows the card where a click on `chip` opened it, beside the article's `column` where there is room, so that the lit
/// words stay in sight. Returns the place of the evidence under the pointer.
pub fn card_ui(
    scene: &Scene<'_>,
    document: &Document,
    chip: &Response,
    column: Rect,
    actions: &mut Vec<Action>,
) -> Option<usize> {
    let screen = chip.ctx.content_rect();
    let (anchor, align) = if screen.right() - column.right() > WHOLE_WIDTH {
        (PopupAnchor::from(column), RectAlign::RIGHT_START)
    } else if column.left() - screen.left() > WHOLE_WIDTH {
        (PopupAnchor::from(column), RectAlign::LEFT_START)
    } else {
        (PopupAnchor::from(chip), RectAlign::BOTTOM_START)
    };
    let popup = Popup::from_toggle_button_response(chip)
        .id(id_of(document.id))
        .anchor(anchor)
        .align(align)
        .align_alternatives(&[])
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    popup.show(|ui| content_ui(ui, scene, document, actions)).and_then(|shown| shown.inner)
}

fn content_ui(ui: &mut Ui, scene: &Scene<'_>, document: &Document, actions: &mut Vec<Action>) -> Option<usize> {
    let screen = ui.ctx().content_rect();
    ui.set_width(WIDTH.min(screen.width() - 40.0));
    // What the rules said, whatever the reader decided since.
    let as_read = scene.project.documents().iter().find(|read| read.id == document.id).map_or(document, Arc::as_ref);
    heading_ui(ui, scene, document, &as_read.published);
    let mut hovered = None;
    let max_height = (screen.height() - 250.0).clamp(90.0, 420.0);
    egui::ScrollArea::vertical().id_salt("reasons").max_height(max_height).show_viewport(ui, |ui, viewport| {
        days::proposal_ui(ui, scene, document, actions);
        days::days_ui(ui, scene, document, &as_read.published, actions);
        hovered = evidence::evidence_ui(ui, scene, document, viewport, actions);
        evidence::unused_ui(ui, scene, actions);
    });
    ui.separator();
    entry::entry_ui(ui, scene, document, actions);
    hovered
}

/// The day in words and how sure it is.
fn heading_ui(ui: &mut Ui, scene: &Scene<'_>, document: &Document, as_read: &Published) {
    let published = &document.published;
    let label = dates::label(published);
    let estimate = if label.is_estimate { "Estimated " } else { "" };
    let heading = match published.best {
        Some(day) => format!("{estimate}{}", dates::day_in_full(day)),
        None => format!("{estimate}{}", label.day),
    };
    ui.label(RichText::new(heading).font(theme::sans_bold(size::LABEL)));
    widgets::label_ui(ui, &says(published, as_read), theme::sans(size::UI), scene.theme.ink2);
}

/// What the day is known by: "between 22 Jan and 2 Feb 2023, 45 % sure", "entered by you; without it est. 29 Jan 2023".
fn says(published: &Published, as_read: &Published) -> String {
    let interval = match (published.earliest, published.latest) {
        (Some(earliest), Some(latest)) if earliest != latest => {
            Some(format!("between {} and {}", dates::day(earliest), dates::day(latest)))
        }
        (None, Some(latest)) if published.best.is_none() => Some(format!("not after {}", dates::day(latest))),
        _ => None,
    };
    let mut parts: Vec<String> = Vec::new();
    if published.set_by_user {
        parts.push("entered by you".to_owned());
        parts.extend(interval);
        let automatic = dates::label(as_read);
        let estimate = if automatic.is_estimate { "est. " } else { "" };
        parts.push(format!("automatic: {estimate}{}", automatic.day));
        return parts.join("; ");
    }
    parts.extend(interval);
    parts.push(match published.basis {
        crate::document::DateBasis::Stated => "stated in the text".to_owned(),
        crate::document::DateBasis::Metadata => "from the page's metadata".to_owned(),
        crate::document::DateBasis::Unknown => "Nothing in the text tells the day".to_owned(),
        crate::document::DateBasis::Inferred if published.best.is_none() => "no day fits best".to_owned(),
        crate::document::DateBasis::Inferred => format!("{} sure", dates::share(published.confidence)),
    });
    parts.join(", ")
}

/// The action that enters days, or takes back what was entered.
fn set(document: &Document, date: Option<crate::document::DateSpan>) -> Action {
    Action::Change(Command::SetDate { document: document.id, date })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::DateBasis;
    use jiff::civil::date;

    #[test]
    fn the_card_says_what_the_day_is_known_by() {
        let mut inferred = Published { basis: DateBasis::Inferred, confidence: 0.448, ..Published::unknown() };
        inferred.earliest = Some(date(2023, 1, 22));
        inferred.latest = Some(date(2023, 2, 2));
        assert_eq!(says(&inferred, &inferred), "between 22 Jan 2023 and 2 Feb 2023, no day fits best");
        inferred.best = Some(date(2023, 1, 29));
        assert_eq!(says(&inferred, &inferred), "between 22 Jan 2023 and 2 Feb 2023, 45 % sure");
        let entered = Published::entered(date(2023, 1, 22), Vec::new());
        assert_eq!(says(&entered, &inferred), "entered by you; automatic: est. 29 Jan 2023");
        assert_eq!(says(&Published::unknown(), &Published::unknown()), "Nothing in the text tells the day");
    }
}
