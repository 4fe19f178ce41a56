//! What is made known in the demo: by the district and the towns to all their villages, by villages to everybody, some
//! groups, some households; who says that they know of it, and who is reminded.

use anyhow::{Context, Result};
use cunshi_model::Micros;
use cunshi_model::calendar::{LocalDay, local_day, start_of};
use cunshi_model::clock::{DAY, HOUR};
use rand::RngExt;
use rand::seq::{IndexedRandom, SliceRandom};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::desk::{Desk, Office};
use super::hours::{at, days_after};
use super::play::{Part, Thing, Who};
use super::tale::{TIANFU, ZHAOSHI};

/// All texts.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Texts {
    district: Vec<Text>,
    town: Vec<Text>,
    village: Vec<Text>,
    group: Vec<Text>,
    household: Vec<Text>,
    draft: Vec<Text>,
    scheduled: Vec<Text>,
    withdrawn: Vec<Text>,
    remarks: Remarks,
}

/// How often something is done.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Remarks {
    /// Villages in a hundred that remind those who have not acknowledged.
    remind: u32,
}

/// A notice.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    title: String,
    text: String,
    #[serde(default = "announcement")]
    kind: String,
    /// So many days ago, or on a month's day.
    ago: Option<i64>,
    on: Option<[i8; 2]>,
    /// In which months; in all when empty.
    #[serde(default)]
    months: Vec<i8>,
    #[serde(default)]
    acknowledge: bool,
    #[serde(default)]
    urgent: bool,
    /// Days that it holds.
    until: Option<i64>,
    /// Why it is taken back.
    reason: Option<String>,
}

fn announcement() -> String {
    "announcement".to_owned()
}

impl Texts {
    fn read() -> Result<Self> {
        toml::from_str(include_str!("notices.toml")).context("the demo's notices")
    }
}

impl Text {
    /// The last day on which it is said, with at least one to go until today.
    fn day(&self, desk: &Desk<'_>) -> Option<LocalDay> {
        if let Some(ago) = self.ago {
            return Some(desk.ago(ago));
        }
        let [month, day] = self.on?;
        let this = |year| LocalDay::new(year, month, day).ok();
        let today = desk.today();
        let said = this(today.year()).filter(|day| *day < today).or_else(|| this(today.year() - 1))?;
        (said > local_day(desk.times.beginning)).then_some(said)
    }

    /// Until when it holds that is written at an instant.
    fn ends(&self, since: Micros) -> Micros {
        self.until.map_or(Micros::MAX, |days| start_of(days_after(local_day(since), days)))
    }

    /// The fields of its form, as it is written on a day.
    fn fields(&self, desk: &Desk<'_>, day: LocalDay) -> Map<String, Value> {
        let mut fields = Map::new();
        let mut put = |key: &str, value: Value| fields.insert(key.to_owned(), value);
        put("kind", json!(self.kind));
        put("title", json!(desk.said(&self.title)));
        put("text", json!(desk.said(&self.text)));
        put("audience", json!("all"));
        put("release", json!("now"));
        for (key, on) in [("acknowledge", self.acknowledge), ("urgent", self.urgent)] {
            if on {
                put(key, json!(true));
            }
        }
        if let Some(days) = self.until {
            put("until", json!(days_after(day, days).to_string()));
        }
        fields
    }
}

/// What is out.
#[derive(Clone, Copy)]
struct Out {
    notice: Thing,
    since: Micros,
    /// The day after which it no longer holds.
    until: Micros,
}

/// Writes what everybody makes known.
pub fn write(mut office: Office<'_>) -> Result<()> {
    let texts = Texts::read()?;
    let mut from_above = Vec::new();
    if office.cast.district.is_some() {
        let mut desk = office.desk(0)?;
        for text in &texts.district {
            if let Some(out) = desk.notice_from_above(text, Who::District(0)) {
                from_above.extend(text.acknowledge.then_some(out));
            }
        }
    }
    for (_, village) in office.towns() {
        let mut desk = office.desk(village)?;
        let mut drawn: Vec<&Text> = texts.town.iter().collect();
        drawn.shuffle(desk.chance);
        // Not what nobody could have heard of before today.
        drawn.retain(|text| text.day(&desk).is_some());
        let most = desk.some((2, 4));
        for (n, text) in drawn.into_iter().take(most).enumerate() {
            desk.notice_from_above(text, Who::Town(n % 2));
        }
    }
    for village in office.villages() {
        let mut desk = office.desk(village)?;
        for out in &from_above {
            desk.heard(*out, &texts.remarks, true);
        }
        desk.notices(&texts);
    }
    Ok(())
}

