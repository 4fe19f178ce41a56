//! To-dos: what waits for somebody, asked of every plugin that has some.

use cunshi_contract::manifest::Audience;
use cunshi_contract::{Text, Todo};
use serde_json::Map;

use super::visit::Visit;
use super::{Caller, Site};
use crate::abi::Export;
use crate::error::CallError;
use crate::runtime::Runtime;
use crate::state::Access;

/// What waits for somebody in one plugin.
#[derive(Debug)]
pub struct PluginTodos {
    /// The plugin.
    pub plugin: String,
    /// The plugin's title.
    pub title: Text,
    /// The list, or why there is none.
    pub todos: Result<Vec<Todo>, CallError>,
}

impl Runtime {
    /// What waits for the caller, by plugin; one that fails leaves the rest.
    pub async fn todos(&self, caller: &Caller) -> Result<Vec<PluginTodos>, CallError> {
        let profile = self.inner.spaces.profile(caller.space).await?;
        let mut all = Vec::new();
        for release in self.inner.catalogue.all_running(&profile) {
            if !caller.roles.meets(&Audience::Any(release.manifest.todos.clone())) {
                continue;
            }
            let site = Site { profile: profile.clone(), release };
            all.push(PluginTodos {
                plugin: site.release.manifest.name.clone(),
                title: site.release.manifest.title.clone(),
                todos: self.todos_of(caller, &site).await,
            });
        }
        Ok(all)
    }

    async fn todos_of(&self, caller: &Caller, site: &Site) -> Result<Vec<Todo>, CallError> {
        let admission = self.inner.admit(caller.space)?;
        let space = self.inner.spaces.read(caller.space).await?;
        let visit = Visit::of(&self.inner, site, Export::Todos, "", caller);
        let context = visit.context(&Map::new())?;
        let (state, answer) = visit.run_with::<_, String>(Access::Read(space), admission, (context,)).await;
        let todos: Vec<Todo> = visit.json(&answer?, "a list of `contract::Todo`", &state.log)?;
        todos.iter().try_for_each(|todo| visit.link(&todo.link, &state.log))?;
        Ok(todos)
    }
}
