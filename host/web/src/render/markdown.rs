//! Markdown as plugins may use it: paragraphs, lists, emphasis, tables. HTML is shown as text, pictures as
//! their description, links as their words followed by the address.

use maud::{Markup, PreEscaped};
use pulldown_cmark::{Alignment, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

/// Draws Markdown beneath a heading of `level` (so `#` becomes the next one).
pub fn markdown(source: &str, level: u8) -> Markup {
    let mut addresses: Vec<Option<CowStr<'_>>> = Vec::new();
    let mut words = String::new();
    let mut events = Vec::new();
    for event in Parser::new_ext(source, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Html(text) | Event::InlineHtml(text) => events.push(Event::Text(text)),
            Event::Start(Tag::HtmlBlock | Tag::Image { .. }) | Event::End(TagEnd::HtmlBlock | TagEnd::Image) => {}
            Event::Start(Tag::Link { dest_url, .. }) => {
                words.clear();
                addresses.push(Some(dest_url));
            }
            Event::End(TagEnd::Link) => {
                if let Some(Some(address)) = addresses.pop()
                    && *address != *words
                {
                    events.push(Event::Text(format!(" ({address})").into()));
                }
            }
            Event::Start(Tag::Heading { level: own, .. }) => events.push(Event::Start(Tag::Heading {
                level: deeper(own, level),
                id: None,
                classes: Vec::new(),
                attrs: Vec::new(),
            })),
            Event::End(TagEnd::Heading(own)) => events.push(Event::End(TagEnd::Heading(deeper(own, level)))),
            // Alignment would be written as an inline style, which the page's policy refuses.
            Event::Start(Tag::Table(columns)) => {
                events.push(Event::Html("<div class=\"scroll\" tabindex=\"0\">".into()));
                events.push(Event::Start(Tag::Table(vec![Alignment::None; columns.len()])));
            }
            Event::End(TagEnd::Table) => {
                events.push(Event::End(TagEnd::Table));
                events.push(Event::Html("</div>".into()));
            }
            Event::Start(Tag::CodeBlock(_)) => {
                events.push(Event::Start(Tag::CodeBlock(pulldown_cmark::CodeBlockKind::Indented)));
            }
            Event::Text(text) => {
                words.push_str(&text);
                events.push(Event::Text(text));
            }
            other => events.push(other),
        }
    }
    let mut out = String::new();
    html::push_html(&mut out, events.into_iter());
    PreEscaped(out)
}

fn deeper(own: HeadingLevel, level: u8) -> HeadingLevel {
    let number = usize::from(level) + own as usize;
    HeadingLevel::try_from(number.clamp(1, 6)).unwrap_or(HeadingLevel::H6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_and_pictures_are_text_and_links_say_where_they_lead() {
        let out = markdown(
            "# 通知\n\n<script>alert(1)</script>\n\n看 [这里](https://example.org/a?b) 和 ![树](x.png \"t\") <b>粗</b>",
            2,
        )
        .into_string();
        assert!(out.contains("<h3>通知</h3>"), "{out}");
        assert!(out.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "{out}");
        assert!(out.contains("这里 (https://example.org/a?b)"), "{out}");
        assert!(!out.contains("<img") && !out.contains("<a ") && !out.contains("<b>"), "{out}");
    }

    #[test]
    fn tables_carry_no_inline_style() {
        let out = markdown("| 项 | 数 |\n|:--|--:|\n| 甲 | 1 |\n", 2).into_string();
        assert!(out.contains("<table>") && out.contains("<td>甲</td>"), "{out}");
        assert!(!out.contains("style"), "{out}");
    }
}
