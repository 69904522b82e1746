-- The question banks and the attempts at the test.

CREATE TABLE questions (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    kind text NOT NULL CHECK (kind IN ('practitioner', 'team_leader', 'management')),
    topic text NOT NULL,
    stem_ar text NOT NULL,
    stem_en text NOT NULL,
    retired_at timestamptz
);
CREATE INDEX questions_in_use ON questions (kind) WHERE retired_at IS NULL;

CREATE TABLE topics (
    code text PRIMARY KEY,
    name_ar text NOT NULL,
    name_en text NOT NULL,
    -- What to read, told to who missed a question of this topic.
    reading_ar text NOT NULL,
    reading_en text NOT NULL
);
ALTER TABLE questions ADD FOREIGN KEY (topic) REFERENCES topics;

CREATE TABLE question_options (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    question_id uuid NOT NULL REFERENCES questions,
    text_ar text NOT NULL,
    text_en text NOT NULL,
    correct boolean NOT NULL,
    UNIQUE (question_id, id)
);
CREATE UNIQUE INDEX question_options_one_correct ON question_options (question_id) WHERE correct;

-- One sitting of the test. Its rules are copied at the start, so that a change of settings moves no goalposts.
CREATE TABLE attempts (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    enrolment_id uuid NOT NULL REFERENCES enrolments,
    person_id uuid NOT NULL REFERENCES persons,
    ordinal smallint NOT NULL CHECK (ordinal >= 1),
    pass_mark_percent smallint NOT NULL CHECK (pass_mark_percent BETWEEN 1 AND 100),
    started_at timestamptz NOT NULL,
    deadline_at timestamptz NOT NULL CHECK (deadline_at > started_at),
    state text NOT NULL,
    finished_at timestamptz,
    right_answers smallint,
    UNIQUE (enrolment_id, ordinal),
    CHECK ((state = 'open') = (finished_at IS NULL AND right_answers IS NULL))
);
CREATE UNIQUE INDEX attempts_one_open ON attempts (person_id) WHERE state = 'open';
CREATE INDEX attempts_overdue ON attempts (deadline_at) WHERE state = 'open';

INSERT INTO state_transitions VALUES ('attempt', 'open', 'passed'), ('attempt', 'open', 'failed');
CREATE TRIGGER attempts_transition BEFORE INSERT OR UPDATE ON attempts
    FOR EACH ROW EXECUTE FUNCTION guard_transition('attempt', 'open');

-- The test is taken by who attended. The row is locked against a mark that is mended at the same moment.
CREATE FUNCTION guard_attempt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM enrolments
    WHERE id = NEW.enrolment_id AND person_id = NEW.person_id AND state = 'attended' FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the test is for who attended' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'attempts_attended';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER attempts_guard BEFORE INSERT ON attempts FOR EACH ROW EXECUTE FUNCTION guard_attempt();

-- A mark of attendance can be mended until the test has been begun on the strength of it.
CREATE FUNCTION guard_tested_attendance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM attempts WHERE enrolment_id = NEW.id) THEN
        RAISE EXCEPTION 'the test has been begun' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'enrolments_attendance_tested';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER enrolments_attendance_tested BEFORE UPDATE OF state ON enrolments
    FOR EACH ROW WHEN (OLD.state = 'attended' AND NEW.state = 'absent') EXECUTE FUNCTION guard_tested_attendance();

-- The questions drawn for an attempt, in the order shown, with the order of their options.
CREATE TABLE attempt_questions (
    attempt_id uuid NOT NULL REFERENCES attempts,
    position smallint NOT NULL,
    question_id uuid NOT NULL REFERENCES questions,
    option_order uuid[] NOT NULL,
    PRIMARY KEY (attempt_id, position),
    UNIQUE (attempt_id, question_id)
);
CREATE TRIGGER attempt_questions_append_only BEFORE UPDATE OR DELETE ON attempt_questions
    FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();

CREATE TABLE attempt_answers (
    attempt_id uuid NOT NULL,
    question_id uuid NOT NULL,
    option_id uuid NOT NULL,
    saved_at timestamptz NOT NULL,
    PRIMARY KEY (attempt_id, question_id),
    FOREIGN KEY (attempt_id, question_id) REFERENCES attempt_questions (attempt_id, question_id),
    FOREIGN KEY (question_id, option_id) REFERENCES question_options (question_id, id)
);

-- The share of right answers, counted by the database from the saved answers, whoever finishes the attempt.
CREATE FUNCTION grade_attempt() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    asked integer;
BEGIN
    IF OLD.state <> 'open' THEN
        RAISE EXCEPTION 'a result is final' USING ERRCODE = 'check_violation', CONSTRAINT = 'attempts_result_final';
    END IF;
    IF (NEW.id, NEW.enrolment_id, NEW.person_id, NEW.ordinal, NEW.pass_mark_percent, NEW.started_at, NEW.deadline_at)
        IS DISTINCT FROM
        (OLD.id, OLD.enrolment_id, OLD.person_id, OLD.ordinal, OLD.pass_mark_percent, OLD.started_at, OLD.deadline_at)
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
-- Fires before attempts_transition (triggers of one event run by name).
CREATE TRIGGER attempts_grade BEFORE UPDATE ON attempts FOR EACH ROW EXECUTE FUNCTION grade_attempt();
CREATE TRIGGER attempts_never_deleted BEFORE DELETE ON attempts FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();

CREATE FUNCTION guard_answer() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    sitting attempts;
BEGIN
    -- Locks out a concurrent finish, so that no answer arrives after the count.
    SELECT * INTO sitting FROM attempts
    WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.attempt_id ELSE NEW.attempt_id END FOR SHARE;
    IF TG_OP = 'DELETE' OR sitting.state <> 'open' OR NEW.saved_at > sitting.deadline_at THEN
        RAISE EXCEPTION 'answers are closed' USING ERRCODE = 'check_violation', CONSTRAINT = 'attempt_answers_closed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER attempt_answers_guard BEFORE INSERT OR UPDATE OR DELETE ON attempt_answers
    FOR EACH ROW EXECUTE FUNCTION guard_answer();

-- An enrolment is passed by a passed attempt, failed when none is left, and by nothing else.
CREATE FUNCTION guard_enrolment_result() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state = 'passed' AND NOT EXISTS (
        SELECT FROM attempts WHERE enrolment_id = NEW.id AND state = 'passed')
       OR NEW.state = 'failed' AND NOT EXISTS (
        SELECT FROM attempts WHERE enrolment_id = NEW.id AND state = 'failed') THEN
        RAISE EXCEPTION 'a result comes from the test' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'enrolments_result_from_test';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER enrolments_result BEFORE UPDATE OF state ON enrolments
    FOR EACH ROW WHEN (NEW.state IN ('passed', 'failed')) EXECUTE FUNCTION guard_enrolment_result();

GRANT SELECT, INSERT, UPDATE ON questions, question_options, topics TO rukhsa_app;
GRANT SELECT, INSERT ON attempts, attempt_questions TO rukhsa_app;
-- Finishing is all that may be written; the trigger counts. FOR SHARE needs a writable column too.
GRANT UPDATE (finished_at, state) ON attempts TO rukhsa_app;
GRANT SELECT, INSERT, UPDATE ON attempt_answers TO rukhsa_app;
