import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeClient } from "../support/board.js";
import { hasChromium, openPage, startChromium } from "../support/chromium.js";
import { LaurelProcess } from "../support/laurelProcess.js";
import { Site } from "../support/site.js";

const slow = { timeout: 120_000 };

describe.skipIf(!hasChromium)("the sample game", () => {
  let laurel: LaurelProcess;
  let site: Site;
  let browser: Browser;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "laurel-sample-"));
    const configFile = fileURLToPath(new URL("../../sample/vite.config.ts", import.meta.url));
    await build({ configFile, logLevel: "warn", build: { outDir: folder } });
    [laurel, site, browser] = await Promise.all([LaurelProcess.start(), Site.start(folder), startChromium()]);
  });

  afterAll(async () => {
    await browser?.close();
    await site?.stop();
    await laurel?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** Plays as a person does, only that it sees each frame: drops well until it has some points, then waits for the drum to be beside the column. */
  async function play(page: Page, points: number): Promise<number> {
    await page.evaluate((wanted) => {
      const canvas = document.querySelector("canvas")!;
      const watch = () => {
        if (canvas.dataset.state !== "playing") return;
        const offset = Math.abs(Number(canvas.dataset.offset));
        const isDone = Number(canvas.dataset.score) >= wanted;
        if (isDone ? offset > 220 : offset < 40) canvas.dispatchEvent(new KeyboardEvent("keydown", { key: " ", bubbles: true }));
        requestAnimationFrame(watch);
      };
      canvas.addEventListener("focus", () => requestAnimationFrame(() => requestAnimationFrame(watch)), { once: true });
    }, points);
    await page.locator("#again").click();
    await expect.poll(() => page.locator("#result").textContent(), slow).toMatch(/^\d+ points?$/);
    return Number.parseInt((await page.locator("#result").textContent()) as string, 10);
  }

  test("a round is played, submitted and shown on the live board, and one without a connection is not lost", async () => {
    const { client, options } = await makeClient(laurel, { scoring: { aggregation: "best" } });
    await client.submit({ userId: "rival", score: 1, name: "Rival" });
    const { api_key: key } = await laurel.makeKey("board", options.leaderboard, { origins: [site.url] });
    const { api_key: embed } = await laurel.makeKey("embed", options.leaderboard, { origins: [site.url] });
    const query = new URLSearchParams({ url: laurel.url, tenant: "acme", leaderboard: options.leaderboard, key, embed });
    const { page, faults } = await openPage(browser, `${site.url}/?${query}`, { width: 1100, height: 720 });
    const rows = async () => (await page.locator("laurel-leaderboard .row").allInnerTexts()).map((row) => row.replace(/\s+/g, " "));
    await expect.poll(rows, slow).toEqual(["1 Rival 1"]);
    await page.locator("#name").fill("Ada");

    const first = await play(page, 4);
    await expect.poll(() => page.locator("#said").textContent(), slow).toBe("That is place 1.");
    await expect.poll(async () => (await rows()).map((row) => row.replace(/ ▲ \d+| ▼ \d+/, "")), slow).toEqual([`1 Ada ${first}`, "2 Rival 1"]);
    expect(await page.locator("laurel-leaderboard [aria-current=true] .name").textContent()).toBe("Ada");

    await laurel.kill();
    await page.evaluate(() => (document.querySelector("#result")!.textContent = ""));
    const second = await play(page, first + 3);
    expect(second).toBeGreaterThan(first);
    await page.reload();
    await laurel.run();
    await expect.poll(async () => (await client.score((await client.page()).entries.find(({ name }) => name === "Ada")!.userId))?.score, slow).toBe(second);
    await expect.poll(() => page.locator("laurel-leaderboard .row .score").first().textContent(), slow).toBe(String(second));
    expect(faults).toEqual([]);
  });
});
