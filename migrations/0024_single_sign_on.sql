-- Turns through the national single sign-on that are under way: what the portal must know again when the browser comes
-- back from the provider, whichever instance it comes back to. A row is taken by deleting it, so that an answer of the
-- provider works once. State and browser are kept as hashes, the PKCE verifier sealed: the table alone is of no use.
CREATE TABLE single_sign_on_attempts (
    state_hash bytea PRIMARY KEY CHECK (octet_length(state_hash) = 32),
    -- Of the token in a cookie: another browser cannot finish what this one began.
    browser_hash bytea NOT NULL CHECK (octet_length(browser_hash) = 32),
    nonce_hash bytea NOT NULL CHECK (octet_length(nonce_hash) = 32),
    verifier_sealed bytea NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX single_sign_on_attempts_by_end ON single_sign_on_attempts (expires_at);

GRANT SELECT, INSERT, DELETE ON single_sign_on_attempts TO rukhsa_app;