impl Desk<'_> {
    fn notice_from_above(&mut self, text: &Text, who: Who) -> Option<Out> {
        let day = text.day(self)?;
        let fields = text.fields(self, day);
        let (mut way, notice) = (self.thread(), self.thing());
        let when = at(day, 9, 2 + i64::from(self.chance.random_range(0..20_u8)));
        way.add(self.step(when, who, "write", Value::Object(fields)).makes(notice));
        self.keep(way);
        Some(Out { notice, since: when, until: text.ends(when) })
    }

    /// Villagers say that they know of something; a cadre tells those without a telephone; the others are reminded.
    fn heard(&mut self, Out { notice, since, until }: Out, remarks: &Remarks, copied: bool) {
        let part = if copied { Part::Copy(notice) } else { Part::Id(notice) };
        let reminded = self.later(since, 3);
        let reminds = self.manner.knows > 20 && reminded < until && self.percent(remarks.remind);
        for villager in 0..self.place.villagers.len() {
            let knows = self.manner.knows;
            let mut when = if self.percent(knows) {
                since + self.chance.random_range(2 * HOUR..2 * DAY)
            } else if reminds && self.percent(50) {
                reminded + self.chance.random_range(HOUR..2 * DAY)
            } else {
                continue;
            };
            // Nobody taps in the middle of the night.
            let hour = (when - start_of(local_day(when))) / HOUR;
            if !(7..22).contains(&hour) {
                when = self.leisure(when, 1);
            }
            let (who, on_behalf, when) = self.hand(villager, when);
            if when >= until {
                continue;
            }
            let mut way = self.thread();
            way.add(self.step(when, who, "acknowledge", json!({})).of("notice", part).for_villager(on_behalf));
            self.keep(way);
        }
        if reminds {
            let (mut way, who) = (self.thread(), self.officer());
            way.add(self.step(reminded, who, "remind", json!({ "whom": "unacknowledged" })).of("notice", part));
            self.keep(way);
        }
    }

    /// What the village makes known itself.
    fn notices(&mut self, texts: &Texts) {
        let (count, span) = (self.some(self.manner.notices), self.days());
        let mut deck: Vec<&Text> = texts.village.iter().collect();
        deck.shuffle(self.chance);
        let each = span / i64::try_from(count.max(1)).unwrap_or(1);
        let mut pinned = false;
        // The latest first, one in each part of the time.
        for n in 0..count {
            let part = i64::try_from(n).unwrap_or_default() * each;
            let ago = part + self.chance.random_range(1..each.max(3));
            let day = self.ago(ago.min(span - 1));
            let fits = |text: &&Text| text.months.is_empty() || text.months.contains(&day.month());
            let Some(place) = deck.iter().position(fits) else { continue };
            let text = deck.remove(place);
            let when = self.at_work(day);
            let fields = text.fields(self, local_day(when));
            let (mut way, notice, who) = (self.thread(), self.thing(), self.officer());
            way.add(self.step(when, who, "write", Value::Object(fields)).makes(notice));
            if !pinned && text.until.is_none_or(|days| days > 20) {
                pinned = true;
                way.add(self.step(when + HOUR / 4, who, "pin", json!({})).of("notice", Part::Id(notice)));
            }
            self.keep(way);
            if text.acknowledge {
                let out = Out { notice, since: when, until: text.ends(when) };
                self.heard(out, &texts.remarks, false);
            }
        }
        let told = [TIANFU, ZHAOSHI].contains(&self.code());
        if told || self.percent(self.manner.knows / 2) {
            self.for_some(texts);
        }
        if told || self.percent(12) {
            self.not_out(texts);
        }
    }

    /// For one group, and for one household.
    fn for_some(&mut self, texts: &Texts) {
        let Some(text) = texts.group.choose(self.chance) else { return };
        let Some(group) = self.place.groups.choose(self.chance).copied() else { return };
        let day = self.lately(70);
        let when = self.at_work(day);
        let mut fields = text.fields(self, local_day(when));
        for (key, words) in [("title", &text.title), ("text", &text.text)] {
            fields.insert(key.to_owned(), json!(words.replace("{group}", group)));
        }
        fields.insert("audience".to_owned(), json!("groups"));
        fields.insert("groups".to_owned(), json!([group]));
        let (mut way, notice, who) = (self.thread(), self.thing(), self.officer());
        way.add(self.step(when, who, "write", Value::Object(fields)).makes(notice));
        self.keep(way);

        let Some(text) = texts.household.choose(self.chance) else { return };
        let households = self.households();
        let Some(household) = households.choose(self.chance) else { return };
        let day = self.lately(60);
        let when = self.at_work(day);
        let mut fields = text.fields(self, local_day(when));
        fields.insert("audience".to_owned(), json!("households"));
        fields.insert("household".to_owned(), json!(household.to_string()));
        let (mut way, notice, who) = (self.thread(), self.thing(), self.officer());
        way.add(self.step(when, who, "write", Value::Object(fields)).makes(notice));
        self.keep(way);
    }

    /// A draft, one that goes out next week, and one that was taken back.
    fn not_out(&mut self, texts: &Texts) {
        for (bank, release) in [(&texts.draft, "draft"), (&texts.scheduled, "day"), (&texts.withdrawn, "now")] {
            let Some(text) = bank.choose(self.chance) else { continue };
            let day = if release == "now" { self.lately(80) } else { self.ago(2) };
            let when = self.at_work(days_after(day, -1));
            let mut fields = text.fields(self, local_day(when));
            fields.insert("release".to_owned(), json!(release));
            if release == "day" {
                fields.insert("from".to_owned(), json!(days_after(self.today(), 4).to_string()));
            }
            let (mut way, notice, who) = (self.thread(), self.thing(), self.officer());
            way.add(self.step(when, who, "write", Value::Object(fields)).makes(notice));
            if let Some(reason) = &text.reason {
                let step = self.step(when + 3 * HOUR, who, "withdraw", json!({ "reason": reason }));
                way.add(step.of("notice", Part::Id(notice)));
            }
            self.keep(way);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bank_is_whole_and_fits_the_forms() {
        let texts = Texts::read().unwrap();
        let banks = [
            &texts.district,
            &texts.town,
            &texts.village,
            &texts.group,
            &texts.household,
            &texts.draft,
            &texts.scheduled,
            &texts.withdrawn,
        ];
        for text in banks.into_iter().flatten() {
            assert!((4..=60).contains(&text.title.chars().count()), "{}", text.title);
            assert!((10..=5000).contains(&text.text.chars().count()), "{}", text.title);
            assert!(["announcement", "policy", "service", "safety"].contains(&text.kind.as_str()), "{}", text.title);
        }
        assert!(texts.district.iter().any(|text| text.acknowledge && text.urgent && text.ago.is_some()));
        assert!(texts.withdrawn.iter().all(|text| text.reason.is_some()));
    }
}
