-- Telling the programs of an organisation of changes to the licences of its own: those that name it, and those of the
-- members of teams that it supervises. A delivery is written in the transaction of the change, for each open endpoint of
-- each such organisation, and its job with it. That a licence has ended by its days is no event, and is not told.

CREATE TABLE webhook_endpoints (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    organisation_id uuid NOT NULL REFERENCES organisations,
    -- Only https reaches further than this machine. src/organisations/webhook says which addresses are refused besides.
    url text NOT NULL CHECK (char_length(url) <= 500
        AND (url ~ '^https://[^/@ ]+/' OR url ~ '^http://(127\.0\.0\.1|localhost):[0-9]+/')),
    -- What deliveries are signed with. Sealed, not hashed: signing needs it.
    secret_sealed bytea NOT NULL,
    opened_by uuid NOT NULL REFERENCES persons,
    opened_at timestamptz NOT NULL,
    closed_by uuid REFERENCES persons,
    closed_at timestamptz,
    CHECK ((closed_at IS NULL) = (closed_by IS NULL))
);
CREATE UNIQUE INDEX webhook_endpoints_once ON webhook_endpoints (organisation_id, url) WHERE closed_at IS NULL;
CREATE INDEX webhook_endpoints_of_organisation ON webhook_endpoints (organisation_id, opened_at, id);

CREATE FUNCTION guard_webhook_endpoint() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM require_administrator(NEW.opened_by, 'webhook_endpoints_by_administrator');
        PERFORM require_approved(NEW.organisation_id, 'webhook_endpoints_of_approved');
        RETURN NEW;
    END IF;
    IF OLD.closed_at IS NOT NULL
        OR (NEW.id, NEW.organisation_id, NEW.url, NEW.opened_by, NEW.opened_at)
            IS DISTINCT FROM (OLD.id, OLD.organisation_id, OLD.url, OLD.opened_by, OLD.opened_at) THEN
        RAISE EXCEPTION 'an endpoint is opened and closed once' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'webhook_endpoints_fixed';
    END IF;
    PERFORM require_administrator(NEW.closed_by, 'webhook_endpoints_by_administrator');
    -- Nothing is signed with it any more.
    NEW.secret_sealed := '';
    RETURN NEW;
END $$;
CREATE TRIGGER webhook_endpoints_guard BEFORE INSERT OR UPDATE ON webhook_endpoints
    FOR EACH ROW EXECUTE FUNCTION guard_webhook_endpoint();
CREATE TRIGGER webhook_endpoints_never_deleted BEFORE DELETE ON webhook_endpoints
    FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();

CREATE TABLE webhook_deliveries (
    -- By this the receiver knows one that comes again.
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    endpoint_id uuid NOT NULL REFERENCES webhook_endpoints,
    event_id bigint NOT NULL REFERENCES licence_events,
    -- `failed` is tried again; `dead` was tried as often as it is, and waits for an administrator; `dropped` has nobody to
    -- go to, or nothing to tell: its endpoint was closed, or its licence's holder erased.
    state text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'failed', 'sent', 'dead', 'dropped')),
    queued_at timestamptz NOT NULL,
    failures smallint NOT NULL DEFAULT 0,
    -- What the endpoint answered last, as a code.
    last_error text CHECK (last_error ~ '^[a-z0-9_]{1,40}$'),
    sent_at timestamptz,
    dead_at timestamptz,
    CONSTRAINT webhook_deliveries_once UNIQUE (endpoint_id, event_id),
    CHECK ((state = 'sent') = (sent_at IS NOT NULL)),
    CHECK ((state = 'dead') = (dead_at IS NOT NULL))
);
CREATE INDEX webhook_deliveries_of_endpoint ON webhook_deliveries (endpoint_id, queued_at DESC, id DESC);

