// Returned, rejected, appealed: what applicants see, and a reviewer's desk narrowed and looked back on.
import { expect, test } from "../fixtures";
import { idOf, signInAs } from "../people";

test("a returned request shows its reason beside just the field to mend", async ({ page, axe }) => {
  await signInAs(page, idOf("afnan"));
  await page.goto("/account");
  await page.locator('a[href^="/account/requests/"]').first().click();
  await expect(page.getByText("فيه خطأ إملائي")).toBeVisible();
  await expect(page.locator("#latin_name")).toBeVisible();
  await expect(page.locator("#given_name")).toHaveCount(0);
  await axe(page);
});

test("a rejected request shows why, and takes an appeal in time", async ({ page, axe }) => {
  await signInAs(page, idOf("anil"));
  await page.goto("/account");
  await page.locator('a[href^="/account/requests/"]').first().click();
  await expect(page.getByText("لم يُقبل ما يثبت أحد المتطلبات")).toBeVisible();
  await expect(page.getByRole("button", { name: "تقديم التظلّم" })).toBeVisible();
  await axe(page);
});

test("a reviewer narrows the queue and finds earlier decisions", async ({ page, axe }) => {
  await signInAs(page, idOf("hind"));
  await page.goto("/review?kind=management&age=from_60");
  await expect(page.locator("#kind")).toHaveValue("management");
  await expect(page.locator("#age")).toHaveValue("from_60");
  await axe(page);
  await page.getByRole("link", { name: "قراراتي" }).click();
  await page.waitForURL(/\/review\/decisions$/);
  await page.getByRole("link", { name: "رفض", exact: true }).click();
  await page.waitForURL(/outcome=rejected/);
  await expect(page.locator(".task-list__item").first()).toBeVisible();
  await axe(page);
});

test.describe("by keys", () => {
  test.skip(({ javaScriptEnabled }) => javaScriptEnabled === false, "keys need JavaScript; every act has its button");

  test("a reviewer decides and undoes without a pointer", async ({ page }, info) => {
    test.skip(info.project.name !== "desktop", "one keyboard is enough, and one request fewer for the other flows");
    // A key works once what bears it is there, and the script has come.
    const byKey = (key: string, done: () => Promise<void>): Promise<void> =>
      expect(async () => {
        await page.locator(`[data-key=Key${key.toUpperCase()}]`).waitFor({ timeout: 2_000 });
        await page.keyboard.press(key);
        await done();
      }).toPass();
    await signInAs(page, idOf("turki"));
    await page.goto("/review");
    // The demonstration set gives them a request to go on with.
    await page.getByRole("link", { name: "متابعة الطلب" }).press("Enter");
    await page.waitForURL(/\/review\/\d{10}/);
    const request = page.url();
    await byKey("x", () => expect(page.locator("details[open] #text")).toBeVisible({ timeout: 2_000 }));
    // A letter that is typed is no act.
    await page.locator("#text").press("a");
    await expect(page.locator("#text")).toHaveValue("a");
    expect(page.url()).toBe(request);
    await page.locator("summary").first().focus();
    await byKey("r", () => expect(page.locator("details[open] #fields")).toBeVisible({ timeout: 2_000 }));
    await byKey("a", () => page.waitForURL(/\/review\/decided\//, { timeout: 3_000 }));
    await byKey("z", () => page.waitForURL(/\/review\/\d{10}/, { timeout: 3_000 }));
    await byKey("l", () => page.waitForURL(/\/review(\?|$)/, { timeout: 3_000 }));
    await byKey("n", () => page.waitForURL(/\/review\/\d{10}/, { timeout: 3_000 }));
  });
});
