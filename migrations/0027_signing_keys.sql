-- The public halves of the keys that sign licences, so that every instance of the server publishes the same and a
-- signature can be checked as long as a licence that bears it lasts. The private halves are never here.

CREATE TABLE signing_keys (
    -- The beginning of its thumbprint (RFC 7638).
    kid text PRIMARY KEY CHECK (kid ~ '^[A-Za-z0-9_-]{8}$'),
    -- The calendar year, read in Riyadh, from whose first day it signs.
    year integer NOT NULL CHECK (year BETWEEN 2020 AND 2999),
    public_key bytea NOT NULL CONSTRAINT signing_keys_public_key UNIQUE CHECK (octet_length(public_key) = 32),
    published_at timestamptz NOT NULL,
    -- From then on nothing that it signed counts.
    retired_at timestamptz CHECK (retired_at >= published_at)
);
-- Two instances that were given different keys for a year would sign for each other's verifiers in vain.
CREATE UNIQUE INDEX signing_keys_one_a_year ON signing_keys (year) WHERE retired_at IS NULL;

-- A key stays what was published, and is retired once.
CREATE FUNCTION guard_signing_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.retired_at IS NOT NULL
        OR (NEW.kid, NEW.year, NEW.public_key, NEW.published_at)
            IS DISTINCT FROM (OLD.kid, OLD.year, OLD.public_key, OLD.published_at) THEN
        RAISE EXCEPTION 'a published key stays what it is' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'signing_keys_fixed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER signing_keys_guard BEFORE UPDATE OR DELETE ON signing_keys
    FOR EACH ROW EXECUTE FUNCTION guard_signing_key();

-- Whether a licence that a key may have signed has yet to end. Licences are signed when their card is opened, by the key
-- of that year: the key of a year signs what was issued until the end of it.
CREATE FUNCTION still_needed(key signing_keys, at timestamptz) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT at < make_timestamp(key.year + 1, 1, 1, 0, 0, 0) AT TIME ZONE 'Asia/Riyadh' OR EXISTS (
        SELECT FROM licences
        WHERE upper(valid) > (at AT TIME ZONE 'Asia/Riyadh')::date
          AND issued_at < make_timestamp(key.year + 1, 1, 1, 0, 0, 0) AT TIME ZONE 'Asia/Riyadh')
$$;

GRANT SELECT, INSERT ON signing_keys TO rukhsa_app;
GRANT UPDATE (retired_at) ON signing_keys TO rukhsa_app;
