// A first visit to /verify in a phone-sized Chromium: which files it fetches, and how many brotli bytes each is.
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { request } from "node:http";
import { createServer } from "node:net";
import { chromium } from "@playwright/test";

const READABLE = new Set(["document", "stylesheet", "font"]);

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function untilReady(origin) {
  for (let tries = 0; tries < 300; tries += 1) {
    const ready = await fetch(`${origin}/readyz`).catch(() => undefined);
    if (ready?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("the server did not become ready");
}

async function budgets() {
  const text = await readFile(new URL("../bench/budgets.toml", import.meta.url), "utf8");
  return Object.fromEntries([...text.matchAll(/^(\w+)\s*=\s*(\d+)/gm)].map(([, name, value]) => [name, Number(value)]));
}

// As a browser fetches it: brotli where the server has it, else as it is (fonts are compressed inside).
// fetch() would decode it, so this asks by hand.
function brotliBytes(url) {
  return new Promise((resolve, reject) => {
    request(url, { headers: { "accept-encoding": "br", accept: "text/html,*/*" } }, (raw) => {
      let bytes = 0;
      raw.on("data", (chunk) => (bytes += chunk.length));
      raw.on("end", () => resolve({ bytes, encoding: raw.headers["content-encoding"] ?? "none" }));
    })
      .on("error", reject)
      .end();
  });
}

const address = `127.0.0.1:${await freePort()}`;
const origin = `http://${address}`;
const server = spawn(new URL("../scripts/serve-test", import.meta.url).pathname, [], {
  env: { ...process.env, RUKHSA_ADDR: address, RUKHSA_ORIGIN: origin, RUST_LOG: "warn" },
  stdio: ["ignore", "ignore", "inherit"],
});
try {
  await untilReady(origin);
  const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium-headless-shell",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
  });
  const page = await browser.newPage({ viewport: { width: 360, height: 800 }, locale: "ar-SA" });
  const files = new Map();
  page.on("response", (response) => files.set(response.url(), response.request().resourceType()));
  await page.goto(`${origin}/verify`, { waitUntil: "networkidle" });
  await browser.close();

  let readable = 0;
  let everything = 0;
  for (const [url, type] of files) {
    const { bytes, encoding } = await brotliBytes(url);
    everything += bytes;
    if (READABLE.has(type)) readable += bytes;
    console.log(`${String(bytes).padStart(8)}  ${encoding.padEnd(5)} ${type.padEnd(11)} ${new URL(url).pathname}`);
  }
  const limits = await budgets();
  let over = false;
  for (const [name, bytes, limit] of [
    ["until readable and submittable", readable, limits.readable_kb],
    ["everything", everything, limits.everything_kb],
  ]) {
    const kb = bytes / 1000;
    over ||= kb > limit;
    console.log(`${name}: ${kb.toFixed(1)} KB of ${limit} KB${kb > limit ? "  OVER BUDGET" : ""}`);
  }
  process.exitCode = over ? 1 : 0;
} finally {
  server.kill("SIGTERM");
  await new Promise((resolve) => server.on("exit", resolve));
}
