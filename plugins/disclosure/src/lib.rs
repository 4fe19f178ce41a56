//! 三务公开: party, village and finance affairs made public: what is due, what was published, what is overdue; a
//! supervisor's signature before publication; villagers' questions beneath.
//!
//! `plugin.toml` says what there is, `texts.toml` what it says; this file joins them to the code:
//!
//! - [`domain`]: the calendar, duties, disclosures, tables and questions, pure;
//! - [`keep`]: the calendar at work in a space; [`actions`]: what people do; [`jobs`], by the clock; [`events`],
//!   between village, town and district; [`notes`]: who gets word of what;
//! - [`pages`], [`queries`], [`todos`], [`measures`]: what people see; [`listing`] finds things for them;
//! - [`words`]: how things are called in the reader's language.
//!
//! To add an action: declare it in `plugin.toml`, add its move to `domain`, its function to a file of `actions`, and
//! the line below that the compiler then asks for.

// First, so that `t!` is known in all that follows.
cunshi_sdk::plugin!();

pub mod actions;
pub mod domain;
pub mod events;
pub mod jobs;
pub mod keep;
pub mod listing;
pub mod measures;
pub mod notes;
pub mod pages;
pub mod queries;
pub mod todos;
pub mod words;

use cunshi_sdk::prelude::{Event, Measured, Micros, Outcome, Read, Result, Todo, Value, View, Write};

/// The plugin.
#[derive(Debug)]
pub struct OpenAffairs;

impl Plugin for OpenAffairs {
    fn board(cx: &Read, params: BoardParams) -> Result<View> {
        pages::board::board(cx, params)
    }

    fn calendar(cx: &Read, params: CalendarParams) -> Result<View> {
        pages::calendar::calendar(cx, &params)
    }

    fn items(cx: &Read) -> Result<View> {
        pages::items::items(cx)
    }

    fn disclosure(cx: &Read, params: DisclosureParams) -> Result<View> {
        pages::disclosure::disclosure(cx, &params)
    }

    fn write(cx: &Read, params: WriteParams) -> Result<View> {
        pages::write::write(cx, params)
    }

    fn edit(cx: &Read, params: EditParams) -> Result<View> {
        pages::write::edit(cx, &params)
    }

    fn desk(cx: &Read) -> Result<View> {
        pages::desk::desk(cx)
    }

    fn questions(cx: &Read, params: QuestionsParams) -> Result<View> {
        pages::questions::questions(cx, params)
    }

    fn question(cx: &Read, params: QuestionParams) -> Result<View> {
        pages::question::question(cx, &params)
    }

    fn ask_about(cx: &Read, params: AskAboutParams) -> Result<View> {
        pages::questions::ask(cx, params)
    }

    fn below(cx: &Read, params: BelowParams) -> Result<View> {
        pages::below::below(cx, params)
    }

    fn door(_: &Read) -> Result<View> {
        Ok(pages::cards::door())
    }

    fn home(cx: &Read) -> Result<View> {
        pages::cards::home(cx)
    }

    fn mine(cx: &Read) -> Result<View> {
        pages::cards::mine(cx)
    }

    fn disclosures(cx: &Read, params: DisclosuresParams) -> Result<Value> {
        queries::disclosures(cx, params)
    }

    fn lookup(cx: &Read, params: LookupParams) -> Result<Value> {
        queries::lookup(cx, &params)
    }

    fn duties(cx: &Read, params: DutiesParams) -> Result<Value> {
        queries::duties(cx, params)
    }

    fn asked(cx: &Read, params: AskedParams) -> Result<Value> {
        queries::asked(cx, params)
    }

    fn villages(cx: &Read, params: VillagesParams) -> Result<Value> {
        queries::villages(cx, params)
    }

    fn open_duties(cx: &Read) -> Result<Value> {
        queries::open_duties(cx)
    }

    fn item_choices(cx: &Read) -> Result<Value> {
        queries::item_choices(cx)
    }

