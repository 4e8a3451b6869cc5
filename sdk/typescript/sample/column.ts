/** A drum of the column, or one that swings above it: where its middle is, and how wide it is, in units of which the first is 200 wide. */
export interface Drum {
  x: number;
  width: number;
}

/** What a drop has done. */
export interface Drop {
  kind: "perfect" | "cut" | "miss";
  /** What has been cut off, or missed the column whole. */
  lost: Drum | null;
}

const firstWidth = 200;
const reach = 260;
const tolerance = 6;
const regained = 8;

// A machine that is slow makes the game slow, not unfair.
const longestStep = 1 / 30;

/** The rules of the game: a drum swings above the column and is dropped on it; what stands over is cut off. Knows nothing of pages. */
export class Column {
  readonly drums: Drum[] = [{ x: 0, width: firstWidth }];
  swinging: Drum = { x: -reach, width: firstWidth };
  score = 0;
  /** How many drops in a row were perfect. */
  streak = 0;
  isOver = false;
  private direction = 1;

  get top(): Drum {
    return this.drums[this.drums.length - 1] as Drum;
  }

  /** How far the swinging drum is from where it should fall. */
  get offset(): number {
    return this.swinging.x - this.top.x;
  }

  /** Lets time pass. */
  step(seconds: number): void {
    if (this.isOver) return;
    const speed = 240 + Math.min(this.drums.length * 9, 320);
    this.swinging.x += this.direction * speed * Math.min(seconds, longestStep);
    if (Math.abs(this.swinging.x) < reach) return;
    this.direction = -Math.sign(this.swinging.x);
    this.swinging.x = Math.sign(this.swinging.x) * reach;
  }

  /** Drops the swinging drum. */
  drop(): Drop {
    const { offset, swinging, top } = this;
    const width = swinging.width - Math.abs(offset);
    if (width <= 0) {
      this.isOver = true;
      return { kind: "miss", lost: swinging };
    }
    const isPerfect = Math.abs(offset) <= tolerance;
    this.streak = isPerfect ? this.streak + 1 : 0;
    this.score += 1 + this.streak;
    const drum = isPerfect ? { x: top.x, width: Math.min(top.width + (this.streak > 2 ? regained : 0), firstWidth) } : { x: top.x + offset / 2, width };
    this.drums.push(drum);
    this.direction = this.drums.length % 2 === 0 ? -1 : 1;
    this.swinging = { x: -this.direction * reach, width: drum.width };
    if (isPerfect) return { kind: "perfect", lost: null };
    return { kind: "cut", lost: { x: drum.x + (Math.sign(offset) * swinging.width) / 2, width: Math.abs(offset) } };
  }
}
