// People of a test's own, and what they did before it began: nobody else of the run meets them.
import { randomUUID } from "node:crypto";
import { sql } from "./database";
import { idOf, nationalIdHash, newPerson } from "./people";

/** Somebody made for one test. */
export interface Made {
  id: string;
  nationalId: string;
  family: string;
}

const donor = () => `SELECT p.* FROM persons p JOIN accounts a ON a.person_id = p.id WHERE a.national_id_hash = '\\x${nationalIdHash(idOf("layla"))}'`;

let made = 0;

/** A family name that nobody else of the run has: who shares a name and a birth date is taken for one person. */
function ownFamily(): string {
  return `ال${[...`${process.pid}${made}`].map((digit) => "برسطعفقكلم"[Number(digit)]).join("")}`;
}

/**
 * Somebody with a complete profile and a verified identity. Their birth date and mobile are sealed as those of
 * somebody in the demonstration set, since the tests have no key.
 */
export function person(seed: string, name: { given?: string; family?: string; latin?: string; region?: string } = {}): Made {
  made += 1;
  const { nationalId } = newPerson(`${seed} ${made}`);
  const [id, hash] = [randomUUID(), nationalIdHash(nationalId)];
  const { given = "سلوى", family = ownFamily(), latin = "Salwa Alnajdi", region = "bahah" } = name;
  sql(`INSERT INTO persons (id, national_id_sealed, national_id_hash, given_name, father_name, family_name, name_key, latin_name,
      birth_date_sealed, email, region, city, profile_completed_at, created_at)
    SELECT '${id}', national_id_sealed, '\\x${hash}', '${given}', 'حمد', '${family}', '${given} حمد ${family}', '${latin}',
      birth_date_sealed, NULL, region, city, now() - interval '40 days', now() - interval '40 days'
    FROM (SELECT national_id_sealed, birth_date_sealed FROM (${donor()}) d) d,
      LATERAL (SELECT region, code AS city FROM cities WHERE region = '${region}' ORDER BY position LIMIT 1) c;
    INSERT INTO accounts (person_id, national_id_hash, mobile_sealed, mobile_hash, created_at)
    SELECT '${id}', '\\x${hash}', mobile_sealed, sha256('${id}'), now() - interval '40 days'
    FROM accounts WHERE national_id_hash = '\\x${nationalIdHash(idOf("layla"))}';
    INSERT INTO identity_confirmations (person_id, method, confirmed_at) VALUES ('${id}', 'single_sign_on', now() - interval '30 days')`);
  return { id, nationalId, family };
}

/** An officer with a role, whom nothing ties to anybody. */
export function officer(seed: string, role: "trainer" | "reviewer" | "administrator"): Made {
  const who = person(seed, { given: "مشاري", latin: `Mishari ${role}`, region: "makkah" });
  sql(`INSERT INTO staff_roles (person_id, role, granted_at) VALUES ('${who.id}', '${role}', now() - interval '20 days')`);
  return who;
}

/** Ties somebody to the reviewers of the demonstration set by a team, so that their requests go to an officer of the test's own. */
export function keepFromOthers({ id }: { id: string }): void {
  const reviewer = (code: string) => `(SELECT person_id FROM accounts WHERE national_id_hash = '\\x${nationalIdHash(idOf(code))}')`;
  const team = randomUUID();
  // Of an organisation of its own, since one of the set's would tie the reviewers to all its teams.
  sql(`WITH body AS (INSERT INTO organisations (name_ar, name_en, name_key, sector, region, approved_at)
      VALUES ('جهة ${team}', 'Body ${team}', '${team}', 'government', 'bahah', now()) RETURNING id)
    INSERT INTO teams (id, slug, name_ar, name_en, name_key, purpose_ar, purpose_en, region, organisation_id, leader_id, approved_at)
    SELECT '${team}', '${team}', 'فريق ${team}', 'Team ${team}', '${team}', 'غرض', 'Purpose', 'bahah', id, '${id}', now() FROM body;
    INSERT INTO memberships (team_id, person_id) VALUES ('${team}', ${reviewer("hind")}), ('${team}', ${reviewer("turki")})`);
}

/** A session of a programme of its kind's own. */
export function session(
  trainer: { id: string },
  { kind = "practitioner", mode = "in_person", seats = 5, from = "-6 hours", until = "-1 hour", region = "bahah", enrolBy = "-7 hours" } = {},
): string {
  const [programme, id] = [randomUUID(), randomUUID()];
  sql(`INSERT INTO programmes (id, code, kind, title_ar, title_en, summary_ar, summary_en, hours)
    VALUES ('${programme}', '${programme}', '${kind}', 'برنامج ${programme.slice(0, 8)}', 'Programme ${programme.slice(0, 8)}', 'وصف', 'Summary', 5);
    INSERT INTO training_sessions (id, programme_id, mode, region, city, venue_ar, venue_en, starts_at, ends_at, enrol_by, trainer_id, seats)
    SELECT '${id}', '${programme}', '${mode}', region, code, 'قاعة', 'Hall', now() + interval '${from}', now() + interval '${until}',
      now() + interval '${enrolBy}', '${trainer.id}', ${seats} FROM cities WHERE region = '${region}' ORDER BY position LIMIT 1`);
  return id;
}

/** A seat in a session. */
export function enrolled({ id }: Made, inSession: string): string {
  const enrolment = randomUUID();
  sql(`INSERT INTO enrolments (id, session_id, programme_id, person_id, state, created_at)
    SELECT '${enrolment}', id, programme_id, '${id}', 'enrolled', now() - interval '8 hours' FROM training_sessions WHERE id = '${inSession}'`);
  return enrolment;
}

