// The release server in production configuration, for as long as the run lasts.
import { spawn } from "node:child_process";
import { open } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { address, binary, folder, production } from "./settings.mjs";

const log = `${folder}/server.log`;
// A little more than the server takes to drain.
const patience = 35_000;

export let pid;

export async function start() {
  const output = await open(log, "w");
  // The kernel ends it with this process, however that ends.
  const server = spawn("setpriv", ["--pdeathsig", "TERM", "--", binary, "serve"], {
    env: production,
    stdio: ["ignore", output.fd, output.fd],
  });
  await output.close();
  pid = server.pid;
  const ended = new Promise((resolve) => server.once("exit", resolve));
  const stop = async () => {
    server.kill("SIGTERM");
    const late = setTimeout(() => server.kill("SIGKILL"), patience);
    await ended;
    clearTimeout(late);
  };
  for (let tries = 0; tries < 300; tries += 1) {
    if (server.exitCode !== null) throw new Error(`the server did not start; its log is ${log}`);
    const ready = await fetch(`http://${address}/readyz`).catch(() => undefined);
    if (ready?.ok) return { stop };
    await sleep(100);
  }
  await stop();
  throw new Error(`the server did not become ready; its log is ${log}`);
}
