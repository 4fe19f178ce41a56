//! A village to tell stories in, and short words for what its people do.

use cunshi_plugin_profile::domain::{Booking, Question, Session};
use cunshi_plugin_profile::{
    AnnounceForm, AnswerForm, AskForm, AskedParams, BookForm, MoveSessionForm, Plugin, Profile, SessionParams,
    UnbookForm,
};
use cunshi_sdk::days::{HOUR, MINUTE, Micros};
use cunshi_sdk::prelude::{Doc, Outcome, Person, Read, Result, View};
use cunshi_sdk::testing::{Host, day};

/// A space with the people that stories need.
pub struct Village {
    pub host: Host,
    /// 林秀英
    pub lin: Person,
    /// 王大山
    pub wang: Person,
    /// 陈婆婆, who has no phone.
    pub chen: Person,
    /// 刘会计, a cadre.
    pub liu: Person,
    /// 简书记, the admin.
    pub jian: Person,
}

/// An instant of 2026 in China.
pub fn at(month: u8, of_month: u8, hour: i64, minute: i64) -> Micros {
    day(2026, month, of_month) + hour * HOUR + minute * MINUTE
}

/// 天府社区 of 成佳镇, on the morning of Wednesday, the second of September.
pub fn tianfu() -> Village {
    let host = Host::new(include_str!("../../plugin.toml"));
    host.set_now(at(9, 2, 9, 0));
    let (lin, wang, chen) = (host.member("林秀英"), host.member("王大山"), host.member("陈婆婆"));
    let (liu, jian) = (host.cadre("刘会计"), host.admin("简书记"));
    Village { host, lin, wang, chen, liu, jian }
}

impl Village {
    /// What somebody (or a visitor) reads.
    pub fn read<R>(&self, who: Option<&Person>, body: impl FnOnce(&Read) -> Result<R>) -> Result<R> {
        match who {
            Some(person) => self.host.as_(person).read(body),
            None => self.host.visitor().read(body),
        }
    }

    /// A page as JSON text, for looking for words.
    pub fn see(&self, who: Option<&Person>, body: impl FnOnce(&Read) -> Result<View>) -> String {
        text(&self.read(who, body).unwrap())
    }

    // ------------------------------------------------------------ the secretary's hours

    /// Friday the 11th, nine to eleven, four turns.
    pub fn announce(&self) -> String {
        self.host.as_(&self.liu).act(|cx| Profile::announce(cx, friday())).unwrap().subject.unwrap()
    }

    pub fn session(&self, id: &str) -> Doc<Session> {
        self.host.system().read(|cx| cx.data::<Session>().must(id)).unwrap()
    }

    pub fn session_page(&self, who: Option<&Person>, id: &str) -> String {
        self.see(who, |cx| Profile::session(cx, SessionParams { id: id.into() }))
    }

    pub fn book(&self, who: &Person, session: &str) -> Result<Outcome> {
        let form = BookForm { session: session.into(), topic: Some("低保的事".into()) };
        self.host.as_(who).act(|cx| Profile::book(cx, form))
    }

    pub fn unbook(&self, who: &Person, booking: &str) -> Result<Outcome> {
        self.host.as_(who).act(|cx| Profile::unbook(cx, UnbookForm { booking: booking.into() }))
    }

    pub fn bookings(&self) -> Vec<Doc<Booking>> {
        self.host.all::<Booking>().unwrap()
    }

    pub fn move_to(&self, session: &str, day: &str, from: &str, to: &str) -> Result<Outcome> {
        let form = MoveSessionForm {
            session: session.into(),
            day: day.into(),
            from: from.into(),
            to: to.into(),
            place: "村委会一楼".into(),
            reason: "镇上开会".into(),
        };
        self.host.as_(&self.liu).act(|cx| Profile::move_session(cx, form))
    }

    // ------------------------------------------------------------ questions

    pub fn ask(&self, who: &Person, text: &str, private: bool) -> Result<Outcome> {
        let form = AskForm { text: text.into(), private, session: None };
        self.host.as_(who).act(|cx| Profile::ask(cx, form))
    }

    pub fn asked(&self, text: &str) -> String {
        self.ask(&self.lin, text, false).unwrap().subject.unwrap()
    }

    pub fn asked_privately(&self, text: &str) -> String {
        self.ask(&self.lin, text, true).unwrap().subject.unwrap()
    }

    pub fn answer(&self, who: &Person, question: &str, text: &str) -> Result<Outcome> {
        let form = AnswerForm { question: question.into(), text: text.into() };
        self.host.as_(who).act(|cx| Profile::answer(cx, form))
    }

    pub fn question(&self, id: &str) -> Doc<Question> {
        self.host.system().read(|cx| cx.data::<Question>().must(id)).unwrap()
    }

    pub fn question_page(&self, who: Option<&Person>, id: &str) -> Result<String> {
        self.read(who, |cx| Profile::asked(cx, AskedParams { id: id.into() })).map(|view| text(&view))
    }
}

/// Friday the 11th, nine to eleven, four turns.
pub fn friday() -> AnnounceForm {
    AnnounceForm {
        host: "简书记".into(),
        day: "2026-09-11".into(),
        from: "09:00".into(),
        to: "11:00".into(),
        place: "村委会二楼".into(),
        seats: 4,
        note: None,
    }
}

/// A view as JSON text, for looking for words.
pub fn text(view: &View) -> String {
    cunshi_sdk::serde_json::to_string(view).unwrap()
}
