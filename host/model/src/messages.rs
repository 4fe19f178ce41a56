//! Messages to people: into their inboxes, and from there, when they are urgent, out of the platform.

use std::fmt;

use async_trait::async_trait;
use cunshi_contract::Message;

use crate::clock::Micros;
use crate::port::Result;

/// A message that a call sends.
#[derive(Clone, Copy, Debug)]
pub struct NewMessage<'a> {
    /// The plugin that sends it.
    pub plugin: &'a str,
    /// What it says, and to whom.
    pub message: &'a Message,
    /// The clock.
    pub now: Micros,
}

/// Writing the inboxes of one space.
#[async_trait]
pub trait WriteMessages: Send {
    /// Puts a message into inboxes; how many it reached. Nobody gets a second one of the same plugin and key.
    /// [`crate::port::DataError::Missing`] for one person who is not of this space.
    async fn notify(&mut self, message: NewMessage<'_>) -> Result<u32>;
}

/// A way out of the platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Channel {
    /// 短信: to the telephone that the village knows.
    Sms,
    /// 微信模板消息: to somebody who follows the district's account there.
    WechatTemplate,
}

impl Channel {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Sms, Self::WechatTemplate];

    /// The word in tables, commands and forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sms => "sms",
            Self::WechatTemplate => "wechat-template",
        }
    }

    /// Reads what [`Self::as_str`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.as_str() == text)
    }
}

impl fmt::Display for Channel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One message to one person on its way out.
#[derive(Clone, PartialEq, Eq)]
pub struct Letter {
    /// The same each time that it is tried: who passes it on does so once.
    pub id: String,
    /// The way.
    pub channel: Channel,
    /// A telephone for `sms`; the person's opaque id for `wechat-template`.
    pub to: String,
    /// What kind of message it is, such as `issues.closed`: texts must be registered before they may be sent.
    pub template: String,
    /// The name of the village.
    pub village: String,
    /// The title, in the person's language.
    pub title: String,
    /// A sentence or two more.
    pub body: Option<String>,
    /// Where it can be read, when the host knows its own address.
    pub url: Option<String>,
}

/// Without telephone and words: what is printed for debugging ends up in logs.
impl fmt::Debug for Letter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Letter");
        shown.field("id", &self.id).field("channel", &self.channel).field("template", &self.template);
        shown.finish_non_exhaustive()
    }
}

/// Why a letter was not sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotSent {
    /// It will never be: refused for what it is.
    #[error("refused: {0}")]
    Refused(String),
    /// Not now: to be tried again.
    #[error("not now: {0}")]
    Later(String),
}

/// Passes letters on.
#[async_trait]
pub trait Sender: Send + Sync {
    /// Passes one on. The same letter may come again: its id says so.
    async fn send(&self, letter: &Letter) -> Result<(), NotSent>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_channel_is_read_as_it_is_written() {
        for channel in Channel::ALL {
            assert_eq!(Channel::parse(channel.as_str()), Some(channel));
        }
        assert_eq!(Channel::parse("fax"), None);
    }

    #[test]
    fn a_letter_in_a_log_names_nobody() {
        let letter = Letter {
            id: "1".to_owned(),
            channel: Channel::Sms,
            to: "13800001234".to_owned(),
            template: "issues.closed".to_owned(),
            village: "天府社区".to_owned(),
            title: "路灯修好了".to_owned(),
            body: None,
            url: None,
        };
        let shown = format!("{letter:?}");
        assert!(!shown.contains("138") && !shown.contains("路灯"), "{shown}");
    }
}
