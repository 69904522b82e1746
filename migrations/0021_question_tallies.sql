-- The statistics of questions from running sums: counted anew at each look, a page of twenty questions of a bank that a
-- million people sat with would read a million answers.

CREATE TABLE question_tallies (
    question_id uuid PRIMARY KEY REFERENCES questions,
    asked bigint NOT NULL CHECK (asked > 0),
    hits bigint NOT NULL CHECK (hits BETWEEN 0 AND asked),
    -- Of the askings beside which other questions stood, and of the share of right answers among those others ("rest").
    compared bigint NOT NULL CHECK (compared BETWEEN 0 AND asked),
    compared_hits bigint NOT NULL CHECK (compared_hits BETWEEN 0 AND hits),
    -- Exact, so that "all alike" is told from "nearly alike".
    rest numeric NOT NULL,
    rest_squares numeric NOT NULL,
    rest_of_hits numeric NOT NULL
);

-- Attempts that have ended and stand in no sum yet. A job takes them out, in the transaction that adds them.
CREATE TABLE attempts_to_tally (attempt_id uuid PRIMARY KEY REFERENCES attempts);

CREATE FUNCTION await_tally() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO attempts_to_tally VALUES (NEW.id);
    RETURN NULL;
END $$;
CREATE TRIGGER attempts_await_tally AFTER UPDATE OF state ON attempts
    FOR EACH ROW WHEN (OLD.state = 'open' AND NEW.state <> 'open') EXECUTE FUNCTION await_tally();
INSERT INTO attempts_to_tally SELECT id FROM attempts WHERE state <> 'open';

GRANT SELECT, INSERT, UPDATE ON question_tallies TO rukhsa_app;
-- UPDATE only for the lock of a batch under way.
GRANT SELECT, UPDATE, DELETE ON attempts_to_tally TO rukhsa_app;
