// Scanning: a code read from a picture and checked in the browser, with a connection and without.
import { writeFile } from "node:fs/promises";
import type { Page, TestInfo } from "@playwright/test";
import QRCode from "qrcode";
import { expect, test } from "../fixtures";
import { signInAs } from "../people";

/** Of the demonstration set: a valid licence, and where its card is. */
const HOLDER = "1000000347";

test.use({ expectedErrors: /ERR_INTERNET_DISCONNECTED|ERR_FAILED|Failed to load resource|Failed to fetch/ });

test("without scripts the page says how else to verify", async ({ page, axe }, info) => {
  await page.goto("/verify/scan");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("مسح رمز الرخصة");
  await expect(page.getByLabel("رقم الرخصة")).toBeVisible();
  if (info.project.name.endsWith("-nojs")) {
    await expect(page.getByRole("button", { name: "فتح الكاميرا" })).toHaveCount(0);
  } else {
    await expect(page.getByRole("button", { name: "فتح الكاميرا" })).toBeVisible();
  }
  await axe(page);
});

test.describe("with scripts", () => {
  test.skip(({ javaScriptEnabled }) => javaScriptEnabled === false, "scanning needs JavaScript");

  test("a code from a card is signed and live; other codes are told apart", async ({ page, axe, baseURL }, info) => {
    const { address, picture } = await cardOf(page, info);
    await page.goto("/verify/scan", { waitUntil: "networkidle" });
    await choose(page, picture);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("رخصة سارية");
    await expect(page.getByText("وقّعه السجل: صحيح")).toBeVisible();
    await expect(page.getByText("بحسب السجل في", { exact: false })).toBeVisible();
    await axe(page);

    await page.getByRole("button", { name: "مسح رمز آخر" }).click();
    await choose(page, await QRCode.toBuffer("https://rukhsa.example.evil.example/v/4821093755162049#a.b.c"));
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("رمز من خارج البوابة");
    await expect(page.getByText("rukhsa.example.evil.example")).toBeVisible();
    await axe(page);

    // One letter of the signature is another.
    await page.getByRole("button", { name: "مسح رمز آخر" }).click();
    const at = address.length - 20;
    const forged = address.slice(0, at) + (address[at] === "A" ? "B" : "A") + address.slice(at + 1);
    await choose(page, await QRCode.toBuffer(forged));
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("توقيع غير صحيح");

    await page.getByRole("button", { name: "مسح رمز آخر" }).click();
    await choose(page, await QRCode.toBuffer(`${baseURL}/help`));
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("ليس رمز رخصة");
    await page.getByRole("button", { name: "مسح رمز آخر" }).click();
    await choose(page, Buffer.from(await page.screenshot({ clip: { x: 0, y: 0, width: 40, height: 40 } })));
    await expect(page.getByText("لا رمز واضح في الصورة", { exact: false })).toBeVisible();
  });

  test("the camera reads a code that is held before it", async ({ page, playwright, launchOptions, viewport, locale, baseURL }, info) => {
    const { address } = await cardOf(page, info);
    const film = info.outputPath("card.y4m");
    await writeFile(film, filmOf(address));
    const camera = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", `--use-file-for-fake-video-capture=${film}`];
    const browser = await playwright.chromium.launch({ ...launchOptions, args: [...(launchOptions.args ?? []), ...camera] });
    try {
      const context = await browser.newContext({ baseURL, viewport, locale, permissions: ["camera"] });
      const visitor = await context.newPage();
      await visitor.goto("/verify/scan", { waitUntil: "networkidle" });
      await visitor.getByRole("button", { name: "فتح الكاميرا" }).click();
      await expect(visitor.getByRole("heading", { level: 1 })).toHaveText("رخصة سارية", { timeout: 30_000 });
      await expect(visitor.getByText("وقّعه السجل: صحيح")).toBeVisible();
    } finally {
      await browser.close();
    }
  });

  test("in airplane mode the signature and the last list answer, and turn amber with age", async ({ page, context }, info) => {
    const { address, picture } = await cardOf(page, info);
    await installed(page);
    await context.setOffline(true);
    await page.goto("/verify/scan");
    await choose(page, picture);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("رخصة سارية");
    await expect(page.getByText("بلا اتصال: بحسب قائمة الحالات", { exact: false })).toBeVisible();
    await expect(page.locator(".verdict--valid")).toBeVisible();

    // The phone's own camera opens a card's address: the worker leads to what can be checked here.
    await page.goto("about:blank");
    await page.goto(address);
    await expect(page).toHaveURL(/\/verify\/scan\?number=\d{16}#/);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("رخصة سارية");

    const later = await context.newPage();
    await later.clock.setFixedTime(Date.now() + 3 * 60 * 60 * 1000);
    await later.goto("/verify/scan");
    await choose(later, picture);
    await expect(later.locator(".verdict--stale")).toBeVisible();
    await expect(later.getByText("القائمة أقدم من مدة صلاحيتها", { exact: false })).toBeVisible();
  });

  test("with no signal the holder's own card shows, and nothing of a page of theirs", async ({ page, context }, info) => {
    await cardOf(page, info);
    await installed(page);
    await page.goto("/account");
    const kept = await page.evaluate(async () => {
      const texts: string[] = [];
      for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) {
          texts.push(new URL(request.url).pathname);
        }
      }
      return texts;
    });
    expect(kept).toContain("/verify/scan");
    expect(kept.filter((path) => /^\/(account|trainer|review|admin|api)/.test(path))).toEqual([]);
    await context.setOffline(true);
    await page.goto("/account");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("لا يوجد اتصال");
    await expect(page.locator(".licence-card__qr svg").first()).toBeVisible();
    await context.setOffline(false);
    await page.getByRole("link", { name: "إعادة المحاولة" }).click();
    await expect(page).toHaveURL(/\/account$/);

    // A page whose code was not fetched yet is asked for whole.
    await page.goto("/account", { waitUntil: "networkidle" });
    await context.setOffline(true);
    await page.getByRole("contentinfo").getByRole("link", { name: "المساعدة" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("لا يوجد اتصال");
    await context.setOffline(false);
    await page.getByRole("link", { name: "إعادة المحاولة" }).click();
    await expect(page).toHaveURL(/\/help$/);

    // Whoever signs out leaves no card behind.
    await page.goto("/account", { waitUntil: "networkidle" });
    await page.getByRole("button", { name: "تسجيل الخروج" }).click();
    await expect(page).toHaveURL(/\/$/);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("رخصة العمل التطوعي");
    await context.setOffline(true);
    await page.goto("/account");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("لا يوجد اتصال");
    await expect(page.locator(".licence-card__qr svg")).toHaveCount(0);
  });
});

/**
 * Signs the holder in; the address behind the code on their card, and a picture of it: a screenshot of the card on a phone,
 * whose screen has pixels enough.
 */
async function cardOf(page: Page, info: TestInfo): Promise<{ address: string; picture: Buffer }> {
  await signInAs(page, HOLDER);
  await page.goto("/account");
  await page.locator('a[href^="/account/licences/"]').first().click();
  await page.waitForURL(/\/account\/licences\//);
  await page.goto(page.url(), { waitUntil: "networkidle" });
  const screenshot = await page.locator(".licence-card__qr svg").screenshot();
  const address = await page.getByRole("link", { name: "ما يراه من يتحقق من الرخصة" }).evaluate((link) => (link as HTMLAnchorElement).href);
  return { address, picture: info.project.name === "phone" ? screenshot : await QRCode.toBuffer(address) };
}

/** A film (YUV4MPEG2, one frame over and over) of a code in the middle of a grey room. */
function filmOf(text: string): Buffer {
  const [width, height] = [1280, 720];
  const { modules } = QRCode.create(text);
  const quiet = 4;
  const scale = Math.floor(height / (modules.size + 2 * quiet + 8));
  const side = (modules.size + 2 * quiet) * scale;
  const [left, top] = [(width - side) >> 1, (height - side) >> 1];
  const luma = Buffer.alloc(width * height, 150);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const [column, row] = [Math.floor(x / scale) - quiet, Math.floor(y / scale) - quiet];
      const inside = Math.min(column, row) >= 0 && Math.max(column, row) < modules.size;
      luma[(top + y) * width + left + x] = inside && modules.get(row, column) ? 30 : 225;
    }
  }
  const grey = Buffer.alloc((width * height) / 2, 128);
  return Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\nFRAME\n`), luma, grey]);
}

/** Opens the scanning page and waits until the browser keeps what it needs. */
async function installed(page: Page): Promise<void> {
  await page.goto("/verify/scan", { waitUntil: "networkidle" });
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await expect
    .poll(() => page.evaluate(async () => Boolean(await (await caches.open("rukhsa-offline")).match("/status/revocation/1"))))
    .toBe(true);
  // Loaded through the worker now: the reader of codes is kept too.
  await page.reload({ waitUntil: "networkidle" });
  await choose(page, await QRCode.toBuffer("hello"));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("ليس رمز رخصة");
}

async function choose(page: Page, picture: Buffer): Promise<void> {
  await page.locator("#picture").setInputFiles({ name: "code.png", mimeType: "image/png", buffer: picture });
}
