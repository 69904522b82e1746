// A day that is over: the question, the answer, its receipt, and the receipt's check; with JavaScript and without.
import { readFileSync } from "node:fs";
import { sql } from "../database";
import { expect, test } from "../fixtures";

/** A valid licence of the demonstration set, and the day it was issued in Riyadh. */
function licence(): { number: string; issued: string } {
  const row = sql(
    `SELECT number, to_char(issued_at AT TIME ZONE 'Asia/Riyadh', 'YYYY-MM-DD') FROM licences l
     WHERE state = 'active' AND valid @> current_date
       AND (SELECT count(*) FROM licence_events WHERE licence_id = l.id) = 1 ORDER BY issued_at, number LIMIT 1`,
  );
  const [number = "", issued = ""] = row.split("|");
  return { number, issued };
}

test("the verdict leads to an answer for a day, whose receipt is checked where it stands", async ({ page, axe }) => {
  const { number, issued } = licence();
  const [year = "", month = "", day = ""] = issued.split("-");
  await page.goto(`/verify/${number}`);
  await page.getByRole("link", { name: "هل كانت سارية في تاريخ سابق؟" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("هل كانت سارية في تاريخ سابق؟");
  await axe(page);
  await page.getByLabel("اليوم", { exact: true }).fill(day);
  await page.getByLabel("الشهر", { exact: true }).fill(month);
  await page.getByLabel("السنة", { exact: true }).fill(year);
  await page.getByRole("button", { name: "عرض الإجابة" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("كانت سارية");
  await axe(page);
  await page.getByRole("button", { name: "فحص هذا الإيصال" }).click();
  await expect(page.getByText("الإيصال صحيح: وقّعه السجل")).toBeVisible();
  await axe(page);
});

test("a receipt that was downloaded is checked, and one that was changed is refused", async ({ page, axe }) => {
  const { number, issued } = licence();
  await page.goto(`/verify/${number}/on?date=${issued}`);
  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: "تنزيل الإيصال" }).click();
  const receipt = readFileSync(await (await downloading).path(), "utf8");
  await page.goto("/verify/receipt");
  await page.locator("#receipt").fill(receipt);
  await page.getByRole("button", { name: "فحص الإيصال" }).click();
  await expect(page.getByText("الإيصال صحيح: وقّعه السجل")).toBeVisible();
  await axe(page);
  const changed = `${receipt.slice(0, 300)}${receipt[300] === "A" ? "B" : "A"}${receipt.slice(301)}`;
  await page.locator("#receipt").fill(changed);
  await page.getByRole("button", { name: "فحص الإيصال" }).click();
  await expect(page.getByText("إيصال غير صحيح")).toBeVisible();
});

test("a day to come is refused kindly, and what was typed stays", async ({ page, axe }) => {
  const { number } = licence();
  await page.goto(`/verify/${number}/on?on_day=1&on_month=1&on_year=2099&on_calendar=gregorian`);
  await expect(page.getByRole("alert")).toContainText("اختر اليوم أو يومًا قبله");
  await expect(page.getByLabel("السنة", { exact: true })).toHaveValue("2099");
  await axe(page);
});
