-- The administrator's desk: settings that say who changed them and why, staff that cannot lock themselves out, a log of
-- who read whose record, and accounts that can be closed.

-- Settings. Each change names the newest row of its key that its author saw: of two changes made on the strength of the
-- same row one is refused, whatever kinds they are for, and nobody overwrites what they never read.
ALTER TABLE settings
    ADD COLUMN version bigint GENERATED ALWAYS AS IDENTITY,
    ADD COLUMN changed_at timestamptz,
    ADD COLUMN reason text CHECK (char_length(reason) BETWEEN 1 AND 500),
    ADD COLUMN replaces bigint,
    ADD CONSTRAINT settings_version UNIQUE (key, version),
    ADD CONSTRAINT settings_one_successor UNIQUE (key, replaces),
    ADD CONSTRAINT settings_replaces FOREIGN KEY (key, replaces) REFERENCES settings (key, version),
    ADD CONSTRAINT settings_changed_by FOREIGN KEY (changed_by) REFERENCES persons,
    -- What nobody changed came with a release. Nothing is changed for the past.
    ADD CONSTRAINT settings_accounted_for CHECK (changed_by IS NULL
        OR (changed_at IS NOT NULL AND reason IS NOT NULL AND replaces IS NOT NULL AND effective_from >= changed_at)),
    ADD CONSTRAINT settings_value_sensible CHECK (changed_by IS NULL OR CASE key
        WHEN 'validity_months' THEN value BETWEEN 1 AND 120
        WHEN 'pass_mark_percent' THEN value BETWEEN 1 AND 100
        WHEN 'test_attempts' THEN value BETWEEN 1 AND 20
        WHEN 'test_minutes' THEN value BETWEEN 5 AND 240
        WHEN 'test_questions' THEN value BETWEEN 1 AND 100
        WHEN 'offer_hours' THEN value BETWEEN 1 AND 168
        WHEN 'review_days' THEN value BETWEEN 1 AND 60
        WHEN 'fee_halalas' THEN value BETWEEN 0 AND 10000000
        WHEN 'unmarked_days' THEN value BETWEEN 1 AND 60
        WHEN 'appeal_days' THEN value BETWEEN 1 AND 365
        WHEN 'quiet_from_hour' THEN value BETWEEN 0 AND 23
        WHEN 'quiet_until_hour' THEN value BETWEEN 0 AND 23
        WHEN 'messages_per_day' THEN value BETWEEN 1 AND 200
        WHEN 'renewal_opens_days' THEN value BETWEEN 1 AND 365
        WHEN 'renewal_questions' THEN value BETWEEN 1 AND 100
        WHEN 'renewal_minutes' THEN value BETWEEN 5 AND 240
        WHEN 'renewal_retry_days' THEN value BETWEEN 1 AND 60
        ELSE true END),
    -- Messages are sent to people, whatever licences they hold.
    ADD CONSTRAINT settings_of_messages CHECK (kind IS NULL
        OR key NOT IN ('quiet_from_hour', 'quiet_until_hour', 'messages_per_day'));

-- The audit log. `actor_role` is the role somebody acted in, `detail` a code or an id that says more (the role that was
-- given, the key that was changed). Still no names and no free text.
ALTER TABLE audit_entries
    ADD COLUMN actor_role text CONSTRAINT audit_entries_role_is_code CHECK (actor_role ~ '^[a-z_]{1,40}$'),
    ADD COLUMN detail text CONSTRAINT audit_entries_detail_is_code CHECK (detail ~ '^[A-Za-z0-9_:.-]{1,80}$');
-- One for each way the log is filtered, all in the order it is read.
CREATE INDEX audit_entries_by_time ON audit_entries (at, id);
CREATE INDEX audit_entries_by_action ON audit_entries (action, at, id);
CREATE INDEX audit_entries_by_actor ON audit_entries (actor_id, at, id) WHERE actor_id IS NOT NULL;
CREATE INDEX audit_entries_by_actor_and_action ON audit_entries (actor_id, action, at, id) WHERE actor_id IS NOT NULL;
CREATE INDEX audit_entries_by_subject_and_time ON audit_entries (subject_id, at, id);

