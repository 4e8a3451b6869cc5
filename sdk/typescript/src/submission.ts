import { LaurelError, LaurelUnavailableError } from "./errors.js";
import type { Http } from "./http.js";
import { type Outcome, type Score, type WireResult, outcomeOf, toWire, withKey } from "./scores.js";

/** @internal The most scores of a request. */
export const chunkLength = 100;

const failed = "internal-server-error";
const nothing = { previous_score: null, score: null, previous_rank: null, rank: null };

/**
 * @internal Submits scores in chunks, one after another, so that a player's scores keep their order. What failed on the server alone is
 * sent again by itself.
 */
export async function submit(http: Http, path: string, scores: readonly Score[], signal: AbortSignal | undefined): Promise<Outcome[]> {
  const keyed = scores.map(withKey);
  const outcomes: (Outcome | undefined)[] = keyed.map(() => undefined);
  try {
    for (let start = 0; start < keyed.length; start += chunkLength) {
      const places = Array.from({ length: Math.min(chunkLength, keyed.length - start) }, (_, index) => start + index);
      await submitChunk(http, path, keyed, places, outcomes, signal);
    }
  } catch (error) {
    if (!(error instanceof LaurelError)) throw error;
    error.settled = keyed.flatMap((score, place) => (outcomes[place] === undefined ? [] : [{ score, outcome: outcomes[place] }]));
    error.unsettled = keyed.filter((_, place) => outcomes[place] === undefined);
    throw error;
  }
  return outcomes as Outcome[];
}

async function submitChunk(
  http: Http,
  path: string,
  scores: readonly Score[],
  places: readonly number[],
  outcomes: (Outcome | undefined)[],
  signal: AbortSignal | undefined,
): Promise<void> {
  let open = places;
  await http.attempts(signal).run(async () => {
    const results = await send(http, path, open.map((place) => scores[place] as Score), signal);
    const again: number[] = [];
    open.forEach((place, index) => {
      const result = results[index] as WireResult;
      if (result.status === failed) again.push(place);
      else outcomes[place] = outcomeOf(result);
    });
    open = again;
    if (open.length > 0) throw new LaurelUnavailableError(200, failed, `The server could not keep ${open.length} of the scores`);
  });
}

async function send(http: Http, path: string, scores: readonly Score[], signal: AbortSignal | undefined): Promise<WireResult[]> {
  try {
    const answer = (await http.post(path, { entries: scores.map(toWire) }, signal)) as { results?: WireResult[] };
    if (answer.results?.length !== scores.length) throw new LaurelUnavailableError(200, "", "The answer does not have an outcome for each score");
    return answer.results;
  } catch (error) {
    // The server's answer when every score of a request conflicts.
    if (error instanceof LaurelError && error.status === 409) return scores.map(() => ({ ...nothing, status: "conflict" }));
    if (!(error instanceof LaurelError) || error.status !== 413) throw error;

    // One that is too large by itself must not hold up the others.
    if (scores.length === 1) return [{ ...nothing, status: "validation", message: error.message }];
    const half = Math.floor(scores.length / 2);
    return [...(await send(http, path, scores.slice(0, half), signal)), ...(await send(http, path, scores.slice(half), signal))];
  }
}
