// From a request to the card: what is missing, and the card that a stranger can verify.
import { expect, test } from "../fixtures";
import { signInAs } from "../people";

/** Of the demonstration set. */
const HOLDER = "1000000347";

test("a holder's card leads a stranger to the verdict", async ({ page, axe }, info) => {
  await signInAs(page, HOLDER);
  await page.goto("/account");
  await page.locator('a[href^="/account/licences/"]').first().click();
  await expect(page.locator(".licence-card__number")).toHaveText(/\d{4} \d{4} \d{4} \d{4}/);
  await expect(page.locator(".licence-card__qr svg")).toBeVisible();
  const qr = await page.locator(".licence-card__qr svg").boundingBox();
  expect(qr?.width).toBeGreaterThanOrEqual(200);
  await axe(page);

  await page.getByRole("link", { name: "ما يراه من يتحقق من الرخصة" }).click();
  await expect(page).toHaveURL(/\/v\/\d{16}#[\w-]+\.[\w-]+\.[\w-]+$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("رخصة سارية");
  // The signature is checked in the browser, and told apart from the live answer.
  if (!info.project.name.endsWith("-nojs")) {
    await expect(page.getByText("وقّعه السجل: صحيح")).toBeVisible();
    await page.goto(`${page.url().slice(0, -4)}AAAA`);
    await page.reload();
    await expect(page.getByText("توقيع غير صحيح")).toBeVisible();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("رخصة سارية");
  }
  await axe(page);
});

test("a holder takes the licence and the certificate away on paper", async ({ page }) => {
  await signInAs(page, HOLDER);
  await page.goto("/account");
  const certificate = page.getByRole("link", { name: "شهادة الاجتياز" }).first();
  const paths = [await certificate.getAttribute("href")];
  await page.locator('a[href^="/account/licences/"]').first().click();
  for (const name of ["تنزيل PDF", "بطاقة للمحفظة"]) {
    paths.push(await page.getByRole("link", { name }).getAttribute("href"));
  }
  for (const path of paths) {
    const answer = await page.request.get(path ?? "");
    expect(answer.status(), path ?? "").toBe(200);
    expect(answer.headers()["content-type"]).toBe("application/pdf");
    expect((await answer.body()).subarray(0, 5).toString()).toBe("%PDF-");
  }
});

test("what is missing for a licence leads to what to do", async ({ page, axe }) => {
  await signInAs(page, HOLDER);
  await page.goto("/account/request/team-leader");
  await expect(page.getByText("ناقص").first()).toBeVisible();
  await expect(page.getByRole("link", { name: "الدورات المتاحة" })).toHaveAttribute("href", "/training?kind=team-leader");
  await axe(page);
});
