-- Programmes, their sessions, and who has a seat.

CREATE TABLE programmes (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    code text NOT NULL UNIQUE,
    kind text NOT NULL CHECK (kind IN ('practitioner', 'team_leader', 'management')),
    title_ar text NOT NULL,
    title_en text NOT NULL,
    summary_ar text NOT NULL,
    summary_en text NOT NULL,
    hours smallint NOT NULL CHECK (hours BETWEEN 1 AND 400),
    retired_at timestamptz
);

CREATE TABLE training_sessions (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    programme_id uuid NOT NULL REFERENCES programmes,
    mode text NOT NULL CHECK (mode IN ('in_person', 'online')),
    region text NOT NULL,
    city text NOT NULL,
    venue_ar text NOT NULL,
    venue_en text NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    enrol_by timestamptz NOT NULL,
    trainer_id uuid NOT NULL REFERENCES persons,
    seats integer NOT NULL CHECK (seats BETWEEN 1 AND 10000),
    -- Held seats, offered ones included. Only the trigger below changes it: it is the count of enrolments, kept here so
    -- that the check makes overselling impossible whoever writes.
    taken integer NOT NULL DEFAULT 0 CONSTRAINT training_sessions_never_oversold CHECK (taken BETWEEN 0 AND seats),
    cancelled_at timestamptz,
    FOREIGN KEY (region, city) REFERENCES cities (region, code),
    CHECK (ends_at > starts_at AND enrol_by <= starts_at)
);
CREATE INDEX training_sessions_by_start ON training_sessions (starts_at, id);
CREATE INDEX training_sessions_by_trainer ON training_sessions (trainer_id, starts_at);

CREATE TABLE enrolments (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    session_id uuid NOT NULL REFERENCES training_sessions,
    programme_id uuid NOT NULL REFERENCES programmes,
    person_id uuid NOT NULL REFERENCES persons,
    state text NOT NULL,
    -- Place in the order of asking, for the waiting list. Never reused within a session.
    position bigint GENERATED ALWAYS AS IDENTITY,
    offered_until timestamptz,
    attendance_by uuid REFERENCES persons,
    attendance_at timestamptz,
    created_at timestamptz NOT NULL,
    CHECK ((state = 'offered') <= (offered_until IS NOT NULL)),
    CHECK ((state IN ('attended', 'absent', 'passed', 'failed')) <= (attendance_by IS NOT NULL))
);
CREATE UNIQUE INDEX enrolments_one_live_per_programme ON enrolments (person_id, programme_id)
    WHERE state IN ('waitlisted', 'offered', 'enrolled', 'attended');
CREATE INDEX enrolments_by_session ON enrolments (session_id, state, position);
CREATE INDEX enrolments_waiting ON enrolments (session_id, position) WHERE state = 'waitlisted';
CREATE INDEX enrolments_offers ON enrolments (offered_until) WHERE state = 'offered';

INSERT INTO state_transitions VALUES
    ('enrolment', 'waitlisted', 'offered'), ('enrolment', 'waitlisted', 'cancelled'),
    ('enrolment', 'offered', 'enrolled'), ('enrolment', 'offered', 'lapsed'), ('enrolment', 'offered', 'cancelled'),
    ('enrolment', 'enrolled', 'cancelled'), ('enrolment', 'enrolled', 'attended'), ('enrolment', 'enrolled', 'absent'),
    -- A mark made by mistake can be mended until the test has been taken.
    ('enrolment', 'attended', 'absent'), ('enrolment', 'absent', 'attended'),
    ('enrolment', 'attended', 'passed'), ('enrolment', 'attended', 'failed');
CREATE TRIGGER enrolments_transition BEFORE INSERT OR UPDATE ON enrolments
    FOR EACH ROW EXECUTE FUNCTION guard_transition('enrolment', 'enrolled,waitlisted');

