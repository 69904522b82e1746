// Every page of the desks, and of what people do with their own licence and data: opened by whom it is for, at both
// sizes, with JavaScript and without.
import type { Page } from "@playwright/test";
import { sql } from "../database";
import { expect, test } from "../fixtures";
import { idOf, nationalIdHash, signInAs } from "../people";

// A form sent with a field left out; a desk that is not theirs.
test.use({ expectedErrors: /status of (403|422)/ });

/** Opens a page and looks at it as somebody does who reads it on this screen. */
async function opened(page: Page, path: string, axe: (page: Page) => Promise<void>): Promise<void> {
  const answer = await page.goto(path);
  expect(answer?.status(), path).toBe(200);
  await expect(page.locator("h1"), path).toHaveCount(1);
  const overflow = await page.locator("html").evaluate((html) => html.scrollWidth - html.clientWidth);
  expect(overflow, `${path} is wider than the screen`).toBeLessThanOrEqual(0);
  await axe(page);
}

const newest = (table: string) => sql(`SELECT id FROM ${table} ORDER BY id LIMIT 1`);

/** A pair of two people of the demonstration set, as if they were alike. */
function pairOf(one: string, other: string): string {
  const person = (code: string) => `(SELECT person_id FROM accounts WHERE national_id_hash = '\\x${nationalIdHash(idOf(code))}')`;
  // Who was compared already is not compared again, and found to be unlike.
  sql("DELETE FROM people_to_compare");
  return sql(`WITH two AS (SELECT ${person(one)} AS a, ${person(other)} AS b), found AS (
      INSERT INTO likely_pairs (one_id, other_id, found_at) SELECT least(a, b), greatest(a, b), now() FROM two
      ON CONFLICT (one_id, other_id) DO NOTHING RETURNING id)
    SELECT id FROM found UNION ALL
    SELECT id FROM likely_pairs, two WHERE (one_id, other_id) = (least(a, b), greatest(a, b)) LIMIT 1`);
}

test("the administrator's pages", async ({ page, axe }) => {
  test.slow();
  await signInAs(page, idOf("noura"));
  const session = sql("SELECT id FROM training_sessions WHERE starts_at > now() AND cancelled_at IS NULL ORDER BY starts_at DESC LIMIT 1");
  for (const path of [
    "/admin",
    "/admin/settings",
    "/admin/settings/validity_months",
    "/admin/staff",
    "/admin/people",
    "/admin/audit",
    "/admin/audit?action=person_viewed&from=2020-01-01",
    "/admin/results",
    "/admin/organisations",
    `/admin/organisations/${sql("SELECT id FROM organisations ORDER BY name_key LIMIT 1")}/keys`,
    `/admin/organisations/${sql("SELECT id FROM organisations ORDER BY name_key LIMIT 1")}/webhooks`,
    "/admin/duplicates",
    "/admin/duplicates?standing=dismissed",
    `/admin/duplicates/${pairOf("afnan", "sara")}`,
    "/admin/messages",
    "/admin/sessions",
    "/admin/sessions?when=past",
    "/admin/sessions/new",
    `/admin/sessions/${session}`,
    "/admin/programmes",
    "/admin/programmes/new",
    `/admin/programmes/${newest("programmes")}`,
    "/admin/questions",
    "/admin/questions/new",
    `/admin/questions/${sql("SELECT id FROM questions WHERE retired_at IS NULL LIMIT 1")}`,
    `/admin/questions?module=${newest("renewal_modules")}`,
    `/admin/questions/new?module=${newest("renewal_modules")}`,
    "/admin/topics",
    "/admin/topics/new",
    `/admin/topics/${newest("topics")}`,
    "/admin/modules",
    "/admin/modules/new",
    `/admin/modules/${newest("renewal_modules")}`,
    "/admin/imports/new/sessions",
    "/admin/imports/new/questions",
  ]) {
    await opened(page, path, axe);
  }
});

test("a reviewer's pages", async ({ page, axe }) => {
  await signInAs(page, idOf("hind"));
  const number = sql("SELECT number FROM licences WHERE state = 'active' AND upper(valid) > current_date + 1 ORDER BY number LIMIT 1");
  for (const path of ["/review", "/review/renewals", "/review/decisions", "/oversight", `/oversight/${number}`]) {
    await opened(page, path, axe);
  }
  for (const act of ["suspend", "revoke", "correct"]) await opened(page, `/oversight/${number}/${act}`, axe);
});

