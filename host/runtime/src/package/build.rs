//! From a plugin's directory to its component.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use cunshi_contract::Manifest;
use serde_json::Value;
use sha2::{Digest, Sha256};
use wit_component::ComponentEncoder;

use super::world::written;
use super::{PackageError, append_manifest, check, events, rules, write_world};

/// The target of guests: WebAssembly with nothing around it, no WASI.
const TARGET: &str = "wasm32-unknown-unknown";

/// A component and how it came about.
#[derive(Debug)]
pub struct Built {
    /// What the plugin is.
    pub manifest: Manifest,
    /// Where the component was written.
    pub component: PathBuf,
    /// Its bytes.
    pub bytes: usize,
    /// SHA-256 of them, hex.
    pub digest: String,
    /// Bytes of the module inside.
    pub module_bytes: usize,
    /// Where `world.wit` was written.
    pub world: PathBuf,
}

/// The manifest of a plugin's directory, with the files that it names read into it.
pub fn manifest_in(plugin_dir: &Path) -> Result<Manifest, PackageError> {
    let path = plugin_dir.join("plugin.toml");
    let text = std::fs::read_to_string(&path).map_err(|source| PackageError::File { path, what: "read", source })?;
    let mut manifest = Manifest::read(&text).map_err(PackageError::Manifest)?;
    rules::read_into(&mut manifest, plugin_dir)?;
    events::read_into(&mut manifest, plugin_dir)?;
    Ok(manifest)
}

/// Builds the plugin of a directory and writes its component to `out`: a file, or a directory in which the file is
/// named after the plugin. Compilers write to the terminal; the target is installed when it is missing.
pub fn build(plugin_dir: &Path, out: &Path) -> Result<Built, PackageError> {
    let manifest = manifest_in(plugin_dir)?;
    let place = Cargo::of(plugin_dir)?;
    let world = write_world(&manifest, &place.target_dir.join("cunshi").join(&manifest.name))?;
    ensure_target(plugin_dir)?;
    let module = compile(plugin_dir, &place)?;
    let module = std::fs::read(&module).map_err(|source| PackageError::File { path: module, what: "read", source })?;
    let component = encode(&module, &manifest)?;
    let report = check(&component);
    if !report.is_ok() {
        return Err(PackageError::Component(report.problems.join("; ")));
    }
    let file = if out.is_dir() { out.join(format!("{}.wasm", manifest.name)) } else { out.to_owned() };
    if let Some(dir) = file.parent() {
        std::fs::create_dir_all(dir).map_err(|source| written(dir, source))?;
    }
    std::fs::write(&file, &component).map_err(|source| written(&file, source))?;
    Ok(Built {
        manifest,
        component: file,
        bytes: component.len(),
        digest: hex(&Sha256::digest(&component)),
        module_bytes: module.len(),
        world,
    })
}

fn encode(module: &[u8], manifest: &Manifest) -> Result<Vec<u8>, PackageError> {
    let component = ComponentEncoder::default()
        .validate(true)
        .module(module)
        .and_then(|mut encoder| encoder.encode())
        .map_err(|error| PackageError::Encode(format!("{error:#}")))?;
    append_manifest(&component, manifest)
}

/// What cargo says of the plugin's crate.
struct Cargo {
    package: String,
    target_dir: PathBuf,
    root: PathBuf,
    has_guest_profile: bool,
}

