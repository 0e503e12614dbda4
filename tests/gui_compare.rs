//! Compare, two whole articles: what they share is tied, they scroll together, versions show what changed, and what the
//! reader ties by hand stays.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails by panicking")]
#![cfg(feature = "gui")]

#[path = "support/window.rs"]
mod window;

use std::path::PathBuf;

use egui::{Key, Modifiers, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use throughline::gui::action::Action;
use throughline::gui::compare::articles::rows::RowKind;
use throughline::gui::compare::state::Mode;
use throughline::gui::page;
use throughline::gui::state::ViewKind;
use throughline::gui::theme::Mode as Palette;
use throughline::gui::window::Window;
use window::{click, press, settle, wait, window, window_kept};

const HEAD: &str = "Harbor council widens the pier";

/// Paragraphs of the first version of a story, about two screens of them.
fn paragraphs() -> Vec<String> {
    let mut paragraphs = vec![
        "The harbor council said on Monday that it will widen the old pier before the summer season begins.".to_owned(),
        "Ferries to the islands leave from the northern quay while the works go on, the port office said.".to_owned(),
        "The works cost four million crowns, of which the region pays half and the fees the rest.".to_owned(),
    ];
    let things =
        ["crane", "net", "lantern", "anchor", "barrel", "rope", "sail", "oar", "buoy", "winch", "mast", "keel"];
    for (idx, thing) in things.iter().enumerate() {
        paragraphs.push(format!(
            "Warehouse w{idx} holds the {thing} that keeper k{idx} bought from trader t{idx} in year y{idx}, and the \
             council wants to see {thing} bills b{idx} before it decides on room r{idx} of the new quay."
        ));
    }
    paragraphs
}

/// The same a day later: a word is another one, a paragraph is new, one moved to the end, one is gone.
fn later() -> Vec<String> {
    let mut paragraphs = paragraphs();
    paragraphs[0] = paragraphs[0].replace("summer season begins", "autumn storms begin");
    let ferries = paragraphs.remove(1);
    paragraphs.insert(3, "Divers found an old cannon below the northern quay last week, which delays them.".to_owned());
    paragraphs.remove(4);
    paragraphs.push(ferries);
    paragraphs
}

fn article(day: &str, paragraphs: &[String]) -> String {
    format!("{HEAD}\n\n{day}\n\n{}\n", paragraphs.join("\n\n"))
}

fn write(folder: &std::path::Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path
}

fn versions(folder: &std::path::Path) -> Vec<PathBuf> {
    vec![
        write(folder, "monday.txt", &article("4 March 2019", &paragraphs())),
        write(folder, "tuesday.txt", &article("5 March 2019", &later())),
    ]
}

/// Two articles that are no versions of one another and share a formula, once near the top and once far below.
fn two_texts(folder: &std::path::Path) -> Vec<PathBuf> {
    let filler = |from: usize, n: usize| -> Vec<String> {
        let line = |idx: usize| match from < 300 {
            true => format!("Line w{idx} tells of boat x{idx} and pier y{idx}, where sailor s{idx} waits for u{idx}."),
            false => {
                format!("Cook a{idx} peels roots b{idx} at dawn; shed c{idx} smells, and e{idx} counts sacks f{idx}.")
            }
        };
        (from..from + n).map(line).collect()
    };
    let formula =
        |rest: &str| format!("“We are of course concerned about the dredging of the channel {rest},” Ana Lund said.");
    let mut first = filler(0, 3);
    first.push(formula("today"));
    first.extend(filler(100, 40));
    let mut second = filler(300, 30);
    second.push(formula("and about much else"));
    second.extend(filler(400, 30));
    let text = |head: &str, day: &str, lines: &[String]| format!("{head}\n\n{day}\n\n{}\n", lines.join("\n\n"));
    vec![
        write(folder, "spring.txt", &text("Mayor warns of the dredger", "4 March 2019", &first)),
        write(folder, "winter.txt", &text("Wool is cheap again this year", "9 December 2020", &second)),
    ]
}

fn compare_articles(harness: &mut Harness<'static, Window>) {
    press(harness, Modifiers::COMMAND, Key::Num4);
    click(harness, "Articles");
    wait(harness, "the comparison", |harness| {
        let articles = &harness.state().desk().state.compare.articles;
        articles.asked.is_none() && articles.compared.len() == 1
    });
    harness.run_steps(6);
}

fn saved(harness: &mut Harness<'static, Window>) {
    wait(harness, "the file", |harness| harness.state().desk().keeping.says() == "saved");
}

fn scroll(harness: &Harness<'static, Window>) -> [f32; 2] {
    harness.state().desk().state.compare.articles.scroll
}

/// Turns the wheel over a side.
fn wheel(harness: &mut Harness<'static, Window>, x: f32, by: f32) {
    harness.hover_at(egui::pos2(x, 400.0));
    harness.step();
    harness.event(egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: vec2(0.0, by),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Wheel,
        modifiers: Modifiers::NONE,
    });
    harness.run_steps(30);
}

