-- What every feature leans on: the guard of state machines, the guard of append-only tables, settings, places.
--
-- The server connects as rukhsa_app, which owns nothing: each migration grants it exactly the verbs it needs, so that
-- what must never be rewritten cannot be rewritten by a mistake in the code either.

CREATE EXTENSION IF NOT EXISTS btree_gist;

GRANT USAGE ON SCHEMA public TO rukhsa_app;

-- Every permitted step of every state machine. The Rust enums mirror these rows; a test compares the two.
CREATE TABLE state_transitions (
    machine text NOT NULL,
    from_state text NOT NULL,
    to_state text NOT NULL,
    PRIMARY KEY (machine, from_state, to_state)
);

-- Refuses an UPDATE of `state` that is not a row of state_transitions. TG_ARGV[0] is the machine,
-- TG_ARGV[1] a comma-separated list of the states a new row may start in.
CREATE FUNCTION guard_transition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NOT NEW.state = ANY (string_to_array(TG_ARGV[1], ',')) THEN
            RAISE EXCEPTION '% cannot start as %', TG_ARGV[0], NEW.state
                USING ERRCODE = 'check_violation', CONSTRAINT = TG_ARGV[0] || '_first_state';
        END IF;
    ELSIF NEW.state <> OLD.state AND NOT EXISTS (
        SELECT FROM state_transitions t
        WHERE t.machine = TG_ARGV[0] AND t.from_state = OLD.state AND t.to_state = NEW.state
    ) THEN
        RAISE EXCEPTION '% cannot go from % to %', TG_ARGV[0], OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_ARGV[0] || '_transition';
    END IF;
    RETURN NEW;
END $$;

-- For tables that are only ever added to. Grants already refuse rukhsa_app; this refuses the owner too.
CREATE FUNCTION refuse_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME
        USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_append_only';
END $$;

-- Rules that an administrator changes without a release. Each change is a new dated row; the newest that has begun
-- is in force. `kind` narrows a rule to one licence kind. All values are whole numbers in the unit the key names.
CREATE TABLE settings (
    key text NOT NULL CHECK (key IN (
        'validity_months', 'pass_mark_percent', 'test_attempts', 'test_minutes', 'test_questions',
        'offer_hours', 'review_days', 'fee_halalas')),
    kind text CHECK (kind IN ('practitioner', 'team_leader', 'management')),
    value integer NOT NULL CHECK (value >= 0),
    effective_from timestamptz NOT NULL DEFAULT now(),
    changed_by uuid,
    UNIQUE NULLS NOT DISTINCT (key, kind, effective_from)
);
CREATE TRIGGER settings_append_only BEFORE UPDATE OR DELETE ON settings
    FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();

CREATE FUNCTION setting(wanted text, for_kind text, at timestamptz) RETURNS integer LANGUAGE sql STABLE AS $$
    SELECT value FROM settings
    WHERE key = wanted AND (kind = for_kind OR kind IS NULL) AND effective_from <= at
    ORDER BY kind NULLS LAST, effective_from DESC
    LIMIT 1
$$;

INSERT INTO settings (key, value, effective_from) VALUES
    ('validity_months', 24, '-infinity'), ('pass_mark_percent', 70, '-infinity'), ('test_attempts', 3, '-infinity'),
    ('test_minutes', 30, '-infinity'), ('test_questions', 10, '-infinity'), ('offer_hours', 24, '-infinity'),
    ('review_days', 3, '-infinity'), ('fee_halalas', 0, '-infinity');

CREATE TABLE regions (
    code text PRIMARY KEY,
    name_ar text NOT NULL,
    name_en text NOT NULL,
    position smallint NOT NULL UNIQUE
);

-- City names repeat across regions, so a city is known by its region and its code.
CREATE TABLE cities (
    region text NOT NULL REFERENCES regions,
    code text NOT NULL,
    name_ar text NOT NULL,
    name_en text NOT NULL,
    position smallint NOT NULL,
    PRIMARY KEY (region, code)
);

-- Counts of an act (a code sent, a look-up) by a keyed hash of who did it, in fixed windows. Kept in Postgres so that
-- every instance of the server counts together.
CREATE TABLE rate_counters (
    act text NOT NULL,
    who bytea NOT NULL,
    window_start timestamptz NOT NULL,
    count integer NOT NULL,
    PRIMARY KEY (act, who, window_start)
);
CREATE INDEX rate_counters_by_age ON rate_counters (window_start);

-- What was typed into a form that failed without JavaScript: encrypted, for ten minutes, keyed by a cookie's hash.
CREATE TABLE kept_forms (
    cookie_hash bytea PRIMARY KEY,
    contents bytea NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX kept_forms_by_age ON kept_forms (expires_at);

GRANT SELECT ON state_transitions, regions, cities TO rukhsa_app;
GRANT SELECT, INSERT ON settings TO rukhsa_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON rate_counters, kept_forms TO rukhsa_app;
