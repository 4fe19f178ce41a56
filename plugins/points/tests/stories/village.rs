//! A village to tell stories in, and short words for what its people do.

use std::cell::Cell;

use cunshi_plugin_points::domain::days::{HOUR, Micros};
use cunshi_plugin_points::domain::{Award, Goods, Objection, Reservation, State};
use cunshi_plugin_points::way::PUBLICITY_ENDED;
use cunshi_plugin_points::{
    AddGoodsForm, AnswerObjectionForm, ApproveForm, AwardParams, ClaimForm, DeclineForm, DeductForm, HandOutForm,
    ObjectForm, Plugin, Points, RedeemForm,
};
use cunshi_sdk::prelude::{
    Ask, Balances, Decided, Deed, Doc, Document, Evidence, Holder, Household, Outcome, Person, Read, Result, Value,
    View, json,
};
use cunshi_sdk::testing::{Host, day};

/// A space with the people that stories need.
pub struct Village {
    pub host: Host,
    /// 林秀英, of the household of 林建国.
    pub lin: Person,
    /// Her grandson, of the same household, a supervisor.
    pub lin_hui: Person,
    /// Her neighbour.
    pub wang: Person,
    /// 简书记, a cadre without a household here.
    pub jian: Person,
    /// 陈会计, a cadre.
    pub chen: Person,
    /// 周主任, of the supervision committee.
    pub zhou: Person,
    /// 邓管理员, the admin.
    pub deng: Person,
    pub lins: Household,
    pub wangs: Household,
    delivered: Cell<usize>,
}

/// An instant of 2026 in China.
pub fn at(month: u8, of_month: u8, hour: i64) -> Micros {
    day(2026, month, of_month) + hour * HOUR
}

/// The table of the stories; points in hundredths, as a plugin gets them.
pub fn table() -> Value {
    let row = |item: &str, label: &str, points: i64, kind: &str, review: &str, days: i64, how: &str| {
        json!({ "item": item, "label": label, "points": points, "kind": kind, "review": review,
                "publicity_days": days, "how": how })
    };
    let mut rows = vec![
        row("issue.adopted", "反映问题被采纳", 200, "redeemable", "none", 0, "deed"),
        row("volunteer.hours", "志愿服务", 100, "redeemable", "none", 0, "deed"),
        row("neighbour-help", "邻里互助", 100, "redeemable", "group", 3, "claim"),
        row("clean-yard", "庭院整洁", 500, "base", "group", 3, "claim"),
        row("blood-donation", "无偿献血", 1_000, "honour", "none", 2, "claim"),
        row("sweeping", "打扫公路", 50, "redeemable", "none", 0, "claim"),
        row("singing", "唱歌", 0, "redeemable", "none", 0, "claim"),
        row("littering", "乱倒垃圾", -500, "base", "none", 0, "deduction"),
    ];
    rows[1]["per"] = json!("小时");
    rows[2]["cap"] = json!(2);
    rows[2]["cap_span"] = json!("month");
    json!(rows)
}

/// What the rule of the stories decides: the row of the table, times the quantity where it is by the hour.
pub fn rule(ask: &Ask) -> Decided {
    let item = ask.input["item"].as_str().unwrap();
    let table = table();
    let row = table.as_array().unwrap().iter().find(|row| row["item"] == item);
    let (points, because) = match row {
        None => (0, "表上没有这一项".to_owned()),
        Some(row) if row["per"].is_string() => {
            let hours: f64 = ask.input["quantity"].as_str().unwrap().parse().unwrap();
            #[expect(clippy::cast_possible_truncation, reason = "hours of a story")]
            let points = (hours * 100.0).round() as i64 * row["points"].as_i64().unwrap() / 100;
            (points, format!("每小时 {} 分", row["points"].as_i64().unwrap() / 100))
        }
        Some(row) => (row["points"].as_i64().unwrap(), format!("{}按次记", row["label"].as_str().unwrap())),
    };
    let blank = json!({ "kind": "base", "review": "none", "publicity_days": 0 });
    let row = row.unwrap_or(&blank);
    let output = json!({
        "item": item, "points": points, "kind": row["kind"], "holder": "household", "review": row["review"],
        "publicity_days": row["publicity_days"],
    });
    let output = output.as_object().unwrap().clone();
    Decided { id: None, output, because: vec![because], origin: "village".into(), version: 3, fell_back: false }
}

