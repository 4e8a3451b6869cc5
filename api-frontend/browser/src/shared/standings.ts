/** A row as the server lists it. */
export interface Entry {
  rank: number;
  user_id: string;
  name: string | null;
  score: number;
}

/** A change as the server tells it; null where there is none, or where it is not known. */
export interface Change {
  type: "INSERT" | "UPDATE" | "DELETE";
  user_id: string;
  name: string | null;
  score: number | null;
  old_score: number | null;
  rank: number | null;
  old_rank: number | null;
}

export interface Snapshot {
  window_key: string | null;
  sequence: number;
  total: number;
  entries: Entry[];
}

export interface RankChanges {
  window_key: string | null;
  sequence: number;
  total: number;
  changes: Change[];
}

/** What became of one row that is shown, or was. */
export interface Move {
  entry: Entry;
  /** Places gained; negative when lost, 0 when kept, null when the row was not shown before. */
  climbed: number | null;
  /** What the score grew by; null when the score is the first one known. */
  gained: number | null;
}

/** The rows of the part of a board that is followed. Pure: it knows nothing of pages or connections. */
export class Standings {
  windowKey: string | null = null;
  sequence = 0;
  total = 0;
  private rows = new Map<string, Entry>();

  /** @param limit How many places are shown, from the first on; rows that fall behind leave. */
  constructor(private readonly limit: number) {}

  /** In rank order. */
  get entries(): Entry[] {
    return [...this.rows.values()].sort((a, b) => a.rank - b.rank);
  }

  /** Takes a whole state over. */
  reset(snapshot: Snapshot): void {
    this.windowKey = snapshot.window_key;
    this.sequence = snapshot.sequence;
    this.total = snapshot.total;
    this.rows = new Map(snapshot.entries.map((entry) => [entry.user_id, { ...entry }]));
  }

  /** Takes changes over and says what they did to the rows that are shown now. */
  apply(told: RankChanges): Move[] {
    const sameWindow = told.window_key === this.windowKey;
    if (!sameWindow) this.rows.clear();
    this.windowKey = told.window_key;
    this.sequence = told.sequence;
    this.total = told.total;
    const before = new Map(this.rows);
    for (const change of told.changes) this.take(change);
    const moves: Move[] = [];
    for (const change of told.changes) {
      const entry = this.rows.get(change.user_id);
      if (entry === undefined) continue;
      const was = before.get(change.user_id);
      const oldRank = was?.rank ?? change.old_rank;
      const oldScore = was?.score ?? change.old_score;
      moves.push({
        entry,
        climbed: oldRank === null || !sameWindow ? null : oldRank - entry.rank,
        gained: oldScore === null || !sameWindow ? null : entry.score - oldScore,
      });
    }
    return moves;
  }

  private take(change: Change): void {
    const gone = change.type === "DELETE" || change.rank === null || change.score === null || change.rank > this.limit;
    if (gone) this.rows.delete(change.user_id);
    else
      this.rows.set(change.user_id, {
        rank: change.rank as number,
        user_id: change.user_id,
        name: change.name,
        score: change.score as number,
      });
  }
}
