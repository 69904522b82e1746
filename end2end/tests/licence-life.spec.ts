// What happens to a licence after it was issued, by its holder and by officers, and what strangers are told of it each time.
import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures";
import { keepFromOthers, licensed, officer, person } from "../making";
import { as } from "../people";
import { passTheTest } from "../sitting";

// A form that is sent without what it asks for.
test.use({ expectedErrors: /status of 422/ });

const regions = ["northern-borders", "madinah", "qassim", "makkah"];

async function verdict(page: Page, number: string, expected: string): Promise<void> {
  await page.goto(`/verify/${number}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(expected);
}

async function told(page: Page, subject: string): Promise<void> {
  await page.goto("/account/messages");
  await expect(page.locator("main").getByText(subject, { exact: true })).toHaveCount(1);
}

test("a licence is renewed without an uncovered day", async ({ page, axe }, info) => {
  test.setTimeout(180_000);
  const region = regions[info.project.metadata.place as number] ?? "";
  const holder = person(info.project.name, { region });
  const number = licensed(holder, "30 days");
  keepFromOthers(holder);
  await as(page, holder, "/account");
  await page.locator(".card--next").getByRole("link", { name: "تجديد الرخصة" }).click();
  await page.waitForURL(`**/account/renew/${number}`);
  await expect(page.getByText("يُتاح تقديم طلب التجديد هنا حين يُستوفى كل ما سبق.")).toBeVisible();
  await axe(page);
  await page.getByRole("link", { name: "الانتقال إلى الاختبار" }).click();
  await passTheTest(page);
  await axe(page);
  await page.getByRole("link", { name: "صفحة التجديد" }).click();
  await page.waitForURL(`**/account/renew/${number}`);
  await page.getByRole("button", { name: "تقديم طلب التجديد" }).click();
  await expect(page.locator(".error-summary")).toBeVisible();
  await axe(page);
  await page.getByRole("checkbox").check();
  await page.getByRole("button", { name: "تقديم طلب التجديد" }).click();
  await page.waitForURL(/\/account\/requests\/\d{10}$/);
  const request = page.url().slice(-10);
  await page.goto(`/account/renew/${number}`);
  await expect(page.getByText("قُدّم طلب تجديد هذه الرخصة.")).toBeVisible();
  await axe(page);

  await as(page, officer(info.project.name, "reviewer"), `/review?region=${region}&age=30_44`);
  await page.getByRole("button", { name: "أخذ الطلب التالي" }).click();
  await page.waitForURL(new RegExp(`/review/${request}`));
  await expect(page.getByText("تجديد للرخصة")).toBeVisible();
  await page.getByRole("button", { name: /قبول وإصدار الرخصة/ }).click();
  await page.waitForURL(/\/review\/decided\//);

  await as(page, holder, `/account/requests/${request}`);
  await expect(async () => {
    await page.goto(`/account/requests/${request}`);
    await expect(page.getByRole("link", { name: "عرض بطاقة الرخصة" })).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 40_000 });
  await page.goto(`/account/renew/${number}`);
  await expect(page.getByText("جُدّدت هذه الرخصة")).toBeVisible();
  await axe(page);
  await page.getByRole("link", { name: "الرخصة الجديدة" }).click();
  await page.waitForURL(/\/account\/licences\/\d{16}$/);
  await expect(page.locator(".licence-card__status .tag")).toHaveText("لم يبدأ سريانها");
  await axe(page);
  const next = page.url().slice(-16);
  await told(page, "صدرت رخصتك");
  await verdict(page, next, "رخصة لم يبدأ سريانها");
  await verdict(page, number, "رخصة سارية");
});

test("a licence is revoked by two officers, and its holder is told why", async ({ page, axe }, info) => {
  const holder = person(info.project.name);
  const number = licensed(holder);
  const [first, second] = [officer(info.project.name, "reviewer"), officer(info.project.name, "reviewer")];
  await as(page, first, `/oversight/${number}`);
  await page.getByRole("link", { name: "اقتراح إلغائها" }).click();
  await page.getByRole("button", { name: "تقديم المقترح" }).click();
  await expect(page.locator(".error-summary")).toBeVisible();
  await axe(page);
  await page.getByLabel("مخالفة ثابتة للميثاق الأخلاقي للتطوع").check();
  await page.getByLabel("ملاحظات المراجع").fill("محضر رقم 12");
  await page.getByRole("button", { name: "تقديم المقترح" }).click();
  await expect(page.getByText("قُدّم المقترح، وهو ينتظر")).toBeVisible();
  // Whoever proposed it cannot approve it, and nothing has changed yet.
  await expect(page.getByRole("button", { name: "اعتماد الإلغاء" })).toHaveCount(0);
  await axe(page);
  await verdict(page, number, "رخصة سارية");
  await as(page, holder, "/account/messages");
  await expect(page.getByText("سُحبت رخصتك")).toHaveCount(0);

  await as(page, second, "/oversight");
  await page.locator(`a[href$="/oversight/${number}"]`).click();
  await expect(page.getByText("محضر رقم 12")).toBeVisible();
  await page.getByRole("button", { name: "اعتماد الإلغاء" }).click();
  await expect(page.getByText("أُلغيت الرخصة نهائيًّا")).toBeVisible();
  await axe(page);

  await verdict(page, number, "رخصة ملغاة");
  await expect(page.getByText("مخالفة ثابتة للميثاق الأخلاقي للتطوع")).toBeVisible();
  await expect(page.getByText("محضر رقم 12")).toHaveCount(0);
  await as(page, holder, `/account/licences/${number}`);
  await expect(page.locator(".licence-card__status .tag")).toHaveText("ملغاة");
  await expect(page.getByText("مخالفة ثابتة للميثاق الأخلاقي للتطوع")).toBeVisible();
  await axe(page);
  await page.goto(`/account/renew/${number}`);
  await expect(page.getByText("فلا تُجدَّد")).toBeVisible();
  await axe(page);
  await told(page, "سُحبت رخصتك");
});

test("a name is put right, and the old number leads to the new licence", async ({ page, axe }, info) => {
  const holder = person(info.project.name, { given: "سلوا" });
  const number = licensed(holder);
  await as(page, officer(info.project.name, "reviewer"), `/oversight/${number}`);
  await page.getByRole("link", { name: "تصحيح الاسم" }).click();
  await page.getByLabel("الاسم الأول").fill("سلوى");
  await page.getByLabel("الاسم باللاتينية").fill("Salwa Alnajdy");
  await page.getByRole("button", { name: "حفظ التصحيح وإصدار الرخص" }).click();
  await expect(page.locator(".error-summary")).toBeVisible();
  await axe(page);
  await page.getByLabel("مطابقة الاسم للوثيقة الرسمية").check();
  await page.getByLabel("ملاحظات المراجع").fill("جواز السفر");
  await page.getByRole("button", { name: "حفظ التصحيح وإصدار الرخص" }).click();
  await expect(page.getByText("صُحّح الاسم وصدرت هذه الرخصة برقم جديد")).toBeVisible();
  await axe(page);
  const corrected = new URL(page.url()).pathname.slice(-16);
  expect(corrected).not.toBe(number);

  await verdict(page, number, "حلّت محلها رخصة أحدث");
  await axe(page);
  await page.getByRole("link", { name: "عرض الرخصة الأحدث" }).click();
  await page.waitForURL(`**/verify/${corrected}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("رخصة سارية");
  await expect(page.locator("main")).toContainText("سلوى");

  await as(page, holder, `/account/licences/${number}`);
  await expect(page.locator(".licence-card__status .tag")).toHaveText("حلّت محلها رخصة أحدث");
  await axe(page);
  await page.getByRole("link", { name: "بطاقة الرخصة الأحدث" }).click();
  await page.waitForURL(`**/account/licences/${corrected}`);
  await expect(page.locator(".licence-card__name")).toContainText("سلوى");
  await expect(page.locator(".licence-card__latin")).toHaveText("Salwa Alnajdy");
  await told(page, "صُحّحت رخصتك وصدرت برقم جديد");
});

test("an account is closed, and its licence is nobody's any more", async ({ page, axe }, info) => {
  const holder = person(info.project.name);
  const number = licensed(holder);
  await as(page, holder, "/account");
  await page.locator('a[href="/account/data"]').click();
  await page.locator('main a[href="/account/close"]').click();
  await page.getByRole("button", { name: "تأكيد إغلاق الحساب" }).click();
  await expect(page.locator(".error-summary")).toBeVisible();
  await axe(page);
  await page.getByRole("checkbox").check();
  await page.getByRole("button", { name: "تأكيد إغلاق الحساب" }).click();
  await page.waitForURL("**/account-closed");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("أُغلق الحساب");
  await expect(page.getByRole("navigation").getByRole("link", { name: "تسجيل الدخول" })).toBeVisible();
  await axe(page);
  await verdict(page, number, "لا توجد رخصة بهذا الرقم");
  await page.goto("/account");
  await page.waitForURL(/\/sign-in/);
});
