//! Results as files: each exporter reads one [`Report`](crate::report::Report), or
//! [`Briefing`](crate::report::briefing::Briefing)s made of it, and writes bytes; none opens a file.
//!
//! What leaves for another program names the program, the codebook with its hash and how each day is known, marks as
//! *automatic* what no reader looked at, and holds file names without their folders.

mod articles;
pub mod briefs;
pub mod citations;
pub mod faces;
mod facts;
pub mod json;
pub mod pages;
pub mod passim;
pub mod pictures;
pub mod pptx;
pub mod qdpx;
pub mod table;
pub mod text;
pub mod typeset;

/// What of a report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    Statements,
    Shifts,
    Codebook,
    All,
}
