//! The macros of `cunshi-sdk`, which re-exports them and describes them for plugin authors:
//!
//! - `plugin!` reads `plugin.toml` and `texts.toml` and yields the trait `Plugin`, a struct for each form and
//!   each set of parameters, `t!` and `export!`;
//! - `#[document("…")]` makes a struct the body of a declared collection;
//! - `t!` (here [`text`]) fills a text of `texts.toml`, `both!` in both languages.
//!
//! A mistake in either file is a compile error that names its line. To teach `plugin!` a new kind of export,
//! add it in `generate/methods.rs` (the trait) and `generate/export.rs` (the wiring). What does not belong
//! here: the rules of a manifest, which are the contract's.

use proc_macro::TokenStream;

mod document;
mod generate;
mod source;
mod texts;

/// Turns `plugin.toml` and `texts.toml` beside `Cargo.toml` into the trait `Plugin` and its company. With a
/// directory as argument, relative to the source file, it reads them there.
#[proc_macro]
pub fn plugin(input: TokenStream) -> TokenStream {
    source::Source::of_plugin(input.into())
        .map_or_else(source::Mistakes::into_tokens, |source| generate::all(&source))
        .into()
}

/// `t!("key", name = value)`: a text in the language of the call.
#[proc_macro]
pub fn text(input: TokenStream) -> TokenStream {
    texts::expand(input.into()).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// `both!("key", name = value)`: a text in both languages; the values are asked for in each.
#[proc_macro]
pub fn both(input: TokenStream) -> TokenStream {
    texts::expand_both(input.into()).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// `#[document("case")]` on a struct: it is the body of the documents of that collection, and `Documents` gets a
/// method for each index of it.
#[proc_macro_attribute]
pub fn document(collection: TokenStream, item: TokenStream) -> TokenStream {
    document::expand(collection.into(), item.into()).unwrap_or_else(syn::Error::into_compile_error).into()
}