-- Closed accounts: what was personal is gone, what history refers to stays.
ALTER TABLE persons ADD COLUMN closed_at timestamptz,
    ADD CONSTRAINT persons_closed_is_erased CHECK (closed_at IS NULL OR (
        national_id_sealed = '' AND given_name IS NULL AND father_name IS NULL AND grandfather_name IS NULL
        AND family_name IS NULL AND name_key IS NULL AND latin_name IS NULL AND birth_date_sealed IS NULL
        AND email IS NULL AND region IS NULL AND city IS NULL AND profile_completed_at IS NULL));

-- Staff. A link from the machine itself has no `granted_by`; everybody else who gives or takes a role is an
-- administrator at that moment, and not the one it is about.
ALTER TABLE staff_roles
    ADD COLUMN revoked_by uuid REFERENCES persons,
    ADD CONSTRAINT staff_roles_granted_by_other CHECK (granted_by <> person_id) NOT VALID,
    ADD CONSTRAINT staff_roles_revoked_by_other CHECK (revoked_by <> person_id),
    ADD CONSTRAINT staff_roles_revoked_at CHECK (revoked_by IS NULL OR revoked_at IS NOT NULL);
CREATE INDEX staff_roles_by_role ON staff_roles (role, granted_at, id) WHERE revoked_at IS NULL;
CREATE INDEX staff_roles_by_grant ON staff_roles (granted_at, id) WHERE revoked_at IS NULL;

CREATE FUNCTION guard_staff_role() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    actor uuid := CASE TG_OP WHEN 'INSERT' THEN NEW.granted_by ELSE NEW.revoked_by END;
BEGIN
    IF TG_OP = 'UPDATE' AND (OLD.revoked_at IS NOT NULL
        OR (NEW.id, NEW.person_id, NEW.role, NEW.granted_by, NEW.granted_at)
            IS DISTINCT FROM (OLD.id, OLD.person_id, OLD.role, OLD.granted_by, OLD.granted_at)) THEN
        RAISE EXCEPTION 'a role is given and taken once' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'staff_roles_fixed';
    END IF;
    -- Changes of staff take turns: of two administrators who revoke each other at once, the second sees what the first did.
    PERFORM pg_advisory_xact_lock(hashtextextended('staff_roles', 0));
    IF actor IS NOT NULL AND NOT EXISTS (SELECT FROM staff_roles
        WHERE person_id = actor AND role = 'administrator' AND revoked_at IS NULL) THEN
        RAISE EXCEPTION 'staff is administrators'' business' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'staff_roles_by_administrator';
    END IF;
    IF TG_OP = 'INSERT' AND actor IS NOT NULL
        AND NOT EXISTS (SELECT FROM persons WHERE id = NEW.person_id AND identity_verified_at IS NOT NULL) THEN
        RAISE EXCEPTION 'staff is known' USING ERRCODE = 'check_violation', CONSTRAINT = 'staff_roles_verified';
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.role = 'administrator' AND NEW.revoked_at IS NOT NULL AND NOT EXISTS (
        SELECT FROM staff_roles WHERE role = 'administrator' AND revoked_at IS NULL AND person_id <> OLD.person_id) THEN
        RAISE EXCEPTION 'the portal keeps an administrator' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'staff_roles_last_administrator';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER staff_roles_guard BEFORE INSERT OR UPDATE ON staff_roles
    FOR EACH ROW EXECUTE FUNCTION guard_staff_role();

-- Who loses the role of a reviewer while they take a request does not get it: the lock waits for the revocation, which
-- otherwise waits for the claim and finds it.
CREATE FUNCTION guard_claimant() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM staff_roles
    WHERE person_id = NEW.claimed_by AND role = 'reviewer' AND revoked_at IS NULL FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'requests are taken by reviewers' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'licence_requests_by_reviewer';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER licence_requests_claimant BEFORE UPDATE ON licence_requests
    FOR EACH ROW WHEN (OLD.state <> 'in_review' AND NEW.state = 'in_review') EXECUTE FUNCTION guard_claimant();

-- Nothing new begins for a closed account: whatever begins it waits for a closing under way. TG_ARGV[0] names the column.
CREATE FUNCTION guard_open_person() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    who uuid := to_jsonb(NEW) ->> TG_ARGV[0];
BEGIN
    IF who IS NOT NULL THEN
        PERFORM FROM persons WHERE id = who AND closed_at IS NULL FOR KEY SHARE;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'the account is closed' USING ERRCODE = 'check_violation', CONSTRAINT = 'person_is_open';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER enrolments_open_person BEFORE INSERT ON enrolments
    FOR EACH ROW EXECUTE FUNCTION guard_open_person('person_id');
