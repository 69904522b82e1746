// Whether the page that is measured comes to life in a browser, where there is one.
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { address } from "./settings.mjs";

const executablePath = "/usr/bin/chromium";

/** One sentence for the report. Throws when the page stays dead or complains. */
export async function hydration(number) {
  if (!existsSync(executablePath)) return "whether it hydrates was not checked, for want of Chromium";
  const { chromium } = createRequire(new URL("../end2end/package.json", import.meta.url))("@playwright/test");
  const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"];
  const browser = await chromium.launch({ executablePath, args });
  try {
    const page = await browser.newPage();
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
  } finally {
    await browser.close();
  }
}
