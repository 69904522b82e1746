//! QR codes, made on the server as SVG.

use fast_qr::convert::svg::SvgBuilder;
use fast_qr::{ECL, QRBuilder};

use crate::error::AppError;
use crate::server::database::internal;

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
