//! The credential as it is written: W3C Verifiable Credentials Data Model 2.0 with the terms of Open Badges 3.0.

use serde::Serialize;

use crate::signing::model::Purpose;

/// The contexts that define every term, in the order that Open Badges 3.0 wants.
pub const CONTEXT: [&str; 2] =
    ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"];

/// A licence's credential, with the claims that a JWT repeats of it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_field_names, reason = "named as the standards name them")]
pub struct Credential {
    #[serde(rename = "@context")]
    pub context: [&'static str; 2],
    /// The licence's own page, which answers live.
    pub id: String,
    #[serde(rename = "type")]
    pub types: [&'static str; 2],
    pub name: String,
    pub issuer: Profile,
    /// Instants in RFC 3339, at the offset of Riyadh.
    pub awarded_date: String,
    pub valid_from: String,
    pub valid_until: String,
    pub credential_subject: Subject,
    pub credential_status: [StatusEntry; 2],
    /// The issuer's id.
    pub iss: String,
    /// The credential's id.
    pub jti: String,
    /// `validFrom` and `validUntil` in seconds since 1970 (RFC 7519).
    pub nbf: i64,
    pub exp: i64,
}

/// Who issued it.
#[derive(Serialize)]
pub struct Profile {
    /// The register's address.
    pub id: String,
    #[serde(rename = "type")]
    pub types: [&'static str; 1],
    pub name: String,
    pub url: String,
}

/// Whose it is, and what they hold.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Subject {
    #[serde(rename = "type")]
    pub types: [&'static str; 1],
    /// The name in Arabic and, where there is one, in Latin letters.
    pub identifier: Vec<Identity>,
    /// Sixteen digits.
    pub license_number: String,
    /// For which organisation, where it holds for one alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    pub achievement: Achievement,
}

/// A name.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_field_names, reason = "named as the standards name them")]
pub struct Identity {
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub hashed: bool,
    /// The name itself, since it is not hashed.
    pub identity_hash: String,
    pub identity_type: &'static str,
}

/// A kind of licence.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_field_names, reason = "named as the standards name them")]
pub struct Achievement {
    /// The public page of the kind.
    pub id: String,
    #[serde(rename = "type")]
    pub types: [&'static str; 1],
    pub achievement_type: &'static str,
    pub name: String,
    pub description: String,
    pub criteria: Criteria,
}

/// What it takes.
#[derive(Serialize)]
pub struct Criteria {
    pub id: String,
    pub narrative: String,
}

/// Where a list tells whether it still counts.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StatusEntry {
    pub id: String,
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub status_purpose: Purpose,
    /// From 0, in digits.
    pub status_list_index: String,
    /// The address of the list.
    pub status_list_credential: String,
}
