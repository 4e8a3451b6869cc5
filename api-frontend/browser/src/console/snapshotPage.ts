import { el } from "../shared/dom";
import { formatScore } from "../shared/numbers";
import { part, type Snapshot } from "./api";
import type { Page } from "./main";
import { button, faultOf, table, when } from "./parts";
import type { Session } from "./session";

const places = 50;
const every = 2000;

/** The standings of a season that has ended, page by page; until they are final they are looked at again. */
export async function snapshotPage({ api }: Session, tenant: string, board: string, window: string): Promise<Page> {
  const back = `#/tenants/${part(tenant)}/boards/${part(board)}`;
  const query = `/v1/snapshots/${part(tenant)}/${part(board)}/${part(window)}`;
  const place = el("section", { class: "card", "aria-live": "polite" });
  const turn = async (offset: number) => place.replaceChildren(...standingsOf(await api.get<Snapshot>(`${query}?limit=${places}&offset=${offset}`), offset, turnSafely));
  const turnSafely = (offset: number) => turn(offset).catch((error: unknown) => place.replaceChildren(faultOf(error)));
  const first = await api.get<Snapshot>(`${query}?limit=${places}`);
  place.replaceChildren(...standingsOf(first, 0, turnSafely));
  const look = async () => {
    if ((await api.get<Snapshot>(`${query}?limit=1`)).final) dispatchEvent(new HashChangeEvent("hashchange"));
  };
  const timer = first.final ? undefined : setInterval(() => void look().catch(() => undefined), every);
  return {
    title: `${board}, ${window}`,
    content: el(
      "div",
      { class: "page" },
      el("p", { class: "trail" }, el("a", { href: `#/tenants/${part(tenant)}` }, tenant), " / ", el("a", { href: back }, board)),
      el("h1", {}, window, " ", el("span", { class: `status ${first.final ? "status-active" : ""}` }, first.final ? "final" : "so far")),
      el("p", {}, when(first.window_start), " to ", when(first.window_end), `, ${formatScore(first.total)} listed.`),
      place,
    ),
    leave: () => clearInterval(timer),
  };
}

function standingsOf(snapshot: Snapshot, offset: number, turn: (offset: number) => Promise<void>): Node[] {
  const rows = snapshot.entries.map((entry) => [
    String(entry.rank),
    el("bdi", {}, entry.name ?? entry.user_id),
    entry.user_id,
    el("span", { class: "figure" }, formatScore(entry.score)),
  ]);
  const hasMore = offset + places < snapshot.total;
  return [
    table("Standings", ["Rank", "Player", "User id", "Score"], rows, "Nobody stood in this season."),
    ...(offset > 0 || hasMore
      ? [
          el(
            "div",
            { class: "line" },
            offset > 0 && button("Higher places", () => turn(Math.max(0, offset - places))),
            hasMore && button("Lower places", () => turn(offset + places)),
            el("span", { class: "none" }, `Places ${offset + 1} to ${Math.min(offset + places, snapshot.total)} of ${formatScore(snapshot.total)}`),
          ),
        ]
      : []),
  ];
}
