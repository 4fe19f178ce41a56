//! The reader's own page: their cards, their roles, and how the platform looks to them.

use std::cell::Cell;

use cunshi_model::Role;
use maud::{Markup, html};

use super::Card;
use super::home::draw;
use crate::render::icon::icon;
use crate::render::layout::{Place, Shell, document, other, preference};
use crate::render::{Opt, RenderContext, addresses};

/// What the page shows besides the context.
#[derive(Default)]
pub struct Mine<'a> {
    /// Cards of plugins with `slot = "mine"`.
    pub cards: Vec<Card<'a>>,
    /// Other spaces of the reader: address and name.
    pub spaces: Vec<(String, String)>,
    /// How urgent messages may come besides, and which way counts; none where there is nothing to choose.
    pub letters: Vec<(Opt, bool)>,
}

/// The reader's own page.
pub fn mine(cx: &RenderContext<'_>, mine: &Mine<'_>) -> Markup {
    let words = cx.words();
    let forms = Cell::new(0);
    let body = html! {
        div.two {
            div.column {
                @for card in &mine.cards { (draw(cx, card, &forms)) }
                @if !mine.spaces.is_empty() {
                    section.card {
                        header { h2 { (words.my_spaces) } }
                        ul.list { @for (href, name) in &mine.spaces { li { span.title { a href=(href) { (name) } } } } }
                    }
                }
                (more_pages(cx))
            }
            div.column.beside {
                section.card {
                    header { h2 { (words.my_roles) } }
                    p.tags { @for role in cx.roles.iter() { span.tag.done { (role_word(cx, role)) } " " } }
                    @if let Some(space) = &cx.space { p.meta { (space.name) } }
                }
                (letters(cx, &mine.letters))
                section.card {
                    header { h2 { (words.settings) } }
                    (preference(cx, "elder", if cx.elder { "off" } else { "on" }, &html! {
                        button.button.alt type="submit" {
                            (icon("type")) (if cx.elder { words.elder_off } else { words.elder_on })
                        }
                    }))
                    (preference(cx, "lang", other(cx.lang).code(), &html! {
                        button.button.alt type="submit" lang=(other(cx.lang).tag()) {
                            (icon("globe")) (words.other_language)
                        }
                    }))
                    (password(cx))
                    form method="post" action=(addresses::sign_out(cx.code())) data-leave {
                        button.button.alt type="submit" { (icon("exit")) (words.sign_out) }
                    }
                }
            }
        }
    };
    let crumbs = cx.space.iter().map(|space| (addresses::home(cx.code()), space.name.clone())).collect();
    document(
        cx,
        &Shell {
            title: cx.person.as_ref().map_or(words.mine, |person| person.name.as_str()),
            crumbs,
            place: Place::Mine,
            body: Some(body),
            ..Shell::default()
        },
    )
}

/// How urgent messages come besides.
fn letters(cx: &RenderContext<'_>, choices: &[(Opt, bool)]) -> Markup {
    let words = cx.words();
    html! {
        @if !choices.is_empty() {
            section.card #letters {
                form.ask method="post" action=(addresses::letters(cx.code())) data-busy=(words.sending) {
                    fieldset.field {
                        legend { (words.letters) }
                        p.hint { (words.letters_hint) }
                        div.picks {
                            @for (choice, chosen) in choices {
                                label.pick {
                                    input type="radio" name="channel" value=(choice.value) checked[*chosen] required;
                                    span { (choice.label) }
                                }
                            }
                        }
                    }
                    button.button.alt type="submit" { (words.save) }
                }
            }
        }
    }
}

/// A new password, folded away.
fn password(cx: &RenderContext<'_>) -> Markup {
    let words = cx.words();
    html! {
        details.fold {
            summary.button.alt { (icon("lock")) (words.change_password) }
            form.ask method="post" action=(addresses::new_password(cx.code())) data-busy=(words.sending) {
                div.field {
                    label for="password" { (words.present_password) }
                    input #password type="password" name="password" autocomplete="current-password" required;
                }
                div.field {
                    label for="new" { (words.new_password) }
                    p.hint #new-hint { (words.new_password_hint) }
                    input #new type="password" name="new" autocomplete="new-password" required minlength="8"
                        aria-describedby="new-hint";
                }
                button.button.do type="submit" { (words.save) }
            }
        }
    }
}

/// Every entry of the navigation, because a phone's bar has room for few.
fn more_pages(cx: &RenderContext<'_>) -> Markup {
    html! {
        @if !cx.nav.is_empty() {
            section.card {
                header { h2 { (cx.words().more) } }
                ul.list { @for entry in &cx.nav { li { span.title { a href=(entry.href) { (entry.label) } } } } }
            }
        }
    }
}

fn role_word(cx: &RenderContext<'_>, role: Role) -> &'static str {
    let words = cx.words();
    match role {
        Role::Member => words.role_member,
        Role::Cadre => words.role_cadre,
        Role::Supervisor => words.role_supervisor,
        Role::Admin => words.role_admin,
        Role::Officer => words.role_officer,
    }
}
