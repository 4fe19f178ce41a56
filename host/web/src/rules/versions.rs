//! Versions of a space's rule: drafts, publishing by a second person, going back. What is kept and who may publish
//! what is the store's; here it is asked, and said in the reader's words.

use std::collections::BTreeMap;

use cunshi_contract::Lang;
use cunshi_contract::rule::RuleText;
use cunshi_model::calendar::{LocalDay, start_of};
use cunshi_model::port::DataError;
use cunshi_model::{Micros, PersonId};
use cunshi_runtime::CallError;
use cunshi_store::{Publication, RuleState, RuleVersion};
use serde_json::{Map, Value, json};

use super::Here;
use super::check::check;
use super::mistake::Mistake;
use crate::Web;
use crate::error::Refusal;
use crate::render::say;
use crate::visit::Visit;

/// Longest note of a version, in characters.
pub(crate) const LONGEST_NOTE: usize = 500;

/// Failures looked at.
const FAILURES: u32 = 20;

/// A version of the space's own rule, with the names of those who made it.
pub(crate) struct Version {
    pub(crate) kept: RuleVersion,
    pub(crate) author: String,
    pub(crate) publisher: Option<String>,
}

/// All versions, the newest first.
pub(crate) async fn all(web: &Web, visit: &Visit, hook: &str) -> Result<Vec<Version>, Refusal> {
    let mut names = Names::default();
    let mut all = Vec::new();
    for kept in web.store.space(visit.space.id).await?.rule_versions(hook).await? {
        let author = names.of(web, kept.author).await?.unwrap_or_default();
        let publisher = names.of(web, kept.publications.first().and_then(|newest| newest.by)).await?;
        all.push(Version { kept, author, publisher });
    }
    Ok(all)
}

/// Whether it waits for a second person.
pub(crate) fn is_draft(version: &RuleVersion) -> bool {
    matches!(version.state, RuleState::Draft | RuleState::Checked | RuleState::Tried)
}

/// One version with its text.
async fn one(web: &Web, visit: &Visit, hook: &str, version: u32) -> Result<(RuleVersion, RuleText), Refusal> {
    web.store.space(visit.space.id).await?.rule_version(hook, version).await?.ok_or(Refusal::NotFound)
}

/// The text of one version.
pub(crate) async fn text(web: &Web, visit: &Visit, hook: &str, version: u32) -> Result<RuleText, Refusal> {
    Ok(one(web, visit, hook, version).await?.1)
}

/// Names of those who write rules, looked up once each.
#[derive(Default)]
struct Names(BTreeMap<PersonId, String>);

impl Names {
    async fn of(&mut self, web: &Web, person: Option<PersonId>) -> Result<Option<String>, Refusal> {
        let Some(person) = person else { return Ok(None) };
        if let Some(known) = self.0.get(&person) {
            return Ok(Some(known.clone()));
        }
        let name = web.store.district().account(person).await?.map(|account| account.name).unwrap_or_default();
        self.0.insert(person, name.clone());
        Ok(Some(name))
    }
}

/// What a rule failed at.
pub(crate) struct Failed {
    pub(crate) version: u32,
    pub(crate) mistake: Mistake,
    /// As the script saw it.
    pub(crate) input: Map<String, Value>,
    pub(crate) at: Micros,
    /// The rule that failed is the one that decides now.
    pub(crate) is_current: bool,
}

/// What a hook's rules failed at, the newest first.
pub(crate) async fn failures(web: &Web, visit: &Visit, here: &Here) -> Result<Vec<Failed>, Refusal> {
    let kept = web.store.space(visit.space.id).await?.rule_failures(&here.hook.name, FAILURES).await?;
    let failed = kept.into_iter().map(|one| Failed {
        version: one.version,
        mistake: Mistake::of(&one.failure),
        is_current: one.digest == here.rule.digest,
        input: one.input,
        at: one.at,
    });
    Ok(failed.collect())
}

/// Keeps a draft, if its check passes; what is wrong with it otherwise.
pub(crate) async fn save(
    web: &Web,
    visit: &Visit,
    here: &Here,
    text: RuleText,
    note: &str,
    from: Option<Micros>,
    author: PersonId,
) -> Result<u32, Refusal> {
    pass(web, here, &text).await?;
    let (hook, now) = (&here.hook.name, web.clock.now());
    let space = web.store.space(visit.space.id).await?;
    let version = space.save_rule(hook, &text, note, from, Some(author), now).await?;
    space.rule_checked(hook, version, now).await?;
    Ok(version)
}

/// Refuses a text that does not pass its check.
async fn pass(web: &Web, here: &Here, text: &RuleText) -> Result<(), Refusal> {
    let checked = check(web, here, text.clone()).await?;
    if checked.is_ok() { Ok(()) } else { Err(Refusal::Mistakes(checked.errors)) }
}

