//! Digests over fields: each with its length, so that no two lists of fields look alike.

use sha2::{Digest as _, Sha256};

/// Lower-case hex.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    let digit = |nibble: u8| DIGITS.get(usize::from(nibble)).copied().unwrap_or_default();
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 0xf)]).collect()
}

/// SHA-256 over a list of fields.
pub(crate) struct Fields(Sha256);

impl Fields {
    /// `kind` keeps the digests of different kinds of record apart.
    pub(crate) fn of(kind: &str) -> Self {
        Self(Sha256::new()).text(kind)
    }

    pub(crate) fn text(mut self, text: &str) -> Self {
        self.0.update([b't']);
        self.0.update((text.len() as u64).to_le_bytes());
        self.0.update(text.as_bytes());
        self
    }

    pub(crate) fn maybe(mut self, text: Option<&str>) -> Self {
        if let Some(text) = text {
            return self.text(text);
        }
        self.0.update([b'-']);
        self
    }

    pub(crate) fn number(mut self, number: i64) -> Self {
        self.0.update([b'n']);
        self.0.update(number.to_le_bytes());
        self
    }

    pub(crate) fn finish(self) -> String {
        hex(&self.0.finalize())
    }
}
