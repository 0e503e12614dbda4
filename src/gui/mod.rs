//! The window: the same values the command line prints, to be read.
//!
//! A view reads a [`Scene`] and asks through [`Action`](action::Action)s; it edits in place only its own part of
//! [`State`](state::State). Nothing slow runs in a frame: reading and analysis are jobs.

pub mod action;
pub mod article;
pub mod briefing;
pub mod changes;
pub mod chip;
mod codebooks;
pub mod column;
pub mod commands;
pub mod compare;
mod computer;
pub mod crash;
pub mod date_card;
pub mod desk;
pub mod dialogs;
mod diff_text;
mod exporting;
mod facts;
mod fit;
mod focus;
pub mod frame;
pub mod help;
pub mod hover;
pub mod icon;
pub mod incoming;
mod inspect;
pub mod jobs;
pub mod keeping;
pub mod library;
pub mod linked;
pub mod marks;
mod menu;
pub mod minimap;
pub mod notice;
pub mod opened;
pub mod page;
pub mod palette;
pub mod path_field;
pub mod perform;
pub mod phrases;
pub mod positions;
mod project_sheets;
mod projects;
pub mod raster;
pub mod raw_file;
pub mod reading;
mod remembered;
mod rereading;
mod review;
mod said;
pub mod search;
pub mod settings;
pub mod sheet;
pub mod shown;
pub mod sidebar;
pub mod snapshot;
pub mod start;
pub mod state;
mod statement;
mod stories;
mod system_fonts;
pub mod table;
pub mod theme;
mod toast;
mod typed_date;
mod widgets;
pub mod window;
pub mod words;
mod worker;

pub use codebooks::Given;
pub use page::{Shot, screenshot};
pub use start::{Ended, Launch, run};

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::analysis::Analysis;
use crate::codebook::Codebook;
use crate::document::{Corpus, DocumentId};
use crate::project::Project;
use crate::project::reviews::Reviewed;
use changes::ChangeList;
use marks::Marks;
use theme::Theme;

/// What every view reads, and none changes.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    pub project: &'a Project,
    /// The project's articles with its decisions, in order of date.
    pub corpus: &'a Corpus,
    /// Of this corpus, or of an earlier state of it while a new one is on its way.
    pub analysis: &'a Analysis,
    /// The reader's reviews and notes, as they lie over this analysis.
    pub reviewed: &'a Reviewed,
    /// The changes of the analysis in the order of their cards.
    pub changes: &'a ChangeList,
    /// The phrases of the analysis, by article.
    pub marks: &'a Marks,
    pub codebook: &'a Codebook,
    pub theme: &'a Theme,
    /// Articles whose words are those of another one that was open before, by that one.
    pub same_text: &'a BTreeMap<DocumentId, DocumentId>,
    /// Counts the states of the corpus, so that layouts know when to start anew.
    pub generation: u64,
    /// Counts the states of the findings, so that lists of them know when to start anew.
    pub revision: u64,
    pub today: Date,
    /// How the reader likes articles to be set.
    pub reading: settings::Reading,
    /// Is it drawn for a page, on which nothing can be clicked?
    pub is_page: bool,
}
