/** A row of a part of a board that is followed. */
export interface LiveRow {
  /** From 1. */
  rank: number;
  userId: string;
  name: string | null;
  score: number;
}

/** What became of one row. */
export interface LiveChange {
  userId: string;
  /** What it was; null when it had no entry. Its rank or score is null where the server does not know it any more. */
  before: { rank: number | null; name: string | null; score: number | null } | null;
  /** What it is; null when it has left the part that is followed. */
  now: LiveRow | null;
}

/** @internal A part's whole state as the server tells it. */
export interface WireSnapshot {
  window_key: string | null;
  sequence: number;
  total: number;
  entries: { rank: number; user_id: string; name: string | null; score: number }[];
}

/** @internal A change as the server tells it; null where there is none, or where it is not known. */
export interface WireChange {
  type: "INSERT" | "UPDATE" | "DELETE";
  user_id: string;
  name: string | null;
  score: number | null;
  old_score: number | null;
  rank: number | null;
  old_rank: number | null;
}

/** @internal */
export interface WireChanges {
  window_key: string | null;
  sequence: number;
  total: number;
  changes: WireChange[];
}

/** @internal The rows of a part of a board. Pure: it knows nothing of connections. */
export class LiveRows {
  private rows = new Map<string, LiveRow>();

  /** @param part `top` places from the first on, or a player with `size` neighbours on each side. */
  constructor(private readonly part: { top: number } | { around: string; size: number }) {}

  /** In rank order. */
  get list(): LiveRow[] {
    return [...this.rows.values()].sort((a, b) => a.rank - b.rank);
  }

  /** Takes a whole state over; says how it differs from what was there. */
  reset(snapshot: WireSnapshot): LiveChange[] {
    const before = this.rows;
    this.rows = new Map(snapshot.entries.map(({ rank, user_id, name, score }) => [user_id, { rank, userId: user_id, name, score }]));
    return this.changesSince(before, new Map());
  }

  /** Takes changes over; says what they did to the rows. */
  apply(changes: readonly WireChange[]): LiveChange[] {
    const before = this.rows;
    this.rows = new Map(before);
    for (const { user_id, name, score, rank, type } of changes) {
      if (type === "DELETE" || rank === null || score === null) this.rows.delete(user_id);
      else this.rows.set(user_id, { rank, userId: user_id, name, score });
    }
    this.leaveOthers();
    return this.changesSince(before, new Map(changes.map((change) => [change.user_id, change])));
  }

  /** Rows whose rank has left the part are told with that rank; those beside a player who has moved on are not told at all. */
  private leaveOthers(): void {
    const { part } = this;
    const centre = "around" in part ? this.rows.get(part.around)?.rank : undefined;
    const first = "top" in part ? 1 : centre === undefined ? Infinity : centre - part.size;
    const last = "top" in part ? part.top : centre === undefined ? 0 : centre + part.size;
    for (const [userId, { rank }] of this.rows) if (rank < first || rank > last) this.rows.delete(userId);
  }

  private changesSince(before: ReadonlyMap<string, LiveRow>, told: ReadonlyMap<string, WireChange>): LiveChange[] {
    const gone = [...before.values()].filter(({ userId }) => !this.rows.has(userId)).map((row) => ({ userId: row.userId, before: row, now: null }));
    const here = this.list.flatMap((now): LiveChange[] => {
      const was = before.get(now.userId);
      if (was !== undefined)
        return was.rank === now.rank && was.score === now.score && was.name === now.name ? [] : [{ userId: now.userId, before: was, now }];
      return [{ userId: now.userId, before: formerOf(told.get(now.userId)), now }];
    });
    return [...gone, ...here];
  }
}

function formerOf(change: WireChange | undefined): LiveChange["before"] {
  if (change === undefined || change.type === "INSERT" || (change.old_score === null && change.old_rank === null)) return null;
  return { rank: change.old_rank, name: change.name, score: change.old_score };
}
