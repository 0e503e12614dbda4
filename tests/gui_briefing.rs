//! Briefing shows the page that leaves: chosen, worded, checked, saved, and kept with the project.

#![expect(clippy::unwrap_used, reason = "a helper of a test that fails is a test that fails")]
#![cfg(feature = "gui")]

#[path = "support/window.rs"]
mod window;

use std::path::Path;

use egui::{Key, Modifiers, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use throughline::export::briefs::BriefFormat;
use throughline::gui::action::Action;
use throughline::gui::briefing::choices::BriefingState;
use throughline::gui::briefing::maker::{Briefed, Page};
use throughline::gui::briefing::saving::PageFormat;
use throughline::gui::state::{ImageSize, Sheet, ViewKind};
use throughline::gui::window::Window;
use throughline::report::briefing::{Kind, Subject};
use window::{HARBOR, click, press, settle, wait, window, window_kept, window_with_templates};

fn state<'a>(harness: &'a Harness<'static, Window>) -> &'a BriefingState {
    &harness.state().desk().state.briefing
}

fn briefed<'a>(harness: &'a Harness<'static, Window>) -> &'a Briefed {
    state(harness).made.as_ref().unwrap().briefed.as_ref().unwrap()
}

fn page<'a>(harness: &'a Harness<'static, Window>) -> &'a Page {
    briefed(harness).page.as_ref().unwrap()
}

/// Steps until the page that is shown is the one that is asked for.
fn made(harness: &mut Harness<'static, Window>) {
    harness.run_steps(2);
    wait(harness, "the page", |harness| {
        let state = state(harness);
        state.made.as_ref().is_some_and(|made| made.kind == state.kind) && !state.is_waiting()
    });
}

/// The window on the built-in articles, in Briefing.
fn briefing() -> Harness<'static, Window> {
    let mut harness = window(Vec::new());
    press(&mut harness, Modifiers::COMMAND, Key::Num5);
    assert_eq!(harness.state().desk().state.view, ViewKind::Briefing);
    made(&mut harness);
    harness
}

fn ask(harness: &mut Harness<'static, Window>, action: Action) {
    harness.state_mut().ask(action);
    harness.run_steps(3);
}

/// Replaces what stands in a field.
fn write(harness: &mut Harness<'static, Window>, field: &str, words: &str) {
    let node = |harness: &Harness<'static, Window>| {
        let fields = harness.query_all_by_label(field);
        let is_field = |role: Role| matches!(role, Role::TextInput | Role::MultilineTextInput);
        fields
            .map(|node| (node.accesskit_node().role(), node.rect().center()))
            .find(|(role, _)| is_field(*role))
            .unwrap()
            .1
    };
    let at = node(harness);
    for is_pressed in [true, false] {
        let modifiers = Modifiers::NONE;
        let button = egui::PointerButton::Primary;
        harness.event(egui::Event::PointerMoved(at));
        harness.event(egui::Event::PointerButton { pos: at, button, pressed: is_pressed, modifiers });
        harness.step();
    }
    press(harness, Modifiers::COMMAND, Key::A);
    harness.event(egui::Event::Text(words.to_owned()));
    made(harness);
}

/// The names of the checks as they are read aloud, from the top.
fn checks(harness: &Harness<'static, Window>) -> Vec<String> {
    let passed = harness.query_all_by_label_contains(": passed, ");
    let failed = harness.query_all_by_label_contains(": not passed, ");
    let mut all: Vec<(f32, String)> =
        passed.chain(failed).map(|node| (node.rect().top(), node.accesskit_node().value().unwrap())).collect();
    all.sort_by(|left, right| left.0.total_cmp(&right.0));
    all.into_iter().map(|(_, name)| name).collect()
}

