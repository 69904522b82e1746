-- The register's history as a log that cannot be quietly rewritten: a Merkle tree of the shape of RFC 6962 with a leaf for
-- each event of a licence. Whoever changes an event later changes the root, and the roots are signed and handed out.
-- src/history says what a leaf is made of.

-- Events that have no leaf yet. An event leaves with its leaf, and in no other way.
CREATE TABLE log_waiting (
    event_id bigint PRIMARY KEY REFERENCES licence_events,
    -- When it began to wait. An event may be much older, as those of before this log are.
    since timestamptz NOT NULL DEFAULT now()
);
INSERT INTO log_waiting SELECT id FROM licence_events;

CREATE FUNCTION wait_for_leaf() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO log_waiting VALUES (NEW.id);
    RETURN NULL;
END $$;
CREATE TRIGGER licence_events_wait_for_leaf AFTER INSERT ON licence_events
    FOR EACH ROW EXECUTE FUNCTION wait_for_leaf();

CREATE TABLE log_leaves (
    -- From 0, without a gap.
    position bigint PRIMARY KEY CHECK (position >= 0),
    event_id bigint NOT NULL CONSTRAINT log_leaves_one_an_event UNIQUE REFERENCES licence_events,
    -- Without which nobody can try out what a leaf says.
    salt bytea NOT NULL CHECK (octet_length(salt) = 16),
    hash bytea NOT NULL CHECK (octet_length(hash) = 32)
);

-- The complete subtrees: of level 1 over two leaves, of level 2 over four. Written by the trigger below alone.
CREATE TABLE log_nodes (
    level integer NOT NULL CHECK (level BETWEEN 1 AND 61),
    index bigint NOT NULL CHECK (index >= 0),
    hash bytea NOT NULL CHECK (octet_length(hash) = 32),
    PRIMARY KEY (level, index)
);

-- What was signed: a note that anybody may keep, in the form of C2SP tlog-checkpoint.
CREATE TABLE log_checkpoints (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    size bigint NOT NULL CHECK (size >= 0),
    root bytea NOT NULL CHECK (octet_length(root) = 32),
    signed_at timestamptz NOT NULL,
    note text NOT NULL
);
CREATE INDEX log_checkpoints_by_size ON log_checkpoints (size, id);

CREATE TRIGGER log_leaves_append_only BEFORE UPDATE OR DELETE ON log_leaves
    FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();
CREATE TRIGGER log_nodes_append_only BEFORE UPDATE OR DELETE ON log_nodes
    FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();
CREATE TRIGGER log_checkpoints_append_only BEFORE UPDATE OR DELETE ON log_checkpoints
    FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();

-- Whoever adds to the log takes turns, until their transaction ends.
CREATE FUNCTION take_turn_at_log() RETURNS void LANGUAGE sql VOLATILE AS $$
    SELECT pg_advisory_xact_lock(hashtextextended('history log', 0))
$$;

CREATE FUNCTION guard_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM take_turn_at_log();
    RETURN NULL;
END $$;
CREATE TRIGGER log_leaves_turn BEFORE INSERT ON log_leaves FOR EACH STATEMENT EXECUTE FUNCTION guard_log();
CREATE TRIGGER log_checkpoints_turn BEFORE INSERT ON log_checkpoints FOR EACH STATEMENT EXECUTE FUNCTION guard_log();

CREATE FUNCTION guard_leaf() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.position > 0 AND NOT EXISTS (SELECT FROM log_leaves WHERE position = NEW.position - 1) THEN
        RAISE EXCEPTION 'a leaf follows the one before' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'log_leaves_without_gap';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER log_leaves_guard BEFORE INSERT ON log_leaves FOR EACH ROW EXECUTE FUNCTION guard_leaf();

-- A complete subtree's hash; level 0 is a leaf. Volatile, so that a leaf sees what the same statement wrote before it.
CREATE FUNCTION log_node(of_level integer, of_index bigint) RETURNS bytea LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    found_hash bytea;
BEGIN
    IF of_level = 0 THEN
        SELECT hash INTO found_hash FROM log_leaves WHERE position = of_index;
    ELSE
        SELECT hash INTO found_hash FROM log_nodes WHERE level = of_level AND index = of_index;
    END IF;
    IF found_hash IS NULL THEN
        RAISE EXCEPTION 'the log has no node % of level %', of_index, of_level;
    END IF;
    RETURN found_hash;
END $$;

-- A leaf completes as many subtrees as its position has ones at the end.
CREATE FUNCTION grow_log() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    grown bytea := NEW.hash;
    height integer := 0;
    place bigint := NEW.position;
BEGIN
    WHILE place & 1 = 1 LOOP
        grown := sha256('\x01'::bytea || log_node(height, place - 1) || grown);
        height := height + 1;
        place := place >> 1;
        INSERT INTO log_nodes VALUES (height, place, grown);
    END LOOP;
    DELETE FROM log_waiting WHERE event_id = NEW.event_id;
    RETURN NULL;
END $$;
CREATE TRIGGER log_leaves_grow AFTER INSERT ON log_leaves FOR EACH ROW EXECUTE FUNCTION grow_log();

-- The hash of a node of the tree that the first `size` leaves make. On the tree's right edge it is put together from
-- complete subtrees: the ones in `size` below its level are theirs.
CREATE FUNCTION log_hash(of_level integer, of_index bigint, size bigint) RETURNS bytea LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    edge bytea;
BEGIN
    IF (of_index + 1) << of_level <= size THEN
        RETURN log_node(of_level, of_index);
    END IF;
    FOR level IN 0..of_level - 1 LOOP
        IF (size >> level) & 1 = 1 THEN
            edge := CASE WHEN edge IS NULL THEN log_node(level, (size >> level) - 1)
                ELSE sha256('\x01'::bytea || log_node(level, (size >> level) - 1) || edge) END;
        END IF;
    END LOOP;
    RETURN edge;
END $$;

CREATE FUNCTION log_root(size bigint) RETURNS bytea LANGUAGE sql VOLATILE AS $$
    SELECT CASE size WHEN 0 THEN sha256('') ELSE log_hash(62, 0, size) END
$$;

-- A checkpoint says what the log is, no less than the one before, and not the same again within the hour.
CREATE FUNCTION guard_checkpoint() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    newest log_checkpoints;
BEGIN
    IF NEW.root IS DISTINCT FROM log_root(NEW.size) THEN
        RAISE EXCEPTION 'a checkpoint has the root of the log' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'log_checkpoints_root';
    END IF;
    SELECT * INTO newest FROM log_checkpoints ORDER BY id DESC LIMIT 1;
    IF NEW.size < newest.size OR NEW.signed_at < newest.signed_at THEN
        RAISE EXCEPTION 'a checkpoint goes on from the one before' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'log_checkpoints_onward';
    END IF;
    IF NEW.size = newest.size AND NEW.signed_at < newest.signed_at + interval '1 hour' THEN
        RAISE EXCEPTION 'the same checkpoint is signed once an hour' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'log_checkpoints_once_an_hour';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER log_checkpoints_guard BEFORE INSERT ON log_checkpoints
    FOR EACH ROW EXECUTE FUNCTION guard_checkpoint();

GRANT SELECT ON log_waiting, log_nodes TO rukhsa_app;
GRANT SELECT, INSERT ON log_leaves, log_checkpoints TO rukhsa_app;
