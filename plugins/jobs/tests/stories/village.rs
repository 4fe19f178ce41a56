//! A village to tell stories in, and short words for what its people do.

use cunshi_plugin_jobs::domain::days::{HOUR, Micros};
use cunshi_plugin_jobs::domain::{Posting, SignState, Signup, State};
use cunshi_plugin_jobs::{
    AnswerForm, Jobs, JobsParams, JudgeForm, Plugin, PostForm, PostingParams, ProposeForm, PublishForm, ReportForm,
    SignUpForm, SignUpOtherForm, WithdrawForm,
};
use cunshi_sdk::prelude::{Doc, Error, Event, Outcome, Person, Read, Result, Send, Todo, Value, View};
use cunshi_sdk::testing::{Host, day};

/// A space with the people that stories need.
pub struct Village {
    pub host: Host,
    /// 周建国, who works in 东莞 and wants to come back.
    pub zhou: Person,
    /// 林秀英, who is at home.
    pub lin: Person,
    /// 李果园, who has an orchard and hires.
    pub li: Person,
    /// 简书记, a cadre.
    pub jian: Person,
}

/// An instant of 2026 in China.
pub fn at(month: u8, of_month: u8, hour: i64) -> Micros {
    day(2026, month, of_month) + hour * HOUR
}

/// 重滩村 of 成佳镇, on the morning of the second of September.
pub fn chongtan() -> Village {
    space("village", "重滩村", Some("成佳镇"))
}

/// Any space.
pub fn space(kind: &str, name: &str, above: Option<&str>) -> Village {
    let host = Host::new(include_str!("../../plugin.toml"));
    host.place(kind, name, above);
    host.set_now(at(9, 2, 8));
    let (zhou, lin, li) = (host.member("周建国"), host.member("林秀英"), host.member("李果园"));
    let jian = host.cadre("简书记");
    Village { host, zhou, lin, li, jian }
}

/// A posting with everything in it.
pub fn factory() -> PostForm {
    PostForm {
        title: "电子厂普工".into(),
        employer: Some("贡井区晨光电子厂".into()),
        kind: "full".into(),
        place: Some("成佳镇工业园".into()),
        distance: Some(8),
        pay_from: Some(450_000),
        pay_to: Some(600_000),
        pay_per: "month".into(),
        headcount: 2,
        trades: vec!["factory".into()],
        housing: true,
        meals: true,
        contact_name: Some("刘主任".into()),
        contact_phone: Some("13890001111".into()),
        closes: Some("2026-10-31".into()),
        ..PostForm::default()
    }
}

/// What 李果园 proposes.
pub fn orchard() -> ProposeForm {
    ProposeForm {
        title: "柑橘采摘".into(),
        employer: "李家果园".into(),
        kind: "day".into(),
        place: "重滩村三组".into(),
        distance: Some(0),
        pay_from: 12_000,
        pay_to: Some(15_000),
        pay_per: "day".into(),
        headcount: 5,
        trades: vec!["farm".into()],
        meals: true,
        contact_name: "李老板".into(),
        contact_phone: "13890002222".into(),
        closes: "2026-09-30".into(),
        ..ProposeForm::default()
    }
}

impl Village {
    pub fn post(&self, form: PostForm) -> String {
        self.host.as_(&self.jian).act(|cx| Jobs::post(cx, form)).unwrap().subject.unwrap()
    }

    pub fn propose(&self) -> String {
        self.host.as_(&self.li).act(|cx| Jobs::propose(cx, orchard())).unwrap().subject.unwrap()
    }

    pub fn publish(&self, posting: &str) -> Result<Outcome> {
        self.host.as_(&self.jian).act(|cx| Jobs::publish(cx, PublishForm { posting: posting.into(), seen: None }))
    }

    /// 李果园's posting, checked and published.
    pub fn orchard(&self) -> String {
        let posting = self.propose();
        self.publish(&posting).unwrap();
        posting
    }

    pub fn sign_up(&self, who: &Person, posting: &str) -> Result<String> {
        let form = SignUpForm { posting: posting.into(), ..SignUpForm::default() };
        self.host.as_(who).act(|cx| Jobs::sign_up(cx, form)).map(|outcome| outcome.subject.unwrap())
    }

    pub fn caller(&self, posting: &str, name: &str, phone: &str) -> Result<String> {
        let form = SignUpOtherForm {
            posting: posting.into(),
            name: name.into(),
            phone: phone.into(),
            ..SignUpOtherForm::default()
        };
        self.host.as_(&self.jian).act(|cx| Jobs::sign_up_other(cx, form)).map(|outcome| outcome.subject.unwrap())
    }

    pub fn withdraw(&self, who: &Person, signup: &str) -> Result<Outcome> {
        self.host.as_(who).act(|cx| Jobs::withdraw(cx, WithdrawForm { signup: signup.into() }))
    }

    pub fn answer(&self, signup: &str, state: &str, text: &str) -> Result<Outcome> {
        let text = Some(text.to_owned()).filter(|text| !text.is_empty());
        let form = AnswerForm { signup: signup.into(), state: state.into(), text, seen: None };
        self.host.as_(&self.jian).act(|cx| Jobs::answer(cx, form))
    }

    pub fn report(&self, who: &Person, posting: &str, why: &str) -> Result<Outcome> {
        let form = ReportForm {
            posting: posting.into(),
            why: why.into(),
            text: Some("打电话就要 200 元，电话13812345678".into()),
        };
        self.host.as_(who).act(|cx| Jobs::report(cx, form))
    }