#[test]
fn key_t_puts_the_change_in_front_on_a_page() {
    let mut harness = window(Vec::new());
    press(&mut harness, Modifiers::COMMAND, Key::Num3);
    press(&mut harness, Modifiers::NONE, Key::CloseBracket);
    let shift = harness.state().desk().state.selection.shift.unwrap();
    press(&mut harness, Modifiers::NONE, Key::T);
    assert_eq!(harness.state().desk().state.view, ViewKind::Briefing);
    made(&mut harness);
    assert_eq!(briefed(&harness).subject, Subject::Shift(shift));
    // The picture is read as what it shows, and has as many pixels as are drawn.
    let description = briefed(&harness).briefing.description.clone();
    let picture = harness.get_by_label_contains(&description[..40]);
    assert_eq!(picture.accesskit_node().role(), Role::Image);
    assert_eq!(page(&harness).image.size[0], picture.rect().width() as usize);
    harness.get_by_label("Page 1 of 1, 1920 × 1080");
    // What is chosen here is chosen everywhere.
    press(&mut harness, Modifiers::NONE, Key::CloseBracket);
    made(&mut harness);
    let next = harness.state().desk().state.selection.shift.unwrap();
    assert_ne!(next, shift);
    assert_eq!(briefed(&harness).subject, Subject::Shift(next));
}

#[test]
fn templates_are_a_group_that_answers_to_click_and_arrows() {
    let mut harness = briefing();
    assert_eq!(harness.query_all_by_role(Role::RadioButton).count(), 6);
    click(&mut harness, "Matrix");
    made(&mut harness);
    assert_eq!(briefed(&harness).subject.kind(), Kind::Matrix);
    harness.get_by_label("Timeline").focus();
    harness.run_steps(2);
    press(&mut harness, Modifiers::NONE, Key::ArrowRight);
    assert_eq!(state(&harness).kind, Kind::Phrase);
    press(&mut harness, Modifiers::NONE, Key::ArrowDown);
    made(&mut harness);
    assert_eq!(briefed(&harness).subject.kind(), Kind::Sources);
    for kind in Kind::ALL {
        click(&mut harness, kind.words());
        made(&mut harness);
        assert_eq!(briefed(&harness).briefing.kind, kind);
        assert_eq!(page(&harness).n_pages, state(&harness).made.as_ref().map_or(0, |_| page(&harness).n_pages));
        assert!(page(&harness).image.pixels.iter().any(|pixel| pixel.r() < 60), "{kind:?} is blank");
    }
}

#[test]
fn another_finding_is_chosen_from_the_list() {
    let mut harness = briefing();
    let topics = state(&harness).topics().to_vec();
    assert!(topics.len() > 3);
    let button = harness.query_all_by_role(Role::ComboBox).find_map(|node| {
        let label = node.accesskit_node().label()?;
        label.starts_with("Finding: ").then_some(label)
    });
    click(&mut harness, &button.unwrap());
    harness.run_steps(2);
    let row = |harness: &Harness<'static, Window>, label: &str| {
        let rows = harness.query_all_by_role(Role::ListBoxOption);
        rows.filter_map(|node| node.accesskit_node().label()).find(|name| name.contains(label))
    };
    let name = row(&harness, &topics[2].label).unwrap();
    click(&mut harness, &name);
    made(&mut harness);
    assert_eq!(briefed(&harness).subject, topics[2].subject);
    assert!(row(&harness, &topics[0].label).is_none(), "the list is closed");
}

#[test]
fn a_headline_of_ones_own_is_on_the_page_at_once_and_can_be_given_up() {
    let mut harness = briefing();
    let proposed = briefed(&harness).briefing.headline.clone();
    let before = page(&harness).image.clone();
    write(&mut harness, "Headline", "The alliance names a new supplier");
    assert_eq!(briefed(&harness).briefing.headline, "The alliance names a new supplier");
    assert_ne!(page(&harness).image.pixels, before.pixels);
    harness.get_by_label("6 of 15 words");
    // Each finding has words of its own.
    press(&mut harness, Modifiers::NONE, Key::Escape);
    press(&mut harness, Modifiers::NONE, Key::CloseBracket);
    made(&mut harness);
    assert_ne!(briefed(&harness).briefing.headline, "The alliance names a new supplier");
    press(&mut harness, Modifiers::NONE, Key::OpenBracket);
    made(&mut harness);
    assert_eq!(briefed(&harness).briefing.headline, "The alliance names a new supplier");
    click(&mut harness, "Proposed headline again");
    made(&mut harness);
    assert_eq!(briefed(&harness).briefing.headline, proposed);
    assert_eq!(page(&harness).image.pixels, before.pixels);
}

