//! What `plugin!` yields.

use cunshi_contract::manifest::Lines;
use proc_macro2::TokenStream;
use quote::quote;

use crate::source::Source;

mod export;
mod forms;
mod methods;
mod missing;

/// The trait, the structs, `t!` and `export!`; compile errors beside them where the files have mistakes.
pub(crate) fn all(source: &Source) -> TokenStream {
    let lines = Lines::of(&source.toml);
    let methods = methods::of(&source.manifest, &lines);
    let structs = forms::structs(&source.manifest, &lines);
    let plugin_trait = methods::plugin_trait(&methods);
    let export = export::export(&source.manifest, &methods);
    let mut mistakes = source.mistakes.sentences.clone();
    mistakes.extend(missing::sentences(source, &methods));
    let dir = source.dir.to_string_lossy();
    let mut watched = vec![source.dir.join("plugin.toml").to_string_lossy().into_owned()];
    if source.has_texts {
        watched.push(source.dir.join("texts.toml").to_string_lossy().into_owned());
    }
    quote! {
        #(::core::compile_error!(#mistakes);)*
        // So that cargo builds again when they change.
        #(const _: &str = ::core::include_str!(#watched);)*

        #structs
        #plugin_trait

        /// A text of `texts.toml` in the language of the call: `t!("key", name = value)`.
        #[allow(unused_macros)]
        macro_rules! t {
            ($($text:tt)*) => { ::cunshi_sdk::__text!(#dir; $($text)*) };
        }

        /// A text of `texts.toml` in both languages, for messages: `both!("key", name = value)`.
        #[allow(unused_macros)]
        macro_rules! both {
            ($($text:tt)*) => { ::cunshi_sdk::__both!(#dir; $($text)*) };
        }

        #export
    }
}

/// `new-case` as the name of a method.
fn snake(name: &str) -> String {
    name.replace('-', "_")
}

/// `new-case` as the beginning of a type's name.
fn camel(name: &str) -> String {
    name.split(['-', '_'])
        .map(|word| {
            let mut letters = word.chars();
            letters.next().map(|first| first.to_ascii_uppercase().to_string() + letters.as_str()).unwrap_or_default()
        })
        .collect()
}

/// An identifier, raw where the name is a keyword.
fn ident(name: &str) -> syn::Ident {
    syn::parse_str::<syn::Ident>(name)
        .or_else(|_| syn::parse_str::<syn::Ident>(&format!("r#{name}")))
        .unwrap_or_else(|_| quote::format_ident!("_{}", name.replace(|c: char| !c.is_ascii_alphanumeric(), "_")))
}

/// `(plugin.toml:42)` for the documentation of what a declaration became.
fn place(line: Option<usize>) -> String {
    line.map(|line| format!(" (plugin.toml:{line})")).unwrap_or_default()
}
