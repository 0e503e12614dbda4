//! The palettes: light and dark, each in normal and in high contrast. One table of tokens; views know no other.
//!
//! In normal contrast all text stands at 4.5 or more against each ground it is used on; in high contrast at 7 or more, with
//! black or white paper, borders as strong as text, and a wider ring around what has the keyboard. The tints of pins can be
//! told apart, and from paper, by four kinds of sight. `tests` holds all of it.

use egui::Color32;

use super::{Contrast, Mode, Pin, Theme};

/// A color that lets two fifths of its ground through.
const fn veil(hex: u32) -> Color32 {
    const fn share(channel: u32) -> u8 {
        (channel % 256 * 3 / 5) as u8
    }
    Color32::from_rgba_premultiplied(share(hex >> 16), share(hex >> 8), share(hex), 153)
}

const fn rgb(hex: u32) -> Color32 {
    Color32::from_rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

const fn pin(tint: u32, faded: u32, underline: u32) -> Pin {
    Pin { tint: rgb(tint), faded: rgb(faded), underline: rgb(underline) }
}

impl Theme {
    pub const LIGHT: Self = Self {
        mode: Mode::Light,
        contrast: Contrast::Normal,
        paper: rgb(0xFCFBF8),
        chrome: rgb(0xF3F1EB),
        raise: rgb(0xFFFFFF),
        rule: rgb(0xDEDAD0),
        shade: rgb(0xDEDAD0),
        rule2: rgb(0xC9C4B8),
        ink: rgb(0x191613),
        ink2: rgb(0x55504A),
        dim: rgb(0x6F6961),
        accent: rgb(0x1B5A8C),
        on_accent: rgb(0xFFFFFF),
        sel: rgb(0xE6EEF5),
        selection: veil(0x8FBBE8),
        shared: [rgb(0xE4EDF4), rgb(0xCDDFEC), rgb(0xB3CFE3)],
        shared_line: rgb(0x1B5A8C),
        pins: [
            pin(0xF48850, 0xFBDCCA, 0x7A2F06),
            pin(0xC4F4B0, 0xEAF8E3, 0x2F7A1E),
            pin(0xE8C4F8, 0xF6EAFA, 0x7A3FA0),
            pin(0x94ACA4, 0xDCE3DF, 0x33493F),
        ],
        shadow: Color32::from_black_alpha(26),
        ring: 2.0,
        resting: 0.68,
    };

    pub const DARK: Self = Self {
        mode: Mode::Dark,
        contrast: Contrast::Normal,
        paper: rgb(0x191A1C),
        chrome: rgb(0x121315),
        raise: rgb(0x222427),
        rule: rgb(0x303236),
        shade: rgb(0x303236),
        rule2: rgb(0x44474C),
        ink: rgb(0xE8E4DC),
        ink2: rgb(0xB4AFA6),
        dim: rgb(0x9A958D),
        accent: rgb(0x86B7E2),
        on_accent: rgb(0x14161A),
        sel: rgb(0x20303D),
        selection: veil(0x2B5F96),
        shared: [rgb(0x22323F), rgb(0x294258), rgb(0x325474)],
        shared_line: rgb(0x86B7E2),
        pins: [
            pin(0x6C4C14, 0x2E271B, 0xE9B45C),
            pin(0x364B3D, 0x20272A, 0x93C9A6),
            pin(0x462C58, 0x251F2B, 0xC9A6E8),
            pin(0x695F70, 0x2C2A30, 0xC9C0D0),
        ],
        shadow: Color32::from_black_alpha(110),
        ring: 2.0,
        resting: 0.68,
    };

    pub const HIGH_LIGHT: Self = Self {
        mode: Mode::Light,
        contrast: Contrast::High,
        paper: rgb(0xFFFFFF),
        chrome: rgb(0xF2F2EF),
        raise: rgb(0xFFFFFF),
        rule: rgb(0x6B6862),
        shade: rgb(0xCFCCC4),
        rule2: rgb(0x3D3A36),
        ink: rgb(0x000000),
        ink2: rgb(0x2B2926),
        dim: rgb(0x3D3A36),
        accent: rgb(0x00376B),
        on_accent: rgb(0xFFFFFF),
        sel: rgb(0xD3E5F7),
        selection: veil(0x9CC6F2),
        shared: [rgb(0xE4EDF4), rgb(0xCDDFEC), rgb(0xB3CFE3)],
        shared_line: rgb(0x00376B),
        pins: [
            pin(0xF48850, 0xFBDCCA, 0x4A1C00),
            pin(0xC4F4B0, 0xEAF8E3, 0x0F4A00),
            pin(0xE8C4F8, 0xF6EAFA, 0x4A1673),
            pin(0x94ACA4, 0xDCE3DF, 0x14261D),
        ],
        shadow: Color32::from_black_alpha(26),
        ring: 3.0,
        resting: 0.72,
    };

    pub const HIGH_DARK: Self = Self {
        mode: Mode::Dark,
        contrast: Contrast::High,
        paper: rgb(0x000000),
        chrome: rgb(0x0A0A0B),
        raise: rgb(0x141516),
        rule: rgb(0x8F8B84),
        shade: rgb(0x3F3E3B),
        rule2: rgb(0xCBC6BD),
        ink: rgb(0xFFFFFF),
        ink2: rgb(0xE4E0D8),
        dim: rgb(0xCBC6BD),
        accent: rgb(0xA9D2F7),
        on_accent: rgb(0x000000),
        sel: rgb(0x0F3350),
        selection: veil(0x1C4F88),
        shared: [rgb(0x16293A), rgb(0x1D3A55), rgb(0x244B70)],
        shared_line: rgb(0xA9D2F7),
        pins: [
            pin(0x744C18, 0x2E2410, 0xFFD28A),
            pin(0x2B4130, 0x12241A, 0xA8E8BC),
            pin(0x451E55, 0x221630, 0xDDBDFF),
            pin(0x585661, 0x28252C, 0xE6DFEE),
        ],
        shadow: Color32::from_black_alpha(110),
        ring: 3.0,
        resting: 0.72,
    };
}
