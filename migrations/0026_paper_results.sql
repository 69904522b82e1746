-- In-person results. Who cannot take the test on a phone takes it on paper in the hall. The session's trainer records how
-- many answers were right; an administrator without a tie to the person confirms it. One officer alone makes nobody pass.
--
-- A confirmed sheet is an attempt like any other, made by the statement that confirms it: it counts towards the limit, its
-- result is final, and the enrolment follows from it. While a sheet waits no test begins online, and while a test is open
-- no sheet is recorded: each locks the enrolment first.

CREATE TABLE paper_results (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    enrolment_id uuid NOT NULL REFERENCES enrolments,
    -- Questions on the paper, and how many of them were answered right.
    asked smallint NOT NULL CONSTRAINT paper_results_asked CHECK (asked BETWEEN 5 AND 200),
    right_answers smallint NOT NULL CONSTRAINT paper_results_right CHECK (right_answers BETWEEN 0 AND asked),
    -- In force when it was recorded. The trigger below writes it, and nobody else.
    pass_mark_percent smallint NOT NULL,
    recorded_by uuid NOT NULL REFERENCES persons,
    recorded_at timestamptz NOT NULL,
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'confirmed', 'declined', 'withdrawn')),
    decided_by uuid REFERENCES persons,
    decided_at timestamptz,
    CONSTRAINT paper_results_accounted_for
        CHECK (num_nonnulls(decided_by, decided_at) = CASE state WHEN 'waiting' THEN 0 ELSE 2 END),
    CONSTRAINT paper_results_decided_after CHECK (decided_at >= recorded_at)
);
CREATE UNIQUE INDEX paper_results_one_waiting ON paper_results (enrolment_id) WHERE state = 'waiting';
CREATE INDEX paper_results_by_enrolment ON paper_results (enrolment_id, recorded_at);
CREATE INDEX paper_results_waiting ON paper_results (recorded_at, id) WHERE state = 'waiting';

INSERT INTO state_transitions VALUES
    ('paper_result', 'waiting', 'confirmed'), ('paper_result', 'waiting', 'declined'),
    ('paper_result', 'waiting', 'withdrawn');
CREATE TRIGGER paper_results_transition BEFORE INSERT OR UPDATE ON paper_results
    FOR EACH ROW EXECUTE FUNCTION guard_transition('paper_result', 'waiting');
CREATE TRIGGER paper_results_never_deleted BEFORE DELETE ON paper_results
    FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();

CREATE FUNCTION guard_paper_result() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    who uuid;
    licence_kind text;
BEGIN
    -- Waits for a revocation of the role under way.
    PERFORM FROM staff_roles WHERE person_id = NEW.recorded_by AND role = 'trainer' AND revoked_at IS NULL FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'papers are trainers'' business' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'paper_results_by_trainer';
    END IF;
    SELECT e.person_id, g.kind INTO who, licence_kind
    FROM enrolments e JOIN programmes g ON g.id = e.programme_id
    WHERE e.id = NEW.enrolment_id AND e.state = 'attended' FOR NO KEY UPDATE OF e;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the test is for who attended' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'paper_results_attended';
    END IF;
    IF NOT EXISTS (SELECT FROM enrolments e JOIN training_sessions s ON s.id = e.session_id
        WHERE e.id = NEW.enrolment_id AND s.mode = 'in_person' AND s.trainer_id = NEW.recorded_by
          AND s.cancelled_at IS NULL) THEN
        RAISE EXCEPTION 'a paper is recorded by the trainer of its in-person session'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'paper_results_of_own_session';
    END IF;
    IF tied_by_team(NEW.recorded_by, who) THEN
        RAISE EXCEPTION 'nobody records a result of themselves or their team'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'paper_results_untied';
    END IF;
    -- Waits for a closing or a merge under way.
    PERFORM FROM persons WHERE id = who AND closed_at IS NULL AND merged_into IS NULL FOR KEY SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the account is closed or merged' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'person_is_open';
    END IF;
    IF EXISTS (SELECT FROM attempts WHERE enrolment_id = NEW.enrolment_id AND state = 'open') THEN
        RAISE EXCEPTION 'the test is under way online' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'paper_results_no_open_attempt';
    END IF;
    IF (SELECT count(*) FROM attempts WHERE enrolment_id = NEW.enrolment_id)
        >= setting('test_attempts', licence_kind, NEW.recorded_at) THEN
        RAISE EXCEPTION 'no attempt is left' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'paper_results_attempts_left';
    END IF;
    NEW.pass_mark_percent := setting('pass_mark_percent', licence_kind, NEW.recorded_at);
    RETURN NEW;
