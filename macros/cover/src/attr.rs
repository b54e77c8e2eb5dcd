//! The attributes `#[im_errors(…)]` and `#[im_error(…)]`, with the tokens of every part.

use std::ops::RangeInclusive;

use im_errors_spec::tree::closest;
use im_errors_spec::{HttpStatus, message};
use proc_macro2::Span;
use syn::meta::ParseNestedMeta;
use syn::parse::{ParseBuffer, ParseStream};
use syn::spanned::Spanned;
use syn::{Attribute, Lit, LitInt, LitStr, Token};

use crate::Mistake;

type Result<T> = std::result::Result<T, Mistake>;

/// What stands on the enum.
#[derive(Default)]
pub struct EnumAttrs {
    /// `spec = "…"`.
    pub spec: Option<LitStr>,
    /// `vendor = "…"`.
    pub vendor: Option<LitStr>,
    /// `groups("…", …)`.
    pub groups: Vec<LitStr>,
    /// `partial`.
    pub partial: Option<Span>,
    /// `display = "en"`.
    pub display: Option<LitStr>,
    /// `docs = "https://…"`.
    pub docs: Option<LitStr>,
}

/// What stands on a variant.
#[derive(Default)]
pub(crate) struct VariantAttrs {
    /// `skip`.
    pub(crate) skip: Option<Span>,
    /// `other`.
    pub(crate) other: Option<Span>,
    /// Everything else.
    pub(crate) selectors: Vec<Selector>,
}

/// One way in which a variant says which errors it stands for.
#[derive(Debug, Clone)]
pub struct Selector {
    /// The token that says so.
    pub span: Span,
    /// Which way.
    pub kind: SelectorKind,
    /// Nobody wrote it: it stands for one that could not be read, and is not reported itself.
    pub is_assumed: bool,
}

/// The ways.
#[derive(Debug, Clone)]
pub enum SelectorKind {
    /// The variant's own name.
    Ident(String),
    /// `name = "…"`.
    Name(String),
    /// `code = …`, and each part of `codes(…)`.
    Codes(RangeInclusive<i64>),
    /// `error = "…"`.
    Error(String),
    /// `status = …`.
    Status(HttpStatus),
    /// `group = "…"`.
    Group(String),
}

impl EnumAttrs {
    /// Reads what stands on an enum; what is wrong goes to `errors`.
    pub fn parse(attrs: &[Attribute], errors: &mut Vec<Mistake>) -> Self {
        let mut found = Self::default();
        each(attrs, "im_errors", errors, |meta| found.part(meta));
        found
    }

    fn part(&mut self, meta: &ParseNestedMeta<'_>) -> Result<()> {
        match name_of(meta).as_str() {
            "spec" => once(&mut self.spec, meta),
            "vendor" => once(&mut self.vendor, meta),
            "display" => once(&mut self.display, meta),
            "docs" => once(&mut self.docs, meta),
            "partial" => {
                self.partial = Some(meta.path.span());
                Ok(())
            }
            "groups" => {
                self.groups.extend(list(meta, |input| Ok(input.parse::<LitStr>()?))?);
                Ok(())
            }
            _ => Err(unknown(meta, &["spec", "vendor", "groups", "partial", "display", "docs"])),
        }
    }
}

impl VariantAttrs {
    pub(crate) fn parse(attrs: &[Attribute], errors: &mut Vec<Mistake>) -> Self {
        let mut found = Self::default();
        each(attrs, "im_error", errors, |meta| found.part(meta));
        found
    }

    fn part(&mut self, meta: &ParseNestedMeta<'_>) -> Result<()> {
        let mut add = |span: Span, kind| self.selectors.push(Selector { span, kind, is_assumed: false });
        match name_of(meta).as_str() {
            "skip" => self.skip = Some(meta.path.span()),
            "other" => self.other = Some(meta.path.span()),
            "name" => {
                let text: LitStr = meta.value()?.parse()?;
                add(text.span(), SelectorKind::Name(text.value()));
            }
            "error" => {
                let text: LitStr = meta.value()?.parse()?;
                add(text.span(), SelectorKind::Error(text.value()));
            }
            "group" => {
                let text: LitStr = meta.value()?.parse()?;
                add(text.span(), SelectorKind::Group(text.value()));
            }
            "code" => {
                let (code, span) = integer(meta.value()?)?;
                add(span, SelectorKind::Codes(code..=code));
            }
            "codes" => {
                for (span, range) in list(meta, codes)? {
                    add(span, SelectorKind::Codes(range));
                }
            }
            "status" => {
                let value: Lit = meta.value()?.parse()?;
                add(value.span(), SelectorKind::Status(status(&value)?));
            }
            _ => {
                return Err(unknown(
                    meta,
                    &["name", "code", "codes", "status", "error", "group", "skip", "other"],
                ));
            }
        }
        Ok(())
    }
}

