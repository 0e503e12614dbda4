//! One slide: headline and subtitle above, the finding, then sources and method under a rule.

use super::Picture;
use super::body::{Part, pages};
use super::look::{self, Area, BOTTOM, Color, HEADLINE, MARGIN, SMALL, SUBTITLE, TOP, WIDTH};
use super::shapes::{Shapes, TextKind};
use super::text::{Paragraph, Run, height};
use crate::export::pages::words;
use crate::export::qdpx::xml::Element;
use crate::report::briefing::model::{Body, Briefing};

/// Widths of sources and method at the foot of a slide, and of the gap between them.
const FOOT: (f32, f32, f32) = (540.0, 32.0, WIDTH - 572.0);

/// Lines of sources and method that a slide has room for.
const N_FOOT_LINES: f32 = 7.0;

/// Id of the picture among the relations of a slide.
pub(super) const PICTURE: &str = "rId3";

/// A slide, and what is said with it.
pub(super) struct Page {
    pub tree: Element,
    pub notes: Vec<String>,
}

/// The slides of a briefing, or the one of its picture. `part` is which of how many slides of the caller it is.
pub(super) fn slides(briefing: &Briefing, picture: Option<Picture<'_>>, part: (usize, usize)) -> Vec<Page> {
    let frame = Frame::new(briefing);
    let body = frame.body();
    if let Some(picture) = picture {
        let draw = |shapes: &mut Shapes<'_>| {
            shapes.picture(fitted(picture, body), PICTURE, &briefing.description);
        };
        return vec![frame.page(briefing, part, draw)];
    }
    let pages = pages(briefing, body);
    let n_pages = pages.len();
    let page = |(idx, parts): (usize, Vec<Part>)| {
        let part = if n_pages > 1 { (idx + 1, n_pages) } else { part };
        frame.page(briefing, part, |shapes| {
            for part in &parts {
                match part {
                    Part::Text { name, area, paragraphs } => shapes.text(name, TextKind::Box, *area, paragraphs),
                    Part::Table { area, widths, has_head, rows } => {
                        shapes.table(*area, widths, *has_head, rows, &briefing.description);
                    }
                }
            }
        })
    };
    pages.into_iter().enumerate().map(page).collect()
}

/// As large as it fits without being stretched or drawn larger than its body, at the left.
fn fitted(picture: Picture<'_>, body: Area) -> Area {
    let (width, height) = (picture.width.max(1) as f32, picture.height.max(1) as f32);
    let scale = (body.width / width).min(body.height / height);
    Area { width: width * scale, height: height * scale, ..body }
}

/// The parts that are on every slide of a briefing.
struct Frame {
    headline: (Area, Paragraph),
    subtitle: Area,
    sources: (Area, Vec<Paragraph>),
    method: (Area, Paragraph),
    rule: Area,
    /// Was the headline of sources left out for want of room?
    is_short: bool,
}

impl Frame {
    fn new(briefing: &Briefing) -> Self {
        let headline = Paragraph::new([Run::serif(briefing.headline.as_str(), HEADLINE).bold()]);
        let line = Area { x: MARGIN, y: TOP, width: WIDTH, height: 0.0 };
        let headline_area = Area { height: height(std::slice::from_ref(&headline), WIDTH), ..line };
        // The longest ending counts too, so that all slides of a briefing have one form.
        let longest = subtitle(briefing, (99, 99));
        let subtitle = Area { y: headline_area.bottom() + 2.0, height: height(&[longest], WIDTH), ..line };

        let method = Paragraph::new([Run::sans(briefing.method.as_str(), SMALL)]);
        let full = sources(briefing, false);
        let line_height = SMALL * look::LINE;
        let is_short = height(&full, FOOT.0) > N_FOOT_LINES * line_height;
        let sources = if is_short { sources(briefing, true) } else { full };
        let method_height = height(std::slice::from_ref(&method), FOOT.2);
        let foot = height(&sources, FOOT.0).max(method_height).max(line_height);
        let foot = Area { y: BOTTOM - foot, height: foot, ..line };
        Self {
            headline: (headline_area, headline),
            subtitle,
            sources: (Area { width: FOOT.0, ..foot }, sources),
            method: (Area { x: MARGIN + FOOT.0 + FOOT.1, width: FOOT.2, ..foot }, method),
            rule: Area { y: foot.y - 8.0, height: 0.0, ..line },
            is_short,
        }
    }

