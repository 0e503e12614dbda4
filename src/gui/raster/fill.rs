//! Coverage and blending: which pixels a rectangle or triangle covers, and what it does to them.
//!
//! A pixel is covered when its center is inside, or on an edge that is a top or a left one. Along a row the covered
//! pixels are one span, whose ends follow from each edge function by one integer division.

use egui::epaint::Vertex;

use super::texture::Texture;

/// Steps a pixel is divided into, as on graphics hardware.
const STEPS: i64 = 256;

/// Positions further out are pulled in, so that products of two differences stay within 64 bits.
const FARTHEST_PIXELS: f32 = 2_000_000.0;

/// A rectangle of whole pixels, half-open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Area {
    pub left: i64,
    pub top: i64,
    pub right: i64,
    pub bottom: i64,
}

impl Area {
    pub fn intersect(self, other: Self) -> Self {
        Self {
            left: self.left.max(other.left),
            top: self.top.max(other.top),
            right: self.right.min(other.right),
            bottom: self.bottom.min(other.bottom),
        }
    }

    pub fn is_empty(self) -> bool {
        self.left >= self.right || self.top >= self.bottom
    }
}

/// Some rows of the picture.
pub(super) struct Band<'a> {
    pub rows: &'a mut [[u8; 4]],
    pub width: usize,
    /// The first of them.
    pub top: i64,
}

/// Something to be painted on the pixels of `area`.
pub(super) struct Paint<'a> {
    pub fill: Fill,
    pub area: Area,
    pub texture: &'a Texture,
    /// Of everything its pixels depend on.
    pub digest: u64,
}

/// What is painted. Colors are premultiplied, 0.0..=255.0.
#[derive(Clone, Debug)]
pub(super) enum Fill {
    /// One color on all pixels of the area.
    Plain([u8; 4]),
    /// Texels that fall on pixels one to one, as glyphs do: pixel (x, y) shows texel (x + dx, y + dy).
    Copy {
        tint: [u8; 4],
        dx: i32,
        dy: i32,
    },
    /// A stretched texture.
    Stretch {
        tint: [u8; 4],
        x: Slope,
        y: Slope,
    },
    Triangle(Box<Triangle>),
}

/// A value that changes evenly with the pixel: `start + step × (pixel + 0.5)`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slope {
    start: f32,
    step: f32,
}

impl Slope {
    /// Runs from `texels.0` at `pixels.0` to `texels.1` at `pixels.1`.
    fn between(pixels: (f32, f32), texels: (f32, f32)) -> Self {
        let step = (texels.1 - texels.0) / (pixels.1 - pixels.0);
        Self { start: texels.0 - step * pixels.0, step }
    }

    fn at(self, pixel: i64) -> f32 {
        self.start + self.step * (pixel as f32 + 0.5)
    }

    /// How many texels further on a pixel's own texel is, where each pixel between `from` and `to` meets the center of one.
    fn shift(self, from: i64, to: i64) -> Option<i32> {
        // A sixty-fourth of a texel is a quarter of what eight bits of color can show at the sharpest edge.
        const TOLERANCE: f32 = 1.0 / 64.0;
        let [first, last] = [from, to - 1].map(|pixel| self.at(pixel) - (pixel as f32 + 0.5));
        let shift = first.round();
        ((first - shift).abs() < TOLERANCE && (last - shift).abs() < TOLERANCE).then_some(shift as i32)
    }
}

/// A triangle whose corners run clockwise.
#[derive(Clone, Debug)]
pub(super) struct Triangle {
    edges: [Edge; 3],
    shade: Shade,
}

/// One side of a triangle: `dx × (y − from.y) − dy × (x − from.x) ≥ least` holds for the centers of covered pixels.
#[derive(Clone, Copy, Debug)]
struct Edge {
    from: [i64; 2],
    dx: i64,
    dy: i64,
    /// 0 where a center on the edge is covered, 1 where it belongs to the neighbor.
    least: i64,
}

#[derive(Clone, Copy, Debug)]
enum Shade {
    Plain([u8; 4]),
    /// Red, green, blue, alpha.
    Colors([Plane; 4], [u8; 4]),
    /// The same, and a place on the texture.
    Textured([Plane; 4], [Plane; 2]),
}

/// A value that changes evenly over the picture: `value` at the place `at`, and `x`, `y` more a pixel to the right and
/// downwards.
#[derive(Clone, Copy, Debug)]
struct Plane {
    at: [f32; 2],
    value: f32,
    x: f32,
    y: f32,
}

impl Plane {
    fn at(&self, x: i64, y: i64) -> f32 {
        self.value + self.x * (x as f32 + 0.5 - self.at[0]) + self.y * (y as f32 + 0.5 - self.at[1])
    }
}

fn fixed(points: f32, pixels_per_point: f32) -> i64 {
    ((points * pixels_per_point).clamp(-FARTHEST_PIXELS, FARTHEST_PIXELS) * STEPS as f32).round() as i64
}

