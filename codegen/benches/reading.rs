//! How fast pages are read: 20 MB of HTML tables and of pipe tables, on one thread.
//!
//! `cargo bench -p im-errors-codegen --bench reading`. How this compares with others is in
//! docs/benchmarks.md.

mod pages;

use std::path::Path;

use divan::counter::BytesCount;
use divan::{AllocProfiler, Bencher};
use im_errors_codegen::interpret::{Overrides, interpret};
use im_errors_codegen::read;

#[global_allocator]
static ALLOCATIONS: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

const BYTES: usize = 20_000_000;

/// By the markup of its tables, a catalog whose page has only such.
const PAGES: [(&str, &str); 2] = [("html", "jmessage-server"), ("pipes", "agora-chat")];

fn page(kind: &str) -> Vec<u8> {
    let (_, catalog) = PAGES.iter().find(|(name, _)| *name == kind).unwrap();
    pages::repeated(&Path::new(env!("CARGO_MANIFEST_DIR")).join(".."), catalog, BYTES)
}

/// Bytes → text.
#[divan::bench(args = ["html", "pipes"], sample_count = 20)]
fn text(bencher: Bencher<'_, '_>, kind: &str) {
    let page = page(kind);
    bencher.counter(BytesCount::new(page.len())).bench(|| read::decode(&page));
}

/// Bytes → tables.
#[divan::bench(args = ["html", "pipes"], sample_count = 20)]
fn tables(bencher: Bencher<'_, '_>, kind: &str) {
    let page = page(kind);
    bencher.counter(BytesCount::new(page.len())).bench(|| read::read(&page));
}

/// Bytes → tables → entries.
#[divan::bench(args = ["html", "pipes"], sample_count = 20)]
fn entries(bencher: Bencher<'_, '_>, kind: &str) {
    let page = page(kind);
    bencher.counter(BytesCount::new(page.len())).bench(|| {
        let document = read::read(&page).unwrap();
        let reading = interpret(&document, &Overrides::default());
        (document, reading)
    });
}