#[test]
fn a_check_that_fails_moves_up_and_says_what_to_do() {
    let mut harness = briefing();
    let before = checks(&harness);
    assert!(before.len() >= 5, "{before:?}");
    write(&mut harness, "Headline", &"on and on the headline runs and never comes to any point ".repeat(4));
    let after = checks(&harness);
    assert_eq!(after.len(), before.len());
    assert!(after[0].contains(": not passed, "), "{after:?}");
    let first = &page(&harness).checks[0];
    assert!(after[0].ends_with(first.advice.as_deref().unwrap()));
    harness.get_by_label_contains(" to look at");
}

#[test]
fn what_is_redacted_is_nowhere() {
    let mut harness = briefing();
    let person = "Stoltenberg";
    let all = |harness: &Harness<'static, Window>| format!("{:?}", briefed(harness).briefing);
    assert!(all(&harness).contains(person));
    write(&mut harness, "Redact", person);
    assert!(!all(&harness).contains(person));
    assert!(
        harness
            .query_all_by_role(Role::Image)
            .all(|node| { node.accesskit_node().label().is_none_or(|label| !label.contains(person)) })
    );
}

#[test]
fn the_page_is_saved_whole_or_the_old_file_stays() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = briefing();
    press(&mut harness, Modifiers::COMMAND, Key::E);
    let Some(Sheet::Page(sheet)) = &harness.state().desk().state.sheet else { panic!("no sheet for the page") };
    assert_eq!(sheet.format, PageFormat::PNG);
    let name = Path::new(&sheet.path.text).file_stem().unwrap().to_string_lossy().into_owned();
    assert!(!name.is_empty() && name.chars().count() <= 60, "{name}");
    click(&mut harness, "3840 × 2160");
    assert_eq!(state(&harness).size, ImageSize::UltraHd);
    for (format, ending, magic) in [
        (PageFormat::PNG, "png", &b"\x89PNG"[..]),
        (PageFormat::SVG, "svg", b"<svg"),
        (PageFormat::PDF, "pdf", b"%PDF"),
        (PageFormat::All(BriefFormat::Pdf), "deck.pdf", b"%PDF"),
        (PageFormat::All(BriefFormat::Html), "html", b"<!"),
        (PageFormat::Page(BriefFormat::Json), "json", b"{"),
    ] {
        let path = folder.path().join(format!("page.{ending}"));
        ask(&mut harness, Action::WritePage(path.clone(), format));
        let says = format!("Saved {}", path.display());
        wait(&mut harness, "the file", |harness| {
            harness.state().desk().state.toast.as_ref().is_some_and(|toast| toast.words == says)
        });
        let bytes = std::fs::read(&path).unwrap();
        assert!(bytes.windows(magic.len()).take(200).any(|window| window == magic), "{ending}");
    }
    let png = std::fs::read(folder.path().join("page.png")).unwrap();
    assert_eq!(png[16..24], [0, 0, 15, 0, 0, 0, 8, 112], "3840 wide, 2160 high");
    ask(&mut harness, Action::WritePage(folder.path().join("nowhere/page.png"), PageFormat::PNG));
    wait(&mut harness, "the error", |harness| {
        let toast = &harness.state().desk().state.toast;
        toast.as_ref().is_some_and(|toast| toast.words.starts_with("Nothing was saved: "))
    });
}

#[test]
fn the_page_in_words_is_copied_with_its_sources() {
    let mut harness = briefing();
    ask(&mut harness, Action::CopyPageText);
    assert_eq!(harness.state().desk().state.message, "Copied with its sources");
    let words = throughline::gui::briefing::asking::in_words(state(&harness)).unwrap();
    let briefing = &briefed(&harness).briefing;
    assert!(words.starts_with(&briefing.headline) && words.contains(&briefing.description), "{words}");
    assert!(words.contains(&format!("\n1 {}", briefing.sources[0].outlet)), "{words}");
}

