-- Renewal. A licence that is about to end is followed by another from the day after its last, for who passes a short test
-- on what has changed. That the old one is superseded is never written: it follows from the days.

ALTER TABLE settings DROP CONSTRAINT settings_key_check, ADD CONSTRAINT settings_key_check CHECK (key IN (
    'validity_months', 'pass_mark_percent', 'test_attempts', 'test_minutes', 'test_questions',
    'offer_hours', 'review_days', 'fee_halalas', 'unmarked_days', 'appeal_days',
    'quiet_from_hour', 'quiet_until_hour', 'messages_per_day',
    'renewal_opens_days', 'renewal_questions', 'renewal_minutes', 'renewal_retry_days'));
INSERT INTO settings (key, value, effective_from) VALUES
    ('renewal_opens_days', 60, '-infinity'), ('renewal_questions', 5, '-infinity'), ('renewal_minutes', 15, '-infinity'),
    -- So many attempts as `test_attempts` says in so many days: who fails them all is not shut out for good.
    ('renewal_retry_days', 7, '-infinity');

-- What has changed since the last licences of a kind, to read and to be asked about. The newest is the one in force.
CREATE TABLE renewal_modules (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    kind text NOT NULL CHECK (kind IN ('practitioner', 'team_leader', 'management')),
    title_ar text NOT NULL,
    title_en text NOT NULL,
    -- Paragraphs, with an empty line between them.
    reading_ar text NOT NULL,
    reading_en text NOT NULL,
    -- How long reading it takes.
    minutes smallint NOT NULL CHECK (minutes BETWEEN 1 AND 600),
    published_at timestamptz NOT NULL,
    retired_at timestamptz
);
CREATE INDEX renewal_modules_in_force ON renewal_modules (kind, published_at) WHERE retired_at IS NULL;

-- A question of a module is asked in its own test alone.
ALTER TABLE questions ADD COLUMN module_id uuid REFERENCES renewal_modules;
CREATE INDEX questions_of_module ON questions (module_id) WHERE module_id IS NOT NULL;

-- An attempt belongs to an enrolment, or to the licence that is to be renewed.
ALTER TABLE attempts
    ALTER COLUMN enrolment_id DROP NOT NULL,
    ADD COLUMN renews uuid REFERENCES licences,
    ADD CONSTRAINT attempts_one_subject CHECK (num_nonnulls(enrolment_id, renews) = 1);
CREATE UNIQUE INDEX attempts_renewal_ordinal ON attempts (renews, ordinal) WHERE renews IS NOT NULL;

ALTER TABLE licence_requests
    -- The licence to be followed. A renewal is a request like any other in all but its first day and its module.
    ADD COLUMN renews uuid REFERENCES licences,
    ADD CONSTRAINT licence_requests_renewal_submitted CHECK (renews IS NULL OR state <> 'draft');
CREATE INDEX licence_requests_renewals ON licence_requests (renews) WHERE renews IS NOT NULL;
CREATE INDEX licence_requests_renewals_waiting ON licence_requests (waiting_since, id)
    WHERE renews IS NOT NULL AND state = 'submitted';

-- From a licence to those it took the place of, and to what a person ever enrolled in.
CREATE INDEX licences_by_successor ON licences (superseded_by) WHERE superseded_by IS NOT NULL;
CREATE INDEX enrolments_of_person ON enrolments (person_id);

-- The days of a licence of so many months that begins on a day. Where the last month has no such day (29 February, the
-- 31st), it ends with that month: nobody gets a day less.
CREATE FUNCTION licence_days(first date, months integer) RETURNS daterange LANGUAGE sql IMMUTABLE AS $$
    SELECT daterange(first, until + (extract(day FROM until) < extract(day FROM first))::integer)
    FROM (SELECT (first + make_interval(months => months))::date) AS month_later(until)
$$;

-- What stands of a licence after its corrections: itself, or the last that took its place. None where all is superseded.
CREATE FUNCTION standing_licence(licence uuid) RETURNS SETOF licences LANGUAGE sql STABLE AS $$
    WITH RECURSIVE chain(id) AS (
        SELECT licence
        UNION
        SELECT l.superseded_by FROM licences l JOIN chain ON chain.id = l.id WHERE l.superseded_by IS NOT NULL)
    SELECT l.* FROM licences l JOIN chain ON chain.id = l.id WHERE l.state <> 'superseded'
$$;