END $$;
CREATE TRIGGER paper_results_guard BEFORE INSERT ON paper_results
    FOR EACH ROW EXECUTE FUNCTION guard_paper_result();

CREATE FUNCTION guard_paper_decision() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    who uuid;
BEGIN
    IF OLD.state <> 'waiting'
        OR (NEW.id, NEW.enrolment_id, NEW.asked, NEW.right_answers, NEW.pass_mark_percent, NEW.recorded_by, NEW.recorded_at)
        IS DISTINCT FROM
        (OLD.id, OLD.enrolment_id, OLD.asked, OLD.right_answers, OLD.pass_mark_percent, OLD.recorded_by, OLD.recorded_at)
    THEN
        RAISE EXCEPTION 'a sheet keeps what was recorded, and is decided once' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'paper_results_fixed';
    END IF;
    IF NEW.state = 'withdrawn' THEN
        IF NEW.decided_by IS DISTINCT FROM OLD.recorded_by THEN
            RAISE EXCEPTION 'a sheet is withdrawn by who recorded it' USING ERRCODE = 'check_violation',
                CONSTRAINT = 'paper_results_withdrawn_by_own';
        END IF;
    ELSIF NEW.state <> 'waiting' THEN
        -- Who recorded it decides under no record of theirs.
        IF NEW.recorded_by IN (SELECT records_of(NEW.decided_by)) THEN
            RAISE EXCEPTION 'a result takes two officers' USING ERRCODE = 'check_violation',
                CONSTRAINT = 'paper_results_second_officer';
        END IF;
        -- Waits for a revocation of the role under way.
        PERFORM FROM staff_roles
        WHERE person_id = NEW.decided_by AND role = 'administrator' AND revoked_at IS NULL FOR SHARE;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'results are administrators'' to confirm' USING ERRCODE = 'check_violation',
                CONSTRAINT = 'paper_results_by_administrator';
        END IF;
        SELECT person_id INTO who FROM enrolments WHERE id = NEW.enrolment_id FOR NO KEY UPDATE;
        IF NOT may_decide(NEW.decided_by, who, NULL) THEN
            RAISE EXCEPTION 'the officer is tied to the person' USING ERRCODE = 'check_violation',
                CONSTRAINT = 'paper_results_untied';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER paper_results_decided BEFORE UPDATE ON paper_results
    FOR EACH ROW EXECUTE FUNCTION guard_paper_decision();

-- The attempt that a confirmed sheet is.
ALTER TABLE attempts
    ADD COLUMN paper_result_id uuid REFERENCES paper_results,
    ADD CONSTRAINT attempts_paper_of_enrolment CHECK (paper_result_id IS NULL OR enrolment_id IS NOT NULL);
CREATE UNIQUE INDEX attempts_once_a_paper ON attempts (paper_result_id) WHERE paper_result_id IS NOT NULL;

-- Begun when the sheet was recorded. It is ended by whoever confirms, as any other attempt is; its deadline lies behind
-- that, since nobody ran out of time.
CREATE FUNCTION carry_out_paper_result() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO attempts (enrolment_id, person_id, ordinal, pass_mark_percent, started_at, deadline_at, state,
        paper_result_id)
    SELECT e.id, e.person_id,
        (SELECT coalesce(max(a.ordinal), 0) + 1 FROM attempts a WHERE a.enrolment_id = e.id),
        NEW.pass_mark_percent, NEW.recorded_at, NEW.decided_at + interval '1 second', 'open', NEW.id
    FROM enrolments e WHERE e.id = NEW.enrolment_id;
    RETURN NULL;
END $$;
CREATE TRIGGER paper_results_effect AFTER UPDATE ON paper_results
    FOR EACH ROW WHEN (OLD.state = 'waiting' AND NEW.state = 'confirmed') EXECUTE FUNCTION carry_out_paper_result();

-- As before, and: no test begins online while a sheet waits, and an attempt on paper is a confirmed sheet. The lock keeps
-- out a sheet that is recorded at the same moment.
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
    WHERE id = NEW.enrolment_id AND person_id = NEW.person_id AND state = 'attended' FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the test is for who attended' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'attempts_attended';
    END IF;
    IF NEW.paper_result_id IS NULL THEN
        IF EXISTS (SELECT FROM paper_results WHERE enrolment_id = NEW.enrolment_id AND state = 'waiting') THEN
            RAISE EXCEPTION 'a paper result waits' USING ERRCODE = 'check_violation',
                CONSTRAINT = 'attempts_no_paper_waiting';
        END IF;
    ELSIF NOT EXISTS (SELECT FROM paper_results
        WHERE id = NEW.paper_result_id AND state = 'confirmed'
          AND (enrolment_id, pass_mark_percent) = (NEW.enrolment_id, NEW.pass_mark_percent)) THEN
        RAISE EXCEPTION 'the sheet is not confirmed' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'attempts_paper_confirmed';
    END IF;
    RETURN NEW;
