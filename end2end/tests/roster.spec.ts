// A hall of forty people and no signal: every mark waits in the trainer's phone, and arrives once.
import { sql } from "../database";
import { expect, test } from "../fixtures";
import { enrolled, officer, person, session } from "../making";
import { as } from "../people";

test.skip(({ javaScriptEnabled }) => javaScriptEnabled === false, "what waits in the browser needs JavaScript");
test.use({ expectedErrors: /ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED|Failed to load resource|when fetching the script/ });

const PEOPLE = 40;
const ABSENT = 5;

test("forty marks made with no signal arrive once, though the tab was closed", async ({ page, context, axe }, info) => {
  test.setTimeout(180_000);
  const trainer = officer(info.project.name, "trainer");
  const hall = session(trainer, { seats: PEOPLE });
  for (let made = 0; made < PEOPLE; made += 1) enrolled(person(info.project.name), hall);
  const marks = () =>
    sql(`SELECT count(*) || ' of ' || count(DISTINCT enrolment_id) FROM received_marks
      WHERE enrolment_id IN (SELECT id FROM enrolments WHERE session_id = '${hall}')`);
  const states = () =>
    sql(`SELECT count(*) FILTER (WHERE state = 'attended') || ' ' || count(*) FILTER (WHERE state = 'absent')
      FROM enrolments WHERE session_id = '${hall}'`);

  await as(page, trainer, `/trainer/${hall}`);
  await page.waitForLoadState("networkidle");
  const rows = page.locator(".roster__row");
  await expect(rows).toHaveCount(PEOPLE);
  await context.setOffline(true);
  for (let place = 0; place < PEOPLE; place += 1) {
    await rows.nth(place).getByRole("button", { name: place < ABSENT ? /^غاب/ : /^حضر/ }).click();
  }
  await expect(page.locator(".roster__row--unsent")).toHaveCount(PEOPLE);
  await expect(page.getByText("40 علامة بانتظار الإرسال")).toBeVisible();
  await expect(page.locator(".roster__count")).toBeVisible();
  await axe(page);
  expect(marks()).toBe("0 of 0");
  await page.close();

  await context.setOffline(false);
  const again = await context.newPage();
  await again.goto(`/trainer/${hall}`);
  await expect.poll(marks, { timeout: 20_000 }).toBe("40 of 40");
  await expect(again.locator(".roster__unsent")).toHaveCount(0);
  await expect(again.locator(".roster__count")).toContainText(`حضر ${PEOPLE - ABSENT} · غاب ${ABSENT}`);
  expect(states()).toBe(`${PEOPLE - ABSENT} ${ABSENT}`);
  // A second tab, and the first loaded anew, have nothing left to send.
  const second = await context.newPage();
  await Promise.all([again.reload({ waitUntil: "networkidle" }), second.goto(`/trainer/${hall}`, { waitUntil: "networkidle" })]);
  expect(marks()).toBe("40 of 40");
  await again.goto(`/trainer/${hall}/report`);
  await expect(again.getByRole("heading", { level: 1 })).toBeVisible();
});
