// The second step of staff: a recovery code everywhere, a passkey where there is a script. Browsers give passkeys to
// `localhost`, where this runs, and to no IP address.
import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures";
import { idOf, signInAs } from "../people";

// A form sent before the second step; a wrong code.
test.use({ expectedErrors: /status of (403|422)/ });

const check = "/account/second-factor";
/** An officer of their own for each of the four runs. */
const officers = ["maha", "yasser", "nasser", "salem"];
const officer = (place: unknown) => idOf(officers[place as number] ?? "");

async function type(page: Page, code: string, button: string): Promise<void> {
  await page.locator("#code").fill(code);
  await page.getByRole("button", { name: button }).click();
}

test("an officer signs in with the mobile's code and a recovery code", async ({ page, axe, codeFor }, info) => {
  await page.goto("/sign-in");
  await page.locator("#national_id").fill(idOf("fahad"));
  await page.locator("#mobile").fill("0500001002");
  await page.locator("main form button[type=submit]").first().click();
  await page.waitForURL(/\/sign-in\/code\//);
  await page.locator("#code").fill(await codeFor("0500001002"));
  await page.locator("main form button[type=submit]").first().click();
  await page.waitForURL(new RegExp(`${check}$`));
  await axe(page);
  await page.goto("/admin/staff?role=reviewer");
  await page.waitForURL(`**${check}?next=*`);
  await type(page, "1234 5678 9012", "التحقق بالرمز");
  await expect(page.getByText("الرمز غير صحيح أو استُعمل من قبل").first()).toBeVisible();
  await expect(page).toHaveURL(/next=/);
  await axe(page);
  const digit = String(info.project.metadata.place);
  await type(page, `${digit.repeat(4)} ${digit.repeat(4)} ${digit.repeat(4)}`, "التحقق بالرمز");
  await page.waitForURL(/\/admin\/staff\?role=reviewer$/);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.goto("/admin");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("إدارة المنصة");
});

test("new recovery codes are kept when one of them is typed", async ({ page, axe }, info) => {
  await signInAs(page, officer(info.project.metadata.place));
  await page.goto(check);
  await page.getByRole("button", { name: "إنشاء رموز جديدة" }).click();
  const codes = page.locator("ol.codes li");
  await expect(codes).toHaveCount(10);
  await axe(page);
  await type(page, "1234 5678 9012", "تأكيد حفظ الرموز");
  await expect(page.locator(".error-summary")).toBeVisible();
  await expect(codes).toHaveCount(10);
  const [first, second] = [await codes.nth(0).innerText(), await codes.nth(1).innerText()];
  await type(page, first, "تأكيد حفظ الرموز");
  await expect(page.getByText("حُفظت رموز الاسترداد")).toBeVisible();
  await axe(page);

  await page.context().clearCookies();
  await signInAs(page, officer(info.project.metadata.place), null);
  await page.goto("/trainer");
  await page.waitForURL(`**${check}?next=*`);
  await type(page, second, "التحقق بالرمز");
  await page.waitForURL(/\/trainer$/);
});

test("a passkey is added, used, refused and removed", async ({ page, axe, javaScriptEnabled }, info) => {
  const id = officer(info.project.metadata.place);
  await signInAs(page, id);
  await page.goto(check);
  if (javaScriptEnabled === false) {
    await expect(page.getByText("مفتاح المرور يحتاج إلى جافاسكربت").first()).toBeVisible();
    return;
  }
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  const { authenticatorId } = await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  await page.getByRole("button", { name: "إضافة مفتاح مرور" }).click();
  await expect(page.getByText("أُضيف مفتاح المرور.")).toBeVisible();
  await axe(page);
  await page.getByRole("button", { name: "إضافة مفتاح مرور" }).click();
  await expect(page.getByText("في هذا الجهاز مفتاح مرور لحسابك من قبل")).toBeVisible();

  await page.context().clearCookies();
  await signInAs(page, id, null);
  await page.goto("/trainer");
  await page.waitForURL(`**${check}?next=*`);
  await axe(page);
  // The wrong finger.
  await devtools.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: false });
  await page.getByRole("button", { name: "التحقق بمفتاح المرور" }).click();
  await expect(page.getByText("لم يكتمل التحقق بمفتاح المرور")).toBeVisible();
  await devtools.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: true });
  await page.getByRole("button", { name: "التحقق بمفتاح المرور" }).click();
  await page.waitForURL(/\/trainer$/);

  await page.goto(check);
  await page.getByRole("button", { name: "إزالة" }).click();
  await expect(page.getByText("أُزيل مفتاح المرور.")).toBeVisible();
  await expect(page.getByText("لا مفاتيح مرور بعد")).toBeVisible();
});

test("granting a role asks for a fresh check, and keeps what was chosen", async ({ page, axe }, info) => {
  // A subject of their own for each of the runs.
  const subject = ["layla", "maria", "youssef", "haya"][info.project.metadata.place as number] ?? "";
  await signInAs(page, idOf("noura"), 11);
  await page.goto("/admin/people");
  await page.locator("#national_id").fill(idOf(subject));
  await page.locator("main form button[type=submit]").first().click();
  await page.waitForURL(/\/admin\/people\/.+/);
  await page.locator("#role").selectOption("trainer");
  await page.getByRole("button", { name: "منح الدور" }).click();
  const link = page.getByRole("link", { name: /التحقق الآن/ });
  await expect(link).toBeVisible();
  await expect(page.locator("#role")).toHaveValue("trainer");
  await axe(page);
  const opened = page.waitForEvent("popup");
  await link.click();
  const other = await opened;
  const digit = String(5 + Number(info.project.metadata.place));
  await type(other, digit.repeat(12), "التحقق بالرمز");
  await other.waitForURL(/\/admin\/people\/.+/);
  await other.close();
  await page.getByRole("button", { name: "منح الدور" }).click();
  await expect(page.getByRole("heading", { name: "مدرب" })).toBeVisible();
  await page.getByText("سحب الدور").click();
  await page.getByRole("button", { name: "تأكيد السحب" }).click();
  await expect(page.getByRole("heading", { name: "مدرب" })).toHaveCount(0);
});
