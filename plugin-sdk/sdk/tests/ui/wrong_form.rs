//! A method whose form is another type.

cunshi_sdk::plugin!("wrong_form");

use cunshi_sdk::prelude::*;

struct Hello;

impl Plugin for Hello {
    fn book(_cx: &Read) -> Result<View> {
        Ok(view::page(t!("book.title")))
    }

    fn sign(_cx: &mut Write, _form: String) -> Result<Outcome> {
        Ok(Outcome::done())
    }
}

export!(Hello);

fn main() {}
