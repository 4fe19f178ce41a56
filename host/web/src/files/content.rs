//! What a file is, by its content: the name and the sender's word for it count for nothing.

/// Kinds of file that are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A picture that is re-encoded.
    Photo,
    /// Anything else that is recognised, with its media type.
    Other(&'static str),
}

/// How far into a zip archive its first names are looked for.
const ZIP_LOOK: usize = 64 * 1024;

/// Recognises a file.
pub(crate) fn kind_of(content: &[u8]) -> Option<Kind> {
    let begins = |magic: &[u8]| content.starts_with(magic);
    if begins(&[0xff, 0xd8, 0xff])
        || begins(b"\x89PNG\r\n\x1a\n")
        || (begins(b"RIFF") && content.get(8..12) == Some(b"WEBP"))
    {
        return Some(Kind::Photo);
    }
    if begins(b"%PDF-") {
        return Some(Kind::Other("application/pdf"));
    }
    if begins(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) {
        return Some(Kind::Other("application/x-ole-storage"));
    }
    if begins(b"PK\x03\x04") {
        return office(content).map(Kind::Other);
    }
    is_text(content).then_some(Kind::Other("text/plain; charset=utf-8"))
}

/// Word and Excel files are zip archives with a folder of their own; other archives are not taken.
fn office(content: &[u8]) -> Option<&'static str> {
    let start = content.get(..ZIP_LOOK.min(content.len()))?;
    let holds = |name: &[u8]| start.windows(name.len()).any(|window| window == name);
    if holds(b"word/") {
        Some("application/vnd.openxmlformats-officedocument.wordprocessingml.document")
    } else if holds(b"xl/") {
        Some("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    } else if holds(b"ppt/") {
        Some("application/vnd.openxmlformats-officedocument.presentationml.presentation")
    } else {
        None
    }
}

/// Plain text in UTF-8 that is not markup in disguise.
fn is_text(content: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(content) else { return false };
    let plain = |c: char| !c.is_control() || matches!(c, '\n' | '\r' | '\t');
    !text.trim_start_matches('\u{feff}').trim_start().starts_with('<') && text.chars().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_their_content() {
        assert_eq!(kind_of(&[0xff, 0xd8, 0xff, 0xe1]), Some(Kind::Photo));
        assert_eq!(kind_of(b"%PDF-1.7"), Some(Kind::Other("application/pdf")));
        assert_eq!(kind_of("户主,组\n林秀英,三组\n".as_bytes()), Some(Kind::Other("text/plain; charset=utf-8")));
        let sheet = kind_of(b"PK\x03\x04....[Content_Types].xml....xl/workbook.xml");
        assert_eq!(sheet, Some(Kind::Other("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")));
    }

    #[test]
    fn pages_programs_and_archives_are_not_taken() {
        assert_eq!(kind_of(b"<html><script>alert(1)</script>"), None);
        assert_eq!(kind_of("\u{feff} <svg xmlns='http://www.w3.org/2000/svg'/>".as_bytes()), None);
        assert_eq!(kind_of(b"MZ\x90\x00\x03"), None);
        assert_eq!(kind_of(b"PK\x03\x04....virus.exe"), None);
        assert_eq!(kind_of(b"\x7fELF\x02\x01"), None);
    }
}
