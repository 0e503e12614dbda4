//! Every colour, gap and type size of the window, light and dark.
//!
//! The idea is a reading room: warm paper, a serif for other people's words, a sans for the program's own, one accent,
//! and colour spent on shared phrasing alone. No view holds a literal; the colors are in `palettes`, and tests recompute
//! the contrasts from there.

mod palettes;

use std::sync::Arc;

use egui::{Color32, FontData, FontDefinitions, FontFamily, FontId, Stroke, TextFormat};

use crate::export::faces;
use crate::project::N_PINS;

/// Families by name; each is one real face, since egui fakes neither weights nor slants.
const SERIF: &str = "serif";
const SERIF_ITALIC: &str = "serif-italic";
const SERIF_BOLD: &str = "serif-bold";
const SERIF_DISPLAY: &str = "serif-display";
const SANS: &str = "sans";
const SANS_MEDIUM: &str = "sans-medium";
const SANS_BOLD: &str = "sans-bold";
const MONO: &str = "mono";

/// Heights and widths of the fixed parts, in points.
pub mod space {
    pub const TOP_BAR: f32 = 44.0;
    pub const FILTER_BAR: f32 = 40.0;
    pub const STATUS: f32 = 24.0;
    pub const SIDE_LIST: f32 = 212.0;
    pub const SPINE: f32 = 28.0;
    pub const COLUMN_FOOT: f32 = 30.0;
    pub const MINIMAP_ROW: f32 = 15.0;
    pub const MINIMAP_PAD: f32 = 18.0;
    /// Columns are at least this wide.
    pub const COLUMN: f32 = 320.0;
    /// Or this, as the reader likes it.
    pub const NARROW_COLUMN: f32 = 280.0;
    pub const WIDE_COLUMN: f32 = 420.0;
    /// And at most this wide: some 75 characters a line.
    pub const WIDEST_COLUMN: f32 = 600.0;
    pub const GUTTER_LEFT: f32 = 25.0;
    pub const GUTTER_RIGHT: f32 = 14.0;
    pub const PARAGRAPH_GAP: f32 = 11.0;
    /// Left and right of tables.
    pub const TABLE_MARGIN: f32 = 24.0;
    /// A family in the matrix, and the heads above them.
    pub const MATRIX_ROW: f32 = 32.0;
    pub const MATRIX_HEAD: f32 = 38.0;
    /// The line with the name of a family and what can be done with it.
    pub const FAMILY_BAR: f32 = 46.0;
    /// An occurrence in a concordance, and the line on what changed before it.
    pub const PLACE_ROW: f32 = 41.0;
    pub const TURN_ROW: f32 = 24.0;
    /// A row of a table of places or statements, and the heads above them.
    pub const LIST_ROW: f32 = 30.0;
    pub const LIST_HEAD: f32 = 30.0;
}

/// Type sizes in points; where a text runs over lines, its line height stands beside it.
pub mod size {
    pub const UI: f32 = 12.5;
    pub const DATE: f32 = 12.0;
    /// Status, outlets, counters, badges; nothing that must be read is smaller.
    pub const SMALL: f32 = 11.0;
    pub const SMALL_LINE: f32 = 15.0;
    /// Counts, outlets and dates in lists and at the edges of columns.
    pub const COUNT: f32 = 11.5;
    /// Words of articles, and the same in a wide column.
    pub const BODY: (f32, f32) = (14.25, 22.0);
    pub const BODY_WIDE: (f32, f32) = (15.5, 24.0);
    pub const HEADLINE: (f32, f32) = (16.5, 21.0);
    pub const CAPTION: (f32, f32) = (13.0, 18.0);
    /// Boilerplate, bylines, datelines.
    pub const ASIDE: (f32, f32) = (12.0, 17.0);
    pub const LABEL: f32 = 14.0;
    /// Lines of the palette, and what is typed there.
    pub const PALETTE: f32 = 13.5;
    pub const LABEL_WIDE: f32 = 16.0;
    /// Families in the matrix; lines of a concordance.
    pub const FAMILY: f32 = 15.0;
    pub const CONCORDANCE: (f32, f32) = (15.5, 22.0);
    /// Families and quotations in the rows of a table.
    pub const FAMILY_LIST: f32 = 13.5;
    pub const ROW_QUOTE: (f32, f32) = (14.25, 20.0);
    /// Words in a hover card.
    pub const HOVER: (f32, f32) = (14.25, 21.0);
    pub const CARD_QUOTE: (f32, f32) = (15.5, 22.5);
    pub const CARD_QUOTE_WIDE: (f32, f32) = (18.0, 27.0);
    /// Statements in Compare, from the size for a wide window down to the smallest that is still large.
    pub const STATEMENT: [(f32, f32); 4] = [(34.0, 62.0), (26.0, 48.0), (22.0, 41.0), (18.0, 34.0)];
    /// Words of the help, and the title of its page.
    pub const HELP: (f32, f32) = (13.0, 20.0);
    pub const HELP_TITLE: f32 = 20.0;
    /// The sentence of a verdict.
    pub const VERDICT: f32 = 15.0;
}

