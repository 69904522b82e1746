// From a request to the card: what is missing, the reviewer's approval, and the card that a stranger can verify.
import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures";

/** Demonstration people, as the README lists them. */
const HOLDER = { nationalId: "1000000347", mobile: "0500001034" };
const REVIEWER = { nationalId: "1000000032", mobile: "0500001003" };

async function signIn(
  page: Page,
  person: { nationalId: string; mobile: string },
  codeFor: (mobile: string) => Promise<string>,
): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("رقم الهوية الوطنية أو الإقامة").fill(person.nationalId);
  await page.getByLabel("رقم الجوال").fill(person.mobile);
  await page.getByRole("button", { name: "إرسال الرمز" }).click();
  await expect(page).toHaveURL(/\/sign-in\/code\//);
  await page.getByLabel("الرمز", { exact: true }).fill(await codeFor(person.mobile));
  await page.getByRole("button", { name: "تسجيل الدخول" }).click();
  await expect(page).toHaveURL(/\/account/);
}

test("a holder's card leads a stranger to the verdict", async ({ page, axe, codeFor }) => {
  await signIn(page, HOLDER, codeFor);
  await page.goto("/account");
  await page.locator('a[href^="/account/licences/"]').first().click();
  await expect(page.locator(".licence-card__number")).toHaveText(/\d{4} \d{4} \d{4} \d{4}/);
  await expect(page.locator(".licence-card__qr svg")).toBeVisible();
  const qr = await page.locator(".licence-card__qr svg").boundingBox();
  expect(qr?.width).toBeGreaterThanOrEqual(200);
  await axe(page);

  await page.getByRole("link", { name: "ما يراه من يتحقق من الرخصة" }).click();
  await expect(page).toHaveURL(/\/v\/\d{16}$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("رخصة سارية");
  await axe(page);
});

test("what is missing for a licence leads to what to do", async ({ page, axe, codeFor }) => {
  await signIn(page, HOLDER, codeFor);
  await page.goto("/account/request/team-leader");
  await expect(page.getByText("ناقص").first()).toBeVisible();
  await expect(page.getByRole("link", { name: "الدورات المتاحة" })).toHaveAttribute("href", "/training?kind=team_leader");
  await axe(page);
});

test("a reviewer approves the request they took", async ({ page, axe, codeFor }) => {
  await signIn(page, REVIEWER, codeFor);
  await page.goto("/review");
  await axe(page);
  const take = page.getByRole("button", { name: "أخذ الطلب التالي" }).or(page.getByRole("link", { name: "متابعة الطلب" }));
  await take.click();
  await expect(page).toHaveURL(/\/review\/\d{10}$/);
  await axe(page);
  const taken = page.url();
  await page.getByRole("button", { name: "قبول وإصدار الرخصة" }).click();
  await expect(page).not.toHaveURL(taken);
  await expect(page).toHaveURL(/\/review(\/\d{10})?$/);
});
