//! The implementation.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;
use syn::ext::IdentExt;
use syn::{DeriveInput, Error, Fields};

use im_errors_cover::{Coverage, Input, Kind, Source, Variant, cover, missing_message};
use im_errors_match::sum;
use im_errors_spec::SEAL;

use crate::{fallback, tables};

/// The implementation; or all findings, with a stub of it.
pub(crate) fn derive(input: &DeriveInput) -> TokenStream {
    let mut mistakes = Vec::new();
    let Some(parsed) = Input::new(input, &mut mistakes) else {
        return compile_errors(mistakes.into_iter().map(Error::from));
    };
    let source = Source::read(&parsed.attrs, input.ident.span());
    let coverage = source.as_ref().map(|source| (source, cover(&parsed, source, &mut mistakes)));
    if let Ok((source, coverage)) = &coverage {
        mistakes.extend(coverage.renamed.iter().map(|renamed| renamed.mistake(source)));
    }
    let mut errors: Vec<_> = mistakes.into_iter().map(Error::from).collect();
    match &coverage {
        Ok((source, coverage)) if !coverage.missing.is_empty() => {
            let message = missing_message(source, &coverage.missing);
            errors.push(Error::new(input.ident.span(), message));
        }
        Ok(_) => {}
        Err(error) => errors.push((*error).clone()),
    }
    match coverage {
        Ok((source, coverage)) if errors.is_empty() => expand(&parsed, source, &coverage),
        _ => {
            let errors = compile_errors(errors);
            // Tracked also while it is wrong, so that mending the spec is seen.
            let track = source.ok().map(|source| track(&source));
            let stub = fallback::expand(&parsed);
            quote!(#errors #track #stub)
        }
    }
}

fn compile_errors(errors: impl IntoIterator<Item = Error>) -> TokenStream {
    errors.into_iter().map(|error| error.into_compile_error()).collect()
}

/// The signatures that the implementation and its stub share.
pub(crate) struct Signatures {
    /// What `from_response` and its kin return.
    pub(crate) recognized: TokenStream,
}

impl Signatures {
    pub(crate) fn new(input: &Input<'_>) -> Self {
        let recognized = quote!(::im_errors::Recognized<'m, Self>);
        let recognized = match input.other() {
            Some(_) => recognized,
            None => quote!(::core::option::Option<#recognized>),
        };
        Self { recognized }
    }
}

fn expand(input: &Input<'_>, source: &Source, coverage: &Coverage) -> TokenStream {
    let ident = input.ident;
    let data = tables::data(input, source, coverage);
    let count = coverage.errors.len();
    let track = track(source);
    let inherent = inherent(input, count);
    let recognize = recognize(input);
    let catalog = &source.file.spec.catalog;
    let display = input.attrs.display.as_ref().map(|locale| display(input, &locale.value()));
    quote! {
        const _: () = {
            #track
            static DATA: ::im_errors::private::Data = #data;
            static ALL: [::im_errors::Info; #count] = ::im_errors::private::all(&DATA);

            #inherent

            #[automatically_derived]
            impl ::im_errors::ImErrors for #ident {
                const CATALOG: &'static str = #catalog;

                fn info(&self) -> ::core::option::Option<::im_errors::Info> {
                    Self::info(self)
                }

                #recognize
            }

            #display
        };
    }
}

/// Makes the compiler expand the enum anew whenever the spec changes, and fail if some cache kept
/// it from doing so.
fn track(source: &Source) -> TokenStream {
    /// The seal of a spec that the tool wrote is in here, and says whether the rest is the same.
    const HEAD: usize = 256;
    /// Of others so much is looked at each time, which costs the compiler some 50 ms.
    const MOST: usize = 1 << 15;
    let Some(path) = source.path.as_ref().and_then(|path| path.to_str()) else {
        return TokenStream::new();
    };
    let length = source.text.len();
    let is_sealed = source.text.lines().nth(1).is_some_and(|line| line.starts_with(SEAL));
    let most = if is_sealed { HEAD } else { MOST };
    let sum = sum(&source.text, most);
    // `include_str!` rather than `include_bytes!`: more editors expand it.
    quote! {
        const _: () =
            ::im_errors::private::assert_fresh(::core::include_str!(#path), #length, #most, #sum);
    }
}

fn inherent(input: &Input<'_>, count: usize) -> TokenStream {
    let ident = input.ident;
    let variant_index = variant_index(input);
    let build = build(input);
    let Signatures { recognized } = Signatures::new(input);
    let wrap = match input.other() {
        Some(_) => quote!(found),
        None => quote!(::core::option::Option::Some(found)),
    };
    let nothing = match input.other() {
        Some(Variant { ident, .. }) => quote! {
            ::im_errors::Recognized::new(
                Self::#ident(::core::convert::From::from(response)),
                ::im_errors::Match::Nothing,
                ::core::default::Default::default(),
            )
        },
        None => quote!(::core::option::Option::None),
    };
    let of_body = match input.other() {
        Some(_) => quote!(Self::recognize(response)),
        None => quote!(Self::recognize(response)?),
    };
    let docs = format!("All {count} errors that the variants stand for, by variant.");
    quote! {
        #[automatically_derived]
        impl #ident {
            #[doc = #docs]
            pub const ALL: &'static [::im_errors::Info] = &ALL;

            /// The variant for the vendor's `code`; its fields are left at their defaults.
            #[must_use]
            pub fn from_code(code: i64) -> ::core::option::Option<Self> {
                let variant = ::im_errors::private::variant_of_code(&DATA, code)?;
                Self::__im_errors_build(variant, ::core::option::Option::None)
            }

            /// The variant for a response: by its text, else its type, else its status.
            #[must_use]
            pub fn from_response<'m>(
                status: impl ::core::convert::Into<::core::option::Option<u16>>,
                error: impl ::core::convert::Into<::core::option::Option<&'m str>>,
                message: impl ::core::convert::Into<::core::option::Option<&'m str>>,
            ) -> #recognized {
                let mut response = ::im_errors::Response::new();
                response.status = status.into();
                response.error = error.into();
                response.message = message.into();
                Self::recognize(&response)
            }

            /// The variant for a response: by its code, else its text, else its type, else its status.
            #[must_use]
            pub fn recognize<'m>(response: &::im_errors::Response<'m>) -> #recognized {
                let mut holes: ::im_errors::Holes<'m> = ::core::default::Default::default();
                if let ::core::option::Option::Some((error, by)) =
                    ::im_errors::private::recognize(&DATA, response, &mut holes)
                {
                    let variant = ::im_errors::private::variant(&DATA, error);
                    if let ::core::option::Option::Some(error) = Self::__im_errors_build(variant, ::core::option::Option::Some(&holes)) {
                        let found = ::im_errors::Recognized::new(error, by, holes);
                        return #wrap;
                    }
                }
                #nothing
            }

            ::im_errors::__json! {
                /// The variant for the body of a response, as these vendors send it: a JSON object. What
                /// is none counts as the message.
                #[must_use]
                pub fn from_response_body(
                    status: impl ::core::convert::Into<::core::option::Option<u16>>,
                    body: &[u8],
                ) -> ::core::option::Option<::im_errors::OfBody<Self>> {
                    ::im_errors::private::of_body(status.into(), body, &|response| {
                        let found = #of_body;
                        ::core::option::Option::Some((found.error, found.by))
                    })
                }
            }

            /// What is documented of the error; `None` for variants that stand for several errors
            /// or for none.
            #[must_use]
            pub fn info(&self) -> ::core::option::Option<::im_errors::Info> {
                ::im_errors::private::only_info(self.infos())
            }

            /// What is documented of each error that the variant stands for.
            #[must_use]
            pub fn infos(&self) -> &'static [::im_errors::Info] {
                ::im_errors::private::infos(&DATA, &ALL, self.__im_errors_variant())
            }

            /// The vendor's code, where all errors of the variant have the same.
            #[must_use]
            pub fn code(&self) -> ::core::option::Option<i64> {
                ::im_errors::private::agreed(self.infos(), ::im_errors::Info::code)
            }

            /// The HTTP status, where all errors of the variant have the same.
            #[must_use]
            pub fn http_status(&self) -> ::core::option::Option<::im_errors::HttpStatus> {
                ::im_errors::private::agreed(self.infos(), ::im_errors::Info::http_status)
            }

            /// What happened, in `locale` or the language of the vendor's page.
            #[must_use]
            pub fn summary(&self, locale: &str) -> ::core::option::Option<&'static str> {
                self.info()?.summary(locale)
            }

            /// Why, in `locale` or the language of the vendor's page.
            #[must_use]
            pub fn cause(&self, locale: &str) -> ::core::option::Option<&'static str> {
                self.info()?.cause(locale)
            }

            /// What to do, in `locale` or the language of the vendor's page.
            #[must_use]
            pub fn remedy(&self, locale: &str) -> ::core::option::Option<&'static str> {
                self.info()?.remedy(locale)
            }

            #variant_index
            #build
        }
    }
}

