-- One person, two records: somebody registered under an Iqama and years later under a national ID, say. Records whose
-- name and birth date agree are put before an administrator, who says that they are two people, or merges them.
--
-- A merge sets `merged_into` and rewrites nothing. What the record that went holds is found from the one that stays by
-- `records_of`. Both identities must have been verified: otherwise whoever registers under somebody's name and birth
-- date could take their place. What is under way on the record that goes is ended first, since nobody signs in to it
-- afterwards; so nothing has to be carried over, and nothing of it can collide later.

-- The keyed hash of a verified person's name key and birth date. A job fills it: the birth date is sealed with a key that
-- the database does not have.
CREATE TABLE likenesses (
    person_id uuid PRIMARY KEY REFERENCES persons,
    hash bytea NOT NULL
);
CREATE INDEX likenesses_by_hash ON likenesses (hash);

-- Who is to be compared, or compared anew.
CREATE TABLE people_to_compare (
    person_id uuid PRIMARY KEY REFERENCES persons,
    since timestamptz NOT NULL DEFAULT now()
);

CREATE FUNCTION await_comparison() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    -- Written even where it stands there already: the job then leaves it until this change is committed.
    INSERT INTO people_to_compare (person_id) VALUES (NEW.id)
    ON CONFLICT (person_id) DO UPDATE SET since = excluded.since;
    RETURN NULL;
END $$;
CREATE TRIGGER persons_await_comparison AFTER UPDATE OF name_key, birth_date_sealed, identity_verified_at ON persons
    FOR EACH ROW WHEN (NEW.identity_verified_at IS NOT NULL AND NEW.closed_at IS NULL AND NEW.merged_into IS NULL)
    EXECUTE FUNCTION await_comparison();
INSERT INTO people_to_compare (person_id)
SELECT id FROM persons WHERE identity_verified_at IS NOT NULL AND closed_at IS NULL AND merged_into IS NULL;

-- Two records that may be one person's, the lesser id first.
CREATE TABLE likely_pairs (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    one_id uuid NOT NULL REFERENCES persons,
    other_id uuid NOT NULL REFERENCES persons,
    found_at timestamptz NOT NULL,
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'dismissed', 'merged')),
    settled_at timestamptz,
    settled_by uuid REFERENCES persons,
    reason text,
    CHECK (one_id < other_id),
    -- One that was dismissed does not come back.
    CONSTRAINT likely_pairs_once UNIQUE (one_id, other_id),
    CONSTRAINT likely_pairs_accounted_for CHECK (CASE state
        WHEN 'waiting' THEN num_nonnulls(settled_at, settled_by, reason) = 0
        WHEN 'dismissed' THEN num_nonnulls(settled_at, settled_by) = 2
            AND coalesce(reason IN ('documents_differ', 'both_came', 'no_evidence'), false)
        ELSE num_nonnulls(settled_at, settled_by) = 2
            AND coalesce(reason IN ('number_changed', 'holder_asked', 'documents_agree'), false) END)
);
CREATE INDEX likely_pairs_by_other ON likely_pairs (other_id);
CREATE INDEX likely_pairs_waiting ON likely_pairs (found_at, id) WHERE state = 'waiting';
CREATE INDEX likely_pairs_settled ON likely_pairs (state, settled_at, id) WHERE state <> 'waiting';

INSERT INTO state_transitions VALUES ('pair', 'waiting', 'dismissed'), ('pair', 'waiting', 'merged');
CREATE TRIGGER likely_pairs_transition BEFORE INSERT OR UPDATE ON likely_pairs
    FOR EACH ROW EXECUTE FUNCTION guard_transition('pair', 'waiting');
CREATE TRIGGER likely_pairs_kept BEFORE DELETE ON likely_pairs
    FOR EACH ROW WHEN (OLD.state <> 'waiting') EXECUTE FUNCTION refuse_rewrite();

-- Comparisons, merges and closings take turns: of two comparisons at once, neither would see whom the other is adding, and
-- a merge or a closing takes away what a comparison is about to add. Taken before any row is locked.
CREATE FUNCTION take_turn_at_comparing() RETURNS void LANGUAGE sql AS $$
    SELECT pg_advisory_xact_lock(hashtextextended('likenesses', 0))
$$;

