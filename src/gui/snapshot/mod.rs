//! A view as a picture, without a window: for slides, for the command line, and for tests.
//!
//! The same code that draws the window draws the picture, in an egui context of its own: the shipped fonts, a clock
//! that stands at whole seconds, no pointer, no focus. It runs until nothing asks for another pass, since views measure
//! their texts over several frames. The [`Raster`] then paints the last pass.
//!
//! The result is a function of what is drawn, the size and the scale: no display, no graphics library, and neither
//! the day nor the number of threads shows. Characters that no shipped font has are looked up in the system's fonts,
//! and [`Picture::system_fonts`] says so, because then another machine may draw them otherwise.
//!
//! Measured on two cores as whole commands, reading and analysis included: five columns of 500 words at 1920 × 1080 take
//! 0.10 s, at 3840 × 2160 0.22 s. Layout and glyphs are two thirds of the drawing.

mod fonts;
mod footer;

pub use footer::footer_ui;

use std::sync::Arc;

use egui::{Context, FullOutput, Pos2, RawInput, Rect, ViewportId, ViewportInfo, vec2};
use jiff::civil::Date;

use super::Scene;
use super::raster::{Image, Raster};
use super::theme::{Mode, Theme};
use crate::document::Document;
use crate::export::pictures::{self, PngError};
use fonts::SystemFonts;

/// The longest side of a picture in pixels, twice that of a 4K page.
pub const MAX_SIDE: u32 = 8192;

/// A view that still asks for passes is taken as it is; text panes settle within about six.
const MAX_PASSES: usize = 32;

/// What was drawn, and what another machine may draw otherwise.
#[derive(Clone, Debug)]
#[must_use]
pub struct Picture {
    pub image: Image,
    /// Fonts of the system that stood in for the shipped ones, in the order of first use.
    pub system_fonts: Vec<String>,
    /// Characters that no font could draw, in order; they show as boxes.
    pub missing: Vec<char>,
}

impl Picture {
    /// As the bytes of a PNG file.
    ///
    /// # Errors
    /// [`PngError`] where it is too large to be written.
    pub fn png(&self) -> Result<Vec<u8>, PngError> {
        let Image { width, height, rgba } = &self.image;
        pictures::png([*width, *height], rgba, &pictures::Said::default())
    }

    /// What the reader should know about the characters, `None` where the shipped fonts had them all.
    pub fn note(&self) -> Option<String> {
        let mut notes = Vec::new();
        if !self.system_fonts.is_empty() {
            notes.push(format!("drawn with fonts of this system as well: {}", self.system_fonts.join(", ")));
        }
        if !self.missing.is_empty() {
            let characters: String = self.missing.iter().collect();
            notes.push(format!("no font on this system has these characters: {characters}"));
        }
        (!notes.is_empty()).then(|| notes.join("; "))
    }
}

/// Draws `draw` on a page of `size` pixels, each side cut at [`MAX_SIDE`].
///
/// `draw` is run several times and must draw the same each time; it fills the whole page and finds the palette and
/// the fonts installed.
pub fn picture(size: [u32; 2], pixels_per_point: f32, theme: &Theme, mut draw: impl FnMut(&mut egui::Ui)) -> Picture {
    let size = size.map(|side| side.clamp(1, MAX_SIDE));
    let system_fonts = Arc::new(SystemFonts::default());
    let ctx = Context::default();
    Theme::install(&ctx);
    ctx.set_theme(match theme.mode {
        Mode::Light => egui::Theme::Light,
        Mode::Dark => egui::Theme::Dark,
    });
    Theme::set_contrast(&ctx, theme.contrast);
    ctx.add_font_provider(Arc::clone(&system_fonts) as _);
    let mut raster = Raster::default();
    let mut pass_idx = 0;
    let output = loop {
        let mut output = ctx.run_ui(input(size, pixels_per_point, pass_idx), &mut draw);
        raster.apply(&mut output.textures_delta);
        pass_idx += 1;
        if pass_idx >= MAX_PASSES || (pass_idx >= 2 && is_settled(&output)) {
            break output;
        }
    };
    let primitives = ctx.tessellate(output.shapes, output.pixels_per_point);
    let image = raster.paint(&primitives, size, output.pixels_per_point, theme.paper);
    Picture { image, system_fonts: fonts::discovered(&ctx), missing: system_fonts.missing() }
}

