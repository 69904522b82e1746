-- Status lists (W3C Bitstring Status List v1.0): a licence has a place in a list, at random, and the lists tell without a
-- connection to the register which places are revoked or suspended. The lists themselves are nowhere: they are read
-- from the licences, so that no list can say other than the register.

-- Every place that was ever taken. A licence is written with its place, or not at all; a place is never given twice.
CREATE TABLE status_places (
    list integer NOT NULL CHECK (list > 0),
    index integer NOT NULL CHECK (index BETWEEN 0 AND 131071),
    -- Whose holder was erased: the register no longer knows such a licence, and so must the lists say.
    erased boolean NOT NULL DEFAULT false,
    PRIMARY KEY (list, index)
);
CREATE INDEX status_places_erased ON status_places (list) INCLUDE (index) WHERE erased;

ALTER TABLE licences
    ADD COLUMN status_list integer,
    ADD COLUMN status_index integer;

-- 17 bits of the server's random source, which nobody can foresee: a place says nothing of whose it is, nor of when.
CREATE FUNCTION random_status_index() RETURNS integer LANGUAGE sql VOLATILE AS $$
    SELECT ('x' || right(gen_random_uuid()::text, 8))::bit(32)::bigint & 131071
$$;

-- Draws a place in the newest list until one is free. Sixteen draws in vain mean that the list is some six tenths full:
-- then the next begins. Two that draw the same place at once wait for each other there, and nobody else does.
CREATE FUNCTION take_status_place() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    newest integer := coalesce((SELECT max(p.list) FROM status_places p), 1);
    drawn integer;
BEGIN
    LOOP
        FOR draw IN 1..16 LOOP
            drawn := random_status_index();
            INSERT INTO status_places (list, index) VALUES (newest, drawn) ON CONFLICT DO NOTHING;
            IF FOUND THEN
                NEW.status_list := newest;
                NEW.status_index := drawn;
                RETURN NEW;
            END IF;
        END LOOP;
        newest := newest + 1;
    END LOOP;
END $$;

CREATE FUNCTION keep_status_place() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a licence keeps its place' USING ERRCODE = 'check_violation', CONSTRAINT = 'licences_fixed';
END $$;

-- Places for the licences that are there, in random order: 65,536 to a list.
ALTER TABLE licences DISABLE TRIGGER USER;
WITH waiting AS (
    SELECT id, row_number() OVER (ORDER BY gen_random_uuid()) - 1 AS turn FROM licences
), drawn AS (
    SELECT list, index, row_number() OVER (PARTITION BY list ORDER BY gen_random_uuid()) - 1 AS turn
    FROM generate_series(0, (SELECT (count(*) - 1) / 65536 FROM licences)::integer) list, generate_series(0, 131071) index
)
UPDATE licences l SET status_list = drawn.list + 1, status_index = drawn.index
FROM waiting JOIN drawn ON drawn.list = waiting.turn / 65536 AND drawn.turn = waiting.turn % 65536
WHERE l.id = waiting.id;
ALTER TABLE licences ENABLE TRIGGER USER;
INSERT INTO status_places (list, index, erased)
SELECT l.status_list, l.status_index, p.closed_at IS NOT NULL FROM licences l JOIN persons p ON p.id = l.person_id;

ALTER TABLE licences
    ALTER COLUMN status_list SET NOT NULL,
    ALTER COLUMN status_index SET NOT NULL,
    ADD CONSTRAINT licences_status_place UNIQUE (status_list, status_index),
    ADD FOREIGN KEY (status_list, status_index) REFERENCES status_places;
-- What a list is read from: the few of its licences that are not simply active.
CREATE INDEX licences_status_bits ON licences (status_list, state) INCLUDE (status_index)
    WHERE state <> 'active';

CREATE TRIGGER licences_take_place BEFORE INSERT ON licences FOR EACH ROW EXECUTE FUNCTION take_status_place();
CREATE TRIGGER licences_keep_place BEFORE UPDATE ON licences
    FOR EACH ROW WHEN ((NEW.status_list, NEW.status_index) IS DISTINCT FROM (OLD.status_list, OLD.status_index))
    EXECUTE FUNCTION keep_status_place();

CREATE FUNCTION erase_status_places() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE status_places p SET erased = true FROM licences l
    WHERE l.person_id = NEW.id AND (p.list, p.index) = (l.status_list, l.status_index);
    RETURN NULL;
END $$;
CREATE TRIGGER persons_erase_places AFTER UPDATE OF closed_at ON persons
    FOR EACH ROW WHEN (OLD.closed_at IS NULL AND NEW.closed_at IS NOT NULL) EXECUTE FUNCTION erase_status_places();

-- The places of a list whose bit is set. What a correction replaced counts for nothing any more, as its page says: it
-- stands with what was revoked.
CREATE FUNCTION status_bits(of_list integer, purpose text) RETURNS SETOF integer LANGUAGE sql STABLE AS $$
    SELECT status_index FROM licences
    WHERE status_list = of_list AND state <> 'active'
      AND CASE purpose WHEN 'revocation' THEN state IN ('revoked', 'superseded') ELSE state = 'suspended' END
    UNION ALL
    SELECT index FROM status_places WHERE list = of_list AND erased AND purpose = 'revocation'
$$;

GRANT SELECT ON status_places TO rukhsa_app;
