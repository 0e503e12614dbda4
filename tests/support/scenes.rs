//! Every view, sheet and card of the window, brought up as a reader would, and the tree that a screen reader is told.

#![allow(dead_code, reason = "each test file uses its own part")]

use egui::accesskit::{Action as Asked, Role};
use egui::{Key, Modifiers, Rect};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use throughline::gui::action::Action;
use throughline::gui::state::{Sheet, ViewKind};
use throughline::gui::window::Window;

use crate::window::{click, press, wait, window};

/// The window on screen in a test.
pub type Room = Harness<'static, Window>;

/// Something that can stand in the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scene {
    View(ViewKind),
    /// The chart of Positions as a table.
    Table,
    Library,
    Results,
    NoResults,
    Keys,
    SaveImage,
    SavePage,
    Export,
    Path,
    SaveAs,
    History,
    Unsaved,
    Inspect,
    Statement,
    Found,
    Files,
    DateCard,
    Menu,
    Palette,
    Settings,
    Empty,
    Computer,
}

impl Scene {
    pub fn all() -> Vec<Self> {
        let mut all: Vec<Self> = ViewKind::ALL.into_iter().map(Self::View).collect();
        all.extend([Self::Table, Self::Library, Self::Results, Self::NoResults, Self::Keys, Self::SaveImage]);
        all.extend([Self::SavePage, Self::Export, Self::Path, Self::SaveAs, Self::History, Self::Unsaved]);
        all.extend([Self::Inspect, Self::Statement, Self::Found, Self::Files, Self::DateCard, Self::Menu, Self::Empty]);
        all.extend([Self::Palette, Self::Settings, Self::Computer]);
        all
    }
}

/// Asks for something and lets it happen.
pub fn ask(room: &mut Room, action: Action) {
    room.state_mut().ask(action);
    room.run_steps(4);
}

/// A window on the built-in articles with this in front.
pub fn open(scene: Scene) -> Room {
    let mut room = window(Vec::new());
    bring(&mut room, scene);
    room
}

/// Brings it to the front.
pub fn bring(room: &mut Room, scene: Scene) {
    match scene {
        Scene::View(view) => show(room, view),
        Scene::Table => {
            show(room, ViewKind::Positions);
            click(room, "Table");
        }
        Scene::Library => ask(room, Action::ToggleLibrary),
        Scene::Results => search(room, "missile"),
        Scene::NoResults => {
            search(room, "gypsum");
            wait(room, "the answer", |room| room.query_by_label_contains("is in none of").is_some());
        }
        Scene::Keys => ask(room, Action::Help),
        Scene::SaveImage => ask(room, Action::SaveImage),
        Scene::SavePage => {
            show(room, ViewKind::Briefing);
            ask(room, Action::SaveImage);
        }
        Scene::Export => ask(room, Action::Export),
        Scene::Path | Scene::SaveAs => {
            sheet(room, if scene == Scene::Path { Action::Open } else { Action::SaveAs });
            wait(room, "the names", |room| room.query_by_label("Names that fit").is_some());
        }
        Scene::Computer => {
            ask(room, Action::Computer);
            wait(room, "the checks", |room| room.query_by_label("Look again").is_some());
        }
        Scene::History => {
            ask(room, Action::PinFocus(0));
            ask(room, Action::History);
        }
        Scene::Unsaved | Scene::Files => raise(room, scene),
        Scene::Inspect => {
            ask(room, Action::Inspect(None));
            wait(room, "the file", |room| {
                matches!(&room.state().desk().state.sheet, Some(Sheet::Inspect(inspect))
                    if matches!(inspect.raw, throughline::gui::state::Raw::Here(_)))
            });
        }
        Scene::Statement => {
            let id = room.state().desk().analysis().statements[0].id;
            ask(room, Action::ShowStatement(id));
        }
        Scene::Found => {
            let passage = room.state().desk().analysis().phrases[0].occurrences[0].passage;
            sheet(room, Action::FindPhrase(passage));
        }
        Scene::DateCard => {
            room.get_all_by_label_contains("Date: ").next().unwrap().click();
            room.run_steps(4);
        }
        Scene::Menu => click(room, "More"),
        Scene::Palette => ask(room, Action::Palette),
        Scene::Settings => ask(room, Action::ReadingSettings),
        Scene::Empty => {
            ask(room, Action::NewProject);
            wait(room, "an empty window", |room| room.state().desk().corpus().is_empty());
        }
    }
}

fn show(room: &mut Room, view: ViewKind) {
    ask(room, Action::Show(view));
    if view == ViewKind::Briefing {
        wait(room, "the page", |room| room.state().desk().state.briefing.made.is_some());
    }
}

fn sheet(room: &mut Room, action: Action) {
    ask(room, action);
    wait(room, "the sheet", |room| room.state().desk().state.sheet.is_some());
}

fn search(room: &mut Room, words: &str) {
    press(room, Modifiers::COMMAND, Key::F);
    room.event(egui::Event::Text(words.to_owned()));
    room.run_steps(4);
    wait(room, "the answer", |room| room.state().desk().state.search.has_results() || words == "gypsum");
    room.run_steps(8);
}

/// What comes up only where something went wrong.
fn raise(room: &mut Room, scene: Scene) {
    if scene == Scene::Files {
        let nowhere = vec!["nowhere.txt".into(), "gone.pdf".into()];
        sheet(room, Action::OpenPaths(nowhere));
        return;
    }
    let close = egui::ViewportEvent::Close;
    room.input_mut().viewports.entry(egui::ViewportId::ROOT).or_default().events.push(close);
    room.run_steps(2);
}

/// What a screen reader is told of a thing on screen.
#[derive(Clone, Debug)]
pub struct Told {
    pub role: Role,
    pub name: String,
    pub value: String,
    pub can_focus: bool,
    pub has_focus: bool,
    pub is_disabled: bool,
    pub rect: Option<Rect>,
}

/// All that is told, in its order.
pub fn nodes(room: &Room) -> Vec<Told> {
    let told = |node: egui_kittest::Node<'_>| {
        let data = node.accesskit_node();
        Told {
            role: data.role(),
            name: data.label().unwrap_or_default(),
            value: data.value().unwrap_or_default(),
            can_focus: data.data().supports_action(Asked::Focus),
            has_focus: data.is_focused(),
            is_disabled: data.is_disabled(),
            rect: data.raw_bounds().map(|_| node.rect()),
        }
    };
    room.root().children_recursive().map(told).collect()
}
