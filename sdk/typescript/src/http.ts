import type { Clock } from "./clock.js";
import { errorOf, LaurelUnavailableError } from "./errors.js";
import { Attempts } from "./pauses.js";

/** What a call may be given. */
export interface CallOptions {
  /** Ends the call, between attempts too; it throws the signal's reason. */
  signal?: AbortSignal;
}

/** @internal How requests are made. */
export interface HttpOptions {
  url: string;
  key: string;
  patience: number;
  timeout: number;
  fetch: typeof fetch;
  clock: Clock;
}

/** @internal The server's routes: JSON there and back, each call with the key. */
export class Http {
  constructor(private readonly options: HttpOptions) {}

  /** Reads, with as many attempts as the patience allows. */
  get(path: string, query: Record<string, unknown>, options: CallOptions, patience = this.options.patience): Promise<unknown> {
    const parameters = Object.entries(query).filter(([, value]) => value !== undefined);
    const search = new URLSearchParams(parameters.map(([name, value]) => [name, String(value)])).toString();
    const address = search === "" ? path : `${path}?${search}`;
    return this.attempts(options.signal, patience).run(() => this.send("GET", address, undefined, options.signal));
  }

  /** Writes, in one attempt. */
  post(path: string, body: unknown, signal: AbortSignal | undefined): Promise<unknown> {
    return this.send("POST", path, JSON.stringify(body, wellFormed), signal);
  }

  /** Ends when the server answers, with as many attempts as the patience allows. What it says pages of other sites cannot see. */
  reach(signal: AbortSignal | undefined): Promise<void> {
    const look = async (stop: AbortSignal) => {
      const { answer } = await this.ask("/health", { mode: "no-cors", cache: "no-store", signal: stop });
      if (answer.status >= 500) throw errorOf(answer.status, null, undefined);
    };
    return this.attempts(signal).run(() => this.within(look, signal));
  }

  attempts(signal: AbortSignal | undefined, patience = this.options.patience): Attempts {
    return new Attempts(this.options.clock, patience, signal);
  }

  private send(method: string, path: string, body: string | undefined, signal: AbortSignal | undefined): Promise<unknown> {
    return this.within((stop) => this.exchange(method, path, body, stop), signal);
  }

  private async within<T>(work: (stop: AbortSignal) => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    signal?.throwIfAborted();
    const attempt = new AbortController();
    const stop = () => attempt.abort();
    const timer = setTimeout(stop, this.options.timeout);
    signal?.addEventListener("abort", stop);
    try {
      return await work(attempt.signal);
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", stop);
    }
  }

  private async exchange(method: string, path: string, body: string | undefined, signal: AbortSignal): Promise<unknown> {
    const headers: Record<string, string> = { "X-API-Key": this.options.key };
    if (body !== undefined) headers["Content-Type"] = "application/json";
    const { answer, text } = await this.ask(path, { method, headers, signal, ...(body === undefined ? {} : { body }) });
    const read = parse(text);
    if (!answer.ok) throw errorOf(answer.status, answer.headers.get("Retry-After"), read);
    if (read === undefined) throw new LaurelUnavailableError(answer.status, "", `${this.options.url} answered with something other than JSON`);
    return read;
  }

  private async ask(path: string, request: RequestInit & { signal: AbortSignal }): Promise<{ answer: Response; text: string }> {
    try {
      const answer = await this.options.fetch(this.options.url + path, request);
      return { answer, text: await answer.text() };
    } catch (error) {
      const why = request.signal.aborted ? `within ${this.options.timeout} ms` : reasonOf(error);
      throw new LaurelUnavailableError(0, "", `No answer from ${this.options.url}: ${why}`);
    }
  }
}

/** A name cut through an emoji is no text that the server reads: half a character becomes the sign for an unknown one. */
function wellFormed(_: string, value: unknown): unknown {
  return typeof value === "string" ? value.replace(/\p{Surrogate}/gu, "\uFFFD") : value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message || cause.name : String(cause);
}
