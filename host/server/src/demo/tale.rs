//! The stories that are told of 天府社区 and 照石村: the fig tree, from the newspaper, and what stands on their
//! boards today.

use anyhow::{Context, Result};
use cunshi_model::calendar::{LocalDay, local_day};
use cunshi_model::clock::{DAY, MINUTE};
use cunshi_model::{Calendar, Micros};
use jiff::civil::date;
use serde_json::json;

use super::hours::{at, days_after, working_day, working_day_before};
use super::people::Person;
use super::pictures::{Picture, Subject};
use super::play::{Step, Who};
use super::script::Writer;

/// 天府社区
pub const TIANFU: &str = "510303108001";
/// 重滩村
pub const CHONGTAN: &str = "510303101210";
/// 照石村
pub const ZHAOSHI: &str = "510303106209";

/// The fig tree is the 42nd case of its year.
const BEFORE_THE_TREE: usize = 41;

/// When the demo begins, when the tree is reported, and the present.
pub struct Times {
    pub beginning: Micros,
    pub tree: LocalDay,
    pub now: Micros,
    /// The last working days up to the present, the latest first.
    pub lately: Vec<LocalDay>,
}

impl Times {
    /// The tree is reported on 2 September 2026; where that is yet to come or long past, twelve weeks ago.
    pub fn before(now: Micros, calendar: &Calendar) -> Self {
        let today = local_day(now);
        let told = date(2026, 9, 2);
        let near = told >= days_after(today, -200) && told <= days_after(today, -5);
        let tree = if near { told } else { working_day(calendar, days_after(today, -84), 0) };
        let beginning = at(days_after(tree, -182), 8, 0).min(now - 182 * DAY);
        let lately = (0..12).map(|n| working_day_before(calendar, days_after(today, 1), n + 1)).collect();
        Self { beginning, tree, now, lately }
    }

    /// The working day so many working days before the latest one.
    fn ago(&self, days: usize) -> LocalDay {
        self.lately.get(days).copied().unwrap_or(self.tree)
    }
}

/// Everything of 天府社区.
pub fn tianfu(writer: &mut Writer<'_>, times: &Times) -> Result<()> {
    let first = days_after(local_day(times.beginning), 1);
    let january = date(times.tree.year(), 1, 2);
    writer.cases(BEFORE_THE_TREE, first.max(january), times.tree)?;
    fig_tree(writer, times)?;
    writer.cases(9, days_after(times.tree, 1), days_after(local_day(times.now), -14))?;
    today(writer, times)
}

fn fig_tree(writer: &mut Writer<'_>, times: &Times) -> Result<()> {
    let lin = Who::Villager(named(&writer.place.villagers, "林秀英")?);
    let jian = Who::Office(named(&writer.place.office, "简书记")?);
    let others = others(&writer.place.villagers, "林秀英");
    let second = working_day(writer.calendar, days_after(times.tree, 1), 0);
    let third = working_day(writer.calendar, days_after(second, 1), 0);

    let mut tree = writer.thread();
    let report = json!({
        "title": "房子旁边的黄桷树存在安全隐患",
        "category": "safety",
        "detail": "我房子旁边的黄桷树枝子干枯，路过都害怕得很，希望社区尽快安排人排除隐患。",
        "place": "三组，林家院子旁边",
        "danger": false,
        "since": "weeks",
    });
    tree.say(
        Step::issues(at(times.tree, 8, 14), lin, "report", report)
            .shows(Some(Picture { subject: Subject::Tree, after: false })),
    );
    let words = "谢谢你的及时反映，今天上午派人来看。";
    tree.step(at(times.tree, 8, 20), jian, "accept", json!({ "complexity": "ordinary", "text": words }));
    for (minutes, neighbour) in [(35, 0), (62, 1), (140, 2)] {
        if let Some(neighbour) = others.get(neighbour) {
            tree.step(at(times.tree, 8, 14) + minutes * MINUTE, Who::Villager(*neighbour), "me-too", json!({}));
        }
    }
    tree.step(at(second, 10, 2), jian, "progress", json!({ "text": "已安排人到现场修剪树枝。" }));
    let answer = "干枯的枝子已经全部修剪，树下也清理干净了，请放心走。";
    tree.say(
        Step::issues(at(third, 16, 40), jian, "close", json!({ "text": answer }))
            .shows(Some(Picture { subject: Subject::Tree, after: true })),
    );
    let words = "第二天就来修了，现在走路放心多了。";
    tree.step(at(third, 19, 5), lin, "rate", json!({ "stars": 5, "text": words }));
    writer.keep(tree);
    Ok(())
}

