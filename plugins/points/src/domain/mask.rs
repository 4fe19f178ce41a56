//! How a village writes names in public.

/// How a village writes names in public.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameStyle {
    /// 林秀英
    Full,
    /// 林**
    Surname,
    /// 三组林家
    Household,
}

impl NameStyle {
    /// Reads the setting; anything unknown shows the surname only.
    pub fn parse(text: &str) -> Self {
        match text {
            "full" => Self::Full,
            "household" => Self::Household,
            _ => Self::Surname,
        }
    }
}
