//! Photographs the running demo in a real browser, as villagers, cadres and the district see it: phone width
//! with scripts off, desk width, both languages, large type, dark. Run by `cargo xtask screens`.
//!
//! Fails when a page answers with an error or is wider than its window.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use cunshi_tests::{Driver, Look, Window};

/// One picture.
struct Shot {
    /// File name without `.png`.
    name: &'static str,
    /// Whose window it is: telephone, or nobody's.
    who: Option<&'static str>,
    /// Path below the server; `{fig-tree}` is the case of the fig tree.
    path: &'static str,
    look: Look,
}

const LIN: Option<&str> = Some("19900000001");
const JIAN: Option<&str> = Some("19900000002");
const ADMIN: Option<&str> = Some("19900000003");
const TOWN: Option<&str> = Some("19900000021");
const DISTRICT: Option<&str> = Some("19900000031");
const DARK: Look = Look { dark: true, ..Look::PHONE };

const fn shot(name: &'static str, who: Option<&'static str>, path: &'static str, look: Look) -> Shot {
    Shot { name, who, path, look }
}

const SHOTS: [Shot; 32] = [
    shot("portal", None, "/?lang=zh", Look::PHONE),
    shot("portal-en", None, "/?lang=en", Look::PHONE),
    shot("portal-desk", None, "/?lang=zh", Look::DESK),
    shot("home", None, "/v/510303108001?lang=zh", Look::PHONE),
    shot("home-en", None, "/v/510303108001?lang=en", Look::PHONE),
    shot("home-desk", None, "/v/510303108001?lang=zh", Look::DESK),
    shot("home-dark", None, "/v/510303108001?lang=zh", DARK),
    shot("home-signed-in", LIN, "/v/510303108001?lang=zh", Look::PHONE),
    shot("board", None, "/v/510303108001/issues?lang=zh", Look::PHONE),
    shot("board-en", None, "/v/510303108001/issues?lang=en", Look::PHONE),
    shot("board-desk", None, "/v/510303108001/issues?lang=zh", Look::DESK),
    shot("case", None, "{fig-tree}?lang=zh", Look::PHONE),
    shot("case-en", None, "{fig-tree}?lang=en", Look::PHONE),
    shot("case-desk", JIAN, "{fig-tree}?lang=zh", Look::DESK),
    shot("new", LIN, "/v/510303108001/issues/new?lang=zh", Look::PHONE),
    shot("new-en", LIN, "/v/510303108001/issues/new?lang=en", Look::PHONE),
    shot("points", LIN, "/v/510303108001/points?lang=zh", Look::PHONE),
    shot("points-en", LIN, "/v/510303108001/points?lang=en", Look::PHONE),
    shot("points-public", None, "/v/510303108001/points/publicity?lang=zh", Look::PHONE),
    shot("points-desk", JIAN, "/v/510303108001/points/desk?lang=zh", Look::DESK),
    shot("ranking", None, "/v/510303108001/points/ranking?lang=zh", Look::PHONE),
    shot("shop", LIN, "/v/510303108001/points/shop?lang=zh", Look::PHONE),
    shot("sign-in", None, "/v/510303108001/sign-in?lang=zh", Look::PHONE),
    shot("me", LIN, "/v/510303108001/me?lang=zh", Look::PHONE),
    shot("todo", JIAN, "/v/510303108001/me/todos?lang=zh", Look::PHONE),
    shot("stats-desk", JIAN, "/v/510303108001/issues/stats?lang=zh", Look::DESK),
    shot("people-desk", ADMIN, "/v/510303108001/manage/people?lang=zh", Look::DESK),
    shot("modules", ADMIN, "/v/510303108001/manage/modules?lang=zh", Look::PHONE),
    shot("town-below", TOWN, "/v/510303108000/issues/below?lang=zh", Look::PHONE),
    shot("district", DISTRICT, "/district?lang=zh", Look::PHONE),
    shot("district-desk", DISTRICT, "/district?lang=zh", Look::DESK),
    shot("not-found", None, "/v/510303999999?lang=zh", Look::PHONE),
];

#[tokio::main]
async fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let (Some(base), Some(out)) = (arguments.next(), arguments.next()) else {
        bail!("usage: screens http://127.0.0.1:PORT FOLDER [NAME]");
    };
    let only = arguments.next();
    let out = PathBuf::from(out);
    std::fs::create_dir_all(&out).with_context(|| format!("{} cannot be made", out.display()))?;
    let fig_tree = fig_tree(&base).await?;
    let driver = Driver::start().await?;
    for shot in SHOTS.iter().filter(|shot| only.as_deref().is_none_or(|only| shot.name.contains(only))) {
        let window = driver.open(shot.look).await?;
        take(&window, shot, &base, &fig_tree, &out).await.with_context(|| format!("picture {}", shot.name))?;
        window.close().await?;
    }
    Ok(())
}

async fn take(window: &Window, shot: &Shot, base: &str, fig_tree: &str, out: &std::path::Path) -> Result<()> {
    let path = shot.path.replace("{fig-tree}", fig_tree);
    if let Some(phone) = shot.who {
        let code = if shot.path.starts_with("/v/") { &shot.path[3..15] } else { "510303108001" };
        let code = if shot.path.starts_with("/district") { "510303000000" } else { code };
        window.signs_in(base, code, phone, cunshi_server::demo::PASSWORD).await?;
    }
    window.goto(&format!("{base}{path}")).await?;
    let wide = window.overflow().await?;
    if wide > 0 {
        bail!("{path} is {wide} px wider than its window");
    }
    let picture = window.photograph().await?;
    std::fs::write(out.join(format!("{}.png", shot.name)), picture)?;
    println!("{:16} {path}", shot.name);
    Ok(())
}

/// The address of the case of the fig tree.
async fn fig_tree(base: &str) -> Result<String> {
    let address = format!("{base}/api/v1/villages/510303108001/issues/q/cases?q=%E9%BB%84%E6%A1%B7%E6%A0%91");
    let answer: serde_json::Value = reqwest::get(address).await?.json().await?;
    let cases = answer["result"]["cases"].as_array().context("the demo has no cases")?;
    let tree = cases.iter().find(|case| case["title"].as_str().is_some_and(|title| title.contains("黄桷树存在")));
    let id = tree.and_then(|case| case["id"].as_str()).context("the demo has no case of the fig tree")?;
    Ok(format!("/v/510303108001/issues/case/{id}"))
}
