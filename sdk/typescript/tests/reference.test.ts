import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Application, TSConfigReader, TypeDocReader } from "typedoc";
import { expect, onTestFinished, test } from "vitest";

const here = fileURLToPath(new URL("..", import.meta.url));

/** Each file of a folder with its text. */
async function read(folder: string): Promise<Record<string, string>> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((file) => file.isFile());
  const paths = files.map((file) => join(file.parentPath, file.name)).sort();
  return Object.fromEntries(await Promise.all(paths.map(async (path) => [path.slice(folder.length), await readFile(path, "utf8")] as const)));
}

test("the API reference is what the sources say: `npm run reference` writes it", async () => {
  const out = await mkdtemp(join(tmpdir(), "laurel-reference-"));
  onTestFinished(() => rm(out, { recursive: true }));
  const application = await Application.bootstrapWithPlugins(
    { options: join(here, "typedoc.json"), tsconfig: join(here, "tsconfig.build.json"), out, logLevel: "Error" },
    [new TypeDocReader(), new TSConfigReader()],
  );
  const project = await application.convert();
  await application.generateOutputs(project!);

  expect(await read(out)).toEqual(await read(join(here, "../../docs/api/typescript")));
});
