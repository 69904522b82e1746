-- The secret of a webhook is followed by another without closing its address. The one before signs too for 24 hours, as
-- Standard Webhooks advises, so that the receiver changes over in its own time and misses nothing.

ALTER TABLE webhook_endpoints
    -- How many secrets went before this one. Who replaces it says which one they saw: of two at once, one does.
    ADD COLUMN rotations integer NOT NULL DEFAULT 0,
    ADD COLUMN rotated_by uuid REFERENCES persons,
    ADD COLUMN rotated_at timestamptz,
    ADD CONSTRAINT webhook_endpoints_rotated CHECK (
        num_nonnulls(rotated_by, rotated_at) = CASE WHEN rotations = 0 THEN 0 ELSE 2 END);

-- Secrets that were followed by others and sign beside them until they end, sealed as theirs. More than one where they
-- follow each other fast: whichever the receiver has, it has a day.
CREATE TABLE webhook_old_secrets (
    endpoint_id uuid NOT NULL REFERENCES webhook_endpoints,
    -- How many went before it.
    rotation integer NOT NULL,
    sealed bytea NOT NULL,
    ends_at timestamptz NOT NULL,
    PRIMARY KEY (endpoint_id, rotation)
);
CREATE INDEX webhook_old_secrets_by_end ON webhook_old_secrets (ends_at);

CREATE OR REPLACE FUNCTION guard_webhook_endpoint() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM require_administrator(NEW.opened_by, 'webhook_endpoints_by_administrator');
        PERFORM require_approved(NEW.organisation_id, 'webhook_endpoints_of_approved');
        IF NEW.rotations <> 0 OR NEW.closed_at IS NOT NULL THEN
            RAISE EXCEPTION 'an endpoint begins open, with its first secret' USING ERRCODE = 'check_violation',
                CONSTRAINT = 'webhook_endpoints_fixed';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.closed_at IS NOT NULL
        OR (NEW.id, NEW.organisation_id, NEW.url, NEW.opened_by, NEW.opened_at)
            IS DISTINCT FROM (OLD.id, OLD.organisation_id, OLD.url, OLD.opened_by, OLD.opened_at) THEN
        RAISE EXCEPTION 'an endpoint is opened and closed once' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'webhook_endpoints_fixed';
    END IF;
    IF NEW.closed_at IS NOT NULL THEN
        IF (NEW.rotations, NEW.rotated_by, NEW.rotated_at)
            IS DISTINCT FROM (OLD.rotations, OLD.rotated_by, OLD.rotated_at) THEN
            RAISE EXCEPTION 'an endpoint that is closed gets no other secret' USING ERRCODE = 'check_violation',
                CONSTRAINT = 'webhook_endpoints_fixed';
        END IF;
        PERFORM require_administrator(NEW.closed_by, 'webhook_endpoints_by_administrator');
        -- Nothing is signed with it any more.
        NEW.secret_sealed := '';
        RETURN NEW;
    END IF;
    IF NEW.rotations <> OLD.rotations + 1 OR NEW.secret_sealed IN (OLD.secret_sealed, '') THEN
        RAISE EXCEPTION 'a secret is followed by another, one after the other' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'webhook_endpoints_fixed';
    END IF;
    PERFORM require_administrator(NEW.rotated_by, 'webhook_endpoints_by_administrator');
    PERFORM require_approved(NEW.organisation_id, 'webhook_endpoints_of_approved');
    RETURN NEW;
END $$;

-- How long the secret before still signs is said here alone.
CREATE FUNCTION keep_old_webhook_secret() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.closed_at IS NOT NULL THEN
        DELETE FROM webhook_old_secrets WHERE endpoint_id = NEW.id;
    ELSE
        INSERT INTO webhook_old_secrets (endpoint_id, rotation, sealed, ends_at)
        VALUES (NEW.id, OLD.rotations, OLD.secret_sealed, NEW.rotated_at + interval '24 hours');
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER webhook_endpoints_old_secret AFTER UPDATE ON webhook_endpoints
    FOR EACH ROW EXECUTE FUNCTION keep_old_webhook_secret();

GRANT UPDATE (secret_sealed, rotations, rotated_by, rotated_at) ON webhook_endpoints TO rukhsa_app;
-- Written by the database alone; the server drops those that are over.
GRANT SELECT, DELETE ON webhook_old_secrets TO rukhsa_app;
-- A secret made within minutes of the one before it is shown in its place.
GRANT UPDATE (sealed, made_at) ON shown_secrets TO rukhsa_app;
