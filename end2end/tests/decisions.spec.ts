// What a reviewer decides, and what its applicant sees of it: undone, returned and mended, rejected and appealed.
import type { Page, TestInfo } from "@playwright/test";
import { sql } from "../database";
import { expect, test } from "../fixtures";
import { keepFromOthers, type Made, officer, passed, person } from "../making";
import { as } from "../people";

// A form that is sent without what it asks for.
test.use({ expectedErrors: /status of 422/ });

// Nobody of the demonstration set has a request in these regions, each of which is one project's.
const regions = ["najran", "tabuk", "jazan", "hail"];
const regionOf = (info: TestInfo) => regions[info.project.metadata.place as number] ?? "";

async function ask(page: Page, who: Made): Promise<string> {
  await as(page, who, "/account/request/practitioner");
  await page.getByRole("checkbox").check();
  await page.getByRole("button", { name: "تقديم الطلب" }).click();
  await page.waitForURL(/\/account\/requests\/\d{10}$/);
  return page.url().slice(-10);
}

/** The reviewer takes the next request of the region: it is this one. */
async function take(page: Page, reviewer: Made, request: string, info: TestInfo): Promise<void> {
  await as(page, reviewer, `/review?region=${regionOf(info)}&age=30_44`);
  await page.getByRole("button", { name: "أخذ الطلب التالي" }).click();
  await page.waitForURL(new RegExp(`/review/${request}`));
}

/** Opens a page of the applicant again and again until what was decided has taken effect, after ten seconds. */
async function seen(page: Page, who: Made, request: string, text: string): Promise<void> {
  await as(page, who, `/account/requests/${request}`);
  await expect(async () => {
    await page.goto(`/account/requests/${request}`);
    await expect(page.locator("main").getByText(text, { exact: true }).first()).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 40_000 });
}

async function told(page: Page, subjects: string[]): Promise<void> {
  await page.goto("/account/messages");
  for (const subject of subjects) await expect(page.locator("main").getByText(subject, { exact: true })).toHaveCount(1);
}

