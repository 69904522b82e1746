//! QR codes, made on the server as SVG.

use fast_qr::convert::svg::SvgBuilder;
use fast_qr::{ECL, QRBuilder};
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::model::{LicenceNumber, LicenceStatus};
use super::store::Card;
use crate::error::AppError;
use crate::server::database::internal;
use crate::server::state::AppState;
use crate::signing;
use crate::signing::model::{Claims, issuer_of};

/// What a licence's code leads to: its page, with the register's signature. What was revoked or replaced is signed no
/// more; its page says what became of it. So does the page of any other while this server's key is not in force.
///
/// # Errors
/// When this server was given no key to sign with; when the database is away.
pub async fn address(
    connection: &mut PgConnection,
    state: &AppState,
    (number, card): (&LicenceNumber, &Card),
    now: OffsetDateTime,
) -> Result<String, AppError> {
    let origin = &state.config.origin;
    let unsigned = format!("{origin}/v/{}", number.digits());
    if matches!(card.status, LicenceStatus::Revoked | LicenceStatus::Superseded) {
        return Ok(unsigned);
    }
    let Some(key) = signing::key_in_force(connection, state, now).await? else { return Ok(unsigned) };
    let claims = Claims {
        issuer: issuer_of(origin).to_owned(),
        number: number.clone(),
        kind: card.kind,
        issued: card.issued,
        valid: card.valid,
        name: card.masked_name.clone(),
        place: card.place,
    };
    Ok(signing::signed_address(origin, &key, claims))
}

/// The QR code of an address: black on white with the quiet edge that scanners want. Read also where some 15 % of it is
/// dirt, folds or glare (level M).
///
/// # Errors
/// When the address is too long for a QR code.
pub fn svg(address: &str) -> Result<String, AppError> {
    let code = QRBuilder::new(address).ecl(ECL::M).build().map_err(|error| internal(&error))?;
    Ok(SvgBuilder::default().to_str(&code))
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_code_is_an_svg_without_scripts_or_styles() {
        let svg = super::svg("https://rukhsa.example/v/4821093755162049").unwrap();
        assert!(svg.starts_with("<svg"));
        assert!(!svg.contains("<script") && !svg.contains("style="), "{svg}");
    }
}
