//! A text that texts.toml does not have.

cunshi_sdk::plugin!("unknown_text");

use cunshi_sdk::prelude::*;

struct Hello;

impl Plugin for Hello {
    fn book(_cx: &Read) -> Result<View> {
        Ok(view::page(t!("book.titel")))
    }

    fn sign(_cx: &mut Write, _form: SignForm) -> Result<Outcome> {
        Ok(Outcome::done())
    }
}

export!(Hello);

fn main() {}
