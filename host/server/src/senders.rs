//! Letters: urgent messages on their way out of the platform, by SMS or as WeChat template messages.
//!
//! A call that sends an urgent message keeps its letters in the space's outbox, in the same transaction. An
//! [`Outbox`] takes them from there, outside of every transaction, and passes them to the [`Sender`] of their way:
//! a [`Webhook`] for what the district runs, [`Log`] where nothing shall go out. To add a way, give it a word in
//! `cunshi_model::messages::Channel`, words in `host/web`'s texts, and what [`outbox`] puts under `to` for it.

use std::collections::BTreeMap;
use std::str::FromStr;
use std::sync::Arc;

use anyhow::Result;
use cunshi_model::Clock;
use cunshi_model::messages::{Channel, Sender};

use crate::words::{say, wrong};

mod log;
mod outbox;
mod webhook;

pub use log::Log;
pub use outbox::{BACKOFF, Outbox, Sent};
pub use webhook::Webhook;

/// The senders by their way.
pub type Senders = BTreeMap<Channel, Arc<dyn Sender>>;

/// The word that stands for [`Log`] in place of an address.
const LOG: &str = "log";

/// A way as the operator names it: `sms=https://gateway.example/cunshi`, or `sms=log`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    channel: Channel,
    address: String,
}

impl FromStr for Way {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let known: Vec<_> = Channel::ALL.iter().map(|channel| channel.as_str()).collect();
        let known = known.join(", ");
        let (channel, address) = text.split_once('=').ok_or_else(|| {
            say(
                format!("写成“方式=网址”，方式是 {known} 之一"),
                format!("write it as way=URL, where the way is one of {known}"),
            )
        })?;
        let channel = Channel::parse(channel).ok_or_else(|| {
            say(
                format!("没有“{channel}”这种方式：可用 {known}"),
                format!("there is no way `{channel}`: use one of {known}"),
            )
        })?;
        if address != LOG {
            webhook::address(address)?;
        }
        Ok(Self { channel, address: address.to_owned() })
    }
}

/// The senders of some ways. A webhook needs its secret, in the environment: [`secret_name`].
pub fn senders(ways: &[Way], clock: &Arc<dyn Clock>) -> Result<Senders> {
    let mut senders = Senders::new();
    for way in ways {
        let sender: Arc<dyn Sender> = if way.address == LOG {
            Arc::new(Log)
        } else {
            Arc::new(Webhook::new(&way.address, &secret(way.channel)?, Arc::clone(clock))?)
        };
        if senders.insert(way.channel, sender).is_some() {
            let channel = way.channel;
            return Err(wrong(format!("{channel} 给了两次"), format!("{channel} is given twice")));
        }
    }
    Ok(senders)
}

/// The variable that holds the secret of a way: `CUNSHI_SENDER_SMS_SECRET`, `CUNSHI_SENDER_WECHAT_TEMPLATE_SECRET`.
pub fn secret_name(channel: Channel) -> String {
    format!("CUNSHI_SENDER_{}_SECRET", channel.as_str().to_uppercase().replace('-', "_"))
}

fn secret(channel: Channel) -> Result<String> {
    let name = secret_name(channel);
    std::env::var(&name).ok().filter(|secret| secret.len() >= webhook::SHORTEST_SECRET).ok_or_else(|| {
        let least = webhook::SHORTEST_SECRET;
        wrong(
            format!("环境变量 {name} 里要有和网关约好的密钥，至少 {least} 个字符"),
            format!(
                "{name} in the environment must hold the secret shared with the gateway: at least {least} characters"
            ),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_is_a_channel_and_an_address() {
        let way: Way = "sms=https://gateway.example/send".parse().unwrap();
        assert_eq!((way.channel, way.address.as_str()), (Channel::Sms, "https://gateway.example/send"));
        assert_eq!("wechat-template=log".parse::<Way>().unwrap().channel, Channel::WechatTemplate);
        for (wrong, says) in [
            ("sms", "way=URL"),
            ("fax=https://gateway.example", "no way `fax`"),
            ("sms=gateway", "is not an address"),
            ("sms=http://gateway.example/send", "https"),
            ("sms=ftp://gateway.example/send", "https"),
        ] {
            let said = wrong.parse::<Way>().unwrap_err();
            assert!(said.contains(says) || !said.is_ascii(), "{wrong}: {said}");
        }
        assert!("sms=http://127.0.0.1:9000/send".parse::<Way>().is_ok(), "a gateway on this machine");
    }

    #[test]
    fn each_way_has_a_secret_of_its_own() {
        assert_eq!(secret_name(Channel::WechatTemplate), "CUNSHI_SENDER_WECHAT_TEMPLATE_SECRET");
    }
}
