//! Results as files: each exporter reads one [`Report`](crate::report::Report) and writes bytes; none opens a file.

pub mod json;
pub mod passim;
pub mod text;
