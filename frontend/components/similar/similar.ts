// Lists earlier proposals like a title while it is typed; the link to the page that finds them stays.
import { ConfigurableComponent } from "../../lib/component";
import { request } from "../../lib/http";

interface Config {
  address: string;
  field: string;
}

interface Earlier {
  reference: string;
  title: string;
  stands: string;
  url: string;
}

// Somebody who types pauses longer than this between two thoughts, not between two letters.
const PAUSE_MS = 500;
const SHORTEST = 4;

export class Similar extends ConfigurableComponent<Config> {
  static override moduleName = "coprod-similar";
  static defaults: Config = { address: "", field: "" };
  static schema = { properties: { address: { type: "string" }, field: { type: "string" } } };
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = "";

  constructor($root: Element | null) {
    super($root);
    const field = document.getElementById(this.config.field);
    if (!(field instanceof HTMLInputElement)) return;
    field.addEventListener("input", () => this.#typed(field.value));
    this.#typed(field.value);
  }

  #typed(value: string): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#ask(value.trim()), PAUSE_MS);
  }

  /** An answer that comes late, or not at all, changes nothing: the link leads to the same. */
  async #ask(words: string): Promise<void> {
    if (words === this.#asked) return;
    this.#asked = words;
    if (words.length < SHORTEST) return this.#show([]);
    const address = `${this.config.address}?${new URLSearchParams({ words })}`;
    const found = await request<Earlier[]>("GET", address).catch(() => null);
    if (found && words === this.#asked) this.#show(found);
  }

  #show(found: Earlier[]): void {
    const list = this.$root.querySelector<HTMLElement>("ul");
    const status = this.$root.querySelector<HTMLElement>("[data-status]");
    if (!list || !status) return;
    list.replaceChildren(...found.map(line));
    list.hidden = found.length === 0;
    status.textContent = found.length ? told(found.length) : "";
  }
}

function told(count: number): string {
  return count === 1 ? "One earlier proposal is like it:" : `${count} earlier proposals are like it:`;
}

/** In a new tab, so that what is typed here stays. */
function line(earlier: Earlier): HTMLLIElement {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = earlier.url;
  link.target = "_blank";
  link.rel = "noopener";
  link.textContent = `${earlier.title} (${earlier.reference}, opens in a new tab)`;
  const stands = document.createElement("span");
  stands.className = "coprod-similar__stands";
  stands.textContent = earlier.stands;
  item.append(link, stands);
  return item;
}
