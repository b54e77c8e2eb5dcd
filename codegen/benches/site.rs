//! How long the site of a big catalog takes.
//!
//! ```sh
//! cargo bench -p im-errors-codegen --bench site -- 1000 10000    # errors, in two languages
//! ```

use std::num::NonZero;
use std::path::Path;
use std::time::Instant;
use std::{env, fs};

use im_errors_codegen::build::{SiteLayout, site};
use im_errors_codegen::resolve::previous;
use im_errors_spec::SpecFile;

fn main() -> Result<(), String> {
    let sizes: Vec<usize> = env::args().filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![1_000] } else { sizes };
    let root = env::temp_dir().join(format!("im-errors-bench-{}", std::process::id()));
    println!("{:>8} {:>8} {:>8} {:>10} {:>10}", "errors", "threads", "files", "build", "no change");
    let result =
        sizes.into_iter().try_for_each(|size| [1, 2].into_iter().try_for_each(|n| run(&root, size, n)));
    fs::remove_dir_all(&root).map_err(|error| error.to_string())?;
    result
}

fn run(root: &Path, size: usize, threads: usize) -> Result<(), String> {
    let folder = root.join(format!("{size}-{threads}"));
    let catalog = folder.join("specs/big");
    fs::create_dir_all(&catalog).map_err(|error| error.to_string())?;
    let spec = SpecFile::parse(&spec(size)).map_err(|problems| problems[0].to_string())?.spec;
    for (file, text) in [("catalog.toml", String::new()), ("spec.toml", previous::seal(&spec))] {
        fs::write(catalog.join(file), text).map_err(|error| error.to_string())?;
    }
    let layout =
        SiteLayout { catalogs: folder.join("specs"), out: folder.join("site"), templates: None, base: None };
    let timed = || {
        let start = Instant::now();
        let done =
            site(&layout, NonZero::new(threads)).map_err(|finding| finding.diagnostic.message.to_string());
        done.map(|done| (start.elapsed(), done))
    };
    let (build, done) = timed()?;
    let (again, nothing) = timed()?;
    assert_eq!((done.written, nothing.written), (done.files, 0));
    println!(
        "{size:>8} {threads:>8} {:>8} {:>7} ms {:>7} ms",
        done.files,
        build.as_millis(),
        again.as_millis()
    );
    fs::remove_dir_all(&folder).map_err(|error| error.to_string())
}

/// A catalog in which every error says all that one can say, in both languages.
fn spec(size: usize) -> String {
    let mut spec = "format = 1\ncatalog = \"big\"\nlocale = \"zh\"\ntitle.en = \"A big catalog\"\n\
        title.zh = \"大目录\"\nvendor.en = \"Big\"\nvendor.zh = \"大厂\"\n\n[[source]]\nfile = \"sources/big.md\"\n\
        url = \"https://example.com/errors\"\ndigest = \"00\"\n"
        .to_owned();
    let groups = size.div_ceil(100);
    for group in 0..groups {
        spec += &format!(
            "\n[[group]]\nid = \"g{group}\"\ntitle.en = \"Group {group}\"\ntitle.zh = \"分组 {group}\"\n"
        );
    }
    for n in 0..size {
        let (group, code, kind, line) = (n / 100, 10_000 + n, n % 40, n + 10);
        spec += &format!(
            "\n[[error]]\nname = \"BigError{n}\"\ngroup = \"g{group}\"\ncode = {code}\nhttp_status = \"400\"\n\
            error = \"illegal_argument_{kind}\"\n\
            message = \"user {{username}} can not do operation {n} in group {{group_id}}\"\n\
            retry = \"after-fix\"\nsummary.en = \"Operation {n} is not allowed in this group\"\n\
            summary.zh = \"不允许在该群组中执行操作 {n}\"\n\n[[error.case]]\nat = \"sources/big.md:{line}\"\n\
            cause.en = \"The user has no right to do `operation {n}`, see [the docs](./group.html).\"\n\
            cause.zh = \"用户没有执行 `操作 {n}` 的权限，详见 [文档](./group.html)。\"\n\
            remedy.en = \"Ask an administrator of the group for the right, then try again.\"\n\
            remedy.zh = \"请向群组管理员申请权限，然后重试。\"\n"
        );
    }
    spec
}
