//! What the table of places remembers: its order, its filters.

use serde::{Deserialize, Serialize};

/// What the places are sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum PlaceOrder {
    #[default]
    Phrase,
    Date,
    Outlet,
    /// The words of the place and what follows them.
    Words,
    /// How the place relates to its family.
    Relation,
    Speaker,
    /// Quoted, reported, headline.
    Setting,
}

impl PlaceOrder {
    /// The word over the column.
    pub fn name(self) -> &'static str {
        match self {
            Self::Phrase => "Phrase",
            Self::Date => "Date",
            Self::Outlet => "Outlet",
            Self::Words => "Words in context",
            Self::Relation => "Relation",
            Self::Speaker => "Speaker",
            Self::Setting => "How",
        }
    }

    /// How the table begins.
    pub fn words(self, is_turned: bool) -> &'static str {
        match (self, is_turned) {
            (Self::Date, false) => "earliest first",
            (Self::Date, true) => "latest first",
            (Self::Relation, false) => "word for word first",
            (Self::Relation, true) => "alias first",
            (Self::Setting, false) => "quoted first",
            (Self::Setting, true) => "text first",
            (_, false) => "A to Z",
            (_, true) => "Z to A",
        }
    }
}

/// Whose words are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum PlaceVoices {
    #[default]
    All,
    /// Words that no speaker is known of: headlines, and what articles say themselves.
    Nobody,
    Speaker(String),
}

/// Order and filters of the table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PlaceSettings {
    pub order: PlaceOrder,
    /// Is the order the other way round?
    pub is_turned: bool,
    pub voices: PlaceVoices,
    pub outlet: Option<String>,
    pub year: Option<i16>,
}

impl PlaceSettings {
    /// A click on the head of a column: the same again turns the order.
    pub fn sort(&mut self, by: PlaceOrder) {
        self.is_turned = self.order == by && !self.is_turned;
        self.order = by;
    }

    /// How many filters leave something out.
    pub fn n_filters(&self) -> usize {
        usize::from(self.voices != PlaceVoices::All)
            + usize::from(self.outlet.is_some())
            + usize::from(self.year.is_some())
    }

    /// "  ·  Ana Lund  ·  2019"; empty where nothing is left out.
    pub fn filters_in_words(&self) -> String {
        let voices = match &self.voices {
            PlaceVoices::All => None,
            PlaceVoices::Nobody => Some("no speaker".to_owned()),
            PlaceVoices::Speaker(name) => Some(name.clone()),
        };
        let year = self.year.map(|year| year.to_string());
        voices.into_iter().chain(self.outlet.clone()).chain(year).map(|words| format!("  ·  {words}")).collect()
    }

    pub fn reset(&mut self) {
        *self = Self { order: self.order, is_turned: self.is_turned, ..Self::default() };
    }
}
