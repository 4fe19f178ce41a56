//! Things of the shop, each on the same shelf.

use super::{BARK, Colour, HEIGHT, Sheet, Subject, WIDTH};

/// Where things stand.
const BOARD: u32 = 470;

/// Draws a thing on the shelf.
pub fn on_a_shelf(sheet: &mut Sheet, what: Subject) {
    sheet.rectangle(0, 0, WIDTH, HEIGHT, [236, 230, 218]);
    sheet.rectangle(0, BOARD, WIDTH, BOARD + 36, BARK);
    sheet.rectangle(0, BOARD + 36, WIDTH, BOARD + 46, [70, 54, 40]);
    match what {
        Subject::Salt => packet(sheet, 120, 200, [240, 244, 248], [58, 110, 168]),
        Subject::Rice => packet(sheet, 200, 300, [244, 236, 206], [176, 60, 48]),
        Subject::Detergent => bottle(sheet, 90, 230, [70, 126, 190], [244, 244, 244]),
        Subject::Oil => bottle(sheet, 80, 290, [226, 176, 52], [196, 52, 44]),
        Subject::Towel => towel(sheet),
        Subject::Toothbrush => brushes(sheet),
        Subject::Warmer => round(sheet, [214, 96, 110]),
        Subject::Cooker => cooker(sheet),
        _ => bar(sheet),
    }
}

/// A packet with a label, so many wide on each side and so high.
fn packet(sheet: &mut Sheet, half: u32, height: u32, paper: Colour, label: Colour) {
    let top = BOARD - height;
    sheet.rectangle(400 - half, top, 400 + half, BOARD, paper);
    sheet.rectangle(400 - half, top, 400 + half, top + 24, label);
    sheet.rectangle(400 - half + 20, top + height / 3, 400 + half - 20, BOARD - height / 4, label);
}

fn bottle(sheet: &mut Sheet, half: u32, height: u32, body: Colour, cap: Colour) {
    let top = BOARD - height;
    sheet.rectangle(400 - half, top, 400 + half, BOARD, body);
    sheet.rectangle(370, top - 60, 430, top, body);
    sheet.rectangle(362, top - 100, 438, top - 56, cap);
    sheet.rectangle(400 - half + 14, top + height / 3, 400 + half - 14, BOARD - height / 4, [250, 248, 240]);
}

fn bar(sheet: &mut Sheet) {
    sheet.rectangle(270, BOARD - 110, 530, BOARD, [232, 206, 132]);
    sheet.rectangle(270, BOARD - 110, 530, BOARD - 96, [244, 224, 164]);
    sheet.rectangle(330, BOARD - 70, 470, BOARD - 40, [204, 172, 96]);
}

fn towel(sheet: &mut Sheet) {
    for (n, colour) in [[214, 226, 232], [96, 150, 170], [214, 226, 232], [186, 90, 90]].into_iter().enumerate() {
        let top = BOARD - 160 + u32::try_from(n).unwrap_or_default() * 40;
        sheet.rectangle(240, top, 560, top + 40, colour);
    }
}

fn brushes(sheet: &mut Sheet) {
    for (x, colour) in [(340_i64, [66, 132, 190]), (400, [206, 84, 84]), (460, [92, 160, 96])] {
        sheet.line((x, 470), (x + 20, 220), 7, colour);
        sheet.line((x + 20, 220), (x + 36, 222), 9, [246, 246, 240]);
    }
}

fn round(sheet: &mut Sheet, colour: Colour) {
    sheet.disc((400, 360), 110, colour);
    sheet.disc((400, 360), 84, [238, 150, 160]);
    sheet.rectangle(384, 226, 416, 262, [120, 120, 124]);
}

fn cooker(sheet: &mut Sheet) {
    sheet.rectangle(270, BOARD - 180, 530, BOARD, [244, 244, 242]);
    sheet.rectangle(260, BOARD - 210, 540, BOARD - 176, [160, 164, 168]);
    sheet.rectangle(376, BOARD - 236, 424, BOARD - 208, [70, 72, 76]);
    sheet.rectangle(360, BOARD - 90, 440, BOARD - 40, [60, 64, 68]);
    sheet.disc((400, 405), 12, [220, 90, 60]);
}
