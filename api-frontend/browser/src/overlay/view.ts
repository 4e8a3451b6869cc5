import { el, setText } from "../shared/dom";
import { BoardFollower, type Link, type SeasonClosed } from "../shared/follow";
import { formatScore } from "../shared/numbers";
import { Standings, type RankChanges, type Snapshot } from "../shared/standings";
import { BoardView } from "./board";
import { MomentsView, momentOf } from "./moments";
import type { Settings } from "./settings";

/** A broken connection is not worth a word before this: most come back sooner. */
const quietFor = 1500;
const beatFor = 1600;

/** The whole overlay: it follows the board and shows what it is told. */
export class OverlayView {
  readonly element: HTMLElement;
  private readonly standings: Standings;
  private readonly stillness = matchMedia("(prefers-reduced-motion: reduce)");
  private readonly lightness = matchMedia("(prefers-color-scheme: light)");
  private readonly board = new BoardView(() => this.stillness.matches);
  private readonly moments = new MomentsView();
  private readonly window = el("span", { class: "lrl-window" });
  private readonly total = el("span", { class: "lrl-total" });
  private readonly liveDot = el("span", { class: "lrl-live-dot", "aria-hidden": "true" });
  private readonly liveText = el("span", { class: "lrl-live-text" }, "…");
  private readonly statusText = el("span", { class: "lrl-status-text" });
  private readonly season = el("div", { class: "lrl-season", hidden: true });
  private readonly follower: BoardFollower;
  private quiet: number | undefined;
  private beating: Animation | undefined;

  constructor(private readonly settings: Settings) {
    const { board, tenant, key, top, theme } = settings;
    this.standings = new Standings(top);
    this.element = el(
      "main",
      { class: `lrl-overlay lrl-theme-${theme} lrl-connecting`, "aria-label": `Leaderboard ${settings.title ?? board}` },
      el("div", { class: "lrl-backdrop", "aria-hidden": "true" }),
      el(
        "div",
        { class: "lrl-frame" },
        settings.header && this.header(settings.title ?? titleOf(board)),
        this.season,
        el("div", { class: "lrl-body" }, this.board.element, this.empty()),
        el("footer", { class: "lrl-footer" }, this.total, el("span", { class: "lrl-brand" }, "laurel")),
        this.moments.element,
      ),
      this.moments.announcer,
      el("div", { class: "lrl-status", role: "alert" }, el("span", { class: "lrl-status-icon", "aria-hidden": "true" }), this.statusText),
    );
    // Rows and the space for them, so that as many as were asked for fit the page.
    this.element.style.setProperty("--lrl-rows", String(top));
    this.element.classList.toggle("lrl-headless", !settings.header);
    this.paint();
    this.lightness.addEventListener("change", () => this.paint());
    this.follower = new BoardFollower(key, { leaderboard: board, top, ...(tenant === null ? {} : { tenant }) }, {
      snapshot: (snapshot) => this.reset(snapshot),
      changes: (told) => this.apply(told),
      closed: (closing) => this.close(closing),
      link: (link) => this.link(link),
    });
  }

  start(): void {
    this.follower.start();
  }

  /** Dark or light, as the address or the viewer's system says; over a stream's picture dark unless the address says otherwise. */
  private paint(): void {
    const usual = this.lightness.matches && this.settings.theme !== "stream" ? "light" : "dark";
    const light = (this.settings.mode ?? usual) === "light";
    this.element.classList.toggle("lrl-light", light);
    this.element.classList.toggle("lrl-dark", !light);
  }

  private header(title: string): HTMLElement {
    return el(
      "header",
      { class: "lrl-header" },
      el("span", { class: "lrl-emblem", "aria-hidden": "true" }),
      el("div", { class: "lrl-heading" }, el("h1", { class: "lrl-title", dir: "auto" }, title), this.window),
      el("span", { class: "lrl-live" }, this.liveDot, this.liveText),
    );
  }

