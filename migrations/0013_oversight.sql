-- What officers do to a licence after it was issued: suspend, restore, revoke, correct.
--
-- An event is its change: whoever adds one to a licence's history changes the licence by that, and nothing else does.
-- Restoring and revoking are proposed by one officer and approved by another; the approval is its effect, in the same
-- statement. So no hand-made statement revokes alone, none changes a licence without a trace, and none leaves a trace
-- of what did not happen.

-- A correction continues the licence it corrects: same person, kind, organisation, request and days. One request issues
-- one licence, of which one stands at a time: the last of its corrections.
ALTER TABLE licences
    DROP CONSTRAINT licences_one_per_request,
    ADD COLUMN corrects uuid REFERENCES licences;
CREATE UNIQUE INDEX licences_one_per_request ON licences (request_id) WHERE superseded_by IS NULL;
CREATE UNIQUE INDEX licences_corrected_once ON licences (corrects) WHERE corrects IS NOT NULL;

CREATE TABLE licence_proposals (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    licence_id uuid NOT NULL REFERENCES licences,
    act text NOT NULL CHECK (act IN ('restore', 'revoke')),
    reason text NOT NULL,
    proposed_by uuid NOT NULL REFERENCES persons,
    proposed_at timestamptz NOT NULL,
    CONSTRAINT licence_proposals_reason CHECK (CASE act
        WHEN 'restore' THEN reason IN ('cleared', 'mended', 'mistaken', 'holder_asked')
        ELSE reason IN ('charter_breach', 'untrue_details', 'issued_in_error', 'holder_asked') END)
);
CREATE INDEX licence_proposals_by_licence ON licence_proposals (licence_id);
CREATE INDEX licence_proposals_by_time ON licence_proposals (proposed_at, id);
CREATE TRIGGER licence_proposals_append_only BEFORE UPDATE OR DELETE ON licence_proposals
    FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();

-- What became of a proposal, once.
CREATE TABLE proposal_outcomes (
    proposal_id uuid PRIMARY KEY REFERENCES licence_proposals,
    outcome text NOT NULL CHECK (outcome IN ('approved', 'refused', 'withdrawn')),
    by_id uuid NOT NULL REFERENCES persons,
    at timestamptz NOT NULL
);
CREATE TRIGGER proposal_outcomes_append_only BEFORE UPDATE OR DELETE ON proposal_outcomes
    FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();

-- What officers wrote for each other: with the proposal ('proposed'), or on refusing it ('refused'). Erasable: it may
-- name people.
CREATE TABLE proposal_texts (
    proposal_id uuid NOT NULL REFERENCES licence_proposals,
    part text NOT NULL CHECK (part IN ('proposed', 'refused')),
    body text NOT NULL CHECK (char_length(body) BETWEEN 1 AND 1000),
    PRIMARY KEY (proposal_id, part)
);

-- Rows from before keep what they say; new ones have the codes, whose public texts anybody may see.
ALTER TABLE licence_events
    ADD COLUMN proposal_id uuid REFERENCES licence_proposals,
    -- Checked at commit: the old licence makes way before the new one can be written.
    ADD COLUMN successor_id uuid REFERENCES licences DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT licence_events_reason CHECK (coalesce(CASE event
        WHEN 'issued' THEN reason IS NULL OR reason IN ('name_corrected', 'document_differs', 'name_changed')
        WHEN 'suspended' THEN reason IN ('complaint_under_review', 'details_under_review', 'holder_asked')
        WHEN 'restored' THEN reason IN ('cleared', 'mended', 'mistaken', 'holder_asked')
        WHEN 'revoked' THEN reason IN ('charter_breach', 'untrue_details', 'issued_in_error', 'holder_asked')
        ELSE reason IN ('name_corrected', 'document_differs', 'name_changed') END, false)) NOT VALID,
    ADD CONSTRAINT licence_events_actor CHECK (event = 'issued' OR actor_id IS NOT NULL) NOT VALID,
    ADD CONSTRAINT licence_events_successor CHECK ((event = 'superseded') = (successor_id IS NOT NULL)) NOT VALID,
    ADD CONSTRAINT licence_events_of_proposal CHECK (proposal_id IS NULL OR event IN ('restored', 'revoked'));
