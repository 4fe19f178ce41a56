//! A small district on loopback: 贡井区, two towns, three villages, the issue board in all of them, a clock
//! that the test moves.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use cunshi_model::calendar::{DayKind, china};
use cunshi_model::port::{PluginState, Spaces};
use cunshi_model::{
    Calendar, Clock, HouseholdId, ManualClock, Member, Micros, PersonId, Role, Space, SpaceKind, SystemClock,
};
use cunshi_rules::Rules;
use cunshi_runtime::{Runtime, RuntimeOptions};
use cunshi_store::{AuditRow, NewAccount, ParkedDelivery, Store, StoreOptions};
use cunshi_web::{PasswordCost, Web, WebOptions, hash_password};
use jiff::civil::{DateTime, date};
use reqwest::Client;
use serde_json::Value;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::actor::PASSWORD;
use crate::{Actor, plugin};

/// The district, served until it is dropped.
pub struct District {
    /// The data.
    pub store: Store,
    /// The plugins.
    pub runtime: Runtime,
    /// The clock of everything here.
    pub clock: ManualClock,
    /// The pages and the API.
    pub web: Web,
    /// `http://127.0.0.1:…`
    pub base: String,
    phones: AtomicU64,
    password: String,
    stop: watch::Sender<bool>,
    folder: Arc<TempDir>,
}

/// One space of the district and its address.
pub struct Village<'a> {
    pub(crate) district: &'a District,
    /// What the district knows of it.
    pub space: Space,
}

const SPACES: [(&str, &str, SpaceKind, &str); 6] = [
    ("510303000000", "贡井区", SpaceKind::District, ""),
    ("510303108000", "成佳镇", SpaceKind::Town, "510303000000"),
    ("510303106000", "五宝镇", SpaceKind::Town, "510303000000"),
    ("510303108001", "天府社区", SpaceKind::Community, "510303108000"),
    ("510303106209", "照石村", SpaceKind::Village, "510303106000"),
    ("510303106201", "五宝村", SpaceKind::Village, "510303106000"),
];

/// An instant of the wall clock in China, such as `2026-09-02 08:14`.
pub fn instant(local: &str) -> Micros {
    let time: DateTime = local.parse().expect("year-month-day hour:minute");
    time.to_zoned_datetime(china()).expect("an instant").timestamp().as_microsecond()
}

impl District {
    /// A district at an instant of China's wall clock, with the plugin `issues` on everywhere.
    pub async fn at(local: &str) -> Self {
        Self::with(local, &["issues"]).await
    }

    /// A district with these plugins on everywhere.
    pub async fn with(local: &str, plugins: &[&str]) -> Self {
        Self::begin(instant(local), plugins).await
    }

    /// A district at this very moment, to be handed over to a program with a clock of its own.
    pub async fn of_today(plugins: &[&str]) -> Self {
        Self::begin(SystemClock.now(), plugins).await
    }

    async fn begin(now: Micros, plugins: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let clock = ManualClock::at(now);
        let shared: Arc<dyn Clock> = Arc::new(clock.clone());
        let store = Store::open(folder.path(), StoreOptions::default(), shared.clone()).await.expect("a new store");
        let calendar = Calendar::new([(date(2026, 9, 20), DayKind::Working), (date(2026, 9, 25), DayKind::Holiday)]);
        let options = RuntimeOptions {
            rules: Arc::new(Rules::new()),
            ..RuntimeOptions::new(crate::workspace().join("target/cunshi/compiled"))
        };
        let spaces: Arc<dyn Spaces> = Arc::new(store.clone());
        let runtime = Runtime::new(options, spaces, calendar, shared.clone()).expect("a runtime");
        for name in plugins {
            runtime.load(plugin(name)).await.unwrap_or_else(|error| panic!("{name}: {error}"));
        }
        for (code, name, kind, above) in SPACES {
            let parent = store.district().tree().by_code(above).map(|space| space.id);
            let code = code.parse().expect("a code");
            let space = store.district().put_space(&code, name, kind, parent).await.expect("a space");
            switch_on(&store, &runtime, &space, plugins, clock.now()).await;
        }
        let web = WebOptions { secure_cookies: false, ..WebOptions::new(folder.path().join("files")) };
        let web = Web::new(web, store.clone(), runtime.clone(), shared).expect("a site");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let base = format!("http://{}", listener.local_addr().expect("an address"));
        let (stop, mut stopped) = watch::channel(false);
        let router = web.router().expect("its routes");
        tokio::spawn(async move {
            cunshi_web::serve(listener, router, async move {
                let _ = stopped.changed().await;
            })
            .await
        });
        let password = hash_password(PASSWORD, PasswordCost::DEMO).expect("a hash");
        Self { store, runtime, clock, web, base, phones: AtomicU64::new(0), password, stop, folder: Arc::new(folder) }
    }

