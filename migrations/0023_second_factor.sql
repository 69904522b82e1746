-- Staff sign in with two factors: the code sent to their mobile, and a passkey (W3C Web Authentication) or a recovery
-- code (a look-up secret, NIST SP 800-63B, 5.1.2). What staff do asks for the second; what weighs most asks anew.

ALTER TABLE sign_in_sessions ADD COLUMN second_factor_at timestamptz;

CREATE TABLE passkeys (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    person_id uuid NOT NULL REFERENCES persons,
    credential_id bytea NOT NULL CONSTRAINT passkeys_once UNIQUE,
    -- Public key, counter and flags, as the library writes them.
    credential jsonb NOT NULL,
    added_at timestamptz NOT NULL,
    used_at timestamptz
);
CREATE INDEX passkeys_of_person ON passkeys (person_id, added_at);

-- Kept as keyed hashes. A code that was used stays, so that it is seen how many are left.
CREATE TABLE recovery_codes (
    person_id uuid NOT NULL REFERENCES persons,
    code_hash bytea NOT NULL,
    made_at timestamptz NOT NULL,
    used_at timestamptz,
    PRIMARY KEY (person_id, code_hash)
);
CREATE FUNCTION guard_recovery_code() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.used_at IS NOT NULL OR NEW.used_at IS NULL
        OR (NEW.person_id, NEW.code_hash, NEW.made_at) IS DISTINCT FROM (OLD.person_id, OLD.code_hash, OLD.made_at) THEN
        RAISE EXCEPTION 'a recovery code is used once' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'recovery_codes_used_once';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER recovery_codes_guard BEFORE UPDATE ON recovery_codes
    FOR EACH ROW EXECUTE FUNCTION guard_recovery_code();

-- New codes are shown, sealed here meanwhile, until one of them is typed: then they are known to be kept somewhere.
CREATE TABLE recovery_code_drafts (
    session_id uuid PRIMARY KEY REFERENCES sign_in_sessions (id) ON DELETE CASCADE,
    sealed bytea NOT NULL,
    made_at timestamptz NOT NULL
);

-- A challenge that a browser is to answer, once: the server itself remembers nothing.
CREATE TABLE passkey_ceremonies (
    session_id uuid NOT NULL REFERENCES sign_in_sessions (id) ON DELETE CASCADE,
    purpose text NOT NULL CHECK (purpose IN ('add', 'use')),
    state jsonb NOT NULL,
    started_at timestamptz NOT NULL,
    PRIMARY KEY (session_id, purpose)
);

-- An officer who lost every factor starts anew; `reset_by` is empty when it was done from the machine itself.
CREATE TABLE second_factor_resets (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person_id uuid NOT NULL REFERENCES persons,
    reset_by uuid REFERENCES persons,
    reset_at timestamptz NOT NULL,
    CONSTRAINT second_factor_resets_by_other CHECK (reset_by <> person_id)
);
CREATE INDEX second_factor_resets_of_person ON second_factor_resets (person_id, reset_at);
CREATE TRIGGER second_factor_resets_append_only BEFORE UPDATE OR DELETE ON second_factor_resets
    FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();

-- Whether a first factor may be added with the mobile's code alone: by staff who have none yet, within seven days of a
-- role or a reset. Later, whoever has only taken over a mobile gets no further.
CREATE FUNCTION second_factor_is_open(who uuid, at timestamptz) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT NOT EXISTS (SELECT FROM passkeys WHERE person_id = who)
        AND NOT EXISTS (SELECT FROM recovery_codes WHERE person_id = who)
        AND EXISTS (SELECT FROM staff_roles WHERE person_id = who AND revoked_at IS NULL)
        AND EXISTS (
            SELECT FROM staff_roles
            WHERE person_id = who AND revoked_at IS NULL AND granted_at > at - interval '7 days'
            UNION ALL
            SELECT FROM second_factor_resets WHERE person_id = who AND reset_at > at - interval '7 days')
$$;

-- Who is staff already begins now.
INSERT INTO second_factor_resets (person_id, reset_at)
SELECT DISTINCT person_id, now() FROM staff_roles WHERE revoked_at IS NULL;

GRANT SELECT, INSERT, UPDATE, DELETE ON passkeys, recovery_codes, recovery_code_drafts, passkey_ceremonies
    TO rukhsa_app;
GRANT SELECT, INSERT ON second_factor_resets TO rukhsa_app;
