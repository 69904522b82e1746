-- A trainer's phone that had no signal keeps its marks and sends them when it returns; none may be lost. So a mark that was
-- made in time counts even where it arrives later, for a time. Clocks of phones can be wrong or be set: what a phone says of
-- a mark's time is believed between the day of the session and the end of the time to mark, and only for as long as
-- `late_marks_until`, which the server's own clock decides. What such a mark rests on is kept for good beside it.

-- Until when a mark that was made in time is taken: three days after the time to mark is over.
CREATE FUNCTION late_marks_until(session uuid, at timestamptz) RETURNS timestamptz LANGUAGE sql STABLE AS $$
    SELECT marks_until(session, at) + interval '3 days'
$$;

-- As before, and a mark that came late rests on one that was received from the same trainer at that instant.
CREATE OR REPLACE FUNCTION guard_late_mark() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    over timestamptz := marks_until(NEW.session_id, NEW.attendance_at);
BEGIN
    IF NOT coalesce(NEW.attendance_at < over, false) AND NOT EXISTS (
        SELECT FROM received_marks m JOIN training_sessions s ON s.id = NEW.session_id
        WHERE m.enrolment_id = NEW.id AND m.trainer_id = NEW.attendance_by AND m.refused IS NULL
          AND m.mark = CASE NEW.state WHEN 'attended' THEN 'present' ELSE 'absent' END
          AND m.received_at = NEW.attendance_at AND m.received_at < late_marks_until(s.id, m.received_at)
          AND m.made_at < over
          AND (m.made_at AT TIME ZONE 'Asia/Riyadh')::date >= (s.starts_at AT TIME ZONE 'Asia/Riyadh')::date) THEN
        RAISE EXCEPTION 'the time to mark attendance is over'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'enrolments_marked_in_time';
    END IF;
    RETURN NEW;
END $$;
