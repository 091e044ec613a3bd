//! How far the work has come, on a terminal.

use std::io::{self, IsTerminal};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::pipeline::Meter;
use crate::report::grouped;

/// Work that is done sooner needs no bar.
const PATIENCE: Duration = Duration::from_secs(1);

/// How often the bar is drawn anew.
const BEAT: Duration = Duration::from_millis(100);

/// A bar at the bottom of stderr, from the first second on; nothing where stderr is no
/// terminal. It goes when it is dropped.
pub(super) struct Progress {
    bar: ProgressBar,
    watcher: Option<(Arc<Bell>, JoinHandle<()>)>,
}

/// Tells the watcher that the work has ended.
#[derive(Default)]
struct Bell {
    rung: Mutex<bool>,
    changed: Condvar,
}

impl Bell {
    fn ring(&self) {
        *self.rung.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.changed.notify_all();
    }

    /// Waits, and tells whether the bell was rung.
    fn wait(&self, most: Duration) -> bool {
        let rung = self.rung.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.changed.wait_timeout_while(rung, most, |rung| !*rung);
        *waited.unwrap_or_else(PoisonError::into_inner).0
    }
}

impl Progress {
    /// Watches the work on files, one meter each.
    pub(super) fn start(meters: Vec<Arc<Meter>>, quiet: bool) -> Self {
        let total: u64 = meters.iter().map(|meter| meter.size()).sum();
        let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::hidden());
        // Nobody knows how much there is of a pipe.
        if quiet || total == 0 || !io::stderr().is_terminal() {
            return Self { bar, watcher: None };
        }
        let bell = Arc::new(Bell::default());
        let (shown, rung) = (bar.clone(), bell.clone());
        let watch = move || watch(&shown, &meters, &rung);
        // Where no thread can be had, the work goes on unseen.
        let watcher = std::thread::Builder::new().spawn(watch).ok();
        let watcher = watcher.map(|thread| (bell, thread));
        Self { bar, watcher }
    }

    /// Prints something while the bar is away.
    pub(super) fn aside(&self, print: impl FnOnce()) {
        self.bar.suspend(print);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((bell, thread)) = self.watcher.take() {
            bell.ring();
            // A watcher that panicked has nothing more to draw.
            let _ = thread.join();
        }
        self.bar.finish_and_clear();
    }
}

fn watch(bar: &ProgressBar, meters: &[Arc<Meter>], bell: &Bell) {
    if bell.wait(PATIENCE) {
        return;
    }
    let template = "{bar:24} {decimal_bytes} of {decimal_total_bytes}, {msg}{decimal_bytes_per_sec}, {eta} left";
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style.progress_chars("=> "));
    }
    bar.set_draw_target(ProgressDrawTarget::stderr());
    loop {
        bar.set_position(meters.iter().map(|meter| meter.done()).sum());
        if meters.len() > 1 {
            let finished = meters.iter().filter(|meter| meter.is_finished()).count();
            let (finished, all) = (grouped(finished as u64), grouped(meters.len() as u64));
            bar.set_message(format!("{finished} of {all} files, "));
        }
        bar.tick();
        if bell.wait(BEAT) {
            return;
        }
    }
}
