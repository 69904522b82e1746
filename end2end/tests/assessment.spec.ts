// Somebody who attended takes the test and passes; the way there, and the public pages, meet WCAG.
import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures";
import { signInAs } from "../people";

interface Question {
  ar: string;
  options: { ar: string; correct: boolean }[];
}

// The demonstration set's people with an attended session and the test before them: one a project, for a passed test
// is not taken again.
const people: Record<string, string> = {
  phone: "1000000198",
  desktop: "1000000214",
  "phone-nojs": "2000000030",
  "desktop-nojs": "1000000370",
};

const bank = JSON.parse(
  readFileSync(new URL("../../src/cli/seed/data/questions.json", import.meta.url), "utf8"),
) as Question[];

/** What is right, by the bank itself: the portal never tells. */
function rightAnswer(stem: string): string {
  const question = bank.find(({ ar }) => ar === stem.trim());
  const right = question?.options.find(({ correct }) => correct);
  expect(right, `a question of the bank: ${stem}`).toBeTruthy();
  return right?.ar ?? "";
}

/** Loads the page anew and acts while its script is still on the way. */
async function beforeTheScript(page: Page, act: () => Promise<void>): Promise<void> {
  let come = () => {};
  const coming = new Promise<void>((resolve) => (come = resolve));
  await page.route(/\/pkg\/.*\.wasm$/, async (route) => {
    await coming;
    await route.continue();
  });
  await page.reload({ waitUntil: "domcontentloaded" });
  await act();
  come();
  await page.unrouteAll({ behavior: "wait" });
}

test("a volunteer who attended takes the test and passes", async ({ page, axe, javaScriptEnabled }, info) => {
  const person = people[info.project.name];
  if (!person) throw new Error(`nobody for ${info.project.name}`);
  await signInAs(page, person);
  await page.goto("/account");
  await page.locator('a[href^="/account/test/"]').first().click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("اختبار");
  await axe(page);
  await page.getByRole("button", { name: "بدء الاختبار" }).click();
  await page.waitForURL("**/question/1");
  await axe(page);

  await expect(page.locator(".question h1")).toBeVisible();
  const total = await page.locator(".question-nav li").count();
  for (let position = 1; position <= total; position += 1) {
    await page.waitForURL(`**/question/${position}`);
    await expect(page.locator(".question-nav a[aria-current]")).toHaveText(String(position));
    const stem = page.locator(".question h1");
    const right = rightAnswer(await stem.innerText());
    // The first is left open at first: the review tells.
    if (position > 1) {
      // No choice of the question before stands as this one's.
      await expect(page.getByRole("radio", { checked: true })).toHaveCount(0);
      const choice = page.getByRole("radio", { name: right, exact: true });
      if (position === 2 && javaScriptEnabled !== false) {
        await beforeTheScript(page, () => choice.check());
      } else {
        await choice.check();
      }
      if (javaScriptEnabled !== false) await expect(page.getByText("حُفظ", { exact: true })).toBeVisible();
    }
    await page.locator(".form button[name=next]").click();
  }

  await page.waitForURL("**/review");
  await expect(page.getByText("بقي سؤال واحد بلا إجابة.")).toBeVisible();
  await axe(page);
  await page.locator('.summary-list a[href$="/question/1"]').click();
  await page.waitForURL("**/question/1");
  const first = rightAnswer(await page.locator(".question h1").innerText());
  await page.getByRole("radio", { name: first, exact: true }).check();
  await page.locator(".form button[name=next]").click();
  await page.waitForURL("**/question/2");
  // Saved: the answer is there after the page is loaded anew.
  await page.goBack();
  await page.reload();
  await expect(page.getByRole("radio", { name: first, exact: true })).toBeChecked();

  await page.getByRole("link", { name: "مراجعة الإجابات والتسليم" }).click();
  await expect(page.getByText("أُجيب عن كل الأسئلة.")).toBeVisible();
  await page.getByRole("button", { name: "تسليم الإجابات" }).click();
  await page.waitForURL("**/result/1");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("النتيجة: مجتاز");
  await axe(page);

  // Back leads to no question: the attempt is over.
  const result = page.url();
  await page.goto(result.replace("/result/1", "/question/1"));
  await expect(page).toHaveURL(result);
});

const publicPages = [
  "/",
  "/help",
  "/privacy",
  "/report-forgery",
  "/api",
  "/licences/practitioner",
  "/licences/team-leader",
  "/licences/management",
];

for (const path of publicPages) {
  test(`${path} is readable by everybody`, async ({ page, axe }) => {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
    await axe(page);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth).catch(() => 0);
    expect(overflow).toBeLessThanOrEqual(0);
  });
}

test("the home page sends a number to verification", async ({ page }) => {
  await page.goto("/");
  await page.locator("#number").fill("4821 0937 5516 2049");
  await page.getByRole("button", { name: "تحقق", exact: true }).click();
  await expect(page).toHaveURL(/\/verify/);
});
