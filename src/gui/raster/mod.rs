//! egui's triangles as pixels, without a display, a driver or a graphics library.
//!
//! A view becomes a picture in the same way on every machine: pictures for slides, headless runs and picture tests
//! all come through here. The rules are those of the window's renderer, so that both look alike: premultiplied colors
//! multiplied and blended in gamma space, clip rectangles rounded to pixels, linear filtering with eight fractional
//! bits. Measured against the window on Mesa's llvmpipe, a crowded page of 921,600 pixels at scales 1 to 2: 99 of 100
//! pixels are equal, all but 50 within two levels of 255, and these lie where the slivers of a star of lines meet.
//!
//! Positions are rounded to 1/256 pixel and coverage is decided by integer edge functions with the top-left rule
//! (Pineda 1988, "A parallel algorithm for polygon rasterization"), so triangles that share an edge never leave a gap
//! or paint a pixel twice. Rectangles along the axes, which is every glyph and most grounds, skip the edge functions.
//! Rows are painted in bands by as many threads as there are; every pixel is a function of its row alone, so their
//! number never shows. `O(pixels painted + triangles × bands)`.
//!
//! Paint callbacks (raw graphics calls) and repeating textures are not drawn; nothing in the program uses them.

mod canvas;
mod fill;
mod texture;

pub use canvas::Canvas;

use std::collections::BTreeMap;
use std::hash::Hasher as _;

use egui::epaint::{ClippedPrimitive, Mesh, Primitive, Vertex};
use egui::{Color32, TextureId, TexturesDelta};
use rustc_hash::FxHasher;

use fill::{Area, Fill, Paint};
use texture::Texture;

/// A picture, row by row from the top, four bytes (red, green, blue, alpha; premultiplied) a pixel.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Image {
    pub width: u32,
    pub height: u32,
    pub rgba: Vec<u8>,
}

impl Image {
    /// The pixel at column `x` and row `y`, `None` outside.
    pub fn pixel(&self, x: u32, y: u32) -> Option<[u8; 4]> {
        if x >= self.width || y >= self.height {
            return None;
        }
        let start = (y as usize * self.width as usize + x as usize) * 4;
        self.rgba.get(start..start + 4)?.try_into().ok()
    }
}

/// Draws meshes, and keeps the textures they need from frame to frame.
#[derive(Default)]
pub struct Raster {
    textures: BTreeMap<TextureId, Texture>,
    /// Freed by the last delta, still needed by the frame that came with it.
    freed: Vec<TextureId>,
    /// Of the texture that was changed last.
    version: u64,
}

impl Raster {
    /// Takes over what a frame changed in its textures, and leaves `delta` empty.
    pub fn apply(&mut self, delta: &mut TexturesDelta) {
        for id in self.freed.drain(..) {
            self.textures.remove(&id);
        }
        // Images of different textures do not touch each other, so the order of the map does not show.
        for (id, images) in delta.set.drain() {
            for image in images {
                self.version += 1;
                texture::update(&mut self.textures, id, &image, self.version);
            }
        }
        self.freed.extend(delta.free.drain());
        delta.clear();
    }

    /// Paints a frame on a `background`.
    ///
    /// `size` is in pixels. What lies outside is left out; a mesh with a texture that was never applied is not drawn.
    pub fn paint(
        &self,
        primitives: &[ClippedPrimitive],
        size: [u32; 2],
        pixels_per_point: f32,
        background: Color32,
    ) -> Image {
        let mut canvas = Canvas::default();
        self.repaint(&mut canvas, primitives, size, pixels_per_point, background);
        canvas.into_image()
    }

    /// Makes `canvas` what [`paint`](Self::paint) would give; what is there already stays.
    pub fn repaint(
        &self,
        canvas: &mut Canvas,
        primitives: &[ClippedPrimitive],
        size: [u32; 2],
        pixels_per_point: f32,
        background: Color32,
    ) {
        canvas.repaint(&self.paints(primitives, size, pixels_per_point), size, background);
    }

