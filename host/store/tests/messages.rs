//! Messages: who gets them, once; what has been read; and the outbox out of the platform.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod common;

use common::World;
use cunshi_contract::manifest::Who;
use cunshi_contract::view::To;
use cunshi_contract::{Message, Reach, Text};
use cunshi_model::clock::{DAY, MINUTE, SECOND};
use cunshi_model::messages::{Channel, NewMessage};
use cunshi_model::port::{DataError, Spaces as _};
use cunshi_model::{HouseholdId, Member, PersonId, Role, SpaceId};
use cunshi_store::{Choice, Tried};

fn message(to: Reach, key: &str) -> Message {
    Message::new(to, key, Text::new("路灯修好了", "The lamp works again"))
}

async fn tell(world: &World, space: SpaceId, plugin: &str, message: &Message) -> Result<u32, DataError> {
    world.advance(60);
    let mut tx = world.store.write(space).await.unwrap();
    let reached = tx.notify(NewMessage { plugin, message, now: world.now() }).await?;
    tx.commit().await.unwrap();
    Ok(reached)
}

async fn lives(
    world: &World,
    space: SpaceId,
    name: &str,
    household: Option<HouseholdId>,
    roles: &[Role],
    phone: Option<&str>,
) -> PersonId {
    world.advance(1);
    let member = Member {
        person: world.person(),
        name: name.to_owned(),
        household,
        phone: phone.map(str::to_owned),
        roles: roles.to_vec(),
    };
    world.space(space).await.put_member(&member, None, world.now()).await.unwrap();
    member.person
}

async fn keys(world: &World, person: PersonId) -> Vec<String> {
    let space = world.space(world.tianfu).await;
    let page = space.messages(person, false, None, 50).await.unwrap();
    page.into_iter().map(|message| message.key).collect()
}

#[tokio::test]
async fn a_message_reaches_those_who_are_meant_and_nobody_else() {
    let world = World::new().await;
    let space = world.space(world.tianfu).await;
    let home = space.put_household(None, "林家", Some("三组"), world.now()).await.unwrap();
    let other = space.put_household(None, "王家", Some("一组"), world.now()).await.unwrap();
    let lin = lives(&world, world.tianfu, "林秀英", Some(home), &[Role::Member], None).await;
    let son = lives(&world, world.tianfu, "林大山", Some(home), &[Role::Member], None).await;
    let wang = lives(&world, world.tianfu, "王建国", Some(other), &[Role::Cadre], None).await;
    let chief = lives(&world, world.tianfu, "管理员", None, &[Role::Admin], None).await;
    let officer = lives(&world, world.tianfu, "吴镇长", None, &[Role::Officer], None).await;
    let zhou = lives(&world, world.zhaoshi, "周主任", None, &[Role::Cadre], None).await;
    for (to, reached) in [
        (Reach::Person(lin.to_string()), 1),
        (Reach::Household(home.to_string()), 2),
        (Reach::Group("三组".to_owned()), 2),
        (Reach::Group("九组".to_owned()), 0),
        (Reach::Group(String::new()), 0),
        (Reach::Role(Who::Cadre), 2),
        (Reach::Role(Who::Admin), 1),
        (Reach::Role(Who::Supervisor), 0),
        (Reach::Role(Who::Member), 4),
    ] {
        let key = format!("{to:?}");
        assert_eq!(tell(&world, world.tianfu, "issues", &message(to, &key)).await.unwrap(), reached, "{key}");
    }
    assert_eq!(keys(&world, lin).await.len(), 4, "newest first: {:?}", keys(&world, lin).await);
    assert_eq!(keys(&world, son).await.len(), 3);
    assert_eq!(keys(&world, wang).await, ["Role(Member)", "Role(Cadre)"]);
    assert_eq!(keys(&world, chief).await, ["Role(Member)", "Role(Admin)", "Role(Cadre)"]);
    assert!(keys(&world, officer).await.is_empty() && keys(&world, zhou).await.is_empty());
    for stranger in [zhou.to_string(), "nobody".to_owned()] {
        let missing = tell(&world, world.tianfu, "issues", &message(Reach::Person(stranger), "k")).await;
        assert!(matches!(missing, Err(DataError::Missing)), "{missing:?}");
    }
    let nobody = tell(&world, world.tianfu, "issues", &message(Reach::Role(Who::Anyone), "k")).await;
    assert!(matches!(nobody, Err(DataError::Invalid(_))));
}

#[tokio::test]
async fn in_their_own_office_officers_are_told_what_cadres_are_told() {
    let world = World::new().await;
    lives(&world, world.town, "吴镇长", None, &[Role::Officer], None).await;
    assert_eq!(tell(&world, world.town, "issues", &message(Reach::Role(Who::Cadre), "a")).await.unwrap(), 1);
    assert_eq!(tell(&world, world.town, "issues", &message(Reach::Role(Who::Member), "b")).await.unwrap(), 1);
    assert_eq!(tell(&world, world.town, "issues", &message(Reach::Role(Who::Admin), "c")).await.unwrap(), 0);
}

