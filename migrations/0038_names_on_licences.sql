-- A name that stands on a licence is changed by a correction alone, which issues the licence anew. Not by mending a request:
-- the licence would say another name from one moment to the next, under the same number, and nobody would have decided it.

-- Whether a person has, on whichever record, a licence that has not ended.
CREATE FUNCTION bears_licence(who uuid, at timestamptz) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM licences
        WHERE person_id = ANY (ARRAY(SELECT records_of(who))) AND state IN ('active', 'suspended')
          AND upper(valid) > (at AT TIME ZONE 'Asia/Riyadh')::date)
$$;

-- A correction first takes the place of every licence, then changes the name, then issues the new ones. What is erased
-- is no other name.
CREATE FUNCTION guard_name() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF bears_licence(NEW.id, now()) THEN
        RAISE EXCEPTION 'the name on a licence is corrected, and the licence issued anew'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'name_on_licence';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER persons_name BEFORE UPDATE OF given_name, father_name, grandfather_name, family_name, latin_name ON persons
    FOR EACH ROW WHEN (NEW.given_name IS NOT NULL
        AND (OLD.given_name, OLD.father_name, OLD.grandfather_name, OLD.family_name, OLD.latin_name)
            IS DISTINCT FROM (NEW.given_name, NEW.father_name, NEW.grandfather_name, NEW.family_name, NEW.latin_name))
    EXECUTE FUNCTION guard_name();

-- A reviewer is told at once, not the applicant later.
CREATE FUNCTION guard_returned_name() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM decisions d JOIN licence_requests r ON r.id = d.request_id
        WHERE d.id = NEW.decision_id AND bears_licence(r.person_id, d.decided_at)) THEN
        RAISE EXCEPTION 'the name on a licence is corrected, and the licence issued anew'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'name_on_licence';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER returned_fields_name BEFORE INSERT ON returned_fields
    FOR EACH ROW WHEN (NEW.field IN ('name', 'latin_name')) EXECUTE FUNCTION guard_returned_name();
