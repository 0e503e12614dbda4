//! The help inside the program: a few short pages over the window, opened at the page of the view in front.
//!
//! Words are in [`pages`], the list of keys in `keys` is made of the table of commands, and the samples in `figures` are
//! drawn with the parts that draw the window, in its palette: they cannot show what the window does not.

mod figures;
mod keys;
pub mod pages;

use egui::{Align2, Id, Rect, Role, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::action::Action;
use super::notice::Notice;
use super::state::{Sheet, State, ViewKind};
use super::theme::{self, Theme, shape, size};
use super::widgets::{close_button_ui, focus_ring, text_at};

/// Width of the list of pages.
const PAGES: f32 = 168.0;
/// Below this width the list of pages is narrower.
const NARROW: f32 = 720.0;
const ROW: f32 = 30.0;

/// A page of the help.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Page {
    #[default]
    Start,
    Read,
    Phrases,
    Positions,
    Compare,
    Briefing,
    Keys,
    Formats,
}

impl Page {
    pub const ALL: [Self; 8] = [
        Self::Start,
        Self::Read,
        Self::Phrases,
        Self::Positions,
        Self::Compare,
        Self::Briefing,
        Self::Keys,
        Self::Formats,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Start => "Start",
            Self::Read => "Read",
            Self::Phrases => "Phrases",
            Self::Positions => "Positions",
            Self::Compare => "Compare",
            Self::Briefing => "Briefing",
            Self::Keys => "Keys",
            Self::Formats => "Formats and privacy",
        }
    }

    /// Other words it is looked for by.
    pub fn also(self) -> &'static str {
        match self {
            Self::Start => "manual guide first steps about",
            Self::Read => "manual marks underline tint dates",
            Self::Phrases => "manual families matrix",
            Self::Positions => "manual marks statements discs rings force",
            Self::Compare => "manual boxes words difference",
            Self::Briefing => "manual page checks",
            Self::Keys => "manual keyboard shortcuts all keys",
            Self::Formats => "manual files pdf word privacy network",
        }
    }

    /// The page on a view.
    fn of(view: ViewKind) -> Self {
        match view {
            ViewKind::Read => Self::Read,
            ViewKind::Phrases => Self::Phrases,
            ViewKind::Positions => Self::Positions,
            ViewKind::Compare => Self::Compare,
            ViewKind::Briefing => Self::Briefing,
        }
    }
}

/// What the open help remembers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HelpSheet {
    pub page: Page,
    /// Only keys whose words hold all of these are listed.
    pub filter: String,
}

/// Opens the help at the page of the view in front, at the first page where nothing is open; or closes it.
pub fn toggle(state: &mut State) {
    let is_open = matches!(state.sheet, Some(Sheet::Help(_)));
    state.sheet = if is_open {
        None
    } else {
        let page = if state.notices.contains(&Notice::Sample) { Page::Start } else { Page::of(state.view) };
        Some(Sheet::Help(HelpSheet { page, filter: String::new() }))
    };
}

/// Opens the help at a page.
pub fn open(state: &mut State, page: Page) {
    state.sheet = Some(Sheet::Help(HelpSheet { page, filter: String::new() }));
}

/// Shows the list of pages, and the page that is open.
pub fn help_ui(ui: &mut Ui, theme: &Theme, sheet: &mut HelpSheet, actions: &mut Vec<Action>) {
    let whole = ui.available_rect_before_wrap();
    let pages_width = if whole.width() < NARROW { PAGES - 40.0 } else { PAGES };
    let pages = whole.with_max_x(whole.left() + pages_width);
    let mut child = ui.new_child(UiBuilder::new().max_rect(pages).id_salt("help pages"));
    pages_ui(&mut child, theme, sheet);
    let x = ui.painter().round_to_pixel_center(pages.right() + 12.0);
    ui.painter().vline(x, whole.y_range(), theme.hairline());
    let right = whole.with_min_x(pages.right() + 36.0);
    let mut child = ui.new_child(UiBuilder::new().max_rect(right).id_salt("help page"));
    page_ui(&mut child, theme, sheet, actions);
    ui.advance_cursor_after_rect(whole);
}

fn pages_ui(ui: &mut Ui, theme: &Theme, sheet: &mut HelpSheet) {
    ui.spacing_mut().item_spacing.y = 2.0;
    let (rect, heading) = ui.allocate_exact_size(vec2(ui.available_width(), 28.0), Sense::hover());
    heading.widget_info(|| WidgetInfo::labeled(Role::Heading, true, Action::Help.label()));
    let at = rect.left_center() + vec2(10.0, 1.0);
    text_at(ui.painter(), at, Align2::LEFT_CENTER, Action::Help.label(), theme::serif_bold(16.5), theme.ink);
    ui.add_space(6.0);
    ScrollArea::vertical().id_salt("help pages").auto_shrink(false).show(ui, |ui| {
        for page in Page::ALL {
            if page == Page::Keys {
                ui.add_space(8.0);
            }
            let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
            let is_open = sheet.page == page;
            response
                .widget_info(|| WidgetInfo::selected(Role::Tab, true, is_open, format!("Help page: {}", page.name())));
            if is_open {
                ui.painter().rect_filled(rect, shape::CONTROL_RADIUS, theme.sel);
            } else if response.hovered() {
                ui.painter().rect_filled(rect, shape::CONTROL_RADIUS, theme.chrome);
            }
            let font = if is_open { theme::sans_bold(size::UI) } else { theme::sans_medium(size::UI) };
            let at = rect.left_center() + vec2(10.0, 0.0);
            text_at(ui.painter(), at, Align2::LEFT_CENTER, page.name(), font, theme.ink);
            focus_ring(ui.painter(), theme, &response);
            if response.clicked() {
                sheet.page = page;
            }
        }
    });
}

/// Heading and way out stand still; the page under them scrolls.
fn page_ui(ui: &mut Ui, theme: &Theme, sheet: &mut HelpSheet, actions: &mut Vec<Action>) {
    let area = ui.max_rect();
    let (rect, _) = ui.allocate_exact_size(vec2(area.width(), 28.0), Sense::hover());
    let title = text_at(
        ui.painter(),
        rect.left_center(),
        Align2::LEFT_CENTER,
        sheet.page.name(),
        theme::serif_bold(size::HELP_TITLE),
        theme.ink,
    );
    let heading = ui.interact(title, Id::unique("help title"), Sense::hover());
    heading.widget_info(|| WidgetInfo::labeled(Role::Heading, true, sheet.page.name()));
    let corner = Rect::from_center_size(pos2(rect.right() - 12.0, rect.center().y), vec2(24.0, 24.0));
    let mut child = ui.new_child(UiBuilder::new().max_rect(corner));
    let close = close_button_ui(&mut child, theme, "Close the help");
    if crate::gui::widgets::is_new(ui, Id::unique("close help")) && crate::gui::focus::is_by_keyboard(ui.ctx()) {
        close.request_focus();
    }
    if close.on_hover_text("Close (Esc)").clicked() {
        actions.push(Action::CloseSheet);
    }
    ui.add_space(6.0);
    if sheet.page == Page::Keys {
        keys::keys_ui(ui, theme, &mut sheet.filter);
        return;
    }
    let scroll = ScrollArea::vertical().id_salt(("help page", sheet.page.name())).auto_shrink(false);
    scroll.show(ui, |ui| {
        pages::blocks_ui(ui, theme, pages::blocks(sheet.page));
        ui.add_space(24.0);
    });
}
