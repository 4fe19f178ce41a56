//! Photos and files. What was stored before a form was refused is offered again, ticked.

use maud::{Markup, html};

use super::field::{Ask, group, has_hint};
use crate::render::icon::icon;
use crate::render::{RenderContext, addresses};

/// Two ways to a photo, one name: the camera (phones only), and the album.
pub(crate) fn photos(cx: &RenderContext<'_>, ask: &Ask<'_>) -> Markup {
    let words = cx.words();
    let controls = html! {
        (kept(cx, ask, true))
        div.uploads data-chosen=(words.photos_chosen) {
            label.upload.camera {
                span { (icon("camera")) (words.take_photo) }
                input type="file" name=(ask.field.name) accept="image/*" capture="environment" multiple
                    id={ (ask.id) "-camera" };
            }
            label.upload {
                span { (icon("picture")) (words.from_album) }
                input #(ask.id) type="file" name=(ask.field.name) accept="image/*" multiple autofocus[ask.focus]
                    aria-describedby=[ask.described_by(has_hint(ask))];
            }
        }
    };
    group(cx, ask, &controls)
}

pub(crate) fn files(cx: &RenderContext<'_>, ask: &Ask<'_>) -> Markup {
    let words = cx.words();
    let controls = html! {
        (kept(cx, ask, false))
        div.uploads data-chosen=(words.photos_chosen) {
            label.upload {
                span { (icon("file")) (words.choose_files) }
                input #(ask.id) type="file" name=(ask.field.name) multiple autofocus[ask.focus]
                    aria-describedby=[ask.described_by(has_hint(ask))];
            }
        }
    };
    group(cx, ask, &controls)
}

fn kept(cx: &RenderContext<'_>, ask: &Ask<'_>, pictures: bool) -> Markup {
    let ids = ask.texts();
    html! {
        @if !ids.is_empty() {
            p.hint { (cx.words().kept_files) }
            div.picks.kept {
                @for id in &ids {
                    label.pick {
                        input type="checkbox" name=(ask.field.name) value=(id) checked;
                        @if pictures {
                            img src=(addresses::small_file(cx.code(), id)) alt=(cx.words().photo) width="96" height="72";
                        }
                        span {
                            @match cx.files.get(id) {
                                Some(file) => (file.name),
                                None => (cx.words().keep),
                            }
                        }
                    }
                }
            }
        }
    }
}
