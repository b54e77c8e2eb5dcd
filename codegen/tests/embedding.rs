//! Pages in sites that mdBook, VitePress and Docusaurus really make: `.ci/embedding` installs them and
//! sets `IM_ERRORS_EMBEDDING` to their folder; without that nothing here runs.

pub(crate) mod traps;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use im_errors_codegen::embed::{Embedding, FolderName, FolderPath, Tool, files};
use im_errors_codegen::explain::shipped;
use im_errors_codegen::render::Templates;
use im_errors_spec::Locale;
use scraper::{ElementRef, Html, Selector};

/// The folder of the tools, if they are installed.
fn tools() -> Option<PathBuf> {
    let tools = env::var_os("IM_ERRORS_EMBEDDING").map(PathBuf::from);
    if tools.is_none() {
        let text = b"SKIPPED: sites are made with the real tools by .ci/embedding\n";
        let _ = std::io::Write::write_all(&mut std::io::stderr(), text);
    }
    tools
}

/// A copy of somebody's site beside the tools, with pages of all catalogs below `out` in it.
fn site(tools: &Path, tool: Tool, out: &str, chinese: &str) -> PathBuf {
    let root = tools.join("work").join(tool.as_str());
    let _ = fs::remove_dir_all(&root);
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/embedding").join(tool.as_str()), &root);
    let embedding = Embedding {
        tool,
        below: FolderPath::default(),
        main: Locale::english(),
        folders: BTreeMap::from([(Locale::chinese(), FolderName::new(chinese).unwrap())]),
    };
    let mut specs = shipped();
    specs.push(traps::spec());
    for page in files(&specs, &Templates::default(), &embedding).unwrap() {
        let path = root.join(out).join(page.path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, page.text).unwrap();
    }
    root
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let (path, to) = (entry.as_ref().unwrap().path(), to.join(entry.unwrap().file_name()));
        if path.is_dir() {
            copy(&path, &to);
        } else {
            fs::copy(&path, &to).unwrap();
        }
    }
}

fn run(command: &mut Command) {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let said = [output.stdout, output.stderr].concat();
    assert!(output.status.success(), "{command:?}:\n{}", String::from_utf8_lossy(&said));
}

fn node(tools: &Path, root: &Path, name: &str, arguments: &[&str]) {
    let mut command = Command::new(tools.join("node_modules/.bin").join(name));
    command.args(arguments).current_dir(root).env("DOCUSAURUS_IGNORE_SSG_WARNINGS", "true");
    run(command.env("NO_UPDATE_NOTIFIER", "1"));
}

fn select<'h>(html: &'h Html, selector: &str) -> Vec<ElementRef<'h>> {
    html.select(&Selector::parse(selector).unwrap()).collect()
}

fn text(element: &ElementRef<'_>) -> String {
    // What stands behind headings to be clicked at shows nothing.
    element.text().collect::<String>().replace('\u{200b}', "").trim().to_owned()
}

/// Every trap is there to the letter, in prose and in code, and nothing came of any.
fn is_inert(page: &Path, article: &str) {
    let html = fs::read_to_string(page).unwrap_or_else(|error| panic!("{}: {error}", page.display()));
    let html = Html::parse_document(&html);
    let all = |selector: &str| -> BTreeSet<_> {
        select(&html, &format!("{article} {selector}")).iter().map(text).collect()
    };
    let (paragraphs, cells, codes) = (all("p"), all("td"), all("code"));
    for trap in traps::TRAPS {
        for texts in [&paragraphs, &cells, &codes] {
            assert!(texts.contains(trap), "no `{trap}` in {}: {texts:#?}", page.display());
        }
    }
    for (n, _) in traps::TRAPS.iter().enumerate() {
        assert_eq!(select(&html, &format!("{article} h3#trap{n}")).len(), 1, "trap{n}");
    }
    assert_eq!(select(&html, &format!("{article} h2#group--all")).len(), 1);
    assert_eq!(select(&html, &format!("{article} #old-name")).len(), 1);
    let title = "Traps {{ 1 + 1 }} </script> <b> :100: {#evil}";
    assert!(text(&select(&html, "h1")[0]) == title || all("h1").contains(title), "{:?}", all("h1"));
    assert!(text(&select(&html, "title")[0]).replace('\u{2060}', "").contains(title));
    let obeyed = "script, img, iframe, b, i, em, del, s, mark, input, hr, dl, h4, h5, h6, pre, nav, [onclick], \
        [onerror], .evil, .class, #evil, #id, .custom-block, .theme-admonition, .table-of-contents, .katex";
    for selector in obeyed.split(", ") {
        let found = select(&html, &format!("{article} {selector}"));
        assert!(found.is_empty(), "{selector} in {}: {}", page.display(), found[0].html());
    }
    let scripts: String = select(&html, "script").iter().map(ElementRef::inner_html).collect();
    assert!(!scripts.contains("alert(1)</script>"));
}

