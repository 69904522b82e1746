//! The QR code as a phone reads it: from the picture, by a decoder that shares nothing with what drew it.

use axum::http::StatusCode;
use rqrr::PreparedImage;

use super::{licensed, ready};
use crate::calendar::riyadh_day;
use crate::licences::model::{LicenceKind, LicenceNumber};
use crate::licences::qr;
use crate::oversight::tests::{corrected, revoked, suspended};
use crate::server::keys::random_digits;
use crate::signing::model::{LONGEST_ADDRESS, verify};
use crate::signing::tests::trusted;
use crate::testing::{TestApp, scale};

const ORIGIN: &str = "https://rukhsa.example";

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
    for length in (0..scale(60, 500)).map(|turn| turn % 16 * 20) {
        let number = LicenceNumber::from_digits15(&random_digits(15)).unwrap();
        let address = format!("{ORIGIN}/v/{}#{}", number.digits(), random_digits(length));
        assert!(address.len() <= LONGEST_ADDRESS);
        assert_eq!(scanned(&qr::svg(&address).unwrap()), address);
    }
}

/// What is scanned from the card of a licence of a portal at [`ORIGIN`], opened by its holder.
pub async fn address_of(app: &TestApp, number: &LicenceNumber) -> String {
    let holder = sqlx::query_scalar("SELECT person_id FROM licences WHERE number = $1")
        .bind(number.digits())
        .fetch_one(&app.pool)
        .await
        .unwrap();
    let host = if app.state.config.is_https() { "__Host-" } else { "" };
    let cookie = format!("{host}{}", app.sign_in(holder).await);
    let (status, page) = app.get(&format!("/account/licences/{}", number.digits()), Some(&cookie)).await;
    assert_eq!(status, StatusCode::OK);
    let code = page.split_once("licence-card__qr").unwrap().1;
    let (code, _) = code[code.find("<svg").unwrap()..].split_once("</svg>").unwrap();
    scanned(&format!("{code}</svg>"))
}

async fn start() -> TestApp {
    TestApp::start_with(&[("RUKHSA_MODE", "development"), ("RUKHSA_ORIGIN", ORIGIN)]).await
}

#[tokio::test]
async fn the_code_on_a_card_leads_to_the_licences_own_page_with_the_registers_signature() {
    let app = start().await;
    let keys = trusted(&app).await;
    let person = ready(&app, LicenceKind::Practitioner).await;
    let number = licensed(&app, person, LicenceKind::Practitioner, app.clock.now()).await;
    let address = address_of(&app, &number).await;
    let (page, token) = address.split_once('#').unwrap();
    assert_eq!(page, format!("{ORIGIN}/v/{}", number.digits()));
    let claims = verify(token, &keys).unwrap();
    assert_eq!(
        (claims.issuer.as_str(), claims.number, claims.kind),
        ("rukhsa.example", number, LicenceKind::Practitioner)
    );
    assert_eq!(claims.name, "محمد ع. س. ق.");
    assert_eq!((claims.issued, claims.valid.from), (riyadh_day(app.clock.now()), riyadh_day(app.clock.now())));
    let (status, answer) = app.get(page.strip_prefix(ORIGIN).unwrap(), None).await;
    assert_eq!(status, StatusCode::OK);
    assert!(answer.contains("verdict--valid"));
}

#[tokio::test]
async fn what_was_revoked_or_replaced_is_signed_no_more() {
    let app = start().await;
    let person = ready(&app, LicenceKind::Practitioner).await;
    let old = licensed(&app, person, LicenceKind::Practitioner, app.clock.now()).await;
    let new = corrected(&app, &old).await;
    assert_eq!(address_of(&app, &old).await, format!("{ORIGIN}/v/{}", old.digits()));
    suspended(&app, &new).await;
    assert!(address_of(&app, &new).await.contains('#'), "it may be restored");
    revoked(&app, &new).await;
    assert_eq!(address_of(&app, &new).await, format!("{ORIGIN}/v/{}", new.digits()));
}
