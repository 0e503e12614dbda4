//! Throughline, a program for comparative reading.
//!
//! Articles come in as bytes and leave as a sourced picture:
//!
//! **bytes → [`Document`](document::Document) → [`Analysis`](analysis::Analysis) → [`Report`](report::Report) → file**
//!
//! 1. [`ingest`] reads bytes of any kind into a document: text that never changes, blocks, a date with its evidence.
//! 2. [`analysis`] compares a [`Corpus`](document::Corpus): phrases that come back, statements and who made them,
//!    shifts from one date to the next.
//! 3. [`project`] holds what the reader decided, each decision a command with its inverse.
//! 4. [`report`] is what a reader gets on paper; [`export`] writes it to a file.
//! 5. [`doctor`] looks at what the computer offers for all this.
//! 6. [`cli`] and `gui` are the two shells over these values.
//!
//! Imports point one way, from the end of this list to its start; `tests/architecture.rs` holds them to it.

pub mod text;

pub mod document;

pub mod codebook;

pub mod ingest;

pub mod analysis;

pub mod project;

pub mod report;

pub mod export;

pub mod doctor;

pub mod cli;

#[cfg(feature = "gui")]
pub mod gui;
