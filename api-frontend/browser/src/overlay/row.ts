import { el, setText } from "../shared/dom";
import { formatGain, formatScore } from "../shared/numbers";
import type { Entry, Move } from "../shared/standings";

const hues = 8;
const markFor = 2600;

/** One row of the board: its elements, and what it shows for a moment after a change. */
export class Row {
  readonly element: HTMLLIElement;
  private readonly rank = el("span", { class: "lrl-rank" });
  private readonly name = el("bdi", { class: "lrl-name", dir: "auto" });
  private readonly initial = el("span", { class: "lrl-avatar-initial" });
  private readonly avatar = el("span", { class: "lrl-avatar", "aria-hidden": "true" }, this.initial);
  private readonly score = el("span", { class: "lrl-score" });
  private readonly gain = el("span", { class: "lrl-gain", "aria-hidden": "true" });
  private readonly arrow = el("span", { class: "lrl-move-arrow" });
  private readonly count = el("span", { class: "lrl-move-count" });
  private readonly move = el("span", { class: "lrl-move lrl-move-same", "aria-hidden": "true" }, this.arrow, this.count);
  private readonly fill = el("span", { class: "lrl-bar-fill" });
  private readonly tag = el("span", { class: "lrl-tag", hidden: true });
  /** Brings it to its place. */
  moving: Animation | undefined;
  private marks: number | undefined;

  constructor(entry: Entry) {
    this.element = el(
      "li",
      { class: "lrl-row" },
      el("span", { class: "lrl-flash", "aria-hidden": "true" }),
      el("span", { class: "lrl-place" }, el("span", { class: "lrl-medal", "aria-hidden": "true" }), this.rank),
      this.move,
      this.avatar,
      el("span", { class: "lrl-player" }, this.name, this.tag),
      el("span", { class: "lrl-points" }, this.gain, this.score),
      el("span", { class: "lrl-bar", "aria-hidden": "true" }, this.fill),
    );
    this.element.dataset.user = entry.user_id;
    this.avatar.classList.add(`lrl-hue-${hueOf(entry.user_id)}`);
  }

  /** Shows an entry. @param share Its score between the last shown (0) and the first (1). */
  show(entry: Entry, index: number, count: number, share: number): void {
    const shown = entry.name ?? entry.user_id;
    setText(this.rank, String(entry.rank));
    setText(this.name, shown);
    if (this.name.title !== shown) this.name.title = shown;
    setText(this.initial, initialOf(shown));
    setText(this.score, formatScore(entry.score));
    this.element.setAttribute("aria-posinset", String(entry.rank));
    // The server's policy forbids style attributes in markup; what a script sets is allowed.
    this.fill.style.transform = `scaleX(${share.toFixed(4)})`;
    const { classList } = this.element;
    for (const name of [...classList]) {
      if (/^lrl-rank-\d+$/.test(name) && name !== `lrl-rank-${entry.rank}`) classList.remove(name);
    }
    if (entry.rank <= 10) classList.add(`lrl-rank-${entry.rank}`);
    classList.toggle("lrl-row-podium", entry.rank <= 3);
    classList.toggle("lrl-row-first", index === 0);
    classList.toggle("lrl-row-last", index === count - 1);
    classList.toggle("lrl-row-even", index % 2 === 1);
    classList.toggle("lrl-row-odd", index % 2 === 0);
    classList.toggle("lrl-row-unnamed", entry.name === null);
    classList.toggle("lrl-row-long", shown.length > 22);
  }

  /** Marks what has just happened, on a row without marks; they fade by themselves. */
  mark(move: Move, overtaken: boolean): void {
    const { classList } = this.element;
    const { climbed, gained } = move;
    const direction = climbed === null ? "new" : climbed > 0 ? "up" : climbed < 0 ? "down" : "same";
    this.move.className = `lrl-move lrl-move-${direction}`;
    setText(this.count, climbed ? String(Math.abs(climbed)) : "");
    if (direction !== "same") classList.add(`lrl-row-${direction}`);
    if (gained) {
      classList.add("lrl-row-scored");
      this.gain.classList.add(gained > 0 ? "lrl-gain-up" : "lrl-gain-down");
      setText(this.gain, formatGain(gained));
    }
    if (overtaken) classList.add("lrl-row-overtaken");
    else if (climbed !== null && climbed > 0) classList.add("lrl-row-overtaking");
    this.marks = window.setTimeout(() => this.unmark(), markFor);
  }

  /** Marks a new record. */
  markRecord(text: string): void {
    this.element.classList.add("lrl-row-record");
    this.tag.hidden = false;
    this.tag.className = "lrl-tag lrl-tag-record";
    setText(this.tag, text);
  }

  /** Takes all marks off. */
  unmark(): void {
    clearTimeout(this.marks);
    this.element.classList.remove(
      "lrl-row-up", "lrl-row-down", "lrl-row-new", "lrl-row-scored", "lrl-row-overtaken", "lrl-row-overtaking", "lrl-row-record",
    );
    this.gain.classList.remove("lrl-gain-up", "lrl-gain-down");
    setText(this.gain, "");
    this.move.className = "lrl-move lrl-move-same";
    setText(this.count, "");
    this.tag.hidden = true;
  }
}

/** The first character that people would call one, emoji and marks included. */
function initialOf(name: string): string {
  const [first] = new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(name.trim());
  return first === undefined ? "·" : first.segment.toLocaleUpperCase();
}

function hueOf(id: string): number {
  let hash = 0;
  for (const character of id) hash = (hash * 31 + (character.codePointAt(0) as number)) | 0;
  return (Math.abs(hash) % hues) + 1;
}
