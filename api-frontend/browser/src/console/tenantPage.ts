import { el } from "../shared/dom";
import { part, type Board, type Key, type NewKey } from "./api";
import { boardForm } from "./boardForm";
import type { Page } from "./main";
import { button, confirmed, faultOf, field, select, table, when } from "./parts";
import type { Session } from "./session";
import { wordsOf } from "./usagePage";

const shown = 200;
const scopes = ["leaderboards:read", "leaderboards:write", "scores:write", "players:write", "keys:write", "events:write"];

/** A tenant: its leaderboards and its keys. */
export async function tenantPage(session: Session, tenant: string): Promise<Page> {
  const { api } = session;
  const path = `/tenants/${part(tenant)}`;
  const { leaderboards } = await api.get<{ leaderboards: Board[] }>(`${path}/leaderboards?limit=${shown}`);
  const rows = leaderboards.map((board) => [
    el("a", { href: `#${path}/boards/${part(board.leaderboard_id)}` }, board.name),
    board.leaderboard_id,
    el("span", { class: `status status-${board.status}` }, board.status),
    String((board.config.timeframe as { type?: string } | undefined)?.type ?? "").replaceAll("_", " "),
    when(board.created_at),
  ]);
  const keys = el("div", { class: "stack" });
  await showKeys(session, path, leaderboards, keys);
  return {
    title: tenant,
    content: el(
      "div",
      { class: "page" },
      el("div", { class: "heading" }, el("h1", {}, tenant), el("a", { href: `#${path}/usage` }, "Usage and limits")),
      el("section", { class: "card" }, table("Leaderboards", ["Name", "Id", "Status", "Seasons", "Since"], rows, "There is no leaderboard yet.")),
      boardForm(api, path),
      keys,
    ),
  };
}

async function showKeys(session: Session, path: string, boards: Board[], place: HTMLElement): Promise<void> {
  const again = () => showKeys(session, path, boards, place);
  try {
    const { keys } = await session.api.get<{ keys: Key[] }>(`${path}/keys?limit=${shown}`);
    const rows = keys.map((key) => [
      key.name ?? "–",
      key.kind,
      key.leaderboard_id ?? "all",
      key.scopes?.join(", ") ?? "–",
      wordsOf(key.rate_limit),
      when(key.created_at),
      button("Revoke", () => revoke(session, path, key, again, place), "danger small"),
    ]);
    place.replaceChildren(
      el("section", { class: "card" }, table("Keys", ["Name", "Kind", "Leaderboard", "Scopes", "Rate limit", "Since", "Revoke"], rows, "There is no key yet.")),
      keyForm(session, path, boards, again),
    );
  } catch (error) {
    place.replaceChildren(el("section", { class: "card" }, el("h2", {}, "Keys"), faultOf(error)));
  }
}

async function revoke({ api }: Session, path: string, key: Key, again: () => Promise<void>, place: HTMLElement): Promise<void> {
  if (!(await confirmed(`Revoke the ${key.kind} key ${key.name ?? key.key_id}? Whoever uses it is refused within a second.`, "Revoke key"))) return;
  try {
    await api.send("DELETE", `${path}/keys/${part(key.key_id)}`);
  } catch (error) {
    place.querySelector(":scope > .fault")?.remove();
    place.prepend(faultOf(error));
    return;
  }
  await again();
}

function keyForm({ api }: Session, path: string, boards: Board[], again: () => Promise<void>): HTMLElement {
  const kind = select(["embed", "game", "board", "client", "tenant"]);
  const name = el("input", { maxlength: "200", autocomplete: "off" });
  const board = select(boards.map((made) => made.leaderboard_id));
  const origins = el("input", { placeholder: "https://game.example", autocomplete: "off" });
  const outcome = el("div", { "aria-live": "polite" });
  const boardField = field("Leaderboard", board);
  const originsField = field("Allowed sites", origins, "Origins, with commas between them; empty for any.");
  const adapt = () => {
    boardField.hidden = kind.value === "tenant" || kind.value === "client";
    originsField.hidden = kind.value !== "embed" && kind.value !== "board";
  };
  kind.addEventListener("change", adapt);
  adapt();
  const form = el(
    "form",
    { class: "card form" },
    el("h2", {}, "New key"),
    el("div", { class: "fields" }, field("Kind", kind, "embed: for pages; safe to publish."), field("Name", name, "To know it again."), boardField, originsField),
    outcome,
    el("div", { class: "actions" }, el("button", { class: "primary" }, "Create key")),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const sites = origins.value.split(",").map((site) => site.trim()).filter((site) => site !== "");
    try {
      const made = await api.send<NewKey>("POST", `${path}/keys`, {
        kind: kind.value,
        ...(name.value === "" ? {} : { name: name.value }),
        ...(boardField.hidden ? {} : { leaderboard_id: board.value }),
        ...(originsField.hidden || sites.length === 0 ? {} : { origins: sites }),
        ...(kind.value === "tenant" ? { scopes } : {}),
      });
      await again();
      document.getElementById("main")?.querySelector(".page")?.append(secrets(made));
    } catch (error) {
      outcome.replaceChildren(faultOf(error));
    }
  });
  return form;
}

/** Shows a key that was just made: now, and never again. */
function secrets(made: NewKey): HTMLElement {
  const shownOnce = [made.api_key, made.client_id, made.client_secret].filter((text) => text !== undefined);
  const dialog = el(
    "dialog",
    { class: "secret", "aria-labelledby": "secret-title" },
    el("h2", { id: "secret-title" }, "Copy this key now"),
    el("p", {}, "It is shown this once: the server keeps only its hash."),
    ...shownOnce.map((text) => {
      const copy = button("Copy", async () => {
        await navigator.clipboard.writeText(text).catch(() => getSelection()?.selectAllChildren(code));
        copy.textContent = "Copied";
      });
      const code = el("code", { tabindex: "0" }, text);
      return el("div", { class: "copy" }, code, copy);
    }),
    made.kind === "embed" && el("p", {}, el("a", { href: `/overlay?board=${part(made.leaderboard_id ?? "")}&key=${part(made.api_key)}`, target: "_blank", rel: "noopener" }, "Open the overlay with it")),
    el("form", { method: "dialog", class: "actions" }, el("button", { class: "primary" }, "I have copied it")),
  );
  dialog.addEventListener("close", () => dialog.remove());
  queueMicrotask(() => dialog.showModal());
  return dialog;
}
