-- Requests, decisions, licences and their history.

CREATE TABLE licence_requests (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    -- What the applicant quotes: ten digits, not guessable.
    number text NOT NULL CONSTRAINT licence_requests_number UNIQUE CHECK (number ~ '^[0-9]{10}$'),
    person_id uuid NOT NULL REFERENCES persons,
    kind text NOT NULL CHECK (kind IN ('practitioner', 'team_leader', 'management')),
    organisation_id uuid REFERENCES organisations,
    state text NOT NULL,
    created_at timestamptz NOT NULL,
    submitted_at timestamptz,
    -- When an answer is promised, by the setting in force on submission.
    answer_by timestamptz,
    claimed_by uuid REFERENCES persons,
    claimed_at timestamptz,
    CHECK ((kind = 'management') = (organisation_id IS NOT NULL)),
    CHECK ((state = 'draft') = (submitted_at IS NULL)),
    CHECK (state <> 'in_review' OR (claimed_by IS NOT NULL AND claimed_at IS NOT NULL))
);
CREATE UNIQUE INDEX licence_requests_one_open ON licence_requests (person_id, kind)
    WHERE state IN ('draft', 'submitted', 'in_review', 'returned', 'appealed');
CREATE INDEX licence_requests_by_person ON licence_requests (person_id, created_at DESC);
CREATE INDEX licence_requests_queue ON licence_requests (submitted_at, id) WHERE state = 'submitted';
CREATE INDEX licence_requests_claims ON licence_requests (claimed_by) WHERE state = 'in_review';

INSERT INTO state_transitions VALUES
    ('request', 'draft', 'submitted'), ('request', 'draft', 'withdrawn'),
    ('request', 'submitted', 'in_review'), ('request', 'submitted', 'withdrawn'),
    ('request', 'in_review', 'submitted'), ('request', 'in_review', 'approved'), ('request', 'in_review', 'rejected'),
    ('request', 'in_review', 'returned'), ('request', 'in_review', 'withdrawn'),
    ('request', 'returned', 'submitted'), ('request', 'returned', 'withdrawn'),
    ('request', 'rejected', 'appealed'), ('request', 'appealed', 'in_review');
CREATE TRIGGER licence_requests_transition BEFORE INSERT OR UPDATE ON licence_requests
    FOR EACH ROW EXECUTE FUNCTION guard_transition('request', 'draft,submitted');

CREATE TABLE decisions (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    request_id uuid NOT NULL REFERENCES licence_requests,
    outcome text NOT NULL CHECK (outcome IN ('approved', 'rejected', 'returned')),
    reviewer_id uuid NOT NULL REFERENCES persons,
    decided_at timestamptz NOT NULL,
    effective_at timestamptz NOT NULL CHECK (effective_at >= decided_at)
);
CREATE UNIQUE INDEX decisions_one_approval ON decisions (request_id) WHERE outcome = 'approved';
CREATE TRIGGER decisions_append_only BEFORE UPDATE OR DELETE ON decisions
    FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();

