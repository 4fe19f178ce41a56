//! A plugin of every kind of method, run natively: the rules that the platform keeps hold here too.

use cunshi_sdk::testing::{Host, day};

cunshi_sdk::plugin!("village");

use cunshi_sdk::prelude::*;

#[document("matter")]
#[derive(Clone, Debug, PartialEq)]
struct Matter {
    title: String,
    state: String,
    at: Micros,
    by: String,
    visibility: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    number: Option<String>,
    #[serde(default)]
    followers: Vec<String>,
}

struct Village;

impl Plugin for Village {
    fn board(cx: &Read, params: BoardParams) -> Result<View> {
        let state = params.state.unwrap_or_else(|| "open".to_owned());
        let matters = cx.data::<Matter>().by_state(state).newest().take(20)?;
        Ok(view::page(t!("board.title", count = matters.len()))
            .list(matters.iter().map(|matter| Item::new(&matter.title).to(To::page("matter").with("id", &*matter.id)))))
    }

    fn matter(cx: &Read, params: MatterParams) -> Result<View> {
        let matter = cx.data::<Matter>().must(&params.id)?;
        Ok(view::page(&matter.title).facts([Fact::new("状态", matter.state.as_str())]))
    }

    fn find(cx: &Read, params: FindParams) -> Result<Value> {
        let found = cx.data::<Matter>().search(&params.text, 10)?;
        Ok(json!(found.iter().map(|matter| &matter.title).collect::<Vec<_>>()))
    }

    fn tell(cx: &mut Write, form: TellForm) -> Result<Outcome> {
        let caller = cx.caller()?.clone();
        let number = cx.next_number("2026")?;
        let matter = cx.insert(&Matter {
            title: form.title,
            state: "open".to_owned(),
            at: cx.now(),
            by: caller.for_whom().to_owned(),
            visibility: if form.private { "private" } else { "public" }.to_owned(),
            number: Some(format!("2026-{number:04}")),
            followers: vec![caller.person.clone()],
        })?;
        for photo in &form.photos {
            cx.attach(photo, &matter)?;
        }
        cx.send(Send::new("village.told/1", &matter.id).payload(json!({ "title": matter.title })))?;
        if form.stars == 0 {
            return Err(Error::invalid("stars", t!("thanks", name = caller.name)));
        }
        Ok(Outcome::go("matter", &matter.id).say(t!("thanks", name = caller.name)).about(matter.id))
    }

    fn close_all(cx: &mut Write) -> Result<Outcome> {
        for mut matter in cx.data::<Matter>().by_state("open").take(200)? {
            "closed".clone_into(&mut matter.state);
            cx.update(&matter)?;
        }
        Ok(Outcome::done())
    }

    fn hear_village_told(cx: &mut Write, event: Event) -> Result<()> {
        #[derive(Deserialize)]
        #[serde(crate = "cunshi_sdk::serde")]
        struct Told {
            title: String,
        }
        cx.log_info(&event.read::<Told>()?.title);
        Ok(())
    }

    fn hear_other_told(_cx: &mut Write, _event: Event) -> Result<()> {
        Err(Error::failed("nobody else tells"))
    }

    fn count_up(cx: &mut Write, cursor: Option<String>) -> Result<Option<String>> {
        let step = cursor.map_or(0, |cursor| cursor.len());
        cx.log_info(&format!("step {step}"));
        Ok((step < 2).then(|| "x".repeat(step + 1)))
    }

    fn measure_told(cx: &Read, from: Micros, to: Micros) -> Result<Measured> {
        let told = cx.data::<Matter>().by_state("open").from(from).to(to).count()?;
        Ok(Measured::count(i64::try_from(told).unwrap_or_default()))
    }

    fn todos(cx: &Read) -> Result<Vec<Todo>> {
        let open = cx.data::<Matter>().by_state("open").take(50)?;
        Ok(open
            .into_iter()
            .map(|matter| Todo::new(&matter.title, To::page("matter").with("id", &*matter.id)))
            .collect())
    }

