//! A disclosure: one version of what is made public, and what may be done to it.

use cunshi_sdk::prelude::{Text, document};
use serde::{Deserialize, Serialize};

use super::days::{self, Micros};
use super::finance::Finance;
use super::item::Affairs;
use super::state::{Move, Refused, State, next};

/// Who does something, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct By {
    /// The person's id; none for the platform.
    pub person: Option<String>,
    /// Their full name.
    pub name: Option<String>,
    /// When.
    pub at: Micros,
}

/// What happened to a disclosure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StepKind {
    /// 起草
    Written,
    /// 修改
    Revised,
    /// 送审
    Submitted,
    /// 撤回
    Withdrawn,
    /// 退回
    Returned,
    /// 审签
    Signed,
    /// 公开
    Published,
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// What.
    pub kind: StepKind,
    /// When.
    pub at: Micros,
    /// The person's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Their full name: office and supervisors act in public.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The reason of a return, the words of a signature.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

impl Step {
    /// Whether only the office and the supervisors see it: what is public is who wrote, signed and published.
    pub fn is_internal(&self) -> bool {
        !matches!(self.kind, StepKind::Written | StepKind::Signed | StepKind::Published)
    }
}

/// What is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Content {
    /// The title; a typed one is the same in both languages.
    pub title: Text,
    /// Markdown.
    pub text: String,
    /// The table.
    pub finance: Option<Finance>,
    /// Photos, added to those that are there.
    pub photos: Vec<String>,
    /// Files, added to those that are there.
    pub files: Vec<String>,
    /// Not public before this day.
    pub publish_on: Option<Micros>,
}

/// One version.
#[document("disclosure")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disclosure {
    /// The spoken number, the same for all versions.
    pub number: String,
    /// The id of the first version.
    pub root: String,
    /// From 1.
    pub edition: u32,
    /// Why there is a version after the first; public.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Which affairs.
    pub affairs: Affairs,
    /// The key of the duty that it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duty: Option<String>,
    /// Until when it was to be published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Micros>,
    /// The day of a matter at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub happened: Option<Micros>,
    /// The title.
    pub title: Text,
    /// Both titles, for search.
    pub words: String,
    /// Markdown.
    #[serde(default)]
    pub text: String,
    /// The table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finance: Option<Finance>,
    /// File ids of photos.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<String>,
    /// File ids.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<String>,
    /// Not public before this day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publish_on: Option<Micros>,
    /// Where it stands.
    pub state: State,
    /// What happened, oldest first.
    pub steps: Vec<Step>,
    /// When it became public.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_at: Option<Micros>,
    /// A later version is public. The one thing that changes in a version that was published.
    #[serde(default)]
    pub replaced: bool,
    /// `public` or `office`, for the readers.
    pub visibility: String,
    /// `draft`, `submitted`, `signed`, `published` or `replaced`, for the indexes.
    pub board: String,
    /// When it last moved; when it was published.
    pub at: Micros,
    /// The day that a signed one waits for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waits_until: Option<Micros>,
}

/// What a first version begins with.
#[derive(Clone, Debug)]
pub struct Begun {
    /// Its id.
    pub root: String,
    /// Its spoken number.
    pub number: String,
    /// Which affairs.
    pub affairs: Affairs,
    /// The duty that it is for, and until when.
    pub duty: Option<(String, Micros)>,
    /// The day of a matter at once.
    pub happened: Option<Micros>,
}

impl Disclosure {
    /// A draft.
    pub fn begun(begun: Begun, content: Content, by: &By) -> Self {
        let (duty, due_at) = begun.duty.unzip();
        let mut draft = Self {
            number: begun.number,
            root: begun.root,
            edition: 1,
            reason: None,
            affairs: begun.affairs,
            duty,
            due_at,
            happened: begun.happened,
            title: Text::default(),
            words: String::new(),
            text: String::new(),
            finance: None,
            photos: Vec::new(),
            files: Vec::new(),
            publish_on: None,
            state: State::Draft,
            steps: Vec::new(),
            published_at: None,
            replaced: false,
            visibility: String::new(),
            board: String::new(),
            at: by.at,
            waits_until: None,
        };
        draft.put(content);
        draft.push(StepKind::Written, by, None);
        draft
    }