    /// The folder of the data.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// Ends the district and gives its folder as an operator would find it, with its plugins installed.
    pub async fn leaves(self) -> Arc<TempDir> {
        for release in self.runtime.releases() {
            let (name, version) = (&release.manifest.name, &release.manifest.version);
            let bytes = plugin(name);
            let put = self.store.district().put_release(name, version, &release.digest, &bytes, self.clock.now());
            put.await.unwrap_or_else(|error| panic!("{name}: {error}"));
        }
        let _ = self.stop.send(true);
        self.web.caught_up().await;
        self.store.close().await;
        Arc::clone(&self.folder)
    }

    /// 天府社区, where the fig tree stands.
    pub fn tianfu(&self) -> Village<'_> {
        self.space("510303108001")
    }

    /// 照石村, in another town.
    pub fn zhaoshi(&self) -> Village<'_> {
        self.space("510303106209")
    }

    /// 五宝村, in the same town, without a rule of its own.
    pub fn wubao(&self) -> Village<'_> {
        self.space("510303106201")
    }

    /// 成佳镇, above 天府社区.
    pub fn chengjia(&self) -> Village<'_> {
        self.space("510303108000")
    }

    /// A space by its code.
    pub fn space(&self, code: &str) -> Village<'_> {
        let space = self.store.district().tree().by_code(code).cloned().expect("a space of the district");
        Village { district: self, space }
    }

    /// Moves the clock to an instant of China's wall clock and does what is due by then.
    pub async fn until(&self, local: &str) {
        self.clock.set(instant(local));
        self.works().await;
    }

    /// All towns and villages of tenants/gongjing, with these plugins on as everywhere; the codes of its 94 villages.
    pub async fn grows(&self, plugins: &[&str]) -> Vec<String> {
        let rows = std::fs::read_to_string(crate::workspace().join("tenants/gongjing/villages.csv")).expect("the list");
        let mut villages = Vec::new();
        for row in rows.lines().skip(1) {
            let mut cells = row.split(',');
            let [code, name, kind, town_code, town] = [(); 5].map(|()| cells.next().expect("five cells"));
            let kind = if kind == "community" { SpaceKind::Community } else { SpaceKind::Village };
            let town_code = format!("{town_code}000");
            self.grows_by(&town_code, town, SpaceKind::Town, "510303000000", plugins).await;
            self.grows_by(code, name, kind, &town_code, plugins).await;
            villages.push(code.to_owned());
        }
        villages
    }

    async fn grows_by(&self, code: &str, name: &str, kind: SpaceKind, above: &str, plugins: &[&str]) {
        let tree = self.store.district().tree();
        if tree.by_code(code).is_some() {
            return;
        }
        let parent = tree.by_code(above).expect("the office above").id;
        let code = code.parse().expect("a code");
        let space = self.store.district().put_space(&code, name, kind, Some(parent)).await.expect("a space");
        switch_on(&self.store, &self.runtime, &space, plugins, self.clock.now()).await;
    }

    /// Delivers, carries and runs jobs until nothing is due.
    pub async fn works(&self) {
        self.web.caught_up().await;
        self.runtime.work_all(100).await.expect("the work is done");
    }

    /// Asserts that no event failed for good and none waits.
    pub async fn is_quiet(&self) {
        self.works().await;
        for space in self.store.district().tree().all() {
            let parked = self.space(space.code.as_str()).parked().await;
            assert!(parked.is_empty(), "{}: {parked:?}", space.name);
        }
    }
}

impl Drop for District {
    fn drop(&mut self) {
        let _ = self.stop.send(true);
    }
}

async fn switch_on(store: &Store, runtime: &Runtime, space: &Space, plugins: &[&str], now: Micros) {
    let handle = store.space(space.id).await.expect("a space");
    for name in plugins {
        let release = runtime.release(name).expect("loaded before");
        if !release.manifest.spaces.contains(&space.kind.manifest_name()) {
            continue;
        }
        let jobs: Vec<_> = release.manifest.jobs.iter().map(|job| job.name.clone()).collect();
        let on = PluginState { on: true, pinned: None };
        handle.set_plugin(name, &on, &jobs, None, now).await.expect("switched on");
    }
    handle.set_office_phone(Some("0813-0000000")).await.expect("a telephone");
}

