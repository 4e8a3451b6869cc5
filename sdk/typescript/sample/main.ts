import { LaurelClient } from "laurel-client";
import "laurel-client/element";
import { Column } from "./column.js";
import { Scene } from "./scene.js";
import { playerId, readSettings } from "./settings.js";

const find = <T extends HTMLElement>(selector: string) => document.querySelector(selector) as T;

const settings = readSettings();
const me = playerId();
const board = new LaurelClient(settings);

const canvas = find<HTMLCanvasElement>("canvas");
const name = find<HTMLInputElement>("#name");
const again = find<HTMLButtonElement>("#again");
const scene = new Scene(canvas);
let column = new Column();
let isPlaying = false;
let before = 0;

name.value = localStorage.getItem("column-name") ?? "";
name.addEventListener("input", () => localStorage.setItem("column-name", name.value));

const list = find("laurel-leaderboard");
for (const [attribute, value] of Object.entries({ url: settings.url, tenant: settings.tenant, leaderboard: settings.leaderboard, "api-key": settings.embed, highlight: me }))
  list.setAttribute(attribute, value);

// A score goes into the queue first: it is sent at once, or when there is a connection again, also after the page was closed.
void board.queue.keepFlushing((flushed) => {
  const { outcome } = flushed[flushed.length - 1]!;
  if (outcome.rank !== null) say(outcome.status === "unchanged" ? `Your best still holds place ${outcome.rank}.` : `That is place ${outcome.rank}.`);
  else say(`The score did not count: ${outcome.status}.`);
}, new AbortController().signal);

let isConnected = true;
list.addEventListener("laurel-state", (event) => {
  isConnected = (event as CustomEvent<{ state: string }>).detail.state === "live";
});

async function submit(score: number): Promise<void> {
  say(isConnected ? "Sending your score…" : "No connection. Your score is kept, and sent later.");
  if (!(await board.queue.add({ userId: me, score, name: name.value.trim() || "Somebody" }))) say("Too many scores wait to be sent.");
}

function say(text: string): void {
  find("#said").textContent = text;
}

function begin(): void {
  column = new Column();
  scene.clear();
  isPlaying = true;
  find("#over").hidden = true;
  say("");
  canvas.focus();
}

function press(): void {
  if (!isPlaying) return;
  scene.show(column.drop(), column);
  find("#score").textContent = String(column.score);
  if (!column.isOver) return;
  isPlaying = false;
  find("#result").textContent = `${column.score} ${column.score === 1 ? "point" : "points"}`;
  find("#over").hidden = false;
  again.textContent = "Play again";
  again.focus();
  if (column.score > 0) void submit(column.score);
}

function frame(now: number): void {
  const seconds = Math.min((now - before) / 1000, 0.1);
  before = now;
  if (isPlaying) column.step(seconds);
  scene.draw(column, seconds);
  Object.assign(canvas.dataset, { offset: column.offset.toFixed(1), state: isPlaying ? "playing" : "waiting", score: column.score });
  requestAnimationFrame(frame);
}

canvas.addEventListener("pointerdown", press);
canvas.addEventListener("keydown", (event) => {
  if (event.key !== " " && event.key !== "Enter") return;
  event.preventDefault();
  if (!event.repeat) press();
});
again.addEventListener("click", () => {
  find("#score").textContent = "0";
  begin();
});
requestAnimationFrame(frame);
