//! Trees for every node: the fig tree's case, the board, a desk, a slip.

use cunshi_contract::view::{
    Badge, CalendarCell, CalendarRow, Cell, Column, Fact, Item, LedgerRow, Stat, Step, Tab, Templates, Tone,
};
use cunshi_contract::{Lang, Node, View};
use serde_json::json;

use super::samples::{at, map, to};

pub(super) fn badge(text: &str, tone: Tone) -> Badge {
    Badge { text: text.to_owned(), tone }
}

fn step(title: &str, when: i64, meta: &str, text: Option<&str>) -> Step {
    Step {
        title: title.to_owned(),
        at: Some(when),
        meta: Some(meta.to_owned()),
        text: text.map(str::to_owned),
        ..Step::default()
    }
}

/// The fig tree beside the house.
pub(super) fn fig_tree(lang: Lang) -> View {
    let l = |zh: &str, en: &str| if lang == Lang::Zh { zh } else { en }.to_owned();
    View {
        title: l("黄桷树存在安全隐患", "A dangerous fig tree"),
        subtitle: Some(l("编号 2026-0042", "No. 2026-0042")),
        body: vec![
            Node::Section {
                title: None,
                more: None,
                body: vec![
                    Node::Badges {
                        items: vec![badge(&l("已办结", "Closed"), Tone::Done)],
                        meta: Some(l("公共安全 · 林** 反映", "Public safety · by Lin**")),
                    },
                    Node::Text {
                        text: l(
                            "我房子旁边的黄桷树枝子干枯，路过都害怕得很，希望社区尽快安排人排除隐患。",
                            "The branches of the fig tree beside my house are dead. We are afraid to walk past; please have it seen to soon.",
                        ),
                        quiet: false,
                    },
                    Node::BeforeAfter { before: vec!["photo-1".to_owned()], after: vec!["photo-2".to_owned()] },
                    Node::Files { files: vec!["plan".to_owned()] },
                ],
            },
            process(lang),
        ],
        aside: vec![
            Node::Section {
                title: Some(l("你来评价", "Your rating")),
                more: None,
                body: vec![
                    Node::Countdown { until: at(19, 16, 40), label: l("评价截止", "Rate until") },
                    Node::Form {
                        action: "rate".to_owned(),
                        values: map(json!({ "case": "c42" })),
                        folded: false,
                        label: None,
                        templates: None,
                    },
                    Node::Button {
                        action: "metoo".to_owned(),
                        values: map(json!({ "case": "c42" })),
                        label: Some(l("没有解决，重开", "Not solved: reopen")),
                        quiet: true,
                    },
                ],
            },
            Node::Form {
                action: "answer".to_owned(),
                values: map(json!({ "case": "c42" })),
                folded: true,
                label: None,
                templates: Some(Templates {
                    field: "words".to_owned(),
                    texts: vec![
                        "已安排人员现场处理，请放心。".to_owned(),
                        "已转成佳镇办理，进度在这里看得到。".to_owned(),
                    ],
                }),
            },
        ],
        fresh_until: None,
    }
}

/// Its process, with what comes next.
fn process(lang: Lang) -> Node {
    let l = |zh: &str, en: &str| if lang == Lang::Zh { zh } else { en }.to_owned();
    Node::Section {
        title: Some(l("办理过程", "What happened")),
        more: None,
        body: vec![Node::Timeline {
            steps: vec![
                step(&l("村民反映", "Reported"), at(2, 8, 14), "林**", None),
                step(
                    &l("社区受理", "Accepted"),
                    at(2, 8, 20),
                    &l("简书记 · 用时 6 分钟", "Secretary Jian · after 6 minutes"),
                    Some(&l(
                        "谢谢你的及时反映，今天上午派人来看。",
                        "Thank you for telling us. Somebody comes this morning.",
                    )),
                ),
                Step {
                    tone: Tone::Hand,
                    images: vec!["photo-1".to_owned(), "photo-2".to_owned()],
                    ..step(
                        &l("办理中", "In hand"),
                        at(3, 10, 2),
                        "",
                        Some(&l("已安排人到现场修剪树枝。", "Workers are pruning the tree.")),
                    )
                },
                step(
                    &l("办结回复", "Answered"),
                    at(4, 16, 40),
                    &l("限期 9月11日，提前 5 个工作日", "due 11 Sep, 5 working days early"),
                    None,
                ),
                Step {
                    title: l("等你评价", "Your rating"),
                    meta: Some(l("不满意可以在 15 天内重开", "Not solved? Reopen within 15 days")),
                    next: true,
                    ..Step::default()
                },
            ],
        }],
    }
}

