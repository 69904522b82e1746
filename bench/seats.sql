-- Before every run: a hundred sessions with ten thousand free seats each, and people who are signed in and have no
-- seat yet, `signed_in` of them with the serials after `before`. What an earlier run left is taken away.
\set ON_ERROR_STOP on
SET session_replication_role = replica;

CREATE TEMPORARY TABLE measured AS
SELECT ('00000000-0000-4000-8000-' || 100000000000 + n)::uuid AS id, n / 10 AS course FROM generate_series(0, 99) n;

DELETE FROM enrolments WHERE session_id IN (SELECT id FROM measured);
DELETE FROM training_sessions WHERE id IN (SELECT id FROM measured);
DELETE FROM programmes WHERE code LIKE 'measured-%';
TRUNCATE audit_entries, sign_in_sessions;

INSERT INTO programmes (id, code, kind, title_ar, title_en, summary_ar, summary_en, hours)
SELECT md5('measured' || n::text)::uuid, 'measured-' || n, 'practitioner', 'برنامج', 'Programme', 'برنامج', 'A programme', 8
FROM generate_series(0, 9) n;

INSERT INTO training_sessions (id, programme_id, mode, region, city, venue_ar, venue_en, starts_at, ends_at, enrol_by,
    trainer_id, seats)
SELECT measured.id, md5('measured' || course::text)::uuid, 'in_person', 'riyadh', 'riyadh', 'القاعة الكبرى', 'Main hall',
       now() + interval '30 days', now() + interval '31 days', now() + interval '29 days', trainer.person_id, 10000
FROM measured, (SELECT person_id FROM staff_roles WHERE role = 'trainer' LIMIT 1) trainer;

-- The token of a sign-in is bench-<serial>; only its hash is kept. The first thousand hold licences, and ask for them on
-- paper.
INSERT INTO sign_in_sessions (token_hash, account_id, created_at, last_seen_at, expires_at)
SELECT sha256(convert_to('bench-' || n, 'UTF8')), md5('account' || n::text)::uuid, now(), now(), now() + interval '1 day'
FROM (SELECT generate_series(:before::bigint + 1, :before + :signed_in)
      UNION ALL SELECT generate_series(1::bigint, 1000)) serials (n);

VACUUM (ANALYZE) enrolments;
VACUUM (ANALYZE) training_sessions;
ANALYZE sign_in_sessions;
CHECKPOINT;
