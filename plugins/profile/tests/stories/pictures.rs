//! Albums with captions.

use cunshi_plugin_profile::domain::{Album, Picture};
use cunshi_plugin_profile::{
    AddAlbumForm, AddPicturesForm, AlbumsParams, CaptionPictureForm, DropAlbumForm, DropPictureForm, EditAlbumForm,
    PicturesParams, Plugin, Profile,
};
use cunshi_sdk::Error;
use cunshi_sdk::prelude::{Outcome, Result};

use crate::village::{Village, tianfu};

fn album(v: &Village) -> String {
    let form = AddAlbumForm {
        title: "重阳节".into(), text: Some("老人们聚在一起".into()), day: "2026-09-01".into()
    };
    v.host.as_(&v.liu).act(|cx| Profile::add_album(cx, form)).unwrap().subject.unwrap()
}

fn add(v: &Village, album: &str, n: usize) -> (Vec<String>, Result<Outcome>) {
    let photos: Vec<String> = (0..n).map(|_| v.host.upload(&v.liu, "a.jpg")).collect();
    let form = AddPicturesForm { album: album.into(), photos: photos.clone(), caption: "坝坝宴".into() };
    (photos, v.host.as_(&v.liu).act(|cx| Profile::add_pictures(cx, form)))
}

fn page(v: &Village, id: &str) -> String {
    v.see(None, |cx| Profile::pictures(cx, PicturesParams { id: id.into() }))
}

#[test]
fn everybody_looks_at_the_pictures_and_reads_what_they_show() {
    let v = tianfu();
    let id = album(&v);
    assert!(page(&v, &id).contains("还没有照片"));
    let (photos, added) = add(&v, &id, 2);
    added.unwrap();
    let seen = page(&v, &id);
    assert!(seen.contains(&photos[0]) && seen.contains("坝坝宴") && seen.contains("老人们聚在一起"), "{seen}");
    assert!(!seen.contains("drop-picture"), "{seen}");
    assert!(v.read(None, |cx| Ok(cx.file(&photos[1])?)).unwrap().is_some());
    let list = v.see(None, |cx| Profile::albums(cx, AlbumsParams::default()));
    assert!(list.contains("重阳节") && list.contains("2 张") && list.contains(&photos[0]), "{list}");
    assert!(v.see(None, Profile::front).contains("重阳节"));
}

#[test]
fn a_picture_that_is_removed_is_gone_with_its_file() {
    let v = tianfu();
    let id = album(&v);
    let (photos, _) = add(&v, &id, 2);
    let first = v.host.all::<Picture>().unwrap().into_iter().find(|picture| picture.file == photos[0]).unwrap();
    let caption = CaptionPictureForm { picture: first.id.clone(), caption: "王家门口".into() };
    v.host.as_(&v.liu).act(|cx| Profile::caption_picture(cx, caption)).unwrap();
    assert!(page(&v, &id).contains("王家门口"));
    v.host.as_(&v.liu).act(|cx| Profile::drop_picture(cx, DropPictureForm { picture: first.id.clone() })).unwrap();
    assert!(!page(&v, &id).contains(&photos[0]));
    assert!(v.read(None, |cx| Ok(cx.file(&photos[0])?)).unwrap().is_none(), "nobody opens it any more");
    let kept = v.host.all::<Album>().unwrap();
    assert_eq!((kept[0].pictures, kept[0].cover.as_ref()), (1, Some(&photos[1])));

    v.host.as_(&v.liu).act(|cx| Profile::drop_album(cx, DropAlbumForm { album: id.clone() })).unwrap();
    assert!(v.host.all::<Picture>().unwrap().is_empty());
    let gone = v.read(None, |cx| Profile::pictures(cx, PicturesParams { id }));
    assert_eq!(gone, Err(Error::Missing));
    assert!(v.read(None, |cx| Ok(cx.file(&photos[1])?)).unwrap().is_none());
}

#[test]
fn an_album_holds_sixty() {
    let v = tianfu();
    let id = album(&v);
    for _ in 0..6 {
        add(&v, &id, 9).1.unwrap();
    }
    assert_eq!(add(&v, &id, 9).1, Err(Error::conflict("一个相册最多 60 张照片，请再建一个相册。")));
    add(&v, &id, 6).1.unwrap();
    let seen = v.see(Some(&v.liu), |cx| Profile::pictures(cx, PicturesParams { id: id.clone() }));
    assert_eq!(seen.matches("\"images\"").count(), 60);
    assert!(!seen.contains("\"add-pictures\"") && seen.contains("请再建一个相册"));
    assert_eq!(add(&v, &id, 0).1, Err(Error::invalid("photos", "请至少选一张照片。")));
    v.host.as_(&v.liu).act(|cx| Profile::drop_album(cx, DropAlbumForm { album: id })).unwrap();
    assert!(v.host.all::<Picture>().unwrap().is_empty());
}

#[test]
fn titles_change_and_days_of_the_future_are_refused() {
    let v = tianfu();
    let id = album(&v);
    let edit = |day: &str| {
        let form = EditAlbumForm { album: id.clone(), title: "敬老节".into(), text: None, day: day.into() };
        v.host.as_(&v.liu).act(|cx| Profile::edit_album(cx, form))
    };
    edit("2026-08-30").unwrap();
    assert!(page(&v, &id).contains("敬老节"));
    assert_eq!(edit("2026-09-03"), Err(Error::invalid("day", "这天还没到，请选今天或以前的日子。")));
}
