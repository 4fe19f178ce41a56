//! 便民服务: certificates and other services, asked for online, handled step by step, issued and rated.
//!
//! `plugin.toml` says what there is, `texts.toml` what it says, `defaults/` what a village begins with; this file joins
//! them to the code:
//!
//! - [`domain`]: what services and requests are and how requests may move, pure;
//! - [`actions`]: what people do; [`jobs`], by the clock; [`events`], between village and town; [`news`], to people;
//! - [`books`]: what is counted of it, without anybody's name;
//! - [`pages`], [`queries`], [`todos`], [`measures`]: what people see; [`listing`] finds it for them;
//! - [`words`]: how things are called in the reader's language.
//!
//! A request is two documents: `request`, how it goes, and `paper`, what is written in it. Supervisors read the first;
//! what is private is in the second alone, and goes with it when its time is over.
//!
//! To add an action: declare it in `plugin.toml`, add its move to `domain`, its function to a file of `actions`, and the
//! line below that the compiler then asks for.

// First, so that `t!` is known in all that follows.
cunshi_sdk::plugin!();

pub mod actions;
pub mod books;
pub mod domain;
pub mod events;
pub mod jobs;
pub mod listing;
pub mod measures;
pub mod news;
pub mod pages;
pub mod queries;
pub mod todos;
pub mod words;

use cunshi_sdk::prelude::{Event, Measured, Micros, Outcome, Read, Result, Todo, Value, View, Write};

/// The plugin.
#[derive(Debug)]
pub struct Services;

impl Plugin for Services {
    fn catalogue(cx: &Read) -> Result<View> {
        pages::catalogue::catalogue(cx)
    }

    fn service(cx: &Read, params: ServiceParams) -> Result<View> {
        pages::service::service(cx, &params)
    }

    fn not_here(_: &Read) -> Result<View> {
        pages::catalogue::not_here()
    }

    fn apply(cx: &Read, params: ApplyParams) -> Result<View> {
        pages::service::apply(cx, &params)
    }

    fn mine(cx: &Read, params: MineParams) -> Result<View> {
        pages::mine::mine(cx, params)
    }

    fn track(cx: &Read, params: TrackParams) -> Result<View> {
        pages::track::track(cx, &params)
    }

    fn receipt(cx: &Read, params: ReceiptParams) -> Result<View> {
        pages::receipt::receipt(cx, &params)
    }

    fn desk(cx: &Read, params: DeskParams) -> Result<View> {
        pages::desk::desk(cx, params)
    }

    fn offers(cx: &Read) -> Result<View> {
        pages::offers::offers(cx)
    }

    fn offer(cx: &Read, params: OfferParams) -> Result<View> {
        pages::offers::offer(cx, &params)
    }

    fn door(_: &Read) -> Result<View> {
        Ok(pages::cards::door())
    }

    fn home(cx: &Read) -> Result<View> {
        pages::cards::home(cx)
    }

    fn my_card(cx: &Read) -> Result<View> {
        pages::cards::mine(cx)
    }

    fn services(cx: &Read) -> Result<Value> {
        queries::services(cx)
    }

    fn requests(cx: &Read, params: RequestsParams) -> Result<Value> {
        queries::requests(cx, params)
    }

    fn request(cx: &Read, params: RequestParams) -> Result<Value> {
        queries::request(cx, params)
    }

    fn ask(cx: &mut Write, form: AskForm) -> Result<Outcome> {
        actions::ask::ask(cx, form)
    }

    fn supplement(cx: &mut Write, form: SupplementForm) -> Result<Outcome> {
        actions::asker::supplement(cx, form)
    }

    fn withdraw(cx: &mut Write, form: WithdrawForm) -> Result<Outcome> {
        actions::asker::withdraw(cx, form)
    }

    fn rate(cx: &mut Write, form: RateForm) -> Result<Outcome> {
        actions::asker::rate(cx, form)
    }

    fn accept(cx: &mut Write, form: AcceptForm) -> Result<Outcome> {
        actions::handle::accept(cx, form)
    }

    fn need_more(cx: &mut Write, form: NeedMoreForm) -> Result<Outcome> {
        actions::handle::need_more(cx, form)
    }

    fn progress(cx: &mut Write, form: ProgressForm) -> Result<Outcome> {
        actions::handle::progress(cx, form)
    }

    fn pass_up(cx: &mut Write, form: PassUpForm) -> Result<Outcome> {
        actions::handle::pass_up(cx, form)
    }

    fn finish(cx: &mut Write, form: FinishForm) -> Result<Outcome> {
        actions::finish::finish(cx, form)
    }

    fn hand_over(cx: &mut Write, form: HandOverForm) -> Result<Outcome> {
        actions::finish::hand_over(cx, form)
    }

    fn refuse(cx: &mut Write, form: RefuseForm) -> Result<Outcome> {
        actions::finish::refuse(cx, form)
    }

    fn switch_service(cx: &mut Write, form: SwitchServiceForm) -> Result<Outcome> {
        actions::catalogue::switch(cx, &form)
    }

    fn change_service(cx: &mut Write, form: ChangeServiceForm) -> Result<Outcome> {
        actions::catalogue::change(cx, form)
    }

    fn add_service(cx: &mut Write, form: AddServiceForm) -> Result<Outcome> {
        actions::catalogue::add(cx, form)
    }

    fn hear_request_passed(cx: &mut Write, event: Event) -> Result<()> {
        events::hear::request_passed(cx, event)
    }

    fn hear_request_closed(cx: &mut Write, event: Event) -> Result<()> {
        events::hear::request_closed(cx, event)
    }

    fn hear_request_answered(cx: &mut Write, event: Event) -> Result<()> {
        events::hear::request_answered(cx, &event)
    }

    fn raise_overdue(cx: &mut Write, _: Option<String>) -> Result<Option<String>> {
        jobs::raise_overdue(cx)
    }

    fn forget(cx: &mut Write, _: Option<String>) -> Result<Option<String>> {
        jobs::forget(cx)
    }

    fn refresh_figures(cx: &mut Write, cursor: Option<String>) -> Result<Option<String>> {
        jobs::refresh_figures(cx, cursor)
    }

    fn measure_requests(cx: &Read, from: Micros, to: Micros) -> Result<Measured> {
        measures::requests(cx, measures::Period { from, to })
    }

    fn measure_done_on_time(cx: &Read, from: Micros, to: Micros) -> Result<Measured> {
        measures::done_on_time(cx, measures::Period { from, to })
    }

    fn measure_median_minutes(cx: &Read, from: Micros, to: Micros) -> Result<Measured> {
        measures::median_minutes(cx, measures::Period { from, to })
    }

    fn measure_satisfaction(cx: &Read, from: Micros, to: Micros) -> Result<Measured> {
        measures::satisfaction(cx, measures::Period { from, to })
    }

    fn todos(cx: &Read) -> Result<Vec<Todo>> {
        todos::todos(cx)
    }
}

export!(Services);
