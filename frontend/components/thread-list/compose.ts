// A new thread while it is being written: about the words that are selected, or about the whole section.
import { type Anchor, anchorFrom, LONGEST_QUOTE, wordsBetween } from "../../editor/anchors";
import { element } from "../../editor/elements";
import { hear } from "../../editor/selection";
import type { Thread } from "../../editor/threads";
import { Refusal } from "../../lib/http";
import { Choices, type Nature } from "./choices";
import { type Margin, WRITING } from "./margin";
import { notTold, shortened } from "./words";
import { action, sendsByKey, submit, Writing } from "./writing";

interface Ways {
  /** Closed; with the thread if there is one now. */
  done: (thread: Thread | null) => void;
  toText: () => void;
}
interface Kept extends Nature {
  anchor: Anchor | null;
}

const HINT = "To call somebody, write @ and choose a name.";
const GONE = "The words you selected are no longer there. Select others and choose Comment again.";
const TOO_LONG = `You selected more than ${LONGEST_QUOTE} characters. Select fewer, or write about the whole section.`;

export class Compose {
  readonly root: HTMLLIElement;
  private readonly about = element("p", { class: "coprod-compose__about" });
  private readonly whole = action("Write about the whole section instead");
  private readonly choices: Choices;
  private readonly writing: Writing;
  private anchor: Anchor | null = null;

  constructor(
    private readonly margin: Margin,
    private readonly section: string,
    private readonly ways: Ways,
  ) {
    this.writing = new Writing({
      id: `compose-${section}`,
      label: "Your comment",
      hint: HINT,
      draft: `new:${section}`,
      margin,
    });
    this.choices = new Choices(section);
    const title = element(
      "h3",
      { class: "coprod-thread__title", id: `compose-title-${section}` },
      "New comment",
    );
    const form = this.form(title);
    this.root = element("li", { class: "coprod-thread coprod-thread--active coprod-compose" }, form);
    this.recall();
  }

  private form(title: HTMLElement): HTMLFormElement {
    const discard = action("Discard");
    const buttons = element("div", { class: "coprod-thread__buttons" }, submit("Add comment"), discard);
    const form = element(
      "form",
      { "aria-labelledby": title.id, novalidate: "" },
      title,
      this.about,
      this.whole,
      this.writing.root,
      ...this.choices.lines,
      buttons,
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.send();
    });
    form.addEventListener("change", () => this.keep());
    form.addEventListener("keydown", (event) => event.key === "Escape" && this.ways.toText());
    discard.addEventListener("click", () => this.close(null));
    this.whole.addEventListener("click", () => {
      this.aim(null);
      this.writing.box.focus();
    });
    sendsByKey(form);
    return form;
  }

  private recall(): void {
    const kept = this.margin.drafts.get<Kept>(this.draft);
    this.choices.value = kept ?? {};
    this.aim(kept?.anchor ?? null);
  }

  private get draft(): string {
    return `about:${this.section}`;
  }

  private keep(): void {
    const kept: Kept = { anchor: this.anchor, ...this.choices.value };
    this.margin.drafts.keep(this.draft, kept);
  }

  /** What is selected in the text now; with nothing selected, what it was about before. */
  take(): void {
    const section = this.margin.session.sections.get(this.section);
    if (section) hear(section.view);
    // An editor remembers its selection; it counts only while it can be seen.
    const seen = section?.view.dom.contains(getSelection()?.anchorNode ?? null);
    const anchor = section && seen && anchorFrom(section.view.state, section.options.text);
    this.writing.complain("");
    if (anchor && anchor.quote.length > LONGEST_QUOTE) this.writing.complain(TOO_LONG);
    else if (anchor) this.aim(anchor);
    this.keep();
  }

  focus(): void {
    this.writing.box.focus({ preventScroll: true });
  }

  private aim(anchor: Anchor | null): void {
    this.anchor = anchor;
    this.about.textContent = anchor ? `About “${shortened(anchor.quote)}”` : "About the whole section";
    this.whole.hidden = anchor === null;
    this.margin.write(this.section, anchor);
    this.keep();
  }

  /** The words may have been written in meanwhile: what is sent is what stands there now. */
  private fresh(): Anchor | null {
    const text = this.margin.session.sections.get(this.section)?.options.text;
    if (!this.anchor || !text) return this.anchor;
    const quote = wordsBetween(text, this.anchor);
    if (!quote.trim()) throw new Refusal(409, GONE);
    return { ...this.anchor, quote };
  }

  private async send(): Promise<void> {
    const thread = await this.writing.send(async (body) => {
      const facts = { section: this.section, body, ...this.choices.value };
      return this.margin.store.open({ ...facts, anchor: () => this.fresh() });
    });
    if (!thread) return;
    this.close(thread);
    this.margin.session.announcer.answer(`Comment added. ${notTold(thread.not_mentioned)}`.trim());
  }

  private close(thread: Thread | null): void {
    this.writing.clear();
    this.margin.drafts.drop(this.draft);
    this.margin.write(this.section, null);
    this.ways.done(thread);
  }

  /** Where its words are. */
  get range() {
    return this.margin.rangeOf(this.section, WRITING);
  }
}
