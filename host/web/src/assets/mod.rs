//! Stylesheet, script and icon, embedded. Their names carry a hash of their content, so that browsers may
//! keep them for ever.

use std::sync::LazyLock;

use sha2::{Digest, Sha256};

/// A file of the platform's look.
#[derive(Clone, Copy, Debug)]
pub struct Asset {
    /// The content.
    pub bytes: &'static [u8],
    /// Its media type.
    pub media_type: &'static str,
    /// A strong `ETag`, quotes included.
    pub etag: &'static str,
}

struct Named {
    path: String,
    etag: String,
    bytes: &'static [u8],
    media_type: &'static str,
}

static ALL: LazyLock<[Named; 3]> = LazyLock::new(|| {
    [
        named("cunshi", "css", "text/css; charset=utf-8", include_bytes!("cunshi.css")),
        named("cunshi", "js", "text/javascript; charset=utf-8", include_bytes!("cunshi.js")),
        named("cunshi", "svg", "image/svg+xml", include_bytes!("cunshi.svg")),
    ]
});

fn named(name: &str, ending: &str, media_type: &'static str, bytes: &'static [u8]) -> Named {
    let digest = Sha256::digest(bytes);
    // 48 bits: enough to tell two releases of one file apart.
    let hash = digest.iter().take(6).fold(0_u64, |hash, byte| hash << 8 | u64::from(*byte));
    let hash = format!("{hash:012x}");
    Named { path: format!("/assets/{name}.{hash}.{ending}"), etag: format!("\"{hash}\""), bytes, media_type }
}

/// The file under a path, with or without `/assets/`; none for an unknown name or an old hash.
pub fn find(path: &str) -> Option<Asset> {
    let name = path.trim_start_matches('/');
    let name = name.strip_prefix("assets/").unwrap_or(name);
    ALL.iter().find(|file| file.path.strip_prefix("/assets/") == Some(name)).map(|file| Asset {
        bytes: file.bytes,
        media_type: file.media_type,
        etag: &file.etag,
    })
}

/// The address of the stylesheet.
pub fn stylesheet() -> &'static str {
    let [css, _, _] = &*ALL;
    &css.path
}

/// The address of the script.
pub fn script() -> &'static str {
    let [_, js, _] = &*ALL;
    &js.path
}

/// The address of the icon that browsers show on tabs.
pub fn icon() -> &'static str {
    let [_, _, svg] = &*ALL;
    &svg.path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_found_by_their_hashed_names_only() {
        for path in [stylesheet(), script(), icon()] {
            assert!(find(path).is_some_and(|file| !file.bytes.is_empty()), "{path}");
            assert!(find(path.trim_start_matches("/assets/")).is_some());
        }
        assert!(find("/assets/cunshi.css").is_none());
        assert!(find("/assets/../Cargo.toml").is_none());
    }
}
