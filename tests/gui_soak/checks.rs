//! What must hold whatever happened: what is chosen exists, undo goes all the way and back, and the file has it all.

use std::sync::Arc;
use std::time::{Duration, Instant};

use throughline::document::{Document, DocumentId, Passage};
use throughline::gui::desk::Desk;
use throughline::project::store::{Access, Store};
use throughline::project::{Command, Project};

use crate::events::Room;

/// What is chosen points to things that exist.
pub fn selection_exists(desk: &Desk) {
    let is_open = |passage: &Passage| {
        desk.corpus()
            .get(passage.document)
            .is_some_and(|document| document.text.get(passage.range.start..passage.range.end).is_some())
    };
    let (selection, reading) = (&desk.state.selection, &desk.state.reading);
    let passages = [selection.occurrence, reading.selected, desk.state.search.chosen];
    assert!(passages.iter().flatten().all(is_open), "{passages:?} of {} articles", desk.corpus().len());
    assert!(selection.document.is_none_or(|id| desk.corpus().get(id).is_some()), "{:?}", selection.document);
    if desk.is_current() {
        assert!(selection.phrase.is_none_or(|id| desk.analysis().phrase(id).is_some()), "{:?}", selection.phrase);
        assert!(selection.shift.is_none_or(|id| desk.analysis().shift(id).is_some()), "{:?}", selection.shift);
        let has = |id| desk.analysis().statement(id).is_some();
        assert!(selection.pair.is_none_or(|(old, new)| has(old) && has(new)), "{:?}", selection.pair);
    }
}

/// Everything can be taken back and done again, and then it is as it was.
pub fn undo_goes_all_the_way(project: &Project) {
    let n_done = project.history().n_done();
    let mut again = project.clone();
    while again.undo().is_some() {}
    assert_eq!(again.history().n_done(), 0);
    while again.history().n_done() < n_done && again.redo().is_some() {}
    assert_same(project, &again, "taken back and done again");
}

/// Compares what a reader would miss; the whole would fill the screen.
pub fn assert_same(left: &Project, right: &Project, what: &str) {
    let names = |project: &Project| -> Vec<String> {
        project.documents().iter().map(|document| document.name().to_owned()).collect()
    };
    assert_eq!(names(left), names(right), "{what}");
    assert!(left.decisions() == right.decisions(), "{what}: {:#?}\n{:#?}", left.decisions(), right.decisions());
    assert_eq!(left.history().n_done(), right.history().n_done(), "{what}");
    for (left, right) in left.history().steps().iter().zip(right.history().steps()) {
        assert_eq!((&left.says, left.at_secs), (&right.says, right.at_secs), "{what}");
        assert!(as_texts(&left.command) == as_texts(&right.command), "{what}: the step “{}” differs", left.says);
    }
    assert_eq!(left.history().steps().len(), right.history().steps().len(), "{what}");
    assert!(left.documents() == right.documents(), "{what}: an article differs");
}

/// A command with its articles as texts: a step keeps an article as it was then, the file as it was dated and named last
/// (a text that is pasted again has another number), and what undo brings back is dated again.
fn as_texts(command: &Command) -> Option<Command<(DocumentId, String)>> {
    command.try_map(|it: &Arc<Document>| Some((it.id, it.text.clone())))
}

/// Waits until all is read, analyzed and on the disk.
pub fn rest(room: &mut Room) {
    let start = Instant::now();
    let mut n_quiet = 0;
    while n_quiet < 4 {
        room.step();
        let desk = room.state().desk();
        // An analysis that was stopped is not begun again by itself.
        let is_analyzed = desk.is_current() || desk.progress.is_none();
        let is_quiet = desk.incoming.n_waiting == 0 && is_analyzed && !desk.keeping.is_behind();
        n_quiet = if is_quiet { n_quiet + 1 } else { 0 };
        let says = || {
            let n_waiting = desk.incoming.n_waiting;
            format!("{n_waiting} waiting, analyzed: {is_analyzed}, {} {:?}", desk.keeping.says(), desk.state.message)
        };
        assert!(start.elapsed() < Duration::from_secs(90), "it never came to rest: {}", says());
        std::thread::sleep(Duration::from_millis(4));
    }
}

/// Closes the window; its file holds the project as it was.
pub fn close(mut room: Room) {
    rest(&mut room);
    // A second of the window's clock, after which it is remembered how it looks.
    room.run_steps(30);
    rest(&mut room);
    let desk = room.state().desk();
    let (project, keeping) = (desk.project.clone(), desk.keeping.clone());
    drop(room);
    let Some(path) = keeping.path.filter(|_| keeping.read_only.is_none()) else { return };
    if project.history().steps().is_empty() && keeping.asked == 0 {
        return;
    }
    let kept = Store::open(&path, Access::default()).expect("the file opens").snapshot.project;
    assert_same(&project, &kept, "kept on the disk");
}
