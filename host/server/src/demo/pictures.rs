//! Photos of the demo, drawn: a tree, a street lamp, a drain, each before and after; a swept yard; what the shop has;
//! papers; places of a village.

use std::io::Cursor;

use anyhow::Result;
use image::{ImageFormat, Rgb, RgbImage};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde::Deserialize;

mod goods;
mod papers;
mod places;

const WIDTH: u32 = 800;
const HEIGHT: u32 = 600;
const GROUND: u32 = 430;

/// What is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Subject {
    Tree,
    Lamp,
    Drain,
    Yard,
    Salt,
    Soap,
    Towel,
    Detergent,
    Oil,
    Rice,
    Toothbrush,
    Warmer,
    Cooker,
    Certificate,
    Booklet,
    Hills,
    Orchard,
    Road,
    Hall,
}

/// A picture: what, and whether it is seen to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Picture {
    pub subject: Subject,
    pub after: bool,
}

impl Picture {
    /// The name that a phone would give it.
    pub fn name(self) -> &'static str {
        match (self.subject, self.after) {
            (Subject::Tree, false) => "黄桷树-办理前.jpg",
            (Subject::Tree, true) => "黄桷树-办理后.jpg",
            (Subject::Lamp, false) => "路灯-办理前.jpg",
            (Subject::Lamp, true) => "路灯-办理后.jpg",
            (Subject::Drain, false) => "排水沟-办理前.jpg",
            (Subject::Drain, true) => "排水沟-办理后.jpg",
            (Subject::Yard, _) => "院坝.jpg",
            (Subject::Salt, _) => "食盐.jpg",
            (Subject::Soap, _) => "肥皂.jpg",
            (Subject::Towel, _) => "毛巾.jpg",
            (Subject::Detergent, _) => "洗衣液.jpg",
            (Subject::Oil, _) => "菜油.jpg",
            (Subject::Rice, _) => "大米.jpg",
            (Subject::Toothbrush, _) => "牙刷.jpg",
            (Subject::Warmer, _) => "暖手宝.jpg",
            (Subject::Cooker, _) => "电饭锅.jpg",
            (Subject::Certificate, _) => "证明.jpg",
            (Subject::Booklet, _) => "户口簿.jpg",
            (Subject::Hills, _) => "村貌.jpg",
            (Subject::Orchard, _) => "果园.jpg",
            (Subject::Road, _) => "村道.jpg",
            (Subject::Hall, _) => "党群服务中心.jpg",
        }
    }

    /// Draws it as a JPEG.
    pub fn draw(self) -> Result<Vec<u8>> {
        let mut sheet = Sheet::new(self.subject == Subject::Lamp);
        match self.subject {
            Subject::Tree => tree(&mut sheet, self.after),
            Subject::Lamp => lamp(&mut sheet, self.after),
            Subject::Drain => drain(&mut sheet, self.after),
            Subject::Yard => yard(&mut sheet),
            Subject::Certificate => papers::certificate(&mut sheet),
            Subject::Booklet => papers::booklet(&mut sheet),
            Subject::Hills => places::hills(&mut sheet),
            Subject::Orchard => places::orchard(&mut sheet),
            Subject::Road => places::road(&mut sheet),
            Subject::Hall => places::hall(&mut sheet),
            goods => goods::on_a_shelf(&mut sheet, goods),
        }
        let mut bytes = Cursor::new(Vec::new());
        sheet.image.write_to(&mut bytes, ImageFormat::Jpeg)?;
        Ok(bytes.into_inner())
    }
}

type Colour = [u8; 3];

const WALL: Colour = [222, 210, 190];
const ROOF: Colour = [120, 78, 66];
const BARK: Colour = [96, 74, 56];
const DRY: Colour = [150, 128, 98];
const LEAF: Colour = [72, 120, 66];
const GRASS: Colour = [142, 156, 104];
const CONCRETE: Colour = [176, 174, 168];

struct Sheet {
    image: RgbImage,
    chance: StdRng,
}

