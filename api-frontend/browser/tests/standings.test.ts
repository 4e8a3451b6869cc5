import { expect, test } from "vitest";
import { type Change, type Entry, Standings } from "../src/shared/standings";

const names = "abcdefghijklmnopqrstuvwxyz".split("");

/** A generator of numbers from 0 to 1, the same for the same seed. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function ranked(scores: Map<string, number>): Entry[] {
  return [...scores]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([user_id, score], index) => ({ rank: index + 1, user_id, name: null, score }));
}

/** What the server tells about the first places, from the whole standings before and after. */
function changesOf(before: Entry[], after: Entry[], limit: number): Change[] {
  const was = new Map(before.map((entry) => [entry.user_id, entry]));
  const is = new Map(after.map((entry) => [entry.user_id, entry]));
  const concerned = new Set([...before.slice(0, limit), ...after.slice(0, limit)].map((entry) => entry.user_id));
  return [...concerned].flatMap((user_id): Change[] => {
    const old = was.get(user_id);
    const now = is.get(user_id);
    if (old && now && old.rank === now.rank && old.score === now.score) return [];
    const type = now === undefined ? "DELETE" : old === undefined ? "INSERT" : "UPDATE";
    return [{ type, user_id, name: null, score: now?.score ?? null, old_score: old?.score ?? null, rank: now?.rank ?? null, old_rank: old?.rank ?? null }];
  });
}

test("after any changes the rows are the first of the whole standings", () => {
  const seed = 7;
  const next = random(seed);
  const limit = 5;
  const scores = new Map(names.slice(0, 12).map((name) => [name, Math.floor(next() * 50)]));
  const standings = new Standings(limit);
  let before = ranked(scores);
  standings.reset({ window_key: "w", sequence: 1, total: before.length, entries: before.slice(0, limit) });
  for (let sequence = 2; sequence < 400; sequence++) {
    for (let i = next() * 4; i > 0; i--) {
      const name = names[Math.floor(next() * names.length)] as string;
      if (next() < 0.25) scores.delete(name);
      else scores.set(name, Math.floor(next() * 50));
    }
    const after = ranked(scores);
    standings.apply({ window_key: "w", sequence, total: after.length, changes: changesOf(before, after, limit) });
    expect(standings.entries, `seed ${seed}, step ${sequence}`).toEqual(after.slice(0, limit));
    before = after;
  }
});

test("the rows of one window never mix with another's", () => {
  const standings = new Standings(3);
  standings.reset({ window_key: "one", sequence: 9, total: 1, entries: [{ rank: 1, user_id: "a", name: "A", score: 5 }] });
  const change: Change = { type: "INSERT", user_id: "b", name: "B", score: 1, old_score: null, rank: 1, old_rank: null };
  const moves = standings.apply({ window_key: "two", sequence: 1, total: 1, changes: [change] });
  expect(standings.entries.map((entry) => entry.user_id)).toEqual(["b"]);
  expect(moves[0]).toMatchObject({ climbed: null, gained: null });
});
