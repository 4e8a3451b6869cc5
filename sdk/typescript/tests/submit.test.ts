import { afterAll, beforeAll, expect, test } from "vitest";
import { LaurelClient, LaurelRateLimitedError, LaurelUnavailableError, type Score } from "../src/index.js";
import { makeClient, notingClock, scoresOf } from "./support/board.js";
import { LaurelProcess } from "./support/laurelProcess.js";

let laurel: LaurelProcess;

beforeAll(async () => {
  laurel = await LaurelProcess.start();
});

afterAll(() => laurel?.stop());

const sum = { scoring: { aggregation: "sum" } };

test("a score is submitted, with what became of it", async () => {
  const { client } = await makeClient(laurel);

  expect(await client.submit({ userId: "ada", score: 12.020123, name: "Ada", metadata: { first_car: "blue" } })).toEqual({
    status: "applied",
    ok: true,
    previousScore: null,
    score: 12.020123,
    previousRank: null,
    rank: 1,
  });
  expect((await client.page()).entries[0]).toMatchObject({ userId: "ada", score: 12.020123, name: "Ada", metadata: { first_car: "blue" } });
});

test("a name that was cut through an emoji keeps no other score back", async () => {
  const { client } = await makeClient(laurel);

  const outcomes = await client.submit([
    { userId: "ada", score: 2, name: "Ada 😀".slice(0, 5) },
    { userId: "bob", score: 1 },
  ]);

  expect(outcomes.map(({ status }) => status)).toEqual(["applied", "applied"]);
  expect((await client.page()).entries.map(({ name }) => name)).toEqual(["Ada \uFFFD", null]);
});

test("many scores go in requests of a hundred, and their outcomes come in order", async () => {
  const lengths: number[] = [];
  const counting: typeof fetch = (input, init) => {
    lengths.push((JSON.parse(String(init?.body)) as { entries: unknown[] }).entries.length);
    return fetch(input, init);
  };
  const { client } = await makeClient(laurel, sum, { fetch: counting });
  const scores = Array.from({ length: 250 }, (_, index): Score => ({ userId: "ada", score: index }));

  const outcomes = await client.submit(scores);

  expect(lengths).toEqual([100, 100, 50]);
  let total = 0;
  expect(outcomes.map(({ score }) => score)).toEqual(scores.map(({ score }) => (total += score)));
});

test("scores that the server refuses fail alone", async () => {
  const { client, options } = await makeClient(laurel, { submission: { registry: "strict", max_score: 100 } });
  for (const [player, privacy] of [["ada", "public"], ["bob", "hidden"]])
    await laurel.send("PUT", `/tenants/acme/players/${player}`, { privacy });
  await client.submit({ userId: "ada", score: 1, idempotencyKey: "used" });

  const outcomes = await client.submit([
    { userId: "ada", score: 10 },
    { userId: "eve", score: 10 },
    { userId: "bob", score: 10 },
    { userId: "ada", score: 101 },
    { userId: "ada", score: NaN },
    { userId: "ada", score: 2, idempotencyKey: "used" },
    { userId: "ada", score: 20 },
  ]);

  expect(outcomes.map(({ status }) => status)).toEqual([
    "applied", "user-not-found", "privacy-disabled", "validation", "validation", "conflict", "applied",
  ]);
  expect(outcomes[4]?.message).toMatch(/^score /);
  expect(outcomes.map(({ ok }) => ok)).toEqual([true, false, false, false, false, false, true]);
  expect((await client.submit([{ userId: "ada", score: 3, idempotencyKey: "used" }])).map(({ status }) => status)).toEqual(["conflict"]);
  await laurel.send("PATCH", `/tenants/acme/leaderboards/${options.leaderboard}`, { status: "inactive" });
  expect(await client.submit({ userId: "ada", score: 5 })).toMatchObject({ status: "no-active-season", ok: false, score: null });
});

