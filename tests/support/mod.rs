//! Pictures for tests: the program's own rasterizer behind `egui_kittest`, and pictures compared with checked-in ones.
//!
//! No graphics card, driver or display is needed, and tests see the shipped fonts alone, so a picture is the same on
//! every machine. A test that fails leaves `NAME.new.png` and `NAME.diff.png` beside `tests/pictures/NAME.png`. Look at
//! them; where the change is wanted, `UPDATE_SNAPSHOTS=1 cargo test --test gui_pictures` takes the new ones over.

#![allow(dead_code, reason = "each test file uses its own part")]

use egui::TexturesDelta;
use egui_kittest::{SnapshotOptions, SnapshotResults, TestRenderer};
use throughline::gui::raster::{Image, Raster};

/// Draws a kittest harness: `Harness::builder().renderer(RasterRenderer::default())`.
#[derive(Default)]
pub struct RasterRenderer(Raster);

impl TestRenderer for RasterRenderer {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        self.0.apply(delta);
    }

    fn render(&mut self, ctx: &egui::Context, output: &egui::FullOutput) -> Result<image::RgbaImage, String> {
        let scale = output.pixels_per_point;
        let size = ctx.content_rect().size() * scale;
        let size = [size.x.round() as u32, size.y.round() as u32];
        let primitives = ctx.tessellate(output.shapes.clone(), scale);
        let background = ctx.global_style().visuals.panel_fill;
        to_rgba(self.0.paint(&primitives, size, scale, background)).ok_or_else(|| "an empty picture".to_owned())
    }
}

/// The picture as the type of `egui_kittest`.
pub fn to_rgba(image: Image) -> Option<image::RgbaImage> {
    image::RgbaImage::from_raw(image.width, image.height, image.rgba)
}

/// Compares with `tests/pictures/NAME.png`.
///
/// A pixel may differ by two levels of 255, which is what another kind of vector unit does to a glyph's edge; a line
/// moved by a pixel, another weight or another color fails.
pub fn assert_picture(results: &mut SnapshotResults, name: &str, image: Image) {
    let options = SnapshotOptions::new().threshold(2.1).max_failed_pixels(0).output_path("tests/pictures");
    let image = to_rgba(image).expect("a picture has as many bytes as its size says");
    results.add(egui_kittest::try_image_snapshot_options(&image, name, &options));
}
