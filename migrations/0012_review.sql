-- Review and appeal. A decision commits at once and takes effect ten seconds later; until then its reviewer may undo it
-- and nobody else is told. The request stays `in_review` meanwhile: whoever comes first after the effect (a job queued
-- with the decision, or the applicant's next act) settles it, and what is read in between follows from the times.

ALTER TABLE settings DROP CONSTRAINT settings_key_check, ADD CONSTRAINT settings_key_check CHECK (key IN (
    'validity_months', 'pass_mark_percent', 'test_attempts', 'test_minutes', 'test_questions',
    'offer_hours', 'review_days', 'fee_halalas', 'unmarked_days', 'appeal_days'));
INSERT INTO settings (key, value, effective_from) VALUES ('appeal_days', 30, '-infinity');

-- A reviewer who lets go of an appeal puts it back as what it is.
INSERT INTO state_transitions VALUES ('request', 'in_review', 'appealed');

ALTER TABLE licence_requests
    -- Once, within the time of the setting `appeal_days`.
    ADD COLUMN appealed_at timestamptz,
    -- When the newest decision was found to have taken effect; never before its effect.
    ADD COLUMN settled_at timestamptz,
    -- Hijri years on submission, in a band: the birth date itself is encrypted, and the queue must narrow by age.
    ADD COLUMN age_band text CHECK (age_band IN ('under_18', '18_29', '30_44', '45_59', 'from_60')),
    -- Since when it waits for the decision that comes next. A request that is mended is submitted anew.
    ADD COLUMN waiting_since timestamptz GENERATED ALWAYS AS (coalesce(appealed_at, submitted_at)) STORED,
    ADD CONSTRAINT licence_requests_appealed CHECK (state <> 'appealed' OR appealed_at IS NOT NULL) NOT VALID;
DROP INDEX licence_requests_queue;
CREATE INDEX licence_requests_queue ON licence_requests (waiting_since, id) WHERE state IN ('submitted', 'appealed');

-- An approval that was undone may be followed by another. That one decision stands at a time, the trigger sees to.
DROP INDEX decisions_one_approval;
ALTER TABLE decisions
    -- Why a request was rejected. The text beside it is in decision_texts.
    ADD COLUMN reason text CHECK (reason IN (
        'not_eligible', 'untrue_details', 'charter_breach', 'evidence_not_accepted', 'other')),
    -- Set by the trigger: whether it decides an appeal, and since when the request waited.
    ADD COLUMN appeal boolean NOT NULL DEFAULT false,
    ADD COLUMN waiting_since timestamptz,
    ADD CONSTRAINT decisions_reason CHECK ((outcome = 'rejected') = (reason IS NOT NULL)) NOT VALID,
    ADD CONSTRAINT decisions_ten_seconds CHECK (effective_at - decided_at = interval '10 seconds') NOT VALID;
CREATE INDEX decisions_by_request ON decisions (request_id, decided_at);
CREATE INDEX decisions_by_reviewer ON decisions (reviewer_id, decided_at DESC, id DESC);
CREATE INDEX decisions_by_effect ON decisions (effective_at);

-- Which fields of a returned request need mending, and why.
CREATE TABLE returned_fields (
    decision_id uuid NOT NULL REFERENCES decisions,
    field text NOT NULL CHECK (field IN ('name', 'latin_name', 'birth_date', 'place', 'organisation')),
    reason text NOT NULL CHECK (reason IN ('differs_from_document', 'incomplete', 'misspelt', 'outdated', 'other')),
    PRIMARY KEY (decision_id, field)
);
CREATE TRIGGER returned_fields_append_only BEFORE UPDATE OR DELETE ON returned_fields
    FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();

-- What a reviewer wrote, of one field or (field '') of the whole. Erasable: it may name people.
CREATE TABLE decision_texts (
    decision_id uuid NOT NULL REFERENCES decisions,
    field text NOT NULL,
    body text NOT NULL CHECK (char_length(body) BETWEEN 1 AND 1000),
    PRIMARY KEY (decision_id, field)
);

-- Why an applicant appeals, in their words. Erasable.
CREATE TABLE appeal_texts (
    request_id uuid PRIMARY KEY REFERENCES licence_requests,
    body text NOT NULL CHECK (char_length(body) BETWEEN 1 AND 2000)
);

-- A decision that does not stand: undone by its reviewer in time, overtaken by an applicant who withdrew in time, or
-- lapsed because the register forbade the licence when the approval was to take effect.
CREATE TABLE decision_withdrawals (
    decision_id uuid PRIMARY KEY REFERENCES decisions,
    kind text NOT NULL CHECK (kind IN ('undone', 'overtaken', 'lapsed')),
    by_id uuid REFERENCES persons,
    withdrawn_at timestamptz NOT NULL,
    CHECK ((kind = 'lapsed') = (by_id IS NULL))
);
CREATE TRIGGER decision_withdrawals_append_only BEFORE UPDATE OR DELETE ON decision_withdrawals
    FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();

-- The decision made under the claim that began then, unless it was withdrawn. Decisions under earlier claims are older.
CREATE FUNCTION standing_decision(request uuid, claim timestamptz) RETURNS SETOF decisions LANGUAGE sql STABLE AS $$
    SELECT d.* FROM decisions d
    WHERE d.request_id = request AND d.decided_at >= claim
      AND NOT EXISTS (SELECT FROM decision_withdrawals w WHERE w.decision_id = d.id)
$$;

-- The state of a request as anybody but its reviewer is told at an instant. An approval shows once its licence exists.
CREATE FUNCTION state_at(request licence_requests, at timestamptz) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE request.state WHEN 'in_review' THEN coalesce(
        (SELECT outcome FROM standing_decision(request.id, request.claimed_at)
         WHERE effective_at <= at AND outcome <> 'approved'), request.state)
    ELSE request.state END
$$;

-- Until when a rejection can be appealed; null where there is none.
CREATE FUNCTION appeal_deadline(request uuid) RETURNS timestamptz LANGUAGE sql STABLE AS $$
    SELECT d.effective_at + make_interval(days => setting('appeal_days', r.kind, d.effective_at))
    FROM decisions d JOIN licence_requests r ON r.id = d.request_id
    WHERE d.request_id = request AND d.outcome = 'rejected'
      AND NOT EXISTS (SELECT FROM decision_withdrawals w WHERE w.decision_id = d.id)
    ORDER BY d.decided_at DESC LIMIT 1
$$;

-- Whether somebody's own rejection is what is appealed.
CREATE FUNCTION rejected_by(reviewer uuid, request uuid, appealed timestamptz) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT appealed IS NOT NULL AND EXISTS (
        SELECT FROM decisions d
        WHERE d.request_id = request AND d.reviewer_id = reviewer AND d.outcome = 'rejected' AND d.decided_at < appealed
          AND NOT EXISTS (SELECT FROM decision_withdrawals w WHERE w.decision_id = d.id))
$$;

-- Whether somebody may take and decide a request: no tie to its applicant, and no appeal against themselves.
CREATE FUNCTION may_review(reviewer uuid, request licence_requests) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT may_decide(reviewer, request.person_id, request.organisation_id)
       AND NOT rejected_by(reviewer, request.id, request.appealed_at)
$$;

CREATE OR REPLACE FUNCTION guard_claim() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state = 'in_review' AND NOT may_decide(NEW.claimed_by, NEW.person_id, NEW.organisation_id) THEN
        RAISE EXCEPTION 'the reviewer is tied to the applicant'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'licence_requests_untied_reviewer';
    END IF;
    IF NEW.state = 'in_review' AND rejected_by(NEW.claimed_by, NEW.id, NEW.appealed_at) THEN
        RAISE EXCEPTION 'an appeal is another reviewer''s'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'licence_requests_other_reviewer';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.appealed_at IS NOT NULL OR NEW.settled_at IS NOT NULL THEN
            RAISE EXCEPTION 'a new request has no past' USING ERRCODE = 'check_violation',
                CONSTRAINT = 'licence_requests_fixed';
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.number, NEW.person_id, NEW.kind, NEW.created_at)
        IS DISTINCT FROM (OLD.number, OLD.person_id, OLD.kind, OLD.created_at) THEN
        RAISE EXCEPTION 'a request keeps its applicant' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'licence_requests_fixed';
    END IF;
    -- The organisation can be mended where it was returned for that.
    IF NEW.organisation_id IS DISTINCT FROM OLD.organisation_id
        AND NOT (OLD.state = 'returned' AND NEW.state = 'submitted' AND EXISTS (
            SELECT FROM returned_fields f JOIN standing_decision(OLD.id, OLD.claimed_at) d ON d.id = f.decision_id
            WHERE f.field = 'organisation')) THEN
        RAISE EXCEPTION 'a request keeps its organisation' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'licence_requests_fixed';
    END IF;
    IF OLD.state <> 'in_review' AND NEW.state = 'in_review' AND EXISTS (
        SELECT FROM standing_decision(NEW.id, '-infinity') WHERE effective_at > NEW.claimed_at) THEN
        RAISE EXCEPTION 'a claim begins after the last decision' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'licence_requests_claim_after';
    END IF;
    IF OLD.state = 'rejected' AND NEW.state = 'appealed' THEN
        IF OLD.appealed_at IS NOT NULL THEN
            RAISE EXCEPTION 'a request is appealed once' USING ERRCODE = 'check_violation',
                CONSTRAINT = 'licence_requests_appealed_once';
        END IF;
        IF NOT coalesce(NEW.appealed_at < appeal_deadline(NEW.id), false) THEN
            RAISE EXCEPTION 'the time to appeal is over' USING ERRCODE = 'check_violation',
                CONSTRAINT = 'licence_requests_appeal_in_time';
        END IF;
    ELSIF NEW.appealed_at IS DISTINCT FROM OLD.appealed_at THEN
        RAISE EXCEPTION 'an appeal is neither made up nor taken away' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'licence_requests_fixed';
    END IF;
    IF OLD.state = 'in_review' AND NEW.state <> 'in_review' THEN
        IF NEW.state IN ('approved', 'rejected', 'returned') THEN
            IF NOT EXISTS (SELECT FROM standing_decision(OLD.id, OLD.claimed_at)
                WHERE outcome = NEW.state AND reviewer_id = OLD.claimed_by AND effective_at <= NEW.settled_at
                  AND (outcome <> 'returned' OR EXISTS (SELECT FROM returned_fields f WHERE f.decision_id = id))) THEN
                RAISE EXCEPTION 'a request is decided by its reviewer''s decision, once that has taken effect'
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'licence_requests_decided';
            END IF;
        ELSE
            IF EXISTS (SELECT FROM standing_decision(OLD.id, OLD.claimed_at)) THEN
                RAISE EXCEPTION 'a request that is decided goes where its decision says'
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'licence_requests_undecided';
            END IF;
            IF NEW.state <> 'withdrawn' AND (NEW.state = 'appealed') <> (NEW.appealed_at IS NOT NULL) THEN
                RAISE EXCEPTION 'a request goes back to where it came from'
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'licence_requests_back';
            END IF;
        END IF;
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION guard_decision() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    request licence_requests;
BEGIN
    SELECT * INTO request FROM licence_requests WHERE id = NEW.request_id FOR UPDATE;
    IF request.state <> 'in_review' OR request.claimed_by <> NEW.reviewer_id OR NEW.decided_at < request.claimed_at THEN
        RAISE EXCEPTION 'only the reviewer who holds a request decides it'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decisions_by_claimant';
    END IF;
    IF EXISTS (SELECT FROM standing_decision(request.id, request.claimed_at)) THEN
        RAISE EXCEPTION 'a request is decided once a claim'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decisions_one_standing';
    END IF;
    IF NOT may_decide(NEW.reviewer_id, request.person_id, request.organisation_id) THEN
        RAISE EXCEPTION 'the reviewer is tied to the applicant'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decisions_untied_reviewer';
    END IF;
    IF rejected_by(NEW.reviewer_id, request.id, request.appealed_at) THEN
        RAISE EXCEPTION 'an appeal is another reviewer''s'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decisions_other_reviewer';
    END IF;
    IF request.appealed_at IS NOT NULL AND NEW.outcome = 'returned' THEN
        RAISE EXCEPTION 'an appeal is granted or refused'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decisions_appeal_final';
    END IF;
    NEW.appeal := request.appealed_at IS NOT NULL;
    NEW.waiting_since := request.waiting_since;
    RETURN NEW;
