import "./console.css";
import { el } from "../shared/dom";
import { boardPage } from "./boardPage";
import { healthPage } from "./healthPage";
import { faultOf } from "./parts";
import { resume, signIn, signOut, type Session } from "./session";
import { snapshotPage } from "./snapshotPage";
import { tenantPage } from "./tenantPage";
import { tenantsPage } from "./tenantsPage";
import { usagePage } from "./usagePage";

/** A page: its heading, what it shows, and what must end when it is left. */
export interface Page {
  title: string;
  content: Node;
  leave?: () => void;
}

const main = el("main", { id: "main", tabindex: "-1" });
let session: Session | null = null;
let leave: (() => void) | undefined;

void start();

async function start(): Promise<void> {
  session = await resume();
  addEventListener("hashchange", () => void show());
  await show();
}

async function show(): Promise<void> {
  leave?.();
  leave = undefined;
  if (session === null) {
    document.title = "Sign in · Laurel";
    document.body.replaceChildren(signInPage());
    document.querySelector("input")?.focus();
    return;
  }
  const route = location.hash;
  document.body.replaceChildren(bar(session), main);
  main.replaceChildren(el("p", { class: "none", role: "status" }, "Loading…"));
  try {
    const page = await pageOf(session, route);
    if (location.hash !== route) {
      page.leave?.();
      return;
    }
    leave = page.leave;
    document.title = `${page.title} · Laurel`;
    main.replaceChildren(page.content);
    main.focus({ preventScroll: true });
  } catch (error) {
    main.replaceChildren(faultOf(error));
  }
}

function pageOf(signedIn: Session, route: string): Promise<Page> {
  const [, place, tenant, what, board, of, window] = route.split("/").map(decodeURIComponent);
  if (place === "health") return healthPage(signedIn);
  if (place === "tenants" && tenant && what === "usage") return usagePage(signedIn, tenant);
  if (place === "tenants" && tenant && what === "boards" && board && of === "snapshots" && window) return snapshotPage(signedIn, tenant, board, window);
  if (place === "tenants" && tenant && what === "boards" && board) return boardPage(signedIn, tenant, board);
  if (place === "tenants" && tenant) return tenantPage(signedIn, tenant);
  return signedIn.tenant === null ? tenantsPage(signedIn) : tenantPage(signedIn, signedIn.tenant);
}

function bar(signedIn: Session): HTMLElement {
  const out = el("button", { type: "button", class: "quiet" }, "Sign out");
  out.addEventListener("click", () => {
    signOut();
    session = null;
    location.hash = "";
    void show();
  });
  return el(
    "header",
    { class: "bar" },
    el("a", { class: "skip", href: "#main" }, "To the content"),
    el("a", { class: "mark", href: "#/" }, el("span", { class: "emblem", "aria-hidden": "true" }), "Laurel"),
    el(
      "nav",
      { "aria-label": "Console" },
      el("a", { href: signedIn.tenant === null ? "#/tenants" : `#/tenants/${signedIn.tenant}` }, signedIn.isAdmin ? "Tenants" : "Leaderboards"),
      el("a", { href: "#/health" }, "Health"),
      el("a", { href: "/docs" }, "API"),
    ),
    out,
  );
}

function signInPage(): HTMLElement {
  const key = el("input", { type: "password", id: "key", autocomplete: "off", spellcheck: "false", required: true, "aria-describedby": "key-hint" });
  const wrong = el("div", { "aria-live": "assertive" });
  const form = el(
    "form",
    { class: "sign-in" },
    el("span", { class: "emblem", "aria-hidden": "true" }),
    el("h1", {}, "Laurel console"),
    el("div", { class: "field" }, el("label", { for: "key" }, "API key"), key, el("small", { class: "hint", id: "key-hint" }, "An admin key, or a tenant key. It stays in this tab.")),
    wrong,
    el("button", { type: "submit", class: "primary" }, "Sign in"),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    wrong.replaceChildren();
    try {
      session = await signIn(key.value);
      await show();
    } catch (error) {
      wrong.replaceChildren(faultOf(error));
      key.select();
    }
  });
  return el("main", { class: "door", id: "main" }, form);
}
