// What administrators do, through their screens, and what the people of whom it tells see of it.
import type { Page } from "@playwright/test";
import { sql } from "../database";
import { expect, test } from "../fixtures";
import { alike, keepFromOthers, licensed, type Made, officer, passed, person, undelivered } from "../making";
import { as } from "../people";

// A form that is sent without what it asks for.
test.use({ expectedErrors: /status of 422/ });

/** A day so many days from now in Riyadh, as date fields hold it. */
const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000 + 3 * 3_600_000).toISOString().slice(0, 10);

/** Opens the message of this subject, as the person reads it. */
async function readMessage(page: Page, who: Made, subject: string): Promise<void> {
  await as(page, who, "/account/messages");
  await page.getByRole("button", { name: subject, exact: true }).click();
  await page.waitForURL(/\/account\/messages\/[0-9a-f-]{36}$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(subject);
}

async function at(page: Page, moment: string, date: string, time: string): Promise<void> {
  await page.locator(`#${moment}_day`).fill(date);
  await page.locator(`#${moment}_time`).fill(time);
}

test("two records of one person become one, which keeps the licence", async ({ page, axe }, info) => {
  const [gone, kept] = [person(info.project.name), person(info.project.name)];
  sql(`UPDATE persons SET (family_name, name_key) = (SELECT family_name, name_key FROM persons WHERE id = '${gone.id}') WHERE id = '${kept.id}'`);
  const number = licensed(gone);
  const pair = alike(gone, kept);
  await as(page, officer(info.project.name, "administrator"), "/admin/duplicates");
  await page.locator(`a[href$="/admin/duplicates/${pair}"]`).click();
  await page.waitForURL(`**/admin/duplicates/${pair}`);
  await page.getByRole("button", { name: "دمج السجلّين" }).click();
  await expect(page.locator(".error-summary")).toBeVisible();
  await axe(page);
  await page.locator(`input[name=keep][value="${kept.id}"]`).check();
  await page.locator("input[name=sameness]").first().check();
  await page.getByLabel("تحققت من أن السجلّين لشخص واحد").check();
  await page.getByRole("button", { name: "دمج السجلّين" }).click();
  await expect(page.getByText("دُمج السجلّان في")).toBeVisible();
  await expect(page.getByRole("button", { name: "دمج السجلّين" })).toHaveCount(0);
  await axe(page);

  await as(page, kept, "/account");
  await page.locator(`a[href="/account/licences/${number}"]`).first().click();
  await expect(page.locator(".licence-card__status .tag")).toHaveText("سارية");
  await readMessage(page, kept, "ضُمّ حساباك إلى حساب واحد");
  await axe(page);
  await page.goto("/account/access-log");
  await expect(page.locator("main li, main tr").first()).toBeVisible();
  await page.goto(`/verify/${number}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("رخصة سارية");
  // The record that went lets nobody in.
  await as(page, gone, "/account");
  await page.waitForURL(/\/sign-in/);
});

test("a session is planned, changed and cancelled, and everyone is told each time", async ({ page, axe }, info) => {
  test.setTimeout(180_000);
  const administrator = officer(info.project.name, "administrator");
  const trainer = officer(info.project.name, "trainer");
  const [seated, waiting] = [person(info.project.name), person(info.project.name)];

  await as(page, administrator, "/admin/sessions/new");
  await page.getByRole("button", { name: "جدولة", exact: true }).click();
  await expect(page.locator(".error-summary")).toBeVisible();
  await axe(page);
  await page.getByLabel("البرنامج").selectOption({ index: 1 });
  await page.getByLabel("حضوري").check();
  await page.getByLabel("المنطقة والمدينة").selectOption("riyadh/riyadh");
  await page.getByLabel("المقر بالعربية").fill("قاعة النخيل");
  await page.getByLabel("المقر بالإنجليزية").fill("Palm hall");
  await at(page, "start", day(20), "16:00");
  await at(page, "end", day(20), "20:00");
  await at(page, "enrol", day(18), "12:00");
  await page.getByLabel("المدرب").selectOption(trainer.id);
  await page.getByLabel("المقاعد").fill("١");
  await page.getByRole("button", { name: "جدولة", exact: true }).click();
  await page.waitForURL(/\/admin\/sessions\/[0-9a-f-]{36}$/);
  const session = page.url().slice(-36);
  await expect(page.getByText("حُجز 0 من 1")).toBeVisible();

  await as(page, seated, `/training/${session}`);
  await page.getByRole("button", { name: "التسجيل في الدورة" }).click();
  await expect(page.locator("main .tag")).toContainText("مسجَّل");
  await as(page, waiting, `/training/${session}`);
  await page.getByRole("button", { name: "الانضمام إلى قائمة الانتظار" }).click();
  await expect(page.locator("main .tag")).toContainText("في قائمة الانتظار");

  await as(page, administrator, `/admin/sessions/${session}`);
  await at(page, "start", day(20), "17:30");
  await page.getByLabel("المقر بالعربية").fill("قاعة السدر");
  await page.getByRole("button", { name: "حفظ وإبلاغ الجميع" }).click();
  await expect(page.getByText("حُفظت التغييرات.")).toBeVisible();
  await axe(page);
  for (const who of [seated, waiting, trainer]) {
    await readMessage(page, who, "تغيّرت دورة أنت مسجَّل فيها");
    await expect(page.locator("main")).toContainText("قاعة السدر");
    await expect(page.locator("main")).toContainText("قاعة النخيل");
  }

  await as(page, administrator, `/admin/sessions/${session}`);
  await page.locator("summary", { hasText: "إلغاء الدورة" }).click();
  await page.getByRole("button", { name: "إلغاء الدورة وإبلاغ الجميع" }).click();
  await expect(page.locator(".error-summary")).toBeVisible();
  await page.getByLabel("السبب", { exact: true }).selectOption({ label: "تعذّر استخدام المقر" });
  await page.getByLabel("نص يصل إلى المسجَّلين").fill("انقطعت الكهرباء عن المبنى.");
  await page.getByRole("button", { name: "إلغاء الدورة وإبلاغ الجميع" }).click();
  await expect(page.getByText("أُلغيت هذه الدورة في")).toBeVisible();
  await axe(page);
  for (const who of [seated, waiting, trainer]) {
    await readMessage(page, who, "أُلغيت دورة أنت مسجَّل فيها");
    await expect(page.locator("main")).toContainText("تعذّر استخدام المقر");
    await expect(page.locator("main")).toContainText("انقطعت الكهرباء عن المبنى.");
  }
  await as(page, seated, `/training/${session}`);
  await expect(page.getByText("أُلغيت هذه الدورة ولن تُعقد.")).toBeVisible();
  await axe(page);
});

test("a file of sessions is told of row by row, and imported once", async ({ page, axe }, info) => {
  const trainer = officer(info.project.name, "trainer");
  const programme = sql("SELECT code FROM programmes WHERE retired_at IS NULL AND length(code) < 30 ORDER BY code LIMIT 1");
  const columns = "key,programme,mode,place,venue_ar,venue_en,start_day,start_time,end_day,end_time,enrol_day,enrol_time,trainer,seats";
  const row = (key: string, ahead: number, venue: string, seats: string) =>
    [`${trainer.id}-${key}`, programme, "in_person", "riyadh/riyadh", venue, "Hall", day(ahead), "16:00", day(ahead), "20:00", day(28), "12:00", trainer.id, seats].join(",");
  const send = async (rows: string[]) => {
    await page.goto("/admin/imports/new/sessions");
    await page.getByLabel("محتوى الملف").fill([columns, ...rows].join("\n"));
    await page.locator("main form", { has: page.locator("#csv") }).getByRole("button", { name: "فحص الملف" }).click();
    await page.waitForURL(/\/admin\/imports\/[0-9a-f-]{36}$/);
    await axe(page);
  };
  const planned = () => Number(sql(`SELECT count(*) FROM training_sessions WHERE trainer_id = '${trainer.id}'`));

  await as(page, officer(info.project.name, "administrator"), "/admin/sessions");
  await page.getByRole("link", { name: "استيراد من ملف" }).click();
  await page.waitForURL("**/admin/imports/new/sessions");
  await send([row("a", 30, "قاعة الأراك", "20"), row("b", 31, "قاعة السمر", "كثير")]);
  await expect(page.getByText("سطر واحد يحتاج إلى تصحيح")).toBeVisible();
  await expect(page.locator("tbody tr").nth(0)).toContainText("صالح");
  await expect(page.locator("tbody tr").nth(1)).toContainText("seats");
  await expect(page.getByRole("button", { name: "استيراد الملف" })).toHaveCount(0);
  expect(planned()).toBe(0);

  await send([row("a", 30, "قاعة الأراك", "20"), row("b", 31, "قاعة السمر", "٢٥")]);
  await expect(page.getByText("سطران جاهزان للاستيراد")).toBeVisible();
  await page.getByRole("button", { name: "استيراد الملف" }).click();
  await expect(page.getByText("استُورد سطران")).toBeVisible();
  await axe(page);
  expect(planned()).toBe(2);

  await send([row("a", 30, "قاعة الأراك", "20"), row("b", 31, "قاعة السمر", "٢٥")]);
  await expect(page.getByText("كل سطور هذا الملف مستوردة من قبل.")).toBeVisible();
  expect(planned()).toBe(2);
  await as(page, trainer, "/trainer");
  await expect(page.locator("article.card", { hasText: "قاعة الأراك" })).toHaveCount(1);
});

test("a message that could not be delivered is tried again", async ({ page, axe }, info) => {
  const holder = person(info.project.name);
  passed(holder);
  keepFromOthers(holder);
  await as(page, holder, "/account/request/practitioner");
  await page.getByRole("checkbox").check();
  await page.getByRole("button", { name: "تقديم الطلب" }).click();
  await page.waitForURL(/\/account\/requests\/\d{10}$/);
  const delivery = undelivered(holder);
  await page.goto("/account/messages");
  await expect(page.getByText("تعذّر إرسالها، وهي محفوظة هنا")).toBeVisible();
  await axe(page);
  await as(page, officer(info.project.name, "administrator"), "/admin/messages");
  const line = page.locator("li", { has: page.locator(`input[name=id][value="${delivery}"]`) });
  await expect(line).toContainText("gateway_down");
  await axe(page);
  await line.getByRole("button", { name: "إعادة المحاولة" }).click();
  await expect(line).toHaveCount(0);
  await as(page, holder, "/account/messages");
  await expect(page.getByText("تعذّر إرسالها")).toHaveCount(0);
  // Sent, but for the quiet hours of the night.
  await expect(async () => {
    await page.reload();
    await expect(page.getByText(/رسالة نصية إلى جوالك: (أُرسلت|تُرسل بعد ساعات الهدوء)/)).toHaveCount(2, { timeout: 1_000 });
  }).toPass({ timeout: 20_000 });
});
