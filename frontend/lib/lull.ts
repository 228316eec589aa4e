// For work that can wait until a person pauses, but not for ever.

/** Calls once nothing has stirred for `pause` milliseconds, or `longest` milliseconds after the first stir. */
export class Lull {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private since: number | null = null;

  constructor(
    private readonly call: () => void,
    private readonly pause: number,
    private readonly longest: number,
  ) {}

  stir(): void {
    const now = performance.now();
    this.since ??= now;
    clearTimeout(this.timer);
    const left = this.since + this.longest - now;
    this.timer = setTimeout(() => this.come(), Math.max(0, Math.min(this.pause, left)));
  }

  /** Forgets what has stirred. */
  settle(): void {
    clearTimeout(this.timer);
    this.since = null;
  }

  private come(): void {
    this.settle();
    this.call();
  }
}
