//! Two hundred texts as villagers and cadres write them: every number of a person is found, and next to nothing else.

use cunshi_contract::privacy::{Found, find, masked};

const TEXTS: &str = include_str!("privacy/texts.tsv");

/// Kinds that a text holds, in order, and the text.
fn texts() -> Vec<(Vec<&'static str>, &'static str)> {
    let lines = TEXTS.lines().filter(|line| !line.starts_with('#'));
    let read = |line: &'static str| {
        let (kinds, text) = line.split_once('\t').unwrap_or((line, ""));
        (kinds.split(',').filter(|kind| *kind != "-").collect(), text)
    };
    lines.map(read).collect()
}

fn kinds(found: &[Found]) -> Vec<&'static str> {
    found.iter().map(|it| it.kind.as_str()).collect()
}

#[test]
fn every_number_of_a_person_is_found() {
    let with: Vec<_> = texts().into_iter().filter(|(kinds, _)| !kinds.is_empty()).collect();
    assert_eq!(with.len(), 100);
    let missed: Vec<String> = with
        .iter()
        .filter_map(|(expected, text)| {
            let found = kinds(&find(text));
            (found != *expected).then(|| format!("{text}: {found:?} instead of {expected:?}"))
        })
        .collect();
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn at_most_two_in_a_hundred_others_raise_an_alarm() {
    let without: Vec<_> = texts().into_iter().filter(|(kinds, _)| kinds.is_empty()).collect();
    assert_eq!(without.len(), 100);
    let alarms: Vec<String> = without
        .iter()
        .filter(|(_, text)| !find(text).is_empty())
        .map(|(_, text)| format!("{text}: {:?}", kinds(&find(text))))
        .collect();
    assert!(alarms.len() <= 2, "{}", alarms.join("\n"));
}

#[test]
fn what_is_masked_holds_nothing_any_more_and_keeps_every_other_character() {
    for (_, text) in texts() {
        let shown = masked(text);
        assert!(find(&shown).is_empty(), "{text} became {shown}");
        assert_eq!(shown.chars().count(), text.chars().count(), "{text}");
        let stars = shown.chars().zip(text.chars()).filter(|(a, b)| a != b);
        assert!(stars.into_iter().all(|(a, _)| a == '*'), "{text} became {shown}");
        for Found { start, end, .. } in find(text) {
            assert!(text.get(start..end).is_some_and(|number| number.chars().count() >= 11), "{text}");
        }
    }
}