    /// The next version, as a draft with the content of this one.
    #[must_use]
    pub fn corrected(&self, reason: String, by: &By) -> Self {
        let mut draft = Self {
            edition: self.edition + 1,
            reason: Some(reason),
            publish_on: None,
            state: State::Draft,
            steps: Vec::new(),
            published_at: None,
            ..self.clone()
        };
        draft.push(StepKind::Written, by, None);
        draft
    }

    /// Changes a draft.
    pub fn revise(&mut self, content: Content, by: &By) -> Result<(), Refused> {
        self.go(Move::Revise)?;
        self.put(content);
        self.push(StepKind::Revised, by, None);
        Ok(())
    }

    /// Sends it to the supervisors.
    pub fn submit(&mut self, by: &By) -> Result<(), Refused> {
        next(self.state, Move::Submit)?;
        let has_text = !self.text.trim().is_empty();
        if !has_text && self.finance.is_none() && self.photos.is_empty() && self.files.is_empty() {
            return Err(Refused::Empty);
        }
        self.go(Move::Submit)?;
        self.push(StepKind::Submitted, by, None);
        Ok(())
    }

    /// Takes it back before it is public.
    pub fn withdraw(&mut self, by: &By) -> Result<(), Refused> {
        self.go(Move::Withdraw)?;
        self.push(StepKind::Withdrawn, by, None);
        Ok(())
    }

    /// A supervisor returns it.
    pub fn send_back(&mut self, by: &By, reason: String) -> Result<(), Refused> {
        self.go(Move::SendBack)?;
        self.push(StepKind::Returned, by, Some(reason));
        Ok(())
    }

    /// A supervisor who did not write any of it signs it; it is public at once unless it waits for a day.
    pub fn sign(&mut self, by: &By, note: Option<String>) -> Result<(), Refused> {
        next(self.state, Move::Sign)?;
        if by.person.as_deref().is_none_or(|person| self.is_by(person)) {
            return Err(Refused::OwnHand);
        }
        self.go(Move::Sign)?;
        self.push(StepKind::Signed, by, note.filter(|note| !note.trim().is_empty()));
        match self.publish_on.filter(|day| *day > by.at) {
            Some(day) => {
                self.waits_until = Some(day);
                Ok(())
            }
            None => self.publish(by.at),
        }
    }

    /// Makes it public.
    pub fn publish(&mut self, at: Micros) -> Result<(), Refused> {
        self.go(Move::Publish)?;
        self.published_at = Some(at);
        self.push(StepKind::Published, &By { person: None, name: None, at }, None);
        Ok(())
    }

    /// A later version takes its place; its content stays as it was.
    pub fn replace(&mut self) {
        self.replaced = true;
        "replaced".clone_into(&mut self.board);
    }

    /// Whether a person wrote any of it.
    pub fn is_by(&self, person: &str) -> bool {
        self.steps.iter().any(|step| {
            matches!(step.kind, StepKind::Written | StepKind::Revised) && step.by.as_deref() == Some(person)
        })
    }

    /// Who wrote it last: told what becomes of it.
    pub fn author(&self) -> Option<&Step> {
        self.steps.iter().rev().find(|step| matches!(step.kind, StepKind::Written | StepKind::Revised))
    }

    /// Who signed it: a signature before it was taken back is none.
    pub fn signature(&self) -> Option<&Step> {
        let mut since = self.steps.iter().rev().take_while(|step| step.kind != StepKind::Withdrawn);
        since.find(|step| step.kind == StepKind::Signed)
    }

    /// Why it came back, when it did and nothing was changed since.
    pub fn returned(&self) -> Option<&Step> {
        self.steps.last().filter(|step| step.kind == StepKind::Returned)
    }

    /// Whether everybody reads it.
    pub fn is_public(&self) -> bool {
        self.state == State::Published
    }

    /// Whether it was published in time; none where no day was set, and for corrections.
    pub fn in_time(&self) -> Option<bool> {
        let (due_at, published) = (self.due_at?, self.published_at?);
        (self.edition == 1).then_some(published <= due_at)
    }

    fn go(&mut self, step: Move) -> Result<(), Refused> {
        self.state = next(self.state, step)?;
        Ok(())
    }

