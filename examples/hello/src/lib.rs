//! A guest book: one page, one action, one collection. Copy this directory to begin a plugin of your own;
//! `docs/howto/add-a-plugin.md` goes on from there.

cunshi_sdk::plugin!();

use cunshi_sdk::prelude::*;

/// One line in the book.
#[document("entry")]
struct Entry {
    words: String,
    name: String,
    at: Micros,
}

struct Hello;

impl Plugin for Hello {
    fn book(cx: &Read) -> Result<View> {
        let count = cx.data::<Entry>().by("by_time").count()?;
        let entries = cx.data::<Entry>().by("by_time").newest().take(20)?;
        let items = entries.iter().map(|entry| Item::new(&entry.words).meta(&entry.name).at(entry.at));
        Ok(view::page(t!("book.title"))
            .subtitle(t!("book.count", village = cx.space().name, count = count))
            .add(view::list(items).empty(t!("book.empty")))
            .when(cx.actor().is_some(), |page| page.form("sign")))
    }

    fn sign(cx: &mut Write, form: SignForm) -> Result<Outcome> {
        let name = cx.caller()?.name.clone();
        let entry = cx.insert(&Entry { words: form.words, name: name.clone(), at: cx.now() })?;
        Ok(Outcome::done().say(t!("sign.thanks", name = name)).about(entry.id))
    }
}

export!(Hello);

#[cfg(test)]
mod tests {
    use cunshi_sdk::testing::Host;

    use super::*;

    #[test]
    fn what_a_villager_writes_everybody_reads() {
        let host = Host::new(include_str!("../plugin.toml"));
        let lin = host.member("林秀英");

        let form = SignForm { words: "黄桷树修好了，放心了。".to_owned() };
        let outcome = host.as_(&lin).act(|cx| Hello::sign(cx, form)).unwrap();
        assert_eq!(outcome.say.as_deref(), Some("谢谢你，林秀英。"));

        let page = host.visitor().read(Hello::book).unwrap();
        assert_eq!(page.subtitle.as_deref(), Some("天府社区，共 1 条留言"));
        let Some(Node::List { items, .. }) = page.body.first() else { panic!("{page:?}") };
        assert_eq!(items[0].title, "黄桷树修好了，放心了。");
        assert_eq!(page.body.len(), 1, "a visitor sees no form");
    }
}
