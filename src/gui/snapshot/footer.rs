//! The footer of a picture: its sources on the left, how it was made on the right.
//!
//! A picture leaves the program and must carry its evidence with it: which articles, from when, and with what they
//! were compared. An inferred date says *est.*, an outlet that no word of the text names carries a star. A list too
//! long for the page ends in how many more there are.

use std::sync::Arc;

use egui::text::{LayoutJob, TextWrapping};
use egui::{Galley, Ui, pos2, vec2};
use jiff::civil::Date;

use crate::document::{Document, OutletBasis, Published};
use crate::gui::Scene;
use crate::gui::theme::{self, Theme};
use crate::report::dates;

/// Distance of the words from the sides of the page, in points.
const MARGIN: f32 = 28.0;
/// Between the sources and the method.
const GUTTER: f32 = 48.0;
/// Between the number of a source and its outlet.
const AFTER_NUMBER: f32 = 7.0;
/// Between two sources on one line.
const SOURCE_GAP: f32 = 22.0;
const ABOVE_RULE: f32 = 2.0;
const BELOW_RULE: f32 = 9.0;
const BELOW_LINES: f32 = 14.0;
const RULE: f32 = 2.0;
/// From this width of a page on, in points, the type is larger: such a page is a slide and read from further away.
const SLIDE: f32 = 1600.0;
/// Share of the page's width for the sources; the method has the rest.
const SOURCES_SHARE: f32 = 0.75;
/// Share of the page's height that the footer takes at most.
const MAX_SHARE: f32 = 0.2;

/// Shows the sources of what is on the page and how the picture was made, on a line as wide as the page.
pub fn footer_ui(ui: &mut Ui, scene: &Scene<'_>, shown: &[Arc<Document>], made: Date) {
    let theme = scene.theme;
    let page = ui.ctx().content_rect();
    let width = ui.available_width();
    let inner = (width - 2.0 * MARGIN - GUTTER).max(0.0);
    let sources_width = inner * SOURCES_SHARE;
    let (size, line) = if page.width() < SLIDE { (12.5, 17.0) } else { (14.0, 20.0) };
    let setter = Setter { ui, theme, size, line };
    let n_lines = ((page.height() * MAX_SHARE / line) as usize).max(2);

    let sources = sources(setter, shown, sources_width, n_lines);
    let method = setter.plain(method(scene, shown.len(), made), inner - sources_width);
    let n_rows = sources.n_rows.max(method.rows.len());
    let height = ABOVE_RULE + RULE + BELOW_RULE + n_rows as f32 * line + BELOW_LINES;
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), egui::Sense::hover());
    let label = format!("{}; {}", sources.text(), method.text());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &label));

    let painter = ui.painter();
    let left = rect.left() + MARGIN;
    let top = rect.top() + ABOVE_RULE;
    let rule = egui::Rect::from_min_max(pos2(left, top), pos2(rect.right() - MARGIN, top + RULE));
    painter.rect_filled(rule, 0.0, theme.ink);
    let origin = pos2(left, rule.bottom() + BELOW_RULE);
    for Placed { x, row, galley } in sources.galleys {
        painter.galley(origin + vec2(x, row as f32 * line), galley, theme.ink2);
    }
    painter.galley(origin + vec2(sources_width + GUTTER, 0.0), method, theme.ink2);
}

/// Words with their place in the footer.
struct Placed {
    x: f32,
    row: usize,
    galley: Arc<Galley>,
}

#[derive(Default)]
struct Sources {
    galleys: Vec<Placed>,
    n_rows: usize,
}

impl Sources {
    /// Puts words behind the last ones, on the next line where they do not fit.
    fn push(&mut self, galley: Arc<Galley>, width: f32) {
        let (mut x, mut n_rows) = (self.end(), self.n_rows.max(1));
        if x > 0.0 && x + galley.size().x > width {
            (x, n_rows) = (0.0, n_rows + 1);
        }
        self.n_rows = n_rows;
        self.galleys.push(Placed { x, row: n_rows - 1, galley });
    }

    /// Where the next words of the last line would start.
    fn end(&self) -> f32 {
        self.galleys.last().map_or(0.0, |last| last.x + last.galley.size().x + SOURCE_GAP)
    }

    /// Takes the last words away.
    fn pop(&mut self) {
        self.galleys.pop();
        self.n_rows = self.galleys.last().map_or(0, |last| last.row + 1);
    }

    /// All of it, for a screen reader.
    fn text(&self) -> String {
        self.galleys.iter().map(|placed| placed.galley.text()).collect::<Vec<_>>().join("; ")
    }
}

