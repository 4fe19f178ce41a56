//! How many a notice reached, and how many of them have read and acknowledged it.

use serde::{Deserialize, Serialize};

/// The counts of one notice in one space.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// People that it is addressed to.
    pub reached: i64,
    /// Those of them who have opened it, or said that they know it.
    pub read: i64,
    /// Those of them who have said that they know it.
    #[serde(default)]
    pub acknowledged: i64,
}

impl Count {
    /// Read, of a hundred; a hundred where nobody is reached: nobody is missing.
    pub fn percent_read(self) -> i64 {
        percent(self.read, self.reached)
    }

    /// Acknowledged, of a hundred.
    pub fn percent_acknowledged(self) -> i64 {
        percent(self.acknowledged, self.reached)
    }

    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            reached: self.reached.saturating_add(other.reached),
            read: self.read.saturating_add(other.read),
            acknowledged: self.acknowledged.saturating_add(other.acknowledged),
        }
    }

    /// What another space says, brought into the possible.
    #[must_use]
    pub fn sane(self) -> Self {
        let reached = self.reached.clamp(0, 10_000_000);
        let part = |n: i64| n.clamp(0, reached);
        Self { reached, read: part(self.read), acknowledged: part(self.acknowledged) }
    }
}

fn percent(part: i64, of: i64) -> i64 {
    if of <= 0 { 100 } else { part.saturating_mul(100) / of }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_whole_and_never_divide_by_nothing() {
        let count = Count { reached: 3, read: 2, acknowledged: 1 };
        assert_eq!((count.percent_read(), count.percent_acknowledged()), (66, 33));
        assert_eq!(Count::default().percent_read(), 100);
        assert_eq!(count.plus(count), Count { reached: 6, read: 4, acknowledged: 2 });
    }

    #[test]
    fn what_cannot_be_is_brought_into_the_possible() {
        let told = Count { reached: 5, read: 9, acknowledged: -1 };
        assert_eq!(told.sane(), Count { reached: 5, read: 5, acknowledged: 0 });
        assert_eq!(Count { reached: i64::MAX, ..Count::default() }.sane().reached, 10_000_000);
    }
}
