// Verifying a list as a stranger: pasted and as a file, with JavaScript and without, until every row is answered.
import type { Page } from "@playwright/test";
import { readFileSync } from "node:fs";
import { sql } from "../database";
import { expect, test } from "../fixtures";

/** Well formed and never issued. */
const UNKNOWN = "4821093755162049";

/** Licences of the demonstration set that nobody changes meanwhile: numbers in the order of their making. */
const licences = (state: string, many: number) =>
  sql(`SELECT string_agg(number, ' ') FROM (SELECT number FROM licences
    WHERE ${state} ORDER BY issued_at, id LIMIT ${many}) l`).split(" ");
const VALID = "state = 'active' AND valid @> current_date AND kind = 'team_leader'";
const EXPIRED = "state = 'active' AND upper(valid) < current_date - 30";

/** Waits until all rows are answered: scripts ask by themselves, without them the link does. */
async function answered(page: Page): Promise<void> {
  await expect(page).toHaveURL(/\/verify\/bulk\/[0-9a-f-]{36}$/);
  await expect(async () => {
    const refresh = page.getByRole("link", { name: "تحديث الصفحة" });
    if (await refresh.isVisible()) await refresh.click({ timeout: 1_000 });
    await expect(page.locator("table")).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
}

/** The status of each row. */
const statuses = (page: Page) => page.locator("tbody tr").locator("td:nth-child(2)").allInnerTexts();

test("five numbers are pasted, answered, narrowed and downloaded", async ({ page, axe }) => {
  const [one = "", two = ""] = licences(VALID, 2);
  const [old = ""] = licences(EXPIRED, 1);
  await page.goto("/verify");
  await page.getByRole("link", { name: "التحقق من قائمة رخص" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("التحقق من قائمة رخص");
  await axe(page);
  const grouped = one.replace(/(.{4})(?=.)/g, "$1 ");
  await page.getByLabel("أرقام الرخص").fill([grouped, two, old, UNKNOWN, "123"].join("\n"));
  await page.getByRole("button", { name: "التحقق من القائمة" }).click();
  await answered(page);
  await axe(page);
  await expect(page.getByText("5 صفوف في القائمة")).toBeVisible();
  const found = (await statuses(page)).map((status) => status.trim());
  expect(found.slice(0, 2)).toEqual(["سارية", "سارية"]);
  expect(found.slice(3)).toEqual(["لا توجد رخصة بهذا الرقم", "رقم غير صحيح"]);
  const overflow = await page.locator("html").evaluate((html) => html.scrollWidth - html.clientWidth);
  expect(overflow, "wider than the screen").toBeLessThanOrEqual(0);

  const list = page.url();
  for (const [kind, start] of [["CSV", "\uFEFF"], ["XLSX", "PK"]] as const) {
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: `تنزيل ${kind}` }).click();
    expect(readFileSync(await (await download).path(), kind === "CSV" ? "utf8" : "latin1").startsWith(start)).toBe(true);
  }

  await page.getByRole("link", { name: "رقم غير صحيح: 1" }).click();
  await expect(page).toHaveURL(`${list}?state=malformed`);
  await expect(page.locator("tbody tr")).toHaveCount(1);
  await page.getByRole("link", { name: "الكل" }).click();
  await expect(page.locator("tbody tr")).toHaveCount(5);
  await page.locator("tbody a").first().click();
  await expect(page).toHaveURL(new RegExp(`/verify/${one}$`));
});

test("a file is sent", async ({ page }) => {
  const [one = ""] = licences(VALID, 1);
  await page.goto("/verify/bulk");
  const csv = `\uFEFFالاسم,رقم الرخصة\r\nسعد,${one}\r\nهند,\r\nنورة,${UNKNOWN}\r\n`;
  await page.getByLabel("ملف XLSX أو CSV").setInputFiles({ name: "roster.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
  await page.getByRole("button", { name: "التحقق من الملف" }).click();
  await answered(page);
  const found = (await statuses(page)).map((status) => status.trim());
  expect(found).toEqual(["سارية", "رقم غير صحيح", "لا توجد رخصة بهذا الرقم"]);
  await expect(page.getByText("لا رقم في هذا السطر")).toBeVisible();
});

test("what is no list leads back with what was typed", async ({ page, axe }) => {
  await page.goto("/verify/bulk");
  await page.getByLabel("أرقام الرخص").fill("سعد\tهند\nنورة\tمها");
  await page.getByRole("button", { name: "التحقق من القائمة" }).click();
  await expect(page).toHaveURL(/\/verify\/bulk$/);
  await expect(page.getByRole("alert")).toContainText("لا رقم رخصة في هذه الأعمدة");
  await expect(page.getByLabel("أرقام الرخص")).toHaveValue("سعد\tهند\nنورة\tمها");
  await axe(page);
});