-- A merge, once for the record that goes.
CREATE TABLE merges (
    person_id uuid PRIMARY KEY REFERENCES persons,
    into_id uuid NOT NULL REFERENCES persons CHECK (into_id <> person_id),
    pair_id uuid NOT NULL UNIQUE REFERENCES likely_pairs,
    reason text NOT NULL,
    merged_by uuid NOT NULL REFERENCES persons,
    merged_at timestamptz NOT NULL
);
CREATE TRIGGER merges_append_only BEFORE UPDATE OR DELETE ON merges FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();

CREATE INDEX persons_merged_into ON persons (merged_into) WHERE merged_into IS NOT NULL;

-- Every record of the person whom a record is of: the one that stays, and those merged into it. Into a record that others
-- were merged into, and into none besides, others are merged: there are no chains.
CREATE FUNCTION records_of(who uuid) RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
    SELECT coalesce(merged_into, id) FROM persons WHERE id = who
    UNION ALL
    SELECT m.id FROM persons p JOIN persons m ON m.merged_into = coalesce(p.merged_into, p.id) WHERE p.id = who
$$;

-- Why a record cannot be merged into another. The page says so and the guard below obeys: one truth. What belongs to the
-- record that stays is in nobody's way, but for a licence: two of one kind would be valid at once.
CREATE FUNCTION merging_blockers(gone uuid, kept uuid, at timestamptz) RETURNS SETOF text LANGUAGE sql STABLE AS $$
    SELECT 'closed' WHERE EXISTS (SELECT FROM persons WHERE id IN (gone, kept) AND closed_at IS NOT NULL)
    UNION ALL
    SELECT 'merged' WHERE EXISTS (SELECT FROM persons WHERE id IN (gone, kept) AND merged_into IS NOT NULL)
        OR EXISTS (SELECT FROM persons WHERE merged_into = gone)
    UNION ALL
    SELECT 'identity' WHERE EXISTS (SELECT FROM persons WHERE id IN (gone, kept) AND identity_verified_at IS NULL)
    UNION ALL
    SELECT 'licence' WHERE EXISTS (
        SELECT FROM licences g JOIN licences k
            ON k.kind = g.kind AND k.organisation_id IS NOT DISTINCT FROM g.organisation_id
        WHERE g.person_id = gone AND k.person_id = ANY (ARRAY(SELECT records_of(kept)))
          AND g.state IN ('active', 'suspended') AND k.state IN ('active', 'suspended')
          AND least(upper(g.valid), upper(k.valid)) > (at AT TIME ZONE 'Asia/Riyadh')::date)
    UNION ALL
    SELECT 'open_request' WHERE EXISTS (SELECT FROM licence_requests
        WHERE person_id = gone AND state IN ('draft', 'submitted', 'in_review', 'returned', 'appealed'))
    UNION ALL
    SELECT 'enrolment' WHERE EXISTS (SELECT FROM enrolments
        WHERE person_id = gone AND state IN ('waitlisted', 'offered', 'enrolled', 'attended'))
    UNION ALL
    SELECT 'open_test' WHERE EXISTS (SELECT FROM attempts WHERE person_id = gone AND state = 'open')
    UNION ALL
    SELECT 'staff_role' WHERE EXISTS (SELECT FROM staff_roles WHERE person_id = gone AND revoked_at IS NULL)
    UNION ALL
    SELECT 'team' WHERE EXISTS (SELECT FROM teams WHERE leader_id = gone OR deputy_id = gone)
    UNION ALL
    SELECT 'organisation' WHERE EXISTS (SELECT FROM organisation_roles WHERE person_id = gone AND until IS NULL)
$$;

-- Pairs are settled by an administrator who is neither of the two, under no record of theirs. The lock waits for a
-- revocation of the role under way.
CREATE FUNCTION guard_pair_officer(officer uuid, one uuid, other uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM staff_roles
    WHERE person_id = officer AND role = 'administrator' AND revoked_at IS NULL FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'pairs are administrators'' business' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'likely_pairs_by_administrator';
    END IF;
    IF officer IN (SELECT records_of(one) UNION ALL SELECT records_of(other)) THEN
        RAISE EXCEPTION 'nobody settles a pair of their own' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'likely_pairs_by_other';
    END IF;
END $$;

CREATE FUNCTION guard_pair() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.id, NEW.one_id, NEW.other_id, NEW.found_at) IS DISTINCT FROM (OLD.id, OLD.one_id, OLD.other_id, OLD.found_at)
        OR OLD.state <> 'waiting' THEN
        RAISE EXCEPTION 'a pair is settled once' USING ERRCODE = 'check_violation', CONSTRAINT = 'likely_pairs_fixed';
    END IF;
    IF NEW.state = 'merged' AND NOT EXISTS (SELECT FROM merges
        WHERE pair_id = NEW.id AND (merged_at, merged_by, reason) = (NEW.settled_at, NEW.settled_by, NEW.reason)) THEN
        RAISE EXCEPTION 'a pair is merged by its merge' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'likely_pairs_by_merge';
    END IF;
    IF NEW.state = 'dismissed' THEN
        PERFORM guard_pair_officer(NEW.settled_by, NEW.one_id, NEW.other_id);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER likely_pairs_guard BEFORE UPDATE ON likely_pairs FOR EACH ROW EXECUTE FUNCTION guard_pair();

