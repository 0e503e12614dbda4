//! Dates as places on an axis that folds empty years: pure geometry, no colour, no pixel.

use jiff::civil::Date;

/// A stretch of the axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Segment {
    pub from: Date,
    pub to: Date,
    /// Place on the axis, 0.0..=1.0.
    pub start: f32,
    pub end: f32,
    pub is_folded: bool,
}

/// A mapping from days to 0.0..=1.0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Timeline {
    pub segments: Vec<Segment>,
}
