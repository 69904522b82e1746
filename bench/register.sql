-- Fills an empty, migrated database with a synthetic register: psql --set=licences=1000000 --set=people=2100000.
--
-- Every row is a function of its serial number, so that the load generator and pgbench can name a random existing row
-- without keeping a list. Rows that the rules want together are written together: person, account, confirmed identity,
-- enrolment, approved request with its decision, licence and its history. Left out are the sittings of the test:
-- nothing measured reads them. Sealed columns hold noise of the right length, for nothing measured opens them.
--
-- Of the licences 88 % are practitioners', 10 % team leaders' and 2 % for management; their holders come first among
-- the people, and staff come last.
\set ON_ERROR_STOP on
\set staff 200
\set organisations 2000

-- Written by the superuser without triggers and foreign keys: millions of rows checked one by one would take an hour.
SET session_replication_role = replica;
SET synchronous_commit = off;
SET maintenance_work_mem = '512MB';
SET max_parallel_maintenance_workers = 2;
SET timezone = 'Asia/Riyadh';

-- Licences were issued over the 930 days before today, so that about a fifth of these two-year licences have ended;
-- people had come in the two years before that.
SELECT current_date - 930 AS first_issue, current_date - 1630 AS first_account \gset

-- ISO/IEC 7064 MOD 11,10.
CREATE FUNCTION pg_temp.licence_number(serial bigint) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    -- As bench/look_up.sql counts: fifteen digits, no two serials alike, neighbours far apart.
    stem text := 100000000000000 + serial * 6180339887497 % 900000000000000;
    product integer := 10;
BEGIN
    FOR place IN 1..15 LOOP
        product := ((product + substr(stem, place, 1)::integer + 9) % 10 + 1) * 2 % 11;
    END LOOP;
    RETURN stem || (11 - product) % 10;
END $$;

