//! A village to tell stories in, and short words for what its people do.

use cunshi_plugin_diaries::domain::days::{HOUR, MINUTE, Micros};
use cunshi_plugin_diaries::domain::{Entry, Sheet};
use cunshi_plugin_diaries::{
    ConfirmForm, CorrectForm, Diaries, DiaryParams, DisputeForm, EntryParams, Plugin, SettleForm, WithdrawForm,
    WriteForm,
};
use cunshi_sdk::prelude::{Deed, Doc, Household, Outcome, Person, Read, Result, Todo, Value, View};
use cunshi_sdk::testing::{Host, day};

/// A village with the people that stories need.
pub struct Village {
    pub host: Host,
    /// 林秀英, a villager, with her household and her son.
    pub lin: Person,
    pub son: Person,
    pub lins: Household,
    /// A neighbour with a household of his own.
    pub wang: Person,
    pub wangs: Household,
    /// 简书记, a cadre; 李主任, another one.
    pub jian: Person,
    pub li: Person,
    /// 陈监督, of the supervision committee.
    pub chen: Person,
    /// 周管理, the admin.
    pub zhou: Person,
}

/// An instant of 2026 in China.
pub fn at(month: u8, of_month: u8, hour: i64, minute: i64) -> Micros {
    day(2026, month, of_month) + hour * HOUR + minute * MINUTE
}

/// 天府社区 on the morning of the second of September.
pub fn tianfu() -> Village {
    let host = Host::new(include_str!("../../plugin.toml"));
    host.set_now(at(9, 2, 9, 30));
    let (lin, son, wang) = (host.member("林秀英"), host.member("林小军"), host.member("王大山"));
    let (jian, li) = (host.cadre("简书记"), host.cadre("李主任"));
    let (chen, zhou) = (host.supervisor("陈监督"), host.admin("周管理"));
    let lins = host.household("林秀英", "三组", &[&lin, &son]);
    let wangs = host.household("王大山", "二组", &[&wang]);
    host.household("简书记", "一组", &[&jian]);
    let again =
        |person: &Person, household: &Household| Person { household: Some(household.id.clone()), ..person.clone() };
    let (lin, son, wang) = (again(&lin, &lins), again(&son, &lins), again(&wang, &wangs));
    Village { host, lin, son, lins, wang, wangs, jian, li, chen, zhou }
}

/// A visit to a household as its form says it.
pub fn visit(household: &Household, text: &str) -> WriteForm {
    let household = Some(household.id.clone());
    WriteForm {
        kind: "visit".into(),
        household,
        text: Some(text.into()),
        keep: "publish".into(),
        ..WriteForm::default()
    }
}

/// Work without a household.
pub fn work(kind: &str, text: &str) -> WriteForm {
    WriteForm { kind: kind.into(), text: Some(text.into()), keep: "publish".into(), ..WriteForm::default() }
}

/// The same on a day.
pub fn on(day: &str, form: WriteForm) -> WriteForm {
    WriteForm { day: Some(day.into()), ..form }
}

impl Village {
    pub fn try_write(&self, by: &Person, form: WriteForm) -> Result<Outcome> {
        self.host.as_(by).act(|cx| Diaries::write(cx, form))
    }

    pub fn write(&self, by: &Person, form: WriteForm) -> String {
        self.try_write(by, form).unwrap().subject.unwrap()
    }

    pub fn confirm(&self, by: &Person, entry: &str) -> Result<Outcome> {
        self.host.as_(by).act(|cx| Diaries::confirm(cx, ConfirmForm { entry: entry.into(), seen: None }))
    }

    pub fn dispute(&self, by: &Person, entry: &str, text: &str) -> Result<Outcome> {
        let form = DisputeForm { entry: entry.into(), text: text.into() };
        self.host.as_(by).act(|cx| Diaries::dispute(cx, form))
    }

    pub fn settle(&self, by: &Person, entry: &str, finding: &str) -> Result<Outcome> {
        let form = SettleForm {
            entry: entry.into(),
            finding: finding.into(),
            text: "问过双方，看了照片".into(),
            ..SettleForm::default()
        };
        self.host.as_(by).act(|cx| Diaries::settle(cx, form))
    }

    pub fn withdraw(&self, by: &Person, entry: &str) -> Result<Outcome> {
        let form = WithdrawForm { entry: entry.into(), reason: "户选错了".into() };
        self.host.as_(by).act(|cx| Diaries::withdraw(cx, form))
    }

    /// A correction that begins with what the entry says.
    pub fn correct(&self, by: &Person, entry: &str, change: impl FnOnce(&mut CorrectForm)) -> Result<Outcome> {
        let now = self.entry(entry);
        let mut form = CorrectForm {
            entry: entry.into(),
            seen: None,
            text: now.text.clone(),
            day: cunshi_sdk::days::write_day(now.day),
            place: now.place.clone(),
            minutes: now.minutes,
            promised: now.promised.clone(),
            follow_up: now.follow_up.map(cunshi_sdk::days::write_day),
            reason: "写错了".into(),
        };
        change(&mut form);
        self.host.as_(by).act(|cx| Diaries::correct(cx, form))
    }

    /// The entry as it is kept, whoever may read it.
    pub fn entry(&self, id: &str) -> Doc<Entry> {
        self.host.system().read(|cx| cx.data::<Entry>().must(id)).unwrap()
    }

    /// The only sheet of a cadre.
    pub fn sheet(&self, person: &Person, month: &str) -> Option<Doc<Sheet>> {
        let key = format!("{month}/{}", person.id);
        self.host.all::<Sheet>().unwrap().into_iter().find(|sheet| sheet.key == key)
    }

    /// What somebody (or a visitor) reads.
    pub fn read<R>(&self, who: Option<&Person>, body: impl FnOnce(&Read) -> Result<R>) -> Result<R> {
        match who {
            Some(person) => self.host.as_(person).read(body),
            None => self.host.visitor().read(body),
        }
    }

    /// The page of an entry as JSON text.
    pub fn page(&self, who: Option<&Person>, id: &str) -> Result<String> {
        self.read(who, |cx| Diaries::diary(cx, DiaryParams { id: id.into() })).map(|view| text(&view))
    }

    /// An entry as the API gives it.
    pub fn json(&self, who: Option<&Person>, id: &str) -> Result<Value> {
        self.read(who, |cx| Diaries::entry(cx, EntryParams { id: id.into() }))
    }

    pub fn todos(&self, who: &Person) -> Vec<Todo> {
        self.read(Some(who), Diaries::todos).unwrap()
    }

    pub fn titles(&self, who: &Person) -> Vec<String> {
        self.todos(who).into_iter().map(|todo| todo.title).collect()
    }

    /// The titles of somebody's messages.
    pub fn inbox(&self, who: &Person) -> Vec<String> {
        self.host.inbox(who).into_iter().map(|message| message.title.zh).collect()
    }

    /// The deeds that were told of.
    pub fn deeds(&self) -> Vec<Deed> {
        let sent = self.host.sent();
        sent.into_iter().map(|sent| cunshi_sdk::serde_json::from_value(sent.payload).unwrap()).collect()
    }
}

/// A view as JSON text, for looking for words.
pub fn text(view: &View) -> String {
    cunshi_sdk::serde_json::to_string(view).unwrap()
}
