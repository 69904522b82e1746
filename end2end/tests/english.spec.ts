// The portal in English: whole, from left to right, at both sizes; and the way between the languages.
import type { Page } from "@playwright/test";
import { sql } from "../database";
import { expect, test } from "../fixtures";
import { licensed, officer, person, session } from "../making";
import { as, idOf } from "../people";

/** Well formed and never issued. */
const UNKNOWN = "4821093755162049";

/** What the account page calls its owner. */
const GIVEN = "سلوى";

test.beforeEach(async ({ context, baseURL }) => {
  await context.addCookies([{ name: "lang", value: "en", url: baseURL ?? "" }]);
});

/** Signs in as somebody and keeps the language, which is a cookie too. */
async function asInEnglish(page: Page, who: { nationalId: string }): Promise<void> {
  await as(page, who, "/verify");
  await page.context().addCookies([{ name: "lang", value: "en", url: new URL(page.url()).origin }]);
}

/**
 * Arabic letters that a reader of English meets: in the text of the page and in what is read aloud of it, but for what
 * says that it is Arabic, for what somebody is called, and for samples of what programs read.
 */
const arabic = (page: Page): Promise<string[]> =>
  page.locator("html").evaluate((html, given) => {
    const found: string[] = [];
    const letters = /[\u0621-\u064A]/;
    const excused = "[lang=ar], bdi, pre, .licence-card__name, .roster__name, [name$=_ar], textarea, script, style, noscript";
    const walker = document.createTreeWalker(html, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.textContent ?? "";
      if (letters.test(text.replace(given, "")) && !node.parentElement?.closest(excused)) found.push(text.trim());
    }
    for (const element of html.querySelectorAll("[aria-label], [title], [placeholder], [alt]")) {
      if (element.closest(excused)) continue;
      for (const name of ["aria-label", "title", "placeholder", "alt"]) {
        const text = element.getAttribute(name) ?? "";
        if (letters.test(text)) found.push(`${name}: ${text}`);
      }
    }
    return found;
  }, GIVEN);

async function inEnglish(page: Page, paths: string[], axe: (page: Page) => Promise<void>): Promise<void> {
  for (const path of paths) {
    const answer = await page.goto(path);
    expect(answer?.status(), path).toBe(200);
    await expect(page.locator("html"), path).toHaveAttribute("lang", "en");
    await expect(page.locator("html"), path).toHaveAttribute("dir", "ltr");
    await expect(page.locator("h1"), path).toHaveCount(1);
    expect.soft(await arabic(page), `Arabic on ${path}`).toEqual([]);
    const overflow = await page.locator("html").evaluate((html) => html.scrollWidth - html.clientWidth);
    expect.soft(overflow, `${path} is wider than the screen`).toBeLessThanOrEqual(0);
    await axe(page);
  }
}

test("what anybody reads", async ({ page, axe }) => {
  test.slow();
  const open = sql("SELECT id FROM training_sessions WHERE enrol_by > now() AND cancelled_at IS NULL ORDER BY starts_at LIMIT 1");
  const licence = (where: string) => sql(`SELECT number FROM licences WHERE ${where} ORDER BY number LIMIT 1`);
  const valid = licence("state = 'active' AND valid @> current_date AND kind = 'management'");
  await inEnglish(
    page,
    [
      "/",
      "/help",
      "/privacy",
      "/report-forgery",
      "/api",
      "/licences/practitioner",
      "/licences/team-leader",
      "/licences/management",
      "/training",
      "/training?kind=team-leader&mode=in_person&region=najran",
      `/training/${open}`,
      "/sign-in",
      "/verify",
      "/verify?number=4821",
      `/verify/${valid}`,
      `/verify/${licence("state = 'revoked'")}`,
      `/verify/${licence("state = 'superseded'")}`,
      `/verify/${UNKNOWN}`,
      `/verify/${valid}/on`,
      "/verify/receipt",
      "/verify/bulk",
      "/verify/scan",
      "/offline",
      "/account-closed",
    ],
    axe,
  );
});

test("what a holder reads", async ({ page, axe }, info) => {
  const holder = person(info.project.name, { given: GIVEN });
  const number = licensed(holder, "30 days");
  await asInEnglish(page, holder);
  await inEnglish(
    page,
    [
      "/account",
      "/account/profile",
      "/account/sign-ins",
      "/account/messages",
      "/account/access-log",
      "/account/close",
      `/account/licences/${number}`,
      `/account/renew/${number}`,
      "/account/request/team-leader",
      "/account/request/management",
    ],
    axe,
  );
});

test("what officers read", async ({ page, axe }, info) => {
  test.setTimeout(240_000);
  const trainer = officer(info.project.name, "trainer");
  const own = session(trainer);
  await asInEnglish(page, trainer);
  await inEnglish(page, ["/trainer", `/trainer/${own}`, `/trainer/${own}/report`, `/trainer/${own}/results`, "/account/second-factor"], axe);
  const number = licensed(person(info.project.name));
  await asInEnglish(page, officer(info.project.name, "reviewer"));
  await inEnglish(
    page,
    ["/review", "/review/renewals", "/review/decisions", "/oversight", `/oversight/${number}`, `/oversight/${number}/suspend`, `/oversight/${number}/correct`],
    axe,
  );
  await asInEnglish(page, { nationalId: idOf("noura") });
  await inEnglish(
    page,
    [
      "/admin",
      "/admin/settings",
      "/admin/settings/validity_months",
      "/admin/staff",
      "/admin/people",
      "/admin/audit",
      "/admin/results",
      "/admin/duplicates",
      "/admin/messages",
      "/admin/sessions",
      "/admin/sessions/new",
      "/admin/programmes",
      "/admin/programmes/new",
      "/admin/questions",
      "/admin/questions/new",
      "/admin/topics",
      "/admin/modules",
      "/admin/imports/new/sessions",
    ],
    axe,
  );
});

test("the language is changed where one is, and what the address asks stays", async ({ page, context }) => {
  await context.clearCookies();
  const asked = "/training?kind=team-leader&mode=in_person";
  await page.goto(asked);
  await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
  await page.getByRole("button", { name: "English" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(page.locator("html")).toHaveAttribute("dir", "ltr");
  await expect(page).toHaveURL(asked);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Training");
  await expect(page.locator("article.card").first()).toBeVisible();
  // On the way, by a link: it is kept.
  await page.getByRole("contentinfo").getByRole("link", { name: "Help" }).click();
  await expect(page).toHaveURL(/\/help$/);
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await page.getByRole("button", { name: "العربية" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "ar");
  await expect(page).toHaveURL(/\/help$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("المساعدة");
});
