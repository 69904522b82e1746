-- Organisations, teams and who belongs to them. Screens come later; conflict-of-interest rules need them from the start.

CREATE TABLE organisations (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    name_ar text NOT NULL,
    name_en text NOT NULL,
    name_key text NOT NULL UNIQUE,
    sector text NOT NULL CHECK (sector IN ('government', 'private', 'university', 'third')),
    unified_number text UNIQUE CHECK (unified_number ~ '^7[0-9]{9}$'),
    region text NOT NULL REFERENCES regions,
    -- Volunteering law, article 15: volunteers are not used for profit-making work.
    non_profit_use_declared boolean NOT NULL DEFAULT false,
    approved_at timestamptz,
    CHECK (sector = 'government' OR unified_number IS NOT NULL),
    CHECK (sector <> 'private' OR approved_at IS NULL OR non_profit_use_declared)
);

CREATE TABLE organisation_roles (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    organisation_id uuid NOT NULL REFERENCES organisations,
    person_id uuid NOT NULL REFERENCES persons,
    role text NOT NULL CHECK (role IN ('manager', 'coordinator', 'viewer')),
    since timestamptz NOT NULL DEFAULT now(),
    until timestamptz
);
CREATE UNIQUE INDEX organisation_roles_live ON organisation_roles (organisation_id, person_id, role) WHERE until IS NULL;
CREATE INDEX organisation_roles_by_person ON organisation_roles (person_id) WHERE until IS NULL;

CREATE TABLE teams (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    slug text NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9-]{3,60}$'),
    name_ar text NOT NULL,
    name_en text NOT NULL,
    name_key text NOT NULL UNIQUE,
    purpose_ar text NOT NULL,
    purpose_en text NOT NULL,
    region text NOT NULL REFERENCES regions,
    organisation_id uuid NOT NULL REFERENCES organisations,
    leader_id uuid NOT NULL REFERENCES persons,
    deputy_id uuid REFERENCES persons CHECK (deputy_id <> leader_id),
    approved_at timestamptz
);
CREATE INDEX teams_by_leader ON teams (leader_id);
CREATE INDEX teams_by_deputy ON teams (deputy_id);

CREATE TABLE memberships (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    team_id uuid NOT NULL REFERENCES teams,
    person_id uuid NOT NULL REFERENCES persons,
    joined_at timestamptz NOT NULL DEFAULT now(),
    left_at timestamptz
);
CREATE UNIQUE INDEX memberships_live ON memberships (team_id, person_id) WHERE left_at IS NULL;
CREATE INDEX memberships_by_person ON memberships (person_id) WHERE left_at IS NULL;

-- The teams a person leads, deputises for or belongs to.
CREATE FUNCTION teams_of(who uuid) RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
    SELECT id FROM teams WHERE leader_id = who OR deputy_id = who
    UNION
    SELECT team_id FROM memberships WHERE person_id = who AND left_at IS NULL
$$;

-- Whether two people share a team, or are one. Nobody confirms or decides across such a tie.
CREATE FUNCTION tied_by_team(one uuid, other uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT one = other OR EXISTS (SELECT FROM teams_of(one) a JOIN teams_of(other) b ON a = b)
$$;

-- As above, and through an organisation: a role in the same one, or in the one that supervises the other's team.
CREATE FUNCTION tied(one uuid, other uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    WITH bodies(person_id, organisation_id) AS (
        SELECT person_id, organisation_id FROM organisation_roles WHERE person_id IN (one, other) AND until IS NULL
        UNION
        SELECT who, t.organisation_id FROM unnest(ARRAY[one, other]) who, teams_of(who) m JOIN teams t ON t.id = m
    )
    SELECT tied_by_team(one, other) OR EXISTS (
        SELECT FROM bodies a JOIN bodies b USING (organisation_id) WHERE a.person_id = one AND b.person_id = other
    )
$$;

GRANT SELECT, INSERT, UPDATE ON organisations, organisation_roles, teams, memberships TO rukhsa_app;
