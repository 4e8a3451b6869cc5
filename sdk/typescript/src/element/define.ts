import { LaurelLeaderboard } from "./laurelLeaderboard.js";

export { LaurelLeaderboard };
export { english, type LaurelWords } from "./boardView.js";

declare global {
  interface HTMLElementTagNameMap {
    "laurel-leaderboard": LaurelLeaderboard;
  }
}

if (!customElements.get("laurel-leaderboard")) customElements.define("laurel-leaderboard", LaurelLeaderboard);