END $$;

-- How many questions an attempt asks: on its paper, or drawn for it.
CREATE FUNCTION asked_in(attempt attempts) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN attempt.paper_result_id IS NULL
        THEN (SELECT count(*) FROM attempt_questions q WHERE q.attempt_id = attempt.id)
        ELSE (SELECT p.asked FROM paper_results p WHERE p.id = attempt.paper_result_id) END
$$;

-- As before, and an attempt keeps its sheet too, from which the count then comes.
CREATE OR REPLACE FUNCTION grade_attempt() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    asked bigint := asked_in(OLD);
BEGIN
    IF OLD.state <> 'open' THEN
        RAISE EXCEPTION 'a result is final' USING ERRCODE = 'check_violation', CONSTRAINT = 'attempts_result_final';
    END IF;
    IF (NEW.id, NEW.enrolment_id, NEW.renews, NEW.paper_result_id, NEW.person_id, NEW.ordinal, NEW.pass_mark_percent,
            NEW.started_at, NEW.deadline_at)
        IS DISTINCT FROM
        (OLD.id, OLD.enrolment_id, OLD.renews, OLD.paper_result_id, OLD.person_id, OLD.ordinal, OLD.pass_mark_percent,
            OLD.started_at, OLD.deadline_at)
    THEN
        RAISE EXCEPTION 'an attempt keeps its rules' USING ERRCODE = 'check_violation', CONSTRAINT = 'attempts_fixed';
    END IF;
    IF NEW.finished_at IS NOT NULL THEN
        IF NEW.paper_result_id IS NULL THEN
            SELECT count(*) FILTER (WHERE o.correct) INTO NEW.right_answers
            FROM attempt_questions q
            LEFT JOIN attempt_answers a USING (attempt_id, question_id)
            LEFT JOIN question_options o ON o.id = a.option_id
            WHERE q.attempt_id = NEW.id;
        ELSE
            SELECT p.right_answers INTO NEW.right_answers FROM paper_results p WHERE p.id = NEW.paper_result_id;
        END IF;
        NEW.state := CASE WHEN asked > 0 AND NEW.right_answers * 100 >= NEW.pass_mark_percent * asked
            THEN 'passed' ELSE 'failed' END;
    END IF;
    RETURN NEW;
END $$;

-- As before, and nothing of the bank is asked on a paper.
CREATE OR REPLACE FUNCTION guard_asked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM attempts WHERE id = NEW.attempt_id AND paper_result_id IS NOT NULL) THEN
        RAISE EXCEPTION 'a paper asks its own questions' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'attempt_questions_not_on_paper';
    END IF;
    IF (SELECT renews IS NULL FROM attempts WHERE id = NEW.attempt_id)
        <> (SELECT module_id IS NULL FROM questions WHERE id = NEW.question_id) THEN
        RAISE EXCEPTION 'a question of another test' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'attempt_questions_own_bank';
    END IF;
    RETURN NEW;
END $$;

-- The statistics of questions have nothing to add of a paper.
DROP TRIGGER attempts_await_tally ON attempts;
CREATE TRIGGER attempts_await_tally AFTER UPDATE OF state ON attempts
    FOR EACH ROW WHEN (OLD.state = 'open' AND NEW.state <> 'open' AND NEW.paper_result_id IS NULL)
    EXECUTE FUNCTION await_tally();

-- As before, and a sheet that waits holds the attendance too.
CREATE OR REPLACE FUNCTION guard_tested_attendance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM attempts WHERE enrolment_id = NEW.id)
        OR EXISTS (SELECT FROM paper_results WHERE enrolment_id = NEW.id AND state = 'waiting') THEN
        RAISE EXCEPTION 'the test has been begun' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'enrolments_attendance_tested';
    END IF;
    RETURN NEW;
END $$;

GRANT SELECT ON paper_results TO rukhsa_app;
-- All but the pass mark, which is the trigger's.
GRANT INSERT (enrolment_id, asked, right_answers, recorded_by, recorded_at, state) ON paper_results TO rukhsa_app;
GRANT UPDATE (state, decided_by, decided_at) ON paper_results TO rukhsa_app;
