//! Papers: a stamped certificate, and the cover of a household register.

use super::{Colour, HEIGHT, Sheet, WIDTH};

const DESK: Colour = [150, 120, 92];
const PAPER: Colour = [248, 247, 242];
const INK: Colour = [92, 92, 98];
const STAMP: Colour = [196, 48, 44];
const COVER: Colour = [122, 44, 46];
const GOLD: Colour = [214, 182, 110];

/// A sheet with lines of writing and a round red stamp.
pub fn certificate(sheet: &mut Sheet) {
    sheet.rectangle(0, 0, WIDTH, HEIGHT, DESK);
    sheet.rectangle(180, 30, 620, 580, PAPER);
    sheet.rectangle(310, 70, 490, 96, INK);
    for line in 0..8 {
        let (left, right) = if line == 0 { (260, 570) } else { (230, if line == 7 { 420 } else { 570 }) };
        sheet.rectangle(left, 140 + line * 34, right, 150 + line * 34, INK);
    }
    sheet.disc((500, 490), 58, STAMP);
    sheet.disc((500, 490), 52, PAPER);
    sheet.disc((500, 490), 16, STAMP);
}

/// A dark red cover with a golden title.
pub fn booklet(sheet: &mut Sheet) {
    sheet.rectangle(0, 0, WIDTH, HEIGHT, DESK);
    sheet.rectangle(150, 110, 650, 490, COVER);
    sheet.rectangle(300, 320, 500, 356, GOLD);
    sheet.disc((400, 220), 48, GOLD);
    sheet.disc((400, 220), 38, COVER);
}
