//! What the stylesheet and the pages promise: contrast, weight, targets.

use std::collections::HashMap;

use cunshi_contract::Lang;

use super::gallery::pages;
use crate::assets;

/// Text and what it stands on: each pair needs a contrast of 4.5:1 (WCAG 2.2 AA).
const PAIRS: [(&str, &str); 22] = [
    ("ink", "paper"),
    ("ink", "card"),
    ("ink", "input"),
    ("ink-2", "paper"),
    ("ink-2", "card"),
    ("green", "paper"),
    ("green", "card"),
    ("green", "green-soft"),
    ("amber", "paper"),
    ("amber", "card"),
    ("amber", "amber-soft"),
    ("red", "paper"),
    ("red", "card"),
    ("red", "red-soft"),
    ("blue", "card"),
    ("blue", "blue-soft"),
    ("on-fill", "fill"),
    ("on-fill", "fill-2"),
    ("ink", "green-soft"),
    ("ink", "amber-soft"),
    ("star", "card"),
    ("card", "red"),
];

fn stylesheet() -> &'static str {
    std::str::from_utf8(assets::find(assets::stylesheet()).unwrap().bytes).unwrap()
}

/// The colours of the light scheme, and of the dark one over them.
fn schemes() -> [(&'static str, HashMap<&'static str, f64>); 2] {
    let css = stylesheet();
    let (light, rest) = css.split_once("@media (prefers-color-scheme: dark)").unwrap();
    let (dark, _) = rest.split_once("* { box-sizing").unwrap();
    let light = colours(light);
    let mut both = light.clone();
    both.extend(colours(dark));
    [("light", light), ("dark", both)]
}

fn colours(css: &'static str) -> HashMap<&'static str, f64> {
    css.split("--")
        .filter_map(|part| {
            let (name, rest) = part.split_once(": #")?;
            Some((name, luminance(rest.get(..6)?)?))
        })
        .collect()
}

/// Relative luminance of `rrggbb`.
fn luminance(hex: &str) -> Option<f64> {
    let channel = |at: usize| {
        let value = f64::from(u8::from_str_radix(hex.get(at..at + 2)?, 16).ok()?) / 255.0;
        Some(if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) })
    };
    Some(0.2126 * channel(0)? + 0.7152 * channel(2)? + 0.0722 * channel(4)?)
}

#[test]
fn every_text_can_be_read_in_both_schemes() {
    for (scheme, colours) in schemes() {
        for (text, ground) in PAIRS {
            let (a, b) = (colours[text], colours[ground]);
            let contrast = (a.max(b) + 0.05) / (a.min(b) + 0.05);
            assert!(contrast >= 4.5, "{scheme}: {text} on {ground} has {contrast:.2}:1");
        }
        let (edge, ground) = (colours["edge"], colours["card"]);
        assert!((edge.max(ground) + 0.05) / (edge.min(ground) + 0.05) >= 3.0, "{scheme}: the edge of a field");
    }
}

#[test]
fn a_villagers_page_is_light() {
    // Before compression, so that the promise of 60 KB compressed holds with much room for the village's own words.
    let shared: usize = [assets::stylesheet(), assets::script(), assets::icon()]
        .iter()
        .map(|path| assets::find(path).unwrap().bytes.len())
        .sum();
    for (name, page) in pages(Lang::Zh) {
        let whole = shared + page.into_string().len();
        assert!(name == "overview" || whole < 60_000, "{name} weighs {whole} bytes");
    }
}

#[test]
fn the_stylesheet_is_plain() {
    let css = stylesheet();
    for never in ["gradient", "@import", "url(", "@font-face", "animation:"] {
        assert!(!css.contains(never), "{never}");
    }
    assert_eq!(css.matches('{').count(), css.matches('}').count());
    for needed in [
        "prefers-color-scheme: dark",
        "prefers-reduced-motion",
        "@media print",
        "--touch: 44px",
        "--touch: 60px",
        ":focus-visible",
    ] {
        assert!(css.contains(needed), "{needed}");
    }
}