CREATE FUNCTION holds_seat(state text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT state IN ('offered', 'enrolled', 'attended', 'absent', 'passed', 'failed')
$$;

-- Runs as the owner, since rukhsa_app may not write `taken`.
CREATE FUNCTION count_seats() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    change integer := holds_seat(NEW.state)::integer
        - CASE WHEN TG_OP = 'UPDATE' THEN holds_seat(OLD.state)::integer ELSE 0 END;
BEGIN
    IF change <> 0 THEN
        UPDATE training_sessions SET taken = taken + change WHERE id = NEW.session_id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER enrolments_seats AFTER INSERT OR UPDATE OF state ON enrolments
    FOR EACH ROW EXECUTE FUNCTION count_seats();

CREATE FUNCTION guard_enrolment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF EXISTS (SELECT FROM persons WHERE id = NEW.person_id AND needs_guardian)
            AND NOT EXISTS (SELECT FROM guardian_consents WHERE minor_id = NEW.person_id AND withdrawn_at IS NULL) THEN
            RAISE EXCEPTION 'no seat before a guardian consents'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'enrolments_guardian_consent';
        END IF;
        IF NOT EXISTS (SELECT FROM persons WHERE id = NEW.person_id AND profile_completed_at IS NOT NULL) THEN
            RAISE EXCEPTION 'no seat before the profile is complete'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'enrolments_profile';
        END IF;
        IF NOT EXISTS (SELECT FROM training_sessions WHERE id = NEW.session_id AND programme_id = NEW.programme_id) THEN
            RAISE EXCEPTION 'the session is another programme''s'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'enrolments_programme';
        END IF;
        IF EXISTS (SELECT FROM training_sessions WHERE id = NEW.session_id AND trainer_id = NEW.person_id) THEN
            RAISE EXCEPTION 'nobody trains themselves'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'enrolments_not_own_session';
        END IF;
    ELSIF (NEW.session_id, NEW.programme_id, NEW.person_id, NEW.position, NEW.created_at)
        IS DISTINCT FROM (OLD.session_id, OLD.programme_id, OLD.person_id, OLD.position, OLD.created_at) THEN
        RAISE EXCEPTION 'an enrolment keeps its person and session'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'enrolments_fixed';
    ELSIF NEW.attendance_by IS DISTINCT FROM OLD.attendance_by AND tied_by_team(NEW.attendance_by, NEW.person_id) THEN
        RAISE EXCEPTION 'nobody confirms attendance of themselves or their team'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'enrolments_attendance_by_other';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER enrolments_guard BEFORE INSERT OR UPDATE ON enrolments
    FOR EACH ROW EXECUTE FUNCTION guard_enrolment();

-- Who saw whose identity document, where. No copy of a document is ever stored.
CREATE TABLE identity_confirmations (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    person_id uuid NOT NULL UNIQUE REFERENCES persons,
    method text NOT NULL CHECK (method IN ('trainer', 'single_sign_on')),
    confirmed_by uuid REFERENCES persons,
    session_id uuid REFERENCES training_sessions,
    confirmed_at timestamptz NOT NULL,
    CHECK ((method = 'trainer') = (confirmed_by IS NOT NULL AND session_id IS NOT NULL))
);
CREATE TRIGGER identity_confirmations_append_only BEFORE UPDATE OR DELETE ON identity_confirmations
    FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();

CREATE FUNCTION guard_identity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.method = 'trainer' THEN
        IF tied_by_team(NEW.confirmed_by, NEW.person_id) THEN
            RAISE EXCEPTION 'nobody confirms the identity of themselves or their team'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'identity_confirmed_by_other';
        END IF;
        IF NOT EXISTS (SELECT FROM training_sessions
            WHERE id = NEW.session_id AND mode = 'in_person' AND trainer_id = NEW.confirmed_by) THEN
            RAISE EXCEPTION 'identity is seen at an in-person session by its trainer'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'identity_confirmed_in_person';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER identity_confirmations_guard BEFORE INSERT ON identity_confirmations
    FOR EACH ROW EXECUTE FUNCTION guard_identity();

-- Verified identity claims the ID number: accounts of other people that name it are frozen, for good.
CREATE FUNCTION claim_identity() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE persons SET identity_verified_at = NEW.confirmed_at WHERE id = NEW.person_id;
    UPDATE accounts SET frozen_at = NEW.confirmed_at
    WHERE national_id_hash = (SELECT national_id_hash FROM persons WHERE id = NEW.person_id)
      AND person_id <> NEW.person_id AND frozen_at IS NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER identity_confirmations_claim AFTER INSERT ON identity_confirmations
    FOR EACH ROW EXECUTE FUNCTION claim_identity();

-- identity_verified_at follows from a confirmation and from nothing else.
CREATE FUNCTION guard_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.identity_verified_at IS DISTINCT FROM (CASE WHEN TG_OP = 'UPDATE' THEN OLD.identity_verified_at END)
        AND NOT EXISTS (SELECT FROM identity_confirmations
            WHERE person_id = NEW.id AND confirmed_at = NEW.identity_verified_at) THEN
        RAISE EXCEPTION 'identity is verified by a confirmation only'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'persons_identity_confirmed';
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.national_id_hash <> OLD.national_id_hash THEN
        RAISE EXCEPTION 'a person keeps their ID number'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'persons_national_id_fixed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER persons_guard BEFORE INSERT OR UPDATE ON persons FOR EACH ROW EXECUTE FUNCTION guard_person();

GRANT SELECT, INSERT, UPDATE ON programmes TO rukhsa_app;
GRANT SELECT, INSERT ON training_sessions TO rukhsa_app;
-- All but `taken`. FOR UPDATE needs some column to be writable.
GRANT UPDATE (region, city, venue_ar, venue_en, starts_at, ends_at, enrol_by, trainer_id, seats, cancelled_at)
    ON training_sessions TO rukhsa_app;
GRANT SELECT, INSERT, UPDATE ON enrolments TO rukhsa_app;
GRANT SELECT, INSERT ON identity_confirmations TO rukhsa_app;
