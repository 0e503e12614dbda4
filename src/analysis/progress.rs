//! How far a long task is, and whether it should stop: shared between the one who works and the one who watches.

use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

/// The task was cancelled before it ended; nothing of it may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("cancelled")]
pub struct Cancelled;

/// A handle on a running task. Clones share one state.
#[derive(Clone, Debug, Default)]
pub struct Progress {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    /// Thousandths done.
    permille: AtomicU32,
    is_cancelled: AtomicBool,
    stage: Mutex<&'static str>,
}

impl Progress {
    /// Asks the task to stop at its next look.
    pub fn cancel(&self) {
        self.shared.is_cancelled.store(true, Ordering::Relaxed);
    }

    pub fn is_cancelled(&self) -> bool {
        self.shared.is_cancelled.load(Ordering::Relaxed)
    }

    /// Share of the work that is done, 0.0..=1.0.
    pub fn fraction(&self) -> f32 {
        self.shared.permille.load(Ordering::Relaxed) as f32 / 1000.0
    }

    /// What is being done, as words for the reader.
    pub fn stage_name(&self) -> &'static str {
        self.shared.stage.lock().map_or("", |stage| *stage)
    }

    /// Begins a stage at `fraction` of the whole.
    ///
    /// # Errors
    /// [`Cancelled`] when somebody asked to stop.
    pub fn stage(&self, name: &'static str, fraction: f32) -> Result<(), Cancelled> {
        if let Ok(mut stage) = self.shared.stage.lock() {
            *stage = name;
        }
        self.at(fraction)
    }

    /// Notes how far the task is.
    ///
    /// # Errors
    /// [`Cancelled`] when somebody asked to stop.
    pub fn at(&self, fraction: f32) -> Result<(), Cancelled> {
        self.shared.permille.store((fraction.clamp(0.0, 1.0) * 1000.0) as u32, Ordering::Relaxed);
        if self.is_cancelled() { Err(Cancelled) } else { Ok(()) }
    }
}