CREATE FUNCTION guard_merge() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    blocker text;
BEGIN
    PERFORM take_turn_at_comparing();
    -- Both, in one order for everybody: two merges that cross take turns. Waits for, and then holds up, whatever begins
    -- something for either: each locks the row by its foreign key.
    PERFORM FROM persons WHERE id IN (NEW.person_id, NEW.into_id) ORDER BY id FOR UPDATE;
    PERFORM FROM likely_pairs
    WHERE id = NEW.pair_id AND state = 'waiting'
      AND (one_id, other_id) = (least(NEW.person_id, NEW.into_id), greatest(NEW.person_id, NEW.into_id)) FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a merge is of a pair that waits' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'merges_of_pair';
    END IF;
    PERFORM guard_pair_officer(NEW.merged_by, NEW.person_id, NEW.into_id);
    SELECT b INTO blocker FROM merging_blockers(NEW.person_id, NEW.into_id, NEW.merged_at) b LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'something stands in the way: %', blocker USING ERRCODE = 'check_violation',
            CONSTRAINT = 'merges_' || blocker;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER merges_guard BEFORE INSERT ON merges FOR EACH ROW EXECUTE FUNCTION guard_merge();

-- The merge is its effect. Nobody signs in to the record that went any more.
CREATE FUNCTION carry_out_merge() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE likely_pairs SET state = 'merged', settled_at = NEW.merged_at, settled_by = NEW.merged_by, reason = NEW.reason
    WHERE id = NEW.pair_id;
    UPDATE persons SET merged_into = NEW.into_id WHERE id = NEW.person_id;
    UPDATE accounts SET frozen_at = NEW.merged_at WHERE person_id = NEW.person_id AND frozen_at IS NULL;
    UPDATE sign_in_sessions SET revoked_at = NEW.merged_at
    WHERE account_id IN (SELECT id FROM accounts WHERE person_id = NEW.person_id) AND revoked_at IS NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER merges_effect AFTER INSERT ON merges FOR EACH ROW EXECUTE FUNCTION carry_out_merge();

CREATE FUNCTION guard_merged_into() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- A merge cannot precede its person, nor be undone.
    IF NOT EXISTS (SELECT FROM merges WHERE person_id = NEW.id AND into_id = NEW.merged_into) THEN
        RAISE EXCEPTION 'a record is merged by a merge, for good' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'persons_merged_by_merge';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER persons_merged_new BEFORE INSERT ON persons
    FOR EACH ROW WHEN (NEW.merged_into IS NOT NULL) EXECUTE FUNCTION guard_merged_into();
CREATE TRIGGER persons_merged BEFORE UPDATE ON persons
    FOR EACH ROW WHEN (NEW.merged_into IS DISTINCT FROM OLD.merged_into) EXECUTE FUNCTION guard_merged_into();

-- Who is gone, by a merge or by closing, is compared with nobody any more; and of a closed account nothing stays that was
-- made of personal data.
CREATE FUNCTION end_comparison() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM people_to_compare WHERE person_id = NEW.id;
    DELETE FROM likenesses WHERE person_id = NEW.id;
    DELETE FROM likely_pairs WHERE state = 'waiting' AND (one_id = NEW.id OR other_id = NEW.id);
    RETURN NULL;
END $$;
CREATE TRIGGER persons_end_comparison AFTER UPDATE OF closed_at, merged_into ON persons
    FOR EACH ROW WHEN (NEW.closed_at IS DISTINCT FROM OLD.closed_at OR NEW.merged_into IS DISTINCT FROM OLD.merged_into)
    EXECUTE FUNCTION end_comparison();

