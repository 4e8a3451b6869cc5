import type { Column, Drop, Drum } from "./column.js";

const drumHeight = 38;
const shownDrums = 7;

interface Falling extends Drum {
  y: number;
  speed: number;
}

/** Draws a column on a canvas, in its own units: 600 wide, 640 high. */
export class Scene {
  private readonly context: CanvasRenderingContext2D;
  private falling: Falling[] = [];
  private height = 0;
  private flash = 0;

  constructor(private readonly canvas: HTMLCanvasElement) {
    this.context = canvas.getContext("2d") as CanvasRenderingContext2D;
  }

  /** Shows what a drop has done. */
  show(drop: Drop, column: Column): void {
    if (drop.kind === "perfect") this.flash = 1;
    const level = drop.kind === "miss" ? column.drums.length : column.drums.length - 1;
    if (drop.lost !== null) this.falling.push({ ...drop.lost, y: level * drumHeight, speed: 0 });
  }

  clear(): void {
    this.falling = [];
    this.height = 0;
  }

  draw(column: Column, seconds: number): void {
    const { context } = this;
    this.fit();
    const wanted = Math.max(0, column.drums.length - shownDrums) * drumHeight;
    this.height += (wanted - this.height) * Math.min(1, seconds * 6);
    this.flash = Math.max(0, this.flash - seconds * 2.5);
    this.drawSky();
    context.save();
    context.translate(300, 560 + this.height);
    this.drawGround();
    column.drums.forEach((drum, level) => this.drawDrum(drum, level * drumHeight, level === column.drums.length - 1 ? this.flash : 0));
    if (!column.isOver) this.drawDrum(column.swinging, column.drums.length * drumHeight + 26, 0);
    this.drawFalling(seconds);
    context.restore();
  }

  /** As sharp as the screen is. */
  private fit(): void {
    const width = Math.round(this.canvas.clientWidth * devicePixelRatio);
    const height = Math.round((width * 640) / 600);
    if (this.canvas.width !== width || this.canvas.height !== height) Object.assign(this.canvas, { width, height });
    this.context.setTransform(width / 600, 0, 0, width / 600, 0, 0);
  }

  private drawSky(): void {
    const { context } = this;
    const high = Math.min(this.height / 2400, 1);
    const sky = context.createLinearGradient(0, 0, 0, 640);
    sky.addColorStop(0, mix([34, 48, 92], [9, 12, 36], high));
    sky.addColorStop(0.6, mix([196, 118, 116], [44, 52, 110], high));
    sky.addColorStop(1, mix([250, 201, 140], [120, 92, 132], high));
    context.fillStyle = sky;
    context.fillRect(0, 0, 600, 640);
    const sun = context.createRadialGradient(470, 420 + this.height * 0.2, 8, 470, 420 + this.height * 0.2, 170);
    sun.addColorStop(0, "rgba(255, 240, 205, 0.95)");
    sun.addColorStop(0.22, "rgba(255, 226, 170, 0.5)");
    sun.addColorStop(1, "rgba(255, 210, 150, 0)");
    context.fillStyle = sun;
    context.fillRect(0, 0, 600, 640);
    this.drawHills(0.12, 470, 46, "rgba(92, 70, 98, 0.55)");
    this.drawHills(0.3, 510, 34, "rgba(62, 54, 74, 0.75)");
  }

  /** @param depth How much of the camera's way they go. */
  private drawHills(depth: number, level: number, size: number, colour: string): void {
    const { context } = this;
    context.fillStyle = colour;
    context.beginPath();
    context.moveTo(0, 640);
    for (let x = 0; x <= 600; x += 12) {
      const hill = Math.sin(x / (size * 2.1)) * size + Math.sin(x / (size * 0.83) + level) * size * 0.35;
      context.lineTo(x, level + this.height * depth - hill);
    }
    context.lineTo(600, 640);
    context.fill();
  }

  private drawGround(): void {
    const { context } = this;
    context.fillStyle = "#3a3345";
    context.fillRect(-300, 0, 600, 900);
    context.fillStyle = "#efe6d6";
    context.fillRect(-150, 0, 300, 14);
    context.fillStyle = "#d8ccb8";
    context.fillRect(-176, 14, 352, 16);
    context.fillStyle = "#bcae9a";
    context.fillRect(-204, 30, 408, 18);
  }

  /** @param level How far its foot is above the ground. */
  private drawDrum(drum: Drum, level: number, light: number): void {
    const { context } = this;
    const left = drum.x - drum.width / 2;
    const marble = context.createLinearGradient(left, 0, left + drum.width, 0);
    marble.addColorStop(0, "#b7a892");
    marble.addColorStop(0.3, "#f3ecde");
    marble.addColorStop(0.55, "#fffaf0");
    marble.addColorStop(1, "#a5947e");
    context.fillStyle = marble;
    context.fillRect(left, -level - drumHeight, drum.width, drumHeight);
    this.drawFlutes(left, drum.width, -level - drumHeight);
    context.fillStyle = "rgba(80, 62, 54, 0.35)";
    context.fillRect(left, -level - 2, drum.width, 2);
    if (light <= 0) return;
    context.fillStyle = `rgba(255, 236, 170, ${light * 0.8})`;
    context.fillRect(left - 3, -level - drumHeight - 3, drum.width + 6, drumHeight + 6);
  }

  private drawFlutes(left: number, width: number, y: number): void {
    const { context } = this;
    context.fillStyle = "rgba(112, 94, 76, 0.22)";
    const flutes = Math.max(1, Math.floor(width / 18));
    for (let flute = 0; flute < flutes; flute++) {
      // Closer together towards the sides, as on something round.
      const angle = (Math.PI * (flute + 0.5)) / flutes;
      context.fillRect(left + (width * (1 - Math.cos(angle))) / 2 - 2, y, 1 + 3 * Math.sin(angle), drumHeight - 2);
    }
  }

  private drawFalling(seconds: number): void {
    for (const piece of this.falling) {
      piece.speed += 1500 * seconds;
      piece.y -= piece.speed * seconds;
      this.drawDrum(piece, piece.y, 0);
    }
    this.falling = this.falling.filter(({ y }) => y > this.height - 700);
  }
}

function mix(from: [number, number, number], to: [number, number, number], share: number): string {
  return `rgb(${from.map((part, index) => Math.round(part + ((to[index] as number) - part) * share)).join(" ")})`;
}
