//! What a package tells the desktop is true of the program: its names, types and icons, and how it is started.
//!
//! The files themselves are read, and the real program is called the way they say. That they are well formed is seen to
//! by the desktop's own checkers, which `.ci/package` calls.

#![expect(clippy::unwrap_used, reason = "a helper of a test that fails is a test that fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const TYPE: &str = "application/x-throughline";

fn assets() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets")
}

fn read(name: &str) -> String {
    fs::read_to_string(assets().join(name)).unwrap()
}

/// The groups of a desktop file, each with its keys.
fn desktop_file() -> BTreeMap<String, BTreeMap<String, String>> {
    let mut groups: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    let mut group = String::new();
    for line in read("desktop/throughline.desktop").lines().filter(|line| !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            name.clone_into(&mut group);
        } else if let Some((key, value)) = line.split_once('=') {
            groups.entry(group.clone()).or_default().insert(key.to_owned(), value.to_owned());
        }
    }
    groups
}

/// All that lies under a folder, folders too.
fn files_below(folder: &Path) -> BTreeSet<PathBuf> {
    let (mut found, mut ahead) = (BTreeSet::new(), vec![folder.to_owned()]);
    while let Some(folder) = ahead.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                ahead.push(path.clone());
            }
            found.insert(path);
        }
    }
    found
}

/// What stands between the first `<name …>` and its end.
fn element<'a>(xml: &'a str, name: &str) -> &'a str {
    let after = xml.split(&format!("<{name}")).nth(1).unwrap_or_default();
    after.split_once('>').unwrap().1.split('<').next().unwrap()
}

/// The value of an attribute of the first element that has it.
fn attribute<'a>(xml: &'a str, name: &str) -> &'a str {
    xml.split(&format!(" {name}=\"")).nth(1).unwrap().split('"').next().unwrap()
}