/// 天府社区 of 成佳镇, on the morning of the second of September.
pub fn tianfu() -> Village {
    let host = Host::new(include_str!("../../plugin.toml"));
    host.set_now(at(9, 2, 8));
    host.rule("points.award", rule);
    host.rule("points.redeem", |ask| json!({ "allow": true, "price": ask.input["price"] }));
    host.table("points.award", table());
    let (lin, wang) = (host.member("林秀英"), host.member("王大山"));
    let (lin_hui, zhou) = (host.supervisor("林辉"), host.supervisor("周主任"));
    let (jian, chen, deng) = (host.cadre("简书记"), host.cadre("陈会计"), host.admin("邓管理员"));
    let lins = host.household("林建国", "三组", &[&lin, &lin_hui]);
    let wangs = host.household("王大山", "二组", &[&wang]);
    // Their household is known to the host now.
    let again = |person: &Person| {
        host.system().read(|cx| Ok(cx.person(&person.id)?.unwrap())).map(|known| Person { ..known }).unwrap()
    };
    let (lin, lin_hui, wang) = (again(&lin), again(&lin_hui), again(&wang));
    Village { host, lin, lin_hui, wang, jian, chen, zhou, deng, lins, wangs, delivered: Cell::new(0) }
}

impl Village {
    /// Another module tells of a deed.
    pub fn deed(&self, kind: &str, who: &Person, evidence: &str) {
        let deed = Deed::new(kind, self.host.now(), Evidence::new(evidence, "2026-0042 路灯不亮")).by(&who.id);
        self.tell(&deed).unwrap();
    }

    pub fn tell(&self, deed: &Deed) -> Result<()> {
        let payload = cunshi_sdk::serde_json::to_value(deed).unwrap();
        let event = self.host.event("deed/1", &deed.evidence.id, payload);
        self.host.system().act(|cx| Points::hear_deed(cx, event))
    }

    /// What the platform does by itself: delivers events that are due, until none is.
    pub fn settle(&self) {
        let mut waiting = Vec::new();
        let sent = self.host.sent();
        for send in sent.iter().skip(self.delivered.get()) {
            if send.not_before.is_some_and(|at| at > self.host.now()) {
                waiting.push(send.clone());
                continue;
            }
            let event = self.host.event(&send.name, &send.subject, send.payload.clone());
            let heard = if send.name == PUBLICITY_ENDED {
                self.host.system().act(|cx| Points::hear_publicity_ended(cx, event))
            } else {
                self.host.system().act(|cx| Points::hear_deed(cx, event))
            };
            heard.unwrap();
        }
        // What is not due yet is looked at again: hearing twice changes nothing.
        if waiting.is_empty() {
            self.delivered.set(sent.len());
        }
    }

    pub fn claim_form(item: &str) -> ClaimForm {
        ClaimForm { item: item.into(), text: "帮邻居收谷子".into(), quantity: "1".into(), ..ClaimForm::default() }
    }

    pub fn claim(&self, who: &Person, item: &str) -> String {
        let form = Self::claim_form(item);
        self.host.as_(who).act(|cx| Points::claim(cx, form)).unwrap().subject.unwrap()
    }

    pub fn approve(&self, who: &Person, award: &str) -> Result<Outcome> {
        let form = ApproveForm { award: award.into(), text: None };
        self.host.as_(who).act(|cx| Points::approve(cx, form))
    }

    pub fn decline(&self, who: &Person, award: &str) -> Result<Outcome> {
        let form = DeclineForm { award: award.into(), text: "照片看不清".into() };
        self.host.as_(who).act(|cx| Points::decline(cx, form))
    }

    /// Claimed and approved: in its publicity period.
    pub fn published(&self, who: &Person, item: &str) -> String {
        let award = self.claim(who, item);
        self.approve(&self.jian, &award).unwrap();
        self.approve(&self.zhou, &award).unwrap();
        award
    }

    pub fn object(&self, who: &Person, award: &str) -> Result<String> {
        let form = ObjectForm { award: award.into(), text: "那天他在镇上".into() };
        let outcome = self.host.as_(who).act(|cx| Points::object(cx, form))?;
        Ok(outcome.result["id"].as_str().unwrap().to_owned())
    }

