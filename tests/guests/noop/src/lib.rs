//! The smallest plugin: one page, one action that does nothing, one that inserts a document and sends an event, and
//! one that panics.

cunshi_sdk::plugin!();

use cunshi_sdk::prelude::*;

#[document("line")]
struct Line {
    words: String,
    at: Micros,
}

struct Noop;

impl Plugin for Noop {
    fn noop(_cx: &Read) -> Result<View> {
        Ok(view::page("noop"))
    }

    fn nothing(_cx: &mut Write) -> Result<Outcome> {
        Ok(Outcome::done())
    }

    fn write(cx: &mut Write, form: WriteForm) -> Result<Outcome> {
        let line = cx.insert(&Line { words: form.words.unwrap_or_default(), at: cx.now() })?;
        cx.send(Send::new("noop.written/1", &line.id).payload(json!({ "words": line.words })))?;
        Ok(Outcome::done().about(line.id))
    }

    fn panic(_cx: &mut Write) -> Result<Outcome> {
        panic!("this action panics, as its name says")
    }
}

export!(Noop);