    /// What is left between subtitle and rule.
    fn body(&self) -> Area {
        let y = self.subtitle.bottom() + 14.0;
        Area { x: MARGIN, y, width: WIDTH, height: (self.rule.y - 10.0 - y).max(1.0) }
    }

    fn page(&self, briefing: &Briefing, part: (usize, usize), draw: impl FnOnce(&mut Shapes<'_>)) -> Page {
        let mut shapes = Shapes::new(&briefing.language);
        let (area, headline) = &self.headline;
        shapes.text("Headline", TextKind::Title, *area, std::slice::from_ref(headline));
        if !briefing.subtitle.is_empty() || part.1 > 1 {
            shapes.text("Subtitle", TextKind::Box, self.subtitle, &[subtitle(briefing, part)]);
        }
        draw(&mut shapes);
        shapes.rule(self.rule);
        if !self.sources.1.is_empty() {
            shapes.text("Sources", TextKind::Box, self.sources.0, &self.sources.1);
        }
        if !briefing.method.is_empty() {
            shapes.text("Method", TextKind::Box, self.method.0, std::slice::from_ref(&self.method.1));
        }
        let mut notes = vec![briefing.description.clone()];
        if self.is_short {
            notes.extend(briefing.sources.iter().map(|source| format!("{}. {}", source.number, words::source(source))));
        }
        Page { tree: shapes.tree(), notes }
    }
}

fn subtitle(briefing: &Briefing, (part, n_parts): (usize, usize)) -> Paragraph {
    let parts = if n_parts > 1 { format!("{part} of {n_parts}") } else { String::new() };
    let words: Vec<&str> = [briefing.subtitle.as_str(), &parts].into_iter().filter(|it| !it.is_empty()).collect();
    Paragraph::new([Run::sans(words.join(" · "), SUBTITLE)])
}

/// A line each, or all on one where that would be too many; then what the asterisk means.
fn sources(briefing: &Briefing, is_short: bool) -> Vec<Paragraph> {
    let is_table_of_sources = matches!(briefing.body, Body::Sources { .. });
    let listed: &[_] = if is_table_of_sources { &[] } else { &briefing.sources };
    let number = |number: usize| Run::sans(format!("{number} "), SMALL).bold();
    let mut paragraphs: Vec<Paragraph> = if is_short {
        let runs = listed.iter().flat_map(|source| {
            let outlet = words::outlet(&source.outlet, source.is_outlet_entered);
            let parts: Vec<String> =
                [outlet, words::day(&source.when)].into_iter().chain(source.notes.iter().cloned()).collect();
            [number(source.number), Run::sans(format!("{}   ", parts.join(", ")), SMALL)]
        });
        vec![Paragraph::new(runs)]
    } else {
        let line = listed.iter().map(|it| Paragraph::new([number(it.number), Run::sans(words::source(it), SMALL)]));
        line.collect()
    };
    if words::has_entered_outlet(briefing) {
        paragraphs.push(Paragraph::new([Run::sans(words::ENTERED, SMALL).colored(Color::Dim)]));
    }
    paragraphs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_keeps_its_form() {
        let body = Area { x: 38.0, y: 100.0, width: 800.0, height: 300.0 };
        let picture = |width, height| Picture { png: &[], width, height };
        for (given, expected) in [((1600, 300), (800.0, 150.0)), ((100, 300), (100.0, 300.0)), ((0, 0), (300.0, 300.0))]
        {
            let area = fitted(picture(given.0, given.1), body);
            assert_eq!((area.x, area.y, area.width, area.height), (38.0, 100.0, expected.0, expected.1));
        }
    }
}
