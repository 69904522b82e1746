//! The QR code as a phone reads it: from the picture, by a decoder that shares nothing with what drew it.

use axum::http::StatusCode;
use rqrr::PreparedImage;

use super::{licensed, ready};
use crate::licences::model::{LicenceKind, LicenceNumber};
use crate::licences::qr;
use crate::server::keys::random_digits;
use crate::testing::{TestApp, scale};

/// Pixels along the side of a module.
const PIXELS: usize = 4;

/// What a scanner reads from a picture in which every dark module is a square of one path on a white ground.
fn scanned(svg: &str) -> String {
    let between = |from, to| svg.split_once(from).and_then(|(_, rest): (_, &str)| rest.split_once(to)).unwrap().0;
    let side: usize = between("viewBox=\"0 0 ", " ").parse().unwrap();
    let ground = format!("<rect width=\"{side}px\" height=\"{side}px\" fill=\"#ffffff\"/>");
    assert!(svg.contains(&ground) && svg.contains("fill=\"#000000\"/></svg>"), "black on white: {svg}");
    let mut dark = vec![false; side * side];
    for module in between("<path d=\"M", "\"").split('M') {
        let (x, rest) = module.split_once(',').unwrap();
        let (y, shape) = rest.split_once('h').unwrap();
        assert_eq!(shape, "1v1h-1", "a square");
        dark[y.parse::<usize>().unwrap() * side + x.parse::<usize>().unwrap()] = true;
    }
    let mut picture = PreparedImage::prepare_from_greyscale(side * PIXELS, side * PIXELS, |x, y| {
        if dark[y / PIXELS * side + x / PIXELS] { 0 } else { 255 }
    });
    let codes = picture.detect_grids();
    assert_eq!(codes.len(), 1);
    codes[0].decode().unwrap().1
}

#[test]
fn the_code_of_any_number_is_scanned_as_its_address() {
    for _ in 0..scale(60, 500) {
        let number = LicenceNumber::from_digits15(&random_digits(15)).unwrap();
        let address = format!("https://rukhsa.example/v/{}", number.digits());
        assert_eq!(scanned(&qr::svg(&address).unwrap()), address);
    }
}

#[tokio::test]
async fn the_code_on_a_card_leads_to_the_licences_own_page() {
    let origin = "https://rukhsa.example";
    let app = TestApp::start_with(&[("RUKHSA_MODE", "development"), ("RUKHSA_ORIGIN", origin)]).await;
    let person = ready(&app, LicenceKind::Practitioner).await;
    let number = licensed(&app, person, LicenceKind::Practitioner, app.clock.now()).await;
    let cookie = format!("__Host-{}", app.sign_in(person).await);
    let (status, page) = app.get(&format!("/account/licences/{}", number.digits()), Some(&cookie)).await;
    assert_eq!(status, StatusCode::OK);
    let code = page.split_once("licence-card__qr").unwrap().1;
    let (code, _) = code[code.find("<svg").unwrap()..].split_once("</svg>").unwrap();
    let address = scanned(&format!("{code}</svg>"));
    assert_eq!(address, format!("{origin}/v/{}", number.digits()));
    let (status, answer) = app.get(address.strip_prefix(origin).unwrap(), None).await;
    assert_eq!(status, StatusCode::OK);
    assert!(answer.contains("verdict--valid"));
}
