//! 通知, notices: what village, town and district make known, for whom it is, and who has read it.
//!
//! `plugin.toml` says what there is, `texts.toml` what it says; this file joins them to the code:
//!
//! - [`domain`]: what a notice is and how it may move, pure;
//! - [`reader`]: who reads, and the one gate through which notices reach them; [`listing`] finds notices by it;
//! - [`actions`]: what people do; [`jobs`], by the clock; [`events`], between district, town and village;
//! - [`crowd`]: those for whom a notice is, and who of them has read it; [`messages`]: what they are told;
//! - [`pages`], [`queries`], [`todos`], [`measures`]: what people see;
//! - [`words`]: how things are called in the reader's language.
//!
//! To add an action: declare it in `plugin.toml`, add its move to `domain`, its function to a file of
//! `actions`, and the line below that the compiler then asks for.

// First, so that `t!` is known in all that follows.
cunshi_sdk::plugin!();

pub mod actions;
pub mod crowd;
pub mod domain;
pub mod events;
pub mod jobs;
pub mod listing;
pub mod measures;
pub mod messages;
pub mod pages;
pub mod queries;
pub mod reader;
pub mod todos;
pub mod words;

use cunshi_sdk::prelude::{Event, Measured, Micros, Outcome, Read, Result, Todo, Value, View, Write};

/// The plugin.
#[derive(Debug)]
pub struct Notices;

impl Plugin for Notices {
    fn board(cx: &Read, params: BoardParams) -> Result<View> {
        pages::board::board(cx, params)
    }

    fn show(cx: &Read, params: ShowParams) -> Result<View> {
        pages::show::show(cx, &params)
    }

    fn new(cx: &Read) -> Result<View> {
        Ok(pages::write::new(cx))
    }

    fn change(cx: &Read, params: ChangeParams) -> Result<View> {
        pages::write::change(cx, &params)
    }

    fn desk(cx: &Read, params: DeskParams) -> Result<View> {
        pages::desk::desk(cx, params)
    }

    fn readers(cx: &Read, params: ReadersParams) -> Result<View> {
        pages::readers::readers(cx, &params)
    }

    fn below(cx: &Read, params: BelowParams) -> Result<View> {
        pages::below::below(cx, params)
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

    fn notices(cx: &Read, params: NoticesParams) -> Result<Value> {
        queries::notices(cx, params)
    }

    fn notice(cx: &Read, params: NoticeParams) -> Result<Value> {
        queries::notice(cx, &params)
    }

    fn groups(cx: &Read) -> Result<Value> {
        queries::groups(cx)
    }

    fn write(cx: &mut Write, form: WriteForm) -> Result<Outcome> {
        actions::draft::write(cx, form)
    }

    fn edit(cx: &mut Write, form: EditForm) -> Result<Outcome> {
        actions::draft::edit(cx, form)
    }

    fn add_household(cx: &mut Write, form: AddHouseholdForm) -> Result<Outcome> {
        actions::draft::add_household(cx, &form)
    }

    fn drop_household(cx: &mut Write, form: DropHouseholdForm) -> Result<Outcome> {
        actions::draft::drop_household(cx, &form)
    }

    fn publish(cx: &mut Write, form: PublishForm) -> Result<Outcome> {
        actions::release::publish(cx, &form)
    }

    fn schedule(cx: &mut Write, form: ScheduleForm) -> Result<Outcome> {
        actions::release::schedule(cx, &form)
    }

    fn hold(cx: &mut Write, form: HoldForm) -> Result<Outcome> {
        actions::release::hold(cx, &form)
    }

    fn discard(cx: &mut Write, form: DiscardForm) -> Result<Outcome> {
        actions::release::discard(cx, &form)
    }

    fn correct(cx: &mut Write, form: CorrectForm) -> Result<Outcome> {
        actions::published::correct(cx, form)
    }

    fn withdraw(cx: &mut Write, form: WithdrawForm) -> Result<Outcome> {
        actions::published::withdraw(cx, &form)
    }

    fn pin(cx: &mut Write, form: PinForm) -> Result<Outcome> {
        actions::published::pin(cx, &form)
    }

    fn unpin(cx: &mut Write, form: UnpinForm) -> Result<Outcome> {
        actions::published::unpin(cx, &form)
    }

    fn remind(cx: &mut Write, form: RemindForm) -> Result<Outcome> {
        actions::remind::remind(cx, &form)
    }

    fn acknowledge(cx: &mut Write, form: AcknowledgeForm) -> Result<Outcome> {
        actions::acknowledge::acknowledge(cx, &form)
    }

    fn hear_published(cx: &mut Write, event: Event) -> Result<()> {
        events::hear::published(cx, &event)
    }

    fn hear_withdrawn(cx: &mut Write, event: Event) -> Result<()> {
        events::hear::withdrawn(cx, &event)
    }

    fn hear_counted(cx: &mut Write, event: Event) -> Result<()> {
        events::hear::counted(cx, &event)
    }

    fn publish_due(cx: &mut Write, _: Option<String>) -> Result<Option<String>> {
        jobs::publish_due(cx)
    }

    fn expire(cx: &mut Write, _: Option<String>) -> Result<Option<String>> {
        jobs::expire(cx)
    }

    fn count(cx: &mut Write, cursor: Option<String>) -> Result<Option<String>> {
        jobs::count(cx, cursor.as_deref())
    }

    fn go_on_reminding(cx: &mut Write, _: Option<String>) -> Result<Option<String>> {
        jobs::go_on_reminding(cx)
    }

    fn measure_published(cx: &Read, from: Micros, to: Micros) -> Result<Measured> {
        measures::published(cx, from, to)
    }

    fn measure_read(cx: &Read, from: Micros, to: Micros) -> Result<Measured> {
        measures::read(cx, from, to)
    }

    fn measure_acknowledged(cx: &Read, from: Micros, to: Micros) -> Result<Measured> {
        measures::acknowledged(cx, from, to)
    }

    fn todos(cx: &Read) -> Result<Vec<Todo>> {
        todos::todos(cx)
    }
}

export!(Notices);
