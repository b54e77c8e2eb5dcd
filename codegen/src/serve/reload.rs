//! Telling browsers that a page is not as they show it.
//!
//! A page says what it was when it was sent; whoever shows it waits here until that is no longer so.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Counts how often the site was made anew.
#[derive(Debug, Default)]
pub(super) struct Hub {
    state: Mutex<State>,
    renewed: Condvar,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct State {
    count: u64,
    pub(super) is_closed: bool,
}

impl Hub {
    /// Wakes all who wait.
    pub(super) fn renew(&self) {
        self.lock().count += 1;
        self.renewed.notify_all();
    }

    /// Wakes all who wait, for the last time.
    pub(super) fn close(&self) {
        self.lock().is_closed = true;
        self.renewed.notify_all();
    }

    pub(super) fn now(&self) -> State {
        *self.lock()
    }

    /// Waits until the state is another one, or for so long.
    pub(super) fn wait(&self, known: State, most: Duration) -> State {
        let state = self.renewed.wait_timeout_while(self.lock(), most, |state| *state == known);
        *state.unwrap_or_else(PoisonError::into_inner).0
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // A count is whole whoever panicked.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Where a page is waited for: behind it the digest of what is shown, and the page's path.
pub(super) const PATH: &str = "/~reload/";

/// The script in each page.
pub(super) const SCRIPT: &str = "/~reload.js";

/// The page with the script in it; `digest` says what is shown at `path`, which is as it was asked for.
pub(super) fn with_script(html: &str, path: &str, digest: &str) -> String {
    // All that a browser sends in a path is fit for an attribute but these.
    let path = path.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
    let script = format!("<script src=\"{SCRIPT}\" data-watch=\"{PATH}{digest}{path}\" defer></script>\n");
    match html.find("</head>") {
        Some(at) => format!("{}{script}{}", &html[..at], &html[at..]),
        None => format!("{html}{script}"),
    }
}
