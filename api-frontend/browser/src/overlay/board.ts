import { el } from "../shared/dom";
import type { Entry, Move } from "../shared/standings";
import { Row } from "./row";

const moveFor = 620;
const enterFor = 420;
const leaveFor = 260;
const easing = "cubic-bezier(.22, 1, .3, 1)";
const busyFrom = 3;

/**
 * The list of rows. A change of order is laid out at once, and each row is then moved by a transform from where it was seen to where it
 * is: the compositor's work alone, however many moves there are. A row that is caught on its way goes on from there.
 */
export class BoardView {
  readonly element = el("ol", { class: "lrl-board", role: "list" });
  private readonly rows = new Map<string, Row>();
  private pace = 0;
  private changedAt = 0;

  constructor(private readonly still: () => boolean) {}

  /** Shows entries, in rank order. */
  show(entries: Entry[], moves: Move[] = []): void {
    const before = this.positions();
    const shares = sharesOf(entries);
    const keep = new Set(entries.map((entry) => entry.user_id));
    for (const [user, row] of this.rows) {
      if (!keep.has(user)) this.leave(user, row);
    }
    let next = this.element.firstElementChild;
    entries.forEach((entry, index) => {
      let row = this.rows.get(entry.user_id);
      if (row === undefined) this.rows.set(entry.user_id, (row = new Row(entry)));
      while (next?.classList.contains("lrl-row-leaving")) next = next.nextElementSibling;
      if (row.element === next) next = next.nextElementSibling;
      else this.element.insertBefore(row.element, next);
      row.show(entry, index, entries.length, shares[index] as number);
    });
    if (moves.length > 0) this.element.classList.toggle("lrl-board-busy", this.paceNow() > busyFrom);
    for (const move of moves) this.rows.get(move.entry.user_id)?.unmark();
    // Lays out once, between the two: a mark that is set again begins anew.
    if (!this.still()) this.animate(before);
    for (const move of moves) this.rows.get(move.entry.user_id)?.mark(move, move.climbed !== null && move.climbed < 0);
  }

  /** The row of a user that is shown. */
  row(user: string): Row | undefined {
    return this.rows.get(user);
  }

  /** Changes in about the last second, this one included. What flashes more often than three times a second harms some people. */
  private paceNow(): number {
    const now = performance.now();
    this.pace = this.pace * Math.exp((this.changedAt - now) / 1000) + 1;
    this.changedAt = now;
    return this.pace;
  }

  private positions(): Map<string, number> {
    const positions = new Map<string, number>();
    for (const [user, row] of this.rows) positions.set(user, row.element.getBoundingClientRect().top);
    return positions;
  }

  private animate(before: Map<string, number>): void {
    // All are measured before any is moved, so that there is one layout.
    const now: [Row, number, number | undefined][] = [];
    for (const [user, row] of this.rows) {
      row.moving?.cancel();
      now.push([row, 0, before.get(user)]);
    }
    for (const item of now) item[1] = item[0].element.getBoundingClientRect().top;
    for (const [row, top, was] of now) {
      if (was === undefined) {
        const frames = [{ opacity: 0, transform: "translateX(1.5em) scale(.98)" }, { opacity: 1, transform: "none" }];
        row.moving = row.element.animate(frames, { duration: enterFor, easing });
      } else if (Math.abs(was - top) > 0.5) {
        row.moving = row.element.animate([{ transform: `translateY(${was - top}px)` }, { transform: "none" }], { duration: moveFor, easing });
      }
    }
  }

  private leave(user: string, row: Row): void {
    this.rows.delete(user);
    const { element } = row;
    if (this.still()) {
      element.remove();
      return;
    }
    // Out of the flow, where it stood, so that the others close up at once.
    const { offsetTop, offsetWidth, offsetLeft } = element;
    element.classList.add("lrl-row-leaving");
    Object.assign(element.style, { position: "absolute", top: `${offsetTop}px`, left: `${offsetLeft}px`, width: `${offsetWidth}px` });
    element.setAttribute("aria-hidden", "true");
    const fading = element.animate([{ opacity: 1 }, { opacity: 0, transform: "scale(.97)" }], { duration: leaveFor, easing, fill: "forwards" });
    fading.finished.then(() => element.remove(), () => element.remove());
  }
}

/** Each score between the worst shown (a little above 0) and the best (1), whichever way the board is ordered. */
function sharesOf(entries: Entry[]): number[] {
  const first = entries[0]?.score ?? 0;
  const last = entries[entries.length - 1]?.score ?? 0;
  if (first === last) return entries.map(() => 1);
  if (first > last && last >= 0) return entries.map((entry) => Math.max(0.02, entry.score / first));
  return entries.map((entry) => 0.12 + 0.88 * ((entry.score - last) / (first - last)));
}
