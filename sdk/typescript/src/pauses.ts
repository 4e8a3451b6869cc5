import type { Clock } from "./clock.js";
import { LaurelRateLimitedError, mayPass } from "./errors.js";

const shortest = 200;
const longest = 10_000;
const spread = 0.25;

/** The pause after so many failures in a row, in milliseconds: 0.2 s, doubling up to 10 s, spread so that not all come back at once. */
export function pauseAfter(failures: number): number {
  return Math.min(shortest * 2 ** (failures - 1), longest) * (1 + Math.random() * spread);
}

/** The attempts of one call: how long to pause between them, and when to give up. */
export class Attempts {
  private failures = 0;
  private readonly end: number;

  /** @param patience Milliseconds from now in which an attempt may begin. */
  constructor(
    private readonly clock: Clock,
    patience: number,
    private readonly signal: AbortSignal | undefined,
  ) {
    this.end = clock.now() + patience;
  }

  /** Makes attempts until one succeeds. Throws the error of the last one when another cannot help or would begin too late. */
  async run<T>(attempt: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await attempt();
      } catch (error) {
        if (!(await this.pause(error))) throw error;
      }
    }
  }

  /** Waits until the next attempt may be made; false when there is to be none. */
  async pause(error: unknown): Promise<boolean> {
    if (!mayPass(error)) return false;
    const asked = error instanceof LaurelRateLimitedError ? error.retryAfter * 1000 : 0;
    const pause = Math.max(pauseAfter(++this.failures), asked);
    if (this.clock.now() + pause > this.end) return false;
    await this.clock.wait(pause, this.signal);
    return true;
  }
}
