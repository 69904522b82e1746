-- Licences by their numbers, as strangers may see them on a day: one statement for one number and for ten thousand. A
-- number that was never issued and one whose holder was erased have no row alike. Written so that Postgres takes it into
-- the statement around it (no SET clause, not SECURITY DEFINER), whose plan is then its own.
CREATE FUNCTION shown_licences(asked text[], today date) RETURNS TABLE (
    number text,
    kind text,
    state text,
    issued_at timestamptz,
    valid_from date,
    valid_until date,
    renewed boolean,
    given_name text,
    father_name text,
    grandfather_name text,
    family_name text,
    body_ar text,
    body_en text,
    reason text,
    new_number text,
    new_state text,
    new_renewed boolean
) LANGUAGE sql STABLE ROWS 1 AS $$
    SELECT l.number, l.kind, l.state, l.issued_at, lower(l.valid), upper(l.valid),
        CASE WHEN upper(l.valid) <= today THEN renewed(l) ELSE false END,
        p.given_name, p.father_name, p.grandfather_name, p.family_name,
        coalesce(o.name_ar, t.name_ar), coalesce(o.name_en, t.name_en),
        CASE WHEN l.state IN ('suspended', 'revoked') THEN (SELECT e.reason FROM licence_events e
            WHERE e.licence_id = l.id ORDER BY e.id DESC LIMIT 1) END,
        n.number, n.state, n.renewed
    FROM licences l JOIN persons p ON p.id = l.person_id
    LEFT JOIN organisations o ON o.id = l.organisation_id
    LEFT JOIN LATERAL (SELECT name_ar, name_en FROM teams
        WHERE l.kind = 'team_leader' AND leader_id = l.person_id AND approved_at IS NOT NULL
        ORDER BY approved_at LIMIT 1) t ON true
    LEFT JOIN LATERAL (SELECT s.number, s.state, renewed(s) AS renewed FROM licences s
        WHERE l.superseded_by IS NOT NULL AND s.request_id = l.request_id AND s.superseded_by IS NULL
        LIMIT 1) n ON true
    WHERE l.number = ANY (asked) AND p.given_name IS NOT NULL
$$;
