import type { Clock } from "./clock.js";
import { LaurelError, mayPass } from "./errors.js";
import type { CallOptions } from "./http.js";
import { pauseAfter } from "./pauses.js";
import { type Outcome, type Score, withKey } from "./scores.js";
import type { QueueStorage } from "./storage.js";
import { chunkLength } from "./submission.js";

type KeyedScore = Score & { idempotencyKey: string };

interface Waiting {
  score: KeyedScore;
  /** When it was sent first, milliseconds since the Unix epoch; absent before. */
  sentAt?: number;
}

/** A score that has left the queue. */
export interface Flushed {
  score: Score;
  outcome: Outcome;
}

const capacity = 1000;
const version = 1;

// Other pages may add to the same queue.
const idlePause = 10_000;

// The server remembers idempotency keys for 24 hours; the rest is for slow answers and clocks that are set.
const trust = 23 * 3600 * 1000;

/**
 * Scores that wait for a connection, however long, at most 1000 of them, kept in a storage until the server has decided on them. The
 * oldest are sent first. What is sent twice, because an answer was lost or the program ended, counts once.
 */
export class ScoreQueue {
  private last: Promise<unknown> = Promise.resolve();
  private flushing: Promise<Flushed[]> | null = null;
  private added = 0;
  private readonly wakers = new Set<() => void>();

  /** @internal */
  constructor(
    private readonly storage: QueueStorage,
    private readonly clock: Clock,
    private readonly reach: (signal: AbortSignal | undefined) => Promise<void>,
    private readonly submit: (scores: readonly Score[], signal: AbortSignal | undefined) => Promise<Outcome[]>,
  ) {}

  /** How many wait. */
  async size(): Promise<number> {
    return (await this.load()).length;
  }

  /** Keeps a score until it can be sent; false when the queue is full. It is kept once this resolves. */
  async add(score: Score): Promise<boolean> {
    const isKept = await this.change(async (waiting) => {
      if (waiting.length >= capacity) return { waiting, result: false };
      return { waiting: [...waiting, { score: withKey(score) }], result: true };
    });
    this.added++;
    for (const wake of this.wakers) wake();
    return isKept;
  }

  /**
   * Sends what waits, and returns what became of each score that has left. Throws when the rest cannot be sent now, with the former in
   * the error's `settled`; the rest stays. A second call joins the first.
   */
  flush(options: CallOptions = {}): Promise<Flushed[]> {
    this.flushing ??= this.flushAll(options.signal).finally(() => (this.flushing = null));
    return this.flushing;
  }

  /**
   * Flushes now, whenever something is added or the browser is online again, and with growing pauses as long as something waits, until
   * the signal aborts. `onTrouble` is told each time that not all could be sent and will be tried again: a `LaurelError` for the server
   * or the way to it, or whatever the storage or the listener threw.
   */
  async keepFlushing(
    listener: (flushed: readonly Flushed[]) => void,
    signal: AbortSignal,
    onTrouble: (error: unknown) => void = () => undefined,
  ): Promise<void> {
    const tell = (flushed: readonly Flushed[]) => {
      if (flushed.length > 0) listener(flushed);
    };
    const tellSettled = (error: unknown) => {
      if (error instanceof LaurelError) tell(error.settled);
      throw error;
    };
    let failures = 0;
    while (!signal.aborted) {
      const seen = this.added;
      const joins = this.flushing !== null;
      try {
        await this.flush({ signal }).then(tell, tellSettled);
        failures = 0;
      } catch (error) {
        if (signal.aborted) return;
        // Whoever called the flush that this one joined has given up.
        if (joins && !(error instanceof LaurelError)) continue;
        onTrouble(error);
        failures = error instanceof LaurelError && !mayPass(error) ? Number.MAX_SAFE_INTEGER : failures + 1;
      }
      if (failures === 0 && seen !== this.added) continue;
      await this.pause(failures === 0 ? idlePause : pauseAfter(failures), signal);
    }
  }

  private async pause(milliseconds: number, signal: AbortSignal): Promise<void> {
    const over = new AbortController();
    const wake = () => over.abort();
    signal.addEventListener("abort", wake);
    globalThis.addEventListener?.("online", wake);
    this.wakers.add(wake);
    try {
      await this.clock.wait(milliseconds, over.signal);
    } catch {
      // Woken.
    } finally {
      signal.removeEventListener("abort", wake);
      globalThis.removeEventListener?.("online", wake);
      this.wakers.delete(wake);
    }
  }

  private async flushAll(signal: AbortSignal | undefined): Promise<Flushed[]> {
    const left: Flushed[] = [];
    try {
      // A score is in doubt from its first attempt on: without a connection there must be none.
      if ((await this.size()) === 0) return left;
      await this.reach(signal);
      for (;;) {
        const { expired, chunk } = await this.take();
        left.push(...expired.map((score) => ({ score, outcome: expiry })));
        if (chunk.length === 0) return left;
        const outcomes = await this.submit(chunk, signal);
        await this.remove(chunk);
        left.push(...chunk.map((score, place) => ({ score, outcome: outcomes[place] as Outcome })));
      }
    } catch (error) {
      if (!(error instanceof LaurelError)) throw error;
      await this.remove(error.settled.map(({ score }) => score as KeyedScore));
      error.settled = [...left, ...error.settled];
      throw error;
    }
  }

  /** Notes, before they are sent, when the next scores were sent first. */
  private take(): Promise<{ expired: Score[]; chunk: KeyedScore[] }> {
    return this.change(async (waiting) => {
      if (waiting.length === 0) return { waiting, result: { expired: [], chunk: [] } };
      const now = this.clock.now();
      const hasExpired = ({ sentAt }: Waiting) => sentAt !== undefined && now - sentAt > trust;
      const expired = waiting.filter(hasExpired).map(({ score }) => score);
      const rest = waiting.filter((one) => !hasExpired(one)).map((one, place) => (place < chunkLength ? { sentAt: now, ...one } : one));
      return { waiting: rest, result: { expired, chunk: rest.slice(0, chunkLength).map(({ score }) => score) } };
    });
  }

  private remove(scores: readonly KeyedScore[]): Promise<void> {
    if (scores.length === 0) return Promise.resolve();
    const keys = new Set(scores.map(({ idempotencyKey }) => idempotencyKey));
    return this.change(async (waiting) => ({ waiting: waiting.filter(({ score }) => !keys.has(score.idempotencyKey)), result: undefined }));
  }

  /** Reads, changes and writes the whole queue; one change at a time. */
  private change<T>(work: (waiting: Waiting[]) => Promise<{ waiting: Waiting[]; result: T }>): Promise<T> {
    const run = async () => {
      const before = await this.load();
      const { waiting, result } = await work(before);
      if (waiting !== before) await this.storage.write(JSON.stringify({ version, waiting }));
      return result;
    };
    const turn = this.last.then(() => (this.storage.alone ? this.storage.alone(run) : run()));
    this.last = turn.catch(() => undefined);
    return turn;
  }

  private async load(): Promise<Waiting[]> {
    const text = await this.storage.read();
    if (text === null) return [];
    const kept = JSON.parse(text) as { version: number; waiting: Waiting[] };
    if (kept.version !== version) throw new Error(`The queue was written by another version of this client (${kept.version})`);
    return kept.waiting;
  }
}

const expiry: Outcome = { status: "expired", ok: false, previousScore: null, score: null, previousRank: null, rank: null };
