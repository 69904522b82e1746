//! The people of the acts that are told of, as SQL.

use sqlx::{Connection, PgPool};

/// Whom acts are about: for each of these somebody waits for the seat of an officer's, holds a licence whose renewal was
/// asked for, and had a result on paper recorded. Written past the guards, beside the register of [`super::renewals`].
pub const SUBJECTS: &[&str] = &[
    "INSERT INTO programmes (id, code, kind, title_ar, title_en, summary_ar, summary_en, hours)
     SELECT md5('g' || n)::uuid, 'g' || n, 'practitioner', 'ب', 'P', 'و', 'S', 6 FROM generate_series(1, $1) n",
    "INSERT INTO training_sessions (id, programme_id, mode, region, city, venue_ar, venue_en, starts_at, ends_at, enrol_by,
         trainer_id, seats, taken)
     SELECT md5('t' || n)::uuid, md5('g' || n)::uuid, 'in_person', 'riyadh', 'riyadh', 'ق', 'H', now() + interval '30 days',
         now() + interval '31 days', now() + interval '29 days', md5('p0')::uuid, 1, 1 FROM generate_series(1, $1) n",
    "INSERT INTO enrolments (id, session_id, programme_id, person_id, state, created_at)
     SELECT ('10000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, md5('t' || n)::uuid, md5('g' || n)::uuid,
         a.person_id, 'enrolled', now()
     FROM generate_series(1, $1) n, (SELECT person_id FROM accounts ORDER BY created_at LIMIT 1) a",
    "INSERT INTO enrolments (session_id, programme_id, person_id, state, created_at)
     SELECT md5('t' || n)::uuid, md5('g' || n)::uuid, md5('p' || n)::uuid, 'waitlisted', now() FROM generate_series(1, $1) n",
    "INSERT INTO enrolments (id, session_id, programme_id, person_id, state, attendance_by, attendance_at, created_at)
     SELECT md5('a' || n)::uuid, md5('session')::uuid, md5('programme')::uuid, md5('p' || n)::uuid, 'attended',
         md5('p0')::uuid, now(), now() FROM generate_series(1, $1) n",
    "INSERT INTO paper_results (id, enrolment_id, asked, right_answers, pass_mark_percent, recorded_by, recorded_at)
     SELECT ('20000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, md5('a' || n)::uuid, 20, 10, 70,
         md5('p0')::uuid, now() FROM generate_series(1, $1) n",
];

/// A batch of renewals, of so many people from one on, decided a minute ago by somebody else; and its job.
pub const BATCH: &[&str] = &[
    "UPDATE licence_requests q SET state = 'in_review', claimed_by = md5('p' || $3)::uuid,
         claimed_at = now() - interval '1 minute'
     FROM generate_series($1, $1 + $2 - 1) n WHERE q.id = md5('r' || n)::uuid",
    "INSERT INTO decisions (id, request_id, outcome, reviewer_id, decided_at, effective_at)
     SELECT md5('d' || n)::uuid, md5('r' || n)::uuid, 'approved', md5('p' || $3)::uuid, now() - interval '1 minute',
         now() - interval '50 seconds' FROM generate_series($1, $1 + $2 - 1) n",
    "INSERT INTO renewal_batches (id, reviewer_id, started_at)
     SELECT md5('b' || $3)::uuid, md5('p' || $3)::uuid, now() - interval '1 minute' WHERE $1 + $2 > 0",
    "INSERT INTO renewal_batch_rows (batch_id, licence_id, request_id, state, decision_id)
     SELECT md5('b' || $3)::uuid, md5('l' || n)::uuid, md5('r' || n)::uuid, 'approved', md5('d' || n)::uuid
     FROM generate_series($1, $1 + $2 - 1) n",
    "SELECT FROM graphile_worker.add_job('renew_batch', json_build_object('batch', md5('b' || $3)::uuid))
     WHERE $1 + $2 > 0",
];

/// Tables whose guards are out of force while the above is written.
const GUARDED: [&str; 8] = [
    "training_sessions",
    "enrolments",
    "paper_results",
    "licences",
    "licence_requests",
    "decisions",
    "renewal_batches",
    "renewal_batch_rows",
];

/// Puts the guards in force, or out of it.
pub async fn guarded(pool: &PgPool, enabled: bool) {
    let mut connection = pool.acquire().await.unwrap();
    let mut tx = connection.begin().await.unwrap();
    for table in GUARDED {
        let verb = if enabled { "ENABLE" } else { "DISABLE" };
        let statement = sqlx::AssertSqlSafe(format!("ALTER TABLE {table} {verb} TRIGGER USER"));
        sqlx::query(statement).execute(&mut *tx).await.unwrap();
    }
    tx.commit().await.unwrap();
}
