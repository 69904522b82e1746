// What every browser test starts from: import { test, expect } from "../fixtures".
import AxeBuilder from "@axe-core/playwright";
import { test as base, expect, type Page } from "@playwright/test";

/** A message in the development inbox; `code` is null where it carries no one-time code. */
interface Message {
  to: string;
  body: string;
  code: string | null;
}

interface Fixtures {
  /** The console errors a test provokes on purpose: `test.use({ expectedErrors: /404/ })`. */
  expectedErrors: RegExp | undefined;
  quietConsole: void;
  /** Fails on any violation of WCAG 2.2 AA on the page as it stands. */
  axe: (page: Page) => Promise<void>;
  /**
   * The newest one-time code sent to a mobile (any form a person may type), once there is one.
   * After asking for another, pass the earlier code: it waits for a different one.
   */
  codeFor: (mobile: string, earlier?: string) => Promise<string>;
}

const wcag = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"];

function international(mobile: string): string {
  return `+966${mobile.replace(/\D/g, "").replace(/^(00)?966/, "").replace(/^0/, "")}`;
}

async function check(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    // Without it a second page is opened to gather what frames of other sites hold; there are none here.
    .setLegacyMode()
    // What passed is not looked at, and takes the most time to gather.
    .options({ resultTypes: ["violations"] })
    .withTags(wcag)
    .analyze();
  const found = violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map(({ html }) => html) }));
  expect(found, `accessibility of ${page.url()}`).toEqual([]);
}

/** axe waits for timers, which never fire where JavaScript is off: it gets the same page, at the same address, without its scripts. */
async function checkCopy(page: Page, copy: Page): Promise<void> {
  const body = (await page.content()).replace(/<script\b.*?<\/script>/gs, "").replace(/<(\/?)noscript\b/g, "<$1div");
  await copy.route(page.url(), (route) => route.fulfill({ body, contentType: "text/html; charset=utf-8" }), { times: 1 });
  await copy.goto(page.url());
  await check(copy);
}

export const test = base.extend<Fixtures>({
  expectedErrors: [undefined, { option: true }],

  quietConsole: [
    async ({ context, expectedErrors }, use) => {
      const errors: string[] = [];
      const note = (text: string) => {
        if (!expectedErrors?.test(text)) errors.push(text);
      };
      context.on("console", (message) => {
        if (message.type() === "error") note(`${message.text()} (${message.location().url})`);
      });
      context.on("weberror", (error) => note(String(error.error().stack ?? error.error())));
      await use();
      expect(errors, "errors in the browser's console").toEqual([]);
    },
    { auto: true },
  ],

  axe: async ({ browser, javaScriptEnabled }, use) => {
    if (javaScriptEnabled !== false) {
      await use(check);
      return;
    }
    let copy: Page | undefined;
    await use(async (page) => {
      copy ??= await (await browser.newContext({ javaScriptEnabled: true })).newPage();
      await checkCopy(page, copy);
    });
    await copy?.context().close();
  },

  codeFor: async ({ request }, use) => {
    await use(async (mobile, earlier) => {
      let code: string | null | undefined;
      await expect(async () => {
        const answer = await request.get("/dev/inbox.json", { params: { to: international(mobile) } });
        expect(answer.status()).toBe(200);
        const messages = (await answer.json()) as Message[];
        code = messages.find((message) => message.code)?.code;
        expect(code, `a one-time code for ${mobile}`).toBeTruthy();
        expect(code).not.toBe(earlier);
      }).toPass({ timeout: 15_000 });
      return code as string;
    });
  },
});

export { expect };
