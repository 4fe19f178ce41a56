//! A key that manifests do not have.

cunshi_sdk::plugin!("unknown_key");

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
