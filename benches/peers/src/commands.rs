//! What runs as a command: a page on disk → the end of the process.

use std::fs;
use std::path::{Path, PathBuf};

use crate::measure::Measured;
use crate::pages::{self, Kind};
use crate::{machine, measure};

/// A command that was run.
pub(crate) struct Done {
    pub(crate) name: String,
    pub(crate) makes: &'static str,
    pub(crate) kind: Kind,
    /// `None` where it is not installed.
    pub(crate) measured: Option<Measured>,
}

const PANDAS: &str = "import pandas, sys; print(len(pandas.read_html(sys.argv[1], encoding='utf-8')))";
const LXML: &str = "import lxml.html, sys
page = lxml.html.parse(sys.argv[1], lxml.html.HTMLParser(encoding='utf-8'))
print(len([[cell.text_content() for cell in row.iter('td', 'th')] for row in page.iter('tr')]))";

/// Runs our command and the others on pages of so many megabytes.
pub(crate) fn all(tool: &Path, work: &Path, megabytes: usize) -> Vec<Done> {
    const RUNS: usize = 5;
    const SLOW: usize = 1;
    let tool = tool.to_str().unwrap();
    let mut done = Vec::new();
    for kind in Kind::ALL {
        let page = pages::page(kind, megabytes, work);
        let page = page.to_str().unwrap();
        let mut run = |name: &str, makes, program: &str, arguments: &[&str], runs| {
            let measured = measure::command(program, arguments, work, runs);
            done.push(Done { name: name.to_owned(), makes, kind, measured });
        };
        run("`im-errors tables`", "tables as Markdown", tool, &["tables", page], RUNS);
        run("`im-errors parse`", "entries as Markdown", tool, &["parse", page], RUNS);
        let python = |package: &str| machine::python_package(package).unwrap_or_default();
        let pandoc = machine::first_line("pandoc", &["--version"]).unwrap_or("pandoc".to_owned());
        match kind {
            Kind::Html => {
                let pandas = format!("pandas.read_html {}", python("pandas"));
                run(&pandas, "data frames", "python3", &["-c", PANDAS, page], SLOW);
                let lxml = format!("lxml.html {}", python("lxml"));
                run(&lxml, "texts of cells", "python3", &["-c", LXML, page], RUNS);
                run(&pandoc, "its tree as JSON", "pandoc", &["-f", "html", "-t", "json", page], SLOW);
            }
            Kind::Pipes => {
                run(&pandoc, "its tree as JSON", "pandoc", &["-f", "gfm", "-t", "json", page], SLOW);
                let hugo = machine::first_line("hugo", &["version"]).unwrap_or("hugo".to_owned());
                let hugo: Vec<_> = hugo.split(['-', '+']).take(1).collect();
                let site = site(work, page);
                run(&hugo.concat(), "a page as HTML", "hugo", &["--source", site.to_str().unwrap()], RUNS);
            }
        }
    }
    done
}

/// A site for Hugo with one page and a template that shows it.
fn site(work: &Path, page: &str) -> PathBuf {
    let site = work.join("hugo");
    for folder in ["content", "layouts/_default"] {
        fs::create_dir_all(site.join(folder)).unwrap();
    }
    fs::write(
        site.join("config.toml"),
        "disableKinds = [\"home\", \"taxonomy\", \"term\", \"RSS\", \"sitemap\"]\n",
    )
    .unwrap();
    fs::write(site.join("layouts/_default/single.html"), "{{ .Content }}\n").unwrap();
    let text = fs::read_to_string(page).unwrap();
    fs::write(site.join("content/codes.md"), format!("---\ntitle: codes\n---\n\n{text}")).unwrap();
    site
}
