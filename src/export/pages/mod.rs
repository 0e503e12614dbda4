//! Briefings as text: the report for a browser and for a text editor, and the data behind it for a spreadsheet and for
//! another program.
//!
//! Each exporter takes a list of [`Briefing`](crate::report::briefing::Briefing)s, in the order in which they are to be
//! read, and gives the bytes of one file. They say the same: what is quoted, by whom, when and how surely, and what is
//! *automatic*. None looks at a clock or a file. `O(n)` in what is written.

mod csv;
mod html;
mod json;
mod markdown;
pub(in crate::export) mod words;

pub use csv::csv;
pub use html::html;
pub use json::json;
pub(in crate::export) use markdown::escaped as markdown_escaped;
pub use markdown::markdown;
