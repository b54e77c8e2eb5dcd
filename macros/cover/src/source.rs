//! The spec that an enum names.

use std::path::{Component, Path, PathBuf};
use std::{env, fs, io};

use im_errors_spec::SpecFile;
#[cfg(feature = "shipped")]
use im_errors_spec::{SHIPPED, shipped, tree::closest};
use proc_macro2::Span;
use syn::{Error, LitStr, Result};

use crate::attr::EnumAttrs;

/// A spec as read, and where from.
pub struct Source {
    /// The spec with the places of its errors.
    pub file: SpecFile,
    /// The text, for places and for the freshness check.
    pub text: String,
    /// How messages call the file.
    pub shown: String,
    /// The file to track; a shipped one is part of the compiler's input already.
    pub path: Option<PathBuf>,
}

impl Source {
    /// Reads the spec that the attributes name.
    ///
    /// # Errors
    /// When they name none, or it cannot be read; at the token that names it.
    pub fn read(attrs: &EnumAttrs, ident: Span) -> Result<Self> {
        match (&attrs.spec, &attrs.vendor) {
            (Some(spec), None) => Self::from_file(spec),
            (None, Some(vendor)) => Self::from_shipped(vendor),
            (Some(_), Some(vendor)) => {
                Err(Error::new(vendor.span(), "name a spec file or a shipped vendor, not both"))
            }
            (None, None) => {
                let message = "say which errors these are: `#[im_errors(spec = \"path/to/spec.toml\")]`, \
                               or `#[im_errors(vendor = \"…\")]` for a catalog that comes with im-errors";
                Err(Error::new(ident, message))
            }
        }
    }

    /// The place of an error in the file, as `spec.toml:123`.
    pub fn place(&self, error: usize) -> String {
        let start = self.file.spans.get(error).map_or(0, |span| span.start);
        let line = self.text.get(..start).map_or(1, |before| before.matches('\n').count() + 1);
        format!("{}:{line}", self.shown)
    }

    #[cfg(not(feature = "shipped"))]
    fn from_shipped(vendor: &LitStr) -> Result<Self> {
        Err(Error::new(vendor.span(), "no catalog comes with this tool; name its spec"))
    }

    #[cfg(feature = "shipped")]
    fn from_shipped(vendor: &LitStr) -> Result<Self> {
        let id = vendor.value();
        let Some(text) = shipped(&id) else {
            let known = SHIPPED.iter().map(|(id, _)| *id);
            let help = match closest(&id, known.clone()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("there are: {}", known.collect::<Vec<_>>().join(", ")),
            };
            return Err(Error::new(vendor.span(), format!("no catalog `{id}` comes with im-errors; {help}")));
        };
        let shown = format!("{id}/spec.toml");
        Self::parse(text.to_owned(), shown, None, vendor)
    }

    fn from_file(spec: &LitStr) -> Result<Self> {
        let wanted = spec.value();
        let fail = |message: String| Error::new(spec.span(), message);
        let package = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default();
        let base = match wanted.starts_with("./") {
            true => source_folder(spec).ok_or_else(|| {
                fail("this compiler or editor does not say which file the enum is in; write the path relative to Cargo.toml, without `./`".into())
            })?,
            false => package.clone(),
        };
        let path = clean(&base.join(&wanted));
        if !path.starts_with(clean(&package)) {
            let message = "the spec lies outside the package: it would build here, but not from the published crate; \
                           copy or generate it into the package";
            return Err(fail(message.into()));
        }
        // As the attribute has it: where the package lies is nobody's business but the user's.
        let text = read(&path).map_err(|error| fail(format!("cannot read {wanted}: {error}")))?;
        Self::parse(text, wanted, Some(path), spec)
    }

    fn parse(text: String, shown: String, path: Option<PathBuf>, at: &LitStr) -> Result<Self> {
        match SpecFile::parse(&text) {
            Ok(file) => Ok(Self { file, text, shown, path }),
            Err(problems) => {
                let line =
                    |start: usize| text.get(..start).map_or(1, |before| before.matches('\n').count() + 1);
                let lines = problems.iter().map(|problem| {
                    format!("{shown}:{}: {} ({})", line(problem.span.start), problem.message, problem.help)
                });
                Err(Error::new(at.span(), lines.collect::<Vec<_>>().join("\n")))
            }
        }
    }
}

/// The text of a regular file that is no longer than a spec may be.
fn read(path: &Path) -> io::Result<String> {
    let found = fs::metadata(path)?;
    // Opening a pipe may never return.
    if !found.is_file() {
        return Err(io::Error::other("it is not a file; name the `spec.toml` that `im-errors build` writes"));
    }
    let most = u64::try_from(SpecFile::MOST_BYTES).unwrap_or(u64::MAX);
    if found.len() > most {
        let message = format!(
            "it has {} bytes, more than {most}; restore it, or run `im-errors build` to write it anew",
            found.len()
        );
        return Err(io::Error::other(message));
    }
    fs::read_to_string(path)
}

/// The folder of the file that the attribute stands in.
fn source_folder(at: &LitStr) -> Option<PathBuf> {
    let file = at.span().local_file()?;
    // The compiler's paths start where cargo runs it: in the workspace for its members.
    let file = std::path::absolute(file).ok()?;
    file.parent().map(Path::to_owned)
}

/// Without `..`. No path here starts with `.`, and elsewhere it is no component.
fn clean(path: &Path) -> PathBuf {
    let mut clean = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => drop(clean.pop()),
            part => clean.push(part),
        }
    }
    clean
}
