// One box to write in, for the margin: kept while it is half written, never drawn again, with its own complaints.
import { element } from "../../editor/elements";
import { sentenceOf } from "../../editor/threads";
import type { Margin } from "./margin";
import { Mentions } from "./mentions";
import { LONGEST_BODY } from "./words";

export interface Options {
  id: string;
  label: string;
  hint?: string;
  longest?: number;
  /** Whether an @ in it calls somebody. */
  calls?: boolean;
  /** Said when nothing is written. */
  nothing?: string;
  /** The name under which it is kept. */
  draft: string;
  margin: Margin;
}

export class Writing {
  readonly root: HTMLElement;
  readonly box: HTMLTextAreaElement;
  private readonly wrong: HTMLElement;
  /** It was half written when the page was loaded. */
  readonly wasKept: boolean;
  private busy = false;

  constructor(private readonly options: Options) {
    const { id, label, hint, margin, longest = LONGEST_BODY } = options;
    this.wrong = element("p", { id: `${id}-error`, class: "nhsuk-error-message", role: "alert", hidden: "" });
    this.box = element("textarea", {
      id,
      class: "nhsuk-textarea coprod-writing__box",
      rows: "3",
      maxlength: String(longest),
    });
    const hinted = hint ? [element("p", { id: `${id}-hint`, class: "nhsuk-hint" }, hint)] : [];
    if (hint) this.box.setAttribute("aria-describedby", `${id}-hint`);
    const named = element("label", { class: "nhsuk-label", for: id }, label);
    this.root = element("div", { class: "coprod-writing" }, named, ...hinted, this.wrong, this.box);
    const say = (sentence: string): void => margin.session.announcer.answer(sentence);
    if (options.calls ?? true) this.root.append(new Mentions(this.box, { names: margin.names, say }).root);
    const kept = margin.drafts.get<string>(options.draft);
    this.wasKept = kept !== null;
    this.box.value = kept ?? "";
    this.box.addEventListener("input", () => this.keep());
  }

  private keep(): void {
    const { draft } = this.options;
    const { drafts } = this.options.margin;
    if (this.box.value.trim()) drafts.keep(draft, this.box.value);
    else drafts.drop(draft);
  }

  get value(): string {
    return this.box.value.trim();
  }

  clear(): void {
    this.box.value = "";
    this.keep();
    this.complain("");
  }

  complain(sentence: string): void {
    const { id, hint } = this.options;
    this.wrong.textContent = sentence;
    this.wrong.hidden = !sentence;
    this.box.classList.toggle("nhsuk-textarea--error", !!sentence);
    const ids = [hint ? `${id}-hint` : "", sentence ? `${id}-error` : ""].filter(Boolean).join(" ");
    if (ids) this.box.setAttribute("aria-describedby", ids);
    else this.box.removeAttribute("aria-describedby");
  }

  /** Sends what is written. The words go from the box only when the server has them. */
  async send<T>(by: (body: string) => Promise<T>): Promise<T | null> {
    if (this.busy) return null;
    if (!this.value) {
      this.complain(this.options.nothing ?? "Write something first.");
      this.box.focus();
      return null;
    }
    this.busy = true;
    const sent = this.box.value;
    try {
      const answer = await by(this.value);
      if (this.box.value === sent) this.clear();
      return answer;
    } catch (error) {
      this.complain(sentenceOf(error));
      return null;
    } finally {
      this.busy = false;
    }
  }
}

/** Control and Enter send, as in other programs. */
export function sendsByKey(form: HTMLFormElement): void {
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.requestSubmit();
  });
}

export function action(words: string, more = ""): HTMLButtonElement {
  const button = element("button", { type: "button", class: "coprod-thread__action" }, words);
  if (more) button.append(element("span", { class: "nhsuk-u-visually-hidden" }, ` ${more}`));
  return button;
}

export function submit(words: string): HTMLButtonElement {
  return element("button", { type: "submit", class: "nhsuk-button nhsuk-button--small" }, words);
}
