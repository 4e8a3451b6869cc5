import { el, setText } from "../shared/dom";
import { BoardFollower } from "../shared/follow";
import { formatScore } from "../shared/numbers";
import { Standings } from "../shared/standings";
import { type Board, type Season, part } from "./api";
import { rankChart, type RankPoint } from "./chart";
import type { Page } from "./main";
import { button, confirmed, faultOf, table, when } from "./parts";
import type { Session } from "./session";

const places = 50;
const seasonsShown = 60;

/** A leaderboard: its live standings, a player looked up, its seasons, and its life. */
export async function boardPage(session: Session, tenant: string, id: string): Promise<Page> {
  const { api } = session;
  const path = `/tenants/${part(tenant)}/leaderboards/${part(id)}`;
  const query = `/v1/leaderboards/${part(tenant)}/${part(id)}`;
  const board = await api.get<Board>(path);
  const { seasons } = await api.get<{ seasons: Season[] }>(`${path}/seasons?limit=${seasonsShown}`).catch(() => ({ seasons: [] as Season[] }));
  const live = liveStandings(session, tenant, id);
  const content = el(
    "div",
    { class: "page" },
    el("p", { class: "trail" }, el("a", { href: `#/tenants/${part(tenant)}` }, tenant)),
    el("h1", {}, board.name, " ", el("span", { class: `status status-${board.status}` }, board.status)),
    board.description !== "" && el("p", {}, board.description),
    el("div", { class: "split" }, live.element, el("div", { class: "stack" }, playerSearch(session, query, seasons), lifeOf(session, path, tenant, board))),
    el("section", { class: "card" }, seasonTable(session, path, `#/tenants/${part(tenant)}/boards/${part(id)}`, seasons, board)),
    el("details", { class: "card" }, el("summary", {}, "Configuration"), el("pre", { tabindex: "0" }, JSON.stringify(board.config, null, 2))),
  );
  return { title: board.name, content, leave: live.stop };
}

function liveStandings({ api }: Session, tenant: string, id: string): { element: HTMLElement; stop: () => void } {
  const standings = new Standings(places);
  const state = el("span", { class: "live", role: "status" }, "Connecting…");
  const total = el("span", { class: "none" });
  const rows = el("tbody");
  const show = () => {
    rows.replaceChildren(
      ...standings.entries.map((entry) =>
        el("tr", {}, el("td", {}, String(entry.rank)), el("td", {}, el("bdi", {}, entry.name ?? entry.user_id)), el("td", { class: "number" }, formatScore(entry.score))),
      ),
    );
    setText(total, `${formatScore(standings.total)} listed${standings.windowKey === null ? "" : `, ${standings.windowKey}`}`);
  };
  const follower = new BoardFollower(api.key, { tenant, leaderboard: id, top: places }, {
    snapshot: (snapshot) => (standings.reset(snapshot), show()),
    changes: (told) => (standings.apply(told), show()),
    closed: (closing) => setText(state, closing.final ? `${closing.window_key} is final` : `${closing.window_key} has ended`),
    link: (link) => setText(state, link.state === "live" ? "Live" : link.state === "connecting" ? "Connecting…" : link.reason),
  });
  follower.start();
  const element = el(
    "section",
    { class: "card" },
    el("h2", {}, "Standings ", state),
    total,
    el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Standings" }, el("table", {}, el("thead", {}, el("tr", {}, el("th", { scope: "col" }, "Rank"), el("th", { scope: "col" }, "Player"), el("th", { scope: "col", class: "number" }, "Score"))), rows)),
  );
  return { element, stop: () => void follower.stop() };
}

interface Neighbourhood { window_key: string; total: number; user: { rank: number; name: string | null; user_id: string; score: number }; entries: { rank: number; name: string | null; user_id: string; score: number }[] }

