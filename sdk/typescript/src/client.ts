import { type Clock, systemClock } from "./clock.js";
import { LaurelNotFoundError } from "./errors.js";
import { type CallOptions, Http } from "./http.js";
import { LiveBoard, type LiveListener, type LivePart } from "./live/liveBoard.js";
import { ScoreQueue } from "./queue.js";
import type { Outcome, Score } from "./scores.js";
import {
  type Around,
  type CurrentScore,
  type EndedWindows,
  fromWire,
  type Page,
  type Rank,
  type SnapshotAround,
  type SnapshotPage,
} from "./standings.js";
import { defaultStorage, type QueueStorage } from "./storage.js";
import { submit } from "./submission.js";

/** How to reach a board. */
export interface LaurelClientOptions {
  /** The server's address, such as `https://scores.example`. */
  url: string;
  /** The tenant's id. */
  tenant: string;
  /** The board's id. */
  leaderboard: string;
  /** A board key submits and reads, an embed key reads; both are made for browsers. A tenant key does what its scopes say. */
  key: string;
  /** Milliseconds in which another attempt of a call may begin; 30,000 unless set. */
  patience?: number;
  /** Milliseconds that one attempt may take; 10,000 unless set. */
  timeout?: number;
  /** Where the queue is kept: the browser's local storage, elsewhere memory, unless set. */
  storage?: QueueStorage;
  /** In place of the platform's. */
  fetch?: typeof fetch;
  /** In place of the machine's. */
  clock?: Clock;
}

/** Whose ranks count how: `standard` gives those who tie the same rank (1, 2, 2, 4). */
export type Ranks = "ordinal" | "standard";

export interface PageOptions extends CallOptions {
  /** 1 to 1000; 100 unless set. */
  limit?: number;
  /** How many places to pass over. */
  offset?: number;
  /** A window's key; the present one unless set. */
  windowKey?: string;
  ranks?: Ranks;
}

export interface PlayerOptions extends CallOptions {
  windowKey?: string;
  ranks?: Ranks;
}

export interface AroundOptions extends PlayerOptions {
  /** Neighbours on each side, 0 to 100; 5 unless set. */
  around?: number;
}

export interface SnapshotsOptions extends CallOptions {
  /** Only windows that end after this date or instant. */
  from?: string;
  /** Only windows that start before this date or instant. */
  to?: string;
  limit?: number;
}

export interface SnapshotOptions extends CallOptions {
  limit?: number;
  offset?: number;
}

export interface SnapshotAroundOptions extends CallOptions {
  around?: number;
}

/** One board on a server. Its calls may run side by side; each throws a `LaurelError` when it fails for good. */
export class LaurelClient {
  /** Scores that wait for a connection. */
  readonly queue: ScoreQueue;

  private readonly http: Http;
  private readonly clock: Clock;
  private readonly entries: string;
  private readonly board: string;
  private readonly ended: string;

  constructor(private readonly options: LaurelClientOptions) {
    const { tenant, leaderboard, key, patience = 30_000, timeout = 10_000, fetch: own } = options;
    const url = options.url.replace(/\/+$/, "");
    const place = `${encodeURIComponent(tenant)}/${encodeURIComponent(leaderboard)}`;
    this.clock = options.clock ?? systemClock;
    // Browsers' fetch insists on being called as a function of the page.
    const send: typeof fetch = own ?? ((input, init) => fetch(input, init));
    this.http = new Http({ url, key, patience, timeout, fetch: send, clock: this.clock });
    this.entries = `/tenants/${encodeURIComponent(tenant)}/leaderboards/${encodeURIComponent(leaderboard)}/entries`;
    this.board = `/v1/leaderboards/${place}`;
    this.ended = `/v1/snapshots/${place}`;
    const storage = options.storage ?? defaultStorage(`laurel:${url}:${place}`);
    this.queue = new ScoreQueue(
      storage,
      this.clock,
      (signal) => this.http.reach(signal),
      (scores, signal) => submit(this.http, this.entries, scores, signal),
    );
  }

