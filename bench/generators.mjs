// wrk and pgbench: runs one for some seconds, reads what it counted, and samples processor time meanwhile. Both keep
// every connection busy (a closed loop), so that rates compare; times of answers are those under full load.
import { spawn } from "node:child_process";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sampler } from "./cpu.mjs";
import * as settings from "./settings.mjs";
import * as server from "./server.mjs";

async function run(command, options, server, backends) {
  const child = spawn(command, options, { stdio: ["ignore", "pipe", "pipe"] });
  const sampling = sampler({ server, generator: child.pid, backends });
  const output = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"]) child[stream].on("data", (data) => (output[stream] += data));
  const code = await new Promise((resolve, reject) => child.on("error", reject).on("close", resolve));
  const cpu = await sampling.end();
  if (code !== 0) throw new Error(`${command} ended with ${code}: ${output.stderr.slice(-2000)}`);
  return { output: output.stdout, cpu };
}

/** Processor microseconds a request, from shares of a processor over the sampled time. */
function each(cpu, rate) {
  const micros = (share) => (share * 1e6) / rate;
  return {
    server_us: micros(cpu.server),
    postgres_us: micros(cpu.postgres),
    generator_us: micros(cpu.generator),
    cores_used_by_others: cpu.others,
  };
}

export async function wrk(target, seconds, { encoding = "identity", pair = 0, mayBeRefused = false } = {}) {
  const { address, before, connections, licences, origin, signedIn } = settings;
  const options = ["--threads", "1", "--connections", connections, "--duration", `${seconds}s`, "--timeout", "10s"];
  const told = [target, origin, encoding, licences, pair, signedIn, before];
  const { output, cpu } = await run(
    "wrk",
    [...options, "--script", "bench/load.lua", `http://${address}`, "--", ...told].map(String),
    server.pid,
    "rukhsa",
  );
  const counted = JSON.parse(output.trim().split("\n").at(-1));
  if (counted.broken > 0 || (counted.refused > 0 && !mayBeRefused)) {
    const { refused, broken, requests } = counted;
    throw new Error(`${target}: of ${requests} requests ${refused} were refused, and ${broken} connections broke`);
  }
  const rate = counted.requests / counted.seconds;
  const { requests, refused, bytes, p50, p95, p99 } = counted;
  return { requests, refused, rate, p50, p95, p99, bytes: bytes / requests, ...each(cpu, rate) };
}

/** The value at a share of sorted figures. */
function percentile(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

/** Microseconds of a tenth of the transactions, sorted: a line each is `client number microseconds …`. */
async function times(folder) {
  const figures = [];
  for (const file of await readdir(folder)) {
    const lines = (await readFile(join(folder, file), "utf8")).trimEnd().split("\n");
    for (const line of lines) figures.push(Number(line.split(" ")[2]));
  }
  return figures.sort((one, other) => one - other);
}

export async function pgbench(script, seconds, variables) {
  const folder = await mkdtemp(join(tmpdir(), "rukhsa-bench-"));
  try {
    const define = Object.entries(variables).map(([name, value]) => `--define=${name}=${value}`);
    const load = [`--client=${settings.connections}`, "--jobs=1", `--time=${seconds}`];
    const options = ["--no-vacuum", "--protocol=prepared", ...load];
    const log = ["--log", "--sampling-rate=0.1", `--log-prefix=${folder}/log`];
    const { output, cpu } = await run(
      "pgbench",
      [...options, ...log, ...define, `--file=bench/${script}`, settings.application],
      undefined,
      "pgbench",
    );
    const figure = (pattern) => Number(output.match(pattern)?.[1] ?? Number.NaN);
    const requests = figure(/number of transactions actually processed: (\d+)/);
    const rate = figure(/^tps = ([\d.]+)/m);
    if (!(requests > 0 && rate > 0) || figure(/number of failed transactions: (\d+)/) > 0) {
      throw new Error(`pgbench failed: ${output}`);
    }
    const sorted = await times(folder);
    const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => percentile(sorted, share));
    return { requests, rate, p50, p95, p99, ...each(cpu, rate) };
  } finally {
    await rm(folder, { recursive: true });
  }
}
