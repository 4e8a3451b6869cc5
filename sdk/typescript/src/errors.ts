import type { Outcome, Score } from "./scores.js";

/** A mistake in a request and where it is, as the server names it. */
export interface Mistake {
  path: string;
  message: string;
}

/** Whatever the server, or the way to it, refuses. Aborting is none: that throws the signal's own reason. */
export class LaurelError extends Error {
  /** The outcomes of the scores that the server had decided on when a submission failed. */
  settled: readonly { score: Score; outcome: Outcome }[] = [];

  /** The scores of a failed submission without an outcome, with their idempotency keys: submitting them again counts none twice. */
  unsettled: readonly Score[] = [];

  /**
   * @param status The answer's status, 0 without an answer.
   * @param code The server's word for it, such as `NOT_FOUND`; empty without an answer.
   */
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = new.target.name;
  }
}

/** 400, and any other refusal of what was asked: trying again cannot help. */
export class LaurelInvalidRequestError extends LaurelError {
  constructor(
    status: number,
    code: string,
    message: string,
    readonly details: readonly Mistake[] = [],
  ) {
    super(status, code, message);
  }
}

/** 401: there is no such key, or it has been revoked. */
export class LaurelUnauthorizedError extends LaurelError {}

/** 403: the key may not do this, not on this board, or not from this site. */
export class LaurelForbiddenError extends LaurelError {}

/** 404: there is no such board or window, or it is hidden or archived. */
export class LaurelNotFoundError extends LaurelError {}

/** 429, after all attempts. */
export class LaurelRateLimitedError extends LaurelError {
  /** @param retryAfter Seconds until the next request may succeed. */
  constructor(
    status: number,
    code: string,
    message: string,
    readonly retryAfter: number,
  ) {
    super(status, code, message);
  }
}

/** No answer, 408 or 5xx, after all attempts. */
export class LaurelUnavailableError extends LaurelError {}

/** Whether trying again may help. */
export function mayPass(error: unknown): error is LaurelRateLimitedError | LaurelUnavailableError {
  return error instanceof LaurelRateLimitedError || error instanceof LaurelUnavailableError;
}

/** The error that an answer stands for. */
export function errorOf(status: number, retryAfter: string | null, body: unknown): LaurelError {
  const told = (body as { error?: { code?: unknown; message?: unknown; details?: unknown } } | null)?.error ?? {};
  const code = typeof told.code === "string" ? told.code : "";
  const message = typeof told.message === "string" ? told.message : `The server answered ${status}`;
  if (status === 401) return new LaurelUnauthorizedError(status, code, message);
  if (status === 403) return new LaurelForbiddenError(status, code, message);
  if (status === 404) return new LaurelNotFoundError(status, code, message);
  if (status === 429) return new LaurelRateLimitedError(status, code, message, secondsOf(retryAfter));
  if (status === 408 || status >= 500) return new LaurelUnavailableError(status, code, message);
  return new LaurelInvalidRequestError(status, code, message, Array.isArray(told.details) ? (told.details as Mistake[]) : []);
}

function secondsOf(header: string | null): number {
  const seconds = Number(header ?? "1");
  return Number.isFinite(seconds) && seconds > 0 ? seconds : 1;
}