function playerSearch({ api }: Session, query: string, seasons: Season[]): HTMLElement {
  const user = el("input", { type: "search", id: "player", autocomplete: "off", required: true });
  const found = el("div", { "aria-live": "polite" });
  const form = el("form", { class: "card form", role: "search" }, el("h2", {}, "Find a player"), el("div", { class: "field" }, el("label", { for: "player" }, "User id"), user), el("button", {}, "Find"), found);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const place = await api.get<Neighbourhood>(`${query}/user/${part(user.value)}?around=2`);
      const rows = place.entries.map((entry) => [
        String(entry.rank),
        el(entry.user_id === place.user.user_id ? "strong" : "span", {}, el("bdi", {}, entry.name ?? entry.user_id)),
        formatScore(entry.score),
      ]);
      found.replaceChildren(
        el("p", {}, el("strong", {}, `Place ${place.user.rank} of ${place.total}`), ` with ${formatScore(place.user.score)}`),
        table("Neighbours", ["Rank", "Player", "Score"], rows, ""),
        rankChart(await ranksOf(api, query, user.value, seasons)),
      );
    } catch (error) {
      found.replaceChildren(faultOf(error));
    }
  });
  return form;
}

/** The rank at the end of each season, and in the present one: the last twelve in which the player stands. */
async function ranksOf(api: Session["api"], query: string, user: string, seasons: Season[]): Promise<RankPoint[]> {
  const recent = [...seasons].sort((a, b) => (a.starts_at ?? "").localeCompare(b.starts_at ?? "")).slice(-12);
  const ranks = await Promise.all(
    recent.map((season) =>
      api.get<{ rank: number }>(`${query}/rank/${part(user)}?window_key=${part(season.window_key)}`).then(
        ({ rank }) => ({ label: season.window_key, rank }),
        () => null,
      ),
    ),
  );
  return ranks.filter((rank) => rank !== null);
}

function seasonTable({ api }: Session, path: string, here: string, seasons: Season[], board: Board): HTMLElement {
  const isManual = (board.config.timeframe as { type?: string } | undefined)?.type === "manual";
  const wrong = el("div", { "aria-live": "polite" });
  const act = async (action: () => Promise<unknown>) => {
    try {
      await action();
      dispatchEvent(new HashChangeEvent("hashchange"));
    } catch (error) {
      wrong.replaceChildren(faultOf(error));
    }
  };
  const rows = seasons.map((season) => [
    season.window_key,
    season.state,
    when(season.starts_at),
    when(season.ends_at),
    season.state === "ended" || season.state === "sealed"
      ? el("a", { href: `${here}/snapshots/${part(season.window_key)}` }, "Standings")
      : "",
    isManual && season.state === "open" ? button("Close", () => act(() => api.send("POST", `${path}/seasons/${part(season.season_id)}/close`, {})), "small") : "",
  ]);
  const id = el("input", { id: "season", required: true, maxlength: "64", autocomplete: "off" });
  const open = el("form", { class: "line" }, el("label", { for: "season" }, "New season"), id, el("button", {}, "Open season"));
  open.addEventListener("submit", (event) => {
    event.preventDefault();
    void act(() => api.send("POST", `${path}/seasons`, { season_id: id.value }));
  });
  return el("div", {}, table("Seasons", ["Window", "State", "From", "To", "Snapshot", "Close"], rows, "There has been no season yet."), isManual && open, wrong);
}

function lifeOf({ api }: Session, path: string, tenant: string, board: Board): HTMLElement {
  const wrong = el("div", { "aria-live": "polite" });
  const act = async (action: () => Promise<void>) => {
    try {
      await action();
    } catch (error) {
      wrong.replaceChildren(faultOf(error));
    }
  };
  const change = (status: string) =>
    act(async () => {
      await api.send("PATCH", path, { status });
      dispatchEvent(new HashChangeEvent("hashchange"));
    });
  const remove = () =>
    act(async () => {
      if (!(await confirmed(`Delete ${board.name}? Its scores are gone; its snapshots stay.`, "Delete leaderboard"))) return;
      await api.send("DELETE", path);
      location.hash = `#/tenants/${part(tenant)}`;
    });
  return el(
    "section",
    { class: "card" },
    el("h2", {}, "Status"),
    el("p", {}, board.status === "active" ? "Takes scores and is shown to players." : board.status === "inactive" ? "Hidden from players; takes no scores." : "Archived: only its snapshots are read."),
    el("div", { class: "actions" }, ...["active", "inactive", "archived"].filter((status) => status !== board.status).map((status) => button(`Make ${status}`, () => change(status), "small")), button("Delete", remove, "danger small")),
    wrong,
  );
}
