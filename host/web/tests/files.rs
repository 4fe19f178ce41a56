//! Photos and files: what is kept of them, who may see them, what is refused.
#![expect(clippy::unwrap_used, reason = "tests")]

mod common;

use std::io::Cursor;

use axum::http::StatusCode;
use common::Site;
use cunshi_model::Role;
use cunshi_model::clock::DAY;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

const FILES: &str = "/api/v1/villages/510303108001/files";
const RED: Rgb<u8> = Rgb([220, 20, 20]);
const BLUE: Rgb<u8> = Rgb([20, 20, 220]);

/// A photo as a phone held sideways takes it: left half red, right half blue, with the words "turn it right"
/// and the place where it was taken.
fn phone_photo() -> Vec<u8> {
    let picture = RgbImage::from_fn(64, 32, |x, _| if x < 32 { RED } else { BLUE });
    let mut jpeg = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(picture).write_to(&mut jpeg, ImageFormat::Jpeg).unwrap();
    let jpeg = jpeg.into_inner();
    let exif = exif();
    let length = u16::try_from(exif.len() + 2).unwrap();
    [&jpeg[..2], &[0xff, 0xe1], &length.to_be_bytes(), &exif, &jpeg[2..]].concat()
}

/// Exif with orientation 6 (turn right by 90°) and 29°20' north.
fn exif() -> Vec<u8> {
    let entry = |tag: u16, kind: u16, count: u32, value: u32| {
        [&tag.to_le_bytes()[..], &kind.to_le_bytes(), &count.to_le_bytes(), &value.to_le_bytes()].concat()
    };
    let gps_at = 8 + 2 + 2 * 12 + 4;
    let rationals_at = gps_at + 2 + 2 * 12 + 4;
    let mut tiff = b"II*\0\x08\0\0\0".to_vec();
    tiff.extend(2_u16.to_le_bytes());
    tiff.extend(entry(0x0112, 3, 1, 6));
    tiff.extend(entry(0x8825, 4, 1, gps_at));
    tiff.extend(0_u32.to_le_bytes());
    tiff.extend(2_u16.to_le_bytes());
    tiff.extend(entry(1, 2, 2, u32::from(b'N')));
    tiff.extend(entry(2, 5, 3, rationals_at));
    tiff.extend(0_u32.to_le_bytes());
    for number in [29_u32, 1, 20, 1, 0, 1] {
        tiff.extend(number.to_le_bytes());
    }
    [b"Exif\0\0".to_vec(), tiff].concat()
}

fn has(content: &[u8], part: &[u8]) -> bool {
    content.windows(part.len()).any(|window| window == part)
}

#[tokio::test]
async fn a_photo_loses_its_place_and_keeps_its_orientation() {
    let site = Site::new().await;
    site.person(&site.village, "林秀英", "13890010001", &[Role::Member]).await;
    let token = site.token("13890010001").await;
    let sent = phone_photo();
    assert!(has(&sent, b"Exif\0\0"));

    let record = site.upload(FILES, "黄桷树.jpg", &sent, Some(&token)).await;
    assert_eq!(record.status, StatusCode::CREATED, "{}", record.text());
    let record = record.json();
    assert_eq!((&record["width"], &record["height"]), (&32.into(), &64.into()), "it stands upright");
    let id = record["id"].as_str().unwrap();

    for path in [format!("/v/510303108001/files/{id}"), format!("/v/510303108001/files/{id}/small")] {
        let stored = site.get_as(&path, Some(&token)).await;
        assert_eq!(stored.header("content-type"), "image/jpeg");
        assert!(!has(&stored.body, b"Exif"), "nothing of the camera is left");
        let picture = image::load_from_memory(&stored.body).unwrap().into_rgb8();
        assert_eq!(picture.dimensions(), (32, 64));
        let (top, foot) = (picture.get_pixel(16, 8), picture.get_pixel(16, 56));
        assert!(top[0] > 150 && top[2] < 100, "what was left is on top: {top:?}");
        assert!(foot[2] > 150 && foot[0] < 100, "what was right is at the foot: {foot:?}");
    }
}

