//! Codes to scan, drawn as one SVG path.

use std::fmt::Write as _;

use maud::{Markup, html};
use qrcode::types::Color;
use qrcode::{EcLevel, QrCode};

/// Empty modules around a code, without which readers do not find it.
const QUIET: usize = 4;

/// The code with its text beneath; only the text when it is more than a code holds.
pub(crate) fn qr(text: &str, label: &str) -> Markup {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok();
    html! {
        figure.qr {
            @if let Some(code) = &code {
                @let side = code.width() + 2 * QUIET;
                svg viewBox={ "0 0 " (side) " " (side) } role="img" aria-label=(label) shape-rendering="crispEdges" {
                    path d=(path(code)) {}
                }
            }
            figcaption { span { (label) } b.figures { (text) } }
        }
    }
}

/// The dark modules, each run of a row as a rectangle.
fn path(code: &QrCode) -> String {
    let mut path = String::new();
    for (y, row) in code.to_colors().chunks(code.width().max(1)).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|a, b| a == b) {
            if run.first() == Some(&Color::Dark) {
                let _ = write!(path, "M{} {}h{}v1h-{}z", x + QUIET, y + QUIET, run.len(), run.len());
            }
            x += run.len();
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_begins_with_its_finder() {
        let code = QrCode::with_error_correction_level("DH-2026-0007", EcLevel::M).unwrap();
        assert!(path(&code).starts_with("M4 4h7v1h-7z"), "{}", path(&code));
        let html = qr("DH-2026-0007", "兑换码").into_string();
        assert!(html.contains("viewBox=\"0 0 29 29\"") && html.contains(">DH-2026-0007<"), "{html}");
    }

    #[test]
    fn what_is_too_long_is_still_there_to_read() {
        let html = qr(&"长".repeat(2_000), "太长").into_string();
        assert!(!html.contains("<svg") && html.contains("长长"));
    }
}
