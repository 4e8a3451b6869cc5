/** The element's own look. Everything a page may want otherwise is a custom property or a part. */
export const style: string = `
:host {
  --_font: var(--laurel-font, system-ui, sans-serif);
  --_surface: var(--laurel-surface, #ffffff);
  --_row: var(--laurel-row, #f5f4ee);
  --_text: var(--laurel-text, #23281f);
  --_soft: var(--laurel-soft, #656c5f);
  --_edge: var(--laurel-edge, #dfded3);
  --_accent: var(--laurel-accent, #3f6d36);
  --_mine: var(--laurel-mine, #e4eed9);
  --_gold: var(--laurel-gold, #a97c10);
  --_silver: var(--laurel-silver, #6f7a83);
  --_bronze: var(--laurel-bronze, #a2603a);
  --_up: var(--laurel-up, #2f7d3b);
  --_down: var(--laurel-down, #b3402e);
  --_radius: var(--laurel-radius, 12px);
  --_gap: var(--laurel-gap, 4px);
  display: block;
  container-type: inline-size;
  color-scheme: light dark;
}
@media (prefers-color-scheme: dark) {
  :host(:not([theme="light"])) {
    --_surface: var(--laurel-surface, #171b16);
    --_row: var(--laurel-row, #20261f);
    --_text: var(--laurel-text, #eef1e8);
    --_soft: var(--laurel-soft, #a2ab9a);
    --_edge: var(--laurel-edge, #313a2e);
    --_accent: var(--laurel-accent, #9fcf8c);
    --_mine: var(--laurel-mine, #2c3a27);
    --_gold: var(--laurel-gold, #e8bf5a);
    --_silver: var(--laurel-silver, #b9c3cc);
    --_bronze: var(--laurel-bronze, #db9a72);
    --_up: var(--laurel-up, #86d493);
    --_down: var(--laurel-down, #f09482);
  }
}
:host([theme="light"]) { color-scheme: light; }
:host([theme="dark"]) {
  --_surface: var(--laurel-surface, #171b16);
  --_row: var(--laurel-row, #20261f);
  --_text: var(--laurel-text, #eef1e8);
  --_soft: var(--laurel-soft, #a2ab9a);
  --_edge: var(--laurel-edge, #313a2e);
  --_accent: var(--laurel-accent, #9fcf8c);
  --_mine: var(--laurel-mine, #2c3a27);
  --_gold: var(--laurel-gold, #e8bf5a);
  --_silver: var(--laurel-silver, #b9c3cc);
  --_bronze: var(--laurel-bronze, #db9a72);
  --_up: var(--laurel-up, #86d493);
  --_down: var(--laurel-down, #f09482);
  color-scheme: dark;
}
:host([hidden]) { display: none; }
.board {
  box-sizing: border-box;
  padding: 16px;
  border: 1px solid var(--_edge);
  border-radius: var(--_radius);
  background: var(--_surface);
  color: var(--_text);
  font: 15px/1.35 var(--_font);
}
.header { display: flex; align-items: baseline; gap: 12px; margin-bottom: 12px; }
.heading { flex: 1; min-width: 0; margin: 0; font-size: 1.15em; font-weight: 650; overflow-wrap: anywhere; }
.status { display: inline-flex; align-items: center; gap: 6px; color: var(--_soft); font-size: 0.8em; white-space: nowrap; }
.status::before { content: ""; width: 8px; height: 8px; border-radius: 50%; background: var(--_soft); }
.status.live::before { background: var(--_up); }
.status.broken::before, .status.refused::before { background: var(--_down); }
.list { display: grid; gap: var(--_gap); margin: 0; padding: 0; list-style: none; }
.row {
  display: grid;
  grid-template-columns: minmax(1.3em, max-content) minmax(0, 1fr) auto fit-content(55%);
  align-items: center;
  gap: 10px;
  padding: 8px 12px;
  border-radius: calc(var(--_radius) * 0.6);
  background: var(--_row);
}
.row.me { background: var(--_mine); box-shadow: inset 3px 0 0 var(--_accent); }
.rank { color: var(--_soft); font-weight: 650; font-variant-numeric: tabular-nums; text-align: end; }
.rank-1 .rank { color: var(--_gold); }
.rank-2 .rank { color: var(--_silver); }
.rank-3 .rank { color: var(--_bronze); }
.name { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.me .name { font-weight: 650; }
.unnamed { color: var(--_soft); font-style: italic; }
.move { min-width: 2.4em; color: var(--_up); font-size: 0.8em; font-variant-numeric: tabular-nums; text-align: end; opacity: 0; }
.move.down { color: var(--_down); }
.score { font-weight: 650; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; text-align: end; }
.empty, .error { margin: 0; padding: 20px 12px; color: var(--_soft); text-align: center; }
.error { color: var(--_down); }
.footer { margin-top: 10px; color: var(--_soft); font-size: 0.8em; text-align: end; }
.heard { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
[hidden] { display: none; }
@container (max-width: 260px) {
  .board { padding: 10px; }
  .row { grid-template-columns: max-content minmax(0, 1fr) fit-content(55%); gap: 6px; padding: 6px 8px; }
  .move { display: none; }
}
@media (forced-colors: active) {
  .row { border: 1px solid CanvasText; }
  .row.me { border-width: 2px; }
}
`;
