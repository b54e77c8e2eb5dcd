//! A stub with the same signatures, so that one mistake brings no follow-up errors.

use proc_macro2::TokenStream;
use quote::quote;

use im_errors_cover::Input;

use crate::expand::Signatures;

/// The stub. It is never called: what it belongs to does not compile.
pub(crate) fn expand(input: &Input<'_>) -> TokenStream {
    let ident = input.ident;
    let (generics, arguments, bounds) = input.generics.split_for_impl();
    let Signatures { recognized } = Signatures::new(input);
    let display = input.attrs.display.is_some().then(|| {
        quote! {
            impl #generics ::core::fmt::Display for #ident #arguments #bounds {
                fn fmt(&self, _: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    ::core::unreachable!()
                }
            }
            impl #generics ::core::error::Error for #ident #arguments #bounds {}
        }
    });
    let stub = |name: &str, result: TokenStream| {
        let name = quote::format_ident!("{name}");
        quote! {
            pub fn #name(&self) -> #result {
                ::core::unreachable!()
            }
        }
    };
    let text = |name: &str| {
        let name = quote::format_ident!("{name}");
        quote! {
            pub fn #name(&self, _: &str) -> ::core::option::Option<&'static str> {
                ::core::unreachable!()
            }
        }
    };
    let methods = [
        stub("info", quote!(::core::option::Option<::im_errors::Info>)),
        stub("infos", quote!(&'static [::im_errors::Info])),
        stub("code", quote!(::core::option::Option<i64>)),
        stub("http_status", quote!(::core::option::Option<::im_errors::HttpStatus>)),
        text("summary"),
        text("cause"),
        text("remedy"),
    ];
    quote! {
        #[automatically_derived]
        impl #generics #ident #arguments #bounds {
            pub const ALL: &'static [::im_errors::Info] = &[];
            pub fn from_code(_: i64) -> ::core::option::Option<Self> {
                ::core::unreachable!()
            }
            pub fn from_response<'m>(
                _: impl ::core::convert::Into<::core::option::Option<u16>>,
                _: impl ::core::convert::Into<::core::option::Option<&'m str>>,
                _: impl ::core::convert::Into<::core::option::Option<&'m str>>,
            ) -> #recognized {
                ::core::unreachable!()
            }
            pub fn recognize<'m>(_: &::im_errors::Response<'m>) -> #recognized {
                ::core::unreachable!()
            }
            ::im_errors::__json! {
                pub fn from_response_body(
                    _: impl ::core::convert::Into<::core::option::Option<u16>>,
                    _: &[u8],
                ) -> ::core::option::Option<::im_errors::OfBody<Self>> {
                    ::core::unreachable!()
                }
            }
            #(#methods)*
        }

        #[automatically_derived]
        impl #generics ::im_errors::ImErrors for #ident #arguments #bounds {
            const CATALOG: &'static str = "";
            fn info(&self) -> ::core::option::Option<::im_errors::Info> {
                ::core::unreachable!()
            }
            fn recognize<'m>(
                _: &::im_errors::Response<'m>,
            ) -> ::core::option::Option<::im_errors::Recognized<'m, Self>> {
                ::core::unreachable!()
            }
        }

        #display
    }
}