fn pixels(fixed: i64) -> f32 {
    fixed as f32 / STEPS as f32
}

/// The first pixel whose center is at or after `fixed`.
fn first_pixel(fixed: i64) -> i64 {
    (fixed - STEPS / 2 + STEPS - 1).div_euclid(STEPS)
}

/// The last pixel whose center is at or before `fixed`.
fn last_pixel(fixed: i64) -> i64 {
    (fixed - STEPS / 2).div_euclid(STEPS)
}

impl Fill {
    /// A rectangle from its left top to its right bottom corner, `None` where it covers no pixel.
    pub fn rect(min: &Vertex, max: &Vertex, texture: &Texture, pixels_per_point: f32) -> Option<(Self, Area)> {
        let [left, top] = [min.pos.x, min.pos.y].map(|at| fixed(at, pixels_per_point));
        let [right, bottom] = [max.pos.x, max.pos.y].map(|at| fixed(at, pixels_per_point));
        let area = Area {
            left: first_pixel(left),
            top: first_pixel(top),
            right: first_pixel(right),
            bottom: first_pixel(bottom),
        };
        if area.is_empty() {
            return None;
        }
        let tint = min.color.to_array();
        let (from, to) = (texture.place(min.uv), texture.place(max.uv));
        if from == to {
            return Some((Self::Plain(times(tint, texture.sample(from[0], from[1]))), area));
        }
        let x = Slope::between((pixels(left), pixels(right)), (from[0], to[0]));
        let y = Slope::between((pixels(top), pixels(bottom)), (from[1], to[1]));
        let fill = match (x.shift(area.left, area.right), y.shift(area.top, area.bottom)) {
            (Some(dx), Some(dy)) => Self::Copy { tint, dx, dy },
            _ => Self::Stretch { tint, x, y },
        };
        Some((fill, area))
    }

    /// A triangle with its corners in any order, `None` where it covers no pixel.
    pub fn triangle(corners: [&Vertex; 3], texture: &Texture, pixels_per_point: f32) -> Option<(Self, Area)> {
        let mut corners = corners;
        let place = |corner: &Vertex| [corner.pos.x, corner.pos.y].map(|at| fixed(at, pixels_per_point));
        let twice_area = |[a, b, c]: [[i64; 2]; 3]| (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
        if twice_area(corners.map(place)) < 0 {
            corners.swap(1, 2);
        }
        let places = corners.map(place);
        if twice_area(places) == 0 {
            return None;
        }
        let [xs, ys] = [0, 1].map(|axis| places.map(|place| place[axis]));
        let low = |values: [i64; 3]| values[0].min(values[1]).min(values[2]);
        let high = |values: [i64; 3]| values[0].max(values[1]).max(values[2]);
        let area = Area {
            left: first_pixel(low(xs)),
            top: first_pixel(low(ys)),
            right: last_pixel(high(xs)) + 1,
            bottom: last_pixel(high(ys)) + 1,
        };
        if area.is_empty() {
            return None;
        }
        let [a, b, c] = places;
        let edges = [Edge::new(a, b), Edge::new(b, c), Edge::new(c, a)];
        Some((Self::Triangle(Box::new(Triangle { edges, shade: Shade::of(corners, places, texture) })), area))
    }
}

impl Edge {
    fn new(from: [i64; 2], to: [i64; 2]) -> Self {
        let (dx, dy) = (to[0] - from[0], to[1] - from[1]);
        // Clockwise with y downwards: a left edge runs up, a top edge runs right.
        let is_top_or_left = dy < 0 || (dy == 0 && dx > 0);
        Self { from, dx, dy, least: i64::from(!is_top_or_left) }
    }

    /// Narrows the span of row `y` to its pixels on the inner side of the edge.
    fn narrow(&self, y: i64, span: &mut (i64, i64)) {
        let half = STEPS / 2;
        let inside = self.dx * (y * STEPS + half - self.from[1]) - self.dy * (half - self.from[0]) - self.least;
        // `inside - dy × STEPS × x ≥ 0`
        let step = self.dy * STEPS;
        if step < 0 {
            span.0 = span.0.max(-inside.div_euclid(-step));
        } else if step > 0 {
            span.1 = span.1.min(inside.div_euclid(step) + 1);
        } else if inside < 0 {
            span.1 = span.0;
        }
    }
}

impl Shade {
    fn of(corners: [&Vertex; 3], places: [[i64; 2]; 3], texture: &Texture) -> Self {
        let colors = corners.map(|corner| corner.color.to_array());
        let texels = corners.map(|corner| texture.place(corner.uv));
        let is_plain = colors[1] == colors[0] && colors[2] == colors[0];
        let has_one_texel = texels[1] == texels[0] && texels[2] == texels[0];
        let texel = texture.sample(texels[0][0], texels[0][1]);
        if is_plain && has_one_texel {
            return Self::Plain(times(colors[0], texel));
        }
        let plane = |values: [f32; 3]| plane(places, values);
        let channels = std::array::from_fn(|channel| plane(colors.map(|color| f32::from(color[channel]))));
        if has_one_texel {
            return Self::Colors(channels, texel);
        }
        Self::Textured(channels, std::array::from_fn(|axis| plane(texels.map(|texel| texel[axis]))))
    }

