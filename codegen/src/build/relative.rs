//! The way from one folder to another, for links in pages.

use std::path::{Component, Path, PathBuf};

/// The way from the folder `from` to the folder `to`, ending in a slash and with forward slashes;
/// `None` where the two have no common root.
pub(super) fn folder(from: &Path, to: &Path) -> Option<String> {
    let (from, to) = (absolute(from)?, absolute(to)?);
    let common = from.components().zip(to.components()).take_while(|(a, b)| a == b).count();
    if common == 0 {
        return None;
    }
    let up = from.components().skip(common).map(|_| "..".to_owned());
    let down = to.components().skip(common).map(|part| part.as_os_str().to_string_lossy().into_owned());
    Some(up.chain(down).map(|part| part + "/").collect())
}

/// Without `.` and `..`, and without asking the disk: the folders need not be there yet.
fn absolute(path: &Path) -> Option<PathBuf> {
    let mut clean = PathBuf::new();
    for part in std::path::absolute(path).ok()?.components() {
        match part {
            Component::ParentDir => drop(clean.pop()),
            Component::CurDir => {}
            part => clean.push(part),
        }
    }
    Some(clean)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_go_up_and_down() {
        let way = |from: &str, to: &str| folder(Path::new(from), Path::new(to));
        assert_eq!(way("/a/docs/zh", "/a/specs/x").as_deref(), Some("../../specs/x/"));
        assert_eq!(way("docs/zh", "./specs/../y").as_deref(), Some("../../y/"));
        assert_eq!(way("/a", "/a").as_deref(), Some(""));
    }
}
