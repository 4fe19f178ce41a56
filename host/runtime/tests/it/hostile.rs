//! Guests that mean harm, or are only broken. Each is stopped within its budget, leaves nothing half written,
//! tells its author what happened, and costs neither its own village the next call nor another village this
//! one.

use std::time::{Duration, Instant};

use cunshi_contract::Manifest;
use cunshi_model::Role;
use cunshi_model::port::MAX_CAUSAL_EVENTS;
use cunshi_runtime::testing::guest::{component, encode, encode_with, manifest};
use cunshi_runtime::testing::{Guest, Step};
use cunshi_runtime::{Budgets, CallError, Limit, LoadError, MAX_COMPONENT_BYTES, Release, package};
use serde_json::{Value, json};

use crate::district::{District, view, visitor};

/// How long any of them may keep its caller waiting, on a machine that is busy with other tests.
const PATIENCE: Duration = Duration::from_secs(3);

/// Each has a name, a test of that name, a component and an end: the `match`es below do not compile without.
macro_rules! hostile {
    ($($variant:ident => $test:ident,)*) => {
        #[derive(Clone, Copy, Debug)]
        enum Hostile {
            $($variant,)*
        }

        $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $test() {
                prove(Hostile::$variant).await;
            }
        )*
    };
}

hostile! {
    EndlessLoop => an_endless_loop_is_stopped,
    LoopBetweenHostCalls => a_loop_between_host_calls_is_stopped,
    LoopWhileInstantiating => a_loop_in_the_start_function_is_stopped,
    MemoryBomb => a_memory_bomb_is_stopped,
    LargeFromTheStart => a_guest_that_begins_with_too_much_memory_is_refused,
    TableBomb => a_table_bomb_is_stopped,
    TenMillionDataCalls => ten_million_data_calls_are_stopped,
    EndlessRecursion => endless_recursion_is_stopped,
    LogFlood => a_flood_of_log_lines_is_cut,
    DeepView => a_view_too_deep_is_refused,
    LargeView => a_view_too_large_is_refused,
    HugeAnswer => an_answer_of_sixty_megabytes_is_refused,
    Unreachable => a_trap_is_reported,
    TrapWhileWriting => a_trap_in_the_middle_of_a_write_undoes_it,
    EventStorm => an_event_storm_ends,
    ImportsWasi => a_component_that_imports_wasi_is_refused,
    ImportsAnUnknownInterface => a_component_that_imports_what_is_not_offered_is_refused,
    ExportsTheWrongType => a_component_whose_export_has_another_type_is_refused,
    Truncated => a_truncated_component_is_refused,
    RandomBytes => random_bytes_are_refused,
    Huge => a_huge_component_is_refused,
}

