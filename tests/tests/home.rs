//! A village's home: its modules stand in the order of their manifests.

use cunshi_tests::District;

#[tokio::test]
async fn what_people_come_for_stands_before_what_the_alphabet_would_put_there() {
    let district = District::with("2026-09-02 08:14", &["diaries", "issues", "notices"]).await;
    let home = district.tianfu().visitor().opens("").await.is(200).text();
    let place = |words: &str| home.find(words).unwrap_or_else(|| panic!("no {words}:\n{home}"));
    assert!(place("我要说事") < place("村里要告诉您的事"), "doors: {home}");
    assert!(place("村里要告诉您的事") < place("党群服务日记"), "doors: {home}");
}
