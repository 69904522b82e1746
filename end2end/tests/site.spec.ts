// What every page has: a footer that asks whether it was useful; and what an address that leads nowhere shows.
import { expect, test } from "../fixtures";

test.use({ expectedErrors: /404/ });

test("a reader says whether a page was useful", async ({ page, axe }) => {
  await page.goto("/help");
  await page.getByText("إضافة ملاحظة").click();
  await page.getByLabel("ملاحظة (اختياري)").fill("الخط صغير");
  await axe(page);
  await page.getByRole("button", { name: "لا", exact: true }).click();
  await expect(page.getByText("شكرًا لك", { exact: true })).toBeVisible();
  await expect(page).toHaveURL(/\/help(#thanks)?$/);
  await expect(page.getByRole("button", { name: "لا", exact: true })).toBeHidden();
  await axe(page);
});

test("an address that leads nowhere says so and leads home", async ({ page, axe }) => {
  const answer = await page.goto("/nowhere");
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("الصفحة غير موجودة");
  await axe(page);
  await page.locator("main").getByRole("link", { name: "العودة إلى الرئيسية" }).click();
  await expect(page).toHaveURL(/\/$/);
});

test.describe("with scripts", () => {
  test.skip(({ javaScriptEnabled }) => javaScriptEnabled === false, "without scripts there is no code to fetch");
  test.use({ expectedErrors: /404|wasm/i });

  test("a page whose code is gone, as after a release, comes whole", async ({ page }) => {
    await page.goto("/verify", { waitUntil: "networkidle" });
    await page.route(/\/pkg\/split_reading\./, (route) => route.fulfill({ status: 404 }));
    const whole = page.waitForRequest((request) => request.isNavigationRequest());
    await page.getByRole("contentinfo").getByRole("link", { name: "المساعدة" }).click();
    expect(new URL((await whole).url()).pathname).toBe("/help");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("المساعدة");
    // It is not asked for once more, and leads on without its code.
    const again = page.waitForRequest((request) => request.isNavigationRequest(), { timeout: 2_000 });
    await expect(again).rejects.toThrow();
    await page.getByRole("link", { name: "التحقق من رخصة" }).first().click();
    await expect(page).toHaveURL(/\/verify$/);
  });
});
