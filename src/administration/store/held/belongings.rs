//! What is held of what somebody did, and of what they were told.

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::administration::model::{
    HeldAttempt, HeldDecision, HeldEnrolment, HeldMessage, HeldPaper, HeldRequest, Instant,
};
use crate::error::AppError;
use crate::i18n::Locale;
use crate::messages::templates;
use crate::papers::model::SheetState;
use crate::server::database::internal;
use crate::server::keys::{Keys, Purpose};

pub(super) async fn enrolments(
    connection: &mut PgConnection,
    person: Uuid,
    locale: Locale,
) -> Result<Vec<HeldEnrolment>, AppError> {
    let rows = sqlx::query!(
        r#"SELECT CASE WHEN $2 THEN g.title_en ELSE g.title_ar END AS "programme!", s.starts_at, e.state, e.created_at,
             e.attendance_at
         FROM enrolments e JOIN training_sessions s ON s.id = e.session_id JOIN programmes g ON g.id = e.programme_id
         WHERE e.person_id = ANY (ARRAY(SELECT records_of($1))) ORDER BY e.created_at DESC, e.id"#,
        person,
        locale == Locale::en
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| HeldEnrolment {
            programme: row.programme,
            starts_at: Instant(row.starts_at),
            state: row.state,
            enrolled_at: Instant(row.created_at),
            attendance_at: row.attendance_at.map(Instant),
        })
        .collect())
}

pub(super) async fn attempts(
    connection: &mut PgConnection,
    person: Uuid,
    locale: Locale,
) -> Result<Vec<HeldAttempt>, AppError> {
    let rows = sqlx::query!(
        r#"SELECT CASE WHEN $2 THEN g.title_en ELSE g.title_ar END AS programme, l.number AS "renews?", a.ordinal, a.state,
             a.started_at, a.finished_at, a.right_answers, asked_in(a) AS "questions!"
         FROM attempts a LEFT JOIN enrolments e ON e.id = a.enrolment_id LEFT JOIN programmes g ON g.id = e.programme_id
         LEFT JOIN licences l ON l.id = a.renews
         WHERE a.person_id = ANY (ARRAY(SELECT records_of($1))) ORDER BY a.started_at DESC, a.id"#,
        person,
        locale == Locale::en
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| HeldAttempt {
            programme: row.programme,
            renews: row.renews,
            ordinal: row.ordinal,
            state: row.state,
            started_at: Instant(row.started_at),
            finished_at: row.finished_at.map(Instant),
            right_answers: row.right_answers,
            questions: row.questions,
        })
        .collect())
}

pub(super) async fn papers(
    connection: &mut PgConnection,
    person: Uuid,
    locale: Locale,
) -> Result<Vec<HeldPaper>, AppError> {
    let rows = sqlx::query!(
        r#"SELECT CASE WHEN $2 THEN g.title_en ELSE g.title_ar END AS "programme!", r.state, r.right_answers, r.asked,
             r.recorded_at, r.decided_at
         FROM paper_results r JOIN enrolments e ON e.id = r.enrolment_id JOIN programmes g ON g.id = e.programme_id
         WHERE e.person_id = ANY (ARRAY(SELECT records_of($1))) AND r.state <> 'confirmed'
         ORDER BY r.recorded_at DESC, r.id"#,
        person,
        locale == Locale::en
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(HeldPaper {
                programme: row.programme,
                state: SheetState::from_code(&row.state).ok_or_else(|| internal(&"unknown state of a sheet"))?,
                right_answers: row.right_answers,
                questions: row.asked,
                recorded_at: Instant(row.recorded_at),
                decided_at: row.decided_at.map(Instant),
            })
        })
        .collect()
}

pub(super) async fn requests(
    connection: &mut PgConnection,
    person: Uuid,
    now: OffsetDateTime,
) -> Result<Vec<HeldRequest>, AppError> {
    let rows = sqlx::query!(
        r#"SELECT r.id, r.number, r.kind, state_at(r, $2) AS "state!", r.created_at, r.submitted_at, r.appealed_at,
             a.body AS "appeal?", (SELECT l.number FROM licences l WHERE l.id = r.renews) AS renews
         FROM licence_requests r LEFT JOIN appeal_texts a ON a.request_id = r.id
         WHERE r.person_id = ANY (ARRAY(SELECT records_of($1))) ORDER BY r.created_at DESC, r.id"#,
        person,
        now
    )
    .fetch_all(&mut *connection)
    .await?;
    let mut decided = decisions(connection, person, now).await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let own = |(request, _): &mut (Uuid, HeldDecision)| *request == row.id;
            let decisions = decided.extract_if(.., own).map(|(_, decision)| decision).collect();
            HeldRequest {
                number: row.number,
                kind: row.kind,
                renews: row.renews,
                state: row.state,
                created_at: Instant(row.created_at),
                submitted_at: row.submitted_at.map(Instant),
                appealed_at: row.appealed_at.map(Instant),
                appeal: row.appeal,
                decisions,
            }
        })
        .collect())
}

/// What took effect, oldest first, with the request each is about.
async fn decisions(
    connection: &mut PgConnection,
    person: Uuid,
    now: OffsetDateTime,
) -> Result<Vec<(Uuid, HeldDecision)>, AppError> {
    let rows = sqlx::query!(
        r#"SELECT d.request_id, d.outcome, d.effective_at, d.reason,
             ARRAY(SELECT t.body FROM decision_texts t WHERE t.decision_id = d.id ORDER BY t.field) AS "texts!",
             ARRAY(SELECT f.field FROM returned_fields f WHERE f.decision_id = d.id ORDER BY f.field) AS "fields!",
             ARRAY(SELECT f.reason FROM returned_fields f WHERE f.decision_id = d.id ORDER BY f.field) AS "reasons!"
         FROM decisions d JOIN licence_requests r ON r.id = d.request_id
         WHERE r.person_id = ANY (ARRAY(SELECT records_of($1))) AND d.effective_at <= $2
           AND NOT EXISTS (SELECT FROM decision_withdrawals w WHERE w.decision_id = d.id)
         ORDER BY d.decided_at, d.id"#,
        person,
        now
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let decision = HeldDecision {
                outcome: row.outcome,
                effective_at: Instant(row.effective_at),
                reason: row.reason,
                fields: row.fields.into_iter().zip(row.reasons).collect(),
                texts: row.texts,
            };
            (row.request_id, decision)
        })
        .collect())
}

pub(super) async fn messages(
    connection: &mut PgConnection,
    keys: &Keys,
    person: Uuid,
    locale: Locale,
) -> Result<Vec<HeldMessage>, AppError> {
    let rows = sqlx::query!(
        r#"SELECT d.channel AS "channel?", m.template, m.body_sealed, m.created_at, d.sent_at AS "sent_at?",
             coalesce(d.recipient_sealed, m.recipient_sealed) AS recipient
         FROM messages m LEFT JOIN deliveries d ON d.message_id = m.id WHERE m.person_id = ANY (ARRAY(SELECT records_of($1)))
         ORDER BY m.created_at DESC, m.id, d.channel"#,
        person
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| HeldMessage {
            text: keys.open(Purpose::Message, &row.body_sealed).unwrap_or_default(),
            // What went nowhere else is in the portal's own inbox.
            channel: row.channel.unwrap_or_else(|| "inbox".to_owned()),
            to: row.recipient.and_then(|sealed| keys.open(Purpose::Mobile, &sealed).ok()),
            about: templates::subject(locale, &row.template).to_owned(),
            created_at: Instant(row.created_at),
            sent_at: row.sent_at.map(Instant),
        })
        .collect())
}
