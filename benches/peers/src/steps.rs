//! What a build does, step by step, on the five shipped catalogs.

use std::fs;
use std::path::Path;

use im_errors_codegen::build::{self, Catalogs, Loaded};
use im_errors_codegen::render::{self, Templates};
use im_errors_spec::{Spec, SpecFile};
use toml::de::DeTable;

use crate::measure::Prepared;

/// One step: what it is called, and its beginning below the folder of the repository.
pub(crate) struct Step {
    pub(crate) name: &'static str,
    /// What its bytes are.
    pub(crate) bytes: &'static str,
    prepare: fn(&Path) -> Prepared,
}

pub(crate) const ALL: &[Step] = &[
    Step { name: "load: files → entries, translations, specs", bytes: "sources", prepare: load },
    Step { name: "resolve: these → specs", bytes: "specs", prepare: resolve },
    Step { name: "parse: text → specs", bytes: "specs", prepare: parse },
    Step { name: "`toml`: text → its tables", bytes: "specs", prepare: toml },
    Step { name: "print: specs → text", bytes: "specs", prepare: print },
    Step { name: "render: specs → pages in two languages", bytes: "pages", prepare: render },
];

/// The step of that name.
pub(crate) fn prepare(name: &str, root: &Path) -> Option<Prepared> {
    ALL.iter().find(|step| step.name == name).map(|step| (step.prepare)(root))
}

fn catalogs(root: &Path) -> Catalogs {
    Catalogs::find(&root.join(build::CATALOGS)).unwrap()
}

fn loaded(catalogs: &Catalogs) -> Vec<Loaded> {
    catalogs.ids().map(|id| catalogs.load(id)).collect()
}

fn specs(root: &Path) -> Vec<Spec> {
    loaded(&catalogs(root)).iter().map(|loaded| loaded.resolve().unwrap().spec).collect()
}

fn texts(root: &Path) -> Vec<String> {
    let catalogs = catalogs(root);
    catalogs.ids().map(|id| fs::read_to_string(catalogs.folder(id).join("spec.toml")).unwrap()).collect()
}

fn bytes<'a>(texts: impl IntoIterator<Item = &'a String>) -> u64 {
    texts.into_iter().map(|text| text.len() as u64).sum()
}

fn load(root: &Path) -> Prepared {
    let catalogs = catalogs(root);
    let sources = catalogs.ids().flat_map(|id| fs::read_dir(catalogs.folder(id).join("sources")).unwrap());
    let bytes = sources.map(|file| file.unwrap().metadata().unwrap().len()).sum();
    Prepared { bytes, run: Box::new(move || loaded(&catalogs).len()) }
}

fn resolve(root: &Path) -> Prepared {
    let loaded = loaded(&catalogs(root));
    let resolve = move || loaded.iter().map(|loaded| loaded.resolve().unwrap().spec.errors.len()).sum();
    Prepared { bytes: bytes(&texts(root)), run: Box::new(resolve) }
}

fn parse(root: &Path) -> Prepared {
    let texts = texts(root);
    let bytes = bytes(&texts);
    let errors = |text: &String| SpecFile::parse(text).unwrap().spec.errors.len();
    Prepared { bytes, run: Box::new(move || texts.iter().map(errors).sum()) }
}

fn toml(root: &Path) -> Prepared {
    let texts = texts(root);
    let bytes = bytes(&texts);
    let keys = |text: &String| DeTable::parse(text).unwrap().get_ref().len();
    Prepared { bytes, run: Box::new(move || texts.iter().map(keys).sum()) }
}

fn print(root: &Path) -> Prepared {
    let specs = specs(root);
    let print = move || specs.iter().map(|spec| spec.to_toml().len()).sum();
    Prepared { bytes: bytes(&texts(root)), run: Box::new(print) }
}

fn render(root: &Path) -> Prepared {
    let specs = specs(root);
    let templates = Templates::default();
    let render = move || -> usize {
        let catalogs: Vec<_> = specs.iter().map(|spec| render::Catalog { spec, folder: None }).collect();
        render::docs(&catalogs, |_| true, &templates).unwrap().iter().map(|page| page.text.len()).sum()
    };
    Prepared { bytes: render() as u64, run: Box::new(render) }
}