#[tokio::test]
async fn a_file_that_hangs_on_nothing_is_its_sender_s_alone() {
    let site = Site::new().await;
    site.person(&site.village, "林秀英", "13890010001", &[Role::Member]).await;
    site.person(&site.village, "管理员", "13890010002", &[Role::Admin]).await;
    let (own, admin) = (site.token("13890010001").await, site.token("13890010002").await);
    let record = site.upload(FILES, "树.jpg", &phone_photo(), Some(&own)).await.json();
    let path = format!("/v/510303108001/files/{}", record["id"].as_str().unwrap());

    assert_eq!(site.get_as(&path, Some(&own)).await.status, StatusCode::OK);
    assert_eq!(site.get_as(&path, Some(&admin)).await.status, StatusCode::NOT_FOUND);
    assert_eq!(site.get(&path).await.status, StatusCode::NOT_FOUND);
    let elsewhere = path.replace("510303108001", "510303106209");
    assert_eq!(site.get_as(&elsewhere, Some(&own)).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn strangers_do_not_upload() {
    let site = Site::new().await;
    assert_eq!(site.upload(FILES, "树.jpg", &phone_photo(), None).await.status, StatusCode::UNAUTHORIZED);
    site.person(&site.other, "外村人", "13890010003", &[Role::Member]).await;
    let token = site.token("13890010003").await;
    assert_eq!(site.upload(FILES, "树.jpg", &phone_photo(), Some(&token)).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_picture_bomb_is_refused_with_a_sentence() {
    let site = Site::new().await;
    site.person(&site.village, "林秀英", "13890010001", &[Role::Member]).await;
    let token = site.token("13890010001").await;
    // A real picture of 11,000 × 11,000 white dots: a few hundred kilobytes that would become 121 megapixels.
    let mut bomb = Cursor::new(Vec::new());
    DynamicImage::new_luma8(11_000, 11_000).write_to(&mut bomb, ImageFormat::Png).unwrap();
    let bomb = bomb.into_inner();
    assert!(bomb.len() < 1024 * 1024, "small on the line: {}", bomb.len());

    let refused = site.upload(&format!("{FILES}?lang=en"), "bomb.png", &bomb, Some(&token)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let message = &refused.json()["errors"][0]["message"];
    assert_eq!(message, "The picture is too large: at most 12000 pixels a side and 50 million in all.");
}

#[tokio::test]
async fn other_files_are_saved_and_never_shown() {
    let site = Site::new().await;
    site.person(&site.village, "林秀英", "13890010001", &[Role::Member]).await;
    let token = site.token("13890010001").await;
    let record = site.upload(FILES, "账目 九月.csv", "项目,元\n路灯,3200\n".as_bytes(), Some(&token)).await;
    assert_eq!(record.status, StatusCode::CREATED, "{}", record.text());
    let id = record.json()["id"].as_str().unwrap().to_owned();
    let file = site.get_as(&format!("/v/510303108001/files/{id}"), Some(&token)).await;
    assert!(file.header("content-disposition").starts_with("attachment; filename*=UTF-8''%E8%B4%A6"));
    assert_eq!(file.header("x-content-type-options"), "nosniff");
    assert_eq!(file.text(), "项目,元\n路灯,3200\n");

    let page = site.upload(FILES, "a.jpg", b"<svg onload='alert(1)'/>", Some(&token)).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "a page by the name of a photo");
}

#[tokio::test]
async fn what_nobody_used_is_gone_after_a_day() {
    let site = Site::new().await;
    let person = site.person(&site.village, "林秀英", "13890010001", &[Role::Member]).await;
    let id = site.web.put_file(site.village.id, person, "树.jpg", phone_photo()).await.unwrap();
    assert_eq!(site.web.sweep_files().await.unwrap(), 0);
    site.clock.advance(DAY + 1);
    assert_eq!(site.web.sweep_files().await.unwrap(), 1);
    let token = site.token("13890010001").await;
    let path = format!("/v/510303108001/files/{id}");
    assert_eq!(site.get_as(&path, Some(&token)).await.status, StatusCode::NOT_FOUND);
}
