/** A score to submit. */
export interface Score {
  /** 1 to 128 characters. */
  userId: string;
  /** A finite number; whole ones are exact to 2^53. */
  score: number;
  /** Shown on the board; replaces the name that was there. */
  name?: string;
  /** Any object of at most 4 KB as JSON; replaces what was there, null clears it. */
  metadata?: Record<string, unknown> | null;
  /** When it was achieved, ISO 8601 with zone. When left out it is when the server receives it: players' clocks are often wrong. */
  timestamp?: string;
  /** What is sent twice with the same key within 24 hours counts once. Made when left out. */
  idempotencyKey?: string;
}

/** Why a score did not count. */
export type Refusal =
  | "validation"
  | "user-not-found"
  | "privacy-disabled"
  | "no-active-season"
  | "conflict"
  /** Of the queue alone: it was sent more than 23 hours ago, and whether it counted is not known. */
  | "expired";

/** What became of a score. */
export interface Outcome {
  /**
   * `applied`; `unchanged` when by the board's rules it changes nothing; `duplicate` when it had been submitted before, with the first
   * outcome's standing; or why it did not count.
   */
  status: "applied" | "unchanged" | "duplicate" | Refusal;
  /** Whether the board has it. */
  ok: boolean;
  /** The player's score right before; null without one. */
  previousScore: number | null;
  /** The player's score right after; null when it did not count. */
  score: number | null;
  /** The player's rank right before, from 1; null without one. */
  previousRank: number | null;
  /** The player's rank right after; null when the player is not listed. */
  rank: number | null;
  /** What is wrong, of `validation`. */
  message?: string;
}

/** @internal What the server says of one entry. */
export interface WireResult {
  status: string;
  previous_score: number | null;
  score: number | null;
  previous_rank: number | null;
  rank: number | null;
  message?: string;
}

const successes = new Set(["applied", "unchanged", "duplicate"]);

/** @internal */
export function toWire(score: Score): Record<string, unknown> {
  const { userId: user_id, idempotencyKey: idempotency_key, ...rest } = score;
  return { user_id, ...rest, idempotency_key };
}

/** @internal */
export function outcomeOf(result: WireResult): Outcome {
  return {
    status: result.status as Outcome["status"],
    ok: successes.has(result.status),
    previousScore: result.previous_score,
    score: result.score,
    previousRank: result.previous_rank,
    rank: result.rank,
    ...(result.message === undefined ? {} : { message: result.message }),
  };
}

/** @internal A score that keeps its key from here on. */
export function withKey(score: Score): Score & { idempotencyKey: string } {
  return { ...score, idempotencyKey: score.idempotencyKey ?? newKey() };
}

function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