/// Every link inside the pages of a folder leads to a file and an id.
fn links_lead_somewhere(root: &Path, folder: &str, article: &str) {
    let mut pages = BTreeMap::new();
    collect(root, &mut pages);
    let mut count = 0;
    for (path, html) in pages.iter().filter(|(path, _)| path.starts_with(root.join(folder))) {
        for link in select(html, &format!("{article} a[href]")) {
            let href = link.attr("href").unwrap();
            if href.contains("://") || href.starts_with("mailto:") {
                continue;
            }
            let (file, id) = href.split_once('#').unwrap_or((href, ""));
            let target = match file.strip_prefix('/') {
                Some(file) => root.join(file),
                None if file.is_empty() => path.clone(),
                None => path.parent().unwrap().join(file),
            };
            let target = if file.ends_with('/') { target.join("index.html") } else { target };
            let target = target.canonicalize().unwrap_or_else(|_| panic!("{href} in {}", path.display()));
            let there = pages.get(&target).unwrap_or_else(|| panic!("{href} in {}", path.display()));
            let has_id = || select(there, "[id]").iter().any(|element| element.attr("id") == Some(id));
            assert!(id.is_empty() || has_id(), "{href} in {}", path.display());
            count += 1;
        }
    }
    assert!(count > 500, "{count}");
}

fn collect(folder: &Path, pages: &mut BTreeMap<PathBuf, Html>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, pages);
        } else if path.extension().is_some_and(|extension| extension == "html") {
            let html = Html::parse_document(&fs::read_to_string(&path).unwrap());
            pages.insert(path.canonicalize().unwrap(), html);
        }
    }
}

#[test]
fn mdbook_makes_books_of_their_own_and_chapters_of_another() {
    let Some(tools) = tools() else { return };
    let root = site(&tools, Tool::MdBook, "src/errors", "zh").canonicalize().unwrap();
    let mdbook = || Command::new(tools.join("bin/mdbook"));
    for locale in ["en", "zh"] {
        let book = root.join("src/errors").join(locale);
        run(mdbook().arg("build").arg(&book));
        is_inert(&book.join("book/1-traps/index.html"), "main");
        links_lead_somewhere(&book.join("book"), "", "main");
        let toc = Html::parse_document(&fs::read_to_string(book.join("book/toc.html")).unwrap());
        let chapters: Vec<_> = select(&toc, "a").iter().map(text).collect();
        assert!(chapters.iter().any(|chapter| chapter.ends_with("<b> :100: {#evil}")), "{chapters:?}");
        fs::remove_dir_all(book.join("book")).unwrap();
    }
    // As docs/embedding.md says.
    let summary = fs::read_to_string(root.join("src/errors/en/SUMMARY.md")).unwrap();
    let chapters =
        summary.lines().filter(|line| line.contains("](")).map(|line| line.replace("](", "](errors/en/"));
    let chapters: String = chapters.map(|line| line + "\n").collect();
    let own = fs::read_to_string(root.join("src/SUMMARY.md")).unwrap();
    fs::write(root.join("src/SUMMARY.md"), own + &chapters).unwrap();
    run(mdbook().arg("build").arg(&root));
    links_lead_somewhere(&root.join("built"), "errors", "main");
}

#[test]
fn vitepress_makes_the_pages_and_finds_no_dead_link() {
    let Some(tools) = tools() else { return };
    let root = site(&tools, Tool::VitePress, "docs", "zh").canonicalize().unwrap();
    node(&tools, &root, "vitepress", &["build", "docs"]);
    let dist = root.join("docs/.vitepress/dist");
    for folder in ["errors", "zh/errors"] {
        is_inert(&dist.join(folder).join("1-traps/index.html"), "main");
        links_lead_somewhere(&dist, folder, "main");
    }
    let page = fs::read_to_string(dist.join("zh/errors/jmessage-server/index.html")).unwrap();
    let page = Html::parse_document(&page);
    let sidebar: Vec<_> = select(&page, "aside a").iter().filter_map(|link| link.attr("href")).collect();
    assert!(sidebar.contains(&"/zh/errors/agora-chat/changes.html"), "{sidebar:?}");
    assert!(select(&page, "aside b").is_empty());
}

#[test]
fn docusaurus_makes_the_pages_and_finds_no_broken_link_or_anchor() {
    let Some(tools) = tools() else { return };
    let root = site(&tools, Tool::Docusaurus, "", "zh-Hans").canonicalize().unwrap();
    node(&tools, &root, "docusaurus", &["build"]);
    for folder in ["build", "build/zh-Hans"] {
        is_inert(&root.join(folder).join("errors/1-traps/index.html"), ".theme-doc-markdown");
    }
    let page = fs::read_to_string(root.join("build/zh-Hans/errors/jmessage-server/index.html")).unwrap();
    let page = Html::parse_document(&page);
    let sidebar: Vec<_> = select(&page, "nav.menu a").iter().map(text).collect();
    assert!(sidebar.iter().any(|label| label == "错误码目录" || label.contains("错误")), "{sidebar:?}");
}
