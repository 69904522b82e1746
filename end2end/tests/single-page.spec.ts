// With JavaScript the portal is one page: no link and no form loads it anew, and forms answer in place.
import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures";
import { newPerson } from "../people";

test.skip(({ javaScriptEnabled }) => javaScriptEnabled === false, "without scripts each page is loaded");
// What was typed wrongly on purpose.
test.use({ expectedErrors: /422/ });

/** Well formed and never issued. */
const UNKNOWN = "4821093755162049";

/** Marks the page that is loaded; a full load takes the mark away. */
async function mark(page: Page): Promise<void> {
  await page.evaluate(() => Object.assign(window, { marked: true }));
}

async function still(page: Page, where: string): Promise<void> {
  expect(await page.evaluate(() => "marked" in window), `${where} was loaded anew`).toBe(true);
}

test("nothing is loaded anew from the first page to an account and a verdict", async ({ page, codeFor }, info) => {
  const { nationalId, mobile } = newPerson(`${info.project.name} ${info.title} ${info.retry}`);
  await page.goto("/", { waitUntil: "networkidle" });
  await mark(page);
  const opened = async (path: RegExp, heading: string | RegExp) => {
    await expect(page).toHaveURL(path);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(heading);
    await still(page, page.url());
  };
  await page.locator('main a[href="/licences/practitioner"]').first().click();
  await opened(/\/licences\/practitioner$/, /رخصة ممارس العمل التطوعي/);
  await page.getByRole("link", { name: "التدريب", exact: true }).first().click();
  await opened(/\/training$/, "التدريب");
  await page.locator(".chip", { hasText: "قيادة الفرق التطوعية" }).click();
  await opened(/\/training\?kind=team-leader/, "التدريب");
  await page.getByLabel("المنطقة").selectOption("riyadh");
  await page.getByRole("button", { name: "عرض" }).click();
  await opened(/region=riyadh/, "التدريب");
  await page.goBack();
  await opened(/\/training\?kind=team-leader$/, "التدريب");
  await page.locator("article.card a").first().click();
  await opened(/\/training\/[0-9a-f-]{36}$/, /./);

  await page.locator("main").getByRole("link", { name: "تسجيل الدخول" }).click();
  await opened(/\/sign-in$/, "تسجيل الدخول");
  await page.getByLabel("رقم الهوية الوطنية أو الإقامة").fill("1000000000");
  await page.getByLabel("رقم الجوال").fill(mobile);
  await page.getByRole("button", { name: "إرسال الرمز" }).click();
  await expect(page.getByRole("alert")).toContainText("رقم الهوية أو الإقامة غير صحيح");
  await expect(page.locator(".error-summary")).toBeFocused();
  await still(page, "what was typed wrongly");
  await page.getByLabel("رقم الهوية الوطنية أو الإقامة").fill(nationalId);
  await page.getByRole("button", { name: "إرسال الرمز" }).click();
  await opened(/\/sign-in\/code\//, "رمز التحقق");
  await page.getByLabel("الرمز", { exact: true }).fill(await codeFor(mobile));
  await page.getByRole("button", { name: "تسجيل الدخول" }).click();
  await opened(/\/account$/, "أهلًا بك");
  // The header knows that somebody is signed in, in place.
  await expect(page.getByRole("navigation").getByRole("link", { name: "حسابي" }).first()).toBeVisible();
  await page.getByRole("link", { name: "إكمال الملف" }).click();
  await opened(/\/account\/profile$/, "الملف الشخصي");
  await page.getByRole("button", { name: "حفظ" }).click();
  await expect(page.locator(".error-summary")).toBeVisible();
  await still(page, "a profile left empty");
  await page.getByRole("link", { name: "حسابي" }).first().click();
  await page.getByRole("link", { name: "جلسات الدخول" }).click();
  await opened(/\/account\/sign-ins$/, "جلسات الدخول");

  await page.getByRole("link", { name: "التحقق من رخصة" }).first().click();
  await opened(/\/verify$/, "التحقق من رخصة");
  await page.getByLabel("رقم الرخصة").fill(UNKNOWN);
  await page.getByRole("button", { name: "تحقق" }).click();
  await opened(new RegExp(`/verify/${UNKNOWN}$`), "لا توجد رخصة بهذا الرقم");
  await page.getByRole("contentinfo").getByRole("link", { name: "المساعدة" }).click();
  await opened(/\/help$/, "المساعدة");
  await page.getByRole("button", { name: "نعم", exact: true }).click();
  await expect(page.getByText("شكرًا لك", { exact: true })).toBeVisible();
  await still(page, "the answer to a question of the footer");
  await page.getByRole("link", { name: "حسابي" }).first().click();
  await page.getByRole("button", { name: "تسجيل الخروج" }).click();
  await expect(page.getByRole("link", { name: "تسجيل الدخول" }).first()).toBeVisible();
  await still(page, "signing out");
});
