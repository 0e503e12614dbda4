//! Code pages of RTF: of the whole file (`\ansicpg`) and of a font (`\fcharset`).

use encoding_rs::{self as charsets, Encoding as Charset};

/// The charset of a Windows code page.
pub(super) fn of_code_page(number: i32) -> Option<&'static Charset> {
    Some(match number {
        866 => charsets::IBM866,
        874 => charsets::WINDOWS_874,
        932 => charsets::SHIFT_JIS,
        936 | 54936 => charsets::GBK,
        949 | 1361 => charsets::EUC_KR,
        950 => charsets::BIG5,
        1250 => charsets::WINDOWS_1250,
        1251 => charsets::WINDOWS_1251,
        1252 | 28591 => charsets::WINDOWS_1252,
        1253 => charsets::WINDOWS_1253,
        1254 => charsets::WINDOWS_1254,
        1255 => charsets::WINDOWS_1255,
        1256 => charsets::WINDOWS_1256,
        1257 => charsets::WINDOWS_1257,
        1258 => charsets::WINDOWS_1258,
        10000 => charsets::MACINTOSH,
        10007 => charsets::X_MAC_CYRILLIC,
        20866 => charsets::KOI8_R,
        65001 => charsets::UTF_8,
        _ => return None,
    })
}

/// What a font's charset says of its letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FontCharset {
    /// That of the file.
    Default,
    /// Western letters; careless writers say so of every font.
    Western,
    /// No letters but signs, by their place in the font.
    Signs,
    Other(&'static Charset),
}

/// By the number of `\fcharset`.
pub(super) fn of_font(number: i32) -> FontCharset {
    let code_page = match number {
        0 => return FontCharset::Western,
        2 => return FontCharset::Signs,
        77 => 10000,
        // The Macintosh's own Asian charsets are close to those of Windows.
        78 | 128 => 932,
        79 | 129 | 130 => 949,
        80 | 134 => 936,
        81 | 136 => 950,
        89 => 10007,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178..=180 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return FontCharset::Default,
    };
    of_code_page(code_page).map_or(FontCharset::Default, FontCharset::Other)
}
