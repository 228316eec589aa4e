// Keeps the number of unread news in the header right while the page is open.
import { ConfigurableComponent } from "../../lib/component";
import { request } from "../../lib/http";
import { listen, NOTICE, type Notice } from "../../lib/notices";

interface Config {
  address: string;
}

// Hints that come together are one question.
const GATHER_MS = 300;

export class NewsCount extends ConfigurableComponent<Config> {
  static override moduleName = "coprod-news-count";
  static defaults: Config = { address: "" };
  static schema = { properties: { address: { type: "string" } } };
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor($root: Element | null) {
    super($root);
    document.addEventListener(NOTICE, (event) => this.#heard((event as CustomEvent<Notice>).detail));
    listen();
  }

  #heard(notice: Notice): void {
    if (notice.type !== "news" && notice.type !== "reconnected") return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#ask(), GATHER_MS);
  }

  /** A number that cannot be had stays as it was: the page behind the link has the truth. */
  async #ask(): Promise<void> {
    const found = await request<{ unread: number }>("GET", this.config.address).catch(() => null);
    if (found) this.#show(found.unread);
  }

  #show(unread: number): void {
    const badge = this.$root.querySelector<HTMLElement>(".coprod-news-count__number");
    const number = badge?.querySelector("[data-number]");
    if (!badge || !number) return;
    number.textContent = String(unread);
    badge.hidden = unread === 0;
  }
}
