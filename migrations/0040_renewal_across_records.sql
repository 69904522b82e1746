-- A licence on a record that was merged is renewed from the record that stays: its person signs in there alone. The new
-- licence stands on the record that stays, the old one where it was; nothing is rewritten. So whatever asked for the
-- same record asks for the same person.

-- As before, of all records of the person: the renewal may stand on another than the licence.
CREATE OR REPLACE FUNCTION renewed(licence licences) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM licences next
        WHERE next.person_id = ANY (ARRAY(SELECT records_of(licence.person_id))) AND next.kind = licence.kind
          AND next.organisation_id IS NOT DISTINCT FROM licence.organisation_id
          AND next.state IN ('active', 'suspended') AND lower(next.valid) = upper(licence.valid)
    )
$$;

-- As before, wherever the renewal that has not started stands.
CREATE OR REPLACE FUNCTION taken_by_revocation(licence uuid, at timestamptz) RETURNS SETOF licences LANGUAGE sql STABLE AS $$
    SELECT other.* FROM licences one JOIN licences other
        ON other.person_id = ANY (ARRAY(SELECT records_of(one.person_id)))
    WHERE one.id = licence AND (other.id = one.id OR other.kind = one.kind
        AND other.organisation_id IS NOT DISTINCT FROM one.organisation_id AND other.state IN ('active', 'suspended')
        AND other.issued_at <= at AND lower(other.valid) > lower(one.valid)
        AND lower(other.valid) > (at AT TIME ZONE 'Asia/Riyadh')::date)
$$;

-- As before, and the holder's licences are those of all their records.
CREATE OR REPLACE FUNCTION guard_outcome() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    proposal licence_proposals;
    licence licences;
BEGIN
    SELECT * INTO proposal FROM licence_proposals WHERE id = NEW.proposal_id;
    SELECT * INTO licence FROM licences WHERE id = proposal.licence_id;
    -- All of the holder's, in one order for everybody, since a revocation may take several.
    PERFORM 1 FROM licences WHERE person_id = ANY (ARRAY(SELECT records_of(licence.person_id))) ORDER BY id
        FOR NO KEY UPDATE;
    -- After the lock, so that what a faster officer did has been seen.
    IF NOT EXISTS (SELECT FROM open_proposals(proposal.licence_id) WHERE id = proposal.id) THEN
        RAISE EXCEPTION 'the proposal is not open'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'proposal_outcomes_open';
    END IF;
    IF NEW.at < proposal.proposed_at THEN
        RAISE EXCEPTION 'an outcome follows its proposal'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'proposal_outcomes_after';
    END IF;
    IF (NEW.outcome = 'withdrawn') <> (NEW.by_id = proposal.proposed_by) THEN
        RAISE EXCEPTION 'a second officer approves or refuses, and the first withdraws'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'proposal_outcomes_second_officer';
    END IF;
    IF NEW.outcome <> 'withdrawn' AND NOT may_decide(NEW.by_id, licence.person_id, licence.organisation_id) THEN
        RAISE EXCEPTION 'the officer is tied to the holder'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'proposal_outcomes_untied';
    END IF;
    RETURN NEW;
END $$;

-- As before, of the record that stays: what the new licence needs is asked of whom it goes to.
CREATE OR REPLACE FUNCTION renewal_needs(licence licences, at timestamptz)
RETURNS TABLE (code text, met boolean, met_by uuid, met_at timestamptz) LANGUAGE sql STABLE AS $$
    SELECT p.code, p.met AND (p.code <> 'practitioner_licence' OR later.id IS NOT NULL),
        coalesce(later.id, p.met_by), coalesce(later.issued_at, p.met_at)
    FROM persons h
    CROSS JOIN LATERAL prerequisites(coalesce(h.merged_into, h.id), licence.kind, licence.organisation_id, at) p
    LEFT JOIN LATERAL (
        SELECT l.id, l.issued_at FROM licences l
        WHERE p.code = 'practitioner_licence' AND l.person_id = ANY (ARRAY(SELECT records_of(licence.person_id)))
          AND l.kind = 'practitioner' AND l.state = 'active' AND l.valid @> upper(licence.valid) LIMIT 1) later ON true
    WHERE h.id = licence.person_id
    UNION ALL
    SELECT 'renewal_module', a.id IS NOT NULL, a.id, a.finished_at
    FROM (SELECT) AS one LEFT JOIN LATERAL (
        SELECT a.id, a.finished_at FROM attempts a
        WHERE a.renews IS NOT NULL AND a.renews IN (SELECT versions_of(licence.id)) AND a.state = 'passed'
        ORDER BY a.finished_at LIMIT 1) a ON true
$$;

-- As before, and the licence that is renewed may stand on any record of the person's.
CREATE OR REPLACE FUNCTION guard_attempt() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    licence licences;
BEGIN
    IF NEW.renews IS NOT NULL THEN
        SELECT * INTO licence FROM licences WHERE id = NEW.renews FOR SHARE;
        IF licence.person_id NOT IN (SELECT records_of(NEW.person_id))
            OR renewal_refusal(licence, NEW.started_at) IS NOT NULL THEN
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

-- As before, and the holder is the person, on whichever record.
CREATE OR REPLACE FUNCTION guard_renewal_request() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    licence licences;
    refusal text;
BEGIN
    SELECT * INTO licence FROM licences WHERE id = NEW.renews;
    IF licence.person_id NOT IN (SELECT records_of(NEW.person_id)) OR licence.kind <> NEW.kind
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
