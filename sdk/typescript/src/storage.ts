/** Where a queue is kept: one text, read and replaced as a whole. */
export interface QueueStorage {
  /** What was written last; null when nothing was. */
  read(): Promise<string | null>;

  /** Replaces what was there; it is kept once this resolves. */
  write(text: string): Promise<void>;

  /** Runs work alone among all who share this storage, other pages too. Left out where nobody else does. */
  alone?<T>(work: () => Promise<T>): Promise<T>;
}

/** Forgets everything with the process. */
export class MemoryStorage implements QueueStorage {
  private text: string | null = null;

  async read(): Promise<string | null> {
    return this.text;
  }

  async write(text: string): Promise<void> {
    this.text = text;
  }
}

/** The browser's local storage. Pages of the same site share it, one at a time where the browser has locks. */
export class BrowserStorage implements QueueStorage {
  /** @param name Under which it is kept. */
  constructor(private readonly name: string) {}

  async read(): Promise<string | null> {
    return localStorage.getItem(this.name);
  }

  /** Rejects when the browser's quota is used up. */
  async write(text: string): Promise<void> {
    localStorage.setItem(this.name, text);
  }

  async alone<T>(work: () => Promise<T>): Promise<T> {
    // Pages without https have no locks.
    return "locks" in navigator ? ((await navigator.locks.request(this.name, work)) as T) : work();
  }
}

/** @internal */
export function defaultStorage(name: string): QueueStorage {
  try {
    // Absent outside of browsers, and forbidden to some frames.
    return typeof window !== "undefined" && window.localStorage ? new BrowserStorage(name) : new MemoryStorage();
  } catch {
    return new MemoryStorage();
  }
}