/// Publishes a draft that somebody else has written, from an instant, or from its author's, or at once; and lets go
/// on what waited for a mended rule.
pub(crate) async fn publish(
    web: &Web,
    visit: &Visit,
    here: &Here,
    version: u32,
    from: Option<Micros>,
    by: PersonId,
) -> Result<(), Refusal> {
    let (lang, hook, now) = (visit.reader.lang, &here.hook.name, web.clock.now());
    let (draft, text) = one(web, visit, hook, version).await?;
    if !is_draft(&draft) {
        return Err(conflict(
            lang,
            "这一版已经发布过了。要重新用它，请撤回到这一版。",
            "This version has been published already; to use it again, go back to it.",
        ));
    }
    if draft.author == Some(by) {
        return Err(second_person(lang));
    }
    // Guards may have changed since it was kept.
    pass(web, here, &text).await?;
    let from = from.or(draft.wanted).unwrap_or(now);
    let space = web.store.space(visit.space.id).await?;
    let done = space.publish_rule(hook, version, from.max(now), Some(by), false, now).await;
    done.map_err(|error| moved_on(error, lang))?;
    space.replay_parked_of(&here.release.manifest.name, now).await?;
    Ok(())
}

/// Goes back to a version that decided before: it counts again from now on.
pub(crate) async fn roll_back(
    web: &Web,
    visit: &Visit,
    here: &Here,
    version: u32,
    by: PersonId,
) -> Result<(), Refusal> {
    let (lang, hook, now) = (visit.reader.lang, &here.hook.name, web.clock.now());
    let (old, text) = one(web, visit, hook, version).await?;
    if old.active {
        return Err(conflict(lang, "现在用的就是这一版。", "This is the version that decides now."));
    }
    if old.state != RuleState::Superseded {
        return Err(conflict(
            lang,
            "只能撤回到用过的版本，这一版还没有用过。",
            "Only a version that decided before can come back; this one never did.",
        ));
    }
    pass(web, here, &text).await?;
    let space = web.store.space(visit.space.id).await?;
    space.roll_back_rule(hook, version, Some(by), now).await.map_err(|error| moved_on(error, lang))?;
    space.replay_parked_of(&here.release.manifest.name, now).await?;
    Ok(())
}

/// A note that is taken: not empty, not endless.
pub(crate) fn fit_note(note: &str) -> Option<String> {
    let fits = !note.is_empty() && note.chars().count() <= LONGEST_NOTE && !note.contains('\0');
    fits.then(|| note.to_owned())
}

/// What is said when it is not.
pub(crate) fn note_needed(lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("写一写改了什么、为什么（最多 {LONGEST_NOTE} 个字）。"),
        Lang::En => format!("Say what is changed and why (at most {LONGEST_NOTE} characters)."),
    }
}

/// The first instant of a day in China, from `2026-10-01`.
pub(crate) fn day(text: &str) -> Option<Micros> {
    text.trim().parse::<LocalDay>().ok().map(start_of)
}

fn second_person(lang: Lang) -> Refusal {
    conflict(
        lang,
        "自己写的规则要请另一位管理员或区里的干部看过再发布。",
        "A rule is published by somebody else than its author: ask another admin or an officer of the district.",
    )
}

/// Somebody was faster.
fn moved_on(error: DataError, lang: Lang) -> Refusal {
    match error {
        DataError::Conflict { .. } | DataError::Invalid(_) => conflict(
            lang,
            "别人刚刚改过这条规则，请重新打开再看。",
            "Somebody has just changed this rule: open it again.",
        ),
        other => other.into(),
    }
}

fn conflict(lang: Lang, zh: &str, en: &str) -> Refusal {
    let words = match lang {
        Lang::Zh => zh,
        Lang::En => en,
    };
    CallError::Conflict(words.to_owned()).into()
}

impl Version {
    /// From when its author wants it to decide, as long as it waits to be published.
    pub(crate) fn wanted(&self) -> Option<Micros> {
        self.kept.wanted.filter(|_| is_draft(&self.kept))
    }

    /// The newest publication that stands: when, and from when.
    pub(crate) fn published(&self) -> Option<&Publication> {
        self.kept.publications.iter().find(|one| one.withdrawn.is_none())
    }

    /// As the API lists it.
    pub(crate) fn json(&self) -> Value {
        let published = self.published();
        let from = published.map(|one| one.starts).or(self.wanted());
        json!({
            "version": self.kept.version,
            "state": state_word(self.kept.state),
            "active": self.kept.active,
            "digest": self.kept.digest,
            "author": self.author,
            "note": self.kept.note,
            "made": say::machine(self.kept.made),
            "published_by": self.publisher,
            "published": published.map(|one| say::machine(one.at)),
            "from": from.map(say::machine),
        })
    }
}

/// In JSON.
fn state_word(state: RuleState) -> &'static str {
    match state {
        RuleState::Draft => "draft",
        RuleState::Checked => "checked",
        RuleState::Tried => "tried",
        RuleState::Published => "published",
        RuleState::Superseded => "superseded",
    }
}
