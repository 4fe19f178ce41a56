//! 招聘, work near home: postings with pay and contact, sign-ups that stay private.
//!
//! `plugin.toml` says what there is, `texts.toml` what it says; this file joins them to the code:
//!
//! - [`domain`]: what a posting and a sign-up are and how they may move, pure;
//! - [`actions`]: what people do; [`jobs`], by the clock; [`events`], between village, town and district;
//! - [`pages`], [`queries`], [`todos`], [`measures`]: what people see; [`listing`] finds postings for them;
//! - [`words`]: how things are called in the reader's language.
//!
//! To add an action: declare it in `plugin.toml`, add its move to `domain`, its function to a file of `actions`, and the
//! line below that the compiler then asks for.

// First, so that `t!` is known in all that follows.
cunshi_sdk::plugin!();

pub mod actions;
pub mod domain;
pub mod events;
pub mod jobs;
pub mod listing;
pub mod measures;
pub mod pages;
pub mod queries;
pub mod todos;
pub mod words;

use cunshi_sdk::prelude::{Event, Measured, Micros, Outcome, Read, Result, Todo, Value, View, Write};

/// The plugin.
#[derive(Debug)]
pub struct Jobs;

impl Plugin for Jobs {
    fn board(cx: &Read, params: BoardParams) -> Result<View> {
        pages::board::board(cx, params)
    }

    fn posting(cx: &Read, params: PostingParams) -> Result<View> {
        pages::posting::posting(cx, params)
    }

    fn new(cx: &Read) -> Result<View> {
        pages::edit::new(cx)
    }

    fn change(cx: &Read, params: ChangeParams) -> Result<View> {
        pages::edit::change(cx, &params)
    }

    fn signup(cx: &Read, params: SignupParams) -> Result<View> {
        pages::signup::signup(cx, &params)
    }

    fn applied(cx: &Read, params: AppliedParams) -> Result<View> {
        pages::applied::applied(cx, params)
    }

    fn desk(cx: &Read) -> Result<View> {
        pages::desk::desk(cx)
    }

    fn waiting(cx: &Read, params: WaitingParams) -> Result<View> {
        pages::desk::waiting(cx, params)
    }

    fn door(cx: &Read) -> Result<View> {
        pages::cards::door(cx)
    }

    fn home(cx: &Read) -> Result<View> {
        pages::cards::home(cx)
    }

    fn mine(cx: &Read) -> Result<View> {
        pages::cards::mine(cx)
    }

    fn jobs(cx: &Read, params: JobsParams) -> Result<Value> {
        queries::jobs(cx, params)
    }

    fn job(cx: &Read, params: JobParams) -> Result<Value> {
        queries::job(cx, &params)
    }

    fn trades(_: &Read) -> Result<Value> {
        Ok(queries::trades())
    }

    fn my_signups(cx: &Read, params: MySignupsParams) -> Result<Value> {
        queries::my_signups(cx, params)
    }

    fn signups(cx: &Read, params: SignupsParams) -> Result<Value> {
        queries::signups(cx, params)
    }

    fn propose(cx: &mut Write, form: ProposeForm) -> Result<Outcome> {
        actions::post::propose(cx, form)
    }

    fn post(cx: &mut Write, form: PostForm) -> Result<Outcome> {
        actions::post::post(cx, form)
    }

    fn edit(cx: &mut Write, form: EditForm) -> Result<Outcome> {
        actions::post::edit(cx, form)
    }

    fn publish(cx: &mut Write, form: PublishForm) -> Result<Outcome> {
        actions::course::publish(cx, &form)
    }

    fn decline(cx: &mut Write, form: DeclineForm) -> Result<Outcome> {
        actions::course::decline(cx, form)
    }

    fn discard(cx: &mut Write, form: DiscardForm) -> Result<Outcome> {
        actions::course::discard(cx, &form)
    }

    fn close(cx: &mut Write, form: CloseForm) -> Result<Outcome> {
        actions::course::close(cx, &form)
    }

    fn reopen(cx: &mut Write, form: ReopenForm) -> Result<Outcome> {
        actions::course::reopen(cx, &form)
    }

    fn confirm(cx: &mut Write, form: ConfirmForm) -> Result<Outcome> {
        actions::course::confirm(cx, &form)
    }

    fn locate(cx: &mut Write, form: LocateForm) -> Result<Outcome> {
        actions::course::locate(cx, &form)
    }

    fn report(cx: &mut Write, form: ReportForm) -> Result<Outcome> {
        actions::doubts::report(cx, form)
    }

    fn judge(cx: &mut Write, form: JudgeForm) -> Result<Outcome> {
        actions::doubts::judge(cx, &form)
    }

    fn sign_up(cx: &mut Write, form: SignUpForm) -> Result<Outcome> {
        actions::signups::sign_up(cx, form)
    }

    fn sign_up_other(cx: &mut Write, form: SignUpOtherForm) -> Result<Outcome> {
        actions::signups::sign_up_other(cx, form)
    }

    fn withdraw(cx: &mut Write, form: WithdrawForm) -> Result<Outcome> {
        actions::signups::withdraw(cx, &form)
    }

    fn answer(cx: &mut Write, form: AnswerForm) -> Result<Outcome> {
        actions::signups::answer(cx, form)
    }

    fn hear_posting_changed(cx: &mut Write, event: Event) -> Result<()> {
        events::postings::changed(cx, &event)
    }

    fn hear_signed_up(cx: &mut Write, event: Event) -> Result<()> {
        events::signups::signed_up(cx, event)
    }

    fn hear_signup_answered(cx: &mut Write, event: Event) -> Result<()> {
        events::signups::answered(cx, &event)
    }

    fn hear_posting_doubted(cx: &mut Write, event: Event) -> Result<()> {
        events::postings::doubted(cx, &event)
    }

    fn hear_signup_changed(cx: &mut Write, event: Event) -> Result<()> {
        events::leads::changed(cx, &event)
    }

    fn hear_posting_hidden(cx: &mut Write, event: Event) -> Result<()> {
        events::leads::hidden(cx, &event)
    }

    fn close_expired(cx: &mut Write, _: Option<String>) -> Result<Option<String>> {
        jobs::close_expired(cx)
    }

    fn measure_open(cx: &Read, _: Micros, _: Micros) -> Result<Measured> {
        measures::open(cx)
    }

    fn measure_signups(cx: &Read, from: Micros, to: Micros) -> Result<Measured> {
        measures::signups(cx, from, to)
    }

    fn measure_hired(cx: &Read, from: Micros, to: Micros) -> Result<Measured> {
        measures::hired(cx, from, to)
    }

    fn measure_filled(cx: &Read, from: Micros, to: Micros) -> Result<Measured> {
        measures::filled(cx, from, to)
    }

    fn todos(cx: &Read) -> Result<Vec<Todo>> {
        todos::todos(cx)
    }
}

export!(Jobs);
