//! The admin writes the introduction and its figures.

use cunshi_sdk::days;
use cunshi_sdk::prelude::{Doc, Error, Outcome, Result, Write};

use super::{back, right, stamp, unchanged};
use crate::domain::{About, Figure, FigureKind, Part, Picture};
use crate::{DropFigureForm, SetFigureForm, WriteIntroductionForm, listing};

/// See `plugin.toml`.
pub fn write_introduction(cx: &mut Write, form: WriteIntroductionForm) -> Result<Outcome> {
    let mut about = there(cx)?;
    unchanged(&about, form.seen.as_deref())?;
    about.text = form.text;
    if !form.photos.is_empty() {
        about.photos = form.photos;
        hang(cx, &about.photos)?;
    }
    save(cx, &about, t!("say.introduced"))
}

/// See `plugin.toml`.
pub fn set_figure(cx: &mut Write, form: &SetFigureForm) -> Result<Outcome> {
    let kind = FigureKind::parse(&form.kind).ok_or_else(|| Error::invalid("kind", t!("wrong.kind")))?;
    if form.year > days::date(cx.now()).0 {
        return Err(Error::invalid("year", t!("wrong.year")));
    }
    let figure = right("value", Figure::typed(kind, &form.value, form.year))?;
    let mut about = there(cx)?;
    about.set(figure);
    save(cx, &about, t!("say.figure"))
}

/// See `plugin.toml`.
pub fn drop_figure(cx: &mut Write, form: &DropFigureForm) -> Result<Outcome> {
    let kind = FigureKind::parse(&form.kind).ok_or(Error::Missing)?;
    let mut about = there(cx)?;
    if !about.drop_figure(kind) {
        return Err(Error::Missing);
    }
    save(cx, &about, t!("say.figure.dropped"))
}

/// Each photo hangs on a document of its own, so that one that is replaced is gone with its file.
fn hang(cx: &mut Write, photos: &[String]) -> Result<()> {
    for before in listing::pictures(cx, About::KEY)? {
        cx.remove(&before)?;
    }
    for file in photos {
        let (album, file, caption) = (About::KEY.to_owned(), file.clone(), String::new());
        let picture = cx.insert(&Picture { album, file, caption, at: cx.now() })?;
        cx.attach(&picture.file, &picture)?;
    }
    Ok(())
}

/// The one document, made when it is not there yet.
fn there(cx: &mut Write) -> Result<Doc<About>> {
    match listing::about(cx)? {
        Some(about) => Ok(about),
        None => Ok(cx.insert(&About::default())?),
    }
}

fn save(cx: &mut Write, about: &Doc<About>, say: String) -> Result<Outcome> {
    let about = cx.update(about)?;
    stamp(cx, Part::Introduction)?;
    Ok(back("edit", &about.id, say))
}
