// The whole story: somebody new earns a licence, and anyone can verify it.
import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { sql } from "../database";
import { expect, test } from "../fixtures";
import { newPerson, signIn, signInAs } from "../people";
import { passTheTest } from "../sitting";

const demonstration = JSON.parse(readFileSync(new URL("../../src/cli/seed/data/people.json", import.meta.url), "utf8")) as {
  national_id: string;
  latin_name: string;
}[];

function latinName(nationalId: string): string {
  return demonstration.find(({ national_id }) => national_id === nationalId)?.latin_name ?? "";
}

/** One trainer and one reviewer of the demonstration set for each size. */
const staff: Record<string, { trainer: string; reviewer: string }> = {
  phone: {
    trainer: "1000000057",
    reviewer: "1000000032",
  },
  desktop: {
    trainer: "1000000065",
    reviewer: "1000000040",
  },
};

// A reviewer may find that the other project's reviewer was faster.
test.use({ expectedErrors: /409/ });

async function completeProfile(page: Page): Promise<void> {
  await page.goto("/account/profile");
  await page.getByLabel("الاسم الأول").fill("نورة");
  await page.getByLabel("اسم الأب").fill("عبد العزيز");
  await page.getByLabel("اسم العائلة").fill("الشهراني");
  await page.getByLabel("الاسم بالحروف اللاتينية").fill("Noura Alshahrani");
  await page.getByLabel("اليوم").fill("4");
  await page.getByLabel("الشهر").fill("9");
  await page.getByLabel("السنة").fill("1996");
  await page.getByLabel("ميلادي").check();
  await page.getByLabel("المنطقة والمدينة").selectOption("riyadh/riyadh");
  await page.getByLabel("البريد الإلكتروني").fill("noura@example.org");
  await page.getByRole("button", { name: "حفظ" }).click();
  await page.waitForURL(/\/account$/);
}

test("somebody new earns a licence, and anyone can verify it", async ({ browser, page, codeFor, axe, baseURL }, info) => {
  const people = staff[info.project.name.replace("-nojs", "")];
  if (!people) throw new Error(`no staff for ${info.project.name}`);
  test.setTimeout(180_000);
  const other = async (): Promise<Page> => (await browser.newContext({ ...info.project.use, baseURL })).newPage();

  const volunteer = newPerson(`${info.project.name} story`);
  await signIn(page, volunteer, codeFor);
  await completeProfile(page);

  // A session of this trainer, in person, with a free seat. Its day then comes.
  const programme = "SELECT id FROM programmes WHERE kind = 'practitioner' ORDER BY code LIMIT 1";
  const trainer = `SELECT id FROM persons WHERE latin_name = '${latinName(people.trainer)}'`;
  const session = sql(`INSERT INTO training_sessions (programme_id, mode, region, city, venue_ar, venue_en, starts_at, ends_at,
      enrol_by, trainer_id, seats) SELECT (${programme}), 'in_person', 'riyadh', 'riyadh', 'قاعة القصة', 'Story hall',
      now() + interval '2 days', now() + interval '2 days 6 hours', now() + interval '1 day', (${trainer}), 5 RETURNING id`)
    .split("\n")[0];
  await page.goto(`/training/${session}`);
  await page.getByRole("button", { name: "التسجيل في الدورة" }).click();
  await expect(page.getByText("مقعدك محجوز")).toBeVisible();
  sql(`UPDATE training_sessions SET starts_at = now() - interval '1 hour', enrol_by = now() - interval '1 hour',
      ends_at = now() + interval '5 hours' WHERE id = '${session}'`);

  const hall = await other();
  await signInAs(hall, people.trainer);
  await hall.goto(`/trainer/${session}`);
  await hall.getByRole("button", { name: /^حضر/ }).click();
  await expect(hall.getByRole("button", { name: /^حضر/ })).toHaveAttribute("aria-pressed", "true");
  await hall.getByRole("button", { name: /^مطابقة الهوية/ }).click();
  await expect(hall.getByRole("button", { name: /^طوبقت الهوية/ })).toBeVisible();
  await axe(hall);
  await hall.context().close();

  await page.goto("/account");
  await page.locator('a[href^="/account/test/"]').first().click();
  await passTheTest(page);

  await page.goto("/account/request/practitioner");
  await axe(page);
  await page.getByRole("checkbox").check();
  await page.getByRole("button", { name: "تقديم الطلب" }).click();
  await page.waitForURL(/\/account\/requests\/\d{10}$/);
  await expect(page.getByText("قُدّم طلبك")).toBeVisible();
  await axe(page);
  const request = page.url().slice(-10);

  const desk = await other();
  await signInAs(desk, people.reviewer);
  // A decision takes effect after ten seconds. The other project's reviewer may have been faster; then others' requests
  // come first here.
  const approved = async (): Promise<boolean> => {
    await page.goto(`/account/requests/${request}`);
    return page.locator("main").getByText("مقبول").isVisible();
  };
  await expect(async () => {
    if (await approved()) return;
    await desk.goto("/review");
    const take = desk.locator("main").getByRole("button", { name: "أخذ الطلب التالي" }).or(desk.getByRole("link", { name: "متابعة الطلب" }));
    if (await take.isVisible()) {
      await take.click({ timeout: 5_000 });
      await expect(desk.getByRole("button", { name: /قبول وإصدار الرخصة/ })).toBeVisible({ timeout: 5_000 });
      await axe(desk);
      await desk.getByRole("button", { name: /قبول وإصدار الرخصة/ }).click({ timeout: 5_000 });
      await desk.waitForURL(/\/review\/decided\//, { timeout: 5_000 });
      await axe(desk);
    }
    expect(await approved()).toBe(true);
  }).toPass({ timeout: 90_000, intervals: [1_000] });
  await desk.context().close();

  await page.goto("/account");
  await page.locator('a[href^="/account/licences/"]').first().click();
  await page.waitForURL(/\/account\/licences\/\d{16}$/);
  const number = page.url().slice(-16);
  await expect(page.locator(".licence-card")).toContainText(number.replace(/(\d{4})(?=\d)/g, "$1 "));
  await axe(page);

  // Somebody at the door, without an account, types the number with Arabic digits.
  const door = await other();
  await door.goto("/verify");
  await door.locator("#number").fill(number.replace(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit))));
  await door.locator("main form button[type=submit]").first().click();
  await expect(door.getByRole("heading", { name: "رخصة سارية" })).toBeVisible();
  await expect(door.locator("main")).toContainText("نورة ع. ش.");
  await expect(door.locator("main")).not.toContainText("الشهراني");
  await axe(door);
  await door.context().close();
});
