//! A village to tell stories in, and short words for what its people do.

use cunshi_plugin_services::domain::days::{HOUR, MINUTE, Micros};
use cunshi_plugin_services::domain::{Paper, Request, State};
use cunshi_plugin_services::{
    AcceptForm, AskForm, FinishForm, HandOverForm, NeedMoreForm, PassUpForm, Plugin, ProgressForm, RateForm,
    RefuseForm, Services, SupplementForm, TrackParams,
};
use cunshi_sdk::prelude::{Doc, Outcome, Person, Read, Result, View};
use cunshi_sdk::testing::{Host, day};

/// A space with the people that stories need.
pub struct Village {
    pub host: Host,
    /// 林秀英, a villager.
    pub lin: Person,
    /// Her neighbour.
    pub wang: Person,
    /// 简书记, a cadre.
    pub jian: Person,
    /// 陈监督, of the supervision committee.
    pub chen: Person,
    /// 何主任, the admin.
    pub he: Person,
}

/// An instant of 2026 in China.
pub fn at(month: u8, of_month: u8, hour: i64, minute: i64) -> Micros {
    day(2026, month, of_month) + hour * HOUR + minute * MINUTE
}

/// 天府社区 of 成佳镇, on the morning of Wednesday, the second of September.
pub fn tianfu() -> Village {
    space("community", "天府社区", Some("成佳镇"))
}

/// 成佳镇 of the district; `jian` is an officer there.
pub fn chengjia() -> Village {
    space("town", "成佳镇", Some("贡井区"))
}

fn space(kind: &str, name: &str, above: Option<&str>) -> Village {
    let host = Host::new(include_str!("../../plugin.toml"));
    host.place(kind, name, above);
    host.set_now(at(9, 2, 9, 0));
    let (lin, wang, jian) = (host.member("林秀英"), host.member("王大山"), host.cadre("简书记"));
    let (chen, he) = (host.supervisor("陈监督"), host.admin("何主任"));
    Village { host, lin, wang, jian, chen, he }
}

impl Village {
    pub fn ask(&self, by: &Person, service: &str) -> String {
        self.try_ask(by, form(service)).unwrap().subject.unwrap()
    }

    pub fn try_ask(&self, by: &Person, form: AskForm) -> Result<Outcome> {
        self.host.as_(by).act(|cx| Services::ask(cx, form))
    }

    pub fn accept(&self, request: &str) -> Result<Outcome> {
        let form = AcceptForm { request: request.into(), ..AcceptForm::default() };
        self.host.as_(&self.jian).act(|cx| Services::accept(cx, form))
    }

    pub fn need_more(&self, request: &str, text: &str) -> Result<Outcome> {
        let form = NeedMoreForm { request: request.into(), text: text.into(), seen: None };
        self.host.as_(&self.jian).act(|cx| Services::need_more(cx, form))
    }

    pub fn supplement(&self, by: &Person, request: &str, text: &str) -> Result<Outcome> {
        let text = Some(text.to_owned());
        let form = SupplementForm { request: request.into(), text, photos: Vec::new() };
        self.host.as_(by).act(|cx| Services::supplement(cx, form))
    }

    pub fn progress(&self, request: &str, text: &str) -> Result<Outcome> {
        let form = ProgressForm { request: request.into(), text: text.into(), seen: None };
        self.host.as_(&self.jian).act(|cx| Services::progress(cx, form))
    }

    pub fn pass_up(&self, request: &str, text: &str, with_details: bool) -> Result<Outcome> {
        let form = PassUpForm { request: request.into(), text: text.into(), with_details, seen: None };
        self.host.as_(&self.jian).act(|cx| Services::pass_up(cx, form))
    }

    /// Finishes with nothing to hand over.
    pub fn tell(&self, request: &str, text: &str) -> Result<Outcome> {
        self.finish(FinishForm {
            request: request.into(),
            how: "told".into(),
            text: Some(text.into()),
            ..FinishForm::default()
        })
    }

    /// Finishes with a file.
    pub fn issue(&self, request: &str) -> String {
        let file = self.host.upload(&self.jian, "证明.pdf");
        let form = FinishForm {
            request: request.into(),
            how: "file".into(),
            files: vec![file.clone()],
            ..FinishForm::default()
        };
        self.finish(form).unwrap();
        file
    }

    /// Finishes for the counter, and answers the code.
    pub fn set_ready(&self, request: &str) -> String {
        self.finish(FinishForm { request: request.into(), how: "pickup".into(), ..FinishForm::default() }).unwrap();
        self.paper(request).unwrap().body.open_code.unwrap()
    }

    pub fn finish(&self, form: FinishForm) -> Result<Outcome> {
        self.host.as_(&self.jian).act(|cx| Services::finish(cx, form))
    }

    pub fn hand_over(&self, form: HandOverForm) -> Result<Outcome> {
        self.host.as_(&self.jian).act(|cx| Services::hand_over(cx, form))
    }

    pub fn refuse(&self, request: &str) -> Result<Outcome> {
        let (text, instead) = ("户口不在本村".to_owned(), "请到户口所在的村办".to_owned());
        let form = RefuseForm { request: request.into(), text, instead, seen: None };
        self.host.as_(&self.jian).act(|cx| Services::refuse(cx, form))
    }

    pub fn rate(&self, by: &Person, request: &str, stars: u8, text: &str) -> Result<Outcome> {
        let form = RateForm { request: request.into(), stars, text: Some(text.into()) };
        self.host.as_(by).act(|cx| Services::rate(cx, form))
    }

    /// The request as it is kept, whoever may read it.
    pub fn request(&self, id: &str) -> Doc<Request> {
        self.host.system().read(|cx| cx.data::<Request>().must(id)).unwrap()
    }

    /// What is written in it, if it is still kept.
    pub fn paper(&self, id: &str) -> Option<Doc<Paper>> {
        self.host.all::<Paper>().unwrap().into_iter().find(|paper| paper.request == id)
    }

    pub fn state(&self, id: &str) -> State {
        self.request(id).state
    }

    /// What somebody (or a visitor) reads.
    pub fn read<R>(&self, who: Option<&Person>, body: impl FnOnce(&Read) -> Result<R>) -> Result<R> {
        match who {
            Some(person) => self.host.as_(person).read(body),
            None => self.host.visitor().read(body),
        }
    }

    /// The page of a request as JSON text, for looking for words.
    pub fn track(&self, who: Option<&Person>, id: &str) -> Result<String> {
        self.read(who, |cx| Services::track(cx, TrackParams { id: id.into() })).map(|view| text(&view))
    }

    /// The titles of the messages that somebody got, oldest first.
    pub fn inbox(&self, person: &Person) -> Vec<String> {
        self.host.inbox(person).into_iter().map(|message| message.title.zh).collect()
    }

    /// The titles of what waits for somebody.
    pub fn todos(&self, person: &Person) -> Vec<String> {
        self.read(Some(person), Services::todos).unwrap().into_iter().map(|todo| todo.title).collect()
    }
}

/// A request with the least that a form needs.
pub fn form(service: &str) -> AskForm {
    AskForm { service: service.into(), purpose: "孩子在镇上小学报名".into(), ..AskForm::default() }
}

/// A view as JSON text, for looking for words.
pub fn text(view: &View) -> String {
    cunshi_sdk::serde_json::to_string(view).unwrap()
}
