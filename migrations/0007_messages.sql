-- The outbox: a message exists exactly when the change it tells of was committed. A job per message is queued in the
-- same transaction; whoever runs it sends and marks it.

CREATE TABLE messages (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    -- Whose message this is, where it is somebody's with an account (a guardian may have none).
    person_id uuid REFERENCES persons,
    channel text NOT NULL CHECK (channel IN ('sms', 'email')),
    template text NOT NULL,
    recipient_sealed bytea NOT NULL,
    recipient_hash bytea NOT NULL,
    body_sealed bytea NOT NULL,
    created_at timestamptz NOT NULL,
    sent_at timestamptz,
    failures smallint NOT NULL DEFAULT 0,
    -- A message that is of no use later, such as a code, is not sent after this.
    useful_until timestamptz
);
CREATE INDEX messages_by_recipient ON messages (recipient_hash, created_at DESC);
CREATE INDEX messages_by_person ON messages (person_id, created_at DESC);

GRANT SELECT, INSERT ON messages TO rukhsa_app;
GRANT UPDATE (sent_at, failures) ON messages TO rukhsa_app;