/// Fills lines with one source after the other; those that do not fit into `n_lines` are counted.
fn sources(setter: Setter<'_>, documents: &[Arc<Document>], width: f32, n_lines: usize) -> Sources {
    let mut sources = Sources::default();
    let has_entered = documents.iter().any(|document| is_outlet_entered(document));
    let n_lines = if has_entered { n_lines.max(2) - 1 } else { n_lines };
    for (idx, document) in documents.iter().enumerate() {
        sources.push(setter.source((idx, documents.len()), document, width), width);
        if sources.n_rows > n_lines {
            break;
        }
    }
    if sources.n_rows > n_lines {
        while sources.n_rows > n_lines {
            sources.pop();
        }
        // Room for the count is made by leaving out more.
        loop {
            let n_left = documents.len() - sources.galleys.len();
            let more = setter.plain(format!("and {n_left} more"), width);
            if sources.n_rows < n_lines || sources.end() + more.size().x <= width {
                sources.push(more, width);
                break;
            }
            sources.pop();
        }
    }
    if has_entered {
        let galley = setter.plain("* outlet entered, not in the text".to_owned(), width);
        sources.galleys.push(Placed { x: 0.0, row: sources.n_rows, galley });
        sources.n_rows += 1;
    }
    sources
}

/// Sets words in the type of a footer.
#[derive(Clone, Copy)]
struct Setter<'a> {
    ui: &'a Ui,
    theme: &'a Theme,
    size: f32,
    line: f32,
}

impl Setter<'_> {
    fn plain(self, text: String, width: f32) -> Arc<Galley> {
        let format = theme::format(theme::sans(self.size), self.line, self.theme.ink2);
        let mut job = LayoutJob::single_section(text, format);
        job.wrap.max_width = width;
        self.set(job)
    }

    /// A bold number and the words after it, which start at the same place behind all numbers of `n_digits`.
    fn numbered(self, number: usize, n_digits: usize, words: &str, wrap: TextWrapping) -> Arc<Galley> {
        let format = theme::format(theme::sans_bold(self.size), self.line, self.theme.ink);
        let number = number.to_string();
        let width = |digits: &str| self.set(LayoutJob::single_section(digits.to_owned(), format.clone())).size().x;
        let space = AFTER_NUMBER + (width(&"0".repeat(n_digits)) - width(&number)).max(0.0);
        let mut job = LayoutJob { wrap, ..LayoutJob::default() };
        job.append(&number, 0.0, format.clone());
        job.append(words, space, theme::format(theme::sans(self.size), self.line, self.theme.ink2));
        self.set(job)
    }

    fn set(self, job: LayoutJob) -> Arc<Galley> {
        self.ui.fonts_mut(|fonts| fonts.layout_job(job))
    }

    /// One source on one line: number, outlet, title, date. A title too long for the line is cut, never the date.
    fn source(self, (idx, n_sources): (usize, usize), document: &Document, width: f32) -> Arc<Galley> {
        let n_digits = n_sources.to_string().len();
        let title: String =
            document.title.as_deref().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
        let n_chars = title.chars().count();
        let line = |n_kept: usize, wrapping: TextWrapping| {
            self.numbered(idx + 1, n_digits, &citation(document, &cut(&title, n_kept)), wrapping)
        };
        let fits = |n_kept: usize| line(n_kept, TextWrapping::no_max_width()).size().x <= width;
        if fits(n_chars) {
            return line(n_chars, TextWrapping::no_max_width());
        }
        // The longest title that fits: widths grow with the number of characters.
        let (mut short, mut long) = (0, n_chars);
        while long - short > 1 {
            let middle = short.midpoint(long);
            if fits(middle) {
                short = middle;
            } else {
                long = middle;
            }
        }
        line(short, TextWrapping::truncate_at_width(width))
    }
}

/// The first characters of a title, back to the end of a word, with the sign that more follow.
fn cut(title: &str, n_chars: usize) -> String {
    let Some((end, _)) = title.char_indices().nth(n_chars) else { return title.to_owned() };
    let kept = &title[..end];
    let is_inside_word = !title[end..].starts_with(' ');
    // A word longer than this, or a script without spaces, is cut where it is.
    const LONGEST_WORD: usize = 24;
    let kept = match kept.rfind(' ') {
        Some(space) if is_inside_word && end - space <= LONGEST_WORD => &kept[..space],
        _ => kept,
    };
    format!("{}…", kept.trim_end())
}

