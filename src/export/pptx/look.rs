//! Sizes, colors, fonts and places of a slide of 960 by 540 points, and how much room words take.
//!
//! A font in the file is not used on every machine, so the two are ones that nearly every machine has: a serif for what
//! an article says, a sans for what the program says. Room is estimated a little too large, since another machine may
//! set another font. `O(n)` in characters.

/// Width of a slide in points, as its height: 16 to 9.
pub(super) const SLIDE: (f32, f32) = (960.0, 540.0);

/// White space at the left and right, 4 %.
pub(super) const MARGIN: f32 = 38.0;

/// Between the margins.
pub(super) const WIDTH: f32 = SLIDE.0 - 2.0 * MARGIN;

/// Top of the headline.
pub(super) const TOP: f32 = 28.0;

/// Bottom of sources and method.
pub(super) const BOTTOM: f32 = SLIDE.1 - 20.0;

/// Widths of the column with days and of the gap after it.
pub(super) const DAYS: (f32, f32) = (216.0, 18.0);

/// Sizes of text in points.
pub(super) const HEADLINE: f32 = 34.0;
pub(super) const SUBTITLE: f32 = 20.0;
pub(super) const QUOTE: f32 = 20.0;
pub(super) const LABEL: f32 = 16.0;
pub(super) const SMALL: f32 = 12.0;

/// Height of a line by its size.
pub(super) const LINE: f32 = 1.25;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Face {
    /// What an article says.
    Serif,
    /// What the program says.
    Sans,
}

impl Face {
    pub fn name(self) -> &'static str {
        match self {
            Self::Serif => "Georgia",
            Self::Sans => "Arial",
        }
    }

    /// What a font is to be like that stands in for it: roman or swiss, of variable pitch.
    pub fn pitch_family(self) -> &'static str {
        match self {
            Self::Serif => "18",
            Self::Sans => "34",
        }
    }

    /// Mean width of a Latin letter by its size. Measured on English prose in DejaVu, the widest font that often stands
    /// in: serif 0.52 and 0.57 bold, sans 0.51 and 0.58 bold; a little is added.
    fn advance(self, is_bold: bool) -> f32 {
        let plain = match self {
            Self::Serif => 0.55,
            Self::Sans => 0.53,
        };
        if is_bold { plain * 1.1 } else { plain }
    }
}

/// Colors of a page, which is always light.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Color {
    Ink,
    Ink2,
    Dim,
    Rule,
    Accent,
    Phrase,
}

impl Color {
    /// Six hexadecimal digits.
    pub fn hex(self) -> &'static str {
        match self {
            Self::Ink => "141210",
            Self::Ink2 => "4A453F",
            Self::Dim => "5F5A53",
            Self::Rule => "C9C4B8",
            Self::Accent => "1B5A8C",
            Self::Phrase => "7A2F06",
        }
    }
}

/// A rectangle in points from the upper left corner of the slide.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Area {
    pub x: f32,
    pub y: f32,
    pub width: f32,
    pub height: f32,
}

impl Area {
    pub fn bottom(self) -> f32 {
        self.y + self.height
    }
}

/// Points in the unit of the format, of which 12 700 are a point.
pub(super) fn emu(points: f32) -> String {
    ((f64::from(points) * 12_700.0).round() as i64).to_string()
}

/// Width of a text on one line.
pub(super) fn text_width(text: &str, face: Face, size: f32, is_bold: bool) -> f32 {
    let latin = face.advance(is_bold);
    // East Asian characters are as wide as they are high.
    text.chars().map(|character| if character >= '\u{2e80}' { 1.0 } else { latin }).sum::<f32>() * size
}

/// Lines that a text of this width takes: words do not fill a line to its end.
pub(super) fn n_lines(text_width: f32, width: f32) -> f32 {
    if text_width <= width { 1.0 } else { (text_width * 1.06 / width).ceil() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_is_counted_in_points_and_whole_lines() {
        assert_eq!(emu(960.0), "12192000");
        assert_eq!(emu(0.5), "6350");
        let width = text_width("ten letters", Face::Sans, 10.0, false);
        assert!((width - 58.3).abs() < 0.01, "{width}");
        assert!(text_width("漢字", Face::Sans, 10.0, false) > text_width("ab", Face::Sans, 10.0, true));
        for (given, expected) in [(0.0, 1.0), (100.0, 1.0), (101.0, 2.0), (190.0, 3.0)] {
            assert_eq!(n_lines(given, 100.0), expected, "{given}");
        }
    }
}
