//! One story in the words of an agency, as papers print it: whole, cut, and with a line of their own.

#![allow(dead_code, reason = "not every test uses every helper")]

use std::fs;
use std::path::{Path, PathBuf};

const LINES: [&str; 10] = [
    "The harbor board voted on Tuesday to close the eastern basin to heavy freighters until the spring tides are over.",
    "Members said the old quay had sunk by nearly four inches since the storm and could not carry another crane.",
    "An engineer hired by the town measured cracks along the wall and marked eleven of them with yellow paint.",
    "Fishing crews may still tie up at the western end, where the boards were laid again two summers ago.",
    "The ferry to the outer islands keeps its morning run but loses the late boat on Fridays and Sundays.",
    "Owners of the cold store fear that trucks will have to wait on the coast road through the night.",
    "A petition against the closure gathered nine hundred names in three days, most of them from the upper town.",
    "The mayor promised a second survey before the snow comes and asked for patience from everyone who works there.",
    "Repairs are to begin once the ministry has paid out the first part of a grant agreed in October.",
    "Nobody on the board would say how long the work might take or whether the basin will ever reopen.",
];

/// The articles: the second is cut, the third has a headline and a line of its own, the last tells something else.
pub fn articles() -> [(&'static str, String); 4] {
    let paper = |title: &str, day: &str, lines: &[&str]| format!("{title}\n\n{day}\n\n{}\n", lines.join("\n\n"));
    let with_own = [&LINES[..9], &["Readers of this paper sent in forty letters about it, all but one of them angry."]];
    let other = [
        "Painters finished the lighthouse on Thursday after a summer of rain and broken ladders.",
        "The keeper's grandson lit the lamp while a brass band played on the rocks below.",
    ];
    [
        ("beacon.txt", paper("Eastern basin closed to freighters", "4 March 2019", &LINES)),
        ("courier.txt", paper("Eastern basin closed to freighters", "5 March 2019", &LINES[..8])),
        ("mercury.txt", paper("Freighters lose their berth", "6 March 2019", &with_own.concat())),
        ("signal.txt", paper("A lamp is lit again", "7 March 2019", &other)),
    ]
}

/// Writes the named articles into a folder.
pub fn write(folder: &Path, names: &[&str]) -> Vec<PathBuf> {
    let chosen = names.iter().filter_map(|name| articles().into_iter().find(|(known, _)| known == name));
    let paths = chosen.map(|(name, text)| {
        let path = folder.join(name);
        fs::write(&path, text).expect("a temporary folder takes files");
        path
    });
    paths.collect()
}
