import { mkdir, open, readFile, rename } from "node:fs/promises";
import { dirname } from "node:path";
import type { QueueStorage } from "../storage.js";

/** A file, which one process uses at a time. A crash leaves the text before or the text after, never a part. */
export class FileStorage implements QueueStorage {
  /** @param path Its folder is made when it is not there. */
  constructor(private readonly path: string) {}

  async read(): Promise<string | null> {
    try {
      return await readFile(this.path, "utf8");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
      throw error;
    }
  }

  async write(text: string): Promise<void> {
    await mkdir(dirname(this.path), { recursive: true });
    const next = `${this.path}.next`;
    const file = await open(next, "w");
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(next, this.path);
  }
}
