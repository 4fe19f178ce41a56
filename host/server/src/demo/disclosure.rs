//! What villages of the demo make public (三务公开): the district's list, a month's income and expenses, a quarter's
//! village and party affairs, major matters, each signed by a supervisor first; and what villagers ask about it
//! ([`questions`]).
//!
//! Most villages are in time; how often one is late or forgets is its [`super::script::Manner`]. 天府社区 and 照石村 have
//! published since before the list asked for it.

use anyhow::{Context, Result};
use cunshi_model::Micros;
use cunshi_model::calendar::LocalDay;
use cunshi_model::clock::{HOUR, MINUTE};
use rand::seq::{IndexedRandom, SliceRandom};
use serde_json::{Map, Value, json};

use self::texts::{Affairs, Texts, Waiting};
use super::desk::{Desk, Office};
use super::hours::{at, days_after};
use super::play::{Part, Thing, Thread, Who};
use super::tale::{TIANFU, ZHAOSHI};

mod questions;
mod texts;

/// Calendar days within which a month, a quarter and a major matter are published.
const MONTH_DAYS: i64 = 10;
const QUARTER_DAYS: i64 = 15;
const MAJOR_DAYS: i64 = 10;

/// Writes what everybody makes public.
pub fn write(mut office: Office<'_>) -> Result<()> {
    let texts = Texts::read()?;
    if office.cast.district.is_some() {
        office.desk(0)?.list(&texts);
    }
    for village in office.villages() {
        office.desk(village)?.affairs(&texts);
    }
    Ok(())
}

/// A month or quarter that is over: its first day, and the first day after it.
#[derive(Clone, Copy)]
struct Period {
    first: LocalDay,
    after: LocalDay,
}

/// What becomes of something that is due.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    InTime,
    Late,
    /// It stays a draft.
    Begun,
    Never,
}

/// What is public, and since when.
#[derive(Clone, Copy)]
struct Out {
    paper: Thing,
    affairs: &'static str,
    since: Micros,
}

/// A month's account, in fen.
struct Account {
    text: String,
    opening: i64,
    lines: Vec<Line>,
}

/// A line as it is typed, and what it adds to the balance.
struct Line {
    item: String,
    typed: String,
    fen: i64,
}

impl Account {
    fn closing(&self) -> i64 {
        self.opening + self.lines.iter().map(|line| line.fen).sum::<i64>()
    }

    fn put(&self, fields: &mut Map<String, Value>) {
        let lines = self.lines.iter().map(|line| line.typed.as_str());
        let rows: Vec<&str> = std::iter::once("项目 | 收入 | 支出 | 备注").chain(lines).collect();
        for (key, value) in [
            ("text", json!(self.text)),
            ("opening", json!(self.opening)),
            ("rows", json!(rows.join("\n"))),
            ("closing", json!(self.closing())),
        ] {
            fields.insert(key.to_owned(), value);
        }
    }
}

