//! The manifest declares an action that the type does not have.

cunshi_sdk::plugin!("missing_method");

use cunshi_sdk::prelude::*;

struct Hello;

impl Plugin for Hello {
    fn book(_cx: &Read) -> Result<View> {
        Ok(view::page(t!("book.title")))
    }
}

export!(Hello);

fn main() {}
