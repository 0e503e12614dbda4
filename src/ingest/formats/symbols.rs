//! Letters of the font Symbol, which word processors store by their place in that font, as Unicode.

/// From 0x20 on; `\0` where there is no letter. Adobe's encoding of the font Symbol, as Unicode publishes it.
const SYMBOL: &str = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_\0αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼";

/// As [`SYMBOL`], from 0xA1 on.
const SYMBOL_HIGH: &str = "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…\0\0↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑";

/// The character that `code` shows in `font`; `None` for ornaments and what is unknown.
pub(super) fn character(font: &str, code: u32) -> Option<char> {
    // Word moves the letters of such fonts into the private area.
    let is_private = (0xf000..=0xf0ff).contains(&code);
    let code = if is_private { code - 0xf000 } else { code };
    let is_symbol = font.eq_ignore_ascii_case("symbol");
    if is_symbol && code < 0x100 {
        let (letters, start) = if code > 0xa0 { (SYMBOL_HIGH, 0xa1) } else { (SYMBOL, 0x20) };
        let place = usize::try_from(code.checked_sub(start)?).ok()?;
        return letters.chars().nth(place).filter(|&character| character != '\0');
    }
    if is_private {
        return None;
    }
    char::from_u32(code).filter(|character| !character.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_the_font_become_letters() {
        let cases = [
            ("Symbol", 0xf061, Some('α')),
            ("Symbol", 0x57, Some('Ω')),
            ("Symbol", 0xf0b7, Some('•')),
            ("Symbol", 0xf0a3, Some('≤')),
            ("Symbol", 0xe5, Some('∑')),
            ("Symbol", 0xf0ff, None),
            ("Wingdings", 0xf04a, None),
            ("Arial", 0x2014, Some('—')),
        ];
        for (font, code, expected) in cases {
            assert_eq!(character(font, code), expected, "{font} {code:x}");
        }
    }
}
