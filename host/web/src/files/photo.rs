//! Photos: measured before they are decoded, turned upright, made smaller, and written anew without anything
//! that the camera added.

use std::io::Cursor;

use bytes::Bytes;
use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, Rgb, RgbImage};

use super::Why;

/// Most pixels on one side.
pub(crate) const MAX_SIDE: u32 = 12_000;
/// Most pixels in all.
const MAX_PIXELS: u64 = 50_000_000;
/// Memory that a decoder may ask for: 50 million pixels of 8 bytes.
const MAX_ALLOC: u64 = 400 * 1024 * 1024;
/// Longest side of the stored picture.
const FULL: u32 = 2_000;
/// Longest side of the small one.
const SMALL: u32 = 480;
/// JPEG quality of both.
const QUALITY: u8 = 80;

/// A photo as it is stored.
pub(crate) struct Photo {
    /// At most 2,000 pixels a side.
    pub(crate) full: Bytes,
    /// At most 480 pixels a side.
    pub(crate) small: Bytes,
    /// Width and height of `full`.
    pub(crate) pixels: (u32, u32),
}

/// Decodes and re-encodes. Slow: not for a thread that serves requests.
pub(crate) fn prepare(content: &[u8]) -> Result<Photo, Why> {
    let mut reader = ImageReader::new(Cursor::new(content)).with_guessed_format().map_err(|_| Why::NotAPhoto)?;
    if !matches!(reader.format(), Some(ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP)) {
        return Err(Why::NotAPhoto);
    }
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MAX_ALLOC);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| refused(&error))?;
    let (width, height) = decoder.dimensions();
    if width > MAX_SIDE || height > MAX_SIDE || u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(Why::TooManyPixels);
    }
    let orientation = decoder.orientation().unwrap_or(image::metadata::Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|error| refused(&error))?;
    if picture.width() > FULL || picture.height() > FULL {
        picture = picture.resize(FULL, FULL, FilterType::Triangle);
    }
    picture.apply_orientation(orientation);
    let full = on_white(picture);
    let small = DynamicImage::ImageRgb8(full.clone());
    let small = if full.width() > SMALL || full.height() > SMALL { small.thumbnail(SMALL, SMALL) } else { small };
    Ok(Photo { pixels: full.dimensions(), small: encode(&small.into_rgb8())?, full: encode(&full)? })
}

fn refused(error: &image::ImageError) -> Why {
    match error {
        image::ImageError::Limits(_) => Why::TooManyPixels,
        _ => Why::NotAPhoto,
    }
}

/// JPEG knows no transparency: what is see-through lies on white paper.
fn on_white(picture: DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let source = picture.into_rgba8();
    let mut paper = RgbImage::new(source.width(), source.height());
    for (to, from) in paper.pixels_mut().zip(source.pixels()) {
        let [r, g, b, a] = from.0;
        let mix = |colour: u8| {
            let mixed = (u32::from(colour) * u32::from(a) + 255 * (255 - u32::from(a))) / 255;
            u8::try_from(mixed).unwrap_or(u8::MAX)
        };
        *to = Rgb([mix(r), mix(g), mix(b)]);
    }
    paper
}

fn encode(picture: &RgbImage) -> Result<Bytes, Why> {
    let mut out = Vec::new();
    JpegEncoder::new_with_quality(&mut out, QUALITY).encode_image(picture).map_err(|_| Why::NotAPhoto)?;
    Ok(out.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(picture: &DynamicImage) -> Vec<u8> {
        let mut out = Cursor::new(Vec::new());
        picture.write_to(&mut out, ImageFormat::Png).unwrap();
        out.into_inner()
    }

    #[test]
    fn a_large_photo_becomes_smaller_and_keeps_its_shape() {
        let photo = prepare(&png(&DynamicImage::new_rgb8(3_000, 1_500))).unwrap();
        assert_eq!(photo.pixels, (2_000, 1_000));
        let small = image::load_from_memory(&photo.small).unwrap();
        assert_eq!((small.width(), small.height()), (480, 240));
        assert_eq!(image::guess_format(&photo.full).unwrap(), ImageFormat::Jpeg);
    }

    #[test]
    fn what_is_see_through_lies_on_white() {
        let photo = prepare(&png(&DynamicImage::new_rgba8(8, 8))).unwrap();
        let full = image::load_from_memory(&photo.full).unwrap().into_rgb8();
        assert!(full.pixels().all(|pixel| pixel.0.iter().all(|c| *c > 250)));
    }

    #[test]
    fn a_picture_bomb_is_refused_by_its_header() {
        // A PNG header that promises 100,000 × 100,000 pixels, without a single one.
        let mut bomb = png(&DynamicImage::new_luma8(1, 1));
        bomb[16..24].copy_from_slice(&[0, 1, 0x86, 0xa0, 0, 1, 0x86, 0xa0]);
        let crc = crc32(&bomb[12..29]);
        bomb[29..33].copy_from_slice(&crc.to_be_bytes());
        assert_eq!(prepare(&bomb).err(), Some(Why::TooManyPixels));
    }

    #[test]
    fn what_is_broken_or_of_another_kind_is_refused() {
        let mut cut = png(&DynamicImage::new_rgb8(64, 64));
        cut.truncate(60);
        assert_eq!(prepare(&cut).err(), Some(Why::NotAPhoto));
        assert_eq!(prepare(b"GIF89a\x01\x00\x01\x00").err(), Some(Why::NotAPhoto));
        assert_eq!(prepare(b"").err(), Some(Why::NotAPhoto));
    }

    fn crc32(data: &[u8]) -> u32 {
        !data.iter().fold(!0_u32, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 })
        })
    }
}
