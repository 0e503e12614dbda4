//! Words on one line, cut between words where they do not fit.
//!
//! Two layouts where something is cut, both from egui's cache while nothing changes.

use std::sync::Arc;

use egui::{Color32, FontId, Galley, Painter, Pos2, pos2};

/// No more of a text is laid out.
const MAX_CHARS: usize = 240;

/// The first words of a text, as many as fit into `room` points, with an ellipsis where some are left out. A lone word
/// is cut where it must be.
pub fn first_words(painter: &Painter, text: &str, font: FontId, color: Color32, room: f32) -> Arc<Galley> {
    let shown: String = text.chars().take(MAX_CHARS).collect();
    let whole = painter.layout_no_wrap(shown.clone(), font.clone(), color);
    if shown.len() == text.len() && whole.size().x <= room {
        return whole;
    }
    let to = room - width(painter, " …", font.clone(), color);
    let glyphs = whole.rows.first().map(|row| row.glyphs.as_slice()).unwrap_or_default();
    let n_kept = glyphs.iter().take_while(|glyph| glyph.max_x() <= to).count();
    let kept: String = shown.chars().take(n_kept).collect();
    // The cut may fall just behind a word.
    let is_between = shown.chars().nth(n_kept) == Some(' ');
    let cut =
        if is_between { kept.clone() } else { kept.rsplit_once(' ').map_or(kept.clone(), |(head, _)| head.to_owned()) };
    let is_lone = !is_between && !kept.contains(' ');
    painter.layout_no_wrap(if is_lone { format!("{cut}…") } else { format!("{} …", cut.trim_end()) }, font, color)
}

/// The last words of a text, as many as fit into `room` points, with an ellipsis where some are left out.
pub fn last_words(painter: &Painter, text: &str, font: FontId, color: Color32, room: f32) -> Arc<Galley> {
    let n_skipped = text.chars().count().saturating_sub(MAX_CHARS);
    let shown: String = text.chars().skip(n_skipped).collect();
    let whole = painter.layout_no_wrap(shown.clone(), font.clone(), color);
    if n_skipped == 0 && whole.size().x <= room {
        return whole;
    }
    let from = whole.size().x + width(painter, "… ", font.clone(), color) - room;
    let glyphs = whole.rows.first().map(|row| row.glyphs.as_slice()).unwrap_or_default();
    let n_cut = glyphs.iter().take_while(|glyph| glyph.pos.x < from).count();
    // The cut may fall just before a word.
    let rest: String = shown.chars().skip(n_cut.saturating_sub(1)).collect();
    let rest = rest.split_once(' ').map_or("", |(_, rest)| rest);
    painter.layout_no_wrap(format!("… {rest}"), font, color)
}

/// Draws the first words of a text, their left middle at `left`. Returns where they end.
pub fn paint_first(painter: &Painter, left: Pos2, text: &str, font: FontId, color: Color32, room: f32) -> f32 {
    let galley = first_words(painter, text, font, color, room);
    let right = left.x + galley.size().x;
    painter.galley(pos2(left.x, left.y - galley.size().y / 2.0), galley, color);
    right
}

fn width(painter: &Painter, text: &str, font: FontId, color: Color32) -> f32 {
    painter.layout_no_wrap(text.to_owned(), font, color).size().x
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gui::theme::{self, Theme};

    #[test]
    fn words_are_cut_where_they_are_farthest_from_the_phrase() {
        let ctx = egui::Context::default();
        Theme::install(&ctx);
        let output = ctx.run_ui(egui::RawInput::default(), |ui| {
            let font = || theme::serif(15.5);
            let color = Theme::LIGHT.ink;
            let text = "agreed that it is necessary to maximize the";
            let glyphs = |galley: &Galley| {
                galley.rows.iter().flat_map(|row| row.glyphs.iter().map(|it| it.chr)).collect::<String>()
            };
            for room in [100.0, 150.0, 200.0, 280.0] {
                let last = last_words(ui.painter(), text, font(), color, room);
                let rest = glyphs(&last);
                let rest = rest.strip_prefix("… ").unwrap();
                assert!(text.ends_with(rest) && text.contains(&format!(" {rest}")), "{room}: {rest}");
                assert!(last.size().x <= room, "{room}: {rest}");
                let first = first_words(ui.painter(), text, font(), color, room);
                let head = glyphs(&first);
                let head = head.strip_suffix(" …").unwrap();
                assert!(text.starts_with(&format!("{head} ")) && first.size().x <= room, "{room}: {head}");
            }
            for words in [last_words, first_words] {
                assert_eq!(glyphs(&words(ui.painter(), text, font(), color, 900.0)), text);
                assert_eq!(glyphs(&words(ui.painter(), "", font(), color, 10.0)), "");
            }
            let lone = first_words(ui.painter(), "Donaudampfschiff", font(), color, 60.0);
            assert!(glyphs(&lone).starts_with("Don") && glyphs(&lone).ends_with('…') && lone.size().x <= 60.0);
        });
        output.drop_without_applying_deltas();
    }
}
