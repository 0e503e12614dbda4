//! What can be measured on set pages: sizes, contrast, what reaches over an edge, which fonts drew it.

use std::collections::BTreeSet;

use typst_layout::{Page, PagedDocument};

use super::fonts::{SHIPPED, is_drawn};
use super::runs::{Part, Run, runs};
use crate::report::briefing::checks::PageFacts;

/// Ink of two lines may touch this far, in points: accents reach up into the line above.
const TOUCHING: f64 = 1.0;

/// Points at each edge of a page that stay empty, 2 % of its width.
const MARGIN: f64 = 19.0;

/// Measures all pages. O(runs²) on each page, with about a hundred runs.
pub(super) fn measure(document: &PagedDocument) -> PageFacts {
    let mut facts = PageFacts { n_pages: document.pages().len(), ..PageFacts::default() };
    let mut missing = BTreeSet::new();
    let mut families = BTreeSet::new();
    for (page_idx, page) in document.pages().iter().enumerate() {
        let runs = runs(page);
        if page_idx == 0 {
            facts.n_headline_lines = n_lines(&runs, Part::Headline);
        }
        facts.n_overflowing += n_overflowing(page, &runs);
        for run in runs.iter().filter(|run| is_inked(run)) {
            add_size(&mut facts, run);
            if let Some(color) = run.color {
                let contrast = contrast(color, run.ground);
                facts.lowest_contrast = Some(facts.lowest_contrast.map_or(contrast, |lowest| lowest.min(contrast)));
            }
            add_fonts(run, &mut missing, &mut families);
        }
    }
    facts.missing = missing.into_iter().collect();
    facts.system_fonts = families.into_iter().collect();
    facts
}

fn is_inked(run: &Run) -> bool {
    run.ink.right > run.ink.left
}

/// A text whose part the template does not tell counts as a source, which may be the smallest.
fn add_size(facts: &mut PageFacts, run: &Run) {
    let place = match run.part {
        Some(Part::Headline) => &mut facts.headline_points,
        Some(Part::Quote) => &mut facts.quote_points,
        Some(Part::Label | Part::Subtitle) => &mut facts.label_points,
        Some(Part::Source) | None => &mut facts.source_points,
    };
    #[expect(clippy::cast_possible_truncation, reason = "a size in points")]
    let size = run.item.size.to_pt() as f32;
    *place = Some(place.map_or(size, |least| least.min(size)));
}

fn add_fonts(run: &Run, missing: &mut BTreeSet<char>, families: &mut BTreeSet<String>) {
    let family = &run.item.font.font().info().family;
    let mut is_used = false;
    for glyph in &run.item.glyphs {
        let text = run.item.text.get(glyph.range()).unwrap_or_default();
        if glyph.id == 0 {
            missing.extend(text.chars().filter(|c| is_drawn(*c)));
        } else {
            is_used = true;
        }
    }
    if is_used && !SHIPPED.contains(&family.as_str()) {
        families.insert(family.clone());
    }
}

/// Lines on which a part stands, by their baselines.
fn n_lines(runs: &[Run], part: Part) -> usize {
    let mut baselines: Vec<f64> =
        runs.iter().filter(|run| run.part == Some(part) && is_inked(run)).map(|run| run.origin.1).collect();
    baselines.sort_by(f64::total_cmp);
    baselines.dedup_by(|next, last| (*next - *last).abs() < 2.0);
    baselines.len()
}

/// Texts whose ink comes too near to an edge of the page, or lies over the ink of another text.
fn n_overflowing(page: &Page, runs: &[Run]) -> usize {
    let size = page.frame.size();
    let (width, height) = (size.x.to_pt(), size.y.to_pt());
    let runs: Vec<&Run> = runs.iter().filter(|run| is_inked(run)).collect();
    let is_outside = |run: &Run| {
        run.ink.left < MARGIN
            || run.ink.top < MARGIN
            || run.ink.right > width - MARGIN
            || run.ink.bottom > height - MARGIN
    };
    let covers = |idx: usize, run: &Run| {
        runs.iter().take(idx).any(|other| {
            let (across, down) = run.ink.overlap(&other.ink);
            across > TOUCHING && down > TOUCHING
        })
    };
    runs.iter().enumerate().filter(|(idx, run)| is_outside(run) || covers(*idx, run)).count()
}

/// Contrast of two colors by WCAG 2.2, 1 to 21.
fn contrast(one: [f32; 3], other: [f32; 3]) -> f32 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance(color: [f32; 3]) -> f32 {
    let linear = |part: f32| if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) };
    let [red, green, blue] = color.map(linear);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_wcag() {
        assert!((contrast([0.0; 3], [1.0; 3]) - 21.0).abs() < 0.01);
        // The accent on the ground of words that are new.
        let rgb = |hex: [u8; 3]| hex.map(|part| f32::from(part) / 255.0);
        assert!((contrast(rgb([0x1b, 0x5a, 0x8c]), [1.0; 3]) - 7.25).abs() < 0.05);
        assert!((contrast(rgb([0x14, 0x12, 0x10]), rgb([0xf4, 0x88, 0x50])) - 7.6).abs() < 0.2);
    }
}
