import { el } from "../shared/dom";
import { formatScore } from "../shared/numbers";
import { part, type KeyLimit, type Limits, type Usage, type Used } from "./api";
import type { Page } from "./main";
import { button, faultOf, meter, select, table, when } from "./parts";
import type { Session } from "./session";

const every = 3000;
const shown = 100;
const plans = ["free", "indie", "pro", "enterprise"];

/** What a tenant has used of its plan, and how far its keys are in their rate limits; looked at again every few seconds. */
export async function usagePage(session: Session, tenant: string): Promise<Page> {
  const path = `/tenants/${part(tenant)}`;
  const plan = el("div");
  const limits = el("div");
  const look = async () => {
    await Promise.all([show(plan, () => usageOf(session, path)), show(limits, () => limitsOf(session, path))]);
  };
  await look();
  const timer = setInterval(() => void look(), every);
  return {
    title: `Usage of ${tenant}`,
    content: el(
      "div",
      { class: "page" },
      el("p", { class: "trail" }, el("a", { href: `#${path}` }, tenant)),
      el("h1", {}, "Usage and limits"),
      plan,
      session.isAdmin && planForm(session, path, look),
      limits,
    ),
    leave: () => clearInterval(timer),
  };
}

async function show(place: HTMLElement, part: () => Promise<HTMLElement>): Promise<void> {
  try {
    place.replaceChildren(await part());
  } catch (error) {
    place.replaceChildren(el("section", { class: "card" }, faultOf(error)));
  }
}

async function usageOf({ api }: Session, path: string): Promise<HTMLElement> {
  const usage = await api.get<Usage>(`${path}/usage`);
  return el(
    "section",
    { class: "card", "aria-label": "Plan" },
    el("h2", {}, "Plan: ", el("span", { class: "plan" }, usage.plan)),
    el(
      "div",
      { class: "meters" },
      used("Requests this month", usage.requests, el("small", { class: "hint" }, "Counted from 0 again at ", when(usage.resets_at))),
      used("Leaderboards", usage.leaderboards),
      used("Entries on all of them", usage.entries),
    ),
  );
}

function used(what: string, { used, limit }: Used, note?: HTMLElement): HTMLElement {
  return el(
    "div",
    { class: "metered" },
    el("span", { class: "what" }, what),
    el("strong", { class: "amount" }, formatScore(used)),
    el("span", { class: "none" }, limit === null ? "without a limit" : `of ${formatScore(limit)}`),
    limit !== null && meter(what, used, limit),
    note,
  );
}

async function limitsOf({ api }: Session, path: string): Promise<HTMLElement> {
  const { total, limits } = await api.get<{ total: number; limits: KeyLimit[] }>(`${path}/limits?limit=${shown}`);
  const rows = limits.map((key) => [
    key.name ?? key.key_id,
    key.kind,
    wordsOf(key.rate_limit),
    el("div", { class: "left" }, formatScore(key.remaining), meter(`Used by ${key.name ?? key.key_id}`, key.rate_limit.requests - key.remaining, key.rate_limit.requests)),
    key.remaining === key.rate_limit.requests ? "now" : new Date(key.resets_at).toLocaleTimeString(),
  ]);
  const caption = total > shown ? `Rate limits: the first ${shown} of ${total} keys` : "Rate limits";
  return el("section", { class: "card" }, table(caption, ["Key", "Kind", "Limit", "Left now", "All free again"], rows, "There is no key yet, so there are no rate limits."));
}

export function wordsOf({ requests, seconds }: Limits): string {
  return `${formatScore(requests)} in ${formatScore(seconds)} s`;
}

function planForm({ api }: Session, path: string, again: () => Promise<void>): HTMLElement {
  const plan = select(plans);
  plan.id = "plan";
  const wrong = el("div", { "aria-live": "polite" });
  const change = async () => {
    try {
      await api.send("PATCH", path, { plan: plan.value });
      wrong.replaceChildren();
      await again();
    } catch (error) {
      wrong.replaceChildren(faultOf(error));
    }
  };
  return el("div", { class: "line" }, el("label", { for: "plan" }, "Another plan"), plan, button("Change plan", change), wrong);
}
