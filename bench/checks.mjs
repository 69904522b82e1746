// That what is measured is the real thing: the portal's statements, the whole page, the limits, and stored enrolments.
import { readFile, readdir } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { wrk } from "./generators.mjs";
import { address, before, origin } from "./settings.mjs";
import { sql } from "./sql.mjs";

/** One line, without the quotes and marks of sqlx's column names. */
const plain = (statement) => statement.replace(/["!]/g, "").replace(/\s+/g, " ").trim();
const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** The statements of a pgbench script, but for BEGIN and COMMIT. */
function statementsOf(script) {
  const lines = script.replace(/\\\n/g, " ").split("\n").filter((line) => !/^(--|\\set )/.test(line));
  const statements = lines.join("\n").split(/;|\\gset/).map(plain);
  return statements.filter((statement) => statement && !["BEGIN", "COMMIT"].includes(statement));
}

/** Every statement given to pgbench must be one that the portal makes, parameters aside: .sqlx has them all. */
export async function statementsAreThePortals() {
  const made = [];
  for (const file of await readdir(".sqlx")) {
    const { query } = JSON.parse(await readFile(`.sqlx/${file}`, "utf8"));
    made.push(new RegExp(`^${escaped(plain(query)).replace(/\\\$\d+/g, ".+")}$`));
  }
  for (const file of ["look_up.sql", "enrol.sql"]) {
    for (const statement of statementsOf(await readFile(`bench/${file}`, "utf8"))) {
      if (!made.some((pattern) => pattern.test(statement))) {
        throw new Error(`bench/${file} measures what the portal no longer asks:\n${statement}`);
      }
    }
  }
}

async function fetched(path) {
  const answer = await fetch(`http://${address}${path}`, {
    headers: { accept: "text/html,*/*", "accept-language": "ar", "x-forwarded-for": "10.79.0.1" },
  });
  if (answer.status !== 200) throw new Error(`${path} answers ${answer.status}`);
  return answer;
}

/** Rows found so far by the index of licence numbers. */
export async function numbersFound() {
  return Number(await sql("SELECT idx_tup_fetch FROM pg_stat_user_indexes WHERE indexrelname = 'licences_number'"));
}

/** Every number looked up was an existing one: each found a row. Postgres counts with a delay of some seconds. */
export async function everyNumberExists(foundBefore, lookUps) {
  let found = 0;
  for (let tries = 0; tries < 30; tries += 1) {
    found = (await numbersFound()) - foundBefore;
    if (found >= lookUps) return;
    await sleep(500);
  }
  throw new Error(`of ${lookUps} look-ups only ${found} found a licence`);
}

export async function validNumber() {
  return (await sql("SELECT number FROM licences WHERE state = 'active' AND valid @> (now() AT TIME ZONE 'Asia/Riyadh')::date LIMIT 1")).trim();
}

/** The page of a valid licence says so, and every file it names for the browser is there, wasm included. */
export async function pageIsComplete() {
  const number = await validNumber();
  const html = await (await fetched(`/verify/${number}`)).text();
  const words = JSON.parse(await readFile("src/i18n/locales/ar/verification.json", "utf8"));
  for (const text of [words.valid, number.slice(0, 4), "</html>"]) {
    if (!html.includes(text)) throw new Error(`the verify page of a valid licence lacks «${text}»`);
  }
  if (html.includes(words.not_found)) throw new Error("the verify page of a valid licence says it was not found");
  const files = [...new Set(html.match(/\/pkg\/[\w.-]+\.(?:js|wasm|css)/g) ?? [])];
  for (const kind of ["js", "wasm", "css"]) {
    if (!files.some((file) => file.endsWith(`.${kind}`))) throw new Error(`the verify page names no ${kind} file`);
  }
  for (const file of files) await (await fetched(file)).arrayBuffer();
}

/** The limit per address is on: one client that asks without pause is refused. */
export async function limitRefuses() {
  const { refused } = await wrk("flood", 3, { mayBeRefused: true });
  if (refused === 0) throw new Error("one address asked as fast as it could and was never refused");
}

/** Enrolments that were acknowledged are in the database, each with its seat; and nothing had a message to send. */
export async function whatWasAcknowledgedIsStored({ least, most }) {
  const measured = `training_sessions s JOIN programmes p ON p.id = s.programme_id AND p.code LIKE 'measured-%'`;
  const counts = await sql(
    `SELECT (SELECT count(*) FROM enrolments e JOIN (${measured}) ON s.id = e.session_id),
            (SELECT sum(taken) FROM ${measured}),
            (SELECT count(*) FROM messages)`,
  );
  const [stored, taken, messages] = counts.trim().split("|").map(Number);
  if (stored < least || stored > most) {
    throw new Error(`from ${least} to ${most} enrolments were acknowledged, and ${stored} are stored`);
  }
  if (taken !== stored) throw new Error(`${stored} enrolments are stored, and ${taken} seats are taken`);
  if (messages > 0) throw new Error(`${messages} messages were queued: their sending would be measured too`);
  return stored;
}