    fn draft(cx: &mut Write, form: DraftForm) -> Result<Outcome> {
        actions::draft::draft(cx, form)
    }

    fn revise(cx: &mut Write, form: ReviseForm) -> Result<Outcome> {
        actions::draft::revise(cx, form)
    }

    fn submit(cx: &mut Write, form: SubmitForm) -> Result<Outcome> {
        actions::draft::submit(cx, &form)
    }

    fn withdraw(cx: &mut Write, form: WithdrawForm) -> Result<Outcome> {
        actions::draft::withdraw(cx, &form)
    }

    fn discard(cx: &mut Write, form: DiscardForm) -> Result<Outcome> {
        actions::draft::discard(cx, &form)
    }

    fn sign(cx: &mut Write, form: SignForm) -> Result<Outcome> {
        actions::sign::sign(cx, form)
    }

    fn send_back(cx: &mut Write, form: SendBackForm) -> Result<Outcome> {
        actions::sign::send_back(cx, &form)
    }

    fn correct(cx: &mut Write, form: CorrectForm) -> Result<Outcome> {
        actions::draft::correct(cx, form)
    }

    fn ask(cx: &mut Write, form: AskForm) -> Result<Outcome> {
        actions::ask::ask(cx, form)
    }

    fn answer(cx: &mut Write, form: AnswerForm) -> Result<Outcome> {
        actions::answer::answer(cx, &form)
    }

    fn unsatisfied(cx: &mut Write, form: UnsatisfiedForm) -> Result<Outcome> {
        actions::ask::unsatisfied(cx, form)
    }

    fn set_item(cx: &mut Write, form: SetItemForm) -> Result<Outcome> {
        actions::list::set_item(cx, form)
    }

    fn drop_item(cx: &mut Write, form: DropItemForm) -> Result<Outcome> {
        actions::list::drop_item(cx, &form)
    }

    fn send_calendar(cx: &mut Write) -> Result<Outcome> {
        actions::list::send_calendar(cx)
    }

    fn hear_calendar(cx: &mut Write, event: Event) -> Result<()> {
        events::hear::calendar(cx, &event)
    }

    fn hear_question_raised(cx: &mut Write, event: Event) -> Result<()> {
        events::hear::question_raised(cx, event)
    }

    fn hear_question_answered(cx: &mut Write, event: Event) -> Result<()> {
        events::hear::question_answered(cx, &event)
    }

    fn hear_overdue(cx: &mut Write, event: Event) -> Result<()> {
        events::hear::overdue(cx, event)
    }

    fn hear_counts(cx: &mut Write, event: Event) -> Result<()> {
        events::hear::counts(cx, event)
    }

    fn keep_calendar(cx: &mut Write, cursor: Option<String>) -> Result<Option<String>> {
        jobs::keep_calendar(cx, cursor.as_deref())
    }

    fn publish_signed(cx: &mut Write, _: Option<String>) -> Result<Option<String>> {
        jobs::publish_signed(cx)
    }

    fn raise_overdue(cx: &mut Write, cursor: Option<String>) -> Result<Option<String>> {
        jobs::raise_overdue(cx, cursor.as_deref())
    }

    fn measure_due(cx: &Read, from: Micros, to: Micros) -> Result<Measured> {
        measures::due(cx, from, to)
    }

    fn measure_published_in_time(cx: &Read, from: Micros, to: Micros) -> Result<Measured> {
        measures::published_in_time(cx, from, to)
    }

    fn measure_overdue(cx: &Read, _: Micros, _: Micros) -> Result<Measured> {
        measures::overdue(cx)
    }

    fn measure_questions_in_time(cx: &Read, from: Micros, to: Micros) -> Result<Measured> {
        measures::questions_in_time(cx, from, to)
    }

    fn todos(cx: &Read) -> Result<Vec<Todo>> {
        todos::todos(cx)
    }
}

export!(OpenAffairs);