-- As before, and: nothing new begins for a record that was merged into another. Waits for a merge under way as for a
-- closing; the lock is the one that the foreign key takes anyway.
CREATE OR REPLACE FUNCTION guard_open_person() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    who uuid := to_jsonb(NEW) ->> TG_ARGV[0];
BEGIN
    IF who IS NOT NULL THEN
        PERFORM FROM persons WHERE id = who AND closed_at IS NULL AND merged_into IS NULL FOR KEY SHARE;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'the account is closed or merged' USING ERRCODE = 'check_violation',
                CONSTRAINT = 'person_is_open';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER attempts_open_person BEFORE INSERT ON attempts
    FOR EACH ROW EXECUTE FUNCTION guard_open_person('person_id');
-- What was over does not begin anew: an appeal, and an absence that is mended into attendance.
CREATE TRIGGER licence_requests_appeal_of_open_person BEFORE UPDATE OF state ON licence_requests
    FOR EACH ROW WHEN (OLD.state = 'rejected' AND NEW.state = 'appealed')
    EXECUTE FUNCTION guard_open_person('person_id');
CREATE TRIGGER enrolments_mended_of_open_person BEFORE UPDATE OF state ON enrolments
    FOR EACH ROW WHEN (OLD.state = 'absent' AND NEW.state = 'attended')
    EXECUTE FUNCTION guard_open_person('person_id');

-- A licence goes to a record that stays, and beside the licences of all records of its person. A correction says again
-- what it corrects, whosever record that stands on.
CREATE FUNCTION guard_holder() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM persons WHERE id = NEW.person_id AND merged_into IS NULL FOR KEY SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the record was merged into another' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'person_is_open';
    END IF;
    -- After the lock, so that a merge has been seen.
    IF EXISTS (SELECT FROM persons m JOIN licences l ON l.person_id = m.id
        WHERE m.merged_into = NEW.person_id AND l.kind = NEW.kind
          AND l.organisation_id IS NOT DISTINCT FROM NEW.organisation_id
          AND l.state IN ('active', 'suspended') AND l.valid && NEW.valid) THEN
        RAISE EXCEPTION 'a record merged into this one holds such a licence' USING ERRCODE = 'exclusion_violation',
            CONSTRAINT = 'licences_never_overlap';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER licences_holder BEFORE INSERT ON licences
    FOR EACH ROW WHEN (NEW.corrects IS NULL) EXECUTE FUNCTION guard_holder();

-- As before, but of all records of a person: what was passed and what is held under either counts.
CREATE OR REPLACE FUNCTION prerequisites(who uuid, wanted text, organisation uuid, at timestamptz)
RETURNS TABLE (code text, met boolean, met_by uuid, met_at timestamptz) LANGUAGE sql STABLE AS $$
    SELECT 'profile', p.profile_completed_at IS NOT NULL, p.id, p.profile_completed_at
    FROM persons p WHERE p.id = who
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

CREATE OR REPLACE FUNCTION renewal_needs(licence licences, at timestamptz)
RETURNS TABLE (code text, met boolean, met_by uuid, met_at timestamptz) LANGUAGE sql STABLE AS $$
    SELECT p.code, p.met AND (p.code <> 'practitioner_licence' OR later.id IS NOT NULL),
        coalesce(later.id, p.met_by), coalesce(later.issued_at, p.met_at)
    FROM prerequisites(licence.person_id, licence.kind, licence.organisation_id, at) p
    LEFT JOIN LATERAL (
        SELECT l.id, l.issued_at FROM licences l
        WHERE p.code = 'practitioner_licence' AND l.person_id = ANY (ARRAY(SELECT records_of(licence.person_id)))
          AND l.kind = 'practitioner' AND l.state = 'active' AND l.valid @> upper(licence.valid) LIMIT 1) later ON true
    UNION ALL
    SELECT 'renewal_module', a.id IS NOT NULL, a.id, a.finished_at
    FROM (SELECT) AS one LEFT JOIN LATERAL (
        SELECT a.id, a.finished_at FROM attempts a
        WHERE a.renews IS NOT NULL AND a.renews IN (SELECT versions_of(licence.id)) AND a.state = 'passed'
        ORDER BY a.finished_at LIMIT 1) a ON true
$$;

-- Ties are a person's, whichever record they stand on: a merge is no way around them.
CREATE OR REPLACE FUNCTION teams_of(who uuid) RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
    SELECT id FROM teams
    WHERE leader_id = ANY (ARRAY(SELECT records_of(who))) OR deputy_id = ANY (ARRAY(SELECT records_of(who)))
    UNION
    SELECT team_id FROM memberships WHERE person_id = ANY (ARRAY(SELECT records_of(who))) AND left_at IS NULL
$$;

