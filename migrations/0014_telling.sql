-- Telling people. A message is what somebody is told: written in the transaction of the change it tells of, in their
-- language, and shown in their inbox in the portal for good. A delivery is one way a message leaves: by text message,
-- by e-mail. Losing one loses nothing, and each has a state that its person can read.

ALTER TABLE settings DROP CONSTRAINT settings_key_check, ADD CONSTRAINT settings_key_check CHECK (key IN (
    'validity_months', 'pass_mark_percent', 'test_attempts', 'test_minutes', 'test_questions',
    'offer_hours', 'review_days', 'fee_halalas', 'unmarked_days', 'appeal_days',
    'quiet_from_hour', 'quiet_until_hour', 'messages_per_day'));
INSERT INTO settings (key, value, effective_from) VALUES
    ('quiet_from_hour', 22, '-infinity'), ('quiet_until_hour', 7, '-infinity'), ('messages_per_day', 20, '-infinity');

-- The language somebody is written to in: that of the pages they use.
ALTER TABLE persons ADD COLUMN language text NOT NULL DEFAULT 'ar'
    CONSTRAINT persons_language CHECK (language IN ('ar', 'en'));

ALTER TABLE messages
    ADD COLUMN language text NOT NULL DEFAULT 'ar' CONSTRAINT messages_language CHECK (language IN ('ar', 'en')),
    -- Until then it is new to its person.
    ADD COLUMN opened_at timestamptz,
    -- Whether its person had as many sent that day as the setting permits. Decided when it is first about to be sent.
    ADD COLUMN over_cap boolean,
    -- How a message travels is its deliveries' from now on. These columns are the previous version's, and go later.
    ALTER COLUMN channel DROP NOT NULL,
    ALTER COLUMN recipient_sealed DROP NOT NULL,
    ALTER COLUMN recipient_hash DROP NOT NULL;
-- Who was told before there was an inbox has nothing new in it.
UPDATE messages SET opened_at = created_at WHERE person_id IS NOT NULL;
DROP INDEX messages_by_person;
-- A message that is of use for minutes only, such as a code, is in no inbox.
CREATE INDEX messages_inbox ON messages (person_id, created_at DESC, id DESC) WHERE useful_until IS NULL;
CREATE INDEX messages_unopened ON messages (person_id) WHERE useful_until IS NULL AND opened_at IS NULL;

CREATE TABLE deliveries (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    message_id uuid NOT NULL REFERENCES messages,
    channel text NOT NULL CHECK (channel IN ('sms', 'email')),
    recipient_sealed bytea NOT NULL,
    recipient_hash bytea NOT NULL,
    -- `failed` is tried again; `dead` was tried as often as it is, and waits for an administrator; `withheld` was over
    -- the cap; `expired` came too late to be of use.
    state text NOT NULL DEFAULT 'queued'
        CHECK (state IN ('queued', 'failed', 'sent', 'dead', 'withheld', 'expired')),
    -- Not sent before: the end of the quiet hours it fell into.
    held_until timestamptz,
    failures smallint NOT NULL DEFAULT 0,
    -- What the gateway answered last, as a code: never its text, which may quote the recipient.
    last_error text CHECK (last_error ~ '^[a-z0-9_]{1,40}$'),
    sent_at timestamptz,
    dead_at timestamptz,
    CONSTRAINT deliveries_once_a_channel UNIQUE (message_id, channel),
    CHECK ((state = 'sent') = (sent_at IS NOT NULL)),
    CHECK ((state = 'dead') = (dead_at IS NOT NULL))
);
CREATE INDEX deliveries_by_recipient ON deliveries (recipient_hash);
CREATE INDEX deliveries_dead ON deliveries (dead_at DESC, id DESC) WHERE state = 'dead';

-- Those of messages that there are, under the ids that their jobs know.
INSERT INTO deliveries (id, message_id, channel, recipient_sealed, recipient_hash, state, failures, sent_at, dead_at)
SELECT id, id, channel, recipient_sealed, recipient_hash,
    CASE WHEN sent_at IS NOT NULL THEN 'sent' WHEN useful_until <= now() THEN 'expired'
         WHEN failures >= 25 THEN 'dead' WHEN failures > 0 THEN 'failed' ELSE 'queued' END,
    failures, sent_at,
    CASE WHEN sent_at IS NULL AND failures >= 25 AND (useful_until > now() OR useful_until IS NULL) THEN now() END
FROM messages;

INSERT INTO state_transitions VALUES
    ('delivery', 'queued', 'sent'), ('delivery', 'queued', 'failed'), ('delivery', 'queued', 'withheld'),
    ('delivery', 'queued', 'expired'), ('delivery', 'failed', 'sent'), ('delivery', 'failed', 'dead'),
    ('delivery', 'failed', 'expired'), ('delivery', 'dead', 'queued'), ('delivery', 'dead', 'expired');
CREATE TRIGGER deliveries_transition BEFORE INSERT OR UPDATE ON deliveries
    FOR EACH ROW EXECUTE FUNCTION guard_transition('delivery', 'queued');

-- The previous version, while it runs beside this one, still writes how a message travels into the message.
CREATE FUNCTION deliver_as_before() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO deliveries (id, message_id, channel, recipient_sealed, recipient_hash)
        VALUES (NEW.id, NEW.id, NEW.channel, NEW.recipient_sealed, NEW.recipient_hash);
    ELSE
        UPDATE deliveries SET state = 'sent', sent_at = NEW.sent_at WHERE id = NEW.id AND state IN ('queued', 'failed');
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER messages_written_before AFTER INSERT ON messages
    FOR EACH ROW WHEN (NEW.recipient_sealed IS NOT NULL) EXECUTE FUNCTION deliver_as_before();
CREATE TRIGGER messages_sent_before AFTER UPDATE OF sent_at ON messages
    FOR EACH ROW WHEN (OLD.sent_at IS NULL AND NEW.sent_at IS NOT NULL) EXECUTE FUNCTION deliver_as_before();

-- Who erases what a message says erases where it went, too; what was still to be sent is not.
CREATE FUNCTION forget_deliveries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE deliveries SET recipient_sealed = '', recipient_hash = uuid_send(gen_random_uuid()),
        state = CASE WHEN state IN ('queued', 'failed', 'dead') THEN 'expired' ELSE state END, dead_at = NULL
    WHERE message_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER messages_erased AFTER UPDATE OF body_sealed ON messages
    FOR EACH ROW WHEN (NEW.body_sealed = '') EXECUTE FUNCTION forget_deliveries();

-- Which reminders of a licence's end were given, so that each is given once.
CREATE TABLE licence_reminders (
    licence_id uuid NOT NULL REFERENCES licences,
    days smallint NOT NULL CHECK (days IN (60, 30, 7)),
    -- Nothing ran for so long that a later reminder was due as well, and was given in its place.
    overtaken boolean NOT NULL,
    reminded_at timestamptz NOT NULL,
    PRIMARY KEY (licence_id, days)
);
CREATE TRIGGER licence_reminders_append_only BEFORE UPDATE OR DELETE ON licence_reminders
    FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();
-- Licences by their last day: the daily search for those about to end must not read a million rows.
CREATE INDEX licences_by_end ON licences (upper(valid)) WHERE state = 'active';

GRANT SELECT, INSERT ON deliveries, licence_reminders TO rukhsa_app;
GRANT UPDATE (state, held_until, failures, last_error, sent_at, dead_at) ON deliveries TO rukhsa_app;
GRANT UPDATE (opened_at, over_cap) ON messages TO rukhsa_app;
