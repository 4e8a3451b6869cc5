import { afterAll, beforeAll, expect, test } from "vitest";
import { LaurelNotFoundError, type Score } from "../src/index.js";
import { makeClient } from "./support/board.js";
import { LaurelProcess } from "./support/laurelProcess.js";

let laurel: LaurelProcess;

beforeAll(async () => {
  laurel = await LaurelProcess.start();
});

afterAll(() => laurel?.stop());

test("pages, neighbours, ranks and scores agree", async () => {
  const { client } = await makeClient(laurel);
  await client.submit(Array.from({ length: 30 }, (_, index): Score => ({ userId: `player ${index}/ü`, score: -index })));

  const page = await client.page({ limit: 10, offset: 5 });
  const around = await client.around("player 15/ü", { around: 2 });

  expect(page).toMatchObject({ windowKey: "all_time", windowStart: null, windowEnd: null, total: 30, limit: 10, offset: 5 });
  expect(page.entries.map(({ rank }) => rank)).toEqual([6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
  expect(around?.user).toMatchObject({ rank: 16, userId: "player 15/ü", score: -15, name: null, metadata: null });
  expect(around?.entries.map(({ rank }) => rank)).toEqual([14, 15, 16, 17, 18]);
  expect(await client.rank("player 15/ü")).toMatchObject({ rank: 16, total: 30, userId: "player 15/ü", windowKey: "all_time" });
  expect(await client.score("player 15/ü")).toMatchObject({ score: -15, updatedAt: around?.user.updatedAt });
});

test("those who tie share a rank when that is asked for", async () => {
  const { client } = await makeClient(laurel);
  await client.submit(["ada", "bob", "eve", "zoe"].map((userId, index) => ({ userId, score: [3, 2, 2, 1][index] as number })));

  expect((await client.page({ ranks: "standard" })).entries.map(({ rank }) => rank)).toEqual([1, 2, 2, 4]);
  expect((await client.page()).entries.map(({ rank }) => rank)).toEqual([1, 2, 3, 4]);
});

test("a player without an entry is null", async () => {
  const { client } = await makeClient(laurel);

  expect([await client.around("ada"), await client.rank("ada"), await client.score("ada")]).toEqual([null, null, null]);
});

test("windows that have ended keep their standings", async () => {
  const { client, options } = await makeClient(laurel, { timeframe: { type: "manual" }, scoring: { aggregation: "last" } });
  const seasons = `/tenants/acme/leaderboards/${options.leaderboard}/seasons`;
  await laurel.send("POST", seasons, { season_id: "spring" });
  await client.submit([{ userId: "ada", score: 3 }, { userId: "bob", score: 2, metadata: { best_lap: 1 } }]);
  await laurel.send("POST", `${seasons}/spring/close`, {});
  await laurel.send("POST", seasons, { season_id: "summer" });
  await client.submit({ userId: "bob", score: 9 });

  expect(await client.snapshots()).toMatchObject({ total: 1, snapshots: [{ windowKey: "spring", total: 2 }] });
  expect((await client.snapshot("spring", { limit: 1, offset: 1 })).entries).toMatchObject([{ rank: 2, userId: "bob", metadata: { best_lap: 1 } }]);
  expect((await client.snapshotAround("spring", "bob"))?.user).toMatchObject({ rank: 2, score: 2 });
  expect(await client.snapshotAround("spring", "eve")).toBeNull();
  expect((await client.page({ windowKey: "spring" })).entries.map(({ userId }) => userId)).toEqual(["ada", "bob"]);
  await expect(client.snapshot("winter")).rejects.toThrow(LaurelNotFoundError);
  await expect(client.snapshotAround("winter", "ada")).rejects.toThrow(LaurelNotFoundError);
});