/// Radii and strokes in points.
pub mod shape {
    pub const MARK_RADIUS: f32 = 2.0;
    pub const BADGE_RADIUS: f32 = 3.0;
    pub const CONTROL_RADIUS: f32 = 5.0;
    pub const CARD_RADIUS: f32 = 7.0;
    pub const HAIRLINE: f32 = 1.0;
    /// Underlines and outlines of marks.
    pub const MARK_STROKE: f32 = 1.5;
    /// Active tab, chosen card, focus ring.
    pub const STRONG_STROKE: f32 = 2.0;
}

/// The ground of a page of Briefing, which is white in the dark as well; also the tint that leaves a picture as it is.
pub const PAGE: Color32 = Color32::WHITE;

/// Which palette is used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    #[default]
    Light,
    Dark,
}

/// How strongly ink, rules and borders stand out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Contrast {
    #[default]
    Normal,
    High,
}

/// The colours of one pin.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pin {
    pub tint: Color32,
    /// Ground of a family that steps back while another is in focus.
    pub faded: Color32,
    pub underline: Color32,
}

/// One palette.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    pub mode: Mode,
    pub contrast: Contrast,
    /// Reading ground, charts, the chosen card.
    pub paper: Color32,
    /// Bars, side list, minimap, other cards.
    pub chrome: Color32,
    /// Buttons, fields, hover card.
    pub raise: Color32,
    /// Hairlines.
    pub rule: Color32,
    /// Boilerplate in the minimap.
    pub shade: Color32,
    /// Borders of controls, connectors, removed-word boxes.
    pub rule2: Color32,
    pub ink: Color32,
    pub ink2: Color32,
    /// Third level and boilerplate; on `selection` use `ink2`.
    pub dim: Color32,
    pub accent: Color32,
    pub on_accent: Color32,
    /// Chosen row, notice.
    pub sel: Color32,
    /// Laid over paper and the grounds of marks where words are selected; `dim` text on it becomes `ink2`.
    pub selection: Color32,
    /// Families without a pin, by number of articles: 2, 3, 4 and more.
    pub shared: [Color32; 3],
    /// Underline of families without a pin, and their dots in lists.
    pub shared_line: Color32,
    pub pins: [Pin; N_PINS],
    /// Shadow under the hover card and the sheet.
    pub shadow: Color32,
    /// The width of the ring around what has the keyboard, in points.
    pub ring: f32,
    /// What is left of the strength of controls that rest.
    pub resting: f32,
}

impl Theme {
    pub fn of(mode: Mode) -> Self {
        Self::with(mode, Contrast::Normal)
    }

    pub fn with(mode: Mode, contrast: Contrast) -> Self {
        match (mode, contrast) {
            (Mode::Light, Contrast::Normal) => Self::LIGHT,
            (Mode::Dark, Contrast::Normal) => Self::DARK,
            (Mode::Light, Contrast::High) => Self::HIGH_LIGHT,
            (Mode::Dark, Contrast::High) => Self::HIGH_DARK,
        }
    }

