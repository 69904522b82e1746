-- Whom the trainer never marked would hold their enrolment for ever, and could not enrol in the programme again. Once
-- the days of a setting are over they count as absent, by time alone; a trainer's mark can still mend it.

ALTER TABLE settings
    DROP CONSTRAINT settings_key_check,
    ADD CONSTRAINT settings_key_check CHECK (key IN (
        'validity_months', 'pass_mark_percent', 'test_attempts', 'test_minutes', 'test_questions',
        'offer_hours', 'review_days', 'fee_halalas', 'unmarked_days'));
INSERT INTO settings (key, value, effective_from) VALUES ('unmarked_days', 7, '-infinity');

-- Until when a session's trainer is waited for: a day at least, for a rule of nought would leave no time to mark.
CREATE FUNCTION attendance_due(session uuid, at timestamptz) RETURNS timestamptz LANGUAGE sql STABLE AS $$
    SELECT s.ends_at + greatest(setting('unmarked_days', g.kind, at), 1) * interval '1 day'
    FROM training_sessions s JOIN programmes g ON g.id = s.programme_id WHERE s.id = session
$$;

-- Who attended was seen by somebody; an absence may be nobody's mark, but it has its time.
ALTER TABLE enrolments
    DROP CONSTRAINT enrolments_check1,
    ADD CONSTRAINT enrolments_attendance_by_somebody
        CHECK (state NOT IN ('attended', 'passed', 'failed') OR attendance_by IS NOT NULL),
    ADD CONSTRAINT enrolments_absence_dated CHECK (state <> 'absent' OR attendance_at IS NOT NULL);

-- An absence that nobody marked follows from an enrolment nobody marked, and from time, in a session that took place.
CREATE FUNCTION guard_unmarked_absence() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'enrolled'
        OR NOT coalesce(NEW.attendance_at >= attendance_due(NEW.session_id, NEW.attendance_at), false)
        OR EXISTS (SELECT FROM training_sessions WHERE id = NEW.session_id AND cancelled_at IS NOT NULL) THEN
        RAISE EXCEPTION 'the trainer is still waited for'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'enrolments_unmarked_absence';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER enrolments_unmarked_absence BEFORE UPDATE ON enrolments
    FOR EACH ROW WHEN (NEW.state = 'absent' AND NEW.attendance_by IS NULL
        AND (OLD.state <> 'absent' OR OLD.attendance_by IS NOT NULL))
    EXECUTE FUNCTION guard_unmarked_absence();

CREATE INDEX enrolments_unmarked ON enrolments (session_id) WHERE state = 'enrolled';