/// The board of cases.
pub(super) fn board(lang: Lang) -> View {
    let l = |zh: &str, en: &str| if lang == Lang::Zh { zh } else { en }.to_owned();
    let item = |title: String, it: Badge, meta: String, when: i64| Item {
        title,
        to: Some(to("case", json!({ "id": "c42" }))),
        badge: Some(it),
        meta: Some(meta),
        at: Some(when),
        image: None,
    };
    let tab = |zh: &str, en: &str, state: &str, current| Tab {
        text: l(zh, en),
        to: to("board", json!({ "state": state })),
        current,
    };
    View {
        title: l("村民说事", "Village issues"),
        subtitle: Some(l("件件公开，件件有回音", "Every matter in the open, every one answered")),
        body: vec![
            Node::Link {
                text: l("我要说事", "Raise a matter"),
                to: to("report", json!({})),
                icon: Some("speak".to_owned()),
                hint: None,
                primary: true,
            },
            Node::Stats {
                items: vec![
                    Stat { value: "38".to_owned(), label: l("本年说事", "this year"), tone: Tone::Plain, to: None },
                    Stat { value: "96.2%".to_owned(), label: l("按时办结", "on time"), tone: Tone::Done, to: None },
                    Stat {
                        value: "1".to_owned(),
                        label: l("超期", "overdue"),
                        tone: Tone::Late,
                        to: Some(to("board", json!({ "state": "late" }))),
                    },
                ],
            },
            Node::Filters {
                tabs: vec![
                    tab("全部", "All", "all", true),
                    tab("办理中", "In hand", "hand", false),
                    tab("已办结", "Closed", "closed", false),
                    tab("已转镇", "Referred", "up", false),
                    tab("已超期", "Overdue", "late", false),
                ],
            },
            Node::Search {
                to: to("board", json!({ "state": "all" })),
                param: "q".to_owned(),
                label: l("搜一搜", "Search the matters"),
                value: String::new(),
            },
            Node::List {
                items: vec![
                    Item {
                        image: Some("photo-1".to_owned()),
                        ..item(
                            l("房子旁边的黄桷树存在安全隐患", "A dangerous fig tree beside a house"),
                            badge(&l("已办结", "Closed"), Tone::Done),
                            l("2026-0042 · 办理 2 天", "2026-0042 · took 2 days"),
                            at(4, 16, 40),
                        )
                    },
                    item(
                        l("三组路灯不亮，老人晚上走路不方便", "Street lights of group 3 are out"),
                        badge(&l("办理中", "In hand"), Tone::Hand),
                        l("还剩 3 个工作日", "3 working days left"),
                        at(3, 19, 5),
                    ),
                    item(
                        l("排水沟堵了，下雨倒灌", "A blocked ditch floods when it rains"),
                        badge(&l("已超期 1 天", "1 day overdue"), Tone::Late),
                        l("已报成佳镇", "reported to the town"),
                        at(1, 7, 30),
                    ),
                    item(
                        l("公路边护栏损坏", "A broken guard rail"),
                        badge(&l("已转镇办理", "Referred to the town"), Tone::Up),
                        l("成佳镇 昨天接收", "received yesterday"),
                        at(2, 11, 0),
                    ),
                ],
                empty: None,
                next: Some(to("board", json!({ "cursor": "n2" }))),
            },
        ],
        ..View::default()
    }
}

