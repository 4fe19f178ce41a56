//! `texts.toml`: every sentence of a plugin in both languages, and `t!`, which fills one.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::parse::{Parse, ParseStream};
use syn::{Expr, LitStr, Token};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::source::located;

/// The texts by key.
#[derive(Debug, Default)]
pub(crate) struct Texts(BTreeMap<String, Entry>);

/// One text in both languages, cut at its placeholders.
#[derive(Debug)]
struct Entry {
    zh: Vec<Piece>,
    en: Vec<Piece>,
}

#[derive(Debug, PartialEq, Eq)]
enum Piece {
    Words(String),
    Argument(String),
}

impl Texts {
    /// Reads `texts.toml` of a directory; where there is none, there are no texts.
    pub(crate) fn of_dir(dir: &Path) -> Result<Self, Vec<String>> {
        match std::fs::read_to_string(dir.join("texts.toml")) {
            Ok(text) => Self::read(&text),
            Err(_) => Ok(Self::default()),
        }
    }

    fn read(text: &str) -> Result<Self, Vec<String>> {
        let table = DeTable::parse(text).map_err(|error| {
            vec![located("texts.toml", error.span().map(|span| line_of(text, span.start)), error.message())]
        })?;
        let mut texts = Self::default();
        let mut wrong = Vec::new();
        texts.collect(text, "", table.get_ref(), &mut wrong);
        if wrong.is_empty() { Ok(texts) } else { Err(wrong) }
    }

    /// Tables with `zh` and `en` are texts; others hold texts whose keys they begin.
    fn collect(&mut self, text: &str, prefix: &str, table: &DeTable<'_>, wrong: &mut Vec<String>) {
        for (name, value) in table {
            let key =
                if prefix.is_empty() { name.get_ref().to_string() } else { format!("{prefix}.{}", name.get_ref()) };
            let line = Some(line_of(text, name.span().start));
            let Some(inner) = value.get_ref().as_table() else {
                wrong.push(located(
                    "texts.toml",
                    line,
                    &format!("`{key}` is not a text: write `[\"{key}\"]`, then `zh = \"…\"` and `en = \"…\"` beneath"),
                ));
                continue;
            };
            if !inner.contains_key("zh") && !inner.contains_key("en") {
                self.collect(text, &key, inner, wrong);
                continue;
            }
            match entry(inner) {
                Ok(entry) => {
                    self.0.insert(key, entry);
                }
                Err(what) => wrong.push(located("texts.toml", line, &format!("`{key}`: {what}"))),
            }
        }
    }
}

fn entry(table: &DeTable<'_>) -> Result<Entry, String> {
    if let Some(other) = table.keys().map(|key| key.get_ref().as_ref()).find(|key| !matches!(*key, "zh" | "en")) {
        return Err(format!("unknown key `{other}`: a text has `zh` and `en`"));
    }
    let language = |code: &str| {
        let value: Option<&Spanned<DeValue<'_>>> = table.get(code);
        let text = value.and_then(|value| value.get_ref().as_str()).ok_or(format!("`{code} = \"…\"` is missing"))?;
        pieces(text)
    };
    let entry = Entry { zh: language("zh")?, en: language("en")? };
    let (zh, en) = (arguments(&entry.zh), arguments(&entry.en));
    if zh != en {
        let odd: Vec<String> = zh.symmetric_difference(&en).map(|name| format!("{{{name}}}")).collect();
        return Err(format!("{} stands in one language only", odd.join(", ")));
    }
    Ok(entry)
}

fn pieces(text: &str) -> Result<Vec<Piece>, String> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((words, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').ok_or("a `{` has no `}`")?;
        if syn::parse_str::<Ident>(name).is_err() {
            return Err(format!("`{{{name}}}` is not a place for a value: write a name, such as `{{number}}`"));
        }
        if !words.is_empty() {
            pieces.push(Piece::Words(words.to_owned()));
        }
        pieces.push(Piece::Argument(name.to_owned()));
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Words(rest.to_owned()));
    }
    Ok(pieces)
}

fn arguments(pieces: &[Piece]) -> BTreeSet<&str> {
    pieces
        .iter()
        .filter_map(|piece| match piece {
            Piece::Argument(name) => Some(name.as_str()),
            Piece::Words(_) => None,
        })
        .collect()
}

fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

/// What `t!` passes on: the directory, then what its author wrote.
struct Wanted {
    dir: LitStr,
    key: LitStr,
    given: Vec<(Ident, Expr)>,
}

