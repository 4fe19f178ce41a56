//! What nobody meets who should not, and what nobody has changed who may not.

use crate::{Actor, Village};

impl Actor {
    /// Opens pages and asks queries of a plugin, such as `("entries", "kind=visit")`, and asserts that none of these
    /// words is anywhere in them.
    pub async fn never_meets(&self, hidden: &[&str], plugin: &str, pages: &[&str], queries: &[(&str, &str)]) {
        for path in pages {
            let page = self.opens(path).await.is(200);
            for word in hidden {
                assert!(!page.html.contains(word), "{} holds `{word}`:\n{}", page.path, page.text());
            }
        }
        for (name, query) in queries {
            let told = self.asks(plugin, name, query).await.result().to_string();
            for word in hidden {
                assert!(!told.contains(word), "{plugin}/q/{name}?{query} holds `{word}`: {told}");
            }
        }
    }
}

impl Village<'_> {
    /// Its revision, which every change of anything here moves on: the same as before where nothing was kept.
    pub async fn revision(&self) -> u64 {
        let handle = self.district.store.space(self.space.id).await.expect("a space");
        handle.revision().await.expect("a revision")
    }
}