#[test]
fn what_two_articles_share_is_tied_and_walked() {
    let mut harness = window(Vec::new());
    compare_articles(&mut harness);
    let compare = &harness.state().desk().state.compare;
    let shared = compare.articles.shared.clone().unwrap();
    assert!(shared.places.len() > 1, "the built-in articles of the first change share formulas");
    harness.get_by_label_contains("shared phrases");
    for place in &shared.places {
        press(&mut harness, Modifiers::NONE, Key::N);
        let state = &harness.state().desk().state;
        assert_eq!(state.view, ViewKind::Compare, "walking stays between the two articles");
        assert_eq!(state.selection.phrase, Some(place.phrase));
        assert_eq!(state.selection.occurrence.map(|passage| passage.range), Some(place.ranges[0]));
    }
    press(&mut harness, Modifiers::NONE, Key::P);
    let selection = &harness.state().desk().state.selection;
    let before = &shared.places[shared.places.len().saturating_sub(2)];
    assert_eq!(selection.occurrence.map(|passage| passage.range), Some(before.ranges[0]));
    // What is chosen here is chosen in Read.
    press(&mut harness, Modifiers::COMMAND, Key::Num1);
    assert_eq!(harness.state().desk().state.selection.phrase, Some(before.phrase));
}

#[test]
fn the_other_column_follows_by_what_both_share_and_not_by_points() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(two_texts(folder.path()));
    compare_articles(&mut harness);
    let state = &harness.state().desk().state.compare;
    let shared = state.articles.shared.clone().unwrap();
    assert!(!shared.places.is_empty(), "the formula comes back");
    assert_eq!(scroll(&harness), [0.0, 0.0]);
    wheel(&mut harness, 300.0, -300.0);
    let [left, right] = scroll(&harness);
    assert!(left > 100.0, "the left one is scrolled: {left}");
    assert!(right > 3.0 * left, "its formula stands near the top, that of the other one far below: {left} {right}");
    harness.get_by_label_contains("anchored on “We are of course concerned");
    press(&mut harness, Modifiers::NONE, Key::L);
    assert!(!harness.state().desk().state.compare.is_linked);
    wheel(&mut harness, 900.0, 200.0);
    let [still, moved] = scroll(&harness);
    assert_eq!(still, left);
    assert!(moved < right, "each scrolls by itself");
}

#[test]
fn versions_show_what_changed_side_by_side_and_inline() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(versions(folder.path()));
    compare_articles(&mut harness);
    let compared = harness.state().desk().state.compare.articles.compared[0].clone();
    assert!(compared.versions.are_versions());
    let kinds: Vec<RowKind> = compared.rows.iter().map(|row| row.kind).filter(|kind| *kind != RowKind::Same).collect();
    let away = |kind: &RowKind| matches!(kind, RowKind::Away { .. });
    assert!(kinds.contains(&RowKind::Changed) && kinds.contains(&RowKind::Added) && kinds.contains(&RowKind::Gone));
    assert!(kinds.contains(&RowKind::Moved) && kinds.iter().any(away));
    harness.get_by_label("Changes");
    harness.get_by_label_contains("the same");
    click(&mut harness, "Inline");
    harness.get_by_label_contains("[gone: summer season begins] [new: autumn storms begin]");
    harness.get_by_label_contains("Only on 5 Mar 2019: Divers found an old cannon");
    harness.get_by_label_contains("moved, see below: “Ferries to the islands");
    let folded = "paragraphs unchanged";
    harness.get_by_label_contains(folded).click();
    harness.run_steps(3);
    assert!(harness.query_by_label_contains(folded).is_none(), "a fold opens");
}

#[test]
fn two_texts_are_not_compared_word_by_word() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = window(two_texts(folder.path()));
    compare_articles(&mut harness);
    assert!(harness.query_by_label("Changes").is_none(), "there are no changes between two texts");
    click(&mut harness, "Inline");
    harness.get_by_label("These two are not versions of one text");
    harness.get_all_by_label("Side by side").last().unwrap().click();
    harness.run_steps(3);
    assert!(!harness.state().desk().state.compare.is_inline);
}