/// A month of visits: who went on which day, what was missed, with what the marks mean.
pub(super) fn month(lang: Lang) -> View {
    let l = |zh: &str, en: &str| if lang == Lang::Zh { zh } else { en }.to_owned();
    let cell = |mark: &str, tone, says: String| CalendarCell { mark: mark.to_owned(), says, tone, to: None };
    let done = |day: usize| cell("✓", Tone::Done, l(&format!("{day}日走访"), &format!("visited on day {day}")));
    let missed = |day: usize| cell("缺", Tone::Late, l(&format!("{day}日缺"), &format!("missed on day {day}")));
    let row = |name: &str, link: bool| CalendarRow {
        label: name.to_owned(),
        to: link.then(|| to("case", json!({ "id": "c1" }))),
        cells: (1..=30)
            .map(|day| match day % 7 {
                1 => CalendarCell { to: link.then(|| to("case", json!({ "id": "c1" }))), ..done(day) },
                3 => missed(day),
                5 => cell("2", Tone::Hand, l("草稿两篇", "two drafts")),
                6 => cell("", Tone::Up, l("镇上安排", "asked by the town")),
                _ => CalendarCell::default(),
            })
            .collect(),
    };
    let calendar = Node::Calendar {
        title: l("九月走访", "Visits in September"),
        columns: (1..=30).map(|day| day.to_string()).collect(),
        rows: vec![row("简书记", true), row("周主任（兼三组组长）", false)],
        legend: vec![badge(&l("走访", "Visited"), Tone::Done), badge(&l("缺", "Missed"), Tone::Late)],
    };
    View { title: l("走访台账", "Visits"), body: vec![calendar], ..View::default() }
}

/// A desk: stats, a table, bars, steps.
pub(super) fn desk(lang: Lang) -> View {
    let l = |zh: &str, en: &str| if lang == Lang::Zh { zh } else { en }.to_owned();
    let row = |name: &str, stars: u8, cases: i64, late: i64, fen: i64| {
        vec![
            Cell::Link { text: name.to_owned(), to: to("board", json!({})) },
            Cell::Stars(stars),
            Cell::Number(cases),
            if late > 0 { Cell::Badge(badge(&late.to_string(), Tone::Late)) } else { Cell::Number(0) },
            Cell::Money(fen),
            Cell::Day(at(3, 0, 0)),
        ]
    };
    let column = |zh: &str, en: &str, numeric| Column { title: l(zh, en), numeric };
    View {
        title: l("各组情况", "The groups"),
        subtitle: None,
        body: vec![
            Node::Alert { tone: Tone::Late, text: l("二组有 1 件事超期 2 天，请今天回复。", "Group 2 has a matter 2 days overdue; please answer it today.") },
            Node::Alert { tone: Tone::Up, text: l("成佳镇昨天接收了 1 件事。", "The town took over one matter yesterday.") },
            Node::Steps { names: vec![l("反映", "Reported"), l("受理", "Accepted"), l("办理", "In hand"), l("办结", "Closed"), l("评价", "Rated")], current: 2 },
            Node::Section {
                title: Some(l("按组", "By group")),
                more: Some(Tab { text: l("全部 12 组", "All 12 groups"), to: to("board", json!({})), current: false }),
                body: vec![Node::Table {
                    columns: vec![column("组", "Group", false), column("评价", "Rating", false), column("说事", "Cases", true), column("超期", "Overdue", true), column("花费", "Spent", true), column("最近", "Latest", false)],
                    rows: vec![row("一组", 5, 14, 0, 128_000), row("二组", 3, 22, 1, 4_550), row("三组", 4, 1_204, 0, 0)],
                    totals: vec![Cell::Text(l("合计", "Total")), Cell::Text(String::new()), Cell::Number(1_240), Cell::Number(1), Cell::Money(132_550), Cell::Text(String::new())],
                    empty: None,
                    next: None,
                }],
            },
            Node::Chart { title: l("本月按类别", "This month by kind"), bars: vec![(l("公共安全", "Public safety"), 12), (l("道路路灯", "Roads and lights"), 30), (l("饮水排水", "Water and drains"), 7), (l("其他", "Other"), 0)] },
            Node::Facts {
                items: vec![
                    Fact { label: l("负责人", "In charge"), value: Cell::Text(l("简书记", "Secretary Jian")) },
                    Fact { label: l("受理", "Accepted"), value: Cell::Time(at(4, 9, 0)) },
                    Fact { label: l("限期", "Due"), value: Cell::Day(at(11, 0, 0)) },
                ],
            },
            Node::Markdown { text: "## 办法\n\n1. **先看**现场\n2. 再定办法\n\n| 项 | 元 |\n|---|--:|\n| 修剪 | 800 |\n\n> 看 [通知](https://example.org)".to_owned() },
            Node::Stars { value: 4, label: Some(l("村民评价", "Villagers say")) },
            Node::Call { text: l("打电话给镇里", "Call the town"), phone: "0813-555 0188".to_owned() },
            Node::OutsideLink { text: l("省里的办法", "The province's rules"), url: "https://www.example.org/rules?id=1".to_owned() },
            Node::Images { files: vec!["photo-1".to_owned(), "photo-2".to_owned()], caption: Some(l("现场", "On the spot")) },
            Node::Empty { text: l("还没有人报名。", "Nobody has signed up yet.") },
        ],
        ..View::default()
    }
}