#[tokio::test]
async fn nobody_gets_a_second_message_of_the_same_plugin_and_key() {
    let world = World::new().await;
    let lin = lives(&world, world.tianfu, "林秀英", None, &[Role::Member], None).await;
    let to_lin = message(Reach::Person(lin.to_string()), "closed:1");
    let to_all = message(Reach::Role(Who::Member), "closed:1");
    assert_eq!(tell(&world, world.tianfu, "issues", &to_lin).await.unwrap(), 1);
    assert_eq!(tell(&world, world.tianfu, "issues", &to_all).await.unwrap(), 0);
    let wang = lives(&world, world.tianfu, "王建国", None, &[Role::Member], None).await;
    assert_eq!(tell(&world, world.tianfu, "issues", &to_all).await.unwrap(), 1, "only whom the first did not reach");
    assert_eq!(tell(&world, world.tianfu, "points", &to_all).await.unwrap(), 2, "another plugin's keys are its own");
    assert_eq!((keys(&world, lin).await.len(), keys(&world, wang).await.len()), (2, 2));
}

#[tokio::test]
async fn what_is_read_is_counted_and_the_village_s_pages_stay_as_they_are() {
    let world = World::new().await;
    let space = world.space(world.tianfu).await;
    let lin = lives(&world, world.tianfu, "林秀英", None, &[Role::Member], None).await;
    let wang = lives(&world, world.tianfu, "王建国", None, &[Role::Member], None).await;
    assert_eq!(space.unread(lin).await.unwrap(), 0);
    for number in 0..3 {
        let link = To { page: "case".to_owned(), ..To::default() };
        let body = Text::new("请来看看", "Please look");
        let told = message(Reach::Role(Who::Member), &format!("k:{number}")).body(body).link(link).urgent();
        tell(&world, world.tianfu, "issues", &told).await.unwrap();
    }
    assert_eq!((space.unread(lin).await.unwrap(), space.unread(wang).await.unwrap()), (3, 3));
    let page = space.messages(lin, false, None, 2).await.unwrap();
    let older = space.messages(lin, false, Some(page[1].id), 2).await.unwrap();
    assert_eq!((page.len(), older.len(), page[0].key.as_str(), older[0].key.as_str()), (2, 1, "k:2", "k:0"));
    let got = space.message(lin, page[0].id).await.unwrap().unwrap();
    assert_eq!(got.link.map(|link| link.page), Some("case".to_owned()));
    assert_eq!((got.body, got.urgent, got.read_at), (Some(Text::new("请来看看", "Please look")), true, None));

    let revision = space.revision().await.unwrap();
    assert!(space.read_message(lin, page[0].id, world.now()).await.unwrap());
    assert!(!space.read_message(lin, page[0].id, world.now()).await.unwrap());
    assert!(!space.read_message(PersonId::new(1), page[0].id, world.now()).await.unwrap());
    assert_eq!((space.unread(lin).await.unwrap(), space.unread(wang).await.unwrap()), (2, 3));
    assert_eq!(space.messages(lin, true, None, 9).await.unwrap().len(), 2);
    assert_eq!(space.read_messages(lin, world.now()).await.unwrap(), 2);
    assert_eq!((space.unread(lin).await.unwrap(), space.unread(wang).await.unwrap()), (0, 3));
    assert_eq!(space.revision().await.unwrap(), revision);
    assert!(space.message(PersonId::new(1), page[0].id).await.unwrap().is_none());
}

#[tokio::test]
async fn old_messages_that_were_read_go() {
    let world = World::new().await;
    let space = world.space(world.tianfu).await;
    world.store.set_channels(&[Channel::Sms]);
    let lin = lives(&world, world.tianfu, "林秀英", None, &[Role::Member], Some("13800001234")).await;
    let wang = lives(&world, world.tianfu, "王建国", None, &[Role::Member], None).await;
    let to_all = |key: &str| message(Reach::Role(Who::Member), key).urgent();
    tell(&world, world.tianfu, "issues", &to_all("old")).await.unwrap();
    let due = space.due_outgoing(world.now(), 9).await.unwrap();
    space.settle_outgoing(&[(due[0].message, lin, Tried::Sent)], world.now()).await.unwrap();
    space.read_messages(lin, world.now()).await.unwrap();
    world.advance(200 * DAY / SECOND);
    tell(&world, world.tianfu, "issues", &to_all("new")).await.unwrap();
    space.read_messages(lin, world.now()).await.unwrap();
    let before = world.now() - 180 * DAY;
    assert_eq!(space.forget_messages(before).await.unwrap(), 1);
    assert_eq!(space.forget_messages(before).await.unwrap(), 0);
    assert_eq!(keys(&world, lin).await, ["new"]);
    assert_eq!(keys(&world, wang).await, ["new", "old"], "what was not read stays");
    space.read_messages(wang, world.now()).await.unwrap();
    assert_eq!(space.forget_messages(before).await.unwrap(), 1);
    assert!(space.verify().await.unwrap().flaws.is_empty());
}

