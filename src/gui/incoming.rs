//! The files that were asked for: how many are read, which could not be, which were open already, and how it is told.
//!
//! One run lasts from the first file asked for until none is waiting. A bad file is listed at once; articles that were
//! open already are told at the end of the run, one in a line that goes away by itself, several in the list.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::action::Action;
use super::desk::{Desk, Taken};
use super::opened::Batch;
use super::state::{BadFile, Sheet, Toast};
use crate::analysis::Progress;
use crate::document::{Document, DocumentId};

/// So many files at once are an import, which goes on at the next start where it was broken off.
const IMPORT_FILES: usize = 16;

/// One run of reading.
#[derive(Clone, Debug, Default)]
pub struct Incoming {
    /// Stops the reading; shared by all jobs of the run.
    pub progress: Progress,
    /// Number of files that are still being read.
    pub n_waiting: usize,
    /// Their paths, where there are many: an import that goes on after a crash.
    pub waiting: Arc<BTreeSet<String>>,
    /// Number of files asked for.
    pub n_asked: usize,
    /// Number of files that gave articles which were not open.
    n_opened: usize,
    bad: Vec<BadFile>,
    /// Articles that were open already.
    again: Vec<BadFile>,
    /// Articles with the words of another one that is open.
    same_text: Vec<DocumentId>,
}

impl Incoming {
    /// Did this run already open an article?
    pub fn has_opened_some(&self) -> bool {
        self.n_opened > 0
    }

    /// "12 of 40 files", `None` where nothing is waiting.
    pub fn says(&self) -> Option<String> {
        let n_done = self.n_asked - self.n_waiting.min(self.n_asked);
        (self.n_waiting > 0).then(|| match self.n_asked {
            1 => "Reading a file".to_owned(),
            n_asked => format!("Reading: {n_done} of {n_asked} files"),
        })
    }

    /// Share of the files that are read, 0.0..=1.0.
    pub fn fraction(&self) -> f32 {
        1.0 - self.n_waiting as f32 / self.n_asked.max(1) as f32
    }
}

/// Notes that files are on their way. The first of a run forgets the run before.
pub fn found(desk: &mut Desk, paths: Vec<String>) {
    let n_files = paths.len();
    if desk.incoming.n_waiting == 0 {
        let progress = std::mem::take(&mut desk.incoming.progress);
        desk.incoming = Incoming { progress, ..Incoming::default() };
    }
    if n_files >= IMPORT_FILES {
        Arc::make_mut(&mut desk.incoming.waiting).extend(paths);
        desk.note_change();
    }
    desk.incoming.n_waiting += n_files;
    desk.incoming.n_asked += n_files;
}

/// Takes what came of some files.
pub fn take(desk: &mut Desk, batch: Batch) {
    let Batch { opened, bad, originals, paths, n_files } = batch;
    if !desk.incoming.waiting.is_empty() {
        let waiting = Arc::make_mut(&mut desk.incoming.waiting);
        for path in &paths {
            waiting.remove(path);
        }
        desk.note_change();
    }
    desk.keeping.originals.extend(originals);
    let Taken { fresh, same_text, again } = desk.take(opened);
    let n_opened = n_files_of(desk, &fresh);
    let again: Vec<BadFile> = again.iter().map(|document| open_already(desk, document)).collect();
    let has_bad = !bad.is_empty();
    let run = &mut desk.incoming;
    run.n_waiting = run.n_waiting.saturating_sub(n_files);
    run.n_opened += n_opened;
    run.bad.extend(bad);
    run.again.extend(again);
    run.same_text.extend(same_text);
    // A list that the reader closed comes back for news alone; one on screen keeps counting.
    let is_listed = matches!(desk.state.sheet, Some(Sheet::Files { .. })) && !desk.incoming.bad.is_empty();
    if has_bad || is_listed {
        show_list(desk);
    }
    conclude(desk);
}