/// A lamp in hand, a drain overdue by a day, a guard rail with the town, and something new of this morning.
fn today(writer: &mut Writer<'_>, times: &Times) -> Result<()> {
    let jian = Who::Office(named(&writer.place.office, "简书记")?);
    let lin = Who::Villager(named(&writer.place.villagers, "林秀英")?);
    let others = others(&writer.place.villagers, "林秀英");
    let neighbour = |n: usize| others.get(n).map_or(lin, |other| Who::Villager(*other));

    let mut lamp = writer.thread();
    let report = json!({
        "title": "三组路灯不亮，老人晚上走路不方便", "category": "roads", "lamp": "三组晒坝边上那盏", "since": "days",
        "detail": "坏了三天了，晚上黑得很，老人不敢出门。", "place": "三组晒坝边上",
    });
    lamp.say(
        Step::issues(at(times.ago(5), 19, 32), neighbour(0), "report", report)
            .shows(Some(Picture { subject: Subject::Lamp, after: false })),
    );
    let words = "收到，已联系电工，配件到了就换。";
    lamp.step(at(times.ago(4), 9, 10), jian, "accept", json!({ "complexity": "ordinary", "text": words }));
    lamp.step(at(times.ago(4), 12, 40), lin, "me-too", json!({}));
    lamp.step(at(times.ago(2), 15, 5), jian, "progress", json!({ "text": "电工来查过，灯头烧坏，正在等配件。" }));
    writer.keep(lamp);

    let mut drain = writer.thread();
    let report = json!({
        "title": "排水沟堵了，下雨倒灌", "category": "water", "households": 4, "since": "days",
        "detail": "落叶和泥巴把沟塞满了，一下雨水就往屋里流。", "place": "五组石板桥头",
    });
    drain.say(
        Step::issues(at(times.ago(5), 7, 48), neighbour(1), "report", report)
            .shows(Some(Picture { subject: Subject::Drain, after: false })),
    );
    drain.step(at(times.ago(5), 9, 2), jian, "accept", json!({ "complexity": "simple", "text": "马上安排人去清沟。" }));
    drain.step(at(times.ago(3), 14, 20), jian, "progress", json!({ "text": "清了一半，里面有大石头，要请机器。" }));
    writer.keep(drain);

    let mut rail = writer.thread();
    let report = json!({
        "title": "公路边护栏损坏", "category": "roads", "lamp": "县道转弯处", "since": "days",
        "detail": "被货车撞断一截，下面就是河沟，娃儿上学要从那里过。", "place": "县道转弯处",
    });
    rail.step(at(times.ago(3), 8, 5), neighbour(2), "report", report);
    rail.step(
        at(times.ago(3), 8, 50),
        jian,
        "accept",
        json!({ "complexity": "complex", "text": "已放警示牌、拉警戒线。" }),
    );
    rail.step(
        at(times.ago(2), 10, 15),
        jian,
        "refer",
        json!({ "text": "县道归镇上管，社区已经放了警示牌，请镇上修复护栏。" }),
    );
    let words = "镇上收到，已通知养护站到现场。";
    rail.step(at(times.ago(1), 9, 30), Who::Town(0), "accept", json!({ "complexity": "ordinary", "text": words }));
    writer.keep(rail);

    let mut fresh = writer.thread();
    let report = json!({
        "title": "高龄补贴怎么办理", "category": "policy", "paper": "高龄补贴",
        "detail": "我妈今年满八十了，不晓得要带哪些东西。",
    });
    fresh.step(times.now - 25 * MINUTE, neighbour(3), "report", report);
    writer.keep(fresh);
    Ok(())
}

/// In 照石村 a cadre enters what an old man without a phone tells at the door.
pub fn zhaoshi(writer: &mut Writer<'_>) -> Result<()> {
    let place = writer.place;
    let zhou = Who::Office(named(&place.office, "周主任")?);
    let Some(old) = place.villagers.iter().position(|person| !person.phone) else { return Ok(()) };
    let day = working_day_before(writer.calendar, local_day(writer.now), 6);
    let mut bridge = writer.thread();
    let report = json!({
        "title": "村口的桥栏杆松了", "category": "safety", "danger": false, "since": "weeks",
        "detail": "手一扶就晃，娃儿放学都从桥上过。", "place": "村口小桥",
    });
    bridge.say(Step::issues(at(day, 9, 40), zhou, "report", report).for_villager(Some(old)));
    bridge.step(
        at(day, 9, 55),
        zhou,
        "accept",
        json!({ "complexity": "simple", "text": "今天先用绳子拦住，明天焊。" }),
    );
    bridge.step(at(day, 9, 55) + DAY, zhou, "progress", json!({ "text": "焊工到了，正在加固。" }));
    let done = json!({ "text": "栏杆焊牢了，刷了漆，张贴的回执也送到老人家里。" });
    bridge.step(at(day, 15, 20) + DAY, zhou, "close", done);
    writer.keep(bridge);
    Ok(())
}

fn named(people: &[Person], name: &str) -> Result<usize> {
    people.iter().position(|person| person.name == name).with_context(|| format!("{name} is not in the demo"))
}

fn others(people: &[Person], but: &str) -> Vec<usize> {
    (0..people.len()).filter(|n| people.get(*n).is_some_and(|person| person.phone && person.name != but)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tree_stands_on_the_second_of_september_while_that_is_near() {
        let calendar = Calendar::default();
        let at_noon = |day| at(day, 12, 0);
        assert_eq!(Times::before(at_noon(date(2026, 11, 24)), &calendar).tree, date(2026, 9, 2));
        assert_eq!(Times::before(at_noon(date(2026, 9, 3)), &calendar).tree, date(2026, 6, 11));
        let later = Times::before(at_noon(date(2027, 6, 1)), &calendar);
        assert_eq!(later.tree, date(2027, 3, 9));
        assert!(later.beginning < at_noon(later.tree));
        assert_eq!(later.lately.first(), Some(&date(2027, 6, 1)));
    }
}
