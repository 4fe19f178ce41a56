//! An index over a field that the document does not have, and a collection that is not declared.

cunshi_sdk::plugin!("document_field");

use cunshi_sdk::prelude::*;

#[document("entry")]
struct Entry {
    words: String,
}

#[document("page")]
struct Page {
    words: String,
}

fn main() {}
