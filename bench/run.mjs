// One run: starts the server, checks that it serves what it should, measures everything in turn, prints the figures.
import { loadavg } from "node:os";
import { writeFile } from "node:fs/promises";
import { batches } from "./batches.mjs";
import * as checks from "./checks.mjs";
import { pgbench, wrk } from "./generators.mjs";
import { hydration } from "./hydration.mjs";
import { measureLists } from "./lists.mjs";
import { report } from "./report.mjs";
import { start } from "./server.mjs";
import * as settings from "./settings.mjs";
import { sql, sqlFile } from "./sql.mjs";

const today = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Riyadh" }).format();
const compressed = "gzip, deflate, br";

const lookUpByPgbench = (time) => pgbench("look_up.sql", time, { licences: settings.licences, today });

// `of` names the measurement that a ratio is taken to; `finds` says that each request looks up one licence.
const measurements = {
  pg_look_up: { text: "pgbench: the look-up's statement", finds: true, run: lookUpByPgbench },
  look_up: {
    text: "bare look-up, JSON",
    of: "pg_look_up",
    finds: true,
    run: (time) => wrk("look_up", time),
  },
  page: {
    text: "verify page, as a browser asks",
    of: "pg_look_up",
    finds: true,
    run: (time) => wrk("page", time, { encoding: compressed }),
  },
  page_plain: {
    text: "verify page, not compressed",
    of: "pg_look_up",
    finds: true,
    run: (time) => wrk("page", time),
  },
  api: {
    text: "interface for programs: a licence",
    of: "pg_look_up",
    finds: true,
    run: (time) => wrk("api", time),
  },
  static: { text: "a small static file", of: "pg_look_up", run: (time) => wrk("static", time) },
  paper: { text: "licence as PDF", of: "pg_look_up", run: (time) => wrk("paper", time) },
  // These two tell where the page's time goes: without a look-up, and without a page.
  form: {
    text: "  the empty /verify, compressed",
    of: "pg_look_up",
    run: (time) => wrk("form", time, { encoding: compressed }),
  },
  health: { text: "  /healthz: server and layers only", of: "pg_look_up", run: (time) => wrk("health", time) },
  pg_enrol: { text: "pgbench: enrolment's transaction", run: (time, round) => enrolByPgbench(time, 2 * round) },
  enrol: { text: "enrolment", of: "pg_enrol", run: (time, round) => enrolByServer(time, 2 * round + 1) },
};

const acknowledged = { least: 0, most: 0 };
let lookUps = 0;

function withinSlice(result) {
  if (result.requests + settings.connections > settings.slice) {
    throw new Error(`more than ${settings.slice} enrolments in a round: take fewer BENCH_SECONDS`);
  }
  acknowledged.least += result.requests;
  // Those under way when the time was over may have been stored, unseen.
  acknowledged.most += result.requests + settings.connections;
  return result;
}

async function enrolByPgbench(time, slot) {
  const { before, connections: clients, signedIn, slice } = settings;
  const variables = { pair: slot * slice - clients, clients, before, signed_in: signedIn };
  return withinSlice(await pgbench("enrol.sql", time, variables));
}

async function enrolByServer(time, slot) {
  return withinSlice(await wrk("enrol", time, { pair: slot * settings.slice }));
}

async function one(name, time, round) {
  const { run, finds } = measurements[name];
  const result = await run(time, round);
  if (finds) lookUps += result.requests;
  return result;
}

async function measure() {
  const names = Object.keys(measurements);
  const results = Object.fromEntries(names.map((name) => [name, []]));
  for (const name of names) {
    process.stderr.write(`==> Warming up: ${name}\n`);
    await one(name, Math.min(3, settings.seconds), 0);
  }
  for (let round = 1; round <= settings.rounds; round += 1) {
    // Every other round backwards, so that what drifts does not favour whoever comes first.
    for (const name of round % 2 ? names : names.toReversed()) {
      const result = await one(name, settings.seconds, round);
      process.stderr.write(`==> Round ${round}: ${name}: ${result.rate.toFixed(0)}/s\n`);
      results[name].push(result);
    }
  }
  return results;
}

process.on("uncaughtException", (problem) => {
  console.error(`error: ${problem.message}`);
  process.exitCode = 1;
});

async function tellLists() {
  const { text, figures, late, most } = await measureLists();
  console.log(text);
  if (late.length) {
    console.log(`Over ${most} ms: ${late.join(", ")}`);
    process.exitCode = 1;
  }
  return figures;
}

if (process.argv[2] === "lists") {
  await tellLists();
  process.exit();
}

await checks.statementsAreThePortals();
process.stderr.write("==> Preparing free seats and signed-in people\n");
await sqlFile("bench/seats.sql", { signed_in: settings.signedIn, before: settings.before });
const server = await start();
try {
  await checks.pageIsComplete();
  const hydrates = await hydration(await checks.validNumber());
  const foundBefore = await checks.numbersFound();
  const results = await measure();
  await checks.limitRefuses();
  await checks.everyNumberExists(foundBefore, lookUps);
  const batch = await batches();
  const stored = await checks.whatWasAcknowledgedIsStored(acknowledged);
  const { text, json } = report(measurements, results);
  console.log(text);
  console.log(`${batch.numbers} numbers at once: ${batch.median_ms.toFixed(0)} ms (${batch.least_ms.toFixed(0)}–${batch.most_ms.toFixed(0)})`);
  console.log(`The verify page is whole; ${hydrates}. Each of ${lookUps} numbers looked up was found.`);
  console.log(`Enrolments acknowledged: ${acknowledged.least}; stored: ${stored}.`);
  console.log("The limit per address was on, and refused a flood.");
  const file = `${settings.folder}/bench.json`;
  const load = loadavg().map((figure) => Number(figure.toFixed(2)));
  const { licences, people, connections, seconds, rounds } = settings;
  const postgres = (await sql("SHOW server_version")).trim();
  const about = { at: new Date().toISOString(), licences, people, connections, seconds, rounds, postgres, load };
  await server.stop();
  const lists = await tellLists();
  await writeFile(file, `${JSON.stringify({ about, ...json, batch, lists }, null, 2)}\n`);
  console.log(`Figures: ${file}`);
} finally {
  await server.stop();
}
