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
SELECT number AS "number!", kind AS "kind!", state AS "state!", issued_at AS "issued_at!",
  valid_from AS "valid_from!", valid_until AS "valid_until!", renewed AS "renewed!",
  given_name AS "given_name!", father_name, grandfather_name, family_name, body_ar, body_en, reason,
  new_number, new_state, new_renewed
FROM shown_licences(ARRAY[:number], :today);
