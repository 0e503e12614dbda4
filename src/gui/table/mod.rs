//! What the tables of the views share: heads that sort, rows that are walked with the keyboard, and an order worked out
//! a few milliseconds a frame.
//!
//! A table has very many rows, all of one height; those in sight alone are laid out. One row can be reached with Tab,
//! arrows lead on from there, and each says the whole of itself to a screen reader.

pub mod head;
pub mod sorting;
pub mod walk;

use std::time::Duration;

/// Time a frame may spend on working out what is listed.
pub const SLICE: Duration = Duration::from_millis(2);

/// No more places are copied at once: some two hundred pages.
pub const MAX_COPIED: usize = 1000;
