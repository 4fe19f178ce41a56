//! A real browser: Debian's chromium, headless, through chromedriver's HTTP protocol on loopback.

use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::Client;
use serde_json::{Value, json};

/// A running chromedriver; stopped when dropped.
pub struct Driver {
    process: Child,
    address: String,
}

/// How a window looks.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Width in CSS pixels: 390 is a cheap phone, 1280 a desk.
    pub width: u32,
    /// Scripts run.
    pub javascript: bool,
    /// The reader prefers a dark scheme.
    pub dark: bool,
}

impl Look {
    /// A cheap phone, scripts off.
    pub const PHONE: Self = Self { width: 390, javascript: false, dark: false };
    /// A desk, scripts on.
    pub const DESK: Self = Self { width: 1280, javascript: true, dark: false };
}

/// One window with cookies of its own.
pub struct Window {
    session: String,
    client: Client,
}

impl Driver {
    /// Starts chromedriver on a free port; an error says what to install.
    pub async fn start() -> Result<Self> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let process = Command::new("chromedriver")
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("chromedriver does not start; install Debian's packages chromium and chromium-driver")?;
        let driver = Self { process, address: format!("http://127.0.0.1:{port}") };
        for _ in 0..200 {
            if reqwest::get(format!("{}/status", driver.address)).await.is_ok() {
                return Ok(driver);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        bail!("chromedriver does not answer within 10 s")
    }

    /// Opens a window.
    pub async fn open(&self, look: Look) -> Result<Window> {
        let scripts = if look.javascript { 1 } else { 2 };
        let options = json!({
            "args": [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
                "--disable-background-networking", "--disable-component-update", "--disable-sync", "--lang=zh-CN",
            ],
            "prefs": { "profile.managed_default_content_settings.javascript": scripts },
        });
        let body = json!({ "capabilities": { "alwaysMatch": { "goog:chromeOptions": options } } });
        let client = Client::new();
        let address = format!("{}/session", self.address);
        let answer: Value = client.post(&address).json(&body).send().await?.json().await?;
        let id = answer["value"]["sessionId"].as_str().with_context(|| format!("chromium does not start: {answer}"))?;
        let window = Window { session: format!("{address}/{id}"), client };
        let size = json!({ "width": look.width, "height": 844, "deviceScaleFactor": 1, "mobile": look.width < 600 });
        window.chrome("Emulation.setDeviceMetricsOverride", size).await?;
        let scheme = if look.dark { "dark" } else { "light" };
        let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        window.chrome("Emulation.setEmulatedMedia", features).await?;
        Ok(window)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Window {
    /// Opens an address.
    pub async fn goto(&self, url: &str) -> Result<()> {
        self.post("url", json!({ "url": url })).await.map(drop)
    }

    /// The address shown.
    pub async fn url(&self) -> Result<String> {
        let answer: Value = self.client.get(format!("{}/url", self.session)).send().await?.json().await?;
        Ok(answer["value"].as_str().unwrap_or_default().to_owned())
    }

    /// The page's source as it stands.
    pub async fn source(&self) -> Result<String> {
        let answer: Value = self.client.get(format!("{}/source", self.session)).send().await?.json().await?;
        Ok(answer["value"].as_str().unwrap_or_default().to_owned())
    }

    /// Types into a field.
    pub async fn types(&self, css: &str, text: &str) -> Result<()> {
        let element = self.find(css).await?;
        self.post(&format!("element/{element}/value"), json!({ "text": text })).await.map(drop)
    }

    /// Clicks.
    pub async fn clicks(&self, css: &str) -> Result<()> {
        let element = self.find(css).await?;
        self.post(&format!("element/{element}/click"), json!({})).await.map(drop)
    }

    /// Signs in through the page, as a person would.
    pub async fn signs_in(&self, base: &str, village: &str, phone: &str, password: &str) -> Result<()> {
        self.goto(&format!("{base}/v/{village}/sign-in")).await?;
        self.types("input[name=phone]", phone).await?;
        self.types("input[name=password]", password).await?;
        self.clicks("main form button[type=submit]").await?;
        // With scripts on, the click comes back before the answer does: passwords are slow to check.
        for _ in 0..100 {
            if !self.url().await?.contains("/sign-in") {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        bail!("{phone} could not sign in at {village}")
    }

    /// The whole page as PNG, not only what fits the window.
    pub async fn photograph(&self) -> Result<Vec<u8>> {
        let layout = self.chrome("Page.getLayoutMetrics", json!({})).await?;
        let page = &layout["cssContentSize"];
        // A window as high as the page, so that what is fixed to its edge is drawn at the page's.
        let size = json!({ "width": page["width"], "height": page["height"], "deviceScaleFactor": 1, "mobile": false });
        self.chrome("Emulation.setDeviceMetricsOverride", size).await?;
        let clip = json!({ "x": 0, "y": 0, "width": page["width"], "height": page["height"], "scale": 1 });
        let shot = json!({ "format": "png", "captureBeyondViewport": true, "clip": clip });
        let shot = self.chrome("Page.captureScreenshot", shot).await?;
        Ok(STANDARD.decode(shot["data"].as_str().context("chromium gives no picture")?)?)
    }

    /// How many CSS pixels the page is wider than the window: 0 when nothing has to be pushed sideways.
    pub async fn overflow(&self) -> Result<i64> {
        let layout = self.chrome("Page.getLayoutMetrics", json!({})).await?;
        let wide = layout["cssContentSize"]["width"].as_f64().unwrap_or_default();
        let window = layout["cssLayoutViewport"]["clientWidth"].as_f64().unwrap_or_default();
        #[expect(clippy::cast_possible_truncation, reason = "pixels of a screen")]
        Ok((wide - window) as i64)
    }

    /// Closes the window.
    pub async fn close(self) -> Result<()> {
        self.client.delete(&self.session).send().await?;
        Ok(())
    }

    async fn find(&self, css: &str) -> Result<String> {
        let found = self.post("element", json!({ "using": "css selector", "value": css })).await?;
        let id = found.as_object().and_then(|element| element.values().next()).and_then(Value::as_str);
        id.map(str::to_owned).with_context(|| format!("the page has no `{css}`"))
    }

    async fn chrome(&self, command: &str, params: Value) -> Result<Value> {
        self.post("goog/cdp/execute", json!({ "cmd": command, "params": params })).await
    }

    async fn post(&self, path: &str, body: Value) -> Result<Value> {
        let answer: Value =
            self.client.post(format!("{}/{path}", self.session)).json(&body).send().await?.json().await?;
        let value = answer["value"].clone();
        if let Some(error) = value.get("error").and_then(Value::as_str) {
            bail!("{path}: {error}: {}", value["message"].as_str().unwrap_or_default());
        }
        Ok(value)
    }
}
