import type { HubConnection } from "@microsoft/signalr";
import type { Clock } from "../clock.js";
import { LaurelError, LaurelRateLimitedError, LaurelUnavailableError, mayPass } from "../errors.js";
import { pauseAfter } from "../pauses.js";
import { type LiveChange, type LiveRow, LiveRows, type WireChanges, type WireSnapshot } from "./rows.js";

/** Which part of a board: the first places (1 to 1000), or a player with so many neighbours on each side (0 to 100, 5 unless set). */
export type LivePart = { top: number } | { around: string; size?: number };

/** What a listener is told of a change. */
export interface LiveNews {
  /** The rows now, in rank order. */
  rows: readonly LiveRow[];
  /** What became of rows that have changed, left or come since the news before; all of them at first. Those that left are first. */
  changes: readonly LiveChange[];
  /** How many the board lists. */
  total: number;
  /** The season's window; null on a board that never had one. */
  windowKey: string | null;
  /** Whether the window is another one than in the news before. */
  isNewWindow: boolean;
}

export interface SeasonClosed {
  windowKey: string;
  /** The window that follows; null when none does yet. */
  next: string | null;
  /** False when it has ended, true when its standings are final. */
  final: boolean;
}

/** The connection: not yet; yes; broken; or refused, because of the key or the board. After both of the latter it is tried again. */
export type LiveState = "connecting" | "live" | "broken" | "refused" | "closed";

export interface LiveListener {
  /** The rows have changed, or are known for the first time. */
  changed?(news: LiveNews): void;
  closed?(closing: SeasonClosed): void;
  /** @param error Why it is broken or refused. */
  state?(state: LiveState, error: LaurelError | null): void;
}

/** @internal */
export interface LiveTarget {
  url: string;
  tenant: string;
  leaderboard: string;
  key: string;
  clock: Clock;
  /** Throws what a read of the board is refused with, if it is. */
  whyNot(signal: AbortSignal): Promise<void>;
}

const usualSize = 5;
const refusedPause = 20_000;

/** A part of a board that is kept up to date until it is closed. Listeners are called in order, and never after `close`. */
export class LiveBoard {
  private readonly over = new AbortController();
  private readonly held: LiveRows;
  private readonly shape: { top: number } | { around: string; size: number };
  private readonly done: Promise<void>;
  private place: { window_key: string | null; sequence: number } | null = null;
  private news: LiveNews = { rows: [], changes: [], total: 0, windowKey: null, isNewWindow: false };
  private now: LiveState = "connecting";
  private isLive = false;
  /** What was told before the answer to the subscription was taken in: it may come in one piece with it. */
  private early: WireChanges[] | null = null;

  /** @internal */
  constructor(
    private readonly target: LiveTarget,
    part: LivePart,
    private readonly listener: LiveListener,
    signal?: AbortSignal,
  ) {
    this.shape = "top" in part ? { top: part.top } : { around: part.around, size: part.size ?? usualSize };
    this.held = new LiveRows(this.shape);
    if (signal?.aborted) this.over.abort();
    signal?.addEventListener("abort", () => void this.close(), { once: true });
    // The caller has what this returns before the first call of its listener.
    this.done = Promise.resolve().then(() => this.run());
  }

  /** In rank order; empty before the first news. */
  get rows(): readonly LiveRow[] {
    return this.news.rows;
  }

  /** How many the board lists. */
  get total(): number {
    return this.news.total;
  }

  get windowKey(): string | null {
    return this.news.windowKey;
  }

  get state(): LiveState {
    return this.now;
  }

  /** Ends it; resolves when the connection is closed. */
  async close(): Promise<void> {
    this.over.abort();
    this.now = "closed";
    await this.done;
  }

