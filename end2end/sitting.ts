// Sitting a test: what is right is known from the banks of the demonstration set, since the portal never tells.
import { readFileSync } from "node:fs";
import { expect, type Page } from "@playwright/test";

interface Question {
  ar: string;
  options: { ar: string; correct: boolean }[];
}

const read = (name: string) => JSON.parse(readFileSync(new URL(`../src/cli/seed/data/${name}.json`, import.meta.url), "utf8"));
const bank: Question[] = [...read("questions"), ...read("renewals").flatMap(({ questions }: { questions: Question[] }) => questions)];

/** The right answer to a question as its page words it. */
export function rightAnswer(stem: string): string {
  const question = bank.find(({ ar }) => ar === stem.trim());
  const right = question?.options.find(({ correct }) => correct);
  expect(right, `a question of the bank: ${stem}`).toBeTruthy();
  return right?.ar ?? "";
}

/** Waits for a question of the open test, and chooses its right answer. Returns how many questions there are. */
export async function answerRightly(page: Page, position: number): Promise<number> {
  await page.waitForURL(`**/question/${position}`);
  await expect(page.locator(".question-nav a[aria-current]")).toHaveText(String(position));
  const right = rightAnswer(await page.locator(".question h1").innerText());
  await page.getByRole("radio", { name: right, exact: true }).check();
  return page.locator(".question-nav li").count();
}

/** From a test's own page to its result, every question answered rightly. */
export async function passTheTest(page: Page): Promise<void> {
  await page.getByRole("button", { name: "بدء الاختبار" }).click();
  let total = 1;
  for (let position = 1; position <= total; position += 1) {
    total = await answerRightly(page, position);
    await page.locator(".form button[name=next]").click();
  }
  await page.waitForURL("**/review");
  await page.getByRole("button", { name: "تسليم الإجابات" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("النتيجة: مجتاز");
}
