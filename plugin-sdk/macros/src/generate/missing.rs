//! Methods that the author has not written yet. The compiler names them too, but it cannot name the line of
//! `plugin.toml` that asks for them, nor say what to write.

use std::collections::BTreeSet;

use syn::{ImplItem, Item, Type};

use super::methods::Method;
use crate::source::{Source, located};

/// A sentence for each method that `impl Plugin for …` in the same file lacks; none where there is no such impl,
/// or where a macro writes part of it.
pub(super) fn sentences(source: &Source, methods: &[Method]) -> Vec<String> {
    let text = source.file.as_ref().and_then(|file| std::fs::read_to_string(file).ok());
    text.map(|text| of_text(&text, methods)).unwrap_or_default()
}

fn of_text(text: &str, methods: &[Method]) -> Vec<String> {
    let Some((plugin, written)) = syn::parse_file(text).ok().and_then(|file| written(&file)) else { return Vec::new() };
    methods
        .iter()
        .filter(|method| !written.contains(&method.ident.to_string()))
        .map(|method| {
            let message =
                format!("{} needs a method: write `{}` in `impl Plugin for {plugin}`", method.what, method.rust());
            located("plugin.toml", method.line, &message)
        })
        .collect()
}

/// The type that is the plugin, and the methods that it has.
fn written(file: &syn::File) -> Option<(String, BTreeSet<String>)> {
    let mut found = file.items.iter().filter_map(|item| match item {
        Item::Impl(item) if item.trait_.as_ref().is_some_and(|(_, path, _)| path.is_ident("Plugin")) => Some(item),
        _ => None,
    });
    let (Some(item), None) = (found.next(), found.next()) else { return None };
    let Type::Path(plugin) = item.self_ty.as_ref() else { return None };
    let mut methods = BTreeSet::new();
    for item in &item.items {
        match item {
            ImplItem::Fn(method) => methods.insert(method.sig.ident.to_string()),
            _ => return None,
        };
    }
    Some((plugin.path.get_ident()?.to_string(), methods))
}
