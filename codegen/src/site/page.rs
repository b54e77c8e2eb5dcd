//! Each part of the site as files.

use im_errors_spec::Locale;
use minijinja::Environment;
use minijinja::value::Value;
use serde_json::json;

use super::digest::digest;
use super::job::Job;
use super::paths::{self, At, Subject};
use super::related::Id;
use super::view::{self, root};
use super::{Site, html, script, search, sitemap};
use crate::diagnostic::Finding;
use crate::export::{self, Form, SCHEMA, Sources};
use crate::render::values::{self, Fields, list, object, option, plain};
use crate::render::{Catalog, MARK, Page, Places, Strings, Templates, feed, label};

type Files = Result<Vec<Page>, Box<Finding>>;

/// What the pages of a locale are rendered in.
pub(super) fn environment<'t>(
    templates: &'t Templates,
    locale: &Locale,
) -> Result<Environment<'t>, Box<Finding>> {
    let mut environment = templates.site_environment(locale)?;
    html::fit(&mut environment);
    Ok(environment)
}

fn file(path: impl Into<String>, text: impl Into<String>) -> Page {
    Page { path: path.into(), text: text.into() }
}

impl Site<'_> {
    pub(super) fn run(&self, job: &Job) -> Files {
        match job {
            Job::Assets => Ok(self.templates.assets().map(|asset| self.asset(asset)).collect()),
            Job::Choose => self.choose(),
            Job::Llms => self.llms(),
            Job::Data => self.data(),
            Job::Sitemap => Ok(sitemap::files(self)),
            Job::Search(locale) => Ok(vec![self.search(*locale)]),
            Job::Home(locale) => self.home(*locale),
            Job::ByCode(locale) => self.list(*locale, "by-code.html", |a, b| a.code.cmp(&b.code)),
            Job::ByName(locale) => self.list(*locale, "by-name.html", |a, b| a.name.cmp(&b.name)),
            Job::Catalog(locale, s) => self.catalog(*locale, *s),
            Job::Changes(locale, s) => self.changes(*locale, *s),
            Job::Folder(locale, s, folder, at) => match at {
                At::Page(Subject::Error(e)) => self.error(*locale, (*s, *e), folder),
                At::Page(Subject::Removed(r)) => self.removed(*locale, (*s, *r), folder),
                At::Redirect(subject) => self.redirect(*locale, *s, folder, *subject),
                At::Shared(code, subjects) => self.shared(*locale, *s, *code, subjects),
            },
        }
    }

    /// What is the user's stays as it is.
    fn asset(&self, (name, text): (&str, &str)) -> Page {
        let is_ours = name.ends_with(".js") && !self.templates.is_replaced(name);
        if is_ours { file(name, script::lean(text)) } else { file(name, text) }
    }

    fn html(
        &self,
        locale: usize,
        template: &str,
        path: &str,
        fields: impl Into<Value>,
    ) -> Result<Page, Box<Finding>> {
        let template = format!("site/{template}");
        let text = self.templates.render_as_is(&self.environments[locale], &template, fields.into())?;
        Ok(file(format!("{}/{path}", self.locales[locale]), text))
    }

    fn markdown(
        &self,
        locale: usize,
        template: &str,
        path: &str,
        value: Value,
    ) -> Result<Page, Box<Finding>> {
        let text = self.templates.render(&self.environments[locale], template, value)?;
        Ok(file(format!("{}/{path}", self.locales[locale]), text))
    }

    /// All locales, for pages that are ours.
    fn every(&self) -> Vec<usize> {
        (0..self.locales.len()).collect()
    }

    fn choose(&self) -> Files {
        let Some(environment) = self.environments.first() else {
            return Ok(Vec::new());
        };
        let language = |locale: &Locale| {
            object([
                ("locale", locale.as_str().into()),
                ("href", format!("{locale}/").into()),
                ("public", self.public(&format!("{locale}/"), "").into()),
                // Said in each language, in the words of that.
                ("title", label(locale, "site_title", &[]).into()),
            ])
        };
        let styles = self.templates.assets().map(|(name, _)| name).filter(|name| name.ends_with(".css"));
        let fields = Fields::from([
            ("canonical", self.public("", "").into()),
            ("languages", list(self.locales.iter().map(language))),
            ("styles", list(styles.map(Value::from))),
        ]);
        let text = self.templates.render_as_is(environment, "site/choose.html", Value::from(fields))?;
        Ok(vec![file("index.html", text)])
    }

    fn llms(&self) -> Files {
        let english = self.locales.iter().position(|locale| *locale == Locale::english()).unwrap_or(0);
        let Some(environment) = self.environments.get(english) else {
            return Ok(Vec::new());
        };
        let prefix = format!("{}/", self.locales[english]);
        let catalogs = (0..self.specs.len()).map(|s| self.catalog_item(english, s, &prefix));
        let fields = Fields::from([
            ("base", self.base.as_deref().unwrap_or_default().into()),
            ("locale", self.locales[english].as_str().into()),
            ("catalogs", list(catalogs)),
        ]);
        Ok(vec![file("llms.txt", self.templates.render(environment, "site/llms.txt", Value::from(fields))?)])
    }

    fn data(&self) -> Files {
        let mut files = vec![file("data/errors.schema.json", SCHEMA)];
        let mut catalogs = Vec::new();
        for spec in self.specs {
            let text = export::export(spec, Form::Json, &spec.locale, &Sources::default())?;
            let id = &spec.catalog;
            catalogs.push(json!({
                "catalog": id,
                "errors": spec.errors.len(),
                "file": format!("{id}/errors.json"),
                "sha256": digest(&text),
            }));
            files.push(file(data_path(id), text));
        }
        let index = json!({
            "format": export::FORMAT,
            "schema": "errors.schema.json",
            "catalogs": catalogs,
        });
        files.push(file("data/index.json", format!("{index:#}\n")));
        Ok(files)
    }

    fn search(&self, locale: usize) -> Page {
        let locale = &self.locales[locale];
        let gone = Strings::of(locale).get("removed", &[]).unwrap_or_default();
        file(format!("{locale}/search.json"), search::index(self.specs, &self.paths, locale, &gone))
    }

    fn home(&self, locale: usize) -> Files {
        let mut fields = self.frame(locale, "", &self.every());
        let ids: Vec<_> = self.ids().collect();
        fields.extend([
            ("catalogs", list((0..self.specs.len()).map(|s| self.catalog_item(locale, s, "")))),
            ("table", self.table(locale, &ids, true, |s| format!("{}/", self.paths[s].catalog))),
            ("filters", self.filters(locale, &ids)),
            ("markdown", "index.md".into()),
            ("x_default", self.public("", &format!("{}/", self.locales[locale])).into()),
        ]);
        let here = &self.locales[locale];
        let languages = values::languages(&self.locales, here, |locale| format!("../{locale}/index.md"));
        let catalogs: Vec<_> = self.specs.iter().map(|spec| Catalog { spec, folder: None }).collect();
        let value = Value::from(values::index(&catalogs, here, languages, |spec| {
            let folder = paths::catalog_folder(&spec.catalog);
            let changes = (!spec.editions.is_empty()).then(|| format!("{folder}/changes.md"));
            values::Hrefs { page: format!("{folder}/index.md"), changes }
        }));
        Ok(vec![
            self.html(locale, "home.html", "index.html", fields)?,
            self.markdown(locale, "index.md", "index.md", value)?,
        ])
    }

    /// Every error of every catalog.
    fn ids(&self) -> impl Iterator<Item = Id> + '_ {
        self.specs.iter().enumerate().flat_map(|(s, spec)| (0..spec.errors.len()).map(move |e| (s, e)))
    }

    fn list(
        &self,
        locale: usize,
        path: &str,
        order: impl Fn(&im_errors_spec::ErrorDef, &im_errors_spec::ErrorDef) -> std::cmp::Ordering,
    ) -> Files {
        let by_code = path == "by-code.html";
        let mut ids: Vec<_> =
            self.ids().filter(|(s, e)| !by_code || self.specs[*s].errors[*e].code.is_some()).collect();
        ids.sort_by(|a, b| order(&self.specs[a.0].errors[a.1], &self.specs[b.0].errors[b.1]));
        let mut fields = self.frame(locale, path, &self.every());
        let links =
            ids.into_iter().map(|id| self.link(locale, id, &format!("{}/", self.paths[id.0].catalog)));
        fields.extend([("errors", list(links)), ("by_code", by_code.into())]);
        Ok(vec![self.html(locale, "list.html", path, fields)?])
    }

    fn catalog(&self, locale: usize, s: usize) -> Files {
        let spec = &self.specs[s];
        let here = &self.locales[locale];
        let folder = format!("{}/", self.paths[s].catalog);
        let real = self.real([&spec.title].into_iter(), &spec.locale);
        let mut fields = self.frame(locale, &folder, &real);
        let group = |(group, errors): (&im_errors_spec::Group, Vec<usize>)| {
            let ids: Vec<_> = errors.into_iter().map(|e| (s, e)).collect();
            object([
                ("id", group.id.as_str().into()),
                ("title", plain(&group.title, spec, here).into()),
                ("table", self.table(locale, &ids, false, |_| String::new())),
            ])
        };
        let removed = |(r, removed): (usize, &im_errors_spec::Removed)| {
            object([
                ("name", removed.name.as_str().into()),
                ("key", removed.key.as_str().into()),
                ("edition", option(removed.edition.as_deref())),
                ("href", format!("{}/", self.paths[s].folder(Subject::Removed(r))).into()),
                ("anchor", removed.name.to_kebab().into()),
            ])
        };
        let catalog = Catalog { spec, folder: None };
        let file = format!("{folder}index.md");
        let languages = values::languages(&self.locales, here, |locale| format!("../../{locale}/{file}"));
        let changes = (!spec.editions.is_empty()).then_some("changes.md");
        let errors: Vec<_> = (0..spec.errors.len()).map(|e| self.error_value(locale, (s, e))).collect();
        let value = Value::from(values::catalog(&catalog, &errors, here, languages, "../index.md", changes));
        fields.extend([
            ("catalog", self.catalog_item(locale, s, "../")),
            ("page", value.clone()),
            ("groups", list(spec.grouped().into_iter().map(group))),
            ("filters", self.filters(locale, &(0..spec.errors.len()).map(|e| (s, e)).collect::<Vec<_>>())),
            ("removed", list(spec.removed.iter().enumerate().map(removed))),
            ("data", format!("../../{}", data_path(&spec.catalog)).into()),
            ("changed", option(spec.editions.last().map(|edition| edition.date.to_string()))),
            ("feed", option((!spec.editions.is_empty()).then_some("feed.xml"))),
            ("markdown", "index.md".into()),
        ]);
        Ok(vec![
            self.html(locale, "catalog.html", &format!("{folder}index.html"), fields)?,
            self.markdown(locale, "catalog.md", &file, value)?,
        ])
    }

    fn changes(&self, locale: usize, s: usize) -> Files {
        let spec = &self.specs[s];
        let here = &self.locales[locale];
        let catalog = Catalog { spec, folder: None };
        let folder = format!("{}/", self.paths[s].catalog);
        let own = |file: &str| format!("{folder}{file}");
        let real = self.real([&spec.title].into_iter(), &spec.locale);
        let mut fields = self.frame(locale, &own("changes.html"), &real);
        fields.extend([
            ("catalog", self.catalog_item(locale, s, "../")),
            ("editions", values::editions(&catalog, here, &|name| format!("{}/", paths::name_folder(name)))),
            ("feed", "feed.xml".into()),
            ("markdown", "changes.md".into()),
        ]);
        let markdown = own("changes.md");
        let languages = values::languages(&self.locales, here, |locale| format!("../../{locale}/{markdown}"));
        let value = values::changes(&catalog, here, languages, "../index.md", "index.md");
        let at = |file: &str| format!("{here}/{folder}{file}");
        let places = Places {
            base: self.base.as_deref(),
            feed: &at("feed.xml"),
            changes: &at("changes.html"),
            catalog: &at("index.html"),
        };
        let mut files = vec![
            self.html(locale, "changes.html", &own("changes.html"), fields)?,
            self.markdown(locale, "changes.md", &markdown, value.into())?,
        ];
        files.extend(feed(&catalog, here, &places)?.map(|text| file(at("feed.xml"), text)));
        Ok(files)
    }

    fn error(&self, locale: usize, id: Id, folder: &str) -> Files {
        let (s, e) = id;
        let spec = &self.specs[s];
        let folder = format!("{}/{folder}/", self.paths[s].catalog);
        let real = self.real(view::texts(&spec.errors[e]), &spec.locale);
        let mut fields = self.frame(locale, &folder, &real);
        fields.extend(self.error_fields(locale, id));
        fields.insert("markdown", "index.md".into());
        fields.insert("generated", format!("{MARK} {} -->", spec.catalog).into());
        let value = Value::from(fields);
        Ok(vec![
            self.html(locale, "error.html", &format!("{folder}index.html"), value.clone())?,
            self.markdown(locale, "site/error.md", &format!("{folder}index.md"), value)?,
        ])
    }

    fn removed(&self, locale: usize, (s, r): Id, folder: &str) -> Files {
        let spec = &self.specs[s];
        let removed = &spec.removed[r];
        let folder = format!("{}/{folder}/", self.paths[s].catalog);
        let mut fields = self.frame(locale, &folder, &self.every());
        fields.extend(self.place_of(locale, s, &removed.group, "../../"));
        fields.insert("removed", values::removed(removed));
        fields.insert("code", option(paths::code(spec, Subject::Removed(r))));
        fields.insert("markdown", "index.md".into());
        fields.insert("generated", format!("{MARK} {} -->", spec.catalog).into());
        let value = Value::from(fields);
        Ok(vec![
            self.html(locale, "removed.html", &format!("{folder}index.html"), value.clone())?,
            self.markdown(locale, "site/removed.md", &format!("{folder}index.md"), value)?,
        ])
    }

    fn redirect(&self, locale: usize, s: usize, folder: &str, to: Subject) -> Files {
        let here = format!("{}/{}/", self.locales[locale], self.paths[s].catalog);
        let target = self.paths[s].folder(to);
        let fields = Fields::from([
            ("canonical", self.public(&format!("{here}{target}/"), &format!("{here}{folder}/")).into()),
            ("target", format!("../{target}/").into()),
            ("name", paths::name(&self.specs[s], to).as_str().into()),
            ("errors", Value::from(())),
        ]);
        self.leading(locale, s, folder, fields)
    }

    fn shared(&self, locale: usize, s: usize, code: i64, subjects: &[Subject]) -> Files {
        let fields = Fields::from([
            ("code", code.into()),
            ("target", Value::from(())),
            ("errors", view::shared(self, s, subjects)),
        ]);
        self.leading(locale, s, &paths::code_folder(code), fields)
    }

    /// A page that only leads to others.
    fn leading(&self, locale: usize, s: usize, folder: &str, more: Fields) -> Files {
        let path = format!("{}/{folder}/", self.paths[s].catalog);
        let mut fields = self.frame(locale, &path, &self.every());
        fields.insert("catalog", self.catalog_item(locale, s, "../../"));
        fields.insert("path", folder.into());
        fields.extend(more);
        Ok(vec![self.html(locale, "redirect.html", &format!("{path}index.html"), fields)?])
    }

    /// The address of a path, as seen from `from` if the site has none of its own.
    pub(super) fn public(&self, path: &str, from: &str) -> String {
        match &self.base {
            Some(base) => format!("{base}{path}"),
            // An empty reference is none.
            None => match root(from) + path {
                here if here.is_empty() => "./".to_owned(),
                there => there,
            },
        }
    }
}

/// A catalog's errors as data. No locale is called `data`.
fn data_path(id: &str) -> String {
    format!("data/{id}/errors.json")
}
