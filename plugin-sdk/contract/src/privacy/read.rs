//! Reading digits out of a text: groups of one script, and runs of groups that only a separator parts.

/// Characters that may stand together between two groups: ` - ` has three.
const MAX_GAP: usize = 3;

/// Digits of one script that stand together, with where each is in the text.
#[derive(Debug)]
pub(super) struct Digits {
    text: String,
    /// Where each digit begins, and where the last one ends.
    places: Vec<usize>,
    words: bool,
}

impl Digits {
    /// The digits as ASCII; a check digit may be `X`.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// Whether they are Chinese words.
    pub(super) fn in_words(&self) -> bool {
        self.words
    }

    pub(super) fn start(&self) -> usize {
        self.places.first().copied().unwrap_or_default()
    }

    pub(super) fn end(&self) -> usize {
        self.places.last().copied().unwrap_or_default()
    }

    /// Where some of the digits begin and end.
    pub(super) fn part(&self, skip: usize, length: usize) -> Option<(usize, usize)> {
        Some((*self.places.get(skip)?, *self.places.get(skip + length)?))
    }
}

/// A character as a digit, and whether it is a Chinese word.
pub(super) fn digit(c: char) -> Option<(char, bool)> {
    let word = |digit| Some((digit, true));
    match c {
        '0'..='9' => Some((c, false)),
        '０'..='９' => char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')).map(|digit| (digit, false)),
        '〇' | '零' | '○' => word('0'),
        '一' | '幺' => word('1'),
        '二' => word('2'),
        '三' => word('3'),
        '四' => word('4'),
        '五' => word('5'),
        '六' => word('6'),
        '七' => word('7'),
        '八' => word('8'),
        '九' => word('9'),
        _ => None,
    }
}

/// The last place of an identity number may be an X.
pub(super) fn is_x(c: char) -> bool {
    matches!(c, 'x' | 'X' | 'ｘ' | 'Ｘ')
}

fn is_separator(c: char) -> bool {
    matches!(
        c,
        ' ' | '\u{a0}'
            | '\t'
            | '-'
            | '－'
            | '\u{2010}'..='\u{2015}'
            | '\u{2212}'
            | '.'
            | '．'
            | '·'
            | '\u{2002}'..='\u{200d}'
            | '\u{202f}'
            | '\u{3000}'
            | '\u{feff}'
    )
}

/// Groups of digits that only separators part: `138 1234 5678` is one run of three.
pub(super) fn runs(text: &str) -> Vec<Vec<Digits>> {
    let mut runs: Vec<Vec<Digits>> = Vec::new();
    let mut run: Vec<Digits> = Vec::new();
    let mut gap = 0;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if let Some((digit, words)) = digit(c) {
            match run.last_mut().filter(|last| gap == 0 && last.words == words) {
                Some(last) => {
                    last.text.push(digit);
                    last.places.push(end);
                }
                None => run.push(Digits { text: digit.to_string(), places: vec![at, end], words }),
            }
            gap = 0;
        } else if is_x(c) && gap <= 1 && lacks_check_digit(&run) {
            // A blank before the X belongs to it.
            if let Some(last) = run.last_mut() {
                last.text.push('X');
                last.places.push(end);
            }
            gap = 0;
        } else if is_separator(c) && gap < MAX_GAP {
            gap += 1;
        } else {
            if !run.is_empty() {
                runs.push(std::mem::take(&mut run));
            }
            gap = 0;
        }
    }
    if !run.is_empty() {
        runs.push(run);
    }
    runs
}

/// An X counts after what could be all but the last place of an identity number.
fn lacks_check_digit(run: &[Digits]) -> bool {
    let mut digits = 0;
    run.iter().rev().any(|group| {
        digits += group.len();
        digits == 17
    })
}

/// Whether one of the words stands so many characters before a place, or after another.
pub(super) fn near(text: &str, start: usize, end: usize, (before, after): (usize, usize), words: &[&str]) -> bool {
    let ahead: String = {
        let mut chars: Vec<char> = text.get(..start).unwrap_or_default().chars().rev().take(before).collect();
        chars.reverse();
        chars.into_iter().collect()
    };
    let behind: String = text.get(end..).unwrap_or_default().chars().take(after).collect();
    let (ahead, behind) = (ahead.to_lowercase(), behind.to_lowercase());
    words.iter().any(|word| ahead.contains(word) || behind.contains(word))
}
