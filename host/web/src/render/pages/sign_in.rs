//! The sign-in page.

use maud::{Markup, html};

use crate::render::layout::{Place, Shell, document, office_call};
use crate::render::{RenderContext, addresses};

/// What the sign-in page keeps and says.
#[derive(Clone, Debug, Default)]
pub struct SignIn {
    /// The telephone as it was typed.
    pub phone: String,
    /// Where to go afterwards.
    pub next: String,
    /// Why the last attempt failed, as a sentence.
    pub error: Option<String>,
}

/// The sign-in page: fields `phone`, `password`, hidden `next`.
pub fn sign_in(cx: &RenderContext<'_>, sign_in: &SignIn) -> Markup {
    let words = cx.words();
    let wrong = sign_in.error.is_some();
    // The eye goes to what is to be typed next: the password, once a number was given.
    let again = wrong && !sign_in.phone.is_empty();
    let body = html! {
        section.card.narrow {
            form.ask method="post" action=(addresses::sign_in(cx.code())) data-busy=(words.sending) {
                @if let Some(error) = &sign_in.error {
                    p.alert.late role="alert" { span.mark aria-hidden="true" { "!" } span { (error) } }
                }
                p.hint { (words.sign_in_intro) }
                input type="hidden" name="next" value=(sign_in.next);
                div.field.wrong[wrong] {
                    label for="phone" { (words.phone) }
                    p.hint #phone-hint { (words.phone_hint) }
                    input #phone type="tel" name="phone" value=(sign_in.phone) autocomplete="username" inputmode="tel"
                        required aria-describedby="phone-hint" aria-invalid=[wrong.then_some("true")]
                        autofocus[wrong && !again];
                }
                div.field.wrong[wrong] {
                    label for="password" { (words.password) }
                    input #password type="password" name="password" autocomplete="current-password" required
                        aria-describedby="password-hint" aria-invalid=[wrong.then_some("true")] autofocus[again];
                    p.hint #password-hint { (words.password_hint) }
                }
                button.button.do type="submit" { (words.sign_in) }
            }
            p.hint { (words.sign_in_help) }
            (office_call(cx))
        }
    };
    let crumbs = match &cx.space {
        Some(space) => vec![(addresses::home(cx.code()), space.name.clone())],
        None => vec![(addresses::PORTAL.to_owned(), words.platform.to_owned())],
    };
    document(cx, &Shell { title: words.sign_in, crumbs, place: Place::Mine, body: Some(body), ..Shell::default() })
}
