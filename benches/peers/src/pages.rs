//! The pages that are read.

#[path = "../../../codegen/benches/pages/mod.rs"]
mod made;

use std::fs;
use std::path::{Path, PathBuf};

/// How the tables of a page are written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Html,
    Pipes,
}

impl Kind {
    pub(crate) const ALL: [Self; 2] = [Self::Html, Self::Pipes];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Html => "HTML tables",
            Self::Pipes => "pipe tables",
        }
    }

    /// A catalog whose page has only such tables.
    pub(crate) fn catalog(self) -> &'static str {
        match self {
            Self::Html => "jmessage-server",
            Self::Pipes => "agora-chat",
        }
    }
}

/// The folder of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A page of so many megabytes on disk.
pub(crate) fn page(kind: Kind, megabytes: usize, work: &Path) -> PathBuf {
    let path = work.join(format!("{}-{megabytes}.md", kind.catalog()));
    fs::write(&path, made::repeated(&root(), kind.catalog(), megabytes * 1_000_000)).unwrap();
    path
}
