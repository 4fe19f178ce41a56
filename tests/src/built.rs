//! What `cargo xtask plugins` and cargo have built before the tests run.

use std::path::{Path, PathBuf};

/// The modules that tenants/gongjing switches on.
pub const MODULES: [&str; 8] = ["issues", "notices", "points", "services", "jobs", "disclosure", "diaries", "profile"];

/// The workspace's root.
pub fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ lies in the workspace").to_owned()
}

/// A built component of `plugins/`, `examples/` or `tests/guests/`.
pub fn plugin(name: &str) -> Vec<u8> {
    let path = workspace().join("target/cunshi").join(format!("{name}.wasm"));
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}; run `cargo xtask plugins` first", path.display()))
}

/// The program `cunshi` of the same profile as the running test.
pub fn binary() -> PathBuf {
    let test = std::env::current_exe().expect("a test knows its own path");
    let profile = test.parent().and_then(Path::parent).expect("target/<profile>/deps/<test>");
    let path = profile.join("cunshi");
    assert!(path.exists(), "{} is not built; run `cargo build -p cunshi-server` first", path.display());
    path
}

/// A small photo of one colour, as a phone would send it.
pub fn photo(colour: [u8; 3]) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let picture = image::RgbImage::from_pixel(64, 48, image::Rgb(colour));
    picture.write_to(&mut bytes, image::ImageFormat::Jpeg).expect("a JPEG");
    bytes.into_inner()
}
