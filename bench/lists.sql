-- Before every run: what stands in the lists of a busy scheme, beside the register: psql --set=people=2100000
-- --set=licences=1000000 --set=before=1000000 --set=signed_in=100000. What an earlier run left is taken away.
-- All rows are synthetic; sealed columns hold noise, which no list opens.
\set ON_ERROR_STOP on
SET session_replication_role = replica;
SET synchronous_commit = off;
SET timezone = 'UTC';

CREATE FUNCTION pg_temp.id(what text, serial bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS
    'SELECT md5(what || serial::text)::uuid';

-- Staff come last among the people: trainers the even ones from the end, reviewers the odd ones. One more is an administrator.
DELETE FROM staff_roles WHERE role = 'administrator';
INSERT INTO staff_roles (person_id, role) VALUES (pg_temp.id('person', :people - 200), 'administrator');

-- Officers and the holder of the most messages are signed in: the token is list-<role>.
DELETE FROM sign_in_sessions WHERE token_hash IN (
    SELECT sha256(convert_to('list-' || who, 'UTF8')) FROM unnest(ARRAY['volunteer', 'trainer', 'reviewer', 'administrator']) who);
INSERT INTO sign_in_sessions (token_hash, account_id, created_at, last_seen_at, expires_at, second_factor_at)
SELECT sha256(convert_to('list-' || who, 'UTF8')), pg_temp.id('account', serial), now(), now(), now() + interval '1 day', now()
FROM (VALUES ('volunteer', 1::bigint), ('trainer', :people::bigint), ('reviewer', :people - 1::bigint),
             ('administrator', :people - 200::bigint)) officers (who, serial);

-- Twenty thousand sessions over the coming half year and as many over the last, some with a waiting list.
DELETE FROM enrolments WHERE id IN (SELECT pg_temp.id('list-waiting', n) FROM generate_series(1, 60000) n);
DELETE FROM training_sessions WHERE id IN (SELECT pg_temp.id('list-session', n) FROM generate_series(1, 40000) n);
INSERT INTO training_sessions (id, programme_id, mode, region, city, venue_ar, venue_en, starts_at, ends_at, enrol_by,
    trainer_id, seats, taken)
SELECT pg_temp.id('list-session', n), pg_temp.id((ARRAY['practitioner', 'team_leader', 'management'])[1 + n % 3], 0),
       CASE WHEN n % 4 = 0 THEN 'online' ELSE 'in_person' END, c.region, c.code, 'القاعة', 'Hall', day, day + interval '6 hours',
       day - interval '1 hour', pg_temp.id('person', :people - n % 100 * 2), 30, CASE WHEN n % 5 = 0 THEN 30 ELSE n % 30 END
FROM (SELECT n, now() + (n - 20000) * interval '13 minutes' AS day FROM generate_series(1, 40000) n) planned
JOIN (SELECT row_number() OVER (ORDER BY region, position) - 1 AS place, region, code FROM cities) c
    ON c.place = n % (SELECT count(*) FROM cities);
INSERT INTO enrolments (id, session_id, programme_id, person_id, state, created_at)
SELECT pg_temp.id('list-waiting', n), s.id, s.programme_id, pg_temp.id('person', :before + :signed_in + n), 'waitlisted', now()
FROM generate_series(1, 60000) n JOIN training_sessions s ON s.id = pg_temp.id('list-session', 20000 + n % 4000 * 5);

-- Twenty thousand requests wait, a twentieth of them appeals. Their numbers go on where the register's end.
DELETE FROM licence_requests WHERE id IN (SELECT pg_temp.id('list-request', n) FROM generate_series(1, 20000) n);
INSERT INTO licence_requests (id, number, person_id, kind, state, created_at, submitted_at, answer_by, appealed_at, age_band)
SELECT pg_temp.id('list-request', n), lpad(((n + 100000000::bigint) * 7654321 % 10000000000)::text, 10, '0'), pg_temp.id('person', :before + :signed_in + n),
       CASE WHEN n % 10 = 0 THEN 'team_leader' ELSE 'practitioner' END, CASE WHEN n % 20 = 0 THEN 'appealed' ELSE 'submitted' END,
       at, at, at + interval '7 days', CASE WHEN n % 20 = 0 THEN at + interval '1 hour' END,
       (ARRAY['under_18', '18_29', '30_44', '45_59', 'from_60'])[1 + n % 5]
FROM (SELECT n, now() - n * interval '20 seconds' AS at FROM generate_series(1, 20000) n) waiting;

-- Five thousand proposals wait for a second officer, and a licence is told about to everybody.
TRUNCATE licence_proposals, messages, deliveries CASCADE;
INSERT INTO licence_proposals (licence_id, act, reason, proposed_by, proposed_at)
SELECT l.id, CASE l.state WHEN 'suspended' THEN 'restore' ELSE 'revoke' END,
       CASE l.state WHEN 'suspended' THEN 'cleared' ELSE 'charter_breach' END,
       pg_temp.id('person', :people - 1 - n % 50 * 2), now() - n * interval '1 minute'
FROM (SELECT id, state, row_number() OVER () AS n FROM licences
      WHERE state IN ('active', 'suspended') AND upper(valid) > current_date + 1 LIMIT 5000) l;
INSERT INTO messages (id, person_id, template, body_sealed, created_at)
SELECT pg_temp.id('list-message', n), pg_temp.id('person', CASE WHEN n <= 2000 THEN 1 ELSE n END), 'licences.issued',
       sha256(int8send(n)), now() - n * interval '20 seconds'
FROM generate_series(1::bigint, :licences) n;
INSERT INTO deliveries (message_id, channel, recipient_sealed, recipient_hash, state, sent_at, dead_at, failures, last_error)
SELECT pg_temp.id('list-message', n), 'sms', sha256(int8send(n)), sha256(int8send(n)), CASE WHEN n % 200 = 0 THEN 'dead' ELSE 'sent' END,
       CASE WHEN n % 200 <> 0 THEN at END, CASE WHEN n % 200 = 0 THEN at END, CASE WHEN n % 200 = 0 THEN 12 ELSE 0 END,
       CASE WHEN n % 200 = 0 THEN 'refused' END
FROM (SELECT n, now() - n * interval '20 seconds' AS at FROM generate_series(1::bigint, :licences) n) told;

-- Two million entries of the audit log, a thousand of them readings of one person's record.
TRUNCATE audit_entries;
INSERT INTO audit_entries (at, actor_id, actor_role, action, subject_id)
SELECT now() - n * interval '15 seconds', pg_temp.id('person', :people - n % 200),
       CASE WHEN n % 2 = 0 THEN 'trainer' ELSE 'reviewer' END,
       (ARRAY['attendance_marked', 'roster_viewed', 'request_viewed', 'request_decided'])[1 + n % 4],
       pg_temp.id('person', CASE WHEN n % 2000 = 1 THEN 1 ELSE n % 900000 + 2 END)
FROM generate_series(1::bigint, 2 * :licences) n;

-- Banks of two thousand questions, each asked ten thousand times.
DELETE FROM question_tallies WHERE question_id IN (SELECT pg_temp.id('list-question', n) FROM generate_series(1, 2000) n);
DELETE FROM questions WHERE id IN (SELECT pg_temp.id('list-question', n) FROM generate_series(1, 2000) n);
INSERT INTO topics (code, name_ar, name_en, reading_ar, reading_en)
SELECT 'list_' || chr(97 + n), 'موضوع ' || n, 'Topic ' || n, 'ق', 'R' FROM generate_series(0, 9) n ON CONFLICT DO NOTHING;
INSERT INTO questions (id, kind, topic, stem_ar, stem_en)
SELECT pg_temp.id('list-question', n), (ARRAY['practitioner', 'team_leader', 'management'])[1 + n % 3], 'list_' || chr(97 + n % 10),
       'سؤال ' || n, 'Question ' || n
FROM generate_series(1, 2000) n;
INSERT INTO question_tallies
SELECT pg_temp.id('list-question', n), 10000, 5000 + n, 10000, 5000 + n, 6000, 4000, 3000 + n / 2 FROM generate_series(1, 2000) n;

-- Twenty thousand pairs of records wait for an officer, and as many were told apart.
TRUNCATE likely_pairs CASCADE;
INSERT INTO likely_pairs (id, one_id, other_id, found_at, state, settled_at, settled_by, reason)
SELECT pg_temp.id('list-pair', n), least(one, other), greatest(one, other), at, CASE WHEN n % 2 = 0 THEN 'waiting' ELSE 'dismissed' END,
       CASE WHEN n % 2 = 1 THEN at END, CASE WHEN n % 2 = 1 THEN pg_temp.id('person', :people - 200) END,
       CASE WHEN n % 2 = 1 THEN 'both_came' END
FROM (SELECT n, now() - n * interval '7 minutes' AS at, pg_temp.id('person', 2 * n) AS one, pg_temp.id('person', 2 * n + 1) AS other
      FROM generate_series(1, 40000) n) alike;

-- Twenty thousand paper results wait for a second officer.
DELETE FROM paper_results WHERE id IN (SELECT pg_temp.id('list-paper', n) FROM generate_series(1, 20000) n);
INSERT INTO paper_results (id, enrolment_id, asked, right_answers, pass_mark_percent, recorded_by, recorded_at)
SELECT pg_temp.id('list-paper', n), pg_temp.id('list-waiting', n), 20, n % 21, 70, pg_temp.id('person', :people - n % 100 * 2),
       now() - n * interval '3 minutes'
FROM generate_series(1, 20000) n;

VACUUM (ANALYZE) likely_pairs, paper_results, training_sessions, enrolments, licence_requests, licence_proposals, messages, deliveries, audit_entries,
    questions, question_tallies, sign_in_sessions, staff_roles;
CHECKPOINT;