/// The program as the desktop starts it, with no display: it says in words what the window would show.
fn start(folder: &Path, files: &[&str]) -> Output {
    let exec = desktop_file()["Desktop Entry"]["Exec"].clone();
    let (program, arguments) = exec.split_once(' ').unwrap();
    assert_eq!(program, "throughline");
    let arguments = arguments.split(' ').flat_map(|word| if word == "%F" { files.to_vec() } else { vec![word] });
    Command::new(env!("CARGO_BIN_EXE_throughline"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env("SOURCE_DATE_EPOCH", "1767225600")
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

#[test]
fn no_name_of_a_file_is_taken_for_a_command_or_an_option() {
    let folder = tempfile::tempdir().unwrap();
    for (name, place) in [("read", "Oslo"), ("--help", "Bergen"), ("a b%20'\"$c.txt", "Tromsø"), ("man", "Vadsø")] {
        let text = format!("Harbor of {place} opens\n\n4 May 2021 – “We are glad,” Mayor Ness of {place} said.\n");
        fs::write(folder.path().join(name), text).unwrap();
        let output = start(folder.path(), &[name]);
        assert!(output.status.success(), "{name}: {output:?}");
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(said.contains(&format!("Harbor of {place} opens")), "{name}: {said}");
    }
    assert!(String::from_utf8(start(folder.path(), &[]).stdout).unwrap().contains("NATO"));
}

#[test]
fn the_desktop_knows_the_window_by_the_name_it_gives_itself() {
    let groups = desktop_file();
    let entry = &groups["Desktop Entry"];
    let named = format!(".with_app_id(\"{}\")", entry["StartupWMClass"]);
    let sources = files_below(&assets().join("../src/gui"));
    assert!(sources.iter().any(|path| fs::read_to_string(path).is_ok_and(|source| source.contains(&named))), "{named}");
    assert_eq!(entry["Terminal"], "false");
    for action in entry["Actions"].split(';').filter(|action| !action.is_empty()) {
        assert!(groups[&format!("Desktop Action {action}")]["Exec"].starts_with("throughline open "));
    }
    let metainfo = read("desktop/local.throughline.throughline.metainfo.xml");
    assert_eq!(element(&metainfo, "id"), "local.throughline.throughline");
    assert_eq!(element(&metainfo, "launchable"), "throughline.desktop");
    assert_eq!(attribute(metainfo.split("<releases>").nth(1).unwrap(), "version"), env!("CARGO_PKG_VERSION"));
    assert!(read("macos/Info.plist").contains(element(&metainfo, "id")));
}

#[test]
fn every_kind_of_article_can_be_opened_with_it_and_a_project_is_its_own() {
    let entry = desktop_file()["Desktop Entry"].clone();
    let types: BTreeSet<&str> = entry["MimeType"].split(';').filter(|kind| !kind.is_empty()).collect();
    for kind in [
        "text/plain",
        "text/markdown",
        "text/html",
        "application/pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.oasis.opendocument.text",
        "application/rtf",
        "message/rfc822",
        "application/epub+zip",
        "application/x-mimearchive",
        TYPE,
    ] {
        assert!(types.contains(kind), "{kind}");
    }
    let metainfo = read("desktop/local.throughline.throughline.metainfo.xml");
    assert_eq!(element(&metainfo, "mediatype"), TYPE);
    // A package that made itself the first choice for texts would need a list of this kind.
    assert!(!assets().join("desktop/mimeapps.list").exists());
}

#[test]
fn a_project_is_known_by_its_bytes_as_well_as_by_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("harbor.throughline");
    let save = Command::new(env!("CARGO_BIN_EXE_throughline")).arg("save").arg("--out").arg(&path).output().unwrap();
    assert!(save.status.success(), "{save:?}");
    let bytes = fs::read(&path).unwrap();
    let xml = read("desktop/throughline.xml");
    assert_eq!(attribute(xml.split("<mime-type").nth(1).unwrap_or_default(), "type"), TYPE);
    let matches: Vec<&str> = xml.split("<match ").skip(1).collect();
    assert_eq!(matches.len(), 2);
    for rule in matches {
        let rule = format!(" {rule}");
        let offset: usize = attribute(&rule, "offset").parse().unwrap();
        let value = attribute(&rule, "value").replace("\\0", "\0");
        assert_eq!(&bytes[offset..offset + value.len()], value.as_bytes());
    }
    assert_eq!(attribute(&xml, "pattern"), "*.throughline");
}

#[test]
fn icons_are_as_large_as_their_folders_say() {
    let hicolor = assets().join("desktop/icons/hicolor");
    for name in ["apps/throughline", "mimetypes/application-x-throughline"] {
        for size in [16, 22, 24, 32, 48, 64, 128, 256, 512_u32] {
            let png = fs::read(hicolor.join(format!("{size}x{size}/{name}.png"))).unwrap();
            assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
            let side = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
            assert_eq!((side(16), side(20)), (size, size), "{name}");
        }
        assert!(fs::read_to_string(hicolor.join(format!("scalable/{name}.svg"))).unwrap().contains("</svg>"));
    }
    let scalable = fs::read(hicolor.join("scalable/apps/throughline.svg")).unwrap();
    assert_eq!(scalable, fs::read(assets().join("icon.svg")).unwrap());
    let large = |name| fs::read(hicolor.join("256x256").join(name)).unwrap();
    assert_ne!(large("apps/throughline.png"), large("mimetypes/application-x-throughline.png"));
    for name in ["throughline", "project"] {
        let ico = fs::read(assets().join(format!("windows/{name}.ico"))).unwrap();
        assert_eq!(ico[..6], [0, 0, 1, 0, 7, 0], "a list of seven icons");
        let icns = fs::read(assets().join(format!("macos/{name}.icns"))).unwrap();
        assert_eq!(&icns[..4], b"icns");
        assert_eq!(u32::from_be_bytes(icns[4..8].try_into().unwrap()) as usize, icns.len());
    }
}

/// The archive's script, with a program of one line in place of the real one.
#[cfg(unix)]
mod installed {
    use super::*;

    struct Archive {
        folder: tempfile::TempDir,
    }

    impl Archive {
        fn new() -> Self {
            use std::os::unix::fs::PermissionsExt as _;
            let folder = tempfile::tempdir().unwrap();
            let put = |from: &str, to: &str| {
                let to = folder.path().join("archive").join(to);
                fs::create_dir_all(to.parent().unwrap()).unwrap();
                fs::copy(assets().join(from), to).unwrap();
            };
            put("desktop/install.sh", "install.sh");
            put("desktop/throughline.desktop", "share/applications/throughline.desktop");
            put("desktop/throughline.xml", "share/mime/packages/throughline.xml");
            put("icon.svg", "share/icons/hicolor/scalable/apps/throughline.svg");
            put("icon.svg", "bin/throughline");
            let program = folder.path().join("archive/bin/throughline");
            fs::write(&program, "#!/bin/sh\necho started with \"$@\"\n").unwrap();
            fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
            Self { folder }
        }

        fn run(&self, arguments: &[&str]) -> Output {
            let script = self.folder.path().join("archive/install.sh");
            Command::new("sh")
                .arg(script)
                .args(arguments)
                .env("HOME", self.folder.path().join("home"))
                .output()
                .unwrap()
        }

        fn home(&self) -> BTreeSet<PathBuf> {
            files_below(&self.folder.path().join("home"))
        }
    }

    #[test]
    fn taking_it_away_leaves_what_was_there_before_and_nothing_else() {
        let archive = Archive::new();
        let home = archive.folder.path().join("home");
        let others = home.join(".local/share/applications");
        fs::create_dir_all(&others).unwrap();
        fs::write(others.join("other.desktop"), "[Desktop Entry]\nType=Application\nName=Other\nExec=other\n").unwrap();
        let before = archive.home();
        // Twice: the second takes the place of the first.
        for _ in 0..2 {
            let output = archive.run(&[]);
            assert!(output.status.success(), "{output:?}");
        }
        let program = home.join(".local/bin/throughline");
        let desktop = fs::read_to_string(others.join("throughline.desktop")).unwrap();
        assert!(desktop.contains(&format!("\nExec={} open -- %F\n", program.display())), "{desktop}");
        assert!(desktop.contains(&format!("\nTryExec={}\n", program.display())), "{desktop}");
        assert!(Command::new(&program).output().unwrap().status.success());
        // The reader's own work lies beside it, and stays.
        let work = home.join(".local/share/throughline/untitled/work.throughline");
        fs::create_dir_all(work.parent().unwrap()).unwrap();
        fs::write(&work, "work").unwrap();
        assert!(archive.run(&["--uninstall"]).status.success());
        let mut after = archive.home();
        for kept in [work.as_path(), work.parent().unwrap(), work.parent().unwrap().parent().unwrap()] {
            assert!(after.remove(kept), "{} is gone", kept.display());
        }
        // The list of all programs is for the other one as well, where the desktop's tools made it.
        after.remove(&others.join("mimeinfo.cache"));
        assert_eq!(after, before);
    }

    #[test]
    fn it_goes_where_it_is_told_and_refuses_what_a_desktop_file_cannot_name() {
        let archive = Archive::new();
        let prefix = archive.folder.path().join("home/of all");
        assert!(archive.run(&["--prefix", prefix.to_str().unwrap()]).status.success());
        assert!(prefix.join("bin/throughline").exists());
        let desktop = fs::read_to_string(prefix.join("share/applications/throughline.desktop")).unwrap();
        assert!(
            desktop.contains(&format!("\nExec=\"{}/bin/throughline\" open -- %F\n", prefix.display())),
            "{desktop}"
        );
        let own = prefix.join("share/throughline/install.sh");
        let removed = Command::new("sh").arg(own).args(["--uninstall", "--prefix"]).arg(&prefix).output().unwrap();
        assert!(removed.status.success(), "{removed:?}");
        assert_eq!(archive.home(), BTreeSet::new());
        for wrong in [&["--prefix", "/a$b"][..], &["--prefix"], &["--purge"], &["--uninstall"]] {
            let output = archive.run(wrong);
            assert_eq!(output.status.code(), Some(2), "{wrong:?}");
            assert!(String::from_utf8(output.stderr).unwrap().starts_with("install.sh: "));
        }
        assert_eq!(archive.home(), BTreeSet::new());
    }
}
