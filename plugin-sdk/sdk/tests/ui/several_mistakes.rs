//! Mistakes in plugin.toml and texts.toml are all told, each with its line.

cunshi_sdk::plugin!("several_mistakes");

use cunshi_sdk::prelude::*;

struct Hello;

impl Plugin for Hello {
    fn book(_cx: &Read) -> Result<View> {
        Ok(view::page(t!("book.title")))
    }

    fn sign(_cx: &mut Write, _form: SignForm) -> Result<Outcome> {
        Ok(Outcome::done())
    }
}

export!(Hello);

fn main() {}