    /// Everything to be painted, in order, in pixels.
    fn paints(&self, primitives: &[ClippedPrimitive], size: [u32; 2], pixels_per_point: f32) -> Vec<Paint<'_>> {
        let page = Area { left: 0, top: 0, right: i64::from(size[0]), bottom: i64::from(size[1]) };
        let mut paints = Vec::new();
        for ClippedPrimitive { clip_rect, primitive } in primitives {
            let Primitive::Mesh(mesh) = primitive else { continue };
            let Some(texture) = self.textures.get(&mesh.texture_id) else { continue };
            let edge = |points: f32| (points * pixels_per_point).round() as i64;
            let clip = page.intersect(Area {
                left: edge(clip_rect.min.x),
                top: edge(clip_rect.min.y),
                right: edge(clip_rect.max.x),
                bottom: edge(clip_rect.max.y),
            });
            add_mesh(&mut paints, mesh, texture, clip, pixels_per_point);
        }
        paints
    }
}

/// Of the corners, and of the texture as it is now.
fn digest(corners: &[&Vertex], id: TextureId, texture: &Texture) -> u64 {
    let mut hasher = FxHasher::default();
    std::hash::Hash::hash(&id, &mut hasher);
    hasher.write_u64(texture.version);
    for corner in corners {
        for place in [corner.pos.x, corner.pos.y, corner.uv.x, corner.uv.y] {
            hasher.write_u32(place.to_bits());
        }
        hasher.write_u32(u32::from_le_bytes(corner.color.to_array()));
    }
    hasher.finish()
}

/// Adds a mesh's triangles, two at a time where they make a rectangle.
fn add_mesh<'a>(paints: &mut Vec<Paint<'a>>, mesh: &Mesh, texture: &'a Texture, clip: Area, pixels_per_point: f32) {
    let vertex = |idx: u32| mesh.vertices.get(idx as usize);
    let mut add = |corners: &[&Vertex], filled: Option<(Fill, Area)>| {
        let Some((fill, area)) = filled else { return };
        let area = area.intersect(clip);
        if !area.is_empty() {
            paints.push(Paint { fill, area, texture, digest: digest(corners, mesh.texture_id, texture) });
        }
    };
    let mut indices = mesh.indices.as_slice();
    while let [a, b, c, rest @ ..] = indices {
        indices = rest;
        let (Some(corner_a), Some(corner_b), Some(corner_c)) = (vertex(*a), vertex(*b), vertex(*c)) else { continue };
        // Glyphs and plain grounds come as the triangles (a, b, c) and (c, b, d).
        if let [c2, b2, d, after @ ..] = rest
            && (c2, b2) == (c, b)
            && let Some(corner_d) = vertex(*d)
            && is_upright([corner_a, corner_b, corner_c, corner_d])
        {
            indices = after;
            add(&[corner_a, corner_d], Fill::rect(corner_a, corner_d, texture, pixels_per_point));
            continue;
        }
        let corners = [corner_a, corner_b, corner_c];
        add(&corners, Fill::triangle(corners, texture, pixels_per_point));
    }
}

/// Do the corners (left top, right top, left bottom, right bottom) make a rectangle along the axes, of one color and
/// with a texture along the axes?
fn is_upright([a, b, c, d]: [&Vertex; 4]) -> bool {
    let is_aligned = |a: egui::Pos2, b: egui::Pos2, c: egui::Pos2, d: egui::Pos2| {
        a.y == b.y && c.y == d.y && a.x == c.x && b.x == d.x
    };
    is_aligned(a.pos, b.pos, c.pos, d.pos)
        && is_aligned(a.uv, b.uv, c.uv, d.uv)
        && a.pos.x < d.pos.x
        && a.pos.y < d.pos.y
        && [b, c, d].iter().all(|corner| corner.color == a.color)
}

#[cfg(test)]
mod tests;
