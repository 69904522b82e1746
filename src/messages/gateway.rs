//! The ways out: an HTTP gateway for text messages, SMTP for e-mail. Errors never quote a recipient or a text.

use std::time::Duration;

use lettre::message::header::ContentType;
use lettre::transport::smtp::AsyncSmtpTransport;
use lettre::{AsyncTransport, Message, Tokio1Executor};

use super::store::{Channel, Due};
use crate::server::config::{Config, MailServer, SmsGateway};

/// How long a gateway may take.
const TIMEOUT: Duration = Duration::from_secs(10);

/// A way for messages to leave.
trait Gateway {
    async fn send(&self, message: &Due) -> Result<(), String>;
}

/// Sends a message by the gateway its channel is configured for. In development there may be none: the message then
/// stays in the inbox page, and counts as sent.
pub async fn send(config: &Config, message: &Due) -> Result<(), String> {
    match (message.channel, &config.sms, &config.mail) {
        (Channel::Sms, Some(sms), _) => sms.send(message).await,
        (Channel::Email, _, Some(mail)) => mail.send(message).await,
        _ if config.is_development() => Ok(()),
        _ => Err("no gateway for this channel".to_owned()),
    }
}

impl Gateway for SmsGateway {
    async fn send(&self, message: &Due) -> Result<(), String> {
        let client = reqwest::Client::builder().timeout(TIMEOUT).build().map_err(|_| "no HTTP client")?;
        let answer = client
            .post(&self.url)
            .bearer_auth(&self.token)
            .json(&serde_json::json!({ "to": message.recipient, "text": message.body }))
            .send()
            .await
            .map_err(
                |error| if error.is_timeout() { "the SMS gateway timed out" } else { "the SMS gateway is away" },
            )?;
        if answer.status().is_success() {
            Ok(())
        } else {
            Err(format!("the SMS gateway answered {}", answer.status().as_u16()))
        }
    }
}

impl Gateway for MailServer {
    async fn send(&self, message: &Due) -> Result<(), String> {
        let mail = Message::builder()
            .from(self.from.parse().map_err(|_| "RUKHSA_MAIL_FROM is not an address")?)
            .to(message.recipient.parse().map_err(|_| "the recipient is not an address")?)
            .subject("رخصة العمل التطوعي")
            .header(ContentType::TEXT_PLAIN)
            .body(message.body.clone())
            .map_err(|_| "the mail could not be composed")?;
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(&self.url)
            .map_err(|_| "RUKHSA_SMTP_URL is not an SMTP address")?
            .timeout(Some(TIMEOUT))
            .build();
        transport.send(mail).await.map(drop).map_err(|error| match error.status() {
            Some(code) => format!("the mail server answered {code}"),
            None => "the mail server is away".to_owned(),
        })
    }
}