#[test]
fn a_pair_is_chosen_swapped_and_closed() {
    let mut harness = window(Vec::new());
    compare_articles(&mut harness);
    let ids: Vec<_> = harness.state().desk().corpus().documents().iter().map(|document| document.id).collect();
    let shown = |harness: &Harness<'static, Window>| harness.state().desk().state.compare.articles.shown.unwrap();
    let [left, right] = shown(&harness);
    click(&mut harness, "Swap the two articles");
    assert_eq!(shown(&harness), [right, left]);
    harness.get_by_label_contains("Left article:").click();
    harness.run_steps(3);
    harness.get_by_label_contains("est. 7 Nov 2017, 5hotnews").click();
    harness.run_steps(3);
    assert_eq!(shown(&harness), [ids[1], left]);
    // The menu of an article leads here as well.
    harness.state_mut().ask(Action::CompareArticles(ids[0], ids[2]));
    harness.run_steps(3);
    assert_eq!(shown(&harness), [ids[0], ids[2]]);
    harness.state_mut().ask(Action::Change(throughline::project::Command::RemoveDocuments(vec![ids[0]])));
    settle(&mut harness);
    harness.get_by_label("One of the two articles was closed");
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    settle(&mut harness);
    assert_eq!(shown(&harness), [ids[0], ids[2]], "undo brings it back");
}

#[test]
fn among_many_articles_one_is_found_by_its_words() {
    let folder = tempfile::tempdir().unwrap();
    let heads = ["Mayor warns of the dredger", "Wool is cheap again", "Ferries stay in port"];
    let paths = (0..12).map(|idx| {
        let text = format!("{} {idx}\n\n{} March 2019\n\nBoat x{idx} waits at pier y{idx}.\n", heads[idx % 3], idx + 1);
        write(folder.path(), &format!("a{idx:02}.txt"), &text)
    });
    let mut harness = window(paths.collect());
    press(&mut harness, Modifiers::COMMAND, Key::Num4);
    click(&mut harness, "Articles");
    harness.get_by_label_contains("Left article:").click();
    harness.run_steps(4);
    harness.get_by_label("Search the articles").type_text("wool 11");
    harness.run_steps(4);
    assert!(harness.query_by_label_contains("a03.txt, Mayor warns").is_none(), "the list is shorter");
    press(&mut harness, Modifiers::NONE, Key::Enter);
    let state = harness.state().desk();
    let left = state.state.compare.articles.shown.unwrap()[0];
    let title = state.corpus().get(left).unwrap().title.clone();
    assert_eq!(title.as_deref(), Some("Wool is cheap again 10"), "of 11 March");
}

#[test]
fn one_article_alone_says_what_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    let path = write(folder.path(), "monday.txt", &article("4 March 2019", &paragraphs()));
    let mut harness = window(vec![path]);
    press(&mut harness, Modifiers::COMMAND, Key::Num4);
    click(&mut harness, "Articles");
    harness.get_by_label("Compare needs two articles");
}

#[test]
fn paragraphs_are_tied_by_keyboard_and_the_tie_comes_back_with_the_project() {
    let home = tempfile::tempdir().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let pair = {
        let mut harness = window_kept(home.path(), two_texts(folder.path()));
        compare_articles(&mut harness);
        let pair = harness.state().desk().state.compare.articles.shown.unwrap();
        harness.get_by_label_contains("Line w1 tells of boat").focus();
        harness.run_steps(2);
        press(&mut harness, Modifiers::NONE, Key::Enter);
        harness.get_by_label_contains("Choose a paragraph of the other article");
        harness.get_by_label_contains("Tie to the pinned paragraph: Cook a302").focus();
        harness.run_steps(2);
        press(&mut harness, Modifiers::NONE, Key::Enter);
        let pins = harness.state().desk().state.compare.pins.of(pair);
        assert_eq!(pins.len(), 1);
        harness.get_by_label_contains("Remove the pin: Line w1 tells");
        // Long enough for the look of the window to be remembered.
        harness.run_steps(80);
        saved(&mut harness);
        pair
    };
    let mut harness = window_kept(home.path(), Vec::new());
    wait(&mut harness, "the project", |harness| harness.state().desk().corpus().len() == 2);
    let state = &harness.state().desk().state;
    assert_eq!((state.view, state.compare.mode), (ViewKind::Compare, Mode::Articles));
    assert_eq!(state.compare.pins.of(pair).len(), 1);
    harness.run_steps(6);
    harness.get_all_by_label("Remove this pin").next().unwrap().click();
    harness.run_steps(3);
    assert!(harness.state().desk().state.compare.pins.of(pair).is_empty());
}

#[test]
fn statements_can_be_read_inline() {
    let mut harness = window(Vec::new());
    press(&mut harness, Modifiers::COMMAND, Key::Num4);
    click(&mut harness, "Inline");
    let words = harness.get_by_label_contains("We are of course also concerned about the");
    let label = format!("{words:?}");
    assert!(label.contains("reckless") && label.contains("potential support"), "both are in one text: {label}");
}

#[test]
fn a_picture_of_two_articles_has_their_ribbons_and_no_controls() {
    let mut harness = window(Vec::new());
    compare_articles(&mut harness);
    let desk = harness.state().desk();
    let made = jiff::civil::date(2026, 1, 1);
    let picture = || page::picture(desk, [1280, 720], 1.0, Palette::Light, made).png().unwrap();
    assert_eq!(picture(), picture(), "the same desk gives the same pixels");
}