/// Takes note that files will not be read.
pub fn stopped(desk: &mut Desk, n_files: usize) {
    let run = &mut desk.incoming;
    run.n_waiting = run.n_waiting.saturating_sub(n_files);
    if run.n_waiting == 0 {
        run.waiting = Arc::default();
        desk.edition += 1;
    }
    let run = &desk.incoming;
    let n_read = run.n_asked.saturating_sub(n_files);
    desk.state.toast = Some(Toast::new(format!("Stopped after {n_read} files; {n_files} were not read")));
    conclude(desk);
}

fn open_already(desk: &Desk, document: &Document) -> BadFile {
    let name = desk.open_document(document.id).map_or_else(String::new, |open| open.source.short_label());
    BadFile {
        name: document.source.short_label(),
        reason: format!("already open as {name}"),
        next_step: "Show it".to_owned(),
        open_as: Some(document.id),
    }
}

/// How many files these articles came from.
fn n_files_of(desk: &Desk, ids: &[DocumentId]) -> usize {
    let files: std::collections::BTreeSet<String> =
        ids.iter().filter_map(|id| Some(desk.open_document(*id)?.source.whole().label())).collect();
    files.len()
}

/// At the end of a run, tells what was open already.
fn conclude(desk: &mut Desk) {
    let run = &desk.incoming;
    if run.n_waiting > 0 {
        return;
    }
    let is_listed = !run.bad.is_empty();
    match run.again.as_slice() {
        [] => {}
        [one] if !is_listed => {
            let words = format!("{} is {}", one.name, one.reason);
            let link = one.open_as.map(Action::SelectDocument);
            desk.state.toast = Some(match link {
                Some(action) => Toast::with_link(words, "Show it", action),
                None => Toast::new(words),
            });
        }
        _ => show_list(desk),
    }
    tell_same_text(desk);
}

/// Tells of articles that have the words of another one. They are open beside it, and marked.
fn tell_same_text(desk: &mut Desk) {
    let same = std::mem::take(&mut desk.incoming.same_text);
    let name = |id: DocumentId| desk.open_document(id).map(|open| open.source.short_label());
    let words = match same.as_slice() {
        [] => return,
        [one] => {
            let scene_same = desk.same_text_as(*one).and_then(name);
            let (Some(name), Some(other)) = (name(*one), scene_same) else { return };
            format!("{name} has the same text as {other}; it is open beside it")
        }
        several => format!("{} articles have the same text as another one; they are open and marked", several.len()),
    };
    desk.state.toast = same.first().map(|id| Toast::with_link(words, "Show it", Action::SelectDocument(*id)));
}

/// Shows the list of files that are not open, or brings it up to date.
fn show_list(desk: &mut Desk) {
    let Incoming { n_opened, n_asked, bad, again, .. } = &desk.incoming;
    let bad = bad.iter().chain(again).cloned().collect();
    desk.state.sheet = Some(Sheet::Files { n_opened: *n_opened, n_asked: *n_asked, bad });
}

#[cfg(test)]
mod tests {
    use super::super::opened::Opened;
    use super::*;
    use crate::codebook::Codebook;

    fn article(number: u64) -> Document {
        Document::of_lines(DocumentId(number), &format!("Pier {number} is open."))
    }

    #[test]
    fn the_list_counts_what_is_opened_after_it_came_up() {
        let mut desk = Desk::new(Arc::new(Codebook::built_in()), jiff::civil::date(2031, 1, 1));
        found(&mut desk, ["a.bin", "b.txt", "c.txt"].map(str::to_owned).to_vec());
        let bad = BadFile {
            name: "a.bin".to_owned(),
            reason: "not text".to_owned(),
            next_step: "Nothing to read here".to_owned(),
            open_as: None,
        };
        take(
            &mut desk,
            Batch { opened: vec![Opened::new(article(1))], bad: vec![bad], n_files: 2, ..Batch::default() },
        );
        take(&mut desk, Batch { opened: vec![Opened::new(article(2))], n_files: 1, ..Batch::default() });
        let Some(Sheet::Files { n_opened, n_asked, .. }) = &desk.state.sheet else { panic!("no list") };
        assert_eq!((*n_opened, *n_asked), (2, 3));
    }
}
