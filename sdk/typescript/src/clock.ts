/** Time as the client sees it; tests bring their own. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;

  /** Resolves after so many milliseconds; rejects with the signal's reason when that comes first. */
  wait(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** The machine's. */
export const systemClock: Clock = {
  now: () => Date.now(),
  wait: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const timer = setTimeout(over, milliseconds);
      signal?.addEventListener("abort", aborted);
      function over() {
        signal?.removeEventListener("abort", aborted);
        resolve();
      }
      function aborted() {
        clearTimeout(timer);
        reject(signal?.reason as Error);
      }
    }),
};
