-- Topics and renewal modules are made by administrators: a database begins with neither.

-- A topic keeps its code, which questions and files name; its names and what to read of it may be put better.
ALTER TABLE topics ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid() CONSTRAINT topics_id_key UNIQUE;
REVOKE UPDATE ON topics FROM rukhsa_app;
GRANT UPDATE (name_ar, name_en, reading_ar, reading_en) ON topics TO rukhsa_app;

-- A module is made as a draft, gets its questions, and then takes the place of the one in force. One of a kind is in
-- force at a time; those before it stay, retired, with the questions that were asked and what was there to read.
UPDATE renewal_modules m SET retired_at = later.published_at
FROM (SELECT DISTINCT ON (kind) kind, id, published_at FROM renewal_modules WHERE retired_at IS NULL
      ORDER BY kind, published_at DESC, id) later
WHERE m.kind = later.kind AND m.id <> later.id AND m.retired_at IS NULL;
ALTER TABLE renewal_modules
    ALTER COLUMN published_at DROP NOT NULL,
    ADD COLUMN created_at timestamptz NOT NULL DEFAULT now(),
    ADD CONSTRAINT renewal_modules_of_kind UNIQUE (id, kind);
DROP INDEX renewal_modules_in_force;
CREATE UNIQUE INDEX renewal_modules_one_in_force ON renewal_modules (kind)
    WHERE published_at IS NOT NULL AND retired_at IS NULL;

-- A question is of its module's kind: another would never be asked.
ALTER TABLE questions
    DROP CONSTRAINT questions_module_id_fkey,
    ADD CONSTRAINT questions_module_of_kind FOREIGN KEY (module_id, kind) REFERENCES renewal_modules (id, kind);

-- Questions of a module that its test can ask.
CREATE FUNCTION questions_of_module(module uuid) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT count(*) FROM questions q
    WHERE q.module_id = module AND q.retired_at IS NULL
      AND EXISTS (SELECT FROM question_options o WHERE o.question_id = q.id AND o.correct)
$$;

CREATE FUNCTION guard_module() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.id, NEW.kind, NEW.created_at) IS DISTINCT FROM (OLD.id, OLD.kind, OLD.created_at) THEN
            RAISE EXCEPTION 'a module stays what it is'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'renewal_modules_fixed';
        END IF;
        IF OLD.retired_at IS NOT NULL AND NEW.retired_at IS NOT NULL
            AND (NEW.title_ar, NEW.title_en, NEW.reading_ar, NEW.reading_en, NEW.minutes, NEW.published_at)
                IS DISTINCT FROM
                (OLD.title_ar, OLD.title_en, OLD.reading_ar, OLD.reading_en, OLD.minutes, OLD.published_at) THEN
            RAISE EXCEPTION 'a retired module stays as it was'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'renewal_modules_retired';
        END IF;
    END IF;
    -- It comes into force, for the first time or again.
    IF NEW.published_at IS NOT NULL AND NEW.retired_at IS NULL
        AND (TG_OP = 'INSERT' OR OLD.published_at IS NULL OR OLD.retired_at IS NOT NULL)
        AND questions_of_module(NEW.id) < setting('renewal_questions', NEW.kind, NEW.published_at) THEN
        RAISE EXCEPTION 'a module comes into force with questions enough for its test'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'renewal_modules_ready';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER renewal_modules_guard BEFORE INSERT OR UPDATE ON renewal_modules
    FOR EACH ROW EXECUTE FUNCTION guard_module();
CREATE TRIGGER renewal_modules_never_deleted BEFORE DELETE ON renewal_modules
    FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();
REVOKE UPDATE ON renewal_modules FROM rukhsa_app;
GRANT UPDATE (title_ar, title_en, reading_ar, reading_en, minutes, published_at, retired_at) ON renewal_modules
    TO rukhsa_app;
