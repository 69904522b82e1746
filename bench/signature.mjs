// How long a browser takes to check the signature of a licence, as fast as this machine and four times slower.
import { inBrowser } from "./browser.mjs";
import { spread } from "./report.mjs";
import { address } from "./settings.mjs";
import { sql } from "./sql.mjs";

const TIMES = 15;
/** A holder who is signed in: see bench/seats.sql. */
const HOLDER = "bench-1";

/** The path behind the code on the holder's card, the signed part included. */
async function signedPath() {
  const number = await sql(`SELECT l.number FROM sign_in_sessions s JOIN accounts a ON a.id = s.account_id JOIN licences l USING (person_id)
    WHERE s.token_hash = sha256('${HOLDER}') LIMIT 1`);
  const card = await fetch(`http://${address}/account/licences/${number.trim()}`, {
    headers: { accept: "text/html", cookie: `__Host-session=${HOLDER}`, "x-forwarded-for": "10.81.0.1" },
  });
  const [path] = (await card.text()).match(/\/v\/\d{16}#[\w-]+\.[\w-]+\.[\w-]+/) ?? [];
  if (!path) throw new Error(`the card of ${number.trim()} leads to no signed address (${card.status})`);
  return path;
}

/** Milliseconds of each speed, or undefined for want of Chromium. */
export async function signatures() {
  const path = await signedPath();
  return await inBrowser(async (page) => {
    const throttle = await page.context().newCDPSession(page);
    const figures = {};
    for (const slower of [1, 4]) {
      await throttle.send("Emulation.setCPUThrottlingRate", { rate: slower });
      const times = [];
      for (let time = 0; time < TIMES; time += 1) {
        await page.goto("about:blank");
        await page.goto(`http://${address}${path}`);
        await page.waitForFunction(() => performance.getEntriesByName("signature", "measure").length > 0);
        times.push(await page.evaluate(() => performance.getEntriesByName("signature", "measure")[0].duration));
      }
      if (!(await page.locator(".notice--success").count())) throw new Error("the signature of a licence was not found good");
      figures[slower === 1 ? "ms" : `ms_${slower}_times_slower`] = spread(times);
    }
    return figures;
  });
}