  private empty(): HTMLElement {
    return el(
      "div",
      { class: "lrl-empty" },
      el("span", { class: "lrl-empty-icon", "aria-hidden": "true" }),
      el("p", { class: "lrl-empty-title" }, "Nobody yet"),
      el("p", { class: "lrl-empty-text" }, "The first score takes the lead."),
    );
  }

  private reset(snapshot: Snapshot): void {
    this.standings.reset(snapshot);
    this.show(() => this.board.show(this.standings.entries));
  }

  private apply(told: RankChanges): void {
    const before = this.standings.entries;
    const turnsOver = told.window_key !== this.standings.windowKey;
    const moves = this.standings.apply(told);
    if (turnsOver) this.reopen();
    this.show(() => this.board.show(this.standings.entries, moves));
    this.beat();
    const moment = turnsOver || !this.settings.moments ? null : momentOf(moves, before);
    if (moment === null) return;
    if (moment.kind !== "overtaken") this.board.row(moment.user)?.markRecord(moment.title);
    this.moments.add(moment);
  }

  private show(rows: () => void): void {
    rows();
    const { total, windowKey } = this.standings;
    this.element.classList.add("lrl-ready");
    this.element.classList.toggle("lrl-vacant", this.standings.entries.length === 0);
    setText(this.total, total === 1 ? "1 player" : `${formatScore(total)} players`);
    setText(this.window, windowKey === null || windowKey === "all_time" ? "All time" : windowKey);
  }

  private beat(): void {
    if (this.stillness.matches || this.beating?.playState === "running") return;
    const frames = [{ opacity: 0.6, transform: "none" }, { opacity: 0, transform: "scale(2.6)" }];
    this.beating = this.liveDot.animate(frames, { duration: beatFor, easing: "ease-out", pseudoElement: "::after" });
  }

  private close(closing: SeasonClosed): void {
    const champion = this.standings.entries[0];
    const of = closing.window_key === this.standings.windowKey ? champion : undefined;
    // The seal of a season that is no longer shown changes nothing here.
    if (of === undefined && closing.final) return;
    this.element.classList.add("lrl-closed");
    this.element.classList.toggle("lrl-final", closing.final);
    this.season.className = `lrl-season ${closing.final ? "lrl-season-final" : "lrl-season-ended"}`;
    this.season.hidden = false;
    this.season.replaceChildren(
      el("span", { class: "lrl-season-icon", "aria-hidden": "true" }),
      el("span", { class: "lrl-season-title" }, closing.final ? "Final standings" : "Season over"),
      el("span", { class: "lrl-season-window" }, closing.window_key),
      ...(of ? [el("span", { class: "lrl-season-winner" }, el("bdi", { class: "lrl-season-name" }, of.name ?? of.user_id), " wins")] : []),
    );
  }

  private reopen(): void {
    this.element.classList.remove("lrl-closed", "lrl-final");
    this.season.hidden = true;
  }

  private link(link: Link): void {
    const { classList } = this.element;
    if (link.state === "connecting") return;
    clearTimeout(this.quiet);
    if (link.state === "live") {
      classList.remove("lrl-connecting", "lrl-reconnecting", "lrl-refused");
      classList.add("lrl-connected");
      setText(this.liveText, "Live");
      setText(this.statusText, "");
      return;
    }

    const { state, reason } = link;
    classList.remove("lrl-connected");
    const tell = () => {
      classList.toggle("lrl-refused", state === "refused");
      classList.toggle("lrl-reconnecting", state === "broken");
      setText(this.liveText, state === "refused" ? "Off" : "Reconnecting");
      setText(this.statusText, reason);
    };
    if (state === "refused") {
      // What may not be seen any more is not left standing.
      this.standings.reset({ window_key: null, sequence: 0, total: 0, entries: [] });
      this.board.show([]);
      tell();
    } else {
      this.quiet = window.setTimeout(tell, quietFor);
    }
  }
}

function titleOf(board: string): string {
  const words = board.replace(/[-_]+/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
