-- A birth date can be corrected after a seat was taken: somebody turns out to be a minor. So a guardian's consent is asked
-- for not only where a name enters a session, but at every seat from a waiting list, and before a licence.

CREATE FUNCTION guard_seat_of_minor() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM persons WHERE id = NEW.person_id AND needs_guardian)
        AND NOT EXISTS (SELECT FROM guardian_consents WHERE minor_id = NEW.person_id AND withdrawn_at IS NULL) THEN
        RAISE EXCEPTION 'no seat before a guardian consents'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'enrolments_guardian_consent';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER enrolments_seat_of_minor BEFORE UPDATE OF state ON enrolments
    FOR EACH ROW WHEN (OLD.state IN ('waitlisted', 'offered') AND NEW.state = 'enrolled')
    EXECUTE FUNCTION guard_seat_of_minor();

-- As before, and: of a minor, a guardian's consent.
CREATE OR REPLACE FUNCTION prerequisites(who uuid, wanted text, organisation uuid, at timestamptz)
RETURNS TABLE (code text, met boolean, met_by uuid, met_at timestamptz) LANGUAGE sql STABLE AS $$
    SELECT 'profile', p.profile_completed_at IS NOT NULL, p.id, p.profile_completed_at
    FROM persons p WHERE p.id = who
    UNION ALL
    SELECT 'guardian', g.id IS NOT NULL, p.id, g.given_at
    FROM persons p LEFT JOIN guardian_consents g ON g.minor_id = p.id AND g.withdrawn_at IS NULL
    WHERE p.id = who AND p.needs_guardian
    UNION ALL
    SELECT 'programme', e.id IS NOT NULL, e.id, e.finished_at
    FROM (SELECT) AS one LEFT JOIN LATERAL (
        SELECT e.id, a.finished_at FROM enrolments e
        JOIN programmes g ON g.id = e.programme_id JOIN attempts a ON a.enrolment_id = e.id AND a.state = 'passed'
        WHERE e.person_id = ANY (ARRAY(SELECT records_of(who))) AND g.kind = wanted AND e.state = 'passed'
        ORDER BY a.finished_at DESC LIMIT 1) e ON true
    UNION ALL
    SELECT 'identity', p.identity_verified_at IS NOT NULL, p.id, p.identity_verified_at
    FROM persons p WHERE p.id = who
    UNION ALL
    SELECT 'practitioner_licence', l.id IS NOT NULL, l.id, l.issued_at
    FROM (SELECT) AS one LEFT JOIN LATERAL (
        SELECT l.id, l.issued_at FROM licences l
        WHERE l.person_id = ANY (ARRAY(SELECT records_of(who))) AND l.kind = 'practitioner' AND l.state = 'active'
          AND l.valid @> (at AT TIME ZONE 'Asia/Riyadh')::date LIMIT 1) l ON true
    WHERE wanted = 'team_leader'
    UNION ALL
    SELECT 'organisation', o.id IS NOT NULL, o.id, o.approved_at
    FROM (SELECT) AS one LEFT JOIN LATERAL (
        SELECT o.id, o.approved_at FROM organisations o JOIN organisation_roles r ON r.organisation_id = o.id
        WHERE r.person_id = who AND r.until IS NULL AND r.role = 'manager' AND o.approved_at IS NOT NULL
          AND (organisation IS NULL OR o.id = organisation)
        ORDER BY o.approved_at LIMIT 1) o ON true
    WHERE wanted = 'management'
$$;
