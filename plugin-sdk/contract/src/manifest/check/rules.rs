//! Decision points: their names, entries, shapes and files.

use super::{Found, Manifest, Place, fields, is_file, is_name};
use crate::FieldKind;
use crate::rule::Hook;

pub(super) fn check(manifest: &Manifest, found: &mut Found) {
    let root = Place::root().key("rule");
    for (nth, hook) in manifest.rules.iter().enumerate() {
        let at = root.nth(nth);
        name(manifest, hook, &at, found);
        found.text(&at.key("title"), &hook.title);
        if let Some(summary) = &hook.summary {
            found.text(&at.key("summary"), summary);
        }
        entry(hook, &at, found);
        shapes(manifest, hook, &at, found);
        files(hook, &at, found);
    }
    found.once(&root, manifest.rules.iter().map(|hook| hook.name.clone()));
}

fn name(manifest: &Manifest, hook: &Hook, at: &Place, found: &mut Found) {
    let own = hook.name.strip_prefix(&manifest.name).and_then(|rest| rest.strip_prefix('.'));
    if !own.is_some_and(|word| is_name(word, '-', 40)) {
        found.add(
            &at.key("name"),
            format!(
                "`{}` is not a decision point of this plugin: write its name, a dot, and words joined by `-`, such as `{}.award`",
                hook.name, manifest.name
            ),
        );
    }
}

fn entry(hook: &Hook, at: &Place, found: &mut Found) {
    let (function, parameter) = (hook.function(), hook.parameter());
    let good = is_name(function, '_', 40)
        && is_name(parameter, '_', 40)
        && hook.entry.split_whitespace().collect::<String>() == format!("{function}({parameter})");
    if !good {
        found.add(
            &at.key("entry"),
            format!(
                "`{}` is not an entry: write the script's function with its one parameter, such as `award(deed)`",
                hook.entry
            ),
        );
    }
}

fn shapes(manifest: &Manifest, hook: &Hook, at: &Place, found: &mut Found) {
    for (key, list) in [("input", &hook.input), ("output", &hook.output), ("table", &hook.table)] {
        fields::of_rule(manifest, list, &at.key(key), found);
    }
    if hook.output.is_empty() {
        found.add(at, format!("`{}` decides nothing: say under `output` what the script answers", hook.name));
    }
    if let Some(first) = hook.table.first()
        && !(first.required && matches!(first.kind, FieldKind::Text | FieldKind::Choice))
    {
        found.add(
            &at.key("table").nth(0),
            format!(
                "the first column is the key of `row(key)`: give `{}` the kind text or choice, and `required = true`",
                first.name
            ),
        );
    }
    if hook.rows.is_some() && hook.table.is_empty() {
        found.add(&at.key("rows"), "there are rows without columns: say under `table` what a row holds");
    }
}

fn files(hook: &Hook, at: &Place, found: &mut Found) {
    let files = [("default", Some(&hook.default)), ("rows", hook.rows.as_ref()), ("cases", hook.cases.as_ref())];
    for (key, path) in files.into_iter().filter_map(|(key, path)| Some((key, path?))) {
        let ending = if key == "default" { ".rhai" } else { ".toml" };
        if !is_file(path, ending) {
            found.add(
                &at.key(key),
                format!("`{path}` is not a file of this plugin: write a path beside plugin.toml that ends with `{ending}`, such as `rules/award{ending}`"),
            );
        }
    }
}
