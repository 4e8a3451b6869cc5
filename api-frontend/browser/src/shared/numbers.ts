const whole = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });
const exact = new Intl.NumberFormat(undefined, { maximumFractionDigits: 6 });

/** A score for people: grouped, with up to six decimals. */
export function formatScore(score: number): string {
  return (Number.isInteger(score) ? whole : exact).format(score);
}

/** A difference of scores, with its sign. */
export function formatGain(gain: number): string {
  return `${gain > 0 ? "+" : "−"}${formatScore(Math.abs(Number(gain.toPrecision(12))))}`;
}
