import type { LiveNews, LiveState } from "../live/liveBoard.js";
import type { LiveRow } from "../live/rows.js";
import { RowView } from "./rowView.js";
import { style } from "./style.js";

/** The words of the element, for pages in other languages. */
export interface LaurelWords {
  connecting: string;
  live: string;
  broken: string;
  refused: string;
  /** Where nobody is listed. */
  empty: string;
  /** How many are listed. */
  players(total: number): string;
  /** What screen readers are told when another player leads. */
  leads(name: string): string;
  /** What they are told when the highlighted player's rank changes. */
  myRank(rank: number): string;
}

export const english: LaurelWords = {
  connecting: "Connecting…",
  live: "Live",
  broken: "Reconnecting…",
  refused: "Not available",
  empty: "Nobody yet. Be the first.",
  players: (total) => (total === 1 ? "1 player" : `${total} players`),
  leads: (name) => `${name} leads`,
  myRank: (rank) => `You are in place ${rank}`,
};

const markup = `
<section class="board" part="board" aria-labelledby="heading">
  <div class="header" part="header"><h2 class="heading" part="heading" id="heading"></h2><span class="status" part="status" role="status"></span></div>
  <p class="error" part="error" role="alert" hidden></p>
  <p class="empty" part="empty" hidden></p>
  <ol class="list" part="list" role="list"></ol>
  <div class="footer" part="footer"></div>
  <div class="heard" aria-live="polite"></div>
</section>`;

/** What the element shows: the shadow tree, and how it follows the news. */
export class BoardView {
  private readonly rows = new Map<string, RowView>();
  private leader: string | null = null;
  private ownRank: number | null = null;

  constructor(
    private readonly root: ShadowRoot,
    private readonly words: () => LaurelWords,
  ) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    root.adoptedStyleSheets = [sheet];
    root.innerHTML = markup;
    this.enter("connecting", null);
  }

  title(text: string): void {
    this.part("heading").textContent = text;
    this.part("header").hidden = text === "";
  }

  enter(state: LiveState, error: string | null): void {
    const status = this.part("status");
    const words = this.words();
    status.className = `status ${state}`;
    status.textContent = state === "closed" ? "" : words[state];
    const fault = this.part("error");
    fault.hidden = state !== "refused";
    fault.textContent = state === "refused" ? error : "";
    if (state === "refused") this.clear();
  }

  /** @param isNews Whether it was not shown before: then rows move to their places. */
  show(news: LiveNews, me: string | null, format: Intl.NumberFormat, isNews: boolean): void {
    const places = this.places();
    const list = this.part("list");
    for (const [userId, view] of this.rows) {
      if (news.rows.some((row) => row.userId === userId)) continue;
      view.element.remove();
      this.rows.delete(userId);
    }
    const entered = news.rows.map((row) => this.place(row, list, me, format));
    this.part("empty").hidden = news.rows.length > 0;
    this.part("empty").textContent = this.words().empty;
    this.part("footer").textContent = this.words().players(news.total);
    this.say(news.rows, me);
    if (isNews && places.size > 0 && !news.isNewWindow) this.move(news, places, entered);
  }

  clear(): void {
    this.rows.clear();
    this.part("list").replaceChildren();
    this.part("footer").textContent = "";
    this.part("empty").hidden = true;
  }

  /** Puts a row where it belongs; true when it was not there before. */
  private place(row: LiveRow, list: HTMLElement, me: string | null, format: Intl.NumberFormat): boolean {
    const known = this.rows.get(row.userId);
    const view = known ?? new RowView();
    this.rows.set(row.userId, view);
    view.show(row, row.userId === me, format);
    list.append(view.element);
    return known === undefined;
  }

  private move(news: LiveNews, places: ReadonlyMap<string, number>, entered: readonly boolean[]): void {
    const ranks = new Map(news.changes.map(({ userId, before }) => [userId, before?.rank ?? null]));
    const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
    news.rows.forEach((row, index) => {
      const view = this.rows.get(row.userId) as RowView;
      const was = ranks.get(row.userId) ?? null;
      if (was !== null) view.climb(was - row.rank);
      if (isStill) return;
      if (entered[index]) view.appear();
      else view.slide((places.get(row.userId) ?? 0) - view.element.offsetTop);
    });
  }

  private places(): Map<string, number> {
    return new Map([...this.rows].map(([userId, view]) => [userId, view.element.offsetTop]));
  }

  /** Only what matters is said aloud: a busy board would never be silent. */
  private say(rows: readonly LiveRow[], me: string | null): void {
    const first = rows[0];
    const mine = rows.find((row) => row.userId === me)?.rank ?? null;
    const said: string[] = [];
    if (first?.rank === 1 && this.leader !== null && first.userId !== this.leader) said.push(this.words().leads(first.name ?? first.userId));
    if (mine !== null && this.ownRank !== null && mine !== this.ownRank) said.push(this.words().myRank(mine));
    this.leader = first?.rank === 1 ? first.userId : null;
    this.ownRank = mine;
    if (said.length > 0) (this.root.querySelector(".heard") as HTMLElement).textContent = said.join(". ");
  }

  private part(name: string): HTMLElement {
    return this.root.querySelector(`.${name}`) as HTMLElement;
  }
}
