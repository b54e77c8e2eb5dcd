//! How long the site of a big catalog takes.
//!
//! ```sh
//! cargo bench -p im-errors-codegen --bench site -- 1000 10000    # errors, in two languages
//! cargo bench -p im-errors-codegen --bench site -- --write DIR 1000    # the catalogs alone
//! ```

use std::num::NonZero;
use std::path::Path;
use std::time::{Duration, Instant};
use std::{env, fs};

use im_errors_codegen::build::{SiteDone, SiteLayout, site};
use im_errors_codegen::resolve::previous;
use im_errors_spec::SpecFile;

/// Others may use the machine: the least of so many runs is told.
const RUNS: usize = 5;

fn main() -> Result<(), String> {
    let arguments: Vec<String> = env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let ["--write", folder, size] = arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        return write_catalogs(Path::new(folder), size.parse().map_err(|_| "how many errors?")?);
    }
    let sizes: Vec<usize> = arguments.iter().filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![1_000] } else { sizes };
    let root = env::temp_dir().join(format!("im-errors-bench-{}", std::process::id()));
    println!("least of {RUNS} runs, ms until it is done (ms on processors)");
    println!("{:>8} {:>8} {:>8} {:>14} {:>14}", "errors", "threads", "files", "from nothing", "no change");
    let result =
        sizes.into_iter().try_for_each(|size| [1, 2].into_iter().try_for_each(|n| run(&root, size, n)));
    fs::remove_dir_all(&root).map_err(|error| error.to_string())?;
    result
}

fn run(root: &Path, size: usize, threads: usize) -> Result<(), String> {
    let folder = root.join(format!("{size}-{threads}"));
    write_catalogs(&folder.join("specs"), size)?;
    let layout = SiteLayout {
        catalogs: folder.join("specs"),
        out: folder.join("site"),
        templates: None,
        base: Some("https://example.com/errors/".to_owned()),
    };
    let mut made = Vec::new();
    let mut unchanged = Vec::new();
    let mut files = 0;
    for _ in 0..RUNS {
        let (done, spent) = timed(&layout, threads)?;
        let (nothing, spent_again) = timed(&layout, threads)?;
        assert_eq!((done.written, nothing.written), (done.files, 0));
        files = done.files;
        made.push(spent);
        unchanged.push(spent_again);
        fs::remove_dir_all(&layout.out).map_err(|error| error.to_string())?;
    }
    println!("{size:>8} {threads:>8} {files:>8} {:>14} {:>14}", least(&made), least(&unchanged));
    fs::remove_dir_all(&folder).map_err(|error| error.to_string())
}

/// Until it was done, and on all processors.
type Spent = (Duration, Duration);

fn timed(layout: &SiteLayout, threads: usize) -> Result<(SiteDone, Spent), String> {
    let (start, processors) = (Instant::now(), on_processors());
    let done =
        site(layout, NonZero::new(threads)).map_err(|finding| finding.diagnostic.message.to_string())?;
    Ok((done, (start.elapsed(), on_processors() - processors)))
}

fn least(spent: &[Spent]) -> String {
    let least = |of: fn(&Spent) -> Duration| spent.iter().map(of).min().unwrap_or_default().as_millis();
    format!("{} ({})", least(|spent| spent.0), least(|spent| spent.1))
}

/// How long all threads of this process have run, in its own code and in the system's; as Linux
/// counts, nothing elsewhere.
fn on_processors() -> Duration {
    /// What the kernel tells times in, on every machine.
    const TICKS_PER_SECOND: u64 = 100;
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(") ").next().unwrap_or_default().split(' ');
    let ticks: u64 = fields.skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 1_000 / TICKS_PER_SECOND)
}

/// A folder of catalogs with one of so many errors.
fn write_catalogs(folder: &Path, size: usize) -> Result<(), String> {
    let catalog = folder.join("big");
    fs::create_dir_all(&catalog).map_err(|error| error.to_string())?;
    let spec = SpecFile::parse(&spec(size)).map_err(|problems| problems[0].to_string())?.spec;
    for (file, text) in [("catalog.toml", String::new()), ("spec.toml", previous::seal(&spec))] {
        fs::write(catalog.join(file), text).map_err(|error| error.to_string())?;
    }
    Ok(())
}

/// A catalog in which every error says all that one can say, in both languages, and
/// some came with a second edition.
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
    spec += "\n[[edition]]\ndate = \"2026-01-01\"\ndigests = [\"00\"]\n\n[[edition]]\ndate = \"2026-02-01\"\n\
        digests = [\"01\"]\nadded = [";
    for n in (0..size).step_by(50) {
        spec += &format!("\"BigError{n}\", ");
    }
    spec + "]\n"
}
