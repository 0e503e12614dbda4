//! The table of all that can be asked for by name: what the palette, the list of keys and the menu are made of, so that
//! they cannot drift apart.
//!
//! A command is an [`Action`] with its group and the other words it is looked for by; its name and keys are methods of the
//! action. [`resting`] tells why one has no effect at the moment, [`asked`] what it asks for with what is chosen now.

mod of_desk;
mod resting;

pub use of_desk::{again, facts_off};
pub use resting::{asked, resting};

use std::borrow::Cow;
use std::sync::LazyLock;

use super::action::{self, Action};
use super::dialogs::Question;
use super::help::Page;
use super::marks;
use super::state::ViewKind;
use crate::codebook::BUILT_INS;

/// Commands that belong together, in the order in which they are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    Files,
    Edit,
    Go,
    Read,
    Positions,
    Briefing,
    View,
    Codebook,
    Help,
}

impl Group {
    pub const ALL: [Self; 9] = [
        Self::Files,
        Self::Edit,
        Self::Go,
        Self::Read,
        Self::Positions,
        Self::Briefing,
        Self::View,
        Self::Codebook,
        Self::Help,
    ];

    /// As shown to the reader.
    pub fn name(self) -> &'static str {
        match self {
            Self::Files => "Files",
            Self::Edit => "Edit",
            Self::Go => "Go",
            Self::Read => "Read and Phrases",
            Self::Positions => "Positions and Compare",
            Self::Briefing => "Briefing",
            Self::View => "View",
            Self::Codebook => "Codebook",
            Self::Help => "Help",
        }
    }
}

/// Something that can be asked for by name.
#[derive(Clone, Debug)]
pub struct Offered {
    pub group: Group,
    pub action: Action,
    pub name: Cow<'static, str>,
    /// Other words it is looked for by.
    pub also: &'static str,
}

impl Offered {
    fn new(group: Group, action: Action, also: &'static str) -> Self {
        Self { group, name: Cow::Borrowed(action.label()), action, also }
    }
}

/// Every command, by group.
pub fn all() -> &'static [Offered] {
    static ALL: LazyLock<Vec<Offered>> = LazyLock::new(|| {
        let mut all = files();
        all.extend(edit());
        all.extend(go());
        all.extend(read());
        all.extend(positions());
        all.extend(view());
        all.extend(codebook());
        all.extend(help());
        all.sort_by_key(|offered| offered.group);
        all
    });
    &ALL
}

fn files() -> Vec<Offered> {
    let offered = |action, also| Offered::new(Group::Files, action, also);
    vec![
        offered(Action::Open, "add load import project"),
        offered(Action::OpenFolder, "add load directory"),
        offered(Action::TypePath(Question::Files), "add load type file name"),
        offered(Action::Paste, "clipboard add text"),
        offered(Action::ToggleLibrary, "list all articles table remove choose"),
        offered(Action::NewProject, "empty start begin"),
        offered(Action::Save, "save project keep"),
        offered(Action::SaveAs, "save project name copy"),
        offered(Action::OpenSample, "example demo nato"),
        offered(Action::SaveImage, "picture png screenshot slide"),
        offered(Action::CopyImage, "picture clipboard"),
        offered(Action::Export, "csv json excel spreadsheet qdpx data"),
    ]
}

fn edit() -> Vec<Offered> {
    let offered = |action, also| Offered::new(Group::Edit, action, also);
    vec![
        offered(Action::Undo, "take back"),
        offered(Action::Redo, "again"),
        offered(Action::History, "steps log"),
        offered(Action::CopyQuotes, "quote quotation source"),
    ]
}

fn go() -> Vec<Offered> {
    let view = |view: ViewKind, also| Offered::new(Group::Go, Action::Show(view), also);
    let offered = |action, also| Offered::new(Group::Go, action, also);
    let mut go = vec![
        view(ViewKind::Read, "view columns articles"),
        view(ViewKind::Phrases, "view families matrix concordance"),
        view(ViewKind::Positions, "view timeline chart themes"),
        view(ViewKind::Compare, "view difference diff word by word"),
        view(ViewKind::Briefing, "view page report slide"),
        offered(Action::Find, "search words"),
    ];
    for idx in 0..9 {
        go.push(Offered::new(Group::Go, Action::SelectColumn(idx), "column"));
    }
    go.push(offered(Action::Clear, "escape close let go"));
    go
}

