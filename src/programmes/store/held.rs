//! A session whose row is locked until the transaction ends, with what messages tell of it.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::error::AppError;
use crate::i18n::Locale;

/// The session as it stands.
#[derive(Clone)]
pub struct Held {
    pub id: Uuid,
    pub title_ar: String,
    pub title_en: String,
    pub mode: String,
    pub region: String,
    pub city: String,
    pub venue_ar: String,
    pub venue_en: String,
    city_ar: String,
    city_en: String,
    pub starts_at: OffsetDateTime,
    pub ends_at: OffsetDateTime,
    pub enrol_by: OffsetDateTime,
    pub trainer: Uuid,
    trainer_ar: String,
    trainer_en: String,
    pub seats: i32,
    pub cancelled: bool,
}

impl Held {
    /// Title of the programme.
    pub fn title(&self, locale: Locale) -> &str {
        match locale {
            Locale::ar => &self.title_ar,
            Locale::en => &self.title_en,
        }
    }

    /// Venue and city; `None` online.
    pub fn place(&self, locale: Locale) -> Option<String> {
        (self.mode == "in_person").then(|| match locale {
            Locale::ar => format!("{} · {}", self.venue_ar, self.city_ar),
            Locale::en => format!("{} · {}", self.venue_en, self.city_en),
        })
    }

    /// Name of the trainer.
    pub fn trainer_name(&self, locale: Locale) -> &str {
        match locale {
            Locale::ar => &self.trainer_ar,
            Locale::en => &self.trainer_en,
        }
    }
}

/// Locks a session and reads it. `NO KEY`: rows that only refer to it need not wait.
pub(super) async fn hold(connection: &mut PgConnection, session: Uuid) -> Result<Held, AppError> {
    // Locked first and read by the next statement, which sees whatever was committed while this one waited.
    sqlx::query!("SELECT id FROM training_sessions WHERE id = $1 FOR NO KEY UPDATE", session)
        .fetch_optional(&mut *connection)
        .await?
        .ok_or(AppError::NotFound)?;
    Ok(sqlx::query_as!(
        Held,
        r#"SELECT s.id, p.title_ar, p.title_en, s.mode, s.region, s.city, s.venue_ar, s.venue_en, c.name_ar AS city_ar,
                  c.name_en AS city_en, s.starts_at, s.ends_at, s.enrol_by, s.trainer_id AS trainer,
                  concat_ws(' ', t.given_name, t.family_name) AS "trainer_ar!",
                  coalesce(t.latin_name, '') AS "trainer_en!", s.seats,
                  s.cancelled_at IS NOT NULL AS "cancelled!"
           FROM training_sessions s
           JOIN programmes p ON p.id = s.programme_id
           JOIN cities c ON c.region = s.region AND c.code = s.city
           JOIN persons t ON t.id = s.trainer_id
           WHERE s.id = $1"#,
        session
    )
    .fetch_one(connection)
    .await?)
}