impl Sheet {
    fn new(night: bool) -> Self {
        let (top, low): (Colour, Colour) =
            if night { ([18, 26, 48], [52, 62, 90]) } else { ([168, 200, 222], [226, 234, 236]) };
        let image = RgbImage::from_fn(WIDTH, HEIGHT, |_, y| Rgb(mix(top, low, y.min(GROUND), GROUND)));
        let mut sheet = Self { image, chance: StdRng::seed_from_u64(7) };
        let ground = if night { [46, 50, 52] } else { GRASS };
        sheet.rectangle(0, GROUND, WIDTH, HEIGHT, ground);
        sheet
    }

    fn rectangle(&mut self, left: u32, top: u32, right: u32, bottom: u32, colour: Colour) {
        for y in top..bottom.min(HEIGHT) {
            for x in left..right.min(WIDTH) {
                self.image.put_pixel(x, y, Rgb(colour));
            }
        }
    }

    fn disc(&mut self, (cx, cy): (i64, i64), radius: i64, colour: Colour) {
        for y in (cy - radius)..=(cy + radius) {
            for x in (cx - radius)..=(cx + radius) {
                if (x - cx).pow(2) + (y - cy).pow(2) <= radius.pow(2) {
                    self.dot(x, y, colour);
                }
            }
        }
    }

    fn line(&mut self, from: (i64, i64), to: (i64, i64), thick: i64, colour: Colour) {
        let steps = (to.0 - from.0).abs().max((to.1 - from.1).abs()).max(1);
        for step in 0..=steps {
            let x = from.0 + (to.0 - from.0) * step / steps;
            let y = from.1 + (to.1 - from.1) * step / steps;
            self.disc((x, y), thick, colour);
        }
    }

    fn dot(&mut self, x: i64, y: i64, colour: Colour) {
        if let (Ok(x), Ok(y)) = (u32::try_from(x), u32::try_from(y))
            && x < WIDTH
            && y < HEIGHT
        {
            self.image.put_pixel(x, y, Rgb(colour));
        }
    }
}

fn mix(from: Colour, to: Colour, part: u32, of: u32) -> Colour {
    let blend = |a: u8, b: u8| u8::try_from((u32::from(a) * (of - part) + u32::from(b) * part) / of).unwrap_or(a);
    let mut mixed = from;
    for (channel, other) in mixed.iter_mut().zip(to) {
        *channel = blend(*channel, other);
    }
    mixed
}

fn house(sheet: &mut Sheet) {
    sheet.rectangle(60, 280, 300, GROUND, WALL);
    for row in 0..60_u32 {
        sheet.rectangle(40 + row / 2, 280 - row, 320 - row / 2, 281 - row, ROOF);
    }
    sheet.rectangle(150, 340, 200, GROUND, [110, 84, 62]);
    sheet.rectangle(90, 320, 130, 360, [140, 164, 180]);
    sheet.rectangle(230, 320, 270, 360, [140, 164, 180]);
}

/// A fig tree leaning over a house: dry branches before, pruned after.
fn tree(sheet: &mut Sheet, after: bool) {
    house(sheet);
    sheet.line((500, 470), (490, 300), 24, BARK);
    let crown = [(490, 200), (430, 240), (560, 230), (520, 160), (450, 170), (590, 190)];
    for (x, y) in crown {
        for _ in 0..60 {
            let spot = (x + sheet.chance.random_range(-60..60), y + sheet.chance.random_range(-50..50));
            let shade = sheet.chance.random_range(0..40);
            sheet.disc(spot, 14, [LEAF[0] + shade, LEAF[1] + shade, LEAF[2] + shade]);
        }
    }
    if after {
        sheet.disc((420, 300), 12, [206, 178, 130]);
        sheet.line((495, 330), (424, 302), 9, BARK);
        return;
    }
    for (to, thick) in [((250, 190), 9), ((200, 250), 7), ((310, 150), 7), ((270, 260), 5)] {
        sheet.line((495, 330), to, thick, DRY);
        for _ in 0..5 {
            let tip = (to.0 + sheet.chance.random_range(-60..20), to.1 + sheet.chance.random_range(-40..40));
            sheet.line(to, tip, 2, DRY);
        }
    }
}

