//! Specs as they were at a git revision, by the `git` command.

use std::collections::BTreeSet;
use std::io::{self, ErrorKind};
use std::path::Path;
use std::process::Command;

use super::{Edition, Opened};
use crate::build::{Catalogs, shown};
use crate::diagnostic::{Finding, cause, rules};
use crate::files::{self, Kind, Unread};
use crate::resolve::SPEC_FILE;
use crate::{Diagnostic, Message, message};

/// A commit of the repository that a folder of catalogs lies in.
#[derive(Debug, Clone)]
pub struct Revision<'a> {
    root: &'a Path,
    /// As the user names it.
    name: &'a str,
    /// The commit's hash.
    commit: String,
}

/// A catalog then and now.
#[derive(Debug, Clone)]
pub struct Since {
    /// The catalog's id.
    pub catalog: String,
    /// At the revision; without errors where the catalog is newer.
    pub old: Edition,
    /// In the working tree; without errors where the catalog is gone.
    pub new: Edition,
}

/// What is wrong with one file, and its text.
pub type Broken = (String, Vec<Finding>);

impl<'a> Revision<'a> {
    /// Finds the commit that `name` stands for in the repository that `root` lies in.
    ///
    /// # Errors
    /// When there is no git, no repository or no such revision.
    pub fn find(root: &'a Path, name: &'a str) -> Result<Self, Box<Finding>> {
        let fail = |message: Message, help: Option<Message>| {
            let diagnostic = Diagnostic::of_file(&rules::UNREADABLE_REVISION, message);
            let diagnostic = match help {
                Some(help) => diagnostic.with_help(help),
                None => diagnostic,
            };
            Box::new(Finding::new(&shown(root), diagnostic))
        };
        if !root.is_dir() {
            let help = message!(
                "run this where the catalogs lie in `specs/vendors`, or name their folder with `--catalogs`"
            );
            return Err(fail(message!("there is no such folder of catalogs"), Some(help)));
        }
        let inside = git(root, &["rev-parse", "--git-dir"]).map_err(|error| match error.kind() {
            ErrorKind::NotFound => {
                let help = message!("install git, or compare two files");
                fail(message!("there is no `git` command"), Some(help))
            }
            _ => fail(message!("cannot run git: {error}", error = cause(&error)), None),
        })?;
        if let Err(why) = inside {
            let help = message!("run this in a clone, or compare two files");
            let message = match why.contains("not a git repository") {
                true => message!("the catalogs are in no git repository"),
                false => message!("git does not open the repository of the catalogs: {why}", why),
            };
            return Err(fail(message, Some(help)));
        }
        let revision = format!("{name}^{{commit}}");
        let arguments = ["rev-parse", "--verify", "--quiet", "--end-of-options", &revision];
        // An option is no revision, whatever git would make of it.
        let commit = if name.starts_with('-') { None } else { printed(git(root, &arguments)) };
        let commit = commit.map(|commit| String::from_utf8_lossy(&commit).trim().to_owned());
        match commit.filter(|commit| commit.bytes().all(|b| b.is_ascii_hexdigit()) && !commit.is_empty()) {
            Some(commit) => Ok(Self { root, name, commit }),
            None => Err(fail(message!("there is no revision `{name}`", name), None)),
        }
    }

    /// The catalogs that were there.
    ///
    /// # Errors
    /// When git cannot say.
    pub fn catalogs(&self) -> Result<BTreeSet<String>, Box<Finding>> {
        let listed = git(self.root, &["ls-tree", "-r", "-z", "--name-only", &self.commit]);
        let listed = printed(listed).ok_or_else(|| {
            self.unreadable(message!(
                "git cannot list the files of the revision `{revision}`",
                revision = self.name
            ))
        })?;
        let listed = String::from_utf8_lossy(&listed).into_owned();
        let id = |path: &str| match path.split('/').collect::<Vec<_>>().as_slice() {
            [id, SPEC_FILE] => Some((*id).to_owned()),
            _ => None,
        };
        Ok(listed.split('\0').filter_map(id).collect())
    }

