// Whether the page that is measured comes to life in a browser, where there is one.
import { inBrowser } from "./browser.mjs";
import { address } from "./settings.mjs";

/** One sentence for the report. Throws when the page stays dead or complains. */
export async function hydration(number) {
  const hydrates = await inBrowser(async (page) => {
    const complaints = [];
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    await page.goto(`http://${address}/verify/${number}`, { waitUntil: "networkidle" });
    await page.evaluate(() => (window.stayed = true));
    await page.locator('a[href="/verify"]').first().click();
    await page.waitForURL("**/verify");
    const stayed = await page.evaluate(() => window.stayed === true);
    if (!stayed) throw new Error("the verify page does not hydrate: its links load whole pages");
    if (complaints.length > 0) throw new Error(`the verify page complains in a browser: ${complaints.join("; ")}`);
    return "it hydrates without complaint";
  });
  return hydrates ?? "whether it hydrates was not checked, for want of Chromium";
}