  private async run(): Promise<void> {
    for (let failures = 0; !this.over.signal.aborted; ) {
      this.isLive = false;
      const error = await this.connection();
      if (this.over.signal.aborted) return;
      const passing = mayPass(error);
      failures = this.isLive ? 1 : failures + 1;
      this.enter(passing ? "broken" : "refused", error);
      const asked = error instanceof LaurelRateLimitedError ? error.retryAfter * 1000 : 0;
      const pause = passing ? Math.max(pauseAfter(failures), asked) : refusedPause;
      await this.target.clock.wait(pause, this.over.signal).catch(() => undefined);
    }
  }

  /** Connects and follows until the connection ends; returns why. */
  private async connection(): Promise<LaurelError> {
    // Loaded when it is needed: those who only submit do without.
    const { HttpTransportType, HubConnectionBuilder, LogLevel } = await import("@microsoft/signalr");
    const connection = new HubConnectionBuilder()
      .withUrl(`${this.target.url}/hubs/leaderboards`, {
        accessTokenFactory: () => this.target.key,
        transport: HttpTransportType.WebSockets,
        withCredentials: false,
      })
      .configureLogging(LogLevel.None)
      .build();
    const ended = new Promise<void>((resolve) => connection.onclose(() => resolve()));
    const stop = () => void connection.stop();
    this.over.signal.addEventListener("abort", stop);
    try {
      this.listen(connection);
      await connection.start();
      await this.subscribe(connection);
      await ended;
    } catch {
      // Why, a plain read of the board says more exactly than the connection does.
    } finally {
      this.over.signal.removeEventListener("abort", stop);
      await connection.stop();
    }
    return this.reason();
  }

  private listen(connection: HubConnection): void {
    connection.on("RankChanges", (told: WireChanges) => (this.early === null ? this.take(told) : this.early.push(told)));
    connection.on("SeasonClosed", (told: { window_key: string; next: string | null; final: boolean }) => {
      this.call(() => this.listener.closed?.({ windowKey: told.window_key, next: told.next, final: told.final }));
    });
    connection.on("SubscriptionEnded", () => void connection.stop());
  }

  private async subscribe(connection: HubConnection): Promise<void> {
    const { place } = this;
    const { tenant, leaderboard } = this.target;
    const resume = place === null ? {} : { resume_from: place.sequence, ...(place.window_key === null ? {} : { window_key: place.window_key }) };
    const early: WireChanges[] = (this.early = []);
    const snapshot = await connection.invoke<WireSnapshot>("Subscribe", { tenant, leaderboard, ...this.shape, ...resume });
    this.isLive = true;
    this.takeAll(snapshot);
    this.enter("live", null);
    this.early = null;
    for (const told of early) this.take(told);
  }

  private takeAll(snapshot: WireSnapshot): void {
    const changes = this.held.reset(snapshot);
    const isSame = changes.length === 0 && snapshot.total === this.news.total && snapshot.window_key === this.news.windowKey;
    if (this.place === null || !isSame) this.tell(snapshot, changes);
    else this.place = { window_key: snapshot.window_key, sequence: snapshot.sequence };
  }

  private take(told: WireChanges): void {
    this.tell(told, this.held.apply(told.changes));
  }

  private tell({ total, window_key, sequence }: Omit<WireSnapshot, "entries">, changes: LiveChange[]): void {
    const isNewWindow = this.place !== null && window_key !== this.place.window_key;
    this.place = { window_key, sequence };
    this.news = { rows: this.held.list, changes, total, windowKey: window_key, isNewWindow };
    this.call(() => this.listener.changed?.(this.news));
  }

  private enter(state: LiveState, error: LaurelError | null): void {
    if (this.over.signal.aborted) return;
    this.now = state;
    this.call(() => this.listener.state?.(state, error));
  }

  /** What a listener throws is the page's to hear of, and does not end the following. */
  private call(tell: () => void): void {
    if (this.over.signal.aborted) return;
    try {
      tell();
    } catch (error) {
      queueMicrotask(() => {
        throw error;
      });
    }
  }

  private async reason(): Promise<LaurelError> {
    try {
      await this.target.whyNot(this.over.signal);
    } catch (error) {
      if (error instanceof LaurelError) return error;
    }
    return new LaurelUnavailableError(0, "", "The connection was lost");
  }
}