CREATE TRIGGER licence_requests_open_person BEFORE INSERT ON licence_requests
    FOR EACH ROW EXECUTE FUNCTION guard_open_person('person_id');
CREATE TRIGGER staff_roles_open_person BEFORE INSERT ON staff_roles
    FOR EACH ROW EXECUTE FUNCTION guard_open_person('person_id');
CREATE TRIGGER memberships_open_person BEFORE INSERT ON memberships
    FOR EACH ROW EXECUTE FUNCTION guard_open_person('person_id');
CREATE TRIGGER organisation_roles_open_person BEFORE INSERT ON organisation_roles
    FOR EACH ROW EXECUTE FUNCTION guard_open_person('person_id');
CREATE TRIGGER teams_open_leader BEFORE INSERT OR UPDATE OF leader_id ON teams
    FOR EACH ROW EXECUTE FUNCTION guard_open_person('leader_id');
CREATE TRIGGER teams_open_deputy BEFORE INSERT OR UPDATE OF deputy_id ON teams
    FOR EACH ROW EXECUTE FUNCTION guard_open_person('deputy_id');

-- As before, and: on closing, and then only, the number's hash goes too, so that its owner may come back as somebody new.
CREATE OR REPLACE FUNCTION guard_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.identity_verified_at IS DISTINCT FROM (CASE WHEN TG_OP = 'UPDATE' THEN OLD.identity_verified_at END)
        AND NOT EXISTS (SELECT FROM identity_confirmations
            WHERE person_id = NEW.id AND confirmed_at = NEW.identity_verified_at) THEN
        RAISE EXCEPTION 'identity is verified by a confirmation only'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'persons_identity_confirmed';
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.national_id_hash <> OLD.national_id_hash
        AND NOT (OLD.closed_at IS NULL AND NEW.closed_at IS NOT NULL) THEN
        RAISE EXCEPTION 'a person keeps their ID number'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'persons_national_id_fixed';
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.closed_at IS NOT NULL AND NEW.closed_at IS DISTINCT FROM OLD.closed_at THEN
        RAISE EXCEPTION 'a closed account stays closed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'persons_closed_for_good';
    END IF;
    RETURN NEW;
END $$;

-- What somebody must end before their account can be closed.
CREATE FUNCTION closing_blockers(who uuid, at timestamptz) RETURNS SETOF text LANGUAGE sql STABLE AS $$
    SELECT 'staff_role' WHERE EXISTS (SELECT FROM staff_roles WHERE person_id = who AND revoked_at IS NULL)
    UNION ALL
    SELECT 'open_request' WHERE EXISTS (SELECT FROM licence_requests
        WHERE person_id = who AND state IN ('draft', 'submitted', 'in_review', 'returned', 'appealed'))
    UNION ALL
    SELECT 'seat' WHERE EXISTS (SELECT FROM enrolments e JOIN training_sessions s ON s.id = e.session_id
        WHERE e.person_id = who AND e.state IN ('waitlisted', 'offered', 'enrolled')
          AND s.ends_at > at AND s.cancelled_at IS NULL)
    UNION ALL
    SELECT 'open_test' WHERE EXISTS (SELECT FROM attempts WHERE person_id = who AND state = 'open')
    UNION ALL
    SELECT 'team' WHERE EXISTS (SELECT FROM teams WHERE leader_id = who OR deputy_id = who)
    UNION ALL
    SELECT 'organisation' WHERE EXISTS (SELECT FROM organisation_roles WHERE person_id = who AND until IS NULL)
$$;

