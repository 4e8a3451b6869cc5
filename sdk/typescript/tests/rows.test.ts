import { expect, test } from "vitest";
import { LiveRows, type WireChange } from "../src/live/rows.js";

const seed = Number(process.env.LAUREL_SEED ?? Date.now() % 1_000_000);

/** A generator of numbers from 0 to 1, the same for the same seed. */
function random(start: number): () => number {
  let state = start;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

interface Entry {
  rank: number;
  user_id: string;
  name: string | null;
  score: number;
}

function ranked(scores: Map<string, number>): Entry[] {
  return [...scores]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([user_id, score], index) => ({ rank: index + 1, user_id, name: user_id.toUpperCase(), score }));
}

type Part = { top: number } | { around: string; size: number };

/** The part, taken from the whole standings. */
function partOf(all: Entry[], part: Part): Entry[] {
  if ("top" in part) return all.slice(0, part.top);
  const place = all.findIndex(({ user_id }) => user_id === part.around);
  return place < 0 ? [] : all.slice(Math.max(0, place - part.size), place + part.size + 1);
}

/** What the server tells of a part: of rows that are, or were, inside of it. What others moved out keeps its rank, and may be left out. */
function told(before: Entry[], after: Entry[], part: Part): WireChange[] {
  const [was, is] = [new Map(before.map((row) => [row.user_id, row])), new Map(after.map((row) => [row.user_id, row]))];
  const concerned = new Set([...partOf(before, part), ...partOf(after, part)].map(({ user_id }) => user_id));
  const shown = new Set(partOf(before, part).map(({ user_id }) => user_id));
  return [...concerned].flatMap((user_id): WireChange[] => {
    const [old, now] = [was.get(user_id), is.get(user_id)];
    if (shown.has(user_id) && old?.rank === now?.rank && old?.score === now?.score) return [];
    const type = now === undefined ? "DELETE" : old === undefined ? "INSERT" : "UPDATE";
    const name = user_id.toUpperCase();
    return [{ type, user_id, name, score: now?.score ?? null, old_score: old?.score ?? null, rank: now?.rank ?? null, old_rank: old?.rank ?? null }];
  });
}

test.each<Part>([{ top: 4 }, { around: "e", size: 2 }])("after any changes the rows are that part of the whole standings: %o", (part) => {
  const next = random(seed);
  const players = "abcdefghijkl".split("");
  const scores = new Map(players.map((player) => [player, Math.floor(next() * 20)]));
  const rows = new LiveRows(part);
  let before = ranked(scores);
  rows.reset({ window_key: "w", sequence: 0, total: before.length, entries: partOf(before, part) });

  for (let step = 1; step <= 500; step++) {
    for (let i = next() * 4; i > 0; i--) {
      const player = players[Math.floor(next() * players.length)] as string;
      if (next() < 0.3) scores.delete(player);
      else scores.set(player, Math.floor(next() * 20));
    }
    const after = ranked(scores);
    const shown = new Map(rows.list.map((row) => [row.userId, row]));
    const changes = rows.apply(told(before, after, part));

    for (const { userId, now } of changes) {
      if (now === null) shown.delete(userId);
      else shown.set(userId, now);
    }
    const expected = partOf(after, part).map(({ rank, user_id, name, score }) => ({ rank, userId: user_id, name, score }));
    expect(rows.list, `seed ${seed}, step ${step}`).toEqual(expected);
    expect([...shown.values()].sort((a, b) => a.rank - b.rank), `changes, seed ${seed}, step ${step}`).toEqual(expected);
    before = after;
  }
});
