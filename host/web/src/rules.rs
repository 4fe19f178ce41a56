//! The rules of a space as its console and the API see them: which hooks there are, whose rule counts now, who may
//! read and who may write. Pages and endpoints draw what is found here; what a rule means is the engine's, what
//! is kept is the store's.

use std::sync::Arc;

use cunshi_contract::Lang;
use cunshi_contract::rule::{Hook, RuleText};
use cunshi_model::port::Spaces;
use cunshi_model::rules::{DistrictRules, Guard, Origin, Rule, digest};
use cunshi_model::{PersonId, Role};
use cunshi_runtime::{CallError, Release};

use crate::Web;
use crate::error::Refusal;
use crate::visit::Visit;

pub(crate) mod check;
pub(crate) mod decision;
pub(crate) mod mistake;
pub(crate) mod text;
pub(crate) mod versions;

/// A hook of a plugin that is on here, and the rule that decides now.
pub(crate) struct Here {
    /// The plugin.
    pub(crate) release: Arc<Release>,
    /// What it declares.
    pub(crate) hook: Hook,
    /// What decides now.
    pub(crate) rule: Rule,
    /// Only the district's rule counts here.
    pub(crate) locked: bool,
    /// What no rule may pass.
    pub(crate) guards: Vec<Guard>,
}

/// Everything that the plugins of this space let it decide, in the order of the manifests.
pub(crate) async fn all(web: &Web, visit: &Visit) -> Result<Vec<Here>, Refusal> {
    let district = web.store.district_rules().await?;
    let mut all = Vec::new();
    for release in web.runtime.plugins_of(&visit.profile) {
        for hook in &release.manifest.rules {
            all.push(here(web, visit, &district, &release, hook).await?);
        }
    }
    Ok(all)
}

/// One of them by its name.
pub(crate) async fn one(web: &Web, visit: &Visit, name: &str) -> Result<Here, Refusal> {
    let district = web.store.district_rules().await?;
    let releases = web.runtime.plugins_of(&visit.profile);
    let found = releases.iter().find_map(|release| Some((release, release.manifest.rule(name)?)));
    let (release, hook) = found.ok_or(Refusal::NotFound)?;
    here(web, visit, &district, release, hook).await
}

async fn here(
    web: &Web,
    visit: &Visit,
    district: &DistrictRules,
    release: &Arc<Release>,
    hook: &Hook,
) -> Result<Here, Refusal> {
    // The district's own space is bound by nothing but its guards.
    let locked = visit.space.parent.is_some() && district.locks.contains(&hook.name);
    let own = if locked {
        None
    } else {
        web.store.read(visit.space.id).await?.active_rule(&hook.name, web.clock.now()).await?
    };
    let rule = own.or_else(|| district.active.get(&hook.name).cloned()).unwrap_or_else(|| default(hook));
    let guards = district.guards.iter().filter(|guard| guard.hook == hook.name).cloned().collect();
    Ok(Here { release: Arc::clone(release), hook: hook.clone(), rule, locked, guards })
}

/// The plugin's own rule.
fn default(hook: &Hook) -> Rule {
    let text = hook.built.clone().unwrap_or_default();
    Rule { origin: Origin::Plugin, version: 0, digest: digest(&hook.name, &text), text: Arc::new(text) }
}

impl Here {
    /// The text of a version, or of what decides now.
    pub(crate) async fn text(&self, web: &Web, visit: &Visit, version: Option<u32>) -> Result<Arc<RuleText>, Refusal> {
        let Some(version) = version.filter(|version| *version > 0) else { return Ok(Arc::clone(&self.rule.text)) };
        Ok(Arc::new(versions::text(web, visit, &self.hook.name, version).await?))
    }
}

/// Lets those in who may read rules: cadres, supervisors, the admin, officers above.
pub(crate) fn require_reader(visit: &Visit) -> Result<(), Refusal> {
    let readers = [Role::Cadre, Role::Supervisor, Role::Admin, Role::Officer];
    visit.require(readers.into_iter().any(|role| visit.roles.has(role)))
}

/// Whether the reader may write rules here: the admin, the office in its own space, the district's officers.
pub(crate) async fn may_write(web: &Web, visit: &Visit) -> Result<bool, Refusal> {
    if visit.roles.has(Role::Admin) {
        return Ok(true);
    }
    let Some(person) = visit.person().filter(|_| visit.roles.has(Role::Officer)) else { return Ok(false) };
    if !visit.space.kind.is_village() {
        return Ok(true);
    }
    let Some(root) = web.store.district().tree().root().map(|root| root.id) else { return Ok(false) };
    Ok(web.store.standing(person, root).await?.roles.has(Role::Officer))
}

/// Lets those in who may write; the other readers are told who may.
pub(crate) async fn require_writer(web: &Web, visit: &Visit) -> Result<PersonId, Refusal> {
    require_reader(visit)?;
    match visit.person() {
        Some(person) if may_write(web, visit).await? => Ok(person),
        _ => Err(denied(
            visit.reader.lang,
            "规则由本村管理员或区里的干部来改，您可以看和检查。",
            "Rules are changed by the village's admin or the district's officers; you may read and check them.",
        )),
    }
}

/// For whoever changes a rule here: who it is, and the hook, which the district has not locked.
pub(crate) async fn to_change(web: &Web, visit: &Visit, hook: &str) -> Result<(PersonId, Here), Refusal> {
    let by = require_writer(web, visit).await?;
    let here = one(web, visit, hook).await?;
    require_open(&here, visit.reader.lang)?;
    Ok((by, here))
}

/// Refuses changes of a hook that the district has locked.
pub(crate) fn require_open(here: &Here, lang: Lang) -> Result<(), Refusal> {
    if here.locked {
        return Err(denied(
            lang,
            "这条规则全区一样，由区里定，村里不能改。",
            "This rule is the same everywhere: the district sets it, and villages cannot change it.",
        ));
    }
    Ok(())
}

fn denied(lang: Lang, zh: &str, en: &str) -> Refusal {
    let words = match lang {
        Lang::Zh => zh,
        Lang::En => en,
    };
    CallError::Denied(words.to_owned()).into()
}

/// Whose rule it is, for people: 天府社区的规则.
pub(crate) fn whose(lang: Lang, origin: Origin, village: &str, district: &str) -> String {
    match (lang, origin) {
        (Lang::Zh, Origin::Village) => format!("{village}的规则"),
        (Lang::Zh, Origin::District) => format!("{district}的规则"),
        (Lang::Zh, Origin::Plugin) => "通用规则".to_owned(),
        (Lang::En, Origin::Village) => format!("the rule of {village}"),
        (Lang::En, Origin::District) => format!("the rule of {district}"),
        (Lang::En, Origin::Plugin) => "the module's general rule".to_owned(),
    }
}

/// In JSON.
pub(crate) fn origin_word(origin: Origin) -> &'static str {
    match origin {
        Origin::Village => "village",
        Origin::District => "district",
        Origin::Plugin => "plugin",
    }
}
