//! A village to tell stories in, and short words for what its people do.

use cunshi_plugin_notices::domain::{Notice, State};
use cunshi_plugin_notices::{
    AcknowledgeForm, Notices, NoticesParams, PinForm, Plugin, PublishForm, ReadersParams, RemindForm, ShowParams,
    WithdrawForm, WriteForm,
};
use cunshi_sdk::days::{HOUR, MINUTE, Micros};
use cunshi_sdk::prelude::{Doc, Household, Outcome, Person, Read, Result, Value, View};
use cunshi_sdk::testing::{Host, day};

/// A space with the people that stories need.
pub struct Village {
    pub host: Host,
    /// 林秀英 of the third group.
    pub lin: Person,
    /// 王大山 of the first group.
    pub wang: Person,
    /// 陈婆婆 of the third group, who has no phone.
    pub chen: Person,
    /// 简书记, a cadre.
    pub jian: Person,
    /// The household of 林秀英.
    pub lins: Household,
    /// The household of 陈婆婆.
    pub chens: Household,
}

/// An instant of 2026 in China.
pub fn at(month: u8, of_month: u8, hour: i64, minute: i64) -> Micros {
    day(2026, month, of_month) + hour * HOUR + minute * MINUTE
}

/// 天府社区 of 成佳镇, on the morning of the second of September.
pub fn tianfu() -> Village {
    space("community", "天府社区", Some("成佳镇"))
}

/// Any space.
pub fn space(kind: &str, name: &str, above: Option<&str>) -> Village {
    let host = Host::new(include_str!("../../plugin.toml"));
    host.place(kind, name, above);
    host.set_now(at(9, 2, 8, 14));
    let (lin, wang, chen) = (host.member("林秀英"), host.member("王大山"), host.member("陈婆婆"));
    let jian = host.cadre("简书记");
    let lins = host.household("林家", "三组", &[&lin]);
    host.household("王家", "一组", &[&wang]);
    let chens = host.household("陈家", "三组", &[&chen]);
    Village { host, lin, wang, chen, jian, lins, chens }
}

/// A notice for everybody, to be changed as a story needs it.
pub fn power_cut() -> WriteForm {
    WriteForm {
        kind: "announcement".into(),
        title: "周六上午停电".into(),
        text: "9 月 5 日 8 点到 12 点检修线路，\n请提前充好电。".into(),
        audience: "all".into(),
        release: "now".into(),
        ..WriteForm::default()
    }
}

impl Village {
    pub fn try_write(&self, form: WriteForm) -> Result<Outcome> {
        self.host.as_(&self.jian).act(|cx| Notices::write(cx, form))
    }

    pub fn write(&self, form: WriteForm) -> String {
        self.try_write(form).unwrap().subject.unwrap()
    }

    /// For a group, out at once.
    pub fn write_for_group(&self, group: &str) -> String {
        let form = WriteForm { audience: "groups".into(), groups: vec![group.into()], ..power_cut() };
        self.write(form)
    }

    /// For one household, out at once.
    pub fn write_for_household(&self, household: &Household) -> String {
        let household = Some(household.id.clone());
        self.write(WriteForm { audience: "households".into(), household, ..power_cut() })
    }

    /// For everybody, asking to be acknowledged, out at once.
    pub fn write_asking(&self) -> String {
        self.write(WriteForm { acknowledge: true, ..power_cut() })
    }

    pub fn publish(&self, notice: &str) -> Result<Outcome> {
        self.host.as_(&self.jian).act(|cx| Notices::publish(cx, PublishForm { notice: notice.into() }))
    }

    pub fn withdraw(&self, notice: &str) -> Result<Outcome> {
        let form = WithdrawForm { notice: notice.into(), reason: "时间写错了".into() };
        self.host.as_(&self.jian).act(|cx| Notices::withdraw(cx, form))
    }

    pub fn pin(&self, notice: &str) -> Result<Outcome> {
        self.host.as_(&self.jian).act(|cx| Notices::pin(cx, PinForm { notice: notice.into() }))
    }

    pub fn acknowledge(&self, by: &Person, notice: &str) -> Result<Outcome> {
        self.host.as_(by).act(|cx| Notices::acknowledge(cx, AcknowledgeForm { notice: notice.into() }))
    }

    pub fn acknowledge_for(&self, by: &Person, whom: &Person, notice: &str) -> Result<Outcome> {
        let form = AcknowledgeForm { notice: notice.into() };
        self.host.as_(by).on_behalf_of(whom).act(|cx| Notices::acknowledge(cx, form))
    }

    pub fn remind(&self, notice: &str, whom: &str) -> Result<Outcome> {
        let form = RemindForm { notice: notice.into(), whom: whom.into() };
        self.host.as_(&self.jian).act(|cx| Notices::remind(cx, form))
    }

    pub fn count_readers(&self) {
        self.host.job(Notices::count).unwrap();
    }

    /// The notice as it is kept, whoever may read it.
    pub fn notice(&self, id: &str) -> Doc<Notice> {
        self.host.system().read(|cx| cx.data::<Notice>().must(id)).unwrap()
    }

    pub fn state(&self, id: &str) -> State {
        self.notice(id).state
    }

    /// What somebody (or a visitor) reads.
    pub fn read<R>(&self, who: Option<&Person>, body: impl FnOnce(&Read) -> Result<R>) -> Result<R> {
        match who {
            Some(person) => self.host.as_(person).read(body),
            None => self.host.visitor().read(body),
        }
    }

    /// The page of a notice as JSON text, for looking for words.
    pub fn page(&self, who: Option<&Person>, id: &str) -> Result<String> {
        self.read(who, |cx| Notices::show(cx, ShowParams { id: id.into() })).map(|view| text(&view))
    }

    /// The ids of one page of the board, and the cursor of the next.
    pub fn list(&self, who: Option<&Person>, params: NoticesParams) -> (Vec<String>, Option<String>) {
        let found = self.read(who, |cx| Notices::notices(cx, params)).unwrap();
        let id = |notice: &Value| notice["id"].as_str().unwrap().to_owned();
        let next = found["next"].as_str().map(str::to_owned);
        (found["notices"].as_array().unwrap().iter().map(id).collect(), next)
    }

    pub fn board(&self, who: Option<&Person>) -> Vec<String> {
        self.list(who, params()).0
    }

    /// The page of those who have read it, and who have not.
    pub fn readers(&self, id: &str, show: &str) -> String {
        let params = ReadersParams { id: id.into(), show: show.into(), page: 1 };
        text(&self.read(Some(&self.jian), |cx| Notices::readers(cx, params)).unwrap())
    }
}

/// Everything that is current.
pub fn params() -> NoticesParams {
    NoticesParams { show: "current".into(), limit: 20, ..NoticesParams::default() }
}

/// A view as JSON text, for looking for words.
pub fn text(view: &View) -> String {
    cunshi_sdk::serde_json::to_string(view).unwrap()
}