-- A licence and those whose place it took by correction.
CREATE FUNCTION versions_of(licence uuid) RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
    WITH RECURSIVE chain(id) AS (
        SELECT licence UNION SELECT l.id FROM licences l JOIN chain ON l.superseded_by = chain.id)
    SELECT id FROM chain
$$;

-- The first day on which a licence's renewal is open.
CREATE FUNCTION renewal_opens(licence licences, at timestamptz) RETURNS date LANGUAGE sql STABLE AS $$
    SELECT upper(licence.valid) - setting('renewal_opens_days', licence.kind, at)
$$;

-- Why a licence cannot be renewed at an instant; null where it can. The screens say so and the triggers below obey: one
-- truth. After its last day there is nothing to follow without a gap: then an ordinary request is made.
CREATE FUNCTION renewal_refusal(licence licences, at timestamptz) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN licence.state IN ('revoked', 'superseded') THEN 'final'
        WHEN renewed(licence) THEN 'renewed'
        WHEN (at AT TIME ZONE 'Asia/Riyadh')::date >= upper(licence.valid) THEN 'ended'
        WHEN licence.state = 'suspended' THEN 'suspended'
        WHEN (at AT TIME ZONE 'Asia/Riyadh')::date < renewal_opens(licence, at) THEN 'early'
    END
$$;

-- What a renewal needs, and what of it is met: what the kind needs at the time, a practitioner licence on the first new
-- day too, and the module passed for this licence.
CREATE FUNCTION renewal_needs(licence licences, at timestamptz)
RETURNS TABLE (code text, met boolean, met_by uuid, met_at timestamptz) LANGUAGE sql STABLE AS $$
    SELECT p.code, p.met AND (p.code <> 'practitioner_licence' OR later.id IS NOT NULL),
        coalesce(later.id, p.met_by), coalesce(later.issued_at, p.met_at)
    FROM prerequisites(licence.person_id, licence.kind, licence.organisation_id, at) p
    LEFT JOIN LATERAL (
        SELECT l.id, l.issued_at FROM licences l
        WHERE p.code = 'practitioner_licence' AND l.person_id = licence.person_id AND l.kind = 'practitioner'
          AND l.state = 'active' AND l.valid @> upper(licence.valid) LIMIT 1) later ON true
    UNION ALL
    SELECT 'renewal_module', a.id IS NOT NULL, a.id, a.finished_at
    FROM (SELECT) AS one LEFT JOIN LATERAL (
        SELECT a.id, a.finished_at FROM attempts a
        WHERE a.renews IS NOT NULL AND a.renews IN (SELECT versions_of(licence.id)) AND a.state = 'passed'
        ORDER BY a.finished_at LIMIT 1) a ON true
$$;

-- The day on which the licence of a request begins: the day after what it renews has ended, even should that be over by
-- the time of the approval; any other on the day of its issue.
CREATE FUNCTION first_day(request licence_requests, today date) RETURNS date LANGUAGE sql STABLE AS $$
    SELECT coalesce((SELECT upper(l.valid) FROM standing_licence(request.renews) l), today)
$$;

CREATE OR REPLACE FUNCTION guard_attempt() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    licence licences;
BEGIN
    IF NEW.renews IS NOT NULL THEN
        SELECT * INTO licence FROM licences WHERE id = NEW.renews FOR SHARE;
        IF licence.person_id <> NEW.person_id OR renewal_refusal(licence, NEW.started_at) IS NOT NULL THEN
            RAISE EXCEPTION 'the renewal is not open' USING ERRCODE = 'check_violation',
                CONSTRAINT = 'attempts_renewal_open';
        END IF;
        RETURN NEW;
    END IF;
    PERFORM FROM enrolments
    WHERE id = NEW.enrolment_id AND person_id = NEW.person_id AND state = 'attended' FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the test is for who attended' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'attempts_attended';
    END IF;
    RETURN NEW;
END $$;

