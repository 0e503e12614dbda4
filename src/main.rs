//! The program: a window, or a command line.

fn main() {}