    fn upgrade(_collection: &str, _from: u32, mut body: Value) -> Result<Value> {
        body["followers"] = json!([]);
        Ok(body)
    }
}

export!(Village);

fn host() -> Host {
    Host::new(include_str!("village/plugin.toml"))
}

fn tree() -> TellForm {
    TellForm { title: "黄桷树危险".to_owned(), stars: 5, ..TellForm::default() }
}

#[test]
fn what_is_told_is_found_by_every_way() {
    let host = host();
    let lin = host.member("林秀英");
    let outcome = host.as_(&lin).act(|cx| Village::tell(cx, tree())).unwrap();
    assert_eq!(outcome.say.as_deref(), Some("谢谢，林秀英"));
    let id = outcome.subject.unwrap();
    assert_eq!(outcome.go, Some(To::page("matter").with("id", id.clone())));

    host.visitor()
        .read(|cx| {
            assert_eq!(Village::board(cx, BoardParams::default())?.title, "共 1 件，1 件而已");
            assert_eq!(Village::matter(cx, MatterParams { id: id.clone() })?.title, "黄桷树危险");
            assert_eq!(Village::find(cx, FindParams { text: "黄桷树".to_owned() })?, json!(["黄桷树危险"]));
            assert_eq!(cx.data::<Matter>().by_number("2026-0001").first()?.map(|matter| matter.id), Some(id.clone()));
            assert_eq!(cx.data::<Matter>().by_follower(&*lin.id).count()?, 1);
            assert_eq!(Village::measure_told(cx, cx.now(), cx.now() + 1)?, Measured::count(1));
            assert_eq!(Village::measure_told(cx, cx.now() + 1, cx.now() + 2)?, Measured::count(0));
            Ok(())
        })
        .unwrap();
    let sent = host.sent();
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0].payload, json!({ "title": "黄桷树危险" }));
}

#[test]
fn a_refused_action_leaves_nothing() {
    let host = host();
    let lin = host.member("林秀英");
    let form = TellForm { stars: 0, ..tree() };
    let error = host.as_(&lin).act(|cx| Village::tell(cx, form)).unwrap_err();
    assert_eq!(error, Error::invalid("stars", "谢谢，林秀英"));
    assert!(host.all::<Matter>().unwrap().is_empty());
    assert!(host.sent().is_empty());
    let outcome = host.as_(&lin).act(|cx| Village::tell(cx, tree())).unwrap();
    let told = host.all::<Matter>().unwrap();
    assert_eq!(Some(&told[0].id), outcome.subject.as_ref());
    assert_eq!(told[0].number.as_deref(), Some("2026-0001"), "a number that was undone is given again");
}

#[test]
fn a_private_matter_is_for_its_owner_and_the_office() {
    let host = host();
    let (lin, wang, cadre) = (host.member("林秀英"), host.member("王大山"), host.cadre("陈书记"));
    let form = TellForm { private: true, ..tree() };
    let id = host.as_(&lin).act(|cx| Village::tell(cx, form)).unwrap().subject.unwrap();
    let sees = |who: cunshi_sdk::testing::As<'_>| {
        who.read(|cx| Village::matter(cx, MatterParams { id: id.clone() })).map(|page| page.title)
    };
    assert_eq!(sees(host.as_(&lin)).unwrap(), "黄桷树危险");
    assert_eq!(sees(host.as_(&cadre)).unwrap(), "黄桷树危险");
    assert_eq!(sees(host.as_(&wang)), Err(Error::Missing));
    assert_eq!(sees(host.visitor()), Err(Error::Missing));
    let counted = host.as_(&wang).read(|cx| Ok(cx.data::<Matter>().by_state("open").count()?)).unwrap();
    assert_eq!(counted, 0, "a count does not tell of it either");
    let todos = host.as_(&cadre).read(Village::todos).unwrap();
    assert_eq!(todos.len(), 1);
}

