//! `cunshi user …`: the first people of a district, and what a console cannot do for itself.

use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use cunshi_model::Role;
use cunshi_store::Account;
use cunshi_web::{PasswordCost, hash_password};
use rand::RngExt;

use crate::wire::House;
use crate::words::{say, wrong};

mod add;
mod grant;
mod list;
mod reset;

/// The commands.
#[derive(Subcommand)]
pub enum User {
    /// Adds a person to a village, town or the district.
    Add(add::Add),
    /// Lists the people of a village, town or the district.
    List(list::List),
    /// Gives a person another password and ends their sessions.
    Reset(reset::Reset),
    /// Grants a person a role, or takes it back.
    Grant(grant::Grant),
}

/// Runs one.
pub async fn run(command: User) -> Result<()> {
    match command {
        User::Add(command) => add::run(&command).await,
        User::List(command) => list::run(&command).await,
        User::Reset(command) => reset::run(&command).await,
        User::Grant(command) => grant::run(&command).await,
    }
}

/// Where a password comes from.
#[derive(Args)]
struct Password {
    /// Reads the password from standard input; without it one is made up and printed.
    #[arg(long)]
    password_stdin: bool,
}

impl Password {
    /// The hash to keep, and the password to print when it was made up.
    fn take(&self) -> Result<(String, Option<String>)> {
        let (password, shown) = if self.password_stdin {
            let mut line = String::new();
            std::io::stdin().read_line(&mut line).context("standard input cannot be read")?;
            (line.trim_end_matches(['\r', '\n']).to_owned(), None)
        } else {
            let made = made_up();
            (made.clone(), Some(made))
        };
        if password.chars().count() < 8 {
            return Err(wrong("密码至少 8 个字符", "a password has at least 8 characters"));
        }
        Ok((hash_password(&password, PasswordCost::STRONG)?, shown))
    }
}

/// Twelve letters and digits without those that are mistaken for each other.
fn made_up() -> String {
    const LETTERS: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";
    let mut chance = rand::rng();
    (0..12).filter_map(|_| LETTERS.get(chance.random_range(0..LETTERS.len()))).map(|byte| char::from(*byte)).collect()
}

fn print_password(password: Option<&str>) {
    if let Some(password) = password {
        println!("{} {password}", say("密码：", "password:"));
    }
}

/// A telephone as it is kept: digits only.
fn digits(phone: &str) -> Result<String> {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    let others = phone.chars().any(|c| !(c.is_ascii_digit() || matches!(c, ' ' | '-' | '+')));
    if others || !(5..=20).contains(&digits.len()) {
        return Err(wrong(format!("{phone} 不是电话号码"), format!("`{phone}` is not a telephone number")));
    }
    Ok(digits)
}

async fn account(house: &House, phone: &str) -> Result<Account> {
    let phone = digits(phone)?;
    house.store.district().account_by_phone(&phone).await?.ok_or_else(|| {
        wrong(format!("没有电话为 {phone} 的账号"), format!("there is no account with the telephone {phone}"))
    })
}

fn role(text: &str) -> Result<Role, String> {
    let known: Vec<_> = Role::ALL.iter().map(|role| role.as_str()).collect();
    Role::parse(text).ok_or_else(|| format!("write one of {}", known.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telephones_are_kept_as_digits() {
        assert_eq!(digits("138 0000-0001").unwrap(), "13800000001");
        assert!(digits("1380000000x").is_err());
        assert!(digits("1").is_err());
    }

    #[test]
    fn passwords_that_are_made_up_differ() {
        let (one, two) = (made_up(), made_up());
        assert_eq!(one.len(), 12);
        assert_ne!(one, two);
    }
}
