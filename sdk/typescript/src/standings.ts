/** A player's place. */
export interface Standing {
  /** From 1. */
  rank: number;
  userId: string;
  name: string | null;
  score: number;
  /** ISO 8601, UTC, to the microsecond. */
  updatedAt: string;
  metadata: Record<string, unknown> | null;
}

/** The window that an answer is about. Its bounds are ISO 8601, null where it has none. */
export interface Window {
  /** Such as `2025-W47`; null on a board that never had a season. */
  windowKey: string | null;
  windowStart: string | null;
  windowEnd: string | null;
  /** How many players it lists. */
  total: number;
}

export interface Page extends Window {
  entries: Standing[];
  limit: number;
  offset: number;
}

export interface Around extends Window {
  user: Standing;
  /** The neighbours in rank order, the player among them. */
  entries: Standing[];
}

export interface Rank {
  windowKey: string;
  userId: string;
  rank: number;
  total: number;
}

export interface CurrentScore {
  windowKey: string;
  userId: string;
  score: number;
  updatedAt: string;
}

/** A window that has ended. */
export interface EndedWindow extends Window {
  windowKey: string;
  /** Whether nothing can change its standings any more. */
  final: boolean;
}

export interface EndedWindows {
  /** How many there are in the time that was asked for. */
  total: number;
  /** The newest first. */
  snapshots: EndedWindow[];
}

export type SnapshotPage = Page & EndedWindow;

export type SnapshotAround = Around & EndedWindow;

type Wire = Record<string, unknown>;

/** @internal The server's names in camel case; what a game has put into metadata stays as it is. */
export function fromWire(body: unknown): unknown {
  if (Array.isArray(body)) return body.map(fromWire);
  if (body === null || typeof body !== "object") return body;
  return Object.fromEntries(
    Object.entries(body as Wire).map(([name, value]) => [
      name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      name === "metadata" ? value : fromWire(value),
    ]),
  );
}
