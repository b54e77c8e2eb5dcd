//! The tables of `im_errors::private::Data`, as few large literals; that type says what each is.

use std::cmp::Reverse;

use im_errors_match::{Part, exact_hash, hash, pairs, trim};
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

/// An index as the tables have it.
fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// A table of numbers.
fn numbers(numbers: impl Iterator<Item = u32>) -> Literal {
    Literal::byte_string(&numbers.flat_map(u32::to_le_bytes).collect::<Vec<u8>>())
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
    let covered = coverage.errors.iter().map(|(error, variant)| (*error, number(*variant)));
    let left_out = coverage.left_out.iter().map(|error| (*error, u32::MAX));
    let (errors, variants): (Vec<&ErrorDef>, Vec<u32>) =
        covered.chain(left_out).map(|(error, variant)| (&spec.errors[error], variant)).unzip();
    let locales: Vec<&Locale> = std::iter::once(&spec.locale)
        .chain(spec.title.0.keys().filter(|locale| **locale != spec.locale))
        .collect();
    let mut pool = Pool::default();
    let mut firsts = Vec::new();
    for (error, variant) in errors.iter().zip(&variants) {
        firsts.extend(pool.count.to_le_bytes());
        // Nobody is shown the texts of what is left out.
        let locales: &[&Locale] = if *variant == u32::MAX { &[] } else { &locales };
        strings(&mut pool, error, locales);
    }
    firsts.extend(pool.count.to_le_bytes());
    let keyed = |key: &dyn Fn(&ErrorDef) -> Option<u64>| {
        let rows = errors.iter().zip(0_u32..).filter_map(|(error, at)| Some((key(error)?, at)));
        index(rows.collect())
    };
    let mut coded: Vec<(i64, u32)> =
        errors.iter().zip(0_u32..).filter_map(|(error, at)| Some((error.code?, at))).collect();
    coded.sort_unstable();
    let variant = |error: u32| variants[error as usize];
    let code_variants = numbers(coded.chunk_by(|(a, _), (b, _)| a == b).flat_map(|same| {
        let first = variant(same[0].1);
        let is_one = same.iter().all(|(_, error)| variant(*error) == first);
        let stands = if is_one { first } else { u32::MAX };
        std::iter::repeat_n(stands, same.len())
    }));
    let variant_numbers = numbers(variants.iter().copied());
    let codes = coded.iter().map(|(code, _)| Literal::i64_unsuffixed(*code));
    let coded = numbers(coded.iter().map(|(_, error)| *error));
    let messages = messages(&errors);
    let types = keyed(&|error| error.error.as_deref().map(hash));
    let statuses = keyed(&|error| {
        error.http_status.map(|status| match status {
            HttpStatus::Exact(status) => u64::from(status),
            HttpStatus::Class(class) => u64::from(class),
        })
    });
    let patterns = patterns(&errors);
    let (text, ends) = (&pool.text, Literal::byte_string(&pool.ends));
    let firsts = Literal::byte_string(&firsts);
    let catalog = &spec.catalog;
    let docs = input
        .attrs
        .docs
        .as_ref()
        .map(|docs| docs.value().trim_end_matches('/').to_owned())
        .unwrap_or_default();
    let page = spec.main_source().and_then(|source| source.url.clone()).unwrap_or_default();
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
            variants: #variant_numbers,
            codes: &[#(#codes),*],
            coded: #coded,
            code_variants: #code_variants,
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
    for (at, locale) in locales.iter().enumerate() {
        // A text that is not up to date says something else than the source; that is shown then.
        let mut push = |texts: &Localized| {
            // What the vendor says in another language alone stands where all others are looked for
            // that are missing: in the source's.
            let tried = if at == 0 { locales } else { std::slice::from_ref(locale) };
            let current = tried.iter().find_map(|locale| texts.get(locale).filter(|text| !text.stale));
            pool.push(&current.map(|text| plain_text(&text.text)).unwrap_or_default());
        };
        push(&error.summary);
        for case in &error.cases {
            push(&case.cause);
            push(&case.remedy);
        }
    }
}

/// The messages without holes by their hashes. One that stands for several errors is told by more
/// than its text, so only the others are found to the letter.
fn messages(errors: &[&ErrorDef]) -> Literal {
    let literal = |error: &ErrorDef| error.message.as_ref()?.as_literal().map(|text| trim(text).to_owned());
    let texts: Vec<_> =
        errors.iter().zip(0_u32..).filter_map(|(error, at)| Some((literal(error)?, at))).collect();
    let mut rows: Vec<_> = texts.iter().map(|(text, at)| (hash(text), *at)).collect();
    rows.sort_unstable();
    let alone = |text: &str| {
        let folded = hash(text);
        let first = rows.partition_point(|(hash, _)| *hash < folded);
        rows[first..].iter().take_while(|(hash, _)| *hash == folded).count() == 1
    };
    let exact: Vec<_> =
        texts.iter().filter(|(text, _)| alone(text)).map(|(text, at)| (exact_hash(text), *at)).collect();
    rows.extend(exact);
    index(rows)
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
        let pairs = pairs(parts);
        let literal = u32::try_from(*literal).unwrap_or(u32::MAX);
        let parts = parts.iter().map(|part| match part {
            Part::Literal(text) => quote!(::im_errors::private::Part::Literal(#text)),
            Part::Hole(name) => quote!(::im_errors::private::Part::Hole(#name)),
        });
        quote! {
            ::im_errors::private::Pattern { error: #at, pairs: #pairs, literal: #literal, parts: &[#(#parts),*] }
        }
    };
    patterns.iter().map(one).collect()
}
