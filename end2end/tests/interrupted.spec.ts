// A test in the middle of which the connection drops, which is left by a link, and which is finished on another phone.
import type { Page } from "@playwright/test";
import { sql } from "../database";
import { expect, test } from "../fixtures";
import { attended, type Made, person } from "../making";
import { as, signInAs } from "../people";
import { answerRightly, rightAnswer } from "../sitting";

test.skip(({ javaScriptEnabled }) => javaScriptEnabled === false, "without scripts a choice is sent with its page");
test.use({ expectedErrors: /ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED|ERR_FAILED|Failed to load resource|when fetching the script|Failed to fetch/ });

const SAVED = /^حُفظ$/;

/** How many questions are rightly answered, as the server has it. */
const right = (enrolment: string) =>
  Number(sql(`SELECT count(*) FROM attempt_answers s JOIN question_options o ON o.id = s.option_id AND o.correct
    JOIN attempts a ON a.id = s.attempt_id WHERE a.enrolment_id = '${enrolment}'`));

const shown = (page: Page, position: number) => expect(page.locator(".question-nav a[aria-current]")).toHaveText(String(position));

async function begin(page: Page, volunteer: Made, enrolment: string): Promise<void> {
  await as(page, volunteer, `/account/test/${enrolment}`);
  await page.getByRole("button", { name: "بدء الاختبار" }).click();
  await answerRightly(page, 1);
  await expect(page.locator(".question__saved")).toHaveText(SAVED);
  await page.locator(".form button[name=next]").click();
  await shown(page, 2);
}

/** Somebody opens the test from their account on another phone, and finishes it; so many answers are there already. */
async function finish(other: Page, enrolment: string, answered: number): Promise<void> {
  await other.goto("/account");
  for (const page of [/\/account$/, new RegExp(`/account/test/${enrolment}$`)]) {
    await other.waitForURL(page);
    await other.locator("main").getByRole("link", { name: "متابعة الاختبار" }).click();
  }
  await expect(other.locator(".question h1")).toBeVisible();
  const total = await other.locator(".question-nav li").count();
  for (let position = 1; position <= total; position += 1) {
    await other.goto(`/account/test/${enrolment}/question/${position}`);
    if (position <= answered) {
      const answer = rightAnswer(await other.locator(".question h1").innerText());
      await expect(other.getByRole("radio", { name: answer, exact: true })).toBeChecked();
    } else {
      await answerRightly(other, position);
      await other.locator(".form button[name=next]").click();
      await other.waitForURL(position === total ? "**/review" : `**/question/${position + 1}`);
    }
  }
  await expect(other.getByText("أُجيب عن كل الأسئلة.")).toBeVisible();
  await other.getByRole("button", { name: "تسليم الإجابات" }).click();
  await expect(other.getByRole("heading", { level: 1 })).toHaveText("النتيجة: مجتاز");
}

test("an answer given with no connection is sent when it returns, and another phone finishes the test", async ({ page, context, browser, baseURL, axe }, info) => {
  test.setTimeout(180_000);
  const volunteer = person(info.project.name);
  const enrolment = attended(volunteer);
  await begin(page, volunteer, enrolment);

  await context.setOffline(true);
  await answerRightly(page, 2);
  await expect(page.locator(".question__saved")).toContainText("لم تُحفظ الإجابة بعد");
  await axe(page);
  // Pressing on does not lose it either.
  await page.locator(".form button[name=next]").click();
  await expect(page.locator(".error-summary")).toBeVisible();
  await expect(page).toHaveURL(/\/question\/2$/);
  await expect(page.getByRole("radio", { checked: true })).toHaveCount(1);
  expect(right(enrolment)).toBe(1);
  await context.setOffline(false);
  await expect.poll(() => right(enrolment), { timeout: 20_000 }).toBe(2);
  await expect(page.locator(".question__saved")).toHaveText(SAVED);
  await page.locator(".form button[name=next]").click();
  await shown(page, 3);
  await page.close();

  const other = await (await browser.newContext({ ...info.project.use, baseURL })).newPage();
  await signInAs(other, volunteer.nationalId);
  await finish(other, enrolment, 2);
  await other.context().close();
});

test("a choice goes along with whoever leaves its question before it was saved", async ({ page, context }, info) => {
  test.setTimeout(180_000);
  const volunteer = person(info.project.name);
  const enrolment = attended(volunteer);
  await begin(page, volunteer, enrolment);

  // A second choice, made while the first is on its way.
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(/\/api\/assessment\/answer/, async (route) => {
    await held;
    await route.continue();
  });
  const answer = rightAnswer(await page.locator(".question h1").innerText());
  const options = page.locator(".question__options label");
  await options.filter({ hasNotText: answer }).first().locator("input").check();
  await page.getByRole("radio", { name: answer, exact: true }).check();
  await page.locator('.question-nav a[href$="/question/3"]').click();
  await shown(page, 3);
  release();
  await page.unrouteAll({ behavior: "wait" });
  await expect.poll(() => right(enrolment), { timeout: 20_000 }).toBe(2);

  // With no connection, and away from the test altogether.
  await context.setOffline(true);
  await answerRightly(page, 3);
  await expect(page.locator(".question__saved")).toContainText("لم تُحفظ الإجابة بعد");
  await page.locator('.question-nav a[href$="/question/4"]').click();
  await expect(page.locator(".question h1")).toHaveCount(0);
  expect(right(enrolment)).toBe(2);
  await context.setOffline(false);
  await expect.poll(() => right(enrolment), { timeout: 20_000 }).toBe(3);
  await finish(page, enrolment, 3);
});
