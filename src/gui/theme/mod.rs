//! Every colour, gap and type size of the window, light and dark.
//!
//! The idea is a reading room: warm paper, a serif for other people's words, a sans for the program's own, one accent,
//! and colour spent on shared phrasing alone. No view holds a literal; a test recomputes the contrasts from this table.

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
}

/// Type sizes in points; where a text runs over lines, its line height stands beside it.
pub mod size {
    pub const UI: f32 = 12.5;
    pub const DATE: f32 = 12.0;
    /// Status, outlets, counters, badges; nothing that must be read is smaller.
    pub const SMALL: f32 = 11.0;
    pub const SMALL_LINE: f32 = 15.0;
    pub const LABEL: f32 = 14.0;
    pub const LABEL_WIDE: f32 = 16.0;
    /// Families in the matrix; lines of a concordance.
    pub const FAMILY: f32 = 15.0;
    pub const CONCORDANCE: (f32, f32) = (15.5, 22.0);
    /// Words in a hover card.
    pub const HOVER: (f32, f32) = (14.25, 21.0);
    pub const CARD_QUOTE: (f32, f32) = (15.5, 22.5);
    pub const CARD_QUOTE_WIDE: (f32, f32) = (18.0, 27.0);
    /// Statements in Compare, from the size for a wide window down to the smallest that is still large.
    pub const STATEMENT: [(f32, f32); 4] = [(34.0, 62.0), (26.0, 48.0), (22.0, 41.0), (18.0, 34.0)];
    /// The sentence of a verdict.
    pub const VERDICT: f32 = 15.0;
}

/// Radii and strokes in points.
pub mod shape {
    pub const MARK_RADIUS: f32 = 2.0;
    pub const BADGE_RADIUS: f32 = 3.0;
    pub const CONTROL_RADIUS: f32 = 5.0;
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

/// The colours of one pin.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pin {
    pub tint: Color32,
    /// Ground of a family that steps back while another is in focus.
    pub faded: Color32,
    pub underline: Color32,
}

/// A color that lets two fifths of its ground through.
const fn veil(hex: u32) -> Color32 {
    const fn share(channel: u32) -> u8 {
        (channel % 256 * 3 / 5) as u8
    }
    Color32::from_rgba_premultiplied(share(hex >> 16), share(hex >> 8), share(hex), 153)
}

/// One palette.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    pub mode: Mode,
    /// Reading ground, charts, the chosen card.
    pub paper: Color32,
    /// Bars, side list, minimap, other cards.
    pub chrome: Color32,
    /// Buttons, fields, hover card.
    pub raise: Color32,
    /// Hairlines.
    pub rule: Color32,
    /// Borders of controls, connectors, removed-word boxes.
    pub rule2: Color32,
    pub ink: Color32,
    pub ink2: Color32,
    /// Third level and boilerplate; on `sel` use `ink2`.
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
}

const fn rgb(hex: u32) -> Color32 {
    Color32::from_rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

const fn pin(tint: u32, faded: u32, underline: u32) -> Pin {
    Pin { tint: rgb(tint), faded: rgb(faded), underline: rgb(underline) }
}

impl Theme {
    pub const LIGHT: Self = Self {
        mode: Mode::Light,
        paper: rgb(0xFCFBF8),
        chrome: rgb(0xF3F1EB),
        raise: rgb(0xFFFFFF),
        rule: rgb(0xDEDAD0),
        rule2: rgb(0xC9C4B8),
        ink: rgb(0x191613),
        ink2: rgb(0x55504A),
        dim: rgb(0x6F6961),
        accent: rgb(0x1B5A8C),
        on_accent: rgb(0xFFFFFF),
        sel: rgb(0xE6EEF5),
        selection: veil(0x8FBBE8),
        shared: [rgb(0xE4EDF4), rgb(0xCDDFEC), rgb(0xB3CFE3)],
        shared_line: rgb(0x1B5A8C),
        pins: [
            pin(0xF48850, 0xFBDCCA, 0x7A2F06),
            pin(0xC4F4B0, 0xEAF8E3, 0x2F7A1E),
            pin(0xE8C4F8, 0xF6EAFA, 0x7A3FA0),
            pin(0x94ACA4, 0xDCE3DF, 0x33493F),
        ],
        shadow: Color32::from_black_alpha(26),
    };

    pub const DARK: Self = Self {
        mode: Mode::Dark,
        paper: rgb(0x191A1C),
        chrome: rgb(0x121315),
        raise: rgb(0x222427),
        rule: rgb(0x303236),
        rule2: rgb(0x44474C),
        ink: rgb(0xE8E4DC),
        ink2: rgb(0xB4AFA6),
        dim: rgb(0x928D85),
        accent: rgb(0x86B7E2),
        on_accent: rgb(0x14161A),
        sel: rgb(0x20303D),
        selection: veil(0x2B5F96),
        shared: [rgb(0x22323F), rgb(0x294258), rgb(0x325474)],
        shared_line: rgb(0x86B7E2),
        pins: [
            pin(0x6C4C14, 0x2E271B, 0xE9B45C),
            pin(0x364B3D, 0x20272A, 0x93C9A6),
            pin(0x462C58, 0x251F2B, 0xC9A6E8),
            pin(0x695F70, 0x2C2A30, 0xC9C0D0),
        ],
        shadow: Color32::from_black_alpha(110),
    };

    pub fn of(mode: Mode) -> Self {
        match mode {
            Mode::Light => Self::LIGHT,
            Mode::Dark => Self::DARK,
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
        Self::of(match ctx.theme() {
            egui::Theme::Light => Mode::Light,
            egui::Theme::Dark => Mode::Dark,
        })
    }

    /// Puts fonts and both palettes into egui, which chooses between them after the system or the reader.
    pub fn install(ctx: &egui::Context) {
        install_fonts(ctx);
        ctx.set_visuals_of(egui::Theme::Light, Self::LIGHT.visuals());
        ctx.set_visuals_of(egui::Theme::Dark, Self::DARK.visuals());
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
            style.animation_time = 0.0;
            style.interaction.selectable_labels = false;
            // An edge says better than a fade where a text is cut.
            style.spacing.scroll.fade.strength = 0.0;
        });
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
        widgets.active.bg_stroke = Stroke::new(2.0, self.accent);
        widgets.active.weak_bg_fill = self.sel;
        visuals.window_shadow = self.card_shadow();
        visuals.popup_shadow = self.card_shadow();
        visuals.window_corner_radius = egui::CornerRadius::same(7);
        visuals.menu_corner_radius = egui::CornerRadius::same(7);
        visuals
    }

    /// The only shadow: y 3, blur 10.
    pub fn card_shadow(&self) -> egui::Shadow {
        egui::Shadow { offset: [0, 3], blur: 10, spread: 0, color: self.shadow }
    }
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
