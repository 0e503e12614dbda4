//! The process around the parsers.
