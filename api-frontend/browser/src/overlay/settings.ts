export const themes = ["laurel", "arcade", "paper", "stream", "slate"] as const;
export type Theme = (typeof themes)[number];

/** What the address of the overlay asks for. */
export interface Settings {
  board: string;
  tenant: string | null;
  key: string;
  top: number;
  theme: Theme;
  /** null: as the viewer's system says. */
  mode: "dark" | "light" | null;
  title: string | null;
  header: boolean;
  moments: boolean;
  css: string | null;
}

/** Reads the address; a string says in words what is wrong with it. */
export function readSettings(query: URLSearchParams): Settings | string {
  const named = query.get("board") ?? "";
  const slash = named.indexOf("/");
  const board = slash < 0 ? named : named.slice(slash + 1);
  const tenant = query.get("tenant") ?? (slash < 0 ? null : named.slice(0, slash));
  const key = query.get("key") ?? query.get("access_token") ?? "";
  if (board === "") return "The address names no leaderboard: add ?board=…";
  if (key === "") return "The address has no key: add &key=… with an embed key of this leaderboard.";
  const top = Number(query.get("top") ?? "10");
  if (!Number.isInteger(top) || top < 1 || top > 100) return "top must be a whole number from 1 to 100.";
  const theme = query.get("theme") ?? "laurel";
  if (!isTheme(theme)) return `There is no theme “${theme}”: choose one of ${themes.join(", ")}.`;
  const mode = query.get("mode");
  return {
    board,
    tenant,
    key,
    top,
    theme,
    mode: mode === "dark" || mode === "light" ? mode : null,
    title: query.get("title"),
    header: query.get("header") !== "off",
    moments: query.get("moments") !== "off",
    css: query.get("css"),
  };
}

function isTheme(text: string): text is Theme {
  return (themes as readonly string[]).includes(text);
}
