//! Columns are the reader's to arrange: moved, widened, narrowed to spines, hidden and put back, by pointer and by keys;
//! they scroll together where that is wanted, and articles are set as the reader likes.

#![expect(clippy::unwrap_used, reason = "a helper of a test fails by panicking")]
#![cfg(feature = "gui")]

#[path = "support/window.rs"]
mod support;

use egui::{Key, Modifiers, Pos2, pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use support::{click, press, settle, window};
use throughline::document::DocumentId;
use throughline::gui::window::Window;

/// Six articles; the first has twenty stretches of ten paragraphs, the others have shorter ones, and each stretch ends
/// with words that all share.
fn articles() -> (tempfile::TempDir, Harness<'static, Window>) {
    let folder = tempfile::tempdir().unwrap();
    let mut paths = Vec::new();
    for number in 1..=6_usize {
        let mut text = format!("Harbor report {number}\n\nPublished 4 March 201{number}\n\n");
        let stretch = (10 / number).max(2);
        for idx in 0..20 * stretch {
            let quarter = ["north", "south", "east", "west", "upper", "lower"][idx / stretch % 6];
            let said = match idx % stretch + 1 {
                end if end == stretch => {
                    format!(
                        "The council will widen the old stone pier of the {quarter} quarter before the winter storms."
                    )
                }
                _ => format!("Line {idx} of number {number} tells what happened at gate {}.", idx * 7 + number),
            };
            text.push_str(&said);
            text.push_str("\n\n");
        }
        let path = folder.path().join(format!("report {number}.txt"));
        std::fs::write(&path, text).unwrap();
        paths.push(path);
    }
    let mut harness = window(paths);
    settle(&mut harness);
    (folder, harness)
}

/// The columns on screen, from left to right.
fn open(harness: &Harness<'static, Window>) -> Vec<DocumentId> {
    harness.state().desk().state.reading.open.clone()
}

fn drag(harness: &mut Harness<'static, Window>, from: Pos2, to: Pos2) {
    harness.hover_at(from);
    harness.run_steps(2);
    harness.drag_at(from);
    harness.run_steps(2);
    for share in [0.3, 0.7, 1.0] {
        harness.hover_at(from.lerp(to, share));
        harness.run_steps(2);
    }
    harness.drop_at(to);
    harness.run_steps(3);
}

#[test]
fn a_column_is_dragged_to_another_place_and_back_in_order_of_date_by_one_key() {
    let (_folder, mut harness) = articles();
    let before = open(&harness);
    assert_eq!(before.len(), 3);
    let grip = harness.get_by_label("Move column Harbor report 1").rect().center();
    drag(&mut harness, grip, grip + vec2(2.0 * 338.0 + 250.0, 200.0));
    assert_eq!(open(&harness), [before[1], before[2], before[0]]);
    press(&mut harness, Modifiers::NONE, Key::O);
    assert_eq!(open(&harness), before);
}

#[test]
fn arrows_move_a_column_whose_grip_has_the_focus() {
    let (_folder, mut harness) = articles();
    let before = open(&harness);
    harness.get_by_label("Move column Harbor report 2").focus();
    harness.run_steps(2);
    press(&mut harness, Modifiers::NONE, Key::ArrowLeft);
    assert_eq!(open(&harness)[..2], [before[1], before[0]]);
    press(&mut harness, Modifiers::NONE, Key::ArrowRight);
    assert_eq!(open(&harness), before);
}

#[test]
fn the_line_between_columns_gives_a_width_and_a_double_click_takes_it_back() {
    let (_folder, mut harness) = articles();
    let edge = harness.get_by_label("Width of column 1").rect();
    let at = pos2(edge.center().x, edge.bottom() - 80.0);
    drag(&mut harness, at, at + vec2(160.0, 0.0));
    assert_eq!(open(&harness).len(), 2, "a wide column leaves room for one more");
    let wide = harness.get_by_label("Width of column 1").rect();
    assert!((wide.center().x - edge.center().x - 160.0).abs() < 2.0);
    harness.get_by_label("Width of column 1").focus();
    harness.run_steps(2);
    press(&mut harness, Modifiers::NONE, Key::ArrowLeft);
    let narrower = harness.get_by_label("Width of column 1").rect();
    assert!((wide.center().x - narrower.center().x - 20.0).abs() < 1.0);
    press(&mut harness, Modifiers::NONE, Key::O);
    assert_eq!(open(&harness).len(), 3);
}

#[test]
fn a_column_is_narrowed_to_a_spine_where_it_stands_and_a_click_opens_it() {
    let (_folder, mut harness) = articles();
    let before = open(&harness);
    press(&mut harness, Modifiers::NONE, Key::Num2);
    press(&mut harness, Modifiers::NONE, Key::W);
    assert!(!open(&harness).contains(&before[1]));
    assert_eq!(open(&harness)[0], before[0]);
    let spine = harness.get_by_label_contains("Open column 4 Mar 2012").rect();
    assert!(spine.width() < 30.0 && spine.left() > 212.0 + 200.0, "{spine:?}");
    harness.get_by_label_contains("Open column 4 Mar 2012").click();
    harness.run_steps(3);
    assert_eq!(open(&harness), before);
}

#[test]
fn a_hidden_column_says_so_and_comes_back() {
    let (_folder, mut harness) = articles();
    let before = open(&harness);
    press(&mut harness, Modifiers::NONE, Key::Num1);
    press(&mut harness, Modifiers::SHIFT, Key::W);
    assert!(!open(&harness).contains(&before[0]));
    assert_eq!(harness.state().desk().corpus().len(), 6);
    click(&mut harness, "Show it");
    assert_eq!(open(&harness), before);
}

#[test]
fn columns_that_scroll_together_stand_level_at_the_words_they_share() {
    let (_folder, mut harness) = articles();
    press(&mut harness, Modifiers::NONE, Key::L);
    let ids = open(&harness);
    let scroll =
        |harness: &Harness<'static, Window>, idx: usize| harness.state().desk().state.reading.scroll[&ids[idx]];
    let over_first = pos2(400.0, 400.0);
    for _ in 0..8 {
        harness.hover_at(over_first);
        wheel(&mut harness, -240.0);
    }
    let (leader, follower) = (scroll(&harness, 0), scroll(&harness, 1));
    assert!(leader > 900.0, "{leader}");
    // The second article has half the lines, so it goes half as far between the same places.
    assert!((0.35..0.65).contains(&(follower / leader)), "{leader} and {follower}");
    let says = harness.state().desk().state.reading.linking.anchor;
    assert!(says.is_some(), "no place ties them");
    press(&mut harness, Modifiers::NONE, Key::L);
    harness.hover_at(over_first);
    wheel(&mut harness, -240.0);
    assert_eq!(scroll(&harness, 1), follower, "each scrolls by itself again");
}

fn wheel(harness: &mut Harness<'static, Window>, by: f32) {
    harness.event(egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: vec2(0.0, by),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Unknown,
        modifiers: Modifiers::NONE,
    });
    harness.run_steps(12);
}

