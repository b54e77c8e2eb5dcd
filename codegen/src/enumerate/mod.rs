//! A spec → the enum that the derive wants, written out.
//!
//! The result is as rustfmt would leave it, so that it can be pasted, committed and compared.

mod sync;

use std::fmt::Write;

use im_errors_cover::field_name;
use im_errors_spec::{ErrorDef, Locale, Localized, Pattern, Spec, plain_text};

use crate::inline::{Inline, to_markdown};

pub use sync::{Synced, sync};

/// What the enum is to look like.
#[derive(Debug, Clone)]
pub struct Style<'a> {
    /// Its name; without one it is made from the catalog's id.
    pub name: Option<&'a str>,
    /// The path in `#[im_errors(spec = "…")]`.
    pub spec: &'a str,
    /// The language of the documentation comments.
    pub locale: &'a Locale,
}

/// Writes the enum.
///
/// ```
/// use im_errors_codegen::enumerate::{Style, enumerate};
/// # let spec = im_errors_spec::SpecFile::parse("format = 1\ncatalog = \"demo-chat\"\nlocale = \"en\"\n\
/// # title.en = \"Demo Chat\"\nvendor.en = \"Demo\"\n[[group]]\nid = \"all\"\ntitle.en = \"All\"\n\
/// # [[error]]\nname = \"UserExists\"\ngroup = \"all\"\ncode = 1\n[[error.case]]\nat = \"a:1\"\n").unwrap().spec;
/// let locale = im_errors_spec::Locale::new("en").unwrap();
/// let text = enumerate(&spec, &Style { name: None, spec: "spec.toml", locale: &locale });
/// assert!(text.contains("pub enum DemoChatError {\n"));
/// assert!(text.contains("    /// `1`\n    UserExists,\n"));
/// ```
#[must_use]
pub fn enumerate(spec: &Spec, style: &Style<'_>) -> String {
    let name = style.name.map_or_else(|| format!("{}Error", camel(&spec.catalog)), str::to_owned);
    let title = text(&spec.title, spec, style.locale).unwrap_or_default();
    let path = style.spec.replace('\\', "\\\\").replace('"', "\\\"");
    let mut out = format!(
        "/// {title}.\n#[derive(Debug, Clone, PartialEq, Eq, im_errors::ImErrors)]\n#[im_errors(spec = \"{path}\")]\npub enum {name} {{\n"
    );
    for (group, errors) in spec.grouped() {
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "    // {}",
            text(&group.title, spec, style.locale).unwrap_or_else(|| group.id.clone())
        );
        for index in errors {
            variant(&mut out, &spec.errors[index], spec, style.locale);
        }
        out.push('\n');
    }
    out.push_str("    /// A response that the spec does not know, kept whole.\n");
    out.push_str("    #[im_error(other)]\n    Other(im_errors::Unrecognized),\n}\n");
    out
}

/// The arm of a `match` for `error`, on the enum that [`enumerate`] writes.
///
/// ```
/// # let spec = im_errors_codegen::explain::shipped().remove(0);
/// let arm = im_errors_codegen::enumerate::arm(&spec, &spec.errors[0]);
/// assert!(arm.contains("Error::") && arm.contains(" => "));
/// ```
#[must_use]
pub fn arm(spec: &Spec, error: &ErrorDef) -> String {
    let holes = error.message.iter().flat_map(Pattern::holes);
    let fields: Vec<_> = holes.filter_map(field_name).collect();
    let fields = if fields.is_empty() { String::new() } else { format!(" {{ {} }}", fields.join(", ")) };
    format!("{}Error::{}{fields} => todo!(),", camel(&spec.catalog), error.name)
}

fn variant(out: &mut String, error: &ErrorDef, spec: &Spec, locale: &Locale) {
    let summary =
        text(&error.summary, spec, locale).map(|summary| format!("{summary}\n\n")).unwrap_or_default();
    for line in format!("{summary}{}", code(&error.key())).lines() {
        let _ = writeln!(out, "{}", format!("    /// {line}").trim_end());
    }
    let holes = error.message.iter().flat_map(Pattern::holes);
    let holes: Vec<_> = holes.filter_map(|hole| Some((hole, field_name(hole)?))).collect();
    if holes.is_empty() {
        let _ = writeln!(out, "    {},", error.name);
        return;
    }
    let _ = writeln!(out, "    {} {{", error.name);
    for (hole, field) in holes {
        let _ = writeln!(out, "        /// `{{{hole}}}` of the message\n        {field}: String,");
    }
    out.push_str("    },\n");
}

/// The text in `locale`, else in the catalog's language, as one paragraph.
fn text(texts: &Localized, spec: &Spec, locale: &Locale) -> Option<String> {
    let text = texts.get(locale).filter(|text| !text.stale).or_else(|| texts.get(&spec.locale))?;
    let plain = plain_text(&text.text);
    let folded = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    // rustdoc reads Markdown, and warns of what looks like links and tags.
    Some(folded.replace('<', "\\<").replace('[', "\\[").replace('*', "\\*"))
}

fn code(text: &str) -> String {
    to_markdown(&[Inline::Code(text.replace('\n', " "))])
}

/// `demo-chat` as `DemoChat`.
fn camel(id: &str) -> String {
    let words = id.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.map(|word| word[..1].to_ascii_uppercase() + &word[1..]).collect()
}
