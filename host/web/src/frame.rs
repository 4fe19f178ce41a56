//! The frame of a page: what the renderer needs besides the page's own content.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use cunshi_contract::field::FieldKind;
use cunshi_contract::manifest::{Action, Audience};
use cunshi_contract::view::To;
use cunshi_contract::{Field, FileInfo, Household, Lang, Manifest, Node, View};
use cunshi_model::port::{FileRecord, ReadSpace, Spaces};
use cunshi_model::{FileId, Member, Role, Roles, Space, SpaceCode, SpaceKind};
use cunshi_runtime::{Release, Runtime};
use serde_json::{Map, Value};

use crate::Web;
use crate::badge;
use crate::error::Refusal;
use crate::inbox;
use crate::pages::manage;
use crate::reader::Reader;
use crate::render::{Flash, NavEntry, Opt, PersonView, RenderContext, SpaceView, addresses, file_ids};
use crate::session::fresh_token;
use crate::visit::Visit;

/// Most people, and most households, that a form offers to choose from.
const CHOICES: u32 = 1_000;
/// Most files of one page that are looked up.
const FILES: usize = 300;

/// The frame of a page outside every space.
pub(crate) fn of_district<'a>(web: &'a Web, reader: &Reader) -> RenderContext<'a> {
    let mut cx = RenderContext::new(reader.lang, web.clock.now());
    cx.district = web.store.district().tree().root().map(|root| root.name.clone()).unwrap_or_default();
    cx.elder = reader.elder;
    cx.path.clone_from(&reader.path);
    cx.person = reader.signed.as_ref().map(|signed| PersonView { id: signed.person, name: signed.name.clone() });
    cx.key = fresh_token();
    cx
}

/// The frame of a page that no handler draws: a problem, for one.
pub(crate) async fn outside_of_handlers<'a>(web: &'a Web, reader: &Reader, space: Option<Space>) -> RenderContext<'a> {
    let mut cx = of_district(web, reader);
    let Some(space) = space else { return cx };
    // The telephone is worth a look, but not another failure.
    let profile = match web.store.space(space.id).await {
        Ok(handle) => handle.profile().await.ok(),
        Err(_) => None,
    };
    cx.space = Some(SpaceView {
        code: space.code,
        name: space.name,
        kind: space.kind,
        above: profile.as_ref().and_then(|profile| profile.above.clone()),
        office_phone: profile.as_ref().and_then(|profile| profile.office_phone.clone()),
    });
    cx
}

/// The space that a path names.
pub(crate) fn space_of_path(web: &Web, path: &str) -> Option<Space> {
    let code = path.strip_prefix("/v/")?.split(['/', '?']).next()?;
    web.store.district().tree().by_code(code).cloned()
}

/// The frame of a page in a space. Takes the sentence that waits for the reader, if one does.
pub(crate) async fn of_visit<'a>(web: &'a Web, visit: &Visit) -> RenderContext<'a> {
    let releases = web.runtime.plugins_of(&visit.profile);
    let mut cx = of_district(web, &visit.reader);
    cx.space = Some(SpaceView {
        code: visit.space.code.clone(),
        name: visit.space.name.clone(),
        kind: visit.space.kind,
        above: visit.profile.above.clone(),
        office_phone: visit.profile.office_phone.clone(),
    });
    if let Some(person) = &mut cx.person {
        visit.name().clone_into(&mut person.name);
    }
    cx.roles = visit.roles;
    cx.outsider = visit.person().is_some() && !visit.belongs();
    cx.nav = nav(visit, &releases);
    cx.nav.extend(consoles(visit));
    cx.todos = badge::todos(web, visit).await;
    cx.messages = inbox::unread(web, visit).await;
    cx.flash = flash(web, &visit.reader);
    let (code, roles, visitor) = (visit.space.code.clone(), visit.roles, visit.person().is_none());
    cx.links = Box::new(move |plugin, to| link(&releases, &code, roles, visitor, plugin, to));
    cx
}

/// The sentence that waits for a reader.
pub(crate) fn flash(web: &Web, reader: &Reader) -> Option<Flash> {
    let said = web.flashes.take(reader.flash.as_deref()?)?;
    Some(Flash { text: said.text, good: said.good })
}

/// The address of a page, unless it is not for this reader. Visitors keep the link: it leads to the sign-in.
fn link(
    releases: &[Arc<Release>],
    code: &SpaceCode,
    roles: Roles,
    visitor: bool,
    from: &str,
    to: &To,
) -> Option<String> {
    let name = to.plugin.as_deref().unwrap_or(from);
    let manifest = &releases.iter().find(|release| release.manifest.name == name)?.manifest;
    let page = manifest.page(&to.page)?;
    if !visitor && !roles.meets(&page.who) {
        return None;
    }
    Some(address(code.as_str(), manifest, &Runtime::route_of(manifest, to)?))
}

