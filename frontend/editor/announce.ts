// What a screen reader is told, politely: news is gathered, and the newest about each thing is said.

const EVERY = 1_500;

/** One live region for a page. Ten people arriving are one announcement, not ten interruptions. */
export class Announcer {
  private readonly news = new Map<string, string>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private turn = 0;

  constructor(private readonly region: HTMLElement) {}

  /** `about` names the thing: a later sentence about it takes the place of one that was not said yet. */
  say(about: string, sentence: string): void {
    this.news.delete(about);
    this.news.set(about, sentence);
    this.timer ??= setTimeout(() => this.speak(), EVERY);
  }

  /** At once: the person asked. */
  answer(sentence: string): void {
    this.news.clear();
    this.news.set("answer", sentence);
    this.speak();
  }

  private speak(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    // A region whose text does not change is not read again: a no-break space makes each turn differ.
    this.region.textContent = [...this.news.values()].join(" ") + (this.turn++ % 2 ? "\u00a0" : "");
    this.news.clear();
  }

  destroy(): void {
    clearTimeout(this.timer);
  }
}

/** The live region of a page, made when it is first needed. */
export function liveRegion(root: HTMLElement): HTMLElement {
  const region = document.createElement("div");
  region.className = "nhsuk-u-visually-hidden";
  region.setAttribute("role", "status");
  region.setAttribute("aria-live", "polite");
  region.dataset.announcer = "";
  root.append(region);
  return region;
}
