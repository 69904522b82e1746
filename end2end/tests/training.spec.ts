// Training: browsing and filters, a seat, the waiting list, the trainer's roster.
import type { TestInfo } from "@playwright/test";
import { sql } from "../database";
import { test, expect } from "../fixtures";
import { signInAs } from "../people";

/** One volunteer for each project, so that none meets another's enrolment. */
const volunteers: Record<string, string> = {
  phone: "1000000305",
  desktop: "1000000313",
  "phone-nojs": "2000000022",
  "desktop-nojs": "2000000063",
};

/** A trainer for each project, and the hall of their session of today. */
const trainers: Record<string, { nationalId: string; hall: string }> = {
  phone: { nationalId: "1000000065", hall: "قاعة الريحان" },
  desktop: { nationalId: "1000000057", hall: "قاعة الروضة" },
  "phone-nojs": { nationalId: "1000000073", hall: "غرفة التدريب العملي" },
  "desktop-nojs": { nationalId: "1000000388", hall: "ساحة التدريب" },
};

function mine<T>(table: Record<string, T>, info: TestInfo): T {
  const one = table[info.project.name];
  if (one === undefined) throw new Error(`nobody for ${info.project.name}`);
  return one;
}

test("sessions are narrowed by kind, mode and region, in the address", async ({ page, axe }) => {
  await page.goto("/training");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("التدريب");
  const all = await page.locator("article.card").count();
  expect(all).toBeGreaterThan(3);
  await axe(page);
  await page.locator(".chip", { hasText: "قيادة الفرق التطوعية" }).click();
  await expect(page).toHaveURL(/kind=team-leader/);
  await expect(page.locator("article.card").first()).toContainText("قيادة الفرق التطوعية");
  expect(await page.locator("article.card").count()).toBeLessThan(all);
  await page.locator(".chip", { hasText: "حضوري" }).click();
  await expect(page).toHaveURL(/kind=team-leader&mode=in_person/);
  await page.getByLabel("المنطقة").selectOption("najran");
  await page.getByRole("button", { name: "عرض" }).click();
  await expect(page).toHaveURL(/region=najran/);
  await expect(page.getByText("لا شيء يوافق ما اختير")).toBeVisible();
  await axe(page);
  await page.locator("main").getByRole("link", { name: "إزالة التضييق" }).click();
  await expect(page).toHaveURL(/\/training$/);
  await expect(page.locator("article.card")).toHaveCount(all);
});

test("a visitor is told what to do first", async ({ page, axe }) => {
  await page.goto("/training");
  await page.locator("article.card a").first().click();
  await expect(page).toHaveURL(/\/training\/[0-9a-f-]{36}$/);
  await expect(page.locator("main").getByRole("link", { name: "تسجيل الدخول" })).toBeVisible();
  await axe(page);
});

test("a volunteer waits for a full session, leaves, and takes a seat in another", async ({ page, axe }, info) => {
  await signInAs(page, mine(volunteers, info));
  await page.goto("/training?kind=practitioner&mode=in_person");
  const full = page.locator("article.card").filter({ hasText: "قائمة الانتظار:" }).first();
  await full.locator("a").click();
  await page.getByRole("button", { name: "الانضمام إلى قائمة الانتظار" }).click();
  await expect(page.locator("main .tag")).toContainText("في قائمة الانتظار");
  await expect(page.getByText(/قبلك/)).toBeVisible();
  await axe(page);
  await page.getByText("مغادرة قائمة الانتظار", { exact: true }).click();
  await page.getByRole("button", { name: "تأكيد المغادرة" }).click();
  await expect(page.locator("main .tag")).toContainText("ملغى");

  await page.goto("/training?region=jazan&mode=in_person");
  await page.locator("article.card a").first().click();
  await page.getByRole("button", { name: "التسجيل في الدورة" }).click();
  await expect(page.locator("main .tag")).toContainText("مسجَّل");
  await axe(page);
  await page.getByText("إلغاء التسجيل", { exact: true }).click();
  await page.getByRole("button", { name: "تأكيد إلغاء التسجيل" }).click();
  await expect(page.locator("main .tag")).toContainText("ملغى");
});

test("a trainer marks who came, and mends a mark", async ({ page, axe }, info) => {
  const { nationalId, hall } = mine(trainers, info);
  await signInAs(page, nationalId);
  await page.goto("/trainer");
  await axe(page);
  await page.locator("article.card", { hasText: hall }).locator("a").click();
  let row = page.locator(".roster__row").filter({ has: page.locator("input[name=mark]") }).first();
  await expect(row).toBeVisible();
  const name = await row.locator(".roster__name").innerText();
  row = page.locator(".roster__row").filter({ hasText: name });
  for (const mark of ["غاب", "حضر"]) {
    const button = row.getByRole("button", { name: new RegExp(`^${mark}`) });
    expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(48);
    await button.click();
    await expect(row.getByRole("button", { name: new RegExp(`^${mark}`) })).toHaveAttribute("aria-pressed", "true");
  }
  await page.reload();
  await expect(row.getByRole("button", { name: /^حضر/ })).toHaveAttribute("aria-pressed", "true");
  await axe(page);
});

test.describe("without a connection", () => {
  test.use({ expectedErrors: /ERR_INTERNET_DISCONNECTED|Failed to load resource/ });

  test("marks wait in the phone while its tab is closed, and each arrives once", async ({ page, context }, info) => {
    test.skip(info.project.name.endsWith("-nojs"), "what waits in the browser needs JavaScript");
    const { nationalId, hall } = mine(trainers, info);
    await signInAs(page, nationalId);
    await page.goto("/trainer");
    await page.locator("article.card", { hasText: hall }).locator("a").click();
    await page.waitForURL(/\/trainer\/[0-9a-f-]{36}$/);
    const address = page.url();
    await page.goto(address, { waitUntil: "networkidle" });
    let row = page.locator(".roster__row").filter({ has: page.locator("input[name=mark]") }).first();
    const name = await row.locator(".roster__name").innerText();
    const marks = () => Number(sql(`SELECT count(*) FROM received_marks m JOIN enrolments e ON e.id = m.enrolment_id
      WHERE e.session_id = '${address.slice(-36)}'`));
    const before = marks();
    await context.setOffline(true);
    for (const mark of ["غاب", "حضر"]) {
      await row.getByRole("button", { name: new RegExp(`^${mark}`) }).click();
      await expect(row).toContainText("بانتظار الإرسال");
    }
    expect(marks()).toBe(before);
    await page.close();
    await context.setOffline(false);
    const again = await context.newPage();
    await again.goto(address);
    row = again.locator(".roster__row").filter({ hasText: name });
    await expect.poll(marks).toBe(before + 2);
    await expect(row.locator(".roster__unsent")).toHaveCount(0);
    await expect(row.getByRole("button", { name: /^حضر/ })).toHaveAttribute("aria-pressed", "true");
    await again.reload({ waitUntil: "networkidle" });
    expect(marks()).toBe(before + 2);
  });
});
