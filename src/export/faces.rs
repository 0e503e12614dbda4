//! The shipped faces, embedded once: the window and the typeset pages use the same ones.

pub const SERIF: &[u8] = include_bytes!("../../assets/fonts/SourceSerif4-Regular.ttf");
pub const SERIF_ITALIC: &[u8] = include_bytes!("../../assets/fonts/SourceSerif4-It.ttf");
pub const SERIF_BOLD: &[u8] = include_bytes!("../../assets/fonts/SourceSerif4-Semibold.ttf");
pub const SERIF_DISPLAY: &[u8] = include_bytes!("../../assets/fonts/SourceSerif4Display-Semibold.ttf");
pub const SANS: &[u8] = include_bytes!("../../assets/fonts/Inter-Regular.ttf");
pub const SANS_MEDIUM: &[u8] = include_bytes!("../../assets/fonts/Inter-Medium.ttf");
pub const SANS_BOLD: &[u8] = include_bytes!("../../assets/fonts/Inter-SemiBold.ttf");

/// All of them.
pub const ALL: [&[u8]; 7] = [SERIF, SERIF_ITALIC, SERIF_BOLD, SERIF_DISPLAY, SANS, SANS_MEDIUM, SANS_BOLD];