CREATE UNIQUE INDEX licence_events_once_approved ON licence_events (licence_id, proposal_id)
    WHERE proposal_id IS NOT NULL;
CREATE UNIQUE INDEX licence_events_one_successor ON licence_events (successor_id) WHERE successor_id IS NOT NULL;

-- What an officer wrote on suspending or correcting. Erasable.
CREATE TABLE licence_event_texts (
    event_id bigint PRIMARY KEY REFERENCES licence_events,
    body text NOT NULL CHECK (char_length(body) BETWEEN 1 AND 1000)
);

-- The state that an event makes of a licence, and that a proposal asks for.
CREATE FUNCTION state_after(what text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE what WHEN 'issued' THEN 'active' WHEN 'restored' THEN 'active' WHEN 'restore' THEN 'active'
        WHEN 'revoke' THEN 'revoked' ELSE what END
$$;

-- Whether a licence can still become something: the machine allows it, and it has not ended.
CREATE FUNCTION can_become(licence licences, wanted text, at timestamptz) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT upper(licence.valid) > (at AT TIME ZONE 'Asia/Riyadh')::date AND EXISTS (
        SELECT FROM state_transitions
        WHERE machine = 'licence' AND from_state = licence.state AND to_state = wanted)
$$;

-- The proposals about a licence that wait for a second officer. Once the licence is what cannot become what was
-- proposed, as a renewal that was revoked with the licence it renews, nothing waits any more.
CREATE FUNCTION open_proposals(licence uuid) RETURNS SETOF licence_proposals LANGUAGE sql STABLE AS $$
    SELECT p.* FROM licence_proposals p JOIN licences l ON l.id = p.licence_id
    WHERE p.licence_id = licence AND NOT EXISTS (SELECT FROM proposal_outcomes o WHERE o.proposal_id = p.id)
      AND EXISTS (SELECT FROM state_transitions t
          WHERE t.machine = 'licence' AND t.from_state = l.state AND t.to_state = state_after(p.act))
$$;

-- The licences that a revocation takes: the one it is about, and its renewal that has not started.
CREATE FUNCTION taken_by_revocation(licence uuid, at timestamptz) RETURNS SETOF licences LANGUAGE sql STABLE AS $$
    SELECT other.* FROM licences one JOIN licences other ON other.person_id = one.person_id
    WHERE one.id = licence AND (other.id = one.id OR other.kind = one.kind
        AND other.organisation_id IS NOT DISTINCT FROM one.organisation_id AND other.state IN ('active', 'suspended')
        AND other.issued_at <= at AND lower(other.valid) > lower(one.valid)
        AND lower(other.valid) > (at AT TIME ZONE 'Asia/Riyadh')::date)
$$;

CREATE FUNCTION guard_proposal() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    licence licences;
BEGIN
    -- Proposals about one licence take turns.
    SELECT * INTO licence FROM licences WHERE id = NEW.licence_id FOR NO KEY UPDATE;
    IF NOT coalesce(can_become(licence, state_after(NEW.act), NEW.proposed_at), false) THEN
        RAISE EXCEPTION 'the licence is not in a state for that'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'licence_proposals_possible';
    END IF;
    IF NOT may_decide(NEW.proposed_by, licence.person_id, licence.organisation_id) THEN
        RAISE EXCEPTION 'the officer is tied to the holder'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'licence_proposals_untied';
    END IF;
    IF EXISTS (SELECT FROM open_proposals(NEW.licence_id)) THEN
        RAISE EXCEPTION 'one proposal about a licence is open at a time'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'licence_proposals_one_open';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER licence_proposals_guard BEFORE INSERT ON licence_proposals
    FOR EACH ROW EXECUTE FUNCTION guard_proposal();

CREATE FUNCTION guard_outcome() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    proposal licence_proposals;
    licence licences;
BEGIN
    SELECT * INTO proposal FROM licence_proposals WHERE id = NEW.proposal_id;
    SELECT * INTO licence FROM licences WHERE id = proposal.licence_id;
    -- All of the holder's, in one order for everybody, since a revocation may take several.
    PERFORM 1 FROM licences WHERE person_id = licence.person_id ORDER BY id FOR NO KEY UPDATE;
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
CREATE TRIGGER proposal_outcomes_guard BEFORE INSERT ON proposal_outcomes
    FOR EACH ROW EXECUTE FUNCTION guard_outcome();

CREATE FUNCTION carry_out_proposal() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    proposal licence_proposals;
BEGIN
    SELECT * INTO proposal FROM licence_proposals WHERE id = NEW.proposal_id;
    INSERT INTO licence_events (licence_id, event, reason, actor_id, at, proposal_id)
    SELECT l.id, CASE proposal.act WHEN 'restore' THEN 'restored' ELSE 'revoked' END, proposal.reason, NEW.by_id, NEW.at,
        NEW.proposal_id
    FROM taken_by_revocation(proposal.licence_id, NEW.at) l
    WHERE proposal.act = 'revoke' OR l.id = proposal.licence_id
    ORDER BY l.id <> proposal.licence_id, l.id;
    RETURN NULL;
END $$;
CREATE TRIGGER proposal_outcomes_effect AFTER INSERT ON proposal_outcomes
    FOR EACH ROW WHEN (NEW.outcome = 'approved') EXECUTE FUNCTION carry_out_proposal();

CREATE FUNCTION guard_licence_event() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    licence licences;
BEGIN
    SELECT * INTO licence FROM licences WHERE id = NEW.licence_id FOR NO KEY UPDATE;
    -- Drawn anew under the lock, so that the order of ids is that of the changes.
    NEW.id := nextval(pg_get_serial_sequence('licence_events', 'id'));
    IF NEW.event = 'issued' THEN
        IF EXISTS (SELECT FROM licence_events WHERE licence_id = NEW.licence_id) THEN
            RAISE EXCEPTION 'a history begins once'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'licence_events_begin_once';
        END IF;
        RETURN NEW;
    END IF;
    IF NOT coalesce(can_become(licence, state_after(NEW.event), NEW.at), false) THEN
        RAISE EXCEPTION 'the licence is not in a state for that'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'licence_events_possible';
    END IF;
    IF NOT coalesce(may_decide(NEW.actor_id, licence.person_id, licence.organisation_id), false) THEN
        RAISE EXCEPTION 'the officer is tied to the holder'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'licence_events_untied';
    END IF;
    IF NEW.event IN ('restored', 'revoked') AND NOT EXISTS (
        SELECT FROM licence_proposals p JOIN proposal_outcomes o ON o.proposal_id = p.id
        WHERE p.id = NEW.proposal_id AND state_after(p.act) = state_after(NEW.event) AND p.reason = NEW.reason
          AND o.outcome = 'approved' AND o.by_id = NEW.actor_id AND o.at = NEW.at
          AND (p.licence_id = NEW.licence_id OR p.act = 'revoke'
              AND NEW.licence_id IN (SELECT id FROM taken_by_revocation(p.licence_id, o.at)))) THEN
        RAISE EXCEPTION 'restoring and revoking take two officers'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'licence_events_approved';
    END IF;
    IF NEW.event = 'superseded' THEN
        IF EXISTS (SELECT FROM open_proposals(NEW.licence_id)) THEN
            RAISE EXCEPTION 'a proposal is settled before a correction'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'licence_events_none_open';
        END IF;
        IF EXISTS (SELECT FROM licences WHERE id = NEW.successor_id) THEN
            RAISE EXCEPTION 'a correction makes a new licence'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'licence_events_new_successor';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER licence_events_guard BEFORE INSERT ON licence_events
    FOR EACH ROW EXECUTE FUNCTION guard_licence_event();

CREATE FUNCTION carry_out_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE licences SET state = state_after(NEW.event), superseded_by = NEW.successor_id WHERE id = NEW.licence_id;
    RETURN NULL;
END $$;
CREATE TRIGGER licence_events_effect AFTER INSERT ON licence_events
    FOR EACH ROW WHEN (NEW.event <> 'issued') EXECUTE FUNCTION carry_out_event();

-- As before, and: a licence's state follows its newest event, and a correction what it corrects.
CREATE OR REPLACE FUNCTION guard_licence() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    newest licence_events;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.id, NEW.number, NEW.request_id, NEW.person_id, NEW.kind, NEW.organisation_id, NEW.issued_at, NEW.valid,
            NEW.corrects)
            IS DISTINCT FROM
            (OLD.id, OLD.number, OLD.request_id, OLD.person_id, OLD.kind, OLD.organisation_id, OLD.issued_at, OLD.valid,
            OLD.corrects)
        THEN
            RAISE EXCEPTION 'a licence keeps what it says' USING ERRCODE = 'check_violation', CONSTRAINT = 'licences_fixed';
        END IF;
        IF (NEW.state, NEW.superseded_by) IS DISTINCT FROM (OLD.state, OLD.superseded_by) THEN
            SELECT * INTO newest FROM licence_events WHERE licence_id = NEW.id ORDER BY id DESC LIMIT 1;
            IF (NEW.state, NEW.superseded_by) IS DISTINCT FROM (state_after(newest.event), newest.successor_id) THEN
                RAISE EXCEPTION 'a licence changes by an event of its history'
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'licences_by_event';
            END IF;
        END IF;
    ELSIF NEW.corrects IS NOT NULL THEN
        IF NOT EXISTS (
            SELECT FROM licences l JOIN licence_events e ON e.licence_id = l.id AND e.successor_id = NEW.id
            WHERE l.id = NEW.corrects AND l.superseded_by = NEW.id AND e.at = NEW.issued_at
              AND (l.request_id, l.person_id, l.kind, l.valid)
                = (NEW.request_id, NEW.person_id, NEW.kind, NEW.valid)
              AND l.organisation_id IS NOT DISTINCT FROM NEW.organisation_id) THEN
            RAISE EXCEPTION 'a correction continues the licence it corrects'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'licences_continues';
        END IF;
    ELSE
        IF EXISTS (SELECT FROM licence_events WHERE successor_id = NEW.id) THEN
            RAISE EXCEPTION 'a licence is superseded by its correction'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'licences_continues';
        END IF;
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

