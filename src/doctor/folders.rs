//! The folders the program writes to: are they there or can they be made, may this user write to them, is there room?
//!
//! Nothing is made that was not there: where a folder is still to be made, the nearest one above it is tried. What is
//! written to try one is removed at once.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{Found, Machine};

/// Less room than this is told; a project of a thousand articles takes some 20 MB.
const LOW_MB: u64 = 200;

/// What was seen of a folder.
#[derive(Clone, Debug)]
struct Facts {
    /// For the reader.
    shown: String,
    is_there: bool,
    /// Could something be written there, or where it would be made?
    tried: Result<(), String>,
    /// `None` where the system does not say.
    free_mb: Option<u64>,
}

pub fn data(machine: &Machine) -> Found {
    match &machine.data {
        Some(folder) => judge(
            &facts(machine, folder),
            "Work without a name is not kept there: save it under a name, or name a folder with XDG_DATA_HOME.",
        ),
        None => Found::limited(
            "the system names no folder for it",
            "Work without a name is not kept: save it under a name, or set HOME.",
        ),
    }
}

pub fn settings(machine: &Machine) -> Found {
    match &machine.data {
        // They are a file in the folder of work without a name.
        Some(folder) => match fs::metadata(folder.join("settings.json")).map(|it| it.permissions().readonly()) {
            Ok(true) => Found::limited("the file is protected against writing", "Make it writable, or remove it."),
            Ok(false) => Found::fine(format!("kept in {}", machine.shown(&folder.join("settings.json")))),
            Err(_) => Found::fine("none kept yet"),
        },
        None => {
            Found::limited("the system names no folder for them", "They hold until the window is closed; set HOME.")
        }
    }
}

pub fn templates(machine: &Machine) -> Found {
    let Some(folder) = &machine.templates else {
        return Found::limited("the system names no folder for them", "The built-in ones are used; set HOME.");
    };
    let shown = machine.shown(folder);
    match crate::project::templates::read(folder) {
        Ok(found) if found.is_empty() => Found::fine(format!("none of your own in {shown}")),
        Ok(found) => Found::fine(format!("{} of your own in {shown}", found.len())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Found::fine(format!("none of your own; they go to {shown}"))
        }
        Err(error) => {
            Found::limited(format!("{shown} cannot be read ({error})"), "The built-in ones are used; mend its rights.")
        }
    }
}

pub fn runtime(machine: &Machine) -> Found {
    if cfg!(not(all(unix, not(target_os = "macos")))) {
        return Found::fine("the system's own");
    }
    match machine.var("XDG_RUNTIME_DIR").map(Path::new) {
        Some(folder) if folder.is_dir() => judge(
            &facts(machine, folder),
            "A second start opens a window of its own; log in again, so that the session makes this folder anew.",
        ),
        // Windows find each other where work without a name lives then.
        Some(folder) => Found::fine(format!("{} is not there, nor needed", machine.shown(folder))),
        None => Found::fine("XDG_RUNTIME_DIR is not set, nor needed"),
    }
}

pub fn temp(machine: &Machine) -> Found {
    judge(&facts(machine, &machine.temp), "Name another folder with TMPDIR.")
}

fn judge(facts: &Facts, remedy: &str) -> Found {
    let Facts { shown, is_there, tried, free_mb } = facts;
    if let Err(why) = tried {
        let what = if *is_there { "cannot be written to" } else { "is not there and cannot be made" };
        return Found::limited(format!("{shown} {what} ({why})"), remedy);
    }
    let there = if *is_there { "" } else { ", made when it is needed" };
    match free_mb {
        Some(free) if *free < LOW_MB => {
            Found::limited(format!("{shown}{there}; only {free} MB are free"), "Make room on this disk.")
        }
        Some(free) => Found::fine(format!("{shown}{there}; {} free", room(*free))),
        None => Found::fine(format!("{shown}{there}")),
    }
}

fn room(mb: u64) -> String {
    if mb < 10_000 { format!("{mb} MB") } else { format!("{} GB", mb / 1024) }
}

fn facts(machine: &Machine, folder: &Path) -> Facts {
    let nearest = nearest(folder);
    let tried =
        nearest.as_deref().map_or_else(|| Err("no such disk".to_owned()), |it| write_to(it).map_err(|it| plain(&it)));
    let free_mb = nearest.as_deref().filter(|_| tried.is_ok()).and_then(free_mb);
    Facts { shown: machine.shown(folder), is_there: folder.is_dir(), tried, free_mb }
}

