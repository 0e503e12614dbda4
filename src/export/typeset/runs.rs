//! What lies on a laid-out page, with its place: runs of text, and the colors beneath them.
//!
//! One walk over the frames, in the order of painting, which is the order of reading too. Templates say what a text is
//! by `metadata((part: "quote"))` before and `metadata((part: none))` after it (`part` in `lib.typ`); a heading is a
//! headline whoever says so. O(number of items).

use typst::foundations::{Content, Value};
use typst::introspection::{Location, MetadataElem, Tag};
use typst::layout::{Frame, FrameItem, Point, Rect, Transform};
use typst::model::HeadingElem;
use typst::text::TextItem;
use typst::visualize::{Color, Paint};
use typst_layout::Page;

/// What a text is on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Headline,
    Subtitle,
    Quote,
    Label,
    Source,
}

impl Part {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "headline" => Self::Headline,
            "subtitle" => Self::Subtitle,
            "quote" => Self::Quote,
            "label" => Self::Label,
            "source" => Self::Source,
            _ => return None,
        })
    }
}

/// A rectangle in points from the top left corner of the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Area {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Area {
    fn of(rect: Rect, transform: Transform) -> Self {
        let corners = [rect.min, Point::new(rect.max.x, rect.min.y), rect.max, Point::new(rect.min.x, rect.max.y)]
            .map(|corner| corner.transform_inf(transform));
        let xs = corners.map(|corner| corner.x.to_pt());
        let ys = corners.map(|corner| corner.y.to_pt());
        let least = |values: [f64; 4]| values.into_iter().fold(f64::INFINITY, f64::min);
        let most = |values: [f64; 4]| values.into_iter().fold(f64::NEG_INFINITY, f64::max);
        Self { left: least(xs), top: least(ys), right: most(xs), bottom: most(ys) }
    }

    /// How far both reach into each other, across and down; negative where they do not.
    pub fn overlap(&self, other: &Self) -> (f64, f64) {
        (
            self.right.min(other.right) - self.left.max(other.left),
            self.bottom.min(other.bottom) - self.top.max(other.top),
        )
    }

    fn has(&self, (x, y): (f64, f64)) -> bool {
        (self.left..=self.right).contains(&x) && (self.top..=self.bottom).contains(&y)
    }
}

/// A run of text in one font.
pub(super) struct Run<'a> {
    pub item: &'a TextItem,
    /// Around the ink, not the line.
    pub ink: Area,
    /// Where its first glyph stands, on the baseline.
    pub origin: (f64, f64),
    /// From the run's own coordinates to those of the page.
    pub transform: Transform,
    /// `None` where the template does not say.
    pub part: Option<Part>,
    /// The color beneath its middle.
    pub ground: [f32; 3],
    /// `None` where it is not one color.
    pub color: Option<[f32; 3]>,
}

/// All runs of a page, in order of reading.
pub(super) fn runs(page: &Page) -> Vec<Run<'_>> {
    let paper = page.fill_or_white().as_ref().and_then(rgb).unwrap_or([1.0; 3]);
    let mut walk = Walk { paper, ..Walk::default() };
    walk.frame(&page.frame, Transform::identity());
    walk.runs
}

#[derive(Default)]
struct Walk<'a> {
    runs: Vec<Run<'a>>,
    /// Filled shapes so far, the last one on top.
    grounds: Vec<(Area, [f32; 3])>,
    paper: [f32; 3],
    parts: Vec<Option<Part>>,
    headings: Vec<Location>,
}

impl<'a> Walk<'a> {
    fn frame(&mut self, frame: &'a Frame, transform: Transform) {
        for (point, item) in frame.items() {
            let transform = transform.pre_concat(Transform::translate(point.x, point.y));
            match item {
                FrameItem::Group(group) => self.frame(&group.frame, transform.pre_concat(group.transform)),
                FrameItem::Text(text) => self.text(text, transform),
                FrameItem::Shape(shape, _) => {
                    if let Some(color) = shape.fill.as_ref().and_then(rgb) {
                        self.grounds.push((Area::of(shape.bbox(false), transform), color));
                    }
                }
                FrameItem::Tag(Tag::Start(content, _)) => self.start(content),
                FrameItem::Tag(Tag::End(location, ..)) => self.headings.retain(|other| other != location),
                FrameItem::Image(..) | FrameItem::Link(..) => {}
            }
        }
    }

    fn start(&mut self, content: &Content) {
        if content.is::<HeadingElem>() {
            self.headings.extend(content.location());
        }
        let Some(metadata) = content.to_packed::<MetadataElem>() else { return };
        let Value::Dict(dict) = &metadata.value else { return };
        match dict.get("part") {
            Ok(Value::Str(name)) => self.parts.push(Part::named(name)),
            Ok(Value::None) => {
                self.parts.pop();
            }
            _ => {}
        }
    }

    fn text(&mut self, item: &'a TextItem, transform: Transform) {
        if item.text.trim().is_empty() {
            // A space has no ink; it takes part as text alone.
            return self.push(item, transform, None);
        }
        self.push(item, transform, Some(item.bbox()));
    }

    fn push(&mut self, item: &'a TextItem, transform: Transform, bbox: Option<Rect>) {
        let origin = Point::zero().transform_inf(transform);
        let origin = (origin.x.to_pt(), origin.y.to_pt());
        let is_inked = |rect: &Rect| rect.min.x.to_pt().is_finite() && rect.max.x.to_pt().is_finite();
        let ink = bbox
            .filter(is_inked)
            .map_or(Area { left: origin.0, right: origin.0, top: origin.1, bottom: origin.1 }, |rect| {
                Area::of(rect, transform)
            });
        let middle = (f64::midpoint(ink.left, ink.right), f64::midpoint(ink.top, ink.bottom));
        let ground =
            self.grounds.iter().rev().find(|(area, _)| area.has(middle)).map_or(self.paper, |(_, color)| *color);
        let part = if self.headings.is_empty() { self.parts.last().copied().flatten() } else { Some(Part::Headline) };
        self.runs.push(Run { item, ink, origin, transform, part, ground, color: rgb(&item.fill) });
    }
}

/// `None` for what is not one color, and for what lets others through.
fn rgb(paint: &Paint) -> Option<[f32; 3]> {
    let Paint::Solid(color) = paint else { return None };
    let color = Color::to_rgb(color);
    (color.alpha > 0.99).then_some([color.red, color.green, color.blue])
}