-- Closes the account of the person acting, and of nobody else, and erases what is personal. Runs as the owner: nothing
-- but a closing may empty a message. What is looked up by a hash gets a random one, which belongs to nobody. Codes are sent
-- before anybody knows whose account they are for: `recipients` are the hashes by which those messages are found.
CREATE FUNCTION close_account(who uuid, at timestamptz, recipients bytea[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    blocker text;
BEGIN
    IF current_setting('rukhsa.person', true) IS DISTINCT FROM who::text THEN
        RAISE EXCEPTION 'an account is closed by its owner' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'closing_by_owner';
    END IF;
    -- Waits for, and then holds up, whatever begins something for this person: each locks the row.
    PERFORM FROM persons WHERE id = who AND closed_at IS NULL FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the account is closed' USING ERRCODE = 'check_violation', CONSTRAINT = 'closing_once';
    END IF;
    SELECT b INTO blocker FROM closing_blockers(who, at) b LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'something is still open' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'closing_' || blocker;
    END IF;
    DELETE FROM sign_in_sessions WHERE account_id IN (SELECT id FROM accounts WHERE person_id = who);
    DELETE FROM decision_texts WHERE decision_id IN (SELECT d.id FROM decisions d
        JOIN licence_requests r ON r.id = d.request_id WHERE r.person_id = who);
    DELETE FROM appeal_texts WHERE request_id IN (SELECT id FROM licence_requests WHERE person_id = who);
    DELETE FROM code_attempts c WHERE minor_id = who
        AND NOT EXISTS (SELECT FROM guardian_consents g WHERE g.attempt_id = c.id);
    DELETE FROM code_attempts c USING accounts a WHERE a.person_id = who AND c.purpose = 'sign_in'
        AND c.national_id_hash = a.national_id_hash AND c.mobile_hash = a.mobile_hash;
    UPDATE guardian_consents SET withdrawn_at = at WHERE minor_id = who AND withdrawn_at IS NULL;
    -- Consents given for this person, and those this person gave: that somebody consented stays, for the minor's sake.
    WITH emptied AS (
        UPDATE guardian_consents SET guardian_name = '', national_id_sealed = '',
            national_id_hash = uuid_send(gen_random_uuid()), mobile_hash = uuid_send(gen_random_uuid())
        WHERE minor_id = who OR national_id_hash = (
            SELECT national_id_hash FROM persons WHERE id = who AND identity_verified_at IS NOT NULL)
        RETURNING attempt_id)
    UPDATE code_attempts SET mobile_sealed = '', mobile_hash = uuid_send(gen_random_uuid())
    WHERE id IN (SELECT attempt_id FROM emptied);
    DELETE FROM proposal_texts WHERE proposal_id IN (SELECT p.id FROM licence_proposals p
        JOIN licences l ON l.id = p.licence_id WHERE l.person_id = who);
    DELETE FROM licence_event_texts WHERE event_id IN (SELECT e.id FROM licence_events e
        JOIN licences l ON l.id = e.licence_id WHERE l.person_id = who);
    -- Where they went is erased with them. A code that another asked for at the same mobile is still sent.
    UPDATE messages m SET recipient_sealed = NULL, recipient_hash = NULL, body_sealed = ''
    WHERE person_id = who OR person_id IS NULL
        AND EXISTS (SELECT FROM deliveries d WHERE d.message_id = m.id AND d.recipient_hash = ANY (recipients))
        AND (useful_until <= at OR NOT EXISTS (
            SELECT FROM deliveries d WHERE d.message_id = m.id AND d.state IN ('queued', 'failed')));
    UPDATE memberships SET left_at = at WHERE person_id = who AND left_at IS NULL;
    UPDATE accounts SET national_id_hash = uuid_send(gen_random_uuid()), mobile_sealed = '',
        mobile_hash = uuid_send(gen_random_uuid()), frozen_at = coalesce(frozen_at, at)
    WHERE person_id = who;
    UPDATE persons SET closed_at = at, national_id_sealed = '', national_id_hash = uuid_send(gen_random_uuid()),
        given_name = NULL, father_name = NULL, grandfather_name = NULL, family_name = NULL, name_key = NULL,
        latin_name = NULL, birth_date_sealed = NULL, email = NULL, region = NULL, city = NULL, needs_guardian = false,
        profile_completed_at = NULL
    WHERE id = who;
END $$;
REVOKE EXECUTE ON FUNCTION close_account FROM PUBLIC;
GRANT EXECUTE ON FUNCTION close_account TO rukhsa_app;

-- A guardian's consents are found by their ID number.
CREATE INDEX guardian_consents_by_national_id ON guardian_consents (national_id_hash);
CREATE INDEX attempts_of_person ON attempts (person_id);
