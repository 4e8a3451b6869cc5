// The board over server-sent events, for servers that were built without Node. Runs as it is in every browser.
"use strict";

const query = new URLSearchParams(location.search);
const rows = document.querySelector("tbody");
const status = document.querySelector(".lrl-status");
const places = Math.min(50, Math.max(1, Number.parseInt(query.get("top") ?? "10", 10) || 10));
let source = null;
let again = 0;

function show(entries) {
  rows.replaceChildren(
    ...entries.map((entry, index) => {
      const row = document.createElement("tr");
      for (const text of [entry.rank ?? index + 1, entry.name ?? "–", entry.score]) {
        const cell = document.createElement("td");
        cell.textContent = String(text);
        cell.dir = "auto";
        row.append(cell);
      }
      return row;
    }),
  );
}

// An update names no ids, so the window is asked for again, at most once a second.
function refresh() {
  again ||= setTimeout(connect, 1000);
}

function connect() {
  clearTimeout(again);
  again = 0;
  source?.close();
  const address = new URL("/api/v1/realtime", location.href);
  address.searchParams.set("access_token", query.get("key") ?? "");
  address.searchParams.set("limit", String(places));
  source = new EventSource(address);
  source.onmessage = (event) => {
    const message = JSON.parse(event.data);
    if (message.type === "initial") {
      show(message.entries);
      status.textContent = "Live";
    } else if (message.type === "update") {
      refresh();
    } else if (message.type === "error") {
      status.textContent = message.message ?? "The stream has ended.";
    }
  };
  source.onerror = () => {
    status.textContent = source.readyState === EventSource.CLOSED ? "This board cannot be followed with this key." : "Reconnecting…";
  };
}

document.querySelector(".lrl-title").textContent = query.get("title") ?? query.get("board") ?? "Leaderboard";
if (query.get("key") === null) status.textContent = "The address has no key: add &key=… with an embed key of this leaderboard.";
else connect();
