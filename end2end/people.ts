// Signing in through the portal, shared by the browser tests.
import { createHash, createHmac, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { sql } from "./database";

/** A synthetic person of the demonstration set, or a new one. */
export interface Person {
  nationalId: string;
  mobile: string;
}

const demonstration = JSON.parse(readFileSync(new URL("../src/cli/seed/data/people.json", import.meta.url), "utf8")) as {
  code: string;
  national_id: string;
}[];

/** The ID number of a person of the demonstration set. */
export function idOf(code: string): string {
  const found = demonstration.find((person) => person.code === code);
  if (!found) throw new Error(`nobody in the demonstration set is called ${code}`);
  return found.national_id;
}

type CodeFor = (mobile: string, earlier?: string) => Promise<string>;

/** Signs in with ID, mobile and the code that arrives; ends on the account page. */
export async function signIn(page: Page, person: Person, codeFor: CodeFor): Promise<void> {
  await page.goto("/sign-in");
  await page.locator("#national_id").fill(person.nationalId);
  await page.locator("#mobile").fill(person.mobile);
  await page.locator("main form button[type=submit]").first().click();
  await page.waitForURL(/\/sign-in\/code\//);
  await page.locator("#code").fill(await codeFor(person.mobile));
  await page.locator("main form button[type=submit]").first().click();
  await page.waitForURL(/\/account$/);
}

/** A person nobody else uses, with a right check digit and a mobile of their own. */
export function newPerson(seed: string): Person {
  let serial = 11;
  for (const character of `${seed} ${Date.now()} ${process.pid}`) serial = (serial * 31 + character.charCodeAt(0)) % 80_000_000;
  const stem = `1${serial + 10_000_000}`;
  const sum = [...stem].reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 === 0 ? 2 : 1);
    return total + Math.floor(value / 10) + (value % 10);
  }, 0);
  return { nationalId: `${stem}${(10 - (sum % 10)) % 10}`, mobile: `05${serial + 10_000_000}` };
}

/** The key that development hashes ID numbers with; production has its own. */
const DEVELOPMENT_INDEX_KEY = Buffer.from("ZGV2ZWxvcG1lbnQtb25seS1pbmRleC1rZXktMzItYnk=", "base64");

/** How the database knows an ID number. */
export function nationalIdHash(nationalId: string): string {
  return createHmac("sha256", DEVELOPMENT_INDEX_KEY).update(`national-id\0${nationalId}`).digest("hex");
}

/**
 * Signs in a person of the demonstration set without a code: their mobiles take five codes in a quarter of an hour,
 * and several tests need them. The second factor was passed `passed` minutes ago; `null` when it was not. The way with a
 * code and a second factor has tests of its own.
 */
export async function signInAs(page: Page, nationalId: string, passed: number | null = 0): Promise<void> {
  const token = randomBytes(32).toString("base64url");
  const hash = createHash("sha256").update(token).digest("hex");
  const passedAt = passed === null ? "NULL" : `now() - interval '${passed} minutes'`;
  sql(`INSERT INTO sign_in_sessions (token_hash, account_id, created_at, last_seen_at, expires_at, second_factor_at)
    SELECT '\\x${hash}', id, now(), now(), now() + interval '1 day', ${passedAt} FROM accounts WHERE national_id_hash = '\\x${nationalIdHash(nationalId)}'`);
  await page.goto("/verify");
  await page.context().addCookies([{ name: "session", value: token, url: new URL(page.url()).origin }]);
}

/** Signs in somebody else on the same page, and opens what they are to see. */
export async function as(page: Page, who: { nationalId: string }, path: string): Promise<void> {
  // What the page before still asks for is not asked by nobody.
  await page.goto("about:blank");
  await page.context().clearCookies();
  await signInAs(page, who.nationalId);
  await page.goto(path);
}
