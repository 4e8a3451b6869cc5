import { setTimeout as wait } from "node:timers/promises";

const deadline = 120_000;

/** Waits until something holds; what it throws counts as not yet. Fails, with the last reason, after two minutes. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + deadline;
  let reason: unknown = "";
  for (;;) {
    try {
      if (await holds()) return;
    } catch (error) {
      reason = error;
    }
    if (Date.now() > end) throw new Error(`It did not come to this: ${what}. ${String(reason)}`);
    await wait(25);
  }
}
