//! A page as pixels, and as a PNG file.

use typst::utils::Scalar;
use typst_layout::Page;
use typst_render::RenderOptions;

use super::{Marking, PageSize};
use crate::export::pictures::{self, PngError, Said};

/// Pixels of an opaque page, four bytes each: red, green, blue, and 255.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    pub width: u32,
    pub height: u32,
    pub rgba: Vec<u8>,
}

/// Why a page could not be drawn or written.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    #[error("there is no page {}; there are {n_pages}", page_idx + 1)]
    NoSuchPage { page_idx: usize, n_pages: usize },
    #[error("the page is too large to be drawn")]
    Size,
    #[error(transparent)]
    Png(#[from] PngError),
}

/// Dots per inch that a picture 1920 pixels wide says it has: its 960 points are then as wide as a slide.
const DPI: f64 = 144.0;

/// The page at this width; `None` where that is more than a picture may have.
pub(super) fn draw(page: &Page, width: u32) -> Option<Picture> {
    let points = page.frame.size();
    let scale = f64::from(width) / points.x.to_pt();
    let height = (points.y.to_pt() * scale).round();
    if width == 0 || width > *PageSize::SIDE.end() || !(1.0..=f64::from(*PageSize::SIDE.end())).contains(&height) {
        return None;
    }
    let options = RenderOptions { pixel_per_pt: Scalar::new(scale), render_bleed: false };
    let pixels = typst_render::render(page, &options);
    Some(Picture { width: pixels.width(), height: pixels.height(), rgba: pixels.take() })
}

impl Picture {
    /// As the bytes of a PNG file. `pixels_per_point` is 2 where a page is 1920 pixels wide.
    pub(super) fn png(&self, pixels_per_point: f64, marking: &Marking) -> Result<Vec<u8>, PictureError> {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few thousand dots")]
        let per_meter = (DPI * pixels_per_point / 2.0 / 0.0254).round() as u32;
        let said = Said { dots_per_meter: Some(per_meter), texts: marking.texts() };
        Ok(pictures::png([self.width, self.height], &self.rgba, &said)?)
    }
}