/// A street lamp at night: dark before, alight after.
fn lamp(sheet: &mut Sheet, after: bool) {
    sheet.rectangle(0, 480, WIDTH, 560, [70, 72, 76]);
    if after {
        for ring in (0..180_i64).rev().step_by(6) {
            let part = u32::try_from(180 - ring).unwrap_or_default();
            sheet.disc((470, 190), ring, mix([44, 54, 82], [250, 226, 160], part, 180));
        }
        sheet.rectangle(300, 480, 640, 560, [150, 140, 112]);
    }
    sheet.rectangle(380, 160, 390, 500, [120, 124, 128]);
    sheet.line((385, 162), (470, 178), 4, [120, 124, 128]);
    let bulb = if after { [255, 246, 214] } else { [60, 62, 66] };
    sheet.disc((472, 186), 14, bulb);
}

/// A drain beside a path: full of leaves and mud before, clear after.
fn drain(sheet: &mut Sheet, after: bool) {
    house(sheet);
    sheet.rectangle(0, 470, WIDTH, 486, CONCRETE);
    sheet.rectangle(0, 486, WIDTH, 550, if after { [120, 132, 136] } else { [98, 84, 58] });
    sheet.rectangle(0, 550, WIDTH, 566, CONCRETE);
    if after {
        sheet.rectangle(0, 520, WIDTH, 540, [134, 170, 188]);
        sheet.rectangle(520, 470, 700, 566, [150, 148, 144]);
        return;
    }
    for _ in 0..420 {
        let spot = (sheet.chance.random_range(0..800), sheet.chance.random_range(478..560));
        let (colour, size) = match sheet.chance.random_range(0..4) {
            0 => ([150, 96, 46], 7),
            1 => ([176, 132, 62], 6),
            2 => ([90, 104, 52], 8),
            _ => ([74, 60, 42], 9),
        };
        sheet.disc(spot, size, colour);
    }
}

/// A yard of beaten earth, swept: a broom against the wall, chrysanthemums before it.
fn yard(sheet: &mut Sheet) {
    house(sheet);
    sheet.rectangle(0, GROUND, WIDTH, HEIGHT, [206, 190, 160]);
    for _ in 0..90 {
        let from = (sheet.chance.random_range(0..800), sheet.chance.random_range(440..590));
        sheet.line(from, (from.0 + 60, from.1 + 8), 1, [194, 176, 144]);
    }
    sheet.line((330, 300), (350, 430), 4, BARK);
    sheet.line((344, 400), (372, 446), 9, DRY);
    for _ in 0..70 {
        let spot = (sheet.chance.random_range(420..780), sheet.chance.random_range(380..430));
        let petals = if sheet.chance.random_range(0..2) == 0 { [236, 190, 60] } else { [226, 120, 140] };
        sheet.line((spot.0, 440), spot, 2, LEAF);
        sheet.disc(spot, 9, petals);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn before_and_after_are_jpegs_that_differ() {
        for subject in [Subject::Tree, Subject::Lamp, Subject::Drain] {
            let before = Picture { subject, after: false }.draw().unwrap();
            let after = Picture { subject, after: true }.draw().unwrap();
            assert!(before.starts_with(&[0xff, 0xd8]) && after.starts_with(&[0xff, 0xd8]));
            assert_ne!(before, after);
        }
    }

    #[test]
    fn every_thing_of_the_shop_and_every_place_has_its_own_picture() {
        let all = [
            Subject::Salt,
            Subject::Soap,
            Subject::Towel,
            Subject::Detergent,
            Subject::Oil,
            Subject::Rice,
            Subject::Toothbrush,
            Subject::Warmer,
            Subject::Cooker,
            Subject::Hills,
            Subject::Orchard,
            Subject::Road,
            Subject::Hall,
        ];
        let drawn = all.map(|subject| Picture { subject, after: true }.draw().unwrap());
        for (n, picture) in drawn.iter().enumerate() {
            assert!(picture.starts_with(&[0xff, 0xd8]));
            assert!(!drawn.iter().skip(n + 1).any(|other| other == picture), "{:?}", all.get(n));
        }
    }
}
