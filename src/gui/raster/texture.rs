//! Textures of the rasterizer: the glyph atlas, and images where a view has any.
//!
//! Kept as egui sends them, eight bits a channel with premultiplied alpha. Sampling is linear with eight fractional
//! bits, as graphics hardware does it, and clamps at the edges.

use std::collections::BTreeMap;

use egui::epaint::{ImageData, ImageDelta};
use egui::{Pos2, TextureFilter, TextureId};

/// One texture.
#[derive(Clone, Debug)]
pub(super) struct Texture {
    pub width: usize,
    pub height: usize,
    pub texels: Vec<[u8; 4]>,
    /// Other for each state it was in.
    pub version: u64,
    filter: TextureFilter,
}

/// Replaces a texture, or the part of it that `delta` covers. A part of a texture that is not there is left out.
///
/// `version` is one that no texture had before.
pub(super) fn update(textures: &mut BTreeMap<TextureId, Texture>, id: TextureId, delta: &ImageDelta, version: u64) {
    let ImageData::Color(image) = &delta.image;
    let [width, height] = image.size;
    let Some([left, top]) = delta.pos else {
        let texels = image.pixels.iter().map(egui::Color32::to_array).collect();
        textures.insert(id, Texture { width, height, texels, version, filter: delta.options.magnification });
        return;
    };
    let Some(texture) = textures.get_mut(&id) else { return };
    if width == 0 || left + width > texture.width {
        return;
    }
    texture.version = version;
    let rows = texture.texels.chunks_exact_mut(texture.width).skip(top);
    for (row, pixels) in rows.zip(image.pixels.chunks_exact(width)) {
        for (texel, pixel) in row[left..left + width].iter_mut().zip(pixels) {
            *texel = pixel.to_array();
        }
    }
}

impl Texture {
    /// A place on the texture, from 0.0..=1.0 to texels.
    pub fn place(&self, uv: Pos2) -> [f32; 2] {
        [uv.x * self.width as f32, uv.y * self.height as f32]
    }

    /// The texel in column `x` of row `y`; outside, the nearest one.
    pub fn texel(&self, x: i32, y: i32) -> [u8; 4] {
        let clamp = |at: i32, size: usize| (at.max(0) as usize).min(size.saturating_sub(1));
        let idx = clamp(y, self.height) * self.width + clamp(x, self.width);
        self.texels.get(idx).copied().unwrap_or_default()
    }

    /// The color at a place in texels.
    pub fn sample(&self, x: f32, y: f32) -> [u8; 4] {
        if self.filter == TextureFilter::Nearest {
            return self.texel(x.floor() as i32, y.floor() as i32);
        }
        let fixed = |at: f32| ((at - 0.5) * 256.0).round() as i32;
        let (x, y) = (fixed(x), fixed(y));
        let (column, row) = (x >> 8, y >> 8);
        let (right, lower) = ((x & 255) as u32, (y & 255) as u32);
        if right == 0 && lower == 0 {
            return self.texel(column, row);
        }
        let texels = [
            (self.texel(column, row), (256 - right) * (256 - lower)),
            (self.texel(column + 1, row), right * (256 - lower)),
            (self.texel(column, row + 1), (256 - right) * lower),
            (self.texel(column + 1, row + 1), right * lower),
        ];
        std::array::from_fn(|channel| {
            let sum: u32 = texels.iter().map(|(texel, weight)| u32::from(texel[channel]) * weight).sum();
            ((sum + 0x8000) >> 16) as u8
        })
    }
}
