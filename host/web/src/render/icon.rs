//! The platform's icons: one set, drawn for 24 × 24 with a 2 px line in the colour of the text.
//!
//! To add one: a row in the table (and in the contract's `ICONS`, if manifests may name it). Icons always stand
//! beside words, so they are hidden from screen readers.

use maud::{Markup, PreEscaped, html};

const SET: [(&str, &str); 30] = [
    ("speak", r#"<path d="M4 5h16v11H9l-5 4z"/><path d="M12 8v5M9.5 10.5h5"/>"#),
    ("star", r#"<path d="M12 3l2.7 5.7 6.3.8-4.6 4.3 1.2 6.2-5.6-3.1L6.4 20l1.2-6.2L3 9.5l6.3-.8z"/>"#),
    ("notice", r#"<path d="M5 4h14v16H5zM8 9h8M8 13h8M8 17h5"/>"#),
    ("work", r#"<path d="M3 8h18v12H3zM9 8V5h6v3"/>"#),
    ("home", r#"<path d="M3 11l9-7 9 7v9H3z"/>"#),
    ("person", r#"<circle cx="12" cy="8" r="4"/><path d="M4 21c1-5 15-5 16 0"/>"#),
    (
        "phone",
        r#"<path d="M7 3.5l3 .5 1 4-2 1.7c1 2.3 2.8 4.2 5.2 5.3l1.8-2 4 1.2.5 3c0 1.8-1.3 2.8-3 2.8C10.5 20 4 13.5 4 6.5c0-1.7 1.2-3 3-3z"/>"#,
    ),
    ("diary", r#"<path d="M6 3h13v18H6zM6 7H3.5M6 12H3.5M6 17H3.5M10 8h5M10 12h5"/>"#),
    ("book", r#"<path d="M12 6c-2-2-5-2-8-2v14c3 0 6 0 8 2 2-2 5-2 8-2V4c-3 0-6 0-8 2zM12 6v14"/>"#),
    ("camera", r#"<path d="M3 7h4l2-3h6l2 3h4v13H3z"/><circle cx="12" cy="13" r="3.5"/>"#),
    ("shop", r#"<path d="M4 10v10h16V10M3 10l2-6h14l2 6zM9 20v-6h6v6"/>"#),
    ("check", r#"<path d="M4 13l5 5L20 6"/>"#),
    ("search", r#"<circle cx="11" cy="11" r="6"/><path d="M15.5 15.5L21 21"/>"#),
    ("calendar", r#"<path d="M4 5h16v15H4zM4 10h16M8 3v4M16 3v4"/>"#),
    (
        "people",
        r#"<circle cx="9" cy="8" r="3.5"/><path d="M2.5 20c1-5 12-5 13 0M16 5c3 .5 3 6 0 6.5M18 14.5c2 .7 3 2.5 3.5 5.5"/>"#,
    ),
    ("place", r#"<path d="M12 21c-5-6-7-8-7-11a7 7 0 0 1 14 0c0 3-2 5-7 11z"/><circle cx="12" cy="10" r="2.5"/>"#),
    // The host's own.
    ("todo", r#"<path d="M4 4h16v16H4zM8 12l3 3 5-6"/>"#),
    ("bell", r#"<path d="M6 17V11a6 6 0 0 1 12 0v6l2 2H4zM10 21.5h4"/>"#),
    ("type", r#"<path d="M3 19L9 5l6 14M5 15h8M15 19l3.5-8 3.5 8M16.2 16.5h4.6"/>"#),
    ("globe", r#"<circle cx="12" cy="12" r="9"/><path d="M3 12h18M12 3c4 5 4 13 0 18-4-5-4-13 0-18z"/>"#),
    ("back", r#"<path d="M15 5l-7 7 7 7"/>"#),
    ("next", r#"<path d="M9 5l7 7-7 7"/>"#),
    ("out", r#"<path d="M14 4h6v6M20 4l-9 9M17 14v6H4V7h6"/>"#),
    ("print", r#"<path d="M7 9V3h10v6M7 17H4V9h16v8h-3M7 14h10v7H7z"/>"#),
    ("file", r#"<path d="M6 3h8l4 4v14H6zM14 3v4h4"/>"#),
    ("alert", r#"<path d="M12 4l9 16H3zM12 10v4M12 17v.1"/>"#),
    ("town", r#"<path d="M4 21V9l8-5 8 5v12M2 21h20M9 21v-5h6v5M9 11h.1M15 11h.1"/>"#),
    ("picture", r#"<path d="M3 4h18v16H3zM3 17l5-5 4 4 3-3 6 5"/><circle cx="16" cy="9" r="1.5"/>"#),
    ("lock", r#"<path d="M5 11h14v10H5zM8 11V8a4 4 0 0 1 8 0v3M12 15v2"/>"#),
    ("exit", r#"<path d="M10 4H4v16h6M9 12h11M16 8l4 4-4 4"/>"#),
];

/// The icon of that name; an unknown name draws nothing.
pub fn icon(name: &str) -> Markup {
    html! {
        @if let Some((_, path)) = SET.iter().find(|(known, _)| *known == name) {
            svg.icon viewBox="0 0 24 24" aria-hidden="true" focusable="false" { (PreEscaped(*path)) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_icon_that_a_manifest_may_name_is_drawn() {
        for name in cunshi_contract::manifest::ICONS {
            assert!(icon(name).into_string().contains("<svg"), "{name} is missing");
        }
        assert_eq!(icon("nothing").into_string(), "");
    }
}