test("a rate limit is waited for as long as the server says", async () => {
  const waits: number[] = [];
  const asked: number[] = [];
  const listening: typeof fetch = async (input, init) => {
    const answer = await fetch(input, init);
    if (answer.status === 429) asked.push(Number(answer.headers.get("Retry-After")) * 1000);
    return answer;
  };
  const { options } = await makeClient(laurel, sum);
  const { api_key: key } = await laurel.makeKey("board", options.leaderboard, { rate_limit: { requests: 1, seconds: 2 } });
  const client = new LaurelClient({ ...options, key, fetch: listening, clock: notingClock(waits) });

  let submitted = 0;
  while (asked.length === 0) {
    await Promise.all([1, 2, 3].map(() => client.submit({ userId: "ada", score: 1 })));
    submitted += 3;
  }

  expect(asked[0]).toBeGreaterThanOrEqual(1000);
  expect(waits).toHaveLength(asked.length);
  asked.sort((a, b) => a - b);
  waits.sort((a, b) => a - b);
  waits.forEach((wait, index) => expect(wait).toBeGreaterThanOrEqual(asked[index] as number));
  expect(await scoresOf(new LaurelClient(options))).toEqual({ ada: submitted });
});

test("a rate limit that outlasts the patience is thrown, with what is left to submit", async () => {
  const { options } = await makeClient(laurel, sum);
  const { api_key: key } = await laurel.makeKey("board", options.leaderboard, { rate_limit: { requests: 2, seconds: 3600 } });
  const client = new LaurelClient({ ...options, key, patience: 0 });
  const scores = Array.from({ length: 250 }, (): Score => ({ userId: "ada", score: 1 }));

  const error = await client.submit(scores).catch((thrown: unknown) => thrown);

  expect(error).toBeInstanceOf(LaurelRateLimitedError);
  const { status, code, retryAfter, settled, unsettled } = error as LaurelRateLimitedError;
  expect({ status, code, settled: settled.length, unsettled: unsettled.length }).toEqual({
    status: 429, code: "RATE_LIMITED", settled: 200, unsettled: 50,
  });
  expect(retryAfter).toBeGreaterThan(0);
  await new LaurelClient(options).submit(unsettled);
  await new LaurelClient(options).submit(unsettled);
  expect(await scoresOf(new LaurelClient(options))).toEqual({ ada: 250 });
});

test("a server that is killed within a batch and started again has each score once", async () => {
  let answers = 0;
  let restarted: Promise<void> = Promise.resolve();
  const deadly: typeof fetch = async (input, init) => {
    const answering = fetch(input, init);
    answering.catch(() => undefined);
    const turn = ++answers;
    // Once with the answer on its way, when the scores are in already; once while the server has the request in its hands.
    if (turn === 3) await answering;
    if (turn === 3 || turn === 6) {
      await laurel.kill();
      restarted = laurel.run();
      throw new TypeError("fetch failed");
    }
    return answering;
  };
  const { client } = await makeClient(laurel, sum, { fetch: deadly });
  const scores = Array.from({ length: 1000 }, (_, index): Score => ({ userId: `player-${index % 7}`, score: index }));
  const expected: Record<string, number> = {};
  for (const { userId, score } of scores) expected[userId] = (expected[userId] ?? 0) + score;

  const outcomes = await client.submit(scores);

  await restarted;
  expect(answers).toBeGreaterThan(10);
  expect(outcomes.every(({ ok }) => ok)).toBe(true);
  expect(outcomes.slice(200, 300).every(({ status }) => status === "duplicate")).toBe(true);
  expect(await scoresOf(client)).toEqual(expected);
});

test("no answer at all is an error of its own, and a signal ends the waiting", async () => {
  const nobody = { url: "http://127.0.0.1:9", tenant: "acme", leaderboard: "race", key: "none" };

  await expect(new LaurelClient({ ...nobody, patience: 0 }).submit({ userId: "ada", score: 1 })).rejects.toThrow(LaurelUnavailableError);

  const reason = new Error("The player has left");
  const abort = new AbortController();
  const leaving = { ...notingClock([]), wait: (_: number, signal?: AbortSignal) => {
    abort.abort(reason);
    return notingClock([]).wait(60_000, signal);
  } };
  await expect(new LaurelClient({ ...nobody, clock: leaving }).page({ signal: abort.signal })).rejects.toBe(reason);
});
