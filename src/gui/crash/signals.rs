//! The system asks the program to end: at the end of a session, at a shutdown, from a terminal.
//!
//! The window closes as by its button, which writes what is left to write. A window that does not answer is given up
//! after a moment: all that was handed over is on the disk by then.

use std::sync::Arc;

use super::Watch;

#[cfg(all(unix, not(target_os = "macos")))]
pub(super) fn listen(watch: Arc<Watch>, wake: impl Fn() + Send + 'static) {
    use std::sync::atomic::Ordering;
    use std::time::Duration;

    use async_signal::{Signal, Signals};
    use futures_lite::{StreamExt as _, future};

    /// So long a window may take to close.
    const PATIENCE: Duration = Duration::from_secs(8);

    /// The status of a program that a signal ended, by custom.
    const ENDED: i32 = 128 + 15;

    // Where signals can't be heard they end the program as they always did.
    let Ok(mut signals) = Signals::new([Signal::Term, Signal::Hup, Signal::Int]) else { return };
    let listens = move || {
        if future::block_on(signals.next()).is_none() {
            return;
        }
        watch.should_end.store(true, Ordering::SeqCst);
        wake();
        std::thread::sleep(PATIENCE);
        watch.end();
        std::process::exit(ENDED);
    };
    let _ = std::thread::Builder::new().name("signals".to_owned()).spawn(listens);
}

#[cfg(not(all(unix, not(target_os = "macos"))))]
pub(super) fn listen(_watch: Arc<Watch>, _wake: impl Fn() + Send + 'static) {}