-- As before, and an attempt keeps the licence it renews too.
CREATE OR REPLACE FUNCTION grade_attempt() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    asked integer;
BEGIN
    IF OLD.state <> 'open' THEN
        RAISE EXCEPTION 'a result is final' USING ERRCODE = 'check_violation', CONSTRAINT = 'attempts_result_final';
    END IF;
    IF (NEW.id, NEW.enrolment_id, NEW.renews, NEW.person_id, NEW.ordinal, NEW.pass_mark_percent, NEW.started_at,
            NEW.deadline_at)
        IS DISTINCT FROM
        (OLD.id, OLD.enrolment_id, OLD.renews, OLD.person_id, OLD.ordinal, OLD.pass_mark_percent, OLD.started_at,
            OLD.deadline_at)
    THEN
        RAISE EXCEPTION 'an attempt keeps its rules' USING ERRCODE = 'check_violation', CONSTRAINT = 'attempts_fixed';
    END IF;
    IF NEW.finished_at IS NOT NULL THEN
        SELECT count(*), count(*) FILTER (WHERE o.correct) INTO asked, NEW.right_answers
        FROM attempt_questions q
        LEFT JOIN attempt_answers a USING (attempt_id, question_id)
        LEFT JOIN question_options o ON o.id = a.option_id
        WHERE q.attempt_id = NEW.id;
        NEW.state := CASE WHEN asked > 0 AND NEW.right_answers * 100 >= NEW.pass_mark_percent * asked
            THEN 'passed' ELSE 'failed' END;
    END IF;
    RETURN NEW;
END $$;

-- An attempt at a renewal's test asks what its module asks, any other what its kind's bank asks.
CREATE FUNCTION guard_asked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT renews IS NULL FROM attempts WHERE id = NEW.attempt_id)
        <> (SELECT module_id IS NULL FROM questions WHERE id = NEW.question_id) THEN
        RAISE EXCEPTION 'a question of another test' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'attempt_questions_own_bank';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER attempt_questions_own_bank BEFORE INSERT ON attempt_questions
    FOR EACH ROW EXECUTE FUNCTION guard_asked();

-- A request for renewal comes from the holder, in time, with the module passed. After the row, so that it has waited for
-- a racing request of the kind and sees the licence that came of it.
CREATE FUNCTION guard_renewal_request() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    licence licences;
    refusal text;
BEGIN
    SELECT * INTO licence FROM licences WHERE id = NEW.renews;
    IF (licence.person_id, licence.kind) <> (NEW.person_id, NEW.kind)
        OR licence.organisation_id IS DISTINCT FROM NEW.organisation_id THEN
        RAISE EXCEPTION 'a licence is renewed by its holder' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'licence_requests_renews_own';
    END IF;
    refusal := renewal_refusal(licence, NEW.created_at);
    IF refusal IS NOT NULL THEN
        RAISE EXCEPTION 'the licence cannot be renewed: %', refusal USING ERRCODE = 'check_violation',
            CONSTRAINT = 'licence_requests_renewal_' || refusal;
    END IF;
    IF EXISTS (SELECT FROM renewal_needs(licence, NEW.created_at) WHERE code = 'renewal_module' AND NOT met) THEN
        RAISE EXCEPTION 'the module is not passed' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'licence_requests_renewal_module';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER licence_requests_renewal AFTER INSERT ON licence_requests
    FOR EACH ROW WHEN (NEW.renews IS NOT NULL) EXECUTE FUNCTION guard_renewal_request();

CREATE FUNCTION keep_renewal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a request renews what it renewed' USING ERRCODE = 'check_violation',
        CONSTRAINT = 'licence_requests_fixed';
END $$;
CREATE TRIGGER licence_requests_keep_renewal BEFORE UPDATE ON licence_requests
    FOR EACH ROW WHEN (NEW.renews IS DISTINCT FROM OLD.renews
        OR (OLD.renews IS NOT NULL AND NEW.organisation_id IS DISTINCT FROM OLD.organisation_id))
    EXECUTE FUNCTION keep_renewal();

-- A renewal is for the organisation of the old licence: there is nothing to mend.
CREATE FUNCTION guard_returned_organisation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM decisions d JOIN licence_requests r ON r.id = d.request_id
        WHERE d.id = NEW.decision_id AND r.renews IS NOT NULL) THEN
        RAISE EXCEPTION 'a renewal keeps its organisation' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'returned_fields_of_decision';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER returned_fields_organisation BEFORE INSERT ON returned_fields
    FOR EACH ROW WHEN (NEW.field = 'organisation') EXECUTE FUNCTION guard_returned_organisation();

-- A renewal follows its licence without a gap and without an overlap, while that one stands and all needs are met.
CREATE FUNCTION guard_renewing_licence() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    renewed_id uuid := (SELECT renews FROM licence_requests WHERE id = NEW.request_id);
    old licences;
