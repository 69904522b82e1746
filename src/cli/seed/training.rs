//! The question banks, the programmes and their sessions, and everybody's way through them. Sessions of today are laid
//! down anew on every later day.

use std::collections::{HashMap, HashSet};

use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::data::{Session, Set};
use super::store::people::confirm_identity;
use super::store::{banks, enrolments, training as store};
use super::timeline::Timeline;
use crate::error::AppError;

/// Right answers of ten in a test that is passed, and in one that is not.
const PASSING: i16 = 9;
const FAILING: i16 = 5;

/// Loads banks, programmes, sessions and enrolments, in the order in which they happened.
pub async fn load(
    connection: &mut PgConnection,
    set: &Set,
    people: &HashMap<String, Uuid>,
    timeline: &Timeline,
) -> Result<(), AppError> {
    for topic in &set.topics {
        banks::insert_topic(connection, topic).await?;
    }
    for question in &set.questions {
        banks::insert_question(connection, question, None).await?;
    }
    for module in &set.renewals {
        let id = banks::insert_module(connection, module).await?;
        for question in &module.questions {
            banks::insert_question(connection, question, Some(id)).await?;
        }
        banks::publish_module(connection, id, timeline.now).await?;
    }
    for programme in &set.programmes {
        store::insert_programme(connection, programme).await?;
    }
    let mut unseen: HashSet<&str> =
        set.people.iter().filter(|person| person.identity_verified).map(|person| person.code.as_str()).collect();
    for session in &set.sessions {
        let run = Run::of(session, timeline, people[&session.trainer]);
        let Some(id) = run.lay_down(connection, set, session, people, timeline).await? else { continue };
        for (place, (person, state)) in (0..).zip(set.enrolments_of(&session.code)) {
            let seen = matches!(state, "attended" | "passed" | "failed") && session.mode == "in_person";
            if seen && unseen.remove(person) {
                let at = run.starts_at + Duration::minutes(5 + place);
                confirm_identity(connection, people[person], Some((run.trainer, id)), at).await?;
            }
        }
    }
    Ok(())
}

/// Lays down the sessions of today that are not there, with those of their people who are free; whether there were any.
pub async fn renew_today(
    connection: &mut PgConnection,
    set: &Set,
    people: &HashMap<String, Uuid>,
    timeline: &Timeline,
) -> Result<bool, AppError> {
    let mut renewed = false;
    for session in set.sessions.iter().filter(|session| session.starts_in_days == 0) {
        // A set that was loaded before this trainer joined it.
        let Some(trainer) = people.get(&session.trainer) else { continue };
        let run = Run::of(session, timeline, *trainer);
        renewed |= run.lay_down(connection, set, session, people, timeline).await?.is_some();
    }
    Ok(renewed)
}

/// When a session of the set takes place, and who leads it.
struct Run {
    trainer: Uuid,
    starts_at: OffsetDateTime,
    enrol_by: OffsetDateTime,
    ends_at: OffsetDateTime,
}

impl Run {
    fn of(session: &Session, timeline: &Timeline, trainer: Uuid) -> Self {
        let planned = timeline.at(session.starts_in_days, &session.starts_at);
        // Today's session can still be joined whenever the set is loaded: the whole way can then be walked in one go.
        let today = session.starts_in_days == 0;
        let starts_at = if today { planned.max(timeline.later_today()) } else { planned };
        Self {
            trainer,
            starts_at,
            enrol_by: if today { starts_at } else { starts_at - Duration::hours(12) },
            ends_at: starts_at + Duration::hours(session.duration_hours),
        }
    }

    /// The session and its enrolments; `None` where it is there already.
    async fn lay_down(
        &self,
        connection: &mut PgConnection,
        set: &Set,
        session: &Session,
        people: &HashMap<String, Uuid>,
        timeline: &Timeline,
    ) -> Result<Option<Uuid>, AppError> {
        let id = store::insert_session(connection, session, self.trainer, self.starts_at, self.enrol_by).await?;
        let Some(id) = id else { return Ok(None) };
        let first = self.enrol_by.min(timeline.now) - Duration::days(5);
        let enrolled = set.enrolments_of(&session.code);
        let ids: Vec<Uuid> = enrolled.iter().filter_map(|(person, _)| people.get(*person).copied()).collect();
        enrolments::mark_left_over(connection, &session.programme, self.trainer, &ids, timeline.now).await?;
        for (place, (person, state)) in (0..).zip(enrolled) {
            let Some(person) = people.get(person) else { continue };
            self.enrol(connection, id, *person, state, first + Duration::minutes(47 * place), timeline).await?;
        }
        Ok(Some(id))
    }

    /// Leads a new enrolment step by step to its state.
    async fn enrol(
        &self,
        connection: &mut PgConnection,
        session: Uuid,
        person: Uuid,
        state: &str,
        asked_at: OffsetDateTime,
        timeline: &Timeline,
    ) -> Result<(), AppError> {
        let waits = matches!(state, "waitlisted" | "offered" | "lapsed");
        let first = if waits { "waitlisted" } else { "enrolled" };
        let enrolment = enrolments::insert_enrolment(connection, session, person, first, asked_at).await?;
        let Some(enrolment) = enrolment else { return Ok(()) };
        match state {
            "offered" => enrolments::offer(connection, enrolment, timeline.now + Duration::hours(21)).await,
            "lapsed" => {
                enrolments::offer(connection, enrolment, timeline.ago(Duration::hours(3))).await?;
                enrolments::move_enrolment(connection, enrolment, state).await
            }
            "cancelled" => enrolments::move_enrolment(connection, enrolment, state).await,
            "absent" => self.mark(connection, enrolment, state).await,
            "attended" => self.mark(connection, enrolment, "attended").await,
            "passed" => {
                self.mark(connection, enrolment, "attended").await?;
                self.sit(connection, enrolment, 1, PASSING).await?;
                enrolments::move_enrolment(connection, enrolment, state).await
            }
            "failed" => {
                self.mark(connection, enrolment, "attended").await?;
                for ordinal in 1..=3 {
                    self.sit(connection, enrolment, ordinal, FAILING).await?;
                }
                enrolments::move_enrolment(connection, enrolment, state).await
            }
            _ => Ok(()),
        }
    }

    async fn mark(&self, connection: &mut PgConnection, enrolment: Uuid, state: &str) -> Result<(), AppError> {
        enrolments::mark_attendance(connection, enrolment, state, self.trainer, self.starts_at + Duration::minutes(20))
            .await
    }

    async fn sit(
        &self,
        connection: &mut PgConnection,
        enrolment: Uuid,
        ordinal: i16,
        right: i16,
    ) -> Result<(), AppError> {
        let at = self.ends_at + Duration::hours(20 + 24 * i64::from(ordinal));
        enrolments::sit_test(connection, enrolment, ordinal, right, at).await
    }
}
