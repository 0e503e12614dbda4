//! The project's file: one is made, written, read again and removed, where work without a name would be kept.

use std::fs;
use std::path::Path;

use super::{Found, Machine, folders};
use crate::project::store::{Access, Original, Snapshot, Store, StoreError};

const WORDS: &[u8] = b"Harbor council widens the pier";

pub fn look(machine: &Machine) -> Found {
    let own = machine.data.as_deref().and_then(folders::nearest).map(|folder| (try_in(&folder), folder));
    if let Some((Ok(()), _)) = own {
        return judge(Ok(()), None);
    }
    let elsewhere = try_in(&machine.temp);
    let why = own.and_then(|(tried, _)| tried.err());
    judge(elsewhere, Some(why.unwrap_or_else(|| "the system names no folder".to_owned())))
}

/// `why_not` says why none could be made where it belongs.
fn judge(tried: Result<(), String>, why_not: Option<String>) -> Found {
    match (tried, why_not) {
        (Ok(()), None) => Found::fine("made, written, read again and removed"),
        (Ok(()), Some(why)) => Found::limited(
            format!("works, and not in the folder of work without a name ({why})"),
            "Save the project under a name in a folder you can write to.",
        ),
        (Err(why), _) => {
            Found::broken(format!("none can be kept: {why}"), "See the folders above; the disk may be full.")
        }
    }
}

/// Makes a project in a folder of its own there and takes both away again.
fn try_in(folder: &Path) -> Result<(), String> {
    let own = folder.join(format!(".throughline-doctor-project-{}", std::process::id()));
    fs::create_dir(&own).map_err(|error| error.to_string())?;
    let tried = try_file(&own.join("trial.throughline"));
    let removed = fs::remove_dir_all(&own).map_err(|error| error.to_string());
    tried.and(removed)
}

fn try_file(path: &Path) -> Result<(), String> {
    let words = |error: StoreError| error.to_string();
    let view = "a trial".to_owned();
    let original = Original::pack(WORDS);
    let sha256 = original.sha256.clone();
    let snapshot = Snapshot { view: view.clone(), originals: vec![original.into()], ..Snapshot::default() };
    Store::create(path, Access::default(), &snapshot).and_then(Store::close).map_err(words)?;
    let loaded = Store::open(path, Access::default()).map_err(words)?;
    let store = loaded.store;
    store.check().map_err(words)?;
    let is_same = store.original(&sha256).map_err(words)?.as_deref() == Some(WORDS);
    if store.written().view != view || !is_same {
        return Err("what was read is not what was written".to_owned());
    }
    store.close().map_err(words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::Status;

    #[test]
    fn a_project_is_tried_and_nothing_is_left_of_it() {
        let folder = tempfile::tempdir().unwrap();
        let machine = Machine {
            data: Some(folder.path().join("later/untitled")),
            temp: folder.path().to_owned(),
            ..Machine::default()
        };
        assert_eq!(look(&machine).status, Status::Fine);
        let limited = look(&Machine { data: None, ..machine.clone() });
        assert_eq!(limited.status, Status::Limited);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        let nowhere = Machine { temp: folder.path().join("none"), data: None, ..Machine::default() };
        assert_eq!(look(&nowhere).status, Status::Broken);
    }
}
