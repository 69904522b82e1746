-- Two rules of time that only the code knew, or that were told wrongly.

-- A claim is let go after half an hour without an act of its reviewer, not half an hour after it began. When a claim began
-- stays what it was: decisions are told by it from those under earlier claims.
ALTER TABLE licence_requests
    -- When its reviewer last did something with it: opened it, or took a decision about it back.
    ADD COLUMN acted_at timestamptz;

-- Since when nothing was done under the claim on a request. What was done under an earlier claim is older than this one.
CREATE FUNCTION idle_since(request licence_requests) RETURNS timestamptz LANGUAGE sql IMMUTABLE AS $$
    SELECT greatest(request.claimed_at, request.acted_at)
$$;

-- Attendance and identity are marked from the day of a session (the statements of the application see to that) to the end
-- of the last day of the setting `unmarked_days`, counted from the session's last day in Riyadh. Then what a trainer
-- remembers is evidence no longer, and what stands stays. Who was counted absent by time alone can be marked until then.
CREATE FUNCTION marks_until(session uuid, at timestamptz) RETURNS timestamptz LANGUAGE sql STABLE AS $$
    SELECT ((s.ends_at AT TIME ZONE 'Asia/Riyadh')::date + greatest(setting('unmarked_days', g.kind, at), 1) + 1)::timestamp
        AT TIME ZONE 'Asia/Riyadh'
    FROM training_sessions s JOIN programmes g ON g.id = s.programme_id WHERE s.id = session
$$;

CREATE FUNCTION guard_late_mark() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT coalesce(NEW.attendance_at < marks_until(NEW.session_id, NEW.attendance_at), false) THEN
        RAISE EXCEPTION 'the time to mark attendance is over'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'enrolments_marked_in_time';
    END IF;
    RETURN NEW;
END $$;
-- An absence by time alone has no `attendance_by`, and a rule of its own.
CREATE TRIGGER enrolments_marked_in_time BEFORE UPDATE ON enrolments
    FOR EACH ROW WHEN (NEW.state IN ('attended', 'absent') AND NEW.attendance_by IS NOT NULL
        AND (NEW.state, NEW.attendance_by, NEW.attendance_at)
            IS DISTINCT FROM (OLD.state, OLD.attendance_by, OLD.attendance_at))
    EXECUTE FUNCTION guard_late_mark();

CREATE FUNCTION guard_late_identity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT coalesce(NEW.confirmed_at < marks_until(NEW.session_id, NEW.confirmed_at), false) THEN
        RAISE EXCEPTION 'the time to confirm identity is over'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'identity_confirmed_in_time';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER identity_confirmations_in_time BEFORE INSERT ON identity_confirmations
    FOR EACH ROW WHEN (NEW.method = 'trainer' AND NEW.session_id IS NOT NULL) EXECUTE FUNCTION guard_late_identity();
