import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import {
  LaurelClient,
  LaurelError,
  LaurelUnauthorizedError,
  type LiveBoard,
  type LiveNews,
  type LivePart,
  type LiveRow,
  type LiveState,
  type SeasonClosed,
} from "../src/index.js";
import { makeClient } from "./support/board.js";
import { LaurelProcess } from "./support/laurelProcess.js";
import { until } from "./support/until.js";

let laurel: LaurelProcess;

beforeAll(async () => {
  laurel = await LaurelProcess.start();
});

afterAll(() => laurel?.stop());

/** A viewer that knows the board by the changes it was told alone, and notes where they do not follow from one another. */
class Viewer {
  readonly gaps: string[] = [];
  readonly closings: SeasonClosed[] = [];
  readonly states: LiveState[] = [];
  readonly windows: (string | null)[] = [];
  error: LaurelError | null = null;
  news: LiveNews | null = null;
  readonly live: LiveBoard;
  private readonly rows = new Map<string, LiveRow>();

  constructor(client: LaurelClient, part: LivePart) {
    this.live = client.follow(part, {
      changed: (news) => this.see(news),
      closed: (closing) => this.closings.push(closing),
      state: (state, error) => {
        this.states.push(state);
        this.error = error;
      },
    });
    onTestFinished(() => this.live.close());
  }

  get users(): string[] {
    return this.live.rows.map(({ userId }) => userId);
  }

  private see(news: LiveNews): void {
    this.news = news;
    if (this.windows.at(-1) !== news.windowKey) this.windows.push(news.windowKey);
    for (const { userId, before, now } of news.changes) {
      const known = this.rows.get(userId);
      if (known !== undefined && (before?.score !== known.score || before.rank !== known.rank || before.name !== known.name))
        this.gaps.push(`${JSON.stringify(known)} is told to have been ${JSON.stringify(before)}`);
      if (now === null) this.rows.delete(userId);
      else this.rows.set(userId, now);
    }
    const told = [...this.rows.values()].sort((a, b) => a.rank - b.rank);
    if (JSON.stringify(told) !== JSON.stringify(news.rows)) this.gaps.push(`${JSON.stringify(told)} instead of ${JSON.stringify(news.rows)}`);
  }
}

test("a followed board goes on through kills and restarts, without gaps", async () => {
  const { client, options } = await makeClient(laurel);
  await client.submit(["ada", "bob", "eve", "zoe"].map((userId, index) => ({ userId, name: userId.toUpperCase(), score: 40 - index })));
  const embed = (await laurel.makeKey("embed", options.leaderboard)).api_key;
  const top = new Viewer(new LaurelClient({ ...options, key: embed }), { top: 3 });
  const around = new Viewer(client, { around: "zoe", size: 1 });
  await until("both show the board", () => top.users.length === 3 && around.users.length === 2);
  expect(top.live.rows[0]).toEqual({ rank: 1, userId: "ada", name: "ADA", score: 40 });

  for (let round = 1; round <= 2; round++) {
    await client.submit({ userId: "zoe", score: 100 ** round });
    await until("zoe leads", () => top.users[0] === "zoe" && around.users[0] === "zoe");
    await laurel.kill();
    await until("the break is noticed", () => top.live.state === "broken" && around.live.state === "broken");
    expect(top.users).toHaveLength(3);
    await laurel.run();
    await client.submit([{ userId: `new-${round}`, score: 10 * 100 ** round }, { userId: "zoe", score: 1 }]);
    await until("the newcomer leads", () => top.users[0] === `new-${round}` && around.live.rows.some(({ userId, score }) => userId === "zoe" && score === 1));
  }

  const { entries, total } = await client.page();
  const rowOf = ({ rank, userId, name, score }: LiveRow): LiveRow => ({ rank, userId, name, score });
  await until("both show what the page says", () =>
    JSON.stringify(top.live.rows) === JSON.stringify(entries.slice(0, 3).map(rowOf)) && top.live.total === total &&
    JSON.stringify(around.live.rows) === JSON.stringify(entries.slice(-2).map(rowOf)));
  expect([...top.gaps, ...around.gaps]).toEqual([]);
  expect(top.states.filter((state) => state === "live").length).toBeGreaterThanOrEqual(3);
});

test("a season that ends is told, and the next one follows", async () => {
  const { client, options } = await makeClient(laurel, { timeframe: { type: "manual" }, scoring: { aggregation: "last" } });
  const seasons = `/tenants/acme/leaderboards/${options.leaderboard}/seasons`;
  await laurel.send("POST", seasons, { season_id: "spring" });
  await client.submit({ userId: "ada", score: 3 });
  const viewer = new Viewer(client, { top: 10 });
  await until("spring is shown", () => viewer.users.join() === "ada");

  await laurel.send("POST", `${seasons}/spring/close`, {});
  await until("its end is told", () => viewer.closings.some(({ windowKey, final }) => windowKey === "spring" && final));
  await laurel.send("POST", seasons, { season_id: "summer" });
  await client.submit({ userId: "bob", score: 1 });
  await until("summer is shown", () => viewer.users.join() === "bob");

  expect(viewer.live.windowKey).toBe("summer");
  expect(viewer.windows).toEqual(["spring", "summer"]);
});

test("a key that is revoked ends the news and says why", async () => {
  const { client, options } = await makeClient(laurel);
  const embed = await laurel.makeKey("embed", options.leaderboard);
  const viewer = new Viewer(new LaurelClient({ ...options, key: embed.api_key }), { top: 3 });
  await until("it is live", () => viewer.live.state === "live");

  await laurel.send("DELETE", `/tenants/acme/keys/${embed.key_id}`);

  await until("it is refused", () => viewer.live.state === "refused");
  expect(viewer.error).toBeInstanceOf(LaurelUnauthorizedError);
  await viewer.live.close();
  expect(viewer.live.state).toBe("closed");
  await client.submit({ userId: "ada", score: 1 });
  expect(viewer.users).toEqual([]);
});