BEGIN
    -- A correction says again what it corrects.
    IF renewed_id IS NULL OR EXISTS (SELECT FROM licences WHERE superseded_by = NEW.id) THEN
        RETURN NEW;
    END IF;
    -- Waits for who suspends, revokes or corrects it meanwhile; what they left is then looked for.
    PERFORM FROM licences WHERE id IN (SELECT id FROM standing_licence(renewed_id)) FOR SHARE;
    SELECT * INTO old FROM standing_licence(renewed_id) WHERE state = 'active';
    IF NOT FOUND THEN
        RAISE EXCEPTION 'what is renewed does not stand' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'licences_renewal_standing';
    END IF;
    IF lower(NEW.valid) <> upper(old.valid) THEN
        RAISE EXCEPTION 'a renewal starts the day after' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'licences_renewal_day_after';
    END IF;
    IF EXISTS (SELECT FROM renewal_needs(old, NEW.issued_at) WHERE NOT met) THEN
        RAISE EXCEPTION 'a renewal lacks something' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'licences_renewal_needs';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER licences_renewal BEFORE INSERT ON licences
    FOR EACH ROW EXECUTE FUNCTION guard_renewing_licence();

-- Renewals that wait, approved by one reviewer as one job: one row for each, worked off in small transactions. A row that
-- is not done when the server dies is done by the next.
CREATE TABLE renewal_batches (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    reviewer_id uuid NOT NULL REFERENCES persons,
    started_at timestamptz NOT NULL,
    -- Its reviewer stopped it: what was not approved by then waits on.
    stopped_at timestamptz CHECK (stopped_at >= started_at),
    -- Nothing of it is left to do.
    finished_at timestamptz CHECK (finished_at >= started_at)
);
CREATE INDEX renewal_batches_by_reviewer ON renewal_batches (reviewer_id, started_at DESC);
-- One at a time: starting it twice starts it once.
CREATE UNIQUE INDEX renewal_batches_one_running ON renewal_batches (reviewer_id) WHERE finished_at IS NULL;

CREATE TABLE renewal_batch_rows (
    batch_id uuid NOT NULL REFERENCES renewal_batches,
    licence_id uuid NOT NULL REFERENCES licences,
    request_id uuid NOT NULL REFERENCES licence_requests,
    -- approved: decided, with ten seconds to its effect; issued: the new licence exists; left: for a reviewer's own eyes.
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'approved', 'issued', 'left')),
    decision_id uuid REFERENCES decisions,
    CONSTRAINT renewal_batch_rows_once PRIMARY KEY (batch_id, licence_id),
    CHECK ((state IN ('approved', 'issued')) <= (decision_id IS NOT NULL))
);
CREATE INDEX renewal_batch_rows_open ON renewal_batch_rows (batch_id, state, licence_id)
    WHERE state IN ('waiting', 'approved');

INSERT INTO state_transitions VALUES
    ('renewal_row', 'waiting', 'approved'), ('renewal_row', 'waiting', 'left'),
    ('renewal_row', 'approved', 'issued'), ('renewal_row', 'approved', 'left');
CREATE TRIGGER renewal_batch_rows_transition BEFORE INSERT OR UPDATE ON renewal_batch_rows
    FOR EACH ROW EXECUTE FUNCTION guard_transition('renewal_row', 'waiting');

CREATE FUNCTION guard_batch_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' AND NOT EXISTS (
            SELECT FROM licence_requests WHERE id = NEW.request_id AND renews = NEW.licence_id)
        OR TG_OP = 'UPDATE' AND (NEW.batch_id, NEW.licence_id, NEW.request_id)
            IS DISTINCT FROM (OLD.batch_id, OLD.licence_id, OLD.request_id)
        OR NEW.decision_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM decisions d JOIN renewal_batches b ON b.id = NEW.batch_id
            WHERE d.id = NEW.decision_id AND d.request_id = NEW.request_id AND d.reviewer_id = b.reviewer_id
              AND d.outcome = 'approved')
        OR NEW.state = 'issued' AND NOT EXISTS (SELECT FROM licences WHERE request_id = NEW.request_id) THEN
        RAISE EXCEPTION 'a row says what was done' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'renewal_batch_rows_true';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER renewal_batch_rows_true BEFORE INSERT OR UPDATE ON renewal_batch_rows
    FOR EACH ROW EXECUTE FUNCTION guard_batch_row();
CREATE TRIGGER renewal_batch_rows_never_deleted BEFORE DELETE ON renewal_batch_rows
    FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();

GRANT SELECT, INSERT, UPDATE ON renewal_modules TO rukhsa_app;
GRANT SELECT, INSERT ON renewal_batches, renewal_batch_rows TO rukhsa_app;
GRANT UPDATE (stopped_at, finished_at) ON renewal_batches TO rukhsa_app;
GRANT UPDATE (state, decision_id) ON renewal_batch_rows TO rukhsa_app;
