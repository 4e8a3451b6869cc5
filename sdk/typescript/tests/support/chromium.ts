import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { onTestFinished } from "vitest";

const names = ["chromium", "chromium-browser", "google-chrome"];

function find(): string | undefined {
  const places = (process.env.PATH ?? "").split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return places.find((place) => {
    try {
      accessSync(place, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

const program = find();
const isRequired = (process.env.LAUREL_REQUIRE ?? "").split(",").includes("browser");

/** Whether there is a browser on this machine; where one is required, tests go on and fail. */
export const hasChromium = program !== undefined || isRequired;

export async function startChromium(): Promise<Browser> {
  if (program === undefined) throw new Error("Chromium is not installed");
  return chromium.launch({ executablePath: program, args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"], timeout: 120_000 });
}

/** A page of its own for a test, which notes what goes wrong in it. */
export async function openPage(browser: Browser, url: string, size = { width: 900, height: 700 }): Promise<{ page: Page; faults: string[] }> {
  const context = await browser.newContext({ viewport: size });
  onTestFinished(() => context.close());
  context.setDefaultTimeout(120_000);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  await page.goto(url);
  return { page, faults };
}
