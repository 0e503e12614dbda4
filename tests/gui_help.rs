//! The help opens at the page of the view, and the card of reading settings works at once and is kept.

#![cfg(feature = "gui")]

#[path = "support/window.rs"]
mod support;

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use support::{click, press, window, window_kept};
use throughline::gui::help::Page;
use throughline::gui::settings::{Appearance, Face, LineHeight, Measure, Settings};
use throughline::gui::state::Sheet;
use throughline::gui::theme::Theme;

#[test]
fn help_opens_at_the_page_of_the_view_in_front() {
    let mut harness = window(Vec::new());
    press(&mut harness, Modifiers::NONE, Key::F1);
    // Whoever starts finds the first page.
    assert!(harness.query_by_label("The first five minutes").is_some());
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert_eq!(harness.state().desk().state.sheet, None);
    click(&mut harness, "Close the notice");
    for (key, heading) in [
        (Key::Num1, "The line under a phrase says how it comes back"),
        (Key::Num2, "What can be done"),
        (Key::Num3, "A mark says how it is told, how firm it is, and which way it points"),
        (Key::Num4, "What the boxes say"),
        (Key::Num5, "Checks"),
    ] {
        press(&mut harness, Modifiers::COMMAND, key);
        press(&mut harness, Modifiers::NONE, Key::Questionmark);
        assert!(harness.query_by_label(heading).is_some(), "{heading}");
        press(&mut harness, Modifiers::NONE, Key::Questionmark);
        assert_eq!(harness.state().desk().state.sheet, None);
    }
}

#[test]
fn every_page_is_one_click_away() {
    let mut harness = window(Vec::new());
    press(&mut harness, Modifiers::NONE, Key::Questionmark);
    for page in Page::ALL {
        click(&mut harness, &format!("Help page: {}", page.name()));
        let Some(Sheet::Help(sheet)) = &harness.state().desk().state.sheet else { panic!("the help is gone") };
        assert_eq!(sheet.page, page);
    }
    click(&mut harness, "Close the help");
    assert_eq!(harness.state().desk().state.sheet, None);
}

#[test]
fn samples_are_told_with_what_they_mean() {
    let mut harness = window(Vec::new());
    press(&mut harness, Modifiers::NONE, Key::Questionmark);
    click(&mut harness, "Help page: Positions");
    assert!(harness.query_by_label_contains("How it is told: quoted, reported, not official").is_some());
    click(&mut harness, "Help page: Read");
    assert!(harness.query_by_label_contains("widen the quay: dotted").is_some());
}

#[test]
fn keys_are_found_by_what_they_do() {
    let mut harness = window(Vec::new());
    press(&mut harness, Modifiers::NONE, Key::Questionmark);
    click(&mut harness, "Help page: Keys");
    assert!(harness.query_by_label("Ctrl Z: Undo").is_some());
    click(&mut harness, "Find a key");
    harness.event(egui::Event::Text("boilerplate".to_owned()));
    harness.run_steps(3);
    assert!(harness.query_by_label("U: Boilerplate").is_some());
    assert!(harness.query_by_label("Ctrl Z: Undo").is_none());
}

#[test]
fn the_card_changes_what_is_behind_it_at_once() {
    let mut harness = window(Vec::new());
    press(&mut harness, Modifiers::NONE, Key::A);
    for label in ["Letters: sans", "Columns: wide", "Lines: loose", "Colors: dark", "High contrast", "No motion"] {
        click(&mut harness, label);
    }
    click(&mut harness, "Larger words, now 100 %");
    let settings = harness.state().desk().settings;
    assert_eq!(settings.appearance, Appearance::Dark);
    assert!(settings.is_high_contrast && !settings.is_still);
    let reading = settings.reading;
    assert_eq!((reading.face, reading.measure, reading.line_height), (Face::Sans, Measure::Wide, LineHeight::Loose));
    assert!((reading.text_size - 1.1).abs() < 1e-6);
    assert_eq!(Theme::current(&harness.ctx), Theme::HIGH_DARK);
    click(&mut harness, "Reset");
    assert_eq!(harness.state().desk().settings, Settings::default());
    press(&mut harness, Modifiers::NONE, Key::Escape);
    assert!(harness.query_by_label("Letters: sans").is_none());
}

#[test]
fn the_size_of_the_window_is_a_setting_like_others() {
    let mut harness = window(Vec::new());
    press(&mut harness, Modifiers::COMMAND, Key::Plus);
    press(&mut harness, Modifiers::COMMAND, Key::Plus);
    assert!((harness.state().desk().settings.zoom - 1.2).abs() < 1e-6);
    assert!((harness.ctx.zoom_factor() - 1.2).abs() < 1e-6);
    press(&mut harness, Modifiers::COMMAND, Key::Num0);
    assert_eq!(harness.ctx.zoom_factor(), 1.0);
}

#[test]
fn settings_are_there_again_after_a_restart_and_in_every_project() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("untitled");
    let mut harness = window_kept(&home, Vec::new());
    press(&mut harness, Modifiers::NONE, Key::D);
    press(&mut harness, Modifiers::COMMAND, Key::Plus);
    let settings = harness.state().desk().settings;
    assert_eq!(settings.appearance, Appearance::Dark);
    let start = std::time::Instant::now();
    let kept = || Settings::of_json(&std::fs::read_to_string(home.join("settings.json")).ok()?);
    while kept() != Some(settings) {
        harness.step();
        assert!(start.elapsed().as_secs() < 20, "nothing was written");
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    drop(harness);
    let harness = window_kept(&home, Vec::new());
    assert_eq!(harness.state().desk().settings, settings);
    assert_eq!(Theme::current(&harness.ctx), Theme::DARK);
}