    /// Ground of a family without a pin that stands in `n_documents` articles.
    pub fn shared(&self, n_documents: usize) -> Color32 {
        match n_documents {
            0..=2 => self.shared[0],
            3 => self.shared[1],
            _ => self.shared[2],
        }
    }

    pub fn hairline(&self) -> Stroke {
        Stroke::new(1.0, self.rule)
    }

    /// The palette that egui shows at the moment.
    pub fn current(ctx: &egui::Context) -> Self {
        let mode = match ctx.theme() {
            egui::Theme::Light => Mode::Light,
            egui::Theme::Dark => Mode::Dark,
        };
        Self::with(mode, ctx.data(|data| data.get_temp(contrast_id())).unwrap_or_default())
    }

    /// Chooses between the palettes of normal and of high contrast.
    pub fn set_contrast(ctx: &egui::Context, contrast: Contrast) {
        ctx.data_mut(|data| data.insert_temp(contrast_id(), contrast));
        for (mode, shown) in [(Mode::Light, egui::Theme::Light), (Mode::Dark, egui::Theme::Dark)] {
            let blinks = ctx.style_of(shown).visuals.text_cursor.blink;
            let mut visuals = Self::with(mode, contrast).visuals();
            visuals.text_cursor.blink = blinks;
            ctx.set_visuals_of(shown, visuals);
        }
    }

    /// Lets things move, or stops all that would: scrolling over time, and the caret.
    pub fn set_still(ctx: &egui::Context, is_still: bool) {
        ctx.all_styles_mut(|style| {
            style.animation_time = 0.0;
            style.visuals.text_cursor.blink = !is_still;
            style.scroll_animation =
                if is_still { egui::style::ScrollAnimation::none() } else { egui::style::ScrollAnimation::default() };
        });
    }

    /// Puts fonts and both palettes into egui, which chooses between them after the system or the reader.
    pub fn install(ctx: &egui::Context) {
        install_fonts(ctx);
        Self::set_contrast(ctx, Contrast::Normal);
        ctx.all_styles_mut(|style| {
            use egui::TextStyle;
            style.text_styles = [
                (TextStyle::Small, sans(11.5)),
                (TextStyle::Body, sans(12.5)),
                (TextStyle::Button, sans_medium(12.5)),
                (TextStyle::Heading, serif_bold(16.5)),
                (TextStyle::Monospace, mono(11.5)),
            ]
            .into();
            style.spacing.item_spacing = egui::vec2(8.0, 6.0);
            style.spacing.button_padding = egui::vec2(11.0, 4.0);
            style.spacing.interact_size.y = 26.0;
            style.spacing.menu_margin = egui::Margin::symmetric(12, 10);
            style.interaction.selectable_labels = false;
            // An edge says better than a fade where a text is cut.
            style.spacing.scroll.fade.strength = 0.0;
        });
        Self::set_still(ctx, true);
        // Where the system does not say which it likes.
        ctx.options_mut(|options| options.fallback_theme = egui::Theme::Light);
    }