/** Somebody who was there: the test is before them. Returns the enrolment. */
export function attended(who: Made, kind = "practitioner"): string {
  const trainer = officer(who.nationalId, "trainer");
  const enrolment = enrolled(who, session(trainer, { kind }));
  sql(`UPDATE enrolments SET state = 'attended', attendance_by = '${trainer.id}', attendance_at = now() - interval '2 hours'
    WHERE id = '${enrolment}'`);
  return enrolment;
}

/** Somebody who passed the programme of a kind `ago`: a licence can be requested. */
export function passed(who: Made, { kind = "practitioner", ago = "1 hour" } = {}): void {
  const enrolment = attended(who, kind);
  const attempt = randomUUID();
  sql(`INSERT INTO attempts (id, enrolment_id, person_id, ordinal, pass_mark_percent, started_at, deadline_at, state)
    VALUES ('${attempt}', '${enrolment}', '${who.id}', 1, 70, now() - interval '${ago}', now() - interval '${ago}' + interval '30 minutes', 'open');
    INSERT INTO attempt_questions (attempt_id, position, question_id, option_order)
    SELECT '${attempt}', 1, q.id, ARRAY(SELECT o.id FROM question_options o WHERE o.question_id = q.id ORDER BY o.id)
    FROM questions q WHERE q.kind = '${kind}' AND q.module_id IS NULL AND q.retired_at IS NULL ORDER BY q.id LIMIT 1;
    INSERT INTO attempt_answers (attempt_id, question_id, option_id, saved_at)
    SELECT q.attempt_id, q.question_id, o.id, now() - interval '${ago}' + interval '1 minute' FROM attempt_questions q
    JOIN question_options o ON o.question_id = q.question_id AND o.correct WHERE q.attempt_id = '${attempt}';
    UPDATE attempts SET finished_at = now() - interval '${ago}' + interval '2 minutes' WHERE id = '${attempt}';
    UPDATE enrolments SET state = 'passed' WHERE id = '${enrolment}'`);
}

/** Somebody with a practitioner licence of whose validity `left` remains. Returns its number. */
export function licensed(who: Made, left = "400 days"): string {
  passed(who);
  const reviewer = officer(who.nationalId, "reviewer");
  const [request, decision, licence] = [randomUUID(), randomUUID(), randomUUID()];
  const digits = (many: number) => Array.from({ length: many }, () => Math.floor(Math.random() * 10)).join("");
  const number = withCheckDigit(digits(15));
  sql(`INSERT INTO licence_requests (id, number, person_id, kind, state, created_at, submitted_at, answer_by, age_band)
    VALUES ('${request}', '${digits(10)}', '${who.id}', 'practitioner', 'submitted', now() - interval '50 minutes', now() - interval '50 minutes',
      now() + interval '3 days', '30_44');
    UPDATE licence_requests SET state = 'in_review', claimed_by = '${reviewer.id}', claimed_at = now() - interval '40 minutes' WHERE id = '${request}';
    INSERT INTO decisions (id, request_id, outcome, reviewer_id, decided_at, effective_at)
    VALUES ('${decision}', '${request}', 'approved', '${reviewer.id}', now() - interval '35 minutes', now() - interval '34 minutes 50 seconds');
    UPDATE licence_requests SET state = 'approved', settled_at = now() - interval '34 minutes 50 seconds' WHERE id = '${request}';
    INSERT INTO licences (id, number, request_id, person_id, kind, state, issued_at, valid)
    VALUES ('${licence}', '${number}', '${request}', '${who.id}', 'practitioner', 'active', now() - interval '34 minutes',
      daterange((current_date - interval '20 days')::date, (current_date + interval '${left}')::date));
    INSERT INTO licence_events (licence_id, event, actor_id, at)
    VALUES ('${licence}', 'issued', '${reviewer.id}', now() - interval '34 minutes')`);
  return number;
}

/** ISO/IEC 7064 MOD 11,10. */
function withCheckDigit(stem: string): string {
  let product = 10;
  for (const digit of stem) {
    const sum = (product + Number(digit)) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return `${stem}${(11 - product) % 10}`;
}

/** Two records of one person, found to be alike as the comparison of each minute would find them. */
export function alike(one: Made, other: Made): string {
  const [first, second] = [one.id, other.id].sort();
  return sql(`WITH found AS (INSERT INTO likely_pairs (one_id, other_id, found_at) VALUES ('${first}', '${second}', now())
      ON CONFLICT (one_id, other_id) DO NOTHING RETURNING id)
    SELECT id FROM found UNION ALL SELECT id FROM likely_pairs WHERE (one_id, other_id) = ('${first}', '${second}') LIMIT 1`)
    .split("\n")[0] ?? "";
}

/** The newest message to somebody once more, and this time the gateway refused it for good. Returns the delivery. */
export function undelivered({ id }: Made): string {
  const [message, delivery] = [randomUUID(), randomUUID()];
  sql(`INSERT INTO messages (id, person_id, template, body_sealed, created_at, language)
    SELECT '${message}', '${id}', template, body_sealed, now(), 'ar' FROM messages
    WHERE person_id = '${id}' ORDER BY created_at DESC LIMIT 1;
    INSERT INTO deliveries (id, message_id, channel, recipient_sealed, recipient_hash)
    SELECT '${delivery}', '${message}', 'sms', mobile_sealed, sha256('${delivery}') FROM accounts WHERE person_id = '${id}';
    UPDATE deliveries SET state = 'failed', failures = 1, last_error = 'gateway_down' WHERE id = '${delivery}';
    UPDATE deliveries SET state = 'dead', failures = 25, dead_at = now() WHERE id = '${delivery}'`);
  return delivery;
}