    fn put(&mut self, content: Content) {
        let Content { title, text, finance, photos, files, publish_on } = content;
        self.words = if title.zh == title.en { title.zh.clone() } else { format!("{} {}", title.zh, title.en) };
        self.title = title;
        self.text = text;
        self.finance = finance;
        self.photos.extend(photos);
        self.files.extend(files);
        self.publish_on = publish_on.map(days::midnight);
    }

    fn push(&mut self, kind: StepKind, by: &By, text: Option<String>) {
        self.steps.push(Step { kind, at: by.at, by: by.person.clone(), name: by.name.clone(), text });
        self.at = by.at;
        self.waits_until = None;
        if self.is_public() { "public" } else { "office" }.clone_into(&mut self.visibility);
        self.state.as_str().clone_into(&mut self.board);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::days::DAY;

    fn by(person: &str, at: Micros) -> By {
        By { person: Some(person.to_owned()), name: Some(person.to_owned()), at }
    }

    fn draft(content: Content) -> Disclosure {
        let begun = Begun {
            root: "r".to_owned(),
            number: "2026-0001".to_owned(),
            affairs: Affairs::Finance,
            duty: Some(("finance/2026-09".to_owned(), 10 * DAY)),
            happened: None,
        };
        Disclosure::begun(begun, content, &by("cadre", DAY))
    }

    fn written() -> Content {
        Content { text: "八月收支".to_owned(), ..Content::default() }
    }

    #[test]
    fn whoever_wrote_does_not_sign() {
        let mut paper = draft(written());
        paper.revise(written(), &by("other", DAY)).unwrap();
        paper.submit(&by("cadre", DAY)).unwrap();
        assert_eq!(paper.sign(&by("cadre", DAY), None), Err(Refused::OwnHand));
        assert_eq!(paper.sign(&by("other", DAY), None), Err(Refused::OwnHand));
        assert_eq!((paper.state, paper.visibility.as_str()), (State::Submitted, "office"));
        paper.sign(&by("supervisor", 2 * DAY), Some(" ".to_owned())).unwrap();
        assert_eq!((paper.state, paper.visibility.as_str(), paper.in_time()), (State::Published, "public", Some(true)));
        assert_eq!(paper.signature().unwrap().text, None);
        for refused in [
            paper.revise(written(), &by("cadre", DAY)),
            paper.withdraw(&by("cadre", DAY)),
            paper.send_back(&by("supervisor", DAY), "?".to_owned()),
        ] {
            assert_eq!(refused, Err(Refused::Published));
        }
    }

    #[test]
    fn an_empty_one_is_not_sent_and_a_day_is_waited_for() {
        assert_eq!(draft(Content::default()).submit(&by("cadre", DAY)), Err(Refused::Empty));
        let mut paper = draft(Content { publish_on: Some(5 * DAY), ..written() });
        paper.submit(&by("cadre", DAY)).unwrap();
        paper.sign(&by("supervisor", 2 * DAY), None).unwrap();
        assert_eq!((paper.state, paper.waits_until), (State::Signed, Some(days::midnight(5 * DAY))));
        let mut back = paper.clone();
        back.withdraw(&by("cadre", 3 * DAY)).unwrap();
        assert_eq!((back.state, back.waits_until, back.signature()), (State::Draft, None, None));
        paper.publish(5 * DAY).unwrap();
        assert_eq!((paper.waits_until, paper.published_at), (None, Some(5 * DAY)));
    }

    #[test]
    fn a_correction_is_a_version_of_its_own() {
        let mut paper = draft(written());
        paper.submit(&by("cadre", DAY)).unwrap();
        paper.sign(&by("supervisor", 2 * DAY), None).unwrap();
        let again = paper.corrected("电费写错".to_owned(), &by("cadre", 3 * DAY));
        assert_eq!((again.edition, again.state, again.board.as_str()), (2, State::Draft, "draft"));
        assert_eq!((again.text.as_str(), again.visibility.as_str(), again.published_at), ("八月收支", "office", None));
        let before = paper.clone();
        paper.replace();
        assert_eq!(Disclosure { replaced: false, board: before.board.clone(), ..paper }, before);
    }
}
