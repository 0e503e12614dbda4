//! A [`Report`](crate::report::Report) as a file.

pub mod json;
