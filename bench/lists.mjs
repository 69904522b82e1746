// How long the database takes for each list of the portal, as the portal asks it: every page is fetched over HTTP, and
// Postgres's own log tells the time of each statement, planning included, with the plan the application really gets.
import { open, readFile, stat } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { start } from "./server.mjs";
import * as settings from "./settings.mjs";
import { sql, sqlFile } from "./sql.mjs";

/** No list may take longer in the database, in milliseconds. */
const most = 50;
/** Past five runs Postgres may keep a plan for all values: it must hold for that one too. */
const times = 15;

const next = /href="([^"]*[?&](?:amp;)?after=[^"]*)"/;

const lists = [
  ["training", null, "/training"],
  ["training, latest first", null, "/training?order=latest"],
  ["training, most free seats first", null, "/training?order=seats"],
  ["training, narrowed", null, "/training?kind=team-leader&region=makkah&mode=in_person"],
  ["training, narrowed, by free seats", null, "/training?kind=team-leader&region=makkah&mode=in_person&order=seats"],
  ["inbox", "volunteer", "/account/messages"],
  ["inbox, earliest first", "volunteer", "/account/messages?order=earliest"],
  ["inbox, not opened yet", "volunteer", "/account/messages?state=new"],
  ["who viewed my record", "volunteer", "/account/access-log"],
  ["who viewed my record, one role", "volunteer", "/account/access-log?role=administrator&order=earliest"],
  ["my sessions", "trainer", "/trainer"],
  ["my sessions that ended", "trainer", "/trainer?when=ended"],
  ["ended sessions, earliest first", "trainer", "/trainer?when=ended&order=earliest"],
  ["my sessions, latest first", "trainer", "/trainer?when=ahead&order=latest"],
  ["queue", "reviewer", "/review"],
  ["queue, narrowed", "reviewer", "/review?kind=practitioner&region=riyadh&age=18_29"],
  ["my decisions", "reviewer", "/review/decisions"],
  ["my decisions, approved", "reviewer", "/review/decisions?outcome=approved"],
  ["my decisions, earliest first", "reviewer", "/review/decisions?order=earliest"],
  ["my decisions, rejected", "reviewer", "/review/decisions?outcome=rejected&order=earliest"],
  ["renewals", "reviewer", "/review/renewals"],
  ["oversight's proposals", "reviewer", "/oversight"],
  ["proposals, latest first", "reviewer", "/oversight?order=latest"],
  ["proposals to restore", "reviewer", "/oversight?act=restore"],
  ["planned sessions", "administrator", "/admin/sessions"],
  ["past sessions, latest first", "administrator", "/admin/sessions?when=past&order=latest"],
  ["sessions, narrowed", "administrator", "/admin/sessions?region=asir&mode=in_person"],
  ["programmes", "administrator", "/admin/programmes"],
  ["questions", "administrator", "/admin/questions"],
  ["questions, narrowed", "administrator", "/admin/questions?kind=practitioner&topic=list_d"],
  ["staff", "administrator", "/admin/staff"],
  ["staff, trainers", "administrator", "/admin/staff?role=trainer"],
  ["staff, latest first", "administrator", "/admin/staff?order=latest"],
  ["records that may be one person's", "administrator", "/admin/duplicates"],
  ["such records, latest first", "administrator", "/admin/duplicates?order=latest"],
  ["records told apart", "administrator", "/admin/duplicates?standing=dismissed"],
  ["told apart, earliest first", "administrator", "/admin/duplicates?standing=dismissed&order=earliest"],
  ["paper results that wait", "administrator", "/admin/results"],
  ["paper results, latest first", "administrator", "/admin/results?order=latest"],
  ["paper results, one kind", "administrator", "/admin/results?kind=management"],
  ["organisations", "administrator", "/admin/organisations"],
  ["organisations, searched", "administrator", "/admin/organisations?name=%D8%AC%D9%85%D8%B9%D9%8A%D8%A9"],
  ["audit log", "administrator", "/admin/audit"],
  ["audit log, earliest first", "administrator", "/admin/audit?order=earliest"],
  ["audit log, one action", "administrator", "/admin/audit?action=roster_viewed"],
  ["one action, earliest first", "administrator", "/admin/audit?action=roster_viewed&order=earliest"],
  ["dead letters and failed jobs", "administrator", "/admin/messages"],
  ["dead letters, earliest first", "administrator", "/admin/messages?order=earliest"],
  ["dead letters, one channel", "administrator", "/admin/messages?channel=email"],
];

async function fetched(path, who) {
  const headers = { accept: "text/html", "x-forwarded-for": `10.80.${Math.floor(Math.random() * 250)}.${Math.floor(Math.random() * 250)}` };
  if (who) headers.cookie = `__Host-session=list-${who}`;
  const answer = await fetch(`http://${settings.address}${path}`, { headers, redirect: "manual" });
  if (answer.status !== 200) throw new Error(`${path} answers ${answer.status} to ${who ?? "anybody"}`);
  return answer.text();
}

/** Milliseconds of each statement written to Postgres's log since a place in it. */
async function statements(log, from) {
  const file = await open(log);
  const { size } = await file.stat();
  const { buffer } = await file.read(Buffer.alloc(size - from), 0, size - from, from);
  await file.close();
  const found = new Map();
  for (const [, duration, text] of buffer.toString().matchAll(/duration: ([\d.]+) ms {2}(?:parse|bind|execute) [^:]*: ([^\n]*)/g)) {
    // Jobs of the minute are not the page's.
    if (/graphile_worker/.test(text)) continue;
    found.set(text, (found.get(text) ?? 0) + Number(duration));
  }
  return [...found.values()];
}

const median = (figures) => figures.toSorted((one, other) => one - other)[Math.floor(figures.length / 2)];

async function measure(log, path, who) {
  const totals = [];
  const slowest = [];
  for (let run = 0; run < times; run += 1) {
    const from = (await stat(log)).size;
    await fetched(path, who);
    const found = await statements(log, from);
    totals.push(found.reduce((sum, taken) => sum + taken, 0));
    slowest.push(Math.max(0, ...found));
  }
  return { total: median(totals), slowest: median(slowest), worst: Math.max(...totals) };
}

/** Measures every list, its first page and one further on; the answer is a table and the figures. */
export async function measureLists() {
  await sqlFile("bench/lists.sql", {
    people: settings.people,
    licences: settings.licences,
    before: settings.before,
    signed_in: settings.signedIn,
  });
  const name = (await sql("SELECT current_database()")).trim();
  const log = `${(await readFile(".postgres/where", "utf8")).trim()}/server.log`;
  await sql(`ALTER DATABASE ${name} SET log_min_duration_statement = 0`);
  const figures = [];
  try {
    const server = await start();
    try {
      // The home page's figures are counted by a job at the start, which is nobody's list.
      await sleep(5000);
      for (const [text, who, path] of lists) {
        const page = await fetched(path, who);
        figures.push({ text, ...(await measure(log, path, who)) });
        const on = next.exec(page)?.[1].replaceAll("&amp;", "&");
        if (on) figures.push({ text: `  further on`, ...(await measure(log, on, who)) });
      }
    } finally {
      await server.stop();
    }
  } finally {
    await sql(`ALTER DATABASE ${name} RESET log_min_duration_statement`);
  }
  const lines = figures.map(
    ({ text, total, slowest, worst }) =>
      `${text.padEnd(32)}${[total, slowest, worst].map((figure) => figure.toFixed(1).padStart(9)).join("")}`,
  );
  const heading = `${"Lists: ms in the database".padEnd(32)}   a page  slowest    worst`;
  const late = figures.filter(({ total }) => total > most).map(({ text }) => text.trim());
  return { text: [heading, ...lines].join("\n"), figures, late, most };
}
