// Processor time of processes, from /proc/<pid>/stat, as shares of one processor between a first and a last sample.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { application } from "./settings.mjs";
import { sql } from "./sql.mjs";

const ticksASecond = Number(execFileSync("getconf", ["CLK_TCK"]).toString());
const database = new URL(application).pathname.slice(1);
// Connections open in the first instant; sampling begins after it and goes on until the process is gone.
const settle = 400;
const interval = 100;

/** Seconds that a process, all its threads, has run; undefined once it has ended. */
function secondsOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    // The second field, a name in parentheses, may hold spaces.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    // A process that has ended and not been waited for tells nothing new.
    return fields[0] === "Z" ? undefined : (Number(fields[11]) + Number(fields[12])) / ticksASecond;
  } catch {
    return undefined;
  }
}

/** Seconds that all processors were busy: all but idle and waiting for disks. */
function secondsOfAll() {
  const [user, nice, system, , , irq, softirq, steal] = readFileSync("/proc/stat", "latin1").match(/\d+/g).map(Number);
  return (user + nice + system + irq + softirq + steal) / ticksASecond;
}

async function backendsOf(name) {
  const rows = await sql(
    `SELECT pid FROM pg_stat_activity
     WHERE datname = '${database}' AND application_name LIKE '${name}%' AND backend_type = 'client backend'`,
  );
  return rows.trim().split("\n").filter(Boolean).map(Number);
}

export function sampler({ server, generator, backends }) {
  let ended = false;
  const sampling = (async () => {
    await sleep(settle);
    const groups = { server: server ? [server] : [], generator: [generator], postgres: await backendsOf(backends) };
    const sample = () => {
      const at = performance.now() / 1000;
      const figures = { at, all: secondsOfAll() };
      for (const [name, pids] of Object.entries(groups)) {
        const each = pids.map(secondsOf);
        if (each.includes(undefined)) return undefined;
        figures[name] = each.reduce((sum, one) => sum + one, 0);
      }
      return figures;
    };
    const first = sample();
    let last = first;
    while (!ended) {
      await sleep(interval);
      last = sample() ?? last;
    }
    if (!first || last === first || groups.postgres.length === 0) throw new Error("no processor time could be sampled");
    const share = (name) => (last[name] - first[name]) / (last.at - first.at);
    const mine = { server: share("server"), postgres: share("postgres"), generator: share("generator") };
    return { ...mine, others: share("all") - mine.server - mine.postgres - mine.generator };
  })();
  // Read by end(); a failure before that must not end the program by itself.
  sampling.catch(() => {});
  return {
    end() {
      ended = true;
      return sampling;
    },
  };
}
