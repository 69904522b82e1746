-- Administering training: sessions planned, changed and cancelled by an administrator; question banks whose questions
-- are never rewritten; imports that can be sent twice; and marks of a roster that arrive late, each once.

-- Who planned a session in the portal. Sessions from before, and the demonstration set, have nobody: the rules below
-- hold for what an administrator writes, and look at all of them.
ALTER TABLE training_sessions
    ADD COLUMN planned_by uuid REFERENCES persons,
    -- The row of an imported file it came from, so that a file sent twice makes it once.
    ADD COLUMN import_key text CONSTRAINT training_sessions_import_key UNIQUE,
    ADD CONSTRAINT training_sessions_trainer_free EXCLUDE USING gist
        (trainer_id WITH =, tstzrange(starts_at, ends_at) WITH &&)
        WHERE (cancelled_at IS NULL AND planned_by IS NOT NULL);

CREATE FUNCTION guard_planned_session() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        -- Locked against a programme that is retired at the same moment.
        PERFORM FROM programmes WHERE id = NEW.programme_id AND retired_at IS NULL FOR SHARE;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'a retired programme has no new sessions'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'training_sessions_programme_in_use';
        END IF;
    END IF;
    PERFORM FROM staff_roles
    WHERE person_id = NEW.trainer_id AND role = 'trainer' AND revoked_at IS NULL FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a session is led by a trainer'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'training_sessions_trainer_role';
    END IF;
    -- Those an administrator planned are compared by the constraint, which no race gets past.
    IF EXISTS (SELECT FROM training_sessions s
        WHERE s.trainer_id = NEW.trainer_id AND s.id <> NEW.id AND s.cancelled_at IS NULL AND s.planned_by IS NULL
          AND tstzrange(s.starts_at, s.ends_at) && tstzrange(NEW.starts_at, NEW.ends_at)) THEN
        RAISE EXCEPTION 'the trainer has another session then'
            USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'training_sessions_trainer_free';
    END IF;
    IF EXISTS (SELECT FROM enrolments e
        WHERE e.session_id = NEW.id AND e.person_id = NEW.trainer_id
          AND e.state IN ('waitlisted', 'offered', 'enrolled', 'attended')) THEN
        RAISE EXCEPTION 'nobody trains themselves'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'training_sessions_trainer_not_enrolled';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER training_sessions_planned_new BEFORE INSERT ON training_sessions
    FOR EACH ROW WHEN (NEW.planned_by IS NOT NULL) EXECUTE FUNCTION guard_planned_session();
CREATE TRIGGER training_sessions_planned BEFORE UPDATE OF trainer_id, starts_at, ends_at, planned_by ON training_sessions
    FOR EACH ROW WHEN (NEW.planned_by IS NOT NULL AND NEW.cancelled_at IS NULL) EXECUTE FUNCTION guard_planned_session();

-- A session that has started was held, whatever became of it; one that was cancelled stays so.
CREATE FUNCTION guard_cancelled_session() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.cancelled_at IS NOT NULL THEN
        RAISE EXCEPTION 'a cancellation is final'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'training_sessions_cancellation_final';
    END IF;
    IF NEW.cancelled_at >= OLD.starts_at THEN
        RAISE EXCEPTION 'a session that has started is not cancelled'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'training_sessions_cancelled_before_start';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER training_sessions_cancelled BEFORE UPDATE OF cancelled_at ON training_sessions
    FOR EACH ROW WHEN (NEW.cancelled_at IS DISTINCT FROM OLD.cancelled_at) EXECUTE FUNCTION guard_cancelled_session();

-- Nobody gets or is offered a place in a session that will not take place. The lock is the one that counting the seat
-- would take a moment later.
CREATE FUNCTION guard_live_session() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM training_sessions WHERE id = NEW.session_id AND cancelled_at IS NULL FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the session is cancelled'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'enrolments_session_live';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER enrolments_session_live BEFORE INSERT ON enrolments
    FOR EACH ROW EXECUTE FUNCTION guard_live_session();
CREATE TRIGGER enrolments_session_live_offer BEFORE UPDATE OF state ON enrolments
    FOR EACH ROW WHEN (NEW.state = 'offered' AND OLD.state <> NEW.state)
    EXECUTE FUNCTION guard_live_session();

