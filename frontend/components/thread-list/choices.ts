// What a thread is, whom it is put to and whether it has to be settled first: the choices of whoever opens it.
import { element } from "../../editor/elements";
import type { Kind, Thread } from "../../editor/threads";
import { ADDRESSEES, BLOCKING, KINDS } from "./words";

export type Nature = Pick<Thread, "kind" | "addressed" | "blocking">;

export class Choices {
  /** One below the other. */
  readonly lines: HTMLElement[];
  private readonly kind = choice(KINDS);
  private readonly addressed = choice(ADDRESSEES);
  private readonly blocking = element("input", { type: "checkbox", class: "nhsuk-checkboxes__input" });

  /** `id` ends the ids of all three. */
  constructor(id: string) {
    const [box, label] = [this.blocking, element("label", { class: "nhsuk-label nhsuk-checkboxes__label" })];
    box.id = `blocking-${id}`;
    label.htmlFor = box.id;
    label.append(BLOCKING);
    const item = element("div", { class: "nhsuk-checkboxes__item" }, box, label);
    this.lines = [
      labelled(`kind-${id}`, "This is a", this.kind),
      labelled(`for-${id}`, "For", this.addressed),
      element("div", { class: "nhsuk-checkboxes nhsuk-checkboxes--small coprod-compose__line" }, item),
    ];
  }

  get value(): Nature {
    return {
      kind: this.kind.value as Kind,
      addressed: this.addressed.value,
      blocking: this.blocking.checked,
    };
  }

  set value({ kind, addressed, blocking }: Partial<Nature>) {
    this.kind.value = kind ?? "comment";
    this.addressed.value = addressed ?? "";
    this.blocking.checked = blocking ?? false;
  }

  focus(): void {
    this.kind.focus();
  }
}

function choice(options: Record<string, string>): HTMLSelectElement {
  const select = element("select", { class: "nhsuk-select coprod-compose__choice" });
  for (const [value, words] of Object.entries(options)) select.append(new Option(words, value));
  return select;
}

function labelled(id: string, words: string, control: HTMLSelectElement): HTMLElement {
  control.id = id;
  const label = element("label", { class: "nhsuk-label", for: id }, words);
  return element("div", { class: "coprod-compose__line" }, label, control);
}
