//! Cadres keep albums and their pictures.

use cunshi_sdk::prelude::{Error, Outcome, Result, Write};

use super::{back, done, filled, moved, past_day, stamp};
use crate::domain::{Album, Part, Picture};
use crate::{
    AddAlbumForm, AddPicturesForm, CaptionPictureForm, DropAlbumForm, DropPictureForm, EditAlbumForm, listing,
};

/// See `plugin.toml`.
pub fn add_album(cx: &mut Write, form: AddAlbumForm) -> Result<Outcome> {
    let taken = past_day(cx, &form.day)?;
    let album = Album { title: form.title, text: filled(form.text), taken, cover: None, pictures: 0 };
    let album = cx.insert(&album)?;
    stamp(cx, Part::Albums)?;
    Ok(done("pictures", &album.id, t!("say.album.added")))
}

/// See `plugin.toml`.
pub fn edit_album(cx: &mut Write, form: EditAlbumForm) -> Result<Outcome> {
    let mut album = cx.data::<Album>().must(&form.album)?;
    album.taken = past_day(cx, &form.day)?;
    (album.title, album.text) = (form.title, filled(form.text));
    let album = cx.update(&album)?;
    stamp(cx, Part::Albums)?;
    Ok(done("pictures", &album.id, t!("say.saved")))
}

/// Removes an album with its pictures and their files.
pub fn drop_album(cx: &mut Write, form: &DropAlbumForm) -> Result<Outcome> {
    let album = cx.data::<Album>().must(&form.album)?;
    for picture in listing::pictures(cx, &album.id)? {
        cx.remove(&picture)?;
    }
    cx.remove(&album)?;
    stamp(cx, Part::Albums)?;
    Ok(back("albums", &album.id, t!("say.album.dropped", title = album.title)))
}

/// See `plugin.toml`.
pub fn add_pictures(cx: &mut Write, form: &AddPicturesForm) -> Result<Outcome> {
    if form.photos.is_empty() {
        return Err(Error::invalid("photos", t!("wrong.photos.none")));
    }
    let mut album = cx.data::<Album>().must(&form.album)?;
    moved(album.add(&form.photos))?;
    // One after the other, so that they keep the order in which they were chosen.
    for (at, file) in (cx.now()..).zip(&form.photos) {
        let (album, file) = (album.id.clone(), file.clone());
        let picture = cx.insert(&Picture { album, file, caption: form.caption.clone(), at })?;
        cx.attach(&picture.file, &picture)?;
    }
    let album = cx.update(&album)?;
    stamp(cx, Part::Albums)?;
    let say = match form.photos.len() {
        1 => t!("say.pictures.one"),
        n => t!("say.pictures.many", n = n),
    };
    Ok(done("pictures", &album.id, say))
}

/// See `plugin.toml`.
pub fn caption_picture(cx: &mut Write, form: CaptionPictureForm) -> Result<Outcome> {
    let mut picture = cx.data::<Picture>().must(&form.picture)?;
    // Those of the introduction are the admin's.
    cx.data::<Album>().must(&picture.album)?;
    picture.caption = form.caption;
    let picture = cx.update(&picture)?;
    stamp(cx, Part::Albums)?;
    Ok(done("pictures", &picture.album, t!("say.saved")))
}

/// Removes a picture; its file hangs on nothing any more.
pub fn drop_picture(cx: &mut Write, form: &DropPictureForm) -> Result<Outcome> {
    let picture = cx.data::<Picture>().must(&form.picture)?;
    let mut album = cx.data::<Album>().must(&picture.album)?;
    cx.remove(&picture)?;
    let left = listing::first_picture(cx, &album.id)?;
    album.lose(&picture.file, left.as_ref().map(|first| first.file.as_str()));
    let album = cx.update(&album)?;
    stamp(cx, Part::Albums)?;
    Ok(done("pictures", &album.id, t!("say.picture.dropped")))
}
