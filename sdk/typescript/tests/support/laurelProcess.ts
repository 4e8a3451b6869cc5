import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { until } from "./until.js";

const adminKey = "the-operators-key-of-these-tests";
const built = fileURLToPath(new URL("../../../../standalone/bin/Release/net10.0/Laurel.Standalone.dll", import.meta.url));
const program = process.env.LAUREL_STANDALONE ?? built;

/** The real standalone host in a process of its own, at one address for as long as the object lives, with data that outlives kills. */
export class LaurelProcess {
  private process: ChildProcess | null = null;
  private output = "";
  private boards = 0;

  private constructor(
    readonly url: string,
    private readonly data: string,
  ) {}

  static async start(): Promise<LaurelProcess> {
    if (!existsSync(program)) throw new Error(`${program} is not there: build the server first, or name it in LAUREL_STANDALONE`);
    const laurel = new LaurelProcess(`http://127.0.0.1:${await freePort()}`, await mkdtemp(join(tmpdir(), "laurel-sdk-")));
    await laurel.run();
    await laurel.send("POST", "/tenants", { tenant_id: "acme" });
    return laurel;
  }

  /** Starts it, again on the same data at the same address. */
  async run(): Promise<void> {
    const environment = { ...process.env, Laurel__DataDirectory: this.data, Laurel__AdminKey: adminKey };
    const server = spawn("dotnet", [program, "--urls", this.url], { env: environment, stdio: ["ignore", "pipe", "pipe"] });
    server.stdout.on("data", (text) => (this.output += String(text)));
    server.stderr.on("data", (text) => (this.output += String(text)));
    this.process = server;
    await until("the server is ready", async () => {
      if (server.exitCode !== null) throw new Error(`The server ended:\n${this.output}`);
      return (await fetch(`${this.url}/ready`)).ok;
    });
  }

  /** Kills it as `kill -9` does. */
  async kill(): Promise<void> {
    const { process } = this;
    this.process = null;
    if (process === null) return;
    const gone = once(process, "exit");
    process.kill("SIGKILL");
    await gone;
  }

  async stop(): Promise<void> {
    await this.kill();
    await rm(this.data, { recursive: true, force: true });
  }

  /** Sends JSON with the operator's key, and returns the answer; one that is no success throws. */
  async send(method: string, path: string, body?: unknown): Promise<any> {
    const headers = { "X-API-Key": adminKey, "Content-Type": "application/json" };
    const answer = await fetch(this.url + path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text === "" ? null : JSON.parse(text);
  }

  /** Makes a board of its own for a test. */
  async makeBoard(config: unknown = { scoring: { aggregation: "last" } }): Promise<string> {
    const leaderboard = `board-${++this.boards}`;
    await this.send("POST", "/tenants/acme/leaderboards", { leaderboard_id: leaderboard, config });
    return leaderboard;
  }

  /** Makes a key and returns what the server shows of it this once. */
  makeKey(kind: string, leaderboard: string | null, more: Record<string, unknown> = {}): Promise<{ key_id: string; api_key: string }> {
    return this.send("POST", "/tenants/acme/keys", { kind, ...(leaderboard === null ? {} : { leaderboard_id: leaderboard }), ...more });
  }
}

async function freePort(): Promise<number> {
  const listener = createServer().listen(0, "127.0.0.1");
  await once(listener, "listening");
  const { port } = listener.address() as { port: number };
  listener.close();
  await once(listener, "close");
  return port;
}
