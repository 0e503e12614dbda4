//! A page as SVG: Typst's outlines, and over them each run of text as text that is not seen.
//!
//! So a page looks the same everywhere, and its words can still be selected, found and read aloud. Nothing that a reader
//! took out can be in it: the briefing itself does not have it.

use std::fmt::Write as _;

use typst::layout::Transform;
use typst_layout::Page;
use typst_svg::SvgOptions;

use super::Marking;
use super::marking::without_controls;
use super::runs::{Run, runs};

pub(super) fn svg(page: &Page, language: &str, marking: &Marking) -> String {
    let drawn = typst_svg::svg(page, &SvgOptions { render_bleed: false, pretty: false });
    let (Some(head_end), Some(tail)) = (drawn.find('>'), drawn.rfind("</svg>")) else { return drawn };
    let (head, rest) = drawn.split_at(head_end);
    let body = &rest[1..tail - head_end];
    let mut svg = String::with_capacity(drawn.len() * 5 / 4);
    svg.push_str(head);
    svg.push_str(" role=\"img\"");
    if !language.is_empty() {
        let _ = write!(svg, " xml:lang=\"{}\"", escaped(language));
    }
    for (key, id) in [("Title", "aria-labelledby"), ("Description", "aria-describedby")] {
        if marking.texts().iter().any(|(other, _)| *other == key) {
            let _ = write!(svg, " {id}=\"{}\"", key.to_lowercase());
        }
    }
    svg.push('>');
    for (key, text) in marking.texts() {
        match key {
            "Title" => drop(write!(svg, "<title id=\"title\">{}</title>", escaped(&text))),
            "Description" => drop(write!(svg, "<desc id=\"description\">{}</desc>", escaped(&text))),
            _ => {}
        }
    }
    svg.push_str(body);
    svg.push_str("<g fill-opacity=\"0\" style=\"white-space:pre\">");
    for run in runs(page) {
        write_run(&mut svg, &run);
    }
    svg.push_str("</g></svg>\n");
    svg
}

fn write_run(svg: &mut String, run: &Run) {
    let text: String = without_controls(&run.item.text).chars().filter(|c| *c != '\u{2060}').collect();
    if text.is_empty() {
        return;
    }
    let size = run.item.size.to_pt();
    let width = run.item.width().to_pt();
    let (x, y) = run.origin;
    // A run from right to left begins at its right end.
    let (x, direction) = if is_rtl(&text) { (x + width, " direction=\"rtl\"") } else { (x, "") };
    let _ = write!(svg, "<text x=\"{}\" y=\"{}\" font-size=\"{}\"{direction}", number(x), number(y), number(size));
    if !run.transform.is_only_translate() {
        let at = Transform { tx: typst::layout::Abs::zero(), ty: typst::layout::Abs::zero(), ..run.transform };
        let (a, b, c, d) = (at.sx.get(), at.ky.get(), at.kx.get(), at.sy.get());
        let (tx, ty) = (x - a * x - c * y, y - b * x - d * y);
        let _ = write!(svg, " transform=\"matrix({a} {b} {c} {d} {tx} {ty})\"");
    }
    if width > 0.0 {
        let _ = write!(svg, " textLength=\"{}\" lengthAdjust=\"spacingAndGlyphs\"", number(width));
    }
    let _ = write!(svg, ">{}</text>", escaped(&text));
}

fn is_rtl(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}'))
}

/// To a hundredth of a point.
fn number(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_become_markup() {
        assert_eq!(escaped("<b a=\"1\">&"), "&lt;b a=&quot;1&quot;&gt;&amp;");
        assert_eq!([number(12.0), number(0.126), number(-3.5)], ["12", "0.13", "-3.5"]);
    }

    #[test]
    fn hebrew_and_arabic_run_from_the_right() {
        assert!(is_rtl("ميناء") && is_rtl("נמל"));
        assert!(!is_rtl("Гавань 항구"));
    }
}