    fn at(&self, x: i64, y: i64, texture: &Texture) -> [u8; 4] {
        let (channels, texel) = match self {
            Self::Plain(color) => return *color,
            Self::Colors(channels, texel) => (channels, *texel),
            Self::Textured(channels, [u, v]) => (channels, texture.sample(u.at(x, y), v.at(x, y))),
        };
        std::array::from_fn(|channel| {
            let value = channels[channel].at(x, y) * f32::from(texel[channel]) / 255.0;
            // The cast clamps to 0 and 255.
            (value + 0.5) as u8
        })
    }
}

fn plane(places: [[i64; 2]; 3], [a, b, c]: [f32; 3]) -> Plane {
    let [from, to_b, to_c] = places;
    let difference = |to: [i64; 2]| [0, 1].map(|axis| (to[axis] - from[axis]) as f64 / STEPS as f64);
    let ([bx, by], [cx, cy]) = (difference(to_b), difference(to_c));
    let twice_area = bx * cy - by * cx;
    let (b, c) = (f64::from(b - a), f64::from(c - a));
    Plane {
        at: from.map(pixels),
        value: a,
        x: ((b * cy - c * by) / twice_area) as f32,
        y: ((c * bx - b * cx) / twice_area) as f32,
    }
}

impl Paint<'_> {
    /// Paints the rows that lie in the band.
    pub fn fill(&self, band: &mut Band<'_>) {
        let bottom = band.top + (band.rows.len() / band.width) as i64;
        for y in self.area.top.max(band.top)..self.area.bottom.min(bottom) {
            let start = (y - band.top) as usize * band.width;
            let row = &mut band.rows[start..start + band.width];
            self.fill_row(row, y);
        }
    }

    fn fill_row(&self, row: &mut [[u8; 4]], y: i64) {
        let mut span = (self.area.left, self.area.right);
        if let Fill::Triangle(triangle) = &self.fill {
            for edge in &triangle.edges {
                edge.narrow(y, &mut span);
            }
        }
        if span.0 >= span.1 {
            return;
        }
        let pixels = &mut row[span.0 as usize..span.1 as usize];
        match &self.fill {
            Fill::Plain(color) => blend_plain(pixels, *color),
            Fill::Copy { tint, dx, dy } => self.copy_row(pixels, span.0, y, *tint, (*dx, *dy)),
            Fill::Stretch { tint, x: column, y: line } => {
                let line = line.at(y);
                for (pixel, x) in pixels.iter_mut().zip(span.0..) {
                    blend(pixel, times(*tint, self.texture.sample(column.at(x), line)));
                }
            }
            Fill::Triangle(triangle) => match triangle.shade {
                Shade::Plain(color) => blend_plain(pixels, color),
                shade => {
                    for (pixel, x) in pixels.iter_mut().zip(span.0..) {
                        blend(pixel, shade.at(x, y, self.texture));
                    }
                }
            },
        }
    }

    fn copy_row(&self, pixels: &mut [[u8; 4]], x: i64, y: i64, tint: [u8; 4], (dx, dy): (i32, i32)) {
        let (column, line) = (x as i32 + dx, y as i32 + dy);
        for (pixel, column) in pixels.iter_mut().zip(column..) {
            let texel = self.texture.texel(column, line);
            // Most of a glyph's box is empty.
            if texel != [0; 4] {
                blend(pixel, times(tint, texel));
            }
        }
    }
}

fn blend_plain(pixels: &mut [[u8; 4]], color: [u8; 4]) {
    match color {
        [.., 255] => pixels.fill(color),
        [0, 0, 0, 0] => {}
        _ => pixels.iter_mut().for_each(|pixel| blend(pixel, color)),
    }
}

/// `source + target × (1 − alpha of source)`, the only blending egui knows.
fn blend(target: &mut [u8; 4], source: [u8; 4]) {
    let rest = 255 - u32::from(source[3]);
    for (target, source) in target.iter_mut().zip(source) {
        *target = source.saturating_add(over_255(u32::from(*target) * rest));
    }
}

/// The product of two colors, channel by channel.
fn times(left: [u8; 4], right: [u8; 4]) -> [u8; 4] {
    if right == [255; 4] {
        return left;
    }
    std::array::from_fn(|channel| over_255(u32::from(left[channel]) * u32::from(right[channel])))
}

/// `product / 255`, rounded; exact for all products of two bytes.
fn over_255(product: u32) -> u8 {
    let product = product + 128;
    ((product + (product >> 8)) >> 8) as u8
}
