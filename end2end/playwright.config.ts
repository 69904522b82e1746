// Where and how the browser tests run: the release build, with a database of its own, at two sizes, with JavaScript and without.
import { createServer, type AddressInfo } from "node:net";
import { defineConfig, type PlaywrightTestOptions } from "@playwright/test";

// The workers read this file too: only the first reader chooses the ports.
process.env.RUKHSA_FLOWS_PORT ??= String(await freePort());
process.env.RUKHSA_FLOWS_SSO_PORT ??= String(await freePort());
const port = process.env.RUKHSA_FLOWS_PORT;
const providerPort = process.env.RUKHSA_FLOWS_SSO_PORT;
const origin = `http://localhost:${port}`;
// Another site than the portal's: browsers take no account of ports.
const issuer = `http://127.0.0.1:${providerPort}`;

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

const phone = { viewport: { width: 360, height: 800 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
const desktop = { viewport: { width: 1280, height: 800 } };
const withoutScript = { javaScriptEnabled: false } satisfies Partial<PlaywrightTestOptions>;

export default defineConfig({
  testDir: "tests",
  outputDir: "test-results",
  reporter: "list",
  // A second try on a shared, noisy machine; what needed it is reported as flaky.
  retries: process.env.CI ? 1 : 0,
  workers: 2,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: {
    baseURL: origin,
    locale: "ar-SA",
    timezoneId: "Asia/Riyadh",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: "/usr/bin/chromium-headless-shell",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  projects: [
    { name: "phone", use: phone },
    { name: "desktop", use: desktop },
    { name: "phone-nojs", use: { ...phone, ...withoutScript } },
    { name: "desktop-nojs", use: { ...desktop, ...withoutScript } },
    // Its place tells each run's own rows of the one database apart.
  ].map((project, place) => ({ ...project, metadata: { place } })),
  webServer: [
    {
      command: "../scripts/serve-test",
      env: {
        RUKHSA_ADDR: `127.0.0.1:${port}`,
        RUKHSA_ORIGIN: origin,
        RUKHSA_SSO_ISSUER: issuer,
        RUKHSA_SSO_CLIENT_ID: "rukhsa",
        RUKHSA_SSO_CLIENT_SECRET: "for-tests-only",
        // What it warns of, and no line for each file a page fetches.
        RUST_LOG: "warn",
      },
      url: `http://127.0.0.1:${port}/readyz`,
      timeout: 120_000,
      reuseExistingServer: false,
      stdout: "ignore",
      stderr: "pipe",
      // Time to drain and to drop its database.
      gracefulShutdown: { signal: "SIGTERM", timeout: 30_000 },
    },
    {
      command: `node oidc-provider.mjs ${providerPort} ${origin}`,
      url: `${issuer}/.well-known/openid-configuration`,
      timeout: 30_000,
      reuseExistingServer: false,
      stdout: "ignore",
      // What it warns of is that it is no provider for production.
      stderr: "ignore",
      gracefulShutdown: { signal: "SIGTERM", timeout: 5_000 },
    },
  ],
});
