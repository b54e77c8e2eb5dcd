//! The tables of `im_errors::private::Data`, as few large literals; that type says what each is.

use std::cmp::Reverse;

use im_errors_match::{Part, ends, hash, trim};
use im_errors_spec::{ErrorDef, HttpStatus, Locale, Localized, Origin, plain_text};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use im_errors_cover::{Coverage, Input, Source, parts};

/// All strings in one text.
#[derive(Default)]
struct Pool {
    text: String,
    ends: Vec<u8>,
    count: u32,
}

impl Pool {
    fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.extend(u32::try_from(self.text.len()).unwrap_or(u32::MAX).to_le_bytes());
        self.count += 1;
    }
}

/// A sorted table of keys and errors.
fn index(mut rows: Vec<(u64, u32)>) -> Literal {
    rows.sort_unstable();
    let bytes: Vec<u8> = rows
        .iter()
        .flat_map(|(key, error)| key.to_le_bytes().into_iter().chain(error.to_le_bytes()))
        .collect();
    Literal::byte_string(&bytes)
}

/// The expression for the tables.
pub(crate) fn data(input: &Input<'_>, source: &Source, coverage: &Coverage) -> TokenStream {
    let spec = &source.file.spec;
    let errors: Vec<&ErrorDef> = coverage.errors.iter().map(|(error, _)| &spec.errors[*error]).collect();
    let locales: Vec<&Locale> = std::iter::once(&spec.locale)
        .chain(spec.title.0.keys().filter(|locale| **locale != spec.locale))
        .collect();
    let mut pool = Pool::default();
    let mut firsts = Vec::new();
    for error in &errors {
        firsts.extend(pool.count.to_le_bytes());
        strings(&mut pool, error, &locales);
    }
    firsts.extend(pool.count.to_le_bytes());
    let variants: Vec<u8> = coverage
        .errors
        .iter()
        .flat_map(|(_, variant)| u32::try_from(*variant).unwrap_or(u32::MAX).to_le_bytes())
        .collect();
    let keyed = |key: &dyn Fn(&ErrorDef) -> Option<u64>| {
        let rows = errors.iter().zip(0_u32..).filter_map(|(error, at)| Some((key(error)?, at)));
        index(rows.collect())
    };
    let mut coded: Vec<(i64, u32)> =
        errors.iter().zip(0_u32..).filter_map(|(error, at)| Some((error.code?, at))).collect();
    coded.sort_unstable();
    let codes = coded.iter().map(|(code, _)| Literal::i64_unsuffixed(*code));
    let coded = coded.iter().map(|(_, error)| Literal::u32_unsuffixed(*error));
    let messages = keyed(&|error| error.message.as_ref()?.as_literal().map(hash));
    let types = keyed(&|error| error.error.as_deref().map(hash));
    let statuses = keyed(&|error| {
        error.http_status.map(|status| match status {
            HttpStatus::Exact(status) => u64::from(status),
            HttpStatus::Class(class) => u64::from(class),
        })
    });
    let patterns = patterns(&errors);
    let (text, ends, firsts, variants) = (
        &pool.text,
        Literal::byte_string(&pool.ends),
        Literal::byte_string(&firsts),
        Literal::byte_string(&variants),
    );
    let catalog = &spec.catalog;
    let docs = input
        .attrs
        .docs
        .as_ref()
        .map(|docs| docs.value().trim_end_matches('/').to_owned())
        .unwrap_or_default();
    let page = spec.sources.first().and_then(|source| source.url.clone()).unwrap_or_default();
    let locales = locales.iter().map(|locale| locale.as_str());
    quote! {
        ::im_errors::private::Data {
            catalog: #catalog,
            docs: #docs,
            page: #page,
            locales: &[#(#locales),*],
            text: #text,
            ends: #ends,
            firsts: #firsts,
            variants: #variants,
            codes: &[#(#codes),*],
            coded: &[#(#coded),*],
            messages: #messages,
            patterns: &[#(#patterns),*],
            types: #types,
            statuses: #statuses,
        }
    }
}

/// The strings of one error, in the order of `im_errors`' fields.
fn strings(pool: &mut Pool, error: &ErrorDef, locales: &[&Locale]) {
    let text = |value: Option<String>| value.unwrap_or_default();
    pool.push(error.name.as_str());
    pool.push(&error.name.to_kebab());
    pool.push(&error.group);
    pool.push(&error.key());
    pool.push(&text(error.code.map(|code| code.to_string())));
    pool.push(&text(error.http_status.map(|status| status.to_string())));
    pool.push(error.error.as_deref().unwrap_or_default());
    pool.push(&text(error.message.as_ref().map(|message| match message.as_literal() {
        Some(literal) => literal.to_owned(),
        None => message.to_string(),
    })));
    pool.push(error.message.as_ref().and_then(|message| message.as_literal()).map(trim).unwrap_or_default());
    pool.push(&text(error.retry.map(|retry| {
        let by = if retry.by == Origin::Vendor { "vendor:" } else { "" };
        format!("{by}{}", retry.advice.as_str())
    })));
    for locale in locales {
        // A text that is not up to date says something else than the source; that is shown then.
        let mut push = |texts: &Localized| {
            let current = texts.get(locale).filter(|text| !text.stale);
            pool.push(&current.map(|text| plain_text(&text.text)).unwrap_or_default());
        };
        push(&error.summary);
        for case in &error.cases {
            push(&case.cause);
            push(&case.remedy);
        }
    }
}

/// The messages with holes, the most literal first.
fn patterns(errors: &[&ErrorDef]) -> Vec<TokenStream> {
    let mut patterns: Vec<(usize, u32, Vec<Part<'_>>)> = Vec::new();
    for (error, at) in errors.iter().zip(0_u32..) {
        if let Some(message) = error.message.as_ref().filter(|message| message.as_literal().is_none()) {
            let parts = parts(message);
            let literal =
                parts.iter().map(|part| if let Part::Literal(text) = part { text.len() } else { 0 }).sum();
            patterns.push((literal, at, parts));
        }
    }
    patterns.sort_by_key(|(literal, at, _)| (Reverse(*literal), *at));
    let one = |(literal, at, parts): &(usize, u32, Vec<Part<'_>>)| {
        let [first, last] = ends(parts);
        let literal = u32::try_from(*literal).unwrap_or(u32::MAX);
        let parts = parts.iter().map(|part| match part {
            Part::Literal(text) => quote!(::im_errors::private::Part::Literal(#text)),
            Part::Hole(name) => quote!(::im_errors::private::Part::Hole(#name)),
        });
        quote! {
            ::im_errors::private::Pattern { error: #at, ends: [#first, #last], literal: #literal, parts: &[#(#parts),*] }
        }
    };
    patterns.iter().map(one).collect()
}
