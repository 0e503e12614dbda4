//! Fonts for pages: the shipped ones, and those of the system for characters these lack.
//!
//! The shipped ones are parsed once, in under a millisecond each. A system's fonts are listed only when a briefing holds
//! a character that no shipped font draws, and only the few that are needed take part, so that what is drawn does not
//! hang on what else is installed.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

use super::system::SystemFonts;
use crate::export::faces;

/// Fonts that pages are set in.
pub struct Fonts {
    shipped: Arc<FontSet>,
    /// `None` where the system's fonts are not to be used.
    system: Option<OnceLock<SystemFonts>>,
}

/// Fonts of one compilation.
pub(super) struct FontSet {
    pub fonts: Vec<Font>,
    pub book: LazyHash<FontBook>,
}

impl FontSet {
    fn new(fonts: Vec<Font>) -> Self {
        let book = LazyHash::new(FontBook::from_fonts(&fonts));
        Self { fonts, book }
    }

    fn has(&self, c: char) -> bool {
        self.fonts.iter().any(|font| font.info().coverage.contains(u32::from(c)))
    }
}

/// Families that are shipped.
pub(super) const SHIPPED: [&str; 3] = ["Inter", "Source Serif 4", "Source Serif 4 Display"];

impl Fonts {
    /// The shipped fonts alone.
    pub fn shipped() -> Self {
        let fonts = faces::ALL.into_iter().flat_map(|file| Font::iter(Bytes::new(file))).collect();
        Self { shipped: Arc::new(FontSet::new(fonts)), system: None }
    }

    /// The shipped fonts, and the system's where a character needs one. They are listed at the first such character.
    pub fn with_system() -> Self {
        Self { system: Some(OnceLock::new()), ..Self::shipped() }
    }

    /// The fonts that draw this text.
    pub(super) fn for_text(&self, text: &str) -> Arc<FontSet> {
        let missing: BTreeSet<char> = text.chars().filter(|c| is_drawn(*c) && !self.shipped.has(*c)).collect();
        let Some(system) = self.system.as_ref().filter(|_| !missing.is_empty()) else { return self.shipped.clone() };
        let found = system.get_or_init(SystemFonts::listed).fonts_for(&missing);
        if found.is_empty() {
            return self.shipped.clone();
        }
        Arc::new(FontSet::new(self.shipped.fonts.iter().cloned().chain(found).collect()))
    }
}

/// Does a reader see this character?
pub(super) fn is_drawn(c: char) -> bool {
    let is_invisible = matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}'
    );
    !c.is_whitespace() && !c.is_control() && !is_invisible
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shipped_fonts_have_the_families_templates_name() {
        let fonts = Fonts::shipped();
        for family in SHIPPED {
            assert!(fonts.shipped.book.contains_family(&family.to_lowercase()), "{family}");
        }
        assert_eq!(fonts.shipped.fonts.len(), 7);
    }

    #[test]
    fn latin_greek_and_cyrillic_need_no_font_of_the_system() {
        let fonts = Fonts::with_system();
        fonts.for_text("Čapek, Ελλάδα, Україна … “quoted” – 3–11 Sep \u{2060}\u{a0}");
        assert!(fonts.system.as_ref().unwrap().get().is_none());
    }
}