-- Whether somebody may decide about somebody: not themselves, their team or their organisation, nor one whose identity
-- they confirmed.
CREATE FUNCTION may_decide(reviewer uuid, applicant uuid, organisation uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT NOT tied(reviewer, applicant)
       AND NOT EXISTS (SELECT FROM identity_confirmations WHERE person_id = applicant AND confirmed_by = reviewer)
       AND NOT EXISTS (SELECT FROM organisation_roles
            WHERE person_id = reviewer AND organisation_id = organisation AND until IS NULL)
$$;

-- A claim and a decision alike need a reviewer without ties.
CREATE FUNCTION guard_claim() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state = 'in_review' AND NOT may_decide(NEW.claimed_by, NEW.person_id, NEW.organisation_id) THEN
        RAISE EXCEPTION 'the reviewer is tied to the applicant'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'licence_requests_untied_reviewer';
    END IF;
    IF TG_OP = 'UPDATE' AND (NEW.number, NEW.person_id, NEW.kind, NEW.organisation_id, NEW.created_at)
        IS DISTINCT FROM (OLD.number, OLD.person_id, OLD.kind, OLD.organisation_id, OLD.created_at) THEN
        RAISE EXCEPTION 'a request keeps its applicant' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'licence_requests_fixed';
    END IF;
    IF NEW.state IN ('approved', 'rejected', 'returned') AND TG_OP = 'UPDATE' AND OLD.state = 'in_review'
        AND NOT EXISTS (SELECT FROM decisions WHERE request_id = NEW.id AND outcome = NEW.state
            AND reviewer_id = OLD.claimed_by AND decided_at >= OLD.claimed_at) THEN
        RAISE EXCEPTION 'a request is decided by its reviewer''s decision' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'licence_requests_decided';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER licence_requests_guard BEFORE INSERT OR UPDATE ON licence_requests
    FOR EACH ROW EXECUTE FUNCTION guard_claim();

CREATE FUNCTION guard_decision() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    request licence_requests;
BEGIN
    SELECT * INTO request FROM licence_requests WHERE id = NEW.request_id FOR UPDATE;
    IF request.state <> 'in_review' OR request.claimed_by <> NEW.reviewer_id THEN
        RAISE EXCEPTION 'only the reviewer who holds a request decides it'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decisions_by_claimant';
    END IF;
    IF NOT may_decide(NEW.reviewer_id, request.person_id, request.organisation_id) THEN
        RAISE EXCEPTION 'the reviewer is tied to the applicant'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decisions_untied_reviewer';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER decisions_guard BEFORE INSERT ON decisions FOR EACH ROW EXECUTE FUNCTION guard_decision();

CREATE TABLE licences (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    -- Sixteen digits, the last an ISO/IEC 7064 MOD 11,10 check digit (checked in Rust, the one place that makes them).
    number text NOT NULL CONSTRAINT licences_number UNIQUE CHECK (number ~ '^[0-9]{16}$'),
    request_id uuid NOT NULL CONSTRAINT licences_one_per_request UNIQUE REFERENCES licence_requests,
    person_id uuid NOT NULL REFERENCES persons,
    kind text NOT NULL CHECK (kind IN ('practitioner', 'team_leader', 'management')),
    organisation_id uuid REFERENCES organisations,
    state text NOT NULL,
    issued_at timestamptz NOT NULL,
    -- The days on which it is valid, read in Asia/Riyadh: [first, day after the last).
    valid daterange NOT NULL CHECK (NOT isempty(valid) AND NOT lower_inf(valid) AND NOT upper_inf(valid)),
    -- Checked at commit: the old licence must make way before its successor, whose days overlap, can be written.
    superseded_by uuid REFERENCES licences DEFERRABLE INITIALLY DEFERRED,
    CHECK ((state = 'superseded') = (superseded_by IS NOT NULL)),
    CONSTRAINT licences_never_overlap EXCLUDE USING gist (
        person_id WITH =, kind WITH =,
        (coalesce(organisation_id, '00000000-0000-0000-0000-000000000000')) WITH =, valid WITH &&
    ) WHERE (state IN ('active', 'suspended'))
);

CREATE INDEX licences_by_person ON licences (person_id, kind);

-- Whether a renewal, which starts the day after this licence ends, was issued and still stands.
CREATE FUNCTION renewed(licence licences) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM licences next
        WHERE next.person_id = licence.person_id AND next.kind = licence.kind
          AND next.organisation_id IS NOT DISTINCT FROM licence.organisation_id
          AND next.state <> 'revoked' AND lower(next.valid) = upper(licence.valid)
    )
$$;

INSERT INTO state_transitions VALUES
    ('licence', 'active', 'suspended'), ('licence', 'suspended', 'active'),
    ('licence', 'active', 'revoked'), ('licence', 'suspended', 'revoked'),
    ('licence', 'active', 'superseded'), ('licence', 'suspended', 'superseded');
CREATE TRIGGER licences_transition BEFORE INSERT OR UPDATE ON licences
    FOR EACH ROW EXECUTE FUNCTION guard_transition('licence', 'active');

