// A webhook of an organisation's, through the administrator's screens and as its receiver meets it: the secret is replaced, what
// was not taken is told in words, and all of a day is told again only after it was said how much that is.
import { createHmac, randomUUID } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { sql } from "../database";
import { expect, test } from "../fixtures";
import { licensed, officer, person } from "../making";
import { as } from "../people";

interface Told {
  headers: IncomingHttpHeaders;
  body: string;
}

/** A program that keeps what it is told and answers as it is set to. */
class Receiver {
  answer = 503;
  readonly told: Told[] = [];
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      let body = "";
      request.setEncoding("utf8");
      request.on("data", (part: string) => {
        body += part;
      });
      request.on("end", () => {
        this.told.push({ headers: request.headers, body });
        response.writeHead(this.answer).end();
      });
    });
  }

  static async start(): Promise<Receiver> {
    const receiver = new Receiver();
    await new Promise<void>((resolve) => receiver.#server.listen(0, "127.0.0.1", resolve));
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/hook`;
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

/** A signature by Standard Webhooks. */
function signature(secret: string, { headers, body }: Told): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
  return `v1,${createHmac("sha256", key).update(signed).digest("base64")}`;
}

/** An approved organisation with a team in which somebody is. */
function organisationOf(member: { id: string }): string {
  const [body, team] = [randomUUID(), randomUUID()];
  sql(`INSERT INTO organisations (id, name_ar, name_en, name_key, sector, region, approved_at)
    VALUES ('${body}', 'جهة ${body}', 'Body ${body}', '${body}', 'government', 'bahah', now());
    INSERT INTO teams (id, slug, name_ar, name_en, name_key, purpose_ar, purpose_en, region, organisation_id, leader_id, approved_at)
    VALUES ('${team}', '${team}', 'فريق ${team}', 'Team ${team}', '${team}', 'غرض', 'Purpose', 'bahah', '${body}', '${member.id}', now());
    INSERT INTO memberships (team_id, person_id) VALUES ('${team}', '${member.id}')`);
  return body;
}

test("a secret is replaced, a failure is told in words, and a day is told again after asking", async ({ page, axe }, info) => {
  test.setTimeout(180_000);
  const receiver = await Receiver.start();
  const member = person(info.project.name);
  const body = organisationOf(member);
  const webhooks = `/admin/organisations/${body}/webhooks`;

  await as(page, officer(info.project.name, "administrator"), webhooks);
  await page.getByLabel("العنوان (https)").fill(receiver.url);
  await page.getByRole("button", { name: "فتح العنوان" }).click();
  const secret = page.locator("code.secret");
  await expect(secret).toHaveText(/^whsec_/);
  const first = (await secret.textContent()) ?? "";
  await page.locator("summary", { hasText: "استبدال سرّ التوقيع" }).click();
  await axe(page);
  await page.getByRole("button", { name: "استبدال السرّ" }).click();
  await expect(secret).not.toHaveText(first);
  await expect(page.getByText("يوقَّع ما يُرسل بالسرّ السابق أيضًا حتى")).toBeVisible();
  await axe(page);
  const second = (await secret.textContent()) ?? "";
  await page.getByRole("button", { name: "نسختُه، أخفِه الآن" }).click();
  await expect(secret).toHaveCount(0);

  licensed(member);
  const endpoint = sql(`SELECT id FROM webhook_endpoints WHERE organisation_id = '${body}'`);
  const deliveries = `/admin/webhooks/${endpoint}`;
  await expect(async () => {
    await page.goto(deliveries);
    await expect(page.getByText("تعطّل برنامج الجهة (503)")).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 60_000 });
  await axe(page);
  receiver.answer = 204;
  const state = () => sql(`SELECT state FROM webhook_deliveries WHERE endpoint_id = '${endpoint}'`);
  await expect.poll(state, { timeout: 90_000 }).toBe("sent");

  const before = receiver.told.length;
  const yesterday = new Date(Date.now() - 86_400_000 + 3 * 3_600_000);
  await page.goto(deliveries);
  await page.locator("#since_day").fill(String(yesterday.getUTCDate()));
  await page.locator("#since_month").fill(String(yesterday.getUTCMonth() + 1));
  await page.locator("#since_year").fill(String(yesterday.getUTCFullYear()));
  await page.getByRole("button", { name: "عرض عدد ما يُعاد" }).click();
  await expect(page.getByText("تبليغ واحد مما سُجّل منذ بداية يوم")).toBeVisible();
  await axe(page);
  expect(state(), "asking sends nothing").toBe("sent");
  await page.getByRole("button", { name: "إعادة التبليغ بكل ذلك" }).click();
  await expect(page.getByText("سيُبلَّغ العنوان بتبليغ واحد مرة أخرى.")).toBeVisible();
  await expect.poll(() => receiver.told.length, { timeout: 60_000 }).toBe(before + 1);
  const told = receiver.told[before];
  expect(told.headers["webhook-id"], "the receiver knows it").toBe(receiver.told[0].headers["webhook-id"]);
  expect(told.headers["webhook-signature"]).toBe(`${signature(second, told)} ${signature(first, told)}`);
  receiver.stop();
});