impl Cargo {
    fn of(plugin_dir: &Path) -> Result<Self, PackageError> {
        let manifest = std::path::absolute(plugin_dir.join("Cargo.toml")).map_err(|source| PackageError::File {
            path: plugin_dir.to_owned(),
            what: "read",
            source,
        })?;
        let mut command = cargo(plugin_dir);
        command.args(["metadata", "--no-deps", "--format-version", "1", "--manifest-path"]).arg(&manifest);
        let answer = output(&mut command, "cargo metadata")?;
        let odd = || tool("cargo metadata", "it does not know the package of this Cargo.toml");
        let metadata: Value = serde_json::from_slice(&answer).map_err(|_| odd())?;
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let canonical = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let packages = metadata.get("packages").and_then(Value::as_array).ok_or_else(odd)?;
        let ours = packages.iter().find(|package| {
            let path = package.get("manifest_path").and_then(Value::as_str).unwrap_or_default();
            canonical(Path::new(path)) == canonical(&manifest)
        });
        let package = ours.and_then(|package| text(package.get("name")?)).ok_or_else(odd)?;
        let target_dir = metadata.get("target_directory").and_then(text).map(PathBuf::from).ok_or_else(odd)?;
        let root = metadata.get("workspace_root").and_then(text).map(PathBuf::from).ok_or_else(odd)?;
        let workspace = std::fs::read_to_string(root.join("Cargo.toml")).unwrap_or_default();
        let workspace: toml::Table = workspace.parse().unwrap_or_default();
        let has_guest_profile = workspace.get("profile").and_then(|profiles| profiles.get("guest")).is_some();
        Ok(Self { package, target_dir, root, has_guest_profile })
    }

    /// Paths of this machine stay out of the component, so that the same sources give the same digest anywhere.
    fn remap(&self) -> String {
        let home = std::env::var_os("CARGO_HOME")
            .map(PathBuf::from)
            .or_else(|| std::env::home_dir().map(|home| home.join(".cargo")))
            .unwrap_or_default();
        let flag = |from: &Path, to: &str| Value::from(format!("--remap-path-prefix={}={to}", from.display()));
        let flags = Value::from(vec![flag(&home, "/cargo"), flag(&self.root, "/plugin")]);
        format!("target.{TARGET}.rustflags={flags}")
    }
}

/// Runs cargo and answers where the module is.
fn compile(plugin_dir: &Path, place: &Cargo) -> Result<PathBuf, PackageError> {
    let mut command = cargo(plugin_dir);
    command.args(["build", "--lib", "--target", TARGET, "--message-format", "json-render-diagnostics", "--package"]);
    command.arg(&place.package).arg("--config").arg(place.remap());
    if place.has_guest_profile {
        command.args(["--profile", "guest"]);
    } else {
        command.arg("--release");
    }
    let answer = output(&mut command, "cargo build")?;
    let lines = answer.split(|byte| *byte == b'\n').filter_map(|line| serde_json::from_slice::<Value>(line).ok());
    let modules = lines.filter(|line| line.get("reason").and_then(Value::as_str) == Some("compiler-artifact"));
    modules
        .filter_map(|line| {
            let files = line.get("filenames")?.as_array()?.iter().filter_map(Value::as_str);
            files.map(PathBuf::from).find(|file| file.extension().is_some_and(|extension| extension == "wasm"))
        })
        .next_back()
        .ok_or_else(|| {
            tool("cargo build", "it made no .wasm file: write `crate-type = [\"cdylib\", \"rlib\"]` under `[lib]`")
        })
}

/// Installs the target where rustup manages the toolchain and has not got it yet.
fn ensure_target(plugin_dir: &Path) -> Result<(), PackageError> {
    let mut rustc = Command::new("rustc");
    rustc.current_dir(plugin_dir).args(["--print", "target-libdir", "--target", TARGET]);
    let answer = output(&mut rustc, "rustc")?;
    if Path::new(String::from_utf8_lossy(&answer).trim()).is_dir() {
        return Ok(());
    }
    let mut rustup = Command::new("rustup");
    rustup.current_dir(plugin_dir).args(["target", "add", TARGET]);
    output(&mut rustup, &format!("rustup target add {TARGET}")).map(|_| ())
}

fn cargo(plugin_dir: &Path) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(plugin_dir);
    command
}

fn output(command: &mut Command, name: &str) -> Result<Vec<u8>, PackageError> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| tool(name, &format!("it cannot be started: {error}")))?;
    if output.status.success() { Ok(output.stdout) } else { Err(tool(name, &format!("it failed ({})", output.status))) }
}

fn tool(tool: &str, problem: &str) -> PackageError {
    PackageError::Tool { tool: tool.to_owned(), problem: problem.to_owned() }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
