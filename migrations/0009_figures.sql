-- The figures of the home page. Counting a million licences for every visitor would cost more than the page itself, so
-- a job counts them once a minute, and every instance of the server shows the same.
CREATE TABLE public_figures (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    valid_licences bigint NOT NULL,
    teams bigint NOT NULL,
    -- Of the requests decided in the last 30 days; null where there were none.
    median_wait_minutes bigint,
    counted_at timestamptz NOT NULL
);

GRANT SELECT, INSERT, UPDATE ON public_figures TO rukhsa_app;
