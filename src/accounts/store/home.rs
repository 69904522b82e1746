//! What a person finds when they have signed in: where they stand on their way, and all that is theirs. Reads tables of
//! other features; changes none.

use sqlx::PgConnection;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::guardians;
use crate::accounts::model::path::{EnrolmentFacts, Facts, RequestFacts};
use crate::accounts::model::views::{OwnEnrolment, OwnLicence, OwnRequest};
use crate::error::AppError;
use crate::i18n::Locale;
use crate::licences::model::{LicenceKind, LicenceState, LicenceStatus, RequestState, Validity};
use crate::training::model::EnrolmentState;

/// A licence of one's own.
pub struct Licence {
    pub number: String,
    pub kind: LicenceKind,
    pub status: LicenceStatus,
    pub valid: Validity,
    /// Whether it can be renewed now.
    pub renewable: bool,
}

/// An enrolment of one's own, with what the list shows of it.
pub struct Enrolment {
    pub facts: EnrolmentFacts,
    pub title_ar: String,
    pub title_en: String,
}

/// A person's things, newest first.
pub struct Belongings {
    pub given_name: Option<String>,
    pub facts: Facts,
    pub licences: Vec<Licence>,
    pub enrolments: Vec<Enrolment>,
}

impl Belongings {
    /// Licences, requests and enrolments as pages list them.
    pub fn lists(self, locale: Locale) -> (Vec<OwnLicence>, Vec<OwnRequest>, Vec<OwnEnrolment>) {
        let licences = self.licences.into_iter().map(|licence| OwnLicence {
            number: licence.number,
            kind: licence.kind,
            status: licence.status,
            valid: licence.valid,
            renewable: licence.renewable,
        });
        let requests = self.facts.requests.into_iter().map(|request| OwnRequest {
            number: request.number,
            kind: request.kind,
            state: request.state,
        });
        let enrolments = self.enrolments.into_iter().map(|enrolment| OwnEnrolment {
            passed: (enrolment.facts.state == EnrolmentState::Passed).then_some(enrolment.facts.id),
            session: enrolment.facts.session,
            title: match locale {
                Locale::ar => enrolment.title_ar,
                Locale::en => enrolment.title_en,
            },
            state: enrolment.facts.state,
            starts_at: enrolment.facts.starts_at,
            offered_until: enrolment.facts.offered_until,
        });
        (licences.collect(), requests.collect(), enrolments.collect())
    }
}

/// Everything of a person that the home page shows, on whichever record of theirs it stands.
///
/// # Errors
/// When the database is away.
pub async fn belongings(
    connection: &mut PgConnection,
    person: Uuid,
    now: OffsetDateTime,
) -> Result<Belongings, AppError> {
    let standing = guardians::standing(&mut *connection, person, now).await?;
    let (profile_complete, identity_verified) = prerequisites(&mut *connection, person, now).await?;
    let licences = licences(&mut *connection, person, now).await?;
    let enrolments = enrolments(&mut *connection, person, now).await?;
    let requests = requests(&mut *connection, person, now).await?;
    let manages_organisation = sqlx::query_scalar!(
        r#"SELECT met AS "met!" FROM prerequisites($1, 'management', NULL, $2) WHERE code = 'organisation'"#,
        person,
        now
    )
    .fetch_optional(connection)
    .await?;
    // The one that is valid today comes before the renewal that has yet to begin.
    let held = [LicenceStatus::Valid, LicenceStatus::Suspended, LicenceStatus::NotYetValid]
        .into_iter()
        .flat_map(|status| licences.iter().filter(move |licence| licence.status == status))
        .map(|licence| (licence.kind, licence.number.clone()))
        .collect();
    let mut renewable: Vec<(Date, String)> = licences
        .iter()
        .filter(|licence| licence.renewable)
        .map(|licence| (licence.valid.to, licence.number.clone()))
        .collect();
    renewable.sort();
    let facts = Facts {
        profile_complete,
        needs_guardian: standing.needed,
        guardian_asked: standing.asked_at.is_some(),
        guardian_consented: standing.consented_at.is_some(),
        identity_verified,
        manages_organisation: manages_organisation.unwrap_or_default(),
        enrolments: enrolments.iter().map(|enrolment| enrolment.facts.clone()).collect(),
        requests,
        held,
        renewable,
    };
    Ok(Belongings { given_name: standing.given_name, facts, licences, enrolments })
}

