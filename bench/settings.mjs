// What scripts/bench decided, and the production configuration that the server is measured in.
import { randomBytes } from "node:crypto";

const number = (name) => Number(process.env[name]);

export const seconds = number("BENCH_SECONDS");
export const rounds = number("BENCH_ROUNDS");
export const connections = number("BENCH_CONNECTIONS");
export const licences = number("BENCH_LICENCES");
export const people = number("BENCH_PEOPLE");
export const superuser = process.env.BENCH_SUPERUSER_URL;
export const application = process.env.DATABASE_URL;
export const binary = process.env.BENCH_BINARY;
export const address = process.env.RUKHSA_ADDR;
export const origin = "https://rukhsa.example";
export const folder = "target/bench";

// Staff come last in the register and holders first, at most as many as there are licences: those between have no seat.
const staff = 200;
export const before = licences;
export const signedIn = Math.min(100_000, Math.floor((people - staff - licences) / 10) * 10);
// Each pair of a person and one of the ten programmes is enrolled once. Both sides get a slice of them each round, and
// one to warm up.
export const slice = Math.floor((signedIn * 10) / (2 * (rounds + 1)));

// Nothing listens on port 9: no measured request sends a message, and the run fails if one was queued.
export const production = {
  PATH: process.env.PATH,
  DATABASE_URL: application,
  RUKHSA_ADDR: address,
  RUKHSA_METRICS_ADDR: process.env.RUKHSA_METRICS_ADDR,
  RUKHSA_MODE: "production",
  RUKHSA_ORIGIN: origin,
  RUKHSA_TRUSTED_PROXIES: "127.0.0.1",
  RUKHSA_DATA_KEY: `1:${randomBytes(32).toString("base64")}`,
  RUKHSA_INDEX_KEY: randomBytes(32).toString("base64"),
  RUKHSA_SIGNING_KEYS: [0, 1].map((ahead) => `${new Date().getFullYear() + ahead}:${randomBytes(32).toString("base64")}`).join(),
  RUKHSA_SMS_URL: "http://127.0.0.1:9/",
  RUKHSA_SMS_TOKEN: "unused",
  RUKHSA_SMTP_URL: "smtp://127.0.0.1:9",
  RUKHSA_MAIL_FROM: "unused@rukhsa.example",
};