CREATE OR REPLACE FUNCTION tied_by_team(one uuid, other uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT one = other OR other IN (SELECT records_of(one))
        OR EXISTS (SELECT FROM teams_of(one) a JOIN teams_of(other) b ON a = b)
$$;

CREATE OR REPLACE FUNCTION may_decide(reviewer uuid, applicant uuid, organisation uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT NOT tied(reviewer, applicant)
       AND NOT EXISTS (SELECT FROM identity_confirmations
            WHERE person_id = ANY (ARRAY(SELECT records_of(applicant)))
              AND confirmed_by = ANY (ARRAY(SELECT records_of(reviewer))))
       AND NOT EXISTS (SELECT FROM organisation_roles
            WHERE person_id = reviewer AND organisation_id = organisation AND until IS NULL)
$$;

-- A test holds this set to what `may_decide` says of each person.
CREATE OR REPLACE FUNCTION tied_people(reviewer uuid) RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
    WITH own_teams AS (SELECT t.* FROM teams t JOIN teams_of(reviewer) mine ON t.id = mine),
    bodies AS (
        SELECT organisation_id FROM organisation_roles WHERE person_id = reviewer AND until IS NULL
        UNION
        SELECT organisation_id FROM own_teams
    ),
    shared AS (
        SELECT id, leader_id, deputy_id FROM own_teams
        UNION
        SELECT id, leader_id, deputy_id FROM teams WHERE organisation_id IN (SELECT organisation_id FROM bodies)
    ),
    tied (id) AS (
        SELECT reviewer
        UNION
        SELECT leader_id FROM shared
        UNION
        SELECT deputy_id FROM shared WHERE deputy_id IS NOT NULL
        UNION
        SELECT person_id FROM memberships WHERE team_id IN (SELECT id FROM shared) AND left_at IS NULL
        UNION
        SELECT person_id FROM organisation_roles
            WHERE organisation_id IN (SELECT organisation_id FROM bodies) AND until IS NULL
        UNION
        SELECT person_id FROM identity_confirmations WHERE confirmed_by = ANY (ARRAY(SELECT records_of(reviewer)))
    ),
    -- Every record of each of them. There are few merges: they are read whole, and the millions of people not.
    whole (id) AS (
        SELECT id FROM tied
        UNION
        SELECT into_id FROM merges WHERE person_id IN (SELECT id FROM tied)
    )
    SELECT id FROM whole
    UNION
    SELECT person_id FROM merges WHERE into_id IN (SELECT id FROM whole)
$$;

-- A number stays with the record that it was verified for, also when that was merged: else it could be claimed anew.
CREATE UNIQUE INDEX persons_verified_number ON persons (national_id_hash) WHERE identity_verified_at IS NOT NULL;
DROP INDEX persons_verified_national_id;
ALTER INDEX persons_verified_number RENAME TO persons_verified_national_id;

-- Who closes their account closes every record of theirs: what was merged is as personal as the rest.
ALTER FUNCTION close_account RENAME TO close_record;
REVOKE EXECUTE ON FUNCTION close_record FROM rukhsa_app;
CREATE FUNCTION close_account(who uuid, at timestamptz, recipients bytea[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    one uuid;
BEGIN
    IF current_setting('rukhsa.person', true) IS DISTINCT FROM who::text THEN
        RAISE EXCEPTION 'an account is closed by its owner' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'closing_by_owner';
    END IF;
    PERFORM take_turn_at_comparing();
    -- Before the others are looked for: waits for a merge under way.
    PERFORM FROM persons WHERE id = who FOR UPDATE;
    FOR one IN SELECT id FROM persons WHERE merged_into = who AND closed_at IS NULL ORDER BY id LOOP
        PERFORM set_config('rukhsa.person', one::text, true);
        PERFORM close_record(one, at, recipients);
    END LOOP;
    PERFORM set_config('rukhsa.person', who::text, true);
    PERFORM close_record(who, at, recipients);
END $$;
REVOKE EXECUTE ON FUNCTION close_account FROM PUBLIC;
GRANT EXECUTE ON FUNCTION close_account TO rukhsa_app;

GRANT SELECT, INSERT, UPDATE, DELETE ON likenesses TO rukhsa_app;
-- UPDATE only for the lock of a batch under way.
GRANT SELECT, UPDATE, DELETE ON people_to_compare TO rukhsa_app;
GRANT SELECT, INSERT, DELETE ON likely_pairs TO rukhsa_app;
GRANT UPDATE (state, settled_at, settled_by, reason) ON likely_pairs TO rukhsa_app;
GRANT SELECT, INSERT ON merges TO rukhsa_app;
