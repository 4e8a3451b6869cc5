export { LaurelClient } from "./client.js";
export type {
  AroundOptions,
  LaurelClientOptions,
  PageOptions,
  PlayerOptions,
  Ranks,
  SnapshotAroundOptions,
  SnapshotOptions,
  SnapshotsOptions,
} from "./client.js";
export { systemClock, type Clock } from "./clock.js";
export {
  LaurelError,
  LaurelForbiddenError,
  LaurelInvalidRequestError,
  LaurelNotFoundError,
  LaurelRateLimitedError,
  LaurelUnauthorizedError,
  LaurelUnavailableError,
  type Mistake,
} from "./errors.js";
export type { CallOptions } from "./http.js";
export { LiveBoard, type LiveListener, type LiveNews, type LivePart, type LiveState, type SeasonClosed } from "./live/liveBoard.js";
export type { LiveChange, LiveRow } from "./live/rows.js";
export { ScoreQueue, type Flushed } from "./queue.js";
export type { Outcome, Refusal, Score } from "./scores.js";
export type {
  Around,
  CurrentScore,
  EndedWindow,
  EndedWindows,
  Page,
  Rank,
  SnapshotAround,
  SnapshotPage,
  Standing,
  Window,
} from "./standings.js";
export { BrowserStorage, MemoryStorage, type QueueStorage } from "./storage.js";
