//! Places of a village: the hills with their houses and paddies, an orchard, a road, the service centre.

use rand::RngExt;

use super::{BARK, CONCRETE, Colour, GROUND, HEIGHT, LEAF, ROOF, Sheet, WALL, WIDTH};

const FAR: Colour = [134, 164, 150];
const NEAR: Colour = [104, 146, 98];
const PADDY: Colour = [166, 190, 104];
const WATER: Colour = [168, 198, 208];
const FRUIT: Colour = [232, 196, 72];
const RED: Colour = [190, 44, 40];
const STONE: Colour = [236, 232, 222];

/// Two rows of round hills, paddies in steps, houses between bamboo.
pub fn hills(sheet: &mut Sheet) {
    for (x, radius, colour) in [(90, 220, FAR), (400, 260, FAR), (720, 240, FAR), (250, 200, NEAR), (600, 210, NEAR)] {
        sheet.disc((x, i64::from(GROUND) + 60), radius, colour);
    }
    sheet.rectangle(0, 400, WIDTH, HEIGHT, PADDY);
    for step in 0..4_u32 {
        let top = 420 + step * 46;
        sheet.rectangle(step * 60, top, WIDTH - step * 40, top + 26, if step % 2 == 0 { WATER } else { PADDY });
        sheet.rectangle(step * 60, top + 26, WIDTH - step * 40, top + 31, NEAR);
    }
    for left in [150, 240, 560] {
        cottage(sheet, left, 396, 70);
    }
    for _ in 0..140 {
        let spot = (sheet.chance.random_range(320..540), sheet.chance.random_range(330..400));
        let shade = sheet.chance.random_range(0..40);
        sheet.disc(spot, 10, [LEAF[0] + shade, LEAF[1] + shade, LEAF[2]]);
    }
}

fn cottage(sheet: &mut Sheet, left: u32, foot: u32, width: u32) {
    sheet.rectangle(left, foot - 34, left + width, foot, WALL);
    for row in 0..18_u32 {
        sheet.rectangle(left + row - 8, foot - 34 - row, left + width - row + 8, foot - 33 - row, ROOF);
    }
    sheet.rectangle(left + width / 2 - 6, foot - 22, left + width / 2 + 6, foot, BARK);
}

/// Trees in rows, full of fruit.
pub fn orchard(sheet: &mut Sheet) {
    sheet.disc((620, i64::from(GROUND) + 80), 240, FAR);
    sheet.rectangle(0, 380, WIDTH, HEIGHT, NEAR);
    for (row, (foot, size)) in [(410_i64, 44_i64), (490, 62), (585, 88)].into_iter().enumerate() {
        let apart = size * 5 / 2;
        for tree in 0..(800 / apart + 2) {
            let x = tree * apart + i64::try_from(row).unwrap_or_default() * 40 - 20;
            sheet.line((x, foot), (x, foot - size), size / 9, BARK);
            sheet.disc((x, foot - size), size * 7 / 10, [LEAF[0], LEAF[1] - 12, LEAF[2]]);
            for _ in 0..12 {
                let (dx, dy) =
                    (sheet.chance.random_range(-size / 2..size / 2), sheet.chance.random_range(-size / 2..size / 2));
                sheet.disc((x + dx, foot - size + dy), size / 12 + 2, FRUIT);
            }
        }
    }
}

/// A concrete road between fields, with lamps.
pub fn road(sheet: &mut Sheet) {
    sheet.disc((180, i64::from(GROUND) + 70), 210, FAR);
    sheet.disc((640, i64::from(GROUND) + 90), 240, FAR);
    sheet.rectangle(0, 400, WIDTH, HEIGHT, PADDY);
    for row in 400..HEIGHT {
        let half = (row - 392) * 13 / 10;
        let middle = 420 - (row - 400) / 5;
        sheet.rectangle(middle.saturating_sub(half), row, middle + half, row + 1, CONCRETE);
    }
    for (x, foot, tall) in [(372_i64, 430_i64, 70_i64), (310, 490, 130), (190, 580, 240)] {
        sheet.line((x, foot), (x, foot - tall), tall / 40 + 1, [120, 124, 128]);
        sheet.line((x, foot - tall), (x + tall / 4, foot - tall), tall / 40 + 1, [120, 124, 128]);
        sheet.disc((x + tall / 4, foot - tall + 3), tall / 22 + 2, STONE);
    }
    cottage(sheet, 590, 440, 110);
}

/// The service centre: two floors, a flag, a board for what is made public.
pub fn hall(sheet: &mut Sheet) {
    sheet.disc((700, i64::from(GROUND) + 60), 230, FAR);
    sheet.rectangle(0, GROUND, WIDTH, HEIGHT, CONCRETE);
    sheet.rectangle(170, 190, 630, 450, STONE);
    sheet.rectangle(150, 176, 650, 194, RED);
    for floor in [220, 330] {
        for left in (200..600).step_by(84) {
            sheet.rectangle(left, floor, left + 48, floor + 62, [126, 156, 176]);
        }
    }
    sheet.rectangle(370, 330, 434, 450, BARK);
    sheet.rectangle(300, 290, 500, 318, RED);
    sheet.line((90, 520), (90, 150), 3, [190, 192, 196]);
    sheet.rectangle(93, 152, 160, 196, RED);
    sheet.rectangle(560, 430, 760, 530, [150, 60, 52]);
    sheet.rectangle(570, 440, 750, 520, STONE);
    for note in 0..4_u32 {
        sheet.rectangle(580 + note * 42, 450, 614 + note * 42, 508, [250, 250, 246]);
        sheet.rectangle(584 + note * 42, 458, 610 + note * 42, 462, [120, 120, 124]);
    }
}
