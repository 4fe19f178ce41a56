//! Albums, and the pictures of one.

use cunshi_sdk::days;
use cunshi_sdk::prelude::*;

use super::row;
use crate::domain::{Album, Part, Picture, album};
use crate::{AlbumsParams, PicturesParams, listing, words};

/// Albums on a page.
const ROWS: u32 = 20;

/// See `plugin.toml`.
pub fn albums(cx: &Read, params: AlbumsParams) -> Result<View> {
    let cadre = words::has(cx, "cadre");
    let (found, next) = listing::albums(cx, ROWS, params.cursor)?;
    let next = next.map(|cursor| To::page("albums").with("cursor", cursor));
    let empty = if cadre { t!("albums.none.cadre") } else { t!("albums.none") };
    let list = view::list(found.iter().map(row::album)).empty(empty).next(next);
    let page = view::page(t!("albums.title")).section(|section| section.add(list));
    let page = match words::changed(cx, Part::Albums)? {
        Some(changed) => page.quiet(changed),
        None => page,
    };
    Ok(page.when(cadre, |page| {
        let form = view::form("add-album").value("day", days::write_day(cx.now()));
        page.section(|section| section.title(t!("albums.add")).add(form))
    }))
}

/// See `plugin.toml`.
pub fn pictures(cx: &Read, params: &PicturesParams) -> Result<View> {
    let album = cx.data::<Album>().must(&params.id)?;
    let pictures = listing::pictures(cx, &album.id)?;
    let cadre = words::has(cx, "cadre");
    let page = view::page(album.title.as_str()).subtitle(t!("pictures.taken", date = words::full_date(album.taken)));
    let page = match &album.text {
        Some(text) => page.text(text.as_str()),
        None => page,
    };
    let page = if pictures.is_empty() {
        page.empty(if cadre { t!("pictures.none.cadre") } else { t!("pictures.none") })
    } else if cadre {
        page.each(&pictures, |page, picture| page.section(|section| kept(section, picture)))
    } else {
        page.section(|section| section.each(&pictures, shown))
    };
    let page = page.when(cadre, |page| page.add(desk(&album)));
    Ok(page.link(t!("pictures.back"), To::page("albums")))
}

fn shown(section: view::Section, picture: &Doc<Picture>) -> view::Section {
    section.images_with([picture.file.as_str()], picture.caption.as_str())
}

fn kept(section: view::Section, picture: &Doc<Picture>) -> view::Section {
    let id = picture.id.as_str();
    let form = view::form("caption-picture").value("picture", id).value("caption", picture.caption.as_str());
    shown(section, picture)
        .add(form.folded().label(t!("pictures.caption")))
        .add(view::button("drop-picture").value("picture", id).quiet())
}

/// What cadres do to an album.
fn desk(album: &Doc<Album>) -> view::Section {
    let id = album.id.as_str();
    let edit = view::form("edit-album")
        .value("album", id)
        .value("title", album.title.as_str())
        .value("day", days::write_day(album.taken));
    let edit = match &album.text {
        Some(text) => edit.value("text", text.as_str()),
        None => edit,
    };
    let section = view::section(t!("pictures.desk"));
    let section = if album.pictures < album::MOST {
        section.add(view::form("add-pictures").value("album", id))
    } else {
        section.quiet(t!("refused.album-full"))
    };
    section
        .add(edit.folded().label(t!("pictures.edit")))
        .add(view::form("drop-album").value("album", id).folded().label(t!("pictures.drop")))
}
