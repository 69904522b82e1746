-- Enrolment's transaction, for pgbench: what src/training/store/seats.rs does for a free seat.
-- Pairs of a person and a programme, none twice, as bench/load.lua counts them: `pair` starts at the slice's first less
-- the number of clients, and every client takes each so-many-eth.
\set pair :pair + :clients
\set mine :pair + :client_id
\set serial :mine % :signed_in
\set course (:mine + :mine / :signed_in) % 10
\set session 100000000000 + :course * 10 + :serial / 10 % 10
\set serial :before + 1 + :serial
BEGIN;
SELECT set_config('rukhsa.person', md5('person' || :serial)::text, true);
SELECT id, programme_id AS programme, seats, taken, starts_at, enrol_by,
  cancelled_at IS NOT NULL AS withdrawn
FROM training_sessions WHERE id = ('00000000-0000-4000-8000-' || :session)::uuid FOR NO KEY UPDATE \gset
SELECT state FROM enrolments WHERE session_id = :id AND person_id = md5('person' || :serial)::uuid
  AND state IN ('waitlisted', 'offered', 'enrolled', 'attended');
SELECT EXISTS (SELECT FROM enrolments WHERE session_id = :id AND state = 'waitlisted') AS "exists!";
INSERT INTO enrolments (session_id, programme_id, person_id, state, created_at)
VALUES (:id, :programme, md5('person' || :serial)::uuid, 'enrolled', now()) RETURNING id \gset
INSERT INTO audit_entries (at, actor_id, action, subject_id)
VALUES (now(), md5('person' || :serial)::uuid, 'enrolled', :id);
COMMIT;
