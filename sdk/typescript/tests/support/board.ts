import { LaurelClient, type LaurelClientOptions, systemClock } from "../../src/index.js";
import type { LaurelProcess } from "./laurelProcess.js";

/** A client of a board of its own, with a board key; its attempts have all the time that a busy machine may need. */
export async function makeClient(
  laurel: LaurelProcess,
  config?: unknown,
  options: Partial<LaurelClientOptions> = {},
): Promise<{ client: LaurelClient; options: LaurelClientOptions }> {
  const leaderboard = await laurel.makeBoard(config);
  const { api_key: key } = await laurel.makeKey("board", leaderboard, { rate_limit: { requests: 1_000_000, seconds: 60 } });
  const all: LaurelClientOptions = { url: laurel.url, tenant: "acme", leaderboard, key, patience: 120_000, timeout: 30_000, ...options };
  return { client: new LaurelClient(all), options: all };
}

/** Every player's score, in rank order. */
export async function scoresOf(client: LaurelClient): Promise<Record<string, number>> {
  const page = await client.page({ limit: 1000 });
  return Object.fromEntries(page.entries.map(({ userId, score }) => [userId, score]));
}

/** The machine's clock, which notes how long it was asked to wait. */
export function notingClock(waits: number[]) {
  return {
    now: () => systemClock.now(),
    wait: (milliseconds: number, signal?: AbortSignal) => {
      waits.push(milliseconds);
      return systemClock.wait(milliseconds, signal);
    },
  };
}
