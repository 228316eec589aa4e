// Whether what was written is saved: one word in a fixed place, which does not flicker.

import { ServerNews } from "../../editor/news";
import type { SavedState as State } from "../../editor/saved";
import { wording } from "../../editor/saved";
import { Session } from "../../editor/session";
import { ConfigurableComponent } from "../../lib/component";

/** Saved is shown when it has lasted a moment; a broken line when it has not come back by itself. */
const CALM = 1_000;
const BLINK = 2_000;

export class SavedState extends ConfigurableComponent<Record<string, never>> {
  static override moduleName = "coprod-saved-state";
  static defaults = {};
  static schema = { properties: {} };

  private readonly label: HTMLElement;
  private readonly detail: HTMLElement;
  private readonly status: HTMLElement;
  private troubled = false;
  private pending: ReturnType<typeof setTimeout> | undefined;

  constructor($root: Element | null) {
    super($root);
    this.label = this.part("label");
    this.detail = this.part("detail");
    this.status = this.part("status");
    const session = Session.of(this.$root);
    const { provider } = session;
    const news = new ServerNews(session);
    news.on("notice", (sentence) => this.put("notice", sentence));
    news.on("restored", (sentence) => this.put("news", sentence));
    provider.on("saved", (state) => this.heard(state));
    this.show(provider.saved);
  }

  private part(name: string): HTMLElement {
    const found = this.$root.querySelector<HTMLElement>(`.coprod-saved-state__${name}`);
    if (!found) throw new Error(`The saved state lacks its ${name}.`);
    return found;
  }

  private put(name: string, sentence: string): void {
    const part = this.part(name);
    if (part.textContent !== sentence) part.textContent = sentence;
  }

  private heard(state: State): void {
    clearTimeout(this.pending);
    const wait = state.kind === "saved" ? (state.connected ? CALM : BLINK) : 0;
    if (wait) this.pending = setTimeout(() => this.show(state), wait);
    else this.show(state);
  }

  private show(state: State): void {
    const { label, detail } = wording(state);
    this.$root.dataset.kind = state.kind;
    if (this.label.textContent !== label) this.label.textContent = label;
    if (this.detail.textContent !== detail) this.detail.textContent = detail;
    this.tell(state, `${label}. ${detail}`.trim());
  }

  /** A screen reader hears of trouble, and that it is over; not of every pause in typing. */
  private tell(state: State, sentence: string): void {
    const troubled =
      state.kind === "unsaved" || state.kind === "read" || (state.kind === "saved" && !state.connected);
    if ((troubled || this.troubled) && state.kind !== "saving" && this.status.textContent !== sentence) {
      this.status.textContent = sentence;
    }
    this.troubled = troubled || (this.troubled && state.kind === "saving");
  }
}
