//! `people`: people of this space, as far as the grant goes.

use cunshi_contract::manifest::PeopleGrant;
use cunshi_contract::{HouseholdQuery, PeoplePage, PeopleQuery, Person};
use cunshi_model::{HouseholdId, Member, PersonId};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasmtime::StoreContextMut;
use wasmtime::component::Linker;

use crate::abi::Refusal;
use crate::state::CallState;

/// Greatest number of people of one answer.
const MAX_LIMIT: u32 = 50;

type Answer<T> = Result<T, Refusal>;

pub(super) fn add(linker: &mut Linker<CallState>) -> wasmtime::Result<()> {
    let mut people = linker.instance("cunshi:plugin/people@1.0.0")?;
    people.func_wrap_async("person", |mut cx: StoreContextMut<'_, CallState>, (id,): (String,)| {
        Box::new(async move {
            let state = cx.data_mut();
            let answer = person(state, &id).await;
            state.answer(answer)
        })
    })?;
    people.func_wrap_async("household", |mut cx: StoreContextMut<'_, CallState>, (id,): (String,)| {
        Box::new(async move {
            let state = cx.data_mut();
            let answer = household(state, &id).await;
            state.answer(answer)
        })
    })?;
    people.func_wrap_async("search", |mut cx: StoreContextMut<'_, CallState>, (text, limit): (String, u32)| {
        Box::new(async move {
            let state = cx.data_mut();
            let answer = search(state, &text, limit).await;
            state.answer(answer)
        })
    })?;
    people.func_wrap_async("people", |mut cx: StoreContextMut<'_, CallState>, (query,): (String,)| {
        Box::new(async move {
            let state = cx.data_mut();
            let answer = people_page(state, &query).await;
            state.answer(answer)
        })
    })?;
    people.func_wrap_async("households", |mut cx: StoreContextMut<'_, CallState>, (query,): (String,)| {
        Box::new(async move {
            let state = cx.data_mut();
            let answer = households(state, &query).await;
            state.answer(answer)
        })
    })?;
    people.func_wrap_async("groups", |mut cx: StoreContextMut<'_, CallState>, (): ()| {
        Box::new(async move {
            let state = cx.data_mut();
            let answer = groups(state).await;
            state.answer(answer)
        })
    })?;
    people.func_wrap_async("seen", |mut cx: StoreContextMut<'_, CallState>, (subject,): (String,)| {
        Box::new(async move {
            let state = cx.data_mut();
            let answer = seen(state, &subject).await;
            state.answer(answer)
        })
    })
}

async fn person(state: &mut CallState, id: &str) -> Answer<Option<String>> {
    let grant = begin(state)?;
    let Ok(id) = id.parse::<PersonId>() else { return Ok(None) };
    let waiting = state.meter.wait();
    let member = state.reader()?.member(id).await;
    drop(waiting);
    match member.map_err(|error| state.refusal(error))? {
        Some(member) => give(state, &shown(member, grant)).map(Some),
        None => Ok(None),
    }
}

async fn household(state: &mut CallState, id: &str) -> Answer<Option<String>> {
    begin(state)?;
    let Ok(id) = id.parse::<HouseholdId>() else { return Ok(None) };
    let waiting = state.meter.wait();
    let household = state.reader()?.household(id).await;
    drop(waiting);
    match household.map_err(|error| state.refusal(error))? {
        Some(household) => give(state, &household).map(Some),
        None => Ok(None),
    }
}

async fn search(state: &mut CallState, text: &str, limit: u32) -> Answer<String> {
    let grant = begin(state)?;
    let text = text.trim();
    if text.is_empty() || text.len() > 200 {
        return Err(Refusal::Invalid("search for 1 to 200 bytes of a name".to_owned()));
    }
    let by_phone = grant == PeopleGrant::Contact && text.len() >= 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    let waiting = state.meter.wait();
    let found = state.reader()?.search_members(text, by_phone, limit.clamp(1, MAX_LIMIT)).await;
    drop(waiting);
    let found = found.map_err(|error| state.refusal(error))?;
    let people: Vec<Person> = found.into_iter().map(|member| shown(member, grant)).collect();
    give(state, &people)
}

async fn people_page(state: &mut CallState, query: &str) -> Answer<String> {
    let grant = begin(state)?;
    let query: PeopleQuery = read(state, query, "PeopleQuery")?;
    let waiting = state.meter.wait();
    let found = state.reader()?.people(&query).await;
    drop(waiting);
    let found = found.map_err(|error| state.refusal(error))?;
    let people = found.people.into_iter().map(|member| shown(member, grant)).collect();
    give(state, &PeoplePage { people, next: found.next })
}

async fn households(state: &mut CallState, query: &str) -> Answer<String> {
    begin(state)?;
    let query: HouseholdQuery = read(state, query, "HouseholdQuery")?;
    let waiting = state.meter.wait();
    let found = state.reader()?.households(&query).await;
    drop(waiting);
    let found = found.map_err(|error| state.refusal(error))?;
    give(state, &found)
}

async fn groups(state: &mut CallState) -> Answer<String> {
    begin(state)?;
    let waiting = state.meter.wait();
    let found = state.reader()?.groups().await;
    drop(waiting);
    let found = found.map_err(|error| state.refusal(error))?;
    give(state, &found)
}

/// Of this plugin's pages only: what somebody reads elsewhere is none of its business.
async fn seen(state: &mut CallState, subject: &str) -> Answer<String> {
    begin(state)?;
    let plugin = state.release.manifest.name.clone();
    let waiting = state.meter.wait();
    let found = state.reader()?.seen(&plugin, subject).await;
    drop(waiting);
    let found = found.map_err(|error| state.refusal(error))?;
    give(state, &found)
}

fn read<T: DeserializeOwned>(state: &mut CallState, json: &str, shape: &str) -> Answer<T> {
    state.count_out(json.len())?;
    serde_json::from_str(json).map_err(|error| Refusal::Invalid(format!("this is not a `contract::{shape}`: {error}")))
}

fn begin(state: &mut CallState) -> Answer<PeopleGrant> {
    let Some(grant) = state.release.manifest.uses.people else {
        return Err(Refusal::NotGranted("write `people = \"names\"` under `[uses]` in plugin.toml".to_owned()));
    };
    state.count_operation()?;
    Ok(grant)
}

fn shown(member: Member, grant: PeopleGrant) -> Person {
    Person {
        id: member.person.to_string(),
        name: member.name,
        household: member.household.map(|household| household.to_string()),
        roles: member.roles.iter().map(|role| role.as_str().to_owned()).collect(),
        phone: member.phone.filter(|_| grant == PeopleGrant::Contact),
    }
}

fn give(state: &mut CallState, value: &impl Serialize) -> Answer<String> {
    let json = serde_json::to_string(value).map_err(|error| Refusal::Unavailable(error.to_string()))?;
    state.count_in(json.len())?;
    Ok(json)
}
