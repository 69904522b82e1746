-- People, how they sign in, and who they act for.

-- One human. Names and contact details are this row's, and erasable; history elsewhere holds only its id.
-- Encrypted columns start with the id of the key they were sealed under; *_hash is a keyed hash for look-ups.
CREATE TABLE persons (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    national_id_sealed bytea NOT NULL,
    national_id_hash bytea NOT NULL,
    given_name text CHECK (char_length(given_name) BETWEEN 1 AND 60),
    father_name text CHECK (char_length(father_name) BETWEEN 1 AND 60),
    grandfather_name text CHECK (char_length(grandfather_name) BETWEEN 1 AND 60),
    family_name text CHECK (char_length(family_name) BETWEEN 1 AND 60),
    name_key text,
    latin_name text CHECK (char_length(latin_name) BETWEEN 1 AND 160),
    birth_date_sealed bytea,
    email text CHECK (char_length(email) <= 254),
    region text,
    city text,
    -- Under 18 Hijri years when last looked at: no seat without a guardian's consent (enrolments check it).
    needs_guardian boolean NOT NULL DEFAULT false,
    profile_completed_at timestamptz,
    identity_verified_at timestamptz,
    merged_into uuid REFERENCES persons,
    created_at timestamptz NOT NULL DEFAULT now(),
    FOREIGN KEY (region, city) REFERENCES cities (region, code),
    CHECK (profile_completed_at IS NULL OR (given_name IS NOT NULL AND family_name IS NOT NULL
        AND latin_name IS NOT NULL AND birth_date_sealed IS NOT NULL AND city IS NOT NULL))
);
-- An ID number belongs to nobody until it is verified; then to exactly one person.
CREATE UNIQUE INDEX persons_verified_national_id ON persons (national_id_hash)
    WHERE identity_verified_at IS NOT NULL AND merged_into IS NULL;
CREATE INDEX persons_by_national_id ON persons (national_id_hash);

-- How a person signs in: an ID number together with a mobile.
CREATE TABLE accounts (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    person_id uuid NOT NULL REFERENCES persons,
    national_id_hash bytea NOT NULL,
    mobile_sealed bytea NOT NULL,
    mobile_hash bytea NOT NULL,
    -- Set when somebody else was verified as the owner of this ID number.
    frozen_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT accounts_id_and_mobile UNIQUE (national_id_hash, mobile_hash)
);
CREATE INDEX accounts_by_person ON accounts (person_id);

-- One asking for a code: by somebody signing in, or by a guardian about to consent. The code is bound to this row,
-- works once, for five minutes and five tries; the attempt locks, never the account.
CREATE TABLE code_attempts (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    purpose text NOT NULL CHECK (purpose IN ('sign_in', 'guardian')),
    national_id_sealed bytea,
    national_id_hash bytea,
    mobile_sealed bytea NOT NULL,
    mobile_hash bytea NOT NULL,
    -- The minor for whom a guardian is asked.
    minor_id uuid REFERENCES persons,
    code_hash bytea NOT NULL,
    tries smallint NOT NULL DEFAULT 0 CONSTRAINT code_attempts_five_tries CHECK (tries <= 5),
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    CHECK ((purpose = 'guardian') = (minor_id IS NOT NULL)),
    CHECK (purpose = 'guardian' OR national_id_hash IS NOT NULL)
);
CREATE INDEX code_attempts_by_minor ON code_attempts (minor_id, created_at) WHERE minor_id IS NOT NULL;

CREATE TABLE sign_in_sessions (
    token_hash bytea PRIMARY KEY,
    id uuid NOT NULL UNIQUE DEFAULT gen_random_uuid(),
    account_id uuid NOT NULL REFERENCES accounts,
    created_at timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL,
    -- Absolute end; the idle end is counted from last_seen_at.
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz
);
CREATE INDEX sign_in_sessions_by_account ON sign_in_sessions (account_id);

CREATE TABLE staff_roles (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    person_id uuid NOT NULL REFERENCES persons,
    role text NOT NULL CHECK (role IN ('trainer', 'reviewer', 'administrator')),
    granted_by uuid REFERENCES persons,
    granted_at timestamptz NOT NULL DEFAULT now(),
    revoked_at timestamptz
);
CREATE UNIQUE INDEX staff_roles_live ON staff_roles (person_id, role) WHERE revoked_at IS NULL;

-- A link printed once by `rukhsa admin grant`: whoever signs in and opens it first gets the role.
CREATE TABLE role_links (
    token_hash bytea PRIMARY KEY,
    role text NOT NULL CHECK (role IN ('trainer', 'reviewer', 'administrator')),
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    used_by uuid REFERENCES persons
);

-- A guardian's consent for a minor, given with the guardian's own ID, another mobile and their own code.
CREATE TABLE guardian_consents (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    minor_id uuid NOT NULL REFERENCES persons,
    attempt_id uuid NOT NULL UNIQUE REFERENCES code_attempts,
    guardian_name text NOT NULL,
    national_id_sealed bytea NOT NULL,
    national_id_hash bytea NOT NULL,
    mobile_hash bytea NOT NULL,
    given_at timestamptz NOT NULL,
    withdrawn_at timestamptz
);
CREATE UNIQUE INDEX guardian_consents_live ON guardian_consents (minor_id) WHERE withdrawn_at IS NULL;

CREATE FUNCTION guard_guardian() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM persons p JOIN accounts a ON a.person_id = p.id
        WHERE p.id = NEW.minor_id
          AND (p.national_id_hash = NEW.national_id_hash OR a.mobile_hash = NEW.mobile_hash)
    ) THEN
        RAISE EXCEPTION 'a guardian consents with their own ID and mobile'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'guardian_is_another_person';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guardian_consents_guard BEFORE INSERT ON guardian_consents
    FOR EACH ROW EXECUTE FUNCTION guard_guardian();

-- Who did what to which row, in codes and ids only.
CREATE TABLE audit_entries (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL,
    actor_id uuid,
    action text NOT NULL,
    subject_id uuid
);
CREATE INDEX audit_entries_by_subject ON audit_entries (subject_id, id);
CREATE TRIGGER audit_entries_append_only BEFORE UPDATE OR DELETE ON audit_entries
    FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();

GRANT SELECT, INSERT, UPDATE ON persons, accounts, code_attempts, sign_in_sessions, staff_roles, guardian_consents,
    role_links TO rukhsa_app;
GRANT DELETE ON code_attempts, sign_in_sessions TO rukhsa_app;
GRANT SELECT, INSERT ON audit_entries TO rukhsa_app;
