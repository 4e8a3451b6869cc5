import { LaurelClient } from "../client.js";
import type { LiveBoard, LiveNews, LivePart, LiveState } from "../live/liveBoard.js";
import { BoardView, english, type LaurelWords } from "./boardView.js";

/**
 * `<laurel-leaderboard>`: a board that stays live for as long as it is in the page.
 *
 * Attributes: `url` (the page's own server unless set), `tenant`, `leaderboard`, `api-key` (an embed key), `top` (10 unless set) or
 * `around` (a player) with `size` (neighbours on each side), `heading` (the board's id unless set, empty for none), `highlight` (a
 * player), `theme` (`light` or `dark`; the viewer's choice unless set).
 *
 * Events: `laurel-change` with what is shown (`LiveNews`), `laurel-state` with `{state, error}`.
 */
export class LaurelLeaderboard extends HTMLElement {
  static readonly observedAttributes = ["url", "tenant", "leaderboard", "api-key", "top", "around", "size", "heading", "highlight"];

  private static readonly followed = new Set(["url", "tenant", "leaderboard", "api-key", "top", "around", "size"]);

  /** The words it shows and says, English unless set. Set it before the element is put into the page. */
  words: LaurelWords = english;

  private readonly view: BoardView;
  private live: LiveBoard | null = null;
  private news: LiveNews | null = null;
  private isDue = false;

  constructor() {
    super();
    this.view = new BoardView(this.attachShadow({ mode: "open" }), () => this.words);
  }

  connectedCallback(): void {
    this.follow();
  }

  disconnectedCallback(): void {
    void this.live?.close();
    this.live = null;
  }

  attributeChangedCallback(name: string): void {
    if (!this.isConnected) return;
    if (LaurelLeaderboard.followed.has(name)) this.followLater();
    else this.refresh();
  }

  /** Several attributes that change at once are one change. */
  private followLater(): void {
    if (this.isDue) return;
    this.isDue = true;
    queueMicrotask(() => {
      this.isDue = false;
      if (this.isConnected) this.follow();
    });
  }

  private follow(): void {
    void this.live?.close();
    this.live = null;
    this.news = null;
    this.view.clear();
    this.refresh();
    const missing = ["tenant", "leaderboard", "api-key"].filter((name) => !this.getAttribute(name));
    if (missing.length > 0) {
      this.view.enter("refused", `This leaderboard needs the attribute ${missing.join(", ")}.`);
      return;
    }
    this.view.enter("connecting", null);
    const client = new LaurelClient({
      url: this.getAttribute("url") ?? location.origin,
      tenant: this.text("tenant"),
      leaderboard: this.text("leaderboard"),
      key: this.text("api-key"),
    });
    this.live = client.follow(this.livePart(), {
      changed: (news) => this.take(news),
      state: (state, error) => this.enter(state, error?.message ?? null),
    });
  }

  private livePart(): LivePart {
    const around = this.getAttribute("around");
    if (around === null) return { top: this.number("top", 10, 1, 1000) };
    return { around, size: this.number("size", 5, 0, 100) };
  }

  private take(news: LiveNews): void {
    this.news = news;
    this.refresh(true);
    this.dispatchEvent(new CustomEvent("laurel-change", { detail: news }));
  }

  private enter(state: LiveState, error: string | null): void {
    this.view.enter(state, error);
    // A refusal has emptied it, and what has not changed since is not told again.
    if (state === "live") this.refresh();
    this.dispatchEvent(new CustomEvent("laurel-state", { detail: { state, error } }));
  }

  private refresh(isNews = false): void {
    this.view.title(this.getAttribute("heading") ?? this.getAttribute("leaderboard") ?? "");
    if (this.news === null) return;
    const language = this.closest("[lang]")?.getAttribute("lang") || undefined;
    this.view.show(this.news, this.getAttribute("highlight"), new Intl.NumberFormat(language, { maximumFractionDigits: 6 }), isNews);
  }

  private text(name: string): string {
    return this.getAttribute(name) ?? "";
  }

  private number(name: string, usual: number, least: number, most: number): number {
    const number = Number(this.getAttribute(name) ?? usual);
    return Number.isFinite(number) ? Math.min(Math.max(Math.round(number), least), most) : usual;
  }
}
