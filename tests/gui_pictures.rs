//! What is drawn looks as it was when somebody last looked: type, marks, shapes, and the footer of a picture.
//!
//! `tests/support` says how a wanted change is taken over.

#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a helper of a test fails by panicking")]
#![cfg(feature = "gui")]

mod support;

use std::sync::Arc;

use egui::{Color32, Rect, RichText, Shape, Stroke, Ui, pos2, vec2};
use egui_kittest::kittest::Queryable as _;
use egui_kittest::{Harness, SnapshotResults};
use jiff::civil::date;
use support::{RasterRenderer, assert_picture};
use throughline::analysis::Analysis;
use throughline::codebook::Codebook;
use throughline::document::{Corpus, DateBasis, Document, DocumentId, Outlet, OutletBasis, Published};
use throughline::gui::Scene;
use throughline::gui::article::{self, Line};
use throughline::gui::changes::ChangeList;
use throughline::gui::marks::Marks;
use throughline::gui::snapshot::{page_ui, picture};
use throughline::gui::theme::{self, Theme};
use throughline::project::Project;
use throughline::project::reviews::Reviewed;
use throughline::text::ByteRange;

const PALETTES: [(&str, &Theme); 2] = [("light", &Theme::LIGHT), ("dark", &Theme::DARK)];

#[test]
fn type_specimen() {
    let mut results = SnapshotResults::new();
    for (name, theme) in PALETTES {
        let picture = picture([340, 202], 1.0, theme, |ui| {
            margin(ui, |ui| specimen_ui(ui, theme));
        });
        assert_eq!(picture.note(), None);
        assert_picture(&mut results, &format!("type-{name}"), picture.image);
    }
}

fn margin(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    egui::Frame::NONE.inner_margin(12).show(ui, add);
}

fn specimen_ui(ui: &mut Ui, theme: &Theme) {
    let words = |text: &str, font, color| RichText::new(text).font(font).color(color);
    ui.label(words("Stays: 1,204 in 2023", theme::serif_display(26.0), theme.ink));
    ui.label(words("Ministers to address arms trade", theme::serif_bold(16.5), theme.ink));
    ui.label(words("“We also know that it’s given to the waffle office”", theme::serif(14.25), theme.ink));
    ui.label(words("A caption under a photograph", theme::serif_italic(13.0), theme.dim));
    ui.horizontal(|ui| {
        ui.label(words("est.", theme::sans(12.0), theme.ink2));
        ui.label(words("19 Jun 2024", theme::sans_bold(12.0), theme.ink));
        ui.label(words("reframed", theme::sans_medium(12.5), theme.accent));
    });
    ui.horizontal(|ui| {
        let _ = ui.button("Open");
        let _ = ui.button(RichText::new("Accept").color(theme.accent));
        ui.label(words("5 articles · 2,201 words", theme::sans(11.5), theme.dim));
    });
}

#[test]
fn marks_are_told_apart_by_ground_and_line() {
    let mut results = SnapshotResults::new();
    for (name, theme) in PALETTES {
        let picture = picture([340, 136], 1.0, theme, |ui| {
            margin(ui, |ui| marks_ui(ui, theme));
        });
        assert_picture(&mut results, &format!("marks-{name}"), picture.image);
    }
}

/// A row a ground, a column a line: verbatim, near, alias, and a family without a pin.
fn marks_ui(ui: &mut Ui, theme: &Theme) {
    let text = "gypsum quay, a jetty, their quays, two plain words";
    let marks = [("gypsum quay", Line::Solid), ("a jetty", Line::Dashed), ("their quays", Line::Dotted)];
    for (pin, shared) in theme.pins.iter().zip(theme.shared.iter().cycle()) {
        let format = theme::format(theme::serif(14.25), 22.0, theme.ink);
        let galley = article::text_galley(ui, text.to_owned(), format, ui.available_width());
        let (rect, _) = ui.allocate_exact_size(galley.size(), egui::Sense::hover());
        let rows = |words: &str| {
            let start = text.find(words).unwrap();
            let range = ByteRange::new(start, start + words.len());
            article::placed(article::row_rects(&galley, text, range), rect.min)
        };
        for (idx, (words, line)) in marks.into_iter().enumerate() {
            for row in rows(words) {
                article::ground(ui.painter(), row, if idx == 2 { pin.faded } else { pin.tint });
                article::underline(ui.painter(), row, line, Stroke::new(1.5, pin.underline));
            }
        }
        for row in rows("two plain") {
            article::ground(ui.painter(), row, *shared);
            article::underline(ui.painter(), row, Line::Solid, Stroke::new(1.0, theme.shared_line));
        }
        ui.painter().galley(rect.min, galley.clone(), theme.ink);
    }
}

#[test]
fn shapes_of_charts_at_a_broken_scale() {
    let mut results = SnapshotResults::new();
    let theme = &Theme::LIGHT;
    let picture = picture([300, 150], 1.25, theme, |ui| shapes_ui(ui, theme));
    assert_picture(&mut results, "shapes", picture.image);
}