fn read() -> Vec<Offered> {
    let offered = |action, also| Offered::new(Group::Read, action, also);
    let mut read = vec![
        offered(Action::NextOccurrence, "place"),
        offered(Action::PreviousOccurrence, "place"),
        offered(Action::NextFamily, "family"),
        offered(Action::PreviousFamily, "family"),
        offered(Action::NextPlace, "finding change"),
        offered(Action::PreviousPlace, "finding change"),
    ];
    for slot in 0..crate::project::N_PINS {
        let name = Cow::Owned(format!("Give the phrase letter {}", marks::letter(slot)));
        read.push(Offered { name, ..offered(Action::PinFocus(slot), "pin color tint") });
    }
    read.extend([
        offered(Action::AddStatement(action::SELECTED), "selected words quote"),
        offered(Action::FindPhrase(action::SELECTED), "selected words search"),
        offered(Action::Inspect(None), "file bytes evidence encoding details"),
        offered(Action::ShowAll, "columns show hidden"),
        offered(Action::ToggleLinked, "link synchronize anchors"),
        offered(Action::NarrowColumn(None), "column fold small"),
        offered(Action::HideColumn(None), "column remove away"),
        offered(Action::ResetColumns, "order date width arrange back"),
    ]);
    read
}

fn positions() -> Vec<Offered> {
    let offered = |action, also| Offered::new(Group::Positions, action, also);
    vec![
        offered(Action::AcceptShift, "review verdict confirm"),
        offered(Action::DismissShift, "review verdict reject"),
        offered(Action::NextOpen, "review verdict"),
        Offered::new(Group::Briefing, Action::ToBriefing, "page finding send"),
        Offered::new(Group::Briefing, Action::CopyPageText, "quote page words"),
    ]
}

fn view() -> Vec<Offered> {
    let offered = |action, also| Offered::new(Group::View, action, also);
    vec![
        offered(
            Action::ReadingSettings,
            "type font size serif sans line width contrast motion theme preferences options appearance",
        ),
        offered(Action::ToggleMode, "theme dark night mode appearance"),
        offered(Action::ToggleMarks, "hide show underline"),
        offered(Action::ToggleFurniture, "hide show fold furniture"),
        offered(Action::ToggleList, "sidebar side hide show"),
        offered(Action::ZoomIn, "zoom bigger"),
        offered(Action::ZoomOut, "zoom"),
        offered(Action::ZoomReset, "zoom reset"),
    ]
}

fn codebook() -> Vec<Offered> {
    let offered = |action, also| Offered::new(Group::Codebook, action, also);
    let mut codebook: Vec<Offered> = (BUILT_INS.iter())
        .map(|built_in| {
            let name = Cow::Owned(format!("Codebook: {}", built_in.title));
            Offered { name, ..offered(Action::UseCodebook(built_in.name), "actors themes use") }
        })
        .collect();
    codebook.extend([
        offered(Action::OpenCodebook, "actors themes file toml"),
        offered(Action::SaveCodebook, "actors themes file toml copy"),
        offered(Action::ResetCodebook, "actors themes back"),
    ]);
    codebook
}

fn help() -> Vec<Offered> {
    let offered = |action, also| Offered::new(Group::Help, action, also);
    let mut help = vec![offered(Action::Help, "manual guide how"), offered(Action::Palette, "commands search")];
    help.push(offered(Action::Computer, "doctor check system diagnosis renderer fonts portal clipboard version about"));
    for page in Page::ALL {
        let name = Cow::Owned(format!("Help: {}", page.name()));
        help.push(Offered { name, ..offered(Action::HelpPage(page), page.also()) });
    }
    help
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_in_the_table() {
        for binding in action::bindings() {
            let is_listed = all().iter().any(|offered| offered.action == binding.action);
            assert!(is_listed, "{} ({})", binding.action.label(), binding.words());
        }
    }

    #[test]
    fn no_command_is_listed_twice() {
        for (idx, offered) in all().iter().enumerate() {
            assert!(all()[idx + 1..].iter().all(|other| other.action != offered.action), "{}", offered.name);
        }
    }

    #[test]
    fn the_table_is_in_the_order_of_its_groups() {
        let groups: Vec<Group> = all().iter().map(|offered| offered.group).collect();
        assert!(groups.is_sorted());
        assert!(Group::ALL.iter().all(|group| groups.contains(group)));
    }
}
