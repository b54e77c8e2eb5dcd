//! How fast the shipped catalogs are built, step by step and as a whole.
//!
//! `cargo bench -p im-errors-codegen --bench building`.

use std::fs;
use std::path::Path;

use divan::Bencher;
use divan::counter::BytesCount;
use im_errors_codegen::build::{self, Catalogs, Layout, Loaded};
use im_errors_codegen::render::{self, Templates};
use im_errors_spec::{Date, Spec, SpecFile};

fn main() {
    divan::main();
}

fn layout() -> Layout {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    Layout { catalogs: root.join(build::CATALOGS), docs: root.join(build::DOCS), templates: None }
}

fn catalogs() -> Catalogs {
    Catalogs::find(&layout().catalogs).unwrap()
}

fn loaded() -> Vec<Loaded> {
    let catalogs = catalogs();
    catalogs.ids().map(|id| catalogs.load(id)).collect()
}

fn specs() -> Vec<Spec> {
    loaded().iter().map(|loaded| loaded.resolve().unwrap().spec).collect()
}

fn spec_texts() -> Vec<String> {
    let catalogs = catalogs();
    catalogs.ids().map(|id| fs::read_to_string(catalogs.folder(id).join("spec.toml")).unwrap()).collect()
}

fn bytes<'t>(texts: impl IntoIterator<Item = &'t String>) -> BytesCount {
    BytesCount::new(texts.into_iter().map(String::len).sum::<usize>())
}

/// The text of all specs → specs.
#[divan::bench]
fn parse_specs(bencher: Bencher<'_, '_>) {
    let texts = spec_texts();
    let parse = || texts.iter().map(|text| SpecFile::parse(text)).collect::<Vec<_>>();
    bencher.counter(bytes(&texts)).bench(parse);
}

/// All specs → their text.
#[divan::bench]
fn print_specs(bencher: Bencher<'_, '_>) {
    let specs = specs();
    let print = || specs.iter().map(Spec::to_toml).collect::<Vec<_>>();
    bencher.counter(bytes(&print())).bench(print);
}

/// All files on disk → entries, translations, previous specs.
#[divan::bench]
fn load(bencher: Bencher<'_, '_>) {
    bencher.bench(loaded);
}

/// Those → specs.
#[divan::bench]
fn resolve(bencher: Bencher<'_, '_>) {
    let loaded = loaded();
    bencher.bench(|| loaded.iter().map(Loaded::resolve).collect::<Vec<_>>());
}

/// All specs → documentation.
#[divan::bench]
fn render(bencher: Bencher<'_, '_>) {
    let specs = specs();
    let catalogs: Vec<_> = specs.iter().map(|spec| render::Catalog { spec, folder: None }).collect();
    let templates = Templates::default();
    let render = || render::docs(&catalogs, |_| true, &templates).unwrap();
    let texts: Vec<_> = render().into_iter().map(|page| page.text).collect();
    bencher.counter(bytes(&texts)).bench(render);
}

/// `im-errors build --check` without starting it.
#[divan::bench]
fn check(bencher: Bencher<'_, '_>) {
    let layout = layout();
    bencher.bench(|| build::plan(&layout, &[], Date::from_days(20_777), &|_| ()).unwrap().drift());
}
