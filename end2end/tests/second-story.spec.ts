// The other way to a licence: from the waiting list into an online session, and the identity seen later, at another's session.
import type { Page } from "@playwright/test";
import { sql } from "../database";
import { expect, test } from "../fixtures";
import { enrolled, keepFromOthers, officer, person, session } from "../making";
import { as, nationalIdHash, newPerson } from "../people";
import { passTheTest } from "../sitting";

// Whoever begins without being signed in asks for their account, and is led to sign in.
test.use({ expectedErrors: /status of 401 .*\/api\/accounts\/home/ });

/** Each project's own region: with the age, nobody else's request is in the reviewer's pool. */
const regions = ["najran", "tabuk", "jazan", "hail"];

test("somebody new waits for a seat online, and shows their ID later", async ({ page, browser, baseURL, codeFor, axe }, info) => {
  test.setTimeout(240_000);
  const region = regions[info.project.metadata.place as number] ?? "";
  const [far, near] = [officer(info.project.name, "trainer"), officer(info.project.name, "trainer")];
  const online = session(far, { mode: "online", seats: 1, from: "2 days", until: "2 days 3 hours", enrolBy: "1 day", region });
  const seated = person(info.project.name);
  enrolled(seated, online);
  const other = async (who: { nationalId: string }, path: string): Promise<Page> => {
    const theirs = await (await browser.newContext({ ...info.project.use, baseURL })).newPage();
    await as(theirs, who, path);
    return theirs;
  };

  const newcomer = newPerson(`${info.project.name} second story ${info.retry}`);
  await page.goto("/");
  await page.getByRole("link", { name: "بدء طلب رخصة" }).click();
  await page.waitForURL(/\/sign-in/);
  await page.locator("#national_id").fill(newcomer.nationalId);
  await page.locator("#mobile").fill(newcomer.mobile);
  await page.getByRole("button", { name: "إرسال الرمز" }).click();
  await page.waitForURL(/\/sign-in\/code\//);
  await page.locator("#code").fill(await codeFor(newcomer.mobile));
  await page.locator("main form button[type=submit]").first().click();
  await page.waitForURL(/\/account$/);
  await page.getByRole("link", { name: "إكمال الملف" }).click();
  await page.getByLabel("الاسم الأول").fill("ميساء");
  await page.getByLabel("اسم العائلة").fill("الرويس");
  await page.getByLabel("الاسم بالحروف اللاتينية").fill("Maysa Alruways");
  await page.getByLabel("اليوم").fill("4");
  await page.getByLabel("الشهر").fill("9");
  await page.getByLabel("السنة").fill("1975");
  await page.getByLabel("ميلادي").check();
  await page.getByLabel("المنطقة والمدينة").selectOption({ value: sql(`SELECT region || '/' || code FROM cities WHERE region = '${region}' ORDER BY position LIMIT 1`) });
  await page.getByRole("button", { name: "حفظ" }).click();
  await page.waitForURL(/\/account$/);
  const id = sql(`SELECT id FROM persons WHERE national_id_hash = '\\x${nationalIdHash(newcomer.nationalId)}'`);

  await page.goto(`/training/${online}`);
  await page.getByRole("button", { name: "الانضمام إلى قائمة الانتظار" }).click();
  await expect(page.getByText("أنت أول من في القائمة")).toBeVisible();
  const leaver = await other(seated, `/training/${online}`);
  await leaver.getByText("إلغاء التسجيل", { exact: true }).click();
  await leaver.getByRole("button", { name: "تأكيد إلغاء التسجيل" }).click();
  await expect(leaver.locator("main .tag")).toContainText("ملغى");
  await leaver.context().close();

  await page.goto("/account");
  await expect(page.getByRole("heading", { name: "عُرض عليك مقعد" })).toBeVisible();
  await axe(page);
  await page.getByRole("link", { name: "تأكيد المقعد" }).click();
  await expect(page.getByText("خلا مقعد وهو محجوز لك حتى")).toBeVisible();
  await axe(page);
  await page.getByRole("button", { name: "قبول المقعد" }).click();
  await expect(page.getByText("مقعدك محجوز")).toBeVisible();
  await page.goto("/account/messages");
  await expect(page.getByText("عُرض عليك مقعد في دورة")).toBeVisible();

  sql(`UPDATE training_sessions SET starts_at = now() - interval '1 hour', enrol_by = now() - interval '1 hour',
    ends_at = now() + interval '1 hour' WHERE id = '${online}'`);
  const desk = await other(far, `/trainer/${online}`);
  await expect(desk.getByText("الدورة عن بُعد: يُسجَّل فيها الحضور فقط")).toBeVisible();
  await expect(desk.getByRole("button", { name: /^مطابقة الهوية/ })).toHaveCount(0);
  await desk.getByRole("button", { name: /^حضر/ }).click();
  await expect(desk.getByRole("button", { name: /^حضر/ })).toHaveAttribute("aria-pressed", "true");
  await axe(desk);
  await desk.context().close();

  await page.goto("/account");
  await page.getByRole("link", { name: "الذهاب إلى الاختبار" }).click();
  await passTheTest(page);
  await page.goto("/account");
  await expect(page.locator(".card--next").getByRole("heading", { name: "توثيق الهوية" })).toBeVisible();
  await page.goto("/account/request/practitioner");
  await expect(page.getByText("يطّلع المدرب على الهوية الأصلية في أي دورة حضورية.")).toBeVisible();
  await expect(page.getByRole("button", { name: "تقديم الطلب" })).toHaveCount(0);
  await axe(page);

  // Another trainer's hall, with the ID in hand.
  const hall = await other(near, `/trainer/${session(near, { from: "-1 hour", until: "3 hours", enrolBy: "-2 hours" })}`);
  await hall.getByLabel("رقم الهوية أو الإقامة").fill(newcomer.nationalId);
  await hall.getByRole("button", { name: "بحث" }).click();
  await expect(hall.getByText(`آخر رقمين من الجوال: ${newcomer.mobile.slice(-2)}`)).toBeVisible();
  expect(hall.url()).not.toContain(newcomer.nationalId);
  await axe(hall);
  await hall.getByRole("button", { name: "تأكيد مطابقة الهوية" }).click();
  await expect(hall.getByText("طوبقت الهوية").last()).toBeVisible();
  await hall.context().close();

  keepFromOthers({ id });
  await page.goto("/account");
  await page.getByRole("link", { name: "بدء الطلب" }).click();
  await page.getByRole("checkbox").check();
  await page.getByRole("button", { name: "تقديم الطلب" }).click();
  await page.waitForURL(/\/account\/requests\/\d{10}$/);
  const request = page.url().slice(-10);
  const reviewer = await other(officer(info.project.name, "reviewer"), `/review?region=${region}&age=45_59`);
  await reviewer.getByRole("button", { name: "أخذ الطلب التالي" }).click();
  await reviewer.waitForURL(new RegExp(`/review/${request}`));
  await reviewer.getByRole("button", { name: /قبول وإصدار الرخصة/ }).click();
  await reviewer.waitForURL(/\/review\/decided\//);
  await reviewer.context().close();

  await expect(async () => {
    await page.goto(`/account/requests/${request}`);
    await expect(page.getByRole("link", { name: "عرض بطاقة الرخصة" })).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 40_000 });
  await page.getByRole("link", { name: "عرض بطاقة الرخصة" }).click();
  await page.waitForURL(/\/account\/licences\/\d{16}$/);
  const number = page.url().slice(-16);

  // Somebody at the door, without an account.
  const door = await (await browser.newContext({ ...info.project.use, baseURL })).newPage();
  await door.goto("/");
  await door.locator("#number").fill(number);
  await door.getByRole("button", { name: "تحقق", exact: true }).click();
  await expect(door.getByRole("heading", { level: 1 })).toHaveText("رخصة سارية");
  await expect(door.locator("main")).toContainText("ميساء ر.");
  await axe(door);
  await door.context().close();
});