test("an approval is undone in time, a return is mended, and the licence says what was mended", async ({ page, axe }, info) => {
  test.setTimeout(180_000);
  const applicant = person(info.project.name, { latin: "Salwa Alnajdy", region: regionOf(info) });
  passed(applicant);
  keepFromOthers(applicant);
  const reviewer = officer(info.project.name, "reviewer");
  const request = await ask(page, applicant);

  await take(page, reviewer, request, info);
  await page.getByRole("button", { name: /قبول وإصدار الرخصة/ }).click();
  await page.waitForURL(/\/review\/decided\//);
  await expect(page.getByText("حتى ذلك الحين لا يُبلَّغ به أحد")).toBeVisible();
  await page.getByRole("button", { name: "تراجع" }).click();
  await page.waitForURL(new RegExp(`/review/${request}`));
  // Its ten seconds pass, and nothing comes of it.
  const over = () => sql(`SELECT bool_and(effective_at < now() - interval '2 seconds') FROM decisions d
    JOIN licence_requests r ON r.id = d.request_id WHERE r.number = '${request}'`);
  await expect.poll(over, { timeout: 20_000 }).toBe("t");
  await as(page, applicant, `/account/requests/${request}`);
  await expect(page.locator("main .tag").first()).toHaveText("قيد المراجعة");
  await page.goto("/account/messages");
  await expect(page.getByText("صدرت رخصتك")).toHaveCount(0);

  await as(page, reviewer, `/review/${request}`);
  await page.getByText("إعادة للاستكمال").first().click();
  await page.getByRole("button", { name: "إعادة الطلب" }).click();
  await expect(page.locator(".error-summary")).toBeVisible();
  await axe(page);
  await page.getByLabel("الاسم باللاتينية", { exact: true }).check();
  await page.getByLabel("سبب إعادة: الاسم باللاتينية").selectOption("misspelt");
  await page.getByLabel("توضيح بشأن: الاسم باللاتينية").fill("في الجواز حرف آخر.");
  await page.getByRole("button", { name: "إعادة الطلب" }).click();
  await page.waitForURL(/\/review\/decided\//);
  await axe(page);

  await seen(page, applicant, request, "أُعيد طلبك للاستكمال");
  await expect(page.getByText("السبب: فيه خطأ إملائي")).toBeVisible();
  await expect(page.getByText("في الجواز حرف آخر.")).toBeVisible();
  await axe(page);
  await page.getByLabel("الاسم باللاتينية").fill("Salwa Alnajdi");
  await page.getByRole("button", { name: "حفظ التعديل وتقديم الطلب" }).click();
  await expect(page.locator("main .tag").first()).toHaveText("مُقدَّم");

  await take(page, reviewer, request, info);
  await expect(page.getByText("القرارات السابقة في هذا الطلب")).toBeVisible();
  await expect(page.getByText("Salwa Alnajdi")).toBeVisible();
  await page.getByRole("button", { name: /قبول وإصدار الرخصة/ }).click();
  await page.waitForURL(/\/review\/decided\//);
  await seen(page, applicant, request, "مقبول");
  await page.getByRole("link", { name: "عرض بطاقة الرخصة" }).click();
  await expect(page.locator(".licence-card__latin")).toHaveText("Salwa Alnajdi");
  const number = page.url().slice(-16);
  await told(page, ["قُدّم طلبك", "طلبك معاد للاستكمال", "صدرت رخصتك"]);
  await page.goto(`/verify/${number}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("رخصة سارية");
});

test("a rejection is appealed once, and decided by another reviewer", async ({ page, axe }, info) => {
  test.setTimeout(180_000);
  const applicant = person(`${info.project.name} appeal`, { region: regionOf(info) });
  passed(applicant);
  keepFromOthers(applicant);
  const [first, second] = [officer(info.project.name, "reviewer"), officer(info.project.name, "reviewer")];
  const request = await ask(page, applicant);

  await take(page, first, request, info);
  await page.getByText("رفض الطلب").first().click();
  await page.getByLabel("السبب", { exact: true }).selectOption("evidence_not_accepted");
  await page.getByLabel("توضيح لمقدّم الطلب").fill("لم يثبت الحضور كاملًا.");
  await page.getByRole("button", { name: "رفض الطلب" }).click();
  await page.waitForURL(/\/review\/decided\//);

  await seen(page, applicant, request, "رُفض طلبك");
  await expect(page.getByText("لم يُقبل ما يثبت أحد المتطلبات")).toBeVisible();
  await expect(page.getByText("لم يثبت الحضور كاملًا.")).toBeVisible();
  await page.getByRole("button", { name: "تقديم التظلّم" }).click();
  await expect(page.locator(".error-summary")).toBeVisible();
  await axe(page);
  await page.getByLabel("سبب التظلّم").fill("حضرت اليومين، وفي كشف الحضور توقيعي.");
  await page.getByRole("button", { name: "تقديم التظلّم" }).click();
  await expect(page.getByRole("heading", { name: "تظلّمك قيد النظر" })).toBeVisible();
  await axe(page);

  await as(page, first, `/review?region=${regionOf(info)}&age=30_44`);
  await expect(page.getByText("لا طلبات في الانتظار")).toBeVisible();

  await take(page, second, request, info);
  await expect(page.getByText("حضرت اليومين، وفي كشف الحضور توقيعي.")).toBeVisible();
  await expect(page.getByText("لم يثبت الحضور كاملًا.")).toBeVisible();
  // An appeal is not returned.
  await expect(page.getByText("إعادة للاستكمال")).toHaveCount(0);
  await axe(page);
  await page.getByRole("button", { name: /قبول وإصدار الرخصة/ }).click();
  await page.waitForURL(/\/review\/decided\//);

  await seen(page, applicant, request, "مقبول");
  const card = await page.getByRole("link", { name: "عرض بطاقة الرخصة" }).getAttribute("href");
  await told(page, ["رُفض طلبك", "وصل تظلّمك", "قُبل تظلّمك وصدرت رخصتك"]);
  await page.goto(`/verify/${card?.slice(-16)}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("رخصة سارية");
});

test("the next request opens by itself once the decision holds, unless the reviewer stays", async ({ page, axe, javaScriptEnabled }, info) => {
  test.setTimeout(180_000);
  const applicants = ["first", "second", "third"].map((which) => person(`${info.project.name} ${which}`, { region: regionOf(info) }));
  const requests: string[] = [];
  for (const applicant of applicants) {
    passed(applicant);
    keepFromOthers(applicant);
    requests.push(await ask(page, applicant));
  }
  const [first = "", second = "", third = ""] = requests;
  const reviewer = officer(info.project.name, "reviewer");
  await take(page, reviewer, first, info);
  await page.getByRole("button", { name: /قبول وإصدار الرخصة/ }).click();
  await page.waitForURL(/\/review\/decided\//);
  const stay = page.getByRole("button", { name: "البقاء في هذه الصفحة" });
  if (javaScriptEnabled === false) {
    await expect(stay).toBeHidden();
    await page.getByRole("button", { name: "الطلب التالي" }).click();
    await page.waitForURL(new RegExp(`/review/${second}`));
    return;
  }
  await expect(stay).toBeVisible();
  await axe(page);
  // Within what it was narrowed to.
  await page.waitForURL(new RegExp(`/review/${second}.*region=${regionOf(info)}`), { timeout: 30_000 });

  await page.getByRole("button", { name: /قبول وإصدار الرخصة/ }).click();
  await page.waitForURL(/\/review\/decided\//);
  await stay.click();
  await expect(stay).toBeHidden();
  await expect(page.getByText("مضت الثواني العشر وأصبح القرار نافذًا.")).toBeVisible({ timeout: 20_000 });
  expect(sql(`SELECT state FROM licence_requests WHERE number = '${third}'`)).toBe("submitted");
});
