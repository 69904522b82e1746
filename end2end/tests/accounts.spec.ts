// Signing in, the profile and a guardian's consent: every flow at both sizes, with JavaScript and without.
import type { Page, TestInfo } from "@playwright/test";
import { expect, test } from "../fixtures";
import { newPerson, type Person } from "../people";

// What was typed wrongly on purpose is answered with 422.
test.use({ expectedErrors: /422/ });

/** Synthetic numbers of their own for each person of each test and project, so that limits and accounts never meet. */
function numbers(info: TestInfo, who = "volunteer"): Person {
  return newPerson(`${info.project.name} ${info.title} ${info.retry} ${who}`);
}

const arabicDigits = (text: string) => text.replace(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit)));

/** The Umm al-Qura year it is. */
const hijriYear = () =>
  Number(new Intl.DateTimeFormat("en-u-ca-islamic-umalqura", { year: "numeric" }).format().replace(/\D/g, ""));

async function askForCode(page: Page, nationalId: string, mobile: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("رقم الهوية الوطنية أو الإقامة").fill(nationalId);
  await page.getByLabel("رقم الجوال").fill(mobile);
  await page.getByRole("button", { name: "إرسال الرمز" }).click();
  await expect(page).toHaveURL(/\/sign-in\/code\//);
}

async function confirmCode(page: Page, code: string): Promise<void> {
  await page.getByLabel("الرمز", { exact: true }).fill(code);
  await page.getByRole("button", { name: "تسجيل الدخول" }).click();
}

/** The birth date is in the Hijri calendar. */
async function fillProfile(page: Page, birthYear: number): Promise<void> {
  await page.getByLabel("الاسم الأول").fill("سارة");
  await page.getByLabel("اسم الأب").fill("عبد الله");
  await page.getByLabel("اسم العائلة").fill("العتيبي");
  await page.getByLabel("الاسم بالحروف اللاتينية").fill("Sarah Alotaibi");
  await page.getByLabel("اليوم").fill("17");
  await page.getByLabel("الشهر").fill("5");
  await page.getByLabel("السنة").fill(String(birthYear));
  await page.getByLabel("هجري").check();
  await page.getByLabel("المنطقة والمدينة").selectOption("riyadh/riyadh");
}

test("a newcomer signs in, completes the profile and is told the next step", async ({ page, codeFor, axe }, info) => {
  const { nationalId, mobile } = numbers(info);
  await page.goto("/sign-in");
  await axe(page);
  await askForCode(page, arabicDigits(nationalId), mobile);
  await axe(page);
  await confirmCode(page, arabicDigits(await codeFor(mobile)));

  await expect(page).toHaveURL(/\/account$/);
  await expect(page.getByRole("navigation").getByRole("link", { name: "حسابي" }).first()).toBeVisible();
  await expect(page.getByRole("heading", { name: "إكمال الملف الشخصي" })).toBeVisible();
  await axe(page);

  await page.getByRole("link", { name: "إكمال الملف" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "الملف الشخصي" })).toBeVisible();
  await axe(page);
  await fillProfile(page, 1410);
  await page.getByLabel("البريد الإلكتروني").fill("ليس بريدًا");
  await page.getByRole("button", { name: "حفظ" }).click();

  await expect(page.getByRole("alert")).toContainText("البريد الإلكتروني غير صحيح");
  await axe(page);
  await expect(page.getByLabel("البريد الإلكتروني")).toHaveValue("ليس بريدًا");
  await expect(page.getByLabel("الاسم الأول")).toHaveValue("سارة");
  await expect(page.getByLabel("السنة")).toHaveValue("1410");
  await expect(page.getByLabel("هجري")).toBeChecked();
  await expect(page.getByLabel("المنطقة والمدينة")).toHaveValue("riyadh/riyadh");

  await page.getByLabel("البريد الإلكتروني").fill("sarah@example.org");
  await page.getByRole("button", { name: "حفظ" }).click();
  await expect(page).toHaveURL(/\/account$/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("سارة");
  await expect(page.getByRole("heading", { name: "اختيار دورة" })).toBeVisible();
  await axe(page);
});

test("wrong numbers are told and stay as typed", async ({ page, axe }) => {
  await page.goto("/sign-in");
  await page.getByLabel("رقم الهوية الوطنية أو الإقامة").fill("1000000000");
  await page.getByLabel("رقم الجوال").fill("0512");
  await page.getByRole("button", { name: "إرسال الرمز" }).click();
  await expect(page.getByRole("alert")).toContainText("رقم الهوية أو الإقامة غير صحيح");
  await expect(page.getByLabel("رقم الهوية الوطنية أو الإقامة")).toHaveValue("1000000000");
  await expect(page.getByLabel("رقم الجوال")).toHaveValue("0512");
  await axe(page);
});

test("a wrong code is told, and a new one can be sent", async ({ page, codeFor }, info) => {
  const { nationalId, mobile } = numbers(info);
  await askForCode(page, nationalId, mobile);
  const code = await codeFor(mobile);
  await confirmCode(page, code === "000000" ? "000001" : "000000");
  await expect(page.getByRole("alert")).toContainText("الرمز غير صحيح");

  const first = page.url();
  await page.getByRole("button", { name: "إرسال رمز جديد" }).click();
  await expect(page).not.toHaveURL(first);
  await confirmCode(page, await codeFor(mobile, code));
  await expect(page).toHaveURL(/\/account$/);
});

test("a sign-in is listed, and signing out ends it", async ({ page, codeFor, axe }, info) => {
  const { nationalId, mobile } = numbers(info);
  await askForCode(page, nationalId, mobile);
  await confirmCode(page, await codeFor(mobile));
  await page.getByRole("link", { name: "جلسات الدخول" }).click();
  await expect(page.getByText("هذا الجهاز")).toBeVisible();
  await axe(page);
  await page.getByRole("link", { name: "حسابي" }).first().click();
  await page.getByRole("button", { name: "تسجيل الخروج" }).click();
  await expect(page.getByRole("link", { name: "تسجيل الدخول" }).first()).toBeVisible();
});

test("a guardian consents for a minor", async ({ page, browser, codeFor, request, axe, javaScriptEnabled }, info) => {
  const minor = numbers(info);
  const guardian = numbers(info, "guardian");
  await askForCode(page, minor.nationalId, minor.mobile);
  await confirmCode(page, await codeFor(minor.mobile));
  await page.getByRole("link", { name: "إكمال الملف" }).click();
  await fillProfile(page, hijriYear() - 16);
  await page.getByRole("button", { name: "حفظ" }).click();
  await page.getByRole("link", { name: "طلب الموافقة" }).click();
  await axe(page);
  await page.getByLabel("جوال ولي الأمر").fill(guardian.mobile);
  await page.getByRole("button", { name: "إرسال الطلب إلى ولي الأمر" }).click();
  await expect(page.getByText("أُرسل الطلب")).toBeVisible();

  const code = await codeFor(guardian.mobile);
  const inbox = await request.get("/dev/inbox.json", { params: { to: `+966${guardian.mobile.slice(1)}` } });
  const [{ body }] = (await inbox.json()) as [{ body: string }];
  const link = new URL(body.slice(body.indexOf("http")).trim());

  const context = await browser.newContext({ javaScriptEnabled });
  const theirs = await context.newPage();
  await theirs.goto(new URL(link.pathname, page.url()).toString());
  await expect(theirs.getByText("سارة ع. ع.")).toBeVisible();
  await axe(theirs);
  await theirs.getByLabel("اسم ولي الأمر الكامل").fill("عبد الله العتيبي");
  await theirs.getByLabel("رقم هوية ولي الأمر أو إقامته").fill(guardian.nationalId);
  await theirs.getByLabel("الرمز", { exact: true }).fill(code);
  await theirs.getByLabel("أقرّ بأنني بالغ").check();
  await theirs.getByRole("button", { name: "تأكيد الموافقة" }).click();
  await expect(theirs.getByText("وصلت الموافقة")).toBeVisible();
  await context.close();

  await page.goto("/account");
  await expect(page.getByRole("heading", { name: "اختيار دورة" })).toBeVisible();
});