/// Calls `part` for each part of each attribute `name`; all mistakes are collected.
fn each(
    attrs: &[Attribute],
    name: &str,
    errors: &mut Vec<Mistake>,
    mut part: impl FnMut(&ParseNestedMeta<'_>) -> Result<()>,
) {
    for attr in attrs.iter().filter(|attr| attr.path().is_ident(name)) {
        let parsed = attr.parse_nested_meta(|meta| {
            part(&meta).or_else(|error| {
                errors.push(error);
                // What belongs to the wrong part is passed over, so that the next is read too.
                skip(&meta)
            })
        });
        errors.extend(parsed.err().map(Mistake::from));
    }
}

fn skip(meta: &ParseNestedMeta<'_>) -> syn::Result<()> {
    while !meta.input.is_empty() && !meta.input.peek(Token![,]) {
        meta.input.parse::<proc_macro2::TokenTree>()?;
    }
    Ok(())
}

fn name_of(meta: &ParseNestedMeta<'_>) -> String {
    let start = if meta.path.leading_colon.is_some() { "::" } else { "" };
    let parts: Vec<_> = meta.path.segments.iter().map(|part| part.ident.to_string()).collect();
    format!("{start}{}", parts.join("::"))
}

fn unknown(meta: &ParseNestedMeta<'_>, known: &[&str]) -> Mistake {
    let name = name_of(meta);
    let message = match closest(&name, known.iter().copied()) {
        Some(near) => message!("unknown `{name}`; did you mean `{near}`?", name, near),
        None => message!("unknown `{name}`; known here: {known}", name, known),
    };
    Mistake::new(meta.path.span(), message)
}

fn once(slot: &mut Option<LitStr>, meta: &ParseNestedMeta<'_>) -> Result<()> {
    let value = meta.value()?.parse()?;
    if slot.replace(value).is_some() {
        return Err(Mistake::new(
            meta.path.span(),
            message!("`{name}` is given twice", name = name_of(meta)),
        ));
    }
    Ok(())
}

/// The items of `name(a, b, …)`.
fn list<T>(meta: &ParseNestedMeta<'_>, item: impl Fn(ParseStream<'_>) -> Result<T>) -> Result<Vec<T>> {
    let content = parenthesized(meta.input)?;
    let mut items = Vec::new();
    while !content.is_empty() {
        items.push(item(&content)?);
        if !content.is_empty() {
            content.parse::<Token![,]>()?;
        }
    }
    if items.is_empty() {
        return Err(Mistake::new(meta.path.span(), message!("`{name}` is empty", name = name_of(meta))));
    }
    Ok(items)
}

fn parenthesized<'a>(input: &ParseBuffer<'a>) -> syn::Result<ParseBuffer<'a>> {
    let content;
    syn::parenthesized!(content in input);
    Ok(content)
}

/// `404`, `-1`, `1000..=1999`, `1000..2000`.
fn codes(input: ParseStream<'_>) -> Result<(Span, RangeInclusive<i64>)> {
    let (start, span) = integer(input)?;
    let end = if input.peek(Token![..=]) {
        input.parse::<Token![..=]>()?;
        Some(integer(input)?.0)
    } else if input.peek(Token![..]) {
        input.parse::<Token![..]>()?;
        // Nothing is before the least code.
        integer(input)?.0.checked_sub(1)
    } else {
        Some(start)
    };
    match end.filter(|end| start <= *end) {
        Some(end) => Ok((span, start..=end)),
        None => Err(Mistake::new(span, message!("the range is empty"))),
    }
}

fn integer(input: ParseStream<'_>) -> Result<(i64, Span)> {
    let minus: Option<Token![-]> = input.parse()?;
    let int: LitInt = input.parse()?;
    // With its sign, so that the least of them fits.
    let sign = if minus.is_some() { "-" } else { "" };
    let value = format!("{sign}{}", int.base10_digits()).parse::<i64>();
    let value = value.map_err(|_| Mistake::new(int.span(), message!("expected a 64-bit integer")))?;
    Ok((value, int.span()))
}

fn status(value: &Lit) -> Result<HttpStatus> {
    let text = match value {
        Lit::Int(int) => Some(int.base10_digits().to_owned()),
        Lit::Str(text) => Some(text.value()),
        _ => None,
    };
    text.and_then(|text| HttpStatus::parse(&text))
        .ok_or_else(|| Mistake::new(value.span(), message!("expected a status such as 404 or \"4xx\"")))
}
