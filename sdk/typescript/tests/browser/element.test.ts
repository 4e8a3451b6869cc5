import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { LaurelClient } from "../../src/index.js";
import { makeClient } from "../support/board.js";
import { hasChromium, openPage, startChromium } from "../support/chromium.js";
import { LaurelProcess } from "../support/laurelProcess.js";
import { Site } from "../support/site.js";

const slow = { timeout: 120_000 };
const built = fileURLToPath(new URL("../../dist", import.meta.url));

describe.skipIf(!hasChromium)("<laurel-leaderboard> on a page of another site", () => {
  let laurel: LaurelProcess;
  let site: Site;
  let browser: Browser;

  beforeAll(async () => {
    [laurel, site, browser] = await Promise.all([LaurelProcess.start(), Site.start(built), startChromium()]);
  });

  afterAll(async () => {
    await browser?.close();
    await site?.stop();
    await laurel?.stop();
  });

  /** A page with the element alone, for a board of its own. */
  async function show(attributes = "", size?: { width: number; height: number }) {
    const { client, options } = await makeClient(laurel);
    const embed = await laurel.makeKey("embed", options.leaderboard, { origins: [site.url] });
    const element = `<laurel-leaderboard url="${laurel.url}" tenant="acme" leaderboard="${options.leaderboard}" api-key="${embed.api_key}" ${attributes}></laurel-leaderboard>`;
    const address = site.show(
      `/${options.leaderboard}.html`,
      `<!doctype html><html lang="en"><script type="module" src="/laurel-leaderboard.js"></script><body>${element}</body></html>`,
    );
    return { client, options, embed, ...(await openPage(browser, address, size)) };
  }

  const names = (page: Page) => page.locator("laurel-leaderboard .row .name").allTextContents();

  async function showsNames(page: Page, ...expected: string[]) {
    await expect.poll(() => names(page), slow).toEqual(expected);
  }

  const submit = (client: LaurelClient, ...scores: [string, number][]) =>
    client.submit(scores.map(([userId, score]) => ({ userId, score, name: userId.toUpperCase() })));

  test("it shows a board, follows it through a kill, and moves rows to their places", async () => {
    const { client, page, faults } = await show('top="3" highlight="bob" heading="Race"');
    await expect.poll(() => page.locator("laurel-leaderboard .empty").textContent(), slow).toBe("Nobody yet. Be the first.");
    await submit(client, ["ada", 1500], ["bob", 12.5], ["eve", 7], ["zoe", 1]);
    await showsNames(page, "ADA", "BOB", "EVE");
    expect(await page.locator(".score").allTextContents()).toEqual(["1,500", "12.5", "7"]);
    expect(await page.locator(".rank").allTextContents()).toEqual(["1", "2", "3"]);
    expect(await page.locator("[aria-current=true] .name").textContent()).toBe("BOB");
    expect(await page.locator(".footer").textContent()).toBe("4 players");

    await laurel.kill();
    await expect.poll(() => page.locator(".status").textContent(), slow).toBe("Reconnecting…");
    expect(await names(page)).toEqual(["ADA", "BOB", "EVE"]);
    await laurel.run();
    await submit(client, ["zoe", 9000]);
    await expect.poll(() => page.locator(".heard").textContent(), slow).toContain("ZOE leads");
    await submit(client, ["bob", 5000]);
    await showsNames(page, "ZOE", "BOB", "ADA");
    await expect.poll(() => page.locator(".status").textContent(), slow).toBe("Live");
    expect(faults).toEqual([]);
  });

  test("a screen reader finds a named region with a list, and the status", async () => {
    const { client, page } = await show('heading="Weekly race"');
    await submit(client, ["ada", 3]);
    await showsNames(page, "ADA");

    await page.getByRole("region", { name: "Weekly race" }).waitFor();
    expect(await page.getByRole("list").getByRole("listitem").count()).toBe(1);
    await page.getByRole("status").filter({ hasText: "Live" }).waitFor();
  });

  test("markup in a name is text, and nothing runs over from 200 pixels on", async () => {
    const markup = "<img src=x onerror=alert(1)><b>Rob</b>";
    const { client, page, faults } = await show();
    await client.submit([
      { userId: "a", score: 1e15, name: "W".repeat(128) },
      { userId: "b", score: -12.020123, name: "محمد بن عبد الله الأنصاري" },
      { userId: "c", score: -13, name: markup },
    ]);
    await expect.poll(async () => (await names(page))[2], slow).toBe(markup);
    expect(await page.locator("laurel-leaderboard img, laurel-leaderboard b").count()).toBe(0);
    for (const width of [200, 320, 1280]) {
      await page.setViewportSize({ width, height: 600 });
      const overruns = await page.evaluate(() => {
        const rows = [...document.querySelector("laurel-leaderboard")!.shadowRoot!.querySelectorAll<HTMLElement>(".row, .board")];
        return rows.filter((row) => row.scrollWidth > row.clientWidth + 1 || row.getBoundingClientRect().right > innerWidth).length;
      });
      expect(overruns, `at ${width} pixels`).toBe(0);
    }
    expect(faults).toEqual([]);
  });

  test("a page's own style reaches the parts, and attributes can change", async () => {
    const { client, page } = await show('top="2"');
    await submit(client, ["ada", 3], ["bob", 2], ["eve", 1]);
    await showsNames(page, "ADA", "BOB");
    await page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync("laurel-leaderboard { --laurel-accent: rgb(1, 2, 3); } laurel-leaderboard::part(score) { color: rgb(4, 5, 6); }");
      document.adoptedStyleSheets = [sheet];
    });
    expect(await page.locator(".score").first().evaluate((element) => getComputedStyle(element).color)).toBe("rgb(4, 5, 6)");

    await page.evaluate(() => document.querySelector("laurel-leaderboard")!.setAttribute("around", "bob"));
    await showsNames(page, "ADA", "BOB", "EVE");
    await page.evaluate(() => document.querySelector("laurel-leaderboard")!.setAttribute("highlight", "eve"));
    expect(await page.locator(".me .name").textContent()).toBe("EVE");
  });

  test("a revoked key empties it and says why; a missing attribute is named", async () => {
    const { client, embed, page } = await show();
    await submit(client, ["ada", 3]);
    await showsNames(page, "ADA");
    await laurel.send("DELETE", `/tenants/acme/keys/${embed.key_id}`);
    await expect.poll(() => page.getByRole("alert").textContent(), slow).toContain("API key");
    expect(await names(page)).toEqual([]);

    await page.evaluate(() => document.querySelector("laurel-leaderboard")!.removeAttribute("api-key"));
    await expect.poll(() => page.getByRole("alert").textContent(), slow).toBe("This leaderboard needs the attribute api-key.");
  });
});
