import { el } from "../shared/dom";
import type { Page } from "./main";
import { table } from "./parts";

const every = 3000;

const told: Record<string, string> = {
  laurel_grains: "Grains in memory",
  laurel_viewers: "Live viewers",
  laurel_viewers_dropped_total: "Viewers dropped, too slow",
  laurel_scores_total: "Scores taken since the start",
  laurel_rate_limited_total: "Requests refused by rate limits",
  laurel_request_duration_seconds_count: "Requests answered since the start",
};

/** The node that serves this page: whether it is ready, and what it counts. */
export async function healthPage(): Promise<Page> {
  const place = el("div", { "aria-live": "off" });
  const refresh = async () => place.replaceChildren(...(await look()));
  await refresh();
  const timer = setInterval(() => void refresh(), every);
  return {
    title: "Health",
    content: el("div", { class: "page" }, el("h1", {}, "Health"), el("p", {}, "Of the node that serves this page, every three seconds."), place),
    leave: () => clearInterval(timer),
  };
}

async function look(): Promise<Node[]> {
  const [alive, ready, metrics] = await Promise.all([probe("/health"), probe("/ready"), fetch("/metrics").then((answer) => answer.text(), () => "")]);
  const sums = sumsOf(metrics);
  const rows = Object.entries(told).filter(([name]) => sums.has(name)).map(([name, words]) => [words, (sums.get(name) as number).toLocaleString()]);
  return [
    el("section", { class: "card lights" }, light("Process", alive), light("Storage and service", ready)),
    el("section", { class: "card" }, table("Counters", ["What", "How many"], rows, "The counters cannot be read.")),
  ];
}

function light(what: string, state: string): HTMLElement {
  const good = state === "alive" || state === "ready";
  return el("p", { class: good ? "good" : "bad" }, el("span", { class: "lamp", "aria-hidden": "true" }), el("strong", {}, what), `: ${state}`);
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