/// The index of a variant; of the user's own and of `other`, one beyond all.
fn variant_index(input: &Input<'_>) -> TokenStream {
    let arms = input.variants.iter().zip(0_u32..).map(|(variant, at)| {
        let ident = variant.ident;
        let at = match variant.kind {
            Kind::Errors(_) => Literal::u32_suffixed(at),
            Kind::Skip | Kind::Other => Literal::u32_suffixed(u32::MAX),
        };
        quote!(Self::#ident { .. } => #at)
    });
    quote! {
        #[doc(hidden)]
        const fn __im_errors_variant(&self) -> u32 {
            match self { #(#arms,)* }
        }
    }
}

/// Index and holes → variant.
fn build(input: &Input<'_>) -> TokenStream {
    let arms =
        input.variants.iter().zip(0_u32..).filter(|(variant, _)| matches!(variant.kind, Kind::Errors(_)));
    let arms = arms.map(|(variant, at)| {
        let ident = variant.ident;
        let fields = fields(variant.fields);
        quote!(#at => Self::#ident #fields)
    });
    let mut arms = arms.peekable();
    let body = match arms.peek() {
        Some(_) => quote! {
            ::core::option::Option::Some(match variant {
                #(#arms,)*
                _ => return ::core::option::Option::None,
            })
        },
        // All variants are the user's own.
        None => quote! {
            let _ = variant;
            ::core::option::Option::None
        },
    };
    quote! {
        #[doc(hidden)]
        fn __im_errors_build(
            variant: u32,
            holes: ::core::option::Option<&::im_errors::Holes<'_>>,
        ) -> ::core::option::Option<Self> {
            let _ = holes;
            #body
        }
    }
}

fn fields(fields: &Fields) -> TokenStream {
    // Those of a tuple are refused.
    let Fields::Named(fields) = fields else {
        return TokenStream::new();
    };
    let values = fields.named.iter().filter_map(|field| field.ident.as_ref()).map(|ident: &Ident| {
        let name = ident.unraw().to_string();
        quote!(#ident: ::im_errors::private::field(holes, #name))
    });
    quote!({ #(#values),* })
}

fn recognize(input: &Input<'_>) -> TokenStream {
    let found = match input.other() {
        Some(_) => quote!(::core::option::Option::Some(Self::recognize(response))),
        None => quote!(Self::recognize(response)),
    };
    quote! {
        fn recognize<'m>(
            response: &::im_errors::Response<'m>,
        ) -> ::core::option::Option<::im_errors::Recognized<'m, Self>> {
            #found
        }
    }
}

/// `Display` in a language, and `Error`.
fn display(input: &Input<'_>, locale: &str) -> TokenStream {
    let ident = input.ident;
    let own =
        input.variants.iter().filter(|variant| !matches!(variant.kind, Kind::Errors(_))).map(|variant| {
            let name = variant.ident;
            match variant.fields {
                Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                    quote!(Self::#name(inner) => return ::core::fmt::Display::fmt(inner, f))
                }
                _ => {
                    let words = words(&name.unraw().to_string());
                    quote!(Self::#name { .. } => return f.write_str(#words))
                }
            }
        });
    let several =
        input.variants.iter().filter(|variant| matches!(variant.kind, Kind::Errors(_))).map(|variant| {
            let (name, words) = (variant.ident, words(&variant.ident.unraw().to_string()));
            quote!(Self::#name { .. } => #words)
        });
    quote! {
        #[automatically_derived]
        impl ::core::fmt::Display for #ident {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                let words = match self {
                    #(#own,)*
                    #(#several,)*
                };
                let info = self.info();
                let text = info.and_then(|info| info.summary(#locale).or_else(|| info.message()));
                f.write_str(text.unwrap_or(words))
            }
        }

        #[automatically_derived]
        impl ::core::error::Error for #ident {}
    }
}

/// `BadToken` as `bad token`.
fn words(name: &str) -> String {
    let mut words = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.push(c.to_ascii_lowercase());
    }
    words
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::process::{Command, Stdio};
    use std::{env, fs};

    const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/expand");

    /// What the derive writes, as rustfmt shows it.
    fn expansion(source: &str) -> Option<String> {
        let input = syn::parse_str(source).unwrap();
        let tokens = super::derive(&input).to_string().replace(FOLDER, "$DIR");
        let mut rustfmt = Command::new("rustfmt");
        rustfmt.args(["--edition", "2024"]).current_dir(env::temp_dir());
        let mut child = rustfmt.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().ok()?;
        child.stdin.take()?.write_all(tokens.as_bytes()).ok()?;
        let formatted = child.wait_with_output().ok()?;
        assert!(formatted.status.success(), "{tokens}");
        String::from_utf8(formatted.stdout).ok()
    }

    /// `UPDATE_EXPECT=1` rewrites the snapshots.
    fn check(name: &str) {
        let input = fs::read_to_string(format!("{FOLDER}/{name}.in.rs")).unwrap();
        let Some(expansion) = expansion(&input) else {
            // Written, not printed: the harness hides what passing tests print.
            let _ = std::io::Write::write_all(&mut std::io::stderr(), b"SKIPPED: there is no rustfmt\n");
            return;
        };
        let snapshot = format!("{FOLDER}/{name}.out.rs");
        if env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(&snapshot, &expansion).unwrap();
        }
        assert_eq!(fs::read_to_string(&snapshot).unwrap_or_default(), expansion, "{snapshot}");
    }

    #[test]
    fn a_whole_enum() {
        check("whole");
    }

    #[test]
    fn a_partial_enum_that_is_displayed() {
        check("partial");
    }

    /// Here no compiler runs that would know.
    #[test]
    fn a_path_beside_an_enum_of_no_file_is_refused_with_the_way_out() {
        let input = r#"#[im_errors(spec = "./tests/expand/demo.toml")] enum Demo {}"#;
        let said = super::derive(&syn::parse_str(input).unwrap()).to_string();
        assert!(said.contains("this compiler or editor does not say which file the enum is in"), "{said}");
        assert!(said.contains("write the path relative to Cargo.toml, without `./`"), "{said}");
    }

    #[test]
    fn a_stub_beside_the_findings() {
        check("stub");
    }
}
