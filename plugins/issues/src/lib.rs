//! 村民说事, the issue board: villagers say what is wrong, the office handles it in the open, villagers rate it.
//!
//! `plugin.toml` says what there is, `texts.toml` what it says; this file joins them to the code:
//!
//! - [`domain`]: what a case is and how it may move, pure;
//! - [`actions`]: what people do; [`jobs`], by the clock; [`events`], between village, town and district;
//! - [`pages`], [`queries`], [`todos`], [`measures`]: what people see; [`listing`] finds cases for them;
//! - [`words`]: how things are called in the reader's language.
//!
//! To add an action: declare it in `plugin.toml`, add its move to `domain`, its function to a file of
//! `actions`, and the line below that the compiler then asks for.

// First, so that `t!` is known in all that follows.
cunshi_sdk::plugin!();

pub mod actions;
pub mod domain;
pub mod events;
pub mod jobs;
pub mod listing;
pub mod measures;
pub mod messages;
pub mod pages;
pub mod queries;
pub mod todos;
pub mod words;

use cunshi_sdk::prelude::{Event, Measured, Micros, Outcome, Read, Result, Todo, Value, View, Write};

/// The plugin.
#[derive(Debug)]
pub struct Issues;

impl Plugin for Issues {
    fn board(cx: &Read, params: BoardParams) -> Result<View> {
        pages::board::board(cx, params)
    }

    fn case(cx: &Read, params: CaseParams) -> Result<View> {
        pages::case::case(cx, &params)
    }

    fn new(cx: &Read, params: NewParams) -> Result<View> {
        pages::new::new(cx, params)
    }

    fn receipt(cx: &Read, params: ReceiptParams) -> Result<View> {
        pages::receipt::receipt(cx, &params)
    }

    fn number(cx: &Read, params: NumberParams) -> Result<View> {
        pages::number::number(cx, params)
    }

    fn below(cx: &Read, params: BelowParams) -> Result<View> {
        pages::below::below(cx, params)
    }

    fn stats(cx: &Read, params: StatsParams) -> Result<View> {
        pages::stats::stats(cx, &params)
    }

    fn door(cx: &Read) -> Result<View> {
        Ok(pages::cards::door(cx))
    }

    fn home(cx: &Read) -> Result<View> {
        pages::cards::home(cx)
    }

    fn mine(cx: &Read) -> Result<View> {
        pages::cards::mine(cx)
    }

    fn cases(cx: &Read, params: CasesParams) -> Result<Value> {
        queries::cases(cx, params)
    }

    fn lookup(cx: &Read, params: LookupParams) -> Result<Value> {
        queries::lookup(cx, params)
    }

    fn similar(cx: &Read, params: SimilarParams) -> Result<Value> {
        queries::similar(cx, &params)
    }

    fn categories(_: &Read) -> Result<Value> {
        Ok(queries::categories())
    }

    fn report(cx: &mut Write, form: ReportForm) -> Result<Outcome> {
        actions::report::report(cx, form)
    }

    fn supplement(cx: &mut Write, form: SupplementForm) -> Result<Outcome> {
        actions::reporter::supplement(cx, form)
    }

    fn me_too(cx: &mut Write, form: MeTooForm) -> Result<Outcome> {
        actions::voices::me_too(cx, &form)
    }

    fn follow(cx: &mut Write, form: FollowForm) -> Result<Outcome> {
        actions::voices::follow(cx, &form)
    }

    fn unfollow(cx: &mut Write, form: UnfollowForm) -> Result<Outcome> {
        actions::voices::unfollow(cx, &form)
    }

    fn same(cx: &mut Write, form: SameForm) -> Result<Outcome> {
        actions::reporter::same(cx, &form)
    }

    fn rate(cx: &mut Write, form: RateForm) -> Result<Outcome> {
        actions::reporter::rate(cx, form)
    }

    fn reopen(cx: &mut Write, form: ReopenForm) -> Result<Outcome> {
        actions::reporter::reopen(cx, form)
    }

    fn accept(cx: &mut Write, form: AcceptForm) -> Result<Outcome> {
        actions::handle::accept(cx, form)
    }

    fn progress(cx: &mut Write, form: ProgressForm) -> Result<Outcome> {
        actions::handle::progress(cx, form)
    }

    fn answer(cx: &mut Write, form: AnswerForm) -> Result<Outcome> {
        actions::handle::answer(cx, form)
    }

    fn refer(cx: &mut Write, form: ReferForm) -> Result<Outcome> {
        actions::handle::refer(cx, &form)
    }

    fn extend(cx: &mut Write, form: ExtendForm) -> Result<Outcome> {
        actions::handle::extend(cx, form)
    }

    fn close(cx: &mut Write, form: CloseForm) -> Result<Outcome> {
        actions::settle::close(cx, form)
    }

    fn decline(cx: &mut Write, form: DeclineForm) -> Result<Outcome> {
        actions::settle::decline(cx, form)
    }

    fn merge(cx: &mut Write, form: MergeForm) -> Result<Outcome> {
        actions::settle::merge(cx, &form)
    }

    fn hide(cx: &mut Write, form: HideForm) -> Result<Outcome> {
        actions::handle::hide(cx, form)
    }

    fn note(cx: &mut Write, form: NoteForm) -> Result<Outcome> {
        actions::handle::note(cx, form)
    }

    fn hear_case_referred(cx: &mut Write, event: Event) -> Result<()> {
        events::hear::case_referred(cx, event)
    }

    fn hear_case_overdue(cx: &mut Write, event: Event) -> Result<()> {
        events::hear::case_overdue(cx, event)
    }

    fn hear_case_answered(cx: &mut Write, event: Event) -> Result<()> {
        events::hear::case_answered(cx, &event)
    }

    fn hear_case_moved(cx: &mut Write, event: Event) -> Result<()> {
        messages::case_moved(cx, &event)
    }

    fn raise_overdue(cx: &mut Write, cursor: Option<String>) -> Result<Option<String>> {
        jobs::raise_overdue(cx, cursor)
    }

    fn measure_registered(cx: &Read, from: Micros, to: Micros) -> Result<Measured> {
        measures::registered(cx, measures::Period { from, to })
    }

    fn measure_closed(cx: &Read, from: Micros, to: Micros) -> Result<Measured> {
        measures::closed(cx, measures::Period { from, to })
    }

    fn measure_closed_on_time(cx: &Read, from: Micros, to: Micros) -> Result<Measured> {
        measures::closed_on_time(cx, measures::Period { from, to })
    }

    fn measure_satisfied(cx: &Read, from: Micros, to: Micros) -> Result<Measured> {
        measures::satisfied(cx, measures::Period { from, to })
    }

    fn measure_open(cx: &Read, _: Micros, _: Micros) -> Result<Measured> {
        measures::open_now(cx)
    }

    fn measure_overdue_open(cx: &Read, _: Micros, _: Micros) -> Result<Measured> {
        measures::overdue_open(cx)
    }

    fn todos(cx: &Read) -> Result<Vec<Todo>> {
        todos::todos(cx)
    }
}

export!(Issues);
