-- Keys by which the programs of an organisation are known. An administrator gives them out. The key itself is nowhere:
-- what is kept is its SHA-256, which says nothing of 256 random bits, and its first characters, to tell keys apart by.

ALTER TABLE settings DROP CONSTRAINT settings_key_check, ADD CONSTRAINT settings_key_check CHECK (key IN (
    'validity_months', 'pass_mark_percent', 'test_attempts', 'test_minutes', 'test_questions',
    'offer_hours', 'review_days', 'fee_halalas', 'unmarked_days', 'appeal_days',
    'quiet_from_hour', 'quiet_until_hour', 'messages_per_day',
    'renewal_opens_days', 'renewal_questions', 'renewal_minutes', 'renewal_retry_days',
    'api_key_days', 'api_key_overlap_days'));
INSERT INTO settings (key, value, effective_from) VALUES
    ('api_key_days', 365, '-infinity'), ('api_key_overlap_days', 7, '-infinity');
ALTER TABLE settings
    DROP CONSTRAINT settings_value_sensible,
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
        WHEN 'api_key_days' THEN value BETWEEN 1 AND 1095
        WHEN 'api_key_overlap_days' THEN value BETWEEN 1 AND 60
        ELSE true END),
    -- Keys are given to organisations, whatever licences they ask about.
    ADD CONSTRAINT settings_of_keys CHECK (kind IS NULL OR key NOT IN ('api_key_days', 'api_key_overlap_days'));

CREATE TABLE api_keys (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    organisation_id uuid NOT NULL REFERENCES organisations,
    -- What it is used for, in the administrator's words: a program, never a person.
    label text NOT NULL CHECK (char_length(label) BETWEEN 1 AND 60),
    start text NOT NULL CHECK (start ~ '^rk_[A-Za-z0-9_-]{6}$'),
    hash bytea NOT NULL CONSTRAINT api_keys_hash UNIQUE CHECK (octet_length(hash) = 32),
    scopes text[] NOT NULL CHECK (cardinality(scopes) BETWEEN 1 AND 2 AND scopes <@ ARRAY['verify', 'webhooks']),
    given_by uuid NOT NULL REFERENCES persons,
    given_at timestamptz NOT NULL,
    -- Good until then. Only ever earlier: when another took its place.
    expires_at timestamptz NOT NULL,
    -- The key whose place it took.
    replaces uuid CONSTRAINT api_keys_one_successor UNIQUE REFERENCES api_keys,
    revoked_at timestamptz,
    revoked_by uuid REFERENCES persons,
    -- In Riyadh.
    last_used_on date,
    CHECK (expires_at > given_at),
    CHECK ((revoked_at IS NULL) = (revoked_by IS NULL))
);
CREATE INDEX api_keys_of_organisation ON api_keys (organisation_id, given_at DESC, id DESC);

-- Whoever gives, replaces or takes a key is an administrator at that moment.
CREATE FUNCTION require_administrator(who uuid, rule text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM staff_roles WHERE person_id = who AND role = 'administrator' AND revoked_at IS NULL FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'this is administrators'' business' USING ERRCODE = 'check_violation', CONSTRAINT = rule;
    END IF;
END $$;

-- An organisation that is not approved, or no more, has neither keys nor endpoints.
CREATE FUNCTION require_approved(organisation uuid, rule text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM organisations WHERE id = organisation AND approved_at IS NOT NULL FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the organisation is not approved' USING ERRCODE = 'check_violation', CONSTRAINT = rule;
    END IF;
END $$;

CREATE FUNCTION guard_api_key() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    replaced api_keys;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.id, NEW.organisation_id, NEW.label, NEW.start, NEW.hash, NEW.scopes, NEW.given_by, NEW.given_at,
            NEW.replaces)
            IS DISTINCT FROM
            (OLD.id, OLD.organisation_id, OLD.label, OLD.start, OLD.hash, OLD.scopes, OLD.given_by, OLD.given_at,
            OLD.replaces)
            OR NEW.expires_at > OLD.expires_at OR NEW.last_used_on < OLD.last_used_on
            OR (OLD.revoked_at IS NOT NULL
                AND (NEW.revoked_at, NEW.revoked_by) IS DISTINCT FROM (OLD.revoked_at, OLD.revoked_by)) THEN
            RAISE EXCEPTION 'a key keeps what it is' USING ERRCODE = 'check_violation', CONSTRAINT = 'api_keys_fixed';
        END IF;
        IF NEW.expires_at < OLD.expires_at AND NOT EXISTS (SELECT FROM api_keys WHERE replaces = NEW.id) THEN
            RAISE EXCEPTION 'a key ends earlier when another took its place'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'api_keys_fixed';
        END IF;
        IF OLD.revoked_at IS NULL AND NEW.revoked_at IS NOT NULL THEN
            PERFORM require_administrator(NEW.revoked_by, 'api_keys_by_administrator');
        END IF;
        RETURN NEW;
    END IF;
    PERFORM require_administrator(NEW.given_by, 'api_keys_by_administrator');
    PERFORM require_approved(NEW.organisation_id, 'api_keys_of_approved');
    IF NEW.revoked_at IS NOT NULL THEN
        RAISE EXCEPTION 'a key begins in force' USING ERRCODE = 'check_violation', CONSTRAINT = 'api_keys_fixed';
    END IF;
    IF NEW.replaces IS NOT NULL THEN
        SELECT * INTO replaced FROM api_keys WHERE id = NEW.replaces FOR UPDATE;
        IF replaced.revoked_at IS NOT NULL OR replaced.expires_at <= NEW.given_at
            OR (replaced.organisation_id, replaced.label, replaced.scopes)
                IS DISTINCT FROM (NEW.organisation_id, NEW.label, NEW.scopes) THEN
            RAISE EXCEPTION 'a key in force is followed by one like it'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'api_keys_follows';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER api_keys_guard BEFORE INSERT OR UPDATE ON api_keys FOR EACH ROW EXECUTE FUNCTION guard_api_key();
CREATE TRIGGER api_keys_never_deleted BEFORE DELETE ON api_keys FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();

-- The one before stays good for the days that its program needs to change over.
CREATE FUNCTION let_replaced_key_end() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE api_keys SET expires_at = least(expires_at,
        NEW.given_at + make_interval(days => setting('api_key_overlap_days', NULL, NEW.given_at)))
    WHERE id = NEW.replaces;
    RETURN NULL;
END $$;
CREATE TRIGGER api_keys_replaced AFTER INSERT ON api_keys
    FOR EACH ROW WHEN (NEW.replaces IS NOT NULL) EXECUTE FUNCTION let_replaced_key_end();

-- A secret just made, sealed, to be shown to the sign-in that made it and to no other; for minutes, and no longer than
-- they need to copy it.
CREATE TABLE shown_secrets (
    session_id uuid NOT NULL REFERENCES sign_in_sessions (id) ON DELETE CASCADE,
    -- The key or the endpoint whose secret it is.
    subject_id uuid NOT NULL,
    sealed bytea NOT NULL,
    made_at timestamptz NOT NULL,
    PRIMARY KEY (session_id, subject_id)
);
CREATE INDEX shown_secrets_by_time ON shown_secrets (made_at);

GRANT SELECT, INSERT ON api_keys TO rukhsa_app;
GRANT UPDATE (expires_at, revoked_at, revoked_by, last_used_on) ON api_keys TO rukhsa_app;
GRANT SELECT, INSERT, DELETE ON shown_secrets TO rukhsa_app;