/// The slip for somebody without a phone.
pub(super) fn slip(lang: Lang) -> View {
    let l = |zh: &str, en: &str| if lang == Lang::Zh { zh } else { en }.to_owned();
    View {
        title: l("登记好了", "Entered"),
        body: vec![Node::Receipt {
            title: l("说事回执", "Receipt"),
            number: "2026-0042".to_owned(),
            items: vec![
                Fact { label: l("反映人", "Reported by"), value: Cell::Text("林秀英".to_owned()) },
                Fact {
                    label: l("什么事", "What"),
                    value: Cell::Text(l("房子旁边的黄桷树存在安全隐患", "A dangerous fig tree beside the house")),
                },
                Fact { label: l("登记", "Entered"), value: Cell::Time(at(4, 16, 58)) },
                Fact { label: l("受理期限", "Accepted by"), value: Cell::Day(at(7, 0, 0)) },
            ],
            note: Some(l(
                "报编号就能问进度：来村委会，或者打电话。",
                "Name the number to ask how it stands: come by, or call.",
            )),
        }],
        ..View::default()
    }
}

/// An account: what is there, its rows, why the last one, and a code to collect something.
pub(super) fn account(lang: Lang) -> View {
    let l = |zh: &str, en: &str| if lang == Lang::Zh { zh } else { en }.to_owned();
    let why = || Some("01992f3a-0000-7000-8000-0000000000d1".to_owned());
    let row = |text: String, when: i64, amount: i64, balance: i64, decision: Option<String>| LedgerRow {
        at: when,
        text,
        amount,
        balance: Some(balance),
        meta: None,
        decision,
    };
    View {
        title: l("我家的积分", "Our points"),
        body: vec![
            Node::Facts { items: vec![Fact { label: l("可兑换分", "Redeemable"), value: Cell::Points(12_650) }] },
            Node::Section {
                title: Some(l("明细", "Statement")),
                more: None,
                body: vec![Node::LedgerStatement {
                    rows: vec![
                        row(l("合理建议被采纳", "A suggestion was taken up"), at(4, 9, 0), 500, 12_650, why()),
                        LedgerRow {
                            meta: Some(l("更正 9月1日的 3 分", "puts the 3 of 1 Sep right")),
                            ..row(l("更正", "Correction"), at(3, 9, 0), -50, 12_150, None)
                        },
                        row(String::new(), at(1, 9, 0), 300, 12_200, why()),
                    ],
                    empty: None,
                    next: Some(to("board", json!({ "before": "39" }))),
                }],
            },
            Node::Decision {
                id: why().unwrap_or_default(),
                because: vec![
                    l("表里写：合理建议每条 5 分。", "The table says: 5 for a suggestion."),
                    l("这个月第 2 条，没有到上限。", "The second one this month, below the cap."),
                ],
                label: None,
            },
            Node::Qr { text: "DH-2026-0007".to_owned(), label: l("兑换码", "Code to collect it with") },
        ],
        ..View::default()
    }
}
