-- Whom a reviewer is tied to, all at once: with twenty thousand requests waiting, asking `may_decide` of each took the
-- desk seven seconds. A test holds this set to what `may_decide` says of each person.

CREATE INDEX teams_by_organisation ON teams (organisation_id);
CREATE INDEX identity_confirmations_by_trainer ON identity_confirmations (confirmed_by) WHERE confirmed_by IS NOT NULL;

-- The people about whose requests `may_decide` would say no, whatever organisation they ask for.
CREATE FUNCTION tied_people(reviewer uuid) RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
    WITH own_teams AS (SELECT t.* FROM teams t JOIN teams_of(reviewer) mine ON t.id = mine),
    bodies AS (
        SELECT organisation_id FROM organisation_roles WHERE person_id = reviewer AND until IS NULL
        UNION
        SELECT organisation_id FROM own_teams
    ),
    shared AS (
        SELECT id, leader_id, deputy_id FROM own_teams
        UNION
        SELECT id, leader_id, deputy_id FROM teams WHERE organisation_id IN (SELECT organisation_id FROM bodies)
    )
    SELECT reviewer
    UNION
    SELECT leader_id FROM shared
    UNION
    SELECT deputy_id FROM shared WHERE deputy_id IS NOT NULL
    UNION
    SELECT person_id FROM memberships WHERE team_id IN (SELECT id FROM shared) AND left_at IS NULL
    UNION
    SELECT person_id FROM organisation_roles WHERE organisation_id IN (SELECT organisation_id FROM bodies) AND until IS NULL
    UNION
    SELECT person_id FROM identity_confirmations WHERE confirmed_by = reviewer
$$;
