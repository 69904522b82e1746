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
    await signInAs(page, idOf("turki"));
    await page.goto("/review");
    const take = page.getByRole("button", { name: "أخذ الطلب التالي" });
    await expect(take).toHaveAttribute("aria-keyshortcuts", "N");
    await expect(async () => {
      await page.keyboard.press("n");
      await page.waitForURL(/\/review\/\d{10}/, { timeout: 2_000 });
    }).toPass();
    const request = page.url();
    await page.keyboard.press("x");
    await expect(page.locator("details[open] #text")).toBeVisible();
    // A letter that is typed is no act.
    await page.locator("#text").fill("");
    await page.locator("#text").press("a");
    expect(page.url()).toBe(request);
    await expect(page.locator("#text")).toHaveValue("a");
    await page.keyboard.press("Escape");
    await page.locator("summary").first().focus();
    await page.keyboard.press("r");
    await expect(page.locator("details[open] #fields")).toBeVisible();
    await page.keyboard.press("a");
    await page.waitForURL(/\/review\/decided\//);
    await page.keyboard.press("z");
    await page.waitForURL(/\/review\/\d{10}/);
    await page.keyboard.press("l");
    await page.waitForURL(/\/review(\?|$)/);
  });
});
