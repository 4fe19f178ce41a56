//! The host's own addresses, in one place: pages link to them, the router answers them.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

const KEEP: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// The district's portal; `?q=` searches it.
pub const PORTAL: &str = "/";
/// `POST`: fields `lang` (`zh`, `en`) or `elder` (`on`, `off`), and `back`.
pub const PREFERENCES: &str = "/preferences";

/// A space's home.
pub fn home(code: &str) -> String {
    format!("/v/{code}")
}

/// The sign-in page of a space (`GET`, and `POST` with `phone`, `password`, `next`); without a space the district's.
pub fn sign_in(code: &str) -> String {
    below(code, "sign-in")
}

/// The sign-in page with the way back.
pub fn sign_in_then(code: &str, next: &str) -> String {
    format!("{}?next={}", sign_in(code), encode(next))
}

/// `POST`: closes the session.
pub fn sign_out(code: &str) -> String {
    below(code, "sign-out")
}

/// The reader's own page.
pub fn mine(code: &str) -> String {
    below(code, "me")
}

/// `POST`: a new password; fields `password` (the present one) and `new`.
pub fn new_password(code: &str) -> String {
    below(code, "me/password")
}

/// The reader's to-do list.
pub fn todos(code: &str) -> String {
    below(code, "me/todos")
}

/// The reader's inbox.
pub fn messages(code: &str) -> String {
    below(code, "me/messages")
}

/// One message: marks it as read and goes where it leads.
pub fn message(code: &str, id: &str) -> String {
    below(code, &format!("me/messages/{}", encode(id)))
}

/// `POST`: all messages are read.
pub fn read_messages(code: &str) -> String {
    below(code, "me/messages/read-all")
}

/// `POST`: how urgent messages come besides; field `channel`.
pub fn letters(code: &str) -> String {
    below(code, "me/letters")
}

/// The page between the platform and an address outside.
pub fn outside(code: &str, url: &str) -> String {
    format!("{}?url={}", below(code, "home/outside"), encode(url))
}

/// A file as it is stored.
pub fn file(code: &str, id: &str) -> String {
    below(code, &format!("files/{}", encode(id)))
}

/// An image, small.
pub fn small_file(code: &str, id: &str) -> String {
    format!("{}/small", file(code, id))
}

/// A decision of a rule, for whom it is about.
pub fn decision(code: &str, id: &str) -> String {
    below(code, &format!("decisions/{}", encode(id)))
}

/// A plugin's first page.
pub fn plugin(code: &str, plugin: &str) -> String {
    below(code, &encode(plugin))
}

/// `POST`: an action.
pub fn action(code: &str, plugin: &str, action: &str) -> String {
    below(code, &format!("{}/a/{}", encode(plugin), encode(action)))
}

fn below(code: &str, rest: &str) -> String {
    if code.is_empty() { format!("/{rest}") } else { format!("/v/{code}/{rest}") }
}

/// A text as one path segment or one value of a query string.
pub fn encode(text: &str) -> String {
    utf8_percent_encode(text, KEEP).to_string()
}
