import { el } from "../shared/dom";

export interface RankPoint {
  label: string;
  rank: number;
}

const width = 320;
const height = 170;
const pad = { left: 36, right: 14, top: 22, bottom: 34 };

/** Ranks over seasons as a line, the first place at the top; the same as a table for screen readers. */
export function rankChart(points: RankPoint[]): HTMLElement {
  const [only] = points;
  if (only === undefined) return el("p", { class: "none" }, "This player stands in no season.");
  const ranks = points.map((point) => point.rank);
  const best = Math.min(...ranks);
  const worst = Math.max(...ranks, best + 1);
  const x = (index: number) => pad.left + ((width - pad.left - pad.right) * (index + (points.length === 1 ? 0.5 : 0))) / Math.max(1, points.length - 1);
  const y = (rank: number) => pad.top + ((height - pad.top - pad.bottom) * (rank - best)) / (worst - best);
  const line = points.map((point, index) => `${x(index).toFixed(1)},${y(point.rank).toFixed(1)}`).join(" ");
  const chart = svg("svg", { viewBox: `0 0 ${width} ${height}`, class: "chart", "aria-hidden": "true" });
  for (const rank of new Set([best, worst]))
    chart.append(svg("line", { class: "grid", x1: pad.left, x2: width - pad.right, y1: y(rank), y2: y(rank) }), text(pad.left - 10, y(rank) + 4, `#${rank}`, "end"));
  chart.append(svg("polyline", { class: "path", points: line }));
  points.forEach((point, index) => {
    chart.append(svg("circle", { class: "dot", cx: x(index), cy: y(point.rank), r: 4 }));
    if (points.length <= 3 || index === 0 || index === points.length - 1)
      chart.append(text(x(index), height - 10, point.label, points.length > 1 && index === 0 ? "start" : points.length > 1 && index === points.length - 1 ? "end" : "middle"));
  });
  return el(
    "figure",
    {},
    el("figcaption", {}, "Rank by season"),
    chart,
    el("table", { class: "unseen" }, el("tbody", {}, ...points.map((point) => el("tr", {}, el("th", { scope: "row" }, point.label), el("td", {}, String(point.rank)))))),
  );
}

function text(x: number, y: number, content: string, anchor: string): SVGElement {
  const made = svg("text", { x, y, "text-anchor": anchor });
  made.textContent = content;
  return made;
}

function svg(tag: string, attributes: Record<string, string | number>): SVGElement {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  return made;
}
