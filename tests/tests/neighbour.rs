//! What a hostile plugin of one village does leaves nothing behind and stops nobody.

use cunshi_tests::District;
use serde_json::json;

#[tokio::test]
async fn hostile_calls_leave_nothing_and_their_village_goes_on() {
    let district = District::with("2026-09-02 08:14", &["issues", "hostile"]).await;
    let zhaoshi = district.zhaoshi();
    let zhang = zhaoshi.villager("张三").await;
    for action in ["spin-after-write", "alloc", "flood"] {
        let answer = zhang.does("hostile", action, json!({})).await;
        assert!(matches!(answer.status.as_u16(), 413 | 500 | 503), "{action}: {} {:#}", answer.status, answer.body);
        assert_eq!(answer.media_type, "application/problem+json");
        let seen = format!("{:#}", answer.body);
        assert!(!seen.contains("wasm") && !seen.contains("src/"), "{action}: the villager reads machinery: {seen}");
        let kept = zhang.asks("hostile", "kept", "").await.result();
        assert_eq!(kept, json!({ "marks": 0, "heard": 0 }), "{action} left something");
    }
    zhang.does("issues", "report", json!({ "title": "一切照常", "category": "other" })).await.result();
    district.is_quiet().await;
}