#[test]
fn a_cadre_tells_it_for_somebody_without_a_phone() {
    let host = host();
    let (grandma, cadre) = (host.member("李婆婆"), host.cadre("陈书记"));
    let form = TellForm { private: true, ..tree() };
    host.as_(&cadre).on_behalf_of(&grandma).act(|cx| Village::tell(cx, form)).unwrap();
    assert_eq!(host.all::<Matter>().unwrap()[0].by, grandma.id);
}

#[test]
fn what_has_changed_meanwhile_is_not_overwritten() {
    let host = host();
    let cadre = host.cadre("陈书记");
    host.as_(&cadre).act(|cx| Village::tell(cx, tree())).unwrap();
    let old = host.all::<Matter>().unwrap().remove(0);
    host.as_(&cadre).act(Village::close_all).unwrap();
    let error = host.as_(&cadre).act(|cx| Ok(cx.update(&old)?)).unwrap_err();
    assert_eq!(error, Error::conflict("这条记录刚刚被别人改过，请刷新后再试。"));
    let refusal = host.as_(&cadre).act(|cx| Ok(cx.remove(&old))).unwrap();
    assert!(matches!(refusal, Err(Refusal::Conflict(_))), "{refusal:?}");
    assert_eq!(host.all::<Matter>().unwrap()[0].version, 2);
}

#[test]
fn a_unique_number_is_given_once() {
    let host = host();
    let lin = host.member("林秀英");
    host.as_(&lin).act(|cx| Village::tell(cx, tree())).unwrap();
    let twin = host.all::<Matter>().unwrap().remove(0).body;
    host.speak(Lang::En);
    let error = host.as_(&lin).act(|cx| Ok(cx.insert(&twin)?)).unwrap_err();
    assert_eq!(error, Error::conflict("There is such a record here already."));
    let refusal = host.as_(&lin).act(|cx| Ok(cx.insert_as("first", &twin)?)).unwrap_err();
    assert!(matches!(&refusal, Error::Failed(why) if why.contains("not a UUID")), "{refusal:?}");
    let unnumbered = Matter { number: None, ..twin };
    host.as_(&lin).act(|cx| Ok((cx.insert(&unnumbered)?, cx.insert(&unnumbered)?))).unwrap();
}

#[test]
fn pages_of_documents_follow_each_other() {
    let host = host();
    let lin = host.member("林秀英");
    for nth in 0..5 {
        host.advance(1_000);
        let form = TellForm { title: format!("第{nth}件"), ..tree() };
        host.as_(&lin).act(|cx| Village::tell(cx, form)).unwrap();
    }
    host.visitor()
        .read(|cx| {
            let titles = |found: &[Doc<Matter>]| found.iter().map(|doc| doc.title.clone()).collect::<Vec<_>>();
            let (first, next) = cx.data::<Matter>().by_state("open").newest().page(2, None)?;
            assert_eq!(titles(&first), ["第4件", "第3件"]);
            let (second, next) = cx.data::<Matter>().by_state("open").newest().page(2, next)?;
            assert_eq!(titles(&second), ["第2件", "第1件"]);
            let (third, next) = cx.data::<Matter>().by_state("open").newest().page(2, next)?;
            assert_eq!((titles(&third).len(), next), (1, None));
            assert!(matches!(cx.data::<Matter>().by("by_nothing").take(1), Err(Refusal::Invalid(_))));
            assert!(matches!(cx.data::<Matter>().by_state("open").take(201), Err(Refusal::Invalid(_))));
            Ok(())
        })
        .unwrap();
}

#[test]
fn files_hang_on_the_document_of_their_uploader() {
    let host = host();
    let (lin, wang) = (host.member("林秀英"), host.member("王大山"));
    let photo = host.upload(&lin, "树.jpg");
    let form = TellForm { photos: vec![photo.clone()], ..tree() };
    assert_eq!(host.as_(&wang).act(|cx| Village::tell(cx, form.clone())).unwrap_err(), Error::Missing);
    let id = host.as_(&lin).act(|cx| Village::tell(cx, form)).unwrap().subject.unwrap();
    assert_eq!(host.attached(&photo), Some(("matter".to_owned(), id)));
    let file = |who: cunshi_sdk::testing::As<'_>, id: &str| who.read(|cx| Ok(cx.file(id)?)).unwrap();
    assert_eq!(file(host.visitor(), &photo).map(|file| file.name), Some("树.jpg".to_owned()));
    let loose = host.upload(&lin, "草稿.jpg");
    assert_eq!(file(host.visitor(), &loose), None, "what hangs on nothing is its sender's");
    assert!(file(host.as_(&lin), &loose).is_some());
}

