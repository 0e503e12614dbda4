//! Promise: what is carried from one article into another is found, changed or not, and little else.
#[path = "support/prose/mod.rs"]
mod prose;
