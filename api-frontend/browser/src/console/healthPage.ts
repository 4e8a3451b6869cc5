import { el } from "../shared/dom";
import { ApiError, type Api, type Node as ServerNode } from "./api";
import type { Page } from "./main";
import { faultOf, table, when } from "./parts";
import type { Session } from "./session";

const every = 3000;
const mega = 1024 * 1024;

const told: Record<string, string> = {
  laurel_grains: "Grains in memory",
  laurel_viewers: "Live viewers",
  laurel_viewers_dropped_total: "Viewers dropped, too slow",
  laurel_scores_total: "Scores taken since the start",
  laurel_rate_limited_total: "Requests refused by rate limits",
  laurel_request_duration_seconds_count: "Requests answered since the start",
};

/** The nodes of the server, for operators; and the one that serves this page: whether it is ready, and what it counts. */
export async function healthPage(session: Session): Promise<Page> {
  const place = el("div", { class: "stack", "aria-live": "off" });
  const refresh = async () => place.replaceChildren(...(await look(session)));
  await refresh();
  const timer = setInterval(() => void refresh(), every);
  return {
    title: "Health",
    content: el("div", { class: "page" }, el("h1", {}, "Health"), el("p", {}, "Looked at every three seconds."), place),
    leave: () => clearInterval(timer),
  };
}

async function look({ api, isAdmin }: Session): Promise<Node[]> {
  const [alive, ready, metrics, nodes] = await Promise.all([
    probe("/health"),
    probe("/ready"),
    fetch("/metrics").then((answer) => answer.text(), () => ""),
    isAdmin ? nodesOf(api) : null,
  ]);
  const sums = sumsOf(metrics);
  const rows = Object.entries(told).filter(([name]) => sums.has(name)).map(([name, words]) => [words, (sums.get(name) as number).toLocaleString()]);
  return [
    el("section", { class: "card lights", "aria-label": "This node" }, light("Process", alive), light("Storage and service", ready)),
    ...(nodes === null ? [] : [el("section", { class: "card" }, nodes)]),
    el("section", { class: "card" }, table("Counters of the node that serves this page", ["What", "How many"], rows, "The counters cannot be read.")),
  ];
}

async function nodesOf(api: Api): Promise<HTMLElement> {
  try {
    const { nodes } = await api.get<{ nodes: ServerNode[] }>("/nodes");
    // What the host does not know of any node is not shown of any.
    const known = columns.filter(({ of }) => nodes.some((node) => of(node) !== undefined));
    return table("Nodes", known.map(({ head }) => head), nodes.map((node) => known.map(({ of }) => of(node) ?? "–")), "No node is known.");
  } catch (error) {
    return faultOf(error instanceof ApiError && error.status === 500 ? new Error("The cluster does not answer.") : error);
  }
}

const columns: { head: string; of: (node: ServerNode) => string | HTMLElement | undefined }[] = [
  { head: "Name", of: (node) => el("span", { class: node.state === "active" ? "good" : "bad" }, lamp(), el("strong", {}, node.name), node.is_this ? " (this one)" : "") },
  { head: "State", of: (node) => node.state.replaceAll("_", " ") },
  { head: "Role", of: (node) => node.role },
  { head: "Address", of: (node) => node.address },
  { head: "Since", of: (node) => when(node.started_at) },
  { head: "Grains", of: (node) => node.grains?.toLocaleString() },
  { head: "CPU", of: (node) => (node.cpu_percent === undefined ? undefined : `${node.cpu_percent.toLocaleString()} %`) },
  { head: "Memory", of: (node) => (node.memory_bytes === undefined ? undefined : `${Math.round(node.memory_bytes / mega).toLocaleString()} MB`) },
];

function light(what: string, state: string): HTMLElement {
  const good = state === "alive" || state === "ready";
  return el("p", { class: good ? "good" : "bad" }, lamp(), el("strong", {}, what), `: ${state}`);
}

function lamp(): HTMLElement {
  return el("span", { class: "lamp", "aria-hidden": "true" });
}

async function probe(path: string): Promise<string> {
  try {
    return ((await (await fetch(path, { cache: "no-store" })).json()) as { status: string }).status;
  } catch {
    return "does not answer";
  }
}

/** Each metric's values of all labels together. */
function sumsOf(text: string): Map<string, number> {
  const sums = new Map<string, number>();
  for (const line of text.split("\n")) {
    const match = /^([a-z_]+)(?:\{[^}]*\})? (\S+)/.exec(line);
    if (match) sums.set(match[1] as string, (sums.get(match[1] as string) ?? 0) + Number(match[2]));
  }
  return sums;
}