test("a licence is suspended by one officer, and restored by two", async ({ page, axe }, info) => {
  // One holder for each of the runs, whom neither officer is tied to.
  const holder = ["layla", "maria", "youssef", "haya"][info.project.metadata.place as number] ?? "";
  const number = sql(`SELECT l.number FROM licences l JOIN accounts a USING (person_id)
    WHERE a.national_id_hash = '\\x${nationalIdHash(idOf(holder))}' AND l.kind = 'practitioner'`);
  const status = async (expected: string) => {
    await page.goto(`/verify/${number}`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(expected);
  };
  await status("رخصة سارية");
  await signInAs(page, idOf("hind"));
  await page.goto(`/oversight/${number}`);
  await page.getByRole("link", { name: "إيقاف الرخصة" }).click();
  await page.getByRole("button", { name: "تأكيد الإيقاف" }).click();
  await expect(page.locator(".error-summary")).toBeVisible();
  await axe(page);
  await page.locator("input[name=reason]").first().check();
  await page.getByLabel("ملاحظات المراجع").fill("شكوى رقم 7");
  await page.getByRole("button", { name: "تأكيد الإيقاف" }).click();
  await expect(page.getByText("أُوقفت الرخصة وأُرسلت رسالة")).toBeVisible();
  await axe(page);
  await status("رخصة موقوفة");

  await page.goto(`/oversight/${number}`);
  await page.getByRole("link", { name: "اقتراح إعادة سريانها" }).click();
  await page.locator("input[name=reason]").first().check();
  await page.getByLabel("ملاحظات المراجع").fill("زال السبب");
  await page.getByRole("button", { name: "تقديم المقترح" }).click();
  await expect(page.getByText("قُدّم المقترح، وهو ينتظر")).toBeVisible();
  await expect(page.getByRole("button", { name: "اعتماد إعادة السريان" })).toHaveCount(0);
  await status("رخصة موقوفة");

  await page.context().clearCookies();
  await signInAs(page, idOf("turki"));
  await page.goto(`/oversight/${number}`);
  await page.getByRole("button", { name: "اعتماد إعادة السريان" }).click();
  await expect(page.getByText("عاد سريان الرخصة")).toBeVisible();
  await axe(page);
  await status("رخصة سارية");
});

test("two people who are alike are told apart, and stay so", async ({ page, axe }, info) => {
  const [one, other] = [["layla", "maria"], ["maria", "youssef"], ["youssef", "haya"], ["haya", "layla"]][info.project.metadata.place as number] ?? ["", ""];
  const pair = pairOf(one, other);
  await signInAs(page, idOf("noura"));
  await page.goto(`/admin/duplicates/${pair}`);
  // Nothing is settled by a form that was left empty.
  const settle = page.getByRole("button", { name: "هما شخصان مختلفان" });
  await settle.click();
  await expect(page.locator(".error-summary")).toBeVisible();
  await axe(page);
  await page.getByLabel("المستندات لشخصين مختلفين").check();
  await settle.click();
  await expect(page.getByText("أن السجلّين لشخصين مختلفين")).toBeVisible();
  await expect(settle).toHaveCount(0);
  await axe(page);
  await page.goto("/admin/duplicates?standing=dismissed");
  await expect(page.locator(`a[href$="/admin/duplicates/${pair}"]`)).toBeVisible();
});

test("a paper result is recorded by a trainer, and counts once an administrator confirms it", async ({ page, axe }, info) => {
  test.slow();
  // One volunteer for each of the runs, who attended a session of a programme of their own.
  const volunteer = ["reem", "majed", "bandar", "ziyad"][info.project.metadata.place as number] ?? "";
  const person = (code: string) => `(SELECT person_id FROM accounts WHERE national_id_hash = '\\x${nationalIdHash(idOf(code))}')`;
  const [session, enrolment] = sql(`WITH programme AS (
      INSERT INTO programmes (code, kind, title_ar, title_en, summary_ar, summary_en, hours, retired_at)
      VALUES (gen_random_uuid()::text, 'practitioner', 'برنامج الورق', 'Paper programme', 'وصف', 'Summary', 5, now()) RETURNING id)
    INSERT INTO training_sessions (programme_id, mode, region, city, venue_ar, venue_en, starts_at, ends_at, enrol_by, trainer_id, seats)
    SELECT id, 'in_person', 'riyadh', 'riyadh', 'قاعة الورق', 'Paper hall', now() - interval '6 hours', now() - interval '1 hour',
      now() - interval '7 hours', ${person("salem")}, 5 FROM programme RETURNING id, gen_random_uuid()`)
    .split("\n")[0]
    ?.split("|") ?? ["", ""];
  sql(`INSERT INTO enrolments (id, session_id, programme_id, person_id, state, created_at)
    SELECT '${enrolment}', id, programme_id, ${person(volunteer)}, 'enrolled', now() - interval '8 hours' FROM training_sessions WHERE id = '${session}'`);
  sql(`UPDATE enrolments SET state = 'attended', attendance_by = ${person("salem")}, attendance_at = now() - interval '2 hours' WHERE id = '${enrolment}'`);

  await signInAs(page, idOf("salem"));
  await page.goto(`/trainer/${session}`);
  await page.getByRole("link", { name: "نتائج الاختبار الورقي" }).click();
  await page.waitForURL(`**/trainer/${session}/results`);
  const right = page.locator(`input[name="right[of-${enrolment}]"]`);
  await page.getByLabel("عدد أسئلة الورقة").fill("٢٠");
  await right.fill("٢١");
  await page.getByRole("button", { name: "حفظ النتائج" }).click();
  await expect(page.locator(".error-summary")).toBeVisible();
  await axe(page);
  // What was typed stays.
  await expect(page.getByLabel("عدد أسئلة الورقة")).toHaveValue("٢٠");
  await expect(right).toHaveValue("٢١");
  await right.fill("١٦");
  await page.getByRole("button", { name: "حفظ النتائج" }).click();
  await expect(page.getByText("حُفظت النتائج، وهي تنتظر اعتماد مدير المنصة")).toBeVisible();
  await expect(page.getByText("16 من 20 (80%)")).toBeVisible();
  await expect(page.getByRole("button", { name: /^سحب نتيجة/ })).toBeVisible();
  await axe(page);

  await page.context().clearCookies();
  await signInAs(page, idOf(volunteer));
  await page.goto(`/account/test/${enrolment}`);
  await expect(page.getByText("وهي تنتظر الاعتماد")).toBeVisible();
  await expect(page.getByRole("button", { name: "بدء الاختبار" })).toHaveCount(0);
  await axe(page);

  await page.context().clearCookies();
  await signInAs(page, idOf("noura"));
  await page.goto("/admin");
  await page.getByRole("link", { name: "نتائج ورقية تنتظر الاعتماد" }).click();
  await page.waitForURL("**/admin/results");
  const line = page.locator("li", { has: page.locator(`a[href$="/admin/sessions/${session}"]`) });
  await expect(line).toContainText("16 من 20 (80%)");
  await axe(page);
  await line.getByRole("button", { name: "اعتماد النتيجة" }).click();
  await expect(page.getByText("اعتُمدت النتيجة واحتُسبت محاولة")).toBeVisible();
  await expect(line).toHaveCount(0);
  await axe(page);

  await page.context().clearCookies();
  await signInAs(page, idOf(volunteer));
  await page.goto(`/account/test/${enrolment}/result/1`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("النتيجة: مجتاز");
  await expect(page.getByText("أُدّي هذا الاختبار ورقيًّا")).toBeVisible();
  await axe(page);
});

test("a trainer's pages", async ({ page, axe }) => {
  await signInAs(page, idOf("salem"));
  await opened(page, "/trainer", axe);
  const session = sql(`SELECT s.id FROM training_sessions s JOIN accounts a ON a.person_id = s.trainer_id
    WHERE a.national_id_hash = '\\x${nationalIdHash(idOf("salem"))}' AND s.cancelled_at IS NULL AND s.mode = 'in_person'
    ORDER BY s.starts_at LIMIT 1`);
  for (const path of [`/trainer/${session}`, `/trainer/${session}/report`, `/trainer/${session}/results`]) await opened(page, path, axe);
});

test("a holder's own pages", async ({ page, axe }) => {
  await signInAs(page, idOf("afnan"));
  for (const path of ["/account", "/account/messages", "/account/access-log", "/account/data", "/account/close", "/account/sign-ins"]) {
    await opened(page, path, axe);
  }
});

test("who is no officer finds no desk", async ({ page }) => {
  await signInAs(page, idOf("afnan"));
  for (const path of ["/admin", "/admin/people", "/review", "/oversight", "/trainer"]) {
    const answer = await page.goto(path);
    expect(answer?.status(), path).toBe(403);
    await expect(page.getByRole("heading", { name: "لا صلاحية لهذه الصفحة" }), path).toBeVisible();
  }
});
