-- «هل أفادتك هذه الصفحة؟»: what visitors say of the pages. Nothing tells who answered, nor about whom: of the page only
-- the words of its path are kept, and `*` for whatever names a row (a licence number, an id, a token).
CREATE TABLE page_feedback (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    page text NOT NULL CONSTRAINT page_feedback_words_only CHECK (page ~ '^(/|(/([a-z-]{1,24}|\*)){1,6})$'),
    useful boolean NOT NULL,
    remark text CHECK (char_length(remark) BETWEEN 1 AND 500),
    at timestamptz NOT NULL
);
CREATE INDEX page_feedback_by_page ON page_feedback (page, at);
-- Deleting stays possible for the owner alone: somebody may have typed a name.
CREATE TRIGGER page_feedback_never_rewritten BEFORE UPDATE ON page_feedback
    FOR EACH ROW EXECUTE FUNCTION refuse_rewrite();

GRANT INSERT ON page_feedback TO rukhsa_app;