    /// Each catalog of `selected` then and now; of all that are or were there if none is named.
    ///
    /// # Errors
    /// When one of them was never there, or its spec cannot be read, then or now.
    pub fn editions(&self, selected: &[String]) -> Result<Vec<Since>, Broken> {
        let alone = |finding: Box<Finding>| (String::new(), vec![*finding]);
        let then = self.catalogs().map_err(alone)?;
        let now = Catalogs::find(self.root).map_err(alone)?;
        for id in selected.iter().filter(|id| !then.contains(*id)) {
            now.require(id).map_err(alone)?;
        }
        let mut ids: BTreeSet<_> = now.ids().map(str::to_owned).chain(then.iter().cloned()).collect();
        ids.retain(|id| selected.is_empty() || selected.contains(id));
        let mut editions = Vec::new();
        for id in ids {
            let old = if then.contains(&id) { Some(self.spec(&id)?) } else { None };
            let new = self.present(&id, now.ids().any(|known| known == id))?;
            let path = shown(&self.root.join(&id).join(SPEC_FILE));
            editions.extend(
                match (old, new) {
                    (Some(old), Some(new)) => Some((old, new)),
                    (None, Some(new)) => Some((new.empty(&self.path(&id)), new)),
                    (Some(old), None) => Some((old.clone(), old.empty(&path))),
                    (None, None) => None,
                }
                .map(|(old, new)| Since { catalog: id, old, new }),
            );
        }
        Ok(editions)
    }

    /// The path of a catalog's spec at the revision, as git writes it.
    fn path(&self, id: &str) -> String {
        format!("{}:{}", self.name, shown(&self.root.join(id).join(SPEC_FILE)))
    }

    fn spec(&self, id: &str) -> Result<Edition, Broken> {
        let object = format!("{}:./{id}/{SPEC_FILE}", self.commit);
        let show = |what| {
            printed(git(self.root, &["cat-file", what, &object])).ok_or_else(|| {
                let message = message!("git cannot show {path}", path = self.path(id));
                (String::new(), vec![*self.unreadable(message)])
            })
        };
        // An object never changes, so that it has this size when it is read.
        let size = String::from_utf8_lossy(&show("-s")?).trim().parse().unwrap_or(u64::MAX);
        Kind::Spec.check(size).map_err(|wrong| (String::new(), vec![Finding::new(&self.path(id), wrong)]))?;
        opened(&self.path(id), &show("blob")?)
    }

    /// The spec in the working tree; `None` where the catalog is gone.
    fn present(&self, id: &str, is_catalog: bool) -> Result<Option<Edition>, Broken> {
        let path = self.root.join(id).join(SPEC_FILE);
        let fail = |diagnostic| Err((String::new(), vec![Finding::new(&shown(&path), diagnostic)]));
        match files::read_inside(&self.root.join(id), &path, Kind::Spec) {
            Ok(bytes) => opened(&shown(&path), &bytes).map(Some),
            Err(Unread::Missing) if !is_catalog => Ok(None),
            Err(Unread::Missing) => {
                let help = message!("run `im-errors build {id}` first", id);
                fail(Diagnostic::from(Unread::Missing).with_help(help))
            }
            Err(Unread::Refused(diagnostic)) => fail(diagnostic),
        }
    }

    fn unreadable(&self, message: Message) -> Box<Finding> {
        Box::new(Finding::new(&shown(self.root), Diagnostic::of_file(&rules::UNREADABLE_REVISION, message)))
    }
}

fn opened(file: &str, bytes: &[u8]) -> Result<Edition, Broken> {
    match Edition::of_spec(file, String::from_utf8_lossy(bytes).into_owned()) {
        Ok(Opened { edition, .. }) => Ok(edition),
        Err((text, diagnostics)) => {
            Err((text, diagnostics.into_iter().map(|diagnostic| Finding::new(file, diagnostic)).collect()))
        }
    }
}

/// What git prints when run in `folder`; if it fails, the first line of what it says.
fn git(folder: &Path, arguments: &[&str]) -> io::Result<Result<Vec<u8>, String>> {
    let mut command = Command::new("git");
    let output = command.arg("-C").arg(folder).args(arguments).env("LC_ALL", "C").output()?;
    if output.status.success() {
        return Ok(Ok(output.stdout));
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Ok(Err(said.lines().next().unwrap_or_default().to_owned()))
}

/// What git prints, if it does.
fn printed(output: io::Result<Result<Vec<u8>, String>>) -> Option<Vec<u8>> {
    output.ok()?.ok()
}
