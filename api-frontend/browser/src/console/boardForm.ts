import { el } from "../shared/dom";
import { type Api, type Board, part } from "./api";
import { button, faultOf, field, judge, select } from "./parts";

const weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/** Makes a leaderboard: from fields, or from JSON that the fields have filled in. */
export function boardForm(api: Api, path: string): HTMLElement {
  const id = el("input", { required: true, maxlength: "64", autocomplete: "off" });
  const name = el("input", { maxlength: "200", autocomplete: "off" });
  const frame = select(["all_time", "hourly", "daily", "weekly", "monthly", "yearly", "manual"]);
  const day = select(weekdays);
  const zone = el("input", { value: "UTC", list: "zones", autocomplete: "off" });
  const aggregation = select(["best", "sum", "max", "min", "last", "first", "count", "avg"]);
  const order = select(["score_desc", "score_asc"]);
  const json = el("textarea", { rows: "12", spellcheck: "false" });
  const wrong = el("div", { "aria-live": "polite" });
  const dayField = field("Resets on", day);
  const fields = el(
    "div",
    { class: "fields" },
    field("Id", id, "Stands in every address; it cannot be changed."),
    field("Name", name, "For people."),
    field("Seasons", frame),
    dayField,
    field("Time zone", zone, "An IANA name, such as Europe/Berlin."),
    field("A second score", aggregation, "What becomes of a player's earlier score."),
    field("Order", order, "score desc: the highest is first."),
    zones(),
  );
  const source = el("div", { hidden: true }, field("The request, as JSON", json, "As POST /tenants/{tenant}/leaderboards takes it."));
  const mode = button("Write JSON instead", () => turn());
  const send = el("button", { class: "primary" }, "Create leaderboard");
  const form = el("form", { class: "card form", novalidate: true }, el("h2", {}, "New leaderboard"), fields, source, wrong, el("div", { class: "actions" }, mode, send));

  const body = () => ({
    leaderboard_id: id.value,
    ...(name.value === "" ? {} : { name: name.value }),
    config: {
      timeframe: { type: frame.value, ...(frame.value === "weekly" ? { reset_day: day.value } : {}), ...(zone.value === "" || zone.value === "UTC" ? {} : { timezone: zone.value }) },
      scoring: { aggregation: aggregation.value },
      ranking: { method: order.value },
    },
  });
  const adapt = () => (dayField.hidden = frame.value !== "weekly");
  const turn = () => {
    const writes = source.hidden;
    if (writes) json.value = JSON.stringify(body(), null, 2);
    source.hidden = !writes;
    fields.hidden = writes;
    mode.textContent = writes ? "Use the form instead" : "Write JSON instead";
  };
  frame.addEventListener("change", adapt);
  adapt();
  id.addEventListener("input", () => judge(id, /^[A-Za-z0-9_-]{0,64}$/.test(id.value) ? "" : "Letters, digits, hyphens and underscores alone."));
  zone.addEventListener("input", () => judge(zone, isZone(zone.value) ? "" : "This is no time zone that is known here."));
  json.addEventListener("input", () => judge(json, mistakeIn(json.value)));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const text = source.hidden ? JSON.stringify(body()) : json.value;
      const made = await api.sendText<Board>("POST", `${path}/leaderboards`, text);
      location.hash = `#${path}/boards/${part(made.leaderboard_id)}`;
    } catch (error) {
      wrong.replaceChildren(faultOf(error));
    }
  });
  return form;
}

function zones(): HTMLDataListElement {
  return el("datalist", { id: "zones" }, ...["UTC", ...Intl.supportedValuesOf("timeZone")].map((zone) => el("option", { value: zone })));
}

function isZone(zone: string): boolean {
  try {
    return zone === "" || new Intl.DateTimeFormat("en", { timeZone: zone }) !== null;
  } catch {
    return false;
  }
}

function mistakeIn(json: string): string {
  try {
    JSON.parse(json);
    return "";
  } catch (error) {
    return error instanceof Error ? error.message : "This is no JSON.";
  }
}
