// A browser, where there is one.
import { existsSync } from "node:fs";
import { createRequire } from "node:module";

const executablePath = "/usr/bin/chromium-headless-shell";

/** What `act` gives for a page of a browser of its own; undefined where there is no Chromium. */
export async function inBrowser(act) {
  if (!existsSync(executablePath)) return undefined;
  const { chromium } = createRequire(new URL("../end2end/package.json", import.meta.url))("@playwright/test");
  const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"];
  const browser = await chromium.launch({ executablePath, args });
  try {
    return await act(await browser.newPage());
  } finally {
    await browser.close();
  }
}
