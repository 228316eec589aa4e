// Tells a reader that the page they look at is no longer the newest, and lets them decide when to reload.
import { ConfigurableComponent } from "../../lib/component";
import { listen, NOTICE, type Notice } from "../../lib/notices";

interface Config {
  /** Id of the one proposal this page is about; 0 on pages about several. */
  proposal: number;
  /** The page lists what is new for its reader. */
  news: boolean;
}

export class LiveNotice extends ConfigurableComponent<Config> {
  static override moduleName = "coprod-live-notice";
  static defaults: Config = { proposal: 0, news: false };
  static schema = { properties: { proposal: { type: "number" }, news: { type: "boolean" } } };

  constructor($root: Element | null) {
    super($root);
    document.addEventListener(NOTICE, (event) => this.#heard((event as CustomEvent<Notice>).detail));
    listen();
  }

  #heard(notice: Notice): void {
    // What is new for the reader stands in the header; of pages, only the list of it is changed by that.
    if (notice.type === "news" && !this.config.news) return;
    const elsewhere =
      this.config.proposal && "proposal" in notice && notice.proposal !== this.config.proposal;
    if (!elsewhere) this.#show();
  }

  #show(): void {
    const words = this.$root.querySelector<HTMLElement>(".coprod-live-notice__words");
    if (words) words.hidden = false;
  }
}
