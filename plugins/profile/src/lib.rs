//! 村情: the village's own page. Who it is, who is on duty, pictures, big events, and the secretary's hours.
//!
//! - [`domain`]: what the page holds and how it may change, pure;
//! - [`listing`]: finding things;
//! - [`actions`], one file for each part of the page; [`jobs`], by the clock; [`messages`]: what people are told;
//! - [`pages`], [`queries`], [`todos`], [`measures`]: what people see;
//! - [`words`]: how things are called in the reader's language.
//!
//! To add an action: declare it in `plugin.toml`, add its change to `domain`, its function to a file of `actions`, and
//! the line below that the compiler then asks for.

// First, so that `t!` is known in all that follows.
cunshi_sdk::plugin!();

pub mod actions;
pub mod domain;
pub mod jobs;
pub mod listing;
pub mod measures;
pub mod messages;
pub mod pages;
pub mod queries;
pub mod todos;
pub mod words;

use cunshi_sdk::prelude::{Measured, Micros, Outcome, Read, Result, Todo, Value, View, Write};

/// The plugin.
#[derive(Debug)]
pub struct Profile;

impl Plugin for Profile {
    fn front(cx: &Read) -> Result<View> {
        pages::front::front(cx)
    }

    fn edit(cx: &Read) -> Result<View> {
        pages::edit::edit(cx)
    }

    fn week(cx: &Read, params: WeekParams) -> Result<View> {
        pages::week::week(cx, &params)
    }

    fn duty_desk(cx: &Read) -> Result<View> {
        pages::duty_desk::duty_desk(cx)
    }

    fn albums(cx: &Read, params: AlbumsParams) -> Result<View> {
        pages::albums::albums(cx, params)
    }

    fn pictures(cx: &Read, params: PicturesParams) -> Result<View> {
        pages::albums::pictures(cx, &params)
    }

    fn chronicle(cx: &Read, params: ChronicleParams) -> Result<View> {
        pages::chronicle::chronicle(cx, params)
    }

    fn milestone(cx: &Read, params: MilestoneParams) -> Result<View> {
        pages::milestone::milestone(cx, &params)
    }

    fn hours(cx: &Read, params: HoursParams) -> Result<View> {
        pages::hours::hours(cx, params)
    }

    fn session(cx: &Read, params: SessionParams) -> Result<View> {
        pages::session::session(cx, &params)
    }

    fn board(cx: &Read, params: BoardParams) -> Result<View> {
        pages::board::board(cx, params)
    }

    fn asked(cx: &Read, params: AskedParams) -> Result<View> {
        pages::asked::asked(cx, &params)
    }

    fn ask_page(cx: &Read, params: AskPageParams) -> Result<View> {
        pages::board::ask_page(cx, &params)
    }

    fn mine(cx: &Read, params: MineParams) -> Result<View> {
        pages::mine::mine(cx, params)
    }

    fn door(cx: &Read) -> Result<View> {
        Ok(pages::cards::door(cx))
    }

    fn home(cx: &Read) -> Result<View> {
        pages::cards::home(cx)
    }

    fn my_card(cx: &Read) -> Result<View> {
        pages::cards::my_card(cx)
    }

    fn profile(cx: &Read) -> Result<Value> {
        queries::profile(cx)
    }

    fn duty(cx: &Read, params: DutyParams) -> Result<Value> {
        queries::duty(cx, &params)
    }

    fn events(cx: &Read, params: EventsParams) -> Result<Value> {
        queries::events(cx, params)
    }

    fn event(cx: &Read, params: EventParams) -> Result<Value> {
        queries::event(cx, &params)
    }

    fn questions(cx: &Read, params: QuestionsParams) -> Result<Value> {
        queries::questions(cx, params)
    }

    fn question(cx: &Read, params: QuestionParams) -> Result<Value> {
        queries::question(cx, &params)
    }

    fn sessions(cx: &Read) -> Result<Value> {
        queries::sessions(cx)
    }

    fn write_introduction(cx: &mut Write, form: WriteIntroductionForm) -> Result<Outcome> {
        actions::introduce::write_introduction(cx, form)
    }

    fn set_figure(cx: &mut Write, form: SetFigureForm) -> Result<Outcome> {
        actions::introduce::set_figure(cx, &form)
    }

    fn drop_figure(cx: &mut Write, form: DropFigureForm) -> Result<Outcome> {
        actions::introduce::drop_figure(cx, &form)
    }

    fn add_seat(cx: &mut Write, form: AddSeatForm) -> Result<Outcome> {
        actions::seat::add_seat(cx, form)
    }

