//! An existing enum → the same with the variants it lacks.
//!
//! What the user wrote keeps its bytes, but for former names of errors, which are replaced: variants
//! are put in behind the last one that stands for errors, in the style of [`super::enumerate`], and
//! nothing is moved or removed. What the enum says wrongly is reported by the derive's own rules.

use std::ops::Range;

use im_errors_cover::{Input, Kind, Mistake, Renamed, Source, cover};
use im_errors_spec::{Locale, Spec, SpecFile, quoted};
use syn::spanned::Spanned;
use syn::{DeriveInput, Item};

use super::variant;
use crate::diagnostic::rules;
use crate::{Diagnostic, Severity, message};

/// A source file brought up to date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Synced {
    /// Its text.
    pub text: String,
    /// The names of the variants added, in order.
    pub added: Vec<String>,
    /// The former names replaced, each with the present one.
    pub renamed: Vec<(String, String)>,
    /// What a person must mend, with spans in the old text.
    pub diagnostics: Vec<Diagnostic>,
}

/// Adds to the enum in `text` that is tied to the spec the variants that it lacks.
///
/// `spec_text` is the text of the spec's file, `shown` what messages call it.
///
/// # Errors
/// When the text is no Rust, or has no enum for this spec, or the spec cannot be read.
pub fn sync(text: &str, spec_text: &str, shown: &str, locale: &Locale) -> Result<Synced, Vec<Diagnostic>> {
    let file = SpecFile::parse(spec_text).map_err(|problems| {
        problems.into_iter().map(|p| Diagnostic { span: None, ..p.into() }).collect::<Vec<_>>()
    })?;
    let parsed = syn::parse_file(text).map_err(|error| vec![finding(error.into())])?;
    let found = find(&parsed.items, &file.spec.catalog).ok_or_else(|| {
        let message =
            message!("there is no enum with `#[im_errors(…)]` for `{catalog}`", catalog = file.spec.catalog);
        vec![Diagnostic::of_file(&rules::NO_ENUM, message)]
    })?;
    let source = Source { file, text: spec_text.to_owned(), shown: shown.to_owned(), path: None };
    let mut mistakes = Vec::new();
    let Some(input) = Input::new(&found, &mut mistakes) else {
        return Err(mistakes.into_iter().map(finding).collect());
    };
    let coverage = cover(&input, &source, &mut mistakes);
    let spec = &source.file.spec;
    let (taken, renamed): (Vec<_>, Vec<_>) = coverage.renamed.iter().partition(|renamed| renamed.is_taken);
    mistakes.extend(taken.iter().map(|renamed| renamed.mistake(&source)));
    if !renamed.is_empty() {
        // What is missing is put into the text that has the new names.
        let next = sync(&with_new_names(text, spec, &renamed), spec_text, shown, locale)?;
        let new = |renamed: &Renamed| spec.errors[renamed.error].name.to_string();
        let renamed = renamed.into_iter().map(|renamed| (renamed.former.clone(), new(renamed)));
        let diagnostics = mistakes.into_iter().map(finding).collect();
        return Ok(Synced { renamed: renamed.collect(), diagnostics, ..next });
    }
    let addition: String = coverage.missing.iter().map(|error| variant_text(spec, *error, locale)).collect();
    let added = coverage.missing.iter().map(|error| spec.errors[*error].name.to_string()).collect();
    let diagnostics = mistakes.into_iter().map(finding).collect();
    Ok(Synced { text: insert(text, &found, &input, &addition), added, renamed: Vec::new(), diagnostics })
}

fn finding(mistake: Mistake) -> Diagnostic {
    let diagnostic = Diagnostic::at(&rules::ENUM_MISTAKE, mistake.span.byte_range(), mistake.message);
    Diagnostic { severity: Severity::Error, ..diagnostic }
}

/// The text with the present names in the places of the former ones.
fn with_new_names(text: &str, spec: &Spec, renamed: &[&Renamed]) -> String {
    let mut places: Vec<_> = renamed.iter().map(|renamed| (renamed.span.byte_range(), *renamed)).collect();
    places.sort_by_key(|(range, _)| range.start);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (range, renamed) in places {
        let name = spec.errors[renamed.error].name.as_str();
        out.push_str(&text[at..range.start]);
        match renamed.is_ident {
            true => out.push_str(name),
            false => out.push_str(&quoted(name)),
        }
        at = range.end;
    }
    out + &text[at..]
}

fn variant_text(spec: &Spec, error: usize, locale: &Locale) -> String {
    let mut text = String::new();
    variant(&mut text, &spec.errors[error], spec, locale);
    text
}

/// The enum whose `im_errors` attribute names the catalog: as a vendor, or by its spec's folder. In
/// modules too.
fn find(items: &[Item], catalog: &str) -> Option<DeriveInput> {
    items.iter().find_map(|item| match item {
        Item::Enum(item) => {
            let derive = DeriveInput::from(item.clone());
            let attrs = im_errors_cover::EnumAttrs::parse(&derive.attrs, &mut Vec::new());
            let named = attrs.vendor.is_some_and(|vendor| vendor.value() == catalog);
            let spec = attrs.spec.map(|spec| spec.value());
            let by_path = spec
                .is_some_and(|path| path.trim_end_matches("/spec.toml").rsplit('/').next() == Some(catalog));
            (named || by_path).then_some(derive)
        }
        Item::Mod(module) => find(module.content.as_ref().map_or(&[], |(_, items)| items), catalog),
        _ => None,
    })
}

/// Puts `addition` behind the last variant that stands for errors, else before the others.
fn insert(text: &str, found: &DeriveInput, input: &Input<'_>, addition: &str) -> String {
    let syn::Data::Enum(data) = &found.data else {
        return text.to_owned();
    };
    if addition.is_empty() {
        return text.to_owned();
    }
    let is_errors = |at: &usize| matches!(input.variants[*at].kind, Kind::Errors(_));
    let last = (0..input.variants.len()).rev().find(is_errors);
    let body = data.brace_token.span.open().byte_range();
    let (after, needs_comma) = match last {
        Some(last) => {
            let end = data.variants[last].span().byte_range().end;
            let comma = data
                .variants
                .pairs()
                .nth(last)
                .and_then(|pair| pair.punct().map(|comma| comma.span().byte_range().end));
            (comma.unwrap_or(end), comma.is_none())
        }
        None => (body.end, false),
    };
    let indent =
        indent_of(text, data.variants.first().map_or(found.ident.span(), Spanned::span).byte_range());
    // A comment behind the variant belongs to it.
    let line_end = text[after..].find('\n').map_or(text.len(), |end| after + end);
    let rest = text[after..line_end].trim();
    let at = if rest.is_empty() || rest.starts_with("//") { line_end } else { after };
    let mut out = String::with_capacity(text.len() + addition.len() + 2);
    out.push_str(&text[..after]);
    if needs_comma {
        out.push(',');
    }
    out.push_str(&text[after..at]);
    for line in addition.lines() {
        out.push('\n');
        // The addition is indented by four; an enum in a module by more.
        let line = line.strip_prefix("    ").unwrap_or(line);
        if !line.is_empty() {
            out.push_str(indent);
            out.push_str(line);
        }
    }
    if at == after && !text[at..].starts_with('\n') {
        out.push('\n');
    }
    out.push_str(&text[at..]);
    out
}

/// The white space before the line that `span` starts on.
fn indent_of(text: &str, span: Range<usize>) -> &str {
    let line = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
    let indent = &text[line..span.start];
    if indent.trim().is_empty() && !indent.is_empty() { indent } else { "    " }
}
