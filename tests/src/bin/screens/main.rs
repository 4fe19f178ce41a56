//! Photographs the running demo in a real browser, as villagers, cadres and the district see it: phone width
//! with scripts off, desk width, both languages, large type, dark. Run by `cargo xtask screens`.
//!
//! Fails when a page answers with an error or is wider than its window.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use cunshi_tests::{Driver, Window};
use shots::{SHOTS, Shot};

mod shots;

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
    let path = first(base, shot.path.replace("{fig-tree}", fig_tree)).await?;
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

/// A path whose `{plugin:query:list}` is the first id or key of that list, as a visitor of 天府社区 gets it.
async fn first(base: &str, path: String) -> Result<String> {
    let Some((before, after)) = path.split_once('{') else { return Ok(path) };
    let (wanted, after) = after.split_once('}').context("a brace is open")?;
    let mut parts = wanted.splitn(3, ':');
    let (Some(plugin), Some(query), Some(list)) = (parts.next(), parts.next(), parts.next()) else {
        bail!("{{{wanted}}} is not {{plugin:query:list}}");
    };
    let address = format!("{base}/api/v1/villages/510303108001/{plugin}/q/{query}");
    let answer: serde_json::Value = reqwest::get(address).await?.json().await?;
    let found = &answer["result"][list][0];
    let id = found["id"].as_str().or(found["key"].as_str()).with_context(|| format!("the demo has no {wanted}"))?;
    Ok(format!("{before}{id}{after}"))
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
