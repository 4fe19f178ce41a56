//! A village to tell stories in, and short words for what its people do.

use cunshi_plugin_issues::domain::days::{HOUR, MINUTE, Micros};
use cunshi_plugin_issues::domain::{Case, State};
use cunshi_plugin_issues::messages::MOVED;
use cunshi_plugin_issues::{
    AcceptForm, AnswerForm, CloseForm, Issues, MeTooForm, Plugin, ProgressForm, RateForm, ReferForm, ReportForm,
};
use cunshi_sdk::prelude::{Ask, Deed, Doc, Outcome, Person, Read, Result, Send, Value, View, json};
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
}

/// An instant of 2026 in China.
pub fn at(month: u8, of_month: u8, hour: i64, minute: i64) -> Micros {
    day(2026, month, of_month) + hour * HOUR + minute * MINUTE
}

/// 天府社区 of 成佳镇, on the morning of the second of September.
pub fn tianfu() -> Village {
    space("community", "天府社区", Some("成佳镇"))
}

/// 成佳镇 of the district; `jian` is an officer there.
pub fn chengjia() -> Village {
    space("town", "成佳镇", Some("贡井区"))
}

/// Any space.
pub fn space(kind: &str, name: &str, above: Option<&str>) -> Village {
    let host = Host::new(include_str!("../../plugin.toml"));
    host.place(kind, name, above);
    host.set_now(at(9, 2, 8, 14));
    deadlines(&host, 1, [3, 7, 15]);
    let (lin, wang, jian) = (host.member("林秀英"), host.member("王大山"), host.cadre("简书记"));
    Village { host, lin, wang, jian }
}

/// Has the rule for deadlines answer so many working days: to accept, and for simple, ordinary and complex cases.
pub fn deadlines(host: &Host, accept: u32, handle: [u32; 3]) {
    host.rule("issues.deadline", move |ask: &Ask| {
        let fact = |name: &str| ask.input.get(name).and_then(Value::as_str);
        let days = match (fact("step"), fact("complexity")) {
            (Some("accept"), _) => accept,
            (_, Some("simple")) => handle[0],
            (_, Some("complex")) => handle[2],
            _ => handle[1],
        };
        json!({ "working_days": days })
    });
}

impl Village {
    pub fn report(&self, by: &Person, title: &str, category: &str) -> String {
        self.report_with(by, ReportForm { title: title.into(), category: category.into(), ..ReportForm::default() })
    }

    pub fn report_with(&self, by: &Person, form: ReportForm) -> String {
        self.host.as_(by).act(|cx| Issues::report(cx, form)).unwrap().subject.unwrap()
    }

    pub fn accept(&self, case: &str, complexity: &str) -> Result<Outcome> {
        let text = Some("谢谢你的及时反映，今天上午派人来看。".to_owned());
        let form = AcceptForm { case: case.into(), complexity: complexity.into(), text, seen: None };
        self.host.as_(&self.jian).act(|cx| Issues::accept(cx, form))
    }

    pub fn progress(&self, case: &str, text: &str) -> Result<Outcome> {
        let form = ProgressForm { case: case.into(), text: text.into(), ..ProgressForm::default() };
        self.host.as_(&self.jian).act(|cx| Issues::progress(cx, form))
    }

    pub fn answer(&self, case: &str, text: &str) -> Result<Outcome> {
        let form = AnswerForm { case: case.into(), text: text.into(), seen: None };
        self.host.as_(&self.jian).act(|cx| Issues::answer(cx, form))
    }

    pub fn close(&self, case: &str, text: &str) -> Result<Outcome> {
        let form = CloseForm { case: case.into(), text: text.into(), ..CloseForm::default() };
        self.host.as_(&self.jian).act(|cx| Issues::close(cx, form))
    }

    pub fn refer(&self, case: &str, text: &str) -> Result<Outcome> {
        let form = ReferForm { case: case.into(), text: text.into(), seen: None };
        self.host.as_(&self.jian).act(|cx| Issues::refer(cx, form))
    }

    pub fn rate(&self, by: &Person, case: &str, stars: u8) -> Result<Outcome> {
        let form = RateForm { case: case.into(), solved: "yes".into(), stars: Some(stars), text: None };
        self.host.as_(by).act(|cx| Issues::rate(cx, form))
    }

    pub fn me_too(&self, by: &Person, case: &str) -> Result<Outcome> {
        self.host.as_(by).act(|cx| Issues::me_too(cx, MeTooForm { case: case.into() }))
    }

    /// The case as it is kept, whoever may read it.
    pub fn case(&self, id: &str) -> Doc<Case> {
        self.host.system().read(|cx| cx.data::<Case>().must(id)).unwrap()
    }

    pub fn state(&self, id: &str) -> State {
        self.case(id).state
    }

    /// What other spaces were told: neither deeds, nor what the module tells itself.
    pub fn told(&self) -> Vec<Send> {
        let ours = ["deed/1", MOVED];
        self.host.sent().into_iter().filter(|sent| !ours.contains(&sent.name.as_str())).collect()
    }

    /// The deeds that were told of.
    pub fn deeds(&self) -> Vec<Deed> {
        let deeds = self.host.sent().into_iter().filter(|sent| sent.name == "deed/1");
        deeds.map(|sent| cunshi_sdk::serde_json::from_value(sent.payload).unwrap()).collect()
    }

    /// What somebody (or a visitor) reads.
    pub fn read<R>(&self, who: Option<&Person>, body: impl FnOnce(&Read) -> Result<R>) -> Result<R> {
        match who {
            Some(person) => self.host.as_(person).read(body),
            None => self.host.visitor().read(body),
        }
    }

    /// The page of a case as JSON text, for looking for words.
    pub fn case_page(&self, who: Option<&Person>, id: &str) -> Result<String> {
        let params = cunshi_plugin_issues::CaseParams { id: id.into() };
        self.read(who, |cx| Issues::case(cx, params)).map(|view| text(&view))
    }

    pub fn cases(&self, who: Option<&Person>, show: &str) -> Vec<String> {
        let params = cunshi_plugin_issues::CasesParams { show: show.into(), limit: 20, ..Default::default() };
        let found = self.read(who, |cx| Issues::cases(cx, params)).unwrap();
        let number = |case: &Value| case["number"].as_str().unwrap().to_owned();
        found["cases"].as_array().unwrap().iter().map(number).collect()
    }
}

/// A view as JSON text, for looking for words.
pub fn text(view: &View) -> String {
    cunshi_sdk::serde_json::to_string(view).unwrap()
}
