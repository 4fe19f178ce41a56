//! Pick-up codes: eight figures, said over the counter or scanned.

/// The code of a fresh id of the host's, whose chance is in it.
pub fn of(id: &str) -> String {
    // FNV-1a: every byte of the id counts, whatever of it is chance.
    let hash = id
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    let mixed = hash ^ (hash >> 31);
    format!("{:08}", mixed % 100_000_000)
}

/// As it is read aloud: `4821 0935`.
pub fn spoken(code: &str) -> String {
    match code.split_at_checked(4) {
        Some((first, rest)) if !rest.is_empty() => format!("{first} {rest}"),
        _ => code.to_owned(),
    }
}

/// As people type or scan it: blanks, hyphens and full-width figures are forgiven.
pub fn read(typed: &str) -> String {
    typed
        .chars()
        .filter_map(|c| match c {
            '０'..='９' => char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')),
            c if c.is_ascii_digit() => Some(c),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn codes_are_spoken_and_read_back() {
        let code = of("01990000-0000-7000-8000-000000000001");
        assert!(code.len() == 8 && code.bytes().all(|byte| byte.is_ascii_digit()), "{code}");
        assert_eq!(read(&spoken(&code)), code);
        assert_eq!(read("４８２１－０９３５"), "48210935");
    }

    #[test]
    fn neighbouring_ids_have_codes_far_apart() {
        let codes: BTreeSet<String> = (0..1_000).map(|n| of(&format!("01990000-0000-7000-8000-{n:012x}"))).collect();
        assert_eq!(codes.len(), 1_000);
        let first: BTreeSet<&str> = codes.iter().filter_map(|code| code.get(..2)).collect();
        assert!(first.len() > 50, "the first figures vary");
    }
}