END $$;

CREATE FUNCTION guard_returned_field() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM decisions d JOIN licence_requests r ON r.id = d.request_id
        WHERE d.id = NEW.decision_id AND d.outcome = 'returned' AND r.state = 'in_review' AND d.decided_at >= r.claimed_at
          AND (NEW.field <> 'organisation' OR r.organisation_id IS NOT NULL)) THEN
        RAISE EXCEPTION 'fields are returned by a decision that is being made'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'returned_fields_of_decision';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER returned_fields_guard BEFORE INSERT ON returned_fields
    FOR EACH ROW EXECUTE FUNCTION guard_returned_field();

CREATE FUNCTION guard_withdrawal() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    decision decisions;
    request licence_requests;
BEGIN
    SELECT * INTO decision FROM decisions WHERE id = NEW.decision_id;
    -- Waits for whoever settles the request; then it is too late.
    SELECT * INTO request FROM licence_requests WHERE id = decision.request_id FOR UPDATE;
    IF NEW.by_id IS DISTINCT FROM (CASE NEW.kind
        WHEN 'undone' THEN decision.reviewer_id WHEN 'overtaken' THEN request.person_id END) THEN
        RAISE EXCEPTION 'a decision is undone by who made it'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_withdrawals_by_reviewer';
    END IF;
    IF request.state <> 'in_review' OR decision.decided_at < request.claimed_at
        OR (NEW.kind = 'lapsed') <> (NEW.withdrawn_at >= decision.effective_at)
        OR (NEW.kind = 'lapsed' AND decision.outcome <> 'approved') THEN
        RAISE EXCEPTION 'a decision is undone before it takes effect'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_withdrawals_in_time';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER decision_withdrawals_guard BEFORE INSERT ON decision_withdrawals
    FOR EACH ROW EXECUTE FUNCTION guard_withdrawal();

-- Nine of ten requests were decided within this. Null where none was.
ALTER TABLE public_figures ADD COLUMN p90_wait_minutes bigint;

GRANT SELECT, INSERT ON returned_fields, decision_withdrawals TO rukhsa_app;
GRANT SELECT, INSERT, DELETE ON decision_texts, appeal_texts TO rukhsa_app;