/// The profile's and the identity's rows of `prerequisites`, which issuing obeys too.
async fn prerequisites(
    connection: &mut PgConnection,
    person: Uuid,
    now: OffsetDateTime,
) -> Result<(bool, bool), AppError> {
    let rows = sqlx::query!(
        r#"SELECT code AS "code!", met AS "met!" FROM prerequisites($1, 'practitioner', NULL, $2)"#,
        person,
        now
    )
    .fetch_all(connection)
    .await?;
    let met = |code: &str| rows.iter().any(|row| row.code == code && row.met);
    Ok((met("profile"), met("identity")))
}

async fn licences(connection: &mut PgConnection, person: Uuid, now: OffsetDateTime) -> Result<Vec<Licence>, AppError> {
    let rows = sqlx::query!(
        r#"SELECT l.number, l.kind, l.state, lower(l.valid) AS "from!: Date", upper(l.valid) AS "until!: Date",
               renewed(l) AS "renewed!", renewal_refusal(l, $2) IS NULL AS "renewable!"
           FROM licences l WHERE l.person_id = ANY (ARRAY(SELECT records_of($1))) ORDER BY l.issued_at DESC, l.id LIMIT 100"#,
        person,
        now
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            let valid = Validity::new(row.from, row.until);
            let state = LicenceState::from_code(&row.state)?;
            Some(Licence {
                number: row.number,
                kind: LicenceKind::from_code(&row.kind)?,
                status: LicenceStatus::at(state, valid, row.renewed, now),
                valid,
                renewable: row.renewable,
            })
        })
        .collect())
}

async fn enrolments(
    connection: &mut PgConnection,
    person: Uuid,
    now: OffsetDateTime,
) -> Result<Vec<Enrolment>, AppError> {
    let rows = sqlx::query!(
        r#"SELECT e.id, e.session_id, e.state, e.offered_until, s.starts_at, s.ends_at,
               attendance_due(s.id, $2) AS "mark_due!", g.kind, g.title_ar, g.title_en,
               (SELECT a.deadline_at FROM attempts a WHERE a.enrolment_id = e.id AND a.state = 'open')
                   AS test_until
           FROM enrolments e JOIN training_sessions s ON s.id = e.session_id JOIN programmes g ON g.id = e.programme_id
           WHERE e.person_id = ANY (ARRAY(SELECT records_of($1))) ORDER BY e.created_at DESC, e.id LIMIT 100"#,
        person,
        now
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            Some(Enrolment {
                facts: EnrolmentFacts {
                    id: row.id,
                    session: row.session_id,
                    kind: LicenceKind::from_code(&row.kind)?,
                    state: EnrolmentState::from_code(&row.state)?,
                    offered_until: row.offered_until,
                    starts_at: row.starts_at,
                    ends_at: row.ends_at,
                    mark_due: row.mark_due,
                    test_until: row.test_until,
                },
                title_ar: row.title_ar,
                title_en: row.title_en,
            })
        })
        .collect())
}

async fn requests(
    connection: &mut PgConnection,
    person: Uuid,
    now: OffsetDateTime,
) -> Result<Vec<RequestFacts>, AppError> {
    let rows = sqlx::query!(
        r#"SELECT r.number, r.kind, state_at(r, $2) AS "state!", r.answer_by,
               EXISTS (SELECT FROM licences l WHERE l.request_id = r.id AND l.superseded_by IS NULL) AS "issued!"
           FROM licence_requests r WHERE r.person_id = ANY (ARRAY(SELECT records_of($1))) AND r.state <> 'draft'
           ORDER BY r.created_at DESC, r.id LIMIT 100"#,
        person,
        now
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            Some(RequestFacts {
                number: row.number,
                kind: LicenceKind::from_code(&row.kind)?,
                state: RequestState::from_code(&row.state)?,
                answer_by: row.answer_by,
                issued: row.issued,
            })
        })
        .collect())
}