/// One of everything that a chart is made of, in 240 × 120 points.
fn shapes_ui(ui: &Ui, theme: &Theme) {
    let painter = ui.painter();
    for (idx, radius) in [4.0, 5.0, 7.0, 9.0, 11.0, 13.0].into_iter().enumerate() {
        let center = pos2(20.0 + 29.0 * idx as f32, 22.0);
        if idx % 2 == 0 {
            painter.circle_filled(center, radius, theme.accent);
        } else {
            painter.circle_stroke(center, radius, Stroke::new(1.5, theme.accent));
        }
    }
    let card = Rect::from_min_size(pos2(12.0, 46.0), vec2(90.0, 40.0));
    painter.add(theme.card_shadow().as_shape(card, 7.0));
    painter.rect(card, 7.0, theme.raise, Stroke::new(1.0, theme.rule2), egui::StrokeKind::Inside);
    painter.rect_filled(card.shrink(12.0), 2.0, theme.pins[2].tint);
    let ribbon: Vec<_> = (0..=24).map(|step| step as f32 / 24.0).collect();
    let mut mesh = egui::Mesh::default();
    for (idx, along) in ribbon.iter().enumerate() {
        let rise = 30.0 * along * along * (3.0 - 2.0 * along);
        for y in [52.0, 62.0] {
            mesh.colored_vertex(pos2(112.0 + 60.0 * along, y + rise), theme.pins[0].tint.gamma_multiply(0.5));
        }
        if idx > 0 {
            let last = 2 * idx as u32;
            mesh.add_triangle(last - 2, last - 1, last);
            mesh.add_triangle(last - 1, last, last + 1);
        }
    }
    painter.add(mesh);
    let axis = [pos2(12.0, 104.0), pos2(180.0, 104.0)];
    painter.line_segment(axis, Stroke::new(1.0, theme.rule2));
    painter.extend(Shape::dashed_line(&axis.map(|at| at + vec2(0.0, 5.0)), Stroke::new(1.5, theme.ink), 5.0, 3.0));
    painter.extend(Shape::dotted_line(&axis.map(|at| at + vec2(0.0, 10.0)), theme.ink2, 3.0, 1.0));
    let format = theme::format(theme::sans_bold(12.0), 16.0, theme.ink);
    let galley = article::text_galley(ui, "est. 6 Sep 2017".to_owned(), format, f32::INFINITY);
    let spine = egui::epaint::TextShape::new(pos2(226.0, 10.0), galley, theme.ink);
    painter.add(spine.with_angle(std::f32::consts::FRAC_PI_2));
    painter.line_segment([pos2(186.0, 112.0), pos2(204.0, 10.0)], Stroke::new(2.0, theme.ink));
}

#[test]
fn picture_carries_its_sources() {
    let documents = [
        article("Gypsum and its friends", "The Quay", OutletBasis::Stated, date(2019, 3, 4), DateBasis::Inferred),
        article(
            "No more chalk, say ministers",
            "Daily Pier",
            OutletBasis::Entered,
            date(2021, 11, 30),
            DateBasis::Stated,
        ),
        article("", "Harbor Wire", OutletBasis::Metadata, date(2024, 1, 9), DateBasis::Metadata),
    ];
    let mut results = SnapshotResults::new();
    for (name, theme) in PALETTES {
        let picture = footer_picture(&documents, theme);
        assert_picture(&mut results, &format!("footer-{name}"), picture);
    }
}

fn footer_picture(documents: &[Document], theme: &Theme) -> throughline::gui::raster::Image {
    let project = Project::default();
    let corpus = Corpus::new(documents.iter().cloned().map(Arc::new));
    let (analysis, marks, codebook) =
        (Analysis::default(), Marks::default(), Codebook { hash: "0123456789ab".to_owned(), ..Codebook::default() });
    let today = date(2026, 11, 21);
    let scene = Scene {
        project: &project,
        corpus: &corpus,
        analysis: &analysis,
        reviewed: &Reviewed::default(),
        changes: &ChangeList::default(),
        marks: &marks,
        codebook: &codebook,
        theme,
        same_text: &std::collections::BTreeMap::new(),
        generation: 0,
        revision: 0,
        today,
        reading: Default::default(),
        is_page: false,
    };
    let picture = picture([800, 500], 1.0, theme, |ui| {
        page_ui(ui, &scene, corpus.documents(), today, |ui| {
            ui.painter().rect_filled(ui.max_rect(), 0.0, theme.chrome);
        });
    });
    bottom(&picture.image, 120)
}

/// The lowest rows of a picture.
fn bottom(image: &throughline::gui::raster::Image, n_rows: u32) -> throughline::gui::raster::Image {
    let n_bytes = (n_rows * image.width * 4) as usize;
    let rgba = image.rgba[image.rgba.len() - n_bytes..].to_vec();
    throughline::gui::raster::Image { width: image.width, height: n_rows, rgba }
}

fn article(title: &str, outlet: &str, basis: OutletBasis, day: jiff::civil::Date, dated: DateBasis) -> Document {
    Document {
        title: Some(title.to_owned()),
        outlet: Some(Outlet { name: outlet.to_owned(), basis, range: None }),
        published: Published { best: Some(day), basis: dated, ..Published::unknown() },
        ..Document::of_lines(DocumentId(title.len() as u64), "")
    }
}

#[test]
fn harness_is_drawn_without_a_graphics_card() {
    let mut harness = Harness::builder()
        .with_size(vec2(120.0, 60.0))
        .with_context_setup(Theme::install)
        .with_theme(egui::Theme::Light)
        .renderer(RasterRenderer::default())
        .build_ui(|ui| {
            let _ = ui.button("Open");
        });
    harness.run();
    let before = harness.render().unwrap();
    assert_eq!(before.get_pixel(119, 59).0, Theme::LIGHT.paper.to_array());
    let has = |image: &image::RgbaImage, color: Color32| image.pixels().any(|pixel| pixel.0 == color.to_array());
    assert!(has(&before, Theme::LIGHT.ink) && !has(&before, Theme::LIGHT.accent));
    harness.get_by_label("Open").focus();
    harness.run();
    assert_ne!(harness.render().unwrap(), before, "what has the focus looks otherwise");
}
