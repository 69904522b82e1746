-- Lists are sorted and narrowed in more ways. Each has an index in the order it is read, in both directions.

-- Sessions with the most free seats first. Free seats count downwards, so that all three columns go one way.
CREATE INDEX training_sessions_by_free_seats ON training_sessions ((taken - seats), starts_at, id) WHERE cancelled_at IS NULL;

-- Of a reviewer's decisions few are rejections, which must not be sought among all.
CREATE INDEX decisions_by_reviewer_and_outcome ON decisions (reviewer_id, outcome, decided_at, id);

-- What was given up on one channel, where nearly all of it was on the other: one gateway fails at a time.
CREATE INDEX deliveries_dead_by_channel ON deliveries (channel, dead_at, id) WHERE state = 'dead';