fn is_outlet_entered(document: &Document) -> bool {
    document.outlet.as_ref().is_some_and(|outlet| outlet.basis == OutletBasis::Entered)
}

/// `Reuters, “Title”, est. 6 Sep 2017`. The name of the file stands in for an outlet that nobody knows.
fn citation(document: &Document, title: &str) -> String {
    let star = if is_outlet_entered(document) { "*" } else { "" };
    let outlet = document.outlet.as_ref().map_or_else(|| document.name(), |outlet| &outlet.name);
    // Quotation marks inside quotation marks are single ones.
    let title = title.replace('“', "‘").replace('”', "’");
    let title = if title.is_empty() { String::new() } else { format!(" “{title}”,") };
    format!("{outlet}{star},{title} {}", date_label(&document.published))
}

/// When an article was published, in words that claim no more than is known.
fn date_label(published: &Published) -> String {
    let est = if published.is_estimate() { "est. " } else { "" };
    let entered = if published.set_by_user { ", entered" } else { "" };
    match (published.best, published.earliest, published.latest) {
        (Some(best), ..) => format!("{est}{}{entered}", dates::day(best)),
        _ if published.set_by_user => format!("{}{entered}", dates::label(published).day),
        (None, Some(earliest), Some(latest)) if earliest == latest => format!("{est}{}", dates::day(earliest)),
        (None, Some(earliest), Some(latest)) => format!("{est}{} to {}", dates::day(earliest), dates::day(latest)),
        (None, Some(earliest), None) => format!("not before {}", dates::day(earliest)),
        (None, None, Some(latest)) => format!("not after {}", dates::day(latest)),
        (None, None, None) => "undated".to_owned(),
    }
}

