//! What a piece of work costs: processor time of all threads, time on the clock, and the most memory it held.
//!
//! Linux tells the first to the nanosecond and the last to the page, in `/proc`; elsewhere they are unknown.

use std::fs;
use std::time::Instant;

/// The cost of a piece of work.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cost {
    pub cpu_secs: Option<f64>,
    pub wall_secs: f64,
    /// The most memory the process held while it ran, in megabytes.
    pub peak_mb: Option<f64>,
}

impl Cost {
    /// Processor time, or that on the clock where nobody knows it.
    pub fn secs(&self) -> f64 {
        self.cpu_secs.unwrap_or(self.wall_secs)
    }
}

/// Does the work and tells what it cost.
pub fn measured<T>(work: impl FnOnce() -> T) -> (T, Cost) {
    // Five asks for the peak to be counted anew.
    let _ = fs::write("/proc/self/clear_refs", "5");
    let (start, before) = (Instant::now(), cpu_secs());
    let done = work();
    let wall_secs = start.elapsed().as_secs_f64();
    let cpu_secs = before.zip(cpu_secs()).map(|(before, after)| after - before);
    (done, Cost { cpu_secs, wall_secs, peak_mb: peak_mb() })
}

/// Time that the living threads were on a processor.
fn cpu_secs() -> Option<f64> {
    let mut nanos = 0;
    for task in fs::read_dir("/proc/self/task").ok()? {
        let told = fs::read_to_string(task.ok()?.path().join("schedstat")).ok()?;
        nanos += told.split_ascii_whitespace().next()?.parse::<u64>().ok()?;
    }
    Some(nanos as f64 / 1e9)
}

fn peak_mb() -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches("kB").trim().parse::<f64>().ok()? / 1024.0)
}
