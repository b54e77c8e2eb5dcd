//! The enum as written.

use im_errors_spec::message;
use proc_macro2::Ident;
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Fields, Generics};

use crate::Mistake;
use crate::attr::{EnumAttrs, Selector, SelectorKind, VariantAttrs};

/// The enum.
pub struct Input<'a> {
    /// Its name.
    pub ident: &'a Ident,
    /// Its generics, which are refused.
    pub generics: &'a Generics,
    /// What stands on it.
    pub attrs: EnumAttrs,
    /// In the order of the source.
    pub variants: Vec<Variant<'a>>,
}

/// A variant.
pub struct Variant<'a> {
    /// Its name.
    pub ident: &'a Ident,
    /// Its fields.
    pub fields: &'a Fields,
    /// What it is for.
    pub kind: Kind,
}

/// What a variant is for.
pub enum Kind {
    /// The user's own.
    Skip,
    /// Whatever the spec does not know.
    Other,
    /// Errors of the spec.
    Errors(Vec<Selector>),
}

impl<'a> Input<'a> {
    /// Reads the enum; what is wrong goes to `errors`. `None` if it is none.
    pub fn new(input: &'a DeriveInput, errors: &mut Vec<Mistake>) -> Option<Self> {
        let Data::Enum(data) = &input.data else {
            errors.push(Mistake::new(input.ident.span(), message!("`ImErrors` is derived for an enum")));
            return None;
        };
        if !input.generics.params.is_empty() {
            errors.push(Mistake::new(
                input.generics.span(),
                message!("an enum of errors has no generics; the fields are owned values"),
            ));
        }
        let attrs = EnumAttrs::parse(&input.attrs, errors);
        let variants = data.variants.iter().map(|variant| Variant::new(variant, errors)).collect();
        Some(Self { ident: &input.ident, generics: &input.generics, attrs, variants })
    }

    /// The variant for what the spec does not know.
    #[must_use]
    pub fn other(&self) -> Option<&Variant<'a>> {
        self.variants.iter().find(|variant| matches!(variant.kind, Kind::Other))
    }
}

impl<'a> Variant<'a> {
    fn new(variant: &'a syn::Variant, errors: &mut Vec<Mistake>) -> Self {
        let before = errors.len();
        let VariantAttrs { skip, other, selectors } = VariantAttrs::parse(&variant.attrs, errors);
        let is_assumed = errors.len() > before;
        let (ident, fields) = (&variant.ident, &variant.fields);
        let selects = selectors.first().map(|selector| selector.span);
        let kind = match (skip, other) {
            (Some(_), Some(other)) => {
                errors.push(Mistake::new(other, message!("a variant is `skip` or `other`, not both")));
                Kind::Skip
            }
            (Some(_), None) => Kind::Skip,
            (None, Some(other)) => {
                if !matches!(fields, Fields::Unnamed(fields) if fields.unnamed.len() == 1) {
                    let message = message!(
                        "the `other` variant holds the response: give it one field, `(im_errors::Unrecognized)`"
                    );
                    errors.push(Mistake::new(other, message));
                }
                Kind::Other
            }
            (None, None) => Kind::Errors(selectors),
        };
        if let (Kind::Skip | Kind::Other, Some(span)) = (&kind, selects) {
            errors.push(Mistake::new(
                span,
                message!("a variant that is `skip` or `other` stands for no error of the spec"),
            ));
        }
        let own_name = || {
            vec![Selector {
                span: ident.span(),
                kind: SelectorKind::Ident(ident.unraw().to_string()),
                is_assumed,
            }]
        };
        let kind = match kind {
            Kind::Errors(selectors) if selectors.is_empty() => Kind::Errors(own_name()),
            kind => kind,
        };
        if let (Kind::Errors(_), Fields::Unnamed(fields)) = (&kind, fields) {
            let message = message!(
                "fields are filled by name from the holes of the message: write `{{ username: String }}`"
            );
            errors.push(Mistake::new(fields.span(), message));
        }
        Self { ident, fields, kind }
    }
}
