// A text that was handed in: its words can be selected for a comment, and those with comments are marked.
import { element } from "../../editor/elements";
import { ConfigurableComponent } from "../../lib/component";
import { type Found, find, near } from "./find";

interface Config {
  canComment: boolean;
}

const MARKS = "coprod-commented";

export class VersionWords extends ConfigurableComponent<Config> {
  static override moduleName = "coprod-version-words";
  static defaults: Config = { canComment: false };
  static schema = { properties: { canComment: { type: "boolean" } } };

  private readonly bar = element("div", { class: "coprod-version-words__bar", hidden: "" });
  private readonly button = element(
    "button",
    { type: "button", class: "nhsuk-button nhsuk-button--small" },
    "Comment on the selected words",
  );
  private chosen: Found | null = null;

  constructor($root: Element | null) {
    super($root);
    this.mark();
    if (!this.config.canComment) return;
    this.bar.append(this.button);
    this.$root.append(this.bar);
    // The text keeps what is selected in it.
    this.button.addEventListener("pointerdown", (event) => event.preventDefault());
    this.button.addEventListener("mousedown", (event) => event.preventDefault());
    this.button.addEventListener("click", () => this.take());
    document.addEventListener("selectionchange", () => this.look());
    // Words may have been selected before this part of the page was there.
    this.look();
    document.addEventListener("keydown", (event) => this.onKey(event));
  }

  private look(): void {
    if (document.activeElement === this.button) return;
    this.chosen = near(this.$root, getSelection());
    this.bar.hidden = this.chosen === null;
  }

  private onKey(event: KeyboardEvent): void {
    const pressed = (event.ctrlKey || event.metaKey) && event.altKey && event.code === "KeyM";
    if (!pressed || event.getModifierState("AltGraph")) return;
    event.preventDefault();
    this.take();
  }

  /** The form says in words what was selected; the server finds out where that is. */
  private take(): void {
    const form = document.querySelector<HTMLFormElement>("#say form");
    if (!form) return;
    const put = (name: string, value: string): void => {
      const field = form.elements.namedItem(name);
      if (field && "value" in field) field.value = value;
    };
    if (this.chosen) {
      put("section", this.chosen.part);
      put("words", this.chosen.exact);
      put("before", this.chosen.prefix);
      put("behind", this.chosen.suffix);
    }
    this.bar.hidden = true;
    const body = form.elements.namedItem("body");
    if (body instanceof HTMLElement) body.focus();
  }

  /** Where the browser can mark words without changing the page; elsewhere the comments say which they are. */
  private mark(): void {
    if (typeof Highlight === "undefined" || !("highlights" in CSS)) return;
    const marks = new Highlight();
    for (const { dataset } of this.$root.querySelectorAll<HTMLElement>("[data-words]")) {
      const part = this.$root.querySelector(`[data-part="${CSS.escape(dataset.on ?? "")}"]`);
      const range = part && dataset.words ? find(part, dataset.words, dataset) : null;
      if (range) marks.add(range);
    }
    CSS.highlights.set(MARKS, marks);
  }
}
