import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";

const types: Record<string, string> = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css" };

/**
 * A site of a game's own, on another origin than the server. It lets scripts run only from its own files, and embeds nothing that does
 * not allow it, as games with threads must.
 */
export class Site {
  private constructor(
    readonly url: string,
    private readonly server: ReturnType<typeof createServer>,
    private readonly pages: Map<string, string>,
  ) {}

  /** @param folder Whose files it serves beside the pages that tests put there. */
  static async start(folder: string): Promise<Site> {
    const pages = new Map<string, string>();
    const server = createServer(async (request, response) => {
      const path = new URL(request.url ?? "/", "http://site").pathname;
      try {
        const body = pages.get(path) ?? (await readFile(join(folder, path === "/" ? "index.html" : path)));
        const type = pages.has(path) || path === "/" ? ".html" : extname(path);
        response.setHeader("Content-Type", types[type] ?? "application/octet-stream");
        response.setHeader("Content-Security-Policy", "script-src 'self'; style-src 'self'; object-src 'none'");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Cross-Origin-Embedder-Policy", "require-corp");
        response.end(body);
      } catch {
        response.writeHead(404).end();
      }
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    return new Site(`http://127.0.0.1:${(server.address() as { port: number }).port}`, server, pages);
  }

  /** Puts a page on the site; returns its address. */
  show(path: string, html: string): string {
    this.pages.set(path, html);
    return this.url + path;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, "close");
  }
}
