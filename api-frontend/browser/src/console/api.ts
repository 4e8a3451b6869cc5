/** An answer that is no 2xx: the server's own words. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly details: { path: string; message: string }[] = [],
  ) {
    super(message);
  }
}

export interface Tenant { tenant_id: string; name: string; plan: string; created_at: string }
export interface Board { leaderboard_id: string; tenant_id: string; name: string; description: string; status: string; version: number; config: Record<string, unknown>; created_at: string }
export interface Season { season_id: string; window_key: string; starts_at: string | null; ends_at: string | null; state: string }
export interface Limits { requests: number; seconds: number }
export interface Used { used: number; limit: number | null }
export interface Usage { plan: string; resets_at: string; requests: Used; leaderboards: Used; entries: Used }
export interface KeyLimit { key_id: string; kind: string; name?: string; rate_limit: Limits; remaining: number; resets_at: string }
export interface Snapshot { window_key: string; window_start: string | null; window_end: string | null; total: number; final: boolean; entries: { rank: number; user_id: string; name: string | null; score: number }[] }
export interface Node {
  name: string; address?: string; role?: string; state: string; is_this: boolean; started_at: string;
  grains?: number; cpu_percent?: number; memory_bytes?: number;
}
export interface Key {
  key_id: string; kind: string; name?: string; leaderboard_id?: string; scopes?: string[]; origins?: string[];
  rate_limit: Limits; created_at: string;
}
export interface NewKey extends Key { api_key: string; client_id?: string; client_secret?: string }

/** Speaks with the server with one key. */
export class Api {
  constructor(readonly key: string) {}

  get<T>(path: string): Promise<T> {
    return this.send("GET", path);
  }

  send<T>(method: string, path: string, body?: unknown): Promise<T> {
    return this.sendText(method, path, body === undefined ? undefined : JSON.stringify(body));
  }

  async sendText<T>(method: string, path: string, body?: string): Promise<T> {
    const headers: Record<string, string> = { "X-API-Key": this.key };
    if (body !== undefined) headers["Content-Type"] = "application/json";
    let answer: Response;
    try {
      answer = await fetch(path, { method, headers, ...(body === undefined ? {} : { body }), cache: "no-store" });
    } catch {
      throw new ApiError(0, "The server cannot be reached. Is it running?");
    }
    const text = await answer.text();
    if (answer.ok) return (text === "" ? undefined : JSON.parse(text)) as T;
    throw errorOf(answer.status, text);
  }
}

/** A path's part. */
export const part = encodeURIComponent;

function errorOf(status: number, text: string): ApiError {
  try {
    const { error } = JSON.parse(text) as { error: { message: string; details?: { path: string; message: string }[] } | string };
    return typeof error === "string" ? new ApiError(status, error) : new ApiError(status, error.message, error.details);
  } catch {
    return new ApiError(status, `The server answered ${status}.`);
  }
}
