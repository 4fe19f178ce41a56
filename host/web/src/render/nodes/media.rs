//! Pictures and files. A picture is shown small and leads to the large one.

use maud::{Markup, html};

use crate::render::icon::icon;
use crate::render::{RenderContext, addresses, say};

/// What a small picture measures where its own size is not known: the longer side of the host's small form.
const SMALL: (u32, u32) = (480, 360);

pub(crate) fn images(cx: &RenderContext<'_>, files: &[String], caption: Option<&str>) -> Markup {
    html! {
        figure.pictures {
            (strip(cx, files, caption.unwrap_or(cx.words().photo)))
            @if let Some(caption) = caption { figcaption.meta { (caption) } }
        }
    }
}

pub(crate) fn before_after(cx: &RenderContext<'_>, before: &[String], after: &[String]) -> Markup {
    let words = cx.words();
    html! {
        div.compare {
            @for (name, files) in [(words.before, before), (words.after, after)] {
                @if !files.is_empty() {
                    figure.pictures { (strip(cx, files, name)) figcaption { (name) } }
                }
            }
        }
    }
}

/// Pictures side by side; `what` is the description of each.
pub(crate) fn strip(cx: &RenderContext<'_>, files: &[String], what: &str) -> Markup {
    html! {
        div.strip {
            @for (index, id) in files.iter().enumerate() {
                a href=(addresses::file(cx.code(), id)) {
                    (picture(cx, id, &say::picture(cx.lang, what, index + 1, files.len())))
                }
            }
        }
    }
}

/// The picture of a row: the row's own words say what it is.
pub(crate) fn thumbnail(cx: &RenderContext<'_>, id: &str) -> Markup {
    html! { span.thumb { (picture(cx, id, "")) } }
}

fn picture(cx: &RenderContext<'_>, id: &str, alt: &str) -> Markup {
    let pixels = cx.files.get(id).and_then(|file| file.width.zip(file.height));
    let (width, height) = pixels.filter(|(w, h)| *w > 0 && *h > 0).unwrap_or(SMALL);
    html! {
        img src=(addresses::small_file(cx.code(), id)) alt=(alt) width=(width) height=(height) loading="lazy"
            decoding="async";
    }
}

pub(crate) fn files(cx: &RenderContext<'_>, files: &[String]) -> Markup {
    html! {
        ul.files {
            @for (index, id) in files.iter().enumerate() {
                @let known = cx.files.get(id);
                li {
                    a href=(addresses::file(cx.code(), id)) {
                        (icon("file"))
                        @match known {
                            Some(file) => span { (file.name) },
                            None => span { (cx.words().file) " " (index + 1) },
                        }
                    }
                    @if let Some(file) = known { span.meta { (say::size(file.bytes)) } }
                }
            }
        }
    }
}