/// The folder itself, or the nearest one above it that is there.
pub(super) fn nearest(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().find(|it| it.is_dir()).map(Path::to_owned)
}

/// Writes a file and takes it away again.
fn write_to(folder: &Path) -> io::Result<()> {
    // Several of these looks may try the same folder at the same time.
    let thread: String = format!("{:?}", std::thread::current().id()).chars().filter(char::is_ascii_digit).collect();
    let path = folder.join(format!(".throughline-doctor-{}-{thread}", std::process::id()));
    let written = fs::File::options().write(true).create_new(true).open(&path).and_then(|mut file| {
        io::Write::write_all(&mut file, &[b'x'; 4096])?;
        file.sync_all()
    });
    let removed = fs::remove_file(&path);
    written.and(removed)
}

/// "permission denied", as everywhere in the program without the number of the system.
fn plain(error: &io::Error) -> String {
    let words = error.to_string();
    words.split(" (os error").next().unwrap_or_default().to_lowercase()
}

/// What `df` of POSIX says: the standard library has no word for it.
#[cfg(unix)]
fn free_mb(folder: &Path) -> Option<u64> {
    let mut command = std::process::Command::new("df");
    command.arg("-Pk").arg(folder).env("LC_ALL", "C");
    read_df(&super::patience::run(&mut command, Duration::from_secs(1)).ok()??.out)
}

#[cfg(not(unix))]
fn free_mb(_: &Path) -> Option<u64> {
    None
}

/// The fourth column of the line that follows the heads; the name of the disk may hold spaces, so it is counted from the
/// sign of percent.
fn read_df(out: &str) -> Option<u64> {
    let fields: Vec<&str> = out.lines().nth(1)?.split_whitespace().collect();
    let percent = fields.iter().position(|field| field.strip_suffix('%').is_some_and(|it| it.parse::<u8>().is_ok()))?;
    Some(fields.get(percent.checked_sub(1)?)?.parse::<u64>().ok()? / 1024)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::Status;

    #[test]
    fn a_folder_is_fine_where_it_can_be_written_or_made() {
        let folder = tempfile::tempdir().unwrap();
        let machine =
            Machine { data: Some(folder.path().join("a/b")), temp: folder.path().into(), ..Machine::default() };
        let found = data(&machine);
        assert!(found.says.contains("made when it is needed"), "{found:?}");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is left behind");
        assert!(!temp(&machine).says.contains("made when"));
        let nowhere = data(&Machine { data: Some("/proc/none/at/all".into()), ..Machine::default() });
        assert_eq!(nowhere.status, if cfg!(target_os = "linux") { Status::Limited } else { nowhere.status });
        assert_eq!(data(&Machine::default()).status, Status::Limited);
    }

    #[test]
    fn little_room_and_no_rights_are_told() {
        let facts = |is_there, tried: Result<(), String>, free_mb| {
            judge(&Facts { shown: "~/x".to_owned(), is_there, tried, free_mb }, "Do this.")
        };
        assert_eq!(facts(true, Ok(()), Some(20_000)).says, "~/x; 19 GB free");
        assert_eq!(facts(true, Ok(()), Some(30)).says, "~/x; only 30 MB are free");
        let denied = facts(false, Err("permission denied".to_owned()), None);
        assert_eq!(denied.says, "~/x is not there and cannot be made (permission denied)");
        assert_eq!((denied.status, denied.remedy.as_deref()), (Status::Limited, Some("Do this.")));
    }

    #[test]
    fn the_room_is_read_whatever_the_disk_is_called() {
        let out = |name: &str| {
            format!("Filesystem 1024-blocks Used Available Capacity Mounted on\n{name} 100 20 4096000 3% /\n")
        };
        assert_eq!(read_df(&out("/dev/sda1")), Some(4000));
        assert_eq!(read_df(&out("//server/my share")), Some(4000));
        assert_eq!(read_df("df: no such file\n"), None);
    }

    #[test]
    fn own_templates_are_counted() {
        let folder = tempfile::tempdir().unwrap();
        let machine = |at: PathBuf| Machine { templates: Some(at), ..Machine::default() };
        assert!(templates(&machine(folder.path().join("none"))).says.contains("they go to"));
        fs::write(folder.path().join("shift-a.typ"), "x").unwrap();
        assert!(templates(&machine(folder.path().to_owned())).says.starts_with("1 of your own"));
        assert_eq!(templates(&Machine::default()).status, Status::Limited);
    }
}
