//! `export!`: wires the methods to the export interfaces that the manifest needs, on wasm32 only.

use cunshi_contract::Manifest;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::methods::{Kind, Method};

/// The macro.
pub(super) fn export(manifest: &Manifest, methods: &[Method]) -> TokenStream {
    let interfaces = manifest.exports().into_iter().map(|interface| {
        let module = format_ident!("{interface}");
        let body = body(interface, methods);
        quote! {
            #[cfg(target_arch = "wasm32")]
            const _: () = {
                struct Glue;
                impl ::cunshi_sdk::wire::#module::Guest for Glue { #body }
                ::cunshi_sdk::wire::#module::export!(Glue with_types_in ::cunshi_sdk::wire::#module);
            };
        }
    });
    quote! {
        /// Makes a type's methods those of the component; does nothing natively.
        #[allow(unused_macros)]
        macro_rules! export {
            ($plugin:ty) => {
                const _: fn() = || {
                    fn is_a_plugin<P: Plugin>() {}
                    is_a_plugin::<$plugin>();
                };
                #(#interfaces)*
            };
        }
    }
}

fn body(interface: &str, methods: &[Method]) -> TokenStream {
    let failure = quote!(::cunshi_sdk::wire::types::Failure);
    let string = quote!(::std::string::String);
    let result = quote!(::core::result::Result<#string, #failure>);
    match interface {
        "pages" => read(&format_ident!("page"), &arms(methods, Kind::Page)),
        "queries" => read(&format_ident!("query"), &arms(methods, Kind::Query)),
        "measures" => read(&format_ident!("measure"), &arms(methods, Kind::Measure)),
        "actions" => {
            let written = write(&arms(methods, Kind::Action));
            quote!(fn act(name: #string, call: #string) -> #result { ::cunshi_sdk::glue::json(&#written?) })
        }
        "events" => {
            let written = write(&arms(methods, Kind::Event));
            quote!(fn hear(name: #string, call: #string) -> ::core::result::Result<(), #failure> { #written })
        }
        "jobs" => {
            let written = write(&arms(methods, Kind::Job));
            quote! {
                fn step(name: #string, call: #string) -> ::core::result::Result<::core::option::Option<#string>, #failure> {
                    #written
                }
            }
        }
        "todos" => quote! {
            fn todos(call: #string) -> #result {
                ::cunshi_sdk::glue::read(&call, |cx, _params| <$plugin as Plugin>::todos(cx))
            }
        },
        _ => quote! {
            fn upgrade(collection: #string, body: #string, from_schema: u32) -> #result {
                ::cunshi_sdk::glue::upgrade(&collection, &body, from_schema, <$plugin as Plugin>::upgrade)
            }
        },
    }
}

fn read(function: &syn::Ident, arms: &TokenStream) -> TokenStream {
    quote! {
        fn #function(
            name: ::std::string::String,
            call: ::std::string::String,
        ) -> ::core::result::Result<::std::string::String, ::cunshi_sdk::wire::types::Failure> {
            ::cunshi_sdk::glue::read(&call, |cx, _params| match name.as_str() { #arms })
        }
    }
}

fn write(arms: &TokenStream) -> TokenStream {
    quote!(::cunshi_sdk::glue::write(&call, |cx, _params| match name.as_str() { #arms }))
}

fn arms(methods: &[Method], kind: Kind) -> TokenStream {
    let arms = methods.iter().filter(|method| method.kind == kind).map(|method| {
        let (called, name) = (&method.called, &method.ident);
        let rest = match kind {
            Kind::Event => quote!(_params.event()?),
            Kind::Job => quote!(_params.cursor()),
            Kind::Measure => quote!(_params.instant("from"), _params.instant("to")),
            _ => method.takes.as_ref().map(|_| quote!(_params.read()?)).unwrap_or_default(),
        };
        quote!(#called => <$plugin as Plugin>::#name(cx, #rest),)
    });
    quote!(#(#arms)* _ => ::cunshi_sdk::glue::unknown(&name),)
}
