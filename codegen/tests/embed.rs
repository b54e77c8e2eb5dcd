//! Pages for the sites of other tools: as files, before any tool reads them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use crate::support::Workspace;
use im_errors_codegen::embed::{Embedding, FolderName, FolderPath, Tool, files};
use im_errors_codegen::explain::shipped;
use im_errors_codegen::render::Templates;
use im_errors_spec::{Locale, Spec};
use pulldown_cmark::{Event, Options, Parser, Tag};
use serde_json::Value;

type Files = BTreeMap<String, String>;

fn made(specs: &[Spec], tool: Tool) -> Files {
    let files =
        files(specs, &Templates::default(), &embedding(tool)).unwrap_or_else(|finding| panic!("{finding:?}"));
    let count = files.len();
    let files: Files = files.into_iter().map(|file| (file.path, file.text)).collect();
    assert_eq!(files.len(), count, "two files have the same path");
    files
}

fn embedding(tool: Tool) -> Embedding {
    let below = FolderPath::new("api/errors").unwrap();
    Embedding { tool, below, main: Locale::english(), folders: BTreeMap::new() }
}

fn with_traps() -> Vec<Spec> {
    let mut specs = shipped();
    specs.push(crate::embedding::traps::spec());
    specs
}

fn pages(files: &Files) -> impl Iterator<Item = (&str, &str)> {
    let pages = files.iter().filter(|(path, _)| path.ends_with(".md") && !path.ends_with("SUMMARY.md"));
    pages.map(|(path, text)| (path.as_str(), text.as_str()))
}

/// A page without its front matter.
fn body(text: &str) -> &str {
    text.strip_prefix("---\n").and_then(|rest| Some(rest.split_once("\n---\n")?.1)).unwrap_or(text)
}

/// The ids of a page and where it leads.
fn read(text: &str) -> (BTreeSet<String>, Vec<String>) {
    let (mut ids, mut links) = (BTreeSet::new(), Vec::new());
    let options = Options::ENABLE_TABLES | Options::ENABLE_HEADING_ATTRIBUTES;
    for event in Parser::new_ext(body(text), options) {
        let id = match event {
            Event::Start(Tag::Heading { id: Some(id), .. }) => Some(id.to_string()),
            Event::InlineHtml(html) => html.split_once("id=\"").map(|(_, id)| id[..id.len() - 2].to_owned()),
            Event::Start(Tag::Link { dest_url, .. }) => {
                links.push(dest_url.to_string());
                None
            }
            _ => None,
        };
        if let Some(id) = id {
            assert!(ids.insert(id.clone()), "{id} is there twice");
        }
    }
    (ids, links)
}

#[test]
fn every_link_leads_to_a_page_and_every_fragment_to_an_id() {
    for tool in Tool::ALL {
        let files = made(&with_traps(), tool);
        let read: BTreeMap<_, _> = pages(&files).map(|(path, text)| (path, read(text))).collect();
        let mut count = 0;
        for (path, (_, links)) in &read {
            for link in links.iter().filter(|link| !link.contains("://") && !link.starts_with("mailto:")) {
                let (file, id) = link.split_once('#').unwrap_or((link.as_str(), ""));
                let mut parts: Vec<_> = path.split('/').collect();
                if !file.is_empty() {
                    parts.pop();
                }
                for part in file.split('/').filter(|part| !part.is_empty()) {
                    match part {
                        ".." => assert!(parts.pop().is_some(), "{link} in {path}"),
                        part => parts.push(part),
                    }
                }
                let (ids, _) =
                    read.get(parts.join("/").as_str()).unwrap_or_else(|| panic!("{link} in {path}"));
                assert!(id.is_empty() || ids.contains(id), "{link} in {path}");
                count += 1;
            }
        }
        assert!(count > 1_000, "{count}");
    }
}

