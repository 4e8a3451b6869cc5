import { el } from "../shared/dom";
import { ApiError } from "./api";

/** What went wrong, in words, with every mistake that the server named. */
export function faultOf(error: unknown): HTMLElement {
  const details = error instanceof ApiError ? error.details.slice(1) : [];
  return el(
    "div",
    { class: "fault", role: "alert" },
    el("p", {}, error instanceof Error ? error.message : String(error)),
    details.length > 0 && el("ul", {}, ...details.map((detail) => el("li", {}, detail.message))),
  );
}

/** A field with its label, a hint, and a place for what is wrong with it. */
export function field(label: string, control: HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement, hint = ""): HTMLElement {
  const id = control.id || (control.id = `f-${Math.random().toString(36).slice(2)}`);
  const note = el("small", { class: "hint", id: `${id}-hint` }, hint);
  control.setAttribute("aria-describedby", note.id);
  return el("div", { class: "field" }, el("label", { for: id }, label), control, note);
}

/** Marks a field as wrong, or as right again. */
export function judge(control: HTMLInputElement | HTMLTextAreaElement, mistake: string): void {
  const note = document.getElementById(`${control.id}-hint`);
  control.setAttribute("aria-invalid", mistake === "" ? "false" : "true");
  if (note === null) return;
  note.dataset.hint ??= note.textContent ?? "";
  note.textContent = mistake === "" ? note.dataset.hint : mistake;
  note.classList.toggle("wrong", mistake !== "");
}

export function button(text: string, act: () => unknown, kind = ""): HTMLButtonElement {
  const made = el("button", { type: "button", class: kind }, text);
  made.addEventListener("click", async () => {
    made.disabled = true;
    try {
      await act();
    } finally {
      made.disabled = false;
    }
  });
  return made;
}

/** A table; says so when it has no rows. */
export function table(caption: string, heads: string[], rows: (string | Node)[][], none: string): HTMLElement {
  if (rows.length === 0) return el("p", { class: "none" }, none);
  return el(
    "div",
    { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
    el(
      "table",
      {},
      el("caption", {}, caption),
      el("thead", {}, el("tr", {}, ...heads.map((head) => el("th", { scope: "col" }, head)))),
      el("tbody", {}, ...rows.map((cells) => el("tr", {}, ...cells.map((cell) => el("td", {}, cell))))),
    ),
  );
}

/** How much of something is used, as a bar; what it says stands beside it for everyone. */
export function meter(what: string, used: number, limit: number): HTMLElement {
  const share = limit === 0 ? 1 : Math.min(1, Math.max(0, used / limit));
  const fill = el("span", { class: "fill" });
  fill.style.transform = `scaleX(${share.toFixed(4)})`;
  return el(
    "span",
    { class: `meter${share >= 0.9 ? " scarce" : ""}`, role: "meter", "aria-label": what, "aria-valuemin": "0", "aria-valuemax": String(limit), "aria-valuenow": String(used) },
    fill,
  );
}

export function select(options: string[], chosen = options[0]): HTMLSelectElement {
  return el("select", {}, ...options.map((option) => el("option", { value: option, selected: option === chosen }, option.replaceAll("_", " "))));
}

/** An instant as people write it where they are. */
export function when(iso: string | null): string | HTMLElement {
  return iso === null ? "–" : el("time", { datetime: iso }, new Date(iso).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" }));
}

/** Asks before something is done that cannot be undone. */
export function confirmed(question: string, action: string): Promise<boolean> {
  return new Promise((resolve) => {
    const dialog = el("dialog", { "aria-label": question }, el("p", {}, question));
    const yes = el("button", { class: "danger", value: "yes" }, action);
    const no = el("button", { value: "no" }, "Cancel");
    const form = el("form", { method: "dialog", class: "actions" }, no, yes);
    dialog.append(form);
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
