-- Lists of licence numbers that a visitor verifies at once. The list is kept whole before the first answer, and a job
-- answers it in pieces: who closes the page, or a server that is killed, loses nothing. A day later all of it is deleted.
-- No name is kept: it is read from the register whenever a list is shown.

CREATE TABLE bulk_checks (
    -- 122 random bits: a list is open to who has its address, and to nobody else.
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    created_at timestamptz NOT NULL
);
CREATE INDEX bulk_checks_by_age ON bulk_checks (created_at);

CREATE TABLE bulk_rows (
    check_id uuid NOT NULL REFERENCES bulk_checks ON DELETE CASCADE,
    -- Where it stands in what was sent, counted from 1.
    line integer NOT NULL CHECK (line > 0),
    -- The number, or else why what was typed is none.
    number text CHECK (number ~ '^[0-9]{16}$'),
    typed text CHECK (char_length(typed) BETWEEN 1 AND 60),
    problem text CHECK (problem IN ('missing', 'length', 'mistyped', 'shortened')),
    -- What the licence was when it was looked up: valid to not_found.
    state text NOT NULL CHECK (state IN ('malformed', 'waiting', 'valid', 'not_yet_valid', 'expired', 'suspended', 'revoked',
        'superseded', 'not_found')),
    kind text CHECK (kind IN ('practitioner', 'team_leader', 'management')),
    valid_from date,
    valid_until date,
    answered_at timestamptz,
    PRIMARY KEY (check_id, line),
    CHECK (num_nonnulls(number, problem) = 1),
    CHECK (typed IS NULL OR problem IS NOT NULL),
    CHECK ((state = 'malformed') = (problem IS NOT NULL)),
    CHECK ((state IN ('malformed', 'waiting')) = (answered_at IS NULL)),
    CHECK (num_nonnulls(kind, valid_from, valid_until) =
        CASE WHEN state IN ('malformed', 'waiting', 'not_found') THEN 0 ELSE 3 END)
);
-- The rows of a list by their state: those that wait, and those that a filter shows.
CREATE INDEX bulk_rows_by_state ON bulk_rows (check_id, state, line);

CREATE FUNCTION guard_bulk_size() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM bulk_rows WHERE check_id IN (SELECT check_id FROM added) GROUP BY check_id
            HAVING count(*) > 10000) THEN
        RAISE EXCEPTION 'a list has 10,000 rows at most' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'bulk_rows_most';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER bulk_rows_most AFTER INSERT ON bulk_rows REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION guard_bulk_size();

-- A row is answered once: a piece that is worked on twice changes nothing the second time.
CREATE TRIGGER bulk_rows_answered_once BEFORE UPDATE ON bulk_rows
    FOR EACH ROW WHEN (OLD.state <> 'waiting' OR NEW.state = 'waiting') EXECUTE FUNCTION refuse_rewrite();

GRANT SELECT, INSERT, DELETE ON bulk_checks TO rukhsa_app;
GRANT SELECT, INSERT ON bulk_rows TO rukhsa_app;
GRANT UPDATE (state, kind, valid_from, valid_until, answered_at) ON bulk_rows TO rukhsa_app;
