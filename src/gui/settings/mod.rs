//! What the reader likes the window to look like: kept for the reader, not for a project.
//!
//! One struct with defaults, kept as JSON whose every field may be missing, so that an older program reads a newer one's
//! file as far as it goes. [`kept`] reads it at the start and writes it a moment after a change, on a thread of its own;
//! [`applied`] puts it into egui, [`card`] is where it is changed. Pictures are drawn with the defaults.

pub mod applied;
pub mod card;
pub mod kept;

use serde::{Deserialize, Serialize};

/// How the window looks.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    pub appearance: Appearance,
    /// Are ink, rules and borders as strong as they can be?
    pub is_high_contrast: bool,
    /// Does nothing move: no scrolling over time, no blinking caret?
    pub is_still: bool,
    /// The size of everything, see [`Settings::ZOOM`].
    pub zoom: f32,
    pub reading: Reading,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            appearance: Appearance::default(),
            is_high_contrast: false,
            is_still: true,
            zoom: 1.0,
            reading: Reading::default(),
        }
    }
}

impl Settings {
    /// The smallest and the largest size of everything.
    pub const ZOOM: (f32, f32) = (0.5, 3.0);

    /// As JSON.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// Reads what [`to_json`](Self::to_json) wrote; `None` where it can't be read. Sizes out of bounds are brought back.
    pub fn of_json(json: &str) -> Option<Self> {
        let mut settings: Self = serde_json::from_str(json).ok()?;
        settings.zoom = within(settings.zoom, Self::ZOOM);
        settings.reading.text_size = within(settings.reading.text_size, Reading::TEXT_SIZE);
        Some(settings)
    }

    /// Makes everything larger or smaller by tenths.
    pub fn zoom_by(&mut self, tenths: f32) {
        self.zoom = within(((self.zoom * 10.0).round() + tenths) / 10.0, Self::ZOOM);
    }
}

/// The palette.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Appearance {
    /// As the system has it; light where the system does not say.
    #[default]
    System,
    Light,
    Dark,
}

/// How articles are set.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Reading {
    /// The size of the words as a share of the normal one, see [`Reading::TEXT_SIZE`].
    pub text_size: f32,
    pub face: Face,
    pub measure: Measure,
    pub line_height: LineHeight,
}

impl Default for Reading {
    fn default() -> Self {
        Self { text_size: 1.0, face: Face::default(), measure: Measure::default(), line_height: LineHeight::default() }
    }
}

impl Reading {
    /// The smallest and the largest size of the words.
    pub const TEXT_SIZE: (f32, f32) = (0.8, 2.0);
    /// The words change by this share at a time.
    const STEP: f32 = 0.1;

    /// Makes the words larger or smaller by steps.
    pub fn resize(&mut self, steps: f32) {
        let n_steps = (self.text_size / Self::STEP).round() + steps;
        self.text_size = within(n_steps * Self::STEP, Self::TEXT_SIZE);
    }

    /// A type size and its line height in points as the reader wants them, from the normal ones.
    pub fn scaled(&self, (size, line): (f32, f32)) -> (f32, f32) {
        (size * self.text_size, (line * self.text_size * self.line_height.share()).round())
    }

    /// The least width of a column in points.
    pub fn least_column(&self) -> f32 {
        self.measure.least_column()
    }
}

/// The letters of articles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Face {
    #[default]
    Serif,
    Sans,
}

/// How wide a column is at least.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Measure {
    Narrow,
    #[default]
    Normal,
    Wide,
}

impl Measure {
    /// In points, at the normal size of words.
    pub fn least_column(self) -> f32 {
        use super::theme::space;
        match self {
            Self::Narrow => space::NARROW_COLUMN,
            Self::Normal => space::COLUMN,
            Self::Wide => space::WIDE_COLUMN,
        }
    }
}

/// How far lines stand apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum LineHeight {
    Tight,
    #[default]
    Normal,
    Loose,
}

impl LineHeight {
    /// As a share of the normal line height, which is 1.54 times the size of the words.
    fn share(self) -> f32 {
        match self {
            Self::Tight => 0.88,
            Self::Normal => 1.0,
            Self::Loose => 1.14,
        }
    }
}

/// A figure within bounds; what is no number is the normal one.
fn within(value: f32, (least, most): (f32, f32)) -> f32 {
    if value.is_finite() { value.clamp(least, most) } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_come_back_as_they_were() {
        let reading =
            Reading { text_size: 1.3, face: Face::Sans, measure: Measure::Wide, line_height: LineHeight::Loose };
        let settings =
            Settings { appearance: Appearance::Dark, is_high_contrast: true, is_still: false, zoom: 1.5, reading };
        assert_eq!(Settings::of_json(&settings.to_json()), Some(settings));
    }

    #[test]
    fn what_is_missing_is_as_usual_and_what_is_unknown_is_passed_over() {
        let json = "{\"zoom\":2,\"perfume\":[1],\"reading\":{\"face\":\"Sans\",\"ink\":3}}";
        let reading = Reading { face: Face::Sans, ..Reading::default() };
        assert_eq!(Settings::of_json(json), Some(Settings { zoom: 2.0, reading, ..Settings::default() }));
        assert_eq!(Settings::of_json("{}"), Some(Settings::default()));
        for broken in ["", "{", "3", "null", "{\"appearance\":\"Purple\"}"] {
            assert_eq!(Settings::of_json(broken), None, "{broken}");
        }
    }

    #[test]
    fn sizes_stay_within_their_bounds() {
        let json = "{\"zoom\":90,\"reading\":{\"text_size\":-4}}";
        let settings = Settings::of_json(json).unwrap();
        assert_eq!((settings.zoom, settings.reading.text_size), (3.0, 0.8));
        let mut reading = Reading::default();
        for _ in 0..40 {
            reading.resize(1.0);
        }
        assert_eq!(reading.text_size, 2.0);
        reading.resize(-1.0);
        assert!((reading.text_size - 1.9).abs() < 1e-6);
        let mut settings = Settings::default();
        for _ in 0..40 {
            settings.zoom_by(-1.0);
        }
        assert_eq!(settings.zoom, 0.5);
    }

    #[test]
    fn larger_words_have_wider_lines() {
        let reading = Reading { text_size: 2.0, line_height: LineHeight::Loose, ..Reading::default() };
        assert_eq!(reading.scaled((14.0, 22.0)), (28.0, 50.0));
        assert_eq!(Reading::default().scaled((14.25, 22.0)), (14.25, 22.0));
    }
}
