// One answer's control on the page, whatever it is made of: a line, a box, a list or a group of radios.

type Single = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

export interface Control {
  value: string;
  /** The value as it is read. */
  readonly words: string;
  /** Somebody is in it: it must not be touched. */
  readonly focused: boolean;
  /** Chosen at once, rather than typed letter by letter. */
  readonly atOnce: boolean;
  enabled: boolean;
  readonly root: HTMLElement;
  on(event: "input" | "change" | "blur", call: () => void): void;
}

class SingleControl implements Control {
  constructor(readonly root: Single) {}

  get atOnce(): boolean {
    return this.root instanceof HTMLSelectElement || this.root.type === "date";
  }

  get value(): string {
    return this.root.value;
  }

  set value(value: string) {
    if (this.root.value === value) return;
    this.root.value = value;
    // A choice this page does not know (from a newer template) is shown, not dropped.
    if (this.root instanceof HTMLSelectElement && this.root.value !== value) {
      this.root.append(new Option(value, value, false, true));
    }
  }

  get words(): string {
    const { root } = this;
    return root instanceof HTMLSelectElement ? (root.selectedOptions[0]?.text ?? root.value) : root.value;
  }

  get focused(): boolean {
    return document.activeElement === this.root;
  }

  set enabled(enabled: boolean) {
    if (this.root instanceof HTMLSelectElement || this.root.type === "date") this.root.disabled = !enabled;
    else this.root.readOnly = !enabled;
  }

  on(event: string, call: () => void): void {
    this.root.addEventListener(event, call);
  }
}

class RadioControl implements Control {
  readonly atOnce = true;
  private readonly radios: HTMLInputElement[];

  constructor(readonly root: HTMLElement) {
    this.radios = [...root.querySelectorAll<HTMLInputElement>("input[type=radio]")];
  }

  get value(): string {
    return this.radios.find((radio) => radio.checked)?.value ?? "";
  }

  set value(value: string) {
    for (const radio of this.radios) radio.checked = radio.value === value;
  }

  get words(): string {
    return this.radios.find((radio) => radio.checked)?.labels?.[0]?.textContent?.trim() ?? this.value;
  }

  /** A radio in focus does not hold half an answer: another person's choice may be shown in it. */
  readonly focused = false;

  set enabled(enabled: boolean) {
    for (const radio of this.radios) radio.disabled = !enabled;
  }

  on(event: string, call: () => void): void {
    this.root.addEventListener(event, call);
  }
}

export function controlIn(holder: HTMLElement): Control {
  const radios = holder.querySelector("input[type=radio]");
  if (radios) return new RadioControl(holder);
  const single = holder.querySelector<Single>("input, textarea, select");
  if (!single) throw new Error("There is no control for this answer.");
  return new SingleControl(single);
}
