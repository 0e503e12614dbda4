//! Fonts of the system for characters that no shipped font draws.
//!
//! Which family stands in is decided by rule, not by the order in which files are found: the one that draws most of
//! what is missing, plain ones and those made for all scripts first, then by name. Listing takes 5 to 300 ms, once.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use fontdb::{Database, FaceInfo, ID, Style, Weight};
use typst::foundations::Bytes;
use typst::text::{Coverage, Font, FontInfo};

/// Families that look well beside the shipped ones, best first; others follow by name.
const LIKED: [&str; 10] = [
    "Noto Sans",
    "Noto Serif",
    "Source Han Sans",
    "Segoe UI",
    "Malgun Gothic",
    "Microsoft YaHei",
    "Yu Gothic",
    "Apple SD Gothic Neo",
    "PingFang",
    "DejaVu Sans",
];

/// What is installed.
pub(super) struct SystemFonts {
    database: Database,
    /// Regular faces, best first.
    regular: Vec<SystemFace>,
}

/// A face that is looked into when it is asked for.
struct SystemFace {
    id: ID,
    coverage: OnceLock<Option<Coverage>>,
    font: OnceLock<Option<Font>>,
}

impl SystemFonts {
    /// Looks through the folders where the system keeps fonts.
    pub fn listed() -> Self {
        let mut database = Database::new();
        database.load_system_fonts();
        let mut regular: Vec<(_, ID)> = database
            .faces()
            .filter(|face| face.style == Style::Normal && weight_order(face) < 200)
            .map(|face| (order(face), face.id))
            .collect();
        regular.sort();
        let face = |id| SystemFace { id, coverage: OnceLock::new(), font: OnceLock::new() };
        Self { regular: regular.into_iter().map(|(_, id)| face(id)).collect(), database }
    }

    /// The fewest faces that draw these characters, the best first; characters that none draws stay without one.
    pub fn fonts_for(&self, missing: &BTreeSet<char>) -> Vec<Font> {
        let mut missing = missing.clone();
        let mut found = Vec::new();
        while !missing.is_empty() {
            let drawn =
                |face: &SystemFace| missing.iter().copied().filter(|c| self.draws(face, *c)).collect::<Vec<_>>();
            let best = self.regular.iter().map(|face| (drawn(face), face));
            // Of two that draw as many, the first one is the better.
            let best = best.reduce(|best, next| if next.0.len() > best.0.len() { next } else { best });
            let Some((drawn, face)) = best.filter(|(drawn, _)| !drawn.is_empty()) else { break };
            missing.retain(|c| !drawn.contains(c));
            found.extend(self.font(face));
        }
        found
    }

    fn draws(&self, face: &SystemFace, c: char) -> bool {
        let coverage = face.coverage.get_or_init(|| {
            let info = self.database.with_face_data(face.id, FontInfo::new).flatten();
            info.map(|info| info.coverage)
        });
        coverage.as_ref().is_some_and(|coverage| coverage.contains(u32::from(c)))
    }

    fn font(&self, face: &SystemFace) -> Option<Font> {
        let load = |data: &[u8], index| Font::new(Bytes::new(data.to_vec()), index);
        face.font.get_or_init(|| self.database.with_face_data(face.id, load).flatten()).clone()
    }
}

/// How many faces the system has, and which of these characters one of them draws.
pub fn drawn_by_system(characters: &[char]) -> (usize, Vec<bool>) {
    let fonts = SystemFonts::listed();
    let drawn = characters.iter().map(|c| fonts.regular.iter().any(|face| fonts.draws(face, *c))).collect();
    (fonts.database.len(), drawn)
}

/// Is this a font that can be read, and does it draw the character?
pub fn draws(font: &[u8], c: char) -> bool {
    FontInfo::new(font, 0).is_some_and(|info| info.coverage.contains(u32::from(c)))
}

fn weight_order(face: &FaceInfo) -> u16 {
    face.weight.0.abs_diff(Weight::NORMAL.0)
}

/// Smaller is better.
fn order(face: &FaceInfo) -> (bool, usize, u16, String, String) {
    let family = face.families.first().map_or("", |(name, _)| name.as_str());
    let liked = LIKED.iter().position(|liked| family.starts_with(liked)).unwrap_or(LIKED.len());
    (face.monospaced, liked, weight_order(face), family.to_owned(), face.post_script_name.clone())
}
