//! A text whose value is not given.

cunshi_sdk::plugin!("missing_argument");

use cunshi_sdk::prelude::*;

struct Hello;

impl Plugin for Hello {
    fn book(_cx: &Read) -> Result<View> {
        Ok(view::page(t!("book.count", village = "天府社区")))
    }

    fn sign(_cx: &mut Write, _form: SignForm) -> Result<Outcome> {
        Ok(Outcome::done())
    }
}

export!(Hello);

fn main() {}
