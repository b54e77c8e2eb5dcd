//! One writer at a time in a folder.
//!
//! The lock is the system's and ends with the process, however that ends. It holds while files are
//! put in place, for moments, and never while pages are read or fetched: that what was read is still
//! so is [`Seen`](super::seen::Seen)'s business.

use std::fs::File;
use std::io;
use std::path::Path;
use std::thread::sleep;
use std::time::Duration;

use fs4::{FileExt, TryLockError};

use super::shown;
use crate::diagnostic::{Diagnostic, Finding, rules};
use crate::message;

/// How long others are waited for: many times longer than they take.
const PATIENCE: u32 = 500;
const TURN: Duration = Duration::from_millis(20);

/// Held until it is dropped.
#[derive(Debug)]
pub(super) struct Lock {
    // Closing it ends the lock.
    _folder: Option<File>,
}

impl Lock {
    /// Waits until nobody else writes to `folder`. Where the system cannot tell, nobody does.
    pub(super) fn take(folder: &Path) -> Result<Self, Box<Finding>> {
        let Ok(file) = open(folder) else {
            return Ok(Self { _folder: None });
        };
        for _ in 0..PATIENCE {
            match FileExt::try_lock(&file) {
                Ok(()) => return Ok(Self { _folder: Some(file) }),
                Err(TryLockError::Error(_)) => return Ok(Self { _folder: None }),
                Err(TryLockError::WouldBlock) => sleep(TURN),
            }
        }
        let message = message!("another im-errors is writing to this folder");
        let help = message!("wait until it is done, or end it, then run this again");
        let diagnostic = Diagnostic::of_file(&rules::UNWRITABLE_FILE, message).with_help(help);
        Err(Box::new(Finding::new(&shown(folder), diagnostic)))
    }
}

/// The folder itself, where the system can lock folders: then no file is needed for it.
#[cfg(unix)]
fn open(folder: &Path) -> io::Result<File> {
    File::open(if folder.as_os_str().is_empty() { Path::new(".") } else { folder })
}

#[cfg(not(unix))]
fn open(folder: &Path) -> io::Result<File> {
    File::options().write(true).create(true).truncate(false).open(folder.join(".im-errors-lock"))
}
