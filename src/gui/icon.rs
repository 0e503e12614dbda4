//! The program's mark for title bars and task switchers: two columns of text, and the line that goes through both.
//!
//! `assets/icon.svg` is the drawing, `assets/icon.png` the same at 256 pixels; both are also what a package installs.

use std::io::Cursor;

const PNG: &[u8] = include_bytes!("../../assets/icon.png");

/// The icon at 256 pixels. Decoding it takes less than a millisecond.
pub fn icon() -> egui::IconData {
    // A test decodes the embedded file, so the default (no icon) never shows.
    decode(PNG).unwrap_or_default()
}

/// Red, green, blue and alpha, eight bits each; `None` for any other PNG.
fn decode(bytes: &[u8]) -> Option<egui::IconData> {
    let mut reader = png::Decoder::new(Cursor::new(bytes)).read_info().ok()?;
    if reader.output_color_type() != (png::ColorType::Rgba, png::BitDepth::Eight) {
        return None;
    }
    let mut rgba = vec![0; reader.output_buffer_size()?];
    let frame = reader.next_frame(&mut rgba).ok()?;
    Some(egui::IconData { rgba, width: frame.width, height: frame.height })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn icon_is_a_square_with_clear_corners() {
        let icon = icon();
        assert_eq!((icon.width, icon.height, icon.rgba.len()), (256, 256, 256 * 256 * 4));
        let alpha = |x: usize, y: usize| icon.rgba[(y * 256 + x) * 4 + 3];
        assert_eq!((alpha(0, 0), alpha(255, 255), alpha(128, 128)), (0, 0, 255));
    }

    #[test]
    fn other_files_are_no_icon() {
        assert!(decode(b"not a picture").is_none());
        assert!(decode(&PNG[..PNG.len() / 2]).is_none());
    }
}