    pub fn judge(&self, posting: &str, verdict: &str, text: &str) -> Result<Outcome> {
        let form = JudgeForm { posting: posting.into(), verdict: verdict.into(), text: text.into() };
        self.host.as_(&self.jian).act(|cx| Jobs::judge(cx, form))
    }

    /// The document as it is kept, whoever may read it.
    pub fn kept(&self, id: &str) -> Doc<Posting> {
        self.host.system().read(|cx| cx.data::<Posting>().must(id)).unwrap()
    }

    pub fn state(&self, id: &str) -> State {
        self.kept(id).state
    }

    pub fn signup(&self, id: &str) -> Doc<Signup> {
        self.host.system().read(|cx| cx.data::<Signup>().must(id)).unwrap()
    }

    pub fn stands(&self, id: &str) -> SignState {
        self.signup(id).state
    }

    /// The only posting that there is.
    pub fn only(&self) -> Doc<Posting> {
        let mut all = self.host.all::<Posting>().unwrap();
        assert_eq!(all.len(), 1);
        all.remove(0)
    }

    /// What somebody (or a visitor) reads.
    pub fn read<R>(&self, who: Option<&Person>, body: impl FnOnce(&Read) -> Result<R>) -> Result<R> {
        match who {
            Some(person) => self.host.as_(person).read(body),
            None => self.host.visitor().read(body),
        }
    }

    /// The page of a posting as JSON text, for looking for words.
    pub fn page(&self, who: Option<&Person>, id: &str) -> Result<String> {
        let params = PostingParams { id: id.into(), cursor: None };
        self.read(who, |cx| Jobs::posting(cx, params)).map(|view| text(&view))
    }

    /// Titles that the query finds.
    pub fn find(&self, who: Option<&Person>, params: JobsParams) -> Vec<String> {
        let found = self.read(who, |cx| Jobs::jobs(cx, params)).unwrap();
        let title = |job: &Value| job["title"].as_str().unwrap().to_owned();
        found["jobs"].as_array().unwrap().iter().map(title).collect()
    }

    pub fn todos(&self, who: &Person) -> Vec<Todo> {
        self.host.as_(who).read(Jobs::todos).unwrap()
    }

    pub fn titles(&self, who: &Person) -> Vec<String> {
        self.todos(who).into_iter().map(|todo| todo.title).collect()
    }

    /// Titles of the messages that somebody got.
    pub fn inbox(&self, who: &Person) -> Vec<String> {
        self.host.inbox(who).into_iter().map(|message| message.title.zh).collect()
    }

    /// Delivers what the plugin sent to itself.
    pub fn settle(&self) {
        for _ in 0..10 {
            let before = self.host.sent().len();
            self.deliver_here();
            if self.host.sent().len() == before {
                return;
            }
        }
    }

    fn deliver_here(&self) {
        for sent in self.host.sent() {
            let event = self.host.event(&sent.name, &sent.subject, sent.payload.clone());
            let heard = self.host.system();
            match sent.name.as_str() {
                "jobs.signup-changed/1" => heard.act(|cx| Jobs::hear_signup_changed(cx, event)).unwrap(),
                "jobs.posting-hidden/1" => heard.act(|cx| Jobs::hear_posting_hidden(cx, event)).unwrap(),
                _ => {}
            }
        }
    }

    /// The last event of a name that went to other spaces.
    pub fn told(&self, name: &str) -> Send {
        self.host.sent().into_iter().rfind(|sent| sent.name == name).unwrap()
    }

    /// Hears an event as the host delivers it from another space.
    pub fn hear(&self, sent: &Send, from: &str, from_name: &str) -> Event {
        let event = self.host.event(&sent.name, &sent.subject, sent.payload.clone());
        let event = Event { from: from.to_owned(), from_name: Some(from_name.to_owned()), ..event };
        self.again(&event);
        event
    }

    /// Hears the very same event.
    pub fn again(&self, event: &Event) {
        let event = event.clone();
        let heard = self.host.system();
        match event.name.as_str() {
            "jobs.posting-changed/1" => heard.act(|cx| Jobs::hear_posting_changed(cx, event)).unwrap(),
            "jobs.signed-up/1" => heard.act(|cx| Jobs::hear_signed_up(cx, event)).unwrap(),
            "jobs.signup-answered/1" => heard.act(|cx| Jobs::hear_signup_answered(cx, event)).unwrap(),
            "jobs.posting-doubted/1" => heard.act(|cx| Jobs::hear_posting_doubted(cx, event)).unwrap(),
            other => panic!("{other} does not come from another space"),
        }
    }
}

/// Parameters of the query with its defaults.
pub fn all() -> JobsParams {
    JobsParams { sort: "newest".into(), limit: 20, ..JobsParams::default() }
}

/// The sentence of a conflict or a refusal, or the field and message of what was typed wrong.
pub fn why<T: std::fmt::Debug>(result: Result<T>) -> String {
    match result.unwrap_err() {
        Error::Conflict(sentence) | Error::Denied(sentence) => sentence,
        Error::Invalid(fields) => format!("{}: {}", fields[0].field, fields[0].message),
        other => format!("{other:?}"),
    }
}

/// A view as JSON text, for looking for words.
pub fn text(view: &View) -> String {
    cunshi_sdk::serde_json::to_string(view).unwrap()
}