-- Why a session was cancelled: the code for figures, the text for those who were to come.
CREATE TABLE session_cancellations (
    session_id uuid PRIMARY KEY REFERENCES training_sessions,
    reason text NOT NULL CHECK (reason IN ('trainer_unavailable', 'venue_unavailable', 'too_few', 'weather', 'other')),
    body text NOT NULL CHECK (char_length(body) BETWEEN 1 AND 1000),
    cancelled_by uuid NOT NULL REFERENCES persons,
    cancelled_at timestamptz NOT NULL
);
CREATE TRIGGER session_cancellations_append_only BEFORE UPDATE OR DELETE ON session_cancellations
    FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();

CREATE INDEX training_sessions_by_programme ON training_sessions (programme_id, starts_at, id);
ALTER TABLE programmes ADD COLUMN created_at timestamptz NOT NULL DEFAULT now();

-- A question is never rewritten, asked already or not: a test that begins at this moment could be asking it. Mending it
-- retires it and makes another that says which it replaces.
ALTER TABLE questions
    ADD COLUMN replaces uuid CONSTRAINT questions_replaced_once UNIQUE REFERENCES questions,
    ADD COLUMN import_key text CONSTRAINT questions_import_key UNIQUE,
    ADD COLUMN created_at timestamptz NOT NULL DEFAULT now();
CREATE INDEX questions_by_age ON questions (created_at, id);
CREATE INDEX attempt_questions_by_question ON attempt_questions (question_id);
CREATE FUNCTION guard_question() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.id, NEW.kind, NEW.topic, NEW.stem_ar, NEW.stem_en, NEW.replaces, NEW.created_at)
        IS DISTINCT FROM (OLD.id, OLD.kind, OLD.topic, OLD.stem_ar, OLD.stem_en, OLD.replaces, OLD.created_at) THEN
        RAISE EXCEPTION 'a question is never rewritten'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'questions_fixed';
    END IF;
    IF NEW.retired_at IS NULL AND OLD.retired_at IS NOT NULL
        AND EXISTS (SELECT FROM questions WHERE replaces = NEW.id) THEN
        RAISE EXCEPTION 'a question that was replaced does not come back'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'questions_replaced';
    END IF;
    RETURN NEW;
END $$;
-- What takes a question's place is asked where that was asked: in the test of its kind, or of its renewal module.
CREATE FUNCTION keep_module() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.module_id := (SELECT module_id FROM questions WHERE id = NEW.replaces);
    RETURN NEW;
END $$;
CREATE TRIGGER questions_keep_module BEFORE INSERT ON questions
    FOR EACH ROW WHEN (NEW.replaces IS NOT NULL) EXECUTE FUNCTION keep_module();
CREATE TRIGGER questions_guard BEFORE UPDATE ON questions FOR EACH ROW EXECUTE FUNCTION guard_question();
CREATE TRIGGER questions_never_deleted BEFORE DELETE ON questions FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();
CREATE TRIGGER question_options_append_only BEFORE UPDATE OR DELETE ON question_options
    FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();

-- A file to be imported: looked at first, then taken whole or not at all.
CREATE TABLE csv_imports (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    what text NOT NULL CHECK (what IN ('sessions', 'questions')),
    contents text NOT NULL CHECK (octet_length(contents) <= 1048576),
    -- What was found in each row when it was last looked at.
    report jsonb NOT NULL,
    sent_by uuid NOT NULL REFERENCES persons,
    sent_at timestamptz NOT NULL,
    imported_at timestamptz
);

-- Marks of attendance that came from a trainer's phone, each once, whenever and however often it was sent. What became
-- of it is kept, so that an answer that was lost can be given again.
CREATE TABLE received_marks (
    id uuid PRIMARY KEY,
    enrolment_id uuid NOT NULL REFERENCES enrolments,
    trainer_id uuid NOT NULL REFERENCES persons,
    mark text NOT NULL CHECK (mark IN ('present', 'absent')),
    -- By the clock of the phone; it orders the marks of one person and decides nothing else.
    made_at timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    -- Why it was not applied, as a code; NULL when it was.
    refused text
);
CREATE INDEX received_marks_by_enrolment ON received_marks (enrolment_id, made_at);
CREATE TRIGGER received_marks_append_only BEFORE UPDATE OR DELETE ON received_marks
    FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();

GRANT UPDATE (mode, planned_by) ON training_sessions TO rukhsa_app;
GRANT SELECT, INSERT ON session_cancellations, received_marks TO rukhsa_app;
REVOKE UPDATE ON questions, question_options FROM rukhsa_app;
GRANT UPDATE (retired_at) ON questions TO rukhsa_app;
GRANT SELECT, INSERT ON csv_imports TO rukhsa_app;
GRANT UPDATE (report, imported_at) ON csv_imports TO rukhsa_app;
