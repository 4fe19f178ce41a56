//! 积分, points by the village's own rule: deeds and claims are decided, reviewed, made public, posted and redeemed.
//!
//! `plugin.toml` says what there is, `texts.toml` what it says, `rules/` holds the default rules; this file joins them
//! to the code:
//!
//! - [`domain`]: what awards, goods and activities are and how they may move, pure;
//! - [`way`]: from a deed to its row in the ledger, by the rule's decision;
//! - [`actions`]: what people do; [`jobs`], by the clock; [`events`], what other modules tell of;
//! - [`pages`], [`queries`], [`todos`], [`measures`]: what people see; [`listing`] and [`books`] find it for them;
//! - [`words`]: how things are called in the reader's language.
//!
//! To add an action: declare it in `plugin.toml`, add its move to `domain`, its function to a file of `actions`, and
//! the line below that the compiler then asks for. To let another module's deeds earn points, nothing is needed here:
//! it sends `deed/1`, and a row of the village's table says what its kind is worth.

// First, so that `t!` is known in all that follows.
cunshi_sdk::plugin!();

pub mod actions;
pub mod books;
pub mod domain;
pub mod events;
pub mod jobs;
pub mod listing;
pub mod measures;
pub mod messages;
pub mod pages;
pub mod queries;
pub mod todos;
pub mod way;
pub mod words;

use cunshi_sdk::prelude::{Event, Measured, Micros, Outcome, Read, Result, Todo, Value, View, Write};

/// The plugin.
#[derive(Debug)]
pub struct Points;

impl Plugin for Points {
    fn points(cx: &Read) -> Result<View> {
        pages::overview::points(cx)
    }

    fn publicity(cx: &Read, params: PublicityParams) -> Result<View> {
        pages::publicity::publicity(cx, params)
    }

    fn award(cx: &Read, params: AwardParams) -> Result<View> {
        pages::award::award(cx, &params)
    }

    fn new_claim(cx: &Read, params: NewClaimParams) -> Result<View> {
        pages::claim::new(cx, params)
    }

    fn new_deduction(cx: &Read) -> Result<View> {
        pages::claim::deduction(cx)
    }

    fn reviewing(cx: &Read, params: ReviewingParams) -> Result<View> {
        pages::publicity::reviewing(cx, params)
    }

    fn ranks(cx: &Read, params: RanksParams) -> Result<View> {
        pages::ranks::ranks(cx, &params)
    }

    fn account(cx: &Read, params: AccountParams) -> Result<View> {
        pages::account::account(cx, &params)
    }

    fn earn(cx: &Read) -> Result<View> {
        pages::earn::earn(cx)
    }

    fn shop(cx: &Read, params: ShopParams) -> Result<View> {
        pages::shop::shop(cx, params)
    }

    fn goods(cx: &Read, params: GoodsParams) -> Result<View> {
        pages::shop::goods(cx, &params)
    }

    fn reservation(cx: &Read, params: ReservationParams) -> Result<View> {
        pages::reservation::reservation(cx, &params)
    }

    fn activities(cx: &Read, params: ActivitiesParams) -> Result<View> {
        pages::activities::activities(cx, params)
    }

    fn activity(cx: &Read, params: ActivityParams) -> Result<View> {
        pages::activities::activity(cx, &params)
    }

    fn desk(cx: &Read, params: DeskParams) -> Result<View> {
        pages::desk::desk(cx, &params)
    }

