import { afterAll, beforeAll, expect, test } from "vitest";
import { LaurelClient, LaurelForbiddenError, LaurelInvalidRequestError, LaurelNotFoundError, LaurelUnauthorizedError } from "../src/index.js";
import { makeClient } from "./support/board.js";
import { LaurelProcess } from "./support/laurelProcess.js";
import { until } from "./support/until.js";

let laurel: LaurelProcess;

beforeAll(async () => {
  laurel = await LaurelProcess.start();
});

afterAll(() => laurel?.stop());

test("keys that are unknown, revoked or made for something else are refused, each as what it is", async () => {
  const { options } = await makeClient(laurel);
  const other = await laurel.makeBoard();
  const embed = (await laurel.makeKey("embed", options.leaderboard)).api_key;
  const revoked = await laurel.makeKey("board", options.leaderboard);
  await laurel.send("DELETE", `/tenants/acme/keys/${revoked.key_id}`);
  const score = { userId: "ada", score: 1 };

  await expect(new LaurelClient({ ...options, key: "nonsense" }).page()).rejects.toThrow(LaurelUnauthorizedError);
  await expect(new LaurelClient({ ...options, key: "nonsense" }).submit(score)).rejects.toThrow(LaurelUnauthorizedError);
  await until("the key is revoked", async () => {
    const error = await new LaurelClient({ ...options, key: revoked.api_key }).submit(score).catch((thrown: unknown) => thrown);
    return error instanceof LaurelUnauthorizedError;
  });
  await expect(new LaurelClient({ ...options, key: embed }).submit(score)).rejects.toThrow(LaurelForbiddenError);
  await expect(new LaurelClient({ ...options, leaderboard: other }).page()).rejects.toThrow(LaurelForbiddenError);
  expect((await new LaurelClient({ ...options, key: embed }).page()).total).toBe(0);
});

test("a refusal has the server's own words", async () => {
  const { client } = await makeClient(laurel);

  const error = await client.page({ limit: 0 }).catch((thrown: unknown) => thrown);

  expect(error).toBeInstanceOf(LaurelInvalidRequestError);
  expect(error).toMatchObject({
    name: "LaurelInvalidRequestError",
    status: 400,
    code: "VALIDATION_ERROR",
    message: "limit must be a whole number from 1 to 1000",
    details: [{ path: "limit", message: "limit must be a whole number from 1 to 1000" }],
  });
});

test("a board that is not there is no empty board", async () => {
  const { api_key: key } = await laurel.makeKey("tenant", null, { scopes: ["leaderboards:read", "scores:write"] });
  const client = new LaurelClient({ url: laurel.url, tenant: "acme", leaderboard: "nowhere", key });

  await expect(client.page()).rejects.toThrow(LaurelNotFoundError);
  await expect(client.rank("ada")).rejects.toThrow(LaurelNotFoundError);
  await expect(client.snapshots()).rejects.toThrow(LaurelNotFoundError);
  await expect(client.submit({ userId: "ada", score: 1 })).rejects.toThrow(LaurelNotFoundError);
});
