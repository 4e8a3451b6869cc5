/** Where the scores go: in the page's address, or as `npm run sample` sets them. */
export interface Settings {
  url: string;
  tenant: string;
  leaderboard: string;
  /** A board key, with which the game submits. */
  key: string;
  /** An embed key, with which the page shows the board. */
  embed: string;
}

export function readSettings(): Settings {
  const query = new URLSearchParams(location.search);
  const built = JSON.parse(document.querySelector<HTMLMetaElement>("meta[name=laurel]")?.content || "{}") as Partial<Settings>;
  const setting = (name: keyof Settings) => query.get(name) ?? built[name] ?? "";
  return { url: setting("url"), tenant: setting("tenant"), leaderboard: setting("leaderboard"), key: setting("key"), embed: setting("embed") };
}

/** Who plays on this machine; made up at the first visit. */
export function playerId(): string {
  const known = localStorage.getItem("column-player");
  if (known !== null) return known;
  const made = [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(36).padStart(2, "0")).join("");
  localStorage.setItem("column-player", made);
  return made;
}
