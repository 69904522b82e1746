// Pages that no other flow opens, in the states that are to be reached.
import { createHash, randomBytes } from "node:crypto";
import type { Page } from "@playwright/test";
import { sql } from "../database";
import { expect, test } from "../fixtures";
import { licensed, officer, person } from "../making";
import { as, idOf, signInAs } from "../people";

// A link that gives nothing.
test.use({ expectedErrors: /status of (404|409|422)/ });

async function opened(page: Page, path: string, axe: (page: Page) => Promise<void>): Promise<void> {
  const answer = await page.goto(path);
  expect(answer?.status(), path).toBe(200);
  const overflow = await page.locator("html").evaluate((html) => html.scrollWidth - html.clientWidth);
  expect(overflow, `${path} is wider than the screen`).toBeLessThanOrEqual(0);
  await axe(page);
}

test("the parts of pages, and the inbox of development", async ({ page, axe }) => {
  await opened(page, "/dev/components", axe);
  // The links in its messages are one long word each.
  await opened(page, "/dev/inbox", axe);
});

test("a link gives a role once, to whoever is signed in and asks for it", async ({ page, axe }, info) => {
  const token = randomBytes(32).toString("base64url");
  sql(`INSERT INTO role_links (token_hash, role, expires_at)
    VALUES ('\\x${createHash("sha256").update(token).digest("hex")}', 'trainer', now() + interval '1 hour')`);
  await opened(page, `/account/roles/${token}`, axe);
  await expect(page.locator("main").getByRole("link", { name: "تسجيل الدخول" })).toBeVisible();
  const who = person(info.project.name);
  await as(page, who, "/account");
  await opened(page, `/account/roles/${token}`, axe);
  const role = () => sql(`SELECT count(*) FROM staff_roles WHERE person_id = '${who.id}' AND role = 'trainer'`);
  expect(role()).toBe("0");
  await page.getByRole("button", { name: "استخدام الرابط" }).click();
  await expect.poll(role).toBe("1");
  await expect(page).not.toHaveURL(/\/account\/roles\//);
  await axe(page);
});

test("a link that is not one gives nobody a role", async ({ page, axe }, info) => {
  const token = randomBytes(32).toString("base64url");
  await as(page, person(info.project.name), `/account/roles/${token}`);
  await page.getByRole("button", { name: "استخدام الرابط" }).click();
  await expect(page.locator(".error-summary")).toBeVisible();
  await axe(page);
});

test("a licence that cannot be renewed now says why", async ({ page, axe }, info) => {
  const early = person(info.project.name);
  const number = licensed(early, "400 days");
  await as(page, early, "/account");
  await opened(page, `/account/renew/${number}`, axe);
  await expect(page.getByText("يُفتح باب التجديد في")).toBeVisible();

  const ended = person(info.project.name);
  const old = licensed(ended, "-2 days");
  await as(page, ended, "/account");
  await opened(page, `/account/renew/${old}`, axe);
  await expect(page.getByText("انتهت هذه الرخصة، والتجديد يُقدَّم قبل انتهائها")).toBeVisible();

  const suspended = person(info.project.name);
  const held = licensed(suspended, "30 days");
  sql(`INSERT INTO licence_events (licence_id, event, reason, actor_id, at)
    SELECT id, 'suspended', 'complaint_under_review', '${officer(info.project.name, "reviewer").id}', now() FROM licences WHERE number = '${held}'`);
  await as(page, suspended, "/account");
  await opened(page, `/account/renew/${held}`, axe);
  await expect(page.getByText("الرخصة موقوفة، ويُتاح تجديدها بعد رفع الإيقاف")).toBeVisible();
});

test("the page for no signal shows the cards that the phone keeps", async ({ page, axe, javaScriptEnabled }, info) => {
  await opened(page, "/offline?page=/account", axe);
  if (javaScriptEnabled === false) return;
  const holder = person(info.project.name);
  const number = licensed(holder);
  await as(page, holder, `/account/licences/${number}`);
  await expect(page.locator(".licence-card__qr svg")).toBeVisible();
  await expect.poll(() => page.evaluate(() => Object.keys(localStorage).some((key) => key.startsWith("rukhsa-card:")))).toBe(true);
  await opened(page, "/offline?page=/account", axe);
  await expect(page.locator("main")).toContainText(number.replace(/(.{4})(?=.)/g, "$1 "));
});

/** Where a download has something, whichever of a list it is of: `licences.history.at`. */
function fields(value: unknown, path: string, found: Set<string>): void {
  const isObject = (one: unknown): one is object => typeof one === "object" && one !== null && !Array.isArray(one);
  if (Array.isArray(value) && value.every(isObject)) {
    for (const one of value) fields(one, path, found);
  } else if (isObject(value)) {
    for (const [name, one] of Object.entries(value)) fields(one, path ? `${path}.${name}` : name, found);
  } else if (value !== null) {
    found.add(path);
  }
}

test("the page of what is held on somebody tells every field of the download", async ({ page, axe }) => {
  await signInAs(page, idOf("afnan"));
  await opened(page, "/account/data", axe);
  const rows = page.locator("[data-field]");
  const told = await rows.evaluateAll((all) => all.map((row) => row.getAttribute("data-field")));
  const answer = await page.request.get("/account/data.json");
  expect(answer.status()).toBe(200);
  const downloaded = new Set<string>();
  fields(await answer.json(), "", downloaded);
  expect(downloaded.size).toBeGreaterThan(20);
  for (const field of downloaded) expect(told, field).toContain(field);
});
