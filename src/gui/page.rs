//! A view as a page for a briefing: the view as it stands, and under it the sources.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::briefing;
use super::compare;
use super::desk::Desk;
use super::frame;
use super::keeping::Keeping;
use super::settings::Settings;
use super::snapshot::{self, Picture};
use super::state::ViewKind;
use super::theme::{Mode, Theme};
use crate::codebook::Codebook;
use crate::document::{Document, DocumentId};
use crate::ingest::{self, Reader};
use crate::project::files;
use crate::project::opening::{Failure, Opener};
use crate::project::store::Snapshot;

/// What a picture from the command line shows.
#[derive(Clone, Debug)]
pub struct Shot {
    /// Files and folders; none for the built-in articles.
    pub paths: Vec<PathBuf>,
    /// A project in their place.
    pub project: Option<Snapshot>,
    pub codebook: Arc<Codebook>,
    /// The program that reads hostile files in a process of its own.
    pub worker: Option<PathBuf>,
    pub view: ViewKind,
    /// Pixels.
    pub size: [u32; 2],
    pub pixels_per_point: f32,
    pub mode: Mode,
    pub today: Date,
    /// The day printed as the day of making.
    pub made: Date,
}

/// A picture as a file, and what went wrong on the way.
#[derive(Clone, Debug)]
pub struct Drawn {
    pub png: Vec<u8>,
    /// Files that are not in the picture.
    pub failures: Vec<Failure>,
    /// What the maker should know of the fonts.
    pub note: Option<String>,
}

/// Reads and analyzes the files and draws a view of them as a page, without a display.
///
/// # Errors
/// Where no file could be read, or the picture is too large to be written.
pub fn screenshot(shot: &Shot) -> anyhow::Result<Drawn> {
    let codebook = Arc::clone(&shot.codebook);
    if let Some(project) = &shot.project {
        let mut desk = Desk::new(codebook, shot.today);
        desk.open_project(project.clone(), FxHashMap::default(), Keeping::default());
        desk.settle();
        return drawn(desk, shot, Vec::new());
    }
    let (documents, failures) = if shot.paths.is_empty() {
        (ingest::sample(&codebook, shot.today), Vec::new())
    } else {
        let reader = Reader::new(shot.worker.clone());
        let opener = Opener { reader: &reader, codebook: &codebook, today: shot.today };
        let opened: Vec<_> = files::find_files(&shot.paths).into_par_iter().map(|found| opener.open(found)).collect();
        let (documents, failures): (Vec<_>, Vec<_>) = opened.into_iter().partition(Result::is_ok);
        (
            documents.into_iter().filter_map(Result::ok).flatten().collect(),
            failures.into_iter().filter_map(Result::err).collect(),
        )
    };
    if let (true, Some(failure)) = (documents.is_empty(), failures.first()) {
        anyhow::bail!("{}: {}. {}", failure.path, failure.message, failure.next_step);
    }
    drawn(Desk::settled(documents, codebook, shot.today), shot, failures)
}

fn drawn(mut desk: Desk, shot: &Shot, failures: Vec<Failure>) -> anyhow::Result<Drawn> {
    desk.state.view = shot.view;
    let picture = picture(&desk, shot.size, shot.pixels_per_point, shot.mode, shot.made);
    Ok(Drawn { png: picture.png()?, failures, note: picture.note() })
}

/// Draws the desk's view on a page of `size` pixels. Needs no display; the same desk gives the same pixels.
pub fn picture(desk: &Desk, size: [u32; 2], pixels_per_point: f32, mode: Mode, made: Date) -> Picture {
    let theme = Theme::of(mode);
    let mut desk = desk.clone();
    desk.is_page = true;
    // A picture is the same whatever its maker likes.
    desk.settings = Settings::default();
    // What only the pointer shows is not part of a page.
    desk.state.reading.hovered = None;
    desk.state.reading.selected = None;
    desk.state.search.step_aside();
    desk.state.reading.flows.clear();
    desk.state.library.is_open = false;
    compare::for_page(&mut desk.state.compare, &desk.state.selection);
    // Nothing is scrolled to yet.
    desk.state.phrases.revealed = (None, None);
    // The page has its own width here.
    desk.state.briefing.width = None;
    desk.state.briefing.made_on = Some(made);
    let scene_of = desk.clone();
    let shown = shown(&desk, &theme);
    snapshot::picture(size, pixels_per_point, &theme, |ui| {
        let scene = scene_of.scene(&theme);
        if desk.state.view == ViewKind::Briefing {
            // The page in it has its sources.
            frame::view_ui(ui, &theme, &mut desk, &mut Vec::new());
            if briefing::asking::make_now(&mut desk) {
                ui.ctx().request_repaint();
            }
            return;
        }
        snapshot::page_ui(ui, &scene, &shown, made, |ui| frame::view_ui(ui, &theme, &mut desk, &mut Vec::new()));
        if compare::articles::job::make_now(&mut desk) {
            ui.ctx().request_repaint();
        }
    })
}

/// The articles that the view shows something of, in order of date.
fn shown(desk: &Desk, theme: &Theme) -> Vec<Arc<Document>> {
    let state = &desk.state;
    let compared = match state.view {
        ViewKind::Compare => compare::compared(&desk.scene(theme), &state.compare, &state.selection),
        _ => None,
    };
    let is_shown = |id: DocumentId| match state.view {
        ViewKind::Read => state.reading.shown.contains(id),
        _ => compared.is_none_or(|pair| pair.contains(&id)),
    };
    desk.corpus().documents().iter().filter(|document| is_shown(document.id)).cloned().collect()
}