    fn visuals(&self) -> egui::Visuals {
        let mut visuals = match self.mode {
            Mode::Light => egui::Visuals::light(),
            Mode::Dark => egui::Visuals::dark(),
        };
        visuals.override_text_color = Some(self.ink);
        visuals.weak_text_color = Some(self.dim);
        visuals.hyperlink_color = self.accent;
        visuals.panel_fill = self.paper;
        visuals.window_fill = self.raise;
        visuals.window_stroke = Stroke::new(1.0, self.rule2);
        visuals.extreme_bg_color = self.raise;
        visuals.faint_bg_color = self.chrome;
        visuals.selection.bg_fill = self.sel;
        visuals.selection.stroke = Stroke::new(1.0, self.accent);
        let widgets = &mut visuals.widgets;
        for widget in [
            &mut widgets.noninteractive,
            &mut widgets.inactive,
            &mut widgets.hovered,
            &mut widgets.active,
            &mut widgets.open,
        ] {
            widget.corner_radius = egui::CornerRadius::same(5);
            widget.expansion = 0.0;
            widget.bg_fill = self.raise;
            widget.weak_bg_fill = self.raise;
            widget.bg_stroke = Stroke::new(1.0, self.rule2);
            widget.fg_stroke = Stroke::new(1.0, self.ink);
        }
        widgets.noninteractive.bg_stroke = self.hairline();
        widgets.noninteractive.bg_fill = self.paper;
        widgets.hovered.bg_stroke = Stroke::new(1.0, self.dim);
        widgets.active.bg_stroke = Stroke::new(self.ring, self.accent);
        widgets.active.weak_bg_fill = self.sel;
        visuals.window_shadow = self.card_shadow();
        visuals.popup_shadow = self.card_shadow();
        visuals.window_corner_radius = egui::CornerRadius::same(7);
        visuals.menu_corner_radius = egui::CornerRadius::same(7);
        visuals.disabled_alpha = self.resting;
        visuals.text_cursor.stroke = Stroke::new(shape::STRONG_STROKE, self.accent);
        visuals
    }

    /// The only shadow: y 3, blur 10.
    pub fn card_shadow(&self) -> egui::Shadow {
        egui::Shadow { offset: [0, 3], blur: 10, spread: 0, color: self.shadow }
    }
}

/// Where egui keeps which contrast is wanted.
fn contrast_id() -> egui::Id {
    egui::Id::unique("contrast")
}

/// Words of an article, 14.25 on 22; headline 16.5 on 21; quotations.
pub fn serif(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(SERIF.into()))
}

/// Captions.
pub fn serif_italic(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(SERIF_ITALIC.into()))
}

/// Headlines below 24 points.
pub fn serif_bold(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(SERIF_BOLD.into()))
}

/// Headlines from 24 points.
pub fn serif_display(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(SERIF_DISPLAY.into()))
}

/// What the program says.
pub fn sans(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(SANS.into()))
}

/// Buttons and tabs.
pub fn sans_medium(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(SANS_MEDIUM.into()))
}

/// Dates, labels, what is chosen.
pub fn sans_bold(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(SANS_BOLD.into()))
}

/// Files as they are, byte by byte.
pub fn mono(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(MONO.into()))
}

/// A text format with a fixed line height, so that marked lines do not jump.
pub fn format(font_id: FontId, line_height: f32, color: Color32) -> TextFormat {
    TextFormat { font_id, color, line_height: Some(line_height), valign: egui::Align::Center, ..TextFormat::default() }
}

/// The shipped faces; the fonts of the system follow as a fallback for other scripts.
pub fn install_fonts(ctx: &egui::Context) {
    ctx.set_fonts(font_definitions());
}

fn font_definitions() -> FontDefinitions {
    let faces: [(&str, &'static [u8]); 8] = [
        (SERIF, faces::SERIF),
        (SERIF_ITALIC, faces::SERIF_ITALIC),
        (SERIF_BOLD, faces::SERIF_BOLD),
        (SERIF_DISPLAY, faces::SERIF_DISPLAY),
        (MONO, include_bytes!("../../../assets/fonts/SourceCodePro-Regular.ttf")),
        (SANS, faces::SANS),
        (SANS_MEDIUM, faces::SANS_MEDIUM),
        (SANS_BOLD, faces::SANS_BOLD),
    ];
    let mut fonts = FontDefinitions::empty();
    for (name, bytes) in faces {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
        // The sans has signs the serif lacks, and the other way round.
        let fallback = if name.starts_with(SERIF) { SANS } else { SERIF };
        fonts.families.insert(FontFamily::Name(name.into()), vec![name.to_owned(), fallback.to_owned()]);
    }
    fonts.families.insert(FontFamily::Proportional, vec![SANS.to_owned(), SERIF.to_owned()]);
    fonts.families.insert(FontFamily::Monospace, vec![MONO.to_owned(), SANS.to_owned()]);
    fonts
}

#[cfg(test)]
mod tests;