#[test]
fn trouble_with_a_template_stands_in_the_place_of_the_page() {
    let folder = tempfile::tempdir().unwrap();
    let template = folder.path().join("shift-harbor.typ");
    std::fs::write(&template, "#let slide(briefing, page) = {\n  pier\n}\n").unwrap();
    let mut harness = window_with_templates(folder.path());
    press(&mut harness, Modifiers::COMMAND, Key::Num5);
    made(&mut harness);
    click(&mut harness, "Look: As it comes");
    click(&mut harness, "shift-harbor");
    made(&mut harness);
    harness.get_by_label_contains("shift-harbor.typ, line 2");
    harness.get_by_label_contains("pier");
    // Mended and read anew.
    std::fs::write(&template, "#let slide(briefing, page) = [A pier]\n").unwrap();
    click(&mut harness, "Try again");
    made(&mut harness);
    assert!(page(&harness).image.pixels.iter().any(|pixel| pixel.r() < 60));
    std::fs::remove_file(&template).unwrap();
    ask(&mut harness, Action::Brief(Subject::Sources));
    made(&mut harness);
    assert!(briefed(&harness).page.is_ok(), "other kinds of page keep their template");
}

#[test]
fn words_and_choices_are_there_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("untitled");
    let articles: Vec<_> = [("a.txt", HARBOR.to_owned()), ("b.txt", HARBOR.replace("2019", "2021"))]
        .into_iter()
        .map(|(name, text)| {
            let path = folder.path().join(name);
            std::fs::write(&path, text).unwrap();
            path
        })
        .collect();
    let mut harness = window_kept(&home, articles);
    press(&mut harness, Modifiers::COMMAND, Key::Num5);
    click(&mut harness, "Sources");
    made(&mut harness);
    write(&mut harness, "Headline", "Two articles on one pier");
    click(&mut harness, "By-lines");
    // Long enough for the look of the window to be remembered.
    harness.run_steps(80);
    wait(&mut harness, "the disk", |harness| harness.state().desk().keeping.says() == "saved");
    harness.get_by_label_contains("saved with the project");
    drop(harness);

    let mut harness = window_kept(&home, Vec::new());
    wait(&mut harness, "the work", |harness| harness.state().desk().corpus().len() == 2);
    settle(&mut harness);
    made(&mut harness);
    assert_eq!(harness.state().desk().state.view, ViewKind::Briefing);
    assert_eq!((state(&harness).kind, state(&harness).prints.has_bylines), (Kind::Sources, true));
    assert_eq!(briefed(&harness).briefing.headline, "Two articles on one pier");
}

#[test]
fn where_there_is_nothing_to_brief_it_says_what_helps() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("harbor.txt");
    std::fs::write(&path, HARBOR).unwrap();
    let mut harness = window(vec![path]);
    press(&mut harness, Modifiers::COMMAND, Key::Num5);
    made(&mut harness);
    harness.get_by_label("These articles show no change");
    harness.get_by_label("Drop more articles, or choose another template.");
    click(&mut harness, "Sources");
    made(&mut harness);
    assert!(briefed(&harness).page.is_ok());
}

#[test]
fn choices_and_page_take_turns_in_a_narrow_window() {
    let mut harness = briefing();
    harness.set_size(egui::vec2(560.0, 400.0));
    made(&mut harness);
    let image = harness.query_all_by_role(Role::Image).next().unwrap().rect();
    assert!(image.left() >= 0.0 && image.right() <= 560.0, "{image:?}");
    assert_eq!(harness.query_all_by_role(Role::RadioButton).count(), 0);
    click(&mut harness, "Choices");
    assert_eq!(harness.query_all_by_role(Role::RadioButton).count(), 6);
    click(&mut harness, "Page");
    assert_eq!(harness.query_all_by_role(Role::Image).count(), 1);
    // All tabs, and the menu at the right of them, are in the window and do not overlap.
    let mut places: Vec<_> =
        ViewKind::ALL.iter().map(|view| harness.get_by_role_and_label(Role::Tab, view.name()).rect()).collect();
    places.push(harness.get_by_label("More").rect());
    assert!(places.windows(2).all(|pair| pair[0].right() <= pair[1].left() + 0.5), "{places:?}");
    assert!(places.iter().all(|rect| rect.right() <= 560.0), "{places:?}");
}