-- The history of a correction begins with the correction, and goes on with the suspension that was not lifted: to
-- correct is no way around the second officer.
CREATE FUNCTION continue_history() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    correction licence_events;
    suspension licence_events;
BEGIN
    SELECT * INTO correction FROM licence_events WHERE successor_id = NEW.id;
    INSERT INTO licence_events (licence_id, event, reason, actor_id, at)
    VALUES (NEW.id, 'issued', correction.reason, correction.actor_id, correction.at);
    SELECT * INTO suspension FROM licence_events
    WHERE licence_id = NEW.corrects AND event IN ('suspended', 'restored') ORDER BY id DESC LIMIT 1;
    IF suspension.event = 'suspended' THEN
        INSERT INTO licence_events (licence_id, event, reason, actor_id, at)
        VALUES (NEW.id, 'suspended', suspension.reason, correction.actor_id, correction.at);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER licences_continue AFTER INSERT ON licences
    FOR EACH ROW WHEN (NEW.corrects IS NOT NULL) EXECUTE FUNCTION continue_history();

-- A renewal that was corrected stands in its correction, and in that alone.
CREATE OR REPLACE FUNCTION renewed(licence licences) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM licences next
        WHERE next.person_id = licence.person_id AND next.kind = licence.kind
          AND next.organisation_id IS NOT DISTINCT FROM licence.organisation_id
          AND next.state IN ('active', 'suspended') AND lower(next.valid) = upper(licence.valid)
    )
$$;

GRANT SELECT, INSERT ON licence_proposals, proposal_outcomes TO rukhsa_app;
GRANT USAGE ON SEQUENCE licence_events_id_seq TO rukhsa_app;
GRANT SELECT, INSERT, DELETE ON proposal_texts, licence_event_texts TO rukhsa_app;