/// A page for a slide: the view, and under it the footer of sources.
///
/// The footer takes what its lines need, at most a fifth of the page; the view has the rest. `shown` are the articles that
/// the view shows something of, `made` is the day printed.
pub fn page_ui(
    ui: &mut egui::Ui,
    scene: &Scene<'_>,
    shown: &[Arc<Document>],
    made: Date,
    view: impl FnOnce(&mut egui::Ui),
) {
    egui::Panel::bottom("sources")
        .frame(egui::Frame::NONE.fill(scene.theme.paper))
        .show_separator_line(false)
        .resizable(false)
        .show(ui, |ui| footer_ui(ui, scene, shown, made));
    egui::CentralPanel::default().frame(egui::Frame::NONE.fill(scene.theme.paper)).show(ui, view);
}

/// What a pass is told: a page in points, its scale, and a time far enough from the last for any motion to end.
fn input(size: [u32; 2], pixels_per_point: f32, pass_idx: usize) -> RawInput {
    let mut viewport = ViewportInfo { native_pixels_per_point: Some(pixels_per_point), ..ViewportInfo::default() };
    let [width, height] = size.map(|side| side as f32 / pixels_per_point);
    let screen_rect = Rect::from_min_size(Pos2::ZERO, vec2(width, height));
    viewport.inner_rect = Some(screen_rect);
    RawInput {
        viewports: std::iter::once((ViewportId::ROOT, viewport)).collect(),
        screen_rect: Some(screen_rect),
        // The glyphs of a 4K page do not fit into the default of 2048.
        max_texture_side: Some(8192),
        time: Some(pass_idx as f64),
        // Nothing has the focus, so no caret blinks.
        focused: false,
        ..RawInput::default()
    }
}

fn is_settled(output: &FullOutput) -> bool {
    output.viewport_output.values().all(|viewport| !viewport.repaint_delay.is_zero())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gui::theme::{sans, serif};

    fn corner(image: &Image) -> [u8; 4] {
        image.pixel(0, 0).unwrap()
    }

    #[test]
    fn page_has_the_size_asked_for_and_the_ground_of_its_theme() {
        for (theme, scale) in [(Theme::LIGHT, 1.0), (Theme::DARK, 2.0), (Theme::LIGHT, 1.25)] {
            let mut points = egui::Vec2::ZERO;
            let picture = picture([200, 100], scale, &theme, |ui| points = ui.ctx().content_rect().size());
            assert_eq!((picture.image.width, picture.image.height), (200, 100));
            assert_eq!(points, vec2(200.0, 100.0) / scale);
            assert_eq!(corner(&picture.image), theme.paper.to_array());
            assert_eq!(picture.note(), None);
        }
    }

    #[test]
    fn size_is_cut_at_the_limit_and_never_empty() {
        let picture = picture([0, MAX_SIDE + 5], 1.0, &Theme::LIGHT, |_| {});
        assert_eq!((picture.image.width, picture.image.height), (1, MAX_SIDE));
    }

    #[test]
    fn passes_go_on_until_nothing_asks_for_another() {
        let mut n_passes = 0;
        let picture = picture([20, 20], 1.0, &Theme::LIGHT, |ui| {
            n_passes += 1;
            if n_passes < 7 {
                ui.ctx().request_repaint();
            } else {
                ui.painter().rect_filled(ui.max_rect(), 0.0, Theme::LIGHT.accent);
            }
        });
        assert!(n_passes >= 7);
        assert_eq!(picture.image.pixel(10, 10), Some(Theme::LIGHT.accent.to_array()));

        let mut n_passes = 0;
        let _ = super::picture([20, 20], 1.0, &Theme::LIGHT, |ui| {
            n_passes += 1;
            ui.ctx().request_repaint();
        });
        assert!((MAX_PASSES..4 * MAX_PASSES).contains(&n_passes), "a restless view ends too: {n_passes}");
    }

    #[test]
    fn two_runs_give_the_same_bytes() {
        let draw = |ui: &mut egui::Ui| {
            for size in [9.0, 14.25, 26.0] {
                ui.label(egui::RichText::new("We are of course also concerned, 19 Jun 2024").font(serif(size)));
                ui.label(egui::RichText::new("reframed · high · 5 of 12").font(sans(size)));
            }
        };
        let bytes = || picture([400, 200], 1.5, &Theme::DARK, draw).png().unwrap();
        assert_eq!(bytes(), bytes());
    }

    #[test]
    fn characters_that_the_shipped_fonts_lack_are_reported() {
        let picture = picture([300, 60], 1.0, &Theme::LIGHT, |ui| {
            ui.label(egui::RichText::new("통일 \u{10FFFD}").font(serif(14.0)));
        });
        assert!(picture.missing.contains(&'\u{10FFFD}'), "no font has a private character");
        assert!(picture.note().is_some());
        // Hangul is drawn where the system has it, and said to be missing where not.
        assert_ne!(picture.system_fonts.is_empty(), !picture.missing.contains(&'통'));
    }
}
