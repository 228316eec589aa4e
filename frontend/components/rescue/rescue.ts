// Words the server did not take: each part with its reason, to copy or to discard. Nothing goes by itself.

import { element } from "../../editor/elements";
import type { Batch, Rescued } from "../../editor/localstore";
import { rescuedFrom } from "../../editor/rescue";
import { Session } from "../../editor/session";
import { ConfigurableComponent } from "../../lib/component";

const time = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "long",
  hour: "2-digit",
  minute: "2-digit",
});

interface Config {
  /** The page came from the server as that of a closed text, and says so. */
  knownClosed: boolean;
}

/** The text is closed for good. */
const CLOSED = 4423;

export class Rescue extends ConfigurableComponent<Config> {
  static override moduleName = "coprod-rescue";
  static defaults: Config = { knownClosed: false };
  static schema = { properties: { knownClosed: { type: "boolean" } } };

  private readonly session: Session;
  private readonly entries = new Map<string, Rescued>();

  constructor($root: Element | null) {
    super($root);
    this.session = Session.of(this.$root);
    const { provider } = this.session;
    provider.on("refused", (batches, sentence) => void this.take(batches, sentence));
    provider.on("closed", (code, sentence) => this.close(code, sentence));
    provider.once("ready", () => void this.recall());
    this.part(".coprod-rescue__reload").addEventListener("click", () => location.reload());
  }

  private part(selector: string): HTMLElement {
    return this.$root.querySelector<HTMLElement>(selector) ?? this.$root;
  }

  /** What an earlier visit left here. */
  private async recall(): Promise<void> {
    for (const each of await this.session.provider.store.rescued()) this.entries.set(each.id, each);
    this.show();
  }

  /** First into the store for refused words, then out of the store for unsent ones: never in neither. */
  private async take(batches: Batch[], sentence: string): Promise<void> {
    const { provider } = this.session;
    const rescued = rescuedFrom(batches, sentence);
    for (const each of rescued) this.entries.set(each.id, each);
    this.show();
    await provider.store.keepRescued(rescued);
    provider.rescued(batches);
    if (rescued.length) this.part(".coprod-rescue__title").focus();
  }

  /** Loading a page again that was closed from the start shows the same page. */
  private close(code: number, sentence: string): void {
    this.part(".coprod-rescue__reason").textContent = sentence;
    this.part(".coprod-rescue__reload").hidden = code === CLOSED && this.config.knownClosed;
    this.show();
  }

  private show(): void {
    const list = this.part(".coprod-rescue__list");
    list.replaceChildren(...[...this.entries.values()].map((each) => this.entry(each)));
    const closed = !this.part(".coprod-rescue__reload").hidden;
    const some = this.entries.size > 0;
    this.$root.hidden = !some && !closed;
    this.part(".coprod-rescue__title").textContent = some
      ? "These words were not accepted"
      : "This page has stopped";
    this.part(".coprod-rescue__kept").hidden = !some;
  }

  private entry(rescued: Rescued): HTMLElement {
    const title = this.session.titleOf(rescued.root.slice(2));
    const why = rescued.reason === this.part(".coprod-rescue__reason").textContent ? "" : rescued.reason;
    const copy = this.action("Copy", title);
    const discard = this.action("Discard", title);
    copy.addEventListener("click", () => void this.copy(rescued, copy));
    discard.addEventListener("click", () => void this.discard(rescued));
    return element(
      "li",
      { class: "coprod-rescue__entry" },
      element("h3", { class: "coprod-rescue__section" }, `${title}, ${time.format(rescued.at)}`),
      element("p", { class: "coprod-rescue__why" }, why),
      element("blockquote", { class: "coprod-rescue__words", translate: "no" }, rescued.words),
      copy,
      discard,
    );
  }

  private action(words: string, title: string): HTMLButtonElement {
    const hidden = element("span", { class: "nhsuk-u-visually-hidden" }, ` the words for ${title}`);
    return element("button", { type: "button", class: "coprod-rescue__action" }, words, hidden);
  }

  private async copy(rescued: Rescued, button: HTMLButtonElement): Promise<void> {
    try {
      await navigator.clipboard.writeText(rescued.words);
      button.textContent = "Copied";
      this.session.announcer.answer("Copied.");
    } catch {
      // No permission: the words are marked instead, so that Control C takes them.
      const words = button.parentElement?.querySelector("blockquote");
      if (words) getSelection()?.selectAllChildren(words);
      this.session.announcer.answer("The words are selected. Press Control C to copy them.");
    }
  }

  private async discard(rescued: Rescued): Promise<void> {
    await this.session.provider.store.discardRescued(rescued.id);
    this.entries.delete(rescued.id);
    this.show();
    this.session.announcer.answer("Discarded.");
    if (this.entries.size) this.part(".coprod-rescue__title").focus();
  }
}
