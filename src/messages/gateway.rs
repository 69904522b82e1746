//! The ways out: an HTTP gateway for text messages, SMTP for e-mail. Errors are codes, and never quote a recipient or a
//! text.

use std::time::Duration;

use lettre::message::header::ContentType;
use lettre::transport::smtp::AsyncSmtpTransport;
use lettre::{AsyncTransport, Message, Tokio1Executor};

use super::store::{Channel, Parcel};
use super::templates;
use crate::server::config::{Config, MailServer, SmsGateway};

/// How long a gateway may take.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Sends a parcel by the gateway its channel is configured for. In development there may be none: the message then
/// stays in the inbox page, and counts as sent.
///
/// # Errors
/// A code: `timed_out`, `away`, `answered_503`, `not_configured`, `recipient`, `not_composed`.
pub async fn send(config: &Config, parcel: &Parcel) -> Result<(), String> {
    let sent = match (parcel.channel, &config.sms, &config.mail) {
        (Channel::Sms, Some(sms), _) => text(sms, parcel).await,
        (Channel::Email, _, Some(server)) => mail(server, &config.origin, parcel).await,
        _ if config.is_development() => Ok(()),
        _ => Err(Failure::Code("not_configured")),
    };
    sent.map_err(|failure| match failure {
        Failure::Code(code) => code.to_owned(),
        Failure::Answered(status) => format!("answered_{status}"),
    })
}

enum Failure {
    Code(&'static str),
    /// The status that the gateway answered with.
    Answered(u16),
}

async fn text(gateway: &SmsGateway, parcel: &Parcel) -> Result<(), Failure> {
    let client = reqwest::Client::builder().timeout(TIMEOUT).build().map_err(|_| Failure::Code("not_configured"))?;
    let answer = client
        .post(&gateway.url)
        .bearer_auth(&gateway.token)
        // A text that was taken, and whose answer got lost, comes again: by this the gateway knows it.
        .header("idempotency-key", parcel.id.to_string())
        .json(&serde_json::json!({ "to": parcel.recipient, "text": parcel.body }))
        .send()
        .await
        .map_err(|error| Failure::Code(if error.is_timeout() { "timed_out" } else { "away" }))?;
    if answer.status().is_success() { Ok(()) } else { Err(Failure::Answered(answer.status().as_u16())) }
}

async fn mail(server: &MailServer, origin: &str, parcel: &Parcel) -> Result<(), Failure> {
    let mail = Message::builder()
        .from(server.from.parse().map_err(|_| Failure::Code("not_configured"))?)
        .to(parcel.recipient.parse().map_err(|_| Failure::Code("recipient"))?)
        .message_id(Some(format!("<{}@rukhsa>", parcel.id)))
        .subject(templates::subject(parcel.locale, &parcel.template))
        .header(ContentType::TEXT_PLAIN)
        .body(templates::mail(parcel.locale, &parcel.body, origin))
        .map_err(|_| Failure::Code("not_composed"))?;
    let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(&server.url)
        .map_err(|_| Failure::Code("not_configured"))?
        .timeout(Some(TIMEOUT))
        .build();
    // The limit above is for each step of the talk.
    let sent = tokio::time::timeout(TIMEOUT, transport.send(mail)).await.map_err(|_| Failure::Code("timed_out"))?;
    sent.map(drop).map_err(|error| match error.status() {
        Some(code) => Failure::Answered(u16::from(code)),
        None => Failure::Code("away"),
    })
}