#[test]
fn a_place_in_a_very_long_article_comes_into_sight() {
    let folder = tempfile::tempdir().unwrap();
    let line = "Nothing of note happened at the gate on that day, and the keeper wrote it down as he always did.\n\n";
    let words = "The council will widen the old stone pier of the second quarter before the winter storms.\n\n";
    let long = format!("A long book\n\n{}{words}{}", line.repeat(9000), line.repeat(100));
    let short = format!("A note\n\n{words}");
    let paths: Vec<_> = [("long.txt", long), ("short.txt", short)]
        .map(|(name, text)| {
            let path = folder.path().join(name);
            std::fs::write(&path, text).unwrap();
            path
        })
        .into();
    let mut harness = window(paths);
    let before = std::time::Instant::now();
    for _ in 0..2 {
        press(&mut harness, Modifiers::NONE, Key::N);
    }
    let reading = &harness.state().desk().state.reading;
    let place = harness.state().desk().state.selection.occurrence.expect("a phrase is walked");
    let flow = &reading.flows[&place.document];
    let (scroll, view) = (reading.scroll[&place.document], reading.view_heights[&place.document].0);
    let y = flow.y_of(place.range.start);
    assert!((scroll..scroll + view).contains(&y), "{y} is not between {scroll} and {}", scroll + view);
    assert!(before.elapsed().as_secs() < 5);
}
