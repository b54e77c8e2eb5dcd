//! The site on disk.

use std::fs;
use std::path::Path;

use crate::diagnostic::{Finding, cause, rules};
use crate::render::Page;
use crate::{Diagnostic, message};

use super::shown;

/// Where the site goes if nothing else is said.
pub const SITE: &str = "target/site";

/// Writes the files of a site below `folder`, those that are not so already; how many were written.
///
/// # Errors
/// The file that could not be written.
pub fn write_site(folder: &Path, files: &[Page]) -> Result<usize, Box<Finding>> {
    let mut written = 0;
    for file in files {
        let path = folder.join(&file.path);
        if fs::read(&path).is_ok_and(|bytes| bytes == file.text.as_bytes()) {
            continue;
        }
        let parent = path.parent().unwrap_or(folder);
        fs::create_dir_all(parent).and_then(|()| fs::write(&path, &file.text)).map_err(|error| {
            let message = message!("cannot write it: {error}", error = cause(&error));
            Box::new(Finding::new(&shown(&path), Diagnostic::of_file(&rules::UNWRITABLE_FILE, message)))
        })?;
        written += 1;
    }
    Ok(written)
}