/// The address of a path below a plugin.
pub(crate) fn address(code: &str, manifest: &Manifest, route: &str) -> String {
    let base = addresses::plugin(code, &manifest.name);
    let route = route.trim_start_matches('/');
    if route.is_empty() || route.starts_with('?') { format!("{base}{route}") } else { format!("{base}/{route}") }
}

fn nav(visit: &Visit, releases: &[Arc<Release>]) -> Vec<NavEntry> {
    let here = visit.reader.path.split('?').next().unwrap_or_default();
    let mut entries = Vec::new();
    for release in releases {
        let manifest = &release.manifest;
        for page in &manifest.pages {
            let Some(label) = &page.nav else { continue };
            if !visit.roles.meets(&page.who) || page.route.contains('{') {
                continue;
            }
            let href = address(visit.code(), manifest, &page.route);
            let below = here.strip_prefix(href.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
            entries.push(NavEntry {
                label: label.get(visit.reader.lang).to_owned(),
                current: below,
                href,
                icon: manifest.icon.clone(),
            });
        }
    }
    // Of two entries above the same page the longer one is meant.
    let deepest = entries.iter().filter(|entry| entry.current).map(|entry| entry.href.len()).max();
    for entry in &mut entries {
        entry.current = entry.current && Some(entry.href.len()) == deepest;
    }
    entries
}

/// The consoles that the reader may open.
fn consoles(visit: &Visit) -> Vec<NavEntry> {
    let lang = visit.reader.lang;
    let entry = |zh: &str, en: &str, href: String, icon: &str| NavEntry {
        label: if lang == Lang::Zh { zh } else { en }.to_owned(),
        current: visit.reader.path.starts_with(&href),
        href,
        icon: Some(icon.to_owned()),
    };
    let mut entries = Vec::new();
    if !visit.space.kind.is_village() && visit.roles.has(Role::Officer) {
        let whole = visit.space.kind == SpaceKind::District;
        let href = if whole { "/district".to_owned() } else { manage::address(visit.code(), "villages") };
        entries.push(entry("各村", "Villages", href, "home"));
    }
    if visit.roles.has(Role::Cadre) {
        entries.push(entry("管理", "Console", manage::address(visit.code(), "people"), "people"));
    } else if visit.roles.has(Role::Supervisor) || visit.roles.has(Role::Officer) {
        entries.push(entry("规则", "Rules", manage::address(visit.code(), "rules"), "book"));
    }
    entries
}

/// Looks up what a plugin's trees need to be drawn: names of files, and the choices of its forms.
pub(crate) async fn fill(
    web: &Web,
    visit: &Visit,
    cx: &mut RenderContext<'_>,
    trees: &[(&Manifest, &View)],
) -> Result<(), Refusal> {
    let mut ids: BTreeSet<String> = trees.iter().flat_map(|(_, view)| file_ids(view)).collect();
    if let Some(form) = &cx.form {
        ids.extend(
            form.values.values().filter_map(Value::as_array).flatten().filter_map(Value::as_str).map(str::to_owned),
        );
    }
    cx.files = file_infos(web, visit, &ids).await?;
    let mut actions: Vec<(&Manifest, &Action)> = Vec::new();
    for (manifest, view) in trees {
        let names = form_actions(view);
        actions.extend(names.iter().filter_map(|name| Some((*manifest, manifest.action(name)?))));
    }
    choices(web, visit, cx, &actions).await
}

/// Looks up the choices of some actions' forms.
pub(crate) async fn choices(
    web: &Web,
    visit: &Visit,
    cx: &mut RenderContext<'_>,
    actions: &[(&Manifest, &Action)],
) -> Result<(), Refusal> {
    let mine: Vec<_> = actions.iter().filter(|(_, action)| visit.roles.meets(&action.who)).collect();
    let has = |kind: FieldKind| mine.iter().any(|(_, action)| action.fields.iter().any(|field| field.kind == kind));
    let on_behalf =
        mine.iter().any(|(_, a)| !a.on_behalf.is_empty() && visit.roles.meets(&Audience::Any(a.on_behalf.clone())));
    // A list of everybody is for those whose work it is.
    let trusted = visit.roles.has(Role::Cadre) || visit.roles.has(Role::Supervisor);
    if trusted && (on_behalf || has(FieldKind::Person)) {
        cx.people = people(web, visit).await?;
    }
    if trusted && has(FieldKind::Household) {
        cx.households = households(web, visit).await?;
    }
    for (manifest, action) in mine {
        for field in &action.fields {
            let Some(query) = &field.options else { continue };
            let key = (manifest.name.clone(), query.clone());
            if let Entry::Vacant(vacant) = cx.options.entry(key) {
                vacant.insert(options(web, visit, manifest, query).await);
            }
        }
    }
    Ok(())
}

/// The names of the actions whose forms a tree shows.
fn form_actions(view: &View) -> BTreeSet<&str> {
    let mut names = BTreeSet::new();
    let mut waiting: Vec<&Node> = view.body.iter().chain(&view.aside).collect();
    while let Some(node) = waiting.pop() {
        match node {
            Node::Form { action, .. } => {
                names.insert(action.as_str());
            }
            Node::Section { body, .. } => waiting.extend(body),
            _ => {}
        }
    }
    names
}

/// Whether a tree shows the form of an action.
pub(crate) fn shows_form(view: &View, action: &str) -> bool {
    form_actions(view).contains(action)
}

async fn file_infos(web: &Web, visit: &Visit, ids: &BTreeSet<String>) -> Result<BTreeMap<String, FileInfo>, Refusal> {
    let mut infos = BTreeMap::new();
    let wanted: Vec<FileId> = ids.iter().filter_map(|id| id.parse().ok()).take(FILES).collect();
    if wanted.is_empty() {
        return Ok(infos);
    }
    let mut snapshot: Box<dyn ReadSpace> = web.store.read(visit.space.id).await?;
    for id in wanted {
        if let Some(record) = snapshot.file(id).await? {
            infos.insert(id.to_string(), info(&record));
        }
    }
    Ok(infos)
}

fn info(record: &FileRecord) -> FileInfo {
    FileInfo {
        id: record.id.to_string(),
        kind: if record.image { "image" } else { "file" }.to_owned(),
        name: record.name.clone(),
        media_type: record.media_type.clone(),
        bytes: record.bytes,
        width: record.pixels.map(|(width, _)| width),
        height: record.pixels.map(|(_, height)| height),
    }
}

/// People of the space as choices; those of the same name are told apart by their household.
async fn people(web: &Web, visit: &Visit) -> Result<Vec<Opt>, Refusal> {
    let handle = web.store.space(visit.space.id).await?;
    let members = handle.members(None, None, CHOICES).await?;
    let households: BTreeMap<String, Household> =
        handle.households(CHOICES).await?.into_iter().map(|household| (household.id.clone(), household)).collect();
    let mut people: Vec<Opt> =
        members.iter().map(|member| person_opt(visit.reader.lang, member, &households)).collect();
    people.sort_by(|a, b| a.label.cmp(&b.label));
    Ok(people)
}

fn person_opt(lang: Lang, member: &Member, households: &BTreeMap<String, Household>) -> Opt {
    let household = member.household.and_then(|id| households.get(&id.to_string()));
    let label = match household {
        Some(Household { group: Some(group), name, .. }) if *name != member.name => {
            with_place(lang, &member.name, &format!("{group} {name}"))
        }
        Some(Household { group: Some(group), .. }) => with_place(lang, &member.name, group),
        Some(Household { name, .. }) if *name != member.name => with_place(lang, &member.name, name),
        _ => member.name.clone(),
    };
    Opt { value: member.person.to_string(), label }
}

/// A name with its group or household in the brackets of the language.
fn with_place(lang: Lang, name: &str, place: &str) -> String {
    match lang {
        Lang::Zh => format!("{name}（{place}）"),
        Lang::En => format!("{name} ({place})"),
    }
}

async fn households(web: &Web, visit: &Visit) -> Result<Vec<Opt>, Refusal> {
    let all = web.store.space(visit.space.id).await?.households(CHOICES).await?;
    let opt = |household: Household| Opt {
        label: match &household.group {
            Some(group) => with_place(visit.reader.lang, &household.name, group),
            None => household.name.clone(),
        },
        value: household.id,
    };
    Ok(all.into_iter().map(opt).collect())
}

/// What a field's query offers; nothing when it fails, so that the rest of the page stands.
async fn options(web: &Web, visit: &Visit, manifest: &Manifest, query: &str) -> Vec<Opt> {
    let answer = web.runtime.query(&visit.caller(), &manifest.name, query, Map::new()).await;
    let Ok(Value::Array(rows)) = answer else { return Vec::new() };
    let text = |row: &Value, key: &str| row.get(key).and_then(Value::as_str).map(str::to_owned);
    rows.iter().filter_map(|row| Some(Opt { value: text(row, "value")?, label: text(row, "label")? })).collect()
}

/// Whether a field holds uploaded files.
pub(crate) fn holds_files(field: &Field) -> bool {
    matches!(field.kind, FieldKind::Photos | FieldKind::Files)
}