impl Parse for Wanted {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let dir = input.parse()?;
        input.parse::<Token![;]>()?;
        let key = input.parse()?;
        let mut given = Vec::new();
        while !input.is_empty() {
            input.parse::<Token![,]>()?;
            if input.is_empty() {
                break;
            }
            let name: Ident = input.parse()?;
            let value =
                if input.parse::<Option<Token![=]>>()?.is_some() { input.parse()? } else { syn::parse_quote!(#name) };
            given.push((name, value));
        }
        Ok(Self { dir, key, given })
    }
}

/// Expands `both!`: the text once for each language, with the language set while the values are evaluated.
pub(crate) fn expand_both(input: TokenStream) -> syn::Result<TokenStream> {
    let text = expand(input)?;
    Ok(quote! {
        ::cunshi_sdk::Text {
            zh: ::cunshi_sdk::lang::within(::cunshi_sdk::Lang::Zh, || #text),
            en: ::cunshi_sdk::lang::within(::cunshi_sdk::Lang::En, || #text),
        }
    })
}

/// Expands `t!`.
pub(crate) fn expand(input: TokenStream) -> syn::Result<TokenStream> {
    let Wanted { dir, key, given } = syn::parse2(input)?;
    let wrong = |message: String| syn::Error::new(key.span(), message);
    // What is wrong with the file, `plugin!` says once.
    let Ok(texts) = Texts::of_dir(Path::new(&dir.value())) else { return Ok(quote!(::std::string::String::new())) };
    let Some(entry) = texts.0.get(&key.value()) else {
        return Err(wrong(unknown(&texts, &key.value())));
    };
    let wants = arguments(&entry.zh);
    for (name, _) in &given {
        if !wants.contains(name.to_string().as_str()) {
            return Err(syn::Error::new(name.span(), format!("the text `{}` has no {{{name}}}", key.value())));
        }
    }
    if let Some(missing) = wants.iter().find(|want| !given.iter().any(|(name, _)| name == *want)) {
        return Err(wrong(format!("the text `{key}` has a {{{missing}}}: add `{missing} = …`", key = key.value())));
    }
    let names: Vec<Ident> =
        given.iter().map(|(name, _)| Ident::new(&format!("arg_{name}"), Span::mixed_site())).collect();
    let values = given.iter().map(|(_, value)| value);
    let (zh, en) = (fill(&entry.zh), fill(&entry.en));
    Ok(quote! {
        match (#(&#values,)*) {
            (#(#names,)*) => {
                let mut text = ::std::string::String::new();
                match ::cunshi_sdk::lang::current() {
                    ::cunshi_sdk::Lang::Zh => { #zh }
                    ::cunshi_sdk::Lang::En => { #en }
                }
                text
            }
        }
    })
}

fn fill(pieces: &[Piece]) -> TokenStream {
    let pushes = pieces.iter().map(|piece| match piece {
        Piece::Words(words) => quote!(text.push_str(#words);),
        Piece::Argument(name) => {
            let name = Ident::new(&format!("arg_{name}"), Span::mixed_site());
            quote!(::cunshi_sdk::lang::push(&mut text, #name);)
        }
    });
    quote!(#(#pushes)*)
}

fn unknown(texts: &Texts, key: &str) -> String {
    let near = texts.0.keys().map(|known| (distance(known, key), known)).min().filter(|(far, _)| *far <= 3);
    match near {
        Some((_, near)) => format!("texts.toml has no `{key}`: did you mean `{near}`?"),
        None => format!("texts.toml has no `{key}`: add `[\"{key}\"]` with `zh` and `en`"),
    }
}

/// How many letters to change from one key to another.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, to) in b.iter().enumerate() {
            let change = diagonal + usize::from(from != *to);
            diagonal = row[j + 1];
            row[j + 1] = change.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_of_writing_a_key_are_read() {
        let texts = Texts::read("[\"a.b\"]\nzh = \"甲{n}\"\nen = \"A {n}\"\n[c.d]\nzh = \"乙\"\nen = \"B\"\n").unwrap();
        assert_eq!(texts.0.keys().collect::<Vec<_>>(), ["a.b", "c.d"]);
        assert_eq!(texts.0["a.b"].zh, [Piece::Words("甲".to_owned()), Piece::Argument("n".to_owned())]);
    }

    #[test]
    fn a_mistake_is_named_with_its_line() {
        let wrong =
            Texts::read("[\"a\"]\nzh = \"甲\"\nen = \"A\"\n\n[\"b\"]\nzh = \"乙{n}\"\nen = \"B\"\n").unwrap_err();
        assert_eq!(wrong, ["texts.toml:5: `b`: {n} stands in one language only"]);
        let wrong = Texts::read("[\"a\"]\nzh = \"甲\"\n").unwrap_err();
        assert_eq!(wrong, ["texts.toml:1: `a`: `en = \"…\"` is missing"]);
    }

    #[test]
    fn a_slip_of_the_finger_is_seen() {
        let texts = Texts::read("[\"board.title\"]\nzh = \"甲\"\nen = \"A\"\n").unwrap();
        assert_eq!(unknown(&texts, "board.titel"), "texts.toml has no `board.titel`: did you mean `board.title`?");
    }
}
