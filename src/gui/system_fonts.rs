//! Fonts of the system, asked only for characters that no shipped font has.
//!
//! The library that lists them takes for granted that there are some: on a system without fonts, or with settings for them
//! that can't be read, it panics, and would take the window with it at the first such character. So it is looked first
//! whether there is a font at all, and whatever still goes wrong means that there is none to give.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use egui::epaint::text::{FallbackRequest, FontInsert, FontProvider};
use egui_system_font_provider::SystemFontProvider;

/// The endings of fonts.
const ENDINGS: [&str; 6] = ["ttf", "otf", "ttc", "otc", "pfb", "pcf"];

/// Folders within each other that are looked into.
const MAX_DEPTH: usize = 6;

/// The system's fonts, listed at the first need.
#[derive(Default)]
pub struct SystemFonts {
    provider: OnceLock<Option<SystemFontProvider>>,
    /// Shapes of Han characters that do not depend on the language of the desktop.
    has_fixed_locale: bool,
    is_broken: AtomicBool,
}

impl SystemFonts {
    /// The same fonts whatever the language of the desktop, for pictures.
    pub fn of_any_language() -> Self {
        Self { has_fixed_locale: true, ..Self::default() }
    }

    /// Those of the desktop's language. They are listed ahead, on a thread, so that a frame need not wait for it.
    pub fn listed_ahead() -> Arc<Self> {
        let fonts = Arc::new(Self::default());
        let listing = Arc::clone(&fonts);
        std::thread::spawn(move || listing.provider().is_some());
        fonts
    }

    fn provider(&self) -> Option<&SystemFontProvider> {
        let list = || {
            has_fonts().then(|| match self.has_fixed_locale {
                true => SystemFontProvider::new().with_locale(None),
                false => SystemFontProvider::new(),
            })
        };
        self.provider.get_or_init(list).as_ref()
    }

    /// What `ask` gives, and nothing from then on where it fails.
    fn guarded<T>(&self, ask: impl FnOnce() -> Option<T>) -> Option<T> {
        if self.is_broken.load(Ordering::Relaxed) {
            return None;
        }
        catch_unwind(AssertUnwindSafe(ask)).unwrap_or_else(|_| {
            self.is_broken.store(true, Ordering::Relaxed);
            None
        })
    }
}

impl FontProvider for SystemFonts {
    fn font_for(&self, request: &FallbackRequest<'_>) -> Option<FontInsert> {
        self.guarded(|| self.provider()?.font_for(request))
    }
}

/// Is there any font? Usual folders tell at once; where they have none, the settings of fontconfig are read.
fn has_fonts() -> bool {
    let is_fontconfig = cfg!(all(unix, not(target_os = "macos")));
    !is_fontconfig || folders().iter().any(|folder| holds_font(folder, MAX_DEPTH)) || {
        let mut listed = fontdb::Database::new();
        listed.load_system_fonts();
        !listed.is_empty()
    }
}

/// Where fonts usually lie.
fn folders() -> Vec<PathBuf> {
    let set = |name| std::env::var_os(name).filter(|value: &std::ffi::OsString| !value.is_empty());
    let mut folders = vec![PathBuf::from("/usr/share/fonts"), PathBuf::from("/usr/local/share/fonts")];
    folders.extend(set("XDG_DATA_HOME").map(|data| Path::new(&data).join("fonts")));
    if let Some(home) = set("HOME").map(PathBuf::from) {
        folders.extend([home.join(".local/share/fonts"), home.join(".fonts")]);
    }
    folders
}

fn holds_font(folder: &Path, depth: usize) -> bool {
    let Ok(entries) = std::fs::read_dir(folder) else { return false };
    entries.flatten().any(|entry| {
        let path = entry.path();
        let is_font = path.extension().is_some_and(|it| ENDINGS.iter().any(|ending| it.eq_ignore_ascii_case(ending)));
        is_font || depth > 0 && path.is_dir() && holds_font(&path, depth - 1)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_that_panics_gives_nothing_and_is_not_asked_again() {
        let fonts = SystemFonts::default();
        assert_eq!(fonts.guarded(|| Some(1)), Some(1));
        assert_eq!(fonts.guarded(|| -> Option<i32> { panic!("no font matches") }), None);
        assert_eq!(fonts.guarded(|| Some(1)), None);
    }

    #[test]
    fn a_font_is_found_below_folders_and_nothing_else_is_one() {
        let folder = tempfile::tempdir().unwrap();
        let below = folder.path().join("truetype/mine");
        std::fs::create_dir_all(&below).unwrap();
        std::fs::write(below.join("fonts.dir"), "").unwrap();
        assert!(!holds_font(folder.path(), MAX_DEPTH));
        std::fs::write(below.join("Mine.TTF"), "").unwrap();
        assert!(holds_font(folder.path(), MAX_DEPTH));
        assert!(!holds_font(folder.path(), 1));
        assert!(!holds_font(&folder.path().join("nowhere"), MAX_DEPTH));
    }
}
