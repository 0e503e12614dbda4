//! Results as files: each exporter reads one [`Report`](crate::report::Report) and writes bytes; none opens a file.
//!
//! What leaves for another program names the program, the codebook with its hash and how each day is known, marks as
//! *automatic* what no reader looked at, and holds file names without their folders.

mod articles;
mod facts;
pub mod json;
pub mod passim;
pub mod qdpx;
pub mod table;
pub mod text;

/// What of a report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    Statements,
    Shifts,
    Codebook,
    All,
}
