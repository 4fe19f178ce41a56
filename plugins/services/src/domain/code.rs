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

/// Figures as people type or scan them: blanks, hyphens and full-width figures are forgiven.
pub fn read(typed: &str) -> String {
    let figure = |c: char| match c {
        '０'..='９' => char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')),
        c if c.is_ascii_digit() => Some(c),
        _ => None,
    };
    typed.chars().filter_map(figure).collect()
}

/// An identity number as typed, without blanks: 18 figures of which the last may be an X, or the old 15. None when it is
/// something else. The check digit is not held against it: old papers carry wrong ones.
pub fn id_number(typed: &str) -> Option<String> {
    let plain: String = typed.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_uppercase();
    let (figures, last) = plain.split_at_checked(plain.len().checked_sub(1)?)?;
    let digits = figures.bytes().all(|byte| byte.is_ascii_digit());
    let closes = match plain.len() {
        18 => last == "X" || last.bytes().all(|byte| byte.is_ascii_digit()),
        15 => last.bytes().all(|byte| byte.is_ascii_digit()),
        _ => false,
    };
    (digits && closes).then_some(plain)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

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
    }

    #[test]
    fn identity_numbers_have_their_length() {
        assert_eq!(id_number("510303 19450101 123x").as_deref(), Some("51030319450101123X"));
        assert_eq!(id_number("510303450101123").as_deref(), Some("510303450101123"));
        for wrong in ["", "5103031945010112", "51030319450101123Y", "身份证", "5103031945010112345"] {
            assert_eq!(id_number(wrong), None, "{wrong}");
        }
    }
}