    pub fn answer(&self, who: &Person, objection: &str, verdict: &str) -> Result<Outcome> {
        let form =
            AnswerObjectionForm { objection: objection.into(), verdict: verdict.into(), text: "查过了".into() };
        self.host.as_(who).act(|cx| Points::answer_objection(cx, form))
    }

    pub fn deduct(&self, who: &Person, household: &Household) -> Result<String> {
        let form = DeductForm {
            item: "littering".into(),
            household: Some(household.id.clone()),
            text: "把垃圾倒在河边".into(),
            quantity: "1".into(),
            ..DeductForm::default()
        };
        Ok(self.host.as_(who).act(|cx| Points::deduct(cx, form))?.subject.unwrap())
    }

    /// Gives a household redeemable points through a deed for each two of them.
    pub fn earn(&self, who: &Person, points: i64) {
        for _ in 0..points / 2 {
            let evidence = self.host.event("x.y/1", "x", json!({})).id;
            self.deed("issue.adopted", who, &evidence);
        }
    }

    pub fn shelve(&self, title: &str, price: i64, stock: i64, value: i64) -> String {
        let form = AddGoodsForm { title: title.into(), price: price * 100, stock, value, ..AddGoodsForm::default() };
        self.host.as_(&self.jian).act(|cx| Points::add_goods(cx, form)).unwrap().subject.unwrap()
    }

    pub fn redeem(&self, who: &Person, goods: &str) -> Result<Outcome> {
        let form = RedeemForm { goods: goods.into() };
        self.host.as_(who).act(|cx| Points::redeem(cx, form))
    }

    pub fn hand_out(&self, who: &Person, code: &str) -> Result<Outcome> {
        let form = HandOutForm { code: code.into() };
        self.host.as_(who).act(|cx| Points::hand_out(cx, form))
    }

    /// A document as it is kept, whoever may read it.
    pub fn doc<T: Document>(&self, id: &str) -> Doc<T> {
        self.host.system().read(|cx| cx.data::<T>().must(id)).unwrap()
    }

    pub fn award(&self, id: &str) -> Doc<Award> {
        self.doc(id)
    }

    pub fn state(&self, id: &str) -> State {
        self.award(id).state
    }

    pub fn objection(&self, id: &str) -> Doc<Objection> {
        self.doc(id)
    }

    pub fn goods(&self, id: &str) -> Doc<Goods> {
        self.doc(id)
    }

    pub fn reservation(&self, id: &str) -> Doc<Reservation> {
        self.doc(id)
    }

    /// What a household has.
    pub fn balances(&self, household: &Household) -> Balances {
        let holder = Holder::Household(household.id.clone());
        self.host.system().read(|cx| Ok(cx.balances(&holder)?)).unwrap()
    }

    /// What somebody (or a visitor) reads.
    pub fn read<R>(&self, who: Option<&Person>, body: impl FnOnce(&Read) -> Result<R>) -> Result<R> {
        match who {
            Some(person) => self.host.as_(person).read(body),
            None => self.host.visitor().read(body),
        }
    }

    /// The page of an award as JSON text, for looking for words.
    pub fn award_page(&self, who: Option<&Person>, id: &str) -> Result<String> {
        let params = AwardParams { id: id.into() };
        self.read(who, |cx| Points::award(cx, params)).map(|view| text(&view))
    }

    pub fn todos(&self, who: &Person) -> Vec<String> {
        self.read(Some(who), Points::todos).unwrap().into_iter().map(|todo| todo.title).collect()
    }

    /// Whether the last decision stands.
    pub fn last_decision_stands(&self) -> bool {
        self.host.decisions().last().is_some_and(|decision| !decision.voided)
    }
}

/// A view as JSON text, for looking for words.
pub fn text(view: &View) -> String {
    cunshi_sdk::serde_json::to_string(view).unwrap()
}

/// The sentence with which something was refused.
pub fn why<T: std::fmt::Debug>(refused: Result<T>) -> String {
    match refused.unwrap_err() {
        cunshi_sdk::Error::Conflict(sentence) | cunshi_sdk::Error::Denied(sentence) => sentence,
        cunshi_sdk::Error::Invalid(fields) => format!("{}: {}", fields[0].field, fields[0].message),
        other => format!("{other:?}"),
    }
}
