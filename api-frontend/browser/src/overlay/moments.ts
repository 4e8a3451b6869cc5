import { el } from "../shared/dom";
import { formatScore } from "../shared/numbers";
import type { Entry, Move } from "../shared/standings";

const showFor = 3200;
const atMost = 3;

export interface Moment {
  kind: "leader" | "record" | "overtaken";
  title: string;
  hero: string;
  text: string;
  user: string;
}

/** What of these moves is worth a word; the most important one, or none. */
export function momentOf(moves: Move[], before: Entry[]): Moment | null {
  const first = moves.find((move) => move.entry.rank === 1);
  const leader = before[0];
  if (first && leader) {
    const hero = first.entry.name ?? first.entry.user_id;
    const { user_id: user, score } = first.entry;
    if (leader.user_id !== user)
      return { kind: "leader", title: "New leader", hero, user, text: `takes the lead with ${formatScore(score)}` };
    if (first.gained) return { kind: "record", title: "New record", hero, user, text: `raises the bar to ${formatScore(score)}` };
  }
  const climbers = moves.filter((move) => move.climbed !== null && move.climbed > 0 && move.gained).sort((a, b) => a.entry.rank - b.entry.rank);
  const climber = climbers[0];
  if (climber === undefined) return null;
  const passed = before.find((entry) => entry.rank === climber.entry.rank && entry.user_id !== climber.entry.user_id);
  return passed === undefined
    ? null
    : {
        kind: "overtaken",
        title: "Overtaken",
        hero: climber.entry.name ?? climber.entry.user_id,
        user: climber.entry.user_id,
        text: `passes ${isolate(passed.name ?? passed.user_id)} for place ${climber.entry.rank}`,
      };
}

/** Shows moments one after another. Those that come too fast for people are left out, the oldest first. */
export class MomentsView {
  readonly element = el("div", { class: "lrl-moments" });
  /** For screen readers: one sentence at a time. */
  readonly announcer = el("div", { class: "lrl-announcer", role: "status", "aria-live": "polite" });
  private readonly waiting: Moment[] = [];
  private showing = false;

  add(moment: Moment): void {
    const same = this.waiting.findIndex((other) => other.kind === moment.kind);
    if (same >= 0) this.waiting.splice(same, 1);
    this.waiting.push(moment);
    if (this.waiting.length > atMost) this.waiting.shift();
    if (!this.showing) this.next();
  }

  private next(): void {
    const moment = this.waiting.shift();
    this.showing = moment !== undefined;
    if (moment === undefined) return;
    const card = el(
      "div",
      { class: `lrl-moment lrl-moment-${moment.kind} lrl-moment-in` },
      el("span", { class: "lrl-moment-icon", "aria-hidden": "true" }),
      el(
        "span",
        { class: "lrl-moment-body" },
        el("span", { class: "lrl-moment-title" }, moment.title),
        el("span", { class: "lrl-moment-line" }, el("bdi", { class: "lrl-moment-name" }, moment.hero), " ", el("span", { class: "lrl-moment-text" }, moment.text)),
      ),
    );
    this.element.replaceChildren(card);
    this.announcer.textContent = `${moment.title}: ${moment.hero} ${moment.text}`;
    setTimeout(() => card.classList.replace("lrl-moment-in", "lrl-moment-out"), showFor - 400);
    setTimeout(() => {
      card.remove();
      this.next();
    }, showFor);
  }
}

// A name of another direction must not turn the sentence around it.
function isolate(name: string): string {
  return `\u2068${name}\u2069`;
}
