//! What the folder of a district may hold, and what is said when it does not.

use std::fs;

use tempfile::TempDir;

use super::*;

const DISTRICT: &str = r#"code = "510303000000"
name = "贡井区"

[village]
office_phone = "0813-0100{n}"

[village.plugins.issues]
on = true
settings.mask = "surname"
"#;

const VILLAGES: &str = "code,name,kind,town_code,town
510303106209,照石村,village,510303106,五宝镇
510303108001,天府社区,community,510303108,成佳镇
";

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [("district.toml", DISTRICT), ("villages.csv", VILLAGES)].iter().chain(files) {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// The mistake, without the folder's own path.
fn mistake(files: &[(&str, &str)]) -> String {
    let folder = folder(files);
    let error = Tenants::read(folder.path()).unwrap_err().to_string();
    error.replace(&format!("{}/", folder.path().display()), "")
}

#[test]
fn a_district_is_its_towns_and_villages_with_defaults_by_kind() {
    let folder = folder(&[("villages/510303106209/village.toml", "plugins.issues.settings.mask = \"ends\"\n")]);
    let tenants = Tenants::read(folder.path()).unwrap();

    let names: Vec<_> = tenants.spaces.iter().map(|space| (space.code.as_str(), space.name.as_str())).collect();
    assert_eq!(
        names,
        [
            ("510303000000", "贡井区"),
            ("510303106000", "五宝镇"),
            ("510303108000", "成佳镇"),
            ("510303106209", "照石村"),
            ("510303108001", "天府社区"),
        ]
    );
    let [district, town, _, zhaoshi, tianfu] = tenants.spaces.as_slice() else { panic!("five spaces") };
    assert_eq!(district.parent, None);
    assert_eq!(town.parent.as_ref(), Some(&district.code));
    assert_eq!(zhaoshi.parent.as_ref(), Some(&town.code));
    assert_eq!(tianfu.office_phone.as_ref().unwrap().value, "0813-0100002");
    assert_eq!(tianfu.modules["issues"].settings["mask"].value, "surname");
    assert_eq!(zhaoshi.modules["issues"].settings["mask"].value, "ends", "the village's own file wins");
    assert!(town.modules.is_empty());
}

#[test]
fn budgets_are_of_a_kind_of_space_and_of_a_village_and_keep_to_their_bounds() {
    let district = format!("{DISTRICT}\n[village.budgets]\nevents = 20\nwall_ms = 1500\n");
    let own = ("villages/510303106209/village.toml", "[budgets]\nevents = 30\n");
    let tenants = Tenants::read(folder(&[("district.toml", &district), own]).path()).unwrap();
    let of = |code: &str| {
        let space = tenants.spaces.iter().find(|space| space.code.as_str() == code).unwrap();
        space.budgets.iter().map(|(name, value)| (name.as_str(), value.value)).collect::<Vec<_>>()
    };
    assert_eq!(of("510303108001"), [("events", 20), ("wall_ms", 1500)]);
    assert_eq!(of("510303106209"), [("events", 30), ("wall_ms", 1500)], "the village's own file wins");
    assert!(of("510303108000").is_empty());
    let file = "villages/510303106209/village.toml";
    for (line, sentence) in [
        ("events = 0", "2: `events` is 1 to 200, not 0"),
        ("events = 100000", "2: `events` is 1 to 200, not 100000"),
        ("wall_ms = -1", "2: `wall_ms` is 100 to 2000, not -1"),
        ("evnts = 3", "2: there is no budget `evnts`; there are read_cpu_ms, write_cpu_ms, "),
        ("events = \"all\"", "2: invalid type: string \"all\""),
    ] {
        let told = mistake(&[(file, &format!("[budgets]\n{line}\n"))]);
        assert!(told.starts_with(&format!("{file}:{sentence}")), "{told}");
    }
}

#[test]
fn the_digest_changes_with_any_file_and_with_nothing_else() {
    let plain = Tenants::read(folder(&[]).path()).unwrap().digest;
    assert_eq!(Tenants::read(folder(&[]).path()).unwrap().digest, plain);
    let own = ("villages/510303106209/village.toml", "office_phone = \"1\"\n");
    assert_ne!(Tenants::read(folder(&[own]).path()).unwrap().digest, plain);
    let rule = ("rules/points.award.rhai", "fn award(deed) { #{ points: 1 } }");
    let other = ("rules/points.award.rhai", "fn award(deed) { #{ points: 2 } }");
    let digest = |file| Tenants::read(folder(&[file]).path()).unwrap().digest;
    assert_ne!(digest(rule), plain);
    assert_ne!(digest(rule), digest(other));
}

#[test]
fn rules_are_the_districts_or_a_villages() {
    let script = "fn award(deed) { #{ points: 1 } }";
    let guards = "lock = [\"points.award\"]\n";
    let tenants = folder(&[
        ("rules/points.award.rhai", script),
        ("rules/guards.toml", guards),
        ("villages/510303106209/rules/points.award.table.toml", ""),
        ("villages/510303106209/rules/points.redeem.rhai", script),
    ]);
    let tenants = Tenants::read(tenants.path()).unwrap();
    let hooks: Vec<_> = tenants.spaces.iter().map(|space| space.rules.hooks.join(" ")).collect();
    assert_eq!(hooks, ["points.award", "", "", "points.award points.redeem", ""]);
    let (laid, _) = tenants.laid.unwrap();
    assert_eq!((laid.locks, laid.guards.len()), (vec!["points.award".to_owned()], 0));

    let in_village = mistake(&[("villages/510303106209/rules/guards.toml", guards)]);
    assert!(in_village.starts_with("villages/510303106209/rules/guards.toml: it is no file of a rule"), "{in_village}");
}

#[test]
fn a_broken_file_is_named_with_its_line() {
    assert_eq!(
        mistake(&[("district.toml", "code = \"510303000000\"\nname = \"贡井区\"\n[village\n")]),
        "district.toml:3: unclosed table, expected `]`"
    );
    let unknown = mistake(&[("district.toml", &format!("{DISTRICT}\n[vilage]\n"))]);
    assert!(unknown.starts_with("district.toml:11: unknown field `vilage`"), "{unknown}");
    let code = mistake(&[("district.toml", "name = \"x\"\ncode = \"5103\"\n")]);
    assert!(code.starts_with("district.toml:2: `5103` is not a statistical code"), "{code}");
    let kind = mistake(&[("district.toml", &DISTRICT.replace("on = true", "on = \"yes\""))]);
    assert!(kind.starts_with("district.toml:8: invalid type: string \"yes\""), "{kind}");
}

#[test]
fn the_list_of_villages_is_checked_line_by_line() {
    let with = |line: &str| mistake(&[("villages.csv", &format!("{VILLAGES}{line}\n"))]);
    assert_eq!(
        with("510303108001,天府,village,510303108,成佳镇"),
        "villages.csv:4: 510303108001 stands on line 3 already"
    );
    assert_eq!(
        with("510303108002,双龙,hamlet,510303108,成佳镇"),
        "villages.csv:4: `hamlet` is not a kind: write village or community"
    );
    assert_eq!(
        with("51030310800x,双龙,village,510303108,成佳镇"),
        "villages.csv:4: `51030310800x` is not a statistical code: write 12 digits, or the first 6 or 9 of a district or town"
    );
    assert_eq!(
        with("510303108002,双龙,village,510303108,成家镇"),
        "villages.csv:4: 510303108000 is 成佳镇 on line 3 and 成家镇 here"
    );
    assert_eq!(
        with("510303108002,双龙,village,510303106,五宝镇"),
        "villages.csv:4: 510303108002 does not lie under 510303106000"
    );
    assert_eq!(with("510303108002,双龙,village"), "villages.csv:4: 3 columns, where 5 are due");
    assert_eq!(with("510303108002,,village,510303108,成佳镇"), "villages.csv:4: `name` is empty");
    assert_eq!(
        mistake(&[("villages.csv", "code,name\n")]),
        "villages.csv:1: the first line must be code,name,kind,town_code,town"
    );
}

#[test]
fn a_village_folder_must_be_in_the_list() {
    assert_eq!(
        mistake(&[("villages/510303999999/village.toml", "")]),
        "villages/510303999999: villages.csv has no 510303999999"
    );
}

#[test]
fn a_day_stands_once_in_the_calendar() {
    let twice = "[[festival]]\nname = \"元旦\"\nholidays = [2026-01-01]\nworking = [2026-01-01]\n";
    assert_eq!(mistake(&[("calendar.toml", twice)]), "calendar.toml:4: 2026-01-01 stands twice");
    let hour = "[[festival]]\nname = \"元旦\"\nholidays = [2026-01-01T08:00:00]\n";
    assert_eq!(
        mistake(&[("calendar.toml", hour)]),
        "calendar.toml:3: 2026-01-01T08:00:00 is not a day such as 2026-10-01"
    );
}

#[test]
fn gongjing_itself_can_be_read() {
    let tenants = Tenants::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tenants/gongjing")).unwrap();
    let of = |kind: fn(SpaceKind) -> bool| tenants.spaces.iter().filter(|space| kind(space.kind)).count();
    assert_eq!(of(SpaceKind::is_village), 94);
    assert_eq!(of(|kind| kind == SpaceKind::Community), 7);
    assert_eq!(of(|kind| kind == SpaceKind::Town), 8);
    assert_eq!(tenants.calendar.unwrap().days().count(), 39);
}