#[test]
fn errors_keep_the_anchors_that_the_documentation_has() {
    let specs = with_traps();
    for tool in Tool::ALL {
        let files = made(&specs, tool);
        for spec in &specs {
            let names =
                spec.errors.iter().flat_map(|error| std::iter::once(&error.name).chain(&error.aliases));
            let anchors: Vec<_> = names.map(im_errors_spec::VariantName::to_kebab).collect();
            let end = format!("/{}/index.md", spec.catalog);
            let pages: Vec<_> = pages(&files).filter(|(path, _)| path.ends_with(&end)).collect();
            assert_eq!(pages.len(), 2, "{end}");
            for (path, text) in pages {
                let (ids, _) = read(text);
                anchors.iter().for_each(|anchor| assert!(ids.contains(anchor), "{anchor} in {path}"));
            }
        }
    }
}

#[test]
fn front_matter_is_yaml_and_says_what_the_page_is() {
    for tool in [Tool::VitePress, Tool::Docusaurus] {
        let files = made(&with_traps(), tool);
        let mut titles = BTreeSet::new();
        for (path, text) in pages(&files) {
            let matter = text.strip_prefix("---\n").and_then(|rest| rest.split_once("---\n")).unwrap().0;
            let matter: Value =
                serde_saphyr::from_str(matter).unwrap_or_else(|error| panic!("{path}: {error}"));
            let title = matter["title"].as_str().unwrap();
            assert!(titles.insert((path.contains("zh/"), title.to_owned())), "{path}: {title}");
            assert!(!matter["description"].as_str().unwrap().is_empty(), "{path}");
            if tool == Tool::Docusaurus {
                let slug = matter["slug"].as_str().unwrap();
                assert!(slug.starts_with("/api/errors/"), "{path}: {slug}");
                assert_eq!(matter["mdx"]["format"], "md", "{path}");
            } else {
                assert!(!title.contains("</"), "{path}: the end of a script would end the page's");
            }
        }
    }
}

#[test]
fn files_say_at_their_start_that_they_are_generated() {
    for tool in Tool::ALL {
        for (path, text) in made(&with_traps(), tool) {
            let notice = format!("im-errors site --format {}", tool.as_str());
            assert!(text.lines().take(2).any(|line| line.contains(&notice)), "{path}");
        }
    }
}

/// Tags and comments that templates write.
const OWN: [&str; 10] =
    ["br>", "sup>", "/sup>", "span lang=\"", "span id=\"", "/span>", "code>", "/code>", "a id=\"", "/a>"];

#[test]
fn nothing_of_a_text_is_left_that_a_tool_could_obey() {
    for tool in Tool::ALL {
        for (path, text) in made(&with_traps(), tool) {
            if path.ends_with(".mts") || path.ends_with(".toml") {
                continue;
            }
            for line in body(&text).lines() {
                assert!(!line.contains("{{") && !line.contains("}}"), "{path}: {line}");
                // The one thing in braces is the id of a heading.
                let id = line.rsplit_once(" {#").filter(|_| line.starts_with('#'));
                let rest = id.map_or(line, |(rest, _)| rest);
                assert!(!rest.contains(['{', '}']), "{path}: {line}");
                if ["<div v-pre>", "</div>"].contains(&line) || line.starts_with("<!-- Generated") {
                    continue;
                }
                for tag in line.replace("<!-- -->", "").split('<').skip(1) {
                    assert!(OWN.iter().any(|own| tag.starts_with(own)), "{path}: {line}");
                }
                assert!(!line.starts_with(":::"), "{path}: {line}");
            }
        }
    }
}

#[test]
fn sidebars_show_titles_and_nothing_that_html_means() {
    let files = made(&[crate::embedding::traps::spec()], Tool::VitePress);
    let sidebar = &files["zh/api/errors/sidebar.mts"];
    assert!(sidebar.contains("\"link\": \"/zh/api/errors/1-traps/\""), "{sidebar}");
    assert!(sidebar.contains("&lt;/script&gt; &lt;b&gt;") && !sidebar.contains('<'), "{sidebar}");
    let files = made(&[crate::embedding::traps::spec()], Tool::MdBook);
    assert!(files["en/SUMMARY.md"].contains("](1-traps/index.md)"), "{}", files["en/SUMMARY.md"]);
}

