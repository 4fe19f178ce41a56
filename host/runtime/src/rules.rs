//! Rules as the runtime knows them: the engine that it is given, a plugin's defaults, and what is said of a rule that
//! failed.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use cunshi_contract::rule::Hook;
use cunshi_contract::{Lang, Manifest, Text};
use cunshi_model::rules::{self, Answered, Guard, Origin, Rule, RuleEngine, RuleFailure, Step};
use serde_json::{Map, Value};

/// No engine: every rule fails and says so. What a runtime has until it is given one.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoRules;

impl RuleEngine for NoRules {
    fn version(&self) -> &'static str {
        "none"
    }

    fn step(
        &self,
        _hook: &Hook,
        _rule: &Rule,
        _guards: &[Guard],
        _input: &Map<String, Value>,
        _answers: &[Answered],
    ) -> Step {
        Step::Failed(plain("这里没有装规则引擎", "this host runs without an engine for rules"))
    }
}

/// A failure that is not of any line.
pub(crate) fn plain(zh: &str, en: &str) -> RuleFailure {
    RuleFailure { line: None, column: None, message: Text { zh: zh.to_owned(), en: en.to_owned() }, guard: None }
}

/// A rule that failed during a call: kept for whoever mends it when the call is over.
#[derive(Clone, Debug)]
pub(crate) struct FailedRule {
    pub(crate) hook: String,
    pub(crate) title: Text,
    pub(crate) rule: Rule,
    pub(crate) input: Map<String, Value>,
    pub(crate) failure: RuleFailure,
}

impl FailedRule {
    /// Which rule failed where and why, for whoever mends it.
    pub(crate) fn sentence(&self, lang: Lang) -> String {
        let Self { hook, failure, .. } = self;
        let mut place = String::new();
        let _ = match (failure.line, failure.column, lang) {
            (Some(line), Some(column), Lang::Zh) => write!(place, "第 {line} 行第 {column} 列"),
            (Some(line), Some(column), Lang::En) => write!(place, ", line {line}, column {column}"),
            (Some(line), None, Lang::Zh) => write!(place, "第 {line} 行"),
            (Some(line), None, Lang::En) => write!(place, ", line {line}"),
            (None, ..) => Ok(()),
        };
        match lang {
            Lang::Zh => format!("规则 {hook} {place}出错：{}", failure.message.zh),
            Lang::En => format!("the rule {hook}{place}: {}", failure.message.en),
        }
    }

    /// [`Self::sentence`] in both languages.
    pub(crate) fn in_both(&self) -> String {
        format!("{} · {}", self.sentence(Lang::Zh), self.sentence(Lang::En))
    }

    /// What the reader is told, who cannot mend it.
    pub(crate) fn public(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => format!(
                "“{}”的规则出了问题，暂时算不出来，刚才的操作没有生效。请告诉村管理员，规则改好后再来一次。",
                self.title.zh
            ),
            Lang::En => format!(
                "The rule for “{}” has failed, and nothing was changed. Please tell the village's admin, and come again \
                 when it is mended.",
                self.title.en
            ),
        }
    }
}

/// The default rule of each hook of a plugin.
pub(crate) fn defaults(manifest: &Manifest) -> BTreeMap<String, Rule> {
    let built = manifest.rules.iter().filter_map(|hook| Some((hook, hook.built.clone()?)));
    let rule = |(hook, text): (&Hook, _)| {
        let digest = rules::digest(&hook.name, &text);
        (hook.name.clone(), Rule { origin: Origin::Plugin, version: 0, digest, text: Arc::new(text) })
    };
    built.map(rule).collect()
}