/// What must come of it.
enum End {
    /// Its page is stopped at a limit.
    Page(Limit),
    /// Its page fails, and the author reads this.
    PageFails(&'static str),
    /// Its action is stopped at a limit after it wrote.
    Act(Limit),
    /// Its action fails after it wrote, and the author reads this.
    ActFails(&'static str),
    /// Its events stop coming, and the author reads this.
    Storm(&'static str),
    /// It is not loaded, for this reason.
    Refused(&'static str),
}

impl Hostile {
    fn component(self) -> Vec<u8> {
        let write = Step::Insert("note", json!({ "text": "half" }).to_string());
        match self {
            Self::EndlessLoop => acts([write, Step::Forever(vec![])]),
            Self::LoopBetweenHostCalls => acts([write, Step::Forever(vec![Step::Now])]),
            Self::LoopWhileInstantiating => {
                let core = Guest::new(manifest("hostile")).core();
                let start = "(func $spin (loop $l (br $l))) (start $spin))";
                component(
                    &declared(manifest("hostile")),
                    &format!("{} {start}", core.trim_end().strip_suffix(')').unwrap()),
                )
            }
            Self::MemoryBomb => acts([write, Step::Forever(vec![Step::GrowMemory])]),
            Self::LargeFromTheStart => {
                let core = Guest::new(manifest("hostile")).core();
                component(&declared(manifest("hostile")), &core.replacen("\"memory\") 1", "\"memory\") 2048", 1))
            }
            Self::TableBomb => acts([write, Step::Forever(vec![Step::GrowTable])]),
            Self::TenMillionDataCalls => {
                acts([write, Step::Times(10_000_000, vec![Step::Get("note", "x".to_owned())])])
            }
            Self::EndlessRecursion => acts([write, Step::Recurse]),
            Self::LogFlood => acts([write, Step::Times(100_000, vec![Step::Log("x".repeat(1_000))]), Step::Trap]),
            Self::DeepView => pages(Step::Answer(deep_view())),
            Self::LargeView => pages(Step::Answer(view(&"大".repeat(100_000)))),
            Self::HugeAnswer => pages(Step::AnswerLong(60 << 20)),
            Self::Unreachable => pages(Step::Trap),
            Self::TrapWhileWriting => acts([write.clone(), write, Step::Trap]),
            Self::EventStorm => {
                let mut declared = manifest("hostile");
                declared["uses"]["sends"] = json!(["hostile.storm/1"]);
                declared["uses"]["hears"] = json!(["hostile.storm/1"]);
                let send = Step::Send(json!({ "name": "hostile.storm/1", "subject": "s" }).to_string());
                let twice = [send.clone(), send.clone(), Step::Answer("{}".to_owned())];
                let many = [Step::Times(50, vec![send]), Step::Answer("{}".to_owned())];
                Guest::new(declared).on("actions", twice).on("events", many).build()
            }
            Self::ImportsWasi => {
                let world = "package cunshi:guest; interface x { f: func(); } world plugin { import x; \
                             export cunshi:plugin/pages@1.0.0; }";
                let import = "(import \"cunshi:guest/x\" \"f\" (func))";
                // The same length as `cunshi:guest/x`, so that only the name differs.
                let bytes = with_import(world, import, &only_pages());
                replace(&bytes, b"cunshi:guest/x", b"wasi:cli/clock")
            }
            Self::ImportsAnUnknownInterface => {
                let world = "package cunshi:guest; interface vault { open: func(); } world plugin { import vault; \
                             export cunshi:plugin/pages@1.0.0; }";
                with_import(world, "(import \"cunshi:guest/vault\" \"open\" (func))", &only_pages())
            }
            Self::ExportsTheWrongType => {
                let world = "package cunshi:plugin@1.0.0; interface pages { page: func() -> string; } \
                             world plugin { export pages; }";
                let core = "(module (memory (export \"memory\") 1) \
                            (func (export \"cunshi:plugin/pages@1.0.0#page\") (result i32) (i32.const 0)))";
                package::append_manifest(&encode_with(&[], world, core), &only_pages()).unwrap()
            }
            Self::Truncated => {
                let mut bytes = pages(Step::Trap);
                bytes.truncate(bytes.len() / 2);
                bytes
            }
            Self::RandomBytes => {
                let mut state = 0x9e37_79b9_7f4a_7c15_u64;
                let mut next = || {
                    state ^= state << 13;
                    state ^= state >> 7;
                    state ^= state << 17;
                    state.to_le_bytes()
                };
                [*b"\0asm\x0d\0\x01\0"].into_iter().chain((0..2_000).map(|_| next())).flatten().collect()
            }
            Self::Huge => vec![0; MAX_COMPONENT_BYTES + 1],
        }
    }

    fn end(self) -> End {
        match self {
            Self::EndlessLoop | Self::LoopBetweenHostCalls => End::Act(Limit::Cpu),
            Self::LoopWhileInstantiating => End::Page(Limit::Cpu),
            Self::MemoryBomb => End::Act(Limit::Memory),
            Self::TableBomb => End::Act(Limit::Tables),
            Self::TenMillionDataCalls => End::Act(Limit::DataOperations),
            Self::EndlessRecursion => End::ActFails("call stack exhausted"),
            Self::DeepView => End::Page(Limit::ViewDepth),
            Self::LargeView | Self::HugeAnswer => End::Page(Limit::ViewBytes),
            Self::Unreachable => End::PageFails("unreachable"),
            Self::TrapWhileWriting | Self::LogFlood => End::ActFails("unreachable"),
            Self::LargeFromTheStart => End::Refused("memory"),
            Self::EventStorm => End::Storm("limit on events"),
            Self::ImportsWasi => End::Refused("imports `wasi:cli/clock`"),
            Self::ImportsAnUnknownInterface => End::Refused("imports `cunshi:guest/vault`"),
            Self::ExportsTheWrongType => End::Refused("`page` in `cunshi:plugin/pages@1.0.0`"),
            Self::Truncated | Self::RandomBytes => End::Refused("not a valid WebAssembly component"),
            Self::Huge => End::Refused("at most 8388608 are accepted"),
        }
    }
}

async fn prove(hostile: Hostile) {
    let district = District::with(Budgets { wall: Duration::from_secs(2), ..Budgets::default() });
    district.install(Guest::new(manifest("good")).on("pages", [Step::Answer(view("好"))])).await;
    let component = hostile.component();
    let begun = Instant::now();
    let loaded = district.runtime.load(component).await;
    let end = hostile.end();
    if let End::Refused(reason) = end {
        let error = loaded.expect_err("it must be refused");
        assert!(begun.elapsed() < PATIENCE);
        one_clear_sentence(&error, reason);
        others_are_well(&district).await;
        return;
    }
    let release = loaded.unwrap();
    district.spaces.switch(district.tianfu, release.name(), true);
    let villager = district.person(district.tianfu, "林秀英", &[Role::Member]);
    let begun = Instant::now();
    match end {
        End::Page(limit) => {
            let (page, ()) = tokio::join!(district.page(&villager, "hostile"), others_are_well(&district));
            stopped(page, limit);
            told_its_author(&district, &release, &limit.to_string());
        }
        End::Act(limit) => {
            let (acted, ()) = tokio::join!(district.put(&villager, "hostile"), others_are_well(&district));
            stopped(acted, limit);
            told_its_author(&district, &release, &limit.to_string());
        }
        End::PageFails(reason) => {
            failed(district.page(&villager, "hostile").await);
            told_its_author(&district, &release, reason);
        }
        End::ActFails(reason) => {
            failed(district.put(&villager, "hostile").await);
            told_its_author(&district, &release, reason);
        }
        End::Storm(reason) => {
            district.put(&villager, "hostile").await.unwrap();
            district.runtime.work_all(100).await.unwrap();
            let events = district.spaces.events(district.tianfu).len();
            assert!(events <= 2 * MAX_CAUSAL_EVENTS as usize, "{events}");
            told_its_author(&district, &release, reason);
        }
        End::Refused(_) => unreachable!("seen to above"),
    }
    assert!(begun.elapsed() < PATIENCE, "{hostile:?} kept its caller waiting for {:?}", begun.elapsed());
    assert!(district.spaces.documents(district.tianfu, "hostile", "note").is_empty(), "nothing half written");
    others_are_well(&district).await;
}

/// The next call of the same village succeeds, and so does one of another.
async fn others_are_well(district: &District) {
    for space in [district.tianfu, district.zhongtan] {
        assert_eq!(district.page(&visitor(space), "good").await.unwrap().title, "好");
    }
}

fn stopped<T: std::fmt::Debug>(result: Result<T, CallError>, limit: Limit) {
    match result {
        Err(CallError::Stopped(stopped)) => {
            assert_eq!(stopped.limit, limit);
            assert!(stopped.detail.contains(&limit.to_string()), "{}", stopped.detail);
            assert!(stopped.public.contains(&stopped.call), "{}", stopped.public);
        }
        other => panic!("it must be stopped by the limit on {limit}: {other:?}"),
    }
}

fn failed<T: std::fmt::Debug>(result: Result<T, CallError>) {
    match result {
        Err(CallError::Failed(failure)) => assert!(!failure.public.contains("wasm"), "{}", failure.public),
        other => panic!("it must fail: {other:?}"),
    }
}

fn told_its_author(district: &District, release: &Release, reason: &str) {
    let failures = district.runtime.failures(release.name());
    let report = failures.first().expect("a report for the author");
    assert!(report.detail.contains(reason), "{}", report.detail);
    assert!(report.detail.len() < 128 * 1024, "the report is {} bytes", report.detail.len());
}

fn one_clear_sentence(error: &LoadError, reason: &str) {
    let sentence = error.to_string();
    assert!(sentence.contains(reason), "{sentence}");
    assert!(!sentence.contains('\n'), "{sentence}");
}

fn acts(steps: impl Into<Vec<Step>>) -> Vec<u8> {
    Guest::new(manifest("hostile")).on("actions", steps).build()
}

fn pages(step: Step) -> Vec<u8> {
    Guest::new(manifest("hostile")).on("pages", [step]).build()
}

fn deep_view() -> String {
    let leaf = json!({ "node": "text", "text": "x" });
    let body = (0..10_000).fold(leaf.to_string(), |inner, _| format!("{{\"node\":\"section\",\"body\":[{inner}]}}"));
    format!("{{\"title\":\"t\",\"body\":[{body}]}}").chars().take(200_000).collect()
}

fn declared(manifest: Value) -> Manifest {
    serde_json::from_value(manifest).unwrap()
}

/// A manifest with a page and nothing else.
fn only_pages() -> Manifest {
    declared(json!({
        "name": "hostile", "version": "1.0.0", "title": { "zh": "坏", "en": "Bad" },
        "page": [{ "name": "board", "who": "anyone" }],
    }))
}

/// A component of a page with one more import.
fn with_import(world: &str, import: &str, manifest: &Manifest) -> Vec<u8> {
    let core = Guest::new(json!(manifest)).core().replacen("(module\n", &format!("(module\n  {import}\n"), 1);
    package::append_manifest(&encode(world, &core), manifest).unwrap()
}

fn replace(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let mut bytes = bytes.to_vec();
    let mut found = false;
    for at in 0..bytes.len().saturating_sub(from.len()) {
        if bytes[at..].starts_with(from) {
            bytes[at..at + to.len()].copy_from_slice(to);
            found = true;
        }
    }
    assert!(found);
    bytes
}