/// `5 articles compared. Throughline 0.1.0, codebook 0123456789ab, made 21 Nov 2026.`, not broken inside a date.
fn method(scene: &Scene<'_>, n_shown: usize, made: Date) -> String {
    let compared = match scene.corpus.len() {
        0 => "No article open.".to_owned(),
        1 => "1 article.".to_owned(),
        n_documents if n_shown < n_documents => format!("{n_documents} articles compared, {n_shown} shown."),
        n_documents => format!("{n_documents} articles compared."),
    };
    let version = env!("CARGO_PKG_VERSION");
    let codebook = &scene.codebook.hash;
    let made = dates::day(made).replace(' ', "\u{a0}");
    format!("{compared} Throughline\u{a0}{version}, codebook\u{a0}{codebook}, made\u{a0}{made}.")
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::analysis::Analysis;
    use crate::codebook::Codebook;
    use crate::document::{Corpus, DateBasis, DocumentId, Outlet, Source};
    use crate::gui::marks::Marks;
    use crate::gui::snapshot::picture;
    use crate::project::Project;

    fn document(id: u64, title: &str, outlet: Option<(&str, OutletBasis)>, published: Published) -> Document {
        Document {
            source: Source::File { path: "/home/someone/news/report.txt".to_owned(), part: None },
            title: Some(title.to_owned()),
            outlet: outlet.map(|(name, basis)| Outlet { name: name.to_owned(), basis, range: None }),
            published,
            ..Document::of_lines(DocumentId(id), "")
        }
    }

    fn stated(day: Date) -> Published {
        Published { basis: DateBasis::Stated, best: Some(day), ..Published::unknown() }
    }

    /// The lines of a footer on a page of this size, each the words of its galleys.
    fn lines(documents: Vec<Document>, size: [u32; 2]) -> Vec<String> {
        let project = Project::default();
        let corpus = Corpus::new(documents.into_iter().map(Arc::new));
        let (analysis, codebook) = (Analysis::default(), Codebook::default());
        let (marks, today) = (Marks::default(), date(2026, 11, 21));
        let scene = Scene {
            project: &project,
            corpus: &corpus,
            reviewed: &crate::project::reviews::Reviewed::default(),
            changes: &crate::gui::changes::ChangeList::default(),
            analysis: &analysis,
            marks: &marks,
            codebook: &codebook,
            theme: &Theme::LIGHT,
            same_text: &std::collections::BTreeMap::new(),
            generation: 0,
            revision: 0,
            today,
            reading: Default::default(),
            is_page: false,
        };
        let mut lines: Vec<String> = Vec::new();
        let _ = picture(size, 1.0, &Theme::LIGHT, |ui| {
            lines.clear();
            let width = (ui.available_width() - 2.0 * MARGIN - GUTTER) * SOURCES_SHARE;
            let setter = Setter { ui, theme: &Theme::LIGHT, size: 14.0, line: 20.0 };
            let n_lines = (size[1] as f32 * MAX_SHARE / setter.line) as usize;
            for Placed { x, row, galley } in sources(setter, scene.corpus.documents(), width, n_lines).galleys {
                assert!(x + galley.size().x <= width);
                lines.resize(lines.len().max(row + 1), String::new());
                lines[row] += &format!("[{}]", galley.text());
            }
        });
        lines
    }

    #[test]
    fn source_is_cited_with_no_more_than_is_known() {
        let day = date(2017, 9, 6);
        let inferred = Published { basis: DateBasis::Inferred, ..stated(day) };
        let cases = [
            (Some(("Reuters", OutletBasis::Stated)), stated(day), "Reuters, “A title”, 6 Sep 2017"),
            (Some(("Gazette", OutletBasis::Entered)), inferred.clone(), "Gazette*, “A title”, est. 6 Sep 2017"),
            (None, Published::entered(day, Vec::new()), "report.txt, “A title”, 6 Sep 2017, entered"),
            (None, Published::unknown(), "report.txt, “A title”, undated"),
            (
                None,
                Published { best: None, earliest: Some(day), latest: Some(date(2017, 10, 1)), ..inferred.clone() },
                "report.txt, “A title”, est. 6 Sep 2017 to 1 Oct 2017",
            ),
            (
                None,
                Published { best: None, latest: Some(day), ..inferred },
                "report.txt, “A title”, not after 6 Sep 2017",
            ),
        ];
        for (outlet, published, expected) in cases {
            assert_eq!(citation(&document(1, "A title", outlet, published), "A title"), expected);
        }
    }

    #[test]
    fn quotation_marks_inside_a_title_are_single() {
        let document = document(1, "", None, Published::unknown());
        assert_eq!(citation(&document, "A “no” to it"), "report.txt, “A ‘no’ to it”, undated");
    }

    #[test]
    fn title_too_long_for_the_line_is_cut_and_the_date_stays() {
        let title = "A very long headline that says everything the article says ".repeat(4);
        let lines = lines(vec![document(1, &title, None, stated(date(2020, 2, 3)))], [900, 600]);
        let [line] = &lines[..] else { panic!("{lines:?}") };
        assert!(line.starts_with("[1report.txt, “A very long headline") && line.ends_with("…”, 3 Feb 2020]"), "{line}");
    }

    #[test]
    fn title_is_cut_between_words() {
        let cases = [
            ("The ministers met", 17, "The ministers met"),
            ("The ministers met", 16, "The ministers…"),
            ("The ministers met", 13, "The ministers…"),
            ("The ministers met", 12, "The…"),
            ("The ministers met", 2, "Th…"),
            ("북한의 미사일", 5, "북한의…"),
            ("ALongWordWithoutAnySpaceInside", 5, "ALong…"),
        ];
        for (title, n_chars, expected) in cases {
            assert_eq!(cut(title, n_chars), expected, "{title}, {n_chars}");
        }
    }

    #[test]
    fn list_too_long_for_the_page_says_how_many_are_left_out() {
        let corpus = |n_documents: u64| {
            let entered = Some(("Gazette", OutletBasis::Entered));
            (0..n_documents)
                .map(|id| document(id, &format!("Title {id}"), entered, stated(date(2020, 1, 1 + (id % 28) as i8))))
                .collect()
        };
        let few = lines(corpus(3), [1280, 800]);
        assert!(few.iter().all(|line| !line.contains("more")), "{few:?}");
        assert_eq!(few.last().map(String::as_str), Some("[* outlet entered, not in the text]"));
        for n_documents in [30, 31, 32, 33, 400] {
            let many = lines(corpus(n_documents), [1280, 400]);
            assert!(many.len() <= 4, "{many:?}");
            let n_listed = many.iter().map(|line| line.matches("Gazette*").count() as u64).sum::<u64>();
            let more = format!("[and {} more]", n_documents - n_listed);
            assert!(many[many.len() - 2].ends_with(&more), "{n_listed} listed: {many:?}");
        }
    }

    #[test]
    fn footer_has_a_place_for_a_single_article_and_for_none() {
        assert_eq!(lines(Vec::new(), [1280, 800]), Vec::<String>::new());
        let page = lines(vec![document(1, "", None, Published::unknown())], [400, 200]);
        assert_eq!(page, ["[1report.txt, undated]"]);
        // What cannot be cut in its title is cut at its end, and no line runs into the method.
        assert_eq!(lines(vec![document(1, "", None, Published::unknown())], [220, 200]).len(), 1);
    }
}
