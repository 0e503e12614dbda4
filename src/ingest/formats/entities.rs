//! Names of characters in XHTML 1.0 (W3C, 2002), for books and other XML that uses them without their definition.

/// The letters of Latin-1 from U+00A0 on, in their order.
const LATIN_1: &str = "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn \
    sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml \
    Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times \
    Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute \
    ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml \
    yacute thorn yuml";

/// Capital Greek letters from U+0391 on; the sign for none stands at the gap.
const GREEK: &str = "Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi Omicron Pi Rho - Sigma Tau \
    Upsilon Phi Chi Psi Omega";

/// All others that texts use.
const OTHERS: &[(&str, char)] = &[
    ("lt", '<'),
    ("gt", '>'),
    ("amp", '&'),
    ("quot", '"'),
    ("apos", '\''),
    ("OElig", 'Œ'),
    ("oelig", 'œ'),
    ("Scaron", 'Š'),
    ("scaron", 'š'),
    ("Yuml", 'Ÿ'),
    ("fnof", 'ƒ'),
    ("circ", 'ˆ'),
    ("tilde", '˜'),
    ("sigmaf", 'ς'),
    ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'),
    ("thinsp", '\u{2009}'),
    ("zwnj", '\u{200c}'),
    ("zwj", '\u{200d}'),
    ("lrm", '\u{200e}'),
    ("rlm", '\u{200f}'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bdquo", '„'),
    ("dagger", '†'),
    ("Dagger", '‡'),
    ("bull", '•'),
    ("hellip", '…'),
    ("permil", '‰'),
    ("prime", '′'),
    ("Prime", '″'),
    ("lsaquo", '‹'),
    ("rsaquo", '›'),
    ("euro", '€'),
    ("trade", '™'),
    ("larr", '←'),
    ("uarr", '↑'),
    ("rarr", '→'),
    ("darr", '↓'),
    ("harr", '↔'),
    ("minus", '−'),
    ("infin", '∞'),
    ("asymp", '≈'),
    ("ne", '≠'),
    ("le", '≤'),
    ("ge", '≥'),
    ("sum", '∑'),
    ("radic", '√'),
];

/// The character of a name: `eacute` is `é`.
pub(super) fn character(name: &str) -> Option<char> {
    let others = OTHERS.iter().find(|(known, _)| *known == name).map(|&(_, character)| character);
    others.or_else(|| in_order(LATIN_1, name, 0xa0)).or_else(|| greek(name))
}

fn in_order(names: &str, name: &str, start: u32) -> Option<char> {
    let place = names.split_ascii_whitespace().position(|known| known == name)?;
    char::from_u32(start + u32::try_from(place).ok()?)
}

/// Small letters have the same names without the capital, and stand 32 places further.
fn greek(name: &str) -> Option<char> {
    let is_small = name.starts_with(|c: char| c.is_ascii_lowercase());
    let known = GREEK.split_ascii_whitespace().find(|known| known.eq_ignore_ascii_case(name))?;
    let is_rest_equal = known.get(1..) == name.get(1..) && known != "-";
    let capital = in_order(GREEK, known, 0x391).filter(|_| is_rest_equal)?;
    if is_small { char::from_u32(u32::from(capital) + 32) } else { Some(capital) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_characters() {
        let cases = [
            ("nbsp", Some('\u{a0}')),
            ("eacute", Some('é')),
            ("Eacute", Some('É')),
            ("yuml", Some('ÿ')),
            ("mdash", Some('—')),
            ("alpha", Some('α')),
            ("Omega", Some('Ω')),
            ("sigma", Some('σ')),
            ("ALPHA", None),
            ("-", None),
            ("own", None),
        ];
        for (name, expected) in cases {
            assert_eq!(character(name), expected, "{name}");
        }
    }
}
