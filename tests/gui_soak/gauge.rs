//! How much memory the window holds: what was asked of the allocator and not given back, and what the system counts.
//!
//! The first is exact and tells a leak of a single value; the second is what a reader sees in the list of processes, and
//! grows by torn-up room too.

use std::alloc::{GlobalAlloc, Layout};
use std::sync::atomic::{AtomicIsize, Ordering};
use std::time::Duration;

use mimalloc::MiMalloc;

/// Blocks are counted by their size as a power of two.
const N_CLASSES: usize = 40;

static N_BYTES: AtomicIsize = AtomicIsize::new(0);
static N_BLOCKS: [AtomicIsize; N_CLASSES] = [const { AtomicIsize::new(0) }; N_CLASSES];

/// The program's allocator, counted.
struct Counting;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn count(size: usize, sign: isize) {
    N_BYTES.fetch_add(sign * size.cast_signed(), Ordering::Relaxed);
    let class = size.next_power_of_two().trailing_zeros() as usize;
    N_BLOCKS[class.min(N_CLASSES - 1)].fetch_add(sign, Ordering::Relaxed);
}

#[expect(unsafe_code, reason = "an allocator is unsafe to be one; all is handed on to the program's")]
// SAFETY: every call goes to the program's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size(), 1);
        unsafe { MiMalloc.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        count(layout.size(), -1);
        unsafe { MiMalloc.dealloc(at, layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count(layout.size(), 1);
        unsafe { MiMalloc.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count(layout.size(), -1);
        count(size, 1);
        unsafe { MiMalloc.realloc(at, layout, size) }
    }
}

/// What is held at one moment.
#[derive(Clone, Copy, Debug)]
pub struct Held {
    /// Asked of the allocator and not given back.
    pub heap_mb: f64,
    /// Resident, as the system counts; `None` where it does not tell.
    pub resident_mb: Option<f64>,
    n_blocks: [isize; N_CLASSES],
}

impl Held {
    /// The least of so many looks, with a pause before each.
    pub fn least_of(n_looks: usize, pause: Duration) -> Self {
        let look = |_| {
            std::thread::sleep(pause);
            Self::now()
        };
        let looks: Vec<Self> = (0..n_looks.max(1)).map(look).collect();
        let resident_mb = looks.iter().filter_map(|it| it.resident_mb).min_by(f64::total_cmp);
        let least = looks.into_iter().min_by(|one, other| one.heap_mb.total_cmp(&other.heap_mb));
        Self { resident_mb, ..least.unwrap_or_else(Self::now) }
    }

    fn now() -> Self {
        Self {
            heap_mb: N_BYTES.load(Ordering::Relaxed) as f64 / 1e6,
            resident_mb: resident_mb(),
            n_blocks: std::array::from_fn(|class| N_BLOCKS[class].load(Ordering::Relaxed)),
        }
    }

    /// Which sizes of blocks there are more of, the most bytes first: where to look for what grows.
    pub fn growth_since(&self, earlier: &Self) -> String {
        let mut grown: Vec<(isize, usize, isize)> = (0..N_CLASSES)
            .map(|class| (class, self.n_blocks[class] - earlier.n_blocks[class]))
            .map(|(class, n_more)| (n_more << class, class, n_more))
            .filter(|(n_bytes, ..)| n_bytes.abs() > 100_000)
            .collect();
        grown.sort_unstable_by(|one, other| other.cmp(one));
        let words = grown.iter().map(|(n_bytes, class, n_more)| {
            format!("{n_more:+} blocks up to {} bytes ({:+.1} MB at most)", 1_u64 << class, *n_bytes as f64 / 1e6)
        });
        words.collect::<Vec<_>>().join(", ")
    }
}

impl std::fmt::Display for Held {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.1} MB of heap, ", self.heap_mb)?;
        match self.resident_mb {
            Some(resident_mb) => write!(f, "{resident_mb:.1} MB resident"),
            None => f.write_str("resident memory unknown"),
        }
    }
}

fn resident_mb() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.trim().trim_end_matches("kB").trim().parse::<f64>().ok()? / 1024.0)
}
