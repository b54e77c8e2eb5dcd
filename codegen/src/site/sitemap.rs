//! The addresses of all pages, for search engines. They must be whole, so there is none without the
//! address of the site.

use crate::render::Page;

use super::Site;
use super::paths::{At, Subject};
use super::view;

/// What one file can list.
const MOST: usize = 50_000;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const NAMESPACE: &str = "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"";

pub(super) fn files(site: &Site<'_>) -> Vec<Page> {
    let Some(base) = &site.base else {
        return Vec::new();
    };
    let pages = pages(site);
    let list = |pages: &[String]| {
        let urls: String = pages.iter().map(|path| format!("<url><loc>{base}{path}</loc></url>\n")).collect();
        format!("{HEAD}<urlset {NAMESPACE}>\n{urls}</urlset>\n")
    };
    if pages.len() <= MOST {
        return vec![Page { path: "sitemap.xml".into(), text: list(&pages) }];
    }
    let parts: Vec<_> = pages
        .chunks(MOST)
        .zip(1..)
        .map(|(pages, n)| Page { path: format!("sitemap-{n}.xml"), text: list(pages) })
        .collect();
    let entries: String =
        parts.iter().map(|part| format!("<sitemap><loc>{base}{}</loc></sitemap>\n", part.path)).collect();
    let index = format!("{HEAD}<sitemapindex {NAMESPACE}>\n{entries}</sitemapindex>\n");
    std::iter::once(Page { path: "sitemap.xml".into(), text: index }).chain(parts).collect()
}

/// The pages that say something of their own: none that lead elsewhere, or only repeat the text of
/// another language.
fn pages(site: &Site<'_>) -> Vec<String> {
    let mut pages = vec![String::new()];
    for (l, locale) in site.locales.iter().enumerate() {
        pages.extend(["", "by-code.html", "by-name.html"].map(|path| format!("{locale}/{path}")));
        for (spec, paths) in site.specs.iter().zip(&site.paths) {
            let folder = format!("{locale}/{}/", paths.catalog);
            if spec.title.get(locale).is_some() {
                pages.push(folder.clone());
            }
            for (name, at) in &paths.folders {
                let At::Page(Subject::Error(e)) = at else { continue };
                if site.real(view::texts(&spec.errors[*e]), &spec.locale).contains(&l) {
                    pages.push(format!("{folder}{name}/"));
                }
            }
        }
    }
    pages
}
