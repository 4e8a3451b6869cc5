import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { type Clock, type Flushed, LaurelClient, LaurelUnauthorizedError, LaurelUnavailableError, MemoryStorage, systemClock } from "../src/index.js";
import { FileStorage } from "../src/node/index.js";
import { makeClient, scoresOf } from "./support/board.js";
import { LaurelProcess } from "./support/laurelProcess.js";
import { until } from "./support/until.js";

let laurel: LaurelProcess;

beforeAll(async () => {
  laurel = await LaurelProcess.start();
});

afterAll(() => laurel?.stop());

const sum = { scoring: { aggregation: "sum" } };

const losesAnswers: typeof fetch = async (input, init) => {
  const answer = await fetch(input, init);
  if (init?.method === "POST") throw new TypeError("fetch failed");
  return answer;
};

async function makeStorage(): Promise<FileStorage> {
  const folder = await mkdtemp(join(tmpdir(), "laurel-queue-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return new FileStorage(join(folder, "queues", "race.json"));
}

test("what waits survives the program and the server", async () => {
  const storage = await makeStorage();
  const { options } = await makeClient(laurel, sum, { storage });
  const offline = new LaurelClient({ ...options, patience: 0 });
  await laurel.kill();
  for (let index = 0; index < 150; index++) expect(await offline.queue.add({ userId: `player-${index % 3}`, score: 1 })).toBe(true);
  await expect(offline.queue.flush()).rejects.toThrow(LaurelUnavailableError);
  await laurel.run();

  // Another client, as after a restart of the program.
  const client = new LaurelClient(options);
  expect(await client.queue.size()).toBe(150);
  const flushed = await client.queue.flush();

  expect(flushed.map(({ outcome }) => outcome.status)).toEqual(Array.from({ length: 150 }, () => "applied"));
  expect(await client.queue.size()).toBe(0);
  expect(await client.queue.flush()).toEqual([]);
  expect(await scoresOf(client)).toEqual({ "player-0": 50, "player-1": 50, "player-2": 50 });
});

test("a caller that gives up does not end the flushing that has joined it", async () => {
  const { options } = await makeClient(laurel, sum, { storage: new MemoryStorage(), patience: 0 });
  let calls = 0;
  const hangsOnce: typeof fetch = (input, init) => {
    if (init?.method !== "POST" || ++calls > 1) return fetch(input, init);
    const signal = init?.signal as AbortSignal;
    return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  };
  const client = new LaurelClient({ ...options, fetch: hangsOnce });
  const impatience = new AbortController();
  const life = new AbortController();
  const told: string[] = [];
  await client.queue.add({ userId: "ada", score: 1 });
  const flushed = client.queue.flush({ signal: impatience.signal });
  await until("the score is sent", () => calls === 1);
  const over = client.queue.keepFlushing((some) => told.push(...some.map(({ score }) => score.userId)), life.signal);

  impatience.abort();
  await expect(flushed).rejects.toThrow();
  await until("it is sent again", () => told.length === 1);
  life.abort();
  await over;

  expect(await scoresOf(client)).toEqual({ ada: 1 });
});

test("a program that ends before it has read the answer counts nothing twice", async () => {
  const storage = await makeStorage();
  const { options } = await makeClient(laurel, sum, { storage });
  const first = new LaurelClient({ ...options, patience: 0, fetch: losesAnswers });
  await first.queue.add({ userId: "ada", score: 5 });
  await expect(first.queue.flush()).rejects.toThrow(LaurelUnavailableError);

  const second = new LaurelClient(options);
  expect((await second.queue.flush()).map(({ outcome }) => outcome.status)).toEqual(["duplicate"]);
  expect(await scoresOf(second)).toEqual({ ada: 5 });
});

test("a score whose key the server may have forgotten is given up rather than counted twice", async () => {
  const { options } = await makeClient(laurel, sum, { storage: new MemoryStorage() });
  let ahead = 0;
  const clock: Clock = { ...systemClock, now: () => Date.now() + ahead };
  const lost = new LaurelClient({ ...options, clock, patience: 0, fetch: losesAnswers });
  await lost.queue.add({ userId: "ada", score: 1 });
  await expect(lost.queue.flush()).rejects.toThrow(LaurelUnavailableError);
  await lost.queue.add({ userId: "bob", score: 1 });
  ahead = 24 * 3600 * 1000;

  const client = new LaurelClient({ ...options, clock });
  const flushed = await client.queue.flush();

  expect(flushed.map(({ score, outcome }) => [score.userId, outcome.status])).toEqual([["ada", "expired"], ["bob", "applied"]]);
  expect(await scoresOf(client)).toEqual({ ada: 1, bob: 1 });
});

test("a score that was never sent, for days without a connection, counts", async () => {
  const { options } = await makeClient(laurel, sum, { storage: new MemoryStorage() });
  let ahead = 0;
  const clock: Clock = { ...systemClock, now: () => Date.now() + ahead };
  const offline = new LaurelClient({ ...options, clock, patience: 0, fetch: () => Promise.reject(new TypeError("fetch failed")) });
  await offline.queue.add({ userId: "ada", score: 1 });
  await expect(offline.queue.flush()).rejects.toThrow(LaurelUnavailableError);
  ahead = 72 * 3600 * 1000;

  const flushed = await new LaurelClient({ ...options, clock }).queue.flush();

  expect(flushed.map(({ outcome }) => outcome.status)).toEqual(["applied"]);
});

test("a full queue refuses more, and refusals for good leave it while those of the key do not", async () => {
  const storage = new MemoryStorage();
  const { options } = await makeClient(laurel, { submission: { max_score: 10 } }, { storage });
  const refused = new LaurelClient({ ...options, key: "nonsense" });
  expect(await Promise.all(Array.from({ length: 1001 }, (_, score) => refused.queue.add({ userId: "ada", score })))).toEqual([
    ...Array.from({ length: 1000 }, () => true),
    false,
  ]);
  await expect(refused.queue.flush()).rejects.toThrow(LaurelUnauthorizedError);
  expect(await refused.queue.size()).toBe(1000);

  const flushed = await new LaurelClient(options).queue.flush();

  expect(flushed.filter(({ outcome }) => outcome.status === "validation")).toHaveLength(989);
  expect(await refused.queue.size()).toBe(0);
});

test("a score that is too large for any request holds up no other", async () => {
  const { client } = await makeClient(laurel, sum, { storage: new MemoryStorage() });
  await client.queue.add({ userId: "ada", score: 1 });
  await client.queue.add({ userId: "bob", score: 2, name: "b".repeat(2_000_000) });
  await client.queue.add({ userId: "cid", score: 3 });

  const flushed = await client.queue.flush();

  expect(flushed.map(({ outcome }) => outcome.status)).toEqual(["applied", "validation", "applied"]);
  expect(await scoresOf(client)).toEqual({ ada: 1, cid: 3 });
});

test("a queue that keeps flushing sends what comes, and what came while the server was away", async () => {
  const { client } = await makeClient(laurel, sum, { storage: new MemoryStorage(), patience: 0 });
  const abort = new AbortController();
  const told: string[] = [];
  const over = client.queue.keepFlushing((flushed) => told.push(...flushed.map(({ score }) => score.userId)), abort.signal);
  await client.queue.add({ userId: "ada", score: 1 });
  await until("the first is sent", () => told.length === 1);
  await laurel.kill();
  await client.queue.add({ userId: "bob", score: 1 });
  await laurel.run();
  await until("the second is sent", () => told.length === 2);
  abort.abort();
  await over;

  expect(told).toEqual(["ada", "bob"]);
  expect(await scoresOf(client)).toEqual({ ada: 1, bob: 1 });
});

test("a queue that keeps flushing goes on when the storage or the listener throws, and says so", async () => {
  const storage = new MemoryStorage();
  const { client } = await makeClient(laurel, sum, { storage });
  await client.queue.add({ userId: "ada", score: 1 });
  const write = storage.write.bind(storage);
  storage.write = () => Promise.reject(new Error("the disk is gone"));
  const abort = new AbortController();
  const troubles: string[] = [];
  const told: string[] = [];
  const listener = (flushed: readonly Flushed[]) => {
    told.push(...flushed.map(({ score }) => score.userId));
    if (told.length === 1) throw new Error("a bad listener");
  };
  const over = client.queue.keepFlushing(listener, abort.signal, (error) => troubles.push((error as Error).message));
  await until("the storage's failures are told", () => troubles.length >= 2);
  expect(new Set(troubles)).toEqual(new Set(["the disk is gone"]));
  storage.write = write;
  await until("the listener's failure is told", () => troubles.includes("a bad listener"));
  await client.queue.add({ userId: "bob", score: 2 });
  await until("the second is sent", () => told.length === 2);
  abort.abort();
  await over;

  expect(told).toEqual(["ada", "bob"]);
  expect(await scoresOf(client)).toEqual({ ada: 1, bob: 2 });
});