/// A workspace with a built catalog and a site of somebody's.
fn workspace() -> Workspace {
    let workspace = Workspace::alpha();
    assert_eq!(workspace.run(&["build", "--no-site"]).status, 0);
    workspace.write("web/docs/guide.md", "# Guide\n");
    workspace
}

#[test]
fn pages_lie_where_the_tool_looks_for_languages() {
    let workspace = workspace();
    let run = |arguments: &[&str]| {
        let run = workspace.run(&[&["site", "--out", "web"], arguments].concat());
        assert_eq!(run.status, 0, "{}", run.err);
    };
    run(&["--format", "docusaurus", "--folder", "zh=zh-Hans", "--below", "api/errors"]);
    let current = "web/i18n/zh-Hans/docusaurus-plugin-content-docs/current/api/errors/alpha/index.md";
    assert!(workspace.read(current).contains("用户不存在"));
    assert!(workspace.path("web/docs/api/errors/alpha/changes.md").exists());
    run(&["--format", "vitepress", "--main", "zh"]);
    assert!(workspace.path("web/errors/sidebar.mts").exists());
    assert!(workspace.path("web/en/errors/alpha/index.md").exists());
    // A language that no catalog speaks still has its pages, or the site would have none at all.
    run(&["--format", "vitepress", "--main", "fr"]);
    assert!(workspace.path("web/errors/alpha/index.md").exists());
    run(&["--format", "mdbook"]);
    assert!(workspace.path("web/zh/book.toml").exists() && workspace.path("web/en/SUMMARY.md").exists());
    // None of them took another one's files, or anybody else's.
    assert!(workspace.path(current).exists());
    assert_eq!(workspace.read("web/docs/guide.md"), "# Guide\n");
}

#[test]
fn a_second_run_writes_nothing_and_what_is_no_longer_made_goes() {
    let workspace = workspace();
    let site = ["site", "--format", "vitepress", "--out", "web/docs"];
    assert_eq!(workspace.run(&[&site[..], &["--check"]].concat()).status, 3);
    assert!(workspace.run(&site).out.contains(" 0 removed"));
    let before = workspace.tree();
    let again = workspace.run(&site);
    assert!(again.out.contains(" 0 written, 0 removed"), "{}", again.out);
    workspace.is_as(&before);
    assert_eq!(workspace.run(&[&site[..], &["--check"]].concat()).status, 0);

    workspace.write("web/docs/errors/mine.md", "# Mine\n");
    let moved = [&site[..], &["--below", "codes"]].concat();
    let drift = workspace.run(&[&moved[..], &["--check"]].concat());
    assert!(drift.err.contains("--format vitepress --below codes --main en"), "{}", drift.err);
    let run = workspace.run(&moved);
    assert!(run.out.contains(" 8 removed"), "{}", run.out);
    assert!(workspace.path("web/docs/codes/alpha/index.md").exists());
    assert!(
        !workspace.path("web/docs/errors/alpha").exists() && !workspace.path("web/docs/zh/errors").exists()
    );
    assert_eq!(workspace.read("web/docs/errors/mine.md"), "# Mine\n");
}

#[test]
fn what_somebody_else_wrote_stays_and_nothing_is_written() {
    let workspace = workspace();
    workspace.write("web/docs/zh/errors/alpha/index.md", "# Mine\n");
    let site = ["site", "--format", "vitepress", "--out", "web/docs"];
    workspace.refuses(&site, &["web/docs/zh/errors/alpha/index.md", "a file that im-errors did not write"]);
    // Not even after a run that was refused.
    workspace.refuses(&site, &["a file that im-errors did not write"]);
    workspace.remove("web/docs/zh/errors/alpha/index.md");
    assert_eq!(workspace.run(&site).status, 0);
    // The list of files need not be committed with them.
    workspace.remove("web/docs/.im-errors-vitepress");
    assert_eq!(workspace.run(&site).status, 0);
}

#[test]
fn two_languages_cannot_share_a_folder() {
    let workspace = workspace();
    let book = ["site", "--out", "web", "--format", "mdbook", "--folder"];
    workspace.refuses(&[&book[..], &["zh=En"]].concat(), &["two languages would have this file", "En/"]);
    let mut embedding = embedding(Tool::MdBook);
    embedding.folders.insert(Locale::chinese(), FolderName::new("en").unwrap());
    let finding = files(&shipped(), &Templates::default(), &embedding).unwrap_err();
    assert_eq!(finding.diagnostic.code, "unwritable-file");
}