INSERT INTO state_transitions VALUES
    ('webhook', 'queued', 'sent'), ('webhook', 'queued', 'failed'), ('webhook', 'queued', 'dropped'),
    ('webhook', 'failed', 'sent'), ('webhook', 'failed', 'dead'), ('webhook', 'failed', 'dropped'),
    -- Replayed.
    ('webhook', 'sent', 'queued'), ('webhook', 'dead', 'queued');
CREATE TRIGGER webhook_deliveries_transition BEFORE INSERT OR UPDATE ON webhook_deliveries
    FOR EACH ROW EXECUTE FUNCTION guard_transition('webhook', 'queued');

-- Whose business a licence is: the organisation that it names, and those that supervise a team of its holder's.
CREATE FUNCTION organisations_concerned(licence licences) RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
    SELECT o.id FROM organisations o
    WHERE o.approved_at IS NOT NULL AND o.id IN (
        SELECT licence.organisation_id
        UNION
        SELECT t.organisation_id FROM teams_of(licence.person_id) m JOIN teams t ON t.id = m WHERE t.approved_at IS NOT NULL)
$$;

CREATE FUNCTION queue_webhooks() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM webhook_endpoints WHERE closed_at IS NULL) THEN
        INSERT INTO webhook_deliveries (endpoint_id, event_id, queued_at)
        SELECT e.id, NEW.id, NEW.at
        FROM licences l, organisations_concerned(l) concerned
        JOIN webhook_endpoints e ON e.organisation_id = concerned AND e.closed_at IS NULL
        WHERE l.id = NEW.licence_id
        ORDER BY e.id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER licence_events_webhooks AFTER INSERT ON licence_events
    FOR EACH ROW EXECUTE FUNCTION queue_webhooks();

-- What is queued, at first or anew, has its job. Those of one endpoint are run one after the other, so that one that is slow
-- to answer holds up nothing else.
CREATE FUNCTION add_webhook_job() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM graphile_worker.add_job('send_webhook', json_build_object('id', NEW.id),
        queue_name => 'webhook-' || NEW.endpoint_id);
    RETURN NULL;
END $$;
CREATE TRIGGER webhook_deliveries_queued AFTER INSERT ON webhook_deliveries
    FOR EACH ROW EXECUTE FUNCTION add_webhook_job();
CREATE TRIGGER webhook_deliveries_queued_anew AFTER UPDATE OF state ON webhook_deliveries
    FOR EACH ROW WHEN (NEW.state = 'queued' AND OLD.state <> 'queued') EXECUTE FUNCTION add_webhook_job();

-- What a delivery tells: no name, and nothing else of a person. An issue that follows a licence's last day is its renewal.
CREATE VIEW webhook_contents AS
SELECT d.id AS delivery_id, d.endpoint_id, v.event, v.at, l.number, l.kind, l.issued_at,
    lower(l.valid) AS valid_from, upper(l.valid) AS valid_until,
    -- Which of the changes of its licence it is, from 1.
    (SELECT count(*) FROM licence_events before WHERE before.licence_id = l.id AND before.id <= v.id) AS sequence,
    (SELECT s.number FROM licences s WHERE s.id = v.successor_id) AS successor,
    CASE WHEN v.event = 'issued' AND l.corrects IS NULL THEN (
        SELECT old.number FROM licence_requests r JOIN licences old ON old.id = r.renews
        WHERE r.id = l.request_id) END AS renews,
    -- As the register answers: whose name is gone.
    p.given_name IS NULL AS erased
FROM webhook_deliveries d
JOIN licence_events v ON v.id = d.event_id
JOIN licences l ON l.id = v.licence_id
JOIN persons p ON p.id = l.person_id;

GRANT SELECT, INSERT ON webhook_endpoints TO rukhsa_app;
GRANT UPDATE (closed_by, closed_at) ON webhook_endpoints TO rukhsa_app;
GRANT SELECT ON webhook_deliveries, webhook_contents TO rukhsa_app;
GRANT UPDATE (state, failures, last_error, sent_at, dead_at) ON webhook_deliveries TO rukhsa_app;
