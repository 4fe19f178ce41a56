//! The custom section `cunshi:manifest`: exactly one, at the top of the component.

use cunshi_contract::{MANIFEST_SECTION, Manifest};

use super::PackageError;
use crate::check;

/// The manifest in a component.
pub fn manifest_of(component: &[u8]) -> Result<Manifest, PackageError> {
    let facts = check::read(component).map_err(|error| PackageError::Component(error.to_string()))?;
    match facts.manifests.as_slice() {
        [one] => Manifest::from_json(one).map_err(|error| PackageError::Component(error.to_string())),
        many => {
            Err(PackageError::Component(format!("it has {} sections `{MANIFEST_SECTION}` instead of one", many.len())))
        }
    }
}

/// The component with its manifest as the last section; refused when it has one already.
pub fn append_manifest(component: &[u8], manifest: &Manifest) -> Result<Vec<u8>, PackageError> {
    let facts = check::read(component).map_err(|error| PackageError::Component(error.to_string()))?;
    if !facts.manifests.is_empty() {
        return Err(PackageError::Component(format!("it has a section `{MANIFEST_SECTION}` already")));
    }
    let json = serde_json::to_vec(manifest).map_err(|error| PackageError::Component(error.to_string()))?;
    let mut content = Vec::with_capacity(json.len() + 32);
    leb128(&mut content, MANIFEST_SECTION.len());
    content.extend_from_slice(MANIFEST_SECTION.as_bytes());
    content.extend_from_slice(&json);
    let mut out = Vec::with_capacity(component.len() + content.len() + 8);
    out.extend_from_slice(component);
    // Section 0 is a custom section, in components as in modules.
    out.push(0);
    leb128(&mut out, content.len());
    out.extend_from_slice(&content);
    Ok(out)
}

/// A length as WebAssembly writes it: seven bits a byte, the lowest first.
fn leb128(out: &mut Vec<u8>, mut value: usize) {
    loop {
        let low = u8::try_from(value & 0x7f).unwrap_or_default();
        value >>= 7;
        if value == 0 {
            out.push(low);
            return;
        }
        out.push(low | 0x80);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EMPTY: [u8; 8] = [0x00, 0x61, 0x73, 0x6d, 0x0d, 0x00, 0x01, 0x00];

    fn manifest() -> Manifest {
        Manifest::from_toml("name = \"hello\"\nversion = \"1.0.0\"\ntitle = { zh = \"你好\", en = \"Hello\" }\n")
            .unwrap()
    }

    #[test]
    fn what_is_appended_is_read_again() {
        let component = append_manifest(&EMPTY, &manifest()).unwrap();
        assert_eq!(manifest_of(&component).unwrap(), manifest());
        assert!(component.starts_with(&EMPTY));
    }

    #[test]
    fn a_second_manifest_is_refused_and_none_is_said() {
        let component = append_manifest(&EMPTY, &manifest()).unwrap();
        let error = append_manifest(&component, &manifest()).unwrap_err();
        assert!(error.to_string().contains("already"), "{error}");
        let error = manifest_of(&EMPTY).unwrap_err();
        assert!(error.to_string().contains("0 sections"), "{error}");
    }

    #[test]
    fn long_manifests_have_long_lengths() {
        let mut out = Vec::new();
        leb128(&mut out, 300);
        assert_eq!(out, [0xac, 0x02]);
    }
}
