import type { LiveRow } from "../live/rows.js";

const moved = 320;
const shown = 2600;

/** One row of the list: its elements, made once and changed in place, so that what does not change is not laid out again. */
export class RowView {
  readonly element = document.createElement("li");
  private readonly rank = make("span", "rank");
  private readonly name = make("span", "name");
  // Written in its own direction, and still at the place of all names.
  private readonly text = document.createElement("bdi");
  private readonly move = make("span", "move");
  private readonly score = make("span", "score");

  constructor() {
    this.move.setAttribute("aria-hidden", "true");
    this.name.append(this.text);
    this.element.append(this.rank, this.name, this.move, this.score);
  }

  show(row: LiveRow, isMe: boolean, format: Intl.NumberFormat): void {
    setText(this.rank, String(row.rank));
    setText(this.text, row.name ?? row.userId);
    setText(this.score, format.format(row.score));
    this.name.classList.toggle("unnamed", row.name === null);
    this.element.className = `row rank-${row.rank}${isMe ? " me" : ""}`;
    this.element.setAttribute("part", `row rank-${row.rank}${isMe ? " me" : ""}`);
    if (isMe) this.element.setAttribute("aria-current", "true");
    else this.element.removeAttribute("aria-current");
  }

  /** Says for a moment how many places were won or lost. */
  climb(places: number): void {
    if (places === 0) return;
    setText(this.move, `${places > 0 ? "▲" : "▼"} ${Math.abs(places)}`);
    this.move.classList.toggle("down", places < 0);
    this.move.getAnimations().forEach((animation) => animation.cancel());
    this.move.animate([{ opacity: 0 }, { opacity: 1, offset: 0.1 }, { opacity: 1, offset: 0.8 }, { opacity: 0 }], shown);
  }

  /** Moves to where it stands now from so many pixels away. */
  slide(distance: number): void {
    if (distance !== 0) this.element.animate([{ transform: `translateY(${distance}px)` }, { transform: "none" }], { duration: moved, easing: "ease-out" });
  }

  appear(): void {
    this.element.animate([{ opacity: 0, transform: "translateY(8px)" }, { opacity: 1, transform: "none" }], { duration: moved, easing: "ease-out" });
  }
}

function make(tag: string, part: string): HTMLElement {
  const element = document.createElement(tag);
  element.className = part;
  element.setAttribute("part", part);
  return element;
}

function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
