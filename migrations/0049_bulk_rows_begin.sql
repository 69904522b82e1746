-- A row of a list begins without an answer: waiting for one, or without a number to ask about. Its CHECKs say which columns
-- belong to which state, and a trigger that an answer is written once; that it was looked up in between is said here. A rule
-- of a column could not say it: the state of a row that stands changes.

CREATE FUNCTION guard_bulk_row_begin() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a row begins without an answer' USING ERRCODE = 'check_violation', CONSTRAINT = 'bulk_rows_begin';
END $$;
CREATE TRIGGER bulk_rows_begin BEFORE INSERT ON bulk_rows
    FOR EACH ROW WHEN (NEW.state NOT IN ('waiting', 'malformed')) EXECUTE FUNCTION guard_bulk_row_begin();
