//! What a report says of the machine: kind of system, kind of desktop, memory. Nothing that names it or its owner.

use std::fs;
use std::path::PathBuf;

use crate::text::numbers::number;

/// Deeper ones are the event loop's.
const MAX_FRAMES: usize = 40;

/// "Debian GNU/Linux 12 (bookworm), kernel 6.1.0, x86_64".
pub fn system() -> String {
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    let name = release.lines().find_map(|line| line.strip_prefix("PRETTY_NAME=")).map(|name| name.trim_matches('"'));
    let name = name.unwrap_or(std::env::consts::OS).to_owned();
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let kernel = if kernel.is_empty() { String::new() } else { format!(", kernel {}", kernel.trim()) };
    format!("{name}{kernel}, {}", std::env::consts::ARCH)
}

/// "GNOME, wayland"; which of the two kinds of display there is.
pub fn desktop() -> String {
    let set = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    let is_plain =
        |name: &String| name.len() <= 40 && name.bytes().all(|it| it.is_ascii_alphanumeric() || b":-_".contains(&it));
    let mut parts: Vec<String> =
        ["XDG_CURRENT_DESKTOP", "XDG_SESSION_TYPE"].into_iter().filter_map(set).filter(is_plain).collect();
    parts.extend(set("DISPLAY").map(|_| "an X11 display".to_owned()));
    parts.extend(set("WAYLAND_DISPLAY").map(|_| "a Wayland display".to_owned()));
    if parts.is_empty() { "unknown".to_owned() } else { parts.join(", ") }
}

/// "120 MB, at most 142 MB"; `None` where the system does not say.
pub fn memory() -> Option<String> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let megabytes = |key: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(key))?;
        let kilobytes: usize = line.trim_start_matches(':').trim().trim_end_matches("kB").trim().parse().ok()?;
        Some(number(kilobytes / 1024))
    };
    Some(format!("{} MB, at most {} MB", megabytes("VmRSS")?, megabytes("VmHWM")?))
}

/// What must not stand in a report, with what stands there instead: the home folder first, since it holds the name.
pub fn private() -> Vec<(String, &'static str)> {
    let set = |name| std::env::var(name).ok().filter(|value| value.len() > 1);
    let homes = ["HOME", "USERPROFILE"].into_iter().filter_map(set).map(|home| (home, "~"));
    let users = ["USER", "LOGNAME", "USERNAME"].into_iter().filter_map(set).map(|user| (user, "‹user›"));
    let host = fs::read_to_string("/proc/sys/kernel/hostname").ok().or_else(|| set("COMPUTERNAME"));
    let host = host.map(|host| host.trim().to_owned()).filter(|host| host != "localhost");
    homes.chain(users).chain(host.map(|host| (host, "‹machine›"))).collect()
}

/// Where the program itself lies in memory, first and last address; `None` where the system does not say.
pub fn program_range() -> Option<(u64, u64)> {
    let program: PathBuf = fs::read_link("/proc/self/exe").ok()?;
    let maps = fs::read_to_string("/proc/self/maps").ok()?;
    let own = maps.lines().filter(|line| line.ends_with(&*program.to_string_lossy()));
    let ranges = own.filter_map(|line| {
        let (start, end) = line.split_whitespace().next()?.split_once('-')?;
        Some((u64::from_str_radix(start, 16).ok()?, u64::from_str_radix(end, 16).ok()?))
    });
    ranges.reduce(|(start, end), (other_start, other_end)| (start.min(other_start), end.max(other_end)))
}

/// The way to the fault: names where the program has them, else offsets in it, which its maker can look up.
pub fn frames(backtrace: &str, program: Option<(u64, u64)>) -> Vec<String> {
    let mut frames: Vec<String> = Vec::new();
    for line in backtrace.lines() {
        // "  12:     0x55d4c6a3c0de - name"; other lines tell places.
        let Some((number, rest)) = line.trim_start().split_once(':') else { continue };
        let Some((address, name)) = rest.trim_start().split_once(" - ") else { continue };
        let address = address.strip_prefix("0x").and_then(|digits| u64::from_str_radix(digits, 16).ok());
        let (Ok(_), Some(address)) = (number.parse::<u32>(), address) else { continue };
        let is_named = name != "<unknown>" && !name.contains('/');
        if name.contains("rust_begin_unwind") {
            // So far it was on the way to the report.
            frames.clear();
            continue;
        }
        let frame = match program {
            _ if is_named => without_hash(name).to_owned(),
            Some((start, end)) if (start..end).contains(&address) => format!("throughline+{:#x}", address - start),
            // The system's libraries.
            _ => continue,
        };
        if frames.len() < MAX_FRAMES {
            frames.push(frame);
        }
    }
    frames
}

/// A name without the number that the compiler puts behind it.
fn without_hash(name: &str) -> &str {
    let is_hash =
        |hash: &str| hash.len() == 17 && hash.starts_with('h') && hash[1..].bytes().all(|it| it.is_ascii_hexdigit());
    name.rsplit_once("::").filter(|(_, hash)| is_hash(hash)).map_or(name, |(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_are_names_or_offsets_in_the_program() {
        let backtrace = "   0:     0x5500 - <unknown>\n   1:     0x7f00 - <unknown>\n   2:     0x5580 - \
            core::panic::h0123456789abcdef\n             at /home/ana/x.rs:1:2\n";
        assert_eq!(frames(backtrace, Some((0x5000, 0x6000))), ["throughline+0x500", "core::panic"]);
        let begun = format!("{backtrace}   3:     0x5590 - rust_begin_unwind\n   4:     0x55a0 - <unknown>\n");
        assert_eq!(frames(&begun, Some((0x5000, 0x6000))), ["throughline+0x5a0"]);
        assert_eq!(frames("disabled backtrace", Some((0, 1))), Vec::<String>::new());
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn linux_says_all_of_it() {
        let (start, end) = program_range().unwrap();
        assert!(start < end);
        assert!(memory().unwrap().contains(" MB, at most "));
        assert!(system().contains(std::env::consts::ARCH));
        let frames = frames(&format!("{:#}", std::backtrace::Backtrace::force_capture()), Some((start, end)));
        assert!(frames.len() > 3, "{frames:?}");
    }
}
