// The national single sign-on, through the pages of a real provider: at both sizes, with JavaScript and without.
import type { Page, TestInfo } from "@playwright/test";
import { sql } from "../database";
import { expect, test } from "../fixtures";
import { nationalIdHash, newPerson, type Person, signIn } from "../people";

const toProvider = "الدخول عبر النفاذ الوطني الموحد";
const verifyHere = "وثّق هويتك عبر النفاذ الوطني الموحد";

/** Synthetic numbers of their own for each person of each test and project. */
function person(info: TestInfo, who = "volunteer"): Person {
  return newPerson(`${info.project.name} ${info.title} ${info.retry} ${who}`);
}

function ofPerson({ nationalId }: Person): string {
  return `national_id_hash = '\\x${nationalIdHash(nationalId)}'`;
}

/** A profile as its form would have filled it: that has tests of its own. */
function completeProfile(who: Person): void {
  sql(`UPDATE persons SET given_name = 'سارة', family_name = 'العتيبي', name_key = 'ساره العتيبي',
    latin_name = 'Sarah Alotaibi', birth_date_sealed = '\\x00', region = 'riyadh', city = 'riyadh',
    profile_completed_at = now() WHERE ${ofPerson(who)}`);
}

function isVerified(who: Person): boolean {
  return sql(`SELECT bool_or(identity_verified_at IS NOT NULL) FROM persons WHERE ${ofPerson(who)}`) === "t";
}


async function onTheProvidersPage(page: Page): Promise<void> {
  await expect(page.getByPlaceholder("Enter any login")).toBeVisible();
}

async function confirmAs(page: Page, { nationalId }: Person): Promise<void> {
  await onTheProvidersPage(page);
  await page.getByPlaceholder("Enter any login").fill(nationalId);
  await page.getByPlaceholder("and password").fill("anything");
  await page.getByRole("button", { name: "Sign-in" }).click();
}

test.beforeEach(async ({ context }) => {
  await context.route("https://fonts.googleapis.com/**", (route) => route.fulfill({ contentType: "text/css", body: "" }));
});

test("signed in with a code, verified there, and signed in there from then on", async ({ page, browser, codeFor, axe, javaScriptEnabled }, info) => {
  const who = person(info);
  await signIn(page, who, codeFor);
  await expect(page.getByRole("link", { name: verifyHere })).toHaveCount(0);
  completeProfile(who);
  await page.reload();
  await axe(page);
  await page.getByRole("link", { name: verifyHere }).click();
  await confirmAs(page, who);
  await expect(page).toHaveURL(/\/account\?national=verified$/);
  await expect(page.getByText("وُثّقت هويتك")).toBeVisible();
  await expect(page.getByRole("link", { name: verifyHere })).toHaveCount(0);
  await axe(page);
  expect(isVerified(who)).toBe(true);

  const context = await browser.newContext({ javaScriptEnabled });
  await context.route("https://fonts.googleapis.com/**", (route) => route.fulfill({ contentType: "text/css", body: "" }));
  const later = await context.newPage();
  await later.goto("/sign-in");
  await axe(later);
  await later.getByRole("link", { name: toProvider }).click();
  await confirmAs(later, who);
  await expect(later).toHaveURL(/\/account$/);
  await expect(later.getByRole("heading", { level: 1 })).toContainText("سارة");
  await context.close();
});

test("a number that no verified account has leads to the way with a code", async ({ page, axe }, info) => {
  await page.goto("/sign-in");
  await page.getByRole("link", { name: toProvider }).click();
  await confirmAs(page, person(info));
  await expect(page).toHaveURL(/\/sign-in\?national=unknown$/);
  await expect(page.getByText("سجّل الدخول أولًا برقم الهوية والجوال")).toBeVisible();
  await axe(page);
});

test("somebody else's number verifies nothing", async ({ page, codeFor, axe }, info) => {
  const who = person(info);
  await signIn(page, who, codeFor);
  completeProfile(who);
  await page.reload();
  await page.getByRole("link", { name: verifyHere }).click();
  await confirmAs(page, person(info, "somebody else"));
  await expect(page).toHaveURL(/\/account\?national=differs$/);
  await expect(page.getByText("غير رقم هذا الحساب")).toBeVisible();
  await axe(page);
  expect(isVerified(who)).toBe(false);
});

test("who cancels there is told that nothing has changed", async ({ page, axe }) => {
  await page.goto("/sign-in");
  await page.getByRole("link", { name: toProvider }).click();
  await onTheProvidersPage(page);
  await page.getByRole("link", { name: "Cancel" }).click();
  await expect(page).toHaveURL(/\/sign-in\?national=denied$/);
  await expect(page.getByText("ولم يتغير شيء")).toBeVisible();
  await axe(page);
});

test("an answer that was used, or belongs to no turn, signs nobody in", async ({ page }, info) => {
  const who = person(info);
  let answer = "";
  page.on("request", (request) => {
    if (request.url().includes("/sign-in/national/callback")) answer = request.url();
  });
  await page.goto("/sign-in");
  await page.getByRole("link", { name: toProvider }).click();
  await confirmAs(page, who);
  await expect(page).toHaveURL(/national=unknown$/);
  expect(answer).toContain("code=");

  await page.goto(answer);
  await expect(page).toHaveURL(/\/sign-in\?national=spent$/);
  await page.getByRole("link", { name: toProvider }).click();
  await onTheProvidersPage(page);
  const tampered = new URL(answer);
  tampered.searchParams.set("state", "tampered");
  await page.goto(tampered.toString());
  await expect(page).toHaveURL(/\/sign-in\?national=spent$/);
  await expect(page.getByText("ابدأ من جديد")).toBeVisible();
});