#[cfg(unix)]
#[test]
fn no_link_in_the_site_leads_pages_out_of_it() {
    let workspace = workspace();
    workspace.write("elsewhere/kept.md", "kept\n");
    let link = |name: &str| {
        std::os::unix::fs::symlink(workspace.path("elsewhere"), workspace.path(name)).unwrap();
    };
    let site = ["site", "--format", "vitepress", "--out", "web/docs"];
    // Folders below it would still have to be made.
    link("web/docs/errors");
    workspace.refuses(&site, &["web/docs/errors", "it is a link that leads elsewhere"]);
    fs::remove_file(workspace.path("web/docs/errors")).unwrap();
    assert_eq!(workspace.run(&site).status, 0);
    workspace.remove("web/docs/zh");
    link("web/docs/zh");
    workspace.refuses(&site, &["it is a link that leads elsewhere"]);
    // Nor is anything removed there that an earlier run put into the folder of that name.
    workspace.write("elsewhere/errors/alpha/index.md", "kept\n");
    workspace.refuses(&[&site[..], &["--below", "codes"]].concat(), &["it is a link that leads elsewhere"]);
    // Where the folder of the site itself leads is for whoever named it.
    link("linked");
    assert_eq!(workspace.run(&["site", "--format", "mdbook", "--out", "linked"]).status, 0);
    assert!(workspace.path("elsewhere/zh/book.toml").exists());
}

#[test]
fn a_page_that_cannot_be_written_leaves_all_as_it_was() {
    let workspace = workspace();
    let site = ["site", "--format", "vitepress", "--out", "web/docs"];
    // What is first found when others are in place.
    workspace.write("web/docs/zh/errors/sidebar.mts/mine.txt", "mine\n");
    workspace.refuses(&site, &["sidebar.mts"]);
    workspace.remove("web/docs/zh/errors");
    workspace.write("web/docs/zh/errors", "mine\n");
    workspace.refuses(&site, &["web/docs/zh/errors"]);
}

#[test]
fn options_that_say_nothing_and_paths_that_lead_elsewhere_are_refused() {
    let workspace = workspace();
    for (arguments, option) in [
        (&["--below", "x"][..], "--below"),
        (&["--main", "zh"], "--main"),
        (&["--folder", "zh=x"], "--folder"),
        (&["--format", "mdbook", "--main", "zh"], "--main"),
        (&["--format", "vitepress", "--base", "https://example.com/"], "--base"),
    ] {
        workspace.refuses(&[&["site"], arguments].concat(), &[option]);
    }
    for wrong in ["../x", "a/../b", "a//b", "a\\b", "c:/x", ".x", "_x", "a b", "a\nb", "", "/"] {
        assert!(FolderPath::new(wrong).is_err(), "{wrong}");
        let run = workspace.run(&["site", "--format", "vitepress", "--below", wrong]);
        assert_eq!(run.status, 2, "{wrong}: {}", run.err);
    }
    assert_eq!(FolderPath::new("/a-1/b_2.c/").unwrap().as_str(), "a-1/b_2.c");
    assert_eq!(FolderName::new("a/b"), None);
    for wrong in ["zh", "zh=", "zh=../x", "zh=..", "zh=a/b", "?=x"] {
        let run = workspace.run(&["site", "--format", "mdbook", "--folder", wrong]);
        assert_eq!(run.status, 2, "{wrong}: {}", run.err);
    }
}

#[test]
fn the_users_templates_are_used() {
    let workspace = workspace();
    workspace.write("own/index.md", "{{ generated }}\n\n# Mine\n");
    let run = workspace.run(&["site", "--format", "docusaurus", "--templates", "own", "--out", "web"]);
    assert_eq!(run.status, 0, "{}", run.err);
    assert!(workspace.read("web/docs/errors/index.md").ends_with("---\n\n# Mine\n"));
}