    fn stocking(cx: &Read, params: StockingParams) -> Result<View> {
        pages::shop::stocking(cx, params)
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

    fn mine(cx: &Read) -> Result<Value> {
        queries::awards::mine(cx)
    }

    fn board(cx: &Read, params: BoardParams) -> Result<Value> {
        queries::awards::board(cx, params)
    }

    fn lookup(cx: &Read, params: LookupParams) -> Result<Value> {
        queries::awards::lookup(cx, params)
    }

    fn reviews(cx: &Read, params: ReviewsParams) -> Result<Value> {
        queries::awards::reviews(cx, params)
    }

    fn objections(cx: &Read, params: ObjectionsParams) -> Result<Value> {
        queries::awards::objections(cx, params)
    }

    fn corrections(cx: &Read) -> Result<Value> {
        queries::awards::corrections(cx)
    }

    fn ranking(cx: &Read, params: RankingParams) -> Result<Value> {
        queries::ledger::ranking(cx, &params)
    }

    fn statement(cx: &Read, params: StatementParams) -> Result<Value> {
        queries::ledger::statement(cx, &params)
    }

    fn items(cx: &Read, params: ItemsParams) -> Result<Value> {
        queries::shop::items(cx, params)
    }

    fn reservations(cx: &Read, params: ReservationsParams) -> Result<Value> {
        queries::shop::reservations(cx, params)
    }

    fn schedule(cx: &Read, params: ScheduleParams) -> Result<Value> {
        queries::shop::schedule(cx, params)
    }

    fn participants(cx: &Read, params: ParticipantsParams) -> Result<Value> {
        queries::shop::participants(cx, &params)
    }

    fn table(cx: &Read) -> Result<Value> {
        queries::ledger::table(cx)
    }

    fn options(cx: &Read) -> Result<Value> {
        queries::choices::options(cx)
    }

    fn deductions(cx: &Read) -> Result<Value> {
        queries::choices::deductions(cx)
    }

    fn family(cx: &Read) -> Result<Value> {
        queries::choices::family(cx)
    }

    fn claim(cx: &mut Write, form: ClaimForm) -> Result<Outcome> {
        actions::claim::claim(cx, form)
    }

    fn withdraw_claim(cx: &mut Write, form: WithdrawClaimForm) -> Result<Outcome> {
        actions::claim::withdraw(cx, &form)
    }

    fn deduct(cx: &mut Write, form: DeductForm) -> Result<Outcome> {
        actions::claim::deduct(cx, form)
    }

    fn approve(cx: &mut Write, form: ApproveForm) -> Result<Outcome> {
        actions::review::approve(cx, form)
    }

    fn decline(cx: &mut Write, form: DeclineForm) -> Result<Outcome> {
        actions::review::decline(cx, form)
    }

    fn object(cx: &mut Write, form: ObjectForm) -> Result<Outcome> {
        actions::object::object(cx, form)
    }

    fn answer_objection(cx: &mut Write, form: AnswerObjectionForm) -> Result<Outcome> {
        actions::object::answer(cx, &form)
    }

    fn correct(cx: &mut Write, form: CorrectForm) -> Result<Outcome> {
        actions::correct::correct(cx, form)
    }

    fn approve_correction(cx: &mut Write, form: ApproveCorrectionForm) -> Result<Outcome> {
        actions::correct::approve(cx, &form)
    }

    fn refuse_correction(cx: &mut Write, form: RefuseCorrectionForm) -> Result<Outcome> {
        actions::correct::refuse(cx, form)
    }

    fn add_goods(cx: &mut Write, form: AddGoodsForm) -> Result<Outcome> {
        actions::goods::add(cx, form)
    }

    fn change_goods(cx: &mut Write, form: ChangeGoodsForm) -> Result<Outcome> {
        actions::goods::change(cx, form)
    }

    fn redeem(cx: &mut Write, form: RedeemForm) -> Result<Outcome> {
        actions::redeem::redeem(cx, &form)
    }

    fn cancel_reservation(cx: &mut Write, form: CancelReservationForm) -> Result<Outcome> {
        actions::redeem::cancel(cx, &form)
    }

    fn hand_out(cx: &mut Write, form: HandOutForm) -> Result<Outcome> {
        actions::redeem::hand_out(cx, &form)
    }

    fn plan_activity(cx: &mut Write, form: PlanActivityForm) -> Result<Outcome> {
        actions::activity::plan(cx, form)
    }

    fn cancel_activity(cx: &mut Write, form: CancelActivityForm) -> Result<Outcome> {
        actions::activity::cancel(cx, form)
    }

    fn sign_up(cx: &mut Write, form: SignUpForm) -> Result<Outcome> {
        actions::activity::sign_up(cx, &form)
    }

    fn withdraw(cx: &mut Write, form: WithdrawForm) -> Result<Outcome> {
        actions::activity::withdraw(cx, &form)
    }

    fn confirm_hours(cx: &mut Write, form: ConfirmHoursForm) -> Result<Outcome> {
        actions::activity::confirm(cx, &form)
    }

    fn hear_deed(cx: &mut Write, event: Event) -> Result<()> {
        events::deed(cx, &event)
    }

    fn hear_publicity_ended(cx: &mut Write, event: Event) -> Result<()> {
        events::publicity_ended(cx, &event)
    }

    fn lapse(cx: &mut Write, _: Option<String>) -> Result<Option<String>> {
        jobs::lapse(cx)
    }

    fn close_cycle(cx: &mut Write, _: Option<String>) -> Result<Option<String>> {
        jobs::close_cycle(cx)
    }

    fn end_activities(cx: &mut Write, _: Option<String>) -> Result<Option<String>> {
        jobs::end_activities(cx)
    }

    fn measure_claims(cx: &Read, from: Micros, to: Micros) -> Result<Measured> {
        measures::claims(cx, measures::Period { from, to })
    }

    fn measure_posted_points(cx: &Read, from: Micros, to: Micros) -> Result<Measured> {
        measures::posted_points(cx, measures::Period { from, to })
    }

    fn measure_participants(cx: &Read, from: Micros, to: Micros) -> Result<Measured> {
        measures::participants(cx, measures::Period { from, to })
    }

    fn measure_redeemed(cx: &Read, from: Micros, to: Micros) -> Result<Measured> {
        measures::redeemed(cx, measures::Period { from, to })
    }

    fn measure_objections_answered_on_time(cx: &Read, from: Micros, to: Micros) -> Result<Measured> {
        measures::objections_answered_on_time(cx, measures::Period { from, to })
    }

    fn todos(cx: &Read) -> Result<Vec<Todo>> {
        todos::todos(cx)
    }
}

export!(Points);
