//! Spaces to tell stories in, and short words for what their people do.

use cunshi_plugin_disclosure::domain::days::{HOUR, MINUTE, Micros};
use cunshi_plugin_disclosure::domain::{Disclosure, Duty, Question};
use cunshi_plugin_disclosure::{
    AnswerForm, AskForm, DisclosureParams, DraftForm, OpenAffairs, Plugin, QuestionParams, SendBackForm, SignForm,
    SubmitForm, UnsatisfiedForm,
};
use cunshi_sdk::prelude::{Doc, Event, Outcome, Person, Read, Result, Send, Todo, View};
use cunshi_sdk::testing::{Host, day};

/// A space with the people that stories need.
pub struct Village {
    pub host: Host,
    /// 林秀英, a villager.
    pub lin: Person,
    /// Her neighbour.
    pub wang: Person,
    /// 简书记, a cadre; in a town or the district an officer.
    pub jian: Person,
    /// 陈会计, another cadre.
    pub chen: Person,
    /// 周主任 of the supervision committee.
    pub zhou: Person,
}

/// An instant of 2026 in China.
pub fn at(month: u8, of_month: u8, hour: i64, minute: i64) -> Micros {
    day(2026, month, of_month) + hour * HOUR + minute * MINUTE
}

/// 天府社区 of 成佳镇, on the morning of the second of September, with its duties open.
pub fn tianfu() -> Village {
    let village = space("community", "天府社区", Some("成佳镇"));
    village.host.job(OpenAffairs::keep_calendar).unwrap();
    village
}

/// 成佳镇 of the district.
pub fn chengjia() -> Village {
    space("town", "成佳镇", Some("贡井区"))
}

/// 贡井区.
pub fn gongjing() -> Village {
    space("district", "贡井区", None)
}

/// Any space.
pub fn space(kind: &str, name: &str, above: Option<&str>) -> Village {
    let host = Host::new(include_str!("../../plugin.toml"));
    host.place(kind, name, above);
    host.set_now(at(9, 2, 8, 14));
    let (lin, wang) = (host.member("林秀英"), host.member("王大山"));
    let (jian, chen, zhou) = (host.cadre("简书记"), host.cadre("陈会计"), host.supervisor("周主任"));
    Village { host, lin, wang, jian, chen, zhou }
}

/// A draft for a duty with a few words.
pub fn words_for(duty: &str) -> DraftForm {
    DraftForm { duty: duty.into(), text: Some("本期情况如下。".into()), ..DraftForm::default() }
}

impl Village {
    pub fn draft(&self, form: DraftForm) -> Result<String> {
        self.host.as_(&self.chen).act(|cx| OpenAffairs::draft(cx, form)).map(|done| done.subject.unwrap())
    }

    pub fn submit(&self, id: &str) -> Result<Outcome> {
        self.host.as_(&self.chen).act(|cx| OpenAffairs::submit(cx, SubmitForm { id: id.into() }))
    }

    pub fn sign(&self, by: &Person, id: &str) -> Result<Outcome> {
        let seen = self.paper(id).steps.len().to_string();
        self.host.as_(by).act(|cx| OpenAffairs::sign(cx, SignForm { id: id.into(), seen, note: None }))
    }

    pub fn send_back(&self, id: &str, reason: &str) -> Result<Outcome> {
        let seen = self.paper(id).steps.len().to_string();
        let form = SendBackForm { id: id.into(), seen, reason: reason.into() };
        self.host.as_(&self.zhou).act(|cx| OpenAffairs::send_back(cx, form))
    }

    /// Written, sent and signed.
    pub fn publish(&self, form: DraftForm) -> String {
        let id = self.draft(DraftForm { submit: true, ..form }).unwrap();
        self.sign(&self.zhou, &id).unwrap();
        id
    }

    pub fn ask(&self, by: &Person, disclosure: Option<&str>, text: &str) -> String {
        let form = AskForm { disclosure: disclosure.map(str::to_owned), text: text.into(), private: false };
        self.ask_with(by, form).unwrap()
    }

    pub fn ask_with(&self, by: &Person, form: AskForm) -> Result<String> {
        self.host.as_(by).act(|cx| OpenAffairs::ask(cx, form)).map(|done| done.subject.unwrap())
    }

    pub fn answer(&self, id: &str, text: &str) -> Result<Outcome> {
        let form = AnswerForm { question: id.into(), text: text.into() };
        self.host.as_(&self.jian).act(|cx| OpenAffairs::answer(cx, form))
    }

    pub fn unsatisfied(&self, by: &Person, id: &str, text: &str) -> Result<Outcome> {
        let form = UnsatisfiedForm { question: id.into(), text: text.into() };
        self.host.as_(by).act(|cx| OpenAffairs::unsatisfied(cx, form))
    }

    /// All that happens by the clock, within the hour.
    pub fn clock(&self) {
        self.host.job(OpenAffairs::keep_calendar).unwrap();
        self.host.job(OpenAffairs::publish_signed).unwrap();
        self.host.job(OpenAffairs::raise_overdue).unwrap();
    }

    pub fn paper(&self, id: &str) -> Doc<Disclosure> {
        self.host.system().read(|cx| cx.data::<Disclosure>().must(id)).unwrap()
    }

    pub fn duty(&self, key: &str) -> Doc<Duty> {
        self.host.all::<Duty>().unwrap().into_iter().find(|duty| duty.key == key).unwrap()
    }

    pub fn question(&self, id: &str) -> Doc<Question> {
        self.host.system().read(|cx| cx.data::<Question>().must(id)).unwrap()
    }

    /// The events of a name, oldest first.
    pub fn told(&self, name: &str) -> Vec<Send> {
        self.host.sent().into_iter().filter(|sent| sent.name == name).collect()
    }

    /// What somebody (or a visitor) reads.
    pub fn read<R>(&self, who: Option<&Person>, body: impl FnOnce(&Read) -> Result<R>) -> Result<R> {
        match who {
            Some(person) => self.host.as_(person).read(body),
            None => self.host.visitor().read(body),
        }
    }

    /// The page of a disclosure as JSON text, for looking for words.
    pub fn paper_page(&self, who: Option<&Person>, id: &str) -> Result<String> {
        let params = DisclosureParams { id: id.into() };
        self.read(who, |cx| OpenAffairs::disclosure(cx, params)).map(|view| text(&view))
    }

    pub fn question_page(&self, who: Option<&Person>, id: &str) -> Result<String> {
        let params = QuestionParams { id: id.into() };
        self.read(who, |cx| OpenAffairs::question(cx, params)).map(|view| text(&view))
    }

    pub fn todos(&self, who: &Person) -> Vec<String> {
        let todos: Vec<Todo> = self.read(Some(who), OpenAffairs::todos).unwrap();
        todos.into_iter().map(|todo| todo.title).collect()
    }

    pub fn inbox(&self, who: &Person) -> Vec<String> {
        self.host.inbox(who).into_iter().map(|message| message.title.zh).collect()
    }
}

/// An event as the host delivers it in another space.
pub fn arrive(there: &Village, sent: &Send, from: &str, from_name: &str) -> Event {
    let event = there.host.event(&sent.name, &sent.subject, sent.payload.clone());
    Event { from: from.to_owned(), from_name: Some(from_name.to_owned()), ..event }
}

/// A view as JSON text, for looking for words.
pub fn text(view: &View) -> String {
    cunshi_sdk::serde_json::to_string(view).unwrap()
}
