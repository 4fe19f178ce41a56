//! `#[document("case")]`: a struct that is the body of a collection's documents, held against `plugin.toml`.

use cunshi_contract::Manifest;
use cunshi_contract::manifest::{Collection, KeyType, Lines, Rule};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Fields, ItemStruct, LitStr};

use crate::source::{known_directory, located};

/// Expands the attribute.
pub(crate) fn expand(collection: TokenStream, item: TokenStream) -> syn::Result<TokenStream> {
    let named: LitStr = syn::parse2(collection).map_err(|error| {
        syn::Error::new(error.span(), "name the collection of plugin.toml: `#[document(\"case\")]`")
    })?;
    let item: ItemStruct = syn::parse2(item)?;
    let ident = &item.ident;
    let indexes = indexes(&named, &item)?;
    Ok(quote! {
        #[derive(::cunshi_sdk::serde::Serialize, ::cunshi_sdk::serde::Deserialize)]
        #[serde(crate = "::cunshi_sdk::serde")]
        #item

        impl ::cunshi_sdk::Document for #ident {
            const COLLECTION: &'static str = #named;
        }

        #indexes
    })
}

fn indexes(named: &LitStr, item: &ItemStruct) -> syn::Result<TokenStream> {
    // A manifest that cannot be read is `plugin!`'s to complain of.
    let Some(toml) = known_directory().and_then(|dir| std::fs::read_to_string(dir.join("plugin.toml")).ok()) else {
        return Ok(TokenStream::new());
    };
    let Ok(manifest) = Manifest::from_toml(&toml) else { return Ok(TokenStream::new()) };
    let Some(nth) = manifest.collections.iter().position(|collection| collection.name == named.value()) else {
        let known: Vec<&str> = manifest.collections.iter().map(|collection| collection.name.as_str()).collect();
        return Err(syn::Error::new(
            named.span(),
            format!("plugin.toml declares no collection `{}`: it has {}", named.value(), known.join(", ")),
        ));
    };
    let collection = &manifest.collections[nth];
    let line = Lines::of(&toml).nth("collection", nth);
    if let Some(names) = field_names(item) {
        for (declared, what) in declared(collection) {
            if !names.contains(&declared) {
                let message = format!("{what} names the field `{declared}`, which `{}` does not have", item.ident);
                return Err(syn::Error::new(item.ident.span(), located("plugin.toml", line, &message)));
            }
        }
    }
    Ok(finders(collection, item))
}

/// Fields of the collection's declaration with what names them.
fn declared(collection: &Collection) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    if let Some(owner) = &collection.owner {
        fields.push((owner.clone(), "`owner`".to_owned()));
    }
    for rule in collection.readers.iter().flat_map(|readers| readers.values()) {
        if let Rule::Equals { field, .. } = rule {
            fields.push((field.clone(), "`readers`".to_owned()));
        }
    }
    for (name, index) in &collection.index {
        fields.extend(index.fields().iter().map(|field| (field.name.clone(), format!("the index `{name}`"))));
    }
    fields.extend(collection.search.iter().map(|field| (field.clone(), "`search`".to_owned())));
    fields
}

/// Names of the struct's fields in JSON; `None` where serde's attributes make them another matter.
fn field_names(item: &ItemStruct) -> Option<Vec<String>> {
    let Fields::Named(fields) = &item.fields else { return None };
    let mentions_serde =
        |attributes: &[syn::Attribute]| attributes.iter().any(|attribute| attribute.path().is_ident("serde"));
    if mentions_serde(&item.attrs) {
        return None;
    }
    let mut names = Vec::new();
    for field in &fields.named {
        let mut name = field.ident.as_ref()?.to_string().trim_start_matches("r#").to_owned();
        for attribute in field.attrs.iter().filter(|attribute| attribute.path().is_ident("serde")) {
            let mut flattened = false;
            let read = attribute.parse_nested_meta(|meta| {
                if meta.path.is_ident("rename") {
                    name = meta.value()?.parse::<LitStr>()?.value();
                } else if meta.path.is_ident("flatten") {
                    flattened = true;
                } else if meta.input.peek(syn::Token![=]) {
                    meta.value()?.parse::<syn::Expr>()?;
                }
                Ok(())
            });
            if flattened || read.is_err() {
                return None;
            }
        }
        names.push(name);
    }
    Some(names)
}

/// `cx.data::<Case>().by_state("open")` for each index: equal to its first field, to go on from there.
fn finders(collection: &Collection, item: &ItemStruct) -> TokenStream {
    let (ident, visibility) = (&item.ident, &item.vis);
    let finder = format_ident!("{ident}Indexes");
    let signatures: Vec<(TokenStream, TokenStream)> = collection
        .index
        .iter()
        .filter_map(|(name, index)| {
            let first = index.fields().first()?;
            let method = syn::parse_str::<syn::Ident>(name).ok()?;
            let argument = syn::parse_str::<syn::Ident>(&first.name).unwrap_or_else(|_| format_ident!("value"));
            let ty = match first.kind {
                KeyType::Text => quote!(impl ::core::convert::Into<::std::string::String>),
                KeyType::Integer | KeyType::Time => quote!(i64),
                KeyType::Bool => quote!(bool),
            };
            let key = if first.kind == KeyType::Text {
                quote!(::core::convert::Into::<::std::string::String>::into(#argument))
            } else {
                quote!(#argument)
            };
            let signature = quote!(fn #method(self, #argument: #ty) -> ::cunshi_sdk::Find<'a, #ident>);
            let body = quote!(::cunshi_sdk::Documents::by(self, #name).eq(#key));
            let doc = format!("By the index `{name}`: `{}` equals this.", first.name);
            Some((quote!(#[doc = #doc] #signature;), quote!(#signature { #body })))
        })
        .collect();
    if signatures.is_empty() {
        return TokenStream::new();
    }
    let (declared, defined): (Vec<_>, Vec<_>) = signatures.into_iter().unzip();
    let doc = format!("The indexes of the collection `{}` as methods of [`cunshi_sdk::Documents`].", collection.name);
    quote! {
        #[doc = #doc]
        #[allow(dead_code)]
        #visibility trait #finder<'a> { #(#declared)* }

        impl<'a> #finder<'a> for ::cunshi_sdk::Documents<'a, #ident> { #(#defined)* }
    }
}