    fn edit_seat(cx: &mut Write, form: EditSeatForm) -> Result<Outcome> {
        actions::seat::edit_seat(cx, form)
    }

    fn drop_seat(cx: &mut Write, form: DropSeatForm) -> Result<Outcome> {
        actions::seat::drop_seat(cx, &form)
    }

    fn strike_milestone(cx: &mut Write, form: StrikeMilestoneForm) -> Result<Outcome> {
        actions::chronicle::strike(cx, &form)
    }

    fn add_weekly(cx: &mut Write, form: AddWeeklyForm) -> Result<Outcome> {
        actions::duty::add_weekly(cx, form)
    }

    fn add_dated(cx: &mut Write, form: AddDatedForm) -> Result<Outcome> {
        actions::duty::add_dated(cx, form)
    }

    fn close_day(cx: &mut Write, form: CloseDayForm) -> Result<Outcome> {
        actions::duty::close_day(cx, form)
    }

    fn change_duty(cx: &mut Write, form: ChangeDutyForm) -> Result<Outcome> {
        actions::duty::change_duty(cx, form)
    }

    fn drop_duty(cx: &mut Write, form: DropDutyForm) -> Result<Outcome> {
        actions::duty::drop_duty(cx, &form)
    }

    fn add_album(cx: &mut Write, form: AddAlbumForm) -> Result<Outcome> {
        actions::album::add_album(cx, form)
    }

    fn edit_album(cx: &mut Write, form: EditAlbumForm) -> Result<Outcome> {
        actions::album::edit_album(cx, form)
    }

    fn drop_album(cx: &mut Write, form: DropAlbumForm) -> Result<Outcome> {
        actions::album::drop_album(cx, &form)
    }

    fn add_pictures(cx: &mut Write, form: AddPicturesForm) -> Result<Outcome> {
        actions::album::add_pictures(cx, &form)
    }

    fn caption_picture(cx: &mut Write, form: CaptionPictureForm) -> Result<Outcome> {
        actions::album::caption_picture(cx, form)
    }

    fn drop_picture(cx: &mut Write, form: DropPictureForm) -> Result<Outcome> {
        actions::album::drop_picture(cx, &form)
    }

    fn record_milestone(cx: &mut Write, form: RecordMilestoneForm) -> Result<Outcome> {
        actions::chronicle::record(cx, form)
    }

    fn correct_milestone(cx: &mut Write, form: CorrectMilestoneForm) -> Result<Outcome> {
        actions::chronicle::correct(cx, form)
    }

    fn announce(cx: &mut Write, form: AnnounceForm) -> Result<Outcome> {
        actions::session::announce(cx, form)
    }

    fn move_session(cx: &mut Write, form: MoveSessionForm) -> Result<Outcome> {
        actions::session::move_session(cx, form)
    }

    fn cancel_session(cx: &mut Write, form: CancelSessionForm) -> Result<Outcome> {
        actions::session::cancel_session(cx, &form)
    }

    fn answer(cx: &mut Write, form: AnswerForm) -> Result<Outcome> {
        actions::reply::answer(cx, form)
    }

    fn answer_in_person(cx: &mut Write, form: AnswerInPersonForm) -> Result<Outcome> {
        actions::reply::answer_in_person(cx, form)
    }

    fn book(cx: &mut Write, form: BookForm) -> Result<Outcome> {
        actions::book::book(cx, form)
    }

    fn unbook(cx: &mut Write, form: UnbookForm) -> Result<Outcome> {
        actions::book::unbook(cx, &form)
    }

    fn ask(cx: &mut Write, form: AskForm) -> Result<Outcome> {
        actions::ask::ask(cx, form)
    }

    fn withdraw_question(cx: &mut Write, form: WithdrawQuestionForm) -> Result<Outcome> {
        actions::ask::withdraw_question(cx, &form)
    }

    fn make_private(cx: &mut Write, form: MakePrivateForm) -> Result<Outcome> {
        actions::ask::make_private(cx, form)
    }

    fn remind(cx: &mut Write, _: Option<String>) -> Result<Option<String>> {
        jobs::remind(cx)
    }

    fn measure_events_recorded(cx: &Read, from: Micros, to: Micros) -> Result<Measured> {
        measures::events_recorded(cx, from, to)
    }

    fn measure_questions_answered_in_time(cx: &Read, from: Micros, to: Micros) -> Result<Measured> {
        measures::questions_answered_in_time(cx, from, to)
    }

    fn todos(cx: &Read) -> Result<Vec<Todo>> {
        todos::todos(cx)
    }
}

export!(Profile);
