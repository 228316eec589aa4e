// One line that asks where a link leads.
import { linkAt, setLink } from "../../editor/commands";
import { element } from "../../editor/elements";
import type { Section } from "../../editor/section";

const WRONG = "Enter an address that starts with https://, http:// or mailto:";
const LOOKS_LIKE_MAIL = /^[^\s@/:]+@[^\s@/]+$/;
const HAS_SCHEME = /^[a-z][a-z0-9+.-]*:/i;

/** What people type, as an address: www.nhs.uk becomes https://www.nhs.uk, a mail address becomes mailto:. */
export function completed(typed: string): string {
  const address = typed.trim();
  if (!address || HAS_SCHEME.test(address)) return address;
  return LOOKS_LIKE_MAIL.test(address) ? `mailto:${address}` : `https://${address}`;
}

export class LinkForm {
  readonly root: HTMLFormElement;
  private readonly input: HTMLInputElement;
  private readonly wrong: HTMLElement;
  private readonly remove: HTMLButtonElement;

  constructor(
    private readonly section: Section,
    private readonly done: () => void,
  ) {
    const id = `link-${section.options.key}`;
    this.input = element("input", {
      id,
      type: "text",
      inputmode: "url",
      class: "nhsuk-input coprod-link-form__input",
      autocomplete: "off",
      spellcheck: "false",
    });
    this.wrong = element("p", { id: `${id}-error`, class: "nhsuk-error-message coprod-link-form__error" });
    this.wrong.setAttribute("role", "alert");
    this.remove = button("Remove link");
    const cancel = button("Cancel");
    const save = element("button", { type: "submit", class: "coprod-toolbar__action" }, "Save link");
    const label = element("label", { for: id, class: "coprod-link-form__label" }, "Web or email address");
    const actions = element("span", { class: "coprod-link-form__actions" }, save, this.remove, cancel);
    this.root = element(
      "form",
      { class: "coprod-link-form", novalidate: "" },
      label,
      this.wrong,
      this.input,
      actions,
    );
    this.root.hidden = true;
    this.root.addEventListener("submit", (event) => this.save(event));
    this.root.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
    this.remove.addEventListener("click", () => this.apply(null));
    cancel.addEventListener("click", () => this.close());
  }

  open(): void {
    const address = linkAt(this.section.view.state);
    this.complain("");
    this.root.hidden = false;
    this.remove.hidden = address === null;
    this.input.value = address ?? "";
    this.input.focus();
    this.input.select();
  }

  private close(): void {
    this.root.hidden = true;
    this.done();
  }

  private save(event: Event): void {
    event.preventDefault();
    const address = completed(this.input.value);
    if (address === "") this.apply(null);
    else this.apply(address);
  }

  private apply(address: string | null): void {
    const { view } = this.section;
    if (setLink(address)(view.state, view.dispatch, view)) this.close();
    else this.complain(WRONG);
  }

  private complain(sentence: string): void {
    this.wrong.textContent = sentence;
    this.wrong.hidden = !sentence;
    this.input.classList.toggle("nhsuk-input--error", !!sentence);
    if (sentence) {
      this.input.setAttribute("aria-invalid", "true");
      this.input.setAttribute("aria-describedby", this.wrong.id);
      this.input.focus();
    } else {
      this.input.removeAttribute("aria-invalid");
      this.input.removeAttribute("aria-describedby");
    }
  }
}

function button(words: string): HTMLButtonElement {
  return element("button", { type: "button", class: "coprod-toolbar__action" }, words);
}