#[test]
fn people_settings_and_the_calendar_answer() {
    let host = host();
    let lin = host.member("林秀英");
    let home = host.household("林家", "三组", &[&lin]);
    host.holiday(2026, 9, 25);
    host.as_(&lin)
        .read(|cx| {
            assert_eq!(cx.caller()?.household, Some(home.id.clone()));
            assert_eq!(cx.household(&home.id)?.and_then(|home| home.group), Some("三组".to_owned()));
            assert_eq!(cx.search_people("秀", 5)?.len(), 1);
            assert_eq!(cx.person(&lin.id)?.and_then(|lin| lin.phone), None, "names are granted, telephones are not");
            assert_eq!(cx.setting::<u32>("days")?, 3);
            assert!(cx.setting::<u32>("nothing").is_err());
            assert_eq!(cx.add_working_days(day(2026, 9, 24), 1)?, day(2026, 9, 29));
            assert_eq!(cx.space().above.as_deref(), Some("成佳镇"));
            Ok(())
        })
        .unwrap();
    host.set("days", 5);
    assert_eq!(host.visitor().read(|cx| Ok(cx.setting::<u32>("days")?)).unwrap(), 5);
}

#[test]
fn jobs_run_to_their_end_and_events_are_heard() {
    let host = host();
    host.job(Village::count_up).unwrap();
    assert_eq!(host.log(), ["info: step 0", "info: step 1", "info: step 2"]);
    let told = host.event("village.told/1", "x", json!({ "title": "路灯" }));
    host.system().act(|cx| Village::hear_village_told(cx, told)).unwrap();
    assert_eq!(host.log().last().map(String::as_str), Some("info: 路灯"));
    let other = host.event("other.told/1", "x", json!({}));
    assert!(host.system().act(|cx| Village::hear_other_told(cx, other)).is_err());
    let refusal = host.system().act(|cx| Ok(cx.send(Send::new("village.else/1", "x"))?)).unwrap_err();
    assert!(matches!(&refusal, Error::Failed(why) if why.contains("`sends`")), "{refusal:?}");
    let refusal = host.system().act(|cx| Ok(cx.send(Send::new("village.told/1", ""))?)).unwrap_err();
    assert!(matches!(&refusal, Error::Failed(why) if why.contains("a subject")), "{refusal:?}");
    let refusal = host.system().act(|cx| Ok(cx.send(Send::new("village.told/1", "x").answers("y"))?)).unwrap_err();
    assert!(matches!(&refusal, Error::Failed(why) if why.contains("goes down")), "{refusal:?}");
}

#[test]
fn forms_are_what_the_platform_gives() {
    let form: TellForm = cunshi_sdk::serde_json::from_value(json!({
        "title": "路", "type": "road", "private": true, "stars": 3, "days": 7,
        "span": { "from": "2026-09-01", "to": "2026-09-30" }, "cost": 1250, "why": "家事",
    }))
    .unwrap();
    assert_eq!(
        form,
        TellForm {
            title: "路".to_owned(),
            r#type: Some("road".to_owned()),
            private: true,
            photos: Vec::new(),
            cost: Some(1250),
            stars: 3,
            span: Some(Period { from: "2026-09-01".to_owned(), to: "2026-09-30".to_owned() }),
            why: Some("家事".to_owned()),
            days: 7,
        }
    );
    let upgraded = Village::upgrade("matter", 1, json!({ "title": "路" })).unwrap();
    assert_eq!(upgraded["followers"], json!([]));
}