  /** Submits a score and says what became of it. */
  submit(score: Score, options?: CallOptions): Promise<Outcome>;
  /** Submits any number of scores, in requests of 100, and says what became of each, in the same order. */
  submit(scores: readonly Score[], options?: CallOptions): Promise<Outcome[]>;
  async submit(scores: Score | readonly Score[], options: CallOptions = {}): Promise<Outcome | Outcome[]> {
    const list = Array.isArray(scores) ? (scores as readonly Score[]) : [scores as Score];
    const outcomes = await submit(this.http, this.entries, list, options.signal);
    return Array.isArray(scores) ? outcomes : (outcomes[0] as Outcome);
  }

  /** The standings, 100 places of them unless asked otherwise. */
  async page(options: PageOptions = {}): Promise<Page> {
    const { limit, offset, windowKey: window_key, ranks } = options;
    return fromWire(await this.http.get(this.board, { limit, offset, window_key, ranks }, options)) as Page;
  }

  /** A player with neighbours; null for one who has no entry. */
  around(userId: string, options: AroundOptions = {}): Promise<Around | null> {
    const { around, windowKey: window_key, ranks } = options;
    return this.find<Around>("user", userId, { around, window_key, ranks }, options);
  }

  /** A player's rank; null for one who has no entry. */
  rank(userId: string, options: PlayerOptions = {}): Promise<Rank | null> {
    return this.find<Rank>("rank", userId, { window_key: options.windowKey, ranks: options.ranks }, options);
  }

  /** A player's score; null for one who has no entry. */
  score(userId: string, options: Omit<PlayerOptions, "ranks"> = {}): Promise<CurrentScore | null> {
    return this.find<CurrentScore>("score", userId, { window_key: options.windowKey }, options);
  }

  /** The windows that have ended, the newest first. */
  async snapshots(options: SnapshotsOptions = {}): Promise<EndedWindows> {
    const { from, to, limit } = options;
    return fromWire(await this.http.get(this.ended, { from, to, limit }, options)) as EndedWindows;
  }

  /** The final standings of a window, or those so far as long as `final` is false. */
  async snapshot(windowKey: string, options: SnapshotOptions = {}): Promise<SnapshotPage> {
    const { limit, offset } = options;
    return fromWire(await this.http.get(`${this.ended}/${encodeURIComponent(windowKey)}`, { limit, offset }, options)) as SnapshotPage;
  }

  /** A player's place in an ended window with neighbours; null for one who has none. */
  async snapshotAround(windowKey: string, userId: string, options: SnapshotAroundOptions = {}): Promise<SnapshotAround | null> {
    const path = `${this.ended}/${encodeURIComponent(windowKey)}/user/${encodeURIComponent(userId)}`;
    return this.orNull(
      async () => fromWire(await this.http.get(path, { around: options.around }, options)) as SnapshotAround,
      () => this.snapshot(windowKey, { ...options, limit: 1 }),
    );
  }

  /** Follows a part of the board until the result is closed: through breaks of the connection and restarts of the server. */
  follow(part: LivePart, listener: LiveListener = {}, options: CallOptions = {}): LiveBoard {
    const { url, tenant, leaderboard, key } = this.options;
    const whyNot = async (signal: AbortSignal) => void (await this.http.get(this.board, { limit: 1 }, { signal }, 0));
    return new LiveBoard({ url: url.replace(/\/+$/, ""), tenant, leaderboard, key, clock: this.clock, whyNot }, part, listener, options.signal);
  }

  private find<T>(what: string, userId: string, query: Record<string, unknown>, options: PlayerOptions): Promise<T | null> {
    const path = `${this.board}/${what}/${encodeURIComponent(userId)}`;
    const { windowKey, signal } = options;
    return this.orNull(
      async () => fromWire(await this.http.get(path, query, options)) as T,
      () => this.page({ limit: 1, ...(windowKey === undefined ? {} : { windowKey }), ...(signal === undefined ? {} : { signal }) }),
    );
  }

  /** Tells a player without an entry from a board or window that is not there: both are 404. */
  private async orNull<T>(read: () => Promise<T>, whole: () => Promise<unknown>): Promise<T | null> {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof LaurelNotFoundError)) throw error;
      await whole();
      return null;
    }
  }
}