impl Desk<'_> {
    /// The district sets what it asks for since lately, before any village has begun, and sends it to all.
    fn list(&mut self, texts: &Texts) {
        let (mut way, who) = (self.thread(), Who::District(0));
        let since = [("finance", self.month_ago(1)), ("village", self.quarter()), ("party", self.quarter())];
        for item in &texts.item {
            let mut fields = json!({
                "item": item.item, "affairs": item.affairs, "title": item.title, "title_en": item.title_en,
                "every": item.every, "days": item.days,
            });
            let first = since.iter().find(|(key, _)| *key == item.item).map(|(_, period)| period.first);
            if let (Some(first), Some(fields)) = (first, fields.as_object_mut()) {
                fields.insert("since".to_owned(), json!(first.to_string()));
            }
            way.add(self.step(self.times.beginning + MINUTE, who, "set-item", fields));
        }
        way.add(self.step(way.at + MINUTE, who, "send-calendar", json!({})));
        self.keep(way);
    }

    /// The month so many months ago.
    fn month_ago(&self, ago: usize) -> Period {
        let mut after = self.today().first_of_month();
        let mut first = after;
        for _ in 0..ago {
            after = first;
            first = days_after(first, -1).first_of_month();
        }
        Period { first, after }
    }

    /// The quarter before this one.
    fn quarter(&self) -> Period {
        let begun = usize::from(((self.today().month() - 1) % 3).unsigned_abs());
        Period { first: self.month_ago(begun + 3).first, after: self.month_ago(begun).first }
    }

    /// All that a village makes public, and what is asked about it.
    fn affairs(&mut self, texts: &Texts) {
        let told = [TIANFU, ZHAOSHI].contains(&self.code());
        let mut out = Vec::new();
        let mut opening = self.between(texts.finance.opening) * 100;
        if told {
            // Months before the list asked for them.
            for ago in [3, 2] {
                let mut account = self.account(texts, opening);
                opening = account.closing();
                let forgotten = account.lines.pop_if(|_| ago == 2 && self.code() == ZHAOSHI);
                let month = self.publish_month(texts, self.month_ago(ago), &account, None);
                if let (Some(forgotten), Some(month)) = (forgotten, month) {
                    self.correct(texts, month, account, forgotten);
                }
                out.extend(month);
            }
        }
        let account = self.account(texts, opening);
        let fate = self.fate();
        out.extend(self.publish_month(texts, self.month_ago(1), &account, Some(fate)));
        for (affairs, words) in [("village", &texts.village), ("party", &texts.party)] {
            out.extend(self.of_quarter(texts, affairs, words));
        }
        if told || self.percent(self.manner.knows / 8) {
            out.extend(self.major(texts));
        }
        if told {
            for waiting in &texts.waiting {
                self.on_the_desk(waiting);
            }
        }
        self.questions(texts, &out, told);
    }

    /// How a village treats what is due.
    fn fate(&mut self) -> Fate {
        if self.percent(self.manner.forgets) {
            return if self.percent(35) { Fate::Begun } else { Fate::Never };
        }
        if self.percent(self.manner.closes_late / 2) { Fate::Late } else { Fate::InTime }
    }

    /// When it is written: late enough after the period, and early enough before its day, unless it is late.
    fn written(&mut self, after: LocalDay, days: i64, fate: Fate) -> Micros {
        let later = if fate == Fate::Late { self.between([days + 1, days + 10]) } else { self.between([1, days - 4]) };
        self.at_work(days_after(after, later))
    }

    /// A month's income and expenses, for the list or, where it did not ask yet, of their own accord.
    fn publish_month(&mut self, texts: &Texts, month: Period, account: &Account, due: Option<Fate>) -> Option<Out> {
        let (year, of_year) = (month.first.year(), month.first.month());
        let fields = match due {
            Some(_) => json!({ "duty": format!("finance/{year:04}-{of_year:02}") }),
            None => json!({
                "duty": "other", "affairs": "finance", "title": format!("{year}年{of_year}月 财务收支"),
            }),
        };
        let Value::Object(mut fields) = fields else { return None };
        account.put(&mut fields);
        self.publish(texts, "finance", (month.after, MONTH_DAYS), fields, due.unwrap_or(Fate::InTime))
    }

    fn of_quarter(&mut self, texts: &Texts, affairs: &'static str, words: &Affairs) -> Option<Out> {
        let quarter = self.quarter();
        let (began, ended) = (self.one(&words.began), self.one(&words.ended));
        let most = self.some((4, 5));
        let mut drawn: Vec<&String> = words.lines.iter().collect();
        drawn.shuffle(self.chance);
        let mut lines = vec![began, String::new()];
        for line in drawn.into_iter().take(most) {
            lines.push(format!("- {}", self.drawn(line)));
        }
        lines.extend([String::new(), ended]);
        let key = (quarter.first.month() - 1) / 3 + 1;
        let duty = format!("{affairs}/{:04}-q{key}", quarter.first.year());
        let Value::Object(fields) = json!({ "duty": duty, "text": lines.join("\n") }) else { return None };
        let fate = self.fate();
        self.publish(texts, affairs, (quarter.after, QUARTER_DAYS), fields, fate)
    }

    /// Something that is made public within days after it was decided.
    fn major(&mut self, texts: &Texts) -> Option<Out> {
        let matter = texts.major.choose(self.chance)?;
        let ago = self.between([20, 60]);
        let happened = self.ago(ago);
        let (title, text) = (self.drawn(&matter.title), self.drawn(&matter.text));
        let fields = json!({ "duty": "major", "title": title, "happened": happened.to_string(), "text": text });
        let Value::Object(fields) = fields else { return None };
        self.publish(texts, "village", (happened, MAJOR_DAYS), fields, Fate::InTime)
    }

    /// Written and sent to the supervisors, who sign it, now and then after they have returned it once.
    fn publish(
        &mut self,
        texts: &Texts,
        affairs: &'static str,
        (after, days): (LocalDay, i64),
        mut fields: Map<String, Value>,
        fate: Fate,
    ) -> Option<Out> {
        if fate == Fate::Never {
            return None;
        }
        let when = self.written(after, days, fate);
        let (mut way, paper, who) = (self.thread(), self.thing(), self.officer());
        fields.insert("submit".to_owned(), json!(fate != Fate::Begun));
        way.add(self.step(when, who, "draft", Value::Object(fields.clone())).makes(paper));
        if fate == Fate::Begun {
            self.keep(way);
            return None;
        }
        let mut seen = 2;
        if self.percent(5) {
            let reason = self.one(&texts.supervisors.reasons);
            self.supervises(&mut way, paper, "send-back", json!({ "seen": "2", "reason": reason }));
            let _ = ["duty", "affairs", "happened"].map(|key| fields.remove(key));
            fields.insert("seen".to_owned(), json!("3"));
            let when = self.next(way.at + HOUR);
            way.add(self.step(when, who, "revise", Value::Object(fields)).of("id", Part::Id(paper)));
            seen = 5;
        }
        self.signs(texts, &mut way, paper, seen);
        let since = way.at;
        self.keep(way);
        Some(Out { paper, affairs, since })
    }

    /// A supervisor signs what they saw with so many steps.
    fn signs(&mut self, texts: &Texts, way: &mut Thread, paper: Thing, seen: u8) {
        let mut fields = json!({ "seen": seen.to_string() });
        if self.percent(30)
            && let Some(fields) = fields.as_object_mut()
        {
            fields.insert("note".to_owned(), json!(self.one(&texts.supervisors.notes)));
        }
        self.supervises(way, paper, "sign", fields);
    }

    /// A supervisor acts within a working day.
    fn supervises(&mut self, way: &mut Thread, paper: Thing, action: &'static str, fields: Value) {
        let when = self.next(way.at + 20 * MINUTE);
        way.add(self.step(when, Who::Overseer, action, fields).of("id", Part::Id(paper)));
    }

    /// A version of its own, with the line that was forgotten, takes the place of a month's account.
    fn correct(&mut self, texts: &Texts, month: Out, mut account: Account, forgotten: Line) {
        let (mut way, version, who) = (self.thread(), self.thing(), self.officer());
        let when = self.later(month.since, 3);
        let reason = texts.finance.mistake.replace("{item}", &forgotten.item);
        let step = self.step(when, who, "correct", json!({ "reason": reason })).of("id", Part::Id(month.paper));
        way.add(step.makes(version));
        account.lines.push(forgotten);
        texts.finance.corrected.clone_into(&mut account.text);
        let mut fields = Map::from_iter([("seen".to_owned(), json!("1")), ("submit".to_owned(), json!(true))]);
        account.put(&mut fields);
        way.add(self.step(way.at + HOUR / 2, who, "revise", Value::Object(fields)).of("id", Part::Id(version)));
        self.signs(texts, &mut way, version, 3);
        self.keep(way);
    }

    /// What waits for its author or a supervisor today.
    fn on_the_desk(&mut self, waiting: &Waiting) {
        let (mut way, paper, who) = (self.thread(), self.thing(), self.officer());
        let day = self.times.lately.get(1).copied().unwrap_or_else(|| self.ago(1));
        let fields = json!({
            "duty": "other", "affairs": waiting.affairs, "title": waiting.title, "text": self.drawn(&waiting.text),
            "submit": waiting.submit,
        });
        way.add(self.step(at(day, 16, 10), who, "draft", fields).makes(paper));
        self.keep(way);
    }

    /// What came in and went out in a month, from a balance in fen.
    fn account(&mut self, texts: &Texts, opening: i64) -> Account {
        let text = self.one(&texts.finance.texts);
        let mut lines = Vec::new();
        for row in &texts.finance.row {
            if !self.percent(row.percent) {
                continue;
            }
            let note = self.drawn(&row.note);
            let cents = if row.cents { self.between([0, 99]) } else { 0 };
            let fen = self.between(row.income.or(row.expense).unwrap_or_default()) * 100 + cents;
            let (item, amount) = (row.item.clone(), format!("{}.{:02}", fen / 100, fen % 100));
            let (typed, fen) = match row.income {
                Some(_) => (format!("{item} | {amount} | | {note}"), fen),
                None => (format!("{item} | | {amount} | {note}"), -fen),
            };
            lines.push(Line { item, typed, fen });
        }
        Account { text, opening, lines }
    }
}

impl Texts {
    fn read() -> Result<Self> {
        toml::from_str(include_str!("disclosure.toml")).context("the demo's disclosures")
    }
}