CREATE TABLE licence_events (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    licence_id uuid NOT NULL REFERENCES licences,
    event text NOT NULL CHECK (event IN ('issued', 'suspended', 'restored', 'revoked', 'superseded')),
    reason text,
    actor_id uuid,
    at timestamptz NOT NULL
);
CREATE INDEX licence_events_by_licence ON licence_events (licence_id, id);
CREATE TRIGGER licence_events_append_only BEFORE UPDATE OR DELETE ON licence_events
    FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();

-- What of a kind's prerequisites a person meets on a day. The screens show these rows and issuing obeys them:
-- one truth. `met_by` names the row that is the evidence.
CREATE FUNCTION prerequisites(who uuid, wanted text, organisation uuid, at timestamptz)
RETURNS TABLE (code text, met boolean, met_by uuid, met_at timestamptz) LANGUAGE sql STABLE AS $$
    SELECT 'profile', p.profile_completed_at IS NOT NULL, p.id, p.profile_completed_at
    FROM persons p WHERE p.id = who
    UNION ALL
    SELECT 'programme', e.id IS NOT NULL, e.id, e.finished_at
    FROM (SELECT) AS one LEFT JOIN LATERAL (
        SELECT e.id, a.finished_at FROM enrolments e
        JOIN programmes g ON g.id = e.programme_id JOIN attempts a ON a.enrolment_id = e.id AND a.state = 'passed'
        WHERE e.person_id = who AND g.kind = wanted AND e.state = 'passed'
        ORDER BY a.finished_at DESC LIMIT 1) e ON true
    UNION ALL
    SELECT 'identity', p.identity_verified_at IS NOT NULL, p.id, p.identity_verified_at
    FROM persons p WHERE p.id = who
    UNION ALL
    SELECT 'practitioner_licence', l.id IS NOT NULL, l.id, l.issued_at
    FROM (SELECT) AS one LEFT JOIN LATERAL (
        SELECT l.id, l.issued_at FROM licences l
        WHERE l.person_id = who AND l.kind = 'practitioner' AND l.state = 'active'
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

CREATE FUNCTION guard_licence() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.id, NEW.number, NEW.request_id, NEW.person_id, NEW.kind, NEW.organisation_id, NEW.issued_at, NEW.valid)
            IS DISTINCT FROM
            (OLD.id, OLD.number, OLD.request_id, OLD.person_id, OLD.kind, OLD.organisation_id, OLD.issued_at, OLD.valid)
        THEN
            RAISE EXCEPTION 'a licence keeps what it says' USING ERRCODE = 'check_violation', CONSTRAINT = 'licences_fixed';
        END IF;
    ELSE
        IF NOT EXISTS (SELECT FROM licence_requests
            WHERE id = NEW.request_id AND person_id = NEW.person_id AND kind = NEW.kind
              AND organisation_id IS NOT DISTINCT FROM NEW.organisation_id AND state = 'approved') THEN
            RAISE EXCEPTION 'a licence needs its approved request' USING ERRCODE = 'check_violation',
                CONSTRAINT = 'licences_approved_request';
        END IF;
        IF EXISTS (SELECT FROM prerequisites(NEW.person_id, NEW.kind, NEW.organisation_id, NEW.issued_at) WHERE NOT met) THEN
            RAISE EXCEPTION 'a prerequisite is not met' USING ERRCODE = 'check_violation',
                CONSTRAINT = 'licences_prerequisites';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER licences_guard BEFORE INSERT OR UPDATE ON licences FOR EACH ROW EXECUTE FUNCTION guard_licence();
CREATE TRIGGER licences_never_deleted BEFORE DELETE ON licences FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();

GRANT SELECT, INSERT, UPDATE ON licence_requests TO rukhsa_app;
GRANT SELECT, INSERT ON decisions, licences, licence_events TO rukhsa_app;
GRANT UPDATE (state, superseded_by) ON licences TO rukhsa_app;
