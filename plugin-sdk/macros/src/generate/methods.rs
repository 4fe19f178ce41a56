//! The trait `Plugin`: one method for each thing that the manifest declares.

use cunshi_contract::Manifest;
use cunshi_contract::manifest::Lines;
use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::{Ident, Lifetime};

use super::{forms, ident, place, snake};

/// Kinds of method, each an export interface of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Page,
    Query,
    Action,
    Event,
    Job,
    Measure,
    Todos,
    Upgrade,
}

/// A method of the trait.
pub(super) struct Method {
    pub(super) kind: Kind,
    /// The name that the host calls.
    pub(super) called: String,
    pub(super) ident: Ident,
    /// Struct of parameters or form.
    pub(super) takes: Option<Ident>,
    /// In words: "the action `report`".
    pub(super) what: String,
    pub(super) line: Option<usize>,
    doc: String,
}

impl Method {
    /// The signature as an author writes it.
    pub(super) fn rust(&self) -> String {
        let name = &self.ident;
        let taking = |word: &str| self.takes.as_ref().map(|takes| format!(", {word}: {takes}")).unwrap_or_default();
        match self.kind {
            Kind::Page => format!("fn {name}(cx: &Read{}) -> Result<View>", taking("params")),
            Kind::Query => format!("fn {name}(cx: &Read{}) -> Result<Value>", taking("params")),
            Kind::Action => format!("fn {name}(cx: &mut Write{}) -> Result<Outcome>", taking("form")),
            Kind::Event => format!("fn {name}(cx: &mut Write, event: Event) -> Result<()>"),
            Kind::Job => format!("fn {name}(cx: &mut Write, cursor: Option<String>) -> Result<Option<String>>"),
            Kind::Measure => format!("fn {name}(cx: &Read, from: Micros, to: Micros) -> Result<Measured>"),
            Kind::Todos => format!("fn {name}(cx: &Read) -> Result<Vec<Todo>>"),
            Kind::Upgrade => format!("fn {name}(collection: &str, from: u32, body: Value) -> Result<Value>"),
        }
    }
}

/// The methods, in the order of the manifest.
pub(super) fn of(manifest: &Manifest, lines: &Lines<'_>) -> Vec<Method> {
    let mut methods = Vec::new();
    let mut add = |kind, called: &str, name: &str, takes, what: String, line| {
        let mut doc = what.clone();
        doc.get_mut(..1).map(str::make_ascii_uppercase);
        doc.push_str(&place(line));
        doc.push('.');
        methods.push(Method { kind, called: called.to_owned(), ident: ident(&snake(name)), takes, what, line, doc });
    };
    for (nth, page) in manifest.pages.iter().enumerate() {
        let (name, takes) = (&page.name, forms::params(&page.name, &page.params));
        add(Kind::Page, name, name, takes, format!("the page `{name}`"), lines.nth("page", nth));
    }
    for (nth, query) in manifest.queries.iter().enumerate() {
        let (name, takes) = (&query.name, forms::params(&query.name, &query.params));
        add(Kind::Query, name, name, takes, format!("the query `{name}`"), lines.nth("query", nth));
    }
    for (nth, action) in manifest.actions.iter().enumerate() {
        let (name, takes) = (&action.name, forms::form(&action.name, &action.fields));
        add(Kind::Action, name, name, takes, format!("the action `{name}`"), lines.nth("action", nth));
    }
    for name in &manifest.uses.hears {
        let method = hear(name, &manifest.uses.hears);
        add(Kind::Event, name, &method, None, format!("hearing `{name}`"), lines.key(&["uses", "hears"]));
    }
    for (nth, job) in manifest.jobs.iter().enumerate() {
        add(Kind::Job, &job.name, &job.name, None, format!("the job `{}`", job.name), lines.nth("job", nth));
    }
    for (nth, measure) in manifest.measures.iter().enumerate() {
        let (name, method) = (&measure.name, format!("measure_{}", measure.name));
        add(Kind::Measure, name, &method, None, format!("the measure `{name}`"), lines.nth("measure", nth));
    }
    if !manifest.todos.is_empty() {
        add(Kind::Todos, "todos", "todos", None, "the list of to-dos".to_owned(), lines.key(&["todos"]));
    }
    if let Some(nth) = manifest.collections.iter().position(|collection| collection.schema > 1) {
        let what = "bringing older documents into the present schema".to_owned();
        add(Kind::Upgrade, "upgrade", "upgrade", None, what, lines.nth("collection", nth));
    }
    methods
}

