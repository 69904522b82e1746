-- One licence by its number, for pgbench: what src/verification/store.rs asks. `today` is the day in Riyadh.
-- The number of a random serial, in one expression since pgbench has no loop: ISO/IEC 7064 MOD 11,10 of fifteen digits.
\set serial random(1, :licences)
\set stem 100000000000000 + :serial * 6180339887497 % 900000000000000
\set number :stem * 10 + (11 - ((((((((((((((((((((((((((((((10 \
    + :stem / 100000000000000 + 9) % 10 + 1) * 2 % 11 + :stem / 10000000000000 + 9) % 10 + 1) * 2 % 11 \
    + :stem / 1000000000000 + 9) % 10 + 1) * 2 % 11 + :stem / 100000000000 + 9) % 10 + 1) * 2 % 11 \
    + :stem / 10000000000 + 9) % 10 + 1) * 2 % 11 + :stem / 1000000000 + 9) % 10 + 1) * 2 % 11 \
    + :stem / 100000000 + 9) % 10 + 1) * 2 % 11 + :stem / 10000000 + 9) % 10 + 1) * 2 % 11 \
    + :stem / 1000000 + 9) % 10 + 1) * 2 % 11 + :stem / 100000 + 9) % 10 + 1) * 2 % 11 \
    + :stem / 10000 + 9) % 10 + 1) * 2 % 11 + :stem / 1000 + 9) % 10 + 1) * 2 % 11 \
    + :stem / 100 + 9) % 10 + 1) * 2 % 11 + :stem / 10 + 9) % 10 + 1) * 2 % 11 \
    + :stem + 9) % 10 + 1) * 2 % 11) % 10
SELECT l.kind, l.state, l.issued_at, lower(l.valid) AS "from!", upper(l.valid) AS "until!",
  CASE WHEN upper(l.valid) <= :today THEN renewed(l) ELSE false END AS "renewed!",
  p.given_name AS "given_name!", p.father_name, p.grandfather_name, p.family_name,
  coalesce(o.name_ar, t.name_ar) AS body_ar, coalesce(o.name_en, t.name_en) AS body_en,
  CASE WHEN l.state IN ('suspended', 'revoked') THEN (SELECT e.reason FROM licence_events e
    WHERE e.licence_id = l.id ORDER BY e.id DESC LIMIT 1) END AS reason,
  n.number AS "new_number?", n.state AS "new_state?", n.renewed AS new_renewed
FROM licences l JOIN persons p ON p.id = l.person_id
LEFT JOIN organisations o ON o.id = l.organisation_id
LEFT JOIN LATERAL (SELECT name_ar, name_en FROM teams
  WHERE l.kind = 'team_leader' AND leader_id = l.person_id AND approved_at IS NOT NULL
  ORDER BY approved_at LIMIT 1) t ON true
LEFT JOIN LATERAL (SELECT s.number, s.state, renewed(s) AS renewed FROM licences s
  WHERE l.superseded_by IS NOT NULL AND s.request_id = l.request_id AND s.superseded_by IS NULL LIMIT 1) n ON true
WHERE l.number = :number AND p.given_name IS NOT NULL;
