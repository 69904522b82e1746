//! The log against a real database, and against those who may write anything there.