impl Village<'_> {
    /// The 12 digits of its address.
    pub fn code(&self) -> &str {
        self.space.code.as_str()
    }

    /// A villager who has signed in.
    pub async fn villager(&self, name: &str) -> Actor {
        self.person(name, &[Role::Member]).await
    }

    /// A cadre who has signed in.
    pub async fn cadre(&self, name: &str) -> Actor {
        self.person(name, &[Role::Cadre]).await
    }

    /// The admin, signed in.
    pub async fn admin(&self, name: &str) -> Actor {
        self.person(name, &[Role::Admin]).await
    }

    /// An officer of a town or of the district, signed in.
    pub async fn officer(&self, name: &str) -> Actor {
        self.person(name, &[Role::Officer]).await
    }

    /// Somebody with roles and a household of their own, signed in.
    pub async fn person(&self, name: &str, roles: &[Role]) -> Actor {
        let household = self.household(name).await;
        self.of_household(name, roles, household).await
    }

    /// A villager of another group than the others, signed in.
    pub async fn of_group(&self, name: &str, group: &str) -> Actor {
        let household = self.household_in(name, group).await;
        self.of_household(name, &[Role::Member], household).await
    }

    /// Somebody of the same household, signed in.
    pub async fn relative(&self, of: &Actor, name: &str, roles: &[Role]) -> Actor {
        self.of_household(name, roles, self.household_of(of).await).await
    }

    /// A villager without a phone: no account to sign in with.
    pub async fn without_phone(&self, name: &str) -> PersonId {
        let household = self.household(name).await;
        self.enrol(name, None, &[Role::Member], household).await
    }

    /// The household of somebody here.
    pub async fn household_of(&self, actor: &Actor) -> HouseholdId {
        let mut space = self.district.store.read(self.space.id).await.expect("a snapshot");
        let person = actor.person.expect("a person");
        let member = space.member(person).await.expect("a lookup").expect("a member");
        member.household.expect("a household")
    }

    /// A measure of a plugin over days of China's calendar, the second one not included: its value, and of how many.
    pub async fn measure(&self, plugin: &str, name: &str, from: &str, to: &str) -> (i64, Option<i64>) {
        let [from, to] = [from, to].map(|day| instant(&format!("{day} 00:00")));
        let found = self.district.runtime.measure(self.space.id, plugin, name, from, to).await;
        let found = found.unwrap_or_else(|error| panic!("{name}: {error}"));
        (found.value, found.of)
    }

    /// Changes settings of a plugin, as the admin would: a JSON object of declared names.
    pub async fn sets(&self, plugin: &str, settings: Value) {
        let handle = self.district.store.space(self.space.id).await.expect("a space");
        handle.set_settings(plugin, &settings, None, self.district.clock.now()).await.expect("settings");
    }

    /// Switches a plugin on or off, as the admin does in the console.
    pub async fn switches(&self, admin: &Actor, plugin: &str, on: bool) {
        let path = format!("/v/{}/manage/modules/{plugin}/state", self.code());
        let form = [("on", if on { "on" } else { "off" })];
        let answer = admin.browses(reqwest::Method::POST, &path).form(&form).send().await.expect("an answer");
        assert!(answer.status().is_success(), "{plugin}: {}", answer.status());
    }

    /// The rows of the audit, the newest first.
    pub async fn audit(&self) -> Vec<AuditRow> {
        let handle = self.district.store.space(self.space.id).await.expect("a space");
        handle.audit_rows(None, 500).await.expect("a list")
    }

    /// Events that failed for good and wait for somebody to look at them.
    pub async fn parked(&self) -> Vec<ParkedDelivery> {
        let handle = self.district.store.space(self.space.id).await.expect("a space");
        handle.parked(100).await.expect("a list")
    }

    /// Somebody who has not signed in.
    pub fn visitor(&self) -> Actor {
        Actor {
            name: String::new(),
            person: None,
            phone: String::new(),
            code: self.code().to_owned(),
            base: self.district.base.clone(),
            browser: Client::builder().cookie_store(true).build().expect("a browser"),
            program: Client::new(),
            token: None,
        }
    }

    async fn of_household(&self, name: &str, roles: &[Role], household: HouseholdId) -> Actor {
        let mut actor = self.visitor();
        name.clone_into(&mut actor.name);
        let number = self.district.phones.fetch_add(1, Ordering::Relaxed);
        actor.phone = format!("139{number:08}");
        actor.person = Some(self.enrol(name, Some(&actor.phone), roles, household).await);
        actor.signs_in().await;
        actor
    }

    async fn household(&self, head: &str) -> HouseholdId {
        self.household_in(head, "三组").await
    }

    async fn household_in(&self, head: &str, group: &str) -> HouseholdId {
        let handle = self.district.store.space(self.space.id).await.expect("a space");
        let now = self.district.clock.now();
        handle.put_household(None, head, Some(group), now).await.expect("a household")
    }

    async fn enrol(&self, name: &str, phone: Option<&str>, roles: &[Role], household: HouseholdId) -> PersonId {
        let store = &self.district.store;
        let now = self.district.clock.now();
        let account = NewAccount {
            person: None,
            name: name.to_owned(),
            phone: phone.map(str::to_owned),
            password_hash: phone.map(|_| self.district.password.clone()),
        };
        let person = store.district().create_account(account).await.expect("an account");
        let handle = store.space(self.space.id).await.expect("a space");
        let member = Member {
            person,
            name: name.to_owned(),
            household: Some(household),
            phone: phone.map(str::to_owned),
            roles: Vec::new(),
        };
        handle.put_member(&member, None, now).await.expect("a member");
        for role in roles {
            handle.grant(person, *role, *role == Role::Officer, None, now).await.expect("a role");
        }
        person
    }
}
