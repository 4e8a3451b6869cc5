import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const folder = fileURLToPath(new URL("..", import.meta.url));

test("the package has a readme, the licence, and types for whatever it exports", async () => {
  const { stdout } = await promisify(execFile)("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], { cwd: folder });
  const packed = new Set((JSON.parse(stdout) as { files: { path: string }[] }[])[0]?.files.map(({ path }) => path));
  const { exports, files } = JSON.parse(await readFile(`${folder}/package.json`, "utf8")) as { exports: Record<string, any>; files: string[] };
  const named = Object.values(exports).flatMap((entry) => (typeof entry === "string" ? [entry] : Object.values(entry as Record<string, string>)));

  expect([...packed]).toEqual(expect.arrayContaining(["README.md", "LICENSE", "package.json", ...named.map((path) => path.replace("./", ""))]));
  expect([...packed].filter((path) => !["README.md", "LICENSE", "package.json"].includes(path) && !files.some((part) => path.startsWith(`${part}/`)))).toEqual([]);
});
