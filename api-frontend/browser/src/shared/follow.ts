import { HttpTransportType, HubConnectionBuilder, LogLevel, type HubConnection } from "@microsoft/signalr";
import type { RankChanges, Snapshot } from "./standings";

export interface SeasonClosed {
  window_key: string;
  next: string | null;
  final: boolean;
}

export type Link =
  | { state: "connecting" }
  | { state: "live" }
  /** It tries again by itself. */
  | { state: "broken"; reason: string }
  /** Trying again soon would not help: the key is wrong, or the board is gone. */
  | { state: "refused"; reason: string };

export interface Follower {
  snapshot(snapshot: Snapshot): void;
  changes(told: RankChanges): void;
  closed(closing: SeasonClosed): void;
  link(link: Link): void;
}

export interface Part {
  tenant?: string;
  leaderboard: string;
  top?: number;
  around?: string;
  size?: number;
}

const pauses = [300, 700, 1500, 3000, 5000];
const longPause = 20_000;

/**
 * Follows a part of a board for as long as the page lives: connects, subscribes, and after a break connects again and resumes from
 * what was read last. What the server tells is passed on in order.
 */
export class BoardFollower {
  private connection: HubConnection | null = null;
  private place: { window_key: string | null; sequence: number } | null = null;
  private failures = 0;
  private over = false;
  /** What was told before the answer to the subscription was taken in: it may come in one piece with it. */
  private early: RankChanges[] | null = null;

  constructor(
    private readonly key: string,
    private readonly part: Part,
    private readonly follower: Follower,
  ) {}

  start(): void {
    void this.connect();
  }

  async stop(): Promise<void> {
    this.over = true;
    await this.connection?.stop();
  }

  private async connect(): Promise<void> {
    this.follower.link({ state: "connecting" });
    const connection = this.build();
    this.connection = connection;
    let ended: Link | null = null;
    connection.on("SubscriptionEnded", (ending: { reason: string; message: string }) => {
      ended = ending.reason === "unavailable" ? null : { state: "refused", reason: ending.message };
      void connection.stop();
    });
    connection.onclose((error) => this.retry(ended ?? { state: "broken", reason: error ? wordsOf(error) : "The connection was closed" }));
    try {
      await connection.start();
      await this.subscribe(connection);
    } catch (error) {
      ended = linkOf(error);
      if (connection.state === "Disconnected") this.retry(ended);
      else await connection.stop();
    }
  }

  private build(): HubConnection {
    const connection = new HubConnectionBuilder()
      .withUrl("/hubs/leaderboards", { accessTokenFactory: () => this.key, transport: HttpTransportType.WebSockets, withCredentials: false })
      .configureLogging(LogLevel.None)
      .build();
    connection.on("RankChanges", (told: RankChanges) => (this.early === null ? this.take(told) : this.early.push(told)));
    connection.on("SeasonClosed", (closing: SeasonClosed) => this.follower.closed(closing));
    return connection;
  }

  private async subscribe(connection: HubConnection): Promise<void> {
    const { place } = this;
    const resume = place ? { resume_from: place.sequence, ...(place.window_key === null ? {} : { window_key: place.window_key }) } : {};
    const early: RankChanges[] = (this.early = []);
    const snapshot = await connection.invoke<Snapshot>("Subscribe", { ...this.part, ...resume });
    const resumes = place !== null && snapshot.sequence === place.sequence && snapshot.window_key === place.window_key;
    this.failures = 0;
    this.place = { window_key: snapshot.window_key, sequence: snapshot.sequence };
    this.follower.link({ state: "live" });
    if (!resumes) this.follower.snapshot(snapshot);
    this.early = null;
    for (const told of early) this.take(told);
  }

  private take(told: RankChanges): void {
    this.place = told;
    this.follower.changes(told);
  }

  private retry(link: Link): void {
    if (this.over) return;
    // Whoever is told of a refusal shows nothing any more, and needs all of it again.
    if (link.state === "refused") this.place = null;
    this.follower.link(link);
    const pause = link.state === "refused" ? longPause : (pauses[Math.min(this.failures++, pauses.length - 1)] as number);
    // Not all at once after a restart of the server.
    setTimeout(() => void this.connect(), pause * (0.8 + Math.random() * 0.4));
  }
}

function linkOf(error: unknown): Link {
  const text = error instanceof Error ? error.message : String(error);
  if (/\b401\b/.test(text)) return { state: "refused", reason: "This key is not known here, or has been revoked." };
  if (/\b403\b/.test(text)) return { state: "refused", reason: "This key may not be used for this, or not from this site." };
  if (text.includes("HubException: ")) return { state: "refused", reason: wordsOf(error) };
  return { state: "broken", reason: "The server cannot be reached." };
}

function wordsOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const at = text.indexOf("HubException: ");
  return at < 0 ? text : text.slice(at + "HubException: ".length);
}
