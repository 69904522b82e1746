//! The code as a scanner of 300 dots an inch reads it from the printed size: straight, askew and blurred.

use rqrr::{Point, PreparedImage};

use super::picture::{Picture, millimetres};
use super::{Printed, address, card, licence, long_address, longest};
use crate::documents::typesetting::Template;
use crate::i18n::Locale;

const DOTS: u32 = 300;

/// What rqrr reads, and the shortest side of the code in millimetres, without its quiet edge. As from a camera that goes
/// back: a code of many modules is found at one size and not at another.
fn read_by_rqrr(picture: &Picture) -> Option<(String, f64)> {
    [1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4].into_iter().find_map(|size| {
        let Picture { width, height, grey } = picture.smaller(size);
        let mut prepared = PreparedImage::prepare_from_greyscale(width, height, |x, y| grey[y * width + x]);
        let codes = prepared.detect_grids();
        let (code, text) = codes.iter().find_map(|code| Some((code, code.decode().ok()?.1)))?;
        let corners = code.bounds;
        let side = |from: Point, to: Point| f64::from(from.x - to.x).hypot(f64::from(from.y - to.y));
        let sides = (0..4).map(|corner| side(corners[corner], corners[(corner + 1) % 4]));
        Some((text, millimetres(sides.fold(f64::INFINITY, f64::min) / size, DOTS)))
    })
}

/// What zbar reads.
pub fn read_by_zbar(picture: &Picture) -> String {
    let path = std::env::temp_dir().join(format!("rukhsa-scan-{}.pgm", uuid::Uuid::new_v4()));
    std::fs::write(&path, picture.greymap()).unwrap();
    let read =
        super::output("zbarimg", &["--quiet", "--raw", "--set", "*.enable=0", "--set", "qrcode.enable=1"], &path, &[]);
    std::fs::remove_file(&path).unwrap();
    String::from_utf8(read).unwrap().trim_end().to_owned()
}

/// Three centimetres wide, and read as its address however the sheet lies.
fn is_scanned(template: Template, page: usize, address: &str) {
    for card in [card(Locale::ar), longest(Locale::ar)] {
        let printed = Printed::new(template, &licence(Locale::ar, card, address.to_owned()));
        let straight = Picture::of(&printed, page, DOTS);
        for picture in [straight.turned(4.0), straight.blurred().turned(-3.0), straight] {
            assert_eq!(read_by_zbar(&picture), address);
            let (read, side) = read_by_rqrr(&picture).expect("rqrr finds the code");
            assert_eq!(read, address);
            assert!(side >= 30.0, "{side} mm");
        }
    }
}

#[test]
fn the_code_of_a_sheet_is_scanned() {
    is_scanned(Template::Licence, 1, &address());
}

#[test]
fn the_code_of_a_sheet_with_proof_in_it_is_scanned() {
    assert_eq!(long_address().len(), 350);
    is_scanned(Template::Licence, 1, &long_address());
}

#[test]
fn the_code_of_a_card_is_scanned() {
    is_scanned(Template::Card, 2, &address());
}

#[test]
fn the_code_of_a_card_with_proof_in_it_is_scanned() {
    is_scanned(Template::Card, 2, &long_address());
}
