//! Fonts of the system, asked only for characters that no shipped font has.
//!
//! Listing a system's fonts takes up to several hundred milliseconds, which a picture of Latin, Greek or Cyrillic
//! words should not pay; so the list is made at the first character that needs it.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use egui::epaint::text::{FallbackRequest, FontInsert, FontProvider};

use crate::gui::system_fonts;

/// The system's fonts, listed at the first need.
pub(super) struct SystemFonts {
    // The language of the desktop would choose between Chinese and Japanese shapes: the same everywhere is better.
    fonts: system_fonts::SystemFonts,
    missing: Mutex<BTreeSet<char>>,
}

impl Default for SystemFonts {
    fn default() -> Self {
        Self { fonts: system_fonts::SystemFonts::of_any_language(), missing: Mutex::default() }
    }
}

impl SystemFonts {
    /// The characters that were asked for in vain.
    pub fn missing(&self) -> Vec<char> {
        self.missing.lock().unwrap_or_else(PoisonError::into_inner).iter().copied().collect()
    }
}

impl FontProvider for SystemFonts {
    fn font_for(&self, request: &FallbackRequest<'_>) -> Option<FontInsert> {
        let font = self.fonts.font_for(request);
        if font.is_none() {
            let mut missing = self.missing.lock().unwrap_or_else(PoisonError::into_inner);
            missing.extend(request.cluster.chars().next());
        }
        font
    }
}

/// The names of the system's fonts in use, such as `Noto Sans CJK KR`.
pub(super) fn discovered(ctx: &egui::Context) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    ctx.fonts(|fonts| {
        for font in fonts.discovered_fonts() {
            // egui names them `system:Family:id:index`.
            let name = font.name.trim_start_matches("system:").split(':').next().unwrap_or_default();
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
    });
    names
}
