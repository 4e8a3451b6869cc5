import { expect, test } from "vitest";
import page from "../../../docs/overlay.md?raw";

const sources = Object.values(import.meta.glob("../src/overlay/*.{ts,css}", { query: "?raw", import: "default", eager: true })).join("\n");

// Built from a word and a value in the source.
const made = /^lrl-(theme|rank|hue|moment|row|move|tag)-[a-z0-9]+$/;

const documented = new Set(page.match(/`lrl-[a-z0-9-]+`/g)?.map((quoted) => quoted.slice(1, -1)));
const keyframes = new Set([...sources.matchAll(/@keyframes (lrl-[a-z-]+)/g)].map((match) => match[1]));
const styled = new Set([...sources.matchAll(/\.(lrl-[a-z0-9]+(?:-[a-z0-9]+)*)/g)].map((match) => match[1] as string));
const written = new Set([...sources.matchAll(/["'` ](lrl-[a-z0-9]+(?:-[a-z0-9]+)*)(?=["'` ])/g)].map((match) => match[1] as string));

test("more than a hundred classes are documented", () => {
  expect(documented.size).toBeGreaterThan(100);
});

test("every class that the overlay has is documented, and no other", () => {
  const unknown = [...documented].filter((name) => !styled.has(name) && !written.has(name) && !made.test(name));
  const missing = [...styled, ...written].filter((name) => !documented.has(name) && (!keyframes.has(name) || styled.has(name)));
  expect({ unknown, missing: missing.filter((name) => name !== "lrl-move" || !documented.has(name)) }).toEqual({ unknown: [], missing: [] });
});
