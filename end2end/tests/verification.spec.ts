// Verifying a licence as a stranger: by typing, by its short address, right and wrong.
import { expect, test } from "../fixtures";

/** Well formed and never issued: the check digit fits. */
const UNKNOWN = "4821093755162049";
const arabicDigits = (text: string) => text.replace(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit)));

test("a number typed in Arabic digits leads to its page", async ({ page, axe }) => {
  await page.goto("/verify");
  await axe(page);
  await page.getByLabel("رقم الرخصة").fill(arabicDigits(UNKNOWN.replace(/(.{4})(?=.)/g, "$1 ")));
  await page.getByRole("button", { name: "تحقق" }).click();
  await expect(page).toHaveURL(new RegExp(`/verify/${UNKNOWN}$`));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("لا توجد رخصة بهذا الرقم");
  await expect(page.getByRole("link", { name: "الإبلاغ عن رخصة مزوّرة" }).first()).toBeVisible();
  await axe(page);
});

test("a mistyped number is kept and says where to look", async ({ page, axe }) => {
  const wrong = `${UNKNOWN.slice(0, 15)}${(Number(UNKNOWN[15]) + 1) % 10}`;
  await page.goto("/verify");
  await page.getByLabel("رقم الرخصة").fill(wrong);
  await page.getByRole("button", { name: "تحقق" }).click();
  await expect(page.getByText("في الرقم خطأ كتابة")).toBeVisible();
  await expect(page.getByText("قارن كل مجموعة بالبطاقة")).toBeVisible();
  await expect(page.getByLabel("رقم الرخصة")).toHaveValue(wrong);
  await axe(page);
});

test("a group with a digit missing is named", async ({ page }) => {
  await page.goto(`/verify?number=${encodeURIComponent("4821 093 5516 2049")}`);
  await expect(page.getByText("المجموعة رقم 2")).toBeVisible();
});

test("the short address is the same page", async ({ page }) => {
  await page.goto(`/v/${UNKNOWN}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("لا توجد رخصة بهذا الرقم");
  await expect(page.getByText("تم التحقق في")).toBeVisible();
});
