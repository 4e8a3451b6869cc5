// npm run sample: makes a board and its keys on a running server, and serves the game beside it.
// LAUREL_URL (http://127.0.0.1:5080) and LAUREL_ADMIN_KEY name the server and its admin key.
import { fileURLToPath } from "node:url";
import { createServer } from "vite";

const url = process.env.LAUREL_URL ?? "http://127.0.0.1:5080";
const adminKey = process.env.LAUREL_ADMIN_KEY ?? "change-me-please-1234";
const tenant = "sample";
const leaderboard = "column";

async function send(path, body) {
  const headers = { "X-API-Key": adminKey, "Content-Type": "application/json" };
  const answer = await fetch(url + path, { method: "POST", headers, body: JSON.stringify(body) });
  const text = await answer.text();
  // 409: it is there from the last time.
  if (!answer.ok && answer.status !== 409) throw new Error(`${path}: ${answer.status} ${text}`);
  return JSON.parse(text);
}

await send("/tenants", { tenant_id: tenant });
await send(`/tenants/${tenant}/leaderboards`, {
  leaderboard_id: leaderboard,
  config: { scoring: { aggregation: "best" }, timeframe: { type: "weekly", reset_day: "monday" }, submission: { min_score: 1, max_score: 5000 } },
});

const server = await createServer({
  configFile: fileURLToPath(new URL("vite.config.ts", import.meta.url)),
  plugins: [{ name: "laurel", transformIndexHtml: (html) => html.replace('name="laurel" content=""', `name="laurel" content='${JSON.stringify(settings)}'`) }],
});
await server.listen();
const origins = (server.resolvedUrls?.local ?? []).map((address) => new URL(address).origin);
const keyOf = async (kind) => (await send(`/tenants/${tenant}/keys`, { kind, leaderboard_id: leaderboard, origins })).api_key;
const settings = { url, tenant, leaderboard, key: await keyOf("board"), embed: await keyOf("embed") };
server.printUrls();