-- The cast keeps it immutable, and so inlined.
CREATE FUNCTION pg_temp.id(what text, serial bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS
    'SELECT md5(what || serial::text)::uuid';

-- As many bytes as a value of this length has when sealed: key id, nonce, ciphertext, tag.
CREATE FUNCTION pg_temp.sealed(length integer, serial bigint) RETURNS bytea LANGUAGE sql IMMUTABLE AS
    $$SELECT substr(sha256(int8send(serial)) || sha256(int8send(-serial)), 1, 1 + 24 + length + 16)$$;

CREATE FUNCTION pg_temp.pick(names text[], serial bigint) RETURNS text LANGUAGE sql IMMUTABLE AS
    'SELECT names[1 + serial % array_length(names, 1)]';

-- Indexes are built once all rows are there, which also proves what they forbid; primary keys, which foreign keys
-- lean on, stay.
CREATE TEMPORARY TABLE postponed AS
SELECT i.indrelid::regclass AS owner, i.indexrelid::regclass::text AS name, c.conname AS constraint_name,
       coalesce(pg_get_constraintdef(c.oid), pg_get_indexdef(i.indexrelid)) AS definition
FROM pg_index i LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid AND c.contype IN ('u', 'x')
WHERE i.indrelid = ANY (ARRAY['persons', 'accounts', 'identity_confirmations', 'teams', 'enrolments',
        'licence_requests', 'decisions', 'licences', 'licence_events']::regclass[])
  AND NOT i.indisprimary AND NOT EXISTS (SELECT FROM pg_constraint f WHERE f.contype = 'f' AND f.conindid = i.indexrelid);
SELECT CASE WHEN constraint_name IS NULL THEN format('DROP INDEX %s', name)
            ELSE format('ALTER TABLE %s DROP CONSTRAINT %I', owner, constraint_name) END
FROM postponed \gexec

CREATE TEMPORARY TABLE places AS
SELECT row_number() OVER (ORDER BY region, position) - 1 AS place, region, code FROM cities;

INSERT INTO persons (id, national_id_sealed, national_id_hash, given_name, father_name, grandfather_name, family_name,
    name_key, latin_name, birth_date_sealed, email, region, city, profile_completed_at, identity_verified_at, created_at)
SELECT pg_temp.id('person', n), pg_temp.sealed(10, n), sha256(int8send(n)), given, father, grandfather, family,
       translate(replace(concat_ws(' ', given, father, grandfather, family), 'عبد ال', 'عبدال'), 'أإةى', 'ااهي'),
       'Volunteer Number ' || n, pg_temp.sealed(10, n + :people), 'v' || n || '@example.org', region, code,
       created, CASE WHEN n <= 0.88 * :licences OR n > :people - :staff THEN created + interval '40 days' END, created
FROM (
    SELECT n, date :'first_account' + n % 600 * interval '1 day' AS created,
           pg_temp.pick(ARRAY['محمد', 'نورة', 'أحمد', 'سارة', 'عبد الله', 'فاطمة', 'خالد', 'ريم', 'سعد', 'هند', 'يوسف',
               'منى', 'إبراهيم', 'لطيفة', 'فهد', 'عائشة', 'ماجد'], n) AS given,
           pg_temp.pick(ARRAY['عبد الرحمن', 'سالم', 'ناصر', 'علي', 'حسن', 'تركي', 'صالح', 'بندر', 'عيسى', 'مشعل',
               'راشد', 'طلال', 'أيمن'], n / 17) AS father,
           pg_temp.pick(ARRAY['حمد', 'عبد العزيز', 'سليمان', 'موسى', 'عمر', 'جابر', 'زيد', 'مساعد', 'عوض', 'داود',
               'سلطان'], n / 221) AS grandfather,
           pg_temp.pick(ARRAY['القحطاني', 'الغامدي', 'الحربي', 'العتيبي', 'الشهري', 'الدوسري', 'المطيري', 'الزهراني',
               'الشمري', 'العنزي', 'البلوي', 'السبيعي', 'الجهني', 'العمري', 'اليامي', 'الرشيدي', 'المالكي', 'الخالدي',
               'الأحمدي'], n / 2431) AS family
    FROM generate_series(1::bigint, :people) n
) person JOIN places ON place = n % (SELECT count(*) FROM places);

INSERT INTO accounts (id, person_id, national_id_hash, mobile_sealed, mobile_hash, created_at)
SELECT pg_temp.id('account', n), pg_temp.id('person', n), sha256(int8send(n)), pg_temp.sealed(13, n + 2 * :people),
       sha256(int8send(n + 2 * :people)), date :'first_account' + n % 600 * interval '1 day'
FROM generate_series(1::bigint, :people) n;

INSERT INTO staff_roles (person_id, role)
SELECT pg_temp.id('person', :people - n), CASE WHEN n % 2 = 0 THEN 'trainer' ELSE 'reviewer' END
FROM generate_series(0::bigint, :staff - 1) n;

INSERT INTO organisations (id, name_ar, name_en, name_key, sector, unified_number, region, non_profit_use_declared, approved_at)
SELECT pg_temp.id('organisation', n), 'جمعية ' || n, 'Association ' || n, 'جمعيه ' || n, 'third', 7000000000 + n, region,
       true, date :'first_account'
FROM generate_series(0::bigint, :organisations - 1) n JOIN places ON place = n % (SELECT count(*) FROM places);

INSERT INTO programmes (id, code, kind, title_ar, title_en, summary_ar, summary_en, hours)
SELECT pg_temp.id(kind, 0), kind, kind, 'برنامج ' || kind, 'Programme ' || kind, 'برنامج', 'A programme', 8
FROM unnest(ARRAY['practitioner', 'team_leader', 'management']) kind;

-- What each licence follows from. A holder's licences are of different kinds.
CREATE TEMPORARY TABLE issued AS
SELECT n, kind, held.holder,
       pg_temp.id('person', held.holder) AS person_id,
       CASE WHEN kind = 'management' THEN pg_temp.id('organisation', n % :organisations) END AS organisation_id,
       -- By the holder: a team leader's licence comes a month after the practitioner's it needs.
       date :'first_issue' + (held.holder % 900 + CASE kind WHEN 'team_leader' THEN 30 ELSE 0 END)::integer AS day,
       CASE WHEN n % 100 = 7 THEN 'revoked' WHEN n % 50 = 9 THEN 'suspended' ELSE 'active' END AS state,
       pg_temp.id('person', :people - n % (:staff / 2) * 2) AS trainer_id,
       pg_temp.id('person', :people - 1 - n % (:staff / 2) * 2) AS reviewer_id
FROM (
    SELECT n, CASE WHEN n <= 0.88 * :licences THEN 'practitioner'
                   WHEN n <= 0.98 * :licences THEN 'team_leader' ELSE 'management' END AS kind
    FROM generate_series(1::bigint, :licences) n
) licence, LATERAL (SELECT n - CASE kind WHEN 'practitioner' THEN 0 WHEN 'team_leader' THEN 0.88 * :licences
                                         ELSE 0.98 * :licences END::bigint AS holder) held;

INSERT INTO organisation_roles (organisation_id, person_id, role)
SELECT organisation_id, person_id, 'manager' FROM issued WHERE kind = 'management';

-- Every other team leader leads a team.
INSERT INTO teams (slug, name_ar, name_en, name_key, purpose_ar, purpose_en, region, organisation_id, leader_id, approved_at)
SELECT 'team-' || n, 'فريق ' || n, 'Team ' || n, 'فريق ' || n, 'خدمة الحي', 'Neighbourhood service', 'riyadh',
       pg_temp.id('organisation', n % :organisations), person_id, day + 10
FROM issued WHERE kind = 'team_leader' AND n % 2 = 0;

-- Sessions of a thousand; serials of one kind are consecutive, so a session is of one programme.
INSERT INTO training_sessions (id, programme_id, mode, region, city, venue_ar, venue_en, starts_at, ends_at, enrol_by,
    trainer_id, seats, taken)
SELECT pg_temp.id('session', kind_session), pg_temp.id(kind, 0), 'in_person', 'riyadh', 'riyadh', 'القاعة الكبرى',
       'Main hall', date :'first_issue' - interval '10 days', date :'first_issue' - interval '9 days',
       date :'first_issue' - interval '11 days',
       pg_temp.id('person', :people), 1000, taken
FROM (SELECT min(n) AS kind_session, kind, count(*) AS taken FROM issued GROUP BY kind, n / 1000) sessions;

INSERT INTO enrolments (id, session_id, programme_id, person_id, state, attendance_by, attendance_at, created_at)
SELECT pg_temp.id('enrolment', n), pg_temp.id('session', min(n) OVER (PARTITION BY kind, n / 1000)),
       pg_temp.id(kind, 0), person_id, 'passed', pg_temp.id('person', :people), date :'first_issue' - interval '9 days',
       date :'first_issue' - interval '20 days'
FROM issued;

INSERT INTO identity_confirmations (person_id, method, confirmed_at)
SELECT id, 'single_sign_on', identity_verified_at FROM persons WHERE identity_verified_at IS NOT NULL;

INSERT INTO licence_requests (id, number, person_id, kind, organisation_id, state, created_at, submitted_at, answer_by,
    claimed_by, claimed_at)
SELECT pg_temp.id('request', n), lpad((n * 7654321 % 10000000000)::text, 10, '0'), person_id, kind, organisation_id,
       'approved', day - 3, day - 3, day, reviewer_id, day - 1
FROM issued;

INSERT INTO decisions (request_id, outcome, reviewer_id, decided_at, effective_at, waiting_since)
SELECT pg_temp.id('request', n), 'approved', reviewer_id, day, day + interval '10 seconds', day - 3 FROM issued;

-- Half of the places of each list, no two alike: an odd factor permutes them.
INSERT INTO status_places (list, index)
SELECT 1 + n / 65536, n * 77773 % 131072 FROM issued;

INSERT INTO licences (id, number, request_id, person_id, kind, organisation_id, state, issued_at, valid, status_list,
    status_index)
SELECT pg_temp.id('licence', n), pg_temp.licence_number(n), pg_temp.id('request', n), person_id, kind, organisation_id,
       state, day + interval '10 seconds', daterange(day, (day + interval '24 months')::date), 1 + n / 65536,
       n * 77773 % 131072
FROM issued;

INSERT INTO licence_events (licence_id, event, reason, actor_id, at)
SELECT pg_temp.id('licence', n), 'issued', NULL, reviewer_id, day + interval '10 seconds' FROM issued
UNION ALL
SELECT pg_temp.id('licence', n), state, CASE state WHEN 'revoked' THEN 'charter_breach' ELSE 'complaint_under_review' END,
       reviewer_id, day + interval '100 days' FROM issued
WHERE state IN ('suspended', 'revoked');

SELECT CASE WHEN constraint_name IS NULL THEN definition
            ELSE format('ALTER TABLE %s ADD CONSTRAINT %I %s', owner, constraint_name, definition) END
FROM postponed \gexec

VACUUM (ANALYZE);
CHECKPOINT;
