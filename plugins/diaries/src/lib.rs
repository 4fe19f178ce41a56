//! 党群服务日记, the service diary: cadres note what they do for villagers, the visited household says whether it was
//! so, and everybody sees who did how much each month.
//!
//! `plugin.toml` says what there is, `texts.toml` what it says; this file joins them to the code:
//!
//! - [`domain`]: what an entry is and how it may move, a cadre's month, duties; pure;
//! - [`books`]: sheets in line with entries, months read from them;
//! - [`actions`]: what people do; [`jobs`], by the clock; [`news`], messages and deeds;
//! - [`pages`], [`queries`], [`todos`], [`measures`]: what people see; [`listing`] finds entries for them;
//! - [`words`]: how things are called, and how much of an entry a reader sees.
//!
//! To add an action: declare it in `plugin.toml`, add its move to `domain::moves`, its function to a file of
//! `actions`, and the line below that the compiler then asks for.

// First, so that `t!` is known in all that follows.
cunshi_sdk::plugin!();

pub mod actions;
pub mod books;
pub mod domain;
pub mod jobs;
pub mod listing;
pub mod measures;
pub mod news;
pub mod pages;
pub mod queries;
pub mod todos;
pub mod words;

use cunshi_sdk::prelude::{Measured, Micros, Outcome, Read, Result, Todo, Value, View, Write};

/// The plugin.
#[derive(Debug)]
pub struct Diaries;

impl Plugin for Diaries {
    fn board(cx: &Read, params: BoardParams) -> Result<View> {
        pages::board::board(cx, params)
    }

    fn diary(cx: &Read, params: DiaryParams) -> Result<View> {
        pages::diary::diary(cx, &params)
    }

    fn new(cx: &Read) -> Result<View> {
        pages::writing::new(cx)
    }

    fn drafts(cx: &Read) -> Result<View> {
        pages::writing::drafts(cx)
    }

    fn draft(cx: &Read, params: DraftParams) -> Result<View> {
        pages::writing::draft(cx, &params)
    }

    fn visits(cx: &Read, params: VisitsParams) -> Result<View> {
        pages::board::visits(cx, params)
    }

    fn calendar(cx: &Read, params: CalendarParams) -> Result<View> {
        pages::calendar::calendar(cx, &params)
    }

    fn summary(cx: &Read, params: SummaryParams) -> Result<View> {
        pages::summary::summary(cx, &params)
    }

    fn cadre(cx: &Read, params: CadreParams) -> Result<View> {
        pages::cadre::cadre(cx, params)
    }

    fn homes(cx: &Read) -> Result<View> {
        pages::homes::homes(cx)
    }

    fn listed_home(cx: &Read, params: ListedHomeParams) -> Result<View> {
        pages::homes::listed_home(cx, &params)
    }

    fn disputes(cx: &Read) -> Result<View> {
        pages::desk::disputes(cx)
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

    fn entries(cx: &Read, params: EntriesParams) -> Result<Value> {
        queries::entries(cx, params)
    }

    fn entry(cx: &Read, params: EntryParams) -> Result<Value> {
        queries::entry(cx, &params)
    }

    fn month(cx: &Read, params: MonthParams) -> Result<Value> {
        queries::month(cx, &params)
    }

    fn write(cx: &mut Write, form: WriteForm) -> Result<Outcome> {
        actions::write::write(cx, form)
    }

    fn finish(cx: &mut Write, form: FinishForm) -> Result<Outcome> {
        actions::write::finish(cx, form)
    }

    fn discard(cx: &mut Write, form: DiscardForm) -> Result<Outcome> {
        actions::write::discard(cx, &form)
    }

    fn correct(cx: &mut Write, form: CorrectForm) -> Result<Outcome> {
        actions::change::correct(cx, form)
    }

    fn withdraw(cx: &mut Write, form: WithdrawForm) -> Result<Outcome> {
        actions::change::withdraw(cx, form)
    }

    fn follow(cx: &mut Write, form: FollowForm) -> Result<Outcome> {
        actions::change::follow(cx, form)
    }

    fn confirm(cx: &mut Write, form: ConfirmForm) -> Result<Outcome> {
        actions::household::confirm(cx, &form)
    }

    fn dispute(cx: &mut Write, form: DisputeForm) -> Result<Outcome> {
        actions::household::dispute(cx, form)
    }

    fn settle(cx: &mut Write, form: SettleForm) -> Result<Outcome> {
        actions::supervise::settle(cx, form)
    }

    fn excuse(cx: &mut Write, form: ExcuseForm) -> Result<Outcome> {
        actions::supervise::excuse(cx, form)
    }

    fn unexcuse(cx: &mut Write, form: UnexcuseForm) -> Result<Outcome> {
        actions::supervise::unexcuse(cx, &form)
    }

    fn list_home(cx: &mut Write, form: ListHomeForm) -> Result<Outcome> {
        actions::homes::list(cx, form)
    }

    fn unlist_home(cx: &mut Write, form: UnlistHomeForm) -> Result<Outcome> {
        actions::homes::unlist(cx, form)
    }

    fn freeze_months(cx: &mut Write, _: Option<String>) -> Result<Option<String>> {
        jobs::freeze_months(cx)
    }

    fn measure_entries(cx: &Read, from: Micros, to: Micros) -> Result<Measured> {
        measures::entries(cx, measures::Period { from, to })
    }

    fn measure_visits(cx: &Read, from: Micros, to: Micros) -> Result<Measured> {
        measures::visits(cx, measures::Period { from, to })
    }

    fn measure_confirmed(cx: &Read, from: Micros, to: Micros) -> Result<Measured> {
        measures::confirmed(cx, measures::Period { from, to })
    }

    fn measure_duties_done(cx: &Read, from: Micros, to: Micros) -> Result<Measured> {
        measures::duties_done(cx, measures::Period { from, to })
    }

    fn measure_homes_visited(cx: &Read, from: Micros, to: Micros) -> Result<Measured> {
        measures::homes_visited(cx, measures::Period { from, to })
    }

    fn todos(cx: &Read) -> Result<Vec<Todo>> {
        todos::todos(cx)
    }
}

export!(Diaries);
