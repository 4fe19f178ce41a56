//! A struct for each form and each set of parameters.

use cunshi_contract::manifest::Lines;
use cunshi_contract::{Field, FieldKind, Manifest};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{camel, ident, place};

/// The struct's name, when there is one.
pub(super) fn params(name: &str, fields: &[Field]) -> Option<syn::Ident> {
    (!fields.is_empty()).then(|| format_ident!("{}Params", camel(name)))
}

/// The struct's name, when there is one.
pub(super) fn form(name: &str, fields: &[Field]) -> Option<syn::Ident> {
    (!fields.is_empty()).then(|| format_ident!("{}Form", camel(name)))
}

/// All structs.
pub(super) fn structs(manifest: &Manifest, lines: &Lines<'_>) -> TokenStream {
    let pages = manifest.pages.iter().enumerate().filter_map(|(nth, page)| {
        let doc = format!("Parameters of the page `{}`{}.", page.name, place(lines.nth("page", nth)));
        Some(one(&params(&page.name, &page.params)?, &doc, &page.params, &page.route))
    });
    let queries = manifest.queries.iter().enumerate().filter_map(|(nth, query)| {
        let doc = format!("Parameters of the query `{}`{}.", query.name, place(lines.nth("query", nth)));
        Some(one(&params(&query.name, &query.params)?, &doc, &query.params, ""))
    });
    let actions = manifest.actions.iter().enumerate().filter_map(|(nth, action)| {
        let doc = format!("Form of the action `{}`{}.", action.name, place(lines.nth("action", nth)));
        Some(one(&form(&action.name, &action.fields)?, &doc, &action.fields, ""))
    });
    pages.chain(queries).chain(actions).collect()
}

fn one(name: &syn::Ident, doc: &str, fields: &[Field], route: &str) -> TokenStream {
    let fields = fields.iter().map(|field| {
        let in_route = route.split('/').any(|segment| segment == format!("{{{}}}", field.name));
        member(field, in_route)
    });
    quote! {
        #[doc = #doc]
        #[derive(Clone, Debug, Default, PartialEq, ::cunshi_sdk::serde::Serialize, ::cunshi_sdk::serde::Deserialize)]
        #[serde(crate = "::cunshi_sdk::serde")]
        pub struct #name { #(#fields)* }
    }
}

fn member(field: &Field, in_route: bool) -> TokenStream {
    let name = ident(&field.name);
    let doc = field.label.as_ref().map_or_else(|| format!("`{}`", field.name), |label| label.zh.clone());
    let ty = match field.kind {
        FieldKind::Integer | FieldKind::Money | FieldKind::Points => quote!(i64),
        FieldKind::Stars => quote!(u8),
        FieldKind::YesNo => quote!(bool),
        FieldKind::MultiChoice | FieldKind::Photos | FieldKind::Files => quote!(::std::vec::Vec<::std::string::String>),
        FieldKind::Period => quote!(::cunshi_sdk::Period),
        _ => quote!(::std::string::String),
    };
    let has_empty =
        matches!(field.kind, FieldKind::YesNo | FieldKind::MultiChoice | FieldKind::Photos | FieldKind::Files);
    // A field that is shown under a condition is not there while it is hidden.
    let always = in_route || (field.when.is_none() && (field.required || field.default.is_some()));
    if has_empty {
        quote!(#[doc = #doc] #[serde(default)] pub #name: #ty,)
    } else if always {
        quote!(#[doc = #doc] pub #name: #ty,)
    } else {
        quote! {
            #[doc = #doc]
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub #name: ::core::option::Option<#ty>,
        }
    }
}