#[tokio::test]
async fn letters_go_to_those_who_want_them_where_the_host_has_a_way() {
    let world = World::new().await;
    let space = world.space(world.tianfu).await;
    let lin = lives(&world, world.tianfu, "林秀英", None, &[Role::Member], Some("13800001234")).await;
    let wang = lives(&world, world.tianfu, "王建国", None, &[Role::Member], Some("13800005678")).await;
    let chen = lives(&world, world.tianfu, "陈二", None, &[Role::Member], Some("13800009999")).await;
    let zhao = lives(&world, world.tianfu, "赵五", None, &[Role::Member], None).await;
    let urgent = |key: &str| message(Reach::Role(Who::Member), key).urgent();
    tell(&world, world.tianfu, "issues", &urgent("before")).await.unwrap();
    assert!(world.store.spaces_with_letters().is_empty(), "without a way nothing is kept for it");

    world.store.set_channels(&[Channel::WechatTemplate, Channel::Sms]);
    space.choose_letters(wang, Choice::Off).await.unwrap();
    space.choose_letters(chen, Choice::By(Channel::WechatTemplate)).await.unwrap();
    assert_eq!(space.letter_choice(lin).await.unwrap(), None);
    assert_eq!(space.letter_choice(wang).await.unwrap(), Some(Choice::Off));
    assert_eq!(space.letter_choice(chen).await.unwrap(), Some(Choice::By(Channel::WechatTemplate)));
    tell(&world, world.tianfu, "issues", &message(Reach::Role(Who::Member), "calm")).await.unwrap();
    tell(&world, world.tianfu, "issues", &urgent("a")).await.unwrap();
    let due = space.due_outgoing(world.now(), 9).await.unwrap();
    let ways: Vec<_> = due.iter().map(|letter| (letter.person, letter.channel, letter.key.as_str())).collect();
    assert_eq!(ways, [(lin, Channel::Sms, "a"), (chen, Channel::WechatTemplate, "a")], "{zhao} has no telephone");
    assert_eq!(due[0].phone.as_deref(), Some("13800001234"));
    assert!(!format!("{due:?}").contains("138"));

    // A way that is gone is taken for one that was never chosen; who wants none gets none of those that wait.
    world.store.set_channels(&[Channel::Sms]);
    tell(&world, world.tianfu, "issues", &urgent("b")).await.unwrap();
    space.choose_letters(lin, Choice::Off).await.unwrap();
    let due = space.due_outgoing(world.now(), 9).await.unwrap();
    let ways: Vec<_> = due.iter().map(|letter| (letter.person, letter.channel, letter.key.as_str())).collect();
    assert_eq!(ways, [(chen, Channel::WechatTemplate, "a"), (chen, Channel::Sms, "b")]);
}

#[tokio::test]
async fn a_letter_waits_is_tried_parked_and_tried_again_and_a_crash_forgets_none() {
    let world = World::new().await;
    world.store.set_channels(&[Channel::Sms]);
    let lin = lives(&world, world.tianfu, "林秀英", None, &[Role::Member], Some("13800001234")).await;
    let urgent = message(Reach::Person(lin.to_string()), "a").urgent();
    tell(&world, world.tianfu, "issues", &urgent).await.unwrap();
    let world = world.crash().await;
    assert_eq!(world.store.spaces_with_letters(), [world.tianfu]);
    let space = world.space(world.tianfu).await;
    let letter = space.due_outgoing(world.now(), 9).await.unwrap().remove(0);
    let settle = async |tried| space.settle_outgoing(&[(letter.message, lin, tried)], world.now()).await.unwrap();
    settle(Tried::Again(world.now() + MINUTE, "500".to_owned())).await;
    assert!(space.due_outgoing(world.now(), 9).await.unwrap().is_empty());
    assert_eq!(space.next_outgoing().await.unwrap(), Some(world.now() + MINUTE));
    world.advance(60);
    assert_eq!(space.due_outgoing(world.now(), 9).await.unwrap()[0].attempts, 1);
    settle(Tried::Parked("500".to_owned())).await;
    assert_eq!(space.next_outgoing().await.unwrap(), None);
    assert!(world.store.spaces_with_letters().is_empty());
    let (count, failed) = space.failed_letters(9).await.unwrap();
    assert_eq!((count, failed[0].name.as_str(), failed[0].refused, failed[0].attempts), (1, "林秀英", false, 2));
    assert_eq!(space.retry_letters(None, world.now()).await.unwrap(), 1);
    assert_eq!(space.retry_letters(None, world.now()).await.unwrap(), 0);
    assert_eq!(world.store.spaces_with_letters(), [world.tianfu]);
    settle(Tried::Sent).await;
    settle(Tried::Failed("late".to_owned())).await;
    assert_eq!(space.failed_letters(9).await.unwrap().0, 0, "what is settled stays so");
    assert!(space.verify().await.unwrap().flaws.is_empty());
}
