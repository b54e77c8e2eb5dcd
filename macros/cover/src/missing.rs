//! The variants that are missing, ready to paste.

use im_errors_spec::{ErrorDef, Locale, Pattern, plain_text};
use proc_macro2::Ident;
use syn::parse_str;

use crate::source::Source;

/// How many are shown; the rest is counted.
const MOST_SHOWN: usize = 10;

/// The message for errors, by index, that no variant stands for.
#[must_use]
pub fn missing_message(source: &Source, missing: &[usize]) -> String {
    let spec = &source.file.spec;
    let count = missing.len();
    let (are, they) =
        if count == 1 { ("1 error".to_owned(), "it") } else { (format!("{count} errors"), "them") };
    let mut text = format!("{are} of `{}` without a variant; to stand for {they}, add\n", spec.catalog);
    for at in missing.iter().take(MOST_SHOWN) {
        let error = &spec.errors[*at];
        let summary = summary(error).map(|summary| format!("{summary} ")).unwrap_or_default();
        text.push_str(&format!("\n    /// {summary}({}, {})", shortened(&error.key()), source.place(*at)));
        text.push_str(&format!("\n    {},", variant(error)));
    }
    if count > MOST_SHOWN {
        let rest = count - MOST_SHOWN;
        text.push_str(&format!(
            "\n\nand {rest} more; `im-errors enum {} --sync FILE` adds all of them to the enum in FILE",
            spec.catalog
        ));
    }
    text.push_str("\n\nor mark the enum `partial` and give it an `#[im_error(other)]` variant");
    text
}

/// `Name`, or `Name { hole: String }`.
fn variant(error: &ErrorDef) -> String {
    let fields = error.message.iter().flat_map(Pattern::holes).filter_map(field_name);
    let holes: Vec<_> = fields.map(|name| format!("{name}: String")).collect();
    if holes.is_empty() {
        error.name.to_string()
    } else {
        format!("{} {{ {} }}", error.name, holes.join(", "))
    }
}

/// The field for a hole: `r#type` for `type`; `None` for the few words, such as `self`, that name no
/// field.
#[must_use]
pub fn field_name(hole: &str) -> Option<String> {
    let raw = format!("r#{hole}");
    [hole, &raw].into_iter().find(|name| parse_str::<Ident>(name).is_ok()).map(str::to_owned)
}

fn summary(error: &ErrorDef) -> Option<String> {
    let english = Locale::new("en")?;
    let text = error.summary.get(&english).or_else(|| error.summary.0.values().next())?;
    plain_text(&text.text).lines().next().map(str::to_owned)
}

fn shortened(key: &str) -> String {
    const LONGEST: usize = 48;
    match key.char_indices().nth(LONGEST) {
        Some((cut, _)) => format!("{}…", &key[..cut]),
        None => key.to_owned(),
    }
}
