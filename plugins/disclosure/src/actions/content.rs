//! What was typed into the forms of a draft, read with an error beside each field.

use cunshi_sdk::prelude::{Error, Text};
use cunshi_sdk::{FieldError, Result};

use crate::domain::disclosure::Content;
use crate::domain::{Finance, TableError, days};
use crate::{DraftForm, ReviseForm, words};

/// Most wrong lines of a table that are named at once.
const LINES: usize = 5;

/// The fields that both forms have.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// The title, when one was typed.
    pub title: Option<String>,
    text: Option<String>,
    opening: Option<i64>,
    rows: Option<String>,
    closing: Option<i64>,
    photos: Vec<String>,
    files: Vec<String>,
    publish_on: Option<String>,
}

impl From<DraftForm> for Typed {
    fn from(form: DraftForm) -> Self {
        let DraftForm { title, text, opening, rows, closing, photos, files, publish_on, .. } = form;
        Self {
            title: title.filter(|title| !title.trim().is_empty()),
            text,
            opening,
            rows,
            closing,
            photos,
            files,
            publish_on,
        }
    }
}

impl From<ReviseForm> for Typed {
    fn from(form: ReviseForm) -> Self {
        let ReviseForm { title, text, opening, rows, closing, photos, files, publish_on, .. } = form;
        Self {
            title: title.filter(|title| !title.trim().is_empty()),
            text,
            opening,
            rows,
            closing,
            photos,
            files,
            publish_on,
        }
    }
}

impl Typed {
    /// The content, under the typed title or else this one.
    pub fn content(self, title: Text) -> Result<Content> {
        let finance = Finance::read(self.opening, self.rows.as_deref(), self.closing)
            .map_err(|error| Error::Invalid(said(&error, &self)))?;
        let publish_on = match self.publish_on.as_deref() {
            None | Some("") => None,
            Some(day) => Some(days::read_day(day).ok_or_else(|| Error::invalid("publish_on", t!("wrong.day")))?),
        };
        Ok(Content {
            title: self.title.map_or(title, |typed| Text::new(typed.clone(), typed)),
            text: self.text.unwrap_or_default(),
            finance,
            photos: self.photos,
            files: self.files,
            publish_on,
        })
    }
}

fn said(error: &TableError, typed: &Typed) -> Vec<FieldError> {
    let at = |field: &str, message: String| FieldError { field: field.to_owned(), message };
    match error {
        TableError::Lines(wrong) => {
            let mut lines: Vec<String> = wrong.iter().take(LINES).map(|line| words::line(*line)).collect();
            if wrong.len() > LINES {
                let rest = wrong.len() - LINES;
                lines.push(t!("table.more", n = rest));
            }
            vec![at("rows", lines.join("\n"))]
        }
        TableError::TooManyRows => vec![at("rows", t!("table.too-many", n = crate::domain::finance::MAX_ROWS))],
        TableError::NoRows => vec![at("rows", t!("table.no-rows"))],
        TableError::NoBalance { opening, closing } => {
            let missing = [("opening", *opening), ("closing", *closing)];
            missing
                .into_iter()
                .filter(|(_, missing)| *missing)
                .map(|(name, _)| at(name, t!("table.no-balance")))
                .collect()
        }
        TableError::Unbalanced { income, expense, sum } => {
            let money = |fen: i64| crate::words::money(fen);
            let message = t!(
                "table.unbalanced",
                opening = money(typed.opening.unwrap_or_default()),
                income = money(*income),
                expense = money(*expense),
                sum = money(*sum),
                closing = money(typed.closing.unwrap_or_default()),
            );
            vec![at("closing", message)]
        }
    }
}
