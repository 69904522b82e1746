//! Every table and column that leads to a person, against what is exported: what is added later is exported too, or it is
//! written down here why not.

use std::collections::BTreeSet;

use super::held::json;
use crate::testing::TestApp;

/// Where something stands in the export, or why it does not.
enum Stands {
    /// The field of the export that it is in.
    In(&'static str),
    Not(&'static str),
}

use Stands::{In, Not};

const DUTY: &str = "what an officer did in a role, of the scheme and not of the officer; the log tells of it";
const HASH: &str = "a keyed hash that finds what is exported in clear";
const SECRET: &str = "a secret, or the hash of one, which proves who somebody is";
const PASSING: &str = "goes by itself within minutes, and holds what is exported elsewhere";
const OFFICERS: &str = "notes of officers for officers: their forms promise that the holder is not shown them";
const WAITING: &str = "ids of what waits for a job";
const DERIVED: &str = "made of what is exported, to look or to compare by";
const OF_OTHERS: &str = "about others as much: a record that may be the same person's, and may not";
const TEST: &str = "what is asked is kept for the next test; each result is in the export";

/// As the query below names them: a column that leads to a person, holds an id that nothing refers to, is sealed, or is a
/// hash; every column of `persons`; and `table.*` for a table that leads to persons by way of others alone.
const STANDING: &[(&str, Stands)] = &[
    ("accounts.mobile_hash", Not(HASH)),
    ("accounts.mobile_sealed", In("profile")),
    ("accounts.national_id_hash", Not(HASH)),
    ("accounts.person_id", In("profile")),
    ("api_keys.given_by", Not(DUTY)),
    ("api_keys.revoked_by", Not(DUTY)),
    ("appeal_texts.*", In("requests")),
    ("attempt_answers.*", Not(TEST)),
    ("attempt_questions.*", Not(TEST)),
    ("attempts.person_id", In("attempts")),
    ("attempts_to_tally.*", Not(WAITING)),
    ("audit_entries.actor_id", Not(DUTY)),
    ("audit_entries.subject_id", In("readings")),
    ("code_attempts.code_hash", Not(SECRET)),
    ("code_attempts.minor_id", Not(PASSING)),
    ("code_attempts.mobile_hash", Not(HASH)),
    ("code_attempts.mobile_sealed", Not(PASSING)),
    ("code_attempts.national_id_hash", Not(HASH)),
    ("code_attempts.national_id_sealed", Not(PASSING)),
    ("csv_imports.sent_by", Not(DUTY)),
    ("decision_texts.*", In("requests")),
    ("decision_withdrawals.by_id", Not(DUTY)),
    ("decisions.reviewer_id", Not(DUTY)),
    ("deliveries.*", In("messages")),
    ("deliveries.recipient_hash", Not(HASH)),
    ("deliveries.recipient_sealed", In("messages")),
    ("enrolments.attendance_by", Not(DUTY)),
    ("enrolments.person_id", In("enrolments")),
    ("guardian_consents.minor_id", In("guardians")),
    ("guardian_consents.mobile_hash", Not(HASH)),
    ("guardian_consents.national_id_hash", In("consents")),
    ("guardian_consents.national_id_sealed", Not("the guardian's number, who finds it in their own profile")),
    ("identity_confirmations.confirmed_by", Not(DUTY)),
    ("identity_confirmations.person_id", In("profile")),
    ("kept_forms.cookie_hash", Not(SECRET)),
    ("licence_event_texts.*", Not(OFFICERS)),
    ("licence_events.*", In("licences")),
    ("licence_events.actor_id", Not(DUTY)),
    ("licence_proposals.proposed_by", Not(DUTY)),
    ("licence_reminders.*", In("messages")),
    ("licence_requests.claimed_by", Not(DUTY)),
    ("licence_requests.person_id", In("requests")),
    ("licences.person_id", In("licences")),
    ("likely_pairs.one_id", Not(OF_OTHERS)),
    ("likely_pairs.other_id", Not(OF_OTHERS)),
    ("likely_pairs.settled_by", Not(DUTY)),
    ("likenesses.person_id", Not(DERIVED)),
    ("log_leaves.*", Not("hashes of the steps that are in the export, for anybody to check the log by")),
    ("log_waiting.*", Not(WAITING)),
    ("memberships.person_id", In("roles")),
    ("merges.into_id", In("merged")),
    ("merges.merged_by", Not(DUTY)),
    ("merges.person_id", In("merged")),
    ("messages.body_sealed", In("messages")),
    ("messages.person_id", In("messages")),
    ("messages.recipient_hash", Not(HASH)),
    ("messages.recipient_sealed", In("messages")),
    ("organisation_roles.person_id", In("roles")),
    ("paper_results.decided_by", Not(DUTY)),
    ("paper_results.recorded_by", Not(DUTY)),
    ("passkey_ceremonies.*", Not(PASSING)),
    ("passkeys.person_id", In("factors")),
    ("people_to_compare.person_id", Not(WAITING)),
    ("persons.birth_date_sealed", In("profile")),
    ("persons.city", In("profile")),
    ("persons.closed_at", Not("who closed their account signs in no more, and holds nothing personal here")),
    ("persons.created_at", In("profile")),
    ("persons.email", In("profile")),
    ("persons.family_name", In("profile")),
    ("persons.father_name", In("profile")),
    ("persons.given_name", In("profile")),
    ("persons.grandfather_name", In("profile")),
    ("persons.identity_verified_at", In("profile")),
    ("persons.language", In("profile")),
    ("persons.latin_name", In("profile")),
    ("persons.merged_into", In("merged")),
    ("persons.name_key", Not(DERIVED)),
    ("persons.national_id_hash", Not(HASH)),
    ("persons.national_id_sealed", In("profile")),
    ("persons.needs_guardian", In("profile")),
    ("persons.profile_completed_at", In("profile")),
    ("persons.region", In("profile")),
    ("proposal_outcomes.by_id", Not(DUTY)),
    ("proposal_texts.*", Not(OFFICERS)),
    ("received_marks.trainer_id", Not(DUTY)),
    ("recovery_code_drafts.*", Not(SECRET)),
    ("recovery_codes.code_hash", Not(SECRET)),
    ("recovery_codes.person_id", In("factors")),
    ("renewal_batch_rows.*", Not("how far a job is with requests that are in the export")),
    ("renewal_batches.reviewer_id", Not(DUTY)),
    ("returned_fields.*", In("requests")),
    ("role_links.token_hash", Not(SECRET)),
    ("role_links.used_by", In("roles")),
    ("second_factor_resets.person_id", In("factors")),
    ("second_factor_resets.reset_by", Not(DUTY)),
    ("session_cancellations.cancelled_by", Not(DUTY)),
    ("settings.changed_by", Not(DUTY)),
    ("shown_secrets.*", Not(SECRET)),
    ("shown_secrets.subject_id", Not(SECRET)),
    ("sign_in_sessions.*", In("sign_ins")),
    ("sign_in_sessions.token_hash", Not(SECRET)),
    ("single_sign_on_attempts.browser_hash", Not(SECRET)),
    ("single_sign_on_attempts.nonce_hash", Not(SECRET)),
    ("single_sign_on_attempts.state_hash", Not(SECRET)),
    ("single_sign_on_attempts.verifier_sealed", Not(SECRET)),
    ("staff_roles.granted_by", Not(DUTY)),
    ("staff_roles.person_id", In("roles")),
    ("staff_roles.revoked_by", Not(DUTY)),
    ("teams.deputy_id", In("roles")),
    ("teams.leader_id", In("roles")),
    ("training_sessions.planned_by", Not(DUTY)),
    ("training_sessions.trainer_id", Not(DUTY)),
    ("webhook_deliveries.*", Not("steps of licences that are in the export, told to organisations")),
    ("webhook_endpoints.closed_by", Not(DUTY)),
    ("webhook_endpoints.opened_by", Not(DUTY)),
    ("webhook_endpoints.rotated_by", Not(DUTY)),
    ("webhook_endpoints.secret_sealed", Not(SECRET)),
    ("webhook_old_secrets.*", Not(SECRET)),
];

/// What of the catalogue is to stand in the list.
const PERSONAL: &str = "
    WITH RECURSIVE links AS (
        SELECT c.conrelid AS from_table, c.confrelid AS to_table, a.attname
        FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)
        WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace),
    leads(t) AS (
        SELECT 'persons'::regclass::oid
        UNION
        SELECT l.from_table FROM links l JOIN leads ON l.to_table = leads.t),
    tables AS (
        SELECT oid, relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p'))
    SELECT t.relname || '.' || a.attname FROM tables t
    JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE t.relname = 'persons' AND a.attname <> 'id'
       OR EXISTS (SELECT FROM links l
           WHERE l.from_table = t.oid AND l.attname = a.attname AND l.to_table = 'persons'::regclass)
       OR a.atttypid = 'uuid'::regtype AND a.attname <> 'id'
           AND NOT EXISTS (SELECT FROM links l WHERE l.from_table = t.oid AND l.attname = a.attname)
       OR a.attname ~ '_(sealed|hash)$'
    UNION
    SELECT t.relname || '.*' FROM tables t JOIN leads ON leads.t = t.oid
    WHERE t.relname <> 'persons'
      AND NOT EXISTS (SELECT FROM links l WHERE l.from_table = t.oid AND l.to_table = 'persons'::regclass)
";

async fn personal(app: &TestApp) -> BTreeSet<String> {
    sqlx::query_scalar(PERSONAL).fetch_all(&app.owner).await.unwrap().into_iter().collect()
}

#[tokio::test]
async fn all_that_leads_to_a_person_is_exported_or_named_with_the_reason_why_not() {
    let app = TestApp::start().await;
    let there = personal(&app).await;
    let named: BTreeSet<String> = STANDING.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(named.len(), STANDING.len(), "named twice");
    let unnamed: Vec<_> = there.difference(&named).collect();
    assert!(unnamed.is_empty(), "neither exported nor named as not exported: {unnamed:?}");
    let gone: Vec<_> = named.difference(&there).collect();
    assert!(gone.is_empty(), "no longer there: {gone:?}");

    let cookie = app.sign_in(app.person().await).await;
    let held = json(&app, Some(&cookie)).await.2;
    for (name, stands) in STANDING {
        match stands {
            In(field) => assert!(held.get(field).is_some(), "{name} is in {field}, which is not exported"),
            Not(reason) => assert!(!reason.is_empty(), "{name}"),
        }
    }
}

#[tokio::test]
async fn a_new_table_with_a_persons_id_is_found() {
    let app = TestApp::start().await;
    let before = personal(&app).await;
    for statement in [
        "CREATE TABLE wishes (id bigint PRIMARY KEY, wished_by uuid REFERENCES persons)",
        "CREATE TABLE wish_texts (wish_id bigint REFERENCES wishes, body text)",
        "CREATE TABLE guesses (about_id uuid)",
        "ALTER TABLE persons ADD COLUMN nickname text",
    ] {
        sqlx::query(statement).execute(&app.owner).await.unwrap();
    }
    let found: Vec<_> = personal(&app).await.difference(&before).cloned().collect();
    assert_eq!(found, ["guesses.about_id", "persons.nickname", "wish_texts.*", "wishes.wished_by"]);
}