/// `hear_closed` for `issues.closed/1`; the plugin and the version join in only where two would be alike.
fn hear(name: &str, all: &[String]) -> String {
    let parts = |name: &str| {
        let (path, version) = name.split_once('/').unwrap_or((name, ""));
        let (plugin, word) = path.split_once('.').unwrap_or(("", path));
        (plugin.to_owned(), word.to_owned(), version.to_owned())
    };
    let (plugin, word, version) = parts(name);
    let alike: Vec<_> = all.iter().map(|other| parts(other)).filter(|(_, other, _)| *other == word).collect();
    let mut method = "hear_".to_owned();
    if alike.iter().any(|(other, _, _)| *other != plugin) {
        method.push_str(&plugin);
        method.push('_');
    }
    method.push_str(&word);
    if alike.iter().any(|(other, _, other_version)| *other == plugin && *other_version != version) {
        method.push_str("_v");
        method.push_str(&version);
    }
    method.replace(['.', '/'], "_")
}

/// The trait itself.
pub(super) fn plugin_trait(methods: &[Method]) -> TokenStream {
    let methods = methods.iter().map(signature);
    quote! {
        /// What this plugin does: a method for each thing that `plugin.toml` declares.
        pub trait Plugin { #(#methods)* }
    }
}

fn signature(method: &Method) -> TokenStream {
    let (doc, name) = (&method.doc, &method.ident);
    // The compiler prints the lifetime when the method is missing: so the author reads the line.
    let line = Lifetime::new(&format!("'plugin_toml_line_{}", method.line.unwrap_or_default()), Span::call_site());
    let takes = method.takes.as_ref();
    let params = takes.map(|takes| quote!(params: #takes));
    let form = takes.map(|takes| quote!(form: #takes));
    let signature = match method.kind {
        Kind::Page => {
            quote!(fn #name<#line>(cx: &#line ::cunshi_sdk::Read, #params) -> ::cunshi_sdk::Result<::cunshi_sdk::contract::View>;)
        }
        Kind::Query => {
            quote!(fn #name<#line>(cx: &#line ::cunshi_sdk::Read, #params) -> ::cunshi_sdk::Result<::cunshi_sdk::serde_json::Value>;)
        }
        Kind::Action => {
            quote!(fn #name<#line>(cx: &#line mut ::cunshi_sdk::Write, #form) -> ::cunshi_sdk::Result<::cunshi_sdk::Outcome>;)
        }
        Kind::Event => {
            quote!(fn #name<#line>(cx: &#line mut ::cunshi_sdk::Write, event: ::cunshi_sdk::Event) -> ::cunshi_sdk::Result<()>;)
        }
        Kind::Job => quote! {
            fn #name<#line>(cx: &#line mut ::cunshi_sdk::Write, cursor: ::core::option::Option<::std::string::String>)
                -> ::cunshi_sdk::Result<::core::option::Option<::std::string::String>>;
        },
        Kind::Measure => quote! {
            fn #name<#line>(cx: &#line ::cunshi_sdk::Read, from: ::cunshi_sdk::Micros, to: ::cunshi_sdk::Micros)
                -> ::cunshi_sdk::Result<::cunshi_sdk::Measured>;
        },
        Kind::Todos => {
            quote!(fn #name<#line>(cx: &#line ::cunshi_sdk::Read) -> ::cunshi_sdk::Result<::std::vec::Vec<::cunshi_sdk::Todo>>;)
        }
        Kind::Upgrade => quote! {
            fn #name<#line>(collection: &#line str, from: u32, body: ::cunshi_sdk::serde_json::Value)
                -> ::cunshi_sdk::Result<::cunshi_sdk::serde_json::Value>;
        },
    };
    quote!(#[doc = #doc] #signature)
}

#[cfg(test)]
mod tests {
    use super::hear;

    #[test]
    fn heard_events_have_the_shortest_name_that_is_theirs_alone() {
        let one = ["issues.case-answered/1".to_owned()];
        assert_eq!(hear(&one[0], &one), "hear_case-answered");
        let two = ["issues.closed/1".to_owned(), "jobs.closed/1".to_owned(), "jobs.closed/2".to_owned()];
        assert_eq!(hear(&two[0], &two), "hear_issues_closed");
        assert_eq!(hear(&two[2], &two), "hear_jobs_closed_v2");
    }
}
