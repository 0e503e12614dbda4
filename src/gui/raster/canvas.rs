//! A picture that is kept from one frame to the next, in bands of rows: a band on which nothing is other than before is
//! not painted again.
//!
//! What a band shows follows from what is painted on it, in order, so a digest of that decides. Two different frames with
//! one digest of 64 bits are not to be expected in the life of a window.

use std::hash::Hasher as _;

use egui::Color32;
use rayon::prelude::*;
use rustc_hash::FxHasher;

use super::Image;
use super::fill::{Band, Paint};

/// Rows painted by one thread at a time; measured, 16 to 64 make no difference.
pub(super) const ROWS_PER_BAND: usize = 32;

/// A picture, and what it was painted of. Empty at first.
#[derive(Clone, Debug, Default)]
pub struct Canvas {
    width: usize,
    height: usize,
    /// Row by row from the top, red, green, blue, alpha, premultiplied.
    pixels: Vec<[u8; 4]>,
    /// A digest for each band.
    digests: Vec<u64>,
    /// The bands that the last repaint changed, from the top.
    changed: Vec<bool>,
}

impl Canvas {
    /// Width and height in pixels.
    pub fn size(&self) -> [usize; 2] {
        [self.width, self.height]
    }

    /// Which bands of [`rows`](Self::band) the last repaint changed, from the top.
    pub fn changed(&self) -> &[bool] {
        &self.changed
    }

    /// The first row of a band, and its pixels row by row; none below the picture.
    pub fn band(&self, idx: usize) -> (usize, &[[u8; 4]]) {
        let top = (idx * ROWS_PER_BAND).min(self.height);
        let bottom = (top + ROWS_PER_BAND).min(self.height);
        (top, self.pixels.get(top * self.width..bottom * self.width).unwrap_or_default())
    }

    pub(super) fn into_image(self) -> Image {
        Image { width: self.width as u32, height: self.height as u32, rgba: self.pixels.into_flattened() }
    }

    /// Paints what is other than before.
    pub(super) fn repaint(&mut self, paints: &[Paint<'_>], size: [u32; 2], background: Color32) {
        let [width, height] = size.map(|side| side as usize);
        let is_new = [width, height] != self.size();
        if is_new {
            (self.width, self.height) = (width, height);
            self.pixels.clear();
            self.pixels.resize(width * height, background.to_array());
        }
        let n_bands = if width == 0 { 0 } else { height.div_ceil(ROWS_PER_BAND) };
        self.digests.resize(n_bands, 0);
        self.changed.clear();
        self.changed.resize(n_bands, false);
        if n_bands == 0 {
            return;
        }
        let bands = self.pixels.par_chunks_mut(width * ROWS_PER_BAND).zip(&mut self.digests).zip(&mut self.changed);
        bands.enumerate().for_each(|(idx, ((rows, known), is_changed))| {
            let top = (idx * ROWS_PER_BAND) as i64;
            let bottom = top + (rows.len() / width) as i64;
            let on_band = || paints.iter().filter(|paint| paint.area.top < bottom && paint.area.bottom > top);
            let digest = digest(background, on_band());
            if !is_new && digest == *known {
                return;
            }
            (*known, *is_changed) = (digest, true);
            rows.fill(background.to_array());
            let mut band = Band { rows, width, top };
            for paint in on_band() {
                paint.fill(&mut band);
            }
        });
    }
}

fn digest<'a>(background: Color32, paints: impl Iterator<Item = &'a Paint<'a>>) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write_u32(u32::from_le_bytes(background.to_array()));
    for Paint { area, digest, .. } in paints {
        // The area alone tells how far it is clipped.
        for side in [area.left, area.top, area.right, area.bottom] {
            hasher.write_i64(side);
        }
        hasher.write_u64(*digest);
    }
    hasher.finish()
}
